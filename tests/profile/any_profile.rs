//! What holds of any text given as a profile or as propale.toml. Included by the bounded property test
//! and by the fuzz target `profile`.

use propale::diagnostic::{Colour, Diagnostics, Source};
use propale::locale::Locale;
use propale::proposal::client::Client;
use propale::proposal::house::House;
use propale::proposal::numbering::{Pattern, file_stem};
use propale::proposal::pricing::quote::{Payment, Price, Priced, Quote};
use propale::proposal::timeline::schedule;
use propale::proposal::validity::Validity;

/// Reads `text` as both kinds of file, and goes on to amounts and days.
pub fn any_profile(text: &str) {
    let source = Source::new("clients/a.toml", text);
    let house_source = Source::new("propale.toml", "[house]\nname = \"H\"\n[defaults]\nvat = 20");
    let house = House::read(&house_source, &mut Diagnostics::new()).expect("a whole house");
    let run_day = "2026-11-22".parse().expect("a day");

    let mut diagnostics = Diagnostics::new();
    let client = Client::read(&source, "a", &mut diagnostics);
    assert!(client.is_some() || diagnostics.has_errors(), "refused without a reason");
    if let Some(client) = &client {
        if let Some(number) = client.proposal.number.as_ref() {
            assert_eq!(Client::number(&source).as_deref(), Some(number.as_str()));
        }
        let quote = Quote::of(client, &house, &mut diagnostics);
        if let Some(quote) = &quote {
            identities(quote);
        }
        if let Some(validity) = Validity::of(client, &house, run_day, &mut diagnostics) {
            let phases = schedule(&client.timeline, validity.date, validity.until, &mut diagnostics);
            assert!(phases.iter().all(|phase| phase.start <= phase.end));
        }
        for lang in [Locale::Fr, Locale::EnGb] {
            let stem = file_stem(client, lang, run_day);
            let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(stem.bytes().all(safe) && stem.len() + ".pdf".len() <= 60, "{stem}");
        }
        for text in &client.printed {
            assert!(!text.is_empty() && text.trim() == text.as_str());
            assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
        }
    }
    House::read(&source, &mut diagnostics);
    Pattern::default().next(run_day, [text]);
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().expect("a place");
        let text = &place.source.text;
        assert!(text.is_char_boundary(place.span.start) && place.span.start <= text.len());
        assert!(!diagnostic.message.contains('\n') && !diagnostic.message.ends_with('.'));
        diagnostic.render(Colour::Plain);
    }
}

/// What is printed adds up.
fn identities(quote: &Quote) {
    match &quote.price {
        Price::Lines(priced) => adds_up(priced),
        Price::Packages(packages) => packages.iter().for_each(|(_, priced)| adds_up(priced)),
    }
}

pub fn adds_up(priced: &Priced) {
    use rust_decimal::Decimal;
    let totals = &priced.totals;
    let lines: Decimal = priced.lines.iter().map(|line| line.net).sum();
    let off = totals.discount.as_ref().map_or(Decimal::ZERO, |discount| {
        assert_eq!(discount.before, lines);
        discount.amount
    });
    assert_eq!(lines - off, totals.net);
    let vat: Decimal = totals.vat.iter().map(|vat| vat.amount).sum();
    assert_eq!(totals.net + vat, totals.total);
    if !totals.vat.is_empty() {
        assert_eq!(totals.vat.iter().map(|vat| vat.base).sum::<Decimal>(), totals.net);
    }
    assert!(totals.vat.windows(2).all(|pair| pair[0].rate > pair[1].rate));
    let amounts = match &priced.payment {
        Payment::AtOnce => vec![totals.total],
        Payment::Deposit { amount, balance, .. } => vec![*amount, *balance],
        Payment::Schedule(parts) => parts.iter().map(|part| part.amount).collect(),
    };
    assert_eq!(amounts.iter().sum::<Decimal>(), totals.total);
    let shown = [totals.net, totals.total].into_iter().chain(amounts);
    for amount in shown.chain(priced.lines.iter().map(|line| line.net)) {
        assert!(amount >= Decimal::ZERO && amount.scale() == 2, "{amount}");
    }
}
