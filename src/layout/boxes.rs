//! The box tree: what CSS lays out (CSS Display 3 §2), made from the document by [`super::generate`].
//!
//! It differs from the document where CSS says so: no box for `display: none`; anonymous boxes so that
//! a container has either block-level boxes or one paragraph; boxes for `::before`, `::after` and
//! `::marker`; a wrapper round every table. Boxes live in one arena.

use std::rc::Rc;
use std::sync::Arc;

use super::fragment::Fragment;
use crate::document::tree::{Document, NodeId};
use crate::image::Picture;
use crate::layout::inline::{Lines, Paragraph};
use crate::style::values::{Border, BreakBetween, ComputedStyle, Display, Overflow, Position, Sides};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BoxId(pub u32);

impl BoxId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What stands for an element in messages, links and destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The element's own box: destinations and string-set happen here.
    Principal,
    /// An anonymous box, or one of a pseudo-element.
    Generated,
}

/// Which of a box's ends it has: a box that a forced break cuts is laid out as several (CSS
/// Fragmentation 3 §5.4, `slice`), and a missing end has no margin, border or padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub top: bool,
    pub bottom: bool,
}

impl Ends {
    pub const BOTH: Ends = Ends { top: true, bottom: true };
}

#[derive(Clone)]
pub(super) struct LayoutBox<'a> {
    /// The element, or the one that an anonymous box stands in.
    pub node: NodeId,
    pub origin: Origin,
    pub style: Arc<ComputedStyle>,
    pub content: BoxContent<'a>,
    pub marker: Option<Marker<'a>>,
    pub ends: Ends,
    /// The box that this is a part of, where a forced break cut it; else itself.
    pub whole: BoxId,
    /// The break before it, its first descendants' taken together (CSS Fragmentation 3 §3.1).
    pub break_before: BreakBetween,
    pub break_after: BreakBetween,
    /// The named page on which it starts and ends (CSS Paged Media 3 §8).
    pub first_page: Option<Arc<str>>,
    pub last_page: Option<Arc<str>>,
    /// Named strings that it sets, in order.
    pub strings: Vec<(Arc<str>, String)>,
    /// Set in what is left of a box that a page's end cut, where that is laid out anew.
    pub resumed: Option<Resumed>,
}

/// Where what is left of a box goes on.
#[derive(Clone)]
pub(super) enum Resumed {
    /// With its first box: the margin above that is cut off (CSS Fragmentation 3 §5.2).
    AtBox,
    /// In its text, with the line of an index.
    AtLine(Rc<Lines>, usize),
}

#[derive(Clone)]
pub(super) enum BoxContent<'a> {
    /// Block-level boxes, absolutely positioned ones among them at their place in the flow.
    Blocks(Vec<BoxId>),
    /// A paragraph: only inline-level content.
    Inline(Arc<InlineContent<'a>>),
    Replaced(Arc<Picture>),
    /// A list item's marker that stands in its first line.
    Bullet(Bullet),
    Flex(Items),
    Grid(Items),
    /// A table's wrapper: captions above, the grid of cells, captions below (CSS 2.2 §17.4).
    TableWrapper {
        above: Vec<BoxId>,
        grid: BoxId,
        below: Vec<BoxId>,
    },
    Table(Arc<Table>),
    /// What is left of a box that keeps the width it began with.
    Laid(Rc<Fragment>),
}

/// Children of a flex or grid container.
#[derive(Clone)]
pub(super) struct Items {
    /// By `order`, then in document order.
    pub in_flow: Arc<[BoxId]>,
    pub absolutes: Arc<[BoxId]>,
}

/// What a paragraph holds beside its text.
pub(super) struct InlineContent<'a> {
    pub paragraph: Paragraph<'a>,
    /// Index in `paragraph.parts` of each atomic part, and the box that it stands for.
    pub atomics: Vec<(usize, BoxId)>,
    /// Absolutely positioned boxes in it, each at a `Part::Anchor`.
    pub absolutes: Vec<BoxId>,
    /// The boxes of both kinds in a positioned inline box, with its element: it contains what is absolutely
    /// positioned in them (CSS 2.2 §10.1).
    pub contained: Vec<(BoxId, NodeId)>,
}

/// What stands beside a list item's first line.
#[derive(Clone)]
pub(super) struct Marker<'a> {
    pub style: Arc<ComputedStyle>,
    pub content: MarkerContent<'a>,
}

#[derive(Clone)]
pub(super) enum MarkerContent<'a> {
    /// Drawn, so that it looks alike in every face and no face need have its glyph.
    Bullet(Bullet),
    Text(Arc<Paragraph<'a>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullet {
    Disc,
    Circle,
    Square,
}

/// A table's rows in the order in which they are printed: head, bodies, foot.
pub(super) struct Table {
    /// The table's own border, where its borders collapse with those of its cells.
    pub collapsed_border: Option<Sides<Border>>,
    /// Whether `width` is other than auto: else `table-layout: fixed` has no effect.
    pub fixed_width: bool,
    /// Whether there are rows under the head that pages may part from it.
    pub repeats_head: bool,
    /// Whether there are rows above the foot that pages may part from it.
    pub repeats_foot: bool,
    pub columns: usize,
    pub rows: Vec<TableRow>,
}

pub(super) struct TableRow {
    /// The row, and the group it is in, for their backgrounds and borders.
    pub row: BoxId,
    pub group: Option<BoxId>,
    pub part: TablePart,
    pub cells: Vec<TableCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TablePart {
    Head,
    Body,
    Foot,
}

pub(super) struct TableCell {
    pub cell: BoxId,
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
}

pub(super) struct BoxTree<'a> {
    pub boxes: Vec<LayoutBox<'a>>,
    pub root: BoxId,
}

impl<'a> BoxTree<'a> {
    pub fn get(&self, id: BoxId) -> &LayoutBox<'a> {
        &self.boxes[id.index()]
    }

    /// Adds a box that is no part of another.
    pub fn push(&mut self, new: LayoutBox<'a>) -> BoxId {
        let id = BoxId(self.boxes.len() as u32);
        self.boxes.push(LayoutBox { whole: id, ..new });
        id
    }

    /// Adds a part of a box.
    pub fn push_part(&mut self, part: LayoutBox<'a>) -> BoxId {
        self.boxes.push(part);
        BoxId(self.boxes.len() as u32 - 1)
    }

    pub fn is_absolute(&self, id: BoxId) -> bool {
        self.get(id).style.position == Position::Absolute
    }
}

impl LayoutBox<'_> {
    /// Whether margins of its children stay inside it (CSS 2.2 §9.4.1), its own edges aside.
    pub fn is_formatting_root(&self) -> bool {
        self.node == Document::ROOT
            || !matches!(self.content, BoxContent::Blocks(_) | BoxContent::Inline(_))
            || self.style.overflow == Overflow::Hidden
            || self.style.position == Position::Absolute
            || matches!(
                self.style.display,
                Display::InlineBlock
                    | Display::InlineFlex
                    | Display::InlineGrid
                    | Display::TableCell
                    | Display::TableCaption
            )
    }
}
