//! The pages, one after the other: each segment laid out in its page's width, cut by the page's
//! height, painted; the margin boxes last, when the number of pages is known.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::boxes::{BoxContent, BoxId};
use super::decoration::Decorated;
use super::engine::{Context, Engine, Space};
use super::fragment::{Fragment, FragmentContent};
use super::fragmentation::{Room, Taken, take};
use super::margin_boxes::PageFacts;
use super::paint::{Painter, SetString};
use super::segments::Segment;
use super::sizing::{Across, ContainingBlock, edges};
use super::slices::Slices;
use super::strays::strays;
use crate::diagnostic::Diagnostic;
use crate::document::tree::NodeId;
use crate::layout::pages::*;
use crate::style::values::*;

pub(super) struct Press<'a> {
    pub engine: Engine<'a>,
    pub styles: &'a Styles,
    pub sheets: Vec<Sheet>,
    pub destinations: BTreeMap<NodeId, Destination>,
    /// What begins on a page that is not printed.
    pub withheld: Vec<(NodeId, f32, f32)>,
    /// The page on which the first appendix begins.
    pub appendix: Option<usize>,
    pub slices: Slices,
}

/// A segment laid out, before pages cut it.
pub(super) struct Begun {
    pub root: BoxId,
    pub whole: Rc<Fragment>,
    /// Of the page that it was laid out for.
    pub area: Rect,
    pub across: Across,
    /// px above it on the first page.
    pub top: f32,
}

/// A page without its margin boxes.
pub(super) struct Sheet {
    style: Arc<PageStyle>,
    items: Vec<Item>,
    /// How many of them are more than the sheet's background.
    painted: usize,
    links: Vec<LinkArea>,
    /// Elements that begin on it, with their top-left corner.
    starts: Vec<(NodeId, f32, f32)>,
    strings: Vec<SetString>,
}

