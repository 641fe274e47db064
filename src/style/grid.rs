//! Grid tracks and lines, alignment (CSS Grid 2 §7–8, CSS Box Alignment 3).

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::length::{Length, Sign, length_percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, integer, misfit, word};
use super::values::{Align, GridAutoFlow, GridLine, TrackBreadth, TrackSize};

/// A track list is cut no finer than this (CSS Grid 2 §2.3 lets us choose a limit).
const MOST_TRACKS: usize = 1000;

#[derive(Clone, Debug, PartialEq)]
enum Breadth {
    Length(Length),
    Fr(f32),
    Auto,
    MinContent,
    MaxContent,
}

impl Specified for Breadth {
    type Computed = TrackBreadth;
    fn compute(&self, context: &Context<'_>) -> TrackBreadth {
        match self {
            Breadth::Length(length) => TrackBreadth::Length(length.compute(context)),
            Breadth::Fr(fr) => TrackBreadth::Fr(*fr),
            Breadth::Auto => TrackBreadth::Auto,
            Breadth::MinContent => TrackBreadth::MinContent,
            Breadth::MaxContent => TrackBreadth::MaxContent,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Track {
    Single(Breadth),
    MinMax(Breadth, Breadth),
    AutoFill(Vec<Track>),
    AutoFit(Vec<Track>),
}

impl Specified for Track {
    type Computed = TrackSize;
    fn compute(&self, context: &Context<'_>) -> TrackSize {
        let all = |tracks: &[Track]| tracks.iter().map(|t| t.compute(context)).collect();
        match self {
            Track::Single(breadth) => TrackSize::Single(breadth.compute(context)),
            Track::MinMax(least, most) => {
                TrackSize::MinMax(least.compute(context), most.compute(context))
            }
            Track::AutoFill(tracks) => TrackSize::AutoFill(all(tracks)),
            Track::AutoFit(tracks) => TrackSize::AutoFit(all(tracks)),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tracks(Vec<Track>);

impl Specified for Tracks {
    type Computed = Vec<TrackSize>;
    fn compute(&self, context: &Context<'_>) -> Vec<TrackSize> {
        self.0.iter().map(|track| track.compute(context)).collect()
    }
}

/// `none | <track-list>`, `repeat()` with a count written out.
pub(super) fn template(input: &mut Parser<'_>) -> Reads<Tracks> {
    if word(input, "none") {
        return Ok(Tracks(vec![]));
    }
    let start = here(input);
    let mut tracks = vec![];
    let mut fills = 0;
    while !input.is_exhausted() {
        if input.try_parse(|input| input.expect_function_matching("repeat")).is_ok() {
            let repeated = input.parse_nested_block(repeat)?;
            fills += usize::from(matches!(repeated[..], [Track::AutoFill(_) | Track::AutoFit(_)]));
            tracks.extend(repeated);
        } else {
            tracks.push(track(input)?);
        }
        if tracks.len() > MOST_TRACKS {
            return fail(input, start, format!("a grid has at most {MOST_TRACKS} tracks"));
        }
    }
    match (tracks.len(), fills) {
        (0, _) => misfit(),
        (_, 0 | 1) => Ok(Tracks(tracks)),
        _ => fail(input, start, "only one auto-fill or auto-fit is allowed"),
    }
}

/// `<track-size>+`.
pub(super) fn auto_tracks(input: &mut Parser<'_>) -> Reads<Tracks> {
    if word(input, "auto") && input.is_exhausted() {
        return Ok(Tracks(vec![]));
    }
    let mut tracks = vec![];
    while !input.is_exhausted() {
        tracks.push(track(input)?);
    }
    if tracks.is_empty() { misfit() } else { Ok(Tracks(tracks)) }
}

fn repeat(input: &mut Parser<'_>) -> Reads<Vec<Track>> {
    #[derive(Clone, Copy)]
    enum Times {
        Count(usize),
        Fill,
        Fit,
    }
    let start = here(input);
    let times = match input.try_parse(Parser::expect_ident_cloned) {
        Err(_) => Times::Count(integer(input, 1..=MOST_TRACKS as i32)? as usize),
        Ok(word) => match_ignore_ascii_case! { &word,
            "auto-fill" => Times::Fill,
            "auto-fit" => Times::Fit,
            _ => return misfit(),
        },
    };
    input.expect_comma()?;
    let mut tracks = vec![track(input)?];
    while !input.is_exhausted() {
        tracks.push(track(input)?);
    }
    // CSS Grid 2 §7.2.3.1: an automatic repetition takes only tracks of a definite size.
    let definite = |breadth: &Breadth| matches!(breadth, Breadth::Length(_));
    let all_definite = tracks.iter().all(|track| match track {
        Track::Single(breadth) => definite(breadth),
        Track::MinMax(least, most) => definite(least) || definite(most),
        _ => false,
    });
    match times {
        Times::Count(count) if count * tracks.len() > MOST_TRACKS => {
            fail(input, start, format!("a grid has at most {MOST_TRACKS} tracks"))
        }
        Times::Count(count) => Ok(std::iter::repeat_n(tracks, count).flatten().collect()),
        Times::Fill | Times::Fit if !all_definite => {
            fail(input, start, "auto-fill and auto-fit repeat tracks of a length, or minmax() with one")
        }
        Times::Fill => Ok(vec![Track::AutoFill(tracks)]),
        Times::Fit => Ok(vec![Track::AutoFit(tracks)]),
    }
}

fn track(input: &mut Parser<'_>) -> Reads<Track> {
    if input.try_parse(|input| input.expect_function_matching("minmax")).is_err() {
        return Ok(Track::Single(breadth(input)?));
    }
    input.parse_nested_block(|input| {
        let start = here(input);
        let least = breadth(input)?;
        if matches!(least, Breadth::Fr(_)) {
            return fail(input, start, "the least size of minmax() cannot be in fr");
        }
        input.expect_comma()?;
        Ok(Track::MinMax(least, breadth(input)?))
    })
}

fn breadth(input: &mut Parser<'_>) -> Reads<Breadth> {
    let before = input.state();
    let start = here(input);
    match input.next()? {
        Token::Ident(word) => Ok(match_ignore_ascii_case! { word,
            "auto" => Breadth::Auto,
            "min-content" => Breadth::MinContent,
            "max-content" => Breadth::MaxContent,
            _ => return misfit(),
        }),
        Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("fr") => {
            let value = *value;
            if value < 0.0 {
                return fail(input, start, format!("{value}fr is negative: expected 0 or more"));
            }
            super::reader::bounded(input, start, value).map(Breadth::Fr)
        }
        _ => {
            input.reset(&before);
            length_percentage(input, Sign::NotNegative).map(Breadth::Length)
        }
    }
}

/// `<grid-line>`: `auto`, a line's number, or a span.
pub(super) fn line(input: &mut Parser<'_>) -> Reads<GridLine> {
    const LAST: i32 = MOST_TRACKS as i32;
    if word(input, "auto") {
        return Ok(GridLine::Auto);
    }
    if word(input, "span") {
        return Ok(GridLine::Span(integer(input, 1..=LAST)? as u16));
    }
    let start = here(input);
    match integer(input, -LAST..=LAST)? {
        0 => fail(input, start, "0 is not a grid line: lines count from 1, or back from -1"),
        number => Ok(GridLine::Line(number as i16)),
    }
}

/// `row | column | dense`, in any order.
pub(super) fn auto_flow(input: &mut Parser<'_>) -> Reads<GridAutoFlow> {
    let dense_first = word(input, "dense");
    let column = if word(input, "column") {
        true
    } else if word(input, "row") || dense_first {
        false
    } else {
        return misfit();
    };
    let dense = dense_first || word(input, "dense");
    Ok(match (column, dense) {
        (false, false) => GridAutoFlow::Row,
        (true, false) => GridAutoFlow::Column,
        (false, true) => GridAutoFlow::RowDense,
        (true, true) => GridAutoFlow::ColumnDense,
    })
}

/// The words one alignment property takes.
type Words = &'static [(&'static str, Align)];

pub(super) const ITEMS: Words = &[
    ("normal", Align::Normal),
    ("stretch", Align::Stretch),
    ("start", Align::Start),
    ("end", Align::End),
    ("flex-start", Align::FlexStart),
    ("flex-end", Align::FlexEnd),
    ("center", Align::Center),
    ("baseline", Align::Baseline),
];
pub(super) const ITEMS_GRAMMAR: &str =
    "normal | stretch | start | end | flex-start | flex-end | center | baseline";

pub(super) const SELF: Words = &[
    ("auto", Align::Normal),
    ("stretch", Align::Stretch),
    ("start", Align::Start),
    ("end", Align::End),
    ("flex-start", Align::FlexStart),
    ("flex-end", Align::FlexEnd),
    ("center", Align::Center),
    ("baseline", Align::Baseline),
];
pub(super) const SELF_GRAMMAR: &str =
    "auto | stretch | start | end | flex-start | flex-end | center | baseline";

pub(super) const CONTENT: Words = &[
    ("normal", Align::Normal),
    ("stretch", Align::Stretch),
    ("start", Align::Start),
    ("end", Align::End),
    ("flex-start", Align::FlexStart),
    ("flex-end", Align::FlexEnd),
    ("center", Align::Center),
    ("space-between", Align::SpaceBetween),
    ("space-around", Align::SpaceAround),
    ("space-evenly", Align::SpaceEvenly),
];
pub(super) const CONTENT_GRAMMAR: &str = "normal | stretch | start | end | flex-start | flex-end | \
     center | space-between | space-around | space-evenly";

/// One of the words of an alignment property.
pub(super) fn align(input: &mut Parser<'_>, words: Words) -> Reads<Align> {
    let found = input.expect_ident()?;
    match words.iter().find(|(known, _)| known.eq_ignore_ascii_case(found)) {
        Some((_, align)) => Ok(*align),
        None => misfit(),
    }
}
