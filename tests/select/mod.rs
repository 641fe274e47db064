//! Selection: which items a client gets, and why.

mod heard;
mod properties;

use std::sync::Arc;

use propale::diagnostic::{Diagnostics, Place, Source};
use propale::proposal::client::{Client, Limits};
use propale::proposal::explain;
use propale::proposal::house::{House, Order};
use propale::proposal::offer::{Offer, Role};
use propale::proposal::placed::{Placed, Text};
use propale::proposal::select::{Request, Selection, Situation, changes, select};

/// A client, in the words of a profile.
#[derive(Clone, Debug)]
struct Brief {
    needs: Vec<Text>,
    pin: Vec<Text>,
    ban: Vec<Text>,
    sector: Option<&'static str>,
    stage: Option<&'static str>,
    reasons: Limits,
    benefits: Limits,
    order: Order,
    situation: Situation<'static>,
}

/// Each word at its own place in a profile made of these words.
fn brief(needs: &str, pin: &str, ban: &str) -> Brief {
    let source: Arc<Source> = Source::new("clients/nova.toml", format!("{needs}\n{pin}\n{ban}"));
    let words = |line: usize| -> Vec<Text> {
        let start: usize = source.text.split('\n').take(line).map(|line| line.len() + 1).sum();
        let line = source.text.split('\n').nth(line).unwrap();
        line.split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| {
                let at = start + (word.as_ptr() as usize - line.as_ptr() as usize);
                Placed::new(word.to_owned(), Place::new(&source, at..at + word.len()))
            })
            .collect()
    };
    Brief {
        needs: words(0),
        pin: words(1),
        ban: words(2),
        sector: None,
        stage: None,
        reasons: Limits::REASONS,
        benefits: Limits::BENEFITS,
        order: Order::Importance,
        situation: Situation::default(),
    }
}

impl Brief {
    fn request(&self) -> Request<'_> {
        Request {
            needs: &self.needs,
            sector: self.sector,
            stage: self.stage,
            situation: self.situation,
            reasons: self.reasons,
            benefits: self.benefits,
            pin: &self.pin,
            ban: &self.ban,
            order: self.order,
        }
    }

    fn select(&self, offer: &Offer) -> (Selection, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        (select(offer, &self.request(), &mut diagnostics), diagnostics)
    }

    fn explained(&self, client: &str, offer: &Offer) -> String {
        let (selection, _) = self.select(offer);
        let changes = changes(offer, &self.request(), &selection);
        explain::text(client, offer, &selection, &changes)
    }
}

