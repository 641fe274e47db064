//! One paragraph: its inline content becomes lines of placed glyphs.
//!
//! ```text
//! Paragraph ── shape ──▶ Shaped ── break_lines(width) ──▶ Lines ── set ──▶ PlacedLine
//!  (parts)     once       (words, spaces, breaks)          (heights)         (painted items)
//! ```
//!
//! `shape` does not know the width, so one `Shaped` serves every trial of flex, grid and tables;
//! `break_lines` is cheap and gives heights; only lines that land on a page are `set`.

mod atoms;
mod boxes;
mod characters;
mod collapse;
mod fallback;
mod fit;
mod hyphenate;
mod itemize;
mod points;
mod set;
mod small_caps;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::tree::NodeId;
use crate::font::Faces;
use crate::layout::pages::{Item, LinkArea, Owner, Rect};
use crate::locale::typography::Names;
use crate::style::values::{ComputedStyle, Hyphens, OverflowWrap, TextAlign};
use atoms::{Atom, AtomKind};
use boxes::{LineBox, LineHeights};
use fit::{Measure, PointKind, Spacing, choose};
use itemize::{Items, itemize};
use points::{Points, Within};
use set::{Room, Span};

/// How deep a ragged edge may be before it looks uneven, em, and as a part of the width.
const RAGGED_DEPTH: f32 = 2.5;
const RAGGED_PART: f32 = 0.1;
/// px that nobody sees.
const OVERFLOW_TOLERANCE: f32 = 0.5;
/// So many characters of a text that sticks out are shown in its message.
const SHOWN: usize = 40;

/// The inline content of one block container, in document order.
#[derive(Clone)]
pub struct Paragraph<'a> {
    /// The block container's style: strut, alignment, indent, wrapping.
    pub style: Arc<ComputedStyle>,
    pub parts: Vec<Part<'a>>,
    /// Which no hyphen divides.
    pub names: &'a Names,
}

#[derive(Clone)]
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
    /// Where a box would have stood that takes no room; the id comes back in [`LineItem::Anchor`].
    Anchor { id: usize },
    /// `<br>`.
    LineBreak,
    /// `<wbr>`: a line may end here (HTML §4.5.28), even where `white-space` lets it end nowhere.
    Opportunity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxRole {
    Plain,
    /// An `<a href>`: each line's fragment is a link area.
    Link,
}

/// A paragraph cut into words and spaces, shaped and measured; independent of any width.
#[derive(Debug)]
pub struct Shaped {
    style: Arc<ComputedStyle>,
    items: Option<Items>,
    points: Points,
    /// The widest sequence that is broken where it fits no line, px.
    widest_breakable: f32,
    /// Whether some inline box's edge is a percentage of the width.
    relative: bool,
}

/// A paragraph broken at one width.
#[derive(Clone, Debug)]
pub struct Lines {
    pub lines: Vec<Line>,
    /// Lines that could not be made to fit. Trial layouts drop them; the final one reports them.
    pub problems: Vec<Diagnostic>,
    width: f32,
}

/// One line box, px.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub height: f32,
    /// From the line box's top to the baseline.
    pub baseline: f32,
    /// Of the content, trailing white space left out.
    pub width: f32,
    span: Span,
    line_box: LineBox,
}

impl Line {
    /// Whether it ends inside a word, with a hyphen that the paragraph added.
    pub fn divides_word(&self) -> bool {
        self.span.ends == PointKind::Hyphen
    }
}

/// What a line paints, px from the line box's top-left corner (the block's content edge).
#[derive(Clone, Debug, Default)]
pub struct PlacedLine {
    /// In painting order.
    pub items: Vec<LineItem>,
    pub links: Vec<LinkArea>,
    /// The inline boxes that begin on this line, with their top-left corner: where links to them lead.
    pub starts: Vec<(NodeId, f32, f32)>,
}

#[derive(Clone, Debug)]
pub enum LineItem {
    /// Glyphs, and the lines that decorate them.
    Paint(Item),
    /// Background and border of an inline box's fragment on this line: the caller paints it.
    Box(BoxFragment),
    /// The margin box of an atomic part: its top-left corner.
    Atomic { id: usize, x: f32, y: f32 },
    /// Where an anchor stands across, and whether nothing is on the line before it.
    Anchor { id: usize, x: f32, begins: bool },
}

