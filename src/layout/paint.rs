//! Fragments become the items of a page, in painting order (CSS 2.2 Appendix E).
//!
//! One walk fills a [`Layer`]'s lists: backgrounds of blocks, content, and the layers above and below.
//! A positioned or translucent box is a layer of its own; `z-index: auto` counts as 0. Flex and grid
//! items and inline-blocks are painted as wholes.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::boxes::{BoxContent, BoxId, Bullet, Ends, Origin};
use super::decoration::*;
use super::engine::Engine;
use super::fragment::*;
use super::marker::bullet_shape;
use crate::document::tree::NodeId;
use crate::layout::inline::LineItem;
use crate::layout::pages::*;
use crate::style::values::*;

/// A page while it is painted.
pub(super) struct Painter<'p, 'a> {
    pub engine: &'p mut Engine<'a>,
    pub styles: &'a Styles,
    pub sheet: Rect,
    pub links: Vec<LinkArea>,
    /// Elements that begin on this page, with their top-left corner.
    pub starts: Vec<(NodeId, f32, f32)>,
    /// Named strings set on this page, in order.
    pub strings: Vec<(Arc<str>, String)>,
    /// The box whose background covers the whole sheet.
    pub canvas: Option<BoxId>,
    /// In a repeated table head: what is painted is an artifact, and nothing begins there.
    pub repeated: bool,
    /// What was said already not to fit: texts whose lines stick out, tables and boxes.
    pub told: BTreeSet<NodeId>,
}

/// A stacking context while it is filled.
#[derive(Default)]
struct Layer {
    /// Background and border of the box that it belongs to.
    own: Vec<Item>,
    blocks: Vec<Item>,
    content: Vec<Item>,
    above: Vec<(i32, Vec<Item>)>,
    /// What clips the walk's present place.
    clips: Vec<Outline>,
}

/// What holds for a box's descendants.
#[derive(Clone, Copy)]
struct Around {
    /// The containing block of absolutely positioned boxes, and how many clips are outside it.
    cb: Rect,
    clips: usize,
}

/// How a fragment is painted into the layer around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// Backgrounds of blocks first, then content, over all of them.
    Block,
    /// All of it in the place of its content.
    Atomic,
    /// Likewise: an item of a flex or grid container.
    Item,
}

/// Where a box's own background and border go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backgrounds {
    /// At the bottom of the layer, which is the box's own.
    Own,
    /// Among those of the blocks of the layer.
    OfLayer,
}

impl Layer {
    fn into_items(mut self) -> Vec<Item> {
        self.above.sort_by_key(|(z, _)| *z);
        let mut items = self.own;
        let split = self.above.partition_point(|(z, _)| *z < 0);
        let over = self.above.split_off(split);
        items.extend(self.above.into_iter().flat_map(|(_, items)| items));
        items.append(&mut self.blocks);
        items.append(&mut self.content);
        items.extend(over.into_iter().flat_map(|(_, items)| items));
        items
    }

    fn begin_clip(&mut self, clip: Outline) {
        for list in [&mut self.blocks, &mut self.content] {
            list.push(begin_clip(clip.clone()));
        }
        self.clips.push(clip);
    }

    fn end_clip(&mut self) {
        self.clips.pop();
        for list in [&mut self.blocks, &mut self.content] {
            match list.last().map(|item| &item.paint) {
                Some(Paint::BeginGroup(_)) => drop(list.pop()),
                _ => list.push(layout_item(Paint::EndGroup)),
            }
        }
    }

    /// Adds a layer's items, clipped as the first `clips` of this one's clips say.
    fn stack(&mut self, z: i32, items: Vec<Item>, clips: usize) {
        if items.is_empty() {
            return;
        }
        let mut wrapped: Vec<Item> = self.clips[..clips.min(self.clips.len())]
            .iter()
            .map(|clip| begin_clip(clip.clone()))
            .collect();
        let groups = wrapped.len();
        wrapped.extend(items);
        wrapped.extend((0..groups).map(|_| layout_item(Paint::EndGroup)));
        self.above.push((z, wrapped));
    }
}

impl Painter<'_, '_> {
    /// Paints the part of the document that stands on this page, in the page's area.
    pub fn root(&mut self, fragment: &Rc<Fragment>, area: Rect) -> Vec<Item> {
        let mut layer = Layer::default();
        let around = Around { cb: area, clips: 0 };
        self.fragment(fragment, (area.x, area.y), &mut layer, around, Whole::Block);
        layer.into_items()
    }

