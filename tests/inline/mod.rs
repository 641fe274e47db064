//! The paragraph stage: from parts to placed lines.

mod breaks;
mod fallback;
mod heights;
mod hyphens;
pub mod kit;
mod lines;
mod placing;
mod white_space;
