//! Plurals of units that users write themselves.

use rust_decimal::Decimal;

use super::Locale;

/// What ends the part of a unit that takes a plural: "jour de conseil", "day of advice".
const PREPOSITIONS: &[&str] = &[
    "de", "du", "des", "à", "au", "aux", "en", "par", "pour", "sur", "avec", "sans", "chez", "of", "in",
    "on", "at", "per", "by", "for", "with", "to",
];
/// First parts of French compounds that take no plural.
const INVARIABLE: &[&str] = &["demi", "mi", "semi", "sous", "quasi", "mini", "inter"];

impl Locale {
    /// `unit` as it follows `n`: "jour" → "jours", "demi-journée" → "demi-journées", "jour de conseil" →
    /// "jours de conseil", "jour-homme" → "jours-hommes", "working day" → "working days". What begins with
    /// an abbreviation, a sign or a capital stays as written.
    pub fn plural_of(self, n: Decimal, unit: &str) -> String {
        if self.plural(n, "one", "other") == "one" {
            return unit.to_string();
        }
        let (head, rest) = unit.split_at(head_end(unit));
        let is_word = |word: &str| word.chars().all(char::is_lowercase);
        let words: Vec<&str> = head.split_inclusive([' ', '-']).collect();
        if head.chars().count() <= 2
            || !words.iter().all(|word| is_word(word.trim_end_matches([' ', '-'])))
        {
            return unit.to_string();
        }
        let last = words.len() - 1;
        let plural = words.iter().enumerate().map(|(index, word)| {
            let bare = word.trim_end_matches([' ', '-']);
            let plural = match self {
                Locale::Fr if INVARIABLE.contains(&bare) && index < last => bare.to_string(),
                Locale::Fr => french(bare),
                // English marks the last word of the head alone.
                Locale::EnGb | Locale::EnUs if index < last => bare.to_string(),
                Locale::EnGb | Locale::EnUs => english(bare),
            };
            plural + &word[bare.len()..]
        });
        plural.chain([rest.to_string()]).collect()
    }
}

/// Where the head of a unit ends: before a preposition, or before what is neither letter, space nor hyphen.
fn head_end(unit: &str) -> usize {
    let sign = unit.find(|c: char| !(c.is_alphabetic() || c == ' ' || c == '-')).unwrap_or(unit.len());
    // "session d'une heure", "jour (8 h)", "jour/homme".
    let sign = match unit[sign..].starts_with(['\'', '’']) {
        true => unit[..sign].rfind([' ', '-']).unwrap_or(0),
        false => unit[..sign].trim_end_matches([' ', '-']).len(),
    };
    let mut at = 0;
    for word in unit[..sign].split_inclusive([' ', '-']) {
        if at > 0 && PREPOSITIONS.contains(&word.trim_end_matches([' ', '-'])) {
            return at - 1;
        }
        at += word.len();
    }
    sign
}

/// The regular plural: -s, -x and -z stay, -au, -eau and -eu take -x, -al becomes -aux.
fn french(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if matches!(word, "bal" | "carnaval" | "festival" | "récital" | "régal" | "pneu" | "bleu") {
        format!("{word}s")
    } else if ends(&["s", "x", "z"]) {
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
            (Locale::Fr, "3", "festival", "festivals"),
            (Locale::Fr, "3", "jour de conseil", "jours de conseil"),
            (Locale::Fr, "1.5", "jour de conseil", "jour de conseil"),
            (Locale::Fr, "3", "jour-homme", "jours-hommes"),
            (Locale::Fr, "3", "jour homme", "jours hommes"),
            (Locale::Fr, "3", "jour ouvré", "jours ouvrés"),
            (Locale::Fr, "3", "poste à temps plein", "postes à temps plein"),
            (Locale::Fr, "3", "session d'une heure", "sessions d'une heure"),
            (Locale::Fr, "3", "session d’une heure", "sessions d’une heure"),
            (Locale::Fr, "3", "mise-en-page", "mises-en-page"),
            (Locale::Fr, "3", "jour (8 h)", "jours (8 h)"),
            (Locale::Fr, "3", "jour/homme", "jours/homme"),
            (Locale::Fr, "3", "h de conseil", "h de conseil"),
            (Locale::Fr, "3", "% du budget", "% du budget"),
            (Locale::Fr, "3", "", ""),
            (Locale::Fr, "3", "d'eau", "d'eau"),
            (Locale::Fr, "3", "ETP", "ETP"),
            (Locale::EnGb, "1.5", "day", "days"),
            (Locale::EnGb, "2", "half-day", "half-days"),
            (Locale::EnGb, "2", "day of advice", "days of advice"),
            (Locale::EnGb, "2", "working day", "working days"),
            (Locale::EnGb, "2", "man-day", "man-days"),
            (Locale::EnGb, "2", "survey", "surveys"),
            (Locale::EnGb, "2", "story", "stories"),
            (Locale::EnGb, "2", "sketch", "sketches"),
            (Locale::EnGb, "2", "days", "days"),
        ] {
            assert_eq!(locale.plural_of(n.parse().unwrap(), unit), expected, "{n} {unit}");
        }
    }
}
