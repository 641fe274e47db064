//! What a profile or a vocabulary may lack, ready to paste.

use std::fmt::Write;

use super::super::offer::Offer;
use super::super::select::{NeedSource, Selection};
use super::{columns, padded, quotes};

/// TOML to paste into the profile: its declared needs, then those that were heard, the plainest first, each with the
/// words that betray it; then the frequent words `unknown` that no vocabulary has.
pub fn suggest(
    client: &str,
    offer: &Offer,
    selection: &Selection,
    unknown: &[(String, usize)],
) -> String {
    let declared: Vec<&str> = (selection.needs.iter())
        .filter(|need| need.source == NeedSource::Declared)
        .map(|need| need.tag.as_str())
        .collect();
    let mut lines: Vec<(String, String)> =
        declared.iter().map(|tag| (format!("{:?},", tag), "declared".to_owned())).collect();
    for heard in &selection.heard {
        let tag = offer.needs[heard.need].tag.as_str();
        if !declared.contains(&tag) {
            // Where the choice would not rest on it, it is for the reader to decide.
            let held = selection.needs.iter().any(|need| need.tag == tag);
            let lead = if held || !declared.is_empty() && heard.points >= 9 { "" } else { "# " };
            lines.push((format!("{lead}{:?},", tag), quotes(heard).join(" ")));
        }
    }
    let mut out = String::new();
    if lines.len() == declared.len() {
        let _ = writeln!(out, "# the notes of {client} speak of no need that is not declared");
    } else {
        let _ = writeln!(
            out,
            "# for {client}: keep what is true, most important first\n[situation]\nneeds = ["
        );
        let width = lines.iter().map(|(left, _)| columns(left)).max().unwrap_or(0);
        for (left, right) in lines {
            let _ = writeln!(out, "  {}  # {right}", padded(&left, width));
        }
        out.push_str("]\n");
    }
    if !unknown.is_empty() {
        let words: Vec<String> =
            unknown.iter().map(|(word, count)| format!("{word} ({count})")).collect();
        let _ = writeln!(
            out,
            "\n# often said, and no word of offers/{}.md: {}",
            offer.stem,
            words.join(", ")
        );
    }
    out
}
