//! Dates, amounts, words and typographic rules, as tables of cases.

mod typography;

use std::collections::BTreeMap;

use propale::locale::Locale::{self, EnGb, EnUs, Fr};

fn decimal(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}

#[test]
fn dates() {
    let cases = [
        ("2026-08-01", Fr, "1er août 2026"),
        ("2026-11-22", Fr, "22 novembre 2026"),
        ("2026-12-31", Fr, "31 décembre 2026"),
        ("2026-02-11", Fr, "11 février 2026"),
        ("2026-11-22", EnGb, "22 November 2026"),
        ("2026-08-01", EnGb, "1 August 2026"),
        ("2026-11-22", EnUs, "November 22, 2026"),
    ];
    for (day, locale, expected) in cases {
        assert_eq!(locale.date(day.parse().unwrap()), expected);
    }
}

#[test]
fn amounts() {
    let cases = [
        ("12500", "EUR", Fr, "12\u{202F}500,00\u{A0}€"),
        ("12500", "GBP", Fr, "12\u{202F}500,00\u{A0}£"),
        ("12500", "CHF", Fr, "12\u{202F}500,00\u{A0}CHF"),
        ("1234567.891", "USD", Fr, "1\u{202F}234\u{202F}567,891\u{A0}$"),
        ("999", "EUR", Fr, "999,00\u{A0}€"),
        ("-225", "EUR", Fr, "−225,00\u{A0}€"),
        ("0.005", "EUR", Fr, "0,005\u{A0}€"),
        ("19.9950", "EUR", Fr, "19,995\u{A0}€"),
        ("-1234.5", "GBP", EnGb, "−£1,234.50"),
        ("-0.00", "EUR", Fr, "0,00\u{A0}€"),
        ("12500", "EUR", EnGb, "€12,500.00"),
        ("12500", "GBP", EnGb, "£12,500.00"),
        ("12500", "CHF", EnUs, "CHF\u{A0}12,500.00"),
        ("-225", "USD", EnUs, "−$225.00"),
    ];
    for (amount, currency, locale, expected) in cases {
        assert_eq!(locale.money(decimal(amount), currency), expected);
    }
}

#[test]
fn numbers_and_percentages() {
    let cases = [
        ("12500.50", Fr, "12\u{202F}500,5", "12\u{202F}500,5\u{A0}%"),
        ("5", Fr, "5", "5\u{A0}%"),
        ("1000", EnGb, "1,000", "1,000%"),
        ("-3.25", EnUs, "−3.25", "−3.25%"),
    ];
    for (number, locale, expected, percent) in cases {
        assert_eq!(locale.number(decimal(number)), expected);
        assert_eq!(locale.percent(decimal(number)), percent);
    }
}

#[test]
fn plurals() {
    let cases = [
        (Fr, ["0", "1", "1.5"].as_slice(), ["2", "30", "-2"].as_slice()),
        (EnGb, &["1", "1.0", "-1"], &["0", "1.5", "2"]),
        (EnUs, &["1"], &["0", "2"]),
    ];
    for (locale, singular, plural) in cases {
        for n in singular {
            assert_eq!(locale.plural(decimal(n), "one", "other"), "one", "{locale:?} {n}");
        }
        for n in plural {
            assert_eq!(locale.plural(decimal(n), "one", "other"), "other", "{locale:?} {n}");
        }
    }
}

#[test]
fn every_language_has_the_same_words() {
    let keys = |locale: Locale| locale.words().into_keys().collect::<Vec<_>>();
    for locale in Locale::ALL {
        assert_eq!(keys(locale), keys(Fr), "{locale:?}");
        for (key, word) in locale.words() {
            assert!(!word.trim().is_empty(), "{locale:?} {key}");
            assert_eq!(locale.word(key), Some(word));
        }
    }
}

/// A word said twice for one key would hide the first.
#[test]
fn no_key_stands_twice() {
    let source = |name: &str| std::fs::read_to_string(format!("src/locale/{name}.rs")).unwrap();
    for name in ["fr", "en"] {
        let text = source(name);
        let table = text.split("WORDS").nth(1).unwrap();
        let mut seen = BTreeMap::new();
        for line in table.lines().filter_map(|line| line.trim().strip_prefix("(\"")) {
            let key = line.split('"').next().unwrap();
            assert_eq!(seen.insert(key.to_owned(), ()), None, "{name}: {key}");
        }
        assert!(seen.len() > 50);
    }
}

/// The program's own words are set by the program's own rules.
#[test]
fn words_are_typographically_clean() {
    use propale::locale::typography::{Segment, Treatment, set};
    for locale in Locale::ALL {
        for (key, word) in locale.words() {
            let again = set(&[Segment { text: word, treatment: Treatment::Prose(locale) }]);
            assert_eq!(again, [None], "{locale:?} {key}: {word}");
        }
    }
}

#[test]
fn tags() {
    let cases = [
        ("fr", Some(Fr)),
        ("fr-FR", Some(Fr)),
        ("EN", Some(EnGb)),
        ("en-US", Some(EnUs)),
        ("de", None),
        ("", None),
    ];
    for (tag, expected) in cases {
        assert_eq!(Locale::from_tag(tag), expected, "{tag}");
    }
}

/// Every key that the program asks for is there: one that is not would print nothing.
#[test]
fn every_key_that_is_asked_for_is_known() {
    let mut folders = vec![std::path::PathBuf::from("src/proposal")];
    let mut asked = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for (before, after) in
                text.match_indices("word(\"").map(|(at, m)| (&text[..at], &text[at + m.len()..]))
            {
                if !before.ends_with('_') {
                    let key = after.split('"').next().unwrap();
                    assert!(Fr.word(key).is_some(), "{}: {key}", path.display());
                    asked += 1;
                }
            }
        }
    }
    assert!(asked >= 3);
}
