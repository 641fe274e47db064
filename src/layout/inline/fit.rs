//! Where lines end: first fit, optimum fit and balance over the same list of points. Numbers only.

use crate::style::values::TextWrap;

/// A place where a line may or must end. Positions are px along the paragraph set on one endless line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub kind: PointKind,
    /// Where a line that stops here ends: white space that would hang is left out, a hyphen counts.
    pub end: f64,
    /// Where the next line starts.
    pub start: f64,
    /// Width of the stretchable spaces before `end`, and before `start`.
    pub spaces_end: f64,
    pub spaces_start: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PointKind {
    /// The paragraph's start: always the first point, and only that.
    Start,
    /// An opportunity of UAX #14.
    Plain,
    /// One after a hyphen that is written: "peut-|être".
    Compound,
    /// Inside a word; a hyphen is added.
    Hyphen,
    /// Inside a word, between letters, because it fits on no line (`overflow-wrap: anywhere`).
    Emergency,
    /// A line must end here.
    Forced,
    /// The paragraph's end: always the last point, and only that.
    End,
}

impl PointKind {
    fn is_hyphen(self) -> bool {
        matches!(self, PointKind::Hyphen | PointKind::Compound)
    }
}

/// px.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub width: f64,
    /// Taken from the first line.
    pub indent: f64,
    pub spacing: Spacing,
}

/// What may give where a line's content is not as wide as its line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spacing {
    /// Every space: half its width more, a fifth less.
    Justified,
    /// The ragged edge, by a comfortable depth in px.
    Ragged(f64),
}

/// Rounding must not push a word that fits exactly to the next line.
const TOLERANCE: f64 = 0.01;
const SPACE_STRETCH: f64 = 0.5;
pub(super) const SPACE_SHRINK: f64 = 0.2;
/// Lines running that may end with a hyphen.
const HYPHENS_RUNNING: usize = 2;

// Demerits, after Knuth & Plass, "Breaking Paragraphs into Lines" (1981), and plain TeX's values.
const LINE: f64 = 10.0;
const HYPHEN_JUSTIFIED: f64 = 50.0;
/// A ragged edge gives for nothing: a hyphen must save more of it.
const HYPHEN_RAGGED: f64 = 200.0;
const COMPOUND_JUSTIFIED: f64 = 50.0;
const COMPOUND_RAGGED: f64 = 150.0;
const EMERGENCY: f64 = 5_000.0;
const HYPHENS_IN_A_ROW: f64 = 10_000.0;
const HYPHEN_BEFORE_LAST: f64 = 5_000.0;
/// The last line is a lonely short word: worth a second-last line that is looser by so much, not more.
const RUNT_JUSTIFIED: f64 = 250_000.0;
const RUNT_RAGGED: f64 = 1_500_000.0;
/// A last line under this part of the width is a runt, and a single word under this one.
const RUNT_WIDTH: f64 = 0.12;
const RUNT_WORD_WIDTH: f64 = 0.33;
/// What is only done where nothing else can be: above any sum of the others.
const OVERFULL: f64 = 1e14;
const THIRD_HYPHEN: f64 = 1e12;
/// Lines worse than this are worse by the room they leave, and no more than twice as bad.
const AWFUL: f64 = 1e5;

/// `text-wrap: balance` is for headings: longer texts are set like any other (CSS Text 4 §6.2 lets a
/// limit be set).
const BALANCE_LINES: usize = 10;
/// Beyond so many points a paragraph is no prose, and first fit serves.
const OPTIMUM_POINTS: usize = 20_000;
/// Points a line beyond which earlier line starts are not tried.
const LINE_POINTS: usize = 1_000;

