//! Where lines may end (UAX #14) and what cannot be helped.

use proptest::prelude::*;

use propale::diagnostic::Diagnostics;
use propale::style::values::{Hyphens, OverflowWrap, TextAlign, TextWrap, WhiteSpace};

use super::kit::*;

#[test]
fn every_opportunity() {
    let cases: [(&str, &[&str]); 12] = [
        ("un deux", &["un ", "deux"]),
        ("peut-être", &["peut-", "être"]),
        ("et/ou", &["et/", "ou"]),
        ("12\u{A0}500\u{A0}€ net", &["12\u{A0}500\u{A0}€ ", "net"]),
        ("Quoi\u{202F}? «\u{202F}Rien\u{202F}»", &["Quoi\u{202F}? ", "«\u{202F}Rien\u{202F}»"]),
        ("n° 2026-014", &["n° ", "2026-014"]),
        ("(voir) l’un", &["(voir) ", "l’un"]),
        ("20\u{A0}%, 5\u{202F}€", &["20\u{A0}%, ", "5\u{202F}€"]),
        ("a\u{2060}-\u{2060}b", &["a\u{2060}-\u{2060}b"]),
        ("a\u{200B}b", &["a\u{200B}", "b"]),
        ("mot\u{2011}clé", &["mot\u{2011}clé"]),
        ("un\u{2009}deux", &["un\u{2009}", "deux"]),
    ];
    let style = style(|s| s.text_wrap = TextWrap::Stable);
    for (text, expected) in cases {
        assert_eq!(draft(&style, "fr").text(text).lines(1.0), expected, "{text:?}");
    }
}

#[test]
fn opportunities_around_boxes() {
    let normal = style(|_| {});
    let nowrap = style(|s| s.white_space = WhiteSpace::NOWRAP);
    let picture = styled(|_| {}, |_| {});
    let start = |text: &str| draft(&normal, "fr").text(text);
    let cases: [(Draft, &[&str]); 6] = [
        (
            start("un ").open(&nowrap).text("deux trois").close().text(" quatre"),
            &["un ", "deux trois ", "quatre"],
        ),
        (start("un").open(&nowrap).text(" deux").close(), &["un deux"]),
        (start("un").open(&normal).text(" deux").close(), &["un ", "deux"]),
        (start("u").open(&normal).text("n").close().text("e"), &["une"]),
        (start("un").atomic(&picture, 10.0, 10.0).text("deux"), &["un", "", "deux"]),
        (start("un\u{A0}").atomic(&picture, 10.0, 10.0), &["un\u{A0}"]),
    ];
    for (draft, expected) in cases {
        assert_eq!(draft.lines(1.0), expected);
    }
}

#[test]
fn a_box_begins_on_the_line_of_its_first_word() {
    use propale::layout::inline::LineItem;
    use propale::style::values::Color;
    let normal = style(|_| {});
    let boxed = styled(|_| {}, |s| s.background_color = Color::BLACK);
    let shaped =
        draft(&normal, "fr").text("un ").open(&boxed).text("deux").close().text(" trois").shape();
    let lines = shaped.break_lines(1.0);
    let boxes: Vec<usize> = set_all(&shaped, &lines)
        .iter()
        .map(|line| line.items.iter().filter(|item| matches!(item, LineItem::Box(_))).count())
        .collect();
    assert_eq!(boxes, [0, 1, 0]);
}

#[test]
fn a_word_too_wide_sticks_out_and_is_reported_with_its_place() {
    let style = style(|_| {});
    let word = "x".repeat(200);
    let shaped = draft(&style, "fr").text(&format!("un {word} deux")).shape();
    let lines = shaped.break_lines(60.0 * MM);
    assert_eq!(lines.lines.len(), 3);
    let said: Vec<String> = lines.problems.iter().map(|p| p.one_line()).collect();
    assert_eq!(
        said,
        [
            "warning: templates/t.html.hbs:1:1: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is 315 mm wide, its \
          column 60 mm: it sticks out (hint: make the column wider, or let long words break: `overflow-wrap: anywhere`)"
        ]
    );
}

