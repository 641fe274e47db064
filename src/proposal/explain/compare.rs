//! What changed between two profiles.

use std::fmt::Write;

use super::super::offer::Role;
use super::super::select::{Choice, HeldNeed, Selection};
use super::{columns, padded, quoted, source};

/// What `new` changes in the needs and in the choice of `old`: `+` comes, `−` goes, `1 → 2` moves. Each of the two is a
/// profile's stem and what was chosen for it.
pub fn diff(old: (&str, &Selection), new: (&str, &Selection)) -> String {
    let mut out = format!("{} → {}\n", old.0, new.0);
    let (before, after) = (old.1, new.1);
    let place = |needs: &[HeldNeed], tag: &str| needs.iter().position(|need| need.tag == tag);
    let mut needs: Vec<(String, String)> = Vec::new();
    for (rank, need) in after.needs.iter().enumerate() {
        let evidence =
            need.evidence.as_deref().map_or(String::new(), |words| format!(" {}", quoted(words)));
        match place(&before.needs, &need.tag) {
            None => needs
                .push((format!("+ {}", need.tag), format!("{}, {}{evidence}", rank + 1, source(need)))),
            Some(was) if was != rank => {
                needs.push((format!("  {}", need.tag), format!("{} → {}", was + 1, rank + 1)))
            }
            Some(_) => {}
        }
    }
    for need in &before.needs {
        if place(&after.needs, &need.tag).is_none() {
            needs.push((format!("− {}", need.tag), source(need).to_owned()));
        }
    }
    section("NEEDS", &needs, &mut out);
    for (heading, role) in [
        ("REASONS", Role::Reasons),
        ("BENEFITS", Role::Benefits),
        ("SERVICES", Role::Services),
        ("OTHER", Role::Other),
    ] {
        let mut lines: Vec<(usize, (String, String))> = Vec::new();
        let decided = |choice: &Choice| choice.because.last().cloned().unwrap_or_default();
        for choice in after.of(role) {
            let was = before.choice(&choice.id);
            let (old, new) = (was.and_then(|was| was.rank), choice.rank);
            let line = match (old, new) {
                (None, Some(rank)) => {
                    (rank, (format!("+ {}", choice.id), format!("{rank}, {}", decided(choice))))
                }
                (Some(_), None) => (usize::MAX, (format!("− {}", choice.id), decided(choice))),
                (Some(from), Some(to)) if from != to => {
                    (to, (format!("  {}", choice.id), format!("{from} → {to}")))
                }
                _ => continue,
            };
            lines.push(line);
        }
        for choice in
            before.of(role).filter(|choice| choice.chosen && after.choice(&choice.id).is_none())
        {
            lines.push((usize::MAX, (format!("− {}", choice.id), "not in this offer".to_owned())));
        }
        lines.sort_by_key(|(rank, _)| *rank);
        let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        section(heading, &lines, &mut out);
    }
    if !out.contains("\n\n") {
        out.push_str("\nthe same needs, the same choice, the same order\n");
    }
    out
}

fn section(heading: &str, lines: &[(String, String)], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let width = lines.iter().map(|(left, _)| columns(left)).max().unwrap_or(0);
    let _ = writeln!(out, "\n{heading}");
    for (left, right) in lines {
        let _ = writeln!(out, "  {}  {right}", padded(left, width));
    }
}
