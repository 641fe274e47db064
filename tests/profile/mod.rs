//! The readers of profiles and of propale.toml, and what follows from their values.

mod faults;
mod kit;
mod numbers;
mod plan;
mod pricing;
mod texts;
