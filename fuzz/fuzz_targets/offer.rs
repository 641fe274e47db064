//! Any text as an offer note: see tests/offer/any_note.rs.
#![no_main]

#[path = "../../tests/offer/any_note.rs"]
mod any_note;

libfuzzer_sys::fuzz_target!(|text: &str| any_note::any_note(text));
