//! The names of the files a run writes: one a client, never shared by two.

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::prepared::Prepared;
use crate::proposal::client::Client;
use crate::proposal::compose;
use crate::proposal::numbering;

/// The name of one client's files, and what stands against it.
#[derive(Clone, Debug, Default)]
pub struct Assigned {
    /// Without its ending; empty where the profile could not be read.
    pub stem: String,
    pub diagnostics: Diagnostics,
}

/// Names the files of `asked` (in its order) so that none would replace another client's, be it asked for
/// or one of the `others`; reports a number that two profiles share.
pub fn assign(
    prepared: &Prepared,
    asked: &[Option<&Client>],
    others: &[&Client],
    day: NaiveDate,
) -> Vec<Assigned> {
    let stem = |client: &Client| -> String {
        // An offer with faults still has a language; what stands against it is said where it is used.
        let book = prepared.offer(client, &mut Diagnostics::new());
        let locale = match book {
            Some(book) => compose::locale_of(client, &book.note, &prepared.house),
            None => compose::locale_without_offer(client, &prepared.house),
        };
        let date = client.proposal.date.as_ref().map_or(day, |date| date.value);
        numbering::file_stem(client, locale, date)
    };
    let all: Vec<&Client> = asked.iter().flatten().chain(others).copied().collect();
    let stems: Vec<String> = all.iter().map(|client| stem(client)).collect();
    let shared_numbers = numbering::shared_numbers(&all);
    let mut position = 0;
    let assign_one = |client: &Option<&Client>| {
        let Some(client) = client else { return Assigned::default() };
        let own = position;
        position += 1;
        let mut diagnostics = Diagnostics::new();
        diagnostics
            .extend(shared_numbers.iter().filter(|(at, _)| *at == own).map(|(_, error)| error.clone()));
        let twin = (0..all.len()).find(|other| *other != own && stems[*other] == stems[own]);
        if let Some(twin) = twin.filter(|_| !diagnostics.has_errors()) {
            diagnostics.push(
                Diagnostic::error(format!("`{}.pdf` would be the file of two clients", stems[own]))
                    .at(client.company.name.place.clone())
                    .hint(format!(
                        "the other is {}; give each a [proposal] number",
                        all[twin].source.path
                    )),
            );
        }
        Assigned { stem: stems[own].clone(), diagnostics }
    };
    asked.iter().map(assign_one).collect()
}
