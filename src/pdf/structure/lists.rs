//! Lists: items, their labels and bodies, and how they are numbered (ISO 32000-1 §14.8.4.3.3, §14.8.5.5).

use super::super::role::{Class, Role};
use super::super::sources::Part;
use super::{Attributes, Builder, ElementId};
use crate::document::tree::NodeId;
use crate::style::values::ListStyleType;

impl Builder<'_> {
    pub(super) fn list(&mut self, node: NodeId, at: ElementId) {
        let list = self.add(Role::List, at, node);
        let items = self.painted_children(node);
        let has = |part| items.iter().find(|item| self.has_own(**item, part));
        let numbering = match (has(Part::Label), has(Part::Before)) {
            (Some(item), _) => self.styles.nodes[item.index()].style.text.list_style_type,
            (None, Some(_)) if self.name(node) == "ol" => ListStyleType::Decimal,
            (None, Some(_)) => ListStyleType::Disc,
            (None, None) => ListStyleType::None,
        };
        self.elements[list.0].attributes = Attributes::List(numbering);
        for item in items {
            let li = self.add(Role::ListItem, list, item);
            self.item(item, li);
        }
    }

    fn item(&mut self, node: NodeId, li: ElementId) {
        // Without a marker, what stands ::before an item is one: a counter, a sign.
        if let Some(part) =
            [Part::Label, Part::Before].into_iter().find(|part| self.has_own(node, *part))
        {
            let label = self.add(Role::Label, li, node);
            self.place(node, part, label);
            if part == Part::Label && self.sources.drawn[node.index()] {
                let bullet = self.styles.nodes[node.index()].style.text.list_style_type;
                self.elements[label.0].actual_text = sign(bullet);
            }
        }
        let body = self.add(Role::ListBody, li, node);
        match self.class(node) {
            // A `li`; anything else in a list is an item's whole content.
            Class::Transparent => self.flow(node, body),
            _ if self.is_block(node) => self.block(node, body),
            _ => self.text(node, body),
        }
    }

    /// A definition list: every term begins an item, whose label it is; what follows is its body.
    pub(super) fn definitions(&mut self, node: NodeId, at: ElementId) {
        let list = self.add(Role::List, at, node);
        self.elements[list.0].attributes = Attributes::List(ListStyleType::None);
        let mut parts = vec![];
        for child in self.painted_children(node) {
            match self.name(child) {
                "dt" | "dd" => parts.push(child),
                _ => parts.extend(self.painted_children(child)),
            }
        }
        let mut item = None;
        let mut after_body = false;
        for part in parts {
            let is_term = self.name(part) == "dt";
            let li = match item {
                Some(li) if !(is_term && after_body) => li,
                _ => self.add(Role::ListItem, list, part),
            };
            item = Some(li);
            after_body = !is_term;
            let inside = self.add(if is_term { Role::Label } else { Role::ListBody }, li, part);
            match self.name(part) {
                "dt" => self.texts(part, inside),
                "dd" => self.flow(part, inside),
                _ if self.is_block(part) => self.block(part, inside),
                _ => self.text(part, inside),
            }
        }
    }
}

/// The sign that a drawn marker stands for.
fn sign(bullet: ListStyleType) -> Option<&'static str> {
    match bullet {
        ListStyleType::Disc => Some("\u{2022}"),
        ListStyleType::Circle => Some("\u{25E6}"),
        ListStyleType::Square => Some("\u{25AA}"),
        _ => None,
    }
}
