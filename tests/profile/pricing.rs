//! Amounts, checked against sums made by hand.

use propale::proposal::pricing::quote::{Quote, VatCase};

use super::kit;

/// The quote of a profile with this `[pricing]`, which must have no fault, in one line.
#[track_caller]
fn quoted(pricing: &str) -> String {
    let (client, mut diagnostics) = kit::client(&format!("client.name = \"A\"\n[pricing]\n{pricing}"));
    let house = kit::house("mentions.vat = \"Exonération.\"");
    let quote = Quote::of(&client, &house, &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    let quote = quote.expect("a quote without a fault");
    kit::described(&quote)
}

#[test]
fn amounts_are_those_made_by_hand() {
    let cases = [
        (
            "a line and a deposit",
            "vat = 20\ndeposit = 30\nlines = [{ label = \"A\", quantity = 5, unit_price = 900 }]",
            "4500.00; net 4500.00; 20 % of 4500.00 = 900.00; total 5400.00; deposit 1620.00 then 3780.00",
        ),
        (
            // 3 × 333.33 = 999.99; × 0.9 = 899.991. VAT 179.998.
            "a line's discount, rounded once",
            "vat = 20\nlines = [{ label = \"A\", quantity = 3, unit_price = 333.33, discount = 10 }]",
            "899.99; net 899.99; 20 % of 899.99 = 180.00; total 1079.99",
        ),
        (
            // 0.005, 0.025 and 0.004: half goes up, whatever the digit before it.
            "half a cent",
            "vat = 0\nlines = [{ label = \"A\", quantity = 0.5, unit_price = 0.01 }, { label = \"B\", quantity = 2.5, unit_price = 0.01 }, { label = \"C\", unit_price = 0.004 }]",
            "0.01 + 0.03 + 0.00; net 0.04; 0 % of 0.04 = 0.00; total 0.04",
        ),
        (
            // As doubles 1.005 × 100 is 100.49999999999999 and 0.1 × 3 is 0.30000000000000004.
            "what a double gets wrong",
            "vat = 0\nlines = [{ label = \"A\", quantity = 100, unit_price = 1.005 }, { label = \"B\", quantity = 3, unit_price = 0.1 }]",
            "100.50 + 0.30; net 100.80; 0 % of 100.80 = 0.00; total 100.80",
        ),
        (
            "a retainer: 2 days a month for 6 months",
            "vat = 20\nlines = [{ label = \"A\", quantity = 2, unit_price = 850, period = { every = \"mois\", count = 6 } }]",
            "10200.00; net 10200.00; 20 % of 10200.00 = 2040.00; total 12240.00",
        ),
        (
            // 5 % of 1000.10 is 50.005, of 99.99 is 4.9995. VAT 190.018 and 5.22445.
            "the overall discount, per rate",
            "vat = 20\ndiscount = 5\nlines = [{ label = \"A\", unit_price = 1000.10 }, { label = \"B\", unit_price = 99.99, vat = 5.5 }]",
            "1000.10 + 99.99; 1100.09 less 5 % 55.01; net 1045.08; 20 % of 950.09 = 190.02; 5.5 % of 94.99 = 5.22; total 1240.32",
        ),
        (
            // VAT on the sum, not a line: 3 × round(0.20 × 0.02) would be 0.
            "VAT on the sum of a rate, however it is spelled",
            "vat = 20.0\nlines = [{ label = \"A\", unit_price = 0.02 }, { label = \"B\", unit_price = 0.02, vat = 20 }, { label = \"C\", unit_price = \"0,02\" }]",
            "0.02 + 0.02 + 0.02; net 0.06; 20 % of 0.06 = 0.01; total 0.07",
        ),
        (
            // 30 % of 1079.99 is 323.997, 40 % is 431.996.
            "a schedule, its last part the remainder",
            "vat = 20\nlines = [{ label = \"A\", quantity = 3, unit_price = 333.33, discount = 10 }]\nschedule = [{ label = \"1\", percent = 30 }, { label = \"2\", percent = 40 }, { label = \"3\", percent = 30 }]",
            "899.99; net 899.99; 20 % of 899.99 = 180.00; total 1079.99; 324.00, 432.00, 323.99",
        ),
        (
            "a schedule of thirds",
            "vat = 0\nlines = [{ label = \"A\", unit_price = 100 }]\nschedule = [{ label = \"1\", percent = 33.3333 }, { label = \"2\", percent = 33.3333 }, { label = \"3\", percent = 33.3334 }]",
            "100.00; net 100.00; 0 % of 100.00 = 0.00; total 100.00; 33.33, 33.33, 33.34",
        ),
        (
            "a cent in halves: no part is negative",
            "vat = 0\nlines = [{ label = \"A\", unit_price = 0.01 }]\nschedule = [{ label = \"1\", percent = 50 }, { label = \"2\", percent = 50 }, { label = \"3\", percent = 0 }]",
            "0.01; net 0.01; 0 % of 0.01 = 0.00; total 0.01; 0.01, 0.00, 0.00",
        ),
        (
            "optional lines stay outside",
            "vat = 20\ndiscount = 10\nlines = [{ label = \"A\", unit_price = 100 }, { label = \"B\", unit_price = 50, optional = true }]",
            "100.00; optional 50.00; 100.00 less 10 % 10.00; net 90.00; 20 % of 90.00 = 18.00; total 108.00",
        ),
        (
            "no VAT in franchise",
            "vat = \"franchise\"\ndeposit = 50\nlines = [{ label = \"A\", quantity = 1.5, unit_price = \"1 250,50\" }]",
            "1875.75; net 1875.75; total 1875.75; deposit 937.88 then 937.87",
        ),
        (
            "packages, each with its deposit",
            "vat = 20\ndeposit = 40\npackages = [{ name = \"P\", lines = [{ label = \"A\", unit_price = 100 }] }, { name = \"Q\", lines = [{ label = \"A\", unit_price = 100 }, { label = \"B\", quantity = 2, unit_price = 25.25 }] }]",
            "P: 100.00; net 100.00; 20 % of 100.00 = 20.00; total 120.00; deposit 48.00 then 72.00 | Q: 100.00 + 50.50; net 150.50; 20 % of 150.50 = 30.10; total 180.60; deposit 72.24 then 108.36",
        ),
        (
            "a package for nothing beside one that is not",
            "vat = 20\ndeposit = 50\npackages = [{ name = \"P\", lines = [{ label = \"A\", unit_price = 0 }] }, { name = \"Q\", lines = [{ label = \"A\", unit_price = 100 }] }]",
            "P: 0.00; net 0.00; 20 % of 0.00 = 0.00; total 0.00; deposit 0.00 then 0.00 | Q: 100.00; net 100.00; 20 % of 100.00 = 20.00; total 120.00; deposit 60.00 then 60.00",
        ),
        (
            "everything for nothing",
            "vat = 20\ndiscount = 100\ndeposit = 100\nlines = [{ label = \"A\", unit_price = 100 }, { label = \"B\", unit_price = 10, discount = 100 }, { label = \"C\", quantity = 0, unit_price = 10 }]",
            "100.00 + 0.00 + 0.00; 100.00 less 100 % 100.00; net 0.00; 20 % of 0.00 = 0.00; total 0.00",
        ),
        (
            // 9 999 999 × 10 000 000 less 9 999 999 cents. VAT 19 999 997 980 000.002.
            "large amounts keep their cents",
            "vat = 20\nlines = [{ label = \"A\", quantity = 9999999, unit_price = 9999999.99 }]",
            "99999989900000.01; net 99999989900000.01; 20 % of 99999989900000.01 = 19999997980000.00; total 119999987880000.01",
        ),
    ];
    for (what, pricing, expected) in cases {
        assert_eq!(quoted(pricing), expected, "{what}");
    }
}

#[test]
fn what_a_profile_leaves_out_comes_from_the_house() {
    let line = "lines = [{ label = \"A\", unit_price = 100 }]";
    let cases = [
        ("", "vat = 20", "", "EUR Charged 30 false"),
        ("", "vat = 20\ncurrency = \"CHF\"\nend_of_month = true", "", "CHF Charged 30 true"),
        ("currency = \"USD\"\nvat = 20\npayment_days = 45", "", "", "USD Charged 45 false"),
        (
            "currency = \"USD\"\nvat = 20",
            "vat = \"outside-eu\"",
            "country = \"US\"",
            "USD OutsideEu 30 false",
        ),
        ("vat = \"franchise\"\npayment_days = 60", "end_of_month = true", "", "EUR Franchise 45 true"),
        ("vat = 20\npayment_days = 60", "", "public = true", "EUR Charged 30 false"),
        (
            "vat = 20",
            "vat = \"reverse-charge\"",
            "vat_number = \"DE999999995\"",
            "EUR ReverseCharge 30 false",
        ),
    ];
    for (defaults, pricing, company, expected) in cases {
        let text = format!("[client]\nname = \"A\"\n{company}\n[pricing]\n{pricing}\n{line}");
        let (client, mut diagnostics) = kit::client(&text);
        let house = kit::house(&format!("[defaults]\n{defaults}"));
        let quote = Quote::of(&client, &house, &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), "", "{text}");
        let Quote { currency, vat, payment_days, end_of_month, .. } = quote.expect("a quote");
        let currency = currency.word();
        assert_eq!(format!("{currency} {vat:?} {payment_days} {end_of_month}"), expected, "{text}");
    }
    let (client, mut diagnostics) =
        kit::client(&format!("client.name = \"A\"\n[pricing]\nvat = 20\n{line}"));
    let house = kit::house("house.country = \"GB\"");
    let quote = Quote::of(&client, &house, &mut diagnostics).expect("a quote");
    assert_eq!((quote.currency.word(), quote.vat), ("GBP", VatCase::Charged));
}

