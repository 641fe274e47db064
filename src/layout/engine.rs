//! Layout of one box at one width, with what is remembered between trials.
//!
//! Flex, grid and tables try their content at several widths before they settle; every answer is kept,
//! so that nesting them costs no more than their sum.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use taffy::CollapsibleMarginSet;

use super::Pictures;
use super::boxes::*;
use super::fragment::*;
use super::segments::stronger;
use super::sizing::*;
use super::table::Measured;
use super::taffy_style::Calcs;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::Document;
use crate::font::Faces;
use crate::layout::inline::Shaped;
use crate::style::values::*;

pub(super) struct Engine<'a> {
    pub tree: BoxTree<'a>,
    pub document: &'a Document,
    pub faces: &'a Faces,
    pub pictures: &'a Pictures,
    pub diagnostics: &'a mut Diagnostics,
    pub caches: Vec<Cache>,
    /// The tallest thing that a page can hold where layout now stands: the page's area, less the edges
    /// of the boxes around.
    pub room: f32,
    /// px of what has to stand above the next box on the same page: a heading, say.
    pub lead: f32,
    /// Height of the page's area, px.
    pub page_height: f32,
    pub calcs: Rc<RefCell<Calcs>>,
    /// By path, the pictures with too few pixels: where each is coarsest (dpi), and what to say of it.
    pub coarse: BTreeMap<String, (f32, Diagnostic)>,
}

/// What is known of one box.
#[derive(Default)]
pub(super) struct Cache {
    /// Intrinsic content widths, by [`Intrinsic`].
    pub intrinsic: [Option<f32>; 2],
    /// Its paragraph, by the sizes of the atomic boxes in it.
    pub shaped: Vec<(Vec<AtomicSize>, Rc<Shaped>)>,
    pub laid: Vec<(Space, Laid)>,
    pub taffy: taffy::Cache,
    pub style: Option<Rc<taffy::Style<String>>>,
    /// Where taffy put it as an item, and what was laid out for that.
    pub place: taffy::Layout,
    pub item: Option<Laid>,
    pub table: Option<Rc<Measured>>,
}

/// px, margin box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtomicSize {
    pub width: f32,
    pub height: f32,
    pub baseline: f32,
}

/// What a box is laid out in. Equal spaces give equal results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Space {
    pub cb: ContainingBlock,
    /// Border box.
    pub width: f32,
    /// Border box, where the container decides it.
    pub height: Option<f32>,
    /// Border widths that win over the style's: those of cells in a collapsed table.
    pub border: Option<Sides<f32>>,
    pub context: Context,
}

/// Whether a block container's margins may join its container's (CSS 2.2 §8.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A box in block flow.
    Flow,
    /// A flex or grid item, a cell, an atomic or absolutely positioned box.
    Independent,
}

/// A box laid out, with the margins of its children that stick out of it.
#[derive(Clone)]
pub(super) struct Laid {
    pub fragment: Rc<Fragment>,
    pub top: CollapsibleMarginSet,
    pub bottom: CollapsibleMarginSet,
    /// Its own top and bottom margins join (CSS 2.2 §8.3.1): all of them are in `top`.
    pub through: bool,
    /// px: the border box's height that content asks for, whatever the style says.
    pub natural: f32,
}

/// What a formatting context makes inside a content box; y from the border box's top.
pub(super) struct Inner {
    pub content: FragmentContent,
    /// Content height.
    pub height: f32,
    pub anchors: Vec<Anchor>,
    pub first_baseline: Option<f32>,
    pub last_baseline: Option<f32>,
    pub top: CollapsibleMarginSet,
    pub bottom: CollapsibleMarginSet,
    /// Nothing in it has a height.
    pub through: bool,
}

impl Inner {
    pub fn new(content: FragmentContent, height: f32) -> Inner {
        Inner {
            content,
            height,
            anchors: vec![],
            first_baseline: None,
            last_baseline: None,
            top: CollapsibleMarginSet::ZERO,
            bottom: CollapsibleMarginSet::ZERO,
            through: false,
        }
    }
}

