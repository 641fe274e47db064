//! A document that uses what style sheets can paint, through the whole program: groups, soft masks,
//! matrices, repeated pictures, faces with TrueType and CFF outlines and an instance of a variable one.

use image::ExtendedColorType::{L8, Rgb8, Rgba8};

use super::kit;
use super::reader::{Reader, faults, heard};
use crate::golden;
use crate::image::{jpeg, png};
use crate::support::{Workspace, repository};

fn pdf() -> Vec<u8> {
    let workspace = Workspace::small();
    let rgba: Vec<u8> =
        (0..60 * 40).flat_map(|i| [i as u8, 80, (i / 60 * 6) as u8, (i % 60 * 4) as u8]).collect();
    let rgb: Vec<u8> = (0..40 * 40).flat_map(|i| [(i % 40 * 6) as u8, 120, 60]).collect();
    workspace
        .write("templates/dressed.html.hbs", include_str!("dressed.html.hbs"))
        .write("templates/dressed.css", include_str!("dressed.css"))
        .write("templates/photo.png", png(60, 40, Rgba8, &rgba))
        .write("templates/photo.jpg", jpeg(40, 40, Rgb8, &rgb))
        .write("templates/grey.jpg", jpeg(40, 40, L8, &[90; 1600]))
        .write("clients/moulin.toml", "layout = \"dressed\"\n\n[client]\nname = \"Le Moulin Bleu\"\n");
    for face in ["box.otf", "vary.ttf"] {
        let data = std::fs::read(repository().join("tests/pdf/faces").join(face)).unwrap();
        workspace.write(&format!("fonts/{face}"), data);
    }
    std::fs::read(workspace.build(&["moulin"])).unwrap()
}

#[test]
fn what_sheets_paint_is_sound() {
    let bytes = pdf();
    kit::keep("dressed.pdf", &bytes);
    assert_eq!(faults(&Reader::open(&bytes)), Vec::<String>::new());
}

/// Whatever is turned, hidden under something else or thinned is heard where the document has it.
#[test]
fn as_a_blind_reader_hears_it() {
    golden::check("pdf/dressed.txt", &heard(&Reader::open(&pdf())));
}
