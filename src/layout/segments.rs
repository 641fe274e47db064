//! Forced breaks, before anything is measured.
//!
//! Where a break is forced (`break-before: page`, or a change of named page) depends on the box tree
//! alone, so the tree is cut there first: each segment is a tree of its own that starts on a fresh page,
//! and is laid out in the width of that page. What is left to pagination are the breaks that heights
//! force.

use std::sync::Arc;

use super::boxes::*;
use crate::style::values::{BreakBetween, ComputedStyle, FlexDirection, FlexWrap, PageSide, TrackSize};

/// A part of the document that starts on a fresh page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub root: BoxId,
    /// The named page that all its pages are.
    pub page: Option<Arc<str>>,
    /// On which side its first page has to be.
    pub side: Option<PageSide>,
}

/// A piece of a box that forced breaks cut, and the break before it.
struct Piece {
    root: BoxId,
    before: BreakBetween,
}

impl BoxTree<'_> {
    /// Takes over the breaks and named pages of a block container's first and last child in flow (CSS
    /// Fragmentation 3 §3.1 "propagated", CSS Paged Media 3 §8), and the breaks of the items in the first and
    /// the last row of a flex box, a grid (CSS Flexbox 1 §10, CSS Grid 2 §12) or a table.
    pub fn propagate(&mut self, id: BoxId) {
        let (first, last) = match &self.get(id).content {
            BoxContent::Blocks(children) => {
                let mut in_flow = children.iter().copied().filter(|&c| !self.is_absolute(c));
                let Some(first) = in_flow.next() else { return };
                let last = in_flow.next_back().unwrap_or(first);
                let first_page = self.get(first).first_page.clone();
                let last_page = self.get(last).last_page.clone();
                let changed = &mut self.boxes[id.index()];
                changed.first_page = first_page;
                changed.last_page = last_page;
                (vec![first], vec![last])
            }
            BoxContent::Flex(items) | BoxContent::Grid(items) => self.outer_rows(id, &items.in_flow),
            BoxContent::TableWrapper { above, grid, below } => {
                let BoxContent::Table(table) = &self.get(*grid).content else { return };
                let parts = |row: Option<&TableRow>| -> Vec<BoxId> {
                    row.into_iter().flat_map(|row| row.group.into_iter().chain([row.row])).collect()
                };
                let first = table.rows.first().filter(|_| above.is_empty());
                let last = table.rows.last().filter(|_| below.is_empty());
                (parts(first), parts(last))
            }
            _ => return,
        };
        let before = first.into_iter().map(|child| self.get(child).break_before);
        let before = before.fold(self.get(id).break_before, stronger);
        let after = last.into_iter().map(|child| self.get(child).break_after);
        let after = after.fold(self.get(id).break_after, stronger);
        let changed = &mut self.boxes[id.index()];
        changed.break_before = before;
        changed.break_after = after;
    }

    /// The items that are known to stand in the first and in the last row before any has a place.
    fn outer_rows(&self, id: BoxId, items: &[BoxId]) -> (Vec<BoxId>, Vec<BoxId>) {
        let b = self.get(id);
        let style = &b.style;
        let row = matches!(style.flex_direction, FlexDirection::Row | FlexDirection::RowReverse);
        let (first, last) = match b.content {
            BoxContent::Grid(_) => {
                let sizes = &style.grid_template_columns.sizes;
                let repeats =
                    |size: &TrackSize| matches!(size, TrackSize::AutoFill(_) | TrackSize::AutoFit(_));
                let columns = if sizes.iter().any(repeats) { 1 } else { sizes.len().max(1) };
                let initial = ComputedStyle::initial();
                let flows = |item: &&BoxId| {
                    let style = &self.get(**item).style;
                    style.grid_row == initial.grid_row && style.grid_column == initial.grid_column
                };
                (items.iter().take(columns).take_while(flows).count().max(1), 1)
            }
            _ if row && style.flex_wrap == FlexWrap::Nowrap => (items.len(), items.len()),
            _ => (1, 1),
        };
        let (first, last) = (first.min(items.len()), items.len().saturating_sub(last));
        (items[..first].to_vec(), items[last..].to_vec())
    }

    /// Cuts the tree at its forced breaks. A box that a break cuts is doubled: its first part keeps its
    /// top end, its last part its bottom end.
    pub fn segments(&mut self) -> Vec<Segment> {
        let first = self.get(self.root).break_before;
        let mut pieces = self.cut(self.root);
        pieces[0].before = first;
        let segment = |Piece { root, before }: Piece| Segment {
            root,
            page: self.get(root).first_page.clone(),
            side: before.side(),
        };
        pieces.into_iter().map(segment).collect()
    }

    fn cut(&mut self, id: BoxId) -> Vec<Piece> {
        let whole = |root| vec![Piece { root, before: BreakBetween::Auto }];
        let BoxContent::Blocks(children) = &self.get(id).content else { return whole(id) };
        let children = children.clone();
        let mut groups: Vec<(BreakBetween, Vec<BoxId>)> = vec![(BreakBetween::Auto, vec![])];
        // The last box in flow before a child: a break is forced between it and the child.
        let mut previous: Option<BoxId> = None;
        let mut changed = false;
        for child in children {
            if self.is_absolute(child) {
                groups.last_mut().expect("never empty").1.push(child);
                continue;
            }
            let mut parts = self.cut(child).into_iter();
            changed |= parts.len() > 1;
            if let Some(forced) = previous.and_then(|p| self.forced(p, child)) {
                groups.push((forced, vec![]));
            }
            groups.last_mut().expect("never empty").1.extend(parts.next().map(|part| part.root));
            groups.extend(parts.map(|part| (part.before, vec![part.root])));
            previous = Some(child);
        }
        if groups.len() == 1 && !changed {
            return whole(id);
        }
        let last = groups.len() - 1;
        let whole = self.get(id).clone();
        let mut parts = vec![];
        for (index, (before, group)) in groups.into_iter().enumerate() {
            let mut part = whole.clone();
            part.ends =
                Ends { top: whole.ends.top && index == 0, bottom: whole.ends.bottom && index == last };
            part.content = BoxContent::Blocks(group);
            if index > 0 {
                part.marker = None;
                part.strings.clear();
            }
            let made = self.push_part(part);
            self.propagate(made);
            parts.push(Piece { root: made, before });
        }
        parts
    }

    /// The break between two siblings, if it is forced.
    fn forced(&self, before: BoxId, after: BoxId) -> Option<BreakBetween> {
        let (before, after) = (self.get(before), self.get(after));
        let said = stronger(before.break_after, after.break_before);
        match said.is_forced() {
            true => Some(said),
            false => (before.last_page != after.first_page).then_some(BreakBetween::Page),
        }
    }
}

/// A forced break wins over an avoided one, and that over auto; of two sides the later one said (CSS
/// Fragmentation 3 §3.1).
pub(super) fn stronger(a: BreakBetween, b: BreakBetween) -> BreakBetween {
    use BreakBetween::*;
    match (a, b) {
        (_, Left | Right) => b,
        (Left | Right, _) => a,
        (Page, _) | (_, Page) => Page,
        (Avoid, _) | (_, Avoid) => Avoid,
        (Auto, Auto) => Auto,
    }
}
