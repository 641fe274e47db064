//! `mark`: what became of a proposal, by its number.

use super::mail::open_ledger;
use super::{Answer, DONE, Environment, FAULTY};
use crate::cli::Mark;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::mail::ledger::{Event, Kind, Ledger};

pub fn run(said: &str, mark: Mark, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let line = write(said, mark, environment, &mut diagnostics);
    answer.report(&diagnostics, environment.colour);
    match line {
        Some(line) => {
            answer.stderr.push_str(&line);
            DONE
        }
        None => FAULTY,
    }
}

/// Adds the event; gives what to say of it.
fn write(
    said: &str,
    mark: Mark,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let workspace = diagnostics.keep(super::open_workspace(environment))?;
    // Without a ledger there is nothing to mark, and none is made.
    let known = diagnostics.keep(Ledger::open(&workspace))?;
    if known.text.is_empty() {
        diagnostics
            .push(Diagnostic::error(format!("no proposal `{said}`: nothing was drafted or sent")));
        return None;
    }
    let (mut journal, ledger, faults) = diagnostics.keep(open_ledger(&workspace, environment))?;
    let is_sound = !faults.has_errors();
    diagnostics.extend(faults);
    let proposals = ledger.proposals();
    // Of several revisions of a number, the one that was written last.
    let found = proposals
        .iter()
        .filter(|proposal| proposal.last.number.as_deref() == Some(said) || proposal.last.stem == said)
        .max_by_key(|proposal| proposal.newest);
    let Some(proposal) = found else {
        let names = proposals.iter().map(|proposal| proposal.name());
        let error = Diagnostic::error(format!("no proposal `{said}` in the ledger"));
        diagnostics.push(error.nearest(said, names).hint("see them: `propale log`"));
        return None;
    };
    let kind = match mark {
        Mark::Sent => Kind::Sent,
        Mark::Accepted => Kind::Accepted,
        Mark::Declined => Kind::Declined,
    };
    let name = proposal.name();
    if proposal.state == kind {
        return Some(format!("{name} is marked {} already, since {}\n", kind.word(), proposal.since));
    }
    let event = Event {
        event: kind,
        day: environment.day.to_string(),
        time: super::mail::time(environment),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        message_id: None,
        copy: None,
        reply: None,
        ..proposal.last.clone()
    };
    if !is_sound {
        return None;
    }
    diagnostics.keep(journal.append(&event.line()))?;
    Some(format!("{name}, {}: {}\n", proposal.last.client, kind.word()))
}
