//! What an element says, on one line: its text, and its pictures' alternatives.

use super::apart::is_apart;
use super::role::alternative;
use super::strings::plain;
use crate::document::tree::{Document, NodeId, NodeKind};
use crate::style::values::Styles;

enum Step {
    Node(NodeId),
    Space,
}

pub(super) fn spoken(document: &Document, styles: &Styles, node: NodeId) -> String {
    let mut said = String::new();
    let mut stack = vec![Step::Node(node)];
    while let Some(step) = stack.pop() {
        let Step::Node(node) = step else {
            said.push(' ');
            continue;
        };
        if is_apart(document, styles, node) {
            said.push(' ');
            stack.push(Step::Space);
        }
        match &document.node(node).kind {
            NodeKind::Text(text) => said.push_str(text),
            NodeKind::Element(element) if element.name == "br" => said.push(' '),
            NodeKind::Element(element) => match alternative(element) {
                Some(alternative) => said.push_str(alternative),
                None => stack.extend(document.node(node).children.iter().rev().copied().map(Step::Node)),
            },
        }
    }
    plain(&said)
}
