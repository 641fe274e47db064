//! The price: what a profile says of it, and the exact amounts that follow.

mod exact;
pub mod quote;
mod read;

use rust_decimal::Decimal;

use super::placed::{Placed, Text};
use super::words::words;
use crate::diagnostic::Place;

/// `[pricing]`, as written.
#[derive(Clone, Debug)]
pub struct Pricing {
    pub place: Place,
    pub currency: Option<Placed<Currency>>,
    pub vat: Option<Placed<Vat>>,
    /// Percent of the total with VAT.
    pub deposit: Option<Placed<Decimal>>,
    /// Percent.
    pub discount: Option<Placed<Decimal>>,
    pub payment_days: Option<Placed<u32>>,
    pub end_of_month: Option<Placed<bool>>,
    /// Plain text.
    pub expenses: Option<Text>,
    pub lines: Vec<Line>,
    pub packages: Vec<Package>,
    pub schedule: Vec<ScheduledPart>,
    pub soundness: Soundness,
}

/// Whether amounts may be reckoned from what was written. What is wrong has been reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Soundness {
    Sound,
    /// Its keys contradict one another: each line can still be looked at.
    Contradictory,
    /// Keys are missing or wrong.
    Broken,
}

words! {
    pub enum Currency {
        Eur = "EUR",
        Gbp = "GBP",
        Usd = "USD",
        Chf = "CHF",
    }
}

/// How VAT applies to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vat {
    /// Percent.
    Rate(Decimal),
    Franchise,
    ReverseCharge,
    OutsideEu,
}

/// An entry of `[[pricing.lines]]`, or of a package's `lines`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: Text,
    /// 1 where it is not written; per period where there is one.
    pub quantity: Placed<Decimal>,
    pub unit: Option<Text>,
    /// Before VAT; of one unit.
    pub unit_price: Placed<Decimal>,
    /// Percent.
    pub discount: Option<Placed<Decimal>>,
    /// Percent.
    pub vat: Option<Placed<Decimal>>,
    pub period: Option<Period>,
    pub optional: bool,
}

/// A retainer's rhythm: `count` times, every `every`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub every: Placed<Every>,
    pub count: Placed<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Every {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Every {
    /// What may be written, in French or English.
    pub const WORDS: &'static [&'static str] =
        &["jour", "semaine", "mois", "trimestre", "an", "day", "week", "month", "quarter", "year"];

    /// The rhythm that `word` stands for; None for any other word.
    pub fn from_word(word: &str) -> Option<Every> {
        Some(match word {
            "jour" | "day" => Every::Day,
            "semaine" | "week" => Every::Week,
            "mois" | "month" => Every::Month,
            "trimestre" | "quarter" => Every::Quarter,
            "an" | "year" => Every::Year,
            _ => return None,
        })
    }
}

/// An entry of `[[pricing.packages]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub name: Text,
    pub lines: Vec<Line>,
}

/// An entry of `[[pricing.schedule]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledPart {
    pub label: Text,
    pub percent: Placed<Decimal>,
    pub when: Option<Text>,
}
