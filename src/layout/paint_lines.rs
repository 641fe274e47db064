//! What stands in block boxes: lines of text with their inline boxes, and markers of lists.

use super::boxes::{BoxContent, BoxId, Bullet, Ends};
use super::decoration::*;
use super::fragment::*;
use super::marker::bullet_shape;
use super::paint::{Around, Layer, Painter, Whole};
use crate::document::tree::NodeId;
use crate::layout::inline::{BoxFragment, LineItem};
use crate::layout::pages::*;
use crate::style::values::*;

impl Painter<'_, '_> {
    pub(super) fn lines(
        &mut self,
        fragment: &Fragment,
        lines: &LineRange,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
    ) {
        self.engine.diagnostics.extend(lines.lines.problems.iter().cloned());
        self.begun |= !(self.repeated || lines.range.is_empty());
        let style = &self.engine.tree.get(fragment.box_id).style;
        let hidden = style.text.visibility == Visibility::Hidden;
        let x = at.0 + fragment.inset.left;
        let inline = match &self.engine.tree.get(fragment.box_id).content {
            BoxContent::Inline(inline) => Some(inline.clone()),
            _ => None,
        };
        let inside = |painter: &Self, layer: &Layer, id: usize| -> Around {
            let contained = inline.iter().flat_map(|inline| &inline.contained);
            match contained.into_iter().find(|(box_id, _)| box_id.index() == id) {
                Some((_, node)) => {
                    let cb = painter.inline_container(fragment, lines, *node, at);
                    Around::of(cb.unwrap_or(around.cb), layer)
                }
                None => around,
            }
        };
        for index in lines.range.clone() {
            let y = at.1 + lines.tops[index] - fragment.consumed;
            let line = lines.shaped.set(self.engine.faces, &lines.lines, index);
            if !lines.lines.problems.is_empty() {
                self.told.extend(line.items.iter().filter_map(LineItem::text_node));
            }
            for item in line.items {
                match item {
                    // The lines under hidden text.
                    LineItem::Paint(Item { owner: Owner::Artifact(_), .. }) if hidden => {}
                    LineItem::Paint(item) => self.push(item, (x, y), &mut layer.content),
                    LineItem::Box(inline) => {
                        let rect = Rect { x: inline.rect.x + x, y: inline.rect.y + y, ..inline.rect };
                        let cut = !(inline.starts && inline.ends);
                        let strip = match cut && !inline.style.background.is_empty() {
                            true => Some(self.strip(lines, inline.node, index)),
                            false => None,
                        };
                        let room = fragment.width - fragment.inset.left - fragment.inset.right;
                        self.inline_box(&BoxFragment { rect, ..inline }, strip, room, layer);
                    }
                    LineItem::Atomic { id, x: dx, y: dy } => {
                        let placed =
                            lines.atomics.iter().find(|p| p.fragment.box_id.index() == id).cloned();
                        if let Some(Placed { x: left, y: top, fragment }) = placed {
                            let place = (x + dx + left, y + dy + top);
                            let around = inside(self, layer, id);
                            self.fragment(&fragment, place, layer, around, Whole::Atomic);
                        }
                    }
                    LineItem::Anchor { id, x: dx, begins } => {
                        let anchored = BoxId(id as u32);
                        let around = inside(self, layer, id);
                        let room = fragment.width - fragment.inset.left - fragment.inset.right;
                        let bottom = y + lines.lines.lines[index].height;
                        // A block would have stood below what is on the line before it.
                        let style = &self.engine.tree.get(anchored).style;
                        let place = match style.said_display.unwrap_or(style.display) {
                            display if display == Display::Inline || display.is_atomic() => (x + dx, y),
                            _ if begins => (x, y),
                            _ => (x, bottom),
                        };
                        let place = StaticPlace::at(place.0, place.1, room);
                        self.absolute(anchored, place, layer, around);
                    }
                }
            }
            for link in line.links {
                let rect = Rect { x: link.rect.x + x, y: link.rect.y + y, ..link.rect };
                self.link(link.owner, rect);
            }
            if !self.repeated {
                self.starts.extend(line.starts.iter().map(|&(node, dx, dy)| (node, x + dx, y + dy)));
            }
        }
    }

    /// What a positioned inline box contains absolutely: from the start of its first part on this page to the
    /// end of its last, inside its borders (CSS 2.2 §10.1).
    fn inline_container(
        &self,
        fragment: &Fragment,
        lines: &LineRange,
        node: NodeId,
        at: (f32, f32),
    ) -> Option<Rect> {
        let x = at.0 + fragment.inset.left;
        let mut parts = lines.range.clone().flat_map(|index| {
            let y = at.1 + lines.tops[index] - fragment.consumed;
            let items = lines.shaped.set(self.engine.faces, &lines.lines, index).items;
            items.into_iter().filter_map(move |item| match item {
                LineItem::Box(part) if part.node == node => {
                    let border = &part.style.border;
                    let border = Sides {
                        top: border.top.width,
                        right: if part.ends { border.right.width } else { 0.0 },
                        bottom: border.bottom.width,
                        left: if part.starts { border.left.width } else { 0.0 },
                    };
                    let rect = Rect { x: part.rect.x + x, y: part.rect.y + y, ..part.rect };
                    Some(inset(rect, border))
                }
                _ => None,
            })
        });
        let first = parts.next()?;
        let last = parts.last().unwrap_or(first);
        let (right, bottom) = (last.x + last.width, last.y + last.height);
        let (width, height) = ((right - first.x).max(0.0), (bottom - first.y).max(0.0));
        Some(Rect { width, height, ..first })
    }

