//! What the law has a proposal say, for each country, form, language and VAT case.

mod data;
mod missing;
mod terms;

use propale::diagnostic::{Diagnostics, Source};
use propale::locale::Locale;
use propale::proposal::client::Client;
use propale::proposal::compose::compose;
use propale::proposal::house::House;
use propale::proposal::offer::Offer;
use propale::proposal::terms::Terms;
use propale::proposal::view::View;

/// A proposal's view on a day, and what was said of it beside errors.
fn composed(house: &str, client: &str, day: &str) -> (View, String) {
    let mut diagnostics = Diagnostics::new();
    let house = House::read(&Source::new("propale.toml", house), &mut diagnostics).expect("a house");
    let client =
        Client::read(&Source::new("clients/a.toml", client), "a", &mut diagnostics).expect("a profile");
    let note = "---\ntitle: Audit\nlang: fr\n---\nUn site lent.\n\n### why\n- one\n";
    let mut offer =
        Offer::read(&Source::new("offers/audit.md", note), "audit", &mut diagnostics).expect("an offer");
    offer.lang = client.lang.as_ref().map(|lang| lang.value);
    let day = day.parse().expect("a day");
    let terms = Terms::default();
    let proposal = compose(&house, &terms, &offer, &client, day, &mut diagnostics).expect("a proposal");
    (proposal.view, diagnostics.one_lines())
}

/// Every printed line that a form, a language or a VAT case can change.
fn legal_lines(view: &View, locale: Locale) -> String {
    let word = |key: &str| locale.word(key).unwrap_or_else(|| panic!("no word `{key}`"));
    let mut out = String::new();
    let pricing = view.pricing.as_ref().expect("a price");
    let totals = pricing.totals.as_ref().expect("totals");
    let money = |amount: &str| locale.money(amount.parse().unwrap(), &pricing.currency);
    match &totals.vat {
        None => out += &format!("{} {}\n", word("total_without_vat"), money(&totals.total)),
        Some(rates) => {
            out += &format!("{} {}", word("subtotal"), money(&totals.net));
            for vat in rates {
                let rate = locale.percent(vat.rate.parse().unwrap());
                out += &format!(" · {} {rate} {}", word("vat"), money(&vat.amount));
            }
            out += &format!(" · {} {}\n", word("total"), money(&totals.total));
        }
    }
    for mention in view.mentions.iter().flatten() {
        out += &format!("{}: {}\n", mention.key, mention.text.0);
    }
    out += &format!("{}\n", view.house.identity.as_ref().expect("an identity").0);
    let until = view.proposal.valid_until.parse().unwrap();
    out + &format!("{} {}\n", word("validity_sentence"), locale.date(until))
}

const FRENCH: &str = "name = \"Atome\"\nsignatory = \"Camille Roux\"\nsiren = \"999 999 998\"\n\
    siret = \"999 999 998 00019\"\nvat_number = \"FR11 999 999 998\"\n\
    address = [\"14 rue des Essais\", \"69002 Lyon\"]\n";

/// Each form of the house, as it would be written.
fn french_houses() -> Vec<(&'static str, String)> {
    let company =
        |form: &str| format!("{FRENCH}legal_form = \"{form}\"\ncapital = 1000\nregistry = \"Lyon\"\n");
    let person = |activity: &str, registry: &str| {
        format!("{FRENCH}legal_form = \"EI\"\nactivity = \"{activity}\"\n{registry}")
    };
    vec![
        ("EI liberal", person("liberal", "")),
        ("EI commercial", person("commercial", "registry = \"Lyon\"\n")),
        ("EI craft", person("craft", "registry = \"Lyon\"\n")),
        ("EURL", company("EURL")),
        ("SASU", company("SASU")),
        ("SARL", company("SARL")),
        ("SAS", company("SAS")),
        ("SA", company("SA")),
        ("association", format!("{FRENCH}legal_form = \"association\"\n")),
    ]
}

