//! The reference of keys in Markdown, for the README.

use super::client::PROFILE;
use super::house::HOUSE;
use super::{Key, Kind, Need, Table};

/// Every key of a profile: a heading and a table for each TOML table.
pub fn profile() -> String {
    markdown(&PROFILE, "Top of the file")
}

/// Every key of propale.toml.
pub fn house() -> String {
    markdown(&HOUSE, "")
}

fn markdown(root: &'static Table, top: &str) -> String {
    let mut out = String::new();
    for table in root.tables() {
        let heading = match table.header {
            "" => top.to_owned(),
            header if header.starts_with('[') => format!("`{header}`"),
            // Keys of inline tables stand in the example of the key that holds them.
            _ => continue,
        };
        let rows: Vec<String> = table.keys.iter().filter_map(row).collect();
        if rows.is_empty() {
            continue;
        }
        out += &format!("#### {heading}\n\n| key | example | |\n|---|---|---|\n{}\n", rows.concat());
    }
    out
}

/// None for a table that has a heading of its own.
fn row(key: &Key) -> Option<String> {
    if key.example.is_empty() {
        return None;
    }
    let name = match key.kind {
        Kind::Texts => "*an item's id*",
        _ => key.name,
    };
    let name = match (&key.kind, key.need) {
        (Kind::Texts, _) => format!("`[{}]` {name}", key.name),
        (_, Need::Required) => format!("`{name}` *required*"),
        (_, Need::Optional) => format!("`{name}`"),
    };
    let cell = |text: &str| text.replace('|', "\\|");
    Some(format!("| {name} | `{}` | {} |\n", cell(key.example), cell(key.doc)))
}
