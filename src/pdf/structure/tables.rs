//! Tables: groups, rows, cells and what they say of themselves (ISO 32000-1 §14.8.4.3.4, §14.8.5.7).

use super::super::headers;
use super::super::role::Role;
use super::super::spoken::spoken;
use super::{Attributes, Builder, ElementId, Scope};
use crate::document::tree::NodeId;
use crate::style::values::Display;

impl Builder<'_> {
    /// A table with all its cells, painted or not: a row that lacks one would shift the others. A head and a
    /// foot stand by a body, and there is one of each (ISO 32000-1 table 337): other groups are bodies.
    pub(super) fn table(&mut self, node: NodeId, at: ElementId) {
        let table = self.add(Role::Table, at, node);
        self.elements[table.0].attributes = self.summary(node);
        let parts = self.shown_children(node);
        let has_body = parts.iter().any(|part| matches!(self.name(*part), "tbody" | "tr"));
        let mut ends = vec![];
        for child in parts {
            let name = self.name(child);
            let role = match name {
                "caption" if !self.painted[child.index()] => continue,
                "caption" => {
                    let caption = self.add(Role::Caption, table, child);
                    self.flow(child, caption);
                    continue;
                }
                "thead" => Role::TableHead,
                "tfoot" => Role::TableFoot,
                "tbody" => Role::TableBody,
                "tr" => {
                    self.row(child, table, Role::TableBody);
                    continue;
                }
                _ => continue,
            };
            let is_end = role != Role::TableBody && has_body && !ends.contains(&role);
            if is_end {
                ends.push(role);
            }
            let group = self.add(if is_end { role } else { Role::TableBody }, table, child);
            for row in self.shown_children(child) {
                self.row(row, group, role);
            }
        }
        headers::name_groups(&mut self.elements, table);
    }

    /// A caption that the layout hides, since a heading stands beside the table, still says what the table is:
    /// one of which nothing is painted.
    fn summary(&self, table: NodeId) -> Attributes {
        let hidden = |child: &&NodeId| self.name(**child) == "caption" && !self.painted[child.index()];
        let caption = self.document.node(table).children.iter().find(hidden);
        let said =
            caption.map(|caption| spoken(self.document, self.styles, *caption)).unwrap_or_default();
        if said.is_empty() { Attributes::None } else { Attributes::Summary(said) }
    }

    fn shown_children(&self, node: NodeId) -> Vec<NodeId> {
        let children = self.document.node(node).children.iter().copied();
        let elements = children.filter(|child| self.document.element(*child).is_some());
        elements.filter(|child| self.display(*child) != Display::None).collect()
    }

    fn row(&mut self, node: NodeId, at: ElementId, group: Role) {
        let row = self.add(Role::Row, at, node);
        let cells = self.shown_children(node);
        // Nothing but headers: a head, unless it is the stub of a row whose cells span it from above.
        let is_head = group == Role::TableHead
            || cells.len() > 1 && cells.iter().all(|cell| self.name(*cell) == "th");
        for node in cells {
            let Some(element) = self.document.element(node) else { continue };
            let header = element.name == "th";
            let scope = header.then(|| match element.attribute("scope") {
                Some("row") => Scope::Row,
                Some("rowgroup") => Scope::RowGroup,
                Some("col" | "colgroup") => Scope::Column,
                _ if is_head => Scope::Column,
                _ => Scope::Row,
            });
            let span = |name| {
                element.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1u32).clamp(1, 1000)
            };
            let headers = element.attribute("headers").unwrap_or("");
            let headers = headers.split_ascii_whitespace().map(str::to_string).collect();
            let role = if header { Role::HeaderCell } else { Role::Cell };
            let cell = self.add(role, row, node);
            self.elements[cell.0].id = element.id().filter(|_| header).map(str::to_string);
            self.elements[cell.0].attributes =
                Attributes::Cell { scope, rows: span("rowspan"), columns: span("colspan"), headers };
            self.flow(node, cell);
        }
    }
}
