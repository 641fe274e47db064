//! Whatever a sheet holds, it is read without a panic, and every fault has a place in it.

use super::kit::{document, prepare};
use propale::diagnostic::Diagnostics;
use propale::style::compute;
use proptest::prelude::*;

/// Pieces of CSS, whole and broken.
const PIECES: &[&str] = &[
    "p",
    ".a",
    "#x",
    "*",
    " > ",
    " + ",
    ",",
    ":not(",
    ":is(",
    ":nth-child(",
    "2n+1",
    "::before",
    "[a=b]",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ";",
    ":",
    "!",
    "important",
    "@page",
    "@media print",
    "@import",
    "@font-face",
    "@top-left",
    ":first",
    "color",
    "width",
    "margin",
    "border",
    "font",
    "flex",
    "grid-template-columns",
    "background",
    "content",
    "--a",
    "var(--a)",
    "var(--a, ",
    "calc(",
    "1px",
    "-3mm",
    "50%",
    "1e39",
    "1fr",
    "0",
    " - ",
    "/",
    "red",
    "#12",
    "#123456",
    "rgb(",
    "hsl(",
    "color-mix(in srgb, ",
    "linear-gradient(",
    "repeat(3, ",
    "minmax(",
    "counter(page)",
    "string(a)",
    "auto",
    "none",
    "inherit",
    "unset",
    "solid",
    "\"text\"",
    "'open",
    "url(x",
    "/*",
    "*/",
    "\\",
    "\\41",
    "é",
    "\u{202f}",
    "\u{0}",
    "\n",
    " ",
    "<!--",
    "-->",
    "inset",
    "string-set",
    "size",
    "a4",
    "landscape",
    "page",
    "span 2",
    "auto-fill",
    "attr(id)",
    "&",
    "|",
    "u+0-7F",
];

fn sheet() -> impl Strategy<Value = String> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
    let rule = prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| {
        format!(
            "p {{ {}: {} }}",
            pieces.first().unwrap_or(&"color"),
            pieces.get(1..).unwrap_or_default().join(" ")
        )
    });
    prop_oneof![pieces, rule, "\\PC{0,80}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sheet_panics(css in sheet(), inline in sheet()) {
        let mut diagnostics = Diagnostics::new();
        let sheets = prepare(&css, &[], &mut diagnostics);
        for diagnostic in diagnostics.iter() {
            let place = diagnostic.place.as_ref().expect("a fault of a sheet has a place");
            prop_assert!(place.span.start <= place.span.end && place.span.end <= css.len(), "{:?}", diagnostic);
            prop_assert!(css.is_char_boundary(place.span.start) && css.is_char_boundary(place.span.end));
        }
        let mut document = document("<p id=x>x <b style=\"color: red\">b</b></p>");
        for node in &mut document.nodes {
            if let propale::document::tree::NodeKind::Element(element) = &mut node.kind {
                for (name, value) in &mut element.attributes {
                    if name == "style" {
                        value.clone_from(&inline);
                    }
                }
            }
        }
        let styles = compute(&document, &sheets, &Default::default(), &mut diagnostics);
        prop_assert_eq!(styles.nodes.len(), document.nodes.len());
    }
}
