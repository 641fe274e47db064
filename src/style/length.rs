//! Lengths, percentages, angles and calculations of them (CSS Values 4 §5, §6, §10).

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::property::{Context, Specified};
use super::reader::{Reads, bounded, fail, here, misfit, word};
use super::values::{Bounds, LengthOrAuto, LengthPercentage, Linear};

/// A sum of an absolute length, multiples of two font sizes and a percentage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sum {
    px: f32,
    em: f32,
    rem: f32,
    percent: f32,
}

impl Sum {
    fn plus(self, other: Sum, sign: f32) -> Sum {
        Sum {
            px: self.px + sign * other.px,
            em: self.em + sign * other.em,
            rem: self.rem + sign * other.rem,
            percent: self.percent + sign * other.percent,
        }
    }

    fn parts(self) -> [f32; 4] {
        [self.px, self.em, self.rem, self.percent]
    }

    /// The smaller and the larger of two, where no font or box is needed to tell.
    fn sorted(self, other: Sum) -> Option<(Sum, Sum)> {
        let parts = self.plus(other, -1.0).parts();
        let known = parts.iter().all(|part| *part <= 0.0) || parts.iter().all(|part| *part >= 0.0);
        let less = parts.iter().any(|part| *part < 0.0);
        known.then_some(if less { (self, other) } else { (other, self) })
    }

    fn resolve(self, em: f32, rem: f32) -> Linear {
        Linear { px: self.px + self.em * em + self.rem * rem, percent: self.percent }
    }
}

/// Whatever `calc()`, `min()`, `max()` and `clamp()` can make of the units of the subset without knowing a
/// box: a sum between two others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Length {
    sum: Sum,
    /// What it comes to at most, and at least; the least wins.
    most: Option<Sum>,
    least: Option<Sum>,
    /// The least it may come to: a calculation is clamped, never refused (CSS Values 4 §10.12).
    floor: Option<f32>,
}

/// `min()` or `max()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extreme {
    Min,
    Max,
}

impl Length {
    /// 50 %.
    pub const HALF: Length = Length {
        sum: Sum { px: 0.0, em: 0.0, rem: 0.0, percent: 0.5 },
        most: None,
        least: None,
        floor: None,
    };

    fn of(sum: Sum) -> Length {
        Length { sum, ..Length::default() }
    }

    pub fn px(px: f32) -> Length {
        Length::of(Sum { px, ..Sum::default() })
    }

