//! From atoms to the points where a line may end, with their positions on one endless line.

use std::ops::Range;

use super::atoms::{Atom, AtomKind, TextAtom};
use super::boxes::BoxIndex;
use super::characters::Class;
use super::fit::{Point, PointKind};
use super::itemize::Items;
use crate::style::values::OverflowWrap;

/// What a paragraph's lines are to fit in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Within {
    /// The narrowest there is: min-content.
    Nothing,
    /// A line, px.
    Line(f32),
}

/// Where lines may end: positions for the choice, and what stands on both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    /// Begins with a `Start`, ends with an `End`; empty where there is nothing to print.
    pub points: Vec<Point>,
    /// As long as `points`.
    pub cuts: Vec<Cut>,
}

/// Where a point cuts the atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// One past the line's last atom; of a divided word, the word itself.
    pub end: usize,
    /// The next line's first atom; of a divided word, the word itself.
    pub next: usize,
    /// Of a divided word, the byte offsets where this line's part ends and the next one's begins.
    pub inside: Option<(usize, usize)>,
}

impl Points {
    /// Percentages of inline boxes' edges are of `base`, px. A sequence that has no opportunity in it and is
    /// too wide gets points where `overflow-wrap` lets it (CSS Text 3 §5.5): between its words and
    /// after its no-break spaces, and between any two letters of a word that is too wide by itself.
    pub fn of(items: &Items, base: f32, within: Within) -> Points {
        let forced = items.atoms.iter().rposition(|atom| matches!(atom.kind, AtomKind::Forced));
        let content = items.atoms.iter().rposition(|atom| items.is_content(atom));
        // A forced break at the very end ends the last line: it does not begin another.
        let end = match (forced, content) {
            (None, None) => return Points::default(),
            (Some(forced), content) if content < Some(forced) => forced,
            _ => items.atoms.len(),
        };
        let mut walk = Walk { items, base, within, position: 0.0, spaces: 0.0, made: Points::default() };
        walk.made.points.push(Point {
            kind: PointKind::Start,
            end: 0.0,
            start: 0.0,
            spaces_end: 0.0,
            spaces_start: 0.0,
        });
        walk.made.cuts.push(Cut { end: 0, next: 0, inside: None });
        let mut breaks = items.breaks.iter().copied().peekable();
        let mut seams =
            items.seams(base, |inline, width| walk.must_break(inline, width)).into_iter().peekable();
        for (index, atom) in items.atoms[..end].iter().enumerate() {
            if breaks.next_if_eq(&index).is_some() {
                walk.between(walk.plain_or_compound(index), index, index);
            }
            if seams.next_if_eq(&index).is_some() {
                walk.between(PointKind::Emergency, index, index);
            }
            walk.atom(index, atom);
        }
        walk.between(PointKind::End, end, items.atoms.len());
        walk.made
    }
}

struct Walk<'a> {
    items: &'a Items,
    base: f32,
    within: Within,
    /// Width of the atoms so far, and of the stretchable spaces among them.
    position: f64,
    spaces: f64,
    made: Points,
}

impl Items {
    /// The sequences between which lines may end: the range of their atoms, and their width in px without
    /// the white space that would hang.
    pub fn sequences(&self, base: f32) -> impl Iterator<Item = (Range<usize>, f32)> {
        let forced = |i: &usize| matches!(self.atoms[*i].kind, AtomKind::Forced);
        let mut starts: Vec<usize> = (0..self.atoms.len()).filter(forced).map(|i| i + 1).collect();
        starts.extend(self.breaks.iter().copied().chain([0, self.atoms.len()]));
        starts.sort_unstable();
        starts.dedup();
        let ranges: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
        ranges.into_iter().map(move |range| {
            let hangs = |atom: &Atom| matches!(&atom.kind, AtomKind::Text(text) if text.class.hangs());
            let atoms = &self.atoms[range.clone()];
            let content = atoms.iter().rposition(|atom| !hangs(atom)).map_or(0, |last| last + 1);
            let width = atoms[..content].iter().map(|atom| self.width(atom, base)).sum();
            (range, width)
        })
    }

    /// The atoms before which a sequence that is too wide may be broken, ascending; boxes that begin there
    /// go with them.
    fn seams(&self, base: f32, must_break: impl Fn(BoxIndex, f32) -> bool) -> Vec<usize> {
        let mut seams = vec![];
        for (range, width) in self.sequences(base) {
            let mut begun = false;
            for index in range.clone() {
                let atom = &self.atoms[index];
                let AtomKind::Text(text) = &atom.kind else {
                    begun |= matches!(atom.kind, AtomKind::Atomic(_));
                    continue;
                };
                if begun && text.class == Class::Word && must_break(atom.inline, width) {
                    let opens = self.atoms[range.start..index].iter().rev();
                    let opens = opens.take_while(|atom| atom.kind.goes_with_next()).count();
                    seams.push(index - opens);
                }
                begun = true;
            }
        }
        seams
    }
}

