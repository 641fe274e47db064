//! Numbers of proposals, and the names of their files.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::client::Client;
use super::placed::Text;
use super::slug::slug;
use crate::diagnostic::{Diagnostic, excerpt};
use crate::locale::Locale;

/// `[numbering] pattern`: text with `{seq}` or `{seq:03}` once, and `{year}` at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Year,
    /// Zero-padded to so many digits.
    Seq(usize),
}

impl Default for Pattern {
    /// `{year}-{seq:03}`.
    fn default() -> Pattern {
        Pattern { parts: vec![Part::Year, Part::Literal("-".into()), Part::Seq(3)] }
    }
}

impl Pattern {
    /// The pattern that `text` spells; otherwise what it must do.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut parts = vec![];
        let mut rest = text;
        while let Some((literal, field)) = rest.split_once('{') {
            let (field, after) = field.split_once('}').ok_or("close its `{` with `}`")?;
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            parts.push(match field.split_once(":0") {
                None if field == "year" => Part::Year,
                None if field == "seq" => Part::Seq(0),
                Some(("seq", width)) if matches!(width.parse(), Ok(1..=9_usize)) => {
                    Part::Seq(width.parse().unwrap_or(0))
                }
                _ => {
                    return Err(format!(
                        "have only {{year}}, {{seq}} or {{seq:03}} in braces, found {{{}}}",
                        excerpt(field)
                    ));
                }
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        let count = |wanted: fn(&Part) -> bool| parts.iter().filter(|part| wanted(part)).count();
        if count(|part| matches!(part, Part::Seq(_))) != 1 {
            return Err("have {seq} or {seq:03} once".into());
        }
        if count(|part| matches!(part, Part::Year)) > 1 {
            return Err("have {year} at most once".into());
        }
        let fields_touch = |pair: &[Part]| !pair.iter().any(|part| matches!(part, Part::Literal(_)));
        if parts.windows(2).any(fields_touch) {
            return Err("have something between {year} and {seq}".into());
        }
        Ok(Pattern { parts })
    }

    fn number(&self, year: i32, seq: u64) -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Year => year.to_string(),
            Part::Seq(width) => format!("{seq:0width$}"),
        };
        self.parts.iter().map(part).collect()
    }

    /// Year and sequence number of a number that has this pattern. The year has four digits.
    fn read(&self, number: &str) -> Option<(Option<i32>, u64)> {
        let (mut rest, mut year, mut seq) = (number, None, None);
        for part in &self.parts {
            let taken = match part {
                Part::Literal(text) => rest.starts_with(text.as_str()).then_some(text.len())?,
                Part::Year => 4,
                Part::Seq(_) => rest.bytes().take_while(u8::is_ascii_digit).count(),
            };
            let (text, after) = rest.split_at_checked(taken)?;
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            match part {
                Part::Literal(_) => {}
                Part::Year => year = Some(text.parse().ok().filter(|_| digits)?),
                Part::Seq(_) => seq = Some(text.parse().ok()?),
            }
            rest = after;
        }
        seq.filter(|_| rest.is_empty()).map(|seq| (year, seq))
    }

    /// The number after all of `taken` that have this pattern; where it has a year, after those of the
    /// year of `day`, or 1. None where a sequence number is too large to count on from.
    pub fn next<'a>(&self, day: NaiveDate, taken: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let year = day.year();
        let last = taken
            .into_iter()
            .filter_map(|number| self.read(number.trim()))
            .filter(|(of_year, _)| of_year.is_none_or(|of_year| of_year == year))
            .map(|(_, seq)| seq)
            .max();
        Some(self.number(year, last.unwrap_or(0).checked_add(1)?))
    }
}

/// Errors for profiles with one number, by the position in `clients` of each profile that has it: none
/// of them may be built.
pub fn shared_numbers(clients: &[&Client]) -> Vec<(usize, Diagnostic)> {
    let mut by_number: BTreeMap<&str, Vec<(usize, &Text)>> = BTreeMap::new();
    for (i, client) in clients.iter().enumerate() {
        if let Some(number) = &client.proposal.number {
            by_number.entry(number.as_str()).or_default().push((i, number));
        }
    }
    let mut errors = vec![];
    for (number, holders) in by_number.into_iter().filter(|(_, holders)| holders.len() > 1) {
        for (i, text) in &holders {
            let others: Vec<&str> = holders
                .iter()
                .filter(|(other, _)| other != i)
                .map(|(other, _)| clients[*other].source.path.as_str())
                .collect();
            let message =
                format!("the number {} is also that of {}", excerpt(number), others.join(", "));
            errors.push((*i, text.error(message).hint("a number belongs to one profile")));
        }
    }
    errors.sort_by_key(|(i, _)| *i);
    errors
}

/// Mail programs cut or garble longer attachment names.
const MAX_FILE_NAME: usize = 60;
/// `.pdf`, `.eml`.
const EXTENSION: usize = 4;

/// Name of the files made for a client, without extension: `proposition-nova-sante-2026-014-r2`, or
/// `proposal-…` in English; the day of the proposal stands where it has no number. ASCII; with its
/// extension at most 60 characters: a long name is cut, at a hyphen where it has one, the number kept.
pub fn file_stem(client: &Client, lang: Locale, date: NaiveDate) -> String {
    let kind = match lang {
        Locale::Fr => "proposition",
        Locale::EnGb | Locale::EnUs => "proposal",
    };
    let number = client.proposal.number.as_ref().map(|number| ascii_slug(number));
    let number = number.filter(|n| !n.is_empty()).unwrap_or_else(|| date.format("%Y-%m-%d").to_string());
    let revision = client.proposal.revision.as_ref().map_or(String::new(), |r| format!("-r{}", r.value));
    let room = MAX_FILE_NAME - EXTENSION - kind.len() - revision.len() - "--x".len();
    // A number is short; one that fills the name is kept by its end, where numbers differ.
    let number = &number[number.len().saturating_sub(room)..];
    let number = number.trim_matches('-');
    let name = [client.company.name.as_str(), &client.stem, "client"]
        .map(ascii_slug)
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let name = cut_at_hyphen(&name, room + 1 - number.len());
    format!("{kind}-{name}-{number}{revision}")
}

/// The slug's ASCII part: letters of other scripts are left out.
pub(super) fn ascii_slug(text: &str) -> String {
    slug(&slug(text).chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect::<String>())
}

/// At most `room` bytes of `slug`; whole words, unless the first is longer than that.
fn cut_at_hyphen(slug: &str, room: usize) -> &str {
    if slug.len() <= room {
        return slug;
    }
    let whole = slug.as_bytes()[room] == b'-';
    let head = &slug[..room];
    match head.rfind('-') {
        _ if whole => head,
        Some(hyphen) => &head[..hyphen],
        None => head,
    }
}
