//! Where printed text was written.
//!
//! A layout prints a profile's, a house's or a note's words, and stages that see only pages find faults
//! in them. The author of the words wants to know where they stand, not which template prints them.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source, Subject};
use crate::prepared::Prepared;
use crate::proposal::client::Client;
use crate::proposal::compose;
use crate::proposal::markdown;
use crate::proposal::placed::Text;

/// All that a client's pages may print of the user's files: the profile's strings, then the note, then the
/// house's strings and terms. `situation.notes` is not among them.
#[derive(Debug)]
pub struct Written<'a> {
    prepared: &'a Prepared,
    client: &'a Client,
    profile: &'a [Text],
    note: Option<&'a Arc<Source>>,
    house: &'a [Text],
}

impl<'a> Written<'a> {
    pub fn of(prepared: &'a Prepared, client: &'a Client) -> Written<'a> {
        // What is wrong with the offer is said where it is used.
        let book = prepared.offer(client, &mut Diagnostics::new());
        let note = book.map(|book| {
            let locale = compose::locale_of(client, &book.note, &prepared.house);
            &book.in_language(locale).source
        });
        Written { prepared, client, profile: &client.printed, note, house: &prepared.house.printed }
    }

    /// Where `fragment` of a printed text was written: the value of the profile or house that has it, or
    /// its first place in the note. Spaces, the forms of quotes and dashes, and capitals are no
    /// difference, since the typographic rules change them, nor is emphasis.
    pub fn find(&self, fragment: &str) -> Option<Place> {
        let wanted = Folded::of(fragment);
        if wanted.text.is_empty() {
            return None;
        }
        let value = |texts: &[Text]| {
            let found = texts.iter().find(|text| Folded::of(text).text.contains(&wanted.text));
            found.map(|text| text.place.clone())
        };
        value(self.profile)
            .or_else(|| {
                let note = self.note?;
                Some(Place::new(note, Folded::of(&note.text).find(fragment)?))
            })
            .or_else(|| value(self.house))
            .or_else(|| {
                let mut sources = self.prepared.terms.sources();
                sources.find_map(|text| Some(Place::new(text, Folded::of(&text.text).find(fragment)?)))
            })
    }

    /// Gives each diagnostic the place where what it is about was written: a text, as narrow as its
    /// fragments say, a picture's path, or for the proposal as a whole what chooses its layout, else its client. One that
    /// is about the layout's own words, or about nothing printed, keeps its place.
    pub fn place(&self, diagnostics: Diagnostics) -> impl Iterator<Item = Diagnostic> {
        diagnostics.into_iter().map(|mut diagnostic| {
            let place = match std::mem::take(&mut diagnostic.subject) {
                Subject::Layout => None,
                // The same word in a value is not what is printed here.
                Subject::Text(fragments)
                    if fragments.first().is_some_and(|text| says(&diagnostic.place, text)) =>
                {
                    None
                }
                Subject::Text(fragments) => {
                    let mut others =
                        fragments.iter().enumerate().filter(|(_, text)| !says(&diagnostic.place, text));
                    let found = others.find_map(|(i, text)| Some((i, self.find(text)?)));
                    // A line that is a whole value stands where the value does.
                    found.map(|(i, place)| {
                        fragments[i.max(1)..].iter().fold(place, |place, part| within(place, part))
                    })
                }
                Subject::Picture(path) => self.prepared.named_at(self.client, &path),
                Subject::Whole => {
                    let said = self.client.layout.as_ref().unwrap_or(&self.client.company.name);
                    Some(said.place.clone())
                }
            };
            diagnostic.maybe_at(place)
        })
    }
}

/// Whether the element of a template whose start tag a place is has a text among its own words.
fn says(place: &Option<Place>, text: &str) -> bool {
    let wanted = Folded::of(text).text;
    let Some(place) = place.as_ref().filter(|_| !wanted.is_empty()) else { return false };
    own_words(place).any(|words| Folded::of(words).text.contains(&wanted))
}

/// The texts between the tags and expressions of a template's element, whose start tag is a place.
fn own_words(place: &Place) -> impl Iterator<Item = &str> {
    let rest = place.source.text.get(place.span.start..).unwrap_or_default();
    let name = rest
        .strip_prefix('<')
        .map_or(0, |tag| tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len()));
    let name = if name == 0 { "" } else { &rest[1..=name] };
    let mut open = 0_usize;
    let mut end = if name.is_empty() { 0 } else { rest.len() };
    let mut pieces = vec![];
    for (at, _) in rest[..end].match_indices('<') {
        let tag = &rest[at + 1..];
        let is_named = |tag: &str| {
            tag.strip_prefix(name)
                .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        match tag.strip_prefix('/') {
            Some(tag) if is_named(tag) => open = open.saturating_sub(1),
            None if is_named(tag) => open += 1,
            _ => continue,
        }
        if open == 0 {
            end = at;
            break;
        }
    }
    let mut left = &rest[..end];
    while let Some(start) = left.find(['<', '{']) {
        pieces.push(&left[..start]);
        let close = if left[start..].starts_with("{{{") {
            "}}}"
        } else if left[start..].starts_with("{{") {
            "}}"
        } else if left[start..].starts_with('<') {
            ">"
        } else {
            left = &left[start + 1..];
            continue;
        };
        left = left[start..].find(close).map_or("", |at| &left[start + at + close.len()..]);
    }
    pieces.push(left);
    pieces.into_iter()
}

/// Where a fragment stands in a place, if it does; else that place.
fn within(place: Place, fragment: &str) -> Place {
    let text = place.source.text.get(place.span.clone()).unwrap_or_default();
    match Folded::of(text).find(fragment) {
        Some(range) => {
            Place::new(&place.source, place.span.start + range.start..place.span.start + range.end)
        }
        None => place,
    }
}

/// A text as it is compared, and for each of its bytes the range of the original it comes from.
struct Folded {
    text: String,
    origins: Vec<std::ops::Range<usize>>,
}

impl Folded {
    /// The range of the original that reads as `fragment`.
    fn find(&self, fragment: &str) -> Option<std::ops::Range<usize>> {
        let wanted = Folded::of(fragment).text;
        let start = self.text.find(&wanted).filter(|_| !wanted.is_empty())?;
        Some(self.origins[start].start..self.origins[start + wanted.len() - 1].end)
    }

    fn of(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), origins: vec![] };
        // Where the character reference ends that was read last: `&nbsp;` in Markdown is a space.
        let mut reference = 0;
        for (at, c) in text.char_indices() {
            let before = folded.text.len();
            if at < reference {
                continue;
            }
            if c == '&'
                && let Some((length, said)) = markdown::reference(&text[at..])
            {
                reference = at + length;
                let said = Folded::of(&said).text;
                folded.text.push_str(&said);
                folded.origins.extend((0..said.len()).map(|_| at..at + length));
                continue;
            }
            match c {
                c if c.is_whitespace() || matches!(c, '\u{AD}' | '\u{2060}' | '*' | '_' | '`') => {}
                '’' | '‘' => folded.text.push('\''),
                '“' | '”' | '«' | '»' => folded.text.push('"'),
                '–' | '—' | '−' | '\u{2010}' | '\u{2011}' => folded.text.push('-'),
                '…' => folded.text.push_str("..."),
                c => folded.text.extend(c.to_lowercase()),
            }
            let origin = at..at + c.len_utf8();
            folded.origins.extend((before..folded.text.len()).map(|_| origin.clone()));
        }
        folded
    }
}
