//! What a house does not say, or says against its own country.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::house::House;

use super::{composed, french_houses};

fn said(house: &str, client: &str) -> String {
    let client = format!("lang = \"fr\"\n[client]\nname = \"A\"\n{client}");
    composed(&format!("[house]\nname = \"Atome\"\n{house}"), &client, "2026-11-26").1
}

const PRICED: &str = "[pricing]\nvat = 20\nlines = [{ label = \"A\", unit_price = 850 }]\n";

#[test]
fn each_missing_mention_is_named_with_its_source() {
    let cases = [
        ("a name alone", "", "", "legal form|SIREN|registered address"),
        ("an EI", "legal_form = \"EI\"", "", "own name|activity|SIREN|registered address"),
        (
            "a trader",
            "legal_form = \"EI\"\nactivity = \"commercial\"\nlegal_name = \"B\"\nsiren = \"999 999 998\"\naddress = [\"C\"]",
            "",
            "trade register (RCS)",
        ),
        (
            "a profession libérale is in no register",
            "legal_form = \"EI\"\nactivity = \"liberal\"\nlegal_name = \"B\"\nsiren = \"999 999 998\"\naddress = [\"C\"]",
            "",
            "",
        ),
        (
            "a company",
            "legal_form = \"SAS\"",
            "",
            "capital (C. com., art. L. 224-1)|SIREN|trade register (RCS)|registered address",
        ),
        ("VAT is charged", "legal_form = \"association\"\naddress = [\"C\"]", PRICED, "VAT number"),
        (
            "none is",
            "legal_form = \"association\"\naddress = [\"C\"]",
            "[pricing]\nvat = \"franchise\"\nlines = [{ label = \"A\", unit_price = 850 }]\n",
            "",
        ),
        (
            "a British company",
            "country = \"GB\"\nlegal_form = \"Ltd\"\nlegal_name = \"Atome Ltd\"",
            "",
            "company number (Company, LLP and Business|registered office",
        ),
        (
            "a British trader",
            "country = \"GB\"\nlegal_form = \"sole-trader\"",
            "",
            "own name (Companies Act 2006, s. 1202)|address for service",
        ),
    ];
    for (what, house, client, expected) in cases {
        let said = said(house, client);
        let expected: Vec<&str> = expected.split('|').filter(|part| !part.is_empty()).collect();
        assert_eq!(said.lines().count(), expected.len(), "{what}:\n{said}");
        for (line, part) in said.lines().zip(expected) {
            assert!(line.starts_with("warning: propale.toml:2:8: missing mention: "), "{line}");
            assert!(line.contains(part), "{what}: {part} in {line}");
        }
    }
}

