//! `new`: a commented profile with the next number.

use super::{Answer, DONE, Environment, FAULTY};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::mail::ledger::Ledger;
use crate::output;
use crate::prepared::{offer_stems, unknown_offer};
use crate::proposal::client::Client;
use crate::proposal::house::House;
use crate::proposal::new;
use crate::workspace::Workspace;

pub fn run(name: &str, offer: Option<&str>, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let path = make(name, offer, environment, &mut diagnostics);
    answer.report(&diagnostics, environment.colour);
    match path {
        Some(path) => {
            answer.stdout.push_str(&format!("{path}\n"));
            DONE
        }
        None => FAULTY,
    }
}

fn make(
    name: &str,
    offer: Option<&str>,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let workspace = diagnostics.keep(super::open_workspace(environment))?;
    // Two at once cannot take one number: the second waits here until the first has written its profile.
    let _lock = diagnostics.keep(output::lock(&workspace.root().join("propale.toml")))?;
    let known = offer_stems(&workspace);
    let offer = match offer {
        Some(said) if !known.iter().any(|stem| stem == said) => {
            diagnostics.push(unknown_offer(said, &known));
            return None;
        }
        said => said.map(str::to_string),
    };
    let Some(stem) = new::stem(name) else {
        diagnostics.push(
            Diagnostic::error(format!("`{name}` has no letter or digit to name its file after"))
                .hint("give the client's name: `propale new \"Nova Santé\"`"),
        );
        return None;
    };
    // A number is for good: a house whose pattern may be misread gives none, nor does an unreadable ledger.
    let house = House::read(&diagnostics.keep(workspace.text("propale.toml"))?, diagnostics)?;
    let ledger = Ledger::read(&diagnostics.keep(Ledger::open(&workspace))?, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let pattern = house.numbering.map(|pattern| pattern.value).unwrap_or_default();
    let taken = numbers_of_profiles(&workspace, diagnostics);
    let taken = taken.iter().map(String::as_str).chain(ledger.numbers());
    let Some(number) = pattern.next(environment.day, taken) else {
        diagnostics.push(Diagnostic::error("the numbers of this pattern are used up"));
        return None;
    };
    let needed = offer.or_else(|| (known.len() > 1).then(|| known[0].clone()));
    let text = new::profile(name, needed.as_deref(), &number);
    let folder = workspace.root().join("clients");
    let file = format!("{stem}.toml");
    match diagnostics.keep(output::create(&folder, &file, text.as_bytes()))? {
        Some(path) => Some(path.display().to_string()),
        None => {
            diagnostics.push(
                Diagnostic::error(format!("clients/{file} is there already"))
                    .hint("edit it, or give the new one another name"),
            );
            None
        }
    }
}

/// The number of every profile in clients/, be the rest of it right or not. One that cannot be read is a
/// warning: its number, if it has one, may be given again.
fn numbers_of_profiles(workspace: &Workspace, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut numbers = vec![];
    for path in workspace.list("clients", ".toml") {
        match workspace.text(&path) {
            Ok(source) => numbers.extend(Client::number(&source)),
            Err(fault) => diagnostics.push(
                Diagnostic::warning(format!("the number of `{path}` is not known: {}", fault.message))
                    .hint("mend it before you send the new profile's proposal"),
            ),
        }
    }
    numbers
}
