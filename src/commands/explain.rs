//! `explain`: what was chosen for a client, and why.

use super::{Answer, Environment, FAULTY, Session};
use crate::cli::Format;
use crate::diagnostic::Diagnostics;
use crate::proposal::compose;
use crate::proposal::explain;

pub fn run(said: &str, format: Format, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let Some((prepared, client)) = Session::of_one(said, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let data = prepared.offer(&client, &mut diagnostics).map(|book| {
        let offer = book.in_language(compose::locale_of(&client, &book.note, &prepared.house));
        let selection = compose::choose(&prepared.house, offer, &client, &mut diagnostics);
        match format {
            Format::Text => explain::text(&client.stem, offer, &selection),
            Format::Json => explain::json(&client.stem, offer, &selection),
        }
    });
    answer.finish(data, &diagnostics, environment.colour)
}
