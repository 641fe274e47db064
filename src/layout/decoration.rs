//! Borders and corners as shapes (CSS Backgrounds 3).

use super::boxes::Ends;
use crate::layout::pages::{
    Artifact, Fill, Group, Item, Outline, Owner, Paint, Rect, Segment, Shape, Stroke,
};
use crate::style::values::*;

/// How far a cubic's handles reach on a quarter of a circle, of its radius.
const QUARTER: f32 = 0.552_285;

/// A box to decorate, px on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decorated<'s> {
    pub style: &'s ComputedStyle,
    /// Border box.
    pub rect: Rect,
    /// Used widths; zero at an end that the box does not have here.
    pub border: Sides<f32>,
    pub padding: Sides<f32>,
    pub ends: Ends,
    /// An inline box's: whether it has its left and right edge here.
    pub sides: (bool, bool),
    /// The box that this is a part of: its parts put together (CSS Fragmentation 3 §5.4, `slice`).
    pub assembled: Option<Assembled>,
}

/// A box that is cut, put together again: where that would stand on the page of one of its parts, px.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assembled {
    /// Border box.
    pub rect: Rect,
    pub border: Sides<f32>,
    pub padding: Sides<f32>,
}

impl<'s> Decorated<'s> {
    /// A box that is in one piece.
    pub fn whole(
        style: &'s ComputedStyle,
        rect: Rect,
        border: Sides<f32>,
        padding: Sides<f32>,
    ) -> Decorated<'s> {
        Decorated {
            style,
            rect,
            border,
            padding,
            ends: Ends::BOTH,
            sides: (true, true),
            assembled: None,
        }
    }
}

/// Half axes of the quarter ellipse in each of the four corners, clockwise from the top left, px.
type Radii = [(f32, f32); 4];