#[test]
fn a_house_s_own_words_replace_a_text_and_false_removes_it() {
    let house = format!(
        "[house]\n{}[mentions]\nidentity = \"*Atome*, à Lyon\"\nlate_penalties = \"Trois fois le taux légal.\"\nrecovery_cost = false\nvat = \"Exonération, article 261, 4 du CGI.\"\n",
        french_houses()[0].1
    );
    let client = "lang = \"fr\"\n[client]\nname = \"A\"\n[pricing]\nvat = \"franchise\"\nlines = [{ label = \"A\", unit_price = 850 }]\n";
    let (view, said) = composed(&house, client, "2026-11-26");
    let mentions: Vec<String> =
        view.mentions.unwrap().into_iter().map(|m| format!("{}: {}", m.key, m.text.0)).collect();
    assert_eq!(
        mentions,
        ["vat: Exonération, article 261, 4 du CGI.", "late_penalties: Trois fois le taux légal."]
    );
    assert_eq!(view.house.identity.unwrap().0, "<em>Atome</em>, à Lyon");
    assert!(
        said.contains("warning: propale.toml:13:17: the mention `recovery_cost` is removed"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    let (_, later) = composed(&house, client, "2028-07-01");
    assert!(later.contains("`du CGI` may be cited until 2028-06-30"), "{later}");
}

/// The reason for 0 % is the house's to say.
#[test]
fn a_rate_of_nothing_prints_the_house_s_reason() {
    let client = "lang = \"fr\"\n[client]\nname = \"A\"\n[pricing]\nvat = 0\nlines = [{ label = \"A\", unit_price = 850 }]\n";
    let house = format!("[house]\n{}", french_houses()[0].1);
    let (view, said) = composed(&house, client, "2026-11-26");
    assert!(view.mentions.unwrap().iter().all(|mention| mention.key != "vat"));
    assert!(said.starts_with("warning: clients/a.toml:5:7: missing mention: why no VAT"), "{said}");
    let house = format!("{house}[mentions]\nvat = \"Exonération, article 261, 4 du CGI.\"\n");
    let (view, said) = composed(&house, client, "2026-11-26");
    assert_eq!(view.mentions.unwrap()[0].text.0, "Exonération, article 261, 4 du CGI.");
    assert_eq!(said, "");
}

#[test]
fn a_person_s_house_and_an_empty_next_step_are_said_once_or_not_at_all() {
    let client = "lang = \"fr\"\n[client]\nname = \"A\"\n";
    let (view, _) =
        composed("[house]\nname = \"Léa Martin\"\nsignatory = \"Léa Martin\"\n", client, "2026-11-26");
    assert_eq!(view.house.signatory, None);
    assert!(view.next_step.is_none());
    let house = "[house]\nname = \"Atome\"\nsignatory = \"Léa Martin\"\nemail = \"lea@atome.example\"\n";
    let (view, _) = composed(house, client, "2026-11-26");
    assert_eq!(view.house.signatory.as_deref(), Some("Léa Martin"));
    assert!(view.next_step.is_some());
}

#[test]
fn without_a_price_only_the_sender_is_told() {
    let (view, _) = composed(
        &format!("[house]\n{}", french_houses()[0].1),
        "lang = \"fr\"\n[client]\nname = \"A\"\n",
        "2026-11-26",
    );
    assert!(view.mentions.is_none());
    assert!(view.house.identity.is_some());
}

#[test]
fn what_contradicts_the_country_is_said() {
    let cases = [
        (
            "country = \"FR\"\nlegal_form = \"Ltd\"",
            "error: propale.toml:4:14: a house of FR has no legal form `Ltd` (hint: FR has EI, EURL, SASU, SARL, SAS, SA, association; `country` says whose law it is)\n",
        ),
        (
            "country = \"GB\"\nlegal_form = \"SAS\"",
            "error: propale.toml:4:14: a house of GB has no legal form `SAS` (hint: GB has Ltd, LLP, sole-trader; `country` says whose law it is)\n",
        ),
        (
            "country = \"GB\"\nsiren = \"999 999 998\"",
            "warning: propale.toml:4:9: `siren` is not printed for a house of GB\n",
        ),
        (
            "country = \"GB\"\nlegal_form = \"Ltd\"",
            "warning: propale.toml:4:14: the name of a Ltd ends in Ltd or Limited, found `A` (Companies Act 2006 s. 59) (hint: write the name as registered: `legal_name = \"A Ltd\"`)\n",
        ),
        (
            "country = \"GB\"\nlegal_form = \"Ltd\"\nlegal_name = \"Ltd Works\"",
            "warning: propale.toml:5:14: the name of a Ltd ends in Ltd or Limited, found `Ltd Works` (Companies Act 2006 s. 59) (hint: write the name as registered: `legal_name = \"Ltd Works Ltd\"`)\n",
        ),
        ("country = \"GB\"\nlegal_form = \"Ltd\"\nlegal_name = \"A LTD.\"", ""),
        ("country = \"GB\"\nlegal_form = \"Ltd\"\nlegal_name = \"A Cyfyngedig\"", ""),
        (
            "legal_form = \"EI\"\nactivity = \"liberal\"\nregistry = \"Lyon\"",
            "warning: propale.toml:5:12: an EI in a profession libérale is in no trade register: none is printed (hint: leave `registry` out, or say `activity = \"commercial\"`)\n",
        ),
    ];
    for (keys, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        let text = format!("[house]\nname = \"A\"\n{keys}");
        House::read(&Source::new("propale.toml", text), &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), expected);
    }
}

#[test]
fn a_word_without_its_ligature_is_a_warning_but_not_in_a_name() {
    let house = format!("[house]\n{}", french_houses()[0].1);
    let client = |lang: &str| {
        format!(
            "lang = \"{lang}\"\n[client]\nname = \"Coeur SA\"\n[proposal]\ntitle = \"Au coeur du sujet\"\n"
        )
    };
    let (_, said) = composed(&house, &client("fr"), "2026-11-26");
    assert_eq!(said, "warning: clients/a.toml:5:9: this word is written with œ: `cœur`\n");
    let (_, said) = composed(&house, &client("en"), "2026-11-26");
    assert_eq!(said, "");
}
