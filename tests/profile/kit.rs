//! Profiles and houses for tests.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::client::Client;
use propale::proposal::house::House;

/// A profile that must be readable, and its faults so far.
pub fn client(text: &str) -> (Client, Diagnostics) {
    client_at("clients/a.toml", text)
}

/// The same, in the file `path`.
pub fn client_at(path: &str, text: &str) -> (Client, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let stem = path.trim_start_matches("clients/").trim_end_matches(".toml");
    let client = Client::read(&Source::new(path, text), stem, &mut diagnostics);
    (client.unwrap_or_else(|| panic!("{}", diagnostics.one_lines())), diagnostics)
}

/// A house without a fault.
pub fn house(text: &str) -> House {
    let mut diagnostics = Diagnostics::new();
    let text = format!("house.name = \"H\"\n{text}");
    let house = House::read(&Source::new("propale.toml", text), &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    house.expect("a house without a fault")
}
