//! Characters that a face has not.

use propale::diagnostic::Diagnostics;
use propale::font::Faces;
use propale::style::values::Hyphens;

use super::kit::*;
use crate::font::forge::{Forge, SANS, SERIF};

/// "Maison" lacks what `hidden` says; "Secours" is the serif.
fn faces(hidden: &[char]) -> Faces {
    let mut faces = Faces::default();
    for face in Forge::from(SANS).family("Maison").hide(hidden).faces() {
        faces.add(face);
    }
    for face in Forge::from(SERIF).family("Secours").faces() {
        faces.add(face);
    }
    faces
}

/// Each run as `family: text`, and what was reported.
fn set(faces: &Faces, families: &[&str], text: &str) -> (Vec<String>, String) {
    let style = style(|s| s.font_family = families.iter().map(|&f| f.into()).collect());
    let mut diagnostics = Diagnostics::new();
    let shaped = draft(&style, "fr").text(text).shape_with(faces, &mut diagnostics);
    let lines = shaped.break_lines(10_000.0);
    let placed = (0..lines.lines.len()).map(|i| shaped.set(faces, &lines, i));
    let all = placed.flat_map(|line| {
        check_runs(&line);
        runs(&line)
            .map(|(_, run)| format!("{}: {}", faces.face(run.face).family, run.text))
            .collect::<Vec<_>>()
    });
    (all.collect(), diagnostics.one_lines())
}

#[test]
fn a_character_of_another_face() {
    let faces = faces(&['→', 'é', 'œ']);
    assert_eq!(
        set(&faces, &["Maison"], "coût → œuvre"),
        (
            vec!["Maison: coût ".into(), "Secours: →".into(), "Maison:  ".into(), "Secours: œ".into(), "Maison: uvre".into()],
            "warning: templates/t.html.hbs:1:1: Maison has no “œ” (U+0153), “→” (U+2192): the fallback face Secours \
             prints it (hint: choose a face that has it, or write it another way)\n"
                .into()
        )
    );
    // A letter and its mark stay together, in a face that has them together.
    let (runs, _) = set(&faces, &["Maison"], "te\u{301}");
    assert_eq!(runs, ["Maison: te\u{301}"], "composed by the shaper from e and the mark");
}

#[test]
fn a_character_in_no_face() {
    let faces = faces(&[]);
    let (runs, said) = set(&faces, &["Maison"], "un 👍🏽 中文字漢語 mot");
    assert_eq!(
        said,
        "error: templates/t.html.hbs:1:1: no face has “中” (U+4E2D), “字” (U+5B57), “文” (U+6587), “漢” (U+6F22), \
         “語” (U+8A9E) and 2 more (hint: take it out of the text, or put a face that has it into fonts/)\n"
    );
    assert_eq!(runs.concat(), "Maison: un 👍🏽 中文字漢語 mot");
}

#[test]
fn right_to_left_text_is_refused() {
    for (text, c) in [("\u{5E9}\u{5DC}", "“ש” (U+05E9)"), ("a\u{202E}b", "U+202E")] {
        let faces = faces(&[]);
        let (_, said) = set(&faces, &["Maison"], text);
        let expected = format!(
            "error: templates/t.html.hbs:1:1: right-to-left text is not supported: {c} \
                     (hint: take it out, or write the words in letters that run from left to right)\n"
        );
        assert!(said.ends_with(&expected), "{said}");
    }
}

#[test]
fn no_face_at_all() {
    let faces = Faces::default();
    let (runs, said) = set(&faces, &["Maison"], "un");
    assert_eq!(said, "error: there is no face to print with (hint: put one into fonts/)\n");
    assert_eq!(runs, [""; 0]);
    assert_eq!(set(&faces, &["Maison"], " ").1, "");
}

#[test]
fn a_family_that_does_not_exist_gives_way_to_the_next() {
    let faces = faces(&[]);
    assert_eq!(set(&faces, &["Absente", "Secours"], "un").0, ["Secours: un"]);
    // None of them: whatever there is.
    assert_eq!(set(&faces, &["Absente"], "un").0, ["Maison: un"]);
}

#[test]
fn a_narrow_no_break_space_is_a_third_of_a_no_break_space_where_the_face_has_none() {
    let faces = faces(&['\u{202F}']);
    let (all, said) = set(&faces, &["Maison"], "Quoi\u{202F}!");
    assert_eq!((all, said), (vec!["Maison: Quoi\u{202F}!".to_string()], String::new()));
    let style = style(|s| s.font_family = ["Maison".into()].into());
    let advance = |text: &str| {
        let shaped = draft(&style, "fr").text(text).shape_with(&faces, &mut Diagnostics::new());
        let line = shaped.set(&faces, &shaped.break_lines(1000.0), 0);
        let (_, run) = runs(&line).next().unwrap();
        run.glyphs[1].advance
    };
    assert!((advance("a\u{202F}!") - advance("a\u{A0}!") / 3.0).abs() < 1e-4);
    // The line still does not end there.
    let shaped =
        draft(&style, "fr").text("un Quoi\u{202F}!").shape_with(&faces, &mut Diagnostics::new());
    let lines = shaped.break_lines(1.0);
    let texts: Vec<String> =
        (0..lines.lines.len()).map(|i| copied(&shaped.set(&faces, &lines, i))).collect();
    assert_eq!(texts, ["un ", "Quoi\u{202F}!"]);
}

#[test]
fn other_spaces_are_made_from_the_plain_one() {
    let hidden = ['\u{A0}', '\u{2009}', '\u{2003}', '\u{2010}'];
    let faces = faces(&hidden);
    assert_eq!(set(&faces, &["Maison"], "a\u{A0}b\u{2009}c\u{2003}d").1, "");
    // Without U+2010 the added hyphen is U+002D.
    let style = style(|s| {
        s.font_family = ["Maison".into()].into();
        s.hyphens = Hyphens::Auto;
    });
    let shaped =
        draft(&style, "fr").text("organisation fin").shape_with(&faces, &mut Diagnostics::new());
    let lines = shaped.break_lines(30.0);
    let first = shaped.set(&faces, &lines, 0);
    let hyphen = runs(&first).last().unwrap().1.glyphs.last().unwrap().id;
    assert_ne!(hyphen, 0);
}

#[test]
fn control_and_format_characters_need_no_glyph() {
    let faces = faces(&['\u{200D}', '\u{FE0F}', '\u{2060}', '\u{200B}', '\u{AD}', '\u{200E}']);
    let (_, said) =
        set(&faces, &["Maison"], "a\u{200D}b\u{FE0F}\u{2060}c\u{200B}d\u{AD}e\u{200E}\u{FEFF}\u{1}");
    assert_eq!(said, "");
}
