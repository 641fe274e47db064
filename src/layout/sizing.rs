//! Used widths, heights and edges (CSS 2.2 §8, §10; CSS Sizing 3).

use super::boxes::{BoxContent, BoxId, LayoutBox};
use super::engine::Engine;
use crate::style::values::*;

/// px.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edges {
    pub margin: Sides<f32>,
    pub border: Sides<f32>,
    pub padding: Sides<f32>,
}

impl Edges {
    /// From the border box to the content box.
    pub fn inset(&self) -> Sides<f32> {
        Sides {
            top: self.border.top + self.padding.top,
            right: self.border.right + self.padding.right,
            bottom: self.border.bottom + self.padding.bottom,
            left: self.border.left + self.padding.left,
        }
    }
}

impl Sides<f32> {
    pub(super) fn horizontal(&self) -> f32 {
        self.left + self.right
    }

    pub(super) fn vertical(&self) -> f32 {
        self.top + self.bottom
    }
}

/// Edges of a box in a containing block of a width: percentages are of that width on all sides (CSS
/// 2.2 §8.3, §8.4), an auto margin is zero, and an end that a forced break cut off has none.
pub(super) fn edges(b: &LayoutBox, cb_width: f32) -> Edges {
    let style = &b.style;
    let margin = |m: LengthOrAuto| match m {
        LengthOrAuto::Auto => 0.0,
        LengthOrAuto::Length(length) => length.resolve(cb_width),
    };
    let padding = |p: LengthPercentage| p.resolve(cb_width).max(0.0);
    let mut edges = Edges {
        margin: Sides {
            top: margin(style.margin.top),
            right: margin(style.margin.right),
            bottom: margin(style.margin.bottom),
            left: margin(style.margin.left),
        },
        border: Sides {
            top: style.border.top.width,
            right: style.border.right.width,
            bottom: style.border.bottom.width,
            left: style.border.left.width,
        },
        padding: Sides {
            top: padding(style.padding.top),
            right: padding(style.padding.right),
            bottom: padding(style.padding.bottom),
            left: padding(style.padding.left),
        },
    };
    if !b.ends.top {
        (edges.margin.top, edges.border.top, edges.padding.top) = (0.0, 0.0, 0.0);
    }
    if !b.ends.bottom {
        (edges.margin.bottom, edges.border.bottom, edges.padding.bottom) = (0.0, 0.0, 0.0);
    }
    edges
}

/// A length of a sizing property; None for auto, and for a percentage of what is not known.
pub(super) fn definite(value: LengthOrAuto, base: Option<f32>) -> Option<f32> {
    match (value, base) {
        (LengthOrAuto::Auto, _) => None,
        (LengthOrAuto::Length(length), Some(base)) => Some(length.resolve(base).max(0.0)),
        (LengthOrAuto::Length(length), None) if !length.is_relative() => Some(length.px.max(0.0)),
        (LengthOrAuto::Length(_), None) => None,
    }
}

/// What `width` or `height` says, as a size of the border box. `inset` is border and padding on that
/// axis.
pub(super) fn border_size(style: &ComputedStyle, value: f32, inset: f32) -> f32 {
    match style.box_sizing {
        BoxSizing::ContentBox => value + inset,
        BoxSizing::BorderBox => value.max(inset),
    }
}

/// Whether the height that an `aspect-ratio` gives a box is at least that of its content: the automatic
/// minimum (CSS Sizing 4 §5.1).
pub(super) fn grows_past_ratio(style: &ComputedStyle) -> bool {
    style.overflow == Overflow::Visible && style.min_height == LengthOrAuto::Auto
}

/// How far a relatively positioned box is moved, px to the right and down (CSS 2.2 §9.4.3). A percentage
/// of a height that depends on content is auto.
pub(super) fn relative(style: &ComputedStyle, cb: ContainingBlock) -> (f32, f32) {
    if style.position != Position::Relative {
        return (0.0, 0.0);
    }
    let px = |value: LengthOrAuto, base: Option<f32>| match (value, base) {
        (LengthOrAuto::Length(length), Some(base)) => Some(length.resolve(base)),
        (LengthOrAuto::Length(length), None) if !length.is_relative() => Some(length.px),
        _ => None,
    };
    let offset = |from, to, base| px(from, base).or(px(to, base).map(|v| -v)).unwrap_or(0.0);
    let inset = &style.inset;
    (offset(inset.left, inset.right, Some(cb.width)), offset(inset.top, inset.bottom, cb.height))
}

/// Smallest and largest size of the border box on one axis. The smallest wins (CSS 2.2 §10.4).
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub min: f32,
    pub max: f32,
}