/// The indices of the points where lines end, the last being the `End`. `points` begins with `Start`.
pub(super) fn choose(points: &[Point], measure: &Measure, wrap: TextWrap) -> Vec<usize> {
    let mut chosen = vec![];
    let mut from = 0;
    while from + 1 < points.len() {
        let to = (from + 1..points.len())
            .find(|&i| matches!(points[i].kind, PointKind::Forced | PointKind::End))
            .unwrap_or(points.len() - 1);
        let stretch = Stretch { points: &points[from..=to], measure };
        let ends = match wrap {
            _ if to - from > OPTIMUM_POINTS => stretch.first_fit(),
            TextWrap::Stable => stretch.first_fit(),
            TextWrap::Pretty => stretch.optimum(),
            TextWrap::Balance => stretch.balance(),
        };
        chosen.extend(ends.into_iter().map(|i| i + from));
        from = to;
    }
    chosen
}

impl Measure {
    /// The line from one point to another.
    pub fn line(&self, from: &Point, to: &Point) -> LineFit {
        let indent = if from.kind == PointKind::Start { self.indent } else { 0.0 };
        let spaces = (to.spaces_end - from.spaces_start).max(0.0);
        let (stretch, shrink) = match self.spacing {
            Spacing::Justified => (spaces * SPACE_STRETCH, spaces * SPACE_SHRINK),
            Spacing::Ragged(depth) => (depth, 0.0),
        };
        LineFit { available: self.width - indent, natural: to.end - from.start, shrink, stretch }
    }
}

/// The points from one forced line end to the next, both included.
struct Stretch<'a> {
    points: &'a [Point],
    measure: &'a Measure,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LineFit {
    /// Room for content, px.
    pub available: f64,
    pub natural: f64,
    /// How much less the content may take, px.
    shrink: f64,
    stretch: f64,
}

impl LineFit {
    pub fn fits(&self) -> bool {
        self.natural - self.shrink <= self.available + TOLERANCE
    }
}

