//! Which reasons and benefits a client gets, and why: a method an expert can argue with.
//!
//! Gates (`requires`, `excludes`) → pins and bans → points → each need gets an item before any gets its
//! second → the limits → ties in the note's order. Deterministic, integers only, and every item says why
//! it was chosen or not.

use super::client::Limits;
use super::house::Order;
use super::offer::{Item, Offer, Section};
use super::placed::Text;
use crate::diagnostic::Diagnostics;

/// What selection wants to know of a client.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Declared needs, most important first, as written.
    pub needs: &'a [Text],
    pub sector: Option<&'a str>,
    pub stage: Option<&'a str>,
    pub reasons: Limits,
    pub benefits: Limits,
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
    pub tag: String,
    pub source: NeedSource,
    /// The words that betrayed an inferred need.
    pub evidence: Option<String>,
    /// Chosen reasons and benefits that serve it, in printed order, reasons first.
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
    pub chosen: bool,
    /// Place in the printed order among the chosen of its role, from 1.
    pub rank: Option<usize>,
    pub score: i64,
    /// At least one entry.
    pub because: Vec<String>,
}

/// Chooses for one client. Unknown or ambiguous needs, pins and bans, an item both pinned and banned, and
/// more pins than a limit allows go to `diagnostics` at their places; the rest is chosen all the same.
pub fn select(offer: &Offer, request: &Request, diagnostics: &mut Diagnostics) -> Selection {
    let _ = (offer, request, diagnostics);
    todo!()
}

impl Selection {
    /// The choice about the item `id`.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
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
