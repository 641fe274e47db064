//! What layout makes and pdf writes: pages of painted items, each with an owner.
//!
//! Coordinates are CSS px from the page's top-left corner, y downwards. Items of a page are in
//! painting order; reading order is the document's order of their owners.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::tree::NodeId;
use crate::font::FaceId;
use crate::image::Picture;
use crate::style::values::{Color, Matrix};

#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub pages: Vec<Page>,
    /// Where an element begins: every element with an `id`, and every heading.
    pub destinations: BTreeMap<NodeId, Destination>,
}

#[derive(Clone, Debug)]
pub struct Page {
    /// px.
    pub width: f32,
    pub height: f32,
    pub items: Vec<Item>,
    pub links: Vec<LinkArea>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Destination {
    /// 0-based.
    pub page: usize,
    /// px on that page: the top-left corner of the element's first fragment.
    pub x: f32,
    pub y: f32,
}

/// A clickable rectangle: one a line and link. `owner` is the `<a>` element; its `href` is the target.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    pub owner: NodeId,
    pub rect: Rect,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    /// The rectangle round what a matrix makes of it.
    pub fn transformed(self, matrix: Matrix) -> Rect {
        let (right, bottom) = (self.x + self.width, self.y + self.height);
        let corners = [(self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)];
        let corners = corners.map(|corner| matrix.apply(corner));
        let low = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::INFINITY, f32::min);
        let high =
            |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::NEG_INFINITY, f32::max);
        let (x, y) = (low(|c| c.0), low(|c| c.1));
        Rect { x, y, width: high(|c| c.0) - x, height: high(|c| c.1) - y }
    }
}

/// Who a painted item belongs to: a node, by some part of it, or nobody who reads. There is no third case,
/// so untagged content cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// This node itself: a text node, an `img`, an inline `svg`.
    Node(NodeId),
    /// The element's ::before, wherever it is painted.
    Before(NodeId),
    /// The element's ::after.
    After(NodeId),
    /// The marker of this list item (structure type Lbl).
    Label(NodeId),
    Artifact(Artifact),
}

impl Owner {
    /// The node that it belongs to; None for an artifact.
    pub fn node(self) -> Option<NodeId> {
        match self {
            Owner::Node(node) | Owner::Before(node) | Owner::After(node) | Owner::Label(node) => {
                Some(node)
            }
            Owner::Artifact(_) => None,
        }
    }
}

/// ISO 32000-1 §14.8.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Artifact {
    /// Pagination artifact at the page's top: running head.
    Header,
    /// Pagination artifact at the page's foot: page number.
    Footer,
    /// Borders, rules, decoration lines, repeated table heads.
    Layout,
    /// Backgrounds.
    Background,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub owner: Owner,
    pub paint: Paint,
}

#[derive(Clone, Debug)]
pub enum Paint {
    Glyphs(GlyphRun),
    Shape(Shape),
    /// Raster or vector picture, stretched to `rect`, cut to `clip` where object-fit: cover asks.
    Picture {
        picture: Arc<Picture>,
        rect: Rect,
        clip: Option<Rect>,
    },
    /// The same shape or picture again and again, like the tiles of a wall: `tile` as it stands, and
    /// `count` of them across and down.
    Tiles {
        tile: Box<Paint>,
        /// What one takes of the wall, where `tile` stands.
        cell: Rect,
        count: (u32, u32),
    },
    /// Until the matching `EndGroup`: transform the plane, clip to an outline in it, and paint with a
    /// constant alpha.
    /// The owner of both is `Artifact(Layout)`; groups are balanced within a page.
    BeginGroup(Group),
    EndGroup,
}

impl Paint {
    /// Moves it, px to the right and down.
    pub fn translate(&mut self, dx: f32, dy: f32) {
        let shift = |r: &mut Rect| {
            r.x += dx;
            r.y += dy;
        };
        match self {
            Paint::Glyphs(run) => {
                run.x += dx;
                run.y += dy;
            }
            Paint::Shape(shape) => {
                shape.outline.translate(dx, dy);
                let points = match &mut shape.fill {
                    Some(Fill::Linear { from, to, .. }) => vec![from, to],
                    Some(Fill::Radial { center, .. }) => vec![center],
                    Some(Fill::Color(_)) | None => vec![],
                };
                for point in points {
                    point.0 += dx;
                    point.1 += dy;
                }
            }
            Paint::Picture { rect, clip, .. } => {
                shift(rect);
                if let Some(clip) = clip {
                    shift(clip);
                }
            }
            Paint::Tiles { tile, cell, .. } => {
                tile.translate(dx, dy);
                shift(cell);
            }
            Paint::BeginGroup(group) => {
                if let Some(clip) = &mut group.clip {
                    clip.translate(dx, dy);
                }
            }
            Paint::EndGroup => {}
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// From the plane of what is inside to the plane around, px. Positions inside are in the plane
    /// inside; links and destinations are always in the page's.
    pub transform: Option<Matrix>,
    pub clip: Option<Outline>,
    /// 0–1; 1 is opaque.
    pub opacity: Option<f32>,
}

/// Glyphs of one face, size and colour on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    pub face: FaceId,
    /// px.
    pub size: f32,
    pub color: Color,
    /// Start of the baseline.
    pub x: f32,
    pub y: f32,
    pub glyphs: Vec<Glyph>,
    /// The characters the glyphs stand for, in logical order, as they should be copied: soft hyphens
    /// and the hyphen that a line break added are in `text` as U+00AD.
    pub text: Arc<str>,
}

/// One positioned glyph. Several glyphs may share one cluster (a base and its marks); one glyph may
/// stand for several characters (a ligature).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    /// px from the run's start: horizontal, and vertical upwards.
    pub x: f32,
    pub y: f32,
    /// px; includes kerning, letter- and word-spacing and justification.
    pub advance: f32,
    /// Byte range of its cluster in the run's `text`.
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub outline: Outline,
    pub fill: Option<Fill>,
    pub stroke: Option<Stroke>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    Color(Color),
    /// Axial from `from` to `to` (page px), offsets 0–1.
    Linear {
        from: (f32, f32),
        to: (f32, f32),
        stops: Vec<(f32, Color)>,
    },
    /// From a centre (page px) to an ellipse with these half axes, offsets 0–1.
    Radial {
        center: (f32, f32),
        radii: (f32, f32),
        stops: Vec<(f32, Color)>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// px.
    pub width: f32,
    pub color: Color,
    /// On and off lengths, px; empty is solid.
    pub dashes: Vec<f32>,
    pub round_cap: bool,
}

/// A path in page px; filled by the non-zero winding rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    pub segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    Move(f32, f32),
    Line(f32, f32),
    Cubic(f32, f32, f32, f32, f32, f32),
    Close,
}

impl Outline {
    pub fn rect(r: Rect) -> Outline {
        use Segment::*;
        Outline {
            segments: vec![
                Move(r.x, r.y),
                Line(r.x + r.width, r.y),
                Line(r.x + r.width, r.y + r.height),
                Line(r.x, r.y + r.height),
                Close,
            ],
        }
    }
    fn translate(&mut self, dx: f32, dy: f32) {
        for segment in &mut self.segments {
            match segment {
                Segment::Move(x, y) | Segment::Line(x, y) => {
                    *x += dx;
                    *y += dy;
                }
                Segment::Cubic(a, b, c, d, e, f) => {
                    for x in [a, c, e] {
                        *x += dx;
                    }
                    for y in [b, d, f] {
                        *y += dy;
                    }
                }
                Segment::Close => {}
            }
        }
    }
}
