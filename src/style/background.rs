//! Background layers, and points in a box (CSS Backgrounds 3 §2).

use std::sync::Arc;

use cssparser::{Parser, match_ignore_ascii_case};

use super::explain::is_remote;
use super::gradient::{GradientValue, gradient};
use super::length::{Length, Sign, length_percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, keyword, misfit, word};
use super::values::{
    BackgroundClip, BackgroundImage, BackgroundOrigin, BackgroundSize, BoxPosition, LengthPercentage,
    PictureFile, Repeat, VisualBox,
};

/// `<value>#`. A list that says what is so without it comes out empty, so that equal styles are equal.
pub(super) struct List<T>(Vec<T>);

impl<T> Specified for List<T>
where
    T: Specified,
    T::Computed: Default + PartialEq,
{
    type Computed = Vec<T::Computed>;
    fn compute(&self, context: &Context<'_>) -> Vec<T::Computed> {
        let list: Vec<_> = self.0.iter().map(|value| value.compute(context)).collect();
        if list.iter().all(|value| *value == T::Computed::default()) { vec![] } else { list }
    }
}

fn list<T>(
    input: &mut Parser<'_>,
    one: impl for<'i> FnMut(&mut Parser<'i>) -> Reads<T>,
) -> Reads<List<T>> {
    Ok(List(input.parse_comma_separated(one)?))
}

pub(super) enum ImageValue {
    None,
    Gradient(Box<GradientValue>),
    /// As written: from the file that says it.
    Url(String),
}

impl Specified for ImageValue {
    type Computed = BackgroundImage;
    fn compute(&self, context: &Context<'_>) -> BackgroundImage {
        match self {
            ImageValue::None => BackgroundImage::None,
            ImageValue::Gradient(gradient) => {
                BackgroundImage::Gradient(Arc::new(gradient.compute(context)))
            }
            ImageValue::Url(url) => {
                let said_in = context.place.map_or("", |place| place.source.path.as_str());
                BackgroundImage::Picture(PictureFile {
                    path: super::beside(said_in, url).into(),
                    place: context.place.cloned(),
                })
            }
        }
    }
}

pub(super) const IMAGE: &str = "[ none | url(<string>) | linear-gradient([ <angle> | to [ top | bottom ] || \
     [ left | right ] ]?, [ <color> [ <length> | <percentage> ]{0,2} ]#) | radial-gradient([ circle | ellipse ] || \
     [ closest-side | farthest-side | closest-corner | farthest-corner | <length> | <percentage> ] \
     [ at <position> ]?, [ <color> [ <length> | <percentage> ]{0,2} ]#) | repeating-linear-gradient(…) | \
     repeating-radial-gradient(…) ]#";

pub(super) fn images(input: &mut Parser<'_>) -> Reads<List<ImageValue>> {
    list(input, image)
}

fn image(input: &mut Parser<'_>) -> Reads<ImageValue> {
    if word(input, "none") {
        return Ok(ImageValue::None);
    }
    let start = here(input);
    if let Ok(url) = input.try_parse(|input| input.expect_url()) {
        let url = url.to_string();
        return match &*url {
            "" => fail(input, start, "url() names no picture"),
            url if url.to_ascii_lowercase().starts_with("data:") => fail(
                input,
                start,
                "a picture in the sheet itself is not read: put it in a file beside the sheet",
            ),
            url if is_remote(url) => {
                fail(input, start, format!("`{url}` is remote: nothing is fetched while a page is made"))
            }
            _ => Ok(ImageValue::Url(url)),
        };
    }
    Ok(ImageValue::Gradient(Box::new(gradient(input)?)))
}

/// A point in a box, before its em is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct PositionValue {
    x: Offset,
    y: Offset,
}

/// From the left or top; or from the right or bottom, inwards.
#[derive(Clone, Copy, Debug)]
enum Offset {
    FromStart(Length),
    FromEnd(Length),
}

impl Offset {
    const CENTER: Offset = Offset::FromStart(Length::HALF);

    fn compute(self, context: &Context<'_>) -> LengthPercentage {
        match self {
            Offset::FromStart(length) => length.compute(context),
            Offset::FromEnd(length) => length.compute(context).from_end(),
        }
    }
}

impl Specified for PositionValue {
    type Computed = BoxPosition;
    fn compute(&self, context: &Context<'_>) -> BoxPosition {
        BoxPosition { x: self.x.compute(context), y: self.y.compute(context) }
    }
}

pub(super) const POSITION: &str = "[ left | center | right | <length> | <percentage> ] || \
     [ top | center | bottom | <length> | <percentage> ]";
pub(super) const POSITIONS: &str = "[ [ left | center | right | <length> | <percentage> ] || \
     [ top | center | bottom | <length> | <percentage> ] ]#";

pub(super) fn positions(input: &mut Parser<'_>) -> Reads<List<PositionValue>> {
    list(input, position)
}

