//! Grid tracks and lines, alignment (CSS Grid 2 §7–8, CSS Box Alignment 3).

use std::sync::Arc;

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::length::{Length, Sign, length_percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, integer, misfit, word};
use super::values::{
    Align, GridArea, GridAreas, GridAutoFlow, GridLine, TrackBreadth, TrackList, TrackSize,
};

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
    FitContent(Length),
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
            Track::FitContent(length) => TrackSize::FitContent(length.compute(context)),
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

/// Tracks with the names of the lines before each and after the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
    tracks: Vec<Track>,
    lines: Vec<Vec<Arc<str>>>,
}

impl Specified for Template {
    type Computed = TrackList;
    fn compute(&self, context: &Context<'_>) -> TrackList {
        let sizes = self.tracks.iter().map(|track| track.compute(context)).collect();
        let named = self.lines.iter().any(|names| !names.is_empty());
        TrackList { sizes, lines: if named { self.lines.clone() } else { vec![] } }
    }
}

impl Template {
    /// The names of the line where the list now ends.
    fn last(&mut self) -> &mut Vec<Arc<str>> {
        self.lines.resize(self.tracks.len() + 1, vec![]);
        &mut self.lines[self.tracks.len()]
    }

    fn extend(&mut self, other: Template) {
        let mut lines = other.lines.into_iter();
        self.last().extend(lines.next().into_iter().flatten());
        self.tracks.extend(other.tracks);
        self.lines.extend(lines);
        self.last();
    }
}

/// `none | <track-list>`, `repeat()` with a count written out.
pub(super) fn template(input: &mut Parser<'_>) -> Reads<Template> {
    if word(input, "none") {
        return Ok(Template::default());
    }
    let start = here(input);
    let mut template = Template::default();
    let mut fills = 0;
    while !input.is_exhausted() {
        if let Ok(names) = input.try_parse(line_names) {
            template.last().extend(names);
        } else if input.try_parse(|input| input.expect_function_matching("repeat")).is_ok() {
            let repeated = input.parse_nested_block(repeat)?;
            fills +=
                usize::from(matches!(repeated.tracks[..], [Track::AutoFill(_) | Track::AutoFit(_)]));
            template.extend(repeated);
        } else {
            template.last();
            template.tracks.push(track(input)?);
        }
        if template.tracks.len() > MOST_TRACKS {
            return fail(input, start, format!("a grid has at most {MOST_TRACKS} tracks"));
        }
    }
    template.last();
    match (template.tracks.len(), fills) {
        (0, _) => misfit(),
        (_, 0 | 1) => Ok(template),
        _ => fail(input, start, "only one auto-fill or auto-fit is allowed"),
    }
}

/// `[ <name>* ]` in its square brackets.
fn line_names(input: &mut Parser<'_>) -> Reads<Vec<Arc<str>>> {
    input.expect_square_bracket_block()?;
    input.parse_nested_block(|input| {
        let mut names = vec![];
        while !input.is_exhausted() {
            names.push(area_name(input)?);
        }
        Ok(names)
    })
}

/// A name that an author may choose (CSS Grid 2 §8.3: neither `span` nor `auto`).
fn area_name(input: &mut Parser<'_>) -> Reads<Arc<str>> {
    let name = input.expect_ident()?;
    match &*name.to_ascii_lowercase() {
        "span" | "auto" | "inherit" | "initial" | "unset" => misfit(),
        _ => Ok(Arc::from(&**name)),
    }
}

pub(super) struct AreasValue(Option<Arc<GridAreas>>);

impl Specified for AreasValue {
    type Computed = Option<Arc<GridAreas>>;
    fn compute(&self, _: &Context<'_>) -> Option<Arc<GridAreas>> {
        self.0.clone()
    }
}

