//! One paragraph: its inline content becomes lines of placed glyphs.
//!
//! ```text
//! Paragraph ── shape ──▶ Shaped ── break_lines(width) ──▶ Lines ── set ──▶ PlacedLine
//!  (parts)     once       (words, spaces, breaks)          (heights)         (painted items)
//! ```
//!
//! `shape` does not know the width, so one `Shaped` serves every trial of flex, grid and tables;
//! `break_lines` is cheap and gives heights; only lines that land on a page are `set`.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::tree::NodeId;
use crate::font::Faces;
use crate::layout::pages::{Item, LinkArea, Owner, Rect};
use crate::style::values::ComputedStyle;

/// The inline content of one block container, in document order.
pub struct Paragraph<'a> {
    /// The block container's style: strut, alignment, indent, wrapping.
    pub style: Arc<ComputedStyle>,
    pub parts: Vec<Part<'a>>,
}

pub enum Part<'a> {
    /// Character data, white space not yet collapsed. Its style is that of the inline box it stands
    /// in, or the block's.
    Text {
        text: Cow<'a, str>,
        owner: Owner,
        /// BCP 47, for hyphenation and shaping.
        lang: &'a str,
        /// Where messages about this text point.
        place: Option<Place>,
    },
    /// An inline box begins: every inline element gives one, so that its font, vertical-align,
    /// padding, border and link are known.
    Open { node: NodeId, style: Arc<ComputedStyle>, role: BoxRole },
    /// The innermost open inline box ends.
    Close,
    /// A box that is one letter to the paragraph: inline-block, img, inline svg.
    Atomic {
        /// What the caller knows it by; comes back in [`LineItem::Atomic`].
        id: usize,
        style: Arc<ComputedStyle>,
        /// px, margin box.
        width: f32,
        height: f32,
        /// px from the margin box's top to its baseline; `height` for a picture.
        baseline: f32,
    },
    /// `<br>`.
    LineBreak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxRole {
    Plain,
    /// An `<a href>`: each line's fragment is a link area.
    Link,
}

/// A paragraph cut into words and spaces, shaped and measured; independent of any width.
pub struct Shaped {}

/// A paragraph broken at one width.
pub struct Lines {
    pub lines: Vec<Line>,
    /// Lines that could not be made to fit. Trial layouts drop them; the final one reports them.
    pub problems: Vec<Diagnostic>,
}

/// One line box, px.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub height: f32,
    /// From the line box's top to the baseline.
    pub baseline: f32,
    /// Of the content, trailing white space left out.
    pub width: f32,
}

/// What a line paints, px from the line box's top-left corner (the block's content edge).
#[derive(Clone, Debug, Default)]
pub struct PlacedLine {
    /// In painting order.
    pub items: Vec<LineItem>,
    pub links: Vec<LinkArea>,
}

#[derive(Clone, Debug)]
pub enum LineItem {
    /// Glyphs, and the lines that decorate them.
    Paint(Item),
    /// Background and border of an inline box's fragment on this line: the caller paints it.
    Box(BoxFragment),
    /// The margin box of an atomic part: its top-left corner.
    Atomic { id: usize, x: f32, y: f32 },
}

/// The part of an inline box on one line (CSS Fragmentation 3 §5.4, `slice`).
#[derive(Clone, Debug)]
pub struct BoxFragment {
    pub node: NodeId,
    pub style: Arc<ComputedStyle>,
    /// Border box.
    pub rect: Rect,
    /// Whether the box's left edge is on this line; else it has no left border, padding and corners.
    pub starts: bool,
    /// Whether its right edge is.
    pub ends: bool,
}

/// Collapses white space, finds faces and break opportunities, and shapes the words.
///
/// Reports a character that is in no face (error) and one that needs a fallback face (warning).
pub fn shape(paragraph: &Paragraph, faces: &Faces, diagnostics: &mut Diagnostics) -> Shaped {
    let _ = (paragraph, faces, diagnostics);
    Shaped {}
}

impl Shaped {
    /// Nothing to print, not even an empty line: the paragraph takes no height.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// px: the widest piece that no break can make narrower.
    pub fn min_content(&self) -> f32 {
        0.0
    }

    /// px: the width that needs no break but the forced ones.
    pub fn max_content(&self) -> f32 {
        0.0
    }

    /// Breaks at a content width in px; `text-wrap`, `text-indent` and `hyphens` are the style's.
    pub fn break_lines(&self, width: f32) -> Lines {
        let _ = width;
        Lines { lines: vec![], problems: vec![] }
    }

    /// Places line `index` of `lines` (which came from this paragraph), aligned in its width.
    pub fn set(&self, faces: &Faces, lines: &Lines, index: usize) -> PlacedLine {
        let _ = (faces, lines, index);
        PlacedLine::default()
    }
}