#[test]
fn of_a_word_that_is_not_hyphenated_it_is_said_how_it_may_be() {
    let style = style(|s| s.hyphens = Hyphens::Auto);
    let said = |text: &str| {
        let shaped = draft(&style, "fr").text(text).shape();
        shaped.break_lines(12.0 * MM).problems.iter().map(|p| p.one_line()).collect::<String>()
    };
    assert_eq!(said("des internationalisations en cours"), "");
    let name = said("une Internationalisation en cours");
    assert!(
        name.contains("it sticks out") && name.contains("1:1") && name.contains("`&shy;`"),
        "{name}"
    );
    assert_eq!(said("une Inter\u{AD}natio\u{AD}nali\u{AD}sation en cours"), "");
}

#[test]
fn overflow_wrap_anywhere_breaks_only_what_fits_no_line() {
    for wrap in [TextWrap::Stable, TextWrap::Pretty, TextWrap::Balance] {
        let style = style(|s| {
            s.overflow_wrap = OverflowWrap::Anywhere;
            s.text_wrap = wrap;
        });
        let word = "x".repeat(50);
        let shaped = draft(&style, "fr").text(&format!("un {word} deux")).shape();
        let lines = shaped.break_lines(30.0 * MM);
        assert_eq!(lines.problems, [], "{wrap:?}");
        let texts: Vec<String> = set_all(&shaped, &lines).iter().map(copied).collect();
        assert_eq!(texts.concat(), format!("un {word} deux"), "{wrap:?}");
        assert!(lines.lines.iter().all(|line| line.width <= 30.0 * MM));
        // A word that fits on a line stays whole.
        assert_eq!(
            draft(&style, "fr").text("une organisation").lines(22.0 * MM),
            ["une ", "organisation"]
        );
        let (narrow, letter) =
            (shaped.min_content(), draft(&style, "fr").text("m").shape().max_content());
        assert!(narrow <= letter, "{narrow} {letter}");
    }
}

#[test]
fn a_sequence_without_opportunities_is_broken_between_its_words_first() {
    let anywhere = style(|s| s.overflow_wrap = OverflowWrap::Anywhere);
    let lines = |draft: crate::inline::kit::Draft, mm: f32| draft.lines(mm * MM);
    // Each part fits; together they do not.
    assert_eq!(
        lines(draft(&anywhere, "fr").text("un\u{A0}mot\u{A0}insécable\u{A0}très\u{A0}long"), 22.0),
        ["un\u{A0}mot\u{A0}", "insécable\u{A0}très\u{A0}", "long"]
    );
    assert_eq!(
        lines(
            draft(&anywhere, "fr").text("Abcdefghij").open(&anywhere).text("Abcdefghij").close(),
            22.0
        ),
        ["Abcdefghij", "Abcdefghij"]
    );
    // What may not wrap does not break either (CSS Text 3 §5.5).
    let kept = style(|s| {
        s.overflow_wrap = OverflowWrap::Anywhere;
        s.white_space = WhiteSpace::NOWRAP;
    });
    assert_eq!(lines(draft(&kept, "fr").text("Abcdefghij"), 5.0), ["Abcdefghij"]);
}

#[test]
fn break_word_makes_no_box_narrower() {
    let style_of = |wrap| style(|s| s.overflow_wrap = wrap);
    let (word, whole) = ("organisation", draft(&style(|_| {}), "fr").text("organisation").shape());
    let shaped = draft(&style_of(OverflowWrap::BreakWord), "fr").text(word).shape();
    assert_eq!(shaped.min_content(), whole.min_content());
    assert!(shaped.break_lines(10.0 * MM).lines.len() > 1);
    let narrow = draft(&style_of(OverflowWrap::Anywhere), "fr").text(word).shape().min_content();
    assert!(narrow < whole.min_content() / 4.0);
}

#[test]
fn intrinsic_widths() {
    let normal = style(|_| {});
    let width = |text: &str| draft(&normal, "fr").text(text).shape().max_content();
    let shaped =
        draft(&normal, "fr").text("une organisation sans fin").line_break().text("bref").shape();
    assert_eq!(shaped.min_content(), width("organisation"));
    assert_eq!(shaped.max_content(), width("une organisation sans fin"));
    assert_eq!(shaped.break_lines(shaped.max_content()).lines.len(), 2);
    assert_eq!(shaped.break_lines(shaped.max_content() - 1.0).lines.len(), 3);
    let auto = style(|s| s.hyphens = Hyphens::Auto);
    let hyphenated = draft(&auto, "fr").text("une organisation sans fin").shape().min_content();
    assert!(hyphenated < width("organisation"));
}

