//! Numbers that tell: "de 20 à 85 salariés", "from 4 to 11 sites", "marge passée de 30 à 22 %".

use super::lines::Line;
use crate::proposal::lexicon::words::Word;

/// A number that went from one value to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trend {
    /// Places of its words in the line.
    pub at: u64,
    /// Id of the concept it speaks for.
    pub concept: &'static str,
}

/// The trends of a line. `headcount` is what the profile says: a lower number of people who "were" is
/// growth.
pub(super) fn trends(line: &Line, headcount: Option<u32>) -> Vec<Trend> {
    let numbers: Vec<(usize, usize, f64)> = numbers(&line.words);
    let mut trends = Vec::new();
    for pair in numbers.windows(2) {
        let [(from_at, from_end, from), (to_at, to_end, to)] = *pair else { continue };
        let between = &line.words[from_end..to_at];
        let linked = between.len() <= 4
            && (between.iter().any(|w| matches!(w.folded.as_str(), "a" | "to" | "puis" | "contre"))
                || arrow(line, from_end, to_at));
        let opened = from_at > 0 && {
            let before = &line.words[from_at.saturating_sub(2)..from_at];
            before
                .iter()
                .any(|w| matches!(w.folded.as_str(), "de" | "from" | "d" | "etaient" | "etait" | "were"))
        };
        let apart = from > 0.0 && to > 0.0 && (to / from >= 1.3 || from / to >= 1.2);
        if !linked || !(opened || arrow(line, from_end, to_at)) || !apart || is_year(from) || is_year(to)
        {
            continue;
        }
        let unit = &line.words[to_end..line.words.len().min(to_end + 3)];
        let near = |from: usize| line.words[from_at.saturating_sub(from)..].iter();
        if let Some(concept) = concept(unit, &mut near(6), from < to, sign_after(line, to_end)) {
            let at = (from_at.saturating_sub(1)..line.words.len().min(to_end + 1))
                .fold(0, |all, i| all | 1 << i);
            trends.push(Trend { at, concept });
        }
    }
    // "4 boutiques fin 2023, 9 fin 2024, 15 aujourd'hui".
    let today = |word: &Word| {
        matches!(word.folded.as_str(), "aujourd" | "maintenant" | "desormais" | "today" | "now")
    };
    if line.words.iter().any(today) {
        let counts: Vec<_> = numbers.iter().filter(|(_, _, value)| !is_year(*value)).collect();
        if let [(at, end, then), .., (last, _, now)] = counts[..]
            && now >= &(then * 1.4)
            && line.words[*end..].first().is_some_and(is_people)
        {
            trends.push(Trend { at: 1 << at | 1 << last, concept: "growth" });
        }
    }
    if let Some(now) = headcount {
        for (at, end, then) in numbers {
            let before = &line.words[at.saturating_sub(2)..at];
            let were = before
                .iter()
                .any(|w| matches!(w.folded.as_str(), "etaient" | "etait" | "etions" | "were" | "was"));
            if were && then >= 2.0 && then * 1.5 <= f64::from(now) && !is_year(then) {
                let at = (at - 1..end).fold(0, |all, i| all | 1 << i);
                trends.push(Trend { at, concept: "growth" });
            }
        }
    }
    trends
}

fn concept(
    unit: &[Word],
    around: &mut dyn Iterator<Item = &Word>,
    rises: bool,
    sign: Option<char>,
) -> Option<&'static str> {
    let time = |word: &Word| {
        starts(word, &["jour", "semaine", "mois", "heure", "day", "week", "month", "hour"])
    };
    let around: Vec<&Word> = around.collect();
    let about = |stems: &[&str]| around.iter().any(|word| starts(word, stems));
    if unit.iter().any(is_people) {
        return Some(if rises { "growth" } else { "downsizing" });
    }
    if unit.iter().take(1).any(time) {
        return rises.then_some("delivery-delays");
    }
    if about(&["marge", "margin"]) {
        return (!rises).then_some("margins");
    }
    if about(&[
        "turnover", "absent", "facture", "loyer", "prix", "tarif", "bill", "rent", "price", "delai",
        "prime", "premium",
    ]) {
        return None;
    }
    match sign {
        Some('€' | '$' | '£') => Some(if rises { "growth" } else { "sales" }),
        Some(_) => None,
        None => Some(if rises { "growth" } else { "downsizing" }),
    }
}

fn is_people(word: &Word) -> bool {
    starts(
        word,
        &[
            "salari",
            "pers",
            "magasin",
            "collab",
            "employ",
            "gens",
            "etp",
            "tete",
            "people",
            "staff",
            "peopl",
            "dev",
            "employee",
            "heads",
            "site",
            "agence",
            "boutique",
            "magasin",
            "shop",
            "office",
            "restaurant",
            "client",
            "customer",
            "abonne",
            "user",
        ],
    )
}

fn starts(word: &Word, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.folded.starts_with(stem))
}

/// Numbers written in digits: place, place behind, value. "1 200" is one.
fn numbers(words: &[Word]) -> Vec<(usize, usize, f64)> {
    let mut numbers = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let start = i;
        let digits =
            |word: &Word| !word.folded.is_empty() && word.folded.bytes().all(|b| b.is_ascii_digit());
        let mut text = String::new();
        while i < words.len()
            && digits(&words[i])
            && (i == start
                || words[i].folded.len() == 3 && words[i].range.start == words[i - 1].range.end + 1)
        {
            text.push_str(&words[i].folded);
            i += 1;
        }
        if let Ok(value) = text.parse::<u32>() {
            numbers.push((start, i, f64::from(value)));
        }
        i = i.max(start + 1);
    }
    numbers
}

fn is_year(value: f64) -> bool {
    (1950.0..=2100.0).contains(&value)
}

fn arrow(line: &Line, from: usize, to: usize) -> bool {
    let gap = line.words[from - 1].range.end..line.words[to].range.start;
    let gap = &line.text[gap];
    gap.contains("->") || gap.contains('→')
}

/// The sign that follows the number, through a space or `M` or `k`.
fn sign_after(line: &Line, end: usize) -> Option<char> {
    let from = line.words[end - 1].range.end;
    line.text[from..]
        .chars()
        .find(|c| !c.is_whitespace() && !matches!(c, 'M' | 'k' | 'K' | 'm'))
        .filter(|c| "€$£%".contains(*c))
}