/// What `[client]` and `[pricing]` say of VAT, for a house with these keys.
fn vat_faults(house: &str, company: &str, pricing: &str) -> String {
    let line =
        if pricing.contains("lines") { "" } else { "lines = [{ label = \"A\", unit_price = 1 }]" };
    let text = format!("[client]\nname = \"A\"\n{company}\n[pricing]\n{pricing}\n{line}");
    let (client, mut diagnostics) = kit::client(&text);
    Quote::of(&client, &kit::house(house), &mut diagnostics);
    diagnostics.one_lines()
}

#[test]
fn a_reason_for_no_vat_agrees_with_who_buys_and_who_sells() {
    let reverse = "vat = \"reverse-charge\"";
    let outside = "vat = \"outside-eu\"";
    let cases = [
        ("", "", outside, "error: clients/a.toml:5:7: the client's country is not said, so it is FR"),
        ("", "country = \"FR\"", outside, "the client's country is FR"),
        ("", "country = \"US\"", outside, ""),
        ("", "vat_number = \"CHE-999.999.999 TVA\"", outside, ""),
        ("", "vat_number = \"IT99999999990\"", outside, "the client's country is IT"),
        ("", "country = \"IT\"\nvat_number = \"IT99999999990\"", reverse, ""),
        ("", "vat_number = \"IT99999999990\"", reverse, ""),
        ("", "country = \"GR\"\nvat_number = \"EL999999999\"", reverse, ""),
        (
            "",
            "country = \"IT\"\nvat_number = \"DE999999995\"",
            reverse,
            "error: clients/a.toml:3:11: the client's country is IT, but its VAT number is one of DE",
        ),
        (
            "",
            "country = \"GB\"\nvat_number = \"XI999999918\"",
            reverse,
            "is for a client in the European Union",
        ),
        ("house.country = \"GB\"", "vat_number = \"XI999999918\"", reverse, "is one of GB"),
        (
            "house.country = \"GB\"\nhouse.vat_number = \"GB 999 9999 73\"",
            "",
            "vat = \"franchise\"",
            "a house that is not registered for VAT has no VAT number",
        ),
        ("house.country = \"GB\"", "", "vat = \"franchise\"", ""),
        ("house.vat_number = \"FR11999999998\"", "", "vat = \"franchise\"", ""),
        ("", "", "vat = 0", "warning: clients/a.toml:5:7: missing mention: why no VAT is charged"),
        (
            "",
            "",
            "vat = 20\nlines = [{ label = \"A\", unit_price = 1, vat = 0 }]",
            "warning: clients/a.toml:6:47: missing mention: why no VAT is charged",
        ),
        ("mentions.vat = \"Exonération.\"", "", "vat = 0", ""),
        ("house.country = \"GB\"", "", "vat = 0", ""),
    ];
    for (house, company, pricing, expected) in cases {
        let said = vat_faults(house, company, pricing);
        assert_eq!(
            said.lines().count(),
            usize::from(!expected.is_empty()),
            "{company} {pricing}:\n{said}"
        );
        assert!(said.contains(expected), "{expected}\nin {said}");
    }
}

