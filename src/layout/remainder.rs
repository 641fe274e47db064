//! What a page's end leaves of the document, as boxes again: the next page may be of another width (CSS
//! Fragmentation 3 §5.1, variable inline size).
//!
//! Blocks and paragraphs go on in the width of their new page. Rows of tables, grids and flex boxes are
//! aligned with those above the break: what is left of them keeps its width, with a warning.

use std::rc::Rc;

use super::boxes::*;
use super::engine::{Cache, Engine};
use super::fragment::{Fragment, FragmentContent};
use crate::diagnostic::Diagnostic;

impl Engine<'_> {
    /// A box of what is left of a box that a page's end cut.
    pub fn remainder(&mut self, rest: &Rc<Fragment>) -> BoxId {
        let whole = self.tree.get(rest.box_id).clone();
        let anchored = |id: &BoxId| rest.anchors.iter().any(|anchor| anchor.box_id == *id);
        let (content, resumed) = match (&rest.content, &whole.content) {
            (FragmentContent::Flow(children), BoxContent::Blocks(all)) if !children.is_empty() => {
                let first = &children[0].placed.fragment;
                let begun = !first.ends.top;
                let at = all.iter().position(|id| self.stands_for(*id) == first.box_id).unwrap_or(0);
                let mut left: Vec<BoxId> = all[..at]
                    .iter()
                    .copied()
                    .filter(|id| self.tree.is_absolute(*id) && anchored(id))
                    .collect();
                left.push(if begun { self.remainder(first) } else { all[at] });
                let after = all[at + 1..].iter().copied();
                left.extend(after.filter(|id| !self.tree.is_absolute(*id) || anchored(id)));
                (BoxContent::Blocks(left), Some(Resumed::AtBox))
            }
            (FragmentContent::Lines(lines), BoxContent::Inline(_)) if lines.range.start > 0 => {
                let from = Resumed::AtLine(lines.lines.clone(), lines.range.start);
                (whole.content.clone(), Some(from))
            }
            // None of what is left of it found room on the page.
            (FragmentContent::Lines(_), BoxContent::Inline(_)) if whole.resumed.is_some() => {
                (whole.content.clone(), whole.resumed.clone())
            }
            _ => (BoxContent::Laid(rest.clone()), None),
        };
        let part = LayoutBox {
            content,
            resumed,
            ends: Ends { top: false, ..whole.ends },
            marker: whole.marker.clone().filter(|_| rest.marker.is_some()),
            strings: vec![],
            ..whole
        };
        let id = self.tree.push_part(part);
        self.caches.push(Cache::default());
        id
    }

    /// The box whose fragment a box in flow gives.
    fn stands_for(&self, id: BoxId) -> BoxId {
        match &self.tree.get(id).content {
            BoxContent::Laid(fragment) => fragment.box_id,
            _ => id,
        }
    }

    /// Says of what keeps its width that it does, where its place now has another.
    pub fn warn_of_kept_width(&mut self, fragment: &Fragment, width: f32) {
        if (fragment.width - width).abs() <= 0.5 {
            return;
        }
        let place = self.document.node(self.tree.get(fragment.box_id).node).place.clone();
        let message =
            "this began on a page of one width and goes on where a page has another: it keeps its width";
        self.report(
            Diagnostic::warning(message)
                .maybe_at(place)
                .hint("force a break before it or within it, or give both pages the same side margins"),
        );
    }
}
