//! Fonts, lines and decoration (CSS Fonts 4, CSS Text 4, CSS Text Decoration 3).

use std::sync::Arc;

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::length::{Absolute, Length, Sign, absolute, length_percentage, number};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, misfit, word};
use super::values::{FontFeature, LineHeight, VerticalAlign};

/// `font-family`: strings, or sequences of identifiers joined by one space (CSS Fonts 4 §2.1).
#[derive(Clone, Debug)]
pub(super) struct Families(Arc<[Arc<str>]>);

impl Specified for Families {
    type Computed = Arc<[Arc<str>]>;
    fn compute(&self, _: &Context<'_>) -> Arc<[Arc<str>]> {
        self.0.clone()
    }
}

pub(super) fn families(input: &mut Parser<'_>) -> Reads<Families> {
    let names = input.parse_comma_separated(|input| -> Reads<Arc<str>> {
        let start = here(input);
        if let Ok(name) = input.try_parse(Parser::expect_string_cloned) {
            return Ok(Arc::from(&*name));
        }
        let mut name = input.expect_ident()?.to_string();
        while let Ok(next) = input.try_parse(Parser::expect_ident_cloned) {
            name.push(' ');
            name.push_str(&next);
        }
        if !input.is_exhausted() {
            while input.next().is_ok() {}
            let found = input.slice_from(start).trim();
            return fail(input, start, format!("the family name {found} needs quotation marks"));
        }
        Ok(Arc::from(name))
    })?;
    Ok(Families(Arc::from(names)))
}

#[derive(Clone, Debug)]
pub(super) enum FontSize {
    Length(Length),
    /// A multiple of the parent's.
    Relative(f32),
}

impl Specified for FontSize {
    type Computed = f32;
    fn compute(&self, context: &Context<'_>) -> f32 {
        /// px; larger than any page.
        const LARGEST: f32 = 20_000.0;
        let parent = context.parent.text.font_size;
        match self {
            FontSize::Length(length) => length.compute(context).resolve(parent),
            FontSize::Relative(factor) => factor * parent,
        }
        .clamp(0.0, LARGEST)
    }
}

/// CSS Fonts 4 §2.5: `medium` is 16 px, the others by its table of ratios.
pub(super) fn font_size(input: &mut Parser<'_>) -> Reads<FontSize> {
    let Ok(name) = input.try_parse(Parser::expect_ident_cloned) else {
        return Ok(FontSize::Length(length_percentage(input, Sign::NotNegative)?));
    };
    let px = match_ignore_ascii_case! { &name,
        "smaller" => return Ok(FontSize::Relative(1.0 / 1.2)),
        "larger" => return Ok(FontSize::Relative(1.2)),
        "xx-small" => 9.0,
        "x-small" => 10.0,
        "small" => 13.0,
        "medium" => 16.0,
        "large" => 18.0,
        "x-large" => 24.0,
        "xx-large" => 32.0,
        "xxx-large" => 48.0,
        _ => return misfit(),
    };
    Ok(FontSize::Length(Length::px(px)))
}

#[derive(Clone, Debug)]
pub(super) enum FontWeight {
    Number(u16),
    Bolder,
    Lighter,
}

impl Specified for FontWeight {
    type Computed = u16;
    /// Relative weights by the table of CSS Fonts 4 §2.2.1.
    fn compute(&self, context: &Context<'_>) -> u16 {
        let inherited = context.parent.text.font_weight;
        match self {
            FontWeight::Number(weight) => *weight,
            FontWeight::Bolder => match inherited {
                0..350 => 400,
                350..550 => 700,
                550..900 => 900,
                heavier => heavier,
            },
            FontWeight::Lighter => match inherited {
                0..100 => inherited,
                100..550 => 100,
                550..750 => 400,
                _ => 700,
            },
        }
    }
}

pub(super) fn font_weight(input: &mut Parser<'_>) -> Reads<FontWeight> {
    if let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        return Ok(match_ignore_ascii_case! { &name,
            "normal" => FontWeight::Number(400),
            "bold" => FontWeight::Number(700),
            "bolder" => FontWeight::Bolder,
            "lighter" => FontWeight::Lighter,
            _ => return misfit(),
        });
    }
    let start = here(input);
    let weight = number(input, Sign::Any)?;
    if (1.0..=1000.0).contains(&weight) {
        Ok(FontWeight::Number(weight.round() as u16))
    } else {
        fail(input, start, format!("{weight} is not a weight: expected 1 to 1000"))
    }
}

