//! Lengths, percentages, angles and `calc()` (CSS Values 4 §5, §6, §10).

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::property::{Context, Specified};
use super::reader::{Reads, bounded, fail, here, misfit, word};
use super::values::{LengthOrAuto, LengthPercentage};

/// A sum of an absolute length, multiples of two font sizes and a percentage: whatever `calc()` can
/// make of the units of the subset without knowing a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Length {
    px: f32,
    em: f32,
    rem: f32,
    percent: f32,
    /// The least it may come to: `calc()` is clamped, never refused (CSS Values 4 §10.12).
    floor: Option<f32>,
}

impl Length {
    /// 50 %.
    pub const HALF: Length = Length { px: 0.0, em: 0.0, rem: 0.0, percent: 0.5, floor: None };

    pub fn px(px: f32) -> Length {
        Length { px, ..Length::default() }
    }

    pub fn percent(percent: f32) -> Length {
        Length { percent, ..Length::default() }
    }

    /// `value` of a unit; None for a unit outside the subset.
    fn of_unit(value: f32, unit: &str) -> Option<Length> {
        Some(match_ignore_ascii_case! { unit,
            "px" => Length::px(value),
            "pt" => Length::px(value * 96.0 / 72.0),
            "pc" => Length::px(value * 16.0),
            "in" => Length::px(value * 96.0),
            "cm" => Length::px(value * 96.0 / 2.54),
            "mm" => Length::px(value * 96.0 / 25.4),
            "em" => Length { em: value, ..Length::default() },
            "rem" => Length { rem: value, ..Length::default() },
            _ => return None,
        })
    }

    fn plus(self, other: Length, sign: f32) -> Length {
        Length {
            px: self.px + sign * other.px,
            em: self.em + sign * other.em,
            rem: self.rem + sign * other.rem,
            percent: self.percent + sign * other.percent,
            floor: None,
        }
    }

    fn times(self, factor: f32) -> Length {
        Length::default().plus(self, factor)
    }

    fn is_negative(self) -> bool {
        self.px < 0.0 || self.em < 0.0 || self.rem < 0.0 || self.percent < 0.0
    }

    /// Its value where an em is `em` px and a rem `rem` px.
    pub fn resolve(&self, em: f32, rem: f32) -> LengthPercentage {
        let px = self.px + self.em * em + self.rem * rem;
        let at_least = |value: f32| self.floor.map_or(value, |floor| value.max(floor));
        if self.percent == 0.0 {
            LengthPercentage::px(at_least(px))
        } else {
            let percent = if px == 0.0 { at_least(self.percent) } else { self.percent };
            LengthPercentage { px, percent }
        }
    }
}

impl Specified for Length {
    type Computed = LengthPercentage;
    fn compute(&self, context: &Context<'_>) -> LengthPercentage {
        self.resolve(context.em, context.rem)
    }
}

/// A length that is never a percentage, so that its computed value is px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Absolute(pub Length);

