//! What was chosen and why, for people and for programs.

use super::offer::Offer;
use super::select::Selection;

/// A table to read at a glance: what was chosen, its score, why, and which needs nothing covers.
pub fn text(client: &str, offer: &Offer, selection: &Selection) -> String {
    let _ = (client, offer, selection);
    todo!()
}

/// The same as JSON (FORMATS §4), pretty-printed, with a final newline. `client` is the profile's stem.
pub fn json(client: &str, offer: &Offer, selection: &Selection) -> String {
    let _ = (client, offer, selection);
    todo!()
}
