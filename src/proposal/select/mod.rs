//! Which reasons and benefits a client gets, and why: a method an expert can argue with.
//!
//! Needs ([`needs`]) → pins and bans ([`wishes`]) → gates and points ([`candidate`]) → each need gets an
//! item before any gets its second, up to the limits ([`choose`]). Deterministic, integers only, ties in
//! the note's order, and every item says why it was chosen or not.

mod candidate;
mod choose;
mod needs;
mod wishes;

use super::client::{Client, Limits};
use super::house::{House, Order};
use super::offer::{Item, Offer, Role, Section};
use super::placed::Text;
use crate::diagnostic::Diagnostics;
use candidate::Candidate;
use choose::Chooser;
use needs::{Known, Needs};
use wishes::Wishes;

/// What selection wants to know of a client.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Declared needs, most important first, as written.
    pub needs: &'a [Text],
    pub sector: Option<&'a str>,
    pub stage: Option<&'a str>,
    pub reasons: Limits,
    pub benefits: Limits,
    /// Ids, or unambiguous beginnings of ids.
    pub pin: &'a [Text],
    pub ban: &'a [Text],
    pub order: Order,
}

/// What was chosen, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The needs that the client is held to have, most important first.
    pub needs: Vec<HeldNeed>,
    /// One an item of the offer, in the note's order.
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldNeed {
    /// Spelled as the offer does; free text where the offer has no needs.
    pub tag: String,
    pub source: NeedSource,
    /// The words that betrayed an inferred need.
    pub evidence: Option<String>,
    /// Ids of the chosen reasons and benefits that serve it, in printed order, reasons first.
    pub covered_by: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedSource {
    Declared,
    /// Read out of the situation: private, never printed.
    Inferred,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub role: Role,
    pub chosen: bool,
    /// Place in the printed order among the chosen of its role, from 1.
    pub rank: Option<usize>,
    pub score: i64,
    /// Points by source, then what decided; at least one entry.
    pub because: Vec<String>,
}

impl<'a> Request<'a> {
    /// What the profile asks for, else the house, else the program.
    pub fn new(client: &'a Client, house: &House) -> Request<'a> {
        let said = &client.selection;
        Request {
            needs: &client.situation.needs,
            sector: client.company.sector.as_ref().map(|sector| sector.value.as_str()),
            stage: client.company.stage.as_ref().map(|stage| stage.value.as_str()),
            reasons: Limits::REASONS.or(&house.defaults.reasons).or(&said.reasons),
            benefits: Limits::BENEFITS.or(&house.defaults.benefits).or(&said.benefits),
            pin: &said.pin,
            ban: &said.ban,
            order: house.defaults.order,
        }
    }
}

/// Chooses for one client. Unknown needs, unknown or ambiguous pins and bans, an item both pinned and
/// banned, and more pins than a limit allows go to `diagnostics` at their places; the rest is chosen all
/// the same.
pub fn select(offer: &Offer, request: &Request, diagnostics: &mut Diagnostics) -> Selection {
    let needs = Needs::declared(offer, request, diagnostics);
    let wishes = Wishes::read(offer, request, diagnostics);
    let mut candidates: Vec<Candidate> = offer
        .items()
        .map(|(section, item)| Candidate::new(section.role, item, &needs, wishes.about(&item.id)))
        .collect();
    let mut chooser = Chooser::new(&needs);
    chooser.choose(&mut candidates, Role::Reasons, request.reasons);
    if needs.known == Known::Yes {
        candidate::link(&mut candidates);
    }
    chooser.choose(&mut candidates, Role::Benefits, request.benefits);
    choose::show_the_rest(&mut candidates);
    let ranks = choose::ranks(&candidates, request.order);
    let choices: Vec<Choice> =
        candidates.into_iter().zip(ranks).map(|(candidate, rank)| candidate.into_choice(rank)).collect();
    Selection { needs: needs.covered(offer, &choices), choices }
}

impl Selection {
    /// The choice about the item `id`.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// What was decided about the items of a role, in the note's order.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(move |choice| choice.role == role)
    }

    /// The chosen items of a section of the offer that was selected from, in printed order.
    pub fn chosen<'a>(&self, section: &'a Section) -> Vec<&'a Item> {
        let mut items: Vec<(usize, &Item)> = (section.items.iter())
            .filter_map(|item| Some((self.choice(&item.id)?.rank?, item)))
            .collect();
        items.sort_by_key(|(rank, _)| *rank);
        items.into_iter().map(|(_, item)| item).collect()
    }
}
