//! From parts to one text: white space collapsed across inline boundaries (CSS Text 3 §4.1),
//! `text-transform` applied (§2.1), control characters dropped.

use std::ops::Range;

use super::{Paragraph, Part};
use crate::style::values::{TextTransform, WhiteSpace};

/// Stands for an atomic part in the text (UAX #14 class CB).
pub(super) const OBJECT: char = '\u{FFFC}';

/// Stands for a `<wbr>` in the text (UAX #14 class ZW).
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// A paragraph's text as it will be printed, and what stands where in it.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// Forced breaks are `\n`, atomic parts [`OBJECT`].
    pub text: String,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Never empty, and without forced breaks. `part` is the index in the paragraph's parts.
    Text {
        range: Range<usize>,
        part: usize,
    },
    Open {
        part: usize,
    },
    Close,
    Atomic {
        part: usize,
    },
    Anchor {
        part: usize,
    },
    /// A character of the text that is not printed.
    Opportunity,
    Forced,
}

pub(super) fn collapse(paragraph: &Paragraph) -> Flat {
    let mut state = Collapser { flat: Flat::default(), gap: Gap::Gone, start: 0 };
    let mut styles = vec![&paragraph.style];
    for (index, part) in paragraph.parts.iter().enumerate() {
        let style = &styles[styles.len() - 1].text;
        match part {
            Part::Text { text, .. } => state.text(text, index, style.white_space, style.text_transform),
            Part::Open { style, .. } => {
                styles.push(style);
                state.flat.pieces.push(Piece::Open { part: index });
            }
            // One `Close` too many would end the block's own box: there is nothing to end.
            Part::Close if styles.len() > 1 => {
                styles.pop();
                state.flat.pieces.push(Piece::Close);
            }
            Part::Close => {}
            Part::Atomic { .. } => {
                state.flat.text.push(OBJECT);
                state.flat.pieces.push(Piece::Atomic { part: index });
                state.gap = Gap::None;
            }
            Part::LineBreak => state.forced(),
            Part::Anchor { .. } => state.flat.pieces.push(Piece::Anchor { part: index }),
            // Beside white space a line may end anyway.
            Part::Opportunity if !matches!(state.gap, Gap::None) => {}
            Part::Opportunity => {
                state.flat.text.push(ZERO_WIDTH_SPACE);
                state.flat.pieces.push(Piece::Opportunity);
            }
        }
    }
    state.trim();
    state.flat
}

/// What the text so far ends with.
enum Gap {
    /// Something visible, or preserved white space.
    None,
    /// A collapsible space, the last character of this piece.
    Space { piece: usize },
    /// The paragraph's or a line's start: collapsible space here is dropped.
    Gone,
}

struct Collapser {
    flat: Flat,
    gap: Gap,
    /// Where the text of the current part begins.
    start: usize,
}

impl Collapser {
    fn text(&mut self, text: &str, part: usize, white_space: WhiteSpace, transform: TextTransform) {
        self.start = self.flat.text.len();
        let keeps_spaces = !white_space.collapses();
        let keeps_breaks = white_space.keeps_breaks();
        for c in text.chars() {
            match c {
                '\n' if keeps_breaks => {
                    self.end_piece(part);
                    self.forced();
                    self.start = self.flat.text.len();
                }
                '\u{2028}' | '\u{2029}' => {
                    self.end_piece(part);
                    self.forced();
                    self.start = self.flat.text.len();
                }
                ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' if !keeps_spaces => {
                    if matches!(self.gap, Gap::None) {
                        self.flat.text.push(' ');
                        self.gap = Gap::Space { piece: usize::MAX };
                    }
                }
                ' ' | '\t' => {
                    self.flat.text.push(c);
                    self.gap = Gap::None;
                }
                '\n' | '\r' | '\u{B}' | '\u{C}' => {
                    self.flat.text.push(' ');
                    self.gap = Gap::None;
                }
                // A byte order mark says nothing inside a text; OBJECT is ours; controls print nothing.
                '\u{FEFF}' | OBJECT => {}
                _ if c.is_control() => {}
                _ => {
                    self.transformed(c, transform);
                    self.gap = Gap::None;
                }
            }
        }
        self.end_piece(part);
    }

    fn end_piece(&mut self, part: usize) {
        let range = self.start..self.flat.text.len();
        if range.is_empty() {
            return;
        }
        if let Gap::Space { piece } = &mut self.gap
            && *piece == usize::MAX
        {
            *piece = self.flat.pieces.len();
        }
        self.flat.pieces.push(Piece::Text { range, part });
    }

    fn forced(&mut self) {
        self.trim();
        self.flat.text.push('\n');
        self.flat.pieces.push(Piece::Forced);
        self.gap = Gap::Gone;
    }

    /// Takes away a collapsible space at the end of a line (CSS Text 3 §4.1.2).
    fn trim(&mut self) {
        if let Gap::Space { piece } = self.gap {
            self.flat.text.pop();
            if let Some(Piece::Text { range, .. }) = self.flat.pieces.get_mut(piece) {
                range.end -= 1;
                if range.start == range.end {
                    self.flat.pieces.remove(piece);
                }
            }
        }
        self.gap = Gap::Gone;
    }

    fn transformed(&mut self, c: char, transform: TextTransform) {
        let text = &mut self.flat.text;
        match transform {
            TextTransform::None => text.push(c),
            TextTransform::Uppercase => text.extend(c.to_uppercase()),
            TextTransform::Lowercase => text.extend(c.to_lowercase()),
            TextTransform::Capitalize if c.is_alphabetic() && begins_word(text) => match c {
                // The title case of these is not their upper case (Unicode SpecialCasing).
                'ß' => text.push_str("Ss"),
                'ﬁ' => text.push_str("Fi"),
                'ﬂ' => text.push_str("Fl"),
                _ => text.extend(c.to_uppercase()),
            },
            TextTransform::Capitalize => text.push(c),
        }
    }
}

/// Whether a letter after `text` is the first of its word: an apostrophe between letters is inside one
/// (UAX #29 WB6–7: "l’équipe" is capitalised "L’équipe").
fn begins_word(text: &str) -> bool {
    let mut before = text.chars().rev();
    match before.next() {
        Some('’' | '\'') => !before.next().is_some_and(char::is_alphanumeric),
        Some(c) => !(c.is_alphanumeric() || is_mark(c)),
        None => true,
    }
}

/// Combining marks of the scripts that decomposed Latin, Greek and Cyrillic text uses.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}
