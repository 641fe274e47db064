//! The first letter of a printed text.

use pulldown_cmark::{CowStr, Event, Tag};

/// Gives the first word of a text a capital, where it is written in lower case throughout and is no
/// address: "chief of staff" but "iOS", "https://…".
pub(super) fn capitalise(events: &mut [Event]) {
    for event in events {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => return,
            Event::Start(_) | Event::TaskListMarker(_) => {}
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(text) => {
                if let Some(capitalised) = capitalised(text) {
                    *text = CowStr::from(capitalised);
                }
                return;
            }
            _ => return,
        }
    }
}

/// The text with its capital; None where it stays as it is.
fn capitalised(text: &str) -> Option<String> {
    let opening = |c: char| c.is_whitespace() || "«“„\"‘'’(¿¡…".contains(c);
    let start = text.find(|c| !opening(c))?;
    let (before, rest) = text.split_at(start);
    let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return None;
    }
    // "d'iOS" is two words.
    let word = &word[..word.find(['\'', '’']).unwrap_or(word.len())];
    if word.chars().any(char::is_uppercase) {
        return None;
    }
    let first = word.chars().next().filter(|c| c.is_lowercase())?;
    let mut upper = first.to_uppercase();
    // "ß" has no single capital: German never begins a word with it.
    let (Some(capital), None) = (upper.next(), upper.next()) else { return None };
    Some(format!("{before}{capital}{}", &rest[first.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn first_letters() {
        for (text, expected) in [
            ("chief of staff externe", "Chief of staff externe"),
            ("œuvrer ensemble", "Œuvrer ensemble"),
            ("  « écouter »", "  « Écouter »"),
            ("d'iOS", "D'iOS"),
            ("e-mail", "E-mail"),
        ] {
            assert_eq!(capitalised(text).as_deref(), Some(expected));
        }
        for text in [
            "Déjà",
            "iOS d'abord",
            "eBay",
            "3 jours",
            "https://a.example",
            "a@b.example",
            "www.a.example",
            "<script>",
            "{{nom}}",
            "",
            "…",
            "ßa",
            "文字",
        ] {
            assert_eq!(capitalised(text), None, "{text}");
        }
    }
}
