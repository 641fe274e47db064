//! Markers that stand outside their list item (CSS Lists 3 §3.5.2), and the bullets themselves.

use std::rc::Rc;

use super::boxes::{BoxId, Bullet, Marker, MarkerContent};
use super::engine::{ContentBox, Engine, Inner};
use super::fragment::{PlacedMarker, PlacedMarkerContent};
use crate::layout::inline::shape;
use crate::style::values::{ComputedStyle, LineHeight};

/// Of the font size: a bullet's diameter, its centre above the baseline, and the room after it.
const DIAMETER: f32 = 0.34;
const CENTRE: f32 = 0.29;
const GAP: f32 = 0.46;

/// px across that a bullet takes in a line, its room after it included.
pub(super) fn bullet_advance(style: &ComputedStyle) -> f32 {
    (DIAMETER + GAP) * style.text.font_size
}

/// A bullet's place, px.
#[derive(Clone, Copy, Debug)]
pub(super) struct BulletShape {
    /// Of its box, from the start of its advance.
    pub x: f32,
    /// Top of its box above the baseline.
    pub top: f32,
    pub size: f32,
    /// Width of the line of a circle.
    pub stroke: f32,
}

pub(super) fn bullet_shape(bullet: Bullet, style: &ComputedStyle) -> BulletShape {
    let em = style.text.font_size;
    let size = match bullet {
        Bullet::Disc | Bullet::Circle => DIAMETER * em,
        // As dark as a disc: π/4 of its box.
        Bullet::Square => DIAMETER * em * 0.886,
    };
    BulletShape {
        x: (DIAMETER * em - size) / 2.0,
        top: CENTRE * em + size / 2.0,
        size,
        stroke: (em * 0.06).max(0.5),
    }
}

impl<'a> Engine<'a> {
    /// The marker of a list item, on the baseline of its first line, and the height that the item has
    /// without any line of its own.
    pub fn place_marker(
        &mut self,
        id: BoxId,
        inner: &Inner,
        content_box: ContentBox,
    ) -> Option<(PlacedMarker, f32)> {
        let Marker { style, content } = self.tree.get(id).marker.clone()?;
        let em = style.text.font_size;
        let (content, height, own_baseline) = match content {
            MarkerContent::Bullet(bullet) => {
                let height = match style.text.line_height {
                    LineHeight::Normal => 1.2 * em,
                    LineHeight::Number(n) => n * em,
                    LineHeight::Px(px) => px,
                };
                // The baseline of a line of Latin text, near enough for an item without any.
                (PlacedMarkerContent::Bullet(bullet), height, height / 2.0 + 0.3 * em)
            }
            MarkerContent::Text(paragraph) => {
                let shaped = shape(&paragraph, self.faces, self.diagnostics);
                let lines = shaped.break_lines(shaped.max_content());
                let line = lines.lines.first()?;
                let (height, baseline) = (line.height, line.baseline);
                let content =
                    PlacedMarkerContent::Text { shaped: Rc::new(shaped), lines: Rc::new(lines) };
                (content, height, baseline)
            }
        };
        let baseline = inner.first_baseline.unwrap_or(content_box.y + own_baseline);
        Some((PlacedMarker { right: 0.0, baseline, content }, height))
    }
}
