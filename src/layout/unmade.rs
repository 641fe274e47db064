//! Breaks that a sheet forces and no page is turned for, since they stand in a row of boxes: what stands beside
//! them goes on.

use super::boxes::BoxId;
use super::fragment::{Band, Bands, Between, Fragment};
use super::paint::Painter;
use crate::diagnostic::Diagnostic;

impl Painter<'_, '_> {
    /// Between boxes of one page: had the break been made, the one below it would be the page's first.
    pub(super) fn warn_of_breaks_within(&mut self, boxes: impl Iterator<Item = (Between, BoxId)>) {
        for (before, id) in boxes {
            if matches!(before, Between::Forced(_)) && !self.repeated {
                self.warn_of_unmade_break(
                    id,
                    "no page is turned before this box: it stands in a row of boxes",
                    "let it stand in the page's flow, or in a column of boxes",
                );
            }
        }
    }

    /// A break that is forced before an item of the first row, or after one of the last, is its container's; of
    /// those that only their places show to stand there it is said that they are not made.
    pub(super) fn warn_of_breaks_in_outer_rows(&mut self, fragment: &Fragment, bands: &Bands) {
        let cells = |band: Option<&Band>| -> Vec<BoxId> {
            band.into_iter().flat_map(|band| &band.cells).map(|cell| cell.fragment.box_id).collect()
        };
        let first = cells(bands.bands.front().filter(|_| fragment.ends.top));
        let last = cells(bands.bands.back().filter(|_| fragment.ends.bottom));
        let tree = &self.engine.tree;
        let container = tree.get(fragment.box_id);
        let before = !container.break_before.is_forced();
        let before = first.into_iter().filter(|id| before && tree.get(*id).break_before.is_forced());
        let after = !container.break_after.is_forced();
        let after = last.into_iter().filter(|id| after && tree.get(*id).break_after.is_forced());
        let unmade: Vec<_> =
            before.map(|id| ("before", id)).chain(after.map(|id| ("after", id))).collect();
        for (side, id) in unmade {
            self.warn_of_unmade_break(
                id,
                &format!(
                    "no page is turned {side} this box, which stands beside others in an outer row"
                ),
                &format!("give the box that it is an item of `break-{side}`"),
            );
        }
    }

    fn warn_of_unmade_break(&mut self, id: BoxId, message: &str, hint: &str) {
        let place = self.engine.document.node(self.engine.tree.get(id).node).place.clone();
        self.engine.report(Diagnostic::warning(message).maybe_at(place).hint(hint));
    }
}