impl LineItem {
    /// The node whose text it paints.
    pub fn text_node(&self) -> Option<NodeId> {
        match self {
            LineItem::Paint(Item {
                owner: Owner::Node(n) | Owner::Before(n) | Owner::After(n), ..
            }) => Some(*n),
            _ => None,
        }
    }
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
    let style = paragraph.style.clone();
    let items = itemize(paragraph, faces, diagnostics);
    let points = items
        .as_ref()
        .map(|items| Points::of(items, 0.0, Within::Line(f32::INFINITY)))
        .unwrap_or_default();
    let widest_breakable = items.as_ref().map_or(0.0, Items::widest_breakable);
    let relative = items.as_ref().is_some_and(|items| items.boxes.iter().any(|b| b.is_relative()));
    Shaped { style, items, points, widest_breakable, relative }
}

impl Shaped {
    /// Nothing to print, not even an empty line: the paragraph takes no height.
    pub fn is_empty(&self) -> bool {
        self.points.points.is_empty()
    }

    /// px: the widest piece that no break can make narrower.
    pub fn min_content(&self) -> f32 {
        let points = self.points(0.0, Within::Nothing);
        self.widest(&points, |_| true)
    }

    /// px: the width that needs no break but the forced ones.
    pub fn max_content(&self) -> f32 {
        self.widest(&self.points, |kind| matches!(kind, PointKind::Forced | PointKind::End))
    }

    /// The widest line where every point of some kinds ends one, rounded up so that it fits itself.
    fn widest(&self, points: &Points, ends_line: impl Fn(PointKind) -> bool) -> f32 {
        let mut indent = f64::from(self.style.text.text_indent.resolve(0.0));
        let (mut start, mut widest) = (0.0, 0.0_f64);
        for point in points.points.iter().skip(1).filter(|point| ends_line(point.kind)) {
            widest = widest.max(point.end - start + indent);
            start = point.start;
            indent = 0.0;
        }
        (widest as f32).next_up().max(0.0)
    }

    /// Breaks at a content width in px; `text-wrap`, `text-indent` and `hyphens` are the style's.
    pub fn break_lines(&self, width: f32) -> Lines {
        let points = self.points_at(width);
        self.break_from(0, &points, width)
    }

    /// Breaks this paragraph from one of its lines on again, at another content width in px. A line that
    /// begins within a word that would now fit keeps its width, and so do those below it.
    pub fn break_again(&self, lines: &Lines, first: usize, width: f32) -> Lines {
        let rest = &lines.lines[first..];
        let points = self.points_at(width);
        let begins = |line: &Line| points.cuts.iter().position(|cut| *cut == line.span.from);
        match rest.first().and_then(begins) {
            Some(from) => self.break_from(from, &points, width),
            None => Lines { lines: rest.to_vec(), problems: vec![], width: lines.width },
        }
    }

    /// px below the baseline that every line takes at least (CSS 2.2 §10.8.1, the strut).
    pub fn strut_depth(&self) -> f32 {
        self.items.as_ref().map_or(0.0, |items| items.boxes[0].leading.below.max(0.0))
    }

    fn points_at(&self, width: f32) -> Cow<'_, Points> {
        self.points(width, Within::Line(width - self.indent(width).max(0.0)))
    }

    /// The lines after the point of an index.
    fn break_from(&self, first: usize, points: &Points, width: f32) -> Lines {
        let mut lines = Lines { lines: vec![], problems: vec![], width };
        let Some(items) = self.items.as_ref().filter(|_| !self.is_empty()) else { return lines };
        let indent = self.indent(width);
        let text = &self.style.text;
        let measure = Measure {
            width: f64::from(width),
            indent: f64::from(indent),
            spacing: match text.text_align {
                TextAlign::Justify => Spacing::Justified,
                _ => {
                    Spacing::Ragged(f64::from((text.font_size * RAGGED_DEPTH).max(width * RAGGED_PART)))
                }
            },
        };
        let mut from = first;
        for to in choose(&points.points[first..], &measure, text.text_wrap) {
            let to = first + to;
            let (a, b) = (&points.points[from], &points.points[to]);
            let fit = measure.line(a, b);
            let span = Span { from: points.cuts[from], to: points.cuts[to], ends: b.kind };
            let line_box = items.line_box(span);
            let line = Line {
                height: line_box.height(),
                baseline: line_box.extent.above,
                width: if fit.fits() { fit.natural.min(fit.available) } else { fit.natural } as f32,
                span,
                line_box,
            };
            if line.width > fit.available as f32 + OVERFLOW_TOLERANCE {
                lines.problems.extend(items.overflow(span, line.width, fit.available as f32));
            }
            lines.lines.push(line);
            from = to;
        }
        lines
    }

    /// Places line `index` of `lines` (which came from this paragraph), aligned in its width.
    pub fn set(&self, faces: &Faces, lines: &Lines, index: usize) -> PlacedLine {
        let (Some(items), Some(line)) = (&self.items, lines.lines.get(index)) else {
            return PlacedLine::default();
        };
        let room = Room {
            width: lines.width,
            indent: if self.begins(line) { self.indent(lines.width) } else { 0.0 },
            align: self.style.text.text_align,
        };
        set::set(items, faces, line.span, &line.line_box, room)
    }

    fn begins(&self, line: &Line) -> bool {
        self.points.cuts.first() == Some(&line.span.from)
    }

    fn indent(&self, width: f32) -> f32 {
        self.style.text.text_indent.resolve(width)
    }

    /// The points at a width: those made at first, unless something depends on it.
    fn points(&self, base: f32, within: Within) -> Cow<'_, Points> {
        let room = match within {
            Within::Nothing => 0.0,
            Within::Line(room) => room,
        };
        match &self.items {
            Some(items) if self.relative || self.widest_breakable > room => {
                Cow::Owned(Points::of(items, base, within))
            }
            _ => Cow::Borrowed(&self.points),
        }
    }
}