fn offer(text: &str) -> Offer {
    let mut diagnostics = Diagnostics::new();
    let offer = Offer::read(&Source::new("offers/conseil.md", text), "conseil", &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    offer.unwrap()
}

/// Ids of a role in printed order.
fn chosen(selection: &Selection, role: Role) -> Vec<&str> {
    let mut choices: Vec<_> =
        selection.of(role).filter_map(|choice| Some((choice.rank?, choice.id.as_str()))).collect();
    choices.sort();
    choices.into_iter().map(|(_, id)| id).collect()
}

const NOTE: &str = "\
---
needs:
  croissance: { label: structurer la croissance }
  managers: { label: former les managers }
  budget: { label: tenir le budget }
  relais: { label: remplacer une absence }
---
### Prestations
- conseil ^conseil
- régie [requires:: relais] ^regie

### Pourquoi nous
- a ^grandi-vite #croissance #managers
- b ^trop-tot #budget [excludes:: relais]
- c ^organisation #croissance [weight:: 2]
- d ^interim #relais [requires:: relais]
- e ^grand-groupe #budget [requires:: grand-groupe] [weight:: 9]
- f ^recul

### Avantages
- g ^temps #croissance [group:: temps] [proves:: grandi-vite]
- h ^rapide #croissance [group:: temps]
- i ^cout #budget
- j ^risques #managers
- k ^resultats

### Méthode
1. écouter ^ecouter
2. agir ^agir [excludes:: relais]
";

#[test]
fn explanations_read_at_a_glance() {
    let offer = offer(NOTE);
    let nova = brief("croissance managers", "", "");
    let (selection, diagnostics) = nova.select(&offer);
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("select/nova.txt", &nova.explained("nova-sante", &offer));
    crate::golden::check("select/nova.json", &explain::json("nova-sante", &offer, &selection));
    let pins = brief("relais budget", "recul temps rapide", "cout");
    crate::golden::check("select/pins.txt", &pins.explained("lune", &offer));
    let nothing = brief("", "", "");
    crate::golden::check("select/nothing-known.txt", &nothing.explained("presque-vide", &offer));
}

#[test]
fn each_fault_says_where_and_the_way_out() {
    let offer = offer(NOTE);
    for (needs, pin, ban, expected) in [
        (
            "croisance",
            "",
            "",
            "error: clients/nova.toml:1:1: the offer `conseil` has no need `croisance` (hint: did you mean `croissance`?)\n",
        ),
        (
            "croissance international",
            "",
            "",
            "error: clients/nova.toml:1:12: the offer `conseil` has no need `international` \
             (hint: its needs are croissance, managers, budget, relais)\n",
        ),
        (
            "budget Budget",
            "",
            "",
            "warning: clients/nova.toml:1:8: the need `budget` is declared twice\n",
        ),
        (
            "",
            "tempo zebra",
            "",
            "error: clients/nova.toml:2:1: the offer `conseil` has no item `tempo` (hint: did you mean `temps`?)\n\
             error: clients/nova.toml:2:7: the offer `conseil` has no item `zebra`\n",
        ),
        (
            "",
            "r",
            "gr",
            "error: clients/nova.toml:2:1: `r` is the beginning of several ids: `regie`, `recul`, `rapide`, `risques`, …\n\
             error: clients/nova.toml:3:1: `gr` is the beginning of several ids: `grandi-vite`, `grand-groupe`\n",
        ),
        ("", "temps", "recul tem", "error: clients/nova.toml:3:7: `temps` is both pinned and banned\n"),
        (
            "",
            "grandi trop-tot organisation interim grandi recul grand-groupe",
            "",
            "error: clients/nova.toml:2:45: 6 reasons are pinned, but at most 4 may be chosen\n",
        ),
    ] {
        let (_, diagnostics) = brief(needs, pin, ban).select(&offer);
        assert_eq!(diagnostics.one_lines(), expected);
    }
}

#[test]
fn in_a_note_without_needs_they_are_free_text() {
    let offer = offer("# Why\n- one\n- two\n# Benefits\n- three\n");
    let brief = brief("structurer la", "", "");
    let (selection, diagnostics) = brief.select(&offer);
    assert_eq!(
        diagnostics.one_lines(),
        "warning: clients/nova.toml:1:1: the offer `conseil` names no needs: these are only compared with its items' words \
         (hint: write `#tags` beside the items of the offer)\n"
    );
    let tags: Vec<&str> = selection.needs.iter().map(|need| need.tag.as_str()).collect();
    assert_eq!(tags, ["structurer", "la"]);
    assert_eq!(chosen(&selection, Role::Reasons), ["one", "two"]);
}

#[test]
fn gates_test_needs_sector_and_stage() {
    let offer = offer(
        "# Why\n- a #n ^a\n- b [requires:: e-santé] ^b\n- c [requires:: scale-up, n] ^c\n- d [excludes:: n] ^d\n",
    );
    let all = Limits { min: 0, max: 9 };
    let ask = |needs: &str, sector, stage| {
        let brief = Brief { sector, stage, reasons: all, ..brief(needs, "", "") };
        chosen(&brief.select(&offer).0, Role::Reasons).join(" ")
    };
    assert_eq!(ask("", None, None), "a d");
    assert_eq!(ask("", Some("E-Sante"), Some("scale-up")), "a b d");
    assert_eq!(ask("n", None, Some("Scale up")), "a");
    let pinned = Brief { reasons: all, ..brief("n", "b c d", "") };
    assert_eq!(chosen(&pinned.select(&offer).0, Role::Reasons).join(" "), "a b c d");
}

#[test]
fn the_house_may_keep_the_notes_order() {
    let offer = offer(NOTE);
    let brief = Brief { order: Order::Note, ..brief("croissance managers", "recul", "") };
    let (selection, _) = brief.select(&offer);
    assert_eq!(chosen(&selection, Role::Reasons), ["grandi-vite", "organisation", "recul"]);
    let reasons = offer.sections.iter().find(|section| section.role == Role::Reasons).unwrap();
    let printed: Vec<&str> = selection.chosen(reasons).iter().map(|item| item.id.as_str()).collect();
    assert_eq!(printed, ["grandi-vite", "organisation", "recul"]);
}

/// What each shipped client is sent, to be argued with.
#[test]
fn the_shipped_clients_get_what_concerns_them() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut diagnostics = Diagnostics::new();
    let source = |path: &str| Source::new(path, std::fs::read_to_string(root.join(path)).unwrap());
    let house = House::read(&source("propale.toml"), &mut diagnostics).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(root.join("clients"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut explained = Vec::new();
    for stem in names.iter().filter_map(|name| name.strip_suffix(".toml")) {
        let client =
            Client::read(&source(&format!("clients/{stem}.toml")), stem, &mut diagnostics).unwrap();
        let offer = client.offer.as_ref().map(|offer| offer.value.as_str()).unwrap();
        let note = Offer::read(&source(&format!("offers/{offer}.md")), offer, &mut diagnostics).unwrap();
        let selection = select(&note, &Request::new(&client, &house), &mut diagnostics);
        let changes = changes(&note, &Request::new(&client, &house), &selection);
        explained.push(explain::text(stem, &note, &selection, &changes));
    }
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("select/clients.txt", &explained.join("\n"));
}
