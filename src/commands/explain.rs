//! `explain`: what was chosen for a client, and why.

use super::{Answer, Asked, DONE, Environment, FAULTY, Session, open_workspace};
use crate::cli::Format;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::prepared::{
    Extent, Prepared, no_offer, offer_stems, read_offer, translation_of, unknown_offer,
};
use crate::proposal::client::Client;
use crate::proposal::compose;
use crate::proposal::explain;
use crate::proposal::offer::Offer;
use crate::proposal::select::{self, Request, Selection};
use crate::workspace::stem_of;

/// What is asked.
pub enum Question<'a> {
    Choice(&'a str, Format),
    /// What the profile or the vocabulary may lack.
    Suggestions(&'a str),
    /// From the first profile to the second.
    Difference(&'a str, &'a str),
    /// Every profile in clients/.
    Everyone,
    /// What an offer's needs may be told by; None: the only offer's.
    Hints(Option<&'a str>),
}

pub fn run(question: Question, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let data = match question {
        Question::Choice(said, format) => {
            one(said, environment, &mut diagnostics, |prepared, client, offer, chosen| {
                let request = Request::new(client, &prepared.house);
                match format {
                    Format::Text => {
                        let changes = select::changes(offer, &request, chosen);
                        explain::text(&client.stem, offer, chosen, &changes)
                    }
                    Format::Json => explain::json(&client.stem, offer, chosen),
                }
            })
        }
        Question::Suggestions(said) => {
            one(said, environment, &mut diagnostics, |prepared, client, offer, chosen| {
                let situation = Request::new(client, &prepared.house).situation;
                let contact = client.contact.name.as_ref().map_or("", |name| name.value.as_str());
                let names = format!("{} {contact}", client.company.name.value);
                let unknown = situation.unknown_words(offer.vocabulary(), &names);
                explain::suggest(&client.stem, offer, chosen, &unknown)
            })
        }
        Question::Difference(old, new) => difference(old, new, environment, &mut diagnostics),
        Question::Hints(said) => hints(said, environment, &mut diagnostics),
        Question::Everyone => {
            // One bad profile does not keep the others from being counted.
            let data = everyone(environment, &mut diagnostics);
            answer.report(&diagnostics, environment.colour);
            answer.stdout.push_str(data.as_deref().unwrap_or_default());
            return if diagnostics.has_errors() || data.is_none() { FAULTY } else { DONE };
        }
    };
    answer.finish(data, &diagnostics, environment.colour)
}

/// The offer in the client's language, and what is chosen from it.
fn choose<'a>(
    prepared: &'a Prepared,
    client: &Client,
    diagnostics: &mut Diagnostics,
) -> Option<(&'a Offer, Selection)> {
    let book = prepared.offer(client, diagnostics)?;
    let offer = book.in_language(compose::locale_of(client, &book.note, &prepared.house));
    Some((offer, compose::choose(&prepared.house, offer, client, diagnostics)))
}

fn one(
    said: &str,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
    tell: impl Fn(&Prepared, &Client, &Offer, &Selection) -> String,
) -> Option<String> {
    let (prepared, client) = Session::of_one(said, environment, diagnostics)?;
    let (offer, chosen) = choose(&prepared, &client, diagnostics)?;
    Some(tell(&prepared, &client, offer, &chosen))
}

fn difference(
    old: &str,
    new: &str,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    // Each by itself: two versions of one profile may have one stem, and share its number.
    let (before, old_client) = Session::of_one(old, environment, diagnostics)?;
    let (after, new_client) = Session::of_one(new, environment, diagnostics)?;
    let (_, old_choice) = choose(&before, &old_client, diagnostics)?;
    let (_, new_choice) = choose(&after, &new_client, diagnostics)?;
    Some(explain::diff((&old_client.stem, &old_choice), (&new_client.stem, &new_choice)))
}

/// Asks for nothing but the note: it may be written before the house and any client.
fn hints(
    said: Option<&str>,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let workspace = diagnostics.keep(open_workspace(environment))?;
    let known = offer_stems(&workspace);
    // A translation is named by the note it is of, beside which it is told.
    let said = said.map(stem_of).map(|said| match translation_of(said) {
        Some((base, _)) if known.iter().any(|stem| stem == base) => base,
        _ => said,
    });
    let stem = match (said, &known[..]) {
        (Some(said), _) if known.iter().any(|stem| stem == said) => said,
        (Some(said), _) => {
            diagnostics.push(unknown_offer(said, &known));
            return None;
        }
        (None, [only]) => only,
        (None, _) => {
            let hint = |first: &str| format!("name it: `propale explain --hints {first}`");
            diagnostics.push(no_offer(&known, "which offer", hint));
            return None;
        }
    };
    let book = read_offer(&workspace, stem);
    diagnostics.extend(book.diagnostics);
    let book = book.value?;
    if book.note.needs.is_empty() {
        let error = Diagnostic::error(format!("the offer `{stem}` names no needs"));
        diagnostics.push(error.hint("write `#tags` beside its items, or `needs:` in its head"));
        return None;
    }
    let note = explain::hints(&format!("offers/{stem}.md"), &book.note);
    let others = (book.translations.iter())
        .map(|(lang, offer)| explain::hints(&format!("offers/{stem}.{lang}.md"), offer));
    Some(std::iter::once(note).chain(others).collect::<Vec<_>>().join("\n"))
}

fn everyone(environment: &Environment, diagnostics: &mut Diagnostics) -> Option<String> {
    let session = Session::open(Asked::All, Extent::Needed, environment, diagnostics)?;
    diagnostics.extend(session.diagnostics.iter().cloned());
    diagnostics.extend(session.prepared.diagnostics.iter().cloned());
    let mut books: Vec<explain::Book> = Vec::new();
    for profile in &session.asked {
        diagnostics.extend(profile.diagnostics.iter().cloned());
        let Some(client) = &profile.client else { continue };
        let Some((_, selection)) = choose(&session.prepared, client, diagnostics) else { continue };
        // One book an offer, whatever the language of its clients.
        let Some(book) = session.prepared.offer(client, &mut Diagnostics::new()) else { continue };
        let known = books.iter().position(|known| known.offer.stem == book.note.stem);
        let at = known.unwrap_or_else(|| {
            books.push(explain::Book { offer: &book.note, chosen: vec![] });
            books.len() - 1
        });
        books[at].chosen.push((client.stem.clone(), selection));
    }
    books.sort_by(|a, b| a.offer.stem.cmp(&b.offer.stem));
    Some(explain::all(&books))
}
