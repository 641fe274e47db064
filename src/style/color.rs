//! Colours (CSS Color 4 §4–7, `color-mix()` of CSS Color 5 §3 in srgb).

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::length::{angle, number_or_percentage, percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, misfit};
use super::values::Color;

/// A colour as written: `currentcolor` is known only once the element's own colour is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ColorValue {
    Rgba(Color),
    Current,
    Mix { parts: Box<[ColorValue; 2]>, weights: [f32; 2] },
}

impl Specified for ColorValue {
    type Computed = Color;
    fn compute(&self, context: &Context<'_>) -> Color {
        self.resolve(context.color)
    }
}

impl ColorValue {
    pub fn resolve(&self, current: Color) -> Color {
        match self {
            ColorValue::Rgba(color) => *color,
            ColorValue::Current => current,
            ColorValue::Mix { parts, weights } => {
                parts[0].resolve(current).mixed(parts[1].resolve(current), *weights)
            }
        }
    }
}

/// `<color>`.
pub(super) fn color(input: &mut Parser<'_>) -> Reads<ColorValue> {
    let start = here(input);
    match input.next()?.clone() {
        Token::Hash(digits) | Token::IDHash(digits) => match parse_hash_color(digits.as_bytes()) {
            Ok((r, g, b, a)) => Ok(ColorValue::Rgba(Color { r, g, b, a })),
            Err(()) => fail(
                input,
                start,
                format!("#{digits} is not a colour: expected 3, 4, 6 or 8 hexadecimal digits"),
            ),
        },
        Token::Ident(name) => match_ignore_ascii_case! { &name,
            "currentcolor" => Ok(ColorValue::Current),
            "transparent" => Ok(ColorValue::Rgba(Color::TRANSPARENT)),
            _ => match parse_named_color(&name) {
                Ok((r, g, b)) => Ok(ColorValue::Rgba(Color { r, g, b, a: 1.0 })),
                Err(()) => misfit(),
            },
        },
        Token::Function(name) => match_ignore_ascii_case! { &name,
            "rgb" | "rgba" => input.parse_nested_block(rgb).map(ColorValue::Rgba),
            "hsl" | "hsla" => input.parse_nested_block(hsl).map(ColorValue::Rgba),
            "color-mix" => input.parse_nested_block(color_mix),
            _ => misfit(),
        },
        _ => misfit(),
    }
}

/// Whether the three components are parted by commas (the legacy syntax) or by spaces.
#[derive(Clone, Copy, PartialEq)]
enum Parted {
    ByCommas,
    BySpaces,
}

impl Parted {
    fn first(input: &mut Parser<'_>) -> Parted {
        match input.try_parse(Parser::expect_comma) {
            Ok(()) => Parted::ByCommas,
            Err(_) => Parted::BySpaces,
        }
    }

    fn between(self, input: &mut Parser<'_>) -> Reads<()> {
        if self == Parted::ByCommas {
            input.expect_comma()?;
        }
        Ok(())
    }

    /// The alpha value, 1 where there is none.
    fn alpha(self, input: &mut Parser<'_>) -> Reads<f32> {
        if input.is_exhausted() {
            return Ok(1.0);
        }
        match self {
            Parted::ByCommas => input.expect_comma()?,
            Parted::BySpaces => input.expect_delim('/')?,
        }
        Ok(number_or_percentage(input)?.clamp(0.0, 1.0))
    }
}

fn rgb(input: &mut Parser<'_>) -> Reads<Color> {
    let r = channel(input)?;
    let parted = Parted::first(input);
    let g = channel(input)?;
    parted.between(input)?;
    let b = channel(input)?;
    Ok(Color { r, g, b, a: parted.alpha(input)? })
}

/// 0–255, or a percentage of 255.
fn channel(input: &mut Parser<'_>) -> Reads<u8> {
    let value = match input.try_parse(percentage) {
        Ok(part) => part * 255.0,
        Err(_) => super::length::number(input, super::length::Sign::Any)?,
    };
    Ok(to_byte(value))
}

fn hsl(input: &mut Parser<'_>) -> Reads<Color> {
    let hue = match input.try_parse(angle) {
        Ok(degrees) => degrees,
        Err(_) => super::length::number(input, super::length::Sign::Any)?,
    };
    let parted = Parted::first(input);
    let saturation = percentage(input)?.clamp(0.0, 1.0);
    parted.between(input)?;
    let lightness = percentage(input)?.clamp(0.0, 1.0);
    let a = parted.alpha(input)?;
    // CSS Color 4 §7.1.
    let channel = |n: f32| {
        let k = (n + hue.rem_euclid(360.0) / 30.0) % 12.0;
        let reach = saturation * lightness.min(1.0 - lightness);
        to_byte((lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0)
    };
    Ok(Color { r: channel(0.0), g: channel(8.0), b: channel(4.0), a })
}

fn to_byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// `color-mix(in srgb, <color> <percentage>?, <color> <percentage>?)`.
fn color_mix(input: &mut Parser<'_>) -> Reads<ColorValue> {
    let start = here(input);
    input.expect_ident_matching("in")?;
    let space = input.expect_ident_cloned()?;
    if !space.eq_ignore_ascii_case("srgb") {
        return fail(input, start, format!("colours are mixed `in srgb`, not in `{space}`"));
    }
    input.expect_comma()?;
    let (first, p1) = mix_part(input)?;
    input.expect_comma()?;
    let (second, p2) = mix_part(input)?;
    // CSS Color 5 §3.1: a missing percentage is what the other leaves of 100 %.
    let (p1, p2) = match (p1, p2) {
        (None, None) => (0.5, 0.5),
        (Some(p1), None) => (p1, 1.0 - p1),
        (None, Some(p2)) => (1.0 - p2, p2),
        (Some(p1), Some(p2)) => (p1, p2),
    };
    if p1 + p2 <= 0.0 {
        return fail(input, start, "both percentages are 0");
    }
    Ok(ColorValue::Mix { parts: Box::new([first, second]), weights: [p1, p2] })
}

fn mix_part(input: &mut Parser<'_>) -> Reads<(ColorValue, Option<f32>)> {
    let before = input.try_parse(mix_percentage).ok();
    let color = color(input)?;
    let share = before.or_else(|| input.try_parse(mix_percentage).ok());
    Ok((color, share))
}

fn mix_percentage(input: &mut Parser<'_>) -> Reads<f32> {
    let start = here(input);
    let share = percentage(input)?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        fail(input, start, "a share of a mix lies between 0% and 100%")
    }
}
