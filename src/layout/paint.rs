//! Fragments become the items of a page, in painting order (CSS 2.2 Appendix E).
//!
//! One walk fills a [`Layer`]'s lists: backgrounds of blocks, content, and the layers above and below.
//! A positioned or translucent box is a layer of its own; `z-index: auto` counts as 0. Flex and grid
//! items and inline-blocks are painted as wholes.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::boxes::{BoxId, Ends, Origin};
use super::decoration::*;
use super::engine::Engine;
use super::fragment::*;
use super::fragmentation::{Room, take};
use super::slices::Slices;
use crate::document::tree::NodeId;
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
    pub strings: Vec<SetString>,
    /// Whether something of the document stands on the page already.
    pub begun: bool,
    /// The box whose background covers the whole sheet.
    pub canvas: Option<BoxId>,
    /// Of the boxes that pages cut, how tall all of their parts are together.
    pub slices: &'p mut Slices,
    /// In a repeated table head: what is painted is an artifact, and nothing begins there.
    pub repeated: bool,
    /// What was said already not to fit: texts whose lines stick out, tables and boxes.
    pub told: BTreeSet<NodeId>,
}

/// A named string that an element on a page sets.
pub(super) struct SetString {
    pub name: Arc<str>,
    pub value: String,
    /// Whether nothing stands on the page before the element.
    pub opens: bool,
}

/// A stacking context while it is filled.
#[derive(Default)]
pub(super) struct Layer {
    /// Background and border of the box that it belongs to.
    own: Vec<Item>,
    pub blocks: Vec<Item>,
    pub content: Vec<Item>,
    above: Vec<(i32, Vec<Item>)>,
    /// What clips the walk's present place.
    clips: Vec<Outline>,
}

/// What holds for a box's descendants.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The containing block of absolutely positioned boxes, and how many clips are outside it.
    pub cb: Rect,
    clips: usize,
    container: Container,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    /// All of it is on this page.
    Whole,
    /// Pages cut it: what is placed in all of it is painted with the part that it falls on.
    Part,
}

impl Around {
    /// What holds in a containing block that has all clips of a layer round it.
    pub(super) fn of(cb: Rect, layer: &Layer) -> Around {
        Around { cb, clips: layer.clips.len(), container: Container::Whole }
    }
}

