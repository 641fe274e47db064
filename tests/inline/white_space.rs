//! CSS Text 3 §4: which white space is printed; §2.1: text-transform.

use propale::style::values::{TextTransform, WhiteSpace};

use super::kit::*;

/// Wide enough for every line.
const WIDE: f32 = 5000.0;

#[test]
fn collapsing_by_white_space_mode() {
    const NORMAL: WhiteSpace = WhiteSpace::NORMAL;
    const NOWRAP: WhiteSpace = WhiteSpace::NOWRAP;
    const PRE: WhiteSpace = WhiteSpace::PRE;
    const PRE_WRAP: WhiteSpace = WhiteSpace::PRE_WRAP;
    const PRE_LINE: WhiteSpace = WhiteSpace::PRE_LINE;
    let cases: [(WhiteSpace, &str, &[&str]); 15] = [
        (NORMAL, "  un   deux\n\ttrois  ", &["un deux trois"]),
        (NORMAL, " \n\t ", &[]),
        (NORMAL, "", &[]),
        (NOWRAP, " un \n deux ", &["un deux"]),
        (PRE_LINE, " un  deux \n  trois\n\nquatre ", &["un deux ", "trois ", "", "quatre"]),
        (PRE, " un  deux \n trois", &[" un  deux ", " trois"]),
        (PRE, "un\n", &["un"]),
        (PRE, "un\n\n", &["un ", ""]),
        (PRE, "\n\nun", &["", "", "un"]),
        (PRE, "\n", &[""]),
        (PRE_WRAP, "un  \ndeux", &["un  ", "deux"]),
        (PRE, "a\tb", &["a b"]),
        // A no-break space is no white space: it neither collapses nor goes.
        (NORMAL, "\u{A0} un \u{A0} deux\u{A0}", &["\u{A0} un \u{A0} deux\u{A0}"]),
        // A byte order mark and controls print nothing; the line separator ends a line.
        (NORMAL, "\u{FEFF}un\u{0}\u{7}\u{85}deux\u{2028}trois", &["undeux ", "trois"]),
        (NORMAL, "un\r\ndeux\u{C}trois", &["un deux trois"]),
    ];
    for (mode, text, expected) in cases {
        let style = style(|s| s.white_space = mode);
        assert_eq!(draft(&style, "fr").text(text).lines(WIDE), expected, "{mode:?} {text:?}");
    }
}

#[test]
fn collapsing_across_inline_boxes() {
    let normal = style(|_| {});
    let pre = style(|s| s.white_space = WhiteSpace::PRE);
    let b = |draft: Draft, text: &str| draft.open(&normal).text(text).close();
    let plain = |text: &str| draft(&normal, "fr").text(text);
    let cases: [(Draft, &[&str]); 8] = [
        (b(plain("un "), " deux ").text(" trois"), &["un deux trois"]),
        (b(plain("un"), " deux").text("trois "), &["un deuxtrois"]),
        (b(plain(" "), " un ").text(" "), &["un"]),
        (b(plain("un "), " "), &["un"]),
        (plain("un ").line_break().text(" deux"), &["un ", "deux"]),
        (plain("un").line_break().line_break(), &["un ", ""]),
        (plain("un").line_break().text(" \n "), &["un"]),
        (plain("un ").open(&pre).text("  deux ").close().text(" trois"), &["un   deux  trois"]),
    ];
    for (draft, expected) in cases {
        assert_eq!(draft.lines(WIDE), expected);
    }
}

#[test]
fn nothing_to_print_takes_no_line() {
    let normal = style(|_| {});
    assert!(draft(&normal, "fr").shape().is_empty());
    assert!(draft(&normal, "fr").text(" \n").open(&normal).text(" ").close().shape().is_empty());
    assert!(draft(&normal, "fr").close().close().text(" ").shape().is_empty());
    let padded = styled(|_| {}, |s| s.padding.left = propale::style::values::LengthPercentage::px(3.0));
    assert!(!draft(&normal, "fr").open(&padded).close().shape().is_empty());
    assert!(!draft(&normal, "fr").line_break().shape().is_empty());
}

#[test]
fn transforms() {
    use TextTransform::*;
    let cases = [
        (Uppercase, "l’œuvre à été ébauchée, straße", "L’ŒUVRE À ÉTÉ ÉBAUCHÉE, STRASSE"),
        (Lowercase, "L’ÉTÉ À ŒUVRER", "l’été à œuvrer"),
        (
            Capitalize,
            "l’équipe d'élan «\u{A0}œuvre\u{A0}» (état) jean-paul 2e",
            "L’équipe D'élan «\u{A0}Œuvre\u{A0}» (État) Jean-Paul 2e",
        ),
        (Capitalize, "‘quoted’ e\u{301}te\u{301}", "‘Quoted’ E\u{301}te\u{301}"),
        (None, "Tel quel", "Tel quel"),
    ];
    for (transform, text, expected) in cases {
        let style = style(|s| s.text_transform = transform);
        assert_eq!(draft(&style, "fr").text(text).lines(WIDE), [expected], "{transform:?}");
    }
    // A word that goes on in another inline box has one first letter.
    let style = style(|s| s.text_transform = Capitalize);
    let word = draft(&style, "fr").text("mo").open(&style).text("tif").close();
    assert_eq!(word.lines(WIDE), ["Motif"]);
}