impl Stretch<'_> {
    fn last(&self) -> usize {
        self.points.len() - 1
    }

    fn line(&self, from: usize, to: usize) -> LineFit {
        self.measure.line(&self.points[from], &self.points[to])
    }

    /// Each line takes what fits, as browsers do; no space shrinks.
    fn first_fit(&self) -> Vec<usize> {
        let mut ends = vec![];
        let (mut from, mut hyphens) = (0, 0);
        while from < self.last() {
            let to = self.first_fit_line(from, hyphens);
            hyphens = if self.points[to].kind == PointKind::Hyphen { hyphens + 1 } else { 0 };
            ends.push(to);
            from = to;
        }
        ends
    }

    fn first_fit_line(&self, from: usize, hyphens: usize) -> usize {
        let (mut best, mut emergency, mut third_hyphen) = (None, None, None);
        for to in from + 1..=self.last() {
            let line = self.line(from, to);
            let kind = self.points[to].kind;
            if line.natural <= line.available + TOLERANCE {
                match kind {
                    PointKind::Emergency => emergency = Some(to),
                    PointKind::Hyphen if hyphens >= HYPHENS_RUNNING => third_hyphen = Some(to),
                    _ => best = Some(to),
                }
            } else if kind != PointKind::Hyphen {
                // Past a hyphen that does not fit the rest of its word still may: "wo-|rk".
                break;
            }
        }
        best.or(third_hyphen).or(emergency).unwrap_or(from + 1)
    }

    /// The least sum of demerits over all ways to break.
    fn optimum(&self) -> Vec<usize> {
        // The common case: all on one line.
        if self.line(0, self.last()).fits() && self.last() == 1 {
            return vec![1];
        }
        self.solve(Goal::Demerits).unwrap_or_else(|| self.first_fit())
    }

    /// As few lines as first fit, of lengths as even as can be: the least sum of squared gaps.
    fn balance(&self) -> Vec<usize> {
        let first = self.first_fit();
        match first.len() {
            0 | 1 => first,
            lines @ 2..=BALANCE_LINES => self.solve(Goal::Even { lines }).unwrap_or(first),
            _ => self.optimum(),
        }
    }

    /// Cost of a line whatever came before it; None where it does not fit and could be shorter.
    fn cost(&self, goal: Goal, from: usize, to: usize) -> Option<f64> {
        let line = self.line(from, to);
        if !line.fits() {
            let excess = (line.natural - line.available) / (1.0 + line.available.abs());
            return (from + 1 == to).then_some(OVERFULL * (1.0 + excess));
        }
        Some(match goal {
            Goal::Demerits => self.demerits(&line, from, to),
            Goal::Even { .. } => {
                let gap = line.available - line.natural;
                let divided = match self.points[to].kind {
                    PointKind::Hyphen => 1.0,
                    PointKind::Emergency => 10.0,
                    _ => 0.0,
                };
                gap * gap + divided * line.available * line.available
            }
        })
    }

    /// What ending a line with a hyphen costs after `hyphens` lines running that do; None where it
    /// must not be.
    fn hyphen_cost(&self, from: usize, to: usize, hyphens: usize) -> Option<f64> {
        match self.points[to].kind {
            PointKind::Hyphen if hyphens >= HYPHENS_RUNNING => (from + 1 == to).then_some(THIRD_HYPHEN),
            _ => Some(0.0),
        }
    }

    fn demerits(&self, line: &LineFit, from: usize, to: usize) -> f64 {
        let last_line = to == self.last();
        let slack = line.available - line.natural;
        let ratio = match () {
            () if slack < 0.0 => -slack / line.shrink.max(TOLERANCE),
            () if last_line => 0.0,
            () => slack / line.stretch.max(TOLERANCE),
        };
        let mut badness = 100.0 * ratio.powi(3);
        if badness > AWFUL {
            badness = AWFUL * (1.0 + (slack / line.available.max(TOLERANCE)).clamp(0.0, 1.0));
        }
        let kind = self.points[to].kind;
        let penalty = match (kind, self.measure.spacing) {
            (PointKind::Hyphen, Spacing::Justified) => HYPHEN_JUSTIFIED,
            (PointKind::Hyphen, Spacing::Ragged(_)) => HYPHEN_RAGGED,
            (PointKind::Compound, Spacing::Justified) => COMPOUND_JUSTIFIED,
            (PointKind::Compound, Spacing::Ragged(_)) => COMPOUND_RAGGED,
            (PointKind::Emergency, _) => EMERGENCY,
            _ => 0.0,
        };
        let mut demerits = (LINE + badness).powi(2) + penalty * penalty;
        let after_hyphen = self.points[from].kind.is_hyphen();
        if after_hyphen && kind.is_hyphen() {
            demerits += HYPHENS_IN_A_ROW;
        }
        if after_hyphen && last_line {
            demerits += HYPHEN_BEFORE_LAST;
        }
        if last_line && from > 0 && self.is_runt(line, from, to) {
            demerits += match self.measure.spacing {
                Spacing::Justified => RUNT_JUSTIFIED,
                Spacing::Ragged(_) => RUNT_RAGGED,
            };
        }
        demerits
    }

    fn is_runt(&self, line: &LineFit, from: usize, to: usize) -> bool {
        let one_word = self.points[to].spaces_end <= self.points[from].spaces_start;
        let least = if one_word { RUNT_WORD_WIDTH } else { RUNT_WIDTH };
        line.natural < least * line.available
    }

    /// Shortest path over the points; a state is a point, the hyphens running there, and (for even
    /// lengths) the lines so far.
    fn solve(&self, goal: Goal) -> Option<Vec<usize>> {
        let layers = match goal {
            Goal::Demerits => 1,
            Goal::Even { lines } => lines + 1,
        };
        let width = layers * (HYPHENS_RUNNING + 1);
        let mut best = vec![State::UNREACHED; self.points.len() * width];
        best[0].cost = 0.0;
        for to in 1..self.points.len() {
            for from in (to.saturating_sub(LINE_POINTS)..to).rev() {
                let Some(cost) = self.cost(goal, from, to) else { break };
                for state in 0..width {
                    let so_far = best[from * width + state].cost;
                    if so_far == f64::INFINITY {
                        continue;
                    }
                    let (layer, hyphens) =
                        (state / (HYPHENS_RUNNING + 1), state % (HYPHENS_RUNNING + 1));
                    let next_layer = if layers == 1 { 0 } else { layer + 1 };
                    let Some(hyphen) = self.hyphen_cost(from, to, hyphens) else { continue };
                    if next_layer >= layers {
                        continue;
                    }
                    let next_hyphens = match self.points[to].kind {
                        PointKind::Hyphen => (hyphens + 1).min(HYPHENS_RUNNING),
                        _ => 0,
                    };
                    let slot = &mut best[to * width + next_layer * (HYPHENS_RUNNING + 1) + next_hyphens];
                    // `<=`: of equal ways the one whose last line starts earlier, so fewer lines.
                    let cost = so_far + cost + hyphen;
                    if cost <= slot.cost {
                        *slot = State { cost, from: from as u32, state: state as u32 };
                    }
                }
            }
        }
        let last_layer = layers - 1;
        let mut at = self.last();
        let mut state = (0..=HYPHENS_RUNNING)
            .map(|hyphens| last_layer * (HYPHENS_RUNNING + 1) + hyphens)
            .min_by(|&a, &b| best[at * width + a].cost.total_cmp(&best[at * width + b].cost))?;
        if best[at * width + state].cost == f64::INFINITY {
            return None;
        }
        let mut ends = vec![];
        while at > 0 {
            ends.push(at);
            let step = best[at * width + state];
            (at, state) = (step.from as usize, step.state as usize);
        }
        ends.reverse();
        Some(ends)
    }
}

