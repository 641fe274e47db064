//! `check`: every problem of the workspace; writes nothing.

use super::{Answer, Asked, DONE, Environment, FAULTY, Session, tally};
use crate::diagnostic::Diagnostics;
use crate::names;
use crate::prepared::Extent;

pub fn run(asked: Asked, strict: bool, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let extent = match asked {
        Asked::All => Extent::Everything,
        Asked::Named(_) => Extent::Needed,
    };
    let Some(session) = Session::open(asked, extent, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let prepared = &session.prepared;
    diagnostics.extend(session.diagnostics.iter().cloned());
    diagnostics.extend(prepared.all_diagnostics().cloned());
    if extent == Extent::Everything {
        crate::mail::templates(prepared, &mut diagnostics);
    }
    let names =
        names::assign(prepared, &session.asked_clients(), &session.other_clients(), environment.day);
    for (profile, name) in session.asked.iter().zip(&names) {
        diagnostics.extend(profile.diagnostics.iter().cloned());
        diagnostics.extend(name.diagnostics.iter().cloned());
        if let Some(client) = &profile.client {
            crate::build(prepared, client, environment.day, &mut diagnostics);
        }
    }
    if strict {
        diagnostics.make_strict();
    }
    diagnostics.extend(session.neighbours());
    answer.report(&diagnostics, environment.colour);
    let profiles = session.asked.len() + session.missing;
    let plural = if profiles == 1 { "" } else { "s" };
    answer.stderr.push_str(&format!("checked {profiles} profile{plural}: {}\n", tally(&diagnostics)));
    if diagnostics.has_errors() { FAULTY } else { DONE }
}
