//! Words that may hint at the needs of an offer, ready to strike from and paste.

use super::super::offer::Offer;
use super::super::select::Proposal;
use super::wrapped;

/// YAML for the head of the note at `path`: beside each need the words of the program's thesaurus that speak of it more than of the
/// others, topic by topic. A need that has none, or hints already, is a comment.
pub fn hints(path: &str, offer: &Offer) -> String {
    if offer.needs.iter().all(|need| !need.hints.is_empty()) {
        return format!("# {path}: each need has hints of its own: they are heard, and no topics\n");
    }
    let mut out = format!(
        "# for {path}: the topics that are heard now for each need. Strike those that are not its own, and\n\
         # words that your clients do not say; add what they do say; and write what is left as `hints`\n\
         # beside the need's words. From then on its hints are heard, and no topics\nneeds:\n"
    );
    for (need, proposals) in offer.needs.iter().zip(offer.vocabulary().proposals(offer)) {
        let tag = scalar(&need.tag);
        if !need.hints.is_empty() {
            out.push_str(&format!(
                "  # {tag}: its own hints, {}, are heard and no topics\n",
                need.hints.len()
            ));
            continue;
        }
        if proposals.is_empty() {
            out.push_str(&format!(
                "  # {tag}: the thesaurus has no words of its own for it; what do clients say who have it?\n"
            ));
            continue;
        }
        out.push_str(&format!("  {tag}:\n    hints: [\n"));
        for Proposal { topic, words } in proposals {
            let words: Vec<String> = words.into_iter().map(scalar).collect();
            let indent = " ".repeat(INDENT);
            out.push_str(&format!("{indent}# {topic}\n{indent}{},\n", wrapped(&words, ", ", INDENT)));
        }
        out.push_str("    ]\n");
    }
    out
}

/// Where the words of a need begin, in columns.
const INDENT: usize = 6;

/// A text as YAML reads it back in a list: quoted where its first sign, or one within, would mean something else, and where it would be
/// no text (YAML 1.2.2 §7.3.3, §10.3.2).
fn scalar(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’'));
    let opens = text.starts_with(char::is_alphabetic);
    let word = matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if plain && opens && !word { text.to_owned() } else { format!("{text:?}") }
}
