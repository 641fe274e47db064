//! Names to slugs (FORMATS §5).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `name` in lower case, accents off, œ → oe, æ → ae, ß → ss, every other sign or run of signs a
/// hyphen: `l'équipe` gives `l-equipe`. Letters and digits of any script stay; empty where `name` has
/// none.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    // Lower case first: "İ" gives an i and a combining dot, which the decomposition then drops.
    for c in name.to_lowercase().nfkd() {
        if is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        match c {
            'œ' => slug.push_str("oe"),
            'æ' => slug.push_str("ae"),
            'ß' => slug.push_str("ss"),
            // Unicode gives these strokes no decomposition, but a reader calls them accents.
            'ø' => slug.push('o'),
            'ł' => slug.push('l'),
            'đ' => slug.push('d'),
            _ => slug.push(c),
        }
    }
    slug
}

/// Soft hyphen, zero-width spaces and joiners: they separate nothing that a reader sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_become_slugs() {
        for (name, expected) in [
            ("l'équipe", "l-equipe"),
            ("L’Équipe", "l-equipe"),
            ("Nova Santé", "nova-sante"),
            ("Œuvres & Cœur", "oeuvres-coeur"),
            ("Gain de temps", "gain-de-temps"),
            ("Straße Łódź", "strasse-lodz"),
            ("  --a--b--  ", "a-b"),
            ("e\u{301}te\u{301} 2026", "ete-2026"),
            ("co\u{AD}opération", "cooperation"),
            ("n° 1", "n-1"),
            ("C#", "c"),
            ("Москва", "москва"),
            ("🙂 !", ""),
            ("", ""),
        ] {
            assert_eq!(slug(name), expected, "{name:?}");
        }
    }
}
