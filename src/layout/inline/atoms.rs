//! What lines are made of.

use std::ops::Range;
use std::sync::Arc;

use super::boxes::BoxIndex;
use super::characters::Class;
use crate::font::{Division, Word};

/// The smallest thing that line breaking moves.
#[derive(Debug)]
pub(super) struct Atom {
    /// The inline box it stands in: for an opening edge the box around, for a closing edge the box itself.
    pub inline: BoxIndex,
    /// px; of an inline box's edge without its percentages.
    pub width: f32,
    pub kind: AtomKind,
}

#[derive(Debug)]
pub(super) enum AtomKind {
    Text(TextAtom),
    Open(BoxIndex),
    Close(BoxIndex),
    Atomic(usize),
    /// Takes no room; with the caller's id.
    Anchor(usize),
    Forced,
}

impl AtomKind {
    /// Whether it begins the next line where a line ends after it.
    pub fn goes_with_next(&self) -> bool {
        matches!(self, AtomKind::Open(_) | AtomKind::Anchor(_))
    }
}

#[derive(Debug)]
pub(super) struct TextAtom {
    /// Byte range in the paragraph's text.
    pub range: Range<usize>,
    pub source: u32,
    pub font: u32,
    pub class: Class,
    pub word: Arc<Word>,
    /// Where it may be divided with a hyphen; byte offsets are relative to `range`.
    pub divisions: Option<Arc<[Division]>>,
}
