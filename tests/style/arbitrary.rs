//! Whatever a sheet holds, it is read without a panic, and every fault has a place in it.

use super::any_sheet::any_sheet;
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
    fn no_sheet_panics(css in sheet()) {
        any_sheet(&css);
    }
}