impl Decorated<'_> {
    /// Radii that fit the box (CSS Backgrounds 3 §5.5).
    fn radii(&self) -> Radii {
        let (w, h) = (self.rect.width.max(0.0), self.rect.height.max(0.0));
        let radius = |r: Radius, edge: bool, side: bool| match edge && side {
            true => (r.x.resolve(w).max(0.0), r.y.resolve(h).max(0.0)),
            false => (0.0, 0.0),
        };
        let corners = &self.style.radius;
        let ((left, right), Ends { top, bottom }) = (self.sides, self.ends);
        let radii = [
            radius(corners.top_left, top, left),
            radius(corners.top_right, top, right),
            radius(corners.bottom_right, bottom, right),
            radius(corners.bottom_left, bottom, left),
        ];
        let [tl, tr, br, bl] = radii;
        let fit = [(tl.0 + tr.0, w), (bl.0 + br.0, w), (tl.1 + bl.1, h), (tr.1 + br.1, h)]
            .into_iter()
            .filter(|(sum, _)| *sum > 0.0)
            .fold(1.0_f32, |fit, (sum, side)| fit.min(side / sum));
        radii.map(|(x, y)| (x * fit, y * fit))
    }

    /// The border box's outline.
    pub fn outline(&self) -> Outline {
        rounded(self.rect, self.radii(), Turn::Clockwise)
    }

    /// The outline of one of its areas, and the rectangle round it.
    pub fn outline_of(&self, area: VisualBox) -> (Outline, Rect) {
        let (rect, radii) = match area {
            VisualBox::Border => (self.rect, self.radii()),
            VisualBox::Padding => self.inner(),
            VisualBox::Content => self.inner_by(both(self.border, self.padding)),
        };
        (rounded(rect, radii, Turn::Clockwise), rect)
    }

    /// One of the areas of the assembled box.
    pub fn assembled_area(&self, area: VisualBox) -> Rect {
        let Assembled { rect, border, padding } = self.assembled.unwrap_or(Assembled {
            rect: self.rect,
            border: self.border,
            padding: self.padding,
        });
        match area {
            VisualBox::Border => rect,
            VisualBox::Padding => inset(rect, border),
            VisualBox::Content => inset(rect, both(border, padding)),
        }
    }

    /// The padding box's outline: what `overflow: hidden` clips to.
    pub fn inner_outline(&self) -> Outline {
        let (rect, radii) = self.inner();
        rounded(rect, radii, Turn::Clockwise)
    }

    /// The content box's outline, `by` inside the border box: what a picture is cut to.
    pub fn content_outline(&self, by: Sides<f32>) -> Outline {
        let (rect, radii) = self.inner_by(by);
        rounded(rect, radii, Turn::Clockwise)
    }

    fn inner(&self) -> (Rect, Radii) {
        self.inner_by(self.border)
    }

    fn inner_by(&self, b: Sides<f32>) -> (Rect, Radii) {
        let rect = inset(self.rect, b);
        let [tl, tr, br, bl] = self.radii();
        let less = |(x, y): (f32, f32), dx: f32, dy: f32| ((x - dx).max(0.0), (y - dy).max(0.0));
        let radii = [
            less(tl, b.left, b.top),
            less(tr, b.right, b.top),
            less(br, b.right, b.bottom),
            less(bl, b.left, b.bottom),
        ];
        (rect, radii)
    }

    /// The four sides. Equal ones are one ring; others meet at the corners' diagonals (CSS Backgrounds
    /// 3 §4.3).
    pub fn borders(&self, out: &mut Vec<Item>) {
        let (style, widths) = (self.style, self.border);
        let sides = [
            (style.border.top, widths.top),
            (style.border.right, widths.right),
            (style.border.bottom, widths.bottom),
            (style.border.left, widths.left),
        ];
        let drawn =
            |(b, width): &(Border, f32)| *width > 0.0 && b.style != BorderStyle::None && b.color.a > 0.0;
        let Some((model, model_width)) = sides.iter().copied().find(drawn) else { return };
        let alike = |(b, width): &(Border, f32)| {
            *width <= 0.0 || (b.color == model.color && b.style == model.style)
        };
        let radii = self.radii();
        let round = radii.iter().any(|(x, y)| *x > 0.0 && *y > 0.0);
        let solid = model.style == BorderStyle::Solid;
        let all = sides.iter().all(|(_, width)| *width > 0.0);
        if sides.iter().all(alike) && solid && (round || all) {
            out.push(fill(self.ring(), model.color));
            return;
        }
        if sides.iter().all(alike) && solid {
            self.bars(model.color, out);
            return;
        }
        let equal = sides.iter().all(|s| alike(s) && s.1 == model_width);
        if equal && round {
            let half = model_width / 2.0;
            let path = rounded(
                inset(self.rect, Sides::all(half)),
                radii.map(|(x, y)| ((x - half).max(0.0), (y - half).max(0.0))),
                Turn::Clockwise,
            );
            let length = length_of(&path);
            let stroke = stroke(model.style, model_width, model.color, length, LineEnds::Joined);
            out.push(layout_item(Paint::Shape(Shape {
                outline: path,
                fill: None,
                stroke: Some(stroke),
            })));
            return;
        }
        if round {
            out.push(begin_clip(self.ring()));
        }
        for (index, side) in sides.iter().enumerate() {
            if drawn(side) {
                self.side(index, side.0, out);
            }
        }
        if round {
            out.push(end_clip());
        }
    }

    /// Between border and padding edge. An open side is left out, so that its two edges, which lie on one
    /// another, are no hairline.
    fn ring(&self) -> Outline {
        let (inner, radii) = self.inner();
        let b = self.border;
        let open = [b.top, b.right, b.bottom, b.left].map(|width| width <= 0.0);
        if let Some(last) = (0..4).find(|&side| !open[side] && open[(side + 1) % 4]) {
            return self.open_ring(open, last);
        }
        let mut ring = self.outline();
        if inner.width > 0.0 && inner.height > 0.0 {
            ring.segments.extend(rounded(inner, radii, Turn::Anticlockwise).segments);
        }
        ring
    }

    /// Each run of sides that are not open, 0 top to 3 left: out along the border edge, back along the padding
    /// edge. One run ends with the side `last`.
    fn open_ring(&self, open: [bool; 4], last: usize) -> Outline {
        let (inner, inner_radii) = self.inner();
        let (outer, inner) = (corners(self.rect, self.radii()), corners(inner, inner_radii));
        let mut segments = vec![];
        let mut run: Vec<usize> = vec![];
        // From the open side behind the last one, once round.
        for side in (last + 1..last + 5).map(|side| side % 4) {
            if !open[side] {
                run.push(side);
                continue;
            }
            ring_of(&std::mem::take(&mut run), &outer, &inner, &mut segments);
        }
        ring_of(&run, &outer, &inner, &mut segments);
        Outline { segments }
    }

    /// Sides of one colour as bars that do not overlap: a ring with an open side would leave hairlines
    /// there.
    fn bars(&self, color: Color, out: &mut Vec<Item>) {
        let (r, b) = (self.rect, self.border);
        let height = (r.height - b.top - b.bottom).max(0.0);
        let bars = [
            Rect { height: b.top, ..r },
            Rect { y: r.y + r.height - b.bottom, height: b.bottom, ..r },
            Rect { y: r.y + b.top, width: b.left, height, ..r },
            Rect { x: r.x + r.width - b.right, y: r.y + b.top, width: b.right, height },
        ];
        for bar in bars.into_iter().filter(|bar| bar.width > 0.0 && bar.height > 0.0) {
            out.push(fill(Outline::rect(bar), color));
        }
    }

    /// One side, 0 top to 3 left.
    fn side(&self, index: usize, border: Border, out: &mut Vec<Item>) {
        let (outer, inner) = (self.rect, inset(self.rect, self.border));
        let corners = |r: Rect| {
            let (right, bottom) = (r.x + r.width, r.y + r.height);
            [(r.x, r.y), (right, r.y), (right, bottom), (r.x, bottom)]
        };
        let (o, i) = (corners(outer), corners(inner));
        let (a, b) = (index, (index + 1) % 4);
        if border.style == BorderStyle::Solid {
            out.push(fill(polygon(&[o[a], o[b], i[b], i[a]]), border.color));
            return;
        }
        // From corner to corner, in the middle of the side.
        let middle = |p: (f32, f32), q: (f32, f32)| match index {
            0 | 2 => (p.0, (p.1 + q.1) / 2.0),
            _ => ((p.0 + q.0) / 2.0, p.1),
        };
        let (from, to) = (middle(o[a], i[a]), middle(o[b], i[b]));
        let width = [self.border.top, self.border.right, self.border.bottom, self.border.left][index];
        out.push(line(from, to, border, width));
    }
}

