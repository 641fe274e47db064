//! The needs that a client is held to have, and what an item earns by serving them.

use std::collections::BTreeSet;

use super::super::offer::{Item, Offer, Role};
use super::super::slug::slug;
use super::candidate::Candidate;
use super::evidence::{Heard, HeardNeed};
use super::{Choice, HeldNeed, NeedSource, Request};
use crate::diagnostic::Diagnostics;

pub(super) struct Needs {
    /// Most important first.
    held: Vec<HeldNeed>,
    /// Slugs of the needs, the sector and the stage: what gates test.
    tags: BTreeSet<String>,
    pub known: Known,
}

/// What a choice rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Needs of the client that the offer knows.
    Yes,
    /// The note names no needs: what its items say is compared with what the client says.
    Text,
    /// The client has none that the offer knows: the note's order decides.
    None,
}

impl Needs {
    /// The needs that the profile declares, else those that were heard. In an offer without needs the
    /// declared are free text.
    pub fn new(offer: &Offer, request: &Request, heard: &Heard, diagnostics: &mut Diagnostics) -> Needs {
        let mut held: Vec<HeldNeed> = Vec::new();
        let free = offer.needs.is_empty();
        if free && let Some(first) = request.needs.first() {
            diagnostics.push(
                first
                    .warning(format!(
                        "the offer `{}` names no needs: these are only compared with its items' words",
                        offer.stem
                    ))
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
                thin: false,
                covered_by: vec![],
            });
        }
        if held.is_empty() {
            held = inferred(offer, heard);
        }
        let known = match (free, held.is_empty()) {
            (true, _) if heard.near.iter().any(|near| *near > 0) => Known::Text,
            (false, false) => Known::Yes,
            _ => Known::None,
        };
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

    /// Whether the need of this rank was inferred from little.
    pub fn is_thin(&self, rank: usize) -> bool {
        self.held[rank].thin
    }

    /// The needs that an item serves, by rank, ascending.
    pub fn served_by(&self, item: &Item) -> Vec<usize> {
        (0..self.held.len()).filter(|rank| item.tags.contains(&self.held[*rank].tag)).collect()
    }

    /// Whether an item is mainly about a need that the client has.
    pub fn is_main(&self, candidate: &Candidate) -> bool {
        let main = candidate.item.main_need();
        main.is_some_and(|tag| self.held.iter().any(|need| need.tag == tag))
    }

    /// Whether an item may be chosen besides the one that its need has. Where it is mainly about something else, its
    /// sentence may be false of this client, unless the notes come close to it.
    pub fn deserves_more(&self, candidate: &Candidate) -> bool {
        let plain = candidate.serves.iter().any(|rank| !self.held[*rank].thin);
        plain && (self.is_main(candidate) || candidate.close >= CLOSE)
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

/// What was heard about as plainly as the plainest; where nothing was said outright, the best alone. A need of which little was heard is thin.
fn inferred(offer: &Offer, heard: &Heard) -> Vec<HeldNeed> {
    let most = heard.needs.first().map_or(0, |need| need.points);
    let said = || heard.needs.iter().filter(|need| need.points >= THIN);
    let plain = |need: &&HeardNeed| {
        let best = need.evidence.first().map_or(0, |evidence| evidence.points);
        need.points * SHARE.1 >= most * SHARE.0 && best >= LEAST_BEST
    };
    let held: Vec<&HeardNeed> = said().filter(plain).take(MOST_INFERRED).collect();
    let held = if held.is_empty() { said().take(1).collect() } else { held };
    held.into_iter()
        .map(|need| HeldNeed {
            tag: offer.needs[need.need].tag.clone(),
            source: NeedSource::Inferred,
            evidence: need.evidence.first().map(|evidence| evidence.quote.clone()),
            thin: need.points < PLAIN,
            covered_by: vec![],
        })
        .collect()
}

/// Points from which a need was heard plainly, and is worth saying where it is not declared.
pub const PLAIN: i64 = 8;
/// Points of its best clause, at least.
const LEAST_BEST: i64 = 4;
/// Points from which it is held at all.
pub const THIN: i64 = 4;
/// A need that has not so many parts, of so many, of the strongest's points is only overheard. How much is heard differs from talk to talk and
/// from offer to offer; which need stands out does not.
const SHARE: (i64, i64) = (9, 20);
const MOST_INFERRED: usize = 3;

/// From so many points on, the notes come close to an item.
const CLOSE: i64 = 2;

/// Points of the least important need: above all that links and closeness to the notes can earn.
const LEAST: i64 = 8;
/// Needs beyond this many earn what the last of them does.
const MOST_STEPS: usize = 40;
