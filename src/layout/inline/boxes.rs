//! The inline boxes of a paragraph and how tall their lines are (CSS 2.2 §10.8).
//!
//! Heights are px, upwards positive from a baseline.

use std::sync::Arc;

use super::BoxRole;
use super::itemize::Font;
use crate::document::tree::NodeId;
use crate::font::{Face, FaceId, Faces};
use crate::style::values::{
    ComputedStyle, LengthOrAuto, LengthPercentage, LineHeight, Position, VerticalAlign,
};

/// Index of an inline box; the block's own root inline box (its strut) is 0.
pub(super) type BoxIndex = u32;

#[derive(Debug)]
pub(super) struct InlineBox {
    pub style: Arc<ComputedStyle>,
    /// None for the root.
    pub node: Option<NodeId>,
    pub role: BoxRole,
    pub parent: BoxIndex,
    pub depth: u32,
    /// The first face of its family list that exists.
    pub face: FaceId,
    /// The face's ascent and descent (positive), px: the content area.
    pub content: Extent,
    /// With half-leading: what counts for the line's height (§10.8.1).
    pub leading: Extent,
    x_height: f32,
    /// How far its baseline is raised above that of `anchor`.
    pub raise: f32,
    /// The root, or the nearest box (itself included) aligned to the line's top or bottom.
    pub anchor: BoxIndex,
    /// Displacement by `position: relative`, down and right, its ancestors' included.
    pub offset: (f32, f32),
    /// What part of the block's width it is moved to the right in addition.
    pub offset_part: f32,
}

/// Above and below a baseline, both usually positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extent {
    pub above: f32,
    pub below: f32,
}

impl Extent {
    const NONE: Extent = Extent { above: f32::NEG_INFINITY, below: f32::NEG_INFINITY };

    fn raised(self, by: f32) -> Extent {
        Extent { above: self.above + by, below: self.below - by }
    }

    fn union(self, other: Extent) -> Extent {
        Extent { above: self.above.max(other.above), below: self.below.max(other.below) }
    }

