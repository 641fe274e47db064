//! The one integration-test binary: a module a subject.

// The I/O doors are the program's; a test reads its own samples.
#![allow(clippy::disallowed_methods)]

mod cli;
mod docs;
mod document;
mod font;
mod golden;
mod image;
mod inline;
mod invariants;
mod judges;
mod layout;
mod locale;
mod mail;
mod mentions;
mod offer;
mod pdf;
mod profile;
mod select;
mod selection;
mod style;
mod support;
