//! Box generation (CSS Display 3 §2, CSS 2.2 §9.2): the document and its styles become boxes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Pictures;
use super::boxes::*;
use super::counters::{Counters, LIST_ITEM, represent};
use super::generate_table::is_table_part;
use super::inline_run::Run;
use super::targets::{self, CountersAt, Targets};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::{Document, NodeId, NodeKind};
use crate::layout::inline::{BoxRole, Paragraph, Part};
use crate::layout::pages::Owner;
use crate::style::values::*;

/// Makes the boxes of a whole document. The root is the `html` element's, its one child the `body`'s.
pub(super) fn generate<'a>(
    document: &'a Document,
    styles: &'a Styles,
    pictures: &'a Pictures,
    targets: &Targets,
    diagnostics: &mut Diagnostics,
) -> Generated<'a> {
    let tree = BoxTree { boxes: Vec::with_capacity(document.nodes.len()), root: BoxId(0) };
    let mut generator = Generator {
        document,
        styles,
        pictures,
        targets,
        diagnostics,
        tree,
        counters: Counters::new(),
        ids: targets::ids(document),
        at_ids: BTreeMap::new(),
        asked: false,
    };
    let root_style = generator.style(Document::ROOT).clone();
    generator.counters.apply(&root_style);
    generator.counters.open();
    let body = generator.element_box(document.body);
    let children = body.into_iter().collect();
    let root = generator.finish(Document::ROOT, root_style, BoxContent::Blocks(children));
    generator.tree.root = root;
    let Generator { tree, at_ids, asked, .. } = generator;
    Generated { tree, targets: asked.then_some(at_ids) }
}

pub(super) struct Generated<'a> {
    pub tree: BoxTree<'a>,
    /// The counters in force at each element with an id, if something prints what a link leads to.
    pub targets: Option<CountersAt>,
}

/// What an element's box becomes part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placement {
    /// A block container, or a place that wants an atomic inline-level box.
    Flow,
    /// A flex or grid container: inline boxes become blocks (CSS Display 3 §2.7).
    Item,
}

pub(super) struct Generator<'a, 't, 'd> {
    pub document: &'a Document,
    pub styles: &'a Styles,
    pub pictures: &'a Pictures,
    pub targets: &'t Targets,
    pub diagnostics: &'d mut Diagnostics,
    pub tree: BoxTree<'a>,
    pub counters: Counters,
    pub ids: BTreeMap<&'a str, NodeId>,
    pub at_ids: CountersAt,
    /// Whether something printed depends on what a link leads to.
    pub asked: bool,
}

/// A pseudo-element that has a box of its own place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pseudo {
    Before,
    After,
}

/// Collects a container's children: block-level boxes, and the runs of inline-level content between
/// them, each an anonymous block box once there is a block beside it (CSS 2.2 §9.2.1.1).
struct Flow<'a> {
    node: NodeId,
    style: Arc<ComputedStyle>,
    placement: Placement,
    blocks: Vec<BoxId>,
    run: Run<'a>,
}

