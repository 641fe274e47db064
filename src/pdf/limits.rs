//! What an author may write and PDF/A has no room for (ISO 19005-2 §6.1.13). It is refused where a
//! shortened form would be another thing: a title, an alternative, an address, a name.

use super::Metadata;
use super::links::ascii;
use super::role::alternative;
use super::strings::{MAX_BYTES, fits, plain};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::{Document, Element, NodeId};
use crate::layout::pages::Pages;

/// Indirect objects that a file may have.
const MAX_OBJECTS: usize = 8_388_607;

/// Sides of a page, px: from 3 to 14 400 units of 1/72 inch.
const SIDES: std::ops::RangeInclusive<f32> = 4.0..=19_200.0;

/// Reports texts of the document that are too long for a string, and pages that are too large or small.
pub(super) fn check(
    document: &Document,
    pages: &Pages,
    metadata: &Metadata,
    diagnostics: &mut Diagnostics,
) {
    let title = plain(&document.title);
    if !fits(&title) {
        // A title is often made of several texts: the longest that is found has the place.
        let longest = title.split(" – ").max_by_key(|part| part.len()).unwrap_or(&title);
        diagnostics.push(too_long("the document's title").about([&*title, longest]));
    }
    let subject = metadata.subject.as_deref().unwrap_or("");
    let keywords = metadata.keywords.join(", ");
    for (what, said) in
        [("the author's name", &*metadata.author), ("the subject", subject), ("the keywords", &keywords)]
    {
        if !fits(&plain(said)) {
            diagnostics.push(too_long(what).about([said]));
        }
    }
    for index in 0..document.nodes.len() {
        let node = NodeId(index as u32);
        for (what, said) in document.element(node).into_iter().flat_map(said_as_a_string) {
            let place = document.node(node).place.clone();
            diagnostics.push(too_long(what).maybe_at(place).about([said]));
        }
    }
    for page in &pages.pages {
        if !SIDES.contains(&page.width) || !SIDES.contains(&page.height) {
            let mm = |px: f32| px * 25.4 / 96.0;
            let (width, height) = (mm(page.width), mm(page.height));
            let message = format!(
                "a page of {width:.0} × {height:.0} mm cannot be kept: PDF/A has pages from 1.1 to 5080 mm"
            );
            diagnostics.push(Diagnostic::error(message).hint("give another `size` in @page"));
        }
    }
}

/// Reports a file of too many objects.
pub(super) fn check_objects(count: usize, diagnostics: &mut Diagnostics) {
    if count > MAX_OBJECTS {
        let message =
            format!("the document is too long: PDF/A holds {MAX_OBJECTS} objects, not {count}");
        diagnostics.push(Diagnostic::error(message).about_whole());
    }
}

/// What an element has written as strings that are too long, with their names.
fn said_as_a_string(element: &Element) -> Vec<(&'static str, &str)> {
    let attribute = |name| element.attribute(name);
    let mut long = vec![];
    if let Some(alt) = alternative(element).filter(|alt| !fits(alt)) {
        long.push(("the picture's alternative text", alt));
    }
    if let Some(href) = attribute("href").filter(|href| ascii(href).len() > MAX_BYTES) {
        long.push(("the link's address", href));
    }
    if element.name == "th"
        && let Some(id) = element.id().filter(|id| id.len() > MAX_BYTES)
    {
        long.push(("the header cell's id", id));
    }
    long
}

fn too_long(what: &str) -> Diagnostic {
    let message = format!("{what} is too long: PDF/A has at most {MAX_BYTES} bytes for it");
    Diagnostic::error(message).hint("say it shorter here, and the rest in the text")
}
