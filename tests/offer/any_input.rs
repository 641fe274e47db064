//! Any text is a note or is refused with a word: bounded property tests.

use proptest::prelude::*;

use propale::proposal::markdown::{self, FirstLetter};

use super::any_note::{any_note, safe};
use super::read;

/// Pieces that Markdown, YAML, Obsidian and HTML make something of, and words.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    " ",
    " ",
    "  ",
    "    ",
    "\t",
    "# Why\n",
    "## Avantages\n",
    "### ",
    "- ",
    "1. ",
    "3) ",
    "* ",
    "> ",
    "**",
    "**",
    "*",
    "_",
    "__",
    "***",
    "~~",
    "`",
    "```\n",
    "|",
    "|---|\n",
    "---\n",
    "===\n",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "![",
    "[[",
    "]]",
    "![[",
    "](",
    "<",
    ">",
    "<b>",
    "</b>",
    "<script>",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "&#35;",
    "{{",
    "}}",
    "%%",
    "%%",
    "#croissance",
    "#1",
    "#a/b",
    " ^id",
    "^id\n",
    "[weight:: 2]",
    "[requires:: a, b]",
    "[proves:: id]",
    "(group:: g)",
    "[x::",
    "::",
    ":",
    "- [ ] ",
    "->",
    "-> https://a.example/x_y",
    "https://b.example.",
    "www.",
    "mot",
    "mot",
    "deux mots",
    "Été",
    "œuvre",
    "l'an",
    "«",
    "»",
    "\u{a0}",
    "\u{202f}",
    "🙂",
    "👩‍👩‍👧",
    "ﷺ",
    "\u{301}",
    "\u{2001}",
    "\u{200b}",
    "needs:\n",
    "  a: ",
    "title: x\n",
    "sections: { reasons: x }\n",
];

fn soup() -> impl Strategy<Value = String> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
    let front = prop_oneof![3 => Just(""), 1 => Just("---\n"), 1 => Just("---\nneeds: { croissance: }\n---\n# Why\n- ")];
    (front, pieces).prop_map(|(front, pieces)| format!("{front}{pieces}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_of_markdown_is_read(text in soup()) {
        any_note(&text);
    }

    #[test]
    fn mangled_notes_are_read(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, prop::sample::select(PIECES)), 1..8),
        note in prop::sample::select(vec![include_str!("obsidian.md"), super::FRENCH, super::ENGLISH]),
    ) {
        let mut text: Vec<char> = note.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        any_note(&text.into_iter().collect::<String>());
    }

    #[test]
    fn sentences_and_texts_become_safe_html(text in soup()) {
        let sentence = markdown::inline(&text, FirstLetter::Capital);
        safe(&sentence);
        let inline = ["<a ", "<em>", "<strong>", "<s>", "<code>", "<br>", "</"];
        for (at, _) in sentence.html.0.match_indices('<') {
            prop_assert!(inline.iter().any(|tag| sentence.html.0[at..].starts_with(tag)), "{}", sentence.html.0);
        }
        safe(&markdown::blocks(&text, FirstLetter::AsWritten));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        any_note(&text);
    }

    #[test]
    fn every_words_of_a_list_is_kept(
        entries in prop::collection::vec("[a-zé'0-9.,;!?(){}&=+/@%-]{1,12}( [a-zé'0-9.,;!?(){}&=+/@%-]{1,12}){0,5}", 1..6),
    ) {
        // A first letter, so that none begins a list, a quote or a comment of its own.
        let entries: Vec<String> = entries.iter().map(|entry| format!("Z{}", entry.replace("%%", "%").replace('&', "et").replace("::", ":"))).collect();
        let note: String = entries.iter().map(|entry| format!("- {entry}\n")).collect();
        let (offer, _) = read(&format!("# Why\n{note}"));
        let offer = offer.unwrap();
        let texts: Vec<&str> = offer.items().map(|(_, item)| item.text.plain.as_str()).collect();
        prop_assert_eq!(texts, entries.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn hostile_notes_print_as_text_or_are_refused() {
    let word = "x".repeat(10_000);
    let note = format!(
        "# Why\n- <script>alert(\"1\")</script> {{{{nom}}}} & 🙂\n- [a](javascript:alert) <https://a.example/\"onload=x>\n- {word}\n- \\*{word}\\*\n"
    );
    let (offer, diagnostics) = read(&note);
    assert_eq!(diagnostics.one_lines(), "");
    let offer = offer.unwrap();
    let html: Vec<&str> = offer.items().map(|(_, item)| item.text.html.0.as_str()).collect();
    assert_eq!(html[0], "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; {{nom}} &amp; 🙂");
    assert_eq!(
        html[1],
        "A <a href=\"https://a.example/&quot;onload=x\">https://a.example/&quot;onload=x</a>"
    );
    assert_eq!(html[2].len(), 10_000);
    assert_eq!(html[3], format!("*{word}*"));
    assert!(offer.items().all(|(_, item)| item.id.len() <= 63));
    any_note(&note);
}
