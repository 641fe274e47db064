//! How a proposal leaves: drafts, what is refused, the ledger.

mod drafts;
mod kit;
mod letters;
mod refusals;
