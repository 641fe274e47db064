//! The profile that `propale new` writes: every key, with what it is for, ready to be filled.

use super::keys::client::PROFILE;
use super::keys::{Key, Kind, Table};
use super::numbering::ascii_slug;

/// The text of a new profile: the client's name, the offer where there is a choice, and the number are
/// written; every other key is a comment, with an example. It reads without an error.
pub fn profile(name: &str, offer: Option<&str>, number: &str) -> String {
    let (name, number) = (toml_string(name), toml_string(number));
    let offer = offer.map(toml_string);
    let written = |table: &Table, key: &Key| match (table.header, key.name) {
        ("", "offer") => offer.clone(),
        ("[client]", "name") => Some(name.clone()),
        ("[proposal]", "number") => Some(number.clone()),
        _ => None,
    };
    let mut out = String::from(INTRODUCTION);
    for table in PROFILE.tables() {
        section(table, &written, &mut out);
    }
    // A table whose keys the user chooses stands last: at the top it would swallow the keys after it.
    for key in PROFILE.keys.iter().filter(|key| matches!(key.kind, Kind::Texts)) {
        out += &format!("\n[{}]  # {}\n# {}\n", key.name, key.doc, key.example);
    }
    out
}

const INTRODUCTION: &str = "\
# A prospect: who they are, what they need, what it costs. A line that begins with `# ` is a key left
# out; take that off and write your own value. `propale check` says what is wrong, with its place.

";

/// File stem in clients/ for a client of this name; None where it has no letter or digit to make one of.
pub fn stem(name: &str) -> Option<String> {
    Some(ascii_slug(name)).filter(|stem| !stem.is_empty())
}

fn section(table: &Table, written: &dyn Fn(&Table, &Key) -> Option<String>, out: &mut String) {
    // A table that may be empty is opened, so that a key needs no more than its own `# ` taken off.
    match table.header {
        "" => {}
        header if !header.starts_with('[') => return,
        header if header.starts_with("[[") || header == "[pricing]" => {
            *out += &format!("\n# {header}\n")
        }
        header => *out += &format!("\n{header}\n"),
    }
    let lines: Vec<(String, &str)> = table
        .keys
        .iter()
        .filter(|key| !key.example.is_empty() && !matches!(key.kind, Kind::Texts))
        .map(|key| match written(table, key) {
            Some(value) => (format!("{} = {value}", key.name), key.doc),
            None => (format!("# {} = {}", key.name, key.example), key.doc),
        })
        .collect();
    let widths = lines.iter().map(|(line, _)| line.chars().count());
    let column = widths.filter(|width| *width <= MAX_COLUMN).max().unwrap_or(0);
    for (line, doc) in lines {
        *out += &format!("{line:column$}  # {doc}\n");
    }
}

/// Comments stand in one column, right of every line that is not longer than this.
const MAX_COLUMN: usize = 44;

/// `text` as a TOML basic string.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