/// How a fragment is painted into the layer around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
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
        let around = Around { cb: area, clips: 0, container: Container::Whole };
        self.fragment(fragment, (area.x, area.y), &mut layer, around, Whole::Block);
        layer.into_items()
    }

    /// `at` is the border box's top-left corner.
    pub(super) fn fragment(
        &mut self,
        fragment: &Rc<Fragment>,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
        whole: Whole,
    ) {
        let style = self.engine.tree.get(fragment.box_id).style.clone();
        let at = (at.0 + fragment.shift.0, at.1 + fragment.shift.1);
        if whole == Whole::Block && !is_raised(&style) {
            return self.inside(fragment, &style, at, layer, around, Backgrounds::OfLayer);
        }
        let rect = Rect { x: at.0, y: at.1, width: fragment.width, height: fragment.height };
        let padding_box = inset(rect, used_border(fragment));
        self.layered(&style, (rect, padding_box), whole, layer, around, |painter, own, around| {
            painter.inside(fragment, &style, at, own, around, Backgrounds::Own);
        });
    }

    /// Paints a box into a layer of its own, and that into the layer around it: at its height where it is
    /// raised, else in the place of its content. Its border box and padding box are px on the page.
    pub(super) fn layered(
        &mut self,
        style: &ComputedStyle,
        (rect, padding_box): (Rect, Rect),
        whole: Whole,
        layer: &mut Layer,
        around: Around,
        paint: impl FnOnce(&mut Self, &mut Layer, Around),
    ) {
        let positioned = style.position != Position::Static;
        // CSS Flexbox 1 §5.4, CSS Grid 2 §8.5: items take a `z-index` without being positioned.
        let z_index = style.z_index.filter(|_| positioned || whole == Whole::Item);
        let composed = style.opacity < 1.0 || !style.transform.is_empty();
        let raised = is_raised(style) || z_index.is_some();
        let contains = contains(style);
        let mut own = Layer::default();
        let around_own = match (raised, contains) {
            (_, true) => Around { cb: padding_box, clips: 0, container: Container::Whole },
            (true, false) => Around { clips: 0, ..around },
            (false, false) => {
                own.clips = layer.clips.clone();
                around
            }
        };
        let (links, starts) = (self.links.len(), self.starts.len());
        paint(self, &mut own, around_own);
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
        let items = self.composed(style, rect, own.into_items(), (links, starts));
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
        let padding = used_padding(fragment);
        let (ends, sides) = (fragment.ends, (true, true));
        let assembled = self.assembled(fragment, style, rect);
        let shown =
            assembled.filter(|_| !style.background.is_empty() && self.canvas != Some(fragment.box_id));
        let box_ = Decorated { style, rect, border, padding, ends, sides, assembled: shown };
        if style.text.visibility == Visibility::Visible {
            let out = match backgrounds {
                Backgrounds::Own => &mut layer.own,
                Backgrounds::OfLayer => &mut layer.blocks,
            };
            if self.canvas != Some(fragment.box_id) {
                let whole = shown.map_or(rect, |assembled| assembled.rect);
                self.warn_of_coarse_background(fragment.box_id, whole);
                box_.background(self.engine.pictures, out);
            }
            box_.borders(out);
        }
        let replaced = matches!(fragment.content, FragmentContent::Picture { .. });
        let clips = style.overflow == Overflow::Hidden && !replaced;
        let mut around = around;
        if clips {
            layer.begin_clip(box_.inner_outline());
            // CSS Overflow 3 §3: it hides those of its descendants that it contains, or a box in it.
            if contains(style) {
                around.clips = layer.clips.len();
            }
        }
        let assembled = assembled.filter(|_| contains(style));
        if assembled.is_some() {
            around.container = Container::Part;
        }
        self.content(fragment, &box_, at, layer, around);
        if let Some(marker) = &fragment.marker {
            let place = (at.0, at.1 - fragment.consumed);
            self.marker(fragment.box_id, marker, place, &mut layer.content);
        }
        for anchor in &fragment.anchors {
            let moved = (at.0, at.1 - fragment.consumed);
            let around = match anchor.grid_area.filter(|_| contains(style)) {
                Some(area) => {
                    let Area { x, y, width, height } = area;
                    let cb = Rect { x: x + moved.0, y: y + moved.1, width, height };
                    Around { cb, container: Container::Whole, ..around }
                }
                None => around,
            };
            self.absolute(anchor.box_id, anchor.place.moved(moved), layer, around);
        }
        if let Some(assembled) = assembled {
            self.absolutes_of_part(fragment, rect, &assembled, layer, around);
        }
        if clips {
            layer.end_clip();
        }
    }

    /// Paints an absolutely positioned box; its static position is in px on the page.
    pub(super) fn absolute(&mut self, id: BoxId, place: StaticPlace, layer: &mut Layer, around: Around) {
        let inset = self.engine.tree.get(id).style.inset;
        let is_offset = [inset.top, inset.bottom] != [LengthOrAuto::Auto; 2];
        if around.container == Container::Part && is_offset {
            return;
        }
        let placed = self.engine.absolute(id, around.cb, place);
        self.fragment(&placed.fragment, (placed.x, placed.y), layer, around, Whole::Block);
    }

    /// Paints what of the boxes that a cut box contains falls on its part on this page; `assembled` is all of
    /// the cut box.
    fn absolutes_of_part(
        &mut self,
        part: &Fragment,
        rect: Rect,
        assembled: &Assembled,
        layer: &mut Layer,
        around: Around,
    ) {
        let cb = inset(assembled.rect, assembled.border);
        let around = Around { cb, container: Container::Whole, ..around };
        let bottom = rect.y + rect.height;
        let is_first = assembled.rect.y >= rect.y - 0.5;
        let is_last = assembled.rect.y + assembled.rect.height <= bottom + 0.5;
        let place = StaticPlace::at(cb.x + assembled.padding.left, cb.y, cb.width);
        for id in self.slices.contained(self.engine.tree.get(part.box_id).whole) {
            let rest = self.slices.rests.remove(&id);
            let placed = self.engine.absolute(id, cb, place);
            let begins = (is_first || placed.y >= rect.y) && (is_last || placed.y < bottom);
            let (fragment, y) = match rest {
                Some(rest) => (rest, rect.y),
                None if begins => (Rc::unwrap_or_clone(placed.fragment), placed.y),
                None => continue,
            };
            // What reaches below this part goes on in the next.
            let height = if is_last { f32::INFINITY } else { bottom - y };
            let taken = take(fragment.clone(), Room { height, fresh: height });
            if taken.overflows && !is_last && y > rect.y + 0.5 {
                // Nothing of it has room here.
                self.slices.rests.insert(id, fragment);
                continue;
            }
            self.slices.rests.extend(taken.rest.map(|rest| (id, rest)));
            self.fragment(&Rc::new(taken.head), (placed.x, y), layer, around, Whole::Block);
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
                let later = children.iter().skip(1);
                self.warn_of_breaks_within(
                    later.map(|child| (child.before, child.placed.fragment.box_id)),
                );
                for child in children {
                    let Placed { x, y, fragment: inner } = &child.placed;
                    let place = (at.0 + x, at.1 + y - fragment.consumed);
                    self.fragment(inner, place, layer, around, Whole::Block);
                }
            }
            FragmentContent::Lines(lines) => self.lines(fragment, lines, at, layer, around),
            FragmentContent::Bands(bands) => self.bands(fragment, bands, at, layer, around),
            FragmentContent::Picture { wanted } => {
                self.begun |= !self.repeated;
                self.picture(fragment, box_, *wanted, &mut layer.content)
            }
            FragmentContent::Bullet(bullet) => {
                self.bullet(fragment.box_id, *bullet, at, &mut layer.content);
            }
        }
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

    /// Where a box that is cut would stand in one piece, if something depends on that.
    fn assembled(
        &mut self,
        fragment: &Fragment,
        style: &ComputedStyle,
        rect: Rect,
    ) -> Option<Assembled> {
        let b = self.engine.tree.get(fragment.box_id);
        if self.repeated {
            return None;
        }
        let (above, height) = self.slices.next(b.whole, fragment)?;
        let rect = Rect { y: rect.y - above, height, ..rect };
        let own = match b.ends {
            Ends::BOTH => fragment.border,
            // A part of a box that a forced break cuts: it was laid out without the edges of the others.
            _ => Sides {
                top: style.border.top.width,
                bottom: style.border.bottom.width,
                ..fragment.border
            },
        };
        let (inset, border) = (fragment.inset, fragment.border);
        let padding = Sides {
            top: inset.top - border.top,
            right: inset.right - border.right,
            bottom: inset.bottom - border.bottom,
            left: inset.left - border.left,
        };
        Some(Assembled { rect, border: own, padding })
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
        item.paint.translate(dx, dy);
        out.push(item);
    }

    /// What a box's first part does: it is where links to it lead, and it sets named strings.
    fn begins(&mut self, fragment: &Fragment, at: (f32, f32)) {
        let b = self.engine.tree.get(fragment.box_id);
        if self.repeated || !fragment.ends.top || b.origin == Origin::Generated {
            return;
        }
        let opens = !self.begun;
        let set = |(name, value): &(Arc<str>, String)| SetString {
            name: name.clone(),
            value: value.clone(),
            opens,
        };
        self.strings.extend(b.strings.iter().map(set));
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

/// Likewise its padding.
fn used_padding(fragment: &Fragment) -> Sides<f32> {
    let (inset, border) = (fragment.inset, fragment.border);
    let Ends { top, bottom } = fragment.ends;
    Sides {
        top: if top { inset.top - border.top } else { 0.0 },
        right: inset.right - border.right,
        bottom: if bottom { inset.bottom - border.bottom } else { 0.0 },
        left: inset.left - border.left,
    }
}

/// Whether a box is painted above the flow around it, as one (CSS 2.2 Appendix E, CSS Color 4 §4.2, CSS
/// Transforms 1 §3).
pub(super) fn is_raised(style: &ComputedStyle) -> bool {
    style.position != Position::Static || style.opacity < 1.0 || !style.transform.is_empty()
}

/// Whether a box contains the absolutely positioned boxes in it (CSS Position 3 §3.1, CSS Transforms 1 §3).
pub(super) fn contains(style: &ComputedStyle) -> bool {
    style.position != Position::Static || !style.transform.is_empty()
}