impl Walk<'_> {
    /// Whether a sequence of this width in an inline box is broken where it offers no opportunity.
    fn must_break(&self, inline: BoxIndex, width: f32) -> bool {
        let style = &self.items.boxes[inline as usize].style.text;
        style.white_space.wraps()
            && match (style.overflow_wrap, self.within) {
                (OverflowWrap::Normal, _) | (OverflowWrap::BreakWord, Within::Nothing) => false,
                (OverflowWrap::Anywhere, Within::Nothing) => true,
                (_, Within::Line(room)) => width > room,
            }
    }

    fn atom(&mut self, index: usize, atom: &Atom) {
        match &atom.kind {
            AtomKind::Forced => self.between(PointKind::Forced, index, index + 1),
            AtomKind::Text(text) if text.class == Class::Word => {
                self.inside(index, atom, text);
                self.position += f64::from(atom.width);
            }
            AtomKind::Text(text) => {
                self.position += f64::from(atom.width);
                if text.class.stretches() {
                    self.spaces += f64::from(atom.width);
                }
            }
            _ => self.position += f64::from(self.items.width(atom, self.base)),
        }
    }

    fn plain_or_compound(&self, next: usize) -> PointKind {
        let last = self.items.atoms[..next].iter().rev().find_map(|atom| match &atom.kind {
            AtomKind::Text(text) => {
                Some(self.items.text[text.range.clone()].ends_with(['-', '\u{2010}']))
            }
            AtomKind::Atomic(_) | AtomKind::Forced => Some(false),
            AtomKind::Open(_) | AtomKind::Close(_) | AtomKind::Anchor(_) => None,
        });
        if last == Some(true) { PointKind::Compound } else { PointKind::Plain }
    }

    /// A point between two atoms: the line leaves out the white space at its end (CSS Text 3 §4.1.2).
    fn between(&mut self, kind: PointKind, end: usize, next: usize) {
        let (mut hanging, mut hanging_spaces) = (0.0, 0.0);
        for atom in self.items.atoms[..end].iter().rev() {
            match &atom.kind {
                AtomKind::Open(_) | AtomKind::Close(_) | AtomKind::Anchor(_) => {}
                AtomKind::Text(text) if text.class.hangs() => {
                    hanging += f64::from(atom.width);
                    if text.class.stretches() {
                        hanging_spaces += f64::from(atom.width);
                    }
                }
                AtomKind::Text(text) => {
                    hanging += f64::from(self.items.font(text).letter_spacing);
                    break;
                }
                AtomKind::Atomic(_) | AtomKind::Forced => break,
            }
        }
        self.made.points.push(Point {
            kind,
            end: self.position - hanging,
            start: self.position,
            spaces_end: self.spaces - hanging_spaces,
            spaces_start: self.spaces,
        });
        self.made.cuts.push(Cut { end, next, inside: None });
    }

    /// The points inside a word: its divisions, and any letter's edge where it must break.
    fn inside(&mut self, index: usize, atom: &Atom, text: &TextAtom) {
        let font = self.items.font(text);
        let must_break = self.must_break(atom.inline, atom.width);
        if text.divisions.is_none() && !must_break {
            return;
        }
        let (from, to) = (self.position, self.position + f64::from(atom.width));
        let spacing = f64::from(font.letter_spacing);
        let mut found: Vec<(usize, usize, PointKind, f64, f64)> = vec![];
        for division in text.divisions.iter().flat_map(|list| list.iter()) {
            let end = from + f64::from(font.width(&division.before)) - spacing;
            let start = to - f64::from(font.width(&division.after));
            found.push((division.at.start, division.at.end, PointKind::Hyphen, end, start));
        }
        if must_break {
            let mut position = from;
            for cluster in text.word.glyphs.chunk_by(|a, b| a.start == b.start) {
                if cluster[0].start > 0 {
                    let at = cluster[0].start as usize;
                    found.push((at, at, PointKind::Emergency, position - spacing, position));
                }
                let advance: f32 = cluster.iter().map(|glyph| glyph.advance).sum();
                position += f64::from(advance * font.scale) + spacing;
            }
            found.sort_by_key(|&(at, resume, kind, ..)| (at, resume, kind == PointKind::Emergency));
        }
        for (at, resume, kind, end, start) in found {
            let point = Point { kind, end, start, spaces_end: self.spaces, spaces_start: self.spaces };
            self.made.points.push(point);
            self.made.cuts.push(Cut { end: index, next: index, inside: Some((at, resume)) });
        }
    }
}
