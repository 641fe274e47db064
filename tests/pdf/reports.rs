//! What the writer says, in its exact words.

use std::collections::BTreeMap;
use std::sync::Arc;

use image::ExtendedColorType::L8;
use propale::diagnostic::Diagnostics;
use propale::document::tree::Document;
use propale::font::Faces;
use propale::image::Picture;
use propale::layout::pages::Pages;
use propale::pdf::Streams;

use super::kit;
use crate::image::{jpeg, png, with_exif};

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

/// The kit prints every picture 60 × 40 px wide.
#[test]
fn a_coarse_picture() {
    let body = "<p><img src='a' alt='a'></p>\n<p><img src='b' alt='b'> <img src='c' alt='c'></p>";
    let document = kit::document("fr", "t", body);
    let read = |name: &str, bytes: Vec<u8>| propale::image::read(name, &Arc::from(bytes)).unwrap();
    let tall = with_exif(&jpeg(40, 94, L8, &[9; 3760]), 6);
    let pictures: BTreeMap<&str, Arc<Picture>> = BTreeMap::from([
        ("a", read("brand/a.png", png(50, 50, L8, &[9; 2500]))),
        ("b", read("brand/b.png", png(94, 63, L8, &[9; 5922]))),
        ("c", read("brand/c.jpg", tall)),
    ]);
    let pages = kit::pages(&document, &pictures);
    assert_eq!(
        said(&document, &pages, &kit::FACES),
        "warning: templates/page.html.hbs:3:10: the picture `brand/a.png` is coarse: 80 pixels an inch \
         where it is printed (hint: use one at least 100 pixels wide, or print it smaller)\n\
         warning: templates/page.html.hbs:4:26: the picture `brand/c.jpg` is coarse: 96 pixels an inch \
         where it is printed (hint: use one at least 150 pixels wide, or print it smaller)\n"
    );
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
