//! A text as words: where each stands, and what parts it from the one before.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::language::{Language, fold, is_stop_word};

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes in the text it was read from.
    pub range: Range<usize>,
    /// Lower case, accents off.
    pub folded: String,
    /// The sign before it, or the strongest of several.
    pub before: Gap,
    /// Written as a participle: with an accent at its end.
    pub participle: bool,
    /// Whether it says nothing of a subject: in French, in English.
    empty: [bool; 2],
}

impl Word {
    fn new(range: Range<usize>, folded: String, before: Gap, participle: bool) -> Word {
        let empty =
            [Language::French, Language::English].map(|language| is_stop_word(&folded, language));
        Word { range, folded, before, participle, empty }
    }

    /// Whether it says nothing of a subject.
    pub fn is_empty(&self, language: Language) -> bool {
        self.empty[language as usize]
    }
}

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    Space,
    /// A comma, a colon, a dash, a bracket, the end of a line.
    Clause,
    /// A question mark: what comes next answers.
    Question,
    /// A full stop, a semicolon, an empty line.
    Sentence,
}

/// The words of a text in any language, in order. Apostrophes and hyphens part words; `don't` is `do`
/// and `not`; a number keeps its digits together (`1 200` is two words).
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 5);
    let mut before = Gap::Sentence;
    let mut letters = text.char_indices().peekable();
    let mut line = 0;
    while let Some((start, c)) = letters.next() {
        if !c.is_alphanumeric() {
            let end_of_number = matches!(letters.peek(), Some((_, next)) if next.is_ascii_digit());
            let gap = match c {
                '\n' => {
                    let ended = std::mem::replace(&mut line, start + 1);
                    line_gap(text, start, ended)
                }
                '.' if !end_of_number => Gap::Sentence,
                '!' | ';' | '…' => Gap::Sentence,
                '?' => Gap::Question,
                ',' if !end_of_number => Gap::Clause,
                ':' | '(' | ')' | '–' | '—' | '«' | '»' | '"' => Gap::Clause,
                _ => Gap::Space,
            };
            before = before.max(gap);
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = letters.peek().copied() {
            if !next.is_alphanumeric() && !is_combining_mark(next) {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        let raw = &text[start..end];
        // `n't` is a negation, not a letter.
        if raw == "t"
            && follows_n_apostrophe(text, start)
            && words.last().is_some_and(|w| w.folded.ends_with('n'))
        {
            if let Some(last) = words.last_mut() {
                last.folded.pop();
                last.range.end -= 1;
                match last.folded.as_str() {
                    "ca" => last.folded.push('n'),
                    "wo" => "will".clone_into(&mut last.folded),
                    _ => {}
                }
            }
            words.push(Word::new(start - 2..end, "not".to_owned(), Gap::Space, false));
        } else {
            words.push(Word::new(start..end, fold(raw), before, is_participle(raw)));
        }
        before = Gap::Space;
    }
    words
}

fn follows_n_apostrophe(text: &str, at: usize) -> bool {
    let mut back = text[..at].chars().rev();
    matches!(back.next(), Some('\'' | '’')) && back.next() == Some('n')
}

/// A line that ends early, before an empty one, an entry of a list or a capital ends its sentence; any other
/// is only wrapped.
fn line_gap(text: &str, end: usize, start: usize) -> Gap {
    const SHORT: usize = 70;
    let rest = &text[end + 1..];
    let next = rest.trim_start_matches([' ', '\t']).chars().next();
    let opens = next.is_none_or(|c| matches!(c, '\n' | '-' | '*' | '•' | '>') || c.is_uppercase());
    if opens || end - start < SHORT { Gap::Sentence } else { Gap::Clause }
}

fn is_participle(raw: &str) -> bool {
    raw.trim_end_matches(['s', 'S']).trim_end_matches(['e', 'E']).ends_with(['é', 'É'])
}
