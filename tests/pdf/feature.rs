//! A document that uses all of the subset.

use std::collections::BTreeMap;

use image::ExtendedColorType::{L8, Rgb8, Rgba8};

use propale::document::tree::Document;
use propale::layout::pages::Pages;
use propale::pdf::Streams;

use super::kit;
use super::reader::{Reader, faults, heard};
use crate::golden;
use crate::image::{jpeg, png, with_exif};

/// The feature document's bytes.
pub fn pdf() -> Vec<u8> {
    let (document, pages) = set();
    kit::write(&document, &pages)
}

fn set() -> (Document, Pages) {
    let read = |bytes: Vec<u8>| propale::image::read("photo", &bytes.into()).unwrap();
    let rgba = (0..100 * 70).flat_map(|i| [i as u8, (i / 100 * 3) as u8, 120, (i % 100 * 2) as u8]);
    let rgb = (0..80 * 100).flat_map(|i| [(i % 80 * 3) as u8, (i / 80 * 2) as u8, 90]);
    let (rgba, rgb): (Vec<u8>, Vec<u8>) = (rgba.collect(), rgb.collect());
    let pictures = BTreeMap::from([
        ("photo.png", read(png(100, 70, Rgba8, &rgba))),
        ("photo.jpg", read(with_exif(&jpeg(80, 100, Rgb8, &rgb), 6))),
        ("grey.jpg", read(jpeg(100, 70, L8, &[100; 7000]))),
    ]);
    let body = include_str!("feature.html");
    let more: String = (1..24)
        .map(|n| format!("<p>Paragraphe {n}, qui continue assez longtemps pour tenir sur deux lignes au moins, afin que la page se remplisse et que l’un d’eux soit coupé entre deux pages.</p>"))
        .collect();
    let document = kit::document(
        "fr",
        "Proposition pour Nova Santé : « croissance » & (œuvre)",
        &format!("{body}{more}"),
    );
    let pages = kit::pages(&document, &pictures);
    (document, pages)
}

#[test]
fn as_a_blind_reader_hears_it() {
    golden::check("pdf/feature.txt", &heard(&Reader::open(&pdf())));
}

#[test]
fn pages_and_structure_agree() {
    assert_eq!(faults(&Reader::open(&pdf())), Vec::<String>::new());
}

#[test]
fn same_inputs_same_bytes() {
    let (document, pages) = set();
    let first = kit::write(&document, &pages);
    kit::keep("feature.pdf", &first);
    let streams = Streams::default();
    let short = kit::document("fr", "t", "<h1>Une autre proposition</h1>");
    kit::write_sharing(&short, &kit::pages(&short, &BTreeMap::new()), &kit::FACES, &streams);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..2 {
                    assert!(kit::write_sharing(&document, &pages, &kit::FACES, &streams) == first);
                }
            });
        }
    });
}
