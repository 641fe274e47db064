//! Absolutely positioned boxes (CSS 2.2 §10.3.7, §10.6.4, §10.3.8).
//!
//! They are laid out last, page by page: only then is it known which page their place in the flow came
//! to, and the box that contains them there. A containing block that pages cut counts with its part on
//! that page.

use super::boxes::BoxId;
use super::engine::{Context, Engine, Space};
use super::fragment::Placed;
use super::sizing::*;
use crate::layout::pages::Rect;
use crate::style::values::*;

impl Engine<'_> {
    /// Lays a box out in its containing block `cb`; `flow` is its static position. Both, and the result,
    /// in px on the page.
    pub fn absolute(&mut self, id: BoxId, cb: Rect, flow: (f32, f32)) -> Placed {
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
            (None, None) => cb.x + cb.width - flow.0,
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
            (None, None) => flow.0 + margin_left,
        };
        let spare = along.unwrap_or(0.0) - fragment.height - edges.margin.vertical();
        let autos = (auto(style.margin.top), auto(style.margin.bottom));
        let margin_top = margins(top, bottom, autos, spare, edges.margin.top);
        let y = match (top, bottom) {
            (Some(top), _) => cb.y + top + margin_top,
            (None, Some(bottom)) => cb.y + cb.height - bottom - edges.margin.bottom - fragment.height,
            (None, None) => flow.1 + margin_top,
        };
        Placed { x, y, fragment }
    }

    /// Pictures and tables keep their own size between two offsets.
    fn stretches(&self, id: BoxId) -> bool {
        use super::boxes::BoxContent::*;
        !matches!(self.tree.get(id).content, Replaced(_) | TableWrapper { .. })
    }
}
