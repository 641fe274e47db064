//! `build`: one PDF a client.

use std::path::PathBuf;

use rayon::prelude::*;

use super::{Answer, Asked, DONE, Environment, FAULTY, Profile, Session, tally};
use crate::diagnostic::Diagnostics;
use crate::prepared::Extent;
use crate::proposal::client::Client;
use crate::proposal::compose;
use crate::proposal::select::NeedSource;
use crate::{names, output};

pub struct How {
    pub out: Option<PathBuf>,
    pub jobs: Option<u16>,
    pub strict: bool,
}

/// What became of one client.
struct Outcome {
    path: Option<PathBuf>,
    /// Labels of the needs that private text betrays, for the user alone.
    inferred: Vec<String>,
    diagnostics: Diagnostics,
}

pub fn run(asked: Asked, how: &How, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let Some(session) = Session::open(asked, Extent::Needed, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let folder = match &how.out {
        Some(folder) => environment.folder.join(folder),
        None => session.prepared.workspace.root().join("out"),
    };
    let names = names::assign(
        &session.prepared,
        &session.asked_clients(),
        &session.other_clients(),
        environment.day,
    );
    let jobs = how.jobs.map_or(environment.processors, usize::from);
    let one = |(profile, name): (&Profile, &names::Assigned)| {
        build_one(&session, profile, name, &folder, how, environment)
    };
    let pairs: Vec<_> = session.asked.iter().zip(&names).collect();
    let outcomes: Vec<Outcome> = match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) if pairs.len() > 1 => pool.install(|| pairs.into_par_iter().map(one).collect()),
        _ => pairs.into_iter().map(one).collect(),
    };

    diagnostics.extend(session.diagnostics.iter().cloned());
    let mut built = 0;
    let mut inferred: Vec<String> = Vec::new();
    for outcome in outcomes {
        diagnostics.extend(outcome.diagnostics);
        inferred.extend(outcome.inferred);
        if let Some(path) = outcome.path {
            built += 1;
            answer.stdout.push_str(&format!("{}\n", path.display()));
        }
    }
    diagnostics.extend(session.neighbours());
    answer.report(&diagnostics, environment.colour);
    for line in inferred {
        answer.stderr.push_str(&line);
    }
    let wanted = session.asked.len() + session.missing;
    if built < wanted {
        let problems = tally(&diagnostics);
        answer.stderr.push_str(&format!("built {built} of {wanted} proposals: {problems}\n"));
    }
    if built == wanted && !session.diagnostics.has_errors() { DONE } else { FAULTY }
}

fn build_one(
    session: &Session,
    profile: &Profile,
    name: &names::Assigned,
    folder: &std::path::Path,
    how: &How,
    environment: &Environment,
) -> Outcome {
    let prepared = &session.prepared;
    let mut diagnostics = prepared.diagnostics.clone();
    diagnostics.extend(profile.diagnostics.iter().cloned());
    diagnostics.extend(name.diagnostics.iter().cloned());
    let pdf = profile.client.as_ref().and_then(|client| {
        // The rest of the pipeline may say more of a faulty profile: all at once.
        crate::build(prepared, client, environment.day, &mut diagnostics)
    });
    if how.strict {
        diagnostics.make_strict();
    }
    let path = match pdf {
        Some(pdf) if !diagnostics.has_errors() => {
            diagnostics.keep(output::replace(folder, &format!("{}.pdf", name.stem), &pdf))
        }
        _ => None,
    };
    let inferred = profile.client.as_ref().filter(|_| path.is_some());
    Outcome {
        path,
        inferred: inferred.and_then(|client| inferred_needs(session, client)).into_iter().collect(),
        diagnostics,
    }
}

/// What was read out of private text, and is printed nowhere else.
fn inferred_needs(session: &Session, client: &Client) -> Option<String> {
    let book = session.prepared.offer(client, &mut Diagnostics::new())?;
    let offer = book.in_language(compose::locale_of(client, &book.note, &session.prepared.house));
    let selection = compose::choose(&session.prepared.house, offer, client, &mut Diagnostics::new());
    let labels: Vec<&str> = (selection.needs.iter())
        .filter(|need| need.source == NeedSource::Inferred)
        .filter_map(|need| Some(offer.need(&need.tag)?.label.as_str()))
        .collect();
    let stem = &client.stem;
    (!labels.is_empty()).then(|| {
        format!(
            "{stem}: needs heard in the notes, printed nowhere: {}\n  see why: `propale explain {stem}`\n\n",
            labels.join("; ")
        )
    })
}
