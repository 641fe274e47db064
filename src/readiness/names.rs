//! Another client's name in this one's text.

use std::collections::BTreeSet;

use super::printed::Line;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::prepared::Prepared;
use crate::proposal::client::Client;

/// A whole word, case-sensitive. The names are those of the other profiles of the workspace. A name that
/// is equal to or part of this client's or the house's is nobody else's; `allow_names`, and the clients of
/// the references that are printed, may be named. `place` says where a byte of a line comes from.
pub(super) fn check(
    prepared: &Prepared,
    client: &Client,
    references: &[String],
    lines: &[Line],
    place: impl Fn(&Line, usize) -> Option<Place>,
    diagnostics: &mut Diagnostics,
) {
    let house = &prepared.house;
    let own = [Some(&client.company.name), Some(&house.name), house.legal_name.as_ref()];
    let own: Vec<String> = own.into_iter().flatten().map(|name| plain(name)).collect();
    let allowed = client.proposal.allow_names.iter().map(|name| plain(name));
    let allowed: BTreeSet<String> = allowed.chain(references.iter().map(|n| plain(n))).collect();
    for (path, name) in &prepared.names {
        let name = plain(name);
        if *path == client.source.path
            || name.is_empty()
            || allowed.contains(&name)
            || own.iter().any(|own| own.contains(&name))
        {
            continue;
        }
        for line in lines {
            let Some(at) = line.find_word(&name) else { continue };
            // "Orange" in "Orange Bleue", which this client or an allowed name is, is not the other one.
            let within = own.iter().chain(&allowed).any(|longer| {
                longer.contains(&name)
                    && line
                        .text
                        .match_indices(longer.as_str())
                        .any(|(start, _)| (start..start + longer.len()).contains(&at))
            });
            if within {
                continue;
            }
            diagnostics.push(
                Diagnostic::error(format!("another client's name is printed: `{name}`, of {path}"))
                    .maybe_at(place(line, at))
                    .about([line.text.clone(), name.clone()])
                    .hint(format!(
                        "take it out, or allow it: `allow_names = [\"{name}\"]` in [proposal]"
                    )),
            );
        }
    }
}

/// White space and quotes as they are compared.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").replace(['’', '‘'], "'")
}
