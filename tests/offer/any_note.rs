//! What holds of any text read as a note: shared by the bounded property test and the fuzz target.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::offer::{Item, Offer, Role};
use propale::proposal::rich::Rich;
use std::collections::BTreeSet;

/// Elements that Markdown may become.
const ELEMENTS: &[&str] = &[
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Reads `text` as a note and checks what must hold whatever it says.
pub fn any_note(text: &str) {
    let source = Source::new("offers/note.md", text);
    let mut diagnostics = Diagnostics::new();
    let offer = Offer::read(&source, "note", &mut diagnostics);
    for diagnostic in diagnostics.iter() {
        if let Some(place) = &diagnostic.place {
            assert!(source.text.get(place.span.clone()).is_some(), "{}", diagnostic.one_line());
        }
        assert!(!diagnostic.message.contains('\n'), "{}", diagnostic.message);
    }
    let Some(offer) = offer else {
        assert!(diagnostics.has_errors(), "refused without a word");
        return;
    };
    let mut slugs = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for section in &offer.sections {
        assert!(!section.slug.is_empty() && slugs.insert(&section.slug), "{}", section.slug);
        safe(&section.heading);
        section.prose.iter().chain(&section.after).for_each(safe);
        for item in &section.items {
            let new = ids.insert(&item.id);
            assert!(!item.id.is_empty() && (new || diagnostics.has_errors()), "{}", item.id);
            assert!(source.text.get(item.place.span.clone()).is_some());
            item.title.iter().chain([&item.text]).for_each(safe);
            words_are_the_notes(item, text);
        }
    }
    for rich in [Some(&offer.title), offer.lede.as_ref(), offer.summary.as_ref()].into_iter().flatten() {
        safe(rich);
    }
    offer.introduction.iter().for_each(safe);
    let tags: BTreeSet<&str> = offer.needs.iter().map(|need| need.tag.as_str()).collect();
    assert_eq!(tags.len(), offer.needs.len());
    for (_, item) in offer.items() {
        assert!(item.tags.iter().all(|tag| tags.contains(tag.as_str())));
        assert!((1..=9).contains(&item.weight));
    }
    assert!(Role::WORDS.len() == 4);
}

/// The HTML is made of our elements alone, closed in order, and says what the plain text says.
pub fn safe(rich: &Rich) {
    let html = &rich.html.0;
    let mut open: Vec<&str> = Vec::new();
    let mut words = String::new();
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        assert!(ELEMENTS.contains(&name), "<{tag}> in {html}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else if !matches!(name, "br" | "hr" | "img") {
            open.push(name);
        }
        if let Some(href) = tag.split("href=\"").nth(1) {
            let scheme = href.split(':').next().unwrap().to_ascii_lowercase();
            assert!(["http", "https", "mailto", "tel"].contains(&scheme.as_str()), "{tag}");
        }
        if let Some(alt) = tag.split("alt=\"").nth(1) {
            words.push_str(alt.trim_end_matches('"'));
        }
        if !matches!(name, "a" | "em" | "strong" | "s" | "code" | "img") {
            words.push(' ');
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{html}");
    words.push_str(rest);
    let words =
        words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), rich.plain);
}

/// Nothing is printed that the note does not say: the letters of an item stand in it, in their order.
fn words_are_the_notes(item: &Item, text: &str) {
    // An entity is written otherwise than it is printed.
    if text.contains('&') {
        return;
    }
    let mut written = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let printed = item.title.iter().chain([&item.text]).flat_map(|rich| rich.plain.chars());
    for c in printed.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()) {
        assert!(written.any(|other| other == c), "{c} of {:?}", item.text.plain);
    }
}