#[derive(Clone, Copy, Debug)]
enum Goal {
    Demerits,
    Even { lines: usize },
}

#[derive(Clone, Copy, Debug)]
struct State {
    cost: f64,
    from: u32,
    state: u32,
}

impl State {
    const UNREACHED: State = State { cost: f64::INFINITY, from: 0, state: 0 };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A paragraph of up to 14 points: word widths, and where a word is divided.
    fn paragraph() -> impl Strategy<Value = Vec<Point>> {
        let word = (5.0..60.0_f64, prop_oneof![4 => Just(None), 1 => (0.2..0.8_f64).prop_map(Some)]);
        prop::collection::vec(word, 1..12).prop_map(points).prop_filter("too many", |p| p.len() <= 15)
    }

    fn points(words: Vec<(f64, Option<f64>)>) -> Vec<Point> {
        const SPACE: f64 = 3.0;
        const HYPHEN: f64 = 4.0;
        let point = |kind, end, start, spaces_end, spaces_start| Point {
            kind,
            end,
            start,
            spaces_end,
            spaces_start,
        };
        let mut points = vec![point(PointKind::Start, 0.0, 0.0, 0.0, 0.0)];
        let (mut x, mut spaces) = (0.0, 0.0);
        let last = words.len() - 1;
        for (index, (width, division)) in words.into_iter().enumerate() {
            if let Some(part) = division {
                let at = x + width * part;
                points.push(point(PointKind::Hyphen, at + HYPHEN, at, spaces, spaces));
            }
            x += width;
            let (end, spaces_end) = (x, spaces);
            if index == last {
                points.push(point(PointKind::End, end, end, spaces, spaces));
            } else {
                x += SPACE;
                spaces += SPACE;
                points.push(point(PointKind::Plain, end, x, spaces_end, spaces));
            }
        }
        points
    }

    fn measure() -> impl Strategy<Value = Measure> {
        let spacing = prop_oneof![Just(Spacing::Justified), Just(Spacing::Ragged(25.0))];
        (40.0..200.0_f64, prop_oneof![Just(0.0), Just(12.0)], spacing)
            .prop_map(|(width, indent, spacing)| Measure { width, indent, spacing })
    }

