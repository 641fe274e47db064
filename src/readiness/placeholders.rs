//! Placeholders that were never filled in.

use super::printed::Line;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// `place` says where a byte of a line comes from.
pub(super) fn check(
    lines: &[Line],
    place: impl Fn(&Line, usize) -> Option<Place>,
    diagnostics: &mut Diagnostics,
) {
    for line in lines {
        for (at, found) in placeholders(line) {
            diagnostics.push(
                Diagnostic::error(format!("a placeholder is printed: `{found}`"))
                    .maybe_at(place(line, at))
                    .about([line.text.clone(), found.clone()])
                    .hint("write what belongs there, or take it out"),
            );
        }
    }
}

/// The placeholders of a line, each with its position: a whole `{{…}}`, a word of three X or more, TODO in
/// capitals, "à compléter" and "lorem ipsum" in any.
fn placeholders(line: &Line) -> Vec<(usize, String)> {
    let text = &line.text;
    let mut found = vec![];
    let mut rest = 0;
    while let Some(open) = text[rest..].find("{{").map(|at| rest + at) {
        let Some(close) = text[open..].find("}}").map(|at| open + at + 2) else { break };
        found.push((open, text[open..close].to_owned()));
        rest = close;
    }
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_crosses = word.len() >= 3 && word.bytes().all(|b| b == b'X');
        if is_crosses || word == "TODO" {
            found.push((word.as_ptr() as usize - text.as_ptr() as usize, word.to_owned()));
        }
    }
    for phrase in ["à compléter", "lorem ipsum"] {
        if let Some(at) = find_uncased(text, phrase) {
            let end = at
                + text[at..]
                    .char_indices()
                    .nth(phrase.chars().count())
                    .map_or(text.len() - at, |(i, _)| i);
            found.push((at, text[at..end].to_owned()));
        }
    }
    found
}

/// Where a phrase stands in any case.
fn find_uncased(text: &str, phrase: &str) -> Option<usize> {
    let same = |rest: &str| {
        let mut letters = rest.chars().flat_map(char::to_lowercase);
        phrase.chars().all(|wanted| letters.next() == Some(wanted))
    };
    text.char_indices().map(|(at, _)| at).find(|&at| same(&text[at..]))
}