#[derive(Clone, Debug)]
pub(super) enum Leading {
    Normal,
    Number(f32),
    Length(Length),
}

impl Specified for Leading {
    type Computed = LineHeight;
    fn compute(&self, context: &Context<'_>) -> LineHeight {
        match self {
            Leading::Normal => LineHeight::Normal,
            Leading::Number(number) => LineHeight::Number(*number),
            Leading::Length(length) => {
                LineHeight::Px(length.compute(context).resolve(context.em).max(0.0))
            }
        }
    }
}

pub(super) fn line_height(input: &mut Parser<'_>) -> Reads<Leading> {
    if word(input, "normal") {
        return Ok(Leading::Normal);
    }
    let before = input.state();
    if let Ok(factor) = number(input, Sign::NotNegative) {
        return Ok(Leading::Number(factor));
    }
    input.reset(&before);
    Ok(Leading::Length(length_percentage(input, Sign::NotNegative)?))
}

/// `normal | <length>` of letter- and word-spacing.
pub(super) fn spacing(input: &mut Parser<'_>) -> Reads<Absolute> {
    if word(input, "normal") {
        return Ok(Absolute(Length::default()));
    }
    absolute(input, Sign::Any)
}

/// A list of feature settings, as one `font-variant-*` property says it.
#[derive(Clone, Debug)]
pub(super) struct Features(pub Vec<FontFeature>);

impl Specified for Features {
    type Computed = Vec<FontFeature>;
    fn compute(&self, _: &Context<'_>) -> Vec<FontFeature> {
        self.0.clone()
    }
}

/// The words of one `font-variant-*` property: words of one class exclude each other.
type VariantWords = &'static [(&'static str, u8, &'static [FontFeature])];

const NUMERIC: VariantWords = &[
    ("lining-nums", 0, &[(*b"lnum", 1)]),
    ("oldstyle-nums", 0, &[(*b"onum", 1)]),
    ("proportional-nums", 1, &[(*b"pnum", 1)]),
    ("tabular-nums", 1, &[(*b"tnum", 1)]),
    ("diagonal-fractions", 2, &[(*b"frac", 1)]),
    ("stacked-fractions", 2, &[(*b"afrc", 1)]),
    ("ordinal", 3, &[(*b"ordn", 1)]),
    ("slashed-zero", 4, &[(*b"zero", 1)]),
];

const CAPS: VariantWords = &[
    ("small-caps", 0, &[(*b"smcp", 1)]),
    ("all-small-caps", 0, &[(*b"c2sc", 1), (*b"smcp", 1)]),
    ("titling-caps", 0, &[(*b"titl", 1)]),
];

const LIGATURES: VariantWords = &[
    ("none", 0, &[(*b"liga", 0), (*b"clig", 0), (*b"dlig", 0), (*b"hlig", 0), (*b"calt", 0)]),
    ("common-ligatures", 1, &[(*b"liga", 1), (*b"clig", 1)]),
    ("no-common-ligatures", 1, &[(*b"liga", 0), (*b"clig", 0)]),
    ("discretionary-ligatures", 2, &[(*b"dlig", 1)]),
    ("no-discretionary-ligatures", 2, &[(*b"dlig", 0)]),
];

const KERNING: VariantWords =
    &[("auto", 0, &[]), ("normal", 0, &[(*b"kern", 1)]), ("none", 0, &[(*b"kern", 0)])];

pub(super) fn variant_numeric(input: &mut Parser<'_>) -> Reads<Features> {
    variants(input, NUMERIC)
}

pub(super) fn variant_caps(input: &mut Parser<'_>) -> Reads<Features> {
    variants(input, CAPS)
}

pub(super) fn variant_ligatures(input: &mut Parser<'_>) -> Reads<Features> {
    variants(input, LIGATURES)
}

pub(super) fn kerning(input: &mut Parser<'_>) -> Reads<Features> {
    variants(input, KERNING)
}

fn variants(input: &mut Parser<'_>, words: VariantWords) -> Reads<Features> {
    let start = here(input);
    let mut classes = vec![];
    let mut features = vec![];
    while let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        let known = words.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&name));
        match known {
            Some((_, class, settings)) if !classes.contains(class) => {
                classes.push(*class);
                features.extend_from_slice(settings);
            }
            Some(_) => return fail(input, start, format!("`{name}` excludes a word before it")),
            None if name.eq_ignore_ascii_case("normal") && classes.is_empty() => {
                return Ok(Features(vec![]));
            }
            None => return misfit(),
        }
    }
    if classes.is_empty() { misfit() } else { Ok(Features(features)) }
}

