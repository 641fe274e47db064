//! How much of a fragment fits a page: choosing a break, and cutting there (CSS Fragmentation 3 §4).
//!
//! [`take`] asks [`best`] for the last of the best breaks that a height allows, then [`split`] cuts.
//! Choosing and cutting are apart, so that the rules stand in one place and are tried on hand-made
//! fragments.

use std::collections::VecDeque;
use std::rc::Rc;

use super::boxes::Ends;
use super::cut_rows::split_band;
use super::fragment::*;
use crate::style::values::{BreakInside, PageSide};

/// Heights add up in f32: less than this is no overflow, px.
pub(super) const TOLERANCE: f32 = 0.05;

/// How well a break keeps the rules of CSS Fragmentation 3 §4.4, worst first: where no break keeps
/// them all, rules A, B and D are dropped, then C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Appeal {
    /// In a row of boxes that an empty page would hold whole.
    InRow,
    /// Leaves fewer lines than `orphans` or `widows` (rule C).
    Lines,
    /// Like `Avoided`, but within a box that is to stay whole: two wishes weigh more than one.
    AvoidedTwice,
    /// Where `break-before`, `-after` or `-inside` says avoid (rules A, B, D).
    Avoided,
    /// In the empty part of a box that a page of its own would hold whole.
    InGap,
    /// Within a word: its other half is overleaf (CSS Text 4 §5.4, `hyphenate-limit-last: page`).
    InWord,
    Perfect,
}

/// Where a fragment is cut.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cut {
    BeforeChild(usize),
    InChild(usize, Box<Cut>),
    /// After so many of its lines.
    AfterLines(usize),
    /// Below all of its content: what is left is empty (CSS Fragmentation 3 §4.1, class C).
    InGap,
    BeforeBand(usize),
    /// At so many px below the band's top.
    InBand(usize, f32, Vec<CellCut>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellCut {
    /// All of it stands above the break.
    Whole,
    Cut(Cut),
    /// None of its content does.
    Pushed,
}

#[derive(Clone, Debug)]
struct Best {
    appeal: Appeal,
    cut: Cut,
}

/// Heights in px that decide a break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// What is left of this page, from the fragment's top.
    pub height: f32,
    /// What the next page offers: what is taller is broken at once.
    pub fresh: f32,
}

impl Room {
    pub(super) fn below(self, y: f32) -> Room {
        Room { height: self.height - y, ..self }
    }

    /// Without a strip at the foot of every page.
    fn less(self, foot: f32) -> Room {
        Room { height: self.height - foot, fresh: self.fresh - foot }
    }
}

/// A page's worth of a fragment.
#[derive(Debug)]
pub(super) struct Taken {
    pub head: Fragment,
    /// What is left for the next pages.
    pub rest: Option<Fragment>,
    /// Whether something that no break can divide is taller than the page.
    pub overflows: bool,
    /// Whether the rest begins where a break is forced.
    pub forced: bool,
}

impl Taken {
    /// The side of the page on which the rest has to begin.
    pub fn side(&self) -> Option<PageSide> {
        self.rest.as_ref().and_then(side)
    }
}

/// The side that the break at a fragment's top asks for: what stands there begins there.
fn side(fragment: &Fragment) -> Option<PageSide> {
    let asked = |before: Between| match before {
        Between::Forced(side) => side,
        Between::Allowed | Between::Avoided => None,
    };
    match &fragment.content {
        FragmentContent::Flow(children) => match children.front()? {
            cut if !cut.placed.fragment.ends.top => side(&cut.placed.fragment),
            whole => asked(whole.before),
        },
        FragmentContent::Bands(bands) => {
            let band = bands.bands.front()?;
            match band.cells.iter().find(|cell| !cell.fragment.ends.top) {
                Some(cut) => side(&cut.fragment),
                None => asked(band.before),
            }
        }
        _ => None,
    }
}