impl Limits {
    pub fn widths(style: &ComputedStyle, base: Option<f32>, inset: f32) -> Limits {
        Limits::new(style, style.min_width, style.max_width, base, inset)
    }

    pub fn heights(style: &ComputedStyle, base: Option<f32>, inset: f32) -> Limits {
        Limits::new(style, style.min_height, style.max_height, base, inset)
    }

    fn new(
        style: &ComputedStyle,
        min: LengthOrAuto,
        max: LengthOrAuto,
        base: Option<f32>,
        inset: f32,
    ) -> Limits {
        let min = definite(min, base).map_or(inset, |v| border_size(style, v, inset));
        let max = definite(max, base).map_or(f32::INFINITY, |v| border_size(style, v, inset));
        Limits { min, max }
    }

    pub fn clamp(self, size: f32) -> f32 {
        size.min(self.max).max(self.min)
    }
}

/// Which of the two sizes that content has by itself (CSS Sizing 3 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intrinsic {
    /// Narrowest without overflow.
    Min,
    /// Without any break that is not forced.
    Max,
}

/// A block-level box across its containing block: used width of the border box and margins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Across {
    pub width: f32,
    pub left: f32,
}

/// What a box is laid out in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ContainingBlock {
    pub width: f32,
    /// None where it depends on content: percentages of it are auto.
    pub height: Option<f32>,
}