impl Items {
    /// px.
    fn widest_breakable(&self) -> f32 {
        let breakable = |atom: &Atom| {
            let style = &self.boxes[atom.inline as usize].style.text;
            matches!(atom.kind, AtomKind::Text(_))
                && style.overflow_wrap != OverflowWrap::Normal
                && style.white_space.wraps()
        };
        if !self.atoms.iter().any(breakable) {
            return 0.0;
        }
        let sequences =
            self.sequences(0.0).filter(|(range, _)| self.atoms[range.clone()].iter().any(breakable));
        sequences.map(|(_, width)| width).fold(0.0, f32::max)
    }

    fn line_box(&self, span: Span) -> LineBox {
        let mut heights = LineHeights::new(&self.boxes);
        for atom in &self.atoms[span.atoms()] {
            match &atom.kind {
                AtomKind::Atomic(index) => heights.atomic(&self.atomics[*index]),
                AtomKind::Text(text) => heights.text(atom.inline, self.font(text)),
                AtomKind::Open(inline) => heights.touch(*inline),
                AtomKind::Close(_) | AtomKind::Anchor(_) | AtomKind::Forced => {
                    heights.touch(atom.inline);
                }
            }
        }
        heights.finish()
    }

    /// What to say of a line that does not fit; nothing where no text is to blame.
    fn overflow(&self, span: Span, width: f32, room: f32) -> Option<Diagnostic> {
        let mut texts = self.atoms[span.atoms()].iter().filter_map(|atom| match &atom.kind {
            AtomKind::Text(text) => Some(text),
            _ => None,
        });
        let first = texts.next()?;
        let start = first.range.start;
        let end = texts.next_back().unwrap_or(first).range.end;
        let text = self.text[start..end].trim();
        if text.is_empty() {
            return None;
        }
        let shown: String = text.chars().take(SHOWN).collect();
        let ellipsis = if shown.len() < text.len() { "…" } else { "" };
        let mm = |px: f32| px.max(0.0) * 25.4 / 96.0;
        let message = format!(
            "“{shown}{ellipsis}” is {:.0} mm wide, its column {:.0} mm: it sticks out",
            mm(width).ceil(),
            mm(room).floor()
        );
        let warning = Diagnostic::warning(message)
            .maybe_at(self.sources[first.source as usize].place.clone())
            .about(std::iter::once(text).chain(text.split_whitespace().max_by_key(|word| word.len())))
            .hint("make the column wider, or let long words break: `overflow-wrap: anywhere`");
        // Hyphenation leaves out names, and every word with a capital may be one; and last words.
        let hyphenates = |atom: &Atom| {
            self.boxes[atom.inline as usize].style.text.hyphens == Hyphens::Auto
                && matches!(atom.kind, AtomKind::Text(_))
        };
        Some(match self.atoms[span.atoms()].iter().any(hyphenates) {
            true => warning.hint(
                "words with a capital and the last word of a paragraph are not hyphenated: a soft hyphen (`&shy;`, U+00AD) says where one may be",
            ),
            false => warning,
        })
    }
}
