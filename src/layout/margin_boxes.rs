//! Page-margin boxes: running heads and feet (CSS Paged Media 3 §5).

use super::counters::represent;
use super::decoration::{Decorated, inset};
use super::engine::Engine;
use crate::diagnostic::Diagnostic;
use crate::layout::inline::{LineItem, Paragraph, Part, Shaped, shape};
use crate::layout::pages::{Artifact, Item, Owner, Rect};
use crate::style::values::*;

/// px that nobody sees.
const TOLERANCE: f32 = 1.0;

/// What a page's margin boxes can print.
pub(super) struct PageFacts<'f> {
    /// 1-based.
    pub number: usize,
    pub count: usize,
    /// The value of a named string on this page.
    pub string: &'f dyn Fn(&str, StringAt) -> String,
}

/// A margin box with its text, before it has a size.
struct Made<'b> {
    margin_box: &'b MarginBox,
    shaped: Shaped,
}

/// The sides of a page, each with three boxes in a row, and the corners.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
    Corner,
}

/// A box's side, and its place there: 0 start, 1 centre, 2 end; for corners clockwise from the top left.
fn stand(name: MarginBoxName) -> (Side, usize) {
    use MarginBoxName::*;
    match name {
        TopLeft => (Side::Top, 0),
        TopCenter => (Side::Top, 1),
        TopRight => (Side::Top, 2),
        RightTop => (Side::Right, 0),
        RightMiddle => (Side::Right, 1),
        RightBottom => (Side::Right, 2),
        BottomLeft => (Side::Bottom, 0),
        BottomCenter => (Side::Bottom, 1),
        BottomRight => (Side::Bottom, 2),
        LeftTop => (Side::Left, 0),
        LeftMiddle => (Side::Left, 1),
        LeftBottom => (Side::Left, 2),
        TopLeftCorner => (Side::Corner, 0),
        TopRightCorner => (Side::Corner, 1),
        BottomRightCorner => (Side::Corner, 2),
        BottomLeftCorner => (Side::Corner, 3),
    }
}

