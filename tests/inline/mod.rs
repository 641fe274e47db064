//! The paragraph stage: from parts to placed lines.

mod kit;
mod lines;
