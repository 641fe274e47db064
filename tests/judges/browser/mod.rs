//! Small documents laid out by us and by a browser, compared glyph by glyph and box by box.
//!
//! `cases/` holds the documents, each with the rule it is about and the name of its judge; `findings/`
//! holds what the judges printed, as text, written by `record`. Where we differ and mean to, or cannot help
//! it, `exceptions.txt` says why; there must be few.

mod case;
mod compare;
mod finding;
mod ours;
mod raster;
mod verdicts;

use std::path::PathBuf;

/// This folder.
fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/browser"))
}

/// What `record --into` has made: the judges' present findings.
fn fresh() -> Option<PathBuf> {
    std::env::var_os("PROPALE_FINDINGS").map(PathBuf::from)
}
