//! How tall the parts of a cut box are together: its background is drawn as if they were one box, then cut
//! (CSS Fragmentation 3 §5.4, `box-decoration-break: slice`), and what it contains absolutely is placed in
//! all of it (CSS Position 3 §3.1).
//!
//! A page is printed before the next is cut, and its part of a background depends on all of them. So where
//! something depends on a box's height, the document is cut once more, beforehand.

use std::collections::BTreeMap;

use super::boxes::{BoxId, BoxTree};
use super::fragment::{Fragment, FragmentContent};
use super::positioned::{Contained, contained};
use super::press::Press;
use super::segments::Segment;

#[derive(Debug, Default)]
pub(super) struct Slices {
    /// By the box in one piece.
    heights: BTreeMap<BoxId, Slice>,
    contained: Contained,
    /// What goes on of the absolutely positioned boxes that reach into the next part of their container.
    pub rests: BTreeMap<BoxId, Fragment>,
}

/// px.
#[derive(Clone, Copy, Debug, Default)]
struct Slice {
    /// Of all parts.
    height: f32,
    /// Of those that are printed.
    printed: f32,
}

impl Slices {
    /// For the next part of a box: how much of the box stands on earlier pages, and the height of all of it,
    /// px. None where it is in one piece or nothing depends on it.
    pub fn next(&mut self, whole: BoxId, part: &Fragment) -> Option<(f32, f32)> {
        let slice = self.heights.get_mut(&whole).filter(|_| is_part(part))?;
        let above = slice.printed;
        slice.printed += part.height;
        Some((above, slice.height.max(slice.printed)))
    }

    /// What is placed in all of a box by offsets from its top or bottom.
    pub fn contained(&self, whole: BoxId) -> Vec<BoxId> {
        self.contained.get(&whole).cloned().unwrap_or_default()
    }

    fn add(&mut self, tree: &BoxTree, fragment: &Fragment) {
        let b = tree.get(fragment.box_id);
        let counts = !b.style.background.is_empty() || self.contained.contains_key(&b.whole);
        if is_part(fragment) && counts {
            self.heights.entry(b.whole).or_default().height += fragment.height;
        }
        match &fragment.content {
            FragmentContent::Flow(children) => {
                children.iter().for_each(|child| self.add(tree, &child.placed.fragment));
            }
            FragmentContent::Bands(bands) => {
                let cells = bands.bands.iter().flat_map(|band| &band.cells);
                cells.for_each(|cell| self.add(tree, &cell.fragment));
            }
            _ => {}
        }
    }
}

fn is_part(fragment: &Fragment) -> bool {
    !(fragment.ends.top && fragment.ends.bottom)
}

impl Press<'_> {
    /// Measures the boxes that pages will cut, where a background depends on it.
    pub fn measure_slices(&mut self, segments: &[Segment]) {
        let tree = &self.engine.tree;
        let canvas: Vec<BoxId> = segments.iter().filter_map(|s| self.canvas(s.root)).collect();
        let mut boxes = (0..tree.boxes.len() as u32).map(BoxId);
        let contained = contained(tree, segments.iter().map(|segment| segment.root));
        let shows = |id| !tree.get(id).style.background.is_empty() && !canvas.contains(&id);
        if contained.is_empty() && !boxes.any(shows) {
            return;
        }
        let mut slices = Slices { contained, ..Slices::default() };
        let mut index = 0;
        for segment in segments {
            index += usize::from(self.is_turned(segment.side, index));
            let mut begun = self.begin(segment, segment.root, index);
            loop {
                let taken = self.cut(segment, &mut begun, index).0;
                slices.add(&self.engine.tree, &taken.head);
                index += 1;
                index += usize::from(self.is_turned(taken.side(), index));
                let Some(rest) = taken.rest else { break };
                begun = self.go_on(segment, rest, begun, index);
            }
        }
        self.slices = slices;
    }
}