fn both(a: Sides<f32>, b: Sides<f32>) -> Sides<f32> {
    Sides {
        top: a.top + b.top,
        right: a.right + b.right,
        bottom: a.bottom + b.bottom,
        left: a.left + b.left,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Clockwise,
    /// Cuts a hole, by the non-zero rule.
    Anticlockwise,
}

/// A rounded corner as it is gone through clockwise.
#[derive(Clone, Copy, Debug)]
struct CornerArc {
    from: (f32, f32),
    /// None where it is square.
    handles: Option<[(f32, f32); 2]>,
    to: (f32, f32),
}

impl CornerArc {
    fn reversed(self) -> CornerArc {
        let handles = self.handles.map(|[a, b]| [b, a]);
        CornerArc { from: self.to, handles, to: self.from }
    }

    /// Goes through it, from where a path stands or is to begin.
    fn add_to(self, segments: &mut Vec<Segment>, begins: bool) {
        let (x, y) = self.from;
        segments.push(if begins { Segment::Move(x, y) } else { Segment::Line(x, y) });
        if let Some([a, b]) = self.handles {
            segments.push(Segment::Cubic(a.0, a.1, b.0, b.1, self.to.0, self.to.1));
        }
    }
}

/// The corners of a rounded rectangle, clockwise from the top left.
fn corners(r: Rect, radii: Radii) -> [CornerArc; 4] {
    // A radius of 0 on one axis is a square corner (CSS Backgrounds 3 §5.1).
    let [tl, tr, br, bl] = radii.map(|(x, y)| if x > 0.0 && y > 0.0 { (x, y) } else { (0.0, 0.0) });
    let (x, y, right, bottom) = (r.x, r.y, r.x + r.width, r.y + r.height);
    let far = 1.0 - QUARTER;
    let arc = |from, a, b, to, (rx, _): (f32, f32)| CornerArc {
        from,
        handles: (rx > 0.0).then_some([a, b]),
        to,
    };
    [
        arc((x, y + tl.1), (x, y + tl.1 * far), (x + tl.0 * far, y), (x + tl.0, y), tl),
        arc((right - tr.0, y), (right - tr.0 * far, y), (right, y + tr.1 * far), (right, y + tr.1), tr),
        arc(
            (right, bottom - br.1),
            (right, bottom - br.1 * far),
            (right - br.0 * far, bottom),
            (right - br.0, bottom),
            br,
        ),
        arc(
            (x + bl.0, bottom),
            (x + bl.0 * far, bottom),
            (x, bottom - bl.1 * far),
            (x, bottom - bl.1),
            bl,
        ),
    ]
}

/// Adds the ring along sides in a row: through the corners at and between them.
fn ring_of(
    sides: &[usize],
    outer: &[CornerArc; 4],
    inner: &[CornerArc; 4],
    segments: &mut Vec<Segment>,
) {
    let (Some(first), Some(last)) = (sides.first(), sides.last()) else { return };
    let around: Vec<usize> = sides.iter().copied().chain([(last + 1) % 4]).collect();
    for &corner in &around {
        outer[corner].add_to(segments, corner == *first);
    }
    for &corner in around.iter().rev() {
        inner[corner].reversed().add_to(segments, false);
    }
    segments.push(Segment::Close);
}

fn rounded(r: Rect, radii: Radii, turn: Turn) -> Outline {
    let mut corners = corners(r, radii);
    if turn == Turn::Anticlockwise {
        corners.reverse();
        corners = corners.map(CornerArc::reversed);
    }
    let mut segments = vec![];
    for (index, corner) in corners.into_iter().enumerate() {
        corner.add_to(&mut segments, index == 0);
    }
    segments.push(Segment::Close);
    Outline { segments }
}

fn polygon(points: &[(f32, f32)]) -> Outline {
    let mut segments: Vec<Segment> = points
        .iter()
        .enumerate()
        .map(|(i, &(x, y))| if i == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) })
        .collect();
    segments.push(Segment::Close);
    Outline { segments }
}