impl Press<'_> {
    /// Lays a segment out and prints as many pages as it takes.
    pub fn segment(&mut self, segment: &Segment) {
        self.turn_to(segment.side, segment);
        let mut begun = self.begin(segment, segment.root, self.sheets.len());
        let mut forced = !self.sheets.is_empty();
        loop {
            let opens = self.sheets.is_empty();
            let (taken, style, here) = self.cut(segment, &mut begun, self.sheets.len());
            let side = taken.side();
            let mut told = BTreeSet::new();
            if taken.overflows {
                told.insert(self.warn_of_overflow(&taken.head, here.height - begun.top));
            }
            let spaced = taken.head.is_spacer();
            let place = Rect { x: here.x + begun.across.left, y: here.y + begun.top, ..here };
            let mut sheet = self.print(style, begun.root, &Rc::new(taken.head), place, told);
            // A page is not turned for white space that nothing follows, nor for what rows that are cut leave,
            // unless a break is forced.
            let stands =
                sheet.painted > 0 || forced || if taken.rest.is_some() { spaced } else { opens };
            if !stands {
                self.withheld.append(&mut sheet.starts);
            } else {
                self.add(sheet);
            }
            let Some(rest) = taken.rest else { break };
            forced = taken.forced;
            self.turn_to(side, segment);
            begun = self.go_on(segment, rest, begun, self.sheets.len());
        }
    }

    /// Lays a box out in the width of a page by its 0-based index: a segment's root on its first page, or
    /// what is left of it.
    pub fn begin(&mut self, segment: &Segment, root: BoxId, index: usize) -> Begun {
        let style = self.page_style(segment, index);
        let next = self.page_style(segment, index + 1);
        let area = self.area(&style, segment);
        let fresh = self.area(&next, segment);
        self.engine.page_height = area.height.min(fresh.height);
        self.engine.room = self.engine.page_height;
        let cb = ContainingBlock { width: area.width, height: Some(area.height) };
        let across = self.engine.across(root, cb);
        let top = edges(self.engine.tree.get(root), area.width).margin.top;
        let (width, context) = (across.width, Context::Independent);
        let space = Space { cb, width, height: None, border: None, context };
        let whole = self.engine.layout(root, space).fragment;
        Begun { root, whole, area, across, top }
    }

    /// What a page left of a segment, for the next one: laid out anew where that has another width (CSS
    /// Fragmentation 3 §5.1).
    pub fn go_on(&mut self, segment: &Segment, rest: Fragment, begun: Begun, index: usize) -> Begun {
        let style = self.page_style(segment, index);
        let width = self.area(&style, segment).width;
        if (width - begun.area.width).abs() <= 0.5 {
            return Begun { whole: Rc::new(rest), top: 0.0, ..begun };
        }
        let root = self.engine.remainder(&Rc::new(rest));
        self.begin(segment, root, index)
    }

    /// Cuts off what the page of an index holds; with that page's style and area.
    pub fn cut(
        &mut self,
        segment: &Segment,
        begun: &mut Begun,
        index: usize,
    ) -> (Taken, Arc<PageStyle>, Rect) {
        let style = self.page_style(segment, index);
        let here = self.area(&style, segment);
        let next = self.page_style(segment, index + 1);
        let fresh = self.area(&next, segment).height;
        let whole = Rc::unwrap_or_clone(begun.whole.clone());
        let taken = take(whole, Room { height: here.height - begun.top, fresh });
        (taken, style, here)
    }

    /// The style of a page by its 0-based index.
    fn page_style(&self, segment: &Segment, index: usize) -> Arc<PageStyle> {
        let kind = PageKind { first: index == 0, side: side_of(index), blank: false };
        self.styles.pages.style(segment.page.as_deref(), kind)
    }

    /// Whether a page is left blank so that the next one is of a side.
    pub fn is_turned(&self, side: Option<PageSide>, index: usize) -> bool {
        side.is_some_and(|side| side != side_of(index))
    }

    /// Leaves a page blank, if what follows has to begin on the other side.
    fn turn_to(&mut self, side: Option<PageSide>, segment: &Segment) {
        if !self.is_turned(side, self.sheets.len()) {
            return;
        }
        let index = self.sheets.len();
        let kind = PageKind { first: index == 0, side: side_of(index), blank: true };
        let style = self.styles.pages.style(segment.page.as_deref(), kind);
        let mut items = vec![];
        let sheet = self.sheet_of(&style);
        self.cover(style.background_color, &style.background, sheet, &mut items);
        let (links, starts, strings) = (vec![], vec![], vec![]);
        self.add(Sheet { style, items, painted: 0, links, starts, strings });
    }

    fn sheet_of(&self, style: &PageStyle) -> Rect {
        let (width, height) = style.size;
        Rect { x: 0.0, y: 0.0, width, height }
    }

    /// Paints a whole sheet: what flows over it has no border and no corners.
    fn cover(&self, color: Color, background: &Background, sheet: Rect, items: &mut Vec<Item>) {
        let style = ComputedStyle {
            background_color: color,
            background: background.clone(),
            ..ComputedStyle::initial()
        };
        let none = Sides::default();
        Decorated::whole(&style, sheet, none, none).background(self.engine.pictures, items);
    }

    /// The page's area: the sheet without its margins.
    fn area(&mut self, style: &PageStyle, segment: &Segment) -> Rect {
        let m = style.margin;
        let width = style.size.0 - m.left - m.right;
        let height = style.size.1 - m.top - m.bottom;
        if width < 1.0 || height < 1.0 {
            let page = match &segment.page {
                Some(name) => format!("page `{name}`"),
                None => "the page".to_owned(),
            };
            self.engine.report(
                Diagnostic::error(format!(
                    "the margins of {page} leave no room on a sheet of {:.0} × {:.0} mm",
                    style.size.0 * 25.4 / 96.0,
                    style.size.1 * 25.4 / 96.0
                ))
                .maybe_at(style.place.clone()),
            );
        }
        Rect { x: m.left, y: m.top, width: width.max(1.0), height: height.max(1.0) }
    }

    /// Paints a page. Of the elements in `told` it was said already that they are not wholly on it.
    fn print(
        &mut self,
        style: Arc<PageStyle>,
        root: BoxId,
        fragment: &Rc<Fragment>,
        area: Rect,
        told: BTreeSet<NodeId>,
    ) -> Sheet {
        let sheet = self.sheet_of(&style);
        let canvas = self.canvas(root);
        let mut items = vec![];
        // The page's own, then the canvas's.
        self.cover(style.background_color, &style.background, sheet, &mut items);
        if let Some(canvas) = canvas {
            let style = self.engine.tree.get(canvas).style.clone();
            self.cover(style.background_color, &style.background, sheet, &mut items);
        }
        let mut painter = Painter {
            engine: &mut self.engine,
            styles: self.styles,
            sheet,
            links: vec![],
            starts: vec![],
            strings: vec![],
            begun: false,
            canvas,
            slices: &mut self.slices,
            repeated: false,
            told,
        };
        let painted = painter.root(fragment, area);
        let Painter { links, starts, strings, told, .. } = painter;
        for stray in strays(&painted, sheet, self.engine.document, &told) {
            self.engine.report(stray);
        }
        let count = painted.len();
        items.extend(painted);
        Sheet { style, items, painted: count, links: distinct(links), starts, strings }
    }

    fn add(&mut self, mut sheet: Sheet) {
        let page = self.sheets.len();
        let m = sheet.style.margin;
        let withheld = self.withheld.drain(..).map(|(node, ..)| (node, m.left, m.top));
        let starts: Vec<_> = withheld.chain(sheet.starts.drain(..)).collect();
        self.begins(page, &starts);
        self.sheets.push(sheet);
    }

    /// Notes what begins on a page, and where.
    fn begins(&mut self, page: usize, starts: &[(NodeId, f32, f32)]) {
        for &(node, x, y) in starts {
            if self.appendix.is_none() && self.is_appendix(node) {
                self.appendix = Some(page);
            }
            if self.is_target(node) {
                self.destinations.entry(node).or_insert(Destination { page, x, y });
            }
        }
    }

    fn is_appendix(&self, node: NodeId) -> bool {
        let role = self.engine.document.element(node).and_then(|element| element.attribute("role"));
        role == Some("doc-appendix")
    }

    /// The box whose background is the canvas's: the root's, or the body's where the root has none
    /// (CSS Backgrounds 3 §2.11.2). It covers the whole sheet.
    pub fn canvas(&self, root: BoxId) -> Option<BoxId> {
        let tree = &self.engine.tree;
        let painted = |id: &BoxId| {
            let style = &tree.get(*id).style;
            style.background_color.a > 0.0 || !style.background.is_empty()
        };
        let body = match &tree.get(root).content {
            BoxContent::Blocks(children) => children.first().copied(),
            _ => None,
        };
        Some(root).filter(painted).or(body.filter(painted))
    }

    /// Whether something may lead to an element: it has an id, or stands in the bookmarks.
    fn is_target(&self, node: NodeId) -> bool {
        self.engine.document.element(node).is_some_and(|e| {
            e.id().is_some() || matches!(e.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        })
    }

    /// Gives the element that is too tall.
    fn warn_of_overflow(&mut self, head: &Fragment, height: f32) -> NodeId {
        let (id, over) = culprit(head, height);
        let b = self.engine.tree.get(id);
        let (node, in_line) = (b.node, b.style.display.is_atomic());
        let place = self.engine.document.node(node).place.clone();
        let message = format!(
            "this cannot be divided and is {:.0} mm too tall for its page",
            (over * 25.4 / 96.0).max(1.0)
        );
        let mut warning = Diagnostic::warning(message).maybe_at(place);
        if in_line {
            warning = warning
                .hint("a box in a line is never divided: make it a block, or its content shorter");
        }
        self.engine.report(warning);
        node
    }

    /// Adds the margin boxes, which know how many pages there are.
    pub fn finish(mut self) -> Pages {
        if let Some(page) = self.sheets.len().checked_sub(1) {
            let withheld = std::mem::take(&mut self.withheld);
            self.begins(page, &withheld);
        }
        let count = self.sheets.len();
        for (_, warning) in std::mem::take(&mut self.engine.coarse).into_values() {
            self.engine.report(warning);
        }
        let document = self.engine.document;
        // An annex may be as long as it likes.
        let counted = self.appendix.unwrap_or(count);
        if let Some(most) = document.max_pages.filter(|most| counted > *most as usize) {
            let place = document.node(crate::document::tree::Document::ROOT).place.clone();
            self.engine.report(
                Diagnostic::warning(format!("{counted} pages, but the layout allows {most}"))
                    .maybe_at(place)
                    .about_whole()
                    .hint("choose fewer items in [selection], or shorten the profile's texts"),
            );
        }
        // CSS Generated Content for Paged Media 3 §1.4: what held at the end of the page before.
        let mut held: BTreeMap<Arc<str>, String> = BTreeMap::new();
        let mut pages = vec![];
        for (index, sheet) in self.sheets.into_iter().enumerate() {
            let string = |name: &str, at: StringAt| {
                let mut set = sheet.strings.iter().filter(|set| *set.name == *name);
                let before = held.get(name);
                let value = match at {
                    StringAt::First => set.next().map(|set| &set.value).or(before),
                    StringAt::Start => {
                        set.next().filter(|set| set.opens).map(|set| &set.value).or(before)
                    }
                    StringAt::Last => set.next_back().map(|set| &set.value).or(before),
                    StringAt::FirstExcept if set.next().is_some() => None,
                    StringAt::FirstExcept => before,
                };
                value.cloned().unwrap_or_default()
            };
            let facts = PageFacts { number: index + 1, count, string: &string };
            let mut items = sheet.items;
            items.extend(self.engine.margin_boxes(&sheet.style, &facts));
            held.extend(sheet.strings.into_iter().map(|set| (set.name, set.value)));
            let (width, height) = sheet.style.size;
            pages.push(Page { width, height, items, links: sheet.links });
        }
        Pages { pages, destinations: self.destinations }
    }
}