impl Engine<'_> {
    /// What the margin boxes of a page paint.
    pub fn margin_boxes(&mut self, page: &PageStyle, facts: &PageFacts) -> Vec<Item> {
        let made: Vec<Made> = page
            .boxes
            .iter()
            .map(|margin_box| Made { margin_box, shaped: self.shape_margin_box(margin_box, facts) })
            .collect();
        let mut out = vec![];
        let (width, height) = page.size;
        let m = page.margin;
        let inner =
            Rect { x: m.left, y: m.top, width: width - m.horizontal(), height: height - m.vertical() };
        let (right, bottom) = (inner.x + inner.width, inner.y + inner.height);
        for side in [Side::Top, Side::Right, Side::Bottom, Side::Left] {
            let strip = match side {
                Side::Top => Rect { y: 0.0, height: m.top, ..inner },
                Side::Bottom => Rect { y: bottom, height: m.bottom, ..inner },
                Side::Left => Rect { x: 0.0, width: m.left, ..inner },
                Side::Right | Side::Corner => Rect { x: right, width: m.right, ..inner },
            };
            self.side(side, strip, &made, &mut out);
        }
        let corners = [
            Rect { x: 0.0, y: 0.0, width: m.left, height: m.top },
            Rect { x: right, y: 0.0, width: m.right, height: m.top },
            Rect { x: right, y: bottom, width: m.right, height: m.bottom },
            Rect { x: 0.0, y: bottom, width: m.left, height: m.bottom },
        ];
        for made in &made {
            if let (Side::Corner, index) = stand(made.margin_box.name) {
                self.paint_margin_box(made, corners[index], &mut out);
            }
        }
        out
    }

    fn shape_margin_box(&mut self, margin_box: &MarginBox, facts: &PageFacts) -> Shaped {
        let mut text = String::new();
        if let Content::Parts(parts) = &margin_box.content {
            for part in parts {
                match part {
                    ContentPart::Text(words) => text.push_str(words),
                    ContentPart::Page(style) => text.push_str(&represent(facts.number as i32, *style)),
                    ContentPart::Pages(style) => text.push_str(&represent(facts.count as i32, *style)),
                    ContentPart::String(name, at) => text.push_str(&(facts.string)(name, *at)),
                    // The style sheet's reader refuses them.
                    ContentPart::Counter(..)
                    | ContentPart::Attr(_)
                    | ContentPart::TargetCounter { .. }
                    | ContentPart::TargetText { .. } => {}
                }
            }
        }
        let artifact = match stand(margin_box.name) {
            (Side::Bottom, _) | (Side::Corner, 2 | 3) => Artifact::Footer,
            _ => Artifact::Header,
        };
        let part = Part::Text {
            text: text.into(),
            owner: Owner::Artifact(artifact),
            lang: &self.document.lang,
            place: None,
        };
        let paragraph = Paragraph {
            style: margin_box.style.clone(),
            parts: vec![part],
            names: &self.document.names,
        };
        shape(&paragraph, self.faces, self.diagnostics)
    }

    /// Three boxes along one side.
    fn side(&mut self, side: Side, strip: Rect, made: &[Made], out: &mut Vec<Item>) {
        let mut row: [Option<&Made>; 3] = [None; 3];
        for made in made {
            let (of, index) = stand(made.margin_box.name);
            if of == side {
                row[index] = Some(made);
            }
        }
        let across = matches!(side, Side::Top | Side::Bottom);
        let available = if across { strip.width } else { strip.height };
        let asks = row.map(|made| match made {
            None => Ask::default(),
            Some(made) if across => ask_across(made, strip.width),
            Some(made) => ask_along(made, strip),
        });
        let sizes = extents(asks, available.max(0.0));
        let starts = [0.0, (available - sizes[1]) / 2.0, available - sizes[2]];
        for (index, made) in row.into_iter().enumerate() {
            let Some(made) = made else { continue };
            let (start, size) = (starts[index], sizes[index]);
            let rect = match across {
                true => Rect { x: strip.x + start, width: size, ..strip },
                false => Rect { y: strip.y + start, height: size, ..strip },
            };
            self.paint_margin_box(made, rect, out);
        }
    }

    /// A box in its margin box rectangle: its text stands in it by `text-align` and `vertical-align`
    /// (CSS Paged Media 3 §5.3).
    fn paint_margin_box(&mut self, made: &Made, rect: Rect, out: &mut Vec<Item>) {
        let style = &made.margin_box.style;
        let (margin, border, padding) = around(style, rect.width);
        let mut border_box = inset(rect, margin);
        let (side, index) = stand(made.margin_box.name);
        let size = |said: LengthOrAuto, room: f32, edges: f32| match (said, style.box_sizing) {
            (LengthOrAuto::Auto, _) => None,
            (LengthOrAuto::Length(said), BoxSizing::ContentBox) => Some(said.resolve(room) + edges),
            (LengthOrAuto::Length(said), BoxSizing::BorderBox) => Some(said.resolve(room).max(edges)),
        };
        if matches!(side, Side::Left | Side::Right | Side::Corner) {
            let width = size(style.width, rect.width, border.horizontal() + padding.horizontal());
            let area = match (side, index) {
                (Side::Left, _) | (Side::Corner, 0 | 3) => AreaAt::End,
                _ => AreaAt::Start,
            };
            let sides = (style.margin.left, style.margin.right);
            let (x, width) = across_margin(rect.width, width, sides, area, rect.width);
            (border_box.x, border_box.width) = (rect.x + x, width);
        }
        if matches!(side, Side::Top | Side::Bottom | Side::Corner) {
            let height = size(style.height, rect.height, border.vertical() + padding.vertical());
            let area = match (side, index) {
                (Side::Top, _) | (Side::Corner, 0 | 1) => AreaAt::End,
                _ => AreaAt::Start,
            };
            let sides = (style.margin.top, style.margin.bottom);
            let (y, height) = across_margin(rect.height, height, sides, area, rect.width);
            (border_box.y, border_box.height) = (rect.y + y, height);
        }
        let decorated = Decorated::whole(style, border_box, border, padding);
        decorated.background(self.pictures, out);
        decorated.borders(out);
        let content = inset(inset(border_box, border), padding);
        let lines = made.shaped.break_lines(content.width);
        for problem in &lines.problems {
            self.report(problem.clone().maybe_at(made.margin_box.place.clone()));
        }
        let height: f32 = lines.lines.iter().map(|l| l.height).sum();
        if height > content.height + TOLERANCE {
            let mm = ((height - content.height) * 25.4 / 96.0).ceil();
            let message =
                format!("the text of this box is {mm:.0} mm taller than the box: it sticks out");
            self.report(
                Diagnostic::warning(message)
                    .maybe_at(made.margin_box.place.clone())
                    .hint("give the page a deeper margin, or the box a smaller font size"),
            );
        }
        let spare = content.height - height;
        let mut y = content.y
            + match style.vertical_align {
                VerticalAlign::Top => 0.0,
                VerticalAlign::Bottom => spare,
                _ => spare / 2.0,
            };
        for (index, line) in lines.lines.iter().enumerate() {
            for item in made.shaped.set(self.faces, &lines, index).items {
                if let LineItem::Paint(mut item) = item {
                    item.paint.translate(content.x, y);
                    out.push(item);
                }
            }
            y += line.height;
        }
    }
}

