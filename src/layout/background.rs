//! Background layers: pictures and gradients behind a box, sized, placed and tiled (CSS Backgrounds 3
//! §2, CSS Images 3 §3).

use super::Pictures;
use super::decoration::{Decorated, background_item, begin_clip, end_clip, inset};
use crate::image::Picture;
use crate::layout::pages::{Fill, Item, Outline, Paint, Rect};
use crate::style::values::*;

/// A layer of more tiles than this is painted as far as they go: a page of them is a grey.
const MOST_TILES: usize = 4_096;
/// px that nobody sees.
const SLACK: f32 = 0.01;

impl Decorated<'_> {
    /// The background colour, then the layers from the bottom up. Pictures that could not be read are
    /// left out: their reader has said so.
    pub fn background(&self, pictures: &Pictures, out: &mut Vec<Item>) {
        if self.rect.width <= 0.0 || self.rect.height <= 0.0 {
            return;
        }
        let style = self.style;
        if style.background_color.a > 0.0 {
            out.push(fill(self.outline(), Fill::Color(style.background_color)));
        }
        if style.background.is_empty() {
            return;
        }
        let area = inset(self.rect, self.border);
        for layer in style.background.layers().rev() {
            self.layer(layer, area, pictures, out);
        }
    }

    fn layer(&self, layer: BackgroundLayer<'_>, area: Rect, pictures: &Pictures, out: &mut Vec<Item>) {
        let picture = match layer.image {
            BackgroundImage::Picture(file) => match pictures.file(&file.path) {
                Some(picture) => Some(picture),
                None => return,
            },
            BackgroundImage::Gradient(_) | BackgroundImage::None => None,
        };
        let (width, height) = size(layer.size, picture.and_then(|p| natural(p)), area);
        if width < SLACK || height < SLACK {
            return;
        }
        let across = layer.position.x.resolve(area.width - width);
        let along = layer.position.y.resolve(area.height - height);
        let first = Rect { x: area.x + across, y: area.y + along, width, height };
        let tiles = tiles(first, layer.repeat, self.rect);
        let outline = self.outline();
        let plain = outline == Outline::rect(self.rect);
        if let (BackgroundImage::Gradient(gradient), [tile]) = (layer.image, &tiles[..])
            && covers(*tile, self.rect)
        {
            out.push(fill(outline, gradient_fill(gradient, *tile)));
            return;
        }
        let clipped = !(plain && tiles.iter().all(|tile| covers(self.rect, *tile)));
        if clipped {
            out.push(begin_clip(outline));
        }
        for tile in tiles {
            out.push(match (layer.image, picture) {
                (BackgroundImage::Gradient(gradient), _) => {
                    fill(Outline::rect(tile), gradient_fill(gradient, tile))
                }
                (_, Some(picture)) => background_item(Paint::Picture {
                    picture: picture.clone(),
                    rect: in_tile(picture, tile),
                    clip: None,
                }),
                (_, None) => continue,
            });
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

/// The tiles that reach into `painted`, row by row, `first` being one of them.
fn tiles(first: Rect, (across, down): (Repeat, Repeat), painted: Rect) -> Vec<Rect> {
    let starts = |start: f32, step: f32, from: f32, to: f32, repeat: Repeat| -> Vec<f32> {
        if repeat == Repeat::NoRepeat {
            return vec![start];
        }
        let before = ((start - from) / step - SLACK).ceil().max(0.0);
        let begin = start - before * step;
        let count = (((to - begin) / step - SLACK).ceil().max(0.0) as usize).min(MOST_TILES);
        (0..count).map(|i| begin + i as f32 * step).collect()
    };
    let xs = starts(first.x, first.width, painted.x, painted.x + painted.width, across);
    let ys = starts(first.y, first.height, painted.y, painted.y + painted.height, down);
    let all = ys.iter().flat_map(|&y| xs.iter().map(move |&x| Rect { x, y, ..first }));
    let visible = |tile: &Rect| {
        tile.x < painted.x + painted.width
            && tile.x + tile.width > painted.x
            && tile.y < painted.y + painted.height
            && tile.y + tile.height > painted.y
    };
    all.filter(visible).take(MOST_TILES).collect()
}

/// A gradient in its tile.
fn gradient_fill(gradient: &Gradient, tile: Rect) -> Fill {
    let middle = (tile.x + tile.width / 2.0, tile.y + tile.height / 2.0);
    let linear = |sin: f32, cos: f32| {
        let half = ((tile.width * sin).abs() + (tile.height * cos).abs()) / 2.0;
        let (dx, dy) = (sin * half, cos * half);
        Fill::Linear {
            from: (middle.0 - dx, middle.1 + dy),
            to: (middle.0 + dx, middle.1 - dy),
            stops: stops(&gradient.stops, 2.0 * half).1,
        }
    };
    match gradient.shape {
        GradientShape::Angle(degrees) => {
            let (sin, cos) = degrees.to_radians().sin_cos();
            linear(sin, cos)
        }
        GradientShape::Corner(corner) => {
            // Across the line through the two neighbours of the corner (CSS Images 3 §3.1.1).
            let diagonal = tile.width.hypot(tile.height).max(f32::MIN_POSITIVE);
            let (x, y) = (tile.height / diagonal, tile.width / diagonal);
            match corner {
                Corner::TopLeft => linear(-x, y),
                Corner::TopRight => linear(x, y),
                Corner::BottomRight => linear(x, -y),
                Corner::BottomLeft => linear(-x, -y),
            }
        }
        GradientShape::Radial { ending, center } => {
            let center = (center.x.resolve(tile.width), center.y.resolve(tile.height));
            let (rx, ry) = radii(ending, center, (tile.width, tile.height));
            let (last, stops) = stops(&gradient.stops, rx);
            Fill::Radial {
                center: (tile.x + center.0, tile.y + center.1),
                radii: (rx * last, ry * last),
                stops,
            }
        }
    }
}

/// The radii of a radial gradient's ending shape (CSS Images 3 §3.2.1), of which none is 0: what would
/// be a point or a line is as thin as can be (§3.2.3).
fn radii(ending: Ending, (x, y): (f32, f32), (width, height): (f32, f32)) -> (f32, f32) {
    const THIN: f32 = 0.001;
    let (left, right) = (x.abs(), (width - x).abs());
    let (top, bottom) = (y.abs(), (height - y).abs());
    let near = (left.min(right), top.min(bottom));
    let far = (left.max(right), top.max(bottom));
    let radii = match ending {
        Ending::Radius(radius) => (radius, radius),
        Ending::Radii(rx, ry) => (rx.resolve(width), ry.resolve(height)),
        Ending::Circle(extent) => {
            let radius = match extent {
                Extent::ClosestSide => near.0.min(near.1),
                Extent::FarthestSide => far.0.max(far.1),
                Extent::ClosestCorner => near.0.hypot(near.1),
                Extent::FarthestCorner => far.0.hypot(far.1),
            };
            (radius, radius)
        }
        // Through the corner, in the proportions that it has to the sides.
        Ending::Ellipse(extent) => match extent {
            Extent::ClosestSide => near,
            Extent::FarthestSide => far,
            Extent::ClosestCorner => {
                (near.0 * std::f32::consts::SQRT_2, near.1 * std::f32::consts::SQRT_2)
            }
            Extent::FarthestCorner => {
                (far.0 * std::f32::consts::SQRT_2, far.1 * std::f32::consts::SQRT_2)
            }
        },
    };
    (radii.0.max(THIN), radii.1.max(THIN))
}

/// Colour stops with all their places (CSS Images 3 §3.4.3) along a gradient line of `length` px, from
/// 0 to 1. What lies before 0 is cut off; where stops lie beyond 1, the line is made longer, by the
/// factor that comes with them.
fn stops(stops: &[ColorStop], length: f32) -> (f32, Vec<(f32, Color)>) {
    let length = length.max(f32::MIN_POSITIVE);
    let last = stops.len().saturating_sub(1);
    let mut known: Vec<Option<f32>> =
        stops.iter().map(|stop| stop.at.map(|at| at.percent + at.px / length)).collect();
    if let Some(first) = known.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(end) = known.last_mut() {
        end.get_or_insert(1.0);
    }
    let mut highest = f32::MIN;
    for at in known.iter_mut().flatten() {
        highest = at.max(highest);
        *at = highest;
    }
    let mut fixed: Vec<(f32, Color)> = Vec::with_capacity(stops.len() + 2);
    for (i, stop) in stops.iter().enumerate() {
        let at = known[i].unwrap_or_else(|| {
            // The first and last are known, so each gap has a known stop on both sides.
            let before = (0..i).rev().find(|&j| known[j].is_some()).unwrap_or(0);
            let after = (i..=last).find(|&j| known[j].is_some()).unwrap_or(last);
            let (from, to) = (known[before].unwrap_or(0.0), known[after].unwrap_or(1.0));
            from + (to - from) * (i - before) as f32 / (after - before) as f32
        });
        fixed.push((at, stop.color));
    }
    let end = fixed.last().map_or(1.0, |(at, _)| at.max(1.0));
    let at_start = color_at(&fixed, 0.0);
    fixed.retain(|(at, _)| *at >= 0.0);
    for (at, _) in &mut fixed {
        *at /= end;
    }
    if fixed.first().is_none_or(|(at, _)| *at > 0.0) {
        fixed.insert(0, (0.0, at_start));
    }
    if let Some(&(at, color)) = fixed.last()
        && at < 1.0
    {
        fixed.push((1.0, color));
    }
    (end, premultiplied(&fixed))
}

/// Stops between which colour and alpha may be mixed each by itself, as PDF does, with the look of
/// mixing them premultiplied (CSS Images 3 §3.4.2): nothing goes grey on its way to `transparent`.
fn premultiplied(stops: &[(f32, Color)]) -> Vec<(f32, Color)> {
    const STEPS: usize = 8;
    let mut out: Vec<(f32, Color)> = Vec::with_capacity(stops.len());
    for pair in stops.windows(2) {
        let [(from, a), (to, b)] = [pair[0], pair[1]];
        let tinted = |color: Color, like: Color| match color.a == 0.0 {
            true => Color { a: 0.0, ..like },
            false => color,
        };
        let (first, last) = (tinted(a, b), tinted(b, a));
        out.push((from, first));
        let mixes = a.a != b.a && a.a > 0.0 && b.a > 0.0 && (a.r, a.g, a.b) != (b.r, b.g, b.b);
        if mixes {
            out.extend((1..STEPS).map(|i| {
                let t = i as f32 / STEPS as f32;
                (from + (to - from) * t, a.mixed(b, [1.0 - t, t]))
            }));
        }
        out.push((to, last));
    }
    out.dedup();
    out
}

/// The colour of sorted stops at an offset, mixed premultiplied.
fn color_at(stops: &[(f32, Color)], at: f32) -> Color {
    let after = stops.iter().position(|(offset, _)| *offset >= at);
    let (a, b) = match after {
        Some(0) => return stops[0].1,
        Some(i) => (stops[i - 1], stops[i]),
        None => return stops.last().map_or(Color::TRANSPARENT, |s| s.1),
    };
    let t = if b.0 > a.0 { (at - a.0) / (b.0 - a.0) } else { 1.0 };
    a.1.mixed(b.1, [1.0 - t, t])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color = Color { r: 255, g: 0, b: 0, a: 1.0 };
    const BLUE: Color = Color { r: 0, g: 0, b: 255, a: 1.0 };

    fn stop(px: Option<f32>, color: Color) -> ColorStop {
        ColorStop { at: px.map(LengthPercentage::px), color }
    }

    /// CSS Images 3 §3.4.3, on a line of 100 px.
    #[test]
    fn stops_find_their_places() {
        let at = |list: &[ColorStop]| -> (f32, Vec<f32>) {
            let (end, stops) = stops(list, 100.0);
            (end, stops.iter().map(|(at, _)| *at).collect())
        };
        let (none, some) = (None, Some);
        for (what, list, expected) in [
            ("ends", vec![stop(none, RED), stop(none, BLUE)], (1.0, vec![0.0, 1.0])),
            (
                "between",
                vec![stop(none, RED), stop(none, BLUE), stop(none, RED)],
                (1.0, vec![0.0, 0.5, 1.0]),
            ),
            (
                "never back",
                vec![stop(some(50.0), RED), stop(some(20.0), BLUE)],
                (1.0, vec![0.0, 0.5, 0.5, 1.0]),
            ),
            ("before the line", vec![stop(some(-100.0), RED), stop(none, BLUE)], (1.0, vec![0.0, 1.0])),
            ("beyond the line", vec![stop(none, RED), stop(some(200.0), BLUE)], (2.0, vec![0.0, 1.0])),
        ] {
            assert_eq!(at(&list), expected, "{what}");
        }
        let (_, cut) = stops(&[stop(some(-100.0), RED), stop(some(100.0), BLUE)], 100.0);
        assert_eq!(cut[0].1, Color { r: 128, g: 0, b: 128, a: 1.0 });
    }

    /// CSS Images 3 §3.2.1, for a box of 100 × 60 and a centre at 20, 20.
    #[test]
    fn radial_extents() {
        let of = |ending| radii(ending, (20.0, 20.0), (100.0, 60.0));
        let root2 = std::f32::consts::SQRT_2;
        for (ending, expected) in [
            (Ending::Circle(Extent::ClosestSide), (20.0, 20.0)),
            (Ending::Circle(Extent::FarthestSide), (80.0, 80.0)),
            (Ending::Circle(Extent::FarthestCorner), (8000.0_f32.sqrt(), 8000.0_f32.sqrt())),
            (Ending::Ellipse(Extent::ClosestSide), (20.0, 20.0)),
            (Ending::Ellipse(Extent::FarthestSide), (80.0, 40.0)),
            (Ending::Ellipse(Extent::FarthestCorner), (80.0 * root2, 40.0 * root2)),
            (Ending::Radius(0.0), (0.001, 0.001)),
        ] {
            assert_eq!(of(ending), expected, "{ending:?}");
        }
    }
}