    pub fn percent(percent: f32) -> Length {
        Length::of(Sum { percent, ..Sum::default() })
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
            "em" => Length::of(Sum { em: value, ..Sum::default() }),
            "rem" => Length::of(Sum { rem: value, ..Sum::default() }),
            _ => return None,
        })
    }

    fn is_bounded(&self) -> bool {
        self.most.is_some() || self.least.is_some()
    }

    /// None for two that have bounds each.
    fn plus(self, other: Length, sign: f32) -> Option<Length> {
        let other = other.times(sign);
        let (bounded, plain) = match (self.is_bounded(), other.is_bounded()) {
            (true, true) => return None,
            (_, false) => (self, other),
            (false, true) => (other, self),
        };
        let shifted = |sum: Sum| sum.plus(plain.sum, 1.0);
        Some(Length {
            sum: shifted(bounded.sum),
            most: bounded.most.map(shifted),
            least: bounded.least.map(shifted),
            floor: None,
        })
    }

    fn times(self, factor: f32) -> Length {
        let scaled = |sum: Sum| Sum::default().plus(sum, factor);
        let (most, least) = (self.most.map(scaled), self.least.map(scaled));
        let (most, least) = if factor < 0.0 { (least, most) } else { (most, least) };
        Length { sum: scaled(self.sum), most, least, floor: None }
    }

    /// `min()` or `max()` of two; None where what it comes to is no sum between two others.
    fn extreme(self, other: Length, which: Extreme) -> Option<Length> {
        let (length, plain) = match (self.is_bounded(), other.is_bounded()) {
            (true, true) => return None,
            (_, false) => (self, other.sum),
            (false, true) => (other, self.sum),
        };
        let pick = |a: Sum, b: Sum| {
            let (less, more) = a.sorted(b)?;
            Some(if which == Extreme::Min { less } else { more })
        };
        // The sum itself takes the other in, unless a bound on the far side stands between them.
        let far = if which == Extreme::Min { length.least } else { length.most };
        if far.is_none()
            && let Some(sum) = pick(length.sum, plain)
        {
            return Some(Length { sum, ..length });
        }
        let bound = |known: Option<Sum>| match known {
            None => Some(plain),
            Some(known) => pick(known, plain),
        };
        match which {
            // The least wins, and may be no more than the new most.
            Extreme::Min => {
                let least = match length.least {
                    Some(least) => Some(pick(least, plain)?),
                    None => None,
                };
                Some(Length { most: Some(bound(length.most)?), least, ..length })
            }
            Extreme::Max => Some(Length { least: Some(bound(length.least)?), ..length }),
        }
    }

    fn is_negative(self) -> bool {
        self.sum.parts().iter().any(|part| *part < 0.0)
    }

    /// Whether it is a percentage and nothing else.
    fn as_percent(self) -> Option<f32> {
        (self == Length::percent(self.sum.percent)).then_some(self.sum.percent)
    }

    /// Whether it depends on the size of a box.
    fn is_relative(self) -> bool {
        let sums = [Some(self.sum), self.most, self.least];
        sums.into_iter().flatten().any(|sum| sum.percent != 0.0)
    }

    /// Its value where an em is `em` px and a rem `rem` px.
    pub fn resolve(&self, em: f32, rem: f32) -> LengthPercentage {
        let resolve = |sum: Sum| sum.resolve(em, rem);
        let Linear { px, percent } = resolve(self.sum);
        let bounds = Bounds { most: self.most.map(resolve), least: self.least.map(resolve) };
        let at_least = |value: f32| self.floor.map_or(value, |floor| value.max(floor));
        let value = LengthPercentage { px, percent, bounds };
        if !value.is_relative() {
            LengthPercentage::px(at_least(value.resolve(0.0)))
        } else if px == 0.0 && !self.is_bounded() {
            LengthPercentage { percent: at_least(percent), ..value }
        } else {
            value
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
    if length.is_relative() || input.slice_from(start).ends_with('%') {
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
        Numeric::Length(length) => length.as_percent().map_or_else(misfit, Ok),
    }
}

/// `<percentage>` alone.
pub(super) fn percentage(input: &mut Parser<'_>) -> Reads<f32> {
    match numeric(input)?.0 {
        Numeric::Length(length) => length.as_percent().map_or_else(misfit, Ok),
        Numeric::Number(_) => misfit(),
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

/// One number, percentage, length or calculation; says too whether it was calculated.
fn numeric(input: &mut Parser<'_>) -> Reads<(Numeric, bool)> {
    let start = here(input);
    let value = match input.next()?.clone() {
        Token::Function(name) => {
            let value = function(input, &name)?;
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
        Numeric::Length(Length { sum, most, least, .. }) => {
            for part in [Some(sum), most, least].into_iter().flatten().flat_map(Sum::parts) {
                bounded(input, start, part)?;
            }
        }
    }
    Ok(value)
}

const UNEQUAL: &str = "min(), max() and clamp() take numbers, or lengths";
const TOO_MANY: &str = "only the box can tell which of these lengths it is: write clamp() of three, \
     or a sum with one min(), max() or clamp() in it";

/// `calc()`, `min()`, `max()` or `clamp()` (CSS Values 4 §10.1, §10.2).
fn function(input: &mut Parser<'_>, name: &str) -> Reads<Numeric> {
    let start = input.position();
    match_ignore_ascii_case! { name,
        "calc" => input.parse_nested_block(sum),
        "min" => extreme(input, Extreme::Min),
        "max" => extreme(input, Extreme::Max),
        "clamp" => {
            let of = input.parse_nested_block(|input| input.parse_comma_separated(sum))?;
            let [least, value, most] = of[..] else {
                return fail(input, start, "clamp() takes three values: the least, the value, the most");
            };
            let value = either(input, start, (value, most), Extreme::Min)?;
            either(input, start, (value, least), Extreme::Max)
        },
        _ => misfit(),
    }
}

fn extreme(input: &mut Parser<'_>, which: Extreme) -> Reads<Numeric> {
    let start = input.position();
    let of = input.parse_nested_block(|input| input.parse_comma_separated(sum))?;
    let Some((first, rest)) = of.split_first() else { return misfit() };
    rest.iter().try_fold(*first, |value, next| either(input, start, (value, *next), which))
}

fn either(
    input: &Parser<'_>,
    start: cssparser::SourcePosition,
    (a, b): (Numeric, Numeric),
    which: Extreme,
) -> Reads<Numeric> {
    match (a, b, which) {
        (Numeric::Number(a), Numeric::Number(b), Extreme::Min) => Ok(Numeric::Number(a.min(b))),
        (Numeric::Number(a), Numeric::Number(b), Extreme::Max) => Ok(Numeric::Number(a.max(b))),
        (Numeric::Length(a), Numeric::Length(b), which) => match a.extreme(b, which) {
            Some(length) => Ok(Numeric::Length(length)),
            None => fail(input, start, TOO_MANY),
        },
        _ => fail(input, start, UNEQUAL),
    }
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
            (Numeric::Length(a), Numeric::Length(b)) => match a.plus(b, sign) {
                Some(length) => Numeric::Length(length),
                None => return fail(input, start, TOO_MANY),
            },
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
        Token::Function(name) => function(input, &name),
        token => literal(&token).map_or_else(misfit, Ok),
    }
}
