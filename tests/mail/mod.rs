//! How a proposal leaves: drafts, what is refused, the ledger.

mod drafts;
pub mod kit;
mod ledger;
mod letters;
mod refusals;
mod sending;
mod server;