/// Cuts off what fits. Always makes progress: the rest is smaller than the whole.
pub(super) fn take(mut fragment: Fragment, room: Room) -> Taken {
    if let Some(cut) = forced(&fragment, room.height) {
        let head = split(&mut fragment, &cut, room);
        return Taken { head, rest: Some(fragment), overflows: false, forced: true };
    }
    if fragment.content_bottom() <= room.height + TOLERANCE {
        fill(&mut fragment, room.height);
        return Taken { head: fragment, rest: None, overflows: false, forced: false };
    }
    if let Some(best) = best(&fragment, room) {
        let head = split(&mut fragment, &best.cut, room);
        return Taken { head, rest: Some(fragment), overflows: false, forced: false };
    }
    match first(&fragment, room.height) {
        Some(cut) => {
            let head = split(&mut fragment, &cut, room);
            let overflows = head.content_bottom() > room.height + TOLERANCE;
            Taken { head, rest: Some(fragment), overflows, forced: false }
        }
        None => Taken { head: fragment, rest: None, overflows: true, forced: false },
    }
}

/// Boxes that a forced break cuts reach down to the page's end, like those that a full page does.
fn fill(fragment: &mut Fragment, height: f32) {
    if fragment.ends.bottom {
        return;
    }
    fragment.height = fragment.height.max(height);
    if let FragmentContent::Flow(children) = &mut fragment.content
        && let Some(last) = children.back_mut()
    {
        let y = last.placed.y - fragment.consumed;
        fill(Rc::make_mut(&mut last.placed.fragment), height - y);
    }
}

/// The first break that is forced within the height. Those of block flow have cut the box tree already;
/// these stand between rows, or in boxes stacked by flex or grid. Boxes side by side force none.
fn forced(fragment: &Fragment, height: f32) -> Option<Cut> {
    match &fragment.content {
        FragmentContent::Flow(children) => {
            let top = |c: &FlowChild| c.placed.y - fragment.consumed;
            let mut within = children.iter().take_while(|c| top(c) <= height).enumerate();
            within.find_map(|(i, c)| {
                if i > 0 && matches!(c.before, Between::Forced(_)) {
                    return Some(Cut::BeforeChild(i));
                }
                let inner = forced(&c.placed.fragment, height - top(c))?;
                Some(Cut::InChild(i, Box::new(inner)))
            })
        }
        FragmentContent::Bands(bands) => {
            let height = height - bands.foot_height();
            let top = |b: &Band| b.y - fragment.consumed;
            let within = |b: &&Band| top(b) <= height + TOLERANCE;
            let mut within = bands.bands.iter().take_while(within).enumerate();
            within.find_map(|(i, b)| {
                if i > 0 && matches!(b.before, Between::Forced(_)) {
                    return Some(Cut::BeforeBand(i));
                }
                let [cell] = &b.cells[..] else { return None };
                let stacked = (bands.keep == Keep::Stacked).then_some(cell)?;
                let inner = forced(&stacked.fragment, height - top(b) - stacked.y)?;
                Some(Cut::InBand(i, height - top(b), vec![CellCut::Cut(inner)]))
            })
        }
        _ => None,
    }
}

/// The best break whose upper part fits; the last of equals. None where not even the first piece does.
fn best(fragment: &Fragment, room: Room) -> Option<Best> {
    let mut found = match &fragment.content {
        _ if ends_in_gap(fragment, room) => {
            let whole = fragment.height <= room.fresh + TOLERANCE;
            let appeal = if whole { Appeal::InGap } else { Appeal::Perfect };
            Some(Best { appeal, cut: Cut::InGap })
        }
        FragmentContent::Flow(children) => {
            let bottom = |i: usize| {
                let c = &children[i].placed;
                c.y - fragment.consumed + c.fragment.height
            };
            let fits = |i: &usize| bottom(*i) <= room.height + TOLERANCE;
            let fitting = (0..children.len()).take_while(fits).count();
            let mut best = None;
            for i in (0..children.len().min(fitting + 1)).rev() {
                let child = &children[i];
                let y = child.placed.y - fragment.consumed;
                if let Some(inner) = self::best(&child.placed.fragment, room.below(y)) {
                    improve(&mut best, inner.appeal, || Cut::InChild(i, Box::new(inner.cut)));
                }
                if i > 0 && !is_perfect(&best) {
                    improve(&mut best, appeal(child.before), || Cut::BeforeChild(i));
                }
                if is_perfect(&best) {
                    break;
                }
            }
            best
        }
        FragmentContent::Lines(lines) => best_after_lines(fragment, lines, room),
        FragmentContent::Bands(bands) => best_in_bands(fragment, bands, room),
        FragmentContent::Empty | FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => None,
    }?;
    let avoids = fragment.inside == BreakInside::Avoid;
    if avoids && fragment.height <= room.fresh + TOLERANCE {
        found.appeal = match found.appeal {
            Appeal::Avoided => Appeal::AvoidedTwice,
            appeal => appeal.min(Appeal::Avoided),
        };
    }
    Some(found)
}

