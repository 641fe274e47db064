//! One content stream in the making: printpdf operations, with the graphics state followed so that
//! nothing is set twice.
//!
//! Coordinates are the stream's own user space; who draws converts before.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Dictionary;
use printpdf::{
    Color as PdfColor, CurTransMat, DictItem, ExtendedGraphicsStateId, FontId, Line, LineCapStyle,
    LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon,
    PolygonRing, Pt, Rgb, ShadingId, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};

use super::number::{round, round_all};
use crate::layout::pages::{Outline, Rect, Segment};
use crate::style::values::Color;

pub(super) type Matrix = [f32; 6];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    NonZero,
    EvenOdd,
}

impl Rule {
    fn winding(self) -> WindingOrder {
        match self {
            Rule::NonZero => WindingOrder::NonZero,
            Rule::EvenOdd => WindingOrder::EvenOdd,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pen {
    pub(super) width: f32,
    pub(super) color: Color,
    pub(super) dashes: Vec<f32>,
    pub(super) dash_phase: f32,
    pub(super) cap: Cap,
    pub(super) join: Join,
    pub(super) miter_limit: f32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cap {
    #[default]
    Butt,
    Round,
    Square,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Join {
    #[default]
    Miter,
    Round,
    Bevel,
}

/// The names that a content stream uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Resources {
    pub(super) fonts: BTreeSet<usize>,
    pub(super) xobjects: BTreeSet<XObject>,
    pub(super) states: BTreeMap<String, State>,
    pub(super) shadings: BTreeMap<String, Dictionary>,
    /// Tiling patterns, by their place in the list of groups.
    pub(super) patterns: BTreeSet<usize>,
}

pub(super) fn pattern_name(index: usize) -> String {
    format!("P{index}")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum XObject {
    /// A picture, by its place in the document's list.
    Picture(usize),
    /// A transparency group, by its place in the list of those.
    Group(usize),
}

impl XObject {
    pub(super) fn name(self) -> String {
        match self {
            XObject::Picture(index) => format!("I{index}"),
            XObject::Group(index) => format!("X{index}"),
        }
    }
}

/// What an ExtGState resource sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    /// Constant alpha of fills and strokes.
    Alpha(f32),
    /// A soft mask from the luminosity of a group.
    Mask { group: usize },
}

pub(super) fn font_name(slot: usize) -> String {
    // printpdf takes F1 to F14 for the standard faces.
    format!("T{slot}")
}

/// A tag and properties of a marked-content sequence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) tag: &'static str,
    pub(super) properties: BTreeMap<String, DictItem>,
}

/// Graphics state as the last operator left it; None where it is not known.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    fill: [u8; 3],
    stroke: [u8; 3],
    alpha: f32,
    width: f32,
    dashes: (Vec<f32>, f32),
    cap: Cap,
    join: Join,
    miter_limit: f32,
    font: Option<(usize, f32)>,
}

/// ISO 32000-1 table 52.
const INITIAL: Known = Known {
    fill: [0; 3],
    stroke: [0; 3],
    alpha: 1.0,
    width: 1.0,
    dashes: (vec![], 0.0),
    cap: Cap::Butt,
    join: Join::Miter,
    miter_limit: 10.0,
    font: None,
};

#[derive(Debug)]
pub(super) struct Canvas {
    ops: Vec<Op>,
    pub(super) resources: Resources,
    known: Known,
    saved: Vec<Known>,
    in_text: bool,
}

impl Canvas {
    pub(super) fn new() -> Canvas {
        Canvas {
            ops: vec![],
            resources: Resources::default(),
            known: INITIAL,
            saved: vec![],
            in_text: false,
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Op>, Resources) {
        self.end_text();
        (self.ops, self.resources)
    }

    /// Whether the graphics state may be saved around something more: PDF/A has it saved within itself at
    /// most 28 times (ISO 19005-2 §6.1.13), of which what is painted needs a few. What lies deeper goes into
    /// a stream of its own, where they are counted anew.
    pub(super) fn has_room(&self) -> bool {
        self.saved.len() < 24
    }

    pub(super) fn save(&mut self) {
        self.end_text();
        self.saved.push(self.known.clone());
        self.ops.push(Op::SaveGraphicsState);
    }

    pub(super) fn restore(&mut self) {
        self.end_text();
        if let Some(known) = self.saved.pop() {
            self.known = known;
            self.ops.push(Op::RestoreGraphicsState);
        }
    }

    pub(super) fn begin_mark(&mut self, mark: Mark) {
        self.end_text();
        self.ops.push(match mark.properties.is_empty() {
            true => Op::BeginMarkedContent { tag: mark.tag.to_string() },
            false => Op::BeginMarkedContentWithProperties {
                tag: mark.tag.to_string(),
                properties: DictItem::Dict { map: mark.properties },
            },
        });
    }

    pub(super) fn end_mark(&mut self) {
        self.end_text();
        self.ops.push(Op::EndMarkedContent);
    }

    pub(super) fn transform(&mut self, matrix: Matrix) {
        self.end_text();
        if matrix != [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] {
            self.ops
                .push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(round_all(matrix, 5)) });
        }
    }

    /// An outline without extent hides everything.
    pub(super) fn clip(&mut self, outline: &Outline, rule: Rule) {
        self.end_text();
        match rings(outline).next() {
            Some(_) => self.path(outline, PaintMode::Clip, rule),
            None => self.path(&Outline::rect(Rect::default()), PaintMode::Clip, rule),
        }
    }

    pub(super) fn fill(&mut self, outline: &Outline, rule: Rule, color: Color) {
        self.end_text();
        self.fill_color(color);
        self.path(outline, PaintMode::Fill, rule);
    }

    pub(super) fn stroke(&mut self, outline: &Outline, pen: &Pen) {
        self.end_text();
        self.pen(pen);
        if as_rectangle(outline).is_some() {
            return self.path(outline, PaintMode::Stroke, Rule::NonZero);
        }
        for ring in rings(outline) {
            self.ops
                .push(Op::DrawLine { line: Line { points: ring.points, is_closed: ring.is_closed } });
        }
    }

    /// Paints a shading over the clip, with the alpha that is set.
    pub(super) fn shade(&mut self, shading: Dictionary) {
        self.end_text();
        let shadings = &mut self.resources.shadings;
        let known = shadings.iter().find(|(_, known)| **known == shading).map(|(name, _)| name.clone());
        let name = known.unwrap_or_else(|| format!("S{}", shadings.len()));
        shadings.insert(name.clone(), shading);
        self.ops.push(Op::PaintShading { id: ShadingId(name) });
    }

    /// Fills an outline with a tiling pattern (ISO 32000-1 §8.7.3), by its place in the list of groups.
    pub(super) fn fill_pattern(&mut self, outline: &Outline, pattern: usize) {
        self.save();
        self.set_alpha(1.0);
        self.resources.patterns.insert(pattern);
        let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
        let operator = |key: &str, value| Op::Unknown { key: key.to_string(), value: vec![value] };
        self.ops.push(operator("cs", name("Pattern")));
        self.ops.push(operator("scn", name(&pattern_name(pattern))));
        self.path(outline, PaintMode::Fill, Rule::NonZero);
        self.restore();
    }

    /// Masks what follows, until the state is restored.
    pub(super) fn mask(&mut self, group: usize) {
        self.end_text();
        let name = format!("M{group}");
        self.resources.states.insert(name.clone(), State::Mask { group });
        self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name) });
    }

    pub(super) fn set_alpha(&mut self, alpha: f32) {
        let alpha = round(alpha.clamp(0.0, 1.0), 3);
        if self.known.alpha != alpha {
            self.known.alpha = alpha;
            let name = format!("A{}", (alpha * 1000.0).round());
            self.resources.states.insert(name.clone(), State::Alpha(alpha));
            self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name) });
        }
    }

    pub(super) fn draw(&mut self, object: XObject) {
        self.end_text();
        self.resources.xobjects.insert(object);
        self.ops.push(Op::UseXobject {
            id: XObjectId(object.name()),
            transform: XObjectTransform { no_auto_scale: true, ..Default::default() },
        });
    }

    pub(super) fn set_text(&mut self, slot: usize, size: f32, color: Color) {
        if !self.in_text {
            self.in_text = true;
            self.ops.push(Op::StartTextSection);
        }
        self.fill_color(color);
        if self.known.font != Some((slot, size)) {
            self.known.font = Some((slot, size));
            self.resources.fonts.insert(slot);
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(FontId(font_name(slot))),
                size: Pt(size),
            });
        }
    }

    pub(super) fn text_origin(&mut self, x: f32, y: f32) {
        let matrix = TextMatrix::Translate(Pt(round(x, 3)), Pt(round(y, 3)));
        self.ops.push(Op::SetTextMatrix { matrix });
    }

    /// Shows glyphs: strings of two-byte codes, and between them kerns in thousandths of an em
    /// (ISO 32000-1 §9.4.3). printpdf's own operator for it has a string for every glyph.
    pub(super) fn show(&mut self, parts: Vec<DictItem>) {
        self.ops.push(Op::Unknown { key: "TJ".to_string(), value: vec![DictItem::Array(parts)] });
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn fill_color(&mut self, color: Color) {
        self.set_alpha(color.a);
        let rgb = [color.r, color.g, color.b];
        if self.known.fill != rgb {
            self.known.fill = rgb;
            self.ops.push(Op::SetFillColor { col: device_rgb(rgb) });
        }
    }

    fn pen(&mut self, pen: &Pen) {
        self.set_alpha(pen.color.a);
        let rgb = [pen.color.r, pen.color.g, pen.color.b];
        if self.known.stroke != rgb {
            self.known.stroke = rgb;
            self.ops.push(Op::SetOutlineColor { col: device_rgb(rgb) });
        }
        let width = round(pen.width, 3);
        if self.known.width != width {
            self.known.width = width;
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
        let lengths: Vec<f32> = pen.dashes.iter().map(|length| round(*length, 3)).collect();
        // A pattern of nothing but zeros is an error (ISO 32000-1 §8.4.3.6).
        let dashes = match lengths.iter().sum::<f32>() > 0.0 {
            true => (lengths, round(pen.dash_phase, 3)),
            false => (vec![], 0.0),
        };
        if self.known.dashes != dashes {
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(dashes.1, &dashes.0) });
            self.known.dashes = dashes;
        }
        if self.known.cap != pen.cap {
            self.known.cap = pen.cap;
            self.ops.push(Op::SetLineCapStyle {
                cap: match pen.cap {
                    Cap::Butt => LineCapStyle::Butt,
                    Cap::Round => LineCapStyle::Round,
                    Cap::Square => LineCapStyle::ProjectingSquare,
                },
            });
        }
        if self.known.join != pen.join {
            self.known.join = pen.join;
            self.ops.push(Op::SetLineJoinStyle {
                join: match pen.join {
                    Join::Miter => LineJoinStyle::Miter,
                    Join::Round => LineJoinStyle::Round,
                    Join::Bevel => LineJoinStyle::Bevel,
                },
            });
        }
        let miter_limit = round(pen.miter_limit.max(1.0), 3);
        if self.known.miter_limit != miter_limit {
            self.known.miter_limit = miter_limit;
            self.ops.push(Op::SetMiterLimit { limit: Pt(miter_limit) });
        }
    }

    fn path(&mut self, outline: &Outline, mode: PaintMode, rule: Rule) {
        self.ops.push(match as_rectangle(outline) {
            Some([x, y, width, height]) => Op::DrawRectangle {
                rectangle: printpdf::Rect {
                    x: Pt(x),
                    y: Pt(y),
                    width: Pt(width),
                    height: Pt(height),
                    mode: Some(mode),
                    winding_order: Some(rule.winding()),
                },
            },
            None => Op::DrawPolygon {
                polygon: Polygon {
                    rings: rings(outline).map(|ring| PolygonRing { points: ring.points }).collect(),
                    mode,
                    winding_order: rule.winding(),
                },
            },
        });
    }
}

