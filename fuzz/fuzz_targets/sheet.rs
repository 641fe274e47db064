//! Any text as a style sheet: see tests/style/any_sheet.rs.
#![no_main]

#[path = "../../tests/style/any_sheet.rs"]
mod any_sheet;

libfuzzer_sys::fuzz_target!(|css: &str| any_sheet::any_sheet(css));