/// Margin, border and padding, px.
fn around(style: &ComputedStyle, base: f32) -> (Sides<f32>, Sides<f32>, Sides<f32>) {
    let margin = |m| match m {
        LengthOrAuto::Auto => 0.0,
        LengthOrAuto::Length(length) => length.resolve(base),
    };
    let (m, b, p) = (&style.margin, &style.border, &style.padding);
    (
        Sides {
            top: margin(m.top),
            right: margin(m.right),
            bottom: margin(m.bottom),
            left: margin(m.left),
        },
        Sides { top: b.top.width, right: b.right.width, bottom: b.bottom.width, left: b.left.width },
        Sides {
            top: p.top.resolve(base),
            right: p.right.resolve(base),
            bottom: p.bottom.resolve(base),
            left: p.left.resolve(base),
        },
    )
}

/// At which end of a margin, from left to right and from top to bottom, the page's area lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AreaAt {
    Start,
    End,
}

/// Where a box stands between the sheet's edge and the page's area (CSS Paged Media 3 §5.3.2.2): start and extent of
/// its border box, px. Where lengths do not add up to the margin, the box's margin at the sheet's edge gives
/// way. `base` is what percentages are of.
fn across_margin(
    room: f32,
    size: Option<f32>,
    (start, end): (LengthOrAuto, LengthOrAuto),
    area: AreaAt,
    base: f32,
) -> (f32, f32) {
    let px = |margin| match margin {
        LengthOrAuto::Auto => None,
        LengthOrAuto::Length(length) => Some(length.resolve(base)),
    };
    let (start, end) = (px(start), px(end));
    let Some(size) = size else {
        let (start, end) = (start.unwrap_or(0.0), end.unwrap_or(0.0));
        return (start, (room - start - end).max(0.0));
    };
    let start = match (start, end) {
        (None, None) => (room - size) / 2.0,
        (Some(start), None) => start,
        (Some(start), Some(_)) if area == AreaAt::Start => start,
        (_, Some(end)) => room - size - end,
    };
    (start, size)
}

/// What a box asks for along its side, px, margin box.
#[derive(Clone, Copy, Debug, Default)]
struct Ask {
    exists: bool,
    said: Option<f32>,
    min: f32,
    max: f32,
}

fn ask_across(made: &Made, base: f32) -> Ask {
    let style = &made.margin_box.style;
    let (margin, border, padding) = around(style, base);
    let edges = border.horizontal() + padding.horizontal();
    let said = match style.width {
        LengthOrAuto::Auto => None,
        LengthOrAuto::Length(length) => Some(match style.box_sizing {
            BoxSizing::ContentBox => length.resolve(base) + edges,
            BoxSizing::BorderBox => length.resolve(base).max(edges),
        }),
    };
    let margin = margin.horizontal();
    Ask {
        exists: true,
        said: said.map(|w| w + margin),
        min: made.shaped.min_content() + edges + margin,
        max: made.shaped.max_content() + edges + margin,
    }
}

