//! The PDF: read again by a reader of our own, and by whoever else is installed (tests/judges).

mod controls;
mod copying;
mod dressed;
mod feature;
mod file;
mod hostile;
mod kit;
mod ledger;
mod limits;
mod painting;
pub mod reader;
mod reports;
mod samples;
mod sheeted;
mod structure;
mod voice;