/// What is wrong has been said: nothing is said of its absence.
#[test]
fn a_wrong_vat_number_is_not_a_missing_one() {
    for number in ["FR12 999 999 998", "GR999999999", "DE999999999"] {
        let said = vat_faults("", &format!("vat_number = \"{number}\""), "vat = \"reverse-charge\"");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(":3:14: `vat_number` must"), "{said}");
        assert_eq!(said.contains("(hint: did you mean `EL`?)"), number.starts_with("GR"), "{said}");
    }
    let said = vat_faults("", "country = \"XX\"", "vat = \"outside-eu\"");
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// Options alone are shown with their rate, and without totals that would be 0.
#[test]
fn options_alone_have_no_totals() {
    let workspace = crate::support::Workspace::small();
    let line = "{ label = \"Audit\", unit_price = 700, optional = true }";
    let build = |layout: &str, more: &str| {
        let head = format!("layout = \"{layout}\"\nclient.name = \"A\"");
        workspace
            .write("clients/a.toml", format!("{head}\n[pricing]\nvat = 20\n{more}\nlines = [{line}]\n"));
        workspace.run(&["html", "a", "--date", "2026-11-22"])
    };
    for layout in ["proposal", "letter", "deck"] {
        let html = build(layout, "").stdout;
        let html = &html[html.find("<body").expect("a page")..];
        assert!(html.contains("En option<") && html.contains("700,00"), "{layout}: {html}");
        assert!(html.contains("TVA 20"), "{layout}: {html}");
        assert!(!html.contains(">0,00") && !html.contains("Total"), "{layout}: {html}");
    }
    let fault = build("letter", "deposit = 30").stderr;
    assert!(fault.contains("every line is optional: there is no total to take a share of"), "{fault}");
}

