//! Languages: dates, amounts, numbers, plurals, printed words, typographic rules.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    Fr,
    EnGb,
    EnUs,
}

impl Locale {
    /// From `fr`, `fr-FR`, `en` (= en-GB), `en-GB`, `en-US`; None for any other language.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        match tag.to_ascii_lowercase().as_str() {
            "fr" | "fr-fr" => Some(Locale::Fr),
            "en" | "en-gb" => Some(Locale::EnGb),
            "en-us" => Some(Locale::EnUs),
            _ => None,
        }
    }

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::EnGb => "en-GB",
            Locale::EnUs => "en-US",
        }
    }
}
