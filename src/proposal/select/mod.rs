//! Which reasons and benefits a client gets, and why: a method an expert can argue with.
//!
//! Needs ([`needs`]) → pins and bans ([`wishes`]) → gates and points ([`candidate`]) → each need gets an
//! item before any gets its second, up to the limits ([`choose`]). Deterministic, integers only, ties in
//! the note's order, and every item says why it was chosen or not.

mod candidate;
mod choose;
mod evidence;
mod needs;
mod wishes;

use super::client::{Client, Limits};
use super::house::{House, Order};
use super::offer::{Item, Offer, Role, Section};
use super::placed::{Placed, Text};
use crate::diagnostic::{Diagnostics, Place};
use candidate::Candidate;
use choose::Chooser;
use evidence::Heard;
use needs::Needs;
use wishes::Wishes;

pub use evidence::{Evidence, HeardNeed, Proposal, Situation, Vocabulary};
pub use needs::{Known, PLAIN, THIN};

/// What selection wants to know of a client.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Declared needs, most important first, as written.
    pub needs: &'a [Text],
    pub sector: Option<&'a str>,
    pub stage: Option<&'a str>,
    /// What needs are inferred from where none is declared.
    pub situation: Situation<'a>,
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
    /// What the choice rests on.
    pub known: Known,
    /// All that the texts speak of, held or not, the strongest first.
    pub heard: Vec<HeardNeed>,
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
    /// Inferred from so little that it gets one reason and one benefit at most.
    pub thin: bool,
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
            situation: Situation {
                notes: client.situation.notes.as_ref().map(|notes| notes.value.as_str()),
                summary: client.situation.summary.as_ref().map(|summary| summary.value.as_str()),
                sector: client.company.sector.as_ref().map(|sector| sector.value.as_str()),
                stage: client.company.stage.as_ref().map(|stage| stage.value.as_str()),
                headcount: client.company.headcount.as_ref().map(|count| count.value),
            },
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
    let spoken: Vec<String> = match offer.needs.is_empty() {
        true => request.needs.iter().map(|need| need.value.clone()).collect(),
        false => vec![],
    };
    let heard = Heard::new(offer.vocabulary(), &request.situation, &spoken);
    let needs = Needs::new(offer, request, &heard, diagnostics);
    let wishes = Wishes::read(offer, request, diagnostics);
    let mut candidates: Vec<Candidate> = offer
        .items()
        .enumerate()
        .map(|(i, (section, item))| {
            Candidate::new(section.role, (i, item), &needs, &heard, wishes.about(&item.id))
        })
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
    let known = needs.known;
    Selection { needs: needs.covered(offer, &choices), known, heard: heard.needs, choices }
}

/// What one more declared need would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub need: String,
    /// Ids of reasons and benefits, in the note's order.
    pub enter: Vec<String>,
    pub leave: Vec<String>,
}

/// For each need of the offer that the client is not held to have: what declaring it, behind those held, would change
/// in `selection`, which `request` gave.
pub fn changes(offer: &Offer, request: &Request, selection: &Selection) -> Vec<Change> {
    let place = Place::new(&offer.source, 0..0);
    let declare = |tag: &str| Placed::new(tag.to_owned(), place.clone());
    let held: Vec<Text> = match selection.known {
        Known::Yes => selection.needs.iter().map(|need| declare(&need.tag)).collect(),
        Known::Text | Known::None => vec![],
    };
    let more = offer.needs.iter().filter(|need| !held.iter().any(|tag| tag.value == need.tag));
    more.filter_map(|need| {
        let needs = [&held[..], &[declare(&need.tag)]].concat();
        let then = select(offer, &Request { needs: &needs, ..request.clone() }, &mut Diagnostics::new());
        let moved = |from: &Selection, to: &Selection| -> Vec<String> {
            let listed = |choice: &&Choice| matches!(choice.role, Role::Reasons | Role::Benefits);
            let chosen = from.choices.iter().filter(|choice| choice.chosen).filter(listed);
            let gone = chosen.filter(|choice| to.choice(&choice.id).is_some_and(|other| !other.chosen));
            gone.map(|choice| choice.id.clone()).collect()
        };
        let change = Change {
            need: need.tag.clone(),
            enter: moved(&then, selection),
            leave: moved(selection, &then),
        };
        (!change.enter.is_empty() || !change.leave.is_empty()).then_some(change)
    })
    .collect()
}

/// Ids of the reasons and benefits that some single declared need, or none, would bring in.
pub fn ever_chosen(offer: &Offer) -> Vec<String> {
    let place = Place::new(&offer.source, 0..0);
    let mut needs: Vec<Vec<Text>> = vec![vec![]];
    needs.extend(offer.needs.iter().map(|need| vec![Placed::new(need.tag.clone(), place.clone())]));
    let mut ids: Vec<String> = Vec::new();
    for needs in &needs {
        let request = Request {
            needs,
            sector: None,
            stage: None,
            situation: Situation::default(),
            reasons: Limits::REASONS,
            benefits: Limits::BENEFITS,
            pin: &[],
            ban: &[],
            order: Order::Note,
        };
        let selection = select(offer, &request, &mut Diagnostics::new());
        ids.extend(selection.choices.into_iter().filter(|choice| choice.chosen).map(|choice| choice.id));
    }
    ids.sort();
    ids.dedup();
    ids
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