    /// `at` is the border box's top-left corner.
    fn fragment(
        &mut self,
        fragment: &Rc<Fragment>,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
        whole: Whole,
    ) {
        let style = self.engine.tree.get(fragment.box_id).style.clone();
        let positioned = style.position != Position::Static;
        let at = match style.position {
            Position::Relative => relative(&style, at, around.cb),
            _ => at,
        };
        // CSS Flexbox 1 §5.4, CSS Grid 2 §8.5: items take a `z-index` without being positioned.
        let z_index = style.z_index.filter(|_| positioned || whole == Whole::Item);
        let composed = style.opacity < 1.0 || !style.transform.is_empty();
        let raised = positioned || composed || z_index.is_some();
        if !raised && whole == Whole::Block {
            return self.inside(fragment, &style, at, layer, around, Backgrounds::OfLayer);
        }
        let rect = Rect { x: at.0, y: at.1, width: fragment.width, height: fragment.height };
        let contains = positioned || !style.transform.is_empty();
        let mut own = Layer::default();
        let around_own = match (raised, contains) {
            (_, true) => Around { cb: inset(rect, used_border(fragment)), clips: 0 },
            (true, false) => Around { clips: 0, ..around },
            (false, false) => {
                own.clips = layer.clips.clone();
                around
            }
        };
        let (links, starts) = (self.links.len(), self.starts.len());
        self.inside(fragment, &style, at, &mut own, around_own, Backgrounds::Own);
        let clips = match style.position {
            Position::Absolute => around.clips,
            _ => layer.clips.len(),
        };
        if !raised {
            layer.above.append(&mut own.above);
            layer.content.append(&mut own.into_items());
            return;
        }
        // CSS 2.2 §9.9.1: with `z-index: auto` the layers inside belong to the stack around.
        let inner = match z_index.is_none() && !composed {
            true => std::mem::take(&mut own.above),
            false => vec![],
        };
        let (behind, inner): (Vec<_>, Vec<_>) = inner.into_iter().partition(|(z, _)| *z < 0);
        for (z, items) in behind {
            layer.stack(z, items, clips);
        }
        let items = self.composed(&style, rect, own.into_items(), (links, starts));
        layer.stack(z_index.unwrap_or(0), items, clips);
        for (z, items) in inner {
            layer.stack(z, items, clips);
        }
    }

    /// A layer's items under its box's opacity and transform (CSS Transforms 1 §3). Links and starts from
    /// these indices on are in it: they are where they are seen.
    fn composed(
        &mut self,
        style: &ComputedStyle,
        rect: Rect,
        mut items: Vec<Item>,
        (links, starts): (usize, usize),
    ) -> Vec<Item> {
        let transform = (!style.transform.is_empty()).then(|| {
            let origin = (
                rect.x + style.transform_origin.x.resolve(rect.width),
                rect.y + style.transform_origin.y.resolve(rect.height),
            );
            Matrix::of(&style.transform, (rect.width, rect.height), origin)
        });
        if let Some(matrix) = transform {
            for link in &mut self.links[links..] {
                link.rect = link.rect.transformed(matrix);
            }
            for (_, x, y) in &mut self.starts[starts..] {
                (*x, *y) = matrix.apply((*x, *y));
            }
        }
        let opacity = (style.opacity < 1.0).then(|| style.opacity.clamp(0.0, 1.0));
        if (transform.is_some() || opacity.is_some()) && !items.is_empty() {
            items.insert(0, begin(Group { transform, clip: None, opacity }));
            items.push(layout_item(Paint::EndGroup));
        }
        items
    }

    fn inside(
        &mut self,
        fragment: &Rc<Fragment>,
        style: &Arc<ComputedStyle>,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
        backgrounds: Backgrounds,
    ) {
        self.begins(fragment, at);
        self.warn_of_width(fragment, at.0);
        let rect = Rect { x: at.0, y: at.1, width: fragment.width, height: fragment.height };
        let border = used_border(fragment);
        let (ends, sides) = (fragment.ends, (true, true));
        let box_ = Decorated { style, rect, border, ends, sides };
        if style.text.visibility == Visibility::Visible {
            let out = match backgrounds {
                Backgrounds::Own => &mut layer.own,
                Backgrounds::OfLayer => &mut layer.blocks,
            };
            if self.canvas != Some(fragment.box_id) {
                self.warn_of_coarse_background(fragment.box_id, rect);
                box_.background(self.engine.pictures, out);
            }
            box_.borders(out);
        }
        let replaced = matches!(fragment.content, FragmentContent::Picture { .. });
        let clips = style.overflow == Overflow::Hidden && !replaced;
        if clips {
            layer.begin_clip(box_.inner_outline());
        }
        self.content(fragment, &box_, at, layer, around);
        if let Some(marker) = &fragment.marker {
            let place = (at.0, at.1 - fragment.consumed);
            self.marker(fragment.box_id, marker, place, &mut layer.content);
        }
        for anchor in &fragment.anchors {
            let flow = (at.0 + anchor.x, at.1 + anchor.y - fragment.consumed);
            let placed = self.engine.absolute(anchor.box_id, around.cb, flow);
            self.fragment(&placed.fragment, (placed.x, placed.y), layer, around, Whole::Block);
        }
        if clips {
            layer.end_clip();
        }
    }

