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
                Subject::Text(fragments) => {
                    let found = fragments.iter().enumerate().find_map(|(i, f)| Some((i, self.find(f)?)));
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
