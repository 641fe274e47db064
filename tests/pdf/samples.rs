//! The shipped proposals, read back.

use super::reader::{Reader, faults, heard};
use crate::golden;
use crate::support::Workspace;

/// Every shipped client's PDF, by the stem of its profile.
fn built() -> Vec<(String, Vec<u8>)> {
    let workspace = Workspace::sample();
    let profiles = workspace.list("clients");
    let stems = profiles.iter().filter_map(|name| name.strip_suffix(".toml"));
    stems
        .map(|stem| {
            let path = workspace.build(&[stem]);
            (stem.to_string(), std::fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn every_proposal_is_sound_and_small() {
    for (stem, bytes) in built() {
        assert_eq!(faults(&Reader::open(&bytes)), Vec::<String>::new(), "{stem}");
        assert!(bytes.len() <= 60_000, "{stem}: {} bytes", bytes.len());
    }
}

/// Whoever hears only this can answer what the proposal says.
#[test]
fn as_a_blind_reader_hears_it() {
    let workspace = Workspace::sample();
    let path = workspace.build(&["nova-sante"]);
    golden::check("pdf/heard.txt", &heard(&Reader::open(&std::fs::read(path).unwrap())));
}

/// The letter's dashes are labels of their items, and lists within an item are lists in it, further in on the
/// page; both in every shipped layout that prints them.
#[test]
fn points_and_lists_within_them() {
    let workspace = Workspace::small();
    let note = String::from_utf8(workspace.read("offers/audit.md")).unwrap();
    workspace.write(
        "offers/audit.md",
        note.replace("#lenteur\n- une", "#lenteur\n  - dedans\n    1. dessous\n- une"),
    );
    for layout in ["proposal", "letter", "deck"] {
        let profile = format!(
            "layout = \"{layout}\"\n[client]\nname = \"A\"\n[situation]\nneeds = [\"lenteur\"]\n"
        );
        workspace.write("clients/a.toml", profile);
        let reader = Reader::open(&std::fs::read(workspace.build(&["a"])).unwrap());
        let said = heard(&reader);
        let first =
            if layout == "letter" { "– Vos pages sont lentes" } else { "Vos pages sont lentes" };
        for part in [first, "• dedans", "1. dessous"] {
            assert!(said.contains(part), "{part} in {said}");
        }
        let left = |text: &str| {
            let mut pieces = reader.marked.texts.iter();
            let (piece, _) = pieces.find(|(_, said)| said.contains(text)).expect(text);
            reader.marked.lefts[piece]
        };
        let lefts = ["Vos pages sont lentes", "dedans", "dessous"].map(left);
        assert!(lefts.is_sorted_by(|a, b| a + 8.0 < *b), "{layout}: {lefts:?}");
    }
}
