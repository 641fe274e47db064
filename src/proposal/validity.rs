//! The day of a proposal, and until when it holds.

use chrono::{Days, NaiveDate};

use super::client::Client;
use super::house::House;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub date: NaiveDate,
    pub days: u32,
    /// `date` and `days` days.
    pub until: NaiveDate,
}

/// How long a proposal holds where neither the profile nor the house says.
const VALID_DAYS: u32 = 30;

impl Validity {
    /// The profile's date, else `run_day`; valid for as long as the profile says, else the house. One that
    /// ends before `run_day` is an error. None where the calendar ends first, which is an error too.
    pub fn of(
        client: &Client,
        house: &House,
        run_day: NaiveDate,
        diagnostics: &mut Diagnostics,
    ) -> Option<Validity> {
        let written = &client.proposal;
        let date = written.date.as_ref().map_or(run_day, |date| date.value);
        let days = written.valid_days.as_ref().or(house.defaults.valid_days.as_ref());
        let place = written.date.as_ref().map_or_else(|| client.place(), |date| date.place.clone());
        let days = days.map_or(VALID_DAYS, |days| days.value);
        let Some(until) = date.checked_add_days(Days::new(days.into())) else {
            let message = format!("{days} days after {date} is after the last day of the calendar");
            diagnostics.push(Diagnostic::error(message).at(place));
            return None;
        };
        if until < run_day {
            let message =
                format!("this proposal was valid until {until}, and this run's day is {run_day}");
            diagnostics.push(
                Diagnostic::error(message)
                    .at(place)
                    .hint("set a later `date`, or leave it out for the day of the run"),
            );
        }
        Some(Validity { date, days, until })
    }
}
