//! Where the shipped layouts' pages end: what is signed stays with the place to sign, covers are one page,
//! no row stands alone.

use propale::diagnostic::Diagnostics;
use propale::layout::pages::{Owner, Paint};
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::workspace::Workspace as Files;

use crate::support::Workspace;

/// The text of each page of each profile, foot and head left out.
fn texts(workspace: &Workspace, profiles: &[String]) -> Vec<Vec<String>> {
    let files = Files::open(workspace.path()).unwrap();
    let mut diagnostics = Diagnostics::new();
    let clients: Vec<Client> = (profiles.iter().enumerate())
        .map(|(i, profile)| {
            let name = format!("clients/a{i}.toml");
            workspace.write(&name, profile);
            let source = files.text(&name).unwrap();
            Client::read(&source, "a", &mut diagnostics).unwrap()
        })
        .collect();
    let prepared = Prepared::read(files, &clients, &[], Extent::Needed, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", diagnostics.one_lines()));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let text = |client: &Client| {
        let mut diagnostics = Diagnostics::new();
        let dressed = propale::dressed(&prepared, client, day, &mut diagnostics)
            .unwrap_or_else(|| panic!("{}", diagnostics.one_lines()));
        let pages = propale::pages(&prepared, &dressed, &mut diagnostics);
        let page = |page: &propale::layout::pages::Page| {
            let runs = page.items.iter().filter_map(|item| match (&item.owner, &item.paint) {
                (Owner::Node(_) | Owner::Before(_) | Owner::After(_), Paint::Glyphs(run)) => {
                    Some(&*run.text)
                }
                _ => None,
            });
            runs.collect::<String>()
        };
        pages.pages.iter().map(page).collect()
    };
    clients.iter().map(text).collect()
}

#[track_caller]
fn page_of(pages: &[String], text: &str) -> usize {
    let found: Vec<usize> = (0..pages.len()).filter(|i| pages[*i].contains(text)).collect();
    assert_eq!(found.len(), 1, "`{text}` on pages {found:?} of {pages:#?}");
    found[0]
}

fn lines(count: usize, options: usize) -> String {
    let line = |i: usize| {
        let optional = if i < count { "" } else { "optional = true\n" };
        format!("[[pricing.lines]]\nlabel = \"Ligne {i}.\"\nunit_price = 100\n{optional}")
    };
    (0..count + options).map(line).collect()
}

#[test]
fn the_place_to_sign_is_never_torn() {
    let workspace = Workspace::small();
    for layout in ["proposal", "letter"] {
        let prices = (1..=30).flat_map(|count| [0, 2, 7].map(|options| lines(count, options)));
        let head =
            format!("layout = \"{layout}\"\n[client]\nname = \"Le Moulin\"\n[pricing]\nvat = 20\n");
        let profiles: Vec<String> = prices.map(|price| head.clone() + &price).collect();
        for pages in texts(&workspace, &profiles) {
            let heading = page_of(&pages, "Bon pour accord");
            for with_it in ["Nom et qualité", "Signature", "Pénalités de retard"] {
                assert_eq!(page_of(&pages, with_it), heading, "{with_it}: {pages:#?}");
            }
        }
    }
}

#[test]
fn packages_are_signed_whole_too() {
    let workspace = Workspace::small();
    let line = "{ label = \"Ligne\", unit_price = 100 }, ";
    let option = "{ label = \"Option\", unit_price = 7, optional = true }";
    for layout in ["proposal", "letter"] {
        let package = |i: usize, count: usize| {
            let lines = line.repeat(count) + option;
            format!("[[pricing.packages]]\nname = \"Formule {i}\"\nlines = [{lines}]\n")
        };
        let profile = |count: usize| {
            let packages: String = (1..=3).map(|i| package(i, count)).collect();
            format!(
                "layout = \"{layout}\"\n[client]\nname = \"Le Moulin\"\n[pricing]\nvat = 20\ndiscount = 10\n{packages}"
            )
        };
        let profiles: Vec<String> = (1..=10).map(profile).collect();
        for pages in texts(&workspace, &profiles) {
            let heading = page_of(&pages, "Bon pour accord");
            for with_it in ["Nom et qualité", "Signature", "Pénalités de retard"] {
                assert_eq!(page_of(&pages, with_it), heading, "{layout}, {with_it}: {pages:#?}");
            }
        }
    }
}