    fn content(
        &mut self,
        fragment: &Rc<Fragment>,
        box_: &Decorated,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
    ) {
        match &fragment.content {
            FragmentContent::Empty => {}
            FragmentContent::Flow(children) => {
                for child in children {
                    let Placed { x, y, fragment: inner } = &child.placed;
                    let place = (at.0 + x, at.1 + y - fragment.consumed);
                    self.fragment(inner, place, layer, around, Whole::Block);
                }
            }
            FragmentContent::Lines(lines) => self.lines(fragment, lines, at, layer, around),
            FragmentContent::Bands(bands) => self.bands(fragment, bands, at, layer, around),
            FragmentContent::Picture { wanted } => {
                self.picture(fragment, box_, *wanted, &mut layer.content)
            }
            FragmentContent::Bullet(bullet) => {
                self.bullet(fragment.box_id, *bullet, at, &mut layer.content);
            }
        }
    }

    fn bands(
        &mut self,
        fragment: &Fragment,
        bands: &Bands,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
    ) {
        let whole = match self.engine.tree.get(fragment.box_id).content {
            BoxContent::Table(_) => Whole::Block,
            _ => Whole::Item,
        };
        // Where each row stands, and whether it is the one that is read.
        let mut rows: Vec<(&Band, (f32, f32), bool)> = vec![];
        if let (Some(head), Some(first)) = (&bands.head, bands.bands.front()) {
            let top = at.1 + first.y - fragment.consumed - head.height;
            rows.extend(head.bands.iter().map(|band| (band, (at.0, top + band.y), head.first)));
        }
        let in_table = |y: f32| (at.0, at.1 + y - fragment.consumed);
        rows.extend(bands.bands.iter().map(|band| (band, in_table(band.y), true)));
        if let (Some(foot), Some(last)) = (&bands.foot, bands.bands.back()) {
            let top = last.y + last.height;
            let read = fragment.ends.bottom;
            rows.extend(foot.bands.iter().map(|band| (band, in_table(top + band.y), read)));
        }
        for (band, place, read) in &rows {
            let repeated = self.repeated;
            self.repeated |= !read;
            self.band(band, *place, layer, around, whole);
            self.repeated = repeated;
        }
        for (band, place, _) in rows {
            self.rules(band, place, layer);
        }
    }

    fn band(&mut self, band: &Band, at: (f32, f32), layer: &mut Layer, around: Around, whole: Whole) {
        let on_page = |area: Area| Rect {
            x: at.0 + area.x,
            y: at.1 + area.y,
            width: area.width,
            height: area.height,
        };
        for back in &band.backs {
            let b = self.engine.tree.get(back.box_id);
            let (node, style) = (b.node, b.style.clone());
            let rect = on_page(back.area);
            if b.origin == Origin::Principal && b.ends.top {
                self.starts.extend((!self.repeated).then_some((node, rect.x, rect.y)));
            }
            let (ends, sides) = (Ends::BOTH, (true, true));
            let back = Decorated { style: &style, rect, border: Sides::default(), ends, sides };
            if style.text.visibility == Visibility::Visible {
                let mut painted = vec![];
                back.background(self.engine.pictures, &mut painted);
                if !painted.is_empty() {
                    let cells = seen_in_cells(rect, band.cells.iter().map(|cell| on_page(cell.area())));
                    layer.blocks.extend(cells.clone().map(begin_clip));
                    layer.blocks.append(&mut painted);
                    layer.blocks.extend(cells.map(|_| end_clip()));
                }
            }
        }
        for cell in &band.cells {
            let place = (at.0 + cell.x, at.1 + cell.y);
            self.fragment(&cell.fragment, place, layer, around, whole);
        }
    }

    /// The lines of a collapsed table, over the backgrounds of all its rows.
    fn rules(&mut self, band: &Band, at: (f32, f32), layer: &mut Layer) {
        for r in &band.rules {
            let Area { x, y, width, height } = r.area;
            if width > 0.0 && height > 0.0 && r.border.color.a > 0.0 {
                layer.blocks.push(rule(r.border, Rect { x: at.0 + x, y: at.1 + y, width, height }));
            }
        }
    }

