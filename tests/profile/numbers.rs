//! Numbers of proposals and firms, and names of files.

use chrono::NaiveDate;
use propale::locale::Locale;
use propale::proposal::identifier;
use propale::proposal::numbering::{Pattern, file_stem, shared_numbers};

use super::kit;

fn day() -> NaiveDate {
    "2026-11-22".parse().expect("a day")
}

#[test]
fn the_next_number_comes_after_all_of_its_pattern() {
    let cases: [(&str, &[&str], Option<&str>); 14] = [
        ("{year}-{seq:03}", &[], Some("2026-001")),
        ("{year}-{seq:03}", &["2026-014", "2026-002"], Some("2026-015")),
        ("{year}-{seq:03}", &["2025-099", "2027-100"], Some("2026-001")),
        ("{year}-{seq:03}", &["2026-999"], Some("2026-1000")),
        ("{year}-{seq:03}", &["2026-1000", "2026-999"], Some("2026-1001")),
        ("{year}-{seq:03}", &["2026-7", " 2026-014 "], Some("2026-015")),
        ("{year}-{seq:03}", &["2026-", "D-2026-050", "2026-014-bis", "é", "20é6-3"], Some("2026-001")),
        ("P{seq}", &["P9", "P10", "p11"], Some("P11")),
        ("DEV/{seq:04}/{year}", &["DEV/0041/2026", "DEV/0099/2025"], Some("DEV/0042/2026")),
        ("{seq:02}", &["07"], Some("08")),
        ("{seq}", &["18446744073709551615"], None),
        ("{seq}", &["18446744073709551616"], Some("1")),
        ("n° {seq}", &["n° 3"], Some("n° 4")),
        ("{seq:03}é{year}", &["002é2026"], Some("003é2026")),
    ];
    for (pattern, taken, expected) in cases {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        assert_eq!(
            pattern.next(day(), taken.iter().copied()).as_deref(),
            expected,
            "{pattern:?} {taken:?}"
        );
    }
    assert_eq!(Pattern::parse("{year}-{seq:03}"), Ok(Pattern::default()));
}

#[test]
fn a_number_belongs_to_one_profile() {
    let profile = |stem: &str, number: &str| {
        kit::client_at(
            &format!("clients/{stem}.toml"),
            &format!("client.name = \"A\"\nproposal.number = \"{number}\""),
        )
        .0
    };
    let clients =
        [profile("a", "1"), profile("b", "2"), profile("c", "1"), profile("d", "3"), profile("e", "1")];
    let none = kit::client("client.name = \"A\"").0;
    let mut all: Vec<_> = clients.iter().collect();
    all.extend([&none, &none]);
    let errors: Vec<String> =
        shared_numbers(&all).iter().map(|(i, error)| format!("{i} {}", error.one_line())).collect();
    assert_eq!(
        errors,
        [
            "0 error: clients/a.toml:2:19: the number 1 is also that of clients/c.toml, clients/e.toml (hint: a number belongs to one profile)",
            "2 error: clients/c.toml:2:19: the number 1 is also that of clients/a.toml, clients/e.toml (hint: a number belongs to one profile)",
            "4 error: clients/e.toml:2:19: the number 1 is also that of clients/a.toml, clients/c.toml (hint: a number belongs to one profile)",
        ]
    );
}

#[test]
fn files_are_named_for_client_and_number() {
    let long = "Société d’Économie Mixte d’Aménagement du Grand Territoire Métropolitain";
    let cases = [
        ("Nova Santé", "number = \"2026-014\"", Locale::Fr, "proposition-nova-sante-2026-014"),
        ("Nova Santé", "number = \"2026-014\"", Locale::EnGb, "proposal-nova-sante-2026-014"),
        (
            "Nova Santé",
            "number = \"2026-014\"\nrevision = 2",
            Locale::Fr,
            "proposition-nova-sante-2026-014-r2",
        ),
        ("Nova Santé", "", Locale::Fr, "proposition-nova-sante-2026-11-22"),
        ("Nova Santé", "revision = 3", Locale::EnUs, "proposal-nova-sante-2026-11-22-r3"),
        ("L’Œuvre & Cie", "number = \"n° 7/2026\"", Locale::Fr, "proposition-l-oeuvre-cie-n-7-2026"),
        (long, "number = \"2026-014\"", Locale::Fr, "proposition-societe-d-economie-mixte-d-2026-014"),
        (
            long,
            "number = \"2026-014\"\nrevision = 12",
            Locale::Fr,
            "proposition-societe-d-economie-mixte-d-2026-014-r12",
        ),
        (
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "",
            Locale::Fr,
            "proposition-donaudampfschifffahrtsgesellschaf-2026-11-22",
        ),
        ("株式会社", "number = \"1\"", Locale::Fr, "proposition-a-1"),
        ("🙂", "number = \"🙂\"", Locale::Fr, "proposition-a-2026-11-22"),
    ];
    for (name, proposal, lang, expected) in cases {
        let (client, _) = kit::client(&format!("client.name = \"{name}\"\n[proposal]\n{proposal}"));
        let stem = file_stem(&client, lang, day());
        assert_eq!(stem, expected);
        assert!(stem.is_ascii() && stem.len() + ".pdf".len() <= 60, "{stem}");
    }
    let number = "9".repeat(80);
    let (client, _) = kit::client(&format!(
        "client.name = \"{long}\"\n[proposal]\nnumber = \"{number}\"\nrevision = 999"
    ));
    let stem = file_stem(&client, Locale::Fr, day());
    assert_eq!(stem.len() + ".pdf".len(), 60, "{stem}");
    assert!(stem.starts_with("proposition-s-9") && stem.ends_with("9-r999"), "{stem}");
}

