//! Text that copies as what it stands for, whatever its glyphs are.

use std::sync::{Arc, LazyLock};

use propale::document::tree::NodeId;
use propale::font::{Face, FaceId, Faces};
use propale::layout::pages::{Glyph, GlyphRun, Item, Owner, Pages, Paint};
use skrifa::{FontRef, MetadataProvider};

use super::kit;
use super::reader::{Kid, Reader, faults};

/// A face with TrueType outlines, one with CFF outlines, the instances of a variable one.
static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let mut faces = Faces::default();
    for file in [
        "fonts/source-sans-3/SourceSans3-Regular.ttf",
        "tests/pdf/faces/box.otf",
        "tests/pdf/faces/vary.ttf",
    ] {
        let data: Arc<[u8]> =
            std::fs::read(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap().into();
        Face::read(file, data).unwrap().into_iter().for_each(|face| faces.add(face));
    }
    faces
});

/// Clusters: the characters whose glyphs are shown, and the text that they stand for.
type Clusters = &'static [(&'static str, &'static str)];

const CASES: &[(&str, Clusters)] = &[
    ("one by one", &[("A", "A"), ("é", "é"), ("œ", "œ"), ("«", "«"), ("€", "€")]),
    ("a ligature", &[("B", "fi"), ("n", "n")]),
    ("a ligature, and the sign of its own", &[("B", "ffi"), ("B", "ﬁ"), ("B", "ffi")]),
    (
        "spaces that share a glyph",
        &[("a", "a"), (" ", "\u{A0}"), (" ", " "), (" ", "\u{202F}"), ("!", "!")],
    ),
    ("a soft hyphen", &[("-", "-"), ("a", "a"), ("-", "\u{AD}")]),
    ("a base and its mark", &[("e’", "é"), ("e", "e"), ("’", "’")]),
    ("a base and its mark, apart in the text", &[("e’", "e\u{301}")]),
    ("marks that never stand alone", &[("Z!", "ẑ"), ("Z.", "ż")]),
    ("a letter taken for another", &[("l", "l"), ("l", "I"), ("l", "l"), ("l", "|")]),
    ("private use", &[("A", "A"), ("C", "\u{E000}"), ("D", "D")]),
    ("four bytes", &[("A", "𝒜"), ("B", "👩🏽‍💻")]),
    ("letters apart by tags", &[("<", "<"), ("(", "("), ("\\", "\\"), (")", ")")]),
];

/// A run of clusters; characters that the face lacks are left out.
fn run(face: FaceId, clusters: Clusters) -> GlyphRun {
    let source = FACES.face(face);
    let map = FontRef::from_index(&source.data, source.index).unwrap().charmap();
    let (mut glyphs, mut text, mut x) = (vec![], String::new(), 0.0);
    for (shown, says) in clusters {
        let ids: Vec<u16> = shown.chars().filter_map(|c| Some(map.map(c)?.to_u32() as u16)).collect();
        if ids.is_empty() {
            continue;
        }
        let start = text.len() as u32;
        text.push_str(says);
        for id in ids {
            glyphs.push(Glyph { id, x, y: 0.0, advance: 8.0, start, end: text.len() as u32 });
            x += 8.0;
        }
    }
    GlyphRun { face, size: 14.0, color: kit::INK, x: 90.0, y: 100.0, glyphs, text: text.into() }
}

#[test]
fn every_cluster_is_copied_as_its_text() {
    let document = kit::document("fr", "t", "<p>text</p>");
    let node = (0..document.nodes.len() as u32).map(NodeId).find(|n| document.text(*n) == Some("text"));
    for (face, kind) in [(FaceId(0), "TrueType"), (FaceId(1), "CFF"), (FaceId(13), "instance")] {
        for (index, (name, clusters)) in CASES.iter().enumerate() {
            let run = run(face, clusters);
            let text = run.text.to_string();
            let item = Item { owner: Owner::Node(node.unwrap()), paint: Paint::Glyphs(run) };
            let pages = Pages { pages: vec![kit::page(vec![item])], ..Pages::default() };
            let bytes = kit::write_with(&document, &pages, &FACES);
            kit::keep(&format!("copying-{kind}-{index}.pdf"), &bytes);
            let reader = Reader::open(&bytes);
            let mut read = String::new();
            reader.root.walk(&mut |element| {
                for kid in &element.kids {
                    if let Kid::Content(stream, mcid) = kid {
                        read.push_str(reader.text(*stream, *mcid));
                    }
                }
            });
            assert_eq!(read, text, "{kind}: {name}");
            assert_eq!(faults(&reader), Vec::<String>::new(), "{kind}: {name}");
        }
    }
}

/// A glyph of no character is not painted, and its text is still there.
#[test]
fn notdef_is_never_painted() {
    let document = kit::document("fr", "t", "<p>text</p>");
    let node = (0..document.nodes.len() as u32).map(NodeId).find(|n| document.text(*n) == Some("text"));
    let mut run = run(FaceId(0), &[("A", "A"), ("B", "B")]);
    run.glyphs[0].id = 0;
    let item = Item { owner: Owner::Node(node.unwrap()), paint: Paint::Glyphs(run) };
    let pages = Pages { pages: vec![kit::page(vec![item])], ..Pages::default() };
    let reader = Reader::open(&kit::write_with(&document, &pages, &FACES));
    let said: Vec<&str> = reader.marked.texts.values().map(String::as_str).collect();
    assert_eq!(said, ["A", "B"]);
}
