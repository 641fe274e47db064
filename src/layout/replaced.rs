//! Pictures: sizes that keep their ratio (CSS 2.2 §10.3.2, §10.4, §10.6.2).

use super::boxes::{BoxContent, BoxId};
use super::engine::Engine;
use super::sizing::{Intrinsic, border_size, definite, edges};
use crate::style::values::*;

/// px, content box.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    pub width: f32,
    pub height: f32,
    /// Its height if pages were endless.
    pub wanted: f32,
}

impl Engine<'_> {
    /// Content size of a picture, px, and the height it would have if a page could hold it: one that is
    /// taller is made smaller, since a picture cut at the page's edge is worth less than a small one.
    /// `width` and `height` are the containing block's, where they are known.
    pub fn replaced_size(&self, id: BoxId, width: Option<f32>, height: Option<f32>) -> Used {
        let b = self.tree.get(id);
        let BoxContent::Replaced(picture) = &b.content else { return Used::default() };
        let style = &b.style;
        let cb = (width, height);
        let edges = edges(b, width.unwrap_or(0.0));
        let (across, along) = (edges.inset().horizontal(), edges.inset().vertical());
        let content = |value: f32, inset: f32| (border_size(style, value, inset) - inset).max(0.0);
        let width = definite(style.width, cb.0).map(|v| content(v, across));
        let height = definite(style.height, cb.1).map(|v| content(v, along));
        let mut natural = (picture.width.max(0.0), picture.height.max(0.0));
        if !picture.is_sized() && natural.0 > 0.0 {
            // CSS 2.2 §10.3.2: as wide as a block would be; where that is not known, 300 px.
            const UNKNOWN: f32 = 300.0;
            let block = |width: f32| (width - edges.margin.horizontal() - across).max(0.0);
            let width = cb.0.map_or(UNKNOWN, block);
            natural = (width, width * natural.1 / natural.0);
        }
        let ratio = style
            .aspect_ratio
            .filter(|r| *r > 0.0)
            .or((natural.0 > 0.0 && natural.1 > 0.0).then(|| natural.0 / natural.1));
        let (w, h) = match (width, height, ratio) {
            (Some(w), Some(h), _) => (w, h),
            (Some(w), None, Some(ratio)) => (w, w / ratio),
            (Some(w), None, None) => (w, natural.1),
            (None, Some(h), Some(ratio)) => (h * ratio, h),
            (None, Some(h), None) => (natural.0, h),
            (None, None, Some(ratio)) => (natural.0, natural.0 / ratio),
            (None, None, None) => natural,
        };
        let min_w = definite(style.min_width, cb.0).map_or(0.0, |v| content(v, across));
        let max_w = definite(style.max_width, cb.0).map_or(f32::INFINITY, |v| content(v, across));
        let min_h = definite(style.min_height, cb.1).map_or(0.0, |v| content(v, along));
        let max_h = definite(style.max_height, cb.1).map_or(f32::INFINITY, |v| content(v, along));
        let (mut w, mut h) = match (width, height, ratio) {
            // The table of CSS 2.2 §10.4: where both are auto, the limits keep the ratio.
            (None, None, Some(ratio)) => constrain(w, h, ratio, (min_w, max_w), (min_h, max_h)),
            (Some(_), None, Some(ratio)) => {
                let w = w.min(max_w).max(min_w);
                (w, (w / ratio).min(max_h).max(min_h))
            }
            (None, Some(_), Some(ratio)) => {
                let h = h.min(max_h).max(min_h);
                ((h * ratio).min(max_w).max(min_w), h)
            }
            _ => (w.min(max_w).max(min_w), h.min(max_h).max(min_h)),
        };
        // It leaves room for what has to stand above it on its page, if that is not most of the page.
        let lead = if self.lead < self.room / 2.0 { self.lead } else { 0.0 };
        let room = (self.room - lead - along - edges.margin.vertical()).max(1.0);
        let wanted = h;
        if style.position != Position::Absolute && h > room + 0.05 {
            w *= room / h;
            h = room;
        }
        Used { width: w, height: h, wanted }
    }

    /// A picture's part in its container's intrinsic width: none of its own where it goes by a
    /// percentage of that container (CSS Sizing 3 §5.2.2).
    pub fn replaced_contribution(&self, id: BoxId, which: Intrinsic) -> f32 {
        let style = &self.tree.get(id).style;
        let relative = |v: LengthOrAuto| matches!(v, LengthOrAuto::Length(l) if l.is_relative());
        let sized = match &self.tree.get(id).content {
            BoxContent::Replaced(picture) => picture.is_sized(),
            _ => true,
        };
        if which == Intrinsic::Min && !sized && [style.width, style.height] == [LengthOrAuto::Auto; 2] {
            return 0.0;
        }
        if which == Intrinsic::Min && (relative(style.width) || relative(style.max_width)) {
            return 0.0;
        }
        self.replaced_size(id, None, None).width
    }
}

/// The table of constraint violations in CSS 2.2 §10.4.
fn constrain(
    w: f32,
    h: f32,
    ratio: f32,
    (min_w, max_w): (f32, f32),
    (min_h, max_h): (f32, f32),
) -> (f32, f32) {
    let (max_w, max_h) = (max_w.max(min_w), max_h.max(min_h));
    let by_w = |w: f32| w / ratio;
    let by_h = |h: f32| h * ratio;
    match (w > max_w, w < min_w, h > max_h, h < min_h) {
        (true, _, true, _) if by_w(max_w) <= max_h => (max_w, by_w(max_w).max(min_h)),
        (true, _, true, _) => (by_h(max_h).max(min_w), max_h),
        (_, true, _, true) if by_w(min_w) >= min_h => (min_w, by_w(min_w).min(max_h)),
        (_, true, _, true) => (by_h(min_h).min(max_w), min_h),
        (_, true, true, _) => (min_w, max_h),
        (true, _, _, true) => (max_w, min_h),
        (true, ..) => (max_w, by_w(max_w).max(min_h)),
        (_, true, ..) => (min_w, by_w(min_w).min(max_h)),
        (_, _, true, _) => (by_h(max_h).max(min_w), max_h),
        (_, _, _, true) => (by_h(min_h).min(max_w), min_h),
        _ => (w, h),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the table in CSS 2.2 §10.4, for a picture of 200 × 100.
    #[test]
    fn constraint_violations() {
        let inf = f32::INFINITY;
        for (min_max_w, min_max_h, expected) in [
            ((0.0, inf), (0.0, inf), (200.0, 100.0)),
            ((0.0, 100.0), (0.0, inf), (100.0, 50.0)),
            ((400.0, inf), (0.0, inf), (400.0, 200.0)),
            ((0.0, inf), (0.0, 50.0), (100.0, 50.0)),
            ((0.0, inf), (200.0, inf), (400.0, 200.0)),
            ((0.0, 100.0), (0.0, 80.0), (100.0, 50.0)),
            ((0.0, 180.0), (0.0, 50.0), (100.0, 50.0)),
            ((300.0, inf), (200.0, inf), (400.0, 200.0)),
            ((300.0, inf), (0.0, 50.0), (300.0, 50.0)),
            ((0.0, 100.0), (200.0, inf), (100.0, 200.0)),
            ((500.0, 300.0), (0.0, inf), (500.0, 250.0)),
        ] {
            let used = constrain(200.0, 100.0, 2.0, min_max_w, min_max_h);
            assert_eq!(used, expected, "{min_max_w:?} {min_max_h:?}");
        }
    }
}
