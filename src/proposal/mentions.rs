//! Who sends, in the terms of the law: the lines of identity that close a proposal.

use super::house::{House, LegalForm};
use super::identifier::spaced;
use super::view::Html;
use crate::locale::Locale;

/// The printed mentions, a paragraph each. What the house does not say is left out.
///
/// One line of identity: the registered name with its form and capital, the registry, SIREN or SIRET, VAT
/// number, address. An entrepreneur's name is followed by "EI" (Code de commerce, art. R. 526-27).
pub fn mentions(house: &House, locale: Locale) -> Vec<Html> {
    let form = house.legal_form.as_ref().map(|form| form.value);
    let word = |key: &str| locale.word(key).unwrap_or_default();
    let mut parts = Vec::new();
    let name = house.registered_name();
    let capital = house.capital.as_ref().map(|capital| {
        format!(" {} {}", word("with_capital_of"), locale.money_short(capital.value, "EUR"))
    });
    match form {
        Some(LegalForm::Ei) => parts.push(format!("{name} EI")),
        Some(form) if form != LegalForm::SoleTrader => {
            parts.push(format!("{name}, {}{}", form.word(), capital.unwrap_or_default()));
        }
        _ => parts.push(name.to_string()),
    }
    let labelled = [
        (word("siren"), house.siret.is_none().then_some(house.siren.as_ref()).flatten()),
        (word("siret"), house.siret.as_ref()),
        (word("registry"), house.registry.as_ref()),
        (word("company_number"), house.company_number.as_ref()),
        (word("vat_number"), house.vat_number.as_ref()),
    ];
    for (label, value) in labelled {
        parts.extend(value.map(|value| format!("{label} {}", spaced(&value.value))));
    }
    if !house.address.is_empty() {
        let lines: Vec<&str> = house.address.iter().map(|line| line.value.as_str()).collect();
        parts.push(lines.join(", "));
    }
    if parts.len() < 2 {
        // The name alone stands on the cover already.
        return vec![];
    }
    vec![Html::escaped(&parts.join(" · "))]
}
