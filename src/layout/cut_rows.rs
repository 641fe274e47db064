//! Cutting a row of boxes: all of them at one height.

use std::rc::Rc;

use super::boxes::Ends;
use super::fragment::*;
use super::fragmentation::{CellCut, Room, TOLERANCE, split};

/// Cuts all boxes of a row at one height. The row's bottom stays where it is in the unbroken box.
pub(super) fn split_band(band: &mut Band, cuts: &[CellCut], room: Room) -> Band {
    let height = room.height.max(0.0);
    let mut above = vec![];
    let mut below = vec![];
    // What a cell's rest takes more than was cut off from it: the cells below it make way.
    let mut excess: f32 = 0.0;
    for (mut cell, cut) in std::mem::take(&mut band.cells).into_iter().zip(cuts) {
        let bottom = cell.y + cell.fragment.height;
        let stretched = bottom >= band.height - TOLERANCE;
        // Of rows above the cut.
        if *cut == CellCut::Whole && !stretched && bottom <= height + TOLERANCE {
            above.push((cell, false));
            continue;
        }
        let room = room.below(cell.y);
        let Placed { x, y, .. } = cell;
        let fragment = Rc::make_mut(&mut cell.fragment);
        let head = match cut {
            CellCut::Cut(cut) => split(fragment, cut, room),
            CellCut::Whole => empty_below(fragment, room.height),
            CellCut::Pushed if room.height > TOLERANCE => empty_above(fragment, room.height),
            CellCut::Pushed => {
                below.push((cell, stretched));
                continue;
            }
        };
        excess = excess.max(fragment.height - (bottom - height).max(0.0));
        cell.y = 0.0;
        below.push((cell, stretched));
        above.push((Placed { x, y, fragment: Rc::new(head) }, stretched));
    }
    for (cell, _) in &mut below {
        if cell.y >= height {
            cell.y += excess - height;
        }
    }
    let tallest = |cells: &[(Placed, bool)]| {
        cells.iter().map(|(c, _)| c.y + c.fragment.height).fold(0.0, f32::max)
    };
    let rest_height = tallest(&below);
    let head_height = tallest(&above).max(height);
    let taken = band.height - rest_height;
    let head = Band {
        height: head_height,
        cells: restretch(above, head_height),
        rows: above_cut(&band.rows, height),
        rules: band.rules.iter().map(|r| Rule { area: r.above(height), ..*r }).collect(),
        above: band.above.clone(),
        ..*band
    };
    band.above.clear();
    band.rows.retain(|row| row.area.y + row.area.height > taken + TOLERANCE);
    for row in &mut band.rows {
        row.area = row.area.below(taken);
        row.whole = row.whole.moved_up(taken);
        if let Some(group) = &mut row.group {
            group.whole = group.whole.moved_up(taken);
        }
    }
    for rule in &mut band.rules {
        rule.area = rule.below(taken);
    }
    band.cells = restretch(below, rest_height);
    band.y += taken;
    band.height = rest_height;
    head
}

/// The rows that stand above a cut, and as much of them as does.
fn above_cut(rows: &[BandRow], height: f32) -> Vec<BandRow> {
    let starts = |row: &&BandRow| row.area.y < height - TOLERANCE;
    rows.iter().filter(starts).map(|row| BandRow { area: row.area.above(height), ..*row }).collect()
}

/// Boxes that reached down to the end of their row do so in each part of it.
fn restretch(cells: Vec<(Placed, bool)>, height: f32) -> Vec<Placed> {
    let stretch = |(mut cell, stretched): (Placed, bool)| {
        if stretched {
            Rc::make_mut(&mut cell.fragment).height = (height - cell.y).max(0.0);
        }
        cell
    };
    cells.into_iter().map(stretch).collect()
}

/// Takes all content of a box; what is left is an empty box, as tall as what its height is more than
/// the page's.
fn empty_below(fragment: &mut Fragment, height: f32) -> Fragment {
    let mut head = fragment.clone();
    head.ends.bottom = false;
    head.height = head.height.min(height);
    fragment.content = FragmentContent::Empty;
    fragment.marker = None;
    fragment.anchors.clear();
    let rest = (fragment.height - height).max(0.0);
    fragment.consumed += fragment.height - rest;
    fragment.height = rest;
    fragment.ends.top = false;
    head
}

/// Leaves a whole box to the rest, but for its edge.
fn empty_above(fragment: &mut Fragment, height: f32) -> Fragment {
    let head = Fragment {
        content: FragmentContent::Empty,
        marker: None,
        anchors: vec![],
        height,
        ends: Ends { bottom: false, ..fragment.ends },
        ..*fragment
    };
    fragment.ends.top = false;
    head
}
