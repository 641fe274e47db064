//! Plurals of units that users write themselves.

use rust_decimal::Decimal;

use super::Locale;

impl Locale {
    /// `unit` as it follows `n`: "jour" → "jours", "demi-journée" → "demi-journées". What is not one
    /// plain word (an abbreviation, several words) stays as written.
    pub fn plural_of(self, n: Decimal, unit: &str) -> String {
        let one_word = unit.chars().count() > 2 && unit.chars().all(|c| c.is_alphabetic() || c == '-');
        let lower = one_word && unit.chars().all(|c| !c.is_uppercase());
        if !lower || self.plural(n, "one", "other") == "one" {
            return unit.to_string();
        }
        match self {
            Locale::Fr => french(unit),
            Locale::EnGb | Locale::EnUs => english(unit),
        }
    }
}

/// The regular plural: -s, -x and -z stay, -au, -eau and -eu take -x, -al becomes -aux.
fn french(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["s", "x", "z"]) {
        word.to_string()
    } else if ends(&["au", "eu"]) {
        format!("{word}x")
    } else if let Some(stem) = word.strip_suffix("al") {
        format!("{stem}aux")
    } else {
        format!("{word}s")
    }
}

/// The regular plural: sibilants take -es, -y after a consonant becomes -ies. A word that ends in -s
/// is taken for a plural already.
fn english(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('y') {
        _ if ends(&["s"]) => word.to_string(),
        _ if ends(&["x", "z", "ch", "sh"]) => format!("{word}es"),
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_follow_their_number() {
        for (locale, n, unit, expected) in [
            (Locale::Fr, "1", "jour", "jour"),
            (Locale::Fr, "1.5", "jour", "jour"),
            (Locale::Fr, "2", "jour", "jours"),
            (Locale::Fr, "6", "mois", "mois"),
            (Locale::Fr, "3", "demi-journée", "demi-journées"),
            (Locale::Fr, "3", "bureau", "bureaux"),
            (Locale::Fr, "3", "canal", "canaux"),
            (Locale::Fr, "3", "m²", "m²"),
            (Locale::Fr, "3", "jour homme", "jour homme"),
            (Locale::Fr, "3", "ETP", "ETP"),
            (Locale::EnGb, "1.5", "day", "days"),
            (Locale::EnGb, "2", "half-day", "half-days"),
            (Locale::EnGb, "2", "survey", "surveys"),
            (Locale::EnGb, "2", "story", "stories"),
            (Locale::EnGb, "2", "sketch", "sketches"),
            (Locale::EnGb, "2", "days", "days"),
        ] {
            assert_eq!(locale.plural_of(n.parse().unwrap(), unit), expected, "{n} {unit}");
        }
    }
}