/// `none | <string>+`: a string a row, a name a cell, `.` for a cell without one.
pub(super) fn areas(input: &mut Parser<'_>) -> Reads<AreasValue> {
    if word(input, "none") {
        return Ok(AreasValue(None));
    }
    let start = here(input);
    let mut rows: Vec<Vec<String>> = vec![];
    while !input.is_exhausted() {
        let row = input.expect_string()?;
        rows.push(row.split_ascii_whitespace().map(str::to_owned).collect());
    }
    let columns = rows.first().map_or(0, Vec::len);
    if rows.is_empty() {
        return misfit();
    }
    if columns == 0 || rows.iter().any(|row| row.len() != columns) {
        return fail(input, start, "every row of areas needs as many names as the first");
    }
    if columns > MOST_TRACKS || rows.len() > MOST_TRACKS {
        return fail(input, start, format!("a grid has at most {MOST_TRACKS} tracks"));
    }
    let mut areas: Vec<GridArea> = vec![];
    for (r, row) in rows.iter().enumerate() {
        for (c, name) in row.iter().enumerate() {
            let (r, c) = (r as u16 + 1, c as u16 + 1);
            if name.chars().all(|c| c == '.') {
                continue;
            }
            match areas.iter_mut().find(|area| *area.name == **name) {
                None => areas.push(GridArea {
                    name: name.as_str().into(),
                    rows: (r, r + 1),
                    columns: (c, c + 1),
                }),
                Some(area) => {
                    area.rows.1 = area.rows.1.max(r + 1);
                    area.columns = (area.columns.0.min(c), area.columns.1.max(c + 1));
                }
            }
        }
    }
    for area in &areas {
        let cells = (area.rows.0..area.rows.1)
            .flat_map(|r| (area.columns.0..area.columns.1).map(move |c| (r, c)));
        let full =
            cells.into_iter().all(|(r, c)| *rows[usize::from(r) - 1][usize::from(c) - 1] == *area.name);
        if !full {
            let name = &area.name;
            return fail(input, start, format!("the area `{name}` is not one rectangle"));
        }
    }
    let (rows, columns) = (rows.len() as u16, columns as u16);
    Ok(AreasValue(Some(Arc::new(GridAreas { rows, columns, areas }))))
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

fn repeat(input: &mut Parser<'_>) -> Reads<Template> {
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
    let mut once = Template::default();
    while !input.is_exhausted() {
        match input.try_parse(line_names) {
            Ok(names) => once.last().extend(names),
            Err(_) => {
                once.last();
                once.tracks.push(track(input)?);
            }
        }
    }
    once.last();
    if once.tracks.is_empty() {
        return misfit();
    }
    let tracks = once.tracks.clone();
    let named = once.lines.iter().any(|names| !names.is_empty());
    let one = |track| Template { tracks: vec![track], lines: vec![vec![], vec![]] };
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
        Times::Count(count) => {
            let mut all = Template::default();
            (0..count).for_each(|_| all.extend(once.clone()));
            Ok(all)
        }
        Times::Fill | Times::Fit if named => {
            fail(input, start, "lines that auto-fill and auto-fit repeat have no names")
        }
        Times::Fill | Times::Fit if !all_definite => {
            fail(input, start, "auto-fill and auto-fit repeat tracks of a length, or minmax() with one")
        }
        Times::Fill => Ok(one(Track::AutoFill(tracks))),
        Times::Fit => Ok(one(Track::AutoFit(tracks))),
    }
}

fn track(input: &mut Parser<'_>) -> Reads<Track> {
    if input.try_parse(|input| input.expect_function_matching("fit-content")).is_ok() {
        let most = input.parse_nested_block(|input| length_percentage(input, Sign::NotNegative));
        return most.map(Track::FitContent);
    }
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

/// `<grid-line>`: `auto`; a line's number, its name or both; a span of tracks, or up to a named line.
pub(super) fn line(input: &mut Parser<'_>) -> Reads<GridLine> {
    const LAST: i32 = MOST_TRACKS as i32;
    if word(input, "auto") {
        return Ok(GridLine::Auto);
    }
    let span = word(input, "span");
    let start = here(input);
    let mut name = input.try_parse(area_name).ok();
    let number = match input.is_exhausted() {
        true => None,
        false => Some(integer(input, if span { 1..=LAST } else { -LAST..=LAST })?),
    };
    if name.is_none() && number.is_some() {
        name = input.try_parse(area_name).ok();
    }
    Ok(match (span, number, name) {
        (_, Some(0), _) => {
            return fail(input, start, "0 is not a grid line: lines count from 1, or back from -1");
        }
        (true, number, Some(name)) => GridLine::NamedSpan(name, number.unwrap_or(1) as u16),
        (true, Some(number), None) => GridLine::Span(number as u16),
        (false, number, Some(name)) => GridLine::Named(name, number.unwrap_or(0) as i16),
        (false, Some(number), None) => GridLine::Line(number as i16),
        (_, None, None) => return misfit(),
    })
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