impl Engine<'_> {
    /// Width of a block-level box in normal flow (CSS 2.2 §10.3.3, §10.3.4, §17.5.2).
    pub fn across(&mut self, id: BoxId, cb: ContainingBlock) -> Across {
        let b = self.tree.get(id);
        let style = b.style.clone();
        let edges = edges(b, cb.width);
        let inset = edges.inset().horizontal();
        let room = cb.width - edges.margin.horizontal();
        let width = match &b.content {
            BoxContent::Replaced(_) => self.replaced_size(id, Some(cb.width), cb.height).width + inset,
            BoxContent::TableWrapper { .. } => self.table_width(id, room, cb.width),
            BoxContent::Laid(fragment) => {
                let fragment = fragment.clone();
                let anew = self.across(fragment.box_id, cb).width;
                self.warn_of_kept_width(&fragment, anew);
                fragment.width
            }
            _ => match definite(style.width, Some(cb.width)) {
                Some(width) => border_size(&style, width, inset),
                None => {
                    let by_ratio = self.width_by_ratio(id, cb);
                    by_ratio.or_else(|| self.width_by_content(id, room, inset)).unwrap_or(room)
                }
            },
        };
        let width = match &self.tree.get(id).content {
            BoxContent::Replaced(_) | BoxContent::TableWrapper { .. } | BoxContent::Laid(_) => width,
            _ => Limits::widths(&style, Some(cb.width), inset).clamp(width),
        };
        let spare = (room - width).max(0.0);
        let auto = |m| m == LengthOrAuto::Auto;
        let left = match (auto(style.margin.left), auto(style.margin.right)) {
            (true, true) => spare / 2.0,
            (true, false) => spare,
            _ => edges.margin.left,
        };
        Across { width, left }
    }

    /// Border-box width of a box in so much room: of its content on one line, if there is room for it.
    fn fitted(&mut self, id: BoxId, room: f32, inset: f32) -> f32 {
        let max = self.intrinsic(id, Intrinsic::Max) + inset;
        if max <= room { max } else { (self.intrinsic(id, Intrinsic::Min) + inset).max(room) }
    }

    /// Border-box width by `min-content` and the like.
    fn width_by_content(&mut self, id: BoxId, room: f32, inset: f32) -> Option<f32> {
        Some(match self.tree.get(id).style.width_by_content? {
            ContentWidth::Min => self.intrinsic(id, Intrinsic::Min) + inset,
            ContentWidth::Max => self.intrinsic(id, Intrinsic::Max) + inset,
            ContentWidth::Fit => self.fitted(id, room, inset),
        })
    }

    /// Border-box width of a box whose height is said, by its `aspect-ratio` (CSS Sizing 4 §5).
    fn width_by_ratio(&self, id: BoxId, cb: ContainingBlock) -> Option<f32> {
        let b = self.tree.get(id);
        let ratio = b.style.aspect_ratio.filter(|ratio| *ratio > 0.0)?;
        let inset = edges(b, cb.width).inset();
        let limits = Limits::heights(&b.style, cb.height, inset.vertical());
        let said = definite(b.style.height, cb.height)?;
        let height = limits.clamp(border_size(&b.style, said, inset.vertical()));
        Some(match b.style.box_sizing {
            BoxSizing::ContentBox => (height - inset.vertical()) * ratio + inset.horizontal(),
            BoxSizing::BorderBox => (height * ratio).max(inset.horizontal()),
        })
    }

    /// Border-box height of a box of a width, by its `aspect-ratio` (CSS Sizing 4 §5). Pictures have their
    /// own rules.
    pub fn height_by_ratio(&self, id: BoxId, width: f32, inset: Sides<f32>) -> Option<f32> {
        let b = self.tree.get(id);
        let ratio = b.style.aspect_ratio.filter(|ratio| *ratio > 0.0)?;
        match &b.content {
            BoxContent::Replaced(_) | BoxContent::Bullet(_) => None,
            _ => Some(match b.style.box_sizing {
                BoxSizing::ContentBox => (width - inset.horizontal()) / ratio + inset.vertical(),
                BoxSizing::BorderBox => (width / ratio).max(inset.vertical()),
            }),
        }
    }

    /// Border-box width of a box that shrinks to its content (CSS 2.2 §10.3.5) in an available
    /// margin-box width.
    pub fn shrink_to_fit(&mut self, id: BoxId, available: f32, cb: ContainingBlock) -> f32 {
        let b = self.tree.get(id);
        let style = b.style.clone();
        let edges = edges(b, cb.width);
        let inset = edges.inset().horizontal();
        let room = available - edges.margin.horizontal();
        match &b.content {
            BoxContent::Replaced(_) => {
                return self.replaced_size(id, Some(cb.width), cb.height).width + inset;
            }
            BoxContent::TableWrapper { .. } => return self.table_width(id, room, cb.width),
            _ => {}
        }
        let width = match definite(style.width, Some(cb.width)) {
            Some(width) => border_size(&style, width, inset),
            None => {
                let by_ratio = self.width_by_ratio(id, cb);
                let by_content = by_ratio.or_else(|| self.width_by_content(id, room, inset));
                by_content.unwrap_or_else(|| self.fitted(id, room, inset))
            }
        };
        Limits::widths(&style, Some(cb.width), inset).clamp(width)
    }

    /// What a box asks for in its container's intrinsic size: its margin box (CSS Sizing 3 §5.1).
    /// Percentages are of nothing known: auto for sizes, zero for edges (§5.2.1).
    pub fn contribution(&mut self, id: BoxId, which: Intrinsic) -> f32 {
        let b = self.tree.get(id);
        let style = b.style.clone();
        let edges = edges(b, 0.0);
        let inset = edges.inset().horizontal();
        let width = match (&b.content, definite(style.width, None)) {
            (BoxContent::Replaced(_), _) => self.replaced_contribution(id, which) + inset,
            (BoxContent::TableWrapper { .. }, _) | (_, None) => {
                let which = match style.width_by_content {
                    Some(ContentWidth::Min) => Intrinsic::Min,
                    Some(ContentWidth::Max) => Intrinsic::Max,
                    Some(ContentWidth::Fit) | None => which,
                };
                self.intrinsic(id, which) + inset
            }
            (_, Some(width)) => border_size(&style, width, inset),
        };
        let width = match self.tree.get(id).content {
            BoxContent::Replaced(_) => width,
            _ => Limits::widths(&style, None, inset).clamp(width),
        };
        (width + edges.margin.horizontal()).max(0.0)
    }

    /// Intrinsic width of a box's content box.
    pub fn intrinsic(&mut self, id: BoxId, which: Intrinsic) -> f32 {
        if let Some(known) = self.caches[id.index()].intrinsic[which as usize] {
            return known;
        }
        let width = match self.tree.get(id).content.clone() {
            BoxContent::Blocks(children) => self.widest(&children, which),
            BoxContent::Inline(content) => self.paragraph_intrinsic(id, &content, which),
            BoxContent::Replaced(_) => self.replaced_contribution(id, which),
            BoxContent::Bullet(_) => super::marker::bullet_advance(&self.tree.get(id).style),
            BoxContent::Flex(_) | BoxContent::Grid(_) => self.flex_or_grid_intrinsic(id, which),
            BoxContent::TableWrapper { above, grid, below } => {
                let captions: Vec<BoxId> = above.into_iter().chain(below).collect();
                let captions = self.widest(&captions, Intrinsic::Min);
                self.table_intrinsic(grid, which).max(captions)
            }
            BoxContent::Table(_) => self.table_intrinsic(id, which),
            BoxContent::Laid(fragment) => fragment.width - fragment.inset.horizontal(),
        };
        self.caches[id.index()].intrinsic[which as usize] = Some(width);
        width
    }

    fn widest(&mut self, boxes: &[BoxId], which: Intrinsic) -> f32 {
        let mut widest: f32 = 0.0;
        for &child in boxes {
            if !self.tree.is_absolute(child) {
                widest = widest.max(self.contribution(child, which));
            }
        }
        widest
    }
}
