//! What a listener must be told: languages that change, boxes to tick, lines to fill in.

use super::reader::{Reader, faults, heard};
use crate::support::Workspace;

#[track_caller]
fn said(workspace: &Workspace) -> (String, String) {
    let answer = workspace.run(&["build", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let pdf = std::fs::read(workspace.path().join(answer.stdout.trim_end())).unwrap();
    let reader = Reader::open(&pdf);
    assert_eq!(faults(&reader), Vec::<String>::new());
    (heard(&reader), answer.stderr)
}

/// A French note in an English proposal: its title and its needs say their language, in the file's own title too.
#[test]
fn what_comes_of_the_offer_says_its_language() {
    let workspace = Workspace::small();
    workspace.write(
        "clients/a.toml",
        "lang = \"en\"\n[client]\nname = \"A\"\n[situation]\nneeds = [\"lenteur\"]\n\
         [pricing]\nvat = 20\nlines = [{ label = \"x\", unit_price = 1 }]\n",
    );
    let (heard, _) = said(&workspace);
    for line in [
        "# (fr: Audit de site)",
        "list of 1 (None), in fr:\n  - Un site rapide",
        "caption: (fr: Audit de site)",
    ] {
        assert!(heard.contains(line), "no {line:?} in {heard}");
    }
    let pdf = std::fs::read(workspace.build(&["a"])).unwrap();
    let reader = Reader::open(&pdf);
    let packet = reader.pdf.catalog().unwrap().get_deref(b"Metadata", &reader.pdf).unwrap();
    let packet = String::from_utf8(packet.as_stream().unwrap().content.clone()).unwrap();
    let title = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Audit de site – A</rdf:li>\
                 <rdf:li xml:lang=\"fr\">Audit de site – A</rdf:li></rdf:Alt></dc:title>";
    assert!(packet.contains(title), "{packet}");
    // the profile's own words are in the profile's language
    workspace.write(
        "clients/a.toml",
        "lang = \"en\"\n[client]\nname = \"A\"\n[situation]\nneeds = [\"lenteur\"]\n[proposal]\ntitle = \"A fast site\"\n",
    );
    let (heard, _) = said(&workspace);
    assert!(heard.contains("# A fast site\n"), "{heard}");
}

/// What the house says of its people and work is in its own language unless the entry says another.
#[test]
fn what_the_house_says_of_itself_says_its_language() {
    let house = |defaults: &str, lang: &str| {
        format!(
            "[house]\nname = \"Studio\"\nlegal_form = \"association\"\naddress = [\"3 rue\"]\n[defaults]\n{defaults}\n\
             [[team]]\nname = \"Ada\"\n{lang}\nbio = \"Elle *dirige*\"\n\
             [[references]]\nclient = \"Nova\"\n{lang}\nresult = \"Deux sites\"\nauthor = \"la direction\"\n"
        )
    };
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "lang = \"en\"\n[client]\nname = \"A\"\n");
    // (the house's lang, an entry's lang, what is heard, how many warnings)
    let cases = [
        ("lang = \"fr\"", "", "(fr: Elle dirige)", 2),
        ("lang = \"en\"", "lang = \"fr\"", "(fr: Elle dirige)", 2),
        ("lang = \"fr\"", "lang = \"en\"", "\nElle dirige\n", 0),
        ("", "", "\nElle dirige\n", 0),
    ];
    for (defaults, lang, bio, warnings) in cases {
        workspace.write("propale.toml", house(defaults, lang));
        let (heard, stderr) = said(&workspace);
        assert!(heard.contains(bio), "{defaults} {lang}: {heard}");
        let found = stderr.matches("is presented in fr, in a document in en-GB").count();
        assert_eq!(found, warnings, "{defaults} {lang}: {stderr}");
        assert_eq!(stderr.contains("bio = \"Elle"), warnings > 0, "{stderr}");
    }
    // a letter shows neither
    workspace.write("propale.toml", house("lang = \"fr\"", ""));
    workspace.write("clients/a.toml", "lang = \"en\"\nlayout = \"letter\"\n[client]\nname = \"A\"\n");
    let (_, stderr) = said(&workspace);
    assert!(!stderr.contains("is presented in"), "{stderr}");
}

/// An act of Parliament keeps its name in a French text, and says so.
#[test]
fn an_act_is_named_in_its_own_language() {
    let workspace = Workspace::small();
    workspace.write(
        "propale.toml",
        "[house]\nname = \"Brume\"\ncountry = \"GB\"\nlegal_form = \"Ltd\"\nlegal_name = \"Brume Ltd\"\ncompany_number = \"99999999\"\n\
         address = [\"3 Test Row\"]\n",
    );
    let profile = "[client]\nname = \"A\"\ncountry = \"US\"\n[pricing]\nvat = \"outside-eu\"\n\
                   lines = [{ label = \"x\", unit_price = 1 }]\n";
    workspace.write("clients/a.toml", profile);
    let (heard, _) = said(&workspace);
    for words in [
        "(en-GB: Value Added Tax Act 1994)",
        "(en-GB: Late Payment of Commercial Debts (Interest) Act 1998)",
        "(en-GB: private limited company)",
    ] {
        assert!(heard.contains(words), "no {words:?} in {heard}");
    }
    workspace.write("clients/a.toml", format!("lang = \"en\"\n{profile}"));
    let (heard, _) = said(&workspace);
    assert!(heard.contains("(Value Added Tax Act 1994, section 7A)"), "{heard}");
}

/// The options of a package are heard under it, and what is drawn to be ticked or written on is named.
#[test]
fn where_one_signs() {
    let workspace = Workspace::small();
    let package = |name: &str, option: &str| {
        format!(
            "[[pricing.packages]]\nname = \"{name}\"\nlines = [{{ label = \"Base\", unit_price = 100 }}, \
             {{ label = \"{option}\", unit_price = 10, optional = true }}]\n"
        )
    };
    let profile = |lang: &str| {
        let packages = package("Un", "Suivi") + &package("Deux", "Atelier");
        format!("lang = \"{lang}\"\n[client]\nname = \"A\"\n[pricing]\nvat = 20\n{packages}")
    };
    workspace.write("clients/a.toml", profile("fr"));
    let (heard, _) = said(&workspace);
    let french = "list of 2 (None):\n\
        \x20 - [picture: case à cocher]Un\n    120,00 € toutes taxes comprises\n    list of 1 (None):\n\
        \x20     - [picture: case à cocher]En option : Suivi\n        10,00 € hors taxes\n\
        \x20 - [picture: case à cocher]Deux\n    120,00 € toutes taxes comprises\n    list of 1 (None):\n\
        \x20     - [picture: case à cocher]En option : Atelier\n        10,00 € hors taxes\n\
        Nom et qualité du signataire\n[picture: à remplir à la main]\n\
        Date de signature\n[picture: à remplir à la main]\n\
        Signature\n[picture: à remplir à la main]\n";
    let plain = heard.replace(['\u{A0}', '\u{202F}'], " ");
    assert!(plain.contains(french), "{plain}");
    workspace.write("clients/a.toml", profile("en"));
    let (heard, _) = said(&workspace);
    for line in [
        "- [picture: tick box]Un",
        "- [picture: tick box]Optional: Suivi",
        "Date of signature\n[picture: to be filled in by hand]",
    ] {
        assert!(heard.contains(line), "no {line:?} in {heard}");
    }
}

/// Packages side by side without VAT have no total with it.
#[test]
fn packages_without_vat() {
    let workspace = Workspace::small();
    for (vat, total) in
        [("\"franchise\"", "[Total, sans TVA]"), ("20", "[Total toutes taxes comprises]")]
    {
        let profile = format!(
            "layout = \"letter\"\n[client]\nname = \"A\"\n[pricing]\nvat = {vat}\n\
             packages = [{{ name = \"Un\", lines = [{{ label = \"x\", unit_price = 1 }}] }}]\n"
        );
        workspace.write("clients/a.toml", profile);
        let (heard, _) = said(&workspace);
        assert!(heard.contains(total), "no {total} in {heard}");
        assert_eq!(heard.matches("[Total").count(), if vat == "20" { 2 } else { 1 }, "{heard}");
    }
}

/// A mark that is painted after its entry, as what is positioned is, is heard before it.
#[test]
fn a_mark_is_heard_before_its_entry() {
    let workspace = Workspace::small();
    workspace.write(
        "clients/a.toml",
        "layout = \"letter\"\n[client]\nname = \"A\"\n[situation]\nneeds = [\"lenteur\"]\n",
    );
    let (heard, _) = said(&workspace);
    assert!(heard.contains("\n  – Vos pages sont lentes\n"), "{heard}");
}

/// Points of which only some have titles: no number, rather than one that skips.
#[test]
fn points_are_numbered_all_or_none() {
    let workspace = Workspace::small();
    let offer = |points: &str| {
        let head = "---\ntitle: audit\nlang: fr\n---\nUn site lent.\n\n### pourquoi maintenant\n";
        workspace.write("offers/audit.md", format!("{head}{points}"));
        for layout in ["proposal", "deck"] {
            let profile = format!("layout = \"{layout}\"\n[client]\nname = \"A\"\n");
            workspace.write("clients/a.toml", profile);
            let reader = Reader::open(&std::fs::read(workspace.build(&["a"])).unwrap());
            assert_eq!(faults(&reader), Vec::<String>::new());
            let heard = heard(&reader);
            let (numbering, labels) = match points.contains("**") {
                true => ("(None)", ["-"; 4]),
                false => ("(Decimal)", ["1", "2", "3", "4"]),
            };
            assert!(heard.contains(&format!("list of 4 {numbering}")), "{layout}: {heard}");
            for (word, label) in ["un", "deux", "trois", "quatre"].into_iter().zip(labels) {
                let starts = heard.lines().any(|line| {
                    let line = line.trim_start().to_lowercase();
                    line.strip_prefix(label)
                        .is_some_and(|rest| rest.trim_start_matches([' ', '#']).starts_with(word))
                });
                assert!(starts, "{layout}: no {label} {word} in {heard}");
            }
        }
    };
    offer("- un mot\n- deux mots\n- trois mots\n- quatre mots\n");
    offer("- **Un.** Texte.\n- deux mots\n- **Trois.** Texte.\n- quatre mots\n");
}
