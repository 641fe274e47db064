//! Background layers: pictures and gradients behind a box, sized, placed and tiled (CSS Backgrounds 3 §2).

use super::Pictures;
use super::decoration::{Decorated, background_item, begin_clip, end_clip};
use super::gradients::gradient_fill;
use crate::image::Picture;
use crate::layout::pages::{Fill, Item, Outline, Paint, Rect};
use crate::style::values::*;

/// More tiles than this are one item.
const FEW_TILES: u32 = 64;
/// px that nobody sees.
const SLACK: f32 = 0.01;

impl Decorated<'_> {
    /// The background colour, then the layers from the bottom up. Pictures that could not be read are
    /// left out: their reader has said so.
    pub fn background(&self, pictures: &Pictures, out: &mut Vec<Item>) {
        if self.rect.width <= 0.0 || self.rect.height <= 0.0 {
            return;
        }
        let background = &self.style.background;
        let color = self.style.background_color;
        if color.a > 0.0 {
            out.push(fill(self.outline_of(background.color_clip()).0, Fill::Color(color)));
        }
        for layer in background.layers().rev() {
            self.layer(layer, pictures, out);
        }
    }

    fn layer(&self, layer: BackgroundLayer<'_>, pictures: &Pictures, out: &mut Vec<Item>) {
        let picture = match layer.image {
            BackgroundImage::Picture(file) => match pictures.file(&file.path) {
                Some(picture) => Some(picture),
                None => return,
            },
            BackgroundImage::Gradient(_) | BackgroundImage::None => None,
        };
        let area = self.assembled_area(layer.origin);
        let (width, height) = size(layer.size, picture.and_then(|p| natural(p)), area);
        if width < SLACK || height < SLACK {
            return;
        }
        let across = layer.position.x.resolve(area.width - width);
        let along = layer.position.y.resolve(area.height - height);
        let first = Rect { x: area.x + across, y: area.y + along, width, height };
        let (outline, painted) = self.outline_of(layer.clip);
        let Some(tiles) = Tiles::of(first, layer.repeat, painted) else { return };
        if let BackgroundImage::Gradient(gradient) = layer.image
            && tiles.count == (1, 1)
            && covers(tiles.first, painted)
        {
            out.push(fill(outline, gradient_fill(gradient, tiles.first, painted)));
            return;
        }
        let clipped = outline != Outline::rect(painted) || !covers(painted, tiles.all());
        if clipped {
            out.push(begin_clip(outline));
        }
        let tile = |tile: Rect, seen: Rect| match (layer.image, picture) {
            (BackgroundImage::Gradient(gradient), _) => {
                Some(fill(Outline::rect(tile), gradient_fill(gradient, tile, seen)))
            }
            (_, Some(picture)) => Some(background_item(Paint::Picture {
                picture: picture.clone(),
                rect: in_tile(picture, tile),
                clip: None,
            })),
            (_, None) => None,
        };
        if tiles.count.0.saturating_mul(tiles.count.1) <= FEW_TILES {
            out.extend(tiles.each().filter_map(|rect| tile(rect, painted)));
        } else if let Some(first) = tile(tiles.first, tiles.first) {
            let (tile, cell) = (Box::new(first.paint), tiles.first);
            out.push(background_item(Paint::Tiles { tile, cell, count: tiles.count }));
        }
        if clipped {
            out.push(end_clip());
        }
    }
}

fn fill(outline: Outline, fill: Fill) -> Item {
    super::decoration::background(outline, fill)
}

/// Where a picture stands in its tile: artwork that keeps its ratio is as large as fits, in the middle.
fn in_tile(picture: &Picture, tile: Rect) -> Rect {
    let Some((w, h)) = natural(picture).filter(|_| picture.keeps_ratio()) else { return tile };
    let fit = (tile.width / w).min(tile.height / h);
    let (width, height) = (w * fit, h * fit);
    let x = tile.x + (tile.width - width) / 2.0;
    Rect { x, y: tile.y + (tile.height - height) / 2.0, width, height }
}

