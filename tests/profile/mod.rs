//! The readers of profiles and of propale.toml, and what follows from their values.

mod faults;
