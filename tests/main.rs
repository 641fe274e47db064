//! The one integration-test binary: a module a subject.

mod document;
mod font;
mod golden;
mod profile;
mod image;
mod inline;
mod locale;
mod offer;
