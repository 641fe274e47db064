//! What was chosen and why, for people and for programs.
//!
//! One client ([`text`], [`json`]), two compared ([`diff`]), a whole folder ([`all`]), and what to write into
//! a profile ([`suggest`]) and into an offer ([`hints()`]).

mod all;
mod compare;
mod hints;
mod suggestions;
mod table;

pub use all::{Book, all};
pub use compare::diff;
pub use hints::hints;
pub use suggestions::suggest;
pub use table::text;

use serde::Serialize;

use super::offer::{Offer, Role};
use super::select::{HeardNeed, HeldNeed, NeedSource, Selection};

fn source(need: &HeldNeed) -> &'static str {
    match need.source {
        NeedSource::Declared => "declared",
        NeedSource::Inferred => "inferred",
    }
}

/// Tags of items that no vocabulary has, each with the need it is nearly spelled as.
fn misspelt(offer: &Offer) -> Vec<(&str, &str)> {
    let described = |tag: &str| {
        (offer.needs.iter()).any(|need| {
            need.tag == tag
                && !(need.words.is_empty() && need.hints.is_empty() && need.concepts.is_empty())
        })
    };
    let known: Vec<&str> =
        offer.needs.iter().map(|need| need.tag.as_str()).filter(|tag| described(tag)).collect();
    (offer.needs.iter())
        .map(|need| need.tag.as_str())
        .filter(|tag| !described(tag))
        .filter_map(|tag| {
            let near =
                known.iter().find(|other| strsim::osa_distance(tag, other) <= 2 && tag.len() > 4)?;
            Some((tag, *near))
        })
        .collect()
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// `words` between `separator`s, broken before the column [`WIDTH`]; lines after the first begin at `indent`.
fn wrapped(words: &[String], separator: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for (i, word) in words.iter().enumerate() {
        let ends = if i + 1 < words.len() { separator } else { "" };
        if column > indent && column + columns(word) + columns(ends.trim_end()) > WIDTH {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        }
        out.push_str(word);
        out.push_str(ends);
        column += columns(word) + columns(ends);
    }
    out
}

/// The width of a table, in columns.
const WIDTH: usize = 100;

/// The two plainest quotations of what was heard; one where they are the same.
fn quotes(heard: &HeardNeed) -> Vec<String> {
    let mut quotes: Vec<String> =
        heard.evidence.iter().take(2).map(|evidence| quoted(&evidence.quote)).collect();
    quotes.dedup();
    quotes
}

/// One line's worth of a quotation, in guillemets.
fn quoted(evidence: &str) -> String {
    format!("« {} »", evidence.split_whitespace().collect::<Vec<_>>().join(" "))
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