/// Words, spaces of all sorts, hyphens, marks, and what prints nothing.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zéàœ’]{1,14}",
        5 => Just(" ".to_string()),
        1 => prop::sample::select(vec![
            "\u{A0}", "\u{202F}", "\u{2009}", "-", "\u{2011}", "\u{AD}", "/", "—", "« ", " »", "…", "2 500 €",
            "e\u{301}", "\u{200B}", "\u{2060}", "x@y.example", "A", "fi", "  ", "\n", "\t",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// CSS Text 3 §4.1.1 said the short way, as the other opinion on the same text.
fn collapsed(text: &str) -> String {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn the_lines_joined_are_the_paragraph(
        text in anything(),
        width in 1.0..600.0_f32,
        wrap in prop::sample::select(vec![TextWrap::Stable, TextWrap::Pretty, TextWrap::Balance]),
        align in prop::sample::select(vec![TextAlign::Start, TextAlign::Justify, TextAlign::Center]),
        overflow_wrap in prop::sample::select(vec![OverflowWrap::Normal, OverflowWrap::Anywhere]),
        split in 0.0..1.0_f64,
    ) {
        let style = style(|s| {
            s.text_wrap = wrap;
            s.text_align = align;
            s.hyphens = Hyphens::Auto;
            s.overflow_wrap = overflow_wrap;
        });
        let mut at = (text.len() as f64 * split) as usize;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let shaped = draft(&style, "fr").text(&text[..at]).open(&style).text(&text[at..]).close().shape();
        let lines = shaped.break_lines(width);
        let placed = set_all(&shaped, &lines);
        let joined: String = placed.iter().map(copied).collect();
        // Added hyphens and words of nothing that prints apart, not a character is lost or doubled.
        let bare = |s: &str| s.replace(['\u{AD}', '\u{200B}', '\u{2060}'], "");
        prop_assert_eq!(bare(&joined), bare(&collapsed(&text)));
        for (line, placed) in lines.lines.iter().zip(&placed) {
            check_runs(placed);
            prop_assert!(line.height > 0.0);
        }
        // No line ends right before or after a no-break.
        for (line, next) in placed.iter().zip(placed.iter().skip(1)) {
            let (end, start) = (copied(line), copied(next));
            // A zero-width space, which is not printed, ends a line whatever stands before it (LB8).
            if overflow_wrap == OverflowWrap::Normal && !text.contains('\u{200B}') {
                prop_assert!(!end.ends_with(['\u{A0}', '\u{202F}', '\u{2011}', '\u{2060}']), "{end:?}");
                // After a space or a hyphen there is an opportunity whatever comes (LB12a).
                let apart = end.ends_with([' ', '-', '\u{2009}', '\u{200B}', '\u{AD}']);
                prop_assert!(apart || !start.starts_with(['\u{A0}', '\u{202F}', '\u{2011}', '\u{2060}']), "{start:?}");
            }
        }
    }

    #[test]
    fn any_text_at_all_is_set_without_a_panic(
        texts in prop::collection::vec(any::<String>(), 0..5),
        width in prop_oneof![Just(0.0), Just(-5.0), Just(f32::INFINITY), 0.0..300.0_f32],
        wrap in prop::sample::select(vec![TextWrap::Stable, TextWrap::Pretty, TextWrap::Balance]),
        white_space in prop::sample::select(vec![
            WhiteSpace::NORMAL, WhiteSpace::NOWRAP, WhiteSpace::PRE, WhiteSpace::PRE_LINE, WhiteSpace::PRE_WRAP,
        ]),
        anywhere in any::<bool>(),
        letter_spacing in prop::sample::select(vec![0.0, 1.5, -1.0]),
    ) {
        let style = style(|s| {
            s.text_wrap = wrap;
            s.white_space = white_space;
            s.hyphens = Hyphens::Auto;
            s.letter_spacing = letter_spacing;
            s.text_align = TextAlign::Justify;
            s.overflow_wrap = if anywhere { OverflowWrap::Anywhere } else { OverflowWrap::Normal };
        });
        let mut written = draft(&style, "fr");
        for text in &texts {
            written = written.text(text).open(&style);
        }
        let shaped = written.shape_with(&FACES, &mut Diagnostics::new());
        prop_assert!(shaped.min_content() <= shaped.max_content() + 0.01 || letter_spacing < 0.0);
        let lines = shaped.break_lines(width);
        for line in set_all(&shaped, &lines) {
            check_runs(&line);
        }
    }
}
