//! Block containers of inline content: the paragraph engine's lines, given a place.

use std::rc::Rc;
use std::sync::Arc;

use super::boxes::{BoxContent, BoxId, InlineContent, Resumed};
use super::engine::{AtomicSize, ContentBox, Context, Engine, Inner, Space};
use super::fragment::*;
use super::sizing::*;
use crate::layout::inline::{Part, Shaped, shape};
use crate::style::values::Overflow;

impl<'a> Engine<'a> {
    /// Lines in a content box. Absolutely positioned boxes in the text are painted with the lines that they
    /// would have stood on.
    pub fn paragraph(
        &mut self,
        id: BoxId,
        inline: &Arc<InlineContent<'a>>,
        content_box: ContentBox,
    ) -> Inner {
        let cb = ContainingBlock { width: content_box.width, height: content_box.height };
        let mut atomics = vec![];
        let mut sizes = vec![];
        let room = self.room;
        self.room -= self.depth_under_boxes(id, inline);
        for &(_, atomic) in &inline.atomics {
            let (placed, size) = self.atomic(atomic, cb);
            atomics.push(placed);
            sizes.push(size);
        }
        self.room = room;
        let shaped = self.shaped(id, inline, sizes);
        let lines = match &self.tree.get(id).resumed {
            Some(Resumed::AtLine(lines, first)) => shaped.break_again(lines, *first, content_box.width),
            _ => shaped.break_lines(content_box.width),
        };
        let mut tops = Vec::with_capacity(lines.lines.len() + 1);
        let mut bottom = content_box.y;
        tops.push(bottom);
        for line in &lines.lines {
            bottom += line.height;
            tops.push(bottom);
        }
        let mut inner = Inner::new(FragmentContent::Empty, bottom - content_box.y);
        let count = lines.lines.len();
        if count == 0 {
            let place = StaticPlace::at(content_box.x, content_box.y, content_box.width);
            let anchor = |&box_id| Anchor { box_id, place, grid_area: None };
            inner.anchors = inline.absolutes.iter().map(anchor).collect();
            inner.through = true;
            return inner;
        }
        inner.first_baseline = Some(tops[0] + lines.lines[0].baseline);
        inner.last_baseline = Some(tops[count - 1] + lines.lines[count - 1].baseline);
        let text = &self.tree.get(id).style.text;
        inner.content = FragmentContent::Lines(LineRange {
            shaped,
            lines: Rc::new(lines),
            atomics: atomics.into(),
            range: 0..count,
            tops: tops.into(),
            orphans: text.orphans as usize,
            widows: text.widows as usize,
        });
        inner
    }

    /// px that a line takes below a box that stands in it: a picture that fills its page leaves them free.
    fn depth_under_boxes(&mut self, id: BoxId, inline: &Arc<InlineContent<'a>>) -> f32 {
        let is_bullet = |&(_, atomic): &(usize, BoxId)| {
            matches!(self.tree.get(atomic).content, BoxContent::Bullet(_))
        };
        if inline.atomics.iter().all(is_bullet) {
            return 0.0;
        }
        let unknown = AtomicSize { width: 0.0, height: 0.0, baseline: 0.0 };
        self.shaped(id, inline, vec![unknown; inline.atomics.len()]).strut_depth()
    }

    /// An atomic inline-level box, placed in its own margin box, and that box's size (CSS 2.2 §10.8: its
    /// baseline is its last line's, or its bottom margin edge).
    fn atomic(&mut self, id: BoxId, cb: ContainingBlock) -> (Placed, AtomicSize) {
        let width = self.shrink_to_fit(id, cb.width, cb);
        let context = Context::Independent;
        let laid = self.layout(id, Space { cb, width, height: None, border: None, context });
        let b = self.tree.get(id);
        let margin = edges(b, cb.width).margin;
        let hides = b.style.overflow == Overflow::Hidden;
        let fragment = laid.fragment;
        let height = fragment.height + margin.vertical();
        let baseline = match fragment.last_baseline {
            Some(baseline) if !hides => margin.top + baseline,
            _ => height,
        };
        let size = AtomicSize { width: fragment.width + margin.horizontal(), height, baseline };
        (Placed { x: margin.left, y: margin.top, fragment }, size)
    }

    pub fn paragraph_intrinsic(
        &mut self,
        id: BoxId,
        inline: &Arc<InlineContent<'a>>,
        which: Intrinsic,
    ) -> f32 {
        let size = |engine: &mut Self, atomic| AtomicSize {
            width: match engine.tree.get(atomic).content {
                BoxContent::Bullet(_) => engine.intrinsic(atomic, which),
                _ => engine.contribution(atomic, which),
            },
            height: 0.0,
            baseline: 0.0,
        };
        let sizes = inline.atomics.iter().map(|&(_, atomic)| size(self, atomic)).collect();
        let shaped = self.shaped(id, inline, sizes);
        match which {
            Intrinsic::Min => shaped.min_content(),
            Intrinsic::Max => shaped.max_content(),
        }
    }

    /// Shapes once for each set of sizes of the atomic boxes: once for all where there are none.
    fn shaped(
        &mut self,
        id: BoxId,
        inline: &Arc<InlineContent<'a>>,
        sizes: Vec<AtomicSize>,
    ) -> Rc<Shaped> {
        let known = &self.caches[id.index()].shaped;
        if let Some((_, shaped)) = known.iter().find(|(known, _)| *known == sizes) {
            return shaped.clone();
        }
        let shaped = if sizes.is_empty() {
            shape(&inline.paragraph, self.faces, self.diagnostics)
        } else {
            let mut paragraph = inline.paragraph.clone();
            for (&(index, _), size) in inline.atomics.iter().zip(&sizes) {
                if let Some(Part::Atomic { width, height, baseline, .. }) =
                    paragraph.parts.get_mut(index)
                {
                    (*width, *height, *baseline) = (size.width, size.height, size.baseline);
                }
            }
            shape(&paragraph, self.faces, self.diagnostics)
        };
        let shaped = Rc::new(shaped);
        self.caches[id.index()].shaped.push((sizes, shaped.clone()));
        shaped
    }
}
