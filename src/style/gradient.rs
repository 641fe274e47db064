//! Gradients (CSS Images 3 §3).

use cssparser::{Parser, match_ignore_ascii_case};

use super::background::{PositionValue, position};
use super::color::{ColorValue, color};
use super::length::{Absolute, Length, Sign, absolute, angle, length_percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, keyword, misfit, word};
use super::values::{BoxPosition, ColorStop, Corner, Ending, Extent, Gradient, GradientShape};

#[derive(Clone, Debug)]
pub(super) struct GradientValue {
    shape: Shape,
    repeating: bool,
    stops: Vec<Stop>,
}

#[derive(Clone, Debug)]
enum Shape {
    Angle(f32),
    Corner(Corner),
    Radial(Box<Radial>),
}

#[derive(Clone, Copy, Debug)]
struct Radial {
    ending: EndingValue,
    center: Option<PositionValue>,
}

#[derive(Clone, Copy, Debug)]
enum EndingValue {
    Circle(Extent),
    Ellipse(Extent),
    Radius(Absolute),
    Radii(Length, Length),
}

#[derive(Clone, Debug)]
struct Stop {
    color: ColorValue,
    at: Option<Length>,
}

impl Specified for GradientValue {
    type Computed = Gradient;
    fn compute(&self, context: &Context<'_>) -> Gradient {
        let shape = match &self.shape {
            Shape::Angle(degrees) => GradientShape::Angle(*degrees),
            Shape::Corner(corner) => GradientShape::Corner(*corner),
            Shape::Radial(radial) => GradientShape::Radial {
                ending: match radial.ending {
                    EndingValue::Circle(extent) => Ending::Circle(extent),
                    EndingValue::Ellipse(extent) => Ending::Ellipse(extent),
                    EndingValue::Radius(radius) => Ending::Radius(radius.compute(context)),
                    EndingValue::Radii(x, y) => Ending::Radii(x.compute(context), y.compute(context)),
                },
                center: radial.center.map_or(BoxPosition::CENTER, |center| center.compute(context)),
            },
        };
        let stop = |stop: &Stop| ColorStop {
            at: stop.at.map(|at| at.compute(context)),
            color: stop.color.compute(context),
        };
        Gradient { shape, repeating: self.repeating, stops: self.stops.iter().map(stop).collect() }
    }
}

/// `linear-gradient(…)` or `radial-gradient(…)`, or either with `repeating-` before it.
pub(super) fn gradient(input: &mut Parser<'_>) -> Reads<GradientValue> {
    let name = input.expect_function()?.to_ascii_lowercase();
    let (repeating, name) = match name.strip_prefix("repeating-") {
        Some(name) => (true, name),
        None => (false, &*name),
    };
    let (shape, stops) = match name {
        "linear-gradient" => input.parse_nested_block(linear)?,
        "radial-gradient" => input.parse_nested_block(radial)?,
        _ => return misfit(),
    };
    Ok(GradientValue { shape, repeating, stops })
}

/// `[ <angle> | to <side-or-corner> ]?, <color-stop>#` (§3.1).
fn linear(input: &mut Parser<'_>) -> Reads<(Shape, Vec<Stop>)> {
    let start = here(input);
    let mut shape = Shape::Angle(180.0);
    if word(input, "to") {
        shape = towards(input)?;
        input.expect_comma()?;
    } else if let Ok(degrees) = input.try_parse(angle) {
        shape = Shape::Angle(degrees);
        input.expect_comma()?;
    }
    Ok((shape, stops(input, start)?))
}