/// Heights of the boxes beside the page's area: their text's at the width of the margin.
fn ask_along(made: &Made, strip: Rect) -> Ask {
    let style = &made.margin_box.style;
    let (margin, border, padding) = around(style, strip.width);
    let edges = border.vertical() + padding.vertical() + margin.vertical();
    let inside = border.horizontal() + padding.horizontal();
    let width = match (style.width, style.box_sizing) {
        (LengthOrAuto::Auto, _) => strip.width - margin.horizontal() - inside,
        (LengthOrAuto::Length(said), BoxSizing::ContentBox) => said.resolve(strip.width),
        (LengthOrAuto::Length(said), BoxSizing::BorderBox) => said.resolve(strip.width) - inside,
    };
    let text: f32 = made.shaped.break_lines(width.max(0.0)).lines.iter().map(|l| l.height).sum();
    let said = match style.height {
        LengthOrAuto::Auto => None,
        LengthOrAuto::Length(length) => Some(length.resolve(strip.height) + edges),
    };
    Ask { exists: true, said, min: text + edges, max: text + edges }
}

/// Extents of the three boxes of a side (CSS Paged Media 3 §5.3.2.3): the middle one against a box that
/// is twice the wider of its neighbours, so that it stays in the middle; then each neighbour in what is
/// left on its side.
fn extents(asks: [Ask; 3], available: f32) -> [f32; 3] {
    let [a, b, c] = asks;
    if !b.exists {
        let (first, second) = share(a, c, available);
        return [first, 0.0, second];
    }
    let double = |pick: fn(&Ask) -> f32| 2.0 * pick(&a).max(pick(&c));
    let both = Ask {
        exists: a.exists || c.exists,
        said: match (a.said, c.said) {
            (Some(a), Some(c)) => Some(2.0 * a.max(c)),
            _ => None,
        },
        min: double(|ask| ask.said.unwrap_or(ask.min)),
        max: double(|ask| ask.said.unwrap_or(ask.max)),
    };
    let (middle, _) = share(b, both, available);
    let side = |ask: Ask| match ask.exists {
        true => ask.said.unwrap_or((available - middle) / 2.0),
        false => 0.0,
    };
    [side(a), middle, side(c)]
}

/// Two boxes in a length (§5.3.2.4): room left over is shared by what they would like, room missing by
/// how much each can give.
fn share(a: Ask, b: Ask, available: f32) -> (f32, f32) {
    match (a.exists, b.exists) {
        (false, false) => return (0.0, 0.0),
        (true, false) => return (a.said.unwrap_or(available), 0.0),
        (false, true) => return (0.0, b.said.unwrap_or(available)),
        (true, true) => {}
    }
    match (a.said, b.said) {
        (Some(a), Some(b)) => return (a, b),
        (Some(a), None) => return (a, (available - a).max(0.0)),
        (None, Some(b)) => return ((available - b).max(0.0), b),
        (None, None) => {}
    }
    let by = |x: f32, y: f32, wx: f32, wy: f32| {
        let spare = available - x - y;
        let part = if wx + wy > 0.0 { wx / (wx + wy) } else { 0.5 };
        ((x + spare * part).max(0.0), (y + spare * (1.0 - part)).max(0.0))
    };
    if a.max + b.max <= available {
        by(a.max, b.max, a.max, b.max)
    } else if a.min + b.min <= available {
        by(a.min, b.min, a.max - a.min, b.max - b.min)
    } else {
        by(a.min, b.min, a.min, b.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(min: f32, max: f32) -> Ask {
        Ask { exists: true, said: None, min, max }
    }

    /// CSS Paged Media 3 §5.3.2, worked by hand for a side of 600 px.
    #[test]
    fn three_boxes_share_a_side() {
        let none = Ask::default();
        for (what, asks, expected) in [
            ("one alone takes all", [ask(50.0, 100.0), none, none], [600.0, 0.0, 0.0]),
            ("two by what they like", [ask(50.0, 100.0), none, ask(50.0, 200.0)], [200.0, 0.0, 400.0]),
            (
                "two that are too long",
                [ask(100.0, 500.0), none, ask(100.0, 300.0)],
                [100.0 + 400.0 * 400.0 / 600.0, 0.0, 100.0 + 400.0 * 200.0 / 600.0],
            ),
            (
                "the middle stays there",
                [ask(10.0, 50.0), ask(50.0, 100.0), ask(50.0, 100.0)],
                [200.0, 200.0, 200.0],
            ),
            (
                "a width that is said",
                [ask(10.0, 50.0), none, Ask { said: Some(150.0), ..ask(10.0, 50.0) }],
                [450.0, 0.0, 150.0],
            ),
        ] {
            let found = extents(asks, 600.0);
            let near = found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.01);
            assert!(near, "{what}: {found:?} {expected:?}");
        }
    }
}