impl<'a> Generator<'a, '_, '_> {
    pub fn style(&self, node: NodeId) -> &'a Arc<ComputedStyle> {
        &self.styles.nodes[node.index()].style
    }

    /// The box of an element; None where it makes none. A table gives its wrapper.
    pub fn element_box(&mut self, node: NodeId) -> Option<BoxId> {
        let style = self.style(node).clone();
        if style.display == Display::None {
            return None;
        }
        self.count(node, &style);
        let element = self.document.element(node)?;
        if matches!(element.name, "img" | "svg") {
            let picture = self.pictures.get(node)?.clone();
            return Some(self.finish(node, style, BoxContent::Replaced(picture)));
        }
        self.counters.open();
        let made = match style.display {
            Display::Table => self.table(node, style),
            display if display.holds_items() => {
                let content = self.items(node, &style);
                self.finish(node, style, content)
            }
            _ => {
                let marker = (style.display == Display::ListItem).then(|| self.marker(node)).flatten();
                let inside = style.text.list_style_position == ListStylePosition::Inside;
                let mut flow = self.flow(node, &style, Placement::Flow);
                let outside = match marker {
                    Some(marker) if inside => {
                        self.inside_marker(node, marker, &mut flow);
                        None
                    }
                    marker => marker,
                };
                self.fill_with_pseudos(node, &mut flow);
                let content = self.close_flow(flow);
                let id = self.finish(node, style, content);
                self.tree.boxes[id.index()].marker = outside;
                id
            }
        };
        self.counters.close();
        Some(made)
    }

    /// Counter properties of an element, and what HTML's lists add to them (HTML §15.3.7: `ol`, `ul`
    /// and `menu` reset `list-item`, list items increment it, `start` and `value` set it).
    pub fn count(&mut self, node: NodeId, style: &ComputedStyle) {
        let Some(element) = self.document.element(node) else { return };
        let number = |name| element.attribute(name).and_then(|v| v.trim().parse::<i32>().ok());
        let says = |list: &[(Arc<str>, i32)]| list.iter().any(|(name, _)| **name == *LIST_ITEM);
        if matches!(element.name, "ol" | "ul" | "menu") && !says(&style.counter_reset) {
            self.counters.reset(LIST_ITEM, number("start").unwrap_or(1).saturating_sub(1));
        }
        if style.display == Display::ListItem && !says(&style.counter_increment) {
            self.counters.increment(LIST_ITEM, 1);
        }
        self.counters.apply(style);
        if let ("li", Some(value)) = (element.name, number("value")) {
            self.counters.set(LIST_ITEM, value);
        }
        if element.id().is_some() {
            self.at_ids.insert(node, self.counters.snapshot());
        }
    }

    /// Enters a box, with what propagates to it from its children.
    pub fn finish(&mut self, node: NodeId, style: Arc<ComputedStyle>, content: BoxContent<'a>) -> BoxId {
        let strings = style
            .string_set
            .iter()
            .map(|(name, parts)| (name.clone(), self.words(node, parts)))
            .collect();
        let new = LayoutBox {
            whole: BoxId(0),
            node,
            origin: Origin::Principal,
            marker: None,
            ends: Ends::BOTH,
            break_before: style.break_before,
            break_after: style.break_after,
            first_page: style.page.clone(),
            last_page: style.page.clone(),
            strings,
            resumed: None,
            style,
            content,
        };
        let id = self.tree.push(new);
        self.tree.propagate(id);
        id
    }

    /// An anonymous box, or one of a pseudo-element.
    pub fn generated(
        &mut self,
        node: NodeId,
        style: Arc<ComputedStyle>,
        content: BoxContent<'a>,
    ) -> BoxId {
        let id = self.finish(node, style, content);
        let made = &mut self.tree.boxes[id.index()];
        made.origin = Origin::Generated;
        made.strings.clear();
        id
    }

    fn flow(&self, node: NodeId, style: &Arc<ComputedStyle>, placement: Placement) -> Flow<'a> {
        Flow { node, style: style.clone(), placement, blocks: vec![], run: Run::default() }
    }

    fn items(&mut self, node: NodeId, style: &Arc<ComputedStyle>) -> BoxContent<'a> {
        let mut flow = self.flow(node, style, Placement::Item);
        self.fill_with_pseudos(node, &mut flow);
        self.flush(&mut flow);
        let (absolutes, mut in_flow): (Vec<BoxId>, Vec<BoxId>) =
            flow.blocks.into_iter().partition(|&id| self.tree.is_absolute(id));
        in_flow.sort_by_key(|&id| self.tree.get(id).style.order);
        let items = Items { in_flow: in_flow.into(), absolutes: absolutes.into() };
        match style.display {
            Display::Grid | Display::InlineGrid => BoxContent::Grid(items),
            _ => BoxContent::Flex(items),
        }
    }

    fn fill_with_pseudos(&mut self, node: NodeId, flow: &mut Flow<'a>) {
        self.pseudo(node, Pseudo::Before, flow);
        let document = self.document;
        self.fill(&document.node(node).children, flow);
        self.pseudo(node, Pseudo::After, flow);
    }

    fn fill(&mut self, children: &'a [NodeId], flow: &mut Flow<'a>) {
        let mut index = 0;
        while let Some(&child) = children.get(index) {
            index += 1;
            match &self.document.node(child).kind {
                NodeKind::Text(text) => {
                    let place = self.document.node(child).place.clone();
                    let lang = self.document.lang_of(child);
                    let style = self.style(child);
                    flow.run.text(text.as_str().into(), Owner::Node(child), lang, place, style);
                }
                NodeKind::Element(_) if is_table_part(self.style(child).display) => {
                    // A part of a table outside one: all that follow make one anonymous table.
                    let rest = &children[index - 1..];
                    let parts = rest.iter().take_while(|&&c| self.joins_table(c)).count();
                    index += parts - 1;
                    let style = Arc::new(anonymous(&flow.style, Display::Table));
                    let table = self.loose_table(flow.node, style, &rest[..parts]);
                    self.block(table, flow);
                }
                NodeKind::Element(_) => self.child(child, flow),
            }
        }
    }

    /// Whether a child goes into the anonymous table that a part of a table before it began: another
    /// part, or white space between them (CSS 2.2 §17.2.1).
    fn joins_table(&self, child: NodeId) -> bool {
        match &self.document.node(child).kind {
            NodeKind::Text(text) => text.trim_ascii().is_empty(),
            NodeKind::Element(_) => is_table_part(self.style(child).display),
        }
    }

    fn child(&mut self, child: NodeId, flow: &mut Flow<'a>) {
        let style = self.style(child).clone();
        let Some(element) = self.document.element(child) else { return };
        if style.display == Display::None {
            return;
        }
        if element.name == "wbr" && flow.placement == Placement::Flow {
            flow.run.opportunity();
            return;
        }
        if element.name == "br" && flow.placement == Placement::Flow {
            flow.run.part(Part::LineBreak);
            return;
        }
        let replaced = matches!(element.name, "img" | "svg");
        let in_flow = style.position != Position::Absolute && flow.placement == Placement::Flow;
        match style.display {
            Display::Inline if in_flow && !replaced => {
                self.count(child, &style);
                let link = element.name == "a" && element.attribute("href").is_some();
                let role = if link { BoxRole::Link } else { BoxRole::Plain };
                flow.run.open(child, style, role);
                self.counters.open();
                self.fill_with_pseudos(child, flow);
                self.counters.close();
                flow.run.close();
            }
            display if in_flow && (display == Display::Inline || display.is_atomic()) => {
                if let Some(atomic) = self.element_box(child) {
                    flow.run.atomic(atomic, style);
                }
            }
            _ => {
                if let Some(block) = self.element_box(child) {
                    self.block(block, flow);
                }
            }
        }
    }

    /// Adds a block-level box, a flex or grid item, or an absolutely positioned box.
    fn block(&mut self, block: BoxId, flow: &mut Flow<'a>) {
        if self.tree.is_absolute(block) && flow.placement == Placement::Flow {
            flow.run.absolute(block);
            return;
        }
        self.flush(flow);
        flow.blocks.push(block);
    }

    /// Ends the run of inline content before a block: an anonymous block box, unless it is blank. The
    /// inline boxes still open are closed in it and opened again after the block.
    fn flush(&mut self, flow: &mut Flow<'a>) {
        let mut run = flow.run.split();
        if run.is_blank() {
            flow.blocks.append(&mut run.absolutes);
            return;
        }
        let style = Arc::new(anonymous(&flow.style, Display::Block));
        let content = self.paragraph(flow.node, &style, run);
        let block = self.generated(flow.node, style, content);
        flow.blocks.push(block);
    }

    fn close_flow(&mut self, mut flow: Flow<'a>) -> BoxContent<'a> {
        if flow.blocks.is_empty() && !flow.run.is_blank() {
            return self.paragraph(flow.node, &flow.style.clone(), flow.run);
        }
        self.flush(&mut flow);
        BoxContent::Blocks(flow.blocks)
    }

    /// The content of an anonymous box round some of an element's children.
    pub fn loose_content(
        &mut self,
        node: NodeId,
        style: &Arc<ComputedStyle>,
        children: &'a [NodeId],
    ) -> BoxContent<'a> {
        let mut flow = self.flow(node, style, Placement::Flow);
        self.fill(children, &mut flow);
        self.close_flow(flow)
    }

    fn paragraph(&self, node: NodeId, style: &Arc<ComputedStyle>, run: Run<'a>) -> BoxContent<'a> {
        let mut content = run.into_content(style.clone(), &self.document.names);
        if let Some(link) = self.link_around(node) {
            content.wrap(link, Arc::new(anonymous(style, Display::Inline)));
        }
        BoxContent::Inline(Arc::new(content))
    }

    /// The `<a href>` that a block container is, or is in: its lines are link areas.
    fn link_around(&self, node: NodeId) -> Option<NodeId> {
        std::iter::once(node).chain(self.document.ancestors(node)).find(|&n| {
            self.document.element(n).is_some_and(|e| e.name == "a" && e.attribute("href").is_some())
        })
    }

    fn pseudo(&mut self, node: NodeId, which: Pseudo, flow: &mut Flow<'a>) {
        let styles = &self.styles.nodes[node.index()];
        let (style, owner) = match which {
            Pseudo::Before => (&styles.before, Owner::Before(node)),
            Pseudo::After => (&styles.after, Owner::After(node)),
        };
        let Some(style) = style.clone() else { return };
        let Content::Parts(parts) = &style.content else { return };
        if style.display == Display::None {
            return;
        }
        self.counters.apply(&style);
        let words = self.words(node, parts);
        let lang = self.document.lang_of(node);
        let place = self.document.node(node).place.clone();
        let in_flow = style.position != Position::Absolute && flow.placement == Placement::Flow;
        if style.display == Display::Inline && in_flow {
            flow.run.open(node, style.clone(), BoxRole::Plain);
            flow.run.text(words.into(), owner, lang, place, &style);
            flow.run.close();
            return;
        }
        let mut run = Run::default();
        run.text(words.into(), owner, lang, place, &style);
        let content = match run.is_blank() {
            true => BoxContent::Blocks(vec![]),
            false => BoxContent::Inline(Arc::new(run.into_content(style.clone(), &self.document.names))),
        };
        let made = self.generated(node, style.clone(), content);
        match style.display {
            display if in_flow && display.is_atomic() => flow.run.atomic(made, style),
            _ => self.block(made, flow),
        }
    }

    /// The text of a `content` value. Page counters are for margin boxes: elsewhere the page is not
    /// known before layout.
    fn words(&mut self, node: NodeId, parts: &[ContentPart]) -> String {
        let mut out = String::new();
        for part in parts {
            match part {
                ContentPart::Text(text) => out.push_str(text),
                ContentPart::Counter(name, style) => {
                    out.push_str(&represent(self.counters.value(name), *style));
                }
                ContentPart::Attr(name) => {
                    let value = self.document.element(node).and_then(|e| e.attribute(name));
                    out.push_str(value.unwrap_or(""));
                }
                ContentPart::TargetCounter { link, name, style } => {
                    self.asked = true;
                    let counter = |target| self.targets.counter(target, name, *style);
                    match targets::target(&self.ids, link).map(counter) {
                        Ok(number) => out.push_str(&number),
                        Err(fault) => self.report(node, fault),
                    }
                }
                ContentPart::TargetText { link } => match targets::target(&self.ids, link) {
                    Ok(target) => {
                        let text = self.document.text_content(target);
                        out.push_str(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
                    }
                    Err(fault) => self.report(node, fault),
                },
                ContentPart::Page(_) | ContentPart::Pages(_) | ContentPart::String(..) => {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "page counters and named strings are known only in margin boxes: nothing is printed",
                        )
                        .maybe_at(self.document.node(node).place.clone())
                        .hint("use them in a margin box of @page, such as @bottom-right"),
                    );
                }
            }
        }
        out
    }

    fn report(&mut self, node: NodeId, fault: Diagnostic) {
        self.diagnostics.push(fault.maybe_at(self.document.node(node).place.clone()));
    }

    /// CSS Lists 3 §3.
    fn marker(&mut self, node: NodeId) -> Option<Marker<'a>> {
        let own = self.style(node);
        let style = match &self.styles.nodes[node.index()].marker {
            Some(style) => style.clone(),
            None => Arc::new(anonymous(own, Display::Inline)),
        };
        let words = match &style.content {
            Content::None => return None,
            Content::Parts(parts) => self.words(node, parts),
            Content::Normal => match own.text.list_style_type {
                ListStyleType::None => return None,
                ListStyleType::Disc => return Some(bullet(style, Bullet::Disc)),
                ListStyleType::Circle => return Some(bullet(style, Bullet::Circle)),
                ListStyleType::Square => return Some(bullet(style, Bullet::Square)),
                numbered => represent(self.counters.value(LIST_ITEM), numbered) + ". ",
            },
        };
        // A space at the end of a line hangs; this one keeps the marker from its item.
        let words = match words.strip_suffix(' ') {
            Some(words) => format!("{words}\u{A0}"),
            None => words,
        };
        let mut text = anonymous(&style, Display::Block);
        let mut words_style = (*text.text).clone();
        words_style.white_space = WhiteSpace::PRE;
        words_style.text_align = TextAlign::Start;
        words_style.text_indent = LengthPercentage::ZERO;
        text.text = Arc::new(words_style);
        let part = Part::Text {
            text: words.into(),
            owner: Owner::Label(node),
            lang: self.document.lang_of(node),
            place: self.document.node(node).place.clone(),
        };
        let paragraph =
            Paragraph { style: Arc::new(text), parts: vec![part], names: &self.document.names };
        Some(Marker { style, content: MarkerContent::Text(Arc::new(paragraph)) })
    }

    /// A marker as the first inline content of its item (CSS Lists 3 §3.5).
    fn inside_marker(&mut self, node: NodeId, marker: Marker<'a>, flow: &mut Flow<'a>) {
        match marker.content {
            MarkerContent::Bullet(bullet) => {
                let style = Arc::new(anonymous(&marker.style, Display::InlineBlock));
                let made = self.generated(node, style.clone(), BoxContent::Bullet(bullet));
                flow.run.atomic(made, style);
            }
            MarkerContent::Text(paragraph) => {
                flow.run.open(node, marker.style, BoxRole::Plain);
                for part in &paragraph.parts {
                    if let Part::Text { text, owner, lang, place } = part {
                        let style = &paragraph.style;
                        flow.run.text(text.clone(), *owner, lang, place.clone(), style);
                    }
                }
                flow.run.close();
            }
        }
    }
}

fn bullet<'a>(style: Arc<ComputedStyle>, bullet: Bullet) -> Marker<'a> {
    Marker { style, content: MarkerContent::Bullet(bullet) }
}

/// The style of an anonymous box: inherited properties are its parent's, the others initial (CSS 2.2
/// §9.2.1.1). Decorations reach its text, and it stands on its parent's page.
pub(super) fn anonymous(parent: &ComputedStyle, display: Display) -> ComputedStyle {
    ComputedStyle {
        text: parent.text.clone(),
        display,
        text_decoration: parent.text_decoration,
        page: parent.page.clone(),
        ..ComputedStyle::initial()
    }
}
