//! What an element says, on one line: its text, and its pictures' alternatives.

use super::role::alternative;
use super::strings::plain;
use crate::document::tree::{Document, NodeId, NodeKind};

pub(super) fn spoken(document: &Document, node: NodeId) -> String {
    let mut said = String::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        match &document.node(node).kind {
            NodeKind::Text(text) => said.push_str(text),
            NodeKind::Element(element) if element.name == "br" => said.push(' '),
            NodeKind::Element(element) => match alternative(element) {
                Some(alternative) => said.push_str(alternative),
                None => stack.extend(document.node(node).children.iter().rev()),
            },
        }
    }
    plain(&said)
}
