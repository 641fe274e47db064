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
