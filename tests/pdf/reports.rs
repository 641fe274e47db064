//! What the writer says, in its exact words.

use std::collections::BTreeMap;

use propale::diagnostic::Diagnostics;
use propale::document::tree::Document;
use propale::font::Faces;
use propale::layout::pages::Pages;
use propale::pdf::Streams;

use super::kit;
use super::reader::Reader;

fn said(document: &Document, pages: &Pages, faces: &Faces) -> String {
    let mut diagnostics = Diagnostics::new();
    let styles = kit::styles(document);
    propale::pdf::write(
        document,
        &styles,
        pages,
        faces,
        &kit::metadata(),
        &Streams::default(),
        &mut diagnostics,
    );
    diagnostics.one_lines()
}

/// What is no percent-encoding is encoded: a URI has none but whole ones (RFC 3986 §2.4).
#[test]
fn addresses_are_uris() {
    for (href, uri) in [
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%zz?%4&%C3%A9é", "https://a.example/%25zz?%254&%C3%A9%C3%A9"),
    ] {
        let document =
            kit::document("fr", "t", &format!("<p><a href='{}'>b</a></p>", href.replace('&', "&amp;")));
        let bytes = kit::write(&document, &kit::pages(&document, &BTreeMap::new()));
        let reader = Reader::open(&bytes);
        let actions =
            reader.pdf.objects.values().filter_map(|object| reader.dict(object.as_dict().ok()?, "A"));
        let uris: Vec<String> = actions.filter_map(|action| reader.string(action, "URI")).collect();
        assert_eq!(uris, [uri], "{href}");
    }
}

#[test]
fn a_link_to_what_is_not_printed() {
    let body = "<p style='display: none' id='gone'>a</p><p><a href='#gone'>b</a></p>";
    let document = kit::document("fr", "t", body);
    let pages = kit::pages(&document, &BTreeMap::new());
    assert_eq!(
        said(&document, &pages, &kit::FACES),
        "error: templates/page.html.hbs:3:50: the link `#gone` leads to nothing that is printed\n"
    );
}
