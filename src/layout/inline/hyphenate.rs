//! Where a word may be divided: written soft hyphens, or the language's patterns (Liang's, through
//! hypher) within the rules of the trade.

use std::ops::Range;

use hypher::Lang;

use super::characters::Class;
use super::collapse::{OBJECT, is_mark};

pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// At least so many letters before a division, and after it.
const BEFORE: usize = 2;
const AFTER: usize = 3;
/// Longer than any word of a language; more is a code or an address.
const LONGEST: usize = 100;

/// The byte ranges of a word's soft hyphens, those at its edges left out.
pub(super) fn soft_hyphens(word: &str) -> Vec<Range<usize>> {
    word.match_indices(SOFT_HYPHEN)
        .map(|(at, hyphen)| at..at + hyphen.len())
        .filter(|hyphen| hyphen.start > 0 && hyphen.end < word.len())
        .collect()
}

/// The patterns of a BCP 47 language tag, if there are any.
pub(super) fn patterns(lang: &str) -> Option<Lang> {
    let primary = lang.split(['-', '_']).next()?;
    let code: [u8; 2] = primary.to_ascii_lowercase().into_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

/// Whether a run between spaces may be divided at all. Not: compounds (they break at their own
/// hyphen), addresses, and whatever holds a digit.
pub(super) fn may_divide(token: &str) -> bool {
    token.len() <= LONGEST && token.chars().all(divisible) && !has_inner_stop(token)
}

/// Empty byte ranges in `word` where the patterns allow a hyphen: none in names and words in capitals
/// (any capital letter).
pub(super) fn divisions(word: &str, patterns: Lang) -> Vec<Range<usize>> {
    let mut points = vec![];
    let mut from = 0;
    // Elision and quotes cut a token into words: "qu’elle", "“scale”".
    for run in word.split(|c: char| !c.is_alphabetic()) {
        let start = from + word[from..].find(run).unwrap_or(0);
        from = start + run.len();
        if run.chars().any(char::is_uppercase) || run.chars().count() < BEFORE + AFTER {
            continue;
        }
        let mut at = start;
        let syllables = hypher::hyphenate_bounded(run, patterns, BEFORE, AFTER);
        let inner = syllables.len().saturating_sub(1);
        for syllable in syllables.take(inner) {
            at += syllable.len();
            points.push(at..at);
        }
    }
    points
}

fn divisible(c: char) -> bool {
    let joins = matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/' | '@' | '_' | '\\' | '#' | SOFT_HYPHEN);
    !(joins || c.is_numeric() || is_mark(c))
}

/// "exemple.fr": a full stop right before a letter is part of an address.
fn has_inner_stop(token: &str) -> bool {
    token.match_indices('.').any(|(at, stop)| token[at + stop.len()..].starts_with(char::is_alphabetic))
}

/// The run between spaces that a word stands in; None where it is too long to be prose.
pub(super) fn token_around<'a>(text: &'a str, word: &Range<usize>) -> Option<&'a str> {
    const FAR: usize = 100;
    let is_space = |c: char| Class::of(c) != Class::Word || c == '\n' || c == OBJECT;
    let mut start = word.start;
    for c in text[..word.start].chars().rev().take_while(|&c| !is_space(c)) {
        start -= c.len_utf8();
        if word.start - start > FAR {
            return None;
        }
    }
    let mut end = word.end;
    for c in text[word.end..].chars().take_while(|&c| !is_space(c)) {
        end += c.len_utf8();
        if end - word.end > FAR {
            return None;
        }
    }
    Some(&text[start..end])
}
