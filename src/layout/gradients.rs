//! Gradients in the tile that they fill: line or ending shape, and colour stops with all their places (CSS
//! Images 3 §3).

use crate::layout::pages::{Fill, Rect};
use crate::style::values::*;

/// Parts of a turn that nobody sees.
const SLACK: f32 = 0.001;

/// A gradient in its tile, of which `seen` is painted: no more of it than that is repeated.
pub(super) fn gradient_fill(gradient: &Gradient, tile: Rect, seen: Rect) -> Fill {
    let corners = corners_of_both(tile, seen);
    let middle = (tile.x + tile.width / 2.0, tile.y + tile.height / 2.0);
    let linear = |sin: f32, cos: f32| {
        let half = ((tile.width * sin).abs() + (tile.height * cos).abs()) / 2.0;
        let (dx, dy) = (sin * half, cos * half);
        let from = (middle.0 - dx, middle.1 + dy);
        let length = 2.0 * half;
        // Places along the line, 0 to 1, and back.
        let point = |at: f32| (from.0 + 2.0 * dx * at, from.1 - 2.0 * dy * at);
        let place = |(x, y): (f32, f32)| {
            ((x - from.0) * sin - (y - from.1) * cos) / length.max(f32::MIN_POSITIVE)
        };
        let places = corners.map(place);
        let (least, most) =
            places.iter().fold((f32::MAX, f32::MIN), |(a, b), at| (a.min(*at), b.max(*at)));
        let start = first_turn(gradient, length, least);
        let (end, stops) = stops(gradient, length, most - start);
        Fill::Linear { from: point(start), to: point(start + end), stops }
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
            // The farthest corner, in radii.
            let away =
                |(x, y): (f32, f32)| ((x - tile.x - center.0) / rx).hypot((y - tile.y - center.1) / ry);
            let far = corners.map(away).into_iter().fold(0.0, f32::max);
            let (last, stops) = stops(gradient, rx, far);
            Fill::Radial {
                center: (tile.x + center.0, tile.y + center.1),
                radii: (rx * last, ry * last),
                stops,
            }
        }
    }
}

/// The corners of what two rectangles share.
fn corners_of_both(a: Rect, b: Rect) -> [(f32, f32); 4] {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    let right = (a.x + a.width).min(b.x + b.width).max(x);
    let bottom = (a.y + a.height).min(b.y + b.height).max(y);
    [(x, y), (right, y), (right, bottom), (x, bottom)]
}