/// What the margin of a container's first child in flow does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rim {
    /// It stays inside the container.
    Closed,
    /// It adjoins the container's own.
    Open,
    /// A page begins there, and it is dropped.
    Cut,
}

/// A content box, px: where its top-left corner is in the border box, and its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContentBox {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// None where content decides it.
    pub height: Option<f32>,
}

/// How many layouts of one box are kept: flex asks for three or four before it settles.
const KEPT: usize = 6;

impl<'a> Engine<'a> {
    pub fn new(
        tree: BoxTree<'a>,
        document: &'a Document,
        faces: &'a Faces,
        pictures: &'a Pictures,
        diagnostics: &'a mut Diagnostics,
    ) -> Engine<'a> {
        let caches = tree.boxes.iter().map(|_| Cache::default()).collect();
        let (room, page_height) = (f32::INFINITY, f32::INFINITY);
        let calcs = Rc::default();
        let coarse = BTreeMap::new();
        Engine {
            tree,
            document,
            faces,
            pictures,
            diagnostics,
            caches,
            room,
            lead: 0.0,
            page_height,
            calcs,
            coarse,
        }
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Lays a box out.
    pub fn layout(&mut self, id: BoxId, space: Space) -> Laid {
        let cache = &self.caches[id.index()].laid;
        if let Some((_, laid)) = cache.iter().find(|(known, _)| *known == space) {
            return laid.clone();
        }
        let laid = self.layout_uncached(id, space);
        let cache = &mut self.caches[id.index()].laid;
        if cache.len() >= KEPT {
            cache.remove(0);
        }
        cache.push((space, laid.clone()));
        laid
    }

