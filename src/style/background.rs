//! Background images and page sizes: values with an inner order of their own.

use cssparser::{Parser, match_ignore_ascii_case};

use super::color::{ColorValue, color};
use super::length::{Absolute, Sign, absolute, angle, number, percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, misfit, word};
use super::values::{BackgroundImage, Color, LengthOrAuto, LengthPercentage, LinearGradient};

#[derive(Clone, Debug)]
pub(super) enum ImageValue {
    None,
    Linear { angle: f32, stops: Vec<Stop> },
}

#[derive(Clone, Debug)]
pub(super) struct Stop {
    color: ColorValue,
    at: Option<f32>,
}

impl Specified for ImageValue {
    type Computed = BackgroundImage;
    fn compute(&self, context: &Context<'_>) -> BackgroundImage {
        match self {
            ImageValue::None => BackgroundImage::None,
            ImageValue::Linear { angle, stops } => {
                let stops = stops.iter().map(|s| (s.at, s.color.compute(context))).collect();
                BackgroundImage::Linear(LinearGradient { angle: *angle, stops: fix_up(stops) })
            }
        }
    }
}

/// `none | <linear-gradient()>`.
pub(super) fn image(input: &mut Parser<'_>) -> Reads<ImageValue> {
    if word(input, "none") {
        return Ok(ImageValue::None);
    }
    input.expect_function_matching("linear-gradient")?;
    input.parse_nested_block(linear_gradient)
}

/// `[ <angle> | to <side> ]?, <color-stop>#` (CSS Images 3 §3.1).
fn linear_gradient(input: &mut Parser<'_>) -> Reads<ImageValue> {
    let start = here(input);
    let mut degrees = 180.0;
    if word(input, "to") {
        let side = input.expect_ident()?;
        degrees = match_ignore_ascii_case! { side,
            "top" => 0.0,
            "right" => 90.0,
            "bottom" => 180.0,
            "left" => 270.0,
            _ => return misfit(),
        };
        if input.expect_comma().is_err() {
            return fail(
                input,
                start,
                "a gradient to a corner is not supported: expected a side or an angle",
            );
        }
    } else if let Ok(written) = input.try_parse(angle) {
        degrees = written;
        input.expect_comma()?;
    }
    let mut stops = vec![];
    input.parse_comma_separated(|input| -> Reads<()> {
        let color = color(input)?;
        let mut at = input.try_parse(position).ok();
        stops.push(Stop { color: color.clone(), at });
        if at.is_some() && !input.is_exhausted() {
            at = Some(position(input)?);
            stops.push(Stop { color, at });
        }
        Ok(())
    })?;
    if stops.len() < 2 {
        return fail(input, start, "a gradient needs two colours or more");
    }
    Ok(ImageValue::Linear { angle: degrees, stops })
}

/// A percentage of the gradient line; 0 needs no unit.
fn position(input: &mut Parser<'_>) -> Reads<f32> {
    match input.try_parse(percentage) {
        Ok(at) => Ok(at),
        Err(_) if number(input, Sign::Any)? == 0.0 => Ok(0.0),
        Err(_) => misfit(),
    }
}

/// Colour stop fix-up (CSS Images 3 §3.4.3), then cut to 0–1: stops before and after are replaced by
/// the colour that the gradient has there.
fn fix_up(stops: Vec<(Option<f32>, Color)>) -> Vec<(f32, Color)> {
    let last = stops.len().saturating_sub(1);
    let mut known: Vec<Option<f32>> = stops.iter().map(|(at, _)| *at).collect();
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
    for (i, (_, color)) in stops.iter().enumerate() {
        let at = known[i].unwrap_or_else(|| {
            // The first and last are known, so each gap has a known stop on both sides.
            let before = (0..i).rev().find(|&j| known[j].is_some()).unwrap_or(0);
            let after = (i..=last).find(|&j| known[j].is_some()).unwrap_or(last);
            let (from, to) = (known[before].unwrap_or(0.0), known[after].unwrap_or(1.0));
            from + (to - from) * (i - before) as f32 / (after - before) as f32
        });
        fixed.push((at, *color));
    }
    let (start, end) = (color_at(&fixed, 0.0), color_at(&fixed, 1.0));
    fixed.retain(|(at, _)| (0.0..=1.0).contains(at));
    if fixed.first().is_none_or(|(at, _)| *at > 0.0) {
        fixed.insert(0, (0.0, start));
    }
    if fixed.last().is_none_or(|(at, _)| *at < 1.0) {
        fixed.push((1.0, end));
    }
    fixed
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
    super::color::mix(a.1, b.1, [1.0 - t, t])
}

/// The `size` of a page (CSS Paged Media 3 §7.1).
#[derive(Clone, Debug)]
pub(super) struct PageSize {
    width: Absolute,
    height: Absolute,
}

impl PageSize {
    pub fn compute(&self, context: &Context<'_>) -> [LengthOrAuto; 2] {
        [&self.width, &self.height].map(|length| {
            // A page narrower than a pixel could hold nothing.
            LengthOrAuto::Length(LengthPercentage::px(length.compute(context).max(1.0)))
        })
    }
}

/// Millimetres, upright.
const NAMED_SIZES: [(&str, f32, f32); 7] = [
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b4", 250.0, 353.0),
    ("b5", 176.0, 250.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
];
pub(super) const PAGE_SIZE_GRAMMAR: &str = "<length>{1,2} | [ a3 | a4 | a5 | b4 | b5 | letter | legal ] || \
     [ portrait | landscape ]";

pub(super) fn page_size(input: &mut Parser<'_>) -> Reads<PageSize> {
    let mm = |mm: f32| Absolute(super::length::Length::px(mm * 96.0 / 25.4));
    let mut named = None;
    let mut turned = None;
    let start = here(input);
    while let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        let size = NAMED_SIZES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&name));
        match_ignore_ascii_case! { &name,
            "portrait" if turned.is_none() => turned = Some(false),
            "landscape" if turned.is_none() => turned = Some(true),
            _ => match size {
                Some((_, width, height)) if named.is_none() => named = Some((*width, *height)),
                _ => return misfit(),
            },
        }
    }
    if named.is_some() || turned.is_some() {
        let (width, height) = named.unwrap_or((210.0, 297.0));
        return Ok(match turned {
            Some(true) => PageSize { width: mm(height), height: mm(width) },
            _ => PageSize { width: mm(width), height: mm(height) },
        });
    }
    let width = absolute(input, Sign::NotNegative)?;
    let height = if input.is_exhausted() { width } else { absolute(input, Sign::NotNegative)? };
    if [width, height].iter().any(|side| side.0 == super::length::Length::default()) {
        return fail(input, start, "a page needs a width and a height above 0");
    }
    Ok(PageSize { width, height })
}
