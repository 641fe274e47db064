//! Faces: read, refused, matched, and their words shaped.

pub mod forge;

use std::sync::Arc;

use propale::font::{Face, FaceId, Faces, Letters};
use propale::style::values::FontStyle;

use forge::{Forge, SANS};

fn read(data: Vec<u8>) -> Result<Vec<Face>, String> {
    Face::read("fonts/x.ttf", Arc::from(data)).map_err(|d| d.one_line())
}

fn refused(data: Vec<u8>) -> String {
    read(data).err().unwrap_or_else(|| "accepted".into())
}

#[test]
fn names_and_metrics_of_the_shipped_faces() {
    let mut out = String::new();
    for face in &crate::inline::kit::FACES.faces {
        let m = &face.metrics;
        out +=
            &format!("{} · {} · {} {:?}\n", face.family, face.postscript_name, face.weight, face.style);
        out += &format!(
            "  em {} ascender {} descender {} gap {} caps {} x {} underline {}/{} strikeout {} angle {}\n",
            m.units_per_em,
            m.ascender,
            m.descender,
            m.line_gap,
            m.cap_height,
            m.x_height,
            m.underline_position,
            m.underline_thickness,
            m.strikeout_position,
            m.italic_angle
        );
    }
    crate::golden::check("font/shipped.txt", &out);
}

#[test]
fn what_is_no_face_is_refused_with_the_reason() {
    let cases: [(&str, Vec<u8>, &str); 7] = [
        (
            "text",
            b"not a face".to_vec(),
            "error: `fonts/x.ttf` is no face; a TrueType or OpenType file (.ttf, .otf, .ttc) is expected",
        ),
        (
            "nothing",
            vec![],
            "error: `fonts/x.ttf` is no face; a TrueType or OpenType file (.ttf, .otf, .ttc) is expected",
        ),
        (
            "woff2",
            b"wOF2\0\x01\0\0".to_vec(),
            "error: `fonts/x.ttf` is a WOFF file, made for browsers; a TrueType or OpenType face (.ttf, .otf, \
             .ttc) is expected (hint: take the desktop version of the family, or unpack it: `woff2_decompress FILE`)",
        ),
        (
            "restricted licence",
            Forge::from(SANS).patch(b"OS/2", 8, &[0, 2]).bytes(),
            "error: the licence bits of `fonts/x.ttf` forbid embedding it in a document (OS/2 fsType 2) (hint: \
             choose a face with an open licence, for instance the SIL Open Font License)",
        ),
        (
            "no horizontal metrics",
            Forge::from(SANS).without(b"hmtx").bytes(),
            "error: `fonts/x.ttf` is a broken face: the hmtx table is missing",
        ),
        (
            "no name",
            Forge::from(SANS).without(b"name").bytes(),
            "error: `fonts/x.ttf` is a broken face: it has no family name",
        ),
        (
            "unit of 0",
            Forge::from(SANS).patch(b"head", 18, &[0, 0]).bytes(),
            "error: `fonts/x.ttf` is a broken face: its unit is 0",
        ),
    ];
    for (what, data, expected) in cases {
        assert_eq!(refused(data), expected, "{what}");
    }
}

/// A face with the axes wght, 100 to 900, and slnt, -12 to 0 (tests/pdf/faces/make.py).
fn variable() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pdf/faces/vary.ttf")).unwrap()
}

#[test]
fn a_variable_face_gives_its_weights_upright_and_slanted() {
    let faces = read(variable()).unwrap();
    let told: Vec<String> = faces
        .iter()
        .map(|face| {
            let width = face.word_shaper(&[], "fr", Letters::AsWritten).word(face, "n").advance;
            let (name, angle) = (&face.postscript_name, face.metrics.italic_angle);
            format!("{} {:?} {name} {angle} {width}", face.weight, face.style)
        })
        .collect();
    // The boxes of the face lose 60 units towards 100, and gain 120 towards 900.
    assert_eq!(
        told[..6],
        [
            "100 Normal PropaleVary-Regular_100wght 0 289",
            "100 Italic PropaleVary-Regular_100wght_-12slnt -12 289",
            "200 Normal PropaleVary-Regular_200wght 0 309",
            "200 Italic PropaleVary-Regular_200wght_-12slnt -12 309",
            "300 Normal PropaleVary-Regular_300wght 0 329",
            "300 Italic PropaleVary-Regular_300wght_-12slnt -12 329",
        ]
    );
    assert_eq!(told[17], "900 Italic PropaleVary-Regular_900wght_-12slnt -12 469");
    assert_eq!(told.len(), 18);
}

/// Axes that say nothing of weight or slant keep their default: the face is one face.
#[test]
fn other_axes_keep_their_default() {
    let mut optical = Forge::read(variable());
    let at = optical.find(b"fvar", b"wght");
    optical = optical.patch(b"fvar", at, b"opsz");
    let at = optical.find(b"fvar", b"slnt");
    let faces = optical.patch(b"fvar", at, b"GRAD").faces();
    assert_eq!(faces.len(), 1);
    assert_eq!((faces[0].weight, faces[0].variation.len()), (400, 0));
}

#[test]
fn a_face_cut_short_anywhere_never_panics() {
    let whole = Forge::from(SANS).bytes();
    for part in 0..40 {
        let _ = read(whole[..whole.len() * part / 40].to_vec());
    }
}