fn device_rgb(rgb: [u8; 3]) -> PdfColor {
    let [r, g, b] = rgb.map(|c| round(f32::from(c) / 255.0, 3));
    PdfColor::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// x, y, width and height of an outline that is one closed axis-parallel rectangle.
fn as_rectangle(outline: &Outline) -> Option<[f32; 4]> {
    use Segment::*;
    let &[Move(x0, y0), Line(x1, y1), Line(x2, y2), Line(x3, y3), Close] = &outline.segments[..] else {
        return None;
    };
    let sides = |a: f32, b: f32, c: f32, d: f32| a == b && c == d;
    let across = sides(y0, y1, y2, y3) && sides(x1, x2, x3, x0);
    let down = sides(x0, x1, x2, x3) && sides(y1, y2, y3, y0);
    (across || down).then(|| {
        let (left, top) = (round(x0, 3), round(y0, 3));
        [left, top, round(round(x2, 3) - left, 3), round(round(y2, 3) - top, 3)]
    })
}

struct Ring {
    points: Vec<LinePoint>,
    is_closed: bool,
}

/// The subpaths of an outline, in printpdf's points. One that does not begin with a move begins
/// where the one before began (ISO 32000-1 §8.5.2.1).
fn rings(outline: &Outline) -> impl Iterator<Item = Ring> {
    let point = |x: f32, y: f32, bezier: bool| LinePoint {
        p: Point { x: Pt(round(x, 3)), y: Pt(round(y, 3)) },
        bezier,
    };
    let mut rings: Vec<Ring> = vec![];
    let mut open = false;
    for segment in &outline.segments {
        if let Segment::Move(x, y) = *segment {
            rings.push(Ring { points: vec![point(x, y, false)], is_closed: false });
            open = true;
            continue;
        }
        let Some(last) = rings.last_mut() else { continue };
        if *segment == Segment::Close {
            last.is_closed = true;
            open = false;
            continue;
        }
        if !open {
            let start = last.points[0].clone();
            rings.push(Ring { points: vec![start], is_closed: false });
            open = true;
        }
        let Some(last) = rings.last_mut() else { continue };
        match *segment {
            Segment::Line(x, y) => last.points.push(point(x, y, false)),
            Segment::Cubic(x1, y1, x2, y2, x, y) => {
                last.points.extend([point(x1, y1, true), point(x2, y2, true), point(x, y, false)]);
            }
            Segment::Move(..) | Segment::Close => {}
        }
    }
    // A lone point paints nothing that could be meant.
    rings.into_iter().filter(|ring| ring.points.len() > 1)
}
