//! One item on its way to being chosen: its gates, its points, and why.

use super::super::offer::{Item, Role};
use super::Choice;
use super::evidence::Heard;
use super::needs::{Known, Needs};
use super::wishes::Wish;

/// What a benefit earns that proves a chosen reason, and that shares a tag with one: together less than
/// any need.
const PROVES: i64 = 2;
const SHARES: i64 = 1;

pub(super) struct Candidate<'a> {
    pub item: &'a Item,
    pub role: Role,
    /// Ranks of the held needs it serves, ascending.
    pub serves: Vec<usize>,
    pub score: i64,
    /// How close the notes come to it.
    pub close: i64,
    /// How far it holds for any client: it names no need (2), or speaks of what everyone asks about, the
    /// price (1).
    pub general: u8,
    pub standing: Standing,
    /// Points by source.
    earned: Vec<String>,
    /// What decided.
    decided: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    /// To be chosen before all others, past gates and groups.
    Pinned,
    Chosen,
    Out,
}

impl<'a> Candidate<'a> {
    pub fn new(
        role: Role,
        (number, item): (usize, &'a Item),
        needs: &Needs,
        heard: &Heard,
        wish: Wish,
    ) -> Candidate<'a> {
        let serves = match role {
            Role::Reasons | Role::Benefits => needs.served_by(item),
            Role::Services | Role::Other => vec![],
        };
        let mut candidate = Candidate {
            item,
            role,
            serves,
            score: 0,
            close: heard.close[number],
            general: if item.tags.is_empty() { 2 } else { u8::from(heard.priced[number]) },
            standing: Standing::Open,
            earned: vec![],
            decided: None,
        };
        for rank in candidate.serves.clone() {
            let points = needs.points(rank) * i64::from(item.weight);
            let weight = match item.weight {
                1 => String::new(),
                weight => format!(" (weight {weight})"),
            };
            candidate.earn(points, format!("need {}{weight}", needs.tag(rank)));
        }
        let close = candidate.close;
        let listed = matches!(role, Role::Reasons | Role::Benefits);
        if needs.known == Known::Text && listed && heard.near[number] > 0 {
            candidate.earn(heard.near[number], "close to the notes".to_owned());
        } else if close > 0 && !candidate.serves.is_empty() {
            candidate.earn(close, "close to the notes".to_owned());
        }
        match wish {
            Wish::Pinned => candidate.standing = Standing::Pinned,
            Wish::Banned => candidate.reject("banned"),
            Wish::None => {
                if let Some(tag) = item.excludes.iter().find(|tag| needs.has(tag)) {
                    candidate.reject(format!("excluded by {tag}"));
                } else if let Some(tag) = item.requires.iter().find(|tag| !needs.has(tag)) {
                    candidate.reject(format!("requires {tag}"));
                }
            }
        }
        candidate
    }

    fn earn(&mut self, points: i64, source: String) {
        self.score += points;
        self.earned.push(format!("{source} +{points}"));
    }

    pub fn choose(&mut self, why: impl Into<String>) {
        self.standing = Standing::Chosen;
        self.decided = Some(why.into());
    }

    pub fn reject(&mut self, why: impl Into<String>) {
        self.standing = Standing::Out;
        self.decided = Some(why.into());
    }

    pub fn into_choice(self, rank: Option<usize>) -> Choice {
        Choice {
            id: self.item.id.clone(),
            role: self.role,
            chosen: rank.is_some(),
            rank,
            score: self.score,
            because: self.earned.into_iter().chain(self.decided).collect(),
        }
    }
}

/// Benefits answer reasons: those that prove a chosen reason, or speak to what it speaks to, are
/// preferred among equals.
pub(super) fn link(candidates: &mut [Candidate]) {
    let reasons: Vec<&Item> = (candidates.iter())
        .filter(|candidate| candidate.role == Role::Reasons && candidate.standing == Standing::Chosen)
        .map(|candidate| candidate.item)
        .collect();
    for benefit in candidates.iter_mut().filter(|candidate| candidate.role == Role::Benefits) {
        let item = benefit.item;
        if let Some(reason) = reasons.iter().find(|reason| item.proves.contains(&reason.id)) {
            benefit.earn(PROVES, format!("proves {}", reason.id));
        }
        let shared = reasons
            .iter()
            .find_map(|reason| Some((reason, item.tags.iter().find(|tag| reason.tags.contains(tag))?)));
        if let Some((reason, tag)) = shared {
            benefit.earn(SHARES, format!("{tag} also in {}", reason.id));
        }
    }
}