/// Whether a page may end in the empty part of a box: below all of its content, where the box is said to
/// be taller than that; in a box without content only if no page holds it, so that rules and the like stay
/// whole.
fn ends_in_gap(fragment: &Fragment, room: Room) -> bool {
    const LEAST: f32 = 1.0;
    if room.height < LEAST || fragment.height <= room.height + TOLERANCE {
        return false;
    }
    match &fragment.content {
        FragmentContent::Flow(_) | FragmentContent::Lines(_) => {
            fragment.gap > LEAST && fragment.extent() <= room.height + TOLERANCE
        }
        FragmentContent::Empty => fragment.height > room.fresh + TOLERANCE,
        FragmentContent::Bands(_) | FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => {
            false
        }
    }
}

fn appeal(before: Between) -> Appeal {
    match before {
        Between::Allowed | Between::Forced(_) => Appeal::Perfect,
        Between::Avoided => Appeal::Avoided,
    }
}

fn is_perfect(best: &Option<Best>) -> bool {
    best.as_ref().is_some_and(|b| b.appeal == Appeal::Perfect)
}

fn improve(best: &mut Option<Best>, appeal: Appeal, cut: impl FnOnce() -> Cut) {
    if best.as_ref().is_none_or(|b| appeal > b.appeal) {
        *best = Some(Best { appeal, cut: cut() });
    }
}

/// Class B breaks: after the last line that fits, unless that leaves too few on a side (CSS
/// Fragmentation 3 §3.3).
fn best_after_lines(fragment: &Fragment, lines: &LineRange, room: Room) -> Option<Best> {
    let count = lines.range.len();
    let bottom = |taken: usize| lines.tops[lines.range.start + taken] - fragment.consumed;
    let fits = |taken: &usize| bottom(*taken) <= room.height + TOLERANCE;
    let taken = (1..count).take_while(fits).count();
    if taken == 0 {
        return None;
    }
    let kept = taken.min(count.saturating_sub(lines.widows));
    let least = lines.orphans.max(1);
    let divides = |taken: &usize| lines.lines.lines[lines.range.start + taken - 1].divides_word();
    Some(match (least..=kept).rev().find(|taken| !divides(taken)) {
        Some(whole) => Best { appeal: Appeal::Perfect, cut: Cut::AfterLines(whole) },
        None if kept >= least => Best { appeal: Appeal::InWord, cut: Cut::AfterLines(kept) },
        None => Best { appeal: Appeal::Lines, cut: Cut::AfterLines(taken) },
    })
}

fn best_in_bands(fragment: &Fragment, bands: &Bands, room: Room) -> Option<Best> {
    let room = room.less(bands.foot_height());
    let top = |i: usize| bands.bands[i].y - fragment.consumed;
    let fits = |i: &usize| top(*i) + bands.bands[*i].height <= room.height + TOLERANCE;
    let fitting = (0..bands.bands.len()).take_while(fits).count();
    let mut best = None;
    for i in (0..bands.bands.len().min(fitting + 1)).rev() {
        let band = &bands.bands[i];
        let inside = match (bands.keep, &band.cells[..]) {
            (Keep::Stacked, [cell]) => best_in_one(cell, room.below(top(i))),
            _ => None,
        };
        if let Some((cuts, appeal)) = inside {
            improve(&mut best, appeal, || Cut::InBand(i, room.height - top(i), cuts));
        } else if i == fitting
            && let Some((height, cuts, inner)) = best_in_row(band, room.below(top(i)))
        {
            // A row that no page holds is broken where it stands.
            let head = bands.head.as_ref().map_or(0.0, |h| h.height);
            let page_holds = band.height + head <= room.fresh + TOLERANCE;
            let appeal = if page_holds { Appeal::InRow } else { inner };
            improve(&mut best, appeal, || Cut::InBand(i, height, cuts));
        }
        if i > 0 && !is_perfect(&best) {
            improve(&mut best, appeal(band.before), || Cut::BeforeBand(i));
        }
        if is_perfect(&best) {
            break;
        }
    }
    best
}