#[test]
fn a_collection_gives_each_of_its_faces() {
    let faces = read(forge::collection(&["Un", "Deux"])).unwrap();
    let names: Vec<(&str, u32)> = faces.iter().map(|f| (f.family.as_str(), f.index)).collect();
    assert_eq!(names, [("Un", 0), ("Deux", 1)]);
    assert!(faces.iter().all(|face| face.has('é')));
}

#[test]
fn characters_that_a_face_has() {
    let face = &Forge::from(SANS).hide(&['\u{202F}', 'é', 'A']).faces()[0];
    for (c, has) in
        [('a', true), ('A', false), ('é', false), ('è', true), ('\u{202F}', false), ('中', false)]
    {
        assert_eq!(face.has(c), has, "{c:?}");
    }
}

/// CSS Fonts 4 §5.2: which of the weights and styles of a family is taken.
#[test]
fn the_nearest_face_of_a_family() {
    use FontStyle::{Italic, Normal};
    type Wish = (u16, FontStyle);
    let cases: [(&[Wish], Wish, usize); 16] = [
        (&[(400, Normal), (700, Normal)], (400, Normal), 0),
        (&[(400, Normal), (700, Normal)], (600, Normal), 1),
        (&[(400, Normal), (700, Normal)], (500, Normal), 0),
        // 400 to 500: first up to 500, then down, then beyond.
        (&[(300, Normal), (500, Normal)], (400, Normal), 1),
        (&[(300, Normal), (600, Normal)], (400, Normal), 0),
        (&[(600, Normal), (900, Normal)], (450, Normal), 0),
        (&[(400, Normal), (500, Normal), (300, Normal)], (450, Normal), 1),
        // Under 400: down first. Over 500: up first.
        (&[(200, Normal), (400, Normal)], (300, Normal), 0),
        (&[(350, Normal), (400, Normal)], (300, Normal), 0),
        (&[(500, Normal), (900, Normal)], (600, Normal), 1),
        (&[(100, Normal), (500, Normal)], (600, Normal), 1),
        (&[(100, Normal), (550, Normal)], (501, Normal), 1),
        // The style counts before the weight.
        (&[(700, Normal), (400, Italic)], (700, Italic), 1),
        (&[(400, Italic), (900, Normal)], (400, Normal), 1),
        // A style that is missing gives the other.
        (&[(400, Normal), (700, Normal)], (700, Italic), 1),
        (&[(400, Italic)], (400, Normal), 0),
    ];
    let data = Arc::<[u8]>::from(Forge::from(SANS).bytes());
    for (has, (weight, style), expected) in cases {
        let mut faces = Faces::default();
        for &(weight, style) in has {
            let mut face = Face::read("x.ttf", data.clone()).unwrap().remove(0);
            (face.family, face.weight, face.style) = ("Maison".into(), weight, style);
            faces.add(face);
        }
        let found = faces.find("maison", weight, style);
        assert_eq!(found, Some(FaceId(expected as u16)), "{weight} {style:?} of {has:?}");
    }
}

#[test]
fn families_by_name_and_generic_name() {
    let faces = &crate::inline::kit::FACES;
    let family =
        |name: &str| faces.find(name, 400, FontStyle::Normal).map(|id| faces.face(id).family.as_str());
    assert_eq!(family("SOURCE sans 3"), Some("Source Sans 3"));
    assert_eq!(family("sans-serif"), Some("Source Sans 3"));
    assert_eq!(family("Monospace"), Some("Source Sans 3"));
    assert_eq!(family("serif"), Some("Source Serif 4 Display"));
    assert_eq!(family("Papyrus"), None);
    assert_eq!(faces.families(), ["Source Sans 3", "Source Serif 4 Display"]);
    let first = faces.first(&["Papyrus", "serif"], 400, FontStyle::Normal).unwrap();
    assert_eq!(faces.face(first).family, "Source Serif 4 Display");
    assert_eq!(Faces::default().first(&["serif"], 400, FontStyle::Normal), None);
}

#[test]
fn a_face_of_the_workspace_wins_over_the_shipped_one_of_the_same_name() {
    let mut faces = Faces::default();
    for path in ["fonts/own.ttf", "shipped.ttf"] {
        faces.add(Face::read(path, Forge::from(SANS).bytes().into()).unwrap().remove(0));
    }
    assert_eq!(faces.faces.len(), 1);
    assert_eq!(faces.faces[0].path, "fonts/own.ttf");
}

#[test]
fn words_keep_their_clusters() {
    let face = &Forge::from(SANS).faces()[0];
    let shaper = face.word_shaper(&[], "fr", Letters::AsWritten);
    let ranges = |text: &str| {
        let word = shaper.word(face, text);
        word.glyphs.iter().map(|g| &text[g.start as usize..g.end as usize]).collect::<Vec<_>>().join("|")
    };
    assert_eq!(ranges("été"), "é|t|é");
    // A letter and its mark become one glyph, or two of one cluster.
    assert!(["e\u{301}|t", "e\u{301}|e\u{301}|t"].contains(&ranges("e\u{301}t").as_str()));
    // What prints nothing stays in the text of the letter before it.
    assert_eq!(ranges("a\u{AD}b"), "a\u{AD}|b");
    let fi = face.word_shaper(&[(*b"liga", 0)], "fr", Letters::AsWritten).word(face, "fi");
    assert_eq!(fi.glyphs.len(), 2);
    let kerned = shaper.word(face, "AV").advance;
    let apart = shaper.word(face, "A").advance + shaper.word(face, "V").advance;
    assert!(kerned < apart, "{kerned} {apart}");
    let same = shaper.word(face, "AV");
    assert!(Arc::ptr_eq(&same, &shaper.word(face, "AV")));
}
