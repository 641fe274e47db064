//! From what was written to the amounts that are printed.
//!
//! Every amount is exact, with two decimals; how it looks in a language belongs to locale/.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::exact::{LIMIT, cents, percent_of, product};
use super::{Currency, Every, Line, Package, Pricing, ScheduledPart, Soundness, Vat};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::proposal::client::Client;
use crate::proposal::house::{Country, House};
use crate::proposal::identifier::{
    country_of_vat_number, is_eu_member, is_of_eu_member, is_vat_number_of,
};
use crate::proposal::mentions::law::{Buyer, Law};
use crate::proposal::placed::Placed;
use crate::proposal::words::words;

/// A price as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub currency: Currency,
    pub vat: VatCase,
    pub price: Price,
    /// Plain text.
    pub expenses: Option<String>,
    pub payment_days: u32,
    pub end_of_month: bool,
    pub buyer: Buyer,
}

words! {
    /// Whether VAT is added, and if not, why.
    pub enum VatCase {
        Charged = "charged",
        /// At 0 %, on some line or all.
        ZeroRated = "zero-rated",
        Franchise = "franchise",
        ReverseCharge = "reverse-charge",
        OutsideEu = "outside-eu",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Price {
    Lines(Priced),
    /// To choose from, at most three: name and price of each.
    Packages(Vec<(String, Priced)>),
}

/// Lines with their totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub lines: Vec<PricedLine>,
    /// Outside the totals.
    pub optional: Vec<PricedLine>,
    pub totals: Totals,
    pub payment: Payment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    pub label: String,
    pub quantity: Decimal,
    pub unit: Option<String>,
    pub unit_price: Decimal,
    /// How often, every what: the quantity is per period.
    pub period: Option<(u32, Every)>,
    /// Percent, above 0.
    pub discount: Option<Decimal>,
    /// After its discount, before VAT.
    pub net: Decimal,
    /// Percent; None where no VAT is charged.
    pub vat: Option<Decimal>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub discount: Option<Discount>,
    /// After the overall discount, before VAT.
    pub net: Decimal,
    /// One a rate, the highest first; empty where no VAT is charged.
    pub vat: Vec<VatSum>,
    /// `net` and all of `vat`.
    pub total: Decimal,
}

/// The overall discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Above 0.
    pub percent: Decimal,
    /// Sum of the lines.
    pub before: Decimal,
    /// What is taken off, as a positive amount: `before - amount` is the net total.
    pub amount: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatSum {
    /// Percent.
    pub rate: Decimal,
    /// Net of the overall discount.
    pub base: Decimal,
    pub amount: Decimal,
}

/// How the total with VAT is paid. The amounts add to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    AtOnce,
    Deposit { percent: Decimal, amount: Decimal, balance: Decimal },
    Schedule(Vec<Instalment>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instalment {
    pub label: String,
    pub percent: Decimal,
    pub when: Option<String>,
    pub amount: Decimal,
}

/// Days to pay where neither the profile nor the house says (Code de commerce L. 441-10 I).
const PAYMENT_DAYS: u32 = 30;

impl Quote {
    /// The price of a client; None without one, and where it cannot be told. What is wrong goes to
    /// `diagnostics`.
    pub fn of(client: &Client, house: &House, diagnostics: &mut Diagnostics) -> Option<Quote> {
        let pricing = client.pricing.as_ref()?;
        let none = pricing.lines.is_empty() && pricing.packages.is_empty();
        if none && pricing.soundness != Soundness::Broken {
            let warning = Diagnostic::warning("[pricing] has no lines: no price is printed");
            diagnostics.push(warning.at(pricing.place.clone()).hint("add `[[pricing.lines]]`"));
            return None;
        }
        let vat = pricing.vat.as_ref().or(house.defaults.vat.as_ref());
        if let Some(vat) = vat {
            diagnostics.extend(wrong_case(vat, client, house));
        }
        let zero = zero_rate(pricing, vat);
        diagnostics.extend(zero.as_ref().and_then(|rate| without_reason(rate, house)));
        let payment_days = payment_days(pricing, client, house, diagnostics);
        let mut reckoner = Reckoner { pricing, vat: vat.map(|vat| vat.value), errors: vec![] };
        let price = match pricing.soundness {
            Soundness::Sound => reckoner.price(),
            Soundness::Contradictory => reckoner.rehearse(),
            Soundness::Broken => None,
        };
        let failed = !reckoner.errors.is_empty();
        diagnostics.extend(reckoner.errors);
        let of_country = match house.country {
            Country::Fr => Currency::Eur,
            Country::Gb => Currency::Gbp,
        };
        let currency = pricing.currency.as_ref().or(house.defaults.currency.as_ref());
        Some(Quote {
            currency: currency.map_or(of_country, |currency| currency.value),
            vat: match vat.map(|vat| vat.value) {
                None | Some(Vat::Rate(_)) if zero.is_some() => VatCase::ZeroRated,
                None | Some(Vat::Rate(_)) => VatCase::Charged,
                Some(Vat::Franchise) => VatCase::Franchise,
                Some(Vat::ReverseCharge) => VatCase::ReverseCharge,
                Some(Vat::OutsideEu) => VatCase::OutsideEu,
            },
            price: price.filter(|_| !failed)?.without_shares_of_nothing(),
            expenses: pricing.expenses.as_ref().map(|text| text.value.clone()),
            payment_days,
            end_of_month: pricing.end_of_month.as_ref().is_some_and(|flag| flag.value),
            buyer: Buyer::of(client, house),
        })
    }
}

/// A reason for no VAT that the client's own country or number contradicts would print something false.
fn wrong_case(vat: &Placed<Vat>, client: &Client, house: &House) -> Option<Diagnostic> {
    match vat.value {
        Vat::Rate(_) => None,
        Vat::Franchise => {
            let law = Law::of(house.country);
            let number = house.vat_number.as_ref().filter(|_| !law.franchise_has_number)?;
            Some(vat.error("a house that is not registered for VAT has no VAT number").hint(format!(
                "[house] says `vat_number = \"{}\"`: one of the two is wrong",
                number.value
            )))
        }
        Vat::ReverseCharge => wrong_reverse_charge(vat, client, house),
        Vat::OutsideEu => wrong_outside_eu(vat, client, house),
    }
}

fn wrong_reverse_charge(vat: &Placed<Vat>, client: &Client, house: &House) -> Option<Diagnostic> {
    let home = house.country.word();
    let Some(number) = &client.company.vat_number else {
        return (!client.company.faulty).then(|| {
            vat.error("reverse charge needs the client's VAT number")
                .hint("add `vat_number` to [client]")
        });
    };
    if is_vat_number_of(number, home) {
        return Some(
            vat.error("reverse charge is for a client in another country of the European Union")
                .hint(format!("the client's VAT number is one of {home}")),
        );
    }
    if !is_of_eu_member(number) {
        return Some(
            vat.error("reverse charge is for a client in the European Union")
                .hint("outside of it, write `vat = \"outside-eu\"`"),
        );
    }
    let country = client.company.country.as_ref()?;
    (!is_vat_number_of(number, country)).then(|| {
        let of = country_of_vat_number(number);
        let written = &country.value;
        country
            .error(format!("the client's country is {written}, but its VAT number is one of {of}"))
            .hint("reverse charge goes by the number of the country that the client is in")
    })
}

/// Without a country of its own a client is in that of its VAT number, else in the house's.
fn wrong_outside_eu(vat: &Placed<Vat>, client: &Client, house: &House) -> Option<Diagnostic> {
    let home = house.country.word();
    let written = client.company.country.as_ref().map(|country| country.value.as_str());
    let of_number = client.company.vat_number.as_ref().map(|number| country_of_vat_number(number));
    if let Some(country) = written.or(of_number) {
        let hint = match country == home {
            true => "write the rate, such as `vat = 20`",
            false => "within the European Union, write `vat = \"reverse-charge\"`",
        };
        return (country == home || is_eu_member(country)).then(|| {
            vat.error(format!("the client's country is {country}: VAT is not that of a client abroad"))
                .hint(hint)
        });
    }
    (!client.company.faulty).then(|| {
        vat.error(format!("the client's country is not said, so it is {home}, the house's"))
            .hint("add `country` to [client]: VAT is left out only for a client abroad")
    })
}

/// Where a rate of 0 % stands: on a line, or for all that have none.
fn zero_rate<'a>(pricing: &'a Pricing, vat: Option<&'a Placed<Vat>>) -> Option<Place> {
    let of_packages = pricing.packages.iter().flat_map(|package| &package.lines);
    let mut lines = pricing.lines.iter().chain(of_packages).map(|line| &line.vat);
    lines.find_map(|rate| match (rate, vat) {
        (Some(rate), _) if rate.value.is_zero() => Some(rate.place.clone()),
        (None, Some(vat)) if vat.value == Vat::Rate(Decimal::ZERO) => Some(vat.place.clone()),
        _ => None,
    })
}

/// Warns of a rate of 0 % where the law asks why, and the house's own words do not say it.
fn without_reason(rate: &Place, house: &House) -> Option<Diagnostic> {
    let source = Law::of(house.country).zero_rate.as_ref()?;
    let said = house.mentions.iter().any(|mention| mention.name == "vat");
    (!said).then(|| {
        Diagnostic::warning(format!("missing mention: why no VAT is charged ({source})")).at(rate.clone()).hint(
            "write `vat = \"franchise\"`, \"reverse-charge\" or \"outside-eu\", or say the reason in `vat` of [mentions]",
        )
    })
}

/// What the law allows caps what the profile inherits; beyond it, what the profile says is an error.
fn payment_days(
    pricing: &Pricing,
    client: &Client,
    house: &House,
    diagnostics: &mut Diagnostics,
) -> u32 {
    let buyer = Buyer::of(client, house);
    let term = Law::of(house.country).payment_term(buyer);
    let end_of_month = pricing.end_of_month.as_ref().filter(|flag| flag.value);
    if let (Some(flag), None) = (end_of_month, term.end_of_month) {
        diagnostics.push(
            flag.error(
                "a public buyer's days are counted from the invoice, not from the end of the month",
            )
            .hint(format!("leave `end_of_month` out ({})", term.source)),
        );
    }
    let (most, from) = match (end_of_month.is_some(), term.end_of_month) {
        (true, Some(days)) => (days, "from the end of the month"),
        _ => (term.days, "from the invoice"),
    };
    let whom = if buyer == Buyer::Public { " by a public buyer" } else { "" };
    match &pricing.payment_days {
        Some(days) if days.value > most => {
            diagnostics.push(days.error(format!(
                "payment{whom} at {} days, the law allows {most} {from} ({})",
                days.value, term.source
            )));
            most
        }
        Some(days) => days.value,
        None => house.defaults.payment_days.as_ref().map_or(PAYMENT_DAYS, |days| days.value).min(most),
    }
}

impl Price {
    /// Nothing is paid in parts where there is nothing to pay; packages beside one another keep theirs as long
    /// as one costs something.
    fn without_shares_of_nothing(mut self) -> Price {
        let mut priced: Vec<&mut Priced> = match &mut self {
            Price::Lines(priced) => vec![priced],
            Price::Packages(packages) => packages.iter_mut().map(|(_, priced)| priced).collect(),
        };
        if priced.iter().all(|priced| priced.totals.total.is_zero()) {
            priced.iter_mut().for_each(|priced| priced.payment = Payment::AtOnce);
        }
        self
    }
}

/// Adds up one price; a line that cannot be reckoned is an error, and the others are still looked at.
struct Reckoner<'a> {
    pricing: &'a Pricing,
    /// Profile's or house's.
    vat: Option<Vat>,
    errors: Vec<Diagnostic>,
}

