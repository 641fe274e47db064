//! The structure tree, from the document's tree: which structure element every painted thing belongs
//! to, and in which order they are read.
//!
//! Reading order is the document's order; painting order is the pages'. Content is therefore placed
//! here by its *source* (a node, and which part of it), before any page is written, and the marked
//! content that the pages make of it is filled in later.

mod lists;
mod tables;

use std::collections::BTreeSet;

use crate::document::tree::{Document, NodeId};
use crate::layout::pages::Pages;
use crate::style::values::{Display, ListStyleType, Styles, Visibility};

use super::apart::{is_apart, is_generated_apart};
use super::role::{Class, Role, alternative, expansion};
use super::rows;
use super::sources::{Part, Sources};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ElementId(pub(super) usize);

/// A place in the reading order: content that some element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(pub(super) usize);

#[derive(Debug)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) parent: Option<ElementId>,
    pub(super) kids: Vec<Kid>,
    /// The language in force.
    pub(super) lang: String,
    pub(super) alt: Option<String>,
    /// What it says where nothing in it is text.
    pub(super) actual_text: Option<&'static str>,
    /// What it is short for.
    pub(super) expansion: Option<String>,
    pub(super) attributes: Attributes,
    /// The cell's own name, and those of the header cells that it says it belongs to.
    pub(super) id: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Attributes {
    #[default]
    None,
    List(ListStyleType),
    /// A line through or under the text that says something of it.
    Line(TextLine),
    /// What a table is about, where its caption is not shown.
    Summary(String),
    Cell {
        scope: Option<Scope>,
        rows: u32,
        columns: u32,
        headers: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextLine {
    Through,
    Under,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Row,
    /// All rows of its group that follow.
    RowGroup,
    Column,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    Element(ElementId),
    Content(Rank),
}

/// A heading that is painted, by its depth after renumbering (1 is H1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) node: NodeId,
    pub(super) depth: u8,
}

/// The tree before its marked content is known.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) elements: Vec<Element>,
    /// The element that holds each rank.
    pub(super) holders: Vec<ElementId>,
    pub(super) headings: Vec<Heading>,
    /// What a box parts from the words that are read next.
    pub(super) borders: BTreeSet<Rank>,
    /// The Link element of every `<a>` with a clickable area, in document order.
    links: Vec<(NodeId, ElementId)>,
    /// Rank of each item of each page; None for artifacts.
    items: Vec<Vec<Option<Rank>>>,
}

impl Structure {
    /// Tags everything that is painted. Headings whose levels skip, or do not start at 1, are numbered
    /// consecutively; the document's reader has warned about them.
    pub(super) fn new(document: &Document, styles: &Styles, pages: &Pages) -> Structure {
        let sources = Sources::collect(document, pages);
        let mut builder = Builder::new(document, styles, &sources);
        builder.mark_painted(pages);
        builder.body(document.body);
        builder.leftovers(pages);
        rows::complete(&mut builder.elements);
        let ranks = &builder.ranks;
        let items = sources.items.iter().map(|page| {
            page.iter()
                .map(|source| source.and_then(|s| ranks[s.node.index()][s.part as usize]))
                .collect()
        });
        Structure {
            items: items.collect(),
            elements: builder.elements,
            holders: builder.holders,
            headings: builder.headings,
            borders: builder.borders,
            links: builder.links,
        }
    }

    pub(super) fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.0]
    }

    /// The place in the reading order of an item; None for an artifact.
    pub(super) fn rank(&self, page: usize, item: usize) -> Option<Rank> {
        self.items[page][item]
    }

    /// The Link element of an `<a>`.
    pub(super) fn link(&self, node: NodeId) -> Option<ElementId> {
        self.links.binary_search_by_key(&node, |(n, _)| *n).ok().map(|i| self.links[i].1)
    }

    /// The Link elements, in document order.
    pub(super) fn links(&self) -> &[(NodeId, ElementId)] {
        &self.links
    }

    /// Whether anything is heard within an element.
    pub(super) fn is_heard(&self, id: ElementId) -> bool {
        self.element(id).kids.iter().any(|kid| match kid {
            Kid::Content(_) => true,
            Kid::Element(inside) => self.is_heard(*inside),
        })
    }

    /// Whether content of these ranks can be one marked-content sequence: of one element, with nothing to be
    /// read in between, which may be painted later.
    pub(super) fn continues(&self, last: Rank, next: Rank) -> bool {
        let adjoins = next == last || next.0 == last.0 + 1;
        adjoins && self.holders[next.0] == self.holders[last.0]
    }
}

