//! Any text as a layout: refused with a reason or filled, never a panic. The fuzz target `template`
//! runs the same function on what its own search finds.

use super::any_template::any_template;
use proptest::prelude::*;

/// Pieces of layouts, put together at random.
fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "[ -~]{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

const PIECES: [&str; 72] = [
    "<html lang=\"fr\">",
    "<head>",
    "<title>",
    "</title>",
    "</head>",
    "<body>",
    "</body>",
    "</html>",
    "<p>",
    "</p>",
    "<div class=\"",
    "\">",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<svg>",
    "<path d=\"M0 0\"/>",
    "</svg>",
    "<br>",
    "<a href=\"#x\">",
    "</a>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "&amp;",
    "&",
    " ",
    "\n",
    "{{",
    "}}",
    "{{{",
    "}}}",
    "~",
    "\\",
    "#",
    "{{client.name}}",
    "{{{offer.lede}}}",
    "{{#if contact}}",
    "{{#if contact.role}}",
    "{{else}}",
    "{{else if lang}}",
    "{{^}}",
    "{{/if}}",
    "{{#each team}}",
    "{{#each reasons.items as |a b|}}",
    "{{/each}}",
    "{{#with contact}}",
    "{{/with}}",
    "{{this}}",
    "{{@index}}",
    "{{../lang}}",
    "{{> a}}",
    "{{> b x=lang}}",
    "{{date proposal.date}}",
    "{{money 1 \"EUR\"}}",
    "(len team)",
    "{{!-- a --}}",
    "{{! b }}",
    "[",
    "]",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_layout(text in template()) {
        any_template(&text);
    }

    /// Within a sound page most of what is tried gets as far as the tree.
    #[test]
    fn a_body(text in template()) {
        any_template(&super::page(&text));
    }
}