    fn layout_uncached(&mut self, id: BoxId, space: Space) -> Laid {
        let b = self.tree.get(id);
        if let BoxContent::Laid(fragment) = &b.content {
            let (top, bottom) = (CollapsibleMarginSet::ZERO, CollapsibleMarginSet::ZERO);
            let (fragment, natural) = (fragment.clone(), fragment.height);
            return Laid { fragment, top, bottom, through: false, natural };
        }
        let (style, ends, root) = (b.style.clone(), b.ends, b.is_formatting_root());
        let content = b.content.clone();
        let mut edges = edges(b, space.cb.width);
        let collapsed = space.border.or_else(|| self.collapsed_border(id));
        edges.border = collapsed.unwrap_or(edges.border);
        let inset = edges.inset();
        let limits = Limits::heights(&style, space.cb.height, inset.vertical());
        let cut = !(ends.top && ends.bottom);
        let said = match &content {
            // A height holds for the whole box: its parts take what their content needs.
            _ if cut => None,
            // Its own, made smaller where no page holds it.
            BoxContent::Replaced(_) => None,
            _ => definite(style.height, space.cb.height)
                .map(|h| limits.clamp(border_size(&style, h, inset.vertical()))),
        };
        let by_ratio = match (space.height.or(said), cut) {
            (None, false) => self.height_by_ratio(id, space.width, inset).map(|h| limits.clamp(h)),
            _ => None,
        };
        let definite_height = space.height.or(said).or(by_ratio);
        let content_box = ContentBox {
            x: inset.left,
            y: inset.top,
            width: (space.width - inset.horizontal()).max(0.0),
            height: definite_height.map(|h| (h - inset.vertical()).max(0.0)),
        };
        let independent = root || space.context == Context::Independent;
        let open_top = !independent && inset.top == 0.0;
        let open_bottom = !independent && inset.bottom == 0.0 && definite_height.is_none();
        let room = self.room;
        // What a frame hides of a picture need not fit the page.
        let frames =
            style.overflow == Overflow::Hidden && definite_height.unwrap_or(limits.max).is_finite();
        self.room = if frames { f32::INFINITY } else { (room - inset.vertical()).max(1.0) };
        let open = (open_top, open_bottom);
        let needed = match (&content, by_ratio) {
            // In a height that is said they take no other.
            (BoxContent::Flex(_) | BoxContent::Grid(_), Some(_)) => {
                let unsaid = ContentBox { height: None, ..content_box };
                Some(self.inside(id, &content, space, unsaid, open))
            }
            _ => None,
        };
        let by_ratio_holds = |natural: f32| by_ratio.is_some_and(|h| h >= natural + inset.vertical());
        let mut inner = match needed {
            Some(inner) if !by_ratio_holds(inner.height) => inner,
            needed => {
                let said = Space { height: space.height.or(by_ratio), ..space };
                let mut inner = self.inside(id, &content, said, content_box, open);
                inner.height = needed.map_or(inner.height, |needed| needed.height);
                inner
            }
        };
        let least = (limits.min - inset.vertical()).max(0.0);
        if let BoxContent::Table(_) = content
            && definite_height.is_none()
            && !cut
            && inner.height < least
        {
            // Its rows take what a minimal height adds (CSS Tables 3 §3.10).
            let taller = ContentBox { height: Some(least), ..content_box };
            inner = self.inside(id, &content, space, taller, open);
        }
        self.room = room;
        let marker = self.place_marker(id, &inner, content_box);
        if let Some((_, least)) = &marker
            && inner.first_baseline.is_none()
        {
            inner.height = inner.height.max(*least);
            inner.through = false;
        }
        let natural = inner.height + inset.vertical();
        let height = match by_ratio {
            Some(height) if grows_past_ratio(&style) => limits.clamp(natural.max(height)),
            _ => definite_height.unwrap_or(if cut { natural } else { limits.clamp(natural) }),
        };
        // A height of zero keeps margins apart no more than auto does.
        let open_below = !independent && inset.bottom == 0.0 && definite_height.is_none_or(|h| h == 0.0);
        let through = inner.through && open_top && open_below && height == 0.0;
        let fragment = Fragment {
            box_id: id,
            width: space.width,
            height,
            consumed: 0.0,
            ends,
            border: if collapsed.is_some() { Sides::default() } else { edges.border },
            inset,
            inside: style.break_inside,
            shift: relative(&style, space.cb),
            gap: if space.height.is_none() { (height - natural).max(0.0) } else { 0.0 },
            content: inner.content,
            marker: marker.map(|(marker, _)| marker),
            anchors: inner.anchors,
            first_baseline: inner.first_baseline,
            last_baseline: inner.last_baseline,
        };
        let (top, bottom) = match through {
            true => (inner.top.collapse_with_set(inner.bottom), CollapsibleMarginSet::ZERO),
            // A minimal height takes the last child's margin in, as browsers have it. (CSS 2.2 §8.3.1 would
            // add it to the height.)
            false if height > natural => (inner.top, CollapsibleMarginSet::ZERO),
            false => (inner.top, inner.bottom),
        };
        Laid { fragment: Rc::new(fragment), top, bottom, through, natural }
    }

    fn inside(
        &mut self,
        id: BoxId,
        content: &BoxContent<'a>,
        space: Space,
        content_box: ContentBox,
        open: (bool, bool),
    ) -> Inner {
        match content {
            BoxContent::Blocks(children) => {
                let top = match (&self.tree.get(id).resumed, open.0) {
                    (Some(_), _) => Rim::Cut,
                    (None, true) => Rim::Open,
                    (None, false) => Rim::Closed,
                };
                self.flow(children, content_box, (top, open.1))
            }
            BoxContent::Inline(inline) => self.paragraph(id, inline, content_box),
            BoxContent::Replaced(_) => {
                let used = self.replaced_size(id, Some(space.cb.width), space.cb.height);
                let height = content_box.height.unwrap_or(used.height);
                // A container that gives it another height makes it fit itself.
                let is_shrunk = used.wanted > used.height + 1.0 && (height - used.height).abs() < 0.5;
                let picture = FragmentContent::Picture { wanted: is_shrunk.then_some(used.wanted) };
                Inner::new(picture, height)
            }
            BoxContent::Bullet(bullet) => Inner::new(FragmentContent::Bullet(*bullet), 0.0),
            BoxContent::Flex(items) | BoxContent::Grid(items) => {
                self.flex_or_grid(id, items, space, content_box)
            }
            BoxContent::TableWrapper { above, grid, below } => {
                self.table_wrapper(above, *grid, below, content_box)
            }
            BoxContent::Table(table) => self.table(id, &table.clone(), content_box),
            // It is laid out already.
            BoxContent::Laid(_) => Inner::new(FragmentContent::Empty, 0.0),
        }
    }