    fn height(self) -> f32 {
        self.above + self.below
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A box of its own size on a line: inline-block, picture.
#[derive(Clone, Debug)]
pub(super) struct AtomicBox {
    pub id: usize,
    pub align: VerticalAlign,
    pub parent: BoxIndex,
    pub width: f32,
    pub extent: Extent,
}

impl InlineBox {
    pub fn root(style: &Arc<ComputedStyle>, face: FaceId, faces: &Faces) -> InlineBox {
        InlineBox::new(style, None, BoxRole::Plain, 0, face, faces)
    }

    fn new(
        style: &Arc<ComputedStyle>,
        node: Option<NodeId>,
        role: BoxRole,
        parent: BoxIndex,
        face: FaceId,
        faces: &Faces,
    ) -> InlineBox {
        let size = style.text.font_size;
        let measured = faces.face(face);
        InlineBox {
            style: style.clone(),
            node,
            role,
            parent,
            depth: 0,
            face,
            content: content_area(measured, size),
            leading: leading(measured, size, style.text.line_height),
            x_height: measured.metrics.x_height * measured.scale(size),
            raise: 0.0,
            anchor: 0,
            offset: (0.0, 0.0),
            offset_part: 0.0,
        }
    }

    /// A box inside `boxes[parent]`, which will be pushed to `boxes`.
    pub fn child(
        boxes: &[InlineBox],
        parent: BoxIndex,
        (style, node, role): (&Arc<ComputedStyle>, NodeId, BoxRole),
        face: FaceId,
        faces: &Faces,
    ) -> InlineBox {
        let around = &boxes[parent as usize];
        let mut child = InlineBox::new(style, Some(node), role, parent, face, faces);
        child.depth = around.depth + 1;
        child.raise = around.raise;
        child.anchor = around.anchor;
        match style.vertical_align {
            VerticalAlign::Top | VerticalAlign::Bottom => {
                child.raise = 0.0;
                child.anchor = boxes.len() as BoxIndex;
            }
            align => child.raise += around.raise_of(align, child.leading),
        }
        (child.offset, child.offset_part) = (around.offset, around.offset_part);
        if style.position == Position::Relative {
            // CSS 2.2 §9.4.3: left wins over right, top over bottom.
            let length = |side: LengthOrAuto| match side {
                LengthOrAuto::Auto => None,
                LengthOrAuto::Length(length) => Some((length.resolve(0.0), length.percent)),
            };
            let either = |from, to| length(from).or(length(to).map(|(px, part)| (-px, -part)));
            // Percentages of a height that depends on the content are auto.
            let down = |side: LengthOrAuto| match side {
                LengthOrAuto::Length(length) if length.is_relative() => LengthOrAuto::Auto,
                side => side,
            };
            let inset = &style.inset;
            let across = either(inset.left, inset.right).unwrap_or((0.0, 0.0));
            child.offset.0 += across.0;
            child.offset_part += across.1;
            child.offset.1 += either(down(inset.top), down(inset.bottom)).unwrap_or((0.0, 0.0)).0;
        }
        child
    }

    /// Its displacement on lines of a width, px to the right and down.
    pub fn offset_in(&self, width: f32) -> (f32, f32) {
        (self.offset.0 + self.offset_part * width, self.offset.1)
    }

    /// Width of the margin, border and padding at one side, percentages being of `base`, px.
    pub fn edge(&self, side: Side, base: f32) -> f32 {
        let style = &self.style;
        let (margin, padding, border) = match side {
            Side::Left => (style.margin.left, style.padding.left, style.border.left),
            Side::Right => (style.margin.right, style.padding.right, style.border.right),
        };
        resolved(margin, base) + padding.resolve(base) + border.width
    }

    /// Margin at one side, px.
    pub fn margin(&self, side: Side, base: f32) -> f32 {
        match side {
            Side::Left => resolved(self.style.margin.left, base),
            Side::Right => resolved(self.style.margin.right, base),
        }
    }

    /// Whether any of its horizontal edges depends on the width it stands in.
    pub fn is_relative(&self) -> bool {
        let style = &self.style;
        let margin = |side: LengthOrAuto| matches!(side, LengthOrAuto::Length(l) if l.is_relative());
        let padding = |side: LengthPercentage| side.is_relative();
        margin(style.margin.left)
            || margin(style.margin.right)
            || padding(style.padding.left)
            || padding(style.padding.right)
    }

    /// How far a box of `extent` with `align` in this box is raised above this box's baseline.
    fn raise_of(&self, align: VerticalAlign, extent: Extent) -> f32 {
        let size = self.style.text.font_size;
        match align {
            VerticalAlign::Baseline | VerticalAlign::Top | VerticalAlign::Bottom => 0.0,
            // CSS leaves both to the program; these are what browsers do, less their rounding.
            VerticalAlign::Sub => -size / 5.0,
            VerticalAlign::Super => size / 3.0,
            // The box's middle at half this box's x-height.
            VerticalAlign::Middle => self.x_height / 2.0 - (extent.above - extent.below) / 2.0,
            VerticalAlign::Length(px) => px,
        }
    }
}

fn resolved(length: LengthOrAuto, base: f32) -> f32 {
    match length {
        LengthOrAuto::Auto => 0.0,
        LengthOrAuto::Length(length) => length.resolve(base),
    }
}

fn content_area(face: &Face, size: f32) -> Extent {
    let scale = face.scale(size);
    Extent { above: face.metrics.ascender * scale, below: -face.metrics.descender * scale }
}

pub(super) fn leading(face: &Face, size: f32, line_height: LineHeight) -> Extent {
    let area = content_area(face, size);
    let height = match line_height {
        LineHeight::Normal => area.height() + face.metrics.line_gap * face.scale(size),
        LineHeight::Number(factor) => factor * size,
        LineHeight::Px(px) => px,
    };
    let half = (height - area.height()) / 2.0;
    Extent { above: area.above + half, below: area.below + half }
}

/// Collects what stands on one line, then gives its height.
pub(super) struct LineHeights<'a> {
    boxes: &'a [InlineBox],
    seen: Vec<bool>,
    /// The extent of each anchored group, by anchor; the root's first. Absolute to the anchor's baseline.
    groups: Vec<(BoxIndex, Extent)>,
    /// Atomic boxes aligned to the line itself.
    edges: Vec<(VerticalAlign, f32)>,
}

/// A line's height, and where the groups that are aligned to its edges have their baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LineBox {
    pub extent: Extent,
    /// Anchor and how far its baseline is raised above the line's.
    raised: Vec<(BoxIndex, f32)>,
}