struct Builder<'a> {
    document: &'a Document,
    styles: &'a Styles,
    sources: &'a Sources,
    /// Nodes with anything painted in them, themselves included.
    painted: Vec<bool>,
    /// Inline elements that hold a block, and so break the line like one.
    broken: Vec<bool>,
    elements: Vec<Element>,
    holders: Vec<ElementId>,
    ranks: Vec<[Option<Rank>; 4]>,
    links: Vec<(NodeId, ElementId)>,
    headings: Vec<Heading>,
    /// Source levels of the headings that the next one may stand under.
    levels: Vec<u8>,
    /// Where one box ends and another begins within text.
    borders: BTreeSet<Rank>,
    /// What was read last in the text that is open.
    last: Option<Rank>,
    /// Whether a box began or ended since.
    parted: bool,
}

impl<'a> Builder<'a> {
    fn new(document: &'a Document, styles: &'a Styles, sources: &'a Sources) -> Builder<'a> {
        let nodes = document.nodes.len();
        Builder {
            document,
            styles,
            sources,
            painted: sources.painted.iter().map(|parts| parts.contains(&true)).collect(),
            broken: vec![false; nodes],
            elements: vec![],
            holders: vec![],
            ranks: vec![[None; 4]; nodes],
            links: vec![],
            headings: vec![],
            levels: vec![],
            borders: BTreeSet::new(),
            last: None,
            parted: false,
        }
    }

    /// Completes `painted` and `broken` from the leaves up.
    fn mark_painted(&mut self, pages: &Pages) {
        for link in pages.pages.iter().flat_map(|page| &page.links) {
            self.painted[link.owner.index()] |= self.is_seen(link.owner);
        }
        for index in (0..self.document.nodes.len()).rev() {
            let id = NodeId(index as u32);
            let Some(parent) = self.document.node(id).parent.filter(|_| self.painted[index]) else {
                continue;
            };
            self.painted[parent.index()] = true;
            self.broken[parent.index()] |= self.is_block(id);
        }
    }

    /// A link that a sheet hides is none on the page; what is visible within is painted, and tells.
    fn is_seen(&self, link: NodeId) -> bool {
        self.styles.nodes[link.index()].style.text.visibility != Visibility::Hidden
    }

    fn display(&self, node: NodeId) -> Display {
        self.styles.nodes[node.index()].style.display
    }

    /// Whether a node begins a line of its own: by its display, as an item of a flex or grid
    /// container, or because it holds such a node (CSS 2.1 §9.2.1.1).
    fn is_block(&self, node: NodeId) -> bool {
        if self.document.element(node).is_none() {
            return false;
        }
        let parent = self.document.node(node).parent.map(|p| self.display(p));
        parent.is_some_and(Display::holds_items)
            || {
                let display = self.display(node);
                display != Display::Inline && !display.is_atomic()
            }
            || self.broken[node.index()]
    }

    fn class(&self, node: NodeId) -> Class {
        self.document.element(node).map_or(Class::Transparent, Class::of)
    }

    fn name(&self, node: NodeId) -> &'a str {
        self.document.element(node).map_or("", |e| e.name)
    }

    fn painted_children(&self, node: NodeId) -> Vec<NodeId> {
        let children = self.document.node(node).children.iter().copied();
        children.filter(|child| self.painted[child.index()]).collect()
    }

    fn add(&mut self, role: Role, parent: ElementId, node: NodeId) -> ElementId {
        let id = ElementId(self.elements.len());
        if !matches!(role, Role::Span | Role::Link | Role::Code | Role::Figure) {
            self.last = None;
        }
        self.elements.push(Element {
            role,
            parent: Some(parent),
            kids: vec![],
            lang: self.document.lang_of(node).to_string(),
            alt: None,
            actual_text: None,
            expansion: None,
            attributes: Attributes::None,
            id: None,
        });
        self.elements[parent.0].kids.push(Kid::Element(id));
        id
    }