    /// Cost of a whole way to break; None where a rule forbids it.
    fn total(stretch: &Stretch, goal: Goal, ends: &[usize]) -> Option<f64> {
        let (mut from, mut hyphens, mut sum) = (0, 0, 0.0);
        for &to in ends {
            sum += stretch.cost(goal, from, to)? + stretch.hyphen_cost(from, to, hyphens)?;
            hyphens = if stretch.points[to].kind == PointKind::Hyphen { hyphens + 1 } else { 0 };
            from = to;
        }
        Some(sum)
    }

    /// Every way to break, as lists of line ends.
    fn every_way(last: usize) -> impl Iterator<Item = Vec<usize>> {
        (0..1u32 << (last - 1))
            .map(move |set| (1..last).filter(|i| set >> (i - 1) & 1 == 1).chain([last]).collect())
    }

    proptest! {
        #[test]
        fn the_optimum_is_the_best_of_every_way(points in paragraph(), measure in measure()) {
            let stretch = Stretch { points: &points, measure: &measure };
            let goal = Goal::Demerits;
            let best = every_way(points.len() - 1)
                .filter_map(|ends| total(&stretch, goal, &ends))
                .min_by(f64::total_cmp)
                .unwrap();
            let found = total(&stretch, goal, &stretch.optimum()).unwrap();
            prop_assert!((found - best).abs() <= best * 1e-9, "found {found}, best {best}");
        }

        #[test]
        fn even_lines_are_the_most_even_of_every_way(points in paragraph(), measure in measure()) {
            let stretch = Stretch { points: &points, measure: &measure };
            let lines = stretch.first_fit().len();
            let found = stretch.balance();
            // Longer texts are not headings.
            if lines > BALANCE_LINES {
                return Ok(());
            }
            prop_assert_eq!(found.len(), lines);
            let goal = Goal::Even { lines };
            let best = every_way(points.len() - 1)
                .filter(|ends| ends.len() == lines)
                .filter_map(|ends| total(&stretch, goal, &ends))
                .min_by(f64::total_cmp);
            if let (Some(best), Some(found)) = (best, total(&stretch, goal, &found)) {
                prop_assert!((found - best).abs() <= best * 1e-9 + 1e-9, "found {found}, best {best}");
            }
        }

        #[test]
        fn the_optimum_is_never_worse_than_first_fit(points in paragraph(), measure in measure()) {
            let stretch = Stretch { points: &points, measure: &measure };
            let best = total(&stretch, Goal::Demerits, &stretch.optimum()).unwrap();
            if let Some(first) = total(&stretch, Goal::Demerits, &stretch.first_fit()) {
                prop_assert!(best <= first * (1.0 + 1e-9), "optimum {best}, first fit {first}");
            }
        }

        #[test]
        fn first_fit_leaves_no_room_for_the_next_word(points in paragraph(), measure in measure()) {
            let stretch = Stretch { points: &points, measure: &measure };
            let mut from = 0;
            for to in stretch.first_fit() {
                let next = (to + 1..points.len()).find(|&i| points[i].kind != PointKind::Hyphen);
                if let Some(next) = next {
                    let line = stretch.line(from, next);
                    prop_assert!(line.natural > line.available, "{next} fits after {from}");
                }
                from = to;
            }
        }
    }

    #[test]
    fn no_more_than_two_hyphens_run() {
        // Every line is fullest with half a word at its start and half a word at its end.
        let mut words = vec![(30.0, Some(0.5)); 12];
        words[0] = (12.0, None);
        let points = points(words);
        for spacing in [Spacing::Justified, Spacing::Ragged(10.0)] {
            let measure = Measure { width: 70.0, indent: 0.0, spacing };
            for wrap in [TextWrap::Stable, TextWrap::Pretty] {
                let ends = choose(&points, &measure, wrap);
                let kinds: Vec<bool> =
                    ends.iter().map(|&i| points[i].kind == PointKind::Hyphen).collect();
                assert!(kinds.contains(&true), "{wrap:?} divides nothing");
                assert!(!kinds.windows(3).any(|three| three == [true; 3]), "{wrap:?}: {kinds:?}");
            }
        }
    }
}
