//! `new`: a commented profile with the next number.

use super::{Answer, Asked, DONE, Environment, FAULTY, Session};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output;
use crate::prepared::{Extent, offer_stems};
use crate::proposal::new;

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
            let error = Diagnostic::error(format!("unknown offer `{said}`: no file offers/{said}.md"));
            diagnostics.push(error.nearest(said, known.iter().map(String::as_str)));
            return None;
        }
        said => said.map(str::to_string),
    };
    let session = Session::open(Asked::All, Extent::Everything, environment, diagnostics)?;
    let Some(stem) = new::stem(name) else {
        diagnostics.push(
            Diagnostic::error(format!("`{name}` has no letter or digit to name its file after"))
                .hint("give the client's name: `propale new \"Nova Santé\"`"),
        );
        return None;
    };
    let clients: Vec<_> = session.asked.iter().filter_map(|profile| profile.client.as_ref()).collect();
    let pattern = session.prepared.house.numbering.as_ref().map(|pattern| pattern.value.clone());
    let taken =
        clients.iter().filter_map(|client| client.proposal.number.as_ref()).map(|n| n.value.as_str());
    let Some(number) = pattern.unwrap_or_default().next(environment.day, taken) else {
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
