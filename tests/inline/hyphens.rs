//! Where words are divided.

use propale::style::values::{Hyphens, TextWrap, WhiteSpace};

use super::kit::*;

/// The word with `-` at each place where it may be divided. The words around it keep it from being the
/// paragraph's last, and one px of width makes every division a line's end.
fn divided(lang: &'static str, hyphens: Hyphens, word: &str) -> String {
    let style = style(|s| {
        s.hyphens = hyphens;
        s.text_wrap = TextWrap::Stable;
    });
    let lines = draft(&style, lang).text(&format!("{word} fin.")).lines(1.0);
    let all: String = lines.concat();
    all.trim_end_matches("fin.").trim_end().replace('\u{AD}', "-")
}

#[test]
fn by_language_and_rule() {
    let cases = [
        ("fr", "organisation", "or-ga-ni-sa-tion"),
        ("fr-FR", "accompagnement,", "ac-com-pa-gne-ment,"),
        ("en", "organisation", "or-gan-i-sa-tion"),
        ("en-GB", "decision", "de-ci-sion"),
        // A language without patterns, and none.
        ("xx", "organisation", "organisation"),
        ("", "organisation", "organisation"),
        // At least two letters before, three after.
        ("fr", "idée", "idée"),
        ("fr", "aimer", "ai-mer"),
        ("fr", "écrire", "écrire"),
        ("fr", "moto", "moto"),
        // Elision is a word of its own.
        ("fr", "l’organisation", "l’or-ga-ni-sa-tion"),
        ("fr", "qu’elle", "qu’elle"),
        ("fr", "(probablement)", "(pro-ba-ble-ment)"),
        // Names, capitals, digits, compounds, addresses.
        ("fr", "Montparnasse", "Montparnasse"),
        ("fr", "d’Orléanais", "d’Orléanais"),
        ("fr", "ORGANISATION", "ORGANISATION"),
        ("fr", "organisation2", "organisation2"),
        ("fr", "camille@atelier", "camille@atelier"),
        ("fr", "atelier.example", "atelier.example"),
        ("fr", "e\u{301}le\u{301}phantesque", "e\u{301}le\u{301}phantesque"),
    ];
    for (lang, word, expected) in cases {
        assert_eq!(divided(lang, Hyphens::Auto, word), expected, "{lang} {word}");
        assert_eq!(divided(lang, Hyphens::Manual, word), word, "{lang} {word}");
    }
}

#[test]
fn written_soft_hyphens() {
    let cases = [
        // A word's own soft hyphens go before the language's.
        (Hyphens::Auto, "orga\u{AD}nisation", "orga-nisation"),
        (Hyphens::Manual, "orga\u{AD}nisa\u{AD}tion", "orga-nisa-tion"),
        // At an edge there is nothing to divide.
        (Hyphens::Manual, "\u{AD}orga", "-orga"),
        (Hyphens::Manual, "orga\u{AD}", "orga-"),
    ];
    for (hyphens, word, expected) in cases {
        assert_eq!(divided("fr", hyphens, word), expected, "{word:?}");
    }
    let style = style(|s| s.hyphens = Hyphens::None);
    assert_eq!(draft(&style, "fr").text("orga\u{AD}nisation").lines(1.0).len(), 1);
}

#[test]
fn a_soft_hyphen_shows_only_where_the_line_ends() {
    let style = style(|_| {});
    let width = |text: &str| draft(&style, "fr").text(text).shape().max_content();
    assert_eq!(width("orga\u{AD}nisation"), width("organisation"));
    let shaped = draft(&style, "fr").text("orga\u{AD}nisation").shape();
    let lines = shaped.break_lines(40.0);
    let placed = set_all(&shaped, &lines);
    assert_eq!(copied(&placed[0]), "orga\u{AD}");
    assert_eq!(copied(&placed[1]), "nisation");
    assert!(
        (lines.lines[0].width - width("orga-")).abs() < 0.3,
        "{} {}",
        lines.lines[0].width,
        width("orga-")
    );
    let (_, run) = runs(&placed[0]).next().unwrap();
    let hyphen = run.glyphs.last().unwrap();
    assert_eq!(&run.text[hyphen.start as usize..hyphen.end as usize], "\u{AD}");
}

#[test]
fn never_the_last_word_nor_across_boxes_nor_where_lines_may_not_wrap() {
    let auto = style(|s| s.hyphens = Hyphens::Auto);
    assert_eq!(draft(&auto, "fr").text("organisation").lines(1.0), ["organisation"]);
    assert_eq!(draft(&auto, "fr").text("organisation\u{202F}!").lines(1.0), ["organisation\u{202F}!"]);
    let in_two = draft(&auto, "fr").text("organi").open(&auto).text("sation").close().text(" fin");
    assert_eq!(in_two.lines(1.0), ["organisation ", "fin"]);
    let nowrap = style(|s| {
        s.hyphens = Hyphens::Auto;
        s.white_space = WhiteSpace::NOWRAP;
    });
    assert_eq!(draft(&nowrap, "fr").text("organisation fin").lines(1.0), ["organisation fin"]);
}

/// Of a name in small letters no word is divided, wherever it stands; the same word elsewhere is.
#[test]
fn a_name_is_not_divided() {
    let style = style(|s| {
        s.hyphens = Hyphens::Auto;
        s.text_wrap = TextWrap::Stable;
    });
    let text = "l’organisation de nova  organisation, enfin";
    let lines = draft(&style, "fr").naming("nova organisation").text(text).lines(1.0);
    assert_eq!(lines.concat(), "l’or\u{AD}ga\u{AD}ni\u{AD}sa\u{AD}tion de nova organisation, enfin");
}
