//! The needs that a client is held to have, and what an item earns by serving them.

use std::collections::BTreeSet;

use super::super::offer::{Item, Offer, Role};
use super::super::slug::slug;
use super::{Choice, HeldNeed, NeedSource, Request};
use crate::diagnostic::Diagnostics;

pub(super) struct Needs {
    /// Most important first.
    held: Vec<HeldNeed>,
    /// Slugs of the needs, the sector and the stage: what gates test.
    tags: BTreeSet<String>,
    pub known: Known,
}

/// Whether the offer's items can tell the client's needs apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Yes,
    /// The client has none that the offer knows: the note's order decides.
    None,
}

impl Needs {
    /// The needs that the profile declares. In an offer without needs they are free text.
    pub fn declared(offer: &Offer, request: &Request, diagnostics: &mut Diagnostics) -> Needs {
        let mut held: Vec<HeldNeed> = Vec::new();
        let free = offer.needs.is_empty();
        if free && let Some(first) = request.needs.first() {
            diagnostics.push(
                first
                    .warning(format!("the offer `{}` names no needs: these choose nothing", offer.stem))
                    .hint("write `#tags` beside the items of the offer"),
            );
        }
        for text in request.needs {
            let tag = match offer.need(&text.value) {
                Some(need) => need.tag.clone(),
                None if free => text.value.clone(),
                None => {
                    let known = || offer.needs.iter().map(|need| need.tag.as_str());
                    let message = format!("the offer `{}` has no need `{}`", offer.stem, text.value);
                    let mut fault = text.error(message).nearest(&text.value, known());
                    if fault.hints.is_empty() {
                        let all = known().collect::<Vec<_>>().join(", ");
                        fault = fault.hint(format!("its needs are {all}"));
                    }
                    diagnostics.push(fault);
                    continue;
                }
            };
            if held.iter().any(|need| need.tag == tag) {
                diagnostics.push(text.warning(format!("the need `{tag}` is declared twice")));
                continue;
            }
            held.push(HeldNeed {
                tag,
                source: NeedSource::Declared,
                evidence: None,
                covered_by: vec![],
            });
        }
        let known = if free || held.is_empty() { Known::None } else { Known::Yes };
        let traits = [request.sector, request.stage];
        let tags = held.iter().map(|need| need.tag.as_str()).chain(traits.into_iter().flatten());
        Needs { tags: tags.map(slug).collect(), held, known }
    }

    /// Whether the client has a tag that a gate names.
    pub fn has(&self, tag: &str) -> bool {
        self.tags.contains(&slug(tag))
    }

    pub fn len(&self) -> usize {
        self.held.len()
    }

    pub fn tag(&self, rank: usize) -> &str {
        &self.held[rank].tag
    }

    /// The needs that an item serves, by rank, ascending.
    pub fn served_by(&self, item: &Item) -> Vec<usize> {
        (0..self.held.len()).filter(|rank| item.tags.contains(&self.held[*rank].tag)).collect()
    }

    /// What serving the need of this rank earns: more than all needs below it together. So the more
    /// important need decides, and a need more or less never turns the order of two items that do not
    /// serve it.
    pub fn points(&self, rank: usize) -> i64 {
        LEAST << (self.held.len().min(MOST_STEPS) - 1).saturating_sub(rank)
    }

    /// The needs with what was chosen for them.
    pub fn covered(self, offer: &Offer, choices: &[Choice]) -> Vec<HeldNeed> {
        let mut chosen: Vec<(Role, usize, &Item)> = (offer.items().zip(choices))
            .filter(|((section, _), _)| matches!(section.role, Role::Reasons | Role::Benefits))
            .filter_map(|((section, item), choice)| Some((section.role, choice.rank?, item)))
            .collect();
        chosen.sort_by_key(|(role, rank, _)| (*role, *rank));
        let mut held = self.held;
        for need in &mut held {
            let serving = chosen.iter().filter(|(_, _, item)| item.tags.contains(&need.tag));
            need.covered_by = serving.map(|(_, _, item)| item.id.clone()).collect();
        }
        held
    }
}

/// Points of the least important need: above all that a benefit's links can earn.
const LEAST: i64 = 4;
/// Needs beyond this many earn what the last of them does.
const MOST_STEPS: usize = 40;
