//! Absolutely positioned boxes (CSS 2.2 §10.3.7, §10.6.4, §10.3.8).
//!
//! They are laid out last, page by page: only then is it known which page their place in the flow came
//! to, and the box that contains them there. In a containing block that pages cut, those with an offset
//! from its top or bottom stand in all of it, on the page that their place falls on; the others on the page
//! of their place in the flow.

use std::collections::BTreeMap;

use super::boxes::{BoxContent, BoxId, BoxTree};
use super::engine::{Context, Engine, Space};
use super::fragment::{Edge, Placed, StaticPlace};
use super::paint::contains;
use super::sizing::*;
use crate::layout::pages::Rect;
use crate::style::values::*;

/// Boxes that are absolutely positioned with an offset from the top or bottom, in document order, by what
/// contains them: a box in one piece.
pub(super) type Contained = BTreeMap<BoxId, Vec<BoxId>>;

/// What is in the trees of some roots.
pub(super) fn contained(tree: &BoxTree, roots: impl Iterator<Item = BoxId>) -> Contained {
    let mut found = Contained::new();
    roots.for_each(|root| gather(tree, root, None, &mut found));
    found
}

fn gather(tree: &BoxTree, id: BoxId, container: Option<BoxId>, found: &mut Contained) {
    let b = tree.get(id);
    let is_offset = [b.style.inset.top, b.style.inset.bottom] != [LengthOrAuto::Auto; 2];
    if let Some(container) = container.filter(|_| tree.is_absolute(id) && is_offset) {
        found.entry(container).or_default().push(id);
    }
    let container = if contains(&b.style) { Some(b.whole) } else { container };
    match &b.content {
        BoxContent::Blocks(children) => {
            children.iter().for_each(|child| gather(tree, *child, container, found));
        }
        BoxContent::Inline(inline) => {
            let in_inline = |id: BoxId| inline.contained.iter().any(|(inside, _)| *inside == id);
            for &id in inline.absolutes.iter().chain(inline.atomics.iter().map(|(_, id)| id)) {
                gather(tree, id, container.filter(|_| !in_inline(id)), found);
            }
        }
        BoxContent::Flex(items) | BoxContent::Grid(items) => {
            for &id in items.in_flow.iter() {
                gather(tree, id, container, found);
            }
            let own = contains(&b.style) && matches!(b.content, BoxContent::Grid(_));
            for &id in items.absolutes.iter() {
                // The area of a grid contains what is placed in it.
                let in_area = own && is_placed(&tree.get(id).style);
                gather(tree, id, container.filter(|_| !in_area), found);
            }
        }
        BoxContent::TableWrapper { above, grid, below } => {
            for &id in above.iter().chain([grid]).chain(below) {
                gather(tree, id, container, found);
            }
        }
        BoxContent::Table(table) => {
            for row in &table.rows {
                // A row or group that is positioned contains what is in its cells.
                let around = [Some(row.row), row.group];
                let in_row = around.into_iter().flatten().any(|id| contains(&tree.get(id).style));
                for cell in &row.cells {
                    gather(tree, cell.cell, container.filter(|_| !in_row), found);
                }
            }
        }
        BoxContent::Replaced(_) | BoxContent::Bullet(_) | BoxContent::Laid(_) => {}
    }
}

/// Whether a child of a grid says a line of it.
pub(super) fn is_placed(style: &ComputedStyle) -> bool {
    [&style.grid_column.0, &style.grid_column.1, &style.grid_row.0, &style.grid_row.1]
        .iter()
        .any(|line| **line != GridLine::Auto)
}

impl Engine<'_> {
    /// Lays a box out in its containing block `cb`; `flow` is its static position. Both, and the result,
    /// in px on the page.
    pub fn absolute(&mut self, id: BoxId, cb: Rect, flow: StaticPlace) -> Placed {
        let style = self.tree.get(id).style.clone();
        let base = ContainingBlock { width: cb.width, height: Some(cb.height) };
        let edges = edges(self.tree.get(id), cb.width);
        let offset = |value: LengthOrAuto, base: f32| match value {
            LengthOrAuto::Auto => None,
            LengthOrAuto::Length(length) => Some(length.resolve(base)),
        };
        let left = offset(style.inset.left, cb.width);
        let right = offset(style.inset.right, cb.width);
        let top = offset(style.inset.top, cb.height);
        let bottom = offset(style.inset.bottom, cb.height);
        let auto = |m: LengthOrAuto| m == LengthOrAuto::Auto;

        let inset = edges.inset();
        let across = match (left, right) {
            (Some(left), Some(right)) => cb.width - left - right,
            (Some(one), None) | (None, Some(one)) => cb.width - one,
            (None, None) if flow.across == Edge::Start => cb.x + cb.width - flow.area.x,
            (None, None) => flow.area.width,
        };
        let stretches = auto(style.width)
            && style.width_by_content.is_none()
            && left.is_some()
            && right.is_some()
            && self.stretches(id);
        let width = if stretches {
            let limits = Limits::widths(&style, Some(cb.width), inset.horizontal());
            limits.clamp((across - edges.margin.horizontal()).max(inset.horizontal()))
        } else {
            self.shrink_to_fit(id, across.max(0.0), base)
        };
        let along = match (top, bottom) {
            (Some(top), Some(bottom)) => Some(cb.height - top - bottom),
            _ => None,
        };
        let height = along.filter(|_| auto(style.height) && self.stretches(id)).map(|along| {
            let limits = Limits::heights(&style, Some(cb.height), inset.vertical());
            limits.clamp((along - edges.margin.vertical()).max(inset.vertical()))
        });
        let (border, context) = (None, Context::Independent);
        let fragment = self.layout(id, Space { cb: base, width, height, border, context }).fragment;

        let margins =
            |from: Option<f32>, to: Option<f32>, auto: (bool, bool), spare: f32, own: f32| match (
                from.is_some() && to.is_some(),
                auto,
            ) {
                (true, (true, true)) => spare.max(0.0) / 2.0,
                (true, (true, false)) => spare,
                _ => own,
            };
        let spare = across - fragment.width - edges.margin.horizontal();
        let autos = (auto(style.margin.left), auto(style.margin.right));
        let margin_left = margins(left, right, autos, spare, edges.margin.left);
        let x = match (left, right) {
            (Some(left), _) => cb.x + left + margin_left,
            (None, Some(right)) => cb.x + cb.width - right - edges.margin.right - fragment.width,
            (None, None) => {
                let whole = fragment.width + edges.margin.horizontal();
                flow.area.x + flow.across.align(flow.area.width, whole) + margin_left
            }
        };
        let spare = along.unwrap_or(0.0) - fragment.height - edges.margin.vertical();
        let autos = (auto(style.margin.top), auto(style.margin.bottom));
        let margin_top = margins(top, bottom, autos, spare, edges.margin.top);
        let y = match (top, bottom) {
            (Some(top), _) => cb.y + top + margin_top,
            (None, Some(bottom)) => cb.y + cb.height - bottom - edges.margin.bottom - fragment.height,
            (None, None) => {
                let whole = fragment.height + edges.margin.vertical();
                flow.area.y + flow.down.align(flow.area.height, whole) + margin_top
            }
        };
        Placed { x, y, fragment }
    }

    /// Pictures and tables keep their own size between two offsets.
    fn stretches(&self, id: BoxId) -> bool {
        use super::boxes::BoxContent::*;
        !matches!(self.tree.get(id).content, Replaced(_) | TableWrapper { .. })
    }
}