impl Reckoner<'_> {
    fn price(&mut self) -> Option<Price> {
        let pricing = self.pricing;
        if pricing.packages.is_empty() {
            return self.priced(&pricing.lines, &pricing.place).map(Price::Lines);
        }
        let package = |package: &Package| {
            let priced = self.priced(&package.lines, &package.name.place)?;
            Some((package.name.value.clone(), priced))
        };
        let packages: Vec<Option<(String, Priced)>> = pricing.packages.iter().map(package).collect();
        packages.into_iter().collect::<Option<_>>().map(Price::Packages)
    }

    /// Looks at every line of a price that cannot be told.
    fn rehearse(&mut self) -> Option<Price> {
        let pricing = self.pricing;
        let of_packages = pricing.packages.iter().flat_map(|package| &package.lines);
        for line in pricing.lines.iter().chain(of_packages) {
            self.line(line);
        }
        None
    }

    fn priced(&mut self, lines: &[Line], place: &Place) -> Option<Priced> {
        let (mut firm, mut optional) = (vec![], vec![]);
        for line in lines {
            if let Some(priced) = self.line(line) {
                if line.optional { &mut optional } else { &mut firm }.push(priced);
            }
        }
        let totals = totals(&firm, self.pricing.discount.as_ref().map(|d| d.value));
        let payment = totals.as_ref().and_then(|totals| self.payment(totals.total));
        let (Some(totals), Some(payment)) = (totals, payment) else {
            self.errors.push(too_large("the total", place));
            return None;
        };
        Some(Priced { lines: firm, optional, totals, payment })
    }

    fn line(&mut self, line: &Line) -> Option<PricedLine> {
        let vat = self.rate(line);
        let net = net(line);
        if net.is_none() {
            self.errors.push(too_large("this line", &line.unit_price.place));
        }
        Some(PricedLine {
            label: line.label.value.clone(),
            quantity: line.quantity.value,
            unit: line.unit.as_ref().map(|unit| unit.value.clone()),
            unit_price: line.unit_price.value,
            period: line.period.as_ref().map(|period| (period.count.value, period.every.value)),
            discount: line.discount.as_ref().map(|discount| discount.value),
            net: net?,
            vat,
        })
    }

    /// The line's own rate, else that of the price, else that of the house.
    fn rate(&mut self, line: &Line) -> Option<Decimal> {
        match (&line.vat, self.vat) {
            (Some(rate), None | Some(Vat::Rate(_))) => Some(rate.value.normalize()),
            (Some(rate), Some(_)) => {
                self.errors.push(
                    rate.error("this line has a VAT rate, but the price says that none is charged"),
                );
                None
            }
            (None, Some(Vat::Rate(rate))) => Some(rate.normalize()),
            (None, Some(_)) => None,
            (None, None) => {
                self.errors.push(
                    line.label
                        .error("no VAT rate is known for this line")
                        .hint("add `vat = 20` or `vat = \"franchise\"` to [pricing]"),
                );
                None
            }
        }
    }

    fn payment(&self, total: Decimal) -> Option<Payment> {
        if let Some(Placed { value: percent, .. }) = self.pricing.deposit {
            let amount = percent_of(percent, total)?;
            return Some(Payment::Deposit { percent, amount, balance: total - amount });
        }
        match self.pricing.schedule.as_slice() {
            [] => Some(Payment::AtOnce),
            parts => instalments(parts, total).map(Payment::Schedule),
        }
    }
}

