//! Fragments: boxes that have been given a size and a place, before and after pages cut them.
//!
//! A fragment's children keep the places they have in the *unbroken* box. What a page has taken of it
//! is only counted (`consumed`), so cutting off a page's worth costs no more than that page.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use super::boxes::{BoxId, Bullet, Ends};
use crate::layout::inline::{Lines, Shaped};
use crate::style::values::{Border, BreakBetween, BreakInside, PageSide, Sides};

/// px; x and y of the border box's top-left corner in its parent's border box, unbroken.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub x: f32,
    pub y: f32,
    pub fragment: Rc<Fragment>,
}

impl Placed {
    pub fn area(&self) -> Area {
        Area { x: self.x, y: self.y, width: self.fragment.width, height: self.fragment.height }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub box_id: BoxId,
    /// Border box, px.
    pub width: f32,
    pub height: f32,
    /// Height of the parts of the box that stand on earlier pages.
    pub consumed: f32,
    pub ends: Ends,
    /// Used border widths; zero in a table whose borders collapse: its lines are in the bands.
    pub border: Sides<f32>,
    /// Border and padding together: from the border box to the content box.
    pub inset: Sides<f32>,
    pub inside: BreakInside,
    /// Displacement by `position: relative`, px to the right and down: painted there, its room stays.
    pub shift: (f32, f32),
    /// px that its style makes it taller than its content.
    pub gap: f32,
    pub content: FragmentContent,
    pub marker: Option<PlacedMarker>,
    /// Where absolutely positioned boxes would have stood in the flow.
    pub anchors: Vec<Anchor>,
    /// From the border box's top, px; None without any line.
    pub first_baseline: Option<f32>,
    pub last_baseline: Option<f32>,
}

#[derive(Clone, Debug)]
pub(super) enum FragmentContent {
    Empty,
    /// Block-level boxes below one another.
    Flow(VecDeque<FlowChild>),
    Lines(LineRange),
    /// Rows of boxes side by side: of a table, a grid, or the lines of a flex container.
    Bands(Bands),
    /// `wanted` is the height it would have, where no page can hold that.
    Picture {
        wanted: Option<f32>,
    },
    Bullet(Bullet),
}

/// Whether a page may begin between two siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    Allowed,
    /// `break-before` or `break-after: avoid`: only where nothing else is left.
    Avoided,
    /// What follows begins a page, of this side where one is said.
    Forced(Option<PageSide>),
}

impl From<BreakBetween> for Between {
    fn from(rule: BreakBetween) -> Between {
        match rule {
            BreakBetween::Auto => Between::Allowed,
            BreakBetween::Avoid => Between::Avoided,
            BreakBetween::Page | BreakBetween::Left | BreakBetween::Right => {
                Between::Forced(rule.side())
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct FlowChild {
    /// Of the break between it and the child before it.
    pub before: Between,
    pub placed: Placed,
}

/// The lines of a paragraph that stand on one page.
#[derive(Clone)]
pub(super) struct LineRange {
    pub shaped: Rc<Shaped>,
    pub lines: Rc<Lines>,
    /// The boxes that atomic parts stand for, laid out.
    pub atomics: Rc<[Placed]>,
    pub range: Range<usize>,
    /// Top of each line in the box, and the bottom of the last.
    pub tops: Rc<[f32]>,
    pub orphans: usize,
    pub widows: usize,
}

impl std::fmt::Debug for LineRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LineRange({:?})", self.range)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Bands {
    pub bands: VecDeque<Band>,
    pub keep: Keep,
    /// The head of a table: it stands above the bands on every page.
    pub head: Option<Head>,
    /// The foot of a table: it stands below them on every page.
    pub foot: Option<Foot>,
}

impl Bands {
    /// px below the last band.
    pub fn foot_height(&self) -> f32 {
        self.foot.as_ref().map_or(0.0, |foot| foot.height)
    }
}

/// What a page's end does to a row of boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// It is moved whole, unless no page holds it.
    Whole,
    /// It is cut like a block in flow: there is but one box in each row.
    Stacked,
}

#[derive(Clone, Debug)]
pub(super) struct Head {
    /// y from the head's top.
    pub bands: Rc<[Band]>,
    /// From the head's top to the top of the first band below it.
    pub height: f32,
    /// False once it has stood on an earlier page.
    pub first: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Foot {
    /// y from the bottom of the last band above it.
    pub bands: Rc<[Band]>,
    /// From the bottom of the last band above it to its own.
    pub height: f32,
}

/// Boxes side by side, which one break cuts.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub y: f32,
    pub height: f32,
    pub before: Between,
    /// Placed in the band: y from its top.
    pub cells: Vec<Placed>,
    /// Of a table.
    pub rows: Vec<BandRow>,
    /// The lines of a collapsed table (CSS 2.2 §17.6.2), in painting order.
    pub rules: Vec<Rule>,
    /// The lines that it shares with the row above: drawn with that, and again where a page parts them.
    pub above: Vec<Rule>,
}

/// px, from the band's top and the border box's left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A row of a table, or as much of it as stands on one page.
#[derive(Clone, Copy, Debug)]
pub(super) struct BandRow {
    pub row: BoxId,
    pub area: Area,
    /// All of the row in the unbroken table.
    pub whole: Area,
    pub group: Option<RowPart>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct RowPart {
    pub box_id: BoxId,
    /// All of it in the unbroken table.
    pub whole: Area,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub border: Border,
    pub area: Area,
}

#[derive(Clone)]
pub(super) struct PlacedMarker {
    /// Right edge of the marker, and the baseline it shares, from the box's border box.
    pub right: f32,
    pub baseline: f32,
    pub content: PlacedMarkerContent,
}

#[derive(Clone)]
pub(super) enum PlacedMarkerContent {
    Bullet(Bullet),
    Text { shaped: Rc<Shaped>, lines: Rc<Lines> },
}

impl std::fmt::Debug for PlacedMarker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PlacedMarker({}, {})", self.right, self.baseline)
    }
}

/// Where an absolutely positioned box would have stood in the flow, in the unbroken border box of its
/// parent. It is laid out once it is known on which page that falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    pub box_id: BoxId,
    pub place: StaticPlace,
    /// What contains it where its parent does: the grid area that it is placed in (CSS Grid 2 §9.1).
    pub grid_area: Option<Area>,
}

