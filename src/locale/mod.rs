//! Languages: dates, amounts, numbers, plurals, printed words, typographic rules.

mod en;
mod fr;
mod letter;
mod noun;
pub mod typography;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    Fr,
    EnGb,
    EnUs,
}

/// U+202F NARROW NO-BREAK SPACE: French before `;`, `!`, `?`, and between groups of digits.
pub const NARROW_NO_BREAK_SPACE: char = '\u{202F}';
/// U+00A0 NO-BREAK SPACE: French before `:`, inside « », before a unit.
pub const NO_BREAK_SPACE: char = '\u{00A0}';
/// U+2212 MINUS SIGN.
pub const MINUS: char = '\u{2212}';

impl Locale {
    pub const ALL: [Locale; 3] = [Locale::Fr, Locale::EnGb, Locale::EnUs];

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

    /// The primary language subtag: `fr`, `en`.
    pub fn language(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::EnGb | Locale::EnUs => "en",
        }
    }

    /// A day in full: "1er août 2026", "22 November 2026" (en-GB), "November 22, 2026" (en-US).
    ///
    /// French says "1er" for the first of a month alone (Imprimerie nationale, "Dates").
    pub fn date(self, date: NaiveDate) -> String {
        let (day, year) = (date.day(), date.year());
        let month = |names: &[&'static str; 12]| names[date.month0() as usize];
        match self {
            Locale::Fr if day == 1 => format!("1er {} {year}", month(&fr::MONTHS)),
            Locale::Fr => format!("{day} {} {year}", month(&fr::MONTHS)),
            Locale::EnGb => format!("{day} {} {year}", month(&en::MONTHS)),
            Locale::EnUs => format!("{} {day}, {year}", month(&en::MONTHS)),
        }
    }

    /// An amount with two decimals, rounded half away from zero, its digits grouped:
    /// "12 500,00 €" (U+202F between groups, U+00A0 before the sign), "€12,500.00", "CHF 12,500.00".
    ///
    /// Two decimals, or as many as the amount has: a unit price is printed as it was written, "19,995 €".
    /// `currency` is an ISO 4217 code; one without a sign of its own is printed as the code.
    pub fn money(self, amount: Decimal, currency: &str) -> String {
        let sign = match currency {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            code => code,
        };
        let decimals = amount.normalize().scale().max(2) as usize;
        let digits = self.grouped(&format!("{:.decimals$}", amount.abs()));
        let minus = if amount < Decimal::ZERO { MINUS.to_string() } else { String::new() };
        match self {
            Locale::Fr => format!("{minus}{digits}{NO_BREAK_SPACE}{sign}"),
            Locale::EnGb | Locale::EnUs if sign == currency => {
                format!("{minus}{sign}{NO_BREAK_SPACE}{digits}")
            }
            Locale::EnGb | Locale::EnUs => format!("{minus}{sign}{digits}"),
        }
    }

    /// As [`money`](Self::money), without its decimals where they are zero: "1 000 €".
    pub fn money_short(self, amount: Decimal, currency: &str) -> String {
        let text = self.money(amount, currency);
        let cents = match self {
            Locale::Fr => ",00",
            Locale::EnGb | Locale::EnUs => ".00",
        };
        if amount.fract().is_zero() { text.replacen(cents, "", 1) } else { text }
    }

    /// A number with as many decimals as it needs, its digits grouped: "12 500,5", "12,500.5".
    pub fn number(self, number: Decimal) -> String {
        let digits = self.grouped(&number.abs().normalize().to_string());
        if number < Decimal::ZERO { format!("{MINUS}{digits}") } else { digits }
    }

    /// A percentage: "5,5 %" (U+00A0 before the sign), "5.5%".
    pub fn percent(self, percent: Decimal) -> String {
        let number = self.number(percent);
        match self {
            Locale::Fr => format!("{number}{NO_BREAK_SPACE}%"),
            Locale::EnGb | Locale::EnUs => format!("{number}%"),
        }
    }

    /// The form that goes with `n` things: in French singular below 2 (so for 0 and 1.5 too), in
    /// English for 1 alone (CLDR plural rules, cardinal).
    pub fn plural<'a>(self, n: impl Into<Decimal>, one: &'a str, other: &'a str) -> &'a str {
        let n = n.into().abs();
        let singular = match self {
            Locale::Fr => n < Decimal::TWO,
            Locale::EnGb | Locale::EnUs => n == Decimal::ONE,
        };
        if singular { one } else { other }
    }

    /// Every word that the program itself prints, by its key; the keys are those of every language.
    pub fn words(self) -> BTreeMap<&'static str, &'static str> {
        let (words, changes): (&[_], &[_]) = match self {
            Locale::Fr => (fr::WORDS, &[]),
            Locale::EnGb => (en::WORDS, &[]),
            Locale::EnUs => (en::WORDS, en::AMERICAN_WORDS),
        };
        words.iter().chain(changes).copied().collect()
    }

    /// One of [`words`](Self::words); None for a key that is not there.
    pub fn word(self, key: &str) -> Option<&'static str> {
        let find = |words: &[(&'static str, &'static str)]| {
            words.iter().find(|(k, _)| *k == key).map(|(_, w)| *w)
        };
        match self {
            Locale::Fr => find(fr::WORDS),
            Locale::EnGb => find(en::WORDS),
            Locale::EnUs => find(en::AMERICAN_WORDS).or_else(|| find(en::WORDS)),
        }
    }

    /// ASCII digits with an optional decimal point, grouped by three in this language's way.
    fn grouped(self, digits: &str) -> String {
        let (group, point) = match self {
            Locale::Fr => (NARROW_NO_BREAK_SPACE, ','),
            Locale::EnGb | Locale::EnUs => (',', '.'),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let mut out = String::with_capacity(digits.len() + 8);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                out.push(group);
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push(point);
            out.push_str(decimals);
        }
        out
    }
}