#[test]
fn a_title_of_two_hundred_characters_stays_on_the_cover() {
    let workspace = Workspace::small();
    let profile = |layout: &str, title: &str| {
        format!(
            "layout = \"{layout}\"\n[client]\nname = \"Le Moulin\"\naddress = [\"3 rue des Essais\", \"75002 Paris\"]\n\
             [contact]\nname = \"Anne Dupont\"\nrole = \"directrice\"\n[proposal]\ntitle = \"{title}\"\nnumber = \"1\"\n"
        )
    };
    let longest = "Refondre durablement ".repeat(9) + "l’organisation";
    for layout in ["proposal", "deck"] {
        let titles = ["Audit", &longest[..63], &longest[..126], &longest, &"Abcdefghij".repeat(12)];
        let profiles: Vec<String> = titles.iter().map(|title| profile(layout, title)).collect();
        let counts: Vec<usize> = texts(&workspace, &profiles).iter().map(Vec::len).collect();
        assert_eq!(counts, [counts[0]; 5], "{layout}");
    }
}

#[test]
fn many_reasons_begin_on_the_first_page_of_a_letter() {
    let workspace = Workspace::small();
    let reason = |i: usize| {
        let text = "cette raison est écrite avec assez de mots pour occuper plus d’une ligne de la page";
        format!("- raison {i}. {text}, {text} #lenteur\n")
    };
    let reasons: String = (1..=12).map(reason).collect();
    workspace.write(
        "offers/audit.md",
        format!(
            "---\ntitle: audit\nlang: fr\nneeds:\n  lenteur:\n    label: un site rapide\n---\nUn site lent.\n\n### pourquoi maintenant\n{reasons}"
        ),
    );
    let profile = "layout = \"letter\"\n[client]\nname = \"Le Moulin\"\n[situation]\nneeds = [\"lenteur\"]\n[selection]\nreasons = { max = 12 }\n";
    let pages = &texts(&workspace, &[profile.to_owned()])[0];
    let on = |page: &str| page.to_lowercase().matches("raison ").count();
    assert!(pages.len() > 1 && on(&pages[0]) >= 4, "{pages:#?}");
    assert!(pages.iter().all(|page| on(page) != 1), "{pages:#?}");
}

#[test]
fn no_instalment_stands_alone() {
    let workspace = Workspace::small();
    let part = |i: usize| {
        format!("[[pricing.schedule]]\nlabel = \"Terme {i}.\"\nwhen = \"mois {i}\"\npercent = 12.5\n")
    };
    let schedule: String = (0..8).map(part).collect();
    let profile = |count| {
        format!("[client]\nname = \"Le Moulin\"\n[pricing]\nvat = 20\n{}{schedule}", lines(count, 0))
    };
    let profiles: Vec<String> = (1..=24).map(profile).collect();
    let mut divided = 0;
    for pages in texts(&workspace, &profiles) {
        let terms: Vec<usize> = pages.iter().map(|page| page.matches("Terme ").count()).collect();
        let lines: Vec<usize> = pages.iter().map(|page| page.matches("Ligne ").count()).collect();
        divided += usize::from(terms.iter().filter(|count| **count > 0).count() > 1);
        let total = lines.iter().sum::<usize>();
        assert!(terms.iter().all(|count| *count != 1), "{terms:?}");
        assert!(total == 1 || lines.iter().all(|count| *count != 1), "{lines:?}");
    }
    assert!(divided > 0, "no schedule was divided");
}

#[test]
fn packages_show_all_that_makes_the_price() {
    let workspace = Workspace::small();
    let profile = |layout: &str| {
        format!(
            "layout = \"{layout}\"\n[client]\nname = \"Le Moulin\"\n[pricing]\nvat = 20\ndiscount = 10\n\
             [[pricing.packages]]\nname = \"Une\"\nlines = [{{ label = \"Base\", unit_price = 1000, discount = 5 }}]\n\
             [[pricing.packages]]\nname = \"Deux\"\nlines = [{{ label = \"Base\", unit_price = 2000 }}, {{ label = \"Suivi\", unit_price = 321, optional = true }}]\n"
        )
    };
    for (layout, signed) in [("proposal", true), ("letter", true), ("deck", false)] {
        let pages = &texts(&workspace, &[profile(layout)])[0];
        let text = pages.concat().replace(['\u{202f}', '\u{a0}'], " ");
        // before the discount, the discount, what is left; the line's own discount; the option
        for shown in ["950,00 €", "−95,00 €", "855,00 €", "5 %", "2 000,00 €", "−200,00 €", "321,00 €"]
        {
            assert!(text.contains(shown), "{layout} shows {shown}: {text}");
        }
        let times = text.matches("Suivi").count();
        assert_eq!(times, 1 + usize::from(signed), "{layout}: the option has a box where one signs");
    }
}
