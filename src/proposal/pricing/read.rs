//! `[pricing]`: its own contradictions, before any amount is reckoned.

use rust_decimal::Decimal;

use super::{Currency, Every, Line, Package, Period, Pricing, ScheduledPart, Soundness, Vat};
use crate::diagnostic::Diagnostic;
use crate::proposal::keys::fields::{Fields, Value};
use crate::proposal::placed::Placed;

/// A prospect compares three at a glance; a page holds no more beside one another.
const MAX_PACKAGES: usize = 3;

impl Pricing {
    /// Where a key is missing, wrong, or contradicts another, all that is wrong is reported, and the price is
    /// not sound: an amount reckoned from the rest would be false.
    pub(in crate::proposal) fn from_fields(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Pricing {
        let faulty = fields.faulty;
        let lines = fields.tables("lines");
        let packages = fields.tables("packages");
        let schedule = fields.tables("schedule");
        let mut pricing = Pricing {
            currency: fields.parsed("currency", Currency::from_word),
            vat: fields.value("vat").and_then(Vat::from_value),
            deposit: fields.number("deposit"),
            discount: fields.number("discount").filter(|discount| !discount.is_zero()),
            payment_days: fields.whole("payment_days"),
            end_of_month: fields.flag("end_of_month"),
            expenses: fields.text("expenses"),
            lines: lines.into_iter().filter_map(Line::from_fields).collect(),
            packages: packages.into_iter().filter_map(Package::from_fields).collect(),
            schedule: schedule.into_iter().filter_map(ScheduledPart::from_fields).collect(),
            place: fields.place.clone(),
            soundness: Soundness::Sound,
        };
        fields.close();
        let coherent = pricing.is_coherent(found);
        pricing.soundness = match (faulty, coherent) {
            (true, _) => Soundness::Broken,
            (false, false) => Soundness::Contradictory,
            (false, true) => Soundness::Sound,
        };
        pricing
    }

    fn is_coherent(&self, found: &mut Vec<Diagnostic>) -> bool {
        let mut errors = vec![];
        if let (false, Some(package)) = (self.lines.is_empty(), self.packages.first()) {
            errors
                .push(package.name.error("[pricing] has both `lines` and `packages`: keep one of them"));
        }
        if let Some(package) = self.packages.get(MAX_PACKAGES) {
            let count = self.packages.len();
            errors.push(
                package.name.error(format!(
                    "{count} packages to choose from, at most {MAX_PACKAGES} are printed"
                )),
            );
        }
        for (i, package) in self.packages.iter().enumerate() {
            let name = &package.name;
            let folded = |name: &str| name.to_lowercase();
            let twin = self.packages[..i].iter().map(|before| &before.name.value);
            if let Some(twin) = twin.into_iter().find(|before| folded(before) == folded(&name.value)) {
                let hint = match *twin == name.value {
                    true => "the client chooses one by its name".to_string(),
                    false => format!(
                        "the client chooses one by its name: `{twin}` is told apart by case alone"
                    ),
                };
                errors.push(name.error(format!("two packages are called `{}`", name.value)).hint(hint));
            }
            if !package.lines.is_empty() && package.lines.iter().all(|line| line.optional) {
                errors.push(
                    name.error(format!("every line of the package `{}` is optional", name.value))
                        .hint("what is optional comes on top of a package's price"),
                );
            }
        }
        let only_options = !self.lines.is_empty() && self.lines.iter().all(|line| line.optional);
        let share = self.deposit.as_ref().or(self.schedule.first().map(|part| &part.percent));
        if let (true, Some(share)) = (only_options, share) {
            errors.push(
                share
                    .error("every line is optional: there is no total to take a share of")
                    .hint("leave `optional` out of what is sold, or the deposit and schedule out"),
            );
        }
        if let (Some(deposit), false) = (&self.deposit, self.schedule.is_empty()) {
            errors.push(deposit.error("[pricing] has both `deposit` and `schedule`: keep one of them"));
        }
        if let Some(last) = self.schedule.last() {
            let sum: Option<Decimal> = self
                .schedule
                .iter()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.percent.value));
            let sum = sum.unwrap_or(Decimal::MAX).normalize();
            if sum != Decimal::ONE_HUNDRED {
                errors
                    .push(last.percent.error(format!("the schedule adds to {sum} percent, not to 100")));
            }
        }
        let coherent = errors.is_empty();
        found.extend(errors);
        coherent
    }
}

impl Vat {
    /// The words are those of the table of keys, as the reader has checked.
    pub(in crate::proposal) fn from_value(value: Placed<Value>) -> Option<Placed<Vat>> {
        value.and_then(|value| match value {
            Value::Number(rate) => Some(Vat::Rate(rate)),
            Value::Text(word) => match word.as_str() {
                "franchise" => Some(Vat::Franchise),
                "reverse-charge" => Some(Vat::ReverseCharge),
                "outside-eu" => Some(Vat::OutsideEu),
                _ => None,
            },
            _ => None,
        })
    }
}

impl Line {
    fn from_fields(mut fields: Fields) -> Option<Line> {
        let place = fields.place.clone();
        let label = fields.text("label");
        let quantity = fields.number("quantity").unwrap_or(Placed::new(Decimal::ONE, place));
        let unit = fields.text("unit");
        let unit_price = fields.number("unit_price");
        let discount = fields.number("discount").filter(|discount| !discount.is_zero());
        let vat = fields.number("vat");
        let period = fields.table("period").and_then(Period::from_fields);
        let optional = fields.flag("optional").is_some_and(|flag| flag.value);
        fields.close();
        Some(Line {
            label: label?,
            quantity,
            unit,
            unit_price: unit_price?,
            discount,
            vat,
            period,
            optional,
        })
    }
}

impl Period {
    fn from_fields(mut fields: Fields) -> Option<Period> {
        let every = fields.parsed("every", Every::from_word);
        let count = fields.whole("count");
        fields.close();
        Some(Period { every: every?, count: count? })
    }
}

impl Package {
    fn from_fields(mut fields: Fields) -> Option<Package> {
        let name = fields.text("name");
        let lines = fields.tables("lines");
        fields.close();
        Some(Package { name: name?, lines: lines.into_iter().filter_map(Line::from_fields).collect() })
    }
}

impl ScheduledPart {
    fn from_fields(mut fields: Fields) -> Option<ScheduledPart> {
        let label = fields.text("label");
        let percent = fields.number("percent");
        let when = fields.text("when");
        fields.close();
        Some(ScheduledPart { label: label?, percent: percent?, when })
    }
}
