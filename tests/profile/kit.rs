//! Profiles and houses for tests.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::client::Client;
use propale::proposal::house::House;
use propale::proposal::pricing::quote::{Payment, Price, Priced, Quote};

/// A profile that must be readable, and its faults so far.
pub fn client(text: &str) -> (Client, Diagnostics) {
    client_at("clients/a.toml", text)
}

/// The same, in the file `path`.
pub fn client_at(path: &str, text: &str) -> (Client, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let stem = path.trim_start_matches("clients/").trim_end_matches(".toml");
    let client = Client::read(&Source::new(path, text), stem, &mut diagnostics);
    (client.unwrap_or_else(|| panic!("{}", diagnostics.one_lines())), diagnostics)
}

/// A house without a fault.
pub fn house(text: &str) -> House {
    let mut diagnostics = Diagnostics::new();
    let text = format!("house.name = \"H\"\n{text}");
    let house = House::read(&Source::new("propale.toml", text), &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    house.expect("a house without a fault")
}

/// The amounts of a quote in one line.
pub fn described(quote: &Quote) -> String {
    match &quote.price {
        Price::Lines(priced) => described_price(priced),
        Price::Packages(packages) => {
            let package =
                |(name, priced): &(String, Priced)| format!("{name}: {}", described_price(priced));
            packages.iter().map(package).collect::<Vec<_>>().join(" | ")
        }
    }
}

fn described_price(priced: &Priced) -> String {
    let mut out: Vec<String> = vec![];
    let lines: Vec<String> = priced.lines.iter().map(|line| line.net.to_string()).collect();
    out.push(lines.join(" + "));
    if !priced.optional.is_empty() {
        let optional: Vec<String> = priced.optional.iter().map(|line| line.net.to_string()).collect();
        out.push(format!("optional {}", optional.join(" + ")));
    }
    let totals = &priced.totals;
    if let Some(discount) = &totals.discount {
        out.push(format!("{} less {} % {}", discount.before, discount.percent, discount.amount));
    }
    out.push(format!("net {}", totals.net));
    for vat in &totals.vat {
        out.push(format!("{} % of {} = {}", vat.rate, vat.base, vat.amount));
    }
    out.push(format!("total {}", totals.total));
    match &priced.payment {
        Payment::AtOnce => {}
        Payment::Deposit { amount, balance, .. } => out.push(format!("deposit {amount} then {balance}")),
        Payment::Schedule(parts) => {
            out.push(parts.iter().map(|part| part.amount.to_string()).collect::<Vec<_>>().join(", "));
        }
    }
    out.join("; ")
}