/// `<position>` (CSS Values 4 §8.3): one or two values, or edges each with an offset from it.
pub(super) fn position(input: &mut Parser<'_>) -> Reads<PositionValue> {
    /// A value, and whether it can only be across, or down.
    #[derive(Clone, Copy)]
    struct Part {
        offset: Offset,
        edge: Edge,
    }
    #[derive(Clone, Copy, PartialEq)]
    enum Edge {
        Across,
        Down,
        Either,
    }
    fn part(input: &mut Parser<'_>) -> Reads<Part> {
        let Ok(word) = input.try_parse(Parser::expect_ident_cloned) else {
            let offset = Offset::FromStart(length_percentage(input, Sign::Any)?);
            return Ok(Part { offset, edge: Edge::Either });
        };
        let (edge, from_end) = match_ignore_ascii_case! { &word,
            "left" => (Edge::Across, false),
            "right" => (Edge::Across, true),
            "top" => (Edge::Down, false),
            "bottom" => (Edge::Down, true),
            "center" => return Ok(Part { offset: Offset::CENTER, edge: Edge::Either }),
            _ => return misfit(),
        };
        let from = |length| if from_end { Offset::FromEnd(length) } else { Offset::FromStart(length) };
        Ok(Part { offset: from(Length::default()), edge })
    }
    /// An offset from the edge that was said before it.
    fn offset(input: &mut Parser<'_>, part: &mut Part) {
        if part.edge != Edge::Either
            && let Ok(length) = input.try_parse(|input| length_percentage(input, Sign::Any))
        {
            part.offset = match part.offset {
                Offset::FromStart(_) => Offset::FromStart(length),
                Offset::FromEnd(_) => Offset::FromEnd(length),
            };
        }
    }
    let mut first = part(input)?;
    // `left 10px` is a point, `left 10px top 5px` two edges with offsets: only what follows can tell.
    let edges = input.try_parse(|input| -> Reads<(Part, Part)> {
        let mut first = first;
        offset(input, &mut first);
        let mut second = part(input)?;
        if first.edge == Edge::Either || second.edge == Edge::Either {
            return misfit();
        }
        offset(input, &mut second);
        Ok((first, second))
    });
    let second = match edges {
        Ok((edge, second)) => {
            first = edge;
            Some(second)
        }
        Err(_) => input.try_parse(part).ok(),
    };
    let Some(second) = second else {
        return Ok(match first.edge {
            Edge::Down => PositionValue { x: Offset::CENTER, y: first.offset },
            Edge::Across | Edge::Either => PositionValue { x: first.offset, y: Offset::CENTER },
        });
    };
    match (first.edge, second.edge) {
        (Edge::Across, Edge::Across) | (Edge::Down, Edge::Down) => misfit(),
        (Edge::Down, _) | (_, Edge::Across) => Ok(PositionValue { x: second.offset, y: first.offset }),
        _ => Ok(PositionValue { x: first.offset, y: second.offset }),
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum SizeValue {
    Cover,
    Contain,
    Lengths(Option<Length>, Option<Length>),
}

impl Specified for SizeValue {
    type Computed = BackgroundSize;
    fn compute(&self, context: &Context<'_>) -> BackgroundSize {
        match self {
            SizeValue::Cover => BackgroundSize::Cover,
            SizeValue::Contain => BackgroundSize::Contain,
            SizeValue::Lengths(width, height) => BackgroundSize::Lengths(
                width.map(|length| length.compute(context)),
                height.map(|length| length.compute(context)),
            ),
        }
    }
}

pub(super) const SIZES: &str = "[ cover | contain | [ auto | <length> | <percentage> ]{1,2} ]#";

pub(super) fn sizes(input: &mut Parser<'_>) -> Reads<List<SizeValue>> {
    fn side(input: &mut Parser<'_>) -> Reads<Option<Length>> {
        if word(input, "auto") {
            return Ok(None);
        }
        length_percentage(input, Sign::NotNegative).map(Some)
    }
    list(input, |input| {
        if word(input, "cover") {
            return Ok(SizeValue::Cover);
        }
        if word(input, "contain") {
            return Ok(SizeValue::Contain);
        }
        let width = side(input)?;
        Ok(SizeValue::Lengths(width, input.try_parse(side).unwrap_or(None)))
    })
}

pub(super) struct RepeatValue(Repeat, Repeat);

impl Specified for RepeatValue {
    type Computed = (Repeat, Repeat);
    fn compute(&self, _: &Context<'_>) -> (Repeat, Repeat) {
        (self.0, self.1)
    }
}

pub(super) const REPEATS: &str = "[ repeat-x | repeat-y | [ repeat | no-repeat ]{1,2} ]#";

pub(super) fn repeats(input: &mut Parser<'_>) -> Reads<List<RepeatValue>> {
    list(input, |input| {
        if word(input, "repeat-x") {
            return Ok(RepeatValue(Repeat::Repeat, Repeat::NoRepeat));
        }
        if word(input, "repeat-y") {
            return Ok(RepeatValue(Repeat::NoRepeat, Repeat::Repeat));
        }
        let across = keyword::<Repeat>(input)?;
        Ok(RepeatValue(across, input.try_parse(keyword::<Repeat>).unwrap_or(across)))
    })
}

pub(super) struct OriginValue(VisualBox);

impl Specified for OriginValue {
    type Computed = BackgroundOrigin;
    fn compute(&self, _: &Context<'_>) -> BackgroundOrigin {
        BackgroundOrigin(self.0)
    }
}

pub(super) struct ClipValue(VisualBox);

impl Specified for ClipValue {
    type Computed = BackgroundClip;
    fn compute(&self, _: &Context<'_>) -> BackgroundClip {
        BackgroundClip(self.0)
    }
}

pub(super) const VISUAL_BOXES: &str = "[ border-box | padding-box | content-box ]#";

pub(super) fn origins(input: &mut Parser<'_>) -> Reads<List<OriginValue>> {
    list(input, |input| keyword::<VisualBox>(input).map(OriginValue))
}

pub(super) fn clips(input: &mut Parser<'_>) -> Reads<List<ClipValue>> {
    list(input, |input| keyword::<VisualBox>(input).map(ClipValue))
}