    /// Whether a node has content of its own, other than its children's, that has no place yet.
    fn has_own(&self, node: NodeId, part: Part) -> bool {
        self.sources.painted[node.index()][part as usize]
            && self.ranks[node.index()][part as usize].is_none()
    }

    /// Puts a node's own content next in the reading order, if it has any.
    fn place(&mut self, node: NodeId, part: Part, at: ElementId) {
        if self.has_own(node, part) {
            let rank = Rank(self.holders.len());
            let parted = std::mem::take(&mut self.parted);
            self.borders.extend(self.last.replace(rank).filter(|_| parted));
            self.holders.push(at);
            self.ranks[node.index()][part as usize] = Some(rank);
            self.elements[at.0].kids.push(Kid::Content(rank));
        }
    }

    fn body(&mut self, body: NodeId) {
        self.elements.push(Element {
            role: Role::Document,
            parent: None,
            kids: vec![],
            lang: self.document.lang.clone(),
            alt: None,
            actual_text: None,
            expansion: None,
            attributes: Attributes::None,
            id: None,
        });
        self.blocks(body, ElementId(0));
    }

    /// What no rule above has a place for (text straight in a table, a link whose list is not one) is
    /// read at the end: nothing that is painted goes untagged.
    fn leftovers(&mut self, pages: &Pages) {
        for index in 0..self.document.nodes.len() {
            let node = NodeId(index as u32);
            for part in [Part::Label, Part::Before, Part::Body, Part::After] {
                if self.has_own(node, part) {
                    let paragraph = self.add(Role::Paragraph, ElementId(0), node);
                    self.place(node, part, paragraph);
                }
            }
        }
        for link in pages.pages.iter().flat_map(|page| &page.links) {
            if self.painted[link.owner.index()]
                && !self.links.iter().any(|(node, _)| *node == link.owner)
            {
                let paragraph = self.add(Role::Paragraph, ElementId(0), link.owner);
                let inside = self.add(Role::Link, paragraph, link.owner);
                self.links.push((link.owner, inside));
            }
        }
        self.links.sort_unstable();
    }

    /// The inside of a block container, into an element that holds blocks only: stretches of text
    /// become paragraphs.
    fn blocks(&mut self, node: NodeId, at: ElementId) {
        let mut paragraph = None;
        if self.has_own(node, Part::Label) || self.has_own(node, Part::Before) {
            let p = self.add(Role::Paragraph, at, node);
            self.place(node, Part::Label, p);
            self.place(node, Part::Before, p);
            paragraph = Some(p);
        }
        for child in self.painted_children(node) {
            if self.is_block(child) {
                paragraph = None;
                self.block(child, at);
            } else if self.class(child) == Class::Figure && paragraph.is_none() {
                // A picture on a line of its own is a block-level illustration (§14.8.4.5).
                self.figure(child, at);
            } else {
                let p = match paragraph {
                    Some(p) => p,
                    None => self.add(Role::Paragraph, at, child),
                };
                paragraph = Some(p);
                self.text(child, p);
            }
        }
        if self.has_own(node, Part::After) {
            let p = match paragraph {
                Some(p) => p,
                None => self.add(Role::Paragraph, at, node),
            };
            self.place(node, Part::After, p);
        }
    }

    /// The inside of a block container, into an element that may hold text: directly where there is
    /// nothing else.
    fn flow(&mut self, node: NodeId, at: ElementId) {
        let direct = self.elements[at.0].role.is_flow() && !self.broken[node.index()];
        if direct { self.texts(node, at) } else { self.blocks(node, at) }
    }

    /// The inside of an element as text.
    fn texts(&mut self, node: NodeId, at: ElementId) {
        self.place(node, Part::Label, at);
        let at = self.lined(node, at);
        let own = &self.styles.nodes[node.index()];
        let [before, after] = [&own.before, &own.after]
            .map(|style| is_generated_apart(self.styles, node, style.as_deref()));
        self.place(node, Part::Before, at);
        self.parted |= before;
        for child in self.painted_children(node) {
            let is_apart = is_apart(self.document, self.styles, child);
            self.parted |= is_apart;
            self.text(child, at);
            self.parted |= is_apart;
        }
        self.parted |= after;
        self.place(node, Part::After, at);
    }

