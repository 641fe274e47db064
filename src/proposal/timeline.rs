//! The plan of the work: phases that follow one another.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::keys::fields::Fields;
use super::placed::{Placed, Text};
use crate::diagnostic::Diagnostics;

/// An entry of `[[timeline]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Plain text.
    pub label: Text,
    /// Absent: right after the phase before.
    pub start: Option<Placed<NaiveDate>>,
    pub weeks: Placed<u32>,
}

impl Phase {
    /// None where a key is missing, which has been reported.
    pub(super) fn from_fields(mut fields: Fields) -> Option<Phase> {
        let label = fields.text("phase");
        let start = fields.date("start");
        let weeks = fields.whole("weeks");
        fields.close();
        Some(Phase { label: label?, start, weeks: weeks? })
    }
}

/// A phase with its days, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedPhase {
    pub label: Text,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub weeks: u32,
}

/// The days of each phase, in the order written. A phase ends 7 × weeks − 1 days after its start. One
/// without a start begins the day after the phase before ends; if it is the first, on the first Monday
/// after the proposal's validity, when the prospect has answered. Phases may overlap, but none starts
/// before the one above it, nor before the proposal's date: those are errors.
pub fn schedule(
    phases: &[Phase],
    date: NaiveDate,
    valid_until: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Vec<DatedPhase> {
    let mut dated: Vec<DatedPhase> = vec![];
    for phase in phases {
        let before = dated.last();
        let follows = match before {
            Some(before) => before.end.checked_add_days(Days::new(1)),
            None => monday_after(valid_until),
        };
        let start = match &phase.start {
            Some(start) => {
                match before {
                    Some(before) if start.value < before.start => {
                        diagnostics.push(start.error(format!(
                            "this phase starts on {}, before the phase above it, which starts on {}",
                            start.value, before.start
                        )))
                    }
                    None if start.value < date => diagnostics.push(start.error(format!(
                        "this phase starts on {}, before the proposal's date, {date}",
                        start.value
                    ))),
                    _ => {}
                }
                Some(start.value)
            }
            None => follows,
        };
        let days = Days::new(7 * u64::from(phase.weeks.value) - 1);
        let Some((start, end)) = start.and_then(|start| Some((start, start.checked_add_days(days)?)))
        else {
            diagnostics.push(phase.weeks.error("this phase ends after the last day of the calendar"));
            break;
        };
        dated.push(DatedPhase { label: phase.label.clone(), start, end, weeks: phase.weeks.value });
    }
    dated
}

fn monday_after(day: NaiveDate) -> Option<NaiveDate> {
    let ahead = Weekday::Mon.days_since(day.weekday());
    day.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead.into() }))
}
