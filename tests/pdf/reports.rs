//! What the writer says, in its exact words.

use std::collections::BTreeMap;

use propale::diagnostic::Diagnostics;
use propale::document::tree::Document;
use propale::font::Faces;
use propale::layout::pages::Pages;
use propale::pdf::Streams;

use super::kit;

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
