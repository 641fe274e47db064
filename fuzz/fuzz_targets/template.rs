//! Any text as a layout: see tests/document/any_template.rs.
#![no_main]

#[path = "../../tests/document/any_template.rs"]
mod any_template;

libfuzzer_sys::fuzz_target!(|text: &str| any_template::any_template(text));
