//! `context`: the exact JSON that a layout sees, or where each value came from.

use super::{Answer, Environment, FAULTY, Session};
use crate::diagnostic::Diagnostics;
use crate::document::context;
use crate::origins;

pub fn run(said: &str, with_origins: bool, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let Some((prepared, client)) = Session::of_one(said, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let data = crate::proposal(&prepared, &client, environment.day, &mut diagnostics).map(|proposal| {
        if with_origins {
            context::origins(&origins::list(&prepared, &client, &proposal, environment.day))
        } else {
            context::pretty(&proposal.view)
        }
    });
    answer.finish(data, &diagnostics, environment.colour)
}