fn too_large(what: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(format!("{what} has more digits than can be reckoned exactly")).at(place.clone())
}

/// Quantity × unit price × periods, less the discount, rounded half up to the cent; None where digits
/// would be lost.
fn net(line: &Line) -> Option<Decimal> {
    let gross = product(line.quantity.value, line.unit_price.value)?;
    let periods = line.period.as_ref().map_or(1, |period| period.count.value);
    let gross = product(gross, Decimal::from(periods))?;
    let net = match &line.discount {
        None => gross,
        Some(discount) => {
            let kept = Decimal::ONE_HUNDRED - discount.value;
            product(product(gross, kept)?, Decimal::new(1, 2))?
        }
    };
    (net < LIMIT).then(|| cents(net))
}

/// Per rate: the sum of its rounded lines, less the overall discount rounded half up; VAT on that.
fn totals(lines: &[PricedLine], discount: Option<Decimal>) -> Option<Totals> {
    let mut sums: BTreeMap<Option<Decimal>, Decimal> = BTreeMap::new();
    for line in lines {
        let sum = sums.entry(line.vat).or_default();
        *sum = sum.checked_add(line.net).filter(|sum| *sum < LIMIT)?;
    }
    let (mut before, mut taken, mut with_vat) = (cents(Decimal::ZERO), cents(Decimal::ZERO), vec![]);
    for (rate, sum) in sums.into_iter().rev() {
        let off = percent_of(discount.unwrap_or_default(), sum)?;
        before = before.checked_add(sum)?;
        taken = taken.checked_add(off)?;
        if let Some(rate) = rate {
            let base = cents(sum - off);
            with_vat.push(VatSum { rate, base, amount: percent_of(rate, base)? });
        }
    }
    let net = before - taken;
    let total = with_vat.iter().try_fold(net, |total, vat| total.checked_add(vat.amount))?;
    (total < LIMIT).then_some(Totals {
        discount: discount.map(|percent| Discount { percent, before, amount: taken }),
        net,
        vat: with_vat,
        total,
    })
}

/// Each part rounded half up, and never more than what is left; the last takes the remainder.
fn instalments(parts: &[ScheduledPart], total: Decimal) -> Option<Vec<Instalment>> {
    let mut left = total;
    let mut instalments = vec![];
    for (i, part) in parts.iter().enumerate() {
        let amount = match i + 1 == parts.len() {
            true => left,
            false => percent_of(part.percent.value, total)?.min(left),
        };
        left -= amount;
        instalments.push(Instalment {
            label: part.label.value.clone(),
            percent: part.percent.value,
            when: part.when.as_ref().map(|when| when.value.clone()),
            amount,
        });
    }
    Some(instalments)
}
