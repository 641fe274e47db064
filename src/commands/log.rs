//! `log`: the ledger as a table, what is to be followed up, and which reasons were accepted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Answer, DONE, Environment, FAULTY};
use crate::diagnostic::Diagnostics;
use crate::mail::ledger::{Kind, Ledger, Proposal};
use crate::proposal::house::House;
use crate::workspace::Workspace;

/// After how many days without an answer to write again, where the house does not say.
const FOLLOW_UP_DAYS: u32 = 7;

/// What the table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Proposals,
    Reasons,
}

pub fn run(about: About, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    show(about, environment, answer, &mut diagnostics);
    answer.report(&diagnostics, environment.colour);
    if diagnostics.has_errors() { FAULTY } else { DONE }
}

fn show(
    about: About,
    environment: &Environment,
    answer: &mut Answer,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let workspace = diagnostics.keep(super::open_workspace(environment))?;
    let source = diagnostics.keep(Ledger::open(&workspace))?;
    // What can be read is shown whatever else is wrong.
    let proposals = Ledger::read(&source, diagnostics).proposals();
    if proposals.is_empty() {
        answer.stderr.push_str("nothing was drafted or sent yet\n");
        return None;
    }
    match about {
        About::Proposals => {
            let days = follow_up_days(&workspace);
            let (table, due) = states(&proposals, environment.day, days);
            answer.stdout.push_str(&table);
            if due > 0 {
                let plural = if due == 1 { "" } else { "s" };
                answer.stderr.push_str(&format!(
                    "{due} follow-up{plural} due: sent more than {days} days ago, no answer marked\n"
                ));
            }
        }
        About::Reasons => answer.stdout.push_str(&counts(&proposals)),
    }
    Some(())
}

fn follow_up_days(workspace: &Workspace) -> u32 {
    let source = workspace.text("propale.toml").ok();
    let house = source.and_then(|source| House::read(&source, &mut Diagnostics::new()));
    house.and_then(|house| house.mail.follow_up_days).map_or(FOLLOW_UP_DAYS, |days| days.value)
}

/// A line a proposal, oldest first; and how many are to be followed up.
fn states(proposals: &[Proposal], day: NaiveDate, follow_up_days: u32) -> (String, usize) {
    let mut rows =
        vec![["NUMBER", "CLIENT", "RECIPIENT", "OFFER", "STATE", "SINCE", ""].map(str::to_owned)];
    let mut due = 0;
    for proposal in proposals {
        let waited = proposal.sent_on.map(|sent| (day - sent).num_days());
        let waited =
            waited.filter(|days| proposal.state == Kind::Sent && *days > i64::from(follow_up_days));
        due += usize::from(waited.is_some());
        rows.push([
            proposal.last.name(),
            proposal.last.client.clone(),
            proposal.recipients.join(", "),
            proposal.last.offer.clone(),
            proposal.state.word().to_owned(),
            proposal.since.clone(),
            waited.map_or(String::new(), |days| format!("follow up: {days} days")),
        ]);
    }
    (table(&rows), due)
}

/// How often each reason and benefit was shown, and how often the proposal was then accepted. Drafts count
/// only once they are known to be sent.
fn counts(proposals: &[Proposal]) -> String {
    let mut counts: BTreeMap<(String, &str, String), (u32, u32)> = BTreeMap::new();
    for proposal in proposals {
        if !matches!(proposal.state, Kind::Sent | Kind::Accepted | Kind::Declined) {
            continue;
        }
        let last = &proposal.last;
        for (kind, ids) in [("reason", &last.reasons), ("benefit", &last.benefits)] {
            for id in ids {
                let count = counts.entry((last.offer.clone(), kind, id.clone())).or_default();
                count.0 += 1;
                count.1 += u32::from(proposal.state == Kind::Accepted);
            }
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((offer, kind, id), (shown, accepted))| {
        let order = (std::cmp::Reverse(*kind), std::cmp::Reverse((*shown, *accepted)));
        (offer.clone(), order, id.clone())
    });
    let mut cells = vec![["OFFER", "KIND", "ID", "SHOWN", "ACCEPTED"].map(str::to_owned)];
    cells.extend(rows.into_iter().map(|((offer, kind, id), (shown, accepted))| {
        [offer, kind.to_owned(), id, shown.to_string(), accepted.to_string()]
    }));
    table(&cells)
}

/// Columns two spaces apart, each as wide as its widest cell.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
