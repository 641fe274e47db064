//! What a sheet asks of boxes that pages cannot heed: named pages for what stands in a row of boxes, in a table
//! or within a line.

use std::collections::BTreeSet;

use super::boxes::*;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::{Document, NodeId};
use crate::style::values::{Display, Styles};

impl BoxTree<'_> {
    /// Warns of elements that ask for pages of a name and do not stand below one another in the page's flow
    /// (CSS Paged Media 3 §8: the name changes between boxes where a page may begin).
    pub fn report_unheeded_pages(
        &self,
        document: &Document,
        styles: &Styles,
        diagnostics: &mut Diagnostics,
    ) {
        let in_flow = self.nodes_in_flow();
        for index in 0..document.nodes.len() {
            let node = NodeId(index as u32);
            let (Some(element), Some(parent)) = (document.element(node), document.node(node).parent)
            else {
                continue;
            };
            let style = |node: NodeId| &styles.nodes[node.index()].style;
            let asks = style(node).page.is_some() && style(node).page != style(parent).page;
            if !asks || in_flow.contains(&node) || style(node).display == Display::None {
                continue;
            }
            let name = style(node).page.as_deref().unwrap_or_default();
            let message = format!("`page: {name}` of this `{}` is not heeded", element.name);
            diagnostics.push(
                Diagnostic::warning(message)
                    .maybe_at(document.node(node).place.clone())
                    .hint("only a block in the page's flow has pages of its own: no item of a flex box or a grid, no part of a table, nothing within a line"),
            );
        }
    }

    /// The elements whose boxes stand below one another, down from the root.
    fn nodes_in_flow(&self) -> BTreeSet<NodeId> {
        let mut nodes = BTreeSet::new();
        let mut open = vec![self.root];
        while let Some(id) = open.pop() {
            let b = self.get(id);
            nodes.insert(b.node);
            if let BoxContent::Blocks(children) = &b.content {
                open.extend(children.iter().filter(|child| !self.is_absolute(**child)));
            }
        }
        nodes
    }
}
