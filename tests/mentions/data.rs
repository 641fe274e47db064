//! The files of texts themselves: complete, well set, and without a gap or an overlap in time.

use chrono::NaiveDate;
use propale::locale::Locale;
use propale::locale::typography::{Segment, Treatment, set};
use propale::proposal::house::{Activity, Country, LegalForm};
use propale::proposal::mentions::KEYS;
use propale::proposal::mentions::law::{Buyer, Circumstances, Entry, Law};
use propale::proposal::pricing::quote::VatCase;

const COUNTRIES: [Country; 2] = [Country::Fr, Country::Gb];

const WORDS: [&str; 11] = [
    "name",
    "trade_name",
    "form",
    "capital",
    "siren",
    "siret",
    "registry",
    "company_number",
    "vat_number",
    "client_vat_number",
    "address",
];

const FIELDS: [&str; 9] = [
    "legal_form",
    "person",
    "activity",
    "capital",
    "siren",
    "registry",
    "company_number",
    "vat_number",
    "address",
];

fn entries(law: &Law) -> impl Iterator<Item = &Entry> {
    law.identity.iter().chain(&law.mentions)
}

#[test]
fn every_text_is_complete_in_both_languages_and_has_a_source() {
    for law in COUNTRIES.map(Law::of) {
        for entry in entries(law) {
            assert!(!entry.source.trim().is_empty());
            for (texts, locale) in [(&entry.fr, Locale::Fr), (&entry.en, Locale::EnGb)] {
                let own = entry.when.vat.as_deref() == Some(&[String::from("zero-rated")]);
                assert_eq!(texts.is_empty(), own, "only the reason for 0 % is the house's to say");
                for text in texts {
                    assert!(!text.trim().is_empty() && !text.ends_with('.'), "{text}");
                    for word in text.split('{').skip(1) {
                        let word = word.split('}').next().unwrap();
                        assert!(WORDS.contains(&word), "{word} in {text}");
                    }
                    // Straight quotes and hyphens for dashes would be typed in haste.
                    let treatment = Treatment::Prose(locale);
                    let again = set(&[Segment { text, treatment }]).pop().unwrap();
                    let signs =
                        |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                    assert_eq!(signs(&again.unwrap_or(text.clone())), signs(text));
                }
            }
        }
        for required in &law.required {
            assert!(FIELDS.contains(&required.field.as_str()), "{}", required.field);
            assert!(!required.source.trim().is_empty() && !required.what.trim().is_empty());
        }
        for mention in &law.mentions {
            assert!(KEYS.contains(&mention.key.as_str()), "{}", mention.key);
        }
        for buyer in [Buyer::Private, Buyer::Public] {
            assert!(law.payment_term(buyer).days <= 60);
        }
    }
}

#[test]
fn conditions_are_words_that_exist() {
    for law in COUNTRIES.map(Law::of) {
        let all = entries(law).map(|entry| &entry.when).chain(law.required.iter().map(|r| &r.when));
        for when in all {
            for form in when.forms.iter().flatten().filter(|form| *form != "none") {
                assert!(law.forms.contains(form), "{form} is no form of {}", law.country);
            }
            for activity in when.activities.iter().flatten().filter(|a| *a != "none") {
                assert!(Activity::from_word(activity).is_some(), "{activity}");
            }
            for vat in when.vat.iter().flatten() {
                assert!(VatCase::from_word(vat).is_some(), "{vat}");
            }
        }
        for form in &law.forms {
            assert!(LegalForm::from_word(form).is_some(), "{form}");
        }
    }
}

/// On any day, of each mention exactly one text holds, and of a reason for no VAT none where it is charged.
#[test]
fn on_any_day_one_text_holds() {
    let mut day: NaiveDate = "2024-01-01".parse().unwrap();
    let last: NaiveDate = "2032-01-01".parse().unwrap();
    while day < last {
        for law in COUNTRIES.map(Law::of) {
            for vat in VatCase::WORDS.iter().map(|word| VatCase::from_word(word).unwrap()) {
                for buyer in [Buyer::Private, Buyer::Public] {
                    let these =
                        Circumstances { form: None, activity: None, vat: Some(vat), buyer, date: day };
                    let holding = |key: &str| {
                        let of_key = law.mentions.iter().filter(|entry| entry.key == key);
                        of_key.filter(|entry| entry.when.holds(&these)).count()
                    };
                    assert_eq!(holding("vat"), usize::from(vat != VatCase::Charged), "{day} {vat:?}");
                    assert_eq!(holding("late_penalties"), 1, "{day} {buyer:?}");
                    assert_eq!(holding("recovery_cost"), 1, "{day} {buyer:?}");
                }
            }
        }
        day = day.succ_opt().unwrap();
    }
}