impl Specified for Absolute {
    type Computed = f32;
    fn compute(&self, context: &Context<'_>) -> f32 {
        self.0.compute(context).px
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Auto {
    Auto,
    Length(Length),
}

impl Specified for Auto {
    type Computed = LengthOrAuto;
    fn compute(&self, context: &Context<'_>) -> LengthOrAuto {
        match self {
            Auto::Auto => LengthOrAuto::Auto,
            Auto::Length(length) => LengthOrAuto::Length(length.compute(context)),
        }
    }
}

/// Whether a value may be less than 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Any,
    NotNegative,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Numeric {
    Number(f32),
    Length(Length),
}

/// `<length> | <percentage>`, or a calculation of them.
pub(super) fn length_percentage(input: &mut Parser<'_>, sign: Sign) -> Reads<Length> {
    let start = here(input);
    let (value, calculated) = numeric(input)?;
    let length = match value {
        Numeric::Length(length) => length,
        Numeric::Number(0.0) if !calculated => Length::default(),
        Numeric::Number(number) if calculated => {
            return fail(input, start, format!("the calculation gives {number}, not a length"));
        }
        Numeric::Number(number) if number < 0.0 && sign == Sign::NotNegative => {
            return fail(input, start, format!("{number} is negative: expected 0 or more"));
        }
        Numeric::Number(number) => {
            return fail(
                input,
                start,
                format!("{number} has no unit: a length needs one, as in {number}mm"),
            );
        }
    };
    match sign {
        Sign::Any => Ok(length),
        Sign::NotNegative if calculated => Ok(Length { floor: Some(0.0), ..length }),
        Sign::NotNegative if length.is_negative() => {
            let found = input.slice_from(start).to_owned();
            fail(input, start, format!("{found} is negative: expected 0 or more"))
        }
        Sign::NotNegative => Ok(length),
    }
}

/// `<length>` without percentages.
pub(super) fn absolute(input: &mut Parser<'_>, sign: Sign) -> Reads<Absolute> {
    let start = here(input);
    let length = length_percentage(input, sign)?;
    if length.percent != 0.0 || input.slice_from(start).ends_with('%') {
        return fail(input, start, "a percentage is not supported here: expected a length");
    }
    Ok(Absolute(length))
}

/// `auto | <length> | <percentage>`; `auto` may be spelled otherwise (`none`).
pub(super) fn length_or(input: &mut Parser<'_>, auto: &str, sign: Sign) -> Reads<Auto> {
    if word(input, auto) {
        return Ok(Auto::Auto);
    }
    Ok(Auto::Length(length_percentage(input, sign)?))
}

/// `<number>`, or a calculation that gives one.
pub(super) fn number(input: &mut Parser<'_>, sign: Sign) -> Reads<f32> {
    let start = here(input);
    match numeric(input)? {
        (Numeric::Number(value), calculated) => match sign {
            Sign::NotNegative if value < 0.0 && calculated => Ok(0.0),
            Sign::NotNegative if value < 0.0 => {
                fail(input, start, format!("{value} is negative: expected 0 or more"))
            }
            _ => Ok(value),
        },
        _ => misfit(),
    }
}

/// `<number> | <percentage>`, 100 % being 1.
pub(super) fn number_or_percentage(input: &mut Parser<'_>) -> Reads<f32> {
    match numeric(input)?.0 {
        Numeric::Number(value) => Ok(value),
        Numeric::Length(length) if length == Length::percent(length.percent) => Ok(length.percent),
        Numeric::Length(_) => misfit(),
    }
}

/// `<percentage>` alone.
pub(super) fn percentage(input: &mut Parser<'_>) -> Reads<f32> {
    match numeric(input)?.0 {
        Numeric::Length(length) if length == Length::percent(length.percent) => Ok(length.percent),
        _ => misfit(),
    }
}

/// `<angle>` in degrees; a bare 0 too.
pub(super) fn angle(input: &mut Parser<'_>) -> Reads<f32> {
    let start = here(input);
    let degrees = match input.next()? {
        Token::Number { value, .. } if *value == 0.0 => 0.0,
        Token::Dimension { value, unit, .. } => match_ignore_ascii_case! { unit,
            "deg" => *value,
            "grad" => *value * 0.9,
            "rad" => value.to_degrees(),
            "turn" => *value * 360.0,
            _ => return misfit(),
        },
        _ => return misfit(),
    };
    bounded(input, start, degrees)
}

/// One number, percentage, length or `calc()`; says too whether it was calculated.
fn numeric(input: &mut Parser<'_>) -> Reads<(Numeric, bool)> {
    let start = here(input);
    let value = match input.next()?.clone() {
        Token::Function(name) if name.eq_ignore_ascii_case("calc") => {
            let value = input.parse_nested_block(sum)?;
            return Ok((finite(input, start, value)?, true));
        }
        token => literal(&token),
    };
    match value {
        Some(value) => Ok((finite(input, start, value)?, false)),
        None => misfit(),
    }
}

fn literal(token: &Token<'_>) -> Option<Numeric> {
    match token {
        Token::Number { value, .. } => Some(Numeric::Number(*value)),
        Token::Percentage { unit_value, .. } => Some(Numeric::Length(Length::percent(*unit_value))),
        Token::Dimension { value, unit, .. } => Length::of_unit(*value, unit).map(Numeric::Length),
        _ => None,
    }
}

fn finite(input: &Parser<'_>, start: cssparser::SourcePosition, value: Numeric) -> Reads<Numeric> {
    match value {
        Numeric::Number(n) => {
            bounded(input, start, n)?;
        }
        Numeric::Length(Length { px, em, rem, percent, .. }) => {
            for part in [px, em, rem, percent] {
                bounded(input, start, part)?;
            }
        }
    }
    Ok(value)
}

const UNSPACED: &str = "`+` and `-` need a space on both sides in calc()";

/// `<calc-sum>`: products joined by + and −, which need white space around them.
fn sum(input: &mut Parser<'_>) -> Reads<Numeric> {
    let start = here(input);
    let mut total = product(input)?;
    loop {
        let before = input.state();
        let spaced = input.try_parse(Parser::expect_whitespace).is_ok();
        let sign = match input.next() {
            Err(_) => return Ok(total),
            Ok(Token::Delim('+')) => 1.0,
            Ok(Token::Delim('-')) => -1.0,
            Ok(
                Token::Number { has_sign: true, .. }
                | Token::Percentage { has_sign: true, .. }
                | Token::Dimension { has_sign: true, .. },
            ) => return fail(input, start, UNSPACED),
            Ok(_) => {
                input.reset(&before);
                return misfit();
            }
        };
        if !spaced || input.try_parse(Parser::expect_whitespace).is_err() {
            return fail(input, start, UNSPACED);
        }
        total = match (total, product(input)?) {
            (Numeric::Number(a), Numeric::Number(b)) => Numeric::Number(a + sign * b),
            (Numeric::Length(a), Numeric::Length(b)) => Numeric::Length(a.plus(b, sign)),
            _ => return fail(input, start, "a number cannot be added to a length"),
        };
    }
}

/// `<calc-product>`: at most one factor is a length, and a divisor is a number other than 0.
fn product(input: &mut Parser<'_>) -> Reads<Numeric> {
    let start = here(input);
    let mut total = factor(input)?;
    loop {
        let before = input.state();
        match input.next() {
            Ok(Token::Delim('*')) => {
                total = match (total, factor(input)?) {
                    (Numeric::Number(a), Numeric::Number(b)) => Numeric::Number(a * b),
                    (Numeric::Length(a), Numeric::Number(b))
                    | (Numeric::Number(b), Numeric::Length(a)) => Numeric::Length(a.times(b)),
                    _ => return fail(input, start, "two lengths cannot be multiplied"),
                };
            }
            Ok(Token::Delim('/')) => {
                total = match (total, factor(input)?) {
                    (_, Numeric::Number(0.0)) => return fail(input, start, "division by 0"),
                    (Numeric::Number(a), Numeric::Number(b)) => Numeric::Number(a / b),
                    (Numeric::Length(a), Numeric::Number(b)) => Numeric::Length(a.times(1.0 / b)),
                    _ => return fail(input, start, "a length cannot be a divisor"),
                };
            }
            _ => {
                input.reset(&before);
                return Ok(total);
            }
        }
    }
}

fn factor(input: &mut Parser<'_>) -> Reads<Numeric> {
    match input.next()?.clone() {
        Token::ParenthesisBlock => input.parse_nested_block(sum),
        Token::Function(name) if name.eq_ignore_ascii_case("calc") => input.parse_nested_block(sum),
        token => literal(&token).map_or_else(misfit, Ok),
    }
}