const BRITISH: &str = "country = \"GB\"\nname = \"Harbour Works\"\nsignatory = \"Ann Whitlock\"\n\
    vat_number = \"GB 999 9999 73\"\naddress = [\"1 Quay Lane\", \"Bristol BS0 0ZZ\"]\n";

fn british_houses() -> Vec<(&'static str, String)> {
    let company = |form: &str, name: &str, number: &str| {
        let number = format!("company_number = \"{number}\"\n");
        format!("{BRITISH}legal_form = \"{form}\"\nlegal_name = \"{name}\"\n{number}")
    };
    vec![
        ("Ltd", company("Ltd", "Harbour Works Ltd", "99999999")),
        ("Ltd in Scotland", company("Ltd", "Harbour Works Ltd", "SC999999")),
        ("Ltd in Northern Ireland", company("Ltd", "Harbour Works Ltd", "NI999999")),
        ("LLP", company("LLP", "Harbour Works LLP", "OC999999")),
        ("sole-trader", format!("{BRITISH}legal_form = \"sole-trader\"\n")),
    ]
}

fn every_case(houses: &[(&str, String)], currency: &str) -> String {
    let mut seen = String::new();
    for (form, house) in houses {
        for lang in ["fr", "en"] {
            let cases = [
                ("20", "", ""),
                ("franchise", "", ""),
                ("reverse-charge", "vat_number = \"DE999999995\"\ncountry = \"DE\"\n", ""),
                ("outside-eu", "country = \"CH\"\n", ""),
                ("20", "public = true\n", ", public buyer"),
            ];
            for (vat, company, whom) in cases {
                let written = if vat == "20" { vat.to_string() } else { format!("\"{vat}\"") };
                let client = format!(
                    "lang = \"{lang}\"\n[client]\nname = \"A\"\n{company}[pricing]\ncurrency = \"{currency}\"\n\
                     vat = {written}\nlines = [{{ label = \"A\", quantity = 2.5, unit_price = 850 }}]\n"
                );
                // in the United Kingdom who has a number is registered
                let house = match vat == "franchise" && house.contains("\"GB\"") {
                    true => house.replace("vat_number = \"GB 999 9999 73\"\n", ""),
                    false => house.clone(),
                };
                let (view, said) = composed(&format!("[house]\n{house}"), &client, "2026-11-26");
                assert_eq!(said, "", "{form} {lang} {vat}");
                let locale = Locale::from_tag(lang).unwrap();
                seen += &format!("── {form} · {lang} · {vat}{whom}\n{}\n", legal_lines(&view, locale));
            }
        }
    }
    seen
}

#[test]
fn french_forms_in_each_language_and_vat_case() {
    crate::golden::check("mentions/fr.txt", &every_case(&french_houses(), "EUR"));
}

#[test]
fn british_forms_in_each_language_and_vat_case() {
    crate::golden::check("mentions/gb.txt", &every_case(&british_houses(), "GBP"));
}

/// What the proposal of a French house in franchise says on a day.
fn franchise_on(day: &str) -> String {
    let client = "lang = \"fr\"\n[client]\nname = \"A\"\n[pricing]\nvat = \"franchise\"\n\
                  lines = [{ label = \"A\", unit_price = 850 }]\n";
    let (view, _) = composed(&format!("[house]\n{}", french_houses()[0].1), client, day);
    let mentions = view.mentions.expect("mentions");
    mentions.iter().find(|mention| mention.key == "vat").expect("a reason for no VAT").text.0.clone()
}

#[test]
fn texts_go_by_the_proposal_s_date() {
    for (day, expected) in [
        ("2026-08-31", "TVA non applicable, article 293 B du CGI."),
        (
            "2026-09-01",
            "TVA non applicable, article 293 B du CGI (recodifié à l’article L. 223-3 du CIBS).",
        ),
        (
            "2026-12-31",
            "TVA non applicable, article 293 B du CGI (recodifié à l’article L. 223-3 du CIBS).",
        ),
        (
            "2027-01-01",
            "TVA non applicable, article L. 223-3 du code des impositions sur les biens et services (CIBS).",
        ),
    ] {
        assert_eq!(franchise_on(day), expected, "{day}");
    }
}