/// A rate that only an optional line has is said of every line.
#[test]
fn lines_of_several_rates_say_their_own() {
    let workspace = crate::support::Workspace::small();
    let html = |optional: &str| {
        let line = format!("{{ label = \"B\", unit_price = 50, optional = true{optional} }}");
        let lines = format!("lines = [{{ label = \"A\", unit_price = 100 }}, {line}]");
        workspace
            .write("clients/a.toml", format!("client.name = \"A\"\n[pricing]\nvat = 20\n{lines}\n"));
        workspace.run(&["html", "a"]).stdout
    };
    let rates = |html: &str| html.matches("<span class=\"rate\">").count();
    assert_eq!(rates(&html("")), 0);
    assert_eq!(rates(&html(", vat = 5.5")), 2);
}

#[test]
fn payment_terms_are_said_in_words() {
    let workspace = crate::support::Workspace::small();
    for (keys, lang, expected) in [
        ("", "fr", "30\u{A0}jours à compter de la date de facture"),
        ("payment_days = 45\nend_of_month = true", "fr", "45\u{A0}jours fin de mois"),
        ("payment_days = 0", "fr", "À réception de la facture"),
        ("payment_days = 1", "en", "1 day from the invoice date"),
        ("client.public = true", "fr", "30\u{A0}jours à compter de la réception de la facture"),
        ("client.public = true\nclient.country = \"DE\"", "en", "30 days from the invoice date"),
    ] {
        let (client, pricing) = match keys.starts_with("client") {
            true => (keys, ""),
            false => ("", keys),
        };
        let line = "lines = [{ label = \"A\", unit_price = 100 }]";
        let profile = format!(
            "lang = \"{lang}\"\nclient.name = \"A\"\n{client}\n[pricing]\nvat = 20\n{pricing}\n{line}\n"
        );
        workspace.write("clients/a.toml", profile);
        let html = workspace.run(&["html", "a"]).stdout;
        assert!(html.contains(&format!("<p>{expected}</p>")), "{expected}: {html}");
    }
}

#[test]
fn no_price_is_no_quote() {
    let (client, mut diagnostics) = kit::client("client.name = \"A\"");
    assert_eq!(Quote::of(&client, &kit::house(""), &mut diagnostics), None);
    assert_eq!(diagnostics.one_lines(), "");
}
