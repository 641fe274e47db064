//! The prospect-ready check: what nobody should find in a proposal that was sent.
//!
//! It looks at the filled and styled document, that is at what will be printed, and says where the user
//! wrote it. Validity and the order of dates are checked where they are reckoned (`proposal::validity`,
//! `proposal::timeline`), `oe` for `œ` where texts are read, what only pages show where they are made: a missing glyph, a coarse picture,
//! more pages than the layout allows.

mod contrast;
mod invisible;
mod languages;
mod message;
mod names;
mod placeholders;
mod printed;
mod sections;

use crate::Dressed;
use crate::diagnostic::Diagnostics;
use crate::prepared::Prepared;
use crate::proposal::client::Client;
pub use message::check as check_message;
use printed::{Line, Printed};

/// Looks over one client's document. Errors: what is false or broken, another client's name or a
/// placeholder. Warnings: weak contrast, text that nobody sees, an empty section, words of
/// the house in another language. Their texts are in
/// [`Diagnostic::about`](crate::diagnostic::Diagnostic::about), for `written` to place them.
pub fn check(prepared: &Prepared, client: &Client, dressed: &Dressed, diagnostics: &mut Diagnostics) {
    let printed = Printed::of(&dressed.document, &dressed.styles);
    let place = |line: &Line, at| printed.place(line.node_at(at));
    names::check(prepared, client, &dressed.references, &printed.lines, place, diagnostics);
    placeholders::check(&printed.lines, place, diagnostics);
    sections::check(&printed, diagnostics);
    languages::check(prepared, &printed, diagnostics);
    contrast::check(prepared, &printed, diagnostics);
    invisible::check(&printed, diagnostics);
}
