//! The French ligature œ, which keyboards lack: words that want it, wherever they are written without.

use std::ops::Range;

/// How words with œ begin once it is taken apart, or what they hold (*Lexique des règles typographiques en
/// usage à l'Imprimerie nationale*, "Ligatures"). Words in which o and e are two sounds (coexister, moelle,
/// poème) have none of these.
const TAKEN_APART: &[&str] = &[
    "coeur", "soeur", "oeuvr", "noeud", "voeu", "boeuf", "moeurs", "oeil", "oeuf", "foetus", "foetal",
    "oesoph", "oenolog", "oecum", "oedem", "oedèm", "rancoeur", "choeur",
];

/// The words of a French text that are written `oe` for `œ`, by their place in it, with the right spelling.
/// Addresses are left alone.
pub fn taken_apart(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.contains("oe") && !text.contains("Oe") && !text.contains("OE") {
        return vec![];
    }
    let mut found = vec![];
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += token.len();
        if token.contains(['/', '@', '`']) {
            continue;
        }
        let mut from = 0;
        for word in token.split_inclusive(|c: char| !c.is_alphabetic()) {
            let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
            let lower = bare.to_lowercase();
            // A word cut by the program's own marks (a tag, an id) is no word of the text.
            let marked = token[..from].ends_with(['#', '^', '-']) && token.starts_with(['#', '^']);
            if !marked
                && lower.len() == bare.len()
                && TAKEN_APART.iter().any(|part| lower.contains(part))
            {
                let right = bare.replace("oe", "œ").replace("Oe", "Œ").replace("OE", "Œ");
                found.push((start + from..start + from + bare.len(), right));
            }
            from += word.len();
        }
    }
    found
}
