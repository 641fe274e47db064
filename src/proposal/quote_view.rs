//! A price as a layout sees it: quantities in words, amounts as exact decimals.

use rust_decimal::Decimal;

use super::mentions::law::Buyer;
use super::pricing::Every;
use super::pricing::quote::{Instalment, Payment, Price, Priced, PricedLine, Quote, Totals};
use super::view::{InstalmentView, LineView, PackageView, PricingView, TotalsView, VatView};
use crate::locale::{Locale, NO_BREAK_SPACE};

/// The client's price in this language.
pub fn pricing(quote: &Quote, locale: Locale) -> PricingView {
    let mut view = PricingView {
        currency: quote.currency.word().to_string(),
        lines: None,
        optional_lines: None,
        packages: None,
        totals: None,
        expenses: quote.expenses.clone(),
        deposit: None,
        balance: None,
        schedule: None,
        payment_days: quote.payment_days,
        end_of_month: quote.end_of_month,
        public_buyer: quote.buyer == Buyer::Public,
        has_discounts: false,
        has_rates: has_rates(quote),
    };
    match &quote.price {
        Price::Lines(priced) => {
            let firm = !priced.lines.is_empty();
            view.lines = firm.then(|| lines(&priced.lines, locale));
            view.optional_lines = (!priced.optional.is_empty()).then(|| lines(&priced.optional, locale));
            view.totals = firm.then(|| totals(&priced.totals));
            (view.deposit, view.balance, view.schedule) = payment(&priced.payment, locale);
            view.has_discounts = has_discounts(priced);
        }
        Price::Packages(packages) => {
            view.has_discounts = packages.iter().any(|(_, priced)| has_discounts(priced));
            let package = |(name, priced): &(String, Priced)| {
                let (deposit, balance, schedule) = payment(&priced.payment, locale);
                PackageView {
                    name: name.clone(),
                    lines: lines(&priced.lines, locale),
                    optional_lines: (!priced.optional.is_empty())
                        .then(|| lines(&priced.optional, locale)),
                    totals: totals(&priced.totals),
                    deposit,
                    balance,
                    schedule,
                }
            };
            view.packages = Some(packages.iter().map(package).collect());
        }
    }
    view
}

/// Whether each line says its rate: where they differ, or no total says it.
fn has_rates(quote: &Quote) -> bool {
    let priced: Vec<&Priced> = match &quote.price {
        Price::Lines(priced) => vec![priced],
        Price::Packages(packages) => packages.iter().map(|(_, priced)| priced).collect(),
    };
    let mut rates = priced.iter().flat_map(|p| p.lines.iter().chain(&p.optional)).map(|line| line.vat);
    let first = rates.next();
    let no_totals = priced.iter().all(|priced| priced.lines.is_empty());
    no_totals && first.flatten().is_some() || rates.any(|rate| Some(rate) != first)
}

fn has_discounts(priced: &Priced) -> bool {
    priced.lines.iter().chain(&priced.optional).any(|line| line.discount.is_some())
}

fn lines(lines: &[PricedLine], locale: Locale) -> Vec<LineView> {
    let view = |line: &PricedLine| LineView {
        label: line.label.clone(),
        quantity: quantity(line, locale),
        unit_price: line.unit_price.to_string(),
        discount: line.discount.map(percent),
        net: line.net.to_string(),
        vat: line.vat.map(percent),
    };
    lines.iter().map(view).collect()
}

/// "5 jours", "2 jours par mois × 6 mois". A number stays with its unit.
fn quantity(line: &PricedLine, locale: Locale) -> String {
    let mut out = locale.number(line.quantity);
    if let Some(unit) = &line.unit {
        out.push(NO_BREAK_SPACE);
        out.push_str(&locale.plural_of(line.quantity, unit));
    }
    if let Some((count, every)) = line.period {
        let (per, one, many) = match every {
            Every::Day => ("per_day", "day", "days"),
            Every::Week => ("per_week", "week", "weeks"),
            Every::Month => ("per_month", "month", "months"),
            Every::Quarter => ("per_quarter", "quarter", "quarters"),
            Every::Year => ("per_year", "year", "years"),
        };
        let word = |key| locale.word(key).unwrap_or_default();
        let unit = locale.plural(count, word(one), word(many));
        out.push_str(&format!(" {} ×{NO_BREAK_SPACE}{count}{NO_BREAK_SPACE}{unit}", word(per)));
    }
    out
}

fn totals(totals: &Totals) -> TotalsView {
    let vat: Vec<VatView> = (totals.vat.iter())
        .map(|vat| VatView {
            rate: percent(vat.rate),
            base: vat.base.to_string(),
            amount: vat.amount.to_string(),
        })
        .collect();
    let discount = totals.discount.as_ref();
    TotalsView {
        before_discount: discount.map(|discount| discount.before.to_string()),
        discount_percent: discount.map(|discount| percent(discount.percent)),
        discount: discount.map(|discount| (-discount.amount).to_string()),
        net: totals.net.to_string(),
        vat: (!vat.is_empty()).then_some(vat),
        total: totals.total.to_string(),
    }
}

type PaymentView = (Option<InstalmentView>, Option<InstalmentView>, Option<Vec<InstalmentView>>);

fn payment(payment: &Payment, locale: Locale) -> PaymentView {
    let word = |key: &str| locale.word(key).unwrap_or_default().to_string();
    match payment {
        Payment::AtOnce => (None, None, None),
        Payment::Deposit { percent: share, amount, balance } => {
            let deposit = InstalmentView {
                label: word("deposit"),
                percent: percent(*share),
                when: Some(word("at_signature")),
                amount: amount.to_string(),
            };
            let rest = InstalmentView {
                label: word("balance"),
                percent: percent(Decimal::ONE_HUNDRED - share),
                when: None,
                amount: balance.to_string(),
            };
            (Some(deposit), Some(rest), None)
        }
        Payment::Schedule(parts) => {
            let view = |part: &Instalment| InstalmentView {
                label: part.label.clone(),
                percent: percent(part.percent),
                when: part.when.clone(),
                amount: part.amount.to_string(),
            };
            (None, None, Some(parts.iter().map(view).collect()))
        }
    }
}

fn percent(value: Decimal) -> String {
    value.normalize().to_string()
}