/// `font-feature-settings: normal | [ <string> [ <integer> | on | off ]? ]#`.
pub(super) fn feature_settings(input: &mut Parser<'_>) -> Reads<Features> {
    if word(input, "normal") {
        return Ok(Features(vec![]));
    }
    let settings = input.parse_comma_separated(|input| -> Reads<FontFeature> {
        let start = here(input);
        let name = input.expect_string_cloned()?;
        let Ok(tag) = <[u8; 4]>::try_from(name.as_bytes()) else {
            return fail(input, start, format!("\"{name}\" is not a feature: expected 4 ASCII letters"));
        };
        if !tag.iter().all(|byte| (0x20..0x7f).contains(byte)) {
            return fail(input, start, format!("\"{name}\" is not a feature: expected 4 ASCII letters"));
        }
        let value = match input.next() {
            Err(_) => 1,
            Ok(Token::Ident(on)) if on.eq_ignore_ascii_case("on") => 1,
            Ok(Token::Ident(off)) if off.eq_ignore_ascii_case("off") => 0,
            Ok(Token::Number { int_value: Some(value @ 0..=65535), .. }) => *value as u32,
            Ok(_) => return misfit(),
        };
        Ok((tag, value))
    })?;
    Ok(Features(settings))
}

#[derive(Clone, Debug)]
pub(super) struct DecorationLine {
    pub underline: bool,
    pub line_through: bool,
}

impl Specified for DecorationLine {
    type Computed = (bool, bool);
    fn compute(&self, _: &Context<'_>) -> (bool, bool) {
        (self.underline, self.line_through)
    }
}

pub(super) fn decoration_line(input: &mut Parser<'_>) -> Reads<DecorationLine> {
    let mut line = DecorationLine { underline: false, line_through: false };
    if word(input, "none") {
        return Ok(line);
    }
    loop {
        if !line.underline && word(input, "underline") {
            line.underline = true;
        } else if !line.line_through && word(input, "line-through") {
            line.line_through = true;
        } else if line.underline || line.line_through {
            return Ok(line);
        } else {
            return misfit();
        }
    }
}

/// A length, or a keyword that leaves it to the face.
#[derive(Clone, Debug)]
pub(super) struct FaceOrLength(Option<Length>);

impl Specified for FaceOrLength {
    type Computed = Option<f32>;
    /// A percentage is one of 1em (CSS Text Decoration 4 §2.4, §2.8).
    fn compute(&self, context: &Context<'_>) -> Option<f32> {
        self.0.map(|length| length.compute(context).resolve(context.em))
    }
}

pub(super) fn decoration_thickness(input: &mut Parser<'_>) -> Reads<FaceOrLength> {
    if word(input, "auto") || word(input, "from-font") {
        return Ok(FaceOrLength(None));
    }
    Ok(FaceOrLength(Some(length_percentage(input, Sign::NotNegative)?)))
}

pub(super) fn underline_offset(input: &mut Parser<'_>) -> Reads<FaceOrLength> {
    if word(input, "auto") {
        return Ok(FaceOrLength(None));
    }
    Ok(FaceOrLength(Some(length_percentage(input, Sign::Any)?)))
}

#[derive(Clone, Debug)]
pub(super) enum Vertical {
    Word(VerticalAlign),
    Length(Absolute),
}

impl Specified for Vertical {
    type Computed = VerticalAlign;
    fn compute(&self, context: &Context<'_>) -> VerticalAlign {
        match self {
            Vertical::Word(align) => *align,
            Vertical::Length(length) => VerticalAlign::Length(length.compute(context)),
        }
    }
}

pub(super) fn vertical_align(input: &mut Parser<'_>) -> Reads<Vertical> {
    let Ok(name) = input.try_parse(Parser::expect_ident_cloned) else {
        return Ok(Vertical::Length(absolute(input, Sign::Any)?));
    };
    Ok(Vertical::Word(match_ignore_ascii_case! { &name,
        "baseline" => VerticalAlign::Baseline,
        "sub" => VerticalAlign::Sub,
        "super" => VerticalAlign::Super,
        "top" => VerticalAlign::Top,
        "middle" => VerticalAlign::Middle,
        "bottom" => VerticalAlign::Bottom,
        _ => return misfit(),
    }))
}
