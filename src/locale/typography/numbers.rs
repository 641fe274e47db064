//! Numbers in French prose: the spaces that are there hold, none is added between digits.

use super::{Line, is_space};
use crate::locale::NARROW_NO_BREAK_SPACE;

/// A space between groups of digits becomes U+202F (IN, "Nombres"): thousands, SIREN, SIRET,
/// telephone numbers. Digits are never grouped: a year, a postcode and a number without spaces stay.
pub fn groups(line: &mut Line) {
    let mut at = 0;
    while at < line.signs.len() {
        let run = run(line, at);
        let Some(last) = run.last() else {
            at += 1;
            continue;
        };
        let end = last.1;
        for gap in spaces_within(&run, line.before(run[0].0)) {
            if line.signs[gap].is_french() {
                line.signs[gap].sign = NARROW_NO_BREAK_SPACE;
            }
        }
        at = end;
    }
}

/// Groups of digits from `at` on, one space between each, as ranges; empty where none begins.
fn run(line: &Line, at: usize) -> Vec<(usize, usize)> {
    let is_digit = |at: usize| line.sign(at).is_some_and(|c| c.is_ascii_digit());
    let mut groups = vec![];
    let joined = line.before(at).is_some_and(|c| c.is_alphanumeric() || "_".contains(c));
    if !is_digit(at) || joined {
        return groups;
    }
    let mut start = at;
    loop {
        let end = (start..).find(|i| !is_digit(*i)).unwrap_or(start);
        groups.push((start, end));
        if line.sign(end).is_some_and(is_space) && is_digit(end + 1) {
            start = end + 1;
        } else {
            break;
        }
    }
    // a letter after the last group makes it another thing: `3 4x`
    groups
}

/// The spaces between groups that belong to one number.
fn spaces_within(groups: &[(usize, usize)], before: Option<char>) -> Vec<usize> {
    let length = |i: usize| groups[i].1 - groups[i].0;
    let all = || groups[1..].iter().map(|(start, _)| start - 1).collect();
    let is_pairs = groups.len() >= 4 && (0..groups.len()).all(|i| length(i) == 2);
    if groups.len() < 2 {
        return vec![];
    }
    if before == Some('+') || is_pairs {
        return all();
    }
    let mut spaces = vec![];
    let mut i = 0;
    while i < groups.len() {
        let mut end = i + 1;
        if length(i) <= 3 {
            while end < groups.len() && length(end) == 3 {
                end += 1;
            }
            // SIRET: 999 999 998 00017
            let is_siret = end - i == 3 && length(i) == 3 && end < groups.len() && length(end) == 5;
            end += usize::from(is_siret);
        }
        spaces.extend(groups[i + 1..end].iter().map(|(start, _)| start - 1));
        i = end;
    }
    spaces
}

/// Units that stay with their number (IN, "Unités"): symbols, and the words for lengths of time and
/// sums that a proposal counts in.
pub const UNITS: &[&str] = &[
    "%",
    "‰",
    "€",
    "£",
    "$",
    "k€",
    "M€",
    "Md€",
    "°C",
    "km",
    "m",
    "cm",
    "mm",
    "m²",
    "m³",
    "km²",
    "ha",
    "kg",
    "g",
    "t",
    "l",
    "h",
    "min",
    "s",
    "ko",
    "Ko",
    "Mo",
    "Go",
    "To",
    "kW",
    "kWh",
    "MW",
    "MWh",
    "GWh",
    "W",
    "V",
    "Hz",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "année",
    "années",
    "heure",
    "heures",
    "minute",
    "minutes",
    "euro",
    "euros",
    "million",
    "millions",
    "milliard",
    "milliards",
];
