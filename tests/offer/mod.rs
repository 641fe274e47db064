//! The offer reader: what notes say, and what is wrong with them.

mod any_input;
mod any_note;
mod faults;

use std::fmt::Write;
use std::sync::Arc;

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::offer::{IdOrigin, Offer};
use propale::proposal::rich::Rich;

/// The first user's own note, as it was handed over.
const SEED: &str = include_str!("seed.md");
const FRENCH: &str = include_str!("../../offers/chief-of-staff-externe.md");
const ENGLISH: &str = include_str!("../../offers/office-move.md");

/// A note called offers/note.md.
fn read(text: &str) -> (Option<Offer>, Diagnostics) {
    read_as("offers/note.md", "note", text)
}

fn read_as(path: &str, stem: &str, text: &str) -> (Option<Offer>, Diagnostics) {
    let source: Arc<Source> = Source::new(path, text);
    let mut diagnostics = Diagnostics::new();
    let offer = Offer::read(&source, stem, &mut diagnostics);
    (offer, diagnostics)
}

/// Everything that was understood, as text.
fn show(offer: &Offer) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        if !text.is_empty() {
            writeln!(out, "{name:<10} {text}").unwrap();
        }
    };
    let html = |rich: &Option<Rich>| rich.as_ref().map_or(String::new(), |rich| rich.html.0.clone());
    line("title", &offer.title.html.0);
    line("lang", offer.lang.map_or("–", |lang| lang.tag()));
    line("lede", &html(&offer.lede));
    for text in &offer.introduction {
        line("intro", &text.html.0);
    }
    line("summary", &html(&offer.summary));
    for need in &offer.needs {
        line("need", &format!("{} « {} » {:?} {:?}", need.tag, need.label, need.words, need.concepts));
        if !need.hints.is_empty() {
            line("hints", &format!("{} of them", need.hints.len()));
        }
    }
    for picture in &offer.pictures {
        line("picture", &format!("{} ({})", picture.value, picture.place.line_column()));
    }
    for section in &offer.sections {
        let place = section.place.line_column();
        line("\nSECTION", &format!("{} {} ({place})", section.role.word(), section.slug));
        line("heading", &section.heading.html.0);
        for text in &section.prose {
            line("prose", &text.html.0);
        }
        for item in &section.items {
            let origin = match item.id_origin {
                IdOrigin::Written => "^",
                IdOrigin::Derived => "",
            };
            line("* item", &format!("{origin}{} ({})", item.id, item.place.line_column()));
            line("  title", &html(&item.title));
            line("  text", &item.text.html.0);
            line("  tags", &item.tags.join(" "));
            if item.weight != 1 {
                line("  weight", &item.weight.to_string());
            }
            line("  requires", &item.requires.join(" "));
            line("  excludes", &item.excludes.join(" "));
            line("  group", item.group.as_deref().unwrap_or(""));
            line("  proves", &item.proves.join(" "));
        }
        for text in &section.after {
            line("after", &text.html.0);
        }
    }
    out
}

#[test]
fn the_first_users_own_note_reads_unmodified() {
    let (offer, diagnostics) =
        read_as("offers/chief-of-staff-externe.md", "chief-of-staff-externe", SEED);
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("offer/seed.txt", &show(&offer.unwrap()));
}

#[test]
fn the_shipped_offers_read_without_a_word_of_complaint() {
    for (stem, text, golden) in [
        ("chief-of-staff-externe", FRENCH, "offer/chief-of-staff-externe.txt"),
        ("office-move", ENGLISH, "offer/office-move.txt"),
    ] {
        let (offer, diagnostics) = read_as(&format!("offers/{stem}.md"), stem, text);
        assert_eq!(diagnostics.one_lines(), "");
        crate::golden::check(golden, &show(&offer.unwrap()));
    }
}

/// What a note prints, without ids and tags.
fn printed(text: &str) -> String {
    let offer = read(text).0.unwrap();
    let all = [Some(&offer.title), offer.lede.as_ref(), offer.summary.as_ref()];
    let mut texts: Vec<&Rich> = all.into_iter().flatten().collect();
    for section in &offer.sections {
        texts.push(&section.heading);
        texts.extend(section.prose.iter().chain(&section.after));
        texts.extend(section.items.iter().flat_map(|item| item.title.iter().chain([&item.text])));
    }
    texts.iter().map(|rich| rich.html.0.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_shipped_note_differs_from_the_authors_only_where_the_author_is_told() {
    let (_, table) = include_str!("../../docs/for-the-author.md").split_once("|---|---|---|\n").unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 3, "the table was found");
    let mut mended = SEED.to_owned();
    for row in rows {
        assert_eq!(mended.matches(row[1]).count(), 1, "{}", row[1]);
        mended = mended.replace(row[1], row[2]);
    }
    assert_eq!(printed(&mended), printed(FRENCH));
}

#[test]
fn obsidians_notes_read_as_they_are() {
    let (offer, diagnostics) = read(include_str!("obsidian.md"));
    let text = format!("{}\n{}", diagnostics.one_lines(), show(&offer.unwrap()));
    crate::golden::check("offer/obsidian.txt", &text);
}