/// A static-position rectangle (CSS Position 3 §3.5.2), and where in it the box stands across and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StaticPlace {
    pub area: Area,
    pub across: Edge,
    pub down: Edge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    Center,
    End,
}

impl Edge {
    /// From the start of a room to that of a thing in it, px.
    pub fn align(self, room: f32, thing: f32) -> f32 {
        match self {
            Edge::Start => 0.0,
            Edge::Center => (room - thing) / 2.0,
            Edge::End => room - thing,
        }
    }
}

impl StaticPlace {
    /// At a point, with the room for a line there.
    pub fn at(x: f32, y: f32, width: f32) -> StaticPlace {
        let area = Area { x, y, width, height: 0.0 };
        StaticPlace { area, across: Edge::Start, down: Edge::Start }
    }

    pub fn moved(self, (dx, dy): (f32, f32)) -> StaticPlace {
        let area = Area { x: self.area.x + dx, y: self.area.y + dy, ..self.area };
        StaticPlace { area, ..self }
    }
}

impl Fragment {
    /// Bottom of its content on this page, px from its top.
    pub fn extent(&self) -> f32 {
        let bottom = match &self.content {
            FragmentContent::Flow(children) => {
                children.iter().map(|c| c.placed.y + c.placed.fragment.height).fold(0.0, f32::max)
            }
            FragmentContent::Lines(lines) => lines.tops[lines.range.end],
            FragmentContent::Bands(bands) => {
                bands.bands.back().map_or(0.0, |b| b.y + b.height + bands.foot_height())
            }
            FragmentContent::Empty => return 0.0,
            FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => return self.height,
        };
        (bottom - self.consumed).max(0.0)
    }

    /// Whether anything is left of it to print.
    pub fn has_content(&self) -> bool {
        match &self.content {
            FragmentContent::Flow(children) => !children.is_empty(),
            FragmentContent::Lines(lines) => !lines.range.is_empty(),
            FragmentContent::Bands(bands) => !bands.bands.is_empty(),
            FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => true,
            FragmentContent::Empty => false,
        }
    }

    /// Whether some box in it was given its height to keep others apart.
    pub fn is_spacer(&self) -> bool {
        match &self.content {
            FragmentContent::Flow(children) => children.iter().any(|c| c.placed.fragment.is_spacer()),
            FragmentContent::Bands(bands) => {
                let boxes = bands.bands.iter().filter(|band| band.rows.is_empty());
                let begin = |cell: &&Placed| cell.fragment.ends.top || cell.fragment.has_content();
                boxes.flat_map(|band| &band.cells).filter(begin).any(|cell| cell.fragment.is_spacer())
            }
            FragmentContent::Empty => self.height > 0.0,
            FragmentContent::Lines(_) | FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => {
                false
            }
        }
    }

    /// Bottom of what has to stand on this page, its own bottom padding and margins left out: a page is
    /// not turned for white space.
    pub fn content_bottom(&self) -> f32 {
        match &self.content {
            FragmentContent::Flow(_) => self.extent(),
            _ => self.height,
        }
    }
}

impl Rule {
    /// What of it stands above `y`: all of it where it parts the rows there.
    pub fn above(&self, y: f32) -> Area {
        if self.parts(y) { self.area } else { self.area.above(y) }
    }

    /// What is left when `taken` is cut off above, from the new top.
    pub fn below(&self, taken: f32) -> Area {
        if self.parts(taken) { self.area.moved_up(taken) } else { self.area.below(taken) }
    }

    fn parts(&self, y: f32) -> bool {
        let Area { y: top, width, height, .. } = self.area;
        width > height && (top + height / 2.0 - y).abs() < 0.01
    }
}

impl Area {
    pub fn moved_up(self, by: f32) -> Area {
        Area { y: self.y - by, ..self }
    }

    /// What of it stands above `y`.
    pub fn above(self, y: f32) -> Area {
        Area { height: (y - self.y).clamp(0.0, self.height), ..self }
    }

    /// What is left when `taken` is cut off above, from the new top.
    pub fn below(self, taken: f32) -> Area {
        let top = (self.y - taken).max(0.0);
        let bottom = (self.y + self.height - taken).max(0.0);
        Area { y: top, height: bottom - top, ..self }
    }
}
