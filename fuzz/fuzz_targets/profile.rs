//! Any text as a profile and as propale.toml: see tests/profile/any_profile.rs.
#![no_main]

#[path = "../../tests/profile/any_profile.rs"]
mod any_profile;

libfuzzer_sys::fuzz_target!(|text: &str| any_profile::any_profile(text));
