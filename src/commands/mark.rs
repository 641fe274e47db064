//! `mark`: what became of a proposal, by its number.

use super::mail::open_ledger;
use super::{Answer, DONE, Environment, FAULTY};
use crate::cli::Mark;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::mail::ledger::{Event, Kind, Ledger, Proposal};

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
    let proposal = diagnostics.keep(meant(said, &proposals))?;
    let kind = match mark {
        Mark::Sent => Kind::Sent,
        Mark::Accepted => Kind::Accepted,
        Mark::Declined => Kind::Declined,
    };
    let name = proposal.last.name();
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

/// The proposal with this file name; else the only one with this number, or number and revision.
fn meant<'a>(said: &str, proposals: &'a [Proposal]) -> Result<&'a Proposal, Diagnostic> {
    if let Some(found) = proposals.iter().find(|proposal| proposal.last.stem == said) {
        return Ok(found);
    }
    let is_meant = |proposal: &&Proposal| {
        proposal.last.number.as_deref() == Some(said) || proposal.last.name() == said
    };
    match &proposals.iter().filter(is_meant).collect::<Vec<_>>()[..] {
        [found] => Ok(found),
        [] => {
            let names: Vec<String> = proposals.iter().map(|proposal| proposal.last.name()).collect();
            let error = Diagnostic::error(format!("no proposal `{said}` in the ledger"));
            let error = error.nearest(said, names.iter().map(String::as_str));
            Err(error.hint("see them: `propale log`"))
        }
        several => {
            let count = several.len();
            let error = Diagnostic::error(format!("`{said}` is the number of {count} proposals"));
            let hint = |error: Diagnostic, proposal: &&Proposal| {
                let Proposal { last, state, since, .. } = proposal;
                error.hint(format!("`{}`: {}, {} since {since}", last.stem, last.client, state.word()))
            };
            Err(several.iter().fold(error.hint("say which, by its file's name:"), hint))
        }
    }
}