    /// The parts of an inline box side by side, as `box-decoration-break: slice` has them: how much of it
    /// stands on the lines before `index`, and its width, px.
    fn strip(&self, lines: &LineRange, node: NodeId, index: usize) -> (f32, f32) {
        let (mut before, mut all) = (0.0, 0.0);
        for at in 0..lines.lines.lines.len() {
            for item in lines.shaped.set(self.engine.faces, &lines.lines, at).items {
                if let LineItem::Box(part) = item
                    && part.node == node
                {
                    all += part.rect.width;
                    before += if at < index { part.rect.width } else { 0.0 };
                }
            }
        }
        (before, all)
    }

    /// `strip` says of a part where it stands in the whole box; percentages are of `room`, px.
    fn inline_box(
        &mut self,
        inline: &BoxFragment,
        strip: Option<(f32, f32)>,
        room: f32,
        layer: &mut Layer,
    ) {
        let BoxFragment { ref style, rect, starts, ends, .. } = *inline;
        if style.text.visibility == Visibility::Hidden {
            return;
        }
        let border = Sides {
            top: style.border.top.width,
            right: style.border.right.width,
            bottom: style.border.bottom.width,
            left: style.border.left.width,
        };
        let padding = Sides {
            top: style.padding.top.resolve(room),
            right: style.padding.right.resolve(room),
            bottom: style.padding.bottom.resolve(room),
            left: style.padding.left.resolve(room),
        };
        let here = |edges: Sides<f32>| Sides {
            right: if ends { edges.right } else { 0.0 },
            left: if starts { edges.left } else { 0.0 },
            ..edges
        };
        let assembled = strip.map(|(before, width)| Assembled {
            rect: Rect { x: rect.x - before, width, ..rect },
            border,
            padding,
        });
        let (border, padding) = (here(border), here(padding));
        let (sides, ends) = ((starts, ends), Ends::BOTH);
        let box_ = Decorated { style, rect, border, padding, ends, sides, assembled };
        box_.background(self.engine.pictures, &mut layer.content);
        box_.borders(&mut layer.content);
    }

    pub(super) fn marker(
        &mut self,
        id: BoxId,
        marker: &PlacedMarker,
        at: (f32, f32),
        out: &mut Vec<Item>,
    ) {
        let (right, baseline) = (at.0 + marker.right, at.1 + marker.baseline);
        match &marker.content {
            PlacedMarkerContent::Bullet(bullet) => {
                let Some(own) = &self.engine.tree.get(id).marker else { return };
                let left = right - super::marker::bullet_advance(&own.style);
                let style = own.style.clone();
                self.bullet_at(id, *bullet, &style, (left, baseline), out);
            }
            PlacedMarkerContent::Text { shaped, lines } => {
                let Some(line) = lines.lines.first() else { return };
                let place = (right - line.width, baseline - line.baseline);
                for item in shaped.set(self.engine.faces, lines, 0).items {
                    if let LineItem::Paint(item) = item {
                        self.push(item, place, out);
                    }
                }
            }
        }
    }

    /// A marker in its item's first line: its box stands on the baseline.
    pub(super) fn bullet(&mut self, id: BoxId, bullet: Bullet, at: (f32, f32), out: &mut Vec<Item>) {
        let style = self.engine.tree.get(id).style.clone();
        self.bullet_at(id, bullet, &style, at, out);
    }

    fn bullet_at(
        &mut self,
        id: BoxId,
        bullet: Bullet,
        style: &ComputedStyle,
        (x, baseline): (f32, f32),
        out: &mut Vec<Item>,
    ) {
        let shape = bullet_shape(bullet, style);
        let rect =
            Rect { x: x + shape.x, y: baseline - shape.top, width: shape.size, height: shape.size };
        let color = style.text.color;
        let shape = match bullet {
            Bullet::Disc => {
                Shape { outline: ellipse(rect), fill: Some(Fill::Color(color)), stroke: None }
            }
            Bullet::Square => {
                Shape { outline: Outline::rect(rect), fill: Some(Fill::Color(color)), stroke: None }
            }
            Bullet::Circle => {
                let middle = inset(rect, Sides::all(shape.stroke / 2.0));
                let stroke = Stroke { width: shape.stroke, color, dashes: vec![], round_cap: false };
                Shape { outline: ellipse(middle), fill: None, stroke: Some(stroke) }
            }
        };
        let owner = Owner::Label(self.engine.tree.get(id).node);
        self.push(Item { owner, paint: Paint::Shape(shape) }, (0.0, 0.0), out);
    }
}
