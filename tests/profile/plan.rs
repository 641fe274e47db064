//! Days of a proposal and of its phases.

use chrono::NaiveDate;
use propale::proposal::timeline::schedule;
use propale::proposal::validity::Validity;

use super::kit;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_proposal_holds_for_as_long_as_the_nearest_file_says() {
    let cases = [
        ("", "", "2026-11-22 + 30 = 2026-12-22", ""),
        ("", "valid_days = 15", "2026-11-22 + 15 = 2026-12-07", ""),
        ("valid_days = 8", "valid_days = 15", "2026-11-22 + 8 = 2026-11-30", ""),
        ("date = 2026-11-20\nvalid_days = 2", "", "2026-11-20 + 2 = 2026-11-22", ""),
        (
            "date = 2026-11-19\nvalid_days = 2",
            "",
            "2026-11-19 + 2 = 2026-11-21",
            "error: clients/a.toml:3:8: this proposal was valid until 2026-11-21, and this run's day is 2026-11-22 (hint: set a later `date`, or leave it out for the day of the run)\n",
        ),
        ("date = 2028-02-28\nvalid_days = 2", "", "2028-02-28 + 2 = 2028-03-01", ""),
    ];
    for (proposal, defaults, expected, faults) in cases {
        let (client, mut diagnostics) =
            kit::client(&format!("client.name = \"A\"\n[proposal]\n{proposal}"));
        let house = kit::house(&format!("[defaults]\n{defaults}"));
        let validity = Validity::of(&client, &house, day("2026-11-22"), &mut diagnostics);
        let Validity { date, days, until } = validity.expect("days within the calendar");
        assert_eq!(format!("{date} + {days} = {until}"), expected);
        assert_eq!(diagnostics.one_lines(), faults);
    }
}

#[test]
fn phases_follow_one_another() {
    let cases = [
        ("", "", ""),
        (
            "[[timeline]]\nphase = \"A\"\nstart = 2026-12-01\nweeks = 3\n[[timeline]]\nphase = \"B\"\nweeks = 1",
            "A 2026-12-01 to 2026-12-21, B 2026-12-22 to 2026-12-28",
            "",
        ),
        (
            // Valid until Tuesday 22 December 2026: the Monday after it.
            "[[timeline]]\nphase = \"A\"\nweeks = 2\n[[timeline]]\nphase = \"B\"\nweeks = 4",
            "A 2026-12-28 to 2027-01-10, B 2027-01-11 to 2027-02-07",
            "",
        ),
        (
            "[[timeline]]\nphase = \"A\"\nstart = 2026-12-01\nweeks = 3\n[[timeline]]\nphase = \"B\"\nstart = 2026-12-08\nweeks = 1",
            "A 2026-12-01 to 2026-12-21, B 2026-12-08 to 2026-12-14",
            "",
        ),
        (
            "[[timeline]]\nphase = \"A\"\nstart = 2026-12-01\nweeks = 3\n[[timeline]]\nphase = \"B\"\nstart = 2026-11-30\nweeks = 1",
            "A 2026-12-01 to 2026-12-21, B 2026-11-30 to 2026-12-06",
            "error: clients/a.toml:8:9: this phase starts on 2026-11-30, before the phase above it, which starts on 2026-12-01\n",
        ),
        (
            "[[timeline]]\nphase = \"A\"\nstart = 2026-11-21\nweeks = 1",
            "A 2026-11-21 to 2026-11-27",
            "error: clients/a.toml:4:9: this phase starts on 2026-11-21, before the proposal's date, 2026-11-22\n",
        ),
    ];
    for (text, expected, faults) in cases {
        let (client, mut diagnostics) = kit::client(&format!("client.name = \"A\"\n{text}"));
        let phases = schedule(&client.timeline, day("2026-11-22"), day("2026-12-22"), &mut diagnostics);
        let phases: Vec<String> =
            phases.iter().map(|p| format!("{} {} to {}", p.label.value, p.start, p.end)).collect();
        assert_eq!(phases.join(", "), expected);
        assert_eq!(diagnostics.one_lines(), faults);
    }
}

#[test]
fn the_monday_after_a_monday_is_a_week_later() {
    let (client, mut diagnostics) =
        kit::client("client.name = \"A\"\n[[timeline]]\nphase = \"A\"\nweeks = 1");
    for (until, start) in [("2026-12-20", "2026-12-21"), ("2026-12-21", "2026-12-28")] {
        let phases = schedule(&client.timeline, day("2026-11-22"), day(until), &mut diagnostics);
        assert_eq!(phases[0].start, day(start));
    }
}

#[test]
fn the_calendar_ends() {
    let (client, mut diagnostics) =
        kit::client("client.name = \"A\"\n[[timeline]]\nphase = \"A\"\nweeks = 520");
    assert_eq!(schedule(&client.timeline, NaiveDate::MIN, NaiveDate::MAX, &mut diagnostics), []);
    assert_eq!(
        diagnostics.one_lines(),
        "error: clients/a.toml:4:9: this phase ends after the last day of the calendar\n"
    );
}