    /// Where the text of a node goes: into a Span that says so where a line runs through it and nothing around
    /// says it, since a block may have attributes of its own kind.
    fn lined(&mut self, node: NodeId, at: ElementId) -> ElementId {
        if !self.is_struck(node, at) {
            return at;
        }
        let span = self.add(Role::Span, at, node);
        self.elements[span.0].attributes = Attributes::Line(TextLine::Through);
        span
    }

    fn block(&mut self, node: NodeId, at: ElementId) {
        match self.class(node) {
            Class::Group(role) => {
                let element = self.add(role, at, node);
                self.blocks(node, element);
            }
            Class::Flow(role) => {
                let element = self.add(role, at, node);
                self.flow(node, element);
            }
            Class::Paragraph(role) => {
                let element = self.add(role, at, node);
                self.texts(node, element);
            }
            Class::Heading(level) => {
                let depth = self.depth(level);
                self.headings.push(Heading { node, depth });
                let element = self.add(Role::Heading(depth), at, node);
                self.texts(node, element);
            }
            Class::Inline(_) => {
                let paragraph = self.add(Role::Paragraph, at, node);
                self.text(node, paragraph);
            }
            Class::Figure => self.figure(node, at),
            Class::List | Class::Definitions | Class::Table => {
                self.beside(node, Part::Before, at);
                match self.class(node) {
                    Class::List => self.list(node, at),
                    Class::Definitions => self.definitions(node, at),
                    _ => self.table(node, at),
                }
                self.beside(node, Part::After, at);
            }
            Class::Transparent if self.broken[node.index()] => self.blocks(node, at),
            Class::Transparent => {
                let own = [Part::Label, Part::Before, Part::After].map(|part| self.has_own(node, part));
                match self.painted_children(node)[..] {
                    [only] if self.class(only) == Class::Figure && own == [false; 3] => {
                        self.figure(only, at);
                    }
                    _ => {
                        let paragraph = self.add(Role::Paragraph, at, node);
                        self.texts(node, paragraph);
                    }
                }
            }
        }
    }

    /// One node within text.
    fn text(&mut self, node: NodeId, at: ElementId) {
        let Some(element) = self.document.element(node) else {
            let at = self.lined(node, at);
            return self.place(node, Part::Body, at);
        };
        match Class::of(element) {
            Class::Figure => self.figure(node, at),
            Class::Inline(role) => {
                let inside = self.add(role, at, node);
                self.elements[inside.0].attributes = match element.name {
                    "s" => Attributes::Line(TextLine::Through),
                    "u" => Attributes::Line(TextLine::Under),
                    _ => Attributes::None,
                };
                if role == Role::Link {
                    self.links.push((node, inside));
                }
                self.elements[inside.0].expansion = expansion(element).map(str::to_string);
                self.texts(node, inside);
            }
            _ => {
                let is_struck = self.is_struck(node, at);
                if self.document.lang_of(node) == self.elements[at.0].lang && !is_struck {
                    return self.texts(node, at);
                }
                let span = self.add(Role::Span, at, node);
                if is_struck {
                    self.elements[span.0].attributes = Attributes::Line(TextLine::Through);
                }
                self.texts(node, span);
            }
        }
    }

    /// Whether a line runs through the text of a node, of which no element around says so: a sheet's says as
    /// much as an `<s>`.
    fn is_struck(&self, node: NodeId, at: ElementId) -> bool {
        let says =
            |id: &ElementId| self.elements[id.0].attributes == Attributes::Line(TextLine::Through);
        self.styles.nodes[node.index()].style.text_decoration.line_through
            && !std::iter::successors(Some(at), |id| self.elements[id.0].parent).any(|id| says(&id))
    }

    fn figure(&mut self, node: NodeId, at: ElementId) {
        let figure = self.add(Role::Figure, at, node);
        let alt = self.document.element(node).and_then(alternative);
        self.elements[figure.0].alt = alt.map(str::to_string);
        self.place(node, Part::Body, figure);
    }

    /// What stands ::before or ::after an element that holds its own parts only.
    fn beside(&mut self, node: NodeId, part: Part, at: ElementId) {
        if self.has_own(node, part) {
            let paragraph = self.add(Role::Paragraph, at, node);
            self.place(node, part, paragraph);
        }
    }

    /// The depth of a heading of this level: one below the nearest heading above it.
    fn depth(&mut self, level: u8) -> u8 {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        self.levels.len() as u8
    }
}