impl<'a> LineHeights<'a> {
    pub fn new(boxes: &'a [InlineBox]) -> LineHeights<'a> {
        let mut heights = LineHeights {
            boxes,
            seen: vec![false; boxes.len()],
            groups: vec![(0, Extent::NONE)],
            edges: vec![],
        };
        heights.touch(0);
        heights
    }

    /// Something on this line stands in box `index`: it and the boxes around it count (the strut
    /// always does).
    pub fn touch(&mut self, mut index: BoxIndex) {
        while !self.seen[index as usize] {
            self.seen[index as usize] = true;
            let inline = &self.boxes[index as usize];
            self.add(inline.anchor, inline.leading.raised(inline.raise));
            index = inline.parent;
        }
    }

    /// Text in box `index`. A fallback face counts where the line height is the faces' own.
    pub fn text(&mut self, index: BoxIndex, font: &Font) {
        self.touch(index);
        let inline = &self.boxes[index as usize];
        if font.face != inline.face && inline.style.text.line_height == LineHeight::Normal {
            self.add(inline.anchor, font.leading.raised(inline.raise));
        }
    }

    pub fn atomic(&mut self, atomic: &AtomicBox) {
        self.touch(atomic.parent);
        match atomic.align {
            VerticalAlign::Top | VerticalAlign::Bottom => {
                self.edges.push((atomic.align, atomic.extent.height()));
            }
            align => {
                let parent = &self.boxes[atomic.parent as usize];
                let raise = parent.raise + parent.raise_of(align, atomic.extent);
                self.add(parent.anchor, atomic.extent.raised(raise));
            }
        }
    }

    fn add(&mut self, anchor: BoxIndex, extent: Extent) {
        match self.groups.iter_mut().find(|(known, _)| *known == anchor) {
            Some((_, group)) => *group = group.union(extent),
            None => self.groups.push((anchor, extent)),
        }
    }

    /// The line is as tall as its baseline-aligned content, more where a box at its top or bottom is
    /// taller than that.
    pub fn finish(self) -> LineBox {
        let mut extent = self.groups[0].1;
        let align_of = |anchor: BoxIndex| self.boxes[anchor as usize].style.vertical_align;
        let groups = self.groups[1..].iter().map(|&(anchor, group)| (align_of(anchor), group.height()));
        for (align, height) in groups.chain(self.edges.iter().copied()) {
            let more = (height - extent.height()).max(0.0);
            match align {
                VerticalAlign::Bottom => extent.above += more,
                _ => extent.below += more,
            }
        }
        let raised = self.groups[1..]
            .iter()
            .map(|&(anchor, group)| match align_of(anchor) {
                VerticalAlign::Bottom => (anchor, group.below - extent.below),
                _ => (anchor, extent.above - group.above),
            })
            .collect();
        LineBox { extent, raised }
    }
}

impl LineBox {
    pub fn height(&self) -> f32 {
        self.extent.height().max(0.0)
    }

    /// How far the baseline of a box is raised above the line's.
    pub fn raise(&self, inline: &InlineBox) -> f32 {
        let anchor = self.raised.iter().find(|(anchor, _)| *anchor == inline.anchor);
        inline.raise + anchor.map_or(0.0, |(_, raise)| *raise)
    }

    /// From the line's top to the top of an atomic box.
    pub fn atomic_top(&self, boxes: &[InlineBox], atomic: &AtomicBox) -> f32 {
        match atomic.align {
            VerticalAlign::Top => 0.0,
            VerticalAlign::Bottom => self.height() - atomic.extent.height(),
            align => {
                let parent = &boxes[atomic.parent as usize];
                let raise = self.raise(parent) + parent.raise_of(align, atomic.extent);
                self.extent.above - raise - atomic.extent.above
            }
        }
    }
}
