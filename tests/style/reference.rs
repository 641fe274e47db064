//! docs/css.md is made from the program's own tables.

use std::path::Path;

use super::kit::prepare;
use propale::diagnostic::Diagnostics;

#[test]
fn the_reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/css.md");
    let made = propale::style::reference();
    if std::env::var_os("PROPALE_GOLDEN").is_some_and(|v| v == "update") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "docs/css.md is not what `PROPALE_GOLDEN=update cargo test` makes");
}

/// Every row of the reference is true: its initial value and each keyword it spells are taken.
#[test]
fn every_keyword_of_the_reference_is_taken() {
    let reference = propale::style::reference();
    let mut checked = 0;
    let mut properties = reference.split("### ").skip(1).flat_map(|topic| {
        let is_pages = topic.starts_with("In `@page`");
        topic.lines().filter(|line| line.starts_with("| `")).map(move |line| (is_pages, line))
    });
    let mut faults = String::new();
    properties.by_ref().for_each(|(is_pages, row)| {
        let row = row.replace("\\|", "¦");
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let (name, grammar) = (cells[0].trim_matches('`'), cells[1].trim_matches('`'));
        let initial = cells[2].trim_matches('`');
        let mut values = vec![];
        if !cells[2].contains("`, `") && !cells[2].contains("-width`") {
            values.push(initial.to_owned());
        }
        // Only keywords that stand alone: those of an alternation without brackets.
        if !grammar.contains(['[', '(', '#']) && !grammar.contains("¦¦") {
            values.extend(
                grammar.split('¦').map(str::trim).filter(|w| !w.contains(['<', ' '])).map(String::from),
            );
        }
        for value in values.iter().filter(|value| !value.is_empty() && cells.len() > 3) {
            let css = match is_pages {
                true => format!("@page {{ {name}: {value} }}"),
                false => format!("p {{ {name}: {value} }}"),
            };
            let mut diagnostics = Diagnostics::new();
            prepare(&css, &[], &mut diagnostics);
            faults.push_str(&diagnostics.one_lines());
            checked += 1;
        }
    });
    assert!(faults.is_empty(), "{faults}");
    assert!(checked > 150, "only {checked} keywords were checked");
}
