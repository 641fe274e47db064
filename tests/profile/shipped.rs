//! The house and the clients in this repository: they are invented, and without a fault.

use std::path::{Path, PathBuf};

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::client::Client;
use propale::proposal::house::House;
use propale::proposal::numbering::{file_stem, shared_numbers};
use propale::proposal::pricing::quote::Quote;
use propale::proposal::timeline::schedule;
use propale::proposal::validity::Validity;

use super::kit;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &Path) -> std::sync::Arc<Source> {
    let shown = path.strip_prefix(root()).unwrap().to_str().unwrap();
    Source::new(shown, std::fs::read_to_string(path).unwrap())
}

fn profiles() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("clients")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths
}

#[test]
fn the_shipped_files_are_without_fault() {
    let mut diagnostics = Diagnostics::new();
    let house = House::read(&source(&root().join("propale.toml")), &mut diagnostics).unwrap();
    let mut clients = vec![];
    for path in profiles() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        clients.push(Client::read(&source(&path), stem, &mut diagnostics).unwrap());
    }
    let run_day = "2026-11-22".parse().unwrap();
    let mut seen = String::new();
    for client in &clients {
        assert!(client.proposal.date.is_none(), "{}: a shipped client goes stale", client.stem);
        let validity = Validity::of(client, &house, run_day, &mut diagnostics).unwrap();
        let lang = client.lang.as_ref().map_or(propale::locale::Locale::Fr, |lang| lang.value);
        seen += &format!("{}\n", file_stem(client, lang, validity.date));
        for phase in schedule(&client.timeline, validity.date, validity.until, &mut diagnostics) {
            seen += &format!("  {} to {}  {}\n", phase.start, phase.end, phase.label.value);
        }
        if let Some(quote) = Quote::of(client, &house, &mut diagnostics) {
            seen += &format!("  {}\n", kit::described(&quote));
        }
    }
    let all: Vec<&Client> = clients.iter().collect();
    diagnostics.extend(shared_numbers(&all).into_iter().map(|(_, error)| error));
    let stems: Vec<String> =
        all.iter().map(|client| file_stem(client, propale::locale::Locale::Fr, run_day)).collect();
    let distinct: std::collections::BTreeSet<&String> = stems.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("profile/shipped.txt", &seen);
}

#[test]
fn the_shipped_files_say_that_they_are_invented() {
    let mut paths = profiles();
    paths.push(root().join("propale.toml"));
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let addresses = text.split_whitespace().filter(|word| word.contains('@'));
        for address in addresses {
            let address = address.trim_matches(['"', '<', '>', ',']);
            assert!(address.ends_with(".example"), "{}: {address}", path.display());
        }
        let comments: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        let tells = comments.contains("invent") || text.lines().count() <= 3;
        assert!(tells, "{} does not say that it is invented", path.display());
    }
}