/// Where on the line the last turn of stops begins that leaves nothing out from `least` on; 0 where they do
/// not repeat.
fn first_turn(gradient: &Gradient, length: f32, least: f32) -> f32 {
    let placed = placed(&gradient.stops, length);
    match (placed.first(), placed.last()) {
        (Some((first, _)), Some((last, _))) if gradient.repeating && last > first => {
            let period = last - first;
            ((least - first) / period + SLACK).floor() * period
        }
        _ => 0.0,
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

/// Colour stops along a gradient line of `length` px, from 0 to 1. What lies before 0 is cut off; where stops
/// lie beyond 1, the line is made longer, by the factor that comes with them. Stops that repeat do so up
/// to `reach`.
fn stops(gradient: &Gradient, length: f32, reach: f32) -> (f32, Vec<(f32, Color)>) {
    let length = length.max(f32::MIN_POSITIVE);
    let mut placed = placed(&gradient.stops, length);
    if gradient.repeating {
        placed = repeated(placed, length, reach);
    }
    // Stops that repeat end where they are no longer seen.
    let least = if gradient.repeating { f32::MIN_POSITIVE } else { 1.0 };
    let end = placed.last().map_or(1.0, |(at, _)| at.max(least));
    let at_start = color_at(&placed, 0.0);
    placed.retain(|(at, _)| *at >= 0.0);
    for (at, _) in &mut placed {
        *at /= end;
    }
    if placed.first().is_none_or(|(at, _)| *at > 0.0) {
        placed.insert(0, (0.0, at_start));
    }
    if let Some(&(at, color)) = placed.last()
        && at < 1.0
    {
        placed.push((1.0, color));
    }
    (end, premultiplied(&placed))
}

/// Colour stops with all their places (CSS Images 3 §3.4.3), rising.
fn placed(stops: &[ColorStop], length: f32) -> Vec<(f32, Color)> {
    let last = stops.len().saturating_sub(1);
    let mut known: Vec<Option<f32>> =
        stops.iter().map(|stop| stop.at.map(|at| at.resolve(length) / length)).collect();
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
    let place = |(i, stop): (usize, &ColorStop)| {
        let at = known[i].unwrap_or_else(|| {
            // The first and last are known, so each gap has a known stop on both sides.
            let before = (0..i).rev().find(|&j| known[j].is_some()).unwrap_or(0);
            let after = (i..=last).find(|&j| known[j].is_some()).unwrap_or(last);
            let (from, to) = (known[before].unwrap_or(0.0), known[after].unwrap_or(1.0));
            from + (to - from) * (i - before) as f32 / (after - before) as f32
        });
        (at, stop.color)
    };
    stops.iter().enumerate().map(place).collect()
}

/// Stops again and again, from 0 to `reach` (CSS Images 3 §3.3). Where they repeat more often than anyone
/// sees, their mean colour; where first and last are at one place, the last colour.
fn repeated(placed: Vec<(f32, Color)>, length: f32, reach: f32) -> Vec<(f32, Color)> {
    /// px.
    const FINEST: f32 = 0.1;
    const MOST_TURNS: f32 = 4_096.0;
    let (Some(&(first, _)), Some(&(last, end))) = (placed.first(), placed.last()) else { return placed };
    let period = last - first;
    if period <= 0.0 {
        return vec![(0.0, end), (1.0, end)];
    }
    if period * length < FINEST || (reach - first) / period > MOST_TURNS {
        let mean = mean(&placed);
        return vec![(0.0, mean), (1.0, mean)];
    }
    let turns =
        (SLACK - first / period).floor() as i32..((reach - first) / period - SLACK).ceil() as i32;
    turns
        .flat_map(|turn| placed.iter().map(move |&(at, color)| (at + turn as f32 * period, color)))
        .collect()
}

/// The mean colour of stops over the length that they take.
fn mean(placed: &[(f32, Color)]) -> Color {
    let mut sum = (0.0, Color::TRANSPARENT);
    for pair in placed.windows(2) {
        let (length, colour) = (pair[1].0 - pair[0].0, pair[0].1.mixed(pair[1].1, [0.5, 0.5]));
        if length > 0.0 {
            sum = (
                sum.0 + length,
                sum.1.mixed(colour, [sum.0 / (sum.0 + length), length / (sum.0 + length)]),
            );
        }
    }
    sum.1
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
        let gradient = |list: &[ColorStop], repeating| Gradient {
            shape: GradientShape::Angle(90.0),
            repeating,
            stops: list.to_vec(),
        };
        let at = |list: &[ColorStop]| -> (f32, Vec<f32>) {
            let (end, stops) = stops(&gradient(list, false), 100.0, 1.0);
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
        let (_, cut) =
            stops(&gradient(&[stop(some(-100.0), RED), stop(some(100.0), BLUE)], false), 100.0, 1.0);
        assert_eq!(cut[0].1, Color { r: 128, g: 0, b: 128, a: 1.0 });
        // From 20 px to 60 px, so before it from −20 px, and up to the end of the line.
        let (end, again) =
            stops(&gradient(&[stop(some(20.0), RED), stop(some(60.0), BLUE)], true), 100.0, 1.0);
        let places: Vec<i32> = again.iter().map(|(at, _)| (at * end * 100.0).round() as i32).collect();
        assert_eq!(places, [0, 20, 20, 60, 60, 100]);
        assert!(again[0].1.r.abs_diff(128) <= 1 && again[0].1.b.abs_diff(128) <= 1, "{again:?}");
        let (_, grey) =
            stops(&gradient(&[stop(some(0.0), RED), stop(some(0.01), BLUE)], true), 100.0, 1.0);
        assert_eq!(grey[0].1, Color { r: 128, g: 0, b: 128, a: 1.0 });
        let (_, last) =
            stops(&gradient(&[stop(some(9.0), RED), stop(some(9.0), BLUE)], true), 100.0, 1.0);
        assert_eq!(last[0].1, BLUE);
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
