//! A whole folder of profiles: which items and needs of an offer are of use to anyone.

use std::fmt::Write;

use super::super::offer::{Offer, Role};
use super::super::select::{Selection, ever_chosen};
use super::{columns, misspelt, padded};

/// One offer and what was chosen from it for each client, by the profile's stem.
pub struct Book<'a> {
    pub offer: &'a Offer,
    pub chosen: Vec<(String, Selection)>,
}

/// For each offer: how often each reason and benefit is chosen, those that never are, and needs that no item serves
/// or no client has.
pub fn all(books: &[Book]) -> String {
    let mut out = String::new();
    for book in books {
        if !out.is_empty() {
            out.push('\n');
        }
        let clients: Vec<&str> = book.chosen.iter().map(|(stem, _)| stem.as_str()).collect();
        let count = match clients.len() {
            0 => "no client".to_owned(),
            1 => "1 client".to_owned(),
            n => format!("{n} clients"),
        };
        let _ = writeln!(out, "{} · {count}", book.offer.stem);
        needs(book, &mut out);
        for (heading, role) in [("REASONS", Role::Reasons), ("BENEFITS", Role::Benefits)] {
            items(book, heading, role, &mut out);
        }
        for (tag, near) in misspelt(book.offer) {
            let _ =
                writeln!(out, "\nthe tag `{tag}` is no need of the vocabulary: did you mean `{near}`?");
        }
    }
    out
}

fn needs(book: &Book, out: &mut String) {
    if book.offer.needs.is_empty() {
        return;
    }
    out.push_str("\nNEEDS\n");
    let width = book.offer.needs.iter().map(|need| columns(&need.tag)).max().unwrap_or(0);
    for need in &book.offer.needs {
        let serving = |role: Role| {
            let items = book.offer.items().filter(|(section, _)| section.role == role);
            items.filter(|(_, item)| item.tags.contains(&need.tag)).count()
        };
        let (reasons, benefits) = (serving(Role::Reasons), serving(Role::Benefits));
        let having = (book.chosen.iter())
            .filter(|(_, selection)| selection.needs.iter().any(|held| held.tag == need.tag))
            .count();
        let mark = if reasons + benefits == 0 { '✘' } else { '✔' };
        let mut line = format!("{mark} {}  {}", padded(&need.tag, width), clients(having));
        line.push_str(&match (reasons, benefits) {
            (0, 0) => ", no item serves it".to_owned(),
            (0, _) => ", no reason serves it".to_owned(),
            (_, 0) => ", no benefit serves it".to_owned(),
            (reasons, benefits) => {
                format!(", {} and {}", plural(reasons, "reason"), plural(benefits, "benefit"))
            }
        });
        let _ = writeln!(out, "  {line}");
    }
}

fn items(book: &Book, heading: &str, role: Role, out: &mut String) {
    let items: Vec<&str> = (book.offer.items())
        .filter(|(section, _)| section.role == role)
        .map(|(_, item)| item.id.as_str())
        .collect();
    if items.is_empty() {
        return;
    }
    let possible = ever_chosen(book.offer);
    let _ = writeln!(out, "\n{heading}");
    let width = items.iter().map(|id| columns(id)).max().unwrap_or(0);
    for id in items {
        let for_whom: Vec<&str> = (book.chosen.iter())
            .filter(|(_, selection)| selection.choice(id).is_some_and(|choice| choice.chosen))
            .map(|(stem, _)| stem.as_str())
            .collect();
        let mark = if for_whom.is_empty() { '✘' } else { '✔' };
        let said = match (for_whom.is_empty(), possible.iter().any(|known| known == id)) {
            (false, _) => for_whom.join(", "),
            (true, true) => "never chosen".to_owned(),
            (true, false) => "never chosen, and no single need would bring it in".to_owned(),
        };
        let _ = writeln!(out, "  {mark} {}  {said}", padded(id, width));
    }
}

fn clients(count: usize) -> String {
    match count {
        0 => "no client".to_owned(),
        count => plural(count, "client"),
    }
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
