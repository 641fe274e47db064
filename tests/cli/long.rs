//! Long words, long addresses and wide logos stay on their pages.

use propale::diagnostic::Diagnostics;
use propale::layout::pages::{Owner, Pages, Paint};
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::workspace::Workspace as Files;

use crate::support::{Workspace, repository};

/// Builds a profile as far as its pages; asserts that all that is owned stands on them, and gives how many
/// there are and what was said.
fn pages(workspace: &Workspace, profile: &str) -> (usize, String) {
    let (pages, said) = laid(workspace, profile);
    (pages.pages.len(), said)
}

/// Likewise, with what is on them.
fn laid(workspace: &Workspace, profile: &str) -> (Pages, String) {
    workspace.write("clients/a.toml", profile);
    let files = Files::open(workspace.path()).unwrap();
    let mut diagnostics = Diagnostics::new();
    let source = files.text("clients/a.toml").unwrap();
    let client = Client::read(&source, "a", &mut diagnostics).unwrap();
    let prepared =
        Prepared::read(files, std::slice::from_ref(&client), &[], Extent::Needed, &mut diagnostics)
            .unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let dressed = propale::dressed(&prepared, &client, day, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", diagnostics.one_lines()));
    let pages = propale::pages(&prepared, &dressed, &mut diagnostics);
    for page in &pages.pages {
        for item in page.items.iter().filter(|item| !matches!(item.owner, Owner::Artifact(_))) {
            let (left, right, bottom) = match &item.paint {
                Paint::Glyphs(run) => {
                    let end = run.glyphs.iter().map(|g| g.x + g.advance).fold(0.0, f32::max);
                    (run.x, run.x + end, run.y)
                }
                Paint::Picture { rect, .. } => (rect.x, rect.x + rect.width, rect.y + rect.height),
                _ => continue,
            };
            let inside = left >= 0.0 && right <= page.width - 40.0 && bottom <= page.height - 20.0;
            assert!(inside, "{:?} at {left}–{right}, {bottom}", item.paint);
        }
    }
    (pages, diagnostics.one_lines())
}

#[test]
fn long_words_break_wherever_they_stand() {
    let workspace = Workspace::small();
    let word = "Abcdefghij".repeat(9);
    workspace.write(
        "offers/audit.md",
        format!(
            "# {word}\n\n{word} ?\n\n### pourquoi {word}\n- {word}\n- **{word}** : {word}\n\n### avantages\n\n**{word}** : {word}\n\n*{word}*\n"
        ),
    );
    for (layout, _) in crate::document::LAYOUTS {
        let (_, said) = pages(
            &workspace,
            &format!(
                "layout = \"{layout}\"\n[client]\nname = \"{word}\"\naddress = [\"{word}\"]\n[contact]\nname = \"{word}\"\nrole = \"{word}\"\n\
             [situation]\nsummary = \"{word} **{word}**\"\n[proposal]\nnumber = \"{word}\"\n[scope]\nin = [\"{word}\"]\nout = [\"{word}\"]\n\
             [[deliverables]]\nlabel = \"{word}\"\ntext = \"{word}\"\n[[method]]\nstep = \"{word}\"\ntext = \"{word}\"\n\
             [next_step]\ntext = \"{word}\"\n[[timeline]]\nphase = \"{word}\"\nstart = 2027-01-04\nweeks = 3\n\
             [pricing]\nvat = 20\nexpenses = \"{word}\"\n\
             [[pricing.packages]]\nname = \"{word}\"\nlines = [{{ label = \"{word}\", quantity = 1234567, unit = \"{word}\", unit_price = 99999 }}]\n\
             [[pricing.packages]]\nname = \"b\"\nlines = [{{ label = \"{word}\", unit_price = 9, discount = 5 }}, {{ label = \"{word}\", unit_price = 9, optional = true }}]\n\
             [[pricing.schedule]]\nlabel = \"{word}\"\nwhen = \"{word}\"\npercent = 100\n"
            ),
        );
        assert!(!said.contains("sticks out") && !said.contains("beyond"), "{layout}: {said}");
    }
}

/// A heading beside its text takes more room in a wide face, where its longest word asks for it.
#[test]
fn no_heading_of_a_slide_is_torn() {
    let workspace = Workspace::small();
    for file in ["deck.html.hbs", "deck.css", "proposal.css"] {
        let mut shipped = std::fs::read_to_string(repository().join("templates").join(file)).unwrap();
        if file == "deck.css" {
            shipped.push_str("h2 { font-size: 56px }\n");
        }
        workspace.write(&format!("templates/{file}"), shipped);
    }
    let profile = "layout = \"deck\"\n[client]\nname = \"A\"\n[pricing]\nvat = 20\n\
         [[pricing.lines]]\nlabel = \"a\"\nquantity = 1\nunit_price = 9\n";
    let (pages, said) = laid(&workspace, profile);
    let texts = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.paint {
        Paint::Glyphs(run) => Some(&*run.text),
        _ => None,
    });
    let texts: Vec<&str> = texts.collect();
    assert!(texts.contains(&"Investissement"), "{texts:?} {said}");
}

#[test]
fn a_long_address_goes_on_on_a_second_page() {
    let workspace = Workspace::small();
    let profile = |lines: usize| {
        let address: Vec<String> = (0..lines).map(|i| format!("\"ligne {i}\"")).collect();
        format!("[client]\nname = \"A\"\naddress = [{}]\n", address.join(", "))
    };
    let (short, said) = pages(&workspace, &profile(3));
    assert!(!said.contains("too tall"), "{said}");
    assert_eq!(pages(&workspace, &profile(11)).0, short);
    assert_eq!(pages(&workspace, &profile(30)), (short + 1, said));
}

#[test]
fn a_very_wide_logo_is_made_to_fit() {
    let workspace = Workspace::small();
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 50\"><rect width=\"2000\" height=\"50\"/></svg>";
    workspace.write("brand/wide.svg", logo);
    workspace.write(
        "propale.toml",
        "[house]\nname = \"Brume\"\nemail = \"a@brume.example\"\n[brand]\nlogo = \"brand/wide.svg\"\n",
    );
    let (_, said) = pages(&workspace, "[client]\nname = \"A\"\nlogo = \"brand/wide.svg\"\n");
    assert!(!said.contains("picture"), "{said}");
}
