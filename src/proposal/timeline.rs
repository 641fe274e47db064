//! The plan of the work: phases that follow one another.

use chrono::NaiveDate;

use super::placed::{Placed, Text};

/// An entry of `[[timeline]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Plain text.
    pub label: Text,
    /// Absent: right after the phase before.
    pub start: Option<Placed<NaiveDate>>,
    pub weeks: Placed<u32>,
}
