//! The words of an e-mail, which a user's own templates may write.

use std::sync::Arc;

use super::printed::Line;
use super::{names, placeholders};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source, Subject};
use crate::document::{MessageSources, MessageText};
use crate::prepared::Prepared;
use crate::proposal::client::Client;
use crate::written::Written;

/// Looks over what an e-mail says to one client, like the printed words of its PDF: another client's name and
/// placeholders are errors, at the template's words or at the profile's, note's or house's that it prints.
/// `references` are the clients of the references that the PDF prints.
pub fn check(
    prepared: &Prepared,
    client: &Client,
    references: &[String],
    message: &MessageText,
    sources: &MessageSources,
    diagnostics: &mut Diagnostics,
) {
    let written = Written::of(prepared, client);
    let html = message.html_as_text();
    // A paragraph of the text may have several lines; one of the HTML is a line.
    for (text, end, source) in [
        (&message.subject, "\n", &sources.subject),
        (&message.text, "\n\n", &sources.text),
        (&html, "\n", &sources.html),
    ] {
        let lines: Vec<Line> = text.split(end).map(Line::of).collect();
        let mut found = Diagnostics::new();
        let place = |_: &Line, _: usize| Some(Place::new(source, 0..0));
        names::check(prepared, client, references, &lines, place, &mut found);
        placeholders::check(&lines, place, &mut found);
        let mut printed = Diagnostics::new();
        for fault in found {
            match at_own_words(fault, source) {
                Ok(own) => diagnostics.push(own),
                Err(fault) => printed.push(fault),
            }
        }
        diagnostics.extend(written.place(printed));
    }
}

/// The fault at the words of the template that it is about; itself where those are not the template's own.
fn at_own_words(fault: Diagnostic, source: &Arc<Source>) -> Result<Diagnostic, Diagnostic> {
    let Subject::Text(fragments) = &fault.subject else { return Err(fault) };
    match fragments.last().and_then(|words| Some((source.text.find(words.as_str())?, words.len()))) {
        Some((start, length)) => {
            let place = Place::new(source, start..start + length);
            Ok(Diagnostic { subject: Subject::Layout, place: Some(place), ..fault })
        }
        None => Err(fault),
    }
}