#[test]
fn numbers_of_firms_are_checked() {
    let ok = |text: &str| Ok::<String, ()>(text.to_owned());
    let check = |result: Result<String, String>| result.map_err(drop);
    for (text, expected) in [
        ("999999998", ok("999999998")),
        ("999 999 998", ok("999999998")),
        ("999.999.998", ok("999999998")),
        ("999\u{202F}999\u{A0}998", ok("999999998")),
        ("999999989", Err(())),
        ("99999999", Err(())),
        ("٩٩٩٩٩٩٩٩٨", Err(())),
        ("", Err(())),
    ] {
        assert_eq!(check(identifier::siren(text)), expected, "{text}");
    }
    for (text, expected) in [
        ("999 999 998 00019", ok("99999999800019")),
        ("999 999 998 00018", Err(())),
        // A sum that passes as a whole, around a SIREN that does not.
        ("999 999 989 00019", Err(())),
        // La Poste: the plain sum, 15, is a multiple of 5, though the Luhn sum fails.
        ("356 000 000 00001", ok("35600000000001")),
        ("356 000 000 00002", Err(())),
    ] {
        assert_eq!(check(identifier::siret(text)), expected, "{text}");
    }
    for (text, expected) in [
        ("FR11999999998", ok("FR11999999998")),
        ("fr 11 999 999 998", ok("FR11999999998")),
        ("FR12999999998", Err(())),
        // A key with letters cannot be recomputed; the SIREN within still can.
        ("FRXX999999998", ok("FRXX999999998")),
        ("FRXX999999989", Err(())),
        // MOD 11,10 of 99999999 is 5
        ("DE 999 999 995", ok("DE999999995")),
        ("DE999999999", Err(())),
        ("IT99999999990", ok("IT99999999990")),
        ("IT99999999991", Err(())),
        ("ATU99999999", ok("ATU99999999")),
        ("AT99999999", Err(())),
        ("NL999999999B01", ok("NL999999999B01")),
        ("CHE-999.999.999 TVA", ok("CHE999999999TVA")),
        // 9 × (8 + 7 + 6 + 5 + 4 + 3 + 2) = 315; 315 + 73 = 4 × 97, 315 + 18 + 55 = 4 × 97
        ("GB 999 9999 73", ok("GB999999973")),
        ("XI999999918", ok("XI999999918")),
        ("GB999999973001", ok("GB999999973001")),
        ("GBGD001", ok("GBGD001")),
        ("GB999999999", Err(())),
        ("EL999999999", ok("EL999999999")),
        ("GR999999999", Err(())),
        ("999", Err(())),
        ("é", Err(())),
        ("日本", Err(())),
        ("", Err(())),
    ] {
        assert_eq!(check(identifier::vat_number(text)), expected, "{text}");
    }
    for (text, expected) in [
        ("12345678", ok("12345678")),
        ("1234567", ok("01234567")),
        ("sc123456", ok("SC123456")),
        ("123456", ok("00123456")),
        ("R0123456", ok("R0123456")),
        ("NI 123456", ok("NI123456")),
        ("IP12345R", ok("IP12345R")),
        ("SC12345R", Err(())),
        ("0", Err(())),
        ("12345", Err(())),
        ("00000000", Err(())),
        ("XX123456", Err(())),
        ("S1234567", Err(())),
        ("é1234567", Err(())),
        ("123456789", Err(())),
    ] {
        assert_eq!(check(identifier::company_number(text)), expected, "{text}");
    }
    for (number, expected) in [
        ("999999998", "999 999 998"),
        ("99999999800019", "999 999 998 00019"),
        ("FR11999999998", "FR 11 999 999 998"),
        ("DE999999995", "DE999999995"),
        ("FR", "FR"),
        ("FRéé", "FRéé"),
    ] {
        assert_eq!(identifier::spaced(number), expected);
    }
}
