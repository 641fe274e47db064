//! Typographic rules by language, on one block's text across its inline elements.
//!
//! A rule sees the signs around it wherever they stand (`<em>possible</em>!`), changes only spaces,
//! quotation marks, apostrophes, hyphens and full stops, and is idempotent: text that is already right
//! stays as it is. URLs, e-mail addresses, file paths and names are left alone.
//!
//! French follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale* (IN).

pub mod ligature;
mod names;
mod numbers;
mod punctuation;
mod quotes;
mod tokens;

use super::Locale;
pub use names::Names;

/// A run of text within one block.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    pub text: &'a str,
    pub treatment: Treatment,
}

/// What the rules may do with a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Set it by a language's rules.
    Prose(Locale),
    /// Keep it as it is; the text around it is set as beside any other word.
    Verbatim,
}

/// Sets a block's text. Gives each segment's new text, None for one that stays as it is.
pub fn set(segments: &[Segment<'_>]) -> Vec<Option<String>> {
    set_around(Names::NONE, segments)
}

/// As [`set`], the names in the text kept as they are written: what is around one is set as beside any other
/// word.
pub fn set_around(names: &Names, segments: &[Segment<'_>]) -> Vec<Option<String>> {
    let prose = || segments.iter().filter(|s| s.treatment != Treatment::Verbatim).map(|s| s.text);
    if !prose().any(|text| text.contains(is_looked_for)) {
        return vec![None; segments.len()];
    }
    let has = |sign: char| prose().any(|text| text.contains(sign));
    let mut line = Line::of(segments);
    line.keep(names);
    tokens::protect(&mut line);
    if has('.') {
        punctuation::ellipses(&mut line);
    }
    if has('"') {
        quotes::double(&mut line);
    }
    if has('\'') {
        quotes::single(&mut line);
    }
    if line.signs.iter().any(Sign::is_french) {
        numbers::groups(&mut line);
        punctuation::french_spaces(&mut line);
    }
    // a space that was put in can make a hyphen a dash
    if has('-') {
        punctuation::dashes(&mut line);
    }
    line.into_texts(segments)
}

/// The signs that rules begin with; a text without any stays as it is.
fn is_looked_for(sign: char) -> bool {
    // of the abbreviations without a full stop or a number, the capital
    sign.is_ascii_digit() || "'\"-.;:!?«»%‰€°§MDP".contains(sign)
}

/// One character of a block.
#[derive(Clone, Copy, Debug)]
struct Sign {
    sign: char,
    segment: u32,
    /// Whose rules may change it; None where nothing may.
    locale: Option<Locale>,
}

impl Sign {
    fn is_french(&self) -> bool {
        self.locale == Some(Locale::Fr)
    }

    fn is_english(&self) -> bool {
        matches!(self.locale, Some(Locale::EnGb | Locale::EnUs))
    }
}

/// A block's text as signs that remember their segment.
struct Line {
    signs: Vec<Sign>,
}

impl Line {
    fn of(segments: &[Segment<'_>]) -> Line {
        let signs = (0u32..).zip(segments).flat_map(|(segment, s)| {
            let locale = match s.treatment {
                Treatment::Prose(locale) => Some(locale),
                Treatment::Verbatim => None,
            };
            s.text.chars().map(move |sign| Sign { sign, segment, locale })
        });
        Line { signs: signs.collect() }
    }

    /// Takes the names out of every rule's reach.
    fn keep(&mut self, names: &Names) {
        let text: Vec<char> = self.signs.iter().map(|s| s.sign).collect();
        for name in names.within(&text) {
            self.signs[name].iter_mut().for_each(|s| s.locale = None);
        }
    }

    fn into_texts(self, segments: &[Segment<'_>]) -> Vec<Option<String>> {
        let mut texts: Vec<String> =
            segments.iter().map(|s| String::with_capacity(s.text.len() + 16)).collect();
        for sign in &self.signs {
            texts[sign.segment as usize].push(sign.sign);
        }
        let changed = texts.into_iter().zip(segments);
        changed.map(|(text, segment)| (text != segment.text).then_some(text)).collect()
    }

    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).map(|s| s.sign)
    }

    /// The sign before; None at the block's start.
    fn before(&self, at: usize) -> Option<char> {
        self.sign(at.checked_sub(1)?)
    }

    /// Whether the signs from `at` on are these.
    fn reads(&self, at: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(i, c)| self.sign(at + i) == Some(c))
    }
}

/// White space of any width, no-break or not.
fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{A0}' | '\u{202F}' | '\u{2009}')
}

/// An edge of the block, or white space.
fn is_gap(sign: Option<char>) -> bool {
    sign.is_none_or(is_space)
}

/// What a word may follow without a space.
fn is_opening(sign: char) -> bool {
    matches!(sign, '(' | '[' | '{' | '«' | '“' | '‘' | '¿' | '¡')
}