/// A break in the one box of a row, like one in a block.
fn best_in_one(cell: &Placed, room: Room) -> Option<(Vec<CellCut>, Appeal)> {
    let inner = best(&cell.fragment, room.below(cell.y))?;
    Some((vec![CellCut::Cut(inner.cut)], inner.appeal))
}

/// The best break in a row of boxes: px below its top, and what it does to each. Rows that a cell spans are
/// parted between them, if no page holds them all; but one that is taller than a page is broken where it
/// stands.
fn best_in_row(band: &Band, room: Room) -> Option<(f32, Vec<CellCut>, Appeal)> {
    let tops = band.rows.iter().map(|row| row.area.y);
    let bottoms = band.rows.iter().map(|row| row.area.y + row.area.height);
    let next = band.rows.iter().skip(1).map(|row| row.area.height);
    let between = bottoms.clone().zip(tops.skip(1)).zip(next);
    let fits = between.take_while(|((bottom, _), _)| *bottom <= room.height + TOLERANCE);
    let mut found: Option<(f32, Vec<CellCut>, Appeal)> = None;
    for ((bottom, _), next) in fits {
        if next > room.fresh + TOLERANCE {
            found = None;
            continue;
        }
        if let Some((cuts, appeal)) = best_in_cells(band, Room { height: bottom, ..room })
            && found.as_ref().is_none_or(|(.., best)| appeal >= *best)
        {
            found = Some((bottom, cuts, appeal));
        }
    }
    found.or_else(|| {
        let (cuts, appeal) = best_in_cells(band, room)?;
        Some((room.height, cuts, appeal))
    })
}

/// One break through all boxes of a row. None where no content would stand above it.
fn best_in_cells(band: &Band, room: Room) -> Option<(Vec<CellCut>, Appeal)> {
    let mut progress = false;
    let mut appeal = Appeal::Perfect;
    let mut cuts = Vec::with_capacity(band.cells.len());
    for cell in &band.cells {
        let below = room.below(cell.y);
        if below.height <= TOLERANCE && cell.y > 0.0 {
            cuts.push(CellCut::Pushed);
        } else if cell.fragment.extent() <= below.height + TOLERANCE {
            progress |= cell.fragment.has_content();
            cuts.push(CellCut::Whole);
        } else if let Some(inner) = best(&cell.fragment, below) {
            progress = true;
            appeal = appeal.min(inner.appeal);
            cuts.push(CellCut::Cut(inner.cut));
        } else {
            // What stands beside it, a heading say, would be torn from all of it.
            appeal = appeal.min(Appeal::Avoided);
            cuts.push(CellCut::Pushed);
        }
    }
    progress.then_some((cuts, appeal))
}

/// The first break of all, however tall what stands above it: for what no page can hold. `height` is what is
/// left of the page.
fn first(fragment: &Fragment, height: f32) -> Option<Cut> {
    match &fragment.content {
        FragmentContent::Flow(children) => {
            let below = |c: &FlowChild| height - (c.placed.y - fragment.consumed);
            let inner = children.front().and_then(|c| first(&c.placed.fragment, below(c)));
            match inner {
                Some(cut) => Some(Cut::InChild(0, Box::new(cut))),
                None => (children.len() > 1).then_some(Cut::BeforeChild(1)),
            }
        }
        FragmentContent::Lines(lines) => (lines.range.len() > 1).then_some(Cut::AfterLines(1)),
        FragmentContent::Bands(bands) => {
            let band = bands.bands.front()?;
            let height = height - bands.foot_height() - (band.y - fragment.consumed);
            let cuts: Vec<CellCut> = band
                .cells
                .iter()
                .map(|c| first(&c.fragment, height - c.y).map_or(CellCut::Whole, CellCut::Cut))
                .collect();
            if cuts.iter().any(|c| matches!(c, CellCut::Cut(_))) {
                Some(Cut::InBand(0, height, cuts))
            } else {
                (bands.bands.len() > 1).then_some(Cut::BeforeBand(1))
            }
        }
        FragmentContent::Empty | FragmentContent::Picture { .. } | FragmentContent::Bullet(_) => None,
    }
}

