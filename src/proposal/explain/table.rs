//! One client's table.

use std::cmp::Reverse;
use std::fmt::Write;

use super::super::offer::{Offer, Role};
use super::super::select::{Change, Choice, HeldNeed, Known, NeedSource, PLAIN, Selection, THIN};
use super::{columns, misspelt, padded, quoted, quotes, source, wrapped};

/// A table to read at a glance, at most 100 columns wide: needs and what shows them, what was chosen, its points,
/// why, and what would change it. `client` is the profile's stem.
pub fn text(client: &str, offer: &Offer, selection: &Selection, changes: &[Change]) -> String {
    let mut out = format!("{client} · {}\n", offer.stem);
    needs(offer, selection, &mut out);
    for (heading, role) in [("REASONS", Role::Reasons), ("BENEFITS", Role::Benefits)] {
        items(heading, selection.of(role).collect(), &mut out);
    }
    let always = |choice: &&Choice| matches!(choice.role, Role::Services | Role::Other);
    let left_out: Vec<&Choice> =
        (selection.choices.iter()).filter(always).filter(|choice| !choice.chosen).collect();
    let shown = selection.choices.iter().filter(always).count() - left_out.len();
    if shown + left_out.len() > 0 {
        let _ =
            writeln!(out, "\nSERVICES AND OTHER SECTIONS  {shown} shown, {} left out", left_out.len());
        for choice in left_out {
            let _ = writeln!(out, "  ✘ {}  {}", choice.id, choice.because.join(", "));
        }
    }
    if selection.known == Known::None && !changes.is_empty() {
        let tags: Vec<String> = changes.iter().map(|change| change.need.clone()).collect();
        let _ = writeln!(out, "\nWHAT WOULD CHANGE IT\n  declared needs: {}", wrapped(&tags, ", ", 18));
    } else if !changes.is_empty() {
        out.push_str("\nWHAT WOULD CHANGE IT\n");
        let width = changes.iter().map(|change| columns(&change.need)).max().unwrap_or(0);
        for change in changes {
            let signed = |sign: &str, ids: &[String]| -> Vec<String> {
                ids.iter().map(|id| format!("{sign}{id}")).collect()
            };
            let moves = [signed("+", &change.enter), signed("−", &change.leave)].concat();
            let need = padded(&format!("`{}`", change.need), width + 2);
            let _ = writeln!(out, "  if {need} were declared:  {}", wrapped(&moves, "  ", 25 + width));
        }
    }
    for (tag, near) in misspelt(offer) {
        let _ = writeln!(out, "\nthe tag `{tag}` is no need of the vocabulary: did you mean `{near}`?");
    }
    out
}

fn needs(offer: &Offer, selection: &Selection, out: &mut String) {
    out.push_str("\nNEEDS\n");
    match selection.known {
        Known::None => out.push_str("  none known: the note's order decides\n"),
        Known::Text => {
            out.push_str("  the note names none: its items are compared with the words of the profile\n")
        }
        Known::Yes => {}
    }
    let width = selection.needs.iter().map(|need| columns(&need.tag)).max().unwrap_or(0);
    for (rank, need) in selection.needs.iter().enumerate() {
        let mark = if need.covered_by.is_empty() { '✘' } else { '✔' };
        let tag = padded(&need.tag, width);
        let _ =
            writeln!(out, "  {mark} {}  {tag}  {}", rank + 1, shown_by(offer, selection, need, width));
        let covered: Vec<String> = match need.covered_by.is_empty() {
            true => vec!["nothing chosen serves it".to_owned()],
            false => need.covered_by.clone(),
        };
        let _ = writeln!(out, "{}→ {}", " ".repeat(9 + width), wrapped(&covered, ", ", 11 + width));
    }
    let held = |tag: &str| selection.needs.iter().any(|need| need.tag == tag);
    let declared = selection.needs.first().is_some_and(|need| need.source == NeedSource::Declared);
    let (from, why) = match declared {
        true => (PLAIN, "heard, not declared: "),
        false => (THIN, "heard less plainly, not held: "),
    };
    let more: Vec<String> = (selection.heard.iter())
        .filter(|heard| heard.points >= from && !held(&offer.needs[heard.need].tag))
        .filter_map(|heard| {
            let quote = quoted(&heard.evidence.first()?.quote);
            Some(format!("{} {quote}", offer.needs[heard.need].tag))
        })
        .take(3)
        .collect();
    if !more.is_empty() {
        let _ = writeln!(out, "  · {why}{}", wrapped(&more, " · ", 4 + columns(why)));
    }
}

/// Where a need comes from, and the words that show it.
fn shown_by(offer: &Offer, selection: &Selection, need: &HeldNeed, width: usize) -> String {
    let heard = selection.heard.iter().find(|heard| offer.needs[heard.need].tag == need.tag);
    let (NeedSource::Inferred, Some(heard)) = (need.source, heard) else {
        return source(need).to_owned();
    };
    let thin = if need.thin { ", thin" } else { "" };
    let lead = format!("inferred{thin} {}  ", heard.points);
    format!("{lead}{}", wrapped(&quotes(heard), " ", 9 + width + columns(&lead)))
}

/// The chosen as they are printed, then the others, the nearest to being chosen first.
fn items(heading: &str, mut choices: Vec<&Choice>, out: &mut String) {
    if choices.is_empty() {
        return;
    }
    choices.sort_by_key(|choice| (choice.rank.is_none(), choice.rank, Reverse(choice.score)));
    let chosen = choices.iter().filter(|choice| choice.chosen).count();
    let _ = writeln!(out, "\n{heading}  {chosen} of {}", choices.len());
    let width = choices.iter().map(|choice| columns(&choice.id)).max().unwrap_or(0).min(LONGEST_ID);
    let points = choices.iter().map(|choice| choice.score.to_string().len()).max().unwrap_or(0);
    let ranks = chosen.to_string().len();
    for choice in choices {
        let mark = if choice.chosen { '✔' } else { '✘' };
        let rank = choice.rank.map_or(String::new(), |rank| rank.to_string());
        let id = padded(&choice.id, width);
        let indent = 8 + ranks + width + points;
        // What decided comes first: it is what one looks for.
        let (decided, earned) =
            choice.because.split_last().map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
        let mut why = vec![decided.to_owned()];
        if !earned.is_empty() {
            why[0].push_str(" :");
            why.extend(earned.iter().cloned());
        }
        let mut lines = wrapped(&why, ", ", indent);
        if let Some(at) = lines.find(" :, ") {
            lines.replace_range(at..at + 4, ": ");
        } else if let Some(at) = lines.find(" :,") {
            lines.replace_range(at..at + 3, ":");
        }
        let _ = writeln!(out, "  {mark} {rank:>ranks$}  {id}  {:>points$}  {lines}", choice.score);
    }
}

/// Ids longer than this push their line to the right.
const LONGEST_ID: usize = 30;