pub(super) fn inset(r: Rect, by: Sides<f32>) -> Rect {
    Rect {
        x: r.x + by.left,
        y: r.y + by.top,
        width: (r.width - by.left - by.right).max(0.0),
        height: (r.height - by.top - by.bottom).max(0.0),
    }
}

/// A line of a length with a border's style. CSS leaves the dashes to the program: these are browsers', with
/// gaps that let a whole one stand at both ends, or all round.
fn stroke(style: BorderStyle, width: f32, color: Color, length: f32, ends: LineEnds) -> Stroke {
    let (dashes, round_cap) = match style {
        BorderStyle::Dotted => (vec![0.0, width + gap(width, width, length, ends)], true),
        BorderStyle::Dashed => {
            let (dash, wished) = if width >= 3.0 { (2.0, 1.0) } else { (3.0, 2.0) };
            let (dash, wished) = (dash * width, wished * width);
            match length {
                _ if length <= 2.0 * dash => (vec![], false),
                _ if length <= 2.0 * dash + wished => {
                    let part = length / (2.0 * dash + wished);
                    (vec![dash * part, wished * part], false)
                }
                _ => (vec![dash, gap(dash, wished, length, ends)], false),
            }
        }
        BorderStyle::Solid | BorderStyle::None => (vec![], false),
    };
    Stroke { width, color, dashes, round_cap }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnds {
    Open,
    /// Its end is its start.
    Joined,
}

/// The gap nearest to the one that is wished with which dashes fill a length.
fn gap(dash: f32, wished: f32, length: f32, ends: LineEnds) -> f32 {
    let joined = ends == LineEnds::Joined;
    let room = if joined { length } else { length + wished };
    let dashes = (room / (dash + wished)).floor();
    let of = |dashes: f32| (length - dashes * dash) / if joined { dashes } else { dashes - 1.0 };
    let (wide, narrow) = (of(dashes), of(dashes + 1.0));
    match () {
        () if dashes < 1.0 || !wide.is_finite() => length.max(wished),
        () if narrow <= 0.0 || (wide - wished).abs() < (narrow - wished).abs() => wide,
        () => narrow,
    }
}

/// The length of a path of lines and curves, px.
fn length_of(outline: &Outline) -> f32 {
    const STEPS: usize = 16;
    let (mut length, mut start, mut at) = (0.0, (0.0, 0.0), (0.0, 0.0));
    let between = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0).hypot(b.1 - a.1);
    for segment in &outline.segments {
        match *segment {
            Segment::Move(x, y) => (start, at) = ((x, y), (x, y)),
            Segment::Line(x, y) => {
                length += between(at, (x, y));
                at = (x, y);
            }
            Segment::Cubic(ax, ay, bx, by, x, y) => {
                let from = at;
                let on = |t: f32| {
                    let u = 1.0 - t;
                    let mix = |p: f32, a: f32, b: f32, q: f32| {
                        u * u * u * p + 3.0 * u * u * t * a + 3.0 * u * t * t * b + t * t * t * q
                    };
                    (mix(from.0, ax, bx, x), mix(from.1, ay, by, y))
                };
                for step in 1..=STEPS {
                    let next = on(step as f32 / STEPS as f32);
                    length += between(at, next);
                    at = next;
                }
            }
            Segment::Close => {
                length += between(at, start);
                at = start;
            }
        }
    }
    length
}