/// Cuts: the fragment becomes the rest, the part above the cut is returned. A cut box reaches down to
/// the page's end, and has no edge there (CSS Fragmentation 3 §5.4, `slice`).
pub(super) fn split(fragment: &mut Fragment, cut: &Cut, room: Room) -> Fragment {
    let (content, consumed) = match (&mut fragment.content, cut) {
        (FragmentContent::Flow(children), Cut::BeforeChild(i)) => {
            let above = children.drain(..*i).collect();
            let top = children.front().map_or(fragment.consumed, |c| c.placed.y);
            (FragmentContent::Flow(above), top)
        }
        (FragmentContent::Flow(children), Cut::InChild(i, inner)) => {
            let mut above: VecDeque<_> = children.drain(..*i).collect();
            let mut top = fragment.consumed;
            if let Some(child) = children.front_mut() {
                let placed = &mut child.placed;
                let bottom = placed.y + placed.fragment.height;
                let y = placed.y - fragment.consumed;
                let head = split(Rc::make_mut(&mut placed.fragment), inner, room.below(y));
                let (x, y) = (placed.x, placed.y);
                let head = Placed { x, y, fragment: Rc::new(head) };
                above.push_back(FlowChild { before: child.before, placed: head });
                placed.y = bottom - placed.fragment.height;
                top = placed.y;
            }
            (FragmentContent::Flow(above), top)
        }
        (FragmentContent::Lines(lines), Cut::AfterLines(taken)) => {
            let end = lines.range.start + taken;
            let above = LineRange { range: lines.range.start..end, ..lines.clone() };
            lines.range.start = end;
            let top = lines.tops[end];
            (FragmentContent::Lines(above), top)
        }
        (FragmentContent::Bands(bands), Cut::BeforeBand(i)) => {
            let above = bands.bands.drain(..*i).collect();
            split_bands(bands, above, fragment.consumed)
        }
        (FragmentContent::Bands(bands), Cut::InBand(i, height, cuts)) => {
            let room = Room { height: *height, ..room.less(bands.foot_height()) };
            let mut above: VecDeque<_> = bands.bands.drain(..*i).collect();
            if let Some(band) = bands.bands.front_mut() {
                above.push_back(split_band(band, cuts, room));
            }
            split_bands(bands, above, fragment.consumed)
        }
        (content, Cut::InGap) => {
            let above = std::mem::replace(content, FragmentContent::Empty);
            (above, fragment.consumed + room.height)
        }
        // A cut is made from the fragment that it cuts.
        (content, _) => (std::mem::replace(content, FragmentContent::Empty), fragment.consumed),
    };
    let (above, below) = fragment.anchors.drain(..).partition(|a| a.place.area.y < consumed);
    fragment.anchors = below;
    let stretches = !matches!(content, FragmentContent::Bands(_));
    let mut head = Fragment {
        content,
        // On the page of the line that it stands beside.
        marker: fragment.marker.take_if(|m| m.baseline <= consumed),
        anchors: above,
        ends: Ends { bottom: false, ..fragment.ends },
        ..*fragment
    };
    head.height = head.extent();
    if stretches {
        head.height = head.height.max(room.height);
    }
    fragment.height -= consumed - fragment.consumed;
    fragment.consumed = consumed;
    fragment.ends.top = false;
    head
}

/// The part of a table or container above a cut between its bands, and the new top of the rest: the
/// head of a table stands above it again.
fn split_bands(bands: &mut Bands, above: VecDeque<Band>, consumed: f32) -> (FragmentContent, f32) {
    let above = Bands { bands: above, head: bands.head.clone(), foot: bands.foot.clone(), ..*bands };
    let mut top = bands.bands.front().map_or(consumed, |b| b.y);
    if let Some(head) = &mut bands.head {
        head.first = false;
        top -= head.height;
    }
    (FragmentContent::Bands(above), top)
}