fn covers(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x + SLACK
        && outer.y <= inner.y + SLACK
        && outer.x + outer.width >= inner.x + inner.width - SLACK
        && outer.y + outer.height >= inner.y + inner.height - SLACK
}

/// The size at which a picture is printed as a layer of a box.
pub(super) fn tile_size(said: BackgroundSize, picture: &Picture, area: Rect) -> (f32, f32) {
    size(said, natural(picture), area)
}

fn natural(picture: &Picture) -> Option<(f32, f32)> {
    Some((picture.width, picture.height)).filter(|(w, h)| *w > 0.0 && *h > 0.0)
}

/// The size of one tile (CSS Backgrounds 3 §3.9). A gradient has no size of its own: it takes the
/// whole area.
fn size(size: BackgroundSize, natural: Option<(f32, f32)>, area: Rect) -> (f32, f32) {
    let Some((w, h)) = natural else {
        return match size {
            BackgroundSize::Lengths(width, height) => (
                width.map_or(area.width, |l| l.resolve(area.width).max(0.0)),
                height.map_or(area.height, |l| l.resolve(area.height).max(0.0)),
            ),
            BackgroundSize::Cover | BackgroundSize::Contain => (area.width, area.height),
        };
    };
    let (fit_w, fit_h) = (area.width / w, area.height / h);
    match size {
        BackgroundSize::Cover => (w * fit_w.max(fit_h), h * fit_w.max(fit_h)),
        BackgroundSize::Contain => (w * fit_w.min(fit_h), h * fit_w.min(fit_h)),
        BackgroundSize::Lengths(width, height) => {
            let width = width.map(|l| l.resolve(area.width).max(0.0));
            let height = height.map(|l| l.resolve(area.height).max(0.0));
            match (width, height) {
                (Some(width), Some(height)) => (width, height),
                (Some(width), None) => (width, width * h / w),
                (None, Some(height)) => (height * w / h, height),
                (None, None) => (w, h),
            }
        }
    }
}

/// Tiles in rows, px.
#[derive(Clone, Copy, Debug)]
struct Tiles {
    /// The one at the top left.
    first: Rect,
    /// Across and down.
    count: (u32, u32),
}

impl Tiles {
    /// Those that reach into `painted`, `one` being where one of them stands.
    fn of(one: Rect, (across, down): (Repeat, Repeat), painted: Rect) -> Option<Tiles> {
        let row = |start: f32, step: f32, from: f32, length: f32, repeat: Repeat| {
            if repeat == Repeat::NoRepeat {
                let seen = start < from + length && start + step > from;
                return seen.then_some((start, 1));
            }
            // In f64: a page may hold more tiles than an f32 has digits for.
            let (start, step, from) = (f64::from(start), f64::from(step), f64::from(from));
            let slack = f64::from(SLACK) / step;
            let begin = start - ((start - from) / step - slack).ceil() * step;
            let count = ((from + f64::from(length) - begin) / step - slack).ceil();
            (count >= 1.0).then_some((begin as f32, count as u32))
        };
        let (x, columns) = row(one.x, one.width, painted.x, painted.width, across)?;
        let (y, rows) = row(one.y, one.height, painted.y, painted.height, down)?;
        Some(Tiles { first: Rect { x, y, ..one }, count: (columns, rows) })
    }

    fn all(&self) -> Rect {
        let Rect { x, y, width, height } = self.first;
        Rect { x, y, width: width * self.count.0 as f32, height: height * self.count.1 as f32 }
    }

    /// Row by row.
    fn each(&self) -> impl Iterator<Item = Rect> {
        let Tiles { first, count: (columns, rows) } = *self;
        (0..rows).flat_map(move |row| {
            (0..columns).map(move |column| Rect {
                x: first.x + column as f32 * first.width,
                y: first.y + row as f32 * first.height,
                ..first
            })
        })
    }
}