/// A line with a border's style, width and colour.
pub(super) fn line(from: (f32, f32), to: (f32, f32), border: Border, width: f32) -> Item {
    // Round dots begin inside the corner.
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(f32::MIN_POSITIVE);
    let stroke = stroke(border.style, width, border.color, length, LineEnds::Open);
    let cap = if border.style == BorderStyle::Dotted { width / 2.0 } else { 0.0 };
    let (ux, uy) = (dx / length * cap, dy / length * cap);
    layout_item(Paint::Shape(Shape {
        outline: Outline {
            segments: vec![Segment::Move(from.0 + ux, from.1 + uy), Segment::Line(to.0 - ux, to.1 - uy)],
        },
        fill: None,
        stroke: Some(stroke),
    }))
}

/// A rule of a table: filled where it is solid.
pub(super) fn rule(border: Border, r: Rect) -> Item {
    if border.style == BorderStyle::Solid {
        return fill(Outline::rect(r), border.color);
    }
    if r.width >= r.height {
        let y = r.y + r.height / 2.0;
        line((r.x, y), (r.x + r.width, y), border, r.height)
    } else {
        let x = r.x + r.width / 2.0;
        line((x, r.y), (x, r.y + r.height), border, r.width)
    }
}

pub(super) fn background(outline: Outline, fill: Fill) -> Item {
    Item {
        owner: Owner::Artifact(Artifact::Background),
        paint: Paint::Shape(Shape { outline, fill: Some(fill), stroke: None }),
    }
}

fn fill(outline: Outline, color: Color) -> Item {
    layout_item(Paint::Shape(Shape { outline, fill: Some(Fill::Color(color)), stroke: None }))
}

pub(super) fn layout_item(paint: Paint) -> Item {
    Item { owner: Owner::Artifact(Artifact::Layout), paint }
}

pub(super) fn background_item(paint: Paint) -> Item {
    Item { owner: Owner::Artifact(Artifact::Background), paint }
}

pub(super) fn begin(group: Group) -> Item {
    layout_item(Paint::BeginGroup(group))
}

pub(super) fn begin_clip(outline: Outline) -> Item {
    begin(Group { clip: Some(outline), ..Group::default() })
}

pub(super) fn end_clip() -> Item {
    layout_item(Paint::EndGroup)
}

/// A disc or the like: an ellipse in a rectangle.
pub(super) fn ellipse(r: Rect) -> Outline {
    let radius = r.width.min(r.height) / 2.0;
    rounded(r, [(radius, radius); 4], Turn::Clockwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_fill_their_line() {
        let (open, joined) = (LineEnds::Open, LineEnds::Joined);
        // Dashes of 8 and gaps near 4: of 100 px, nine dashes and eight gaps; all round, as many gaps.
        assert_eq!(gap(8.0, 4.0, 100.0, open), 3.5);
        assert_eq!(gap(8.0, 4.0, 100.0, joined), 4.5);
        // Too short for two.
        assert_eq!(gap(8.0, 4.0, 6.0, open), 6.0);
        for length in [0.0, 0.1, 5.0, 17.0, 19.0, 1000.0] {
            for style in [BorderStyle::Dashed, BorderStyle::Dotted] {
                let stroke = stroke(style, 4.0, Color::BLACK, length, joined);
                assert!(stroke.dashes.iter().all(|part| part.is_finite() && *part >= 0.0), "{stroke:?}");
            }
        }
        let circle = ellipse(Rect { x: 0.0, y: 0.0, width: 20.0, height: 20.0 });
        assert!((length_of(&circle) - 20.0 * std::f32::consts::PI).abs() < 0.1);
    }
}