    /// Block-level boxes below one another; adjoining margins collapse (CSS 2.2 §8.3.1, §9.4.1).
    /// `top` and `open_bottom` say whether the container's own margin adjoins its children's.
    pub fn flow(
        &mut self,
        children: &[BoxId],
        content_box: ContentBox,
        (top, open_bottom): (Rim, bool),
    ) -> Inner {
        let open_top = top != Rim::Closed;
        let (around, mut kept) = (self.lead, 0.0);
        let cb = ContainingBlock { width: content_box.width, height: content_box.height };
        let mut placed = VecDeque::with_capacity(children.len());
        let mut inner = Inner::new(FragmentContent::Empty, 0.0);
        let mut pending = CollapsibleMarginSet::ZERO;
        let mut solid = false;
        let mut bottom = 0.0;
        let mut previous: Option<BoxId> = None;
        for &child in children {
            let lead = if !solid && open_top { 0.0 } else { pending.resolve() };
            if self.tree.is_absolute(child) {
                let y = content_box.y + bottom + lead;
                let place = StaticPlace::at(content_box.x, y, content_box.width);
                inner.anchors.push(Anchor { box_id: child, place, grid_area: None });
                continue;
            }
            let own = edges(self.tree.get(child), cb.width).margin;
            let before = previous.map_or(Between::Allowed, |p| self.between(p, child));
            // What has to stand above it on its page: from the first of the boxes that stay together on.
            self.lead = match (previous, before) {
                (None, _) => around,
                (Some(_), Between::Avoided) => {
                    bottom + pending.collapse_with_margin(own.top).resolve() - kept
                }
                (Some(_), _) => 0.0,
            };
            let across = self.across(child, cb);
            let context = Context::Flow;
            let space = Space { cb, width: across.width, height: None, border: None, context };
            let laid = self.layout(child, space);
            pending = pending.collapse_with_margin(own.top).collapse_with_set(laid.top);
            if top == Rim::Cut && !solid {
                pending = CollapsibleMarginSet::ZERO;
            }
            let y = if !solid && open_top { bottom } else { bottom + pending.resolve() };
            if laid.through {
                pending = pending.collapse_with_set(laid.bottom).collapse_with_margin(own.bottom);
            } else {
                if !solid && open_top {
                    inner.top = pending;
                }
                solid = true;
                bottom = y + laid.fragment.height;
                pending = laid.bottom.collapse_with_margin(own.bottom);
            }
            let y = y + content_box.y;
            let fragment = laid.fragment;
            let baseline = fragment.first_baseline.map(|b| y + b);
            inner.first_baseline = inner.first_baseline.or(baseline);
            inner.last_baseline = fragment.last_baseline.map(|b| y + b).or(inner.last_baseline);
            match (previous, before) {
                (None, _) => kept = y - content_box.y - around,
                (Some(_), Between::Avoided) => {}
                (Some(_), _) => kept = y - content_box.y,
            }
            let x = content_box.x + across.left;
            placed.push_back(FlowChild { before, placed: Placed { x, y, fragment } });
            previous = Some(child);
        }
        self.lead = around;
        inner.through = !solid;
        if !solid && open_top {
            inner.top = pending;
        } else if open_bottom {
            inner.bottom = pending;
        } else {
            bottom += pending.resolve();
        }
        inner.height = bottom.max(0.0);
        if !placed.is_empty() {
            inner.content = FragmentContent::Flow(placed);
        }
        inner
    }

    /// The break between two siblings. One that is forced has cut the box tree, unless it stands in flex,
    /// grid or a table.
    pub fn between(&self, before: BoxId, after: BoxId) -> Between {
        stronger(self.tree.get(before).break_after, self.tree.get(after).break_before).into()
    }
}