fn towards(input: &mut Parser<'_>) -> Reads<Shape> {
    let (mut across, mut down) = (None, None);
    while let Ok(side) = input.try_parse(Parser::expect_ident_cloned) {
        match_ignore_ascii_case! { &side,
            "top" if down.is_none() => down = Some("top"),
            "bottom" if down.is_none() => down = Some("bottom"),
            "left" if across.is_none() => across = Some("left"),
            "right" if across.is_none() => across = Some("right"),
            _ => return misfit(),
        }
    }
    Ok(match (down, across) {
        (Some("top"), None) => Shape::Angle(0.0),
        (None, Some("right")) => Shape::Angle(90.0),
        (Some(_), None) => Shape::Angle(180.0),
        (None, Some(_)) => Shape::Angle(270.0),
        (Some("top"), Some("left")) => Shape::Corner(Corner::TopLeft),
        (Some("top"), Some(_)) => Shape::Corner(Corner::TopRight),
        (Some(_), Some("right")) => Shape::Corner(Corner::BottomRight),
        (Some(_), Some(_)) => Shape::Corner(Corner::BottomLeft),
        (None, None) => return misfit(),
    })
}

/// `[ [ circle | ellipse ] || <radial-size> ]? [ at <position> ]?, <color-stop>#` (§3.2).
fn radial(input: &mut Parser<'_>) -> Reads<(Shape, Vec<Stop>)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Circle,
        Ellipse,
    }
    fn kind(input: &mut Parser<'_>) -> Reads<Kind> {
        let word = input.expect_ident()?;
        Ok(match_ignore_ascii_case! { word,
            "circle" => Kind::Circle,
            "ellipse" => Kind::Ellipse,
            _ => return misfit(),
        })
    }
    #[derive(Clone, Copy)]
    enum Size {
        Extent(Extent),
        One(Absolute),
        Two(Length, Length),
    }
    fn size(input: &mut Parser<'_>) -> Reads<Size> {
        if let Ok(extent) = input.try_parse(keyword::<Extent>) {
            return Ok(Size::Extent(extent));
        }
        let two = input.try_parse(|input| -> Reads<Size> {
            let x = length_percentage(input, Sign::NotNegative)?;
            Ok(Size::Two(x, length_percentage(input, Sign::NotNegative)?))
        });
        two.or_else(|_| absolute(input, Sign::NotNegative).map(Size::One))
    }
    let start = here(input);
    let mut said = input.try_parse(kind).ok();
    let measured = input.try_parse(size).ok();
    if said.is_none() && measured.is_some() {
        said = input.try_parse(kind).ok();
    }
    let ending = match (said, measured) {
        (Some(Kind::Circle), None) => EndingValue::Circle(Extent::default()),
        (_, None) => EndingValue::Ellipse(Extent::default()),
        (Some(Kind::Circle), Some(Size::Extent(extent))) => EndingValue::Circle(extent),
        (_, Some(Size::Extent(extent))) => EndingValue::Ellipse(extent),
        (Some(Kind::Circle) | None, Some(Size::One(radius))) => EndingValue::Radius(radius),
        (Some(Kind::Ellipse) | None, Some(Size::Two(x, y))) => EndingValue::Radii(x, y),
        (Some(Kind::Circle), Some(Size::Two(..))) => {
            return fail(input, start, "a circle has one radius, and that in a length");
        }
        (Some(Kind::Ellipse), Some(Size::One(_))) => {
            return fail(input, start, "an ellipse has two radii");
        }
    };
    let center = if word(input, "at") { Some(position(input)?) } else { None };
    if said.is_some() || measured.is_some() || center.is_some() {
        input.expect_comma()?;
    }
    Ok((Shape::Radial(Box::new(Radial { ending, center })), stops(input, start)?))
}

/// `[ <color> <length-percentage>{0,2} ]#`, two colours at least.
fn stops(input: &mut Parser<'_>, start: cssparser::SourcePosition) -> Reads<Vec<Stop>> {
    let mut stops = vec![];
    input.parse_comma_separated(|input| -> Reads<()> {
        let color = color(input)?;
        let mut at = match input.is_exhausted() {
            true => None,
            false => Some(length_percentage(input, Sign::Any)?),
        };
        stops.push(Stop { color: color.clone(), at });
        if at.is_some() && !input.is_exhausted() {
            at = Some(length_percentage(input, Sign::Any)?);
            stops.push(Stop { color, at });
        }
        Ok(())
    })?;
    match stops.len() {
        0 | 1 => fail(input, start, "a gradient needs two colours or more"),
        _ => Ok(stops),
    }
}