/// The first page of a document is a right one; indices count from 0.
fn side_of(index: usize) -> PageSide {
    if index.is_multiple_of(2) { PageSide::Right } else { PageSide::Left }
}

/// The innermost box that reaches below a page's end, and by how much.
fn culprit(fragment: &Fragment, height: f32) -> (BoxId, f32) {
    let below = |y: f32, h: f32| y - fragment.consumed + h > height + 0.05;
    let inner = match &fragment.content {
        FragmentContent::Flow(children) => {
            children.iter().map(|c| &c.placed).find(|p| below(p.y, p.fragment.height))
        }
        FragmentContent::Bands(bands) => {
            bands.bands.iter().flat_map(|b| &b.cells).find(|p| below(p.y, p.fragment.height))
        }
        FragmentContent::Lines(lines) => {
            let mut boxes = lines.atomics.iter();
            let tall = boxes.find(|b| b.fragment.height > height && b.fragment.has_content());
            return tall
                .map_or((fragment.box_id, fragment.extent().max(fragment.height) - height), |b| {
                    (b.fragment.box_id, b.fragment.height - height)
                });
        }
        _ => None,
    };
    match inner {
        Some(placed) => culprit(&placed.fragment, height - (placed.y - fragment.consumed)),
        None => (fragment.box_id, fragment.extent().max(fragment.height) - height),
    }
}

/// A link area inside another of the same link adds nothing.
fn distinct(links: Vec<LinkArea>) -> Vec<LinkArea> {
    let holds = |outer: &Rect, inner: &Rect| {
        const SLACK: f32 = 0.5;
        outer.x <= inner.x + SLACK
            && outer.y <= inner.y + SLACK
            && outer.x + outer.width >= inner.x + inner.width - SLACK
            && outer.y + outer.height >= inner.y + inner.height - SLACK
    };
    let mut kept: Vec<LinkArea> = vec![];
    for link in links {
        if kept.iter().any(|k| k.owner == link.owner && holds(&k.rect, &link.rect)) {
            continue;
        }
        kept.retain(|k| k.owner != link.owner || !holds(&link.rect, &k.rect));
        kept.push(link);
    }
    kept
}
