//! The readers of profiles and of propale.toml, and what follows from their values.

mod any_input;
mod any_profile;
mod faults;
mod kit;
mod numbers;
mod plan;
mod pricing;
mod shipped;
mod texts;
