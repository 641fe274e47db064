//! Who is chosen among the candidates, and in which order they are printed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::client::Limits;
use super::super::house::Order;
use super::super::offer::Role;
use super::candidate::{Candidate, Standing};
use super::needs::{Known, Needs};

pub(super) struct Chooser<'n> {
    needs: &'n Needs,
    /// Groups that have their item, with its id.
    groups: BTreeMap<String, String>,
}

impl<'n> Chooser<'n> {
    pub fn new(needs: &'n Needs) -> Chooser<'n> {
        Chooser { needs, groups: BTreeMap::new() }
    }

    /// Decides about every candidate of a role: pins; then for each need, most important first, the best
    /// item that serves it, unless one chosen already does; then the best that serve any; then, only to
    /// reach the minimum, the best of the rest. With no need known, the note's order.
    pub fn choose(&mut self, candidates: &mut [Candidate], role: Role, limits: Limits) {
        let mut best: Vec<usize> =
            (0..candidates.len()).filter(|i| candidates[*i].role == role).collect();
        if self.needs.known != Known::None {
            best.sort_by_key(|i| Reverse(merit(&candidates[*i], self.needs)));
        }
        let mut round = Round { chooser: self, candidates, count: 0, limits };
        for i in &best {
            match round.candidates[*i].standing {
                Standing::Pinned if round.count < limits.max => round.take(*i, "pinned"),
                Standing::Pinned => round.candidates[*i].reject("pinned, but beyond the limit"),
                Standing::Open | Standing::Chosen | Standing::Out => {}
            }
        }
        match round.chooser.needs.known {
            Known::None => round.fill(
                &best,
                |_| true,
                limits.max,
                |_| "no need is known: the note's order".to_owned(),
            ),
            Known::Text => {
                round.fill(
                    &best,
                    |c| c.score > 0,
                    limits.max,
                    |_| "its words are those of the notes".to_owned(),
                );
                let why = format!("far from the notes: only to reach {}", limits.min);
                round.fill(&best, |_| true, limits.min, |_| why.clone());
            }
            Known::Yes => {
                round.cover(&best);
                let needs = round.chooser.needs;
                round.fill(
                    &best,
                    |c| needs.deserves_more(c),
                    limits.max,
                    |_| "among the best of the rest".to_owned(),
                );
                let why = |c: &Candidate| match c.item.main_need().filter(|_| !c.serves.is_empty()) {
                    Some(other) => format!("mainly about {other}: only to reach {}", limits.min),
                    None => format!("serves no known need: only to reach {}", limits.min),
                };
                round.fill(&best, |_| true, limits.min, why);
            }
        }
        round.reject_the_rest(&best);
    }
}

/// What ranks candidates: points; then, among those that serve a need, whether it is their main one. Where an item
/// serves no need: how general it is (what it says is true for any client), how close the notes come to it, its
/// weight. Ties stay in the note's order.
fn merit(candidate: &Candidate, needs: &Needs) -> (i64, u8, i64, u32) {
    if candidate.serves.is_empty() {
        (candidate.score, candidate.general, candidate.close, candidate.item.weight)
    } else {
        (candidate.score, u8::from(needs.is_main(candidate)), 0, 0)
    }
}

/// One role's turn.
struct Round<'r, 'n, 'c> {
    chooser: &'r mut Chooser<'n>,
    candidates: &'r mut [Candidate<'c>],
    /// How many are chosen.
    count: usize,
    limits: Limits,
}

impl Round<'_, '_, '_> {
    fn take(&mut self, i: usize, why: impl Into<String>) {
        let candidate = &mut self.candidates[i];
        candidate.choose(why);
        self.count += 1;
        if let Some(group) = &candidate.item.group {
            self.chooser.groups.entry(group.clone()).or_insert_with(|| candidate.item.id.clone());
        }
    }

    /// Whether a candidate is still open; one whose group has its item is turned down now.
    fn is_open(&mut self, i: usize) -> bool {
        let candidate = &mut self.candidates[i];
        if candidate.standing != Standing::Open {
            return false;
        }
        let holder = candidate
            .item
            .group
            .as_ref()
            .and_then(|group| Some((group, self.chooser.groups.get(group)?)));
        if let Some((group, id)) = holder {
            let why = format!("of the group {group}, {id} is chosen");
            candidate.reject(why);
            return false;
        }
        true
    }

    /// Gives each need that nothing chosen serves its best candidate.
    fn cover(&mut self, best: &[usize]) {
        for rank in 0..self.chooser.needs.len() {
            let serves = |c: &Candidate| c.serves.contains(&rank);
            let covered = best.iter().any(|i| {
                self.candidates[*i].standing == Standing::Chosen && serves(&self.candidates[*i])
            });
            if covered || self.count >= self.limits.max {
                continue;
            }
            let first = best.iter().copied().find(|i| serves(&self.candidates[*i]) && self.is_open(*i));
            if let Some(i) = first {
                let why = format!("the best for {}", self.chooser.needs.tag(rank));
                self.take(i, why);
            }
        }
    }

    /// Takes the best that are eligible until `upto` are chosen.
    fn fill(
        &mut self,
        best: &[usize],
        eligible: impl Fn(&Candidate) -> bool,
        upto: usize,
        why: impl Fn(&Candidate) -> String,
    ) {
        for i in best {
            if self.count >= upto {
                return;
            }
            if eligible(&self.candidates[*i]) && self.is_open(*i) {
                let why = why(&self.candidates[*i]);
                self.take(*i, why);
            }
        }
    }

    fn reject_the_rest(&mut self, best: &[usize]) {
        for i in best {
            if self.is_open(*i) {
                let candidate = &mut self.candidates[*i];
                let no_need = self.chooser.needs.known == Known::Yes && candidate.serves.is_empty();
                let far = self.chooser.needs.known == Known::Text && candidate.score == 0;
                candidate.reject(if far {
                    "far from the notes".to_owned()
                } else if no_need {
                    "serves no known need".to_owned()
                } else if self.count < self.limits.max {
                    let thin = candidate.serves.iter().all(|rank| self.chooser.needs.is_thin(*rank));
                    match candidate.item.main_need().filter(|_| !thin) {
                        Some(other) => format!("mainly about {other}"),
                        None => "little is heard of its need, which has its item".to_owned(),
                    }
                } else {
                    format!("beyond the limit of {}", self.limits.max)
                });
            }
        }
    }
}

/// Services and other sections have no limits: what no gate or ban keeps out is printed.
pub(super) fn show_the_rest(candidates: &mut [Candidate]) {
    for candidate in candidates {
        match candidate.standing {
            Standing::Pinned => candidate.choose("pinned"),
            Standing::Open => candidate.choose("always shown"),
            Standing::Chosen | Standing::Out => {}
        }
    }
}

/// The place of each chosen candidate in the printed order of its role.
pub(super) fn ranks(candidates: &[Candidate], order: Order) -> Vec<Option<usize>> {
    let mut ranks = vec![None; candidates.len()];
    for role in [Role::Services, Role::Reasons, Role::Benefits, Role::Other] {
        let mut chosen: Vec<usize> = (0..candidates.len())
            .filter(|i| candidates[*i].role == role && candidates[*i].standing == Standing::Chosen)
            .collect();
        if order == Order::Importance {
            chosen.sort_by_key(|i| Reverse(candidates[*i].score));
        }
        for (rank, i) in chosen.into_iter().enumerate() {
            ranks[i] = Some(rank + 1);
        }
    }
    ranks
}