    fn lines(
        &mut self,
        fragment: &Fragment,
        lines: &LineRange,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
    ) {
        self.engine.diagnostics.extend(lines.lines.problems.iter().cloned());
        let style = &self.engine.tree.get(fragment.box_id).style;
        let hidden = style.text.visibility == Visibility::Hidden;
        let x = at.0 + fragment.inset.left;
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
                        self.inline_box(&inline.style, rect, (inline.starts, inline.ends), layer);
                    }
                    LineItem::Atomic { id, x: dx, y: dy } => {
                        let placed =
                            lines.atomics.iter().find(|p| p.fragment.box_id.index() == id).cloned();
                        if let Some(Placed { x: left, y: top, fragment }) = placed {
                            let place = (x + dx + left, y + dy + top);
                            self.fragment(&fragment, place, layer, around, Whole::Atomic);
                        }
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

    fn inline_box(&mut self, style: &ComputedStyle, rect: Rect, sides: (bool, bool), layer: &mut Layer) {
        if style.text.visibility == Visibility::Hidden {
            return;
        }
        let border = Sides {
            top: style.border.top.width,
            right: if sides.1 { style.border.right.width } else { 0.0 },
            bottom: style.border.bottom.width,
            left: if sides.0 { style.border.left.width } else { 0.0 },
        };
        let box_ = Decorated { style, rect, border, ends: Ends::BOTH, sides };
        box_.background(self.engine.pictures, &mut layer.content);
        box_.borders(&mut layer.content);
    }

    fn marker(&mut self, id: BoxId, marker: &PlacedMarker, at: (f32, f32), out: &mut Vec<Item>) {
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
    fn bullet(&mut self, id: BoxId, bullet: Bullet, at: (f32, f32), out: &mut Vec<Item>) {
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

    /// The `<a href>` round a picture.
    pub(super) fn link_of(&self, node: NodeId) -> Option<NodeId> {
        let document = self.engine.document;
        document.ancestors(node).find(|&n| {
            document.element(n).is_some_and(|e| e.name == "a" && e.attribute("href").is_some())
        })
    }

    pub(super) fn link(&mut self, owner: NodeId, rect: Rect) {
        if !self.repeated && rect.width > 0.0 && rect.height > 0.0 {
            self.links.push(LinkArea { owner, rect });
        }
    }

    /// Adds an item at its place, unless it is hidden.
    pub(super) fn push(&self, mut item: Item, (dx, dy): (f32, f32), out: &mut Vec<Item>) {
        if let Some(node) = item.owner.node()
            && self.styles.nodes[node.index()].style.text.visibility == Visibility::Hidden
        {
            return;
        }
        if self.repeated {
            item.owner = Owner::Artifact(Artifact::Layout);
        }
        translate(&mut item.paint, dx, dy);
        out.push(item);
    }

    /// What a box's first part does: it is where links to it lead, and it sets named strings.
    fn begins(&mut self, fragment: &Fragment, at: (f32, f32)) {
        let b = self.engine.tree.get(fragment.box_id);
        if self.repeated || !fragment.ends.top || b.origin == Origin::Generated {
            return;
        }
        self.strings.extend(b.strings.iter().cloned());
        self.starts.push((b.node, at.0, at.1));
    }
}

/// Used border widths of a fragment: none at an end that is on another page.
fn used_border(fragment: &Fragment) -> Sides<f32> {
    let Sides { top, right, bottom, left } = fragment.border;
    let Ends { top: has_top, bottom: has_bottom } = fragment.ends;
    Sides {
        top: if has_top { top } else { 0.0 },
        right,
        bottom: if has_bottom { bottom } else { 0.0 },
        left,
    }
}

/// CSS 2.2 §9.4.3. Percentages are of the containing block; here the nearest positioned one's, which is
/// the same for the widths and heights that layouts use.
fn relative(style: &ComputedStyle, at: (f32, f32), cb: Rect) -> (f32, f32) {
    let offset = |from: LengthOrAuto, to: LengthOrAuto, base: f32| match (from, to) {
        (LengthOrAuto::Length(length), _) => length.resolve(base),
        (_, LengthOrAuto::Length(length)) => -length.resolve(base),
        _ => 0.0,
    };
    let dx = offset(style.inset.left, style.inset.right, cb.width);
    let dy = offset(style.inset.top, style.inset.bottom, cb.height);
    (at.0 + dx, at.1 + dy)
}

/// Where the background of a row is seen: behind its cells, not in the spacing between them (CSS 2.2
/// §17.6.1). None where they cover all of it.
fn seen_in_cells(row: Rect, cells: impl Iterator<Item = Rect>) -> Option<Outline> {
    let (mut segments, mut covered) = (vec![], 0.0);
    for cell in cells {
        let height = (row.y + row.height).min(cell.y + cell.height) - row.y.max(cell.y);
        if height > 0.0 {
            covered += height * cell.width;
            segments.extend(Outline::rect(cell).segments);
        }
    }
    (covered < row.width * row.height - 0.5).then_some(Outline { segments })
}
