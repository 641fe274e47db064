//! What was chosen and why, for people and for programs.

use std::fmt::Write;

use serde::Serialize;

use super::offer::{Offer, Role};
use super::select::{Choice, HeldNeed, NeedSource, Selection};

/// A table to read at a glance: what was chosen, its score, why, and which needs nothing covers. `client` is
/// the profile's stem.
pub fn text(client: &str, offer: &Offer, selection: &Selection) -> String {
    let mut out = format!("{client} · {}\n\nNEEDS\n", offer.stem);
    if selection.needs.is_empty() {
        out.push_str("  none known: the note's order decides\n");
    }
    let width = selection.needs.iter().map(|need| columns(&need.tag)).max().unwrap_or(0);
    for (rank, need) in selection.needs.iter().enumerate() {
        let mark = if need.covered_by.is_empty() { '✘' } else { '✔' };
        let covered = if need.covered_by.is_empty() {
            "nothing chosen serves it".to_owned()
        } else {
            need.covered_by.join(", ")
        };
        let evidence = need.evidence.as_ref().map_or(String::new(), |words| format!(" « {words} »"));
        let source = source(need);
        let tag = padded(&need.tag, width);
        let _ = writeln!(out, "  {mark} {}. {tag}  {source}{evidence}  → {covered}", rank + 1);
    }
    for (heading, role) in [
        ("REASONS", Role::Reasons),
        ("BENEFITS", Role::Benefits),
        ("SERVICES", Role::Services),
        ("OTHER", Role::Other),
    ] {
        let mut choices: Vec<&Choice> = selection.of(role).collect();
        if choices.is_empty() {
            continue;
        }
        // The chosen as they are printed, then the others, the nearest to being chosen first.
        choices
            .sort_by_key(|choice| (choice.rank.is_none(), choice.rank, std::cmp::Reverse(choice.score)));
        let chosen = choices.iter().filter(|choice| choice.chosen).count();
        let _ = writeln!(out, "\n{heading}  {chosen} of {}", choices.len());
        let width = choices.iter().map(|choice| columns(&choice.id)).max().unwrap_or(0);
        let points = choices.iter().map(|choice| choice.score.to_string().len()).max().unwrap_or(0);
        let ranks = chosen.to_string().len();
        for choice in choices {
            let mark = if choice.chosen { '✔' } else { '✘' };
            let rank = choice.rank.map_or(String::new(), |rank| rank.to_string());
            let id = padded(&choice.id, width);
            let score = match role {
                Role::Reasons | Role::Benefits => format!("{:>points$}  ", choice.score),
                Role::Services | Role::Other => String::new(),
            };
            let _ = writeln!(out, "  {mark} {rank:>ranks$}  {id}  {score}{}", choice.because.join(", "));
        }
    }
    out
}

fn source(need: &HeldNeed) -> &'static str {
    match need.source {
        NeedSource::Declared => "declared",
        NeedSource::Inferred => "inferred",
    }
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

#[derive(Serialize)]
struct Explanation<'a> {
    client: &'a str,
    offer: &'a str,
    needs: Vec<NeedJson<'a>>,
    reasons: Vec<ChoiceJson<'a>>,
    benefits: Vec<ChoiceJson<'a>>,
}

#[derive(Serialize)]
struct NeedJson<'a> {
    tag: &'a str,
    source: &'static str,
    evidence: Option<&'a str>,
    covered_by: &'a [String],
}

#[derive(Serialize)]
struct ChoiceJson<'a> {
    id: &'a str,
    chosen: bool,
    rank: Option<usize>,
    score: i64,
    because: &'a [String],
}

/// The same as JSON (FORMATS §4), pretty-printed, with a final line feed. Reasons and benefits are in the
/// note's order.
pub fn json(client: &str, offer: &Offer, selection: &Selection) -> String {
    let choices = |role| {
        selection
            .of(role)
            .map(|choice| ChoiceJson {
                id: &choice.id,
                chosen: choice.chosen,
                rank: choice.rank,
                score: choice.score,
                because: &choice.because,
            })
            .collect()
    };
    let needs = (selection.needs.iter())
        .map(|need| NeedJson {
            tag: &need.tag,
            source: source(need),
            evidence: need.evidence.as_deref(),
            covered_by: &need.covered_by,
        })
        .collect();
    let explanation = Explanation {
        client,
        offer: &offer.stem,
        needs,
        reasons: choices(Role::Reasons),
        benefits: choices(Role::Benefits),
    };
    // Text and numbers alone: nothing here can fail to be JSON.
    let mut json = serde_json::to_string_pretty(&explanation).unwrap_or_default();
    json.push('\n');
    json
}
