//! Text that nobody sees and that is read out all the same.

use std::collections::BTreeSet;

use super::printed::Printed;
use crate::diagnostic::{Diagnostic, Diagnostics, excerpt};
use crate::document::tree::NodeId;

/// Warns about each element that makes the text in it invisible, by `opacity: 0` or `font-size: 0`: it is in the
/// structure and its headings are in the outline (ISO 14289-1 §7.1 wants real content only there).
pub(super) fn check(printed: &Printed, diagnostics: &mut Diagnostics) {
    let mut said = BTreeSet::new();
    for text in printed.document.ids() {
        let words = printed.document.text(text).unwrap_or_default().trim();
        if words.is_empty() || !printed.is_printed(text) {
            continue;
        }
        let Some((node, declaration)) = hidden(printed, text) else { continue };
        if said.insert(node) {
            let message =
                format!("`{declaration}` hides “{}”, which is read out all the same", excerpt(words));
            diagnostics.push(
                Diagnostic::warning(message)
                    .maybe_at(printed.place(node))
                    .hint("leave it out with `display: none`, or show it"),
            );
        }
    }
}

/// The outermost element that makes a text invisible, and by what.
fn hidden(printed: &Printed, text: NodeId) -> Option<(NodeId, &'static str)> {
    let style = |node: NodeId| &printed.styles.nodes[node.index()].style;
    let around: Vec<NodeId> = printed.document.ancestors(text).collect();
    if let Some(node) = around.iter().rfind(|node| style(**node).opacity <= 0.0) {
        return Some((*node, "opacity: 0"));
    }
    // A size is inherited, and may be set anew further in.
    let small = around.iter().take_while(|node| style(**node).text.font_size <= 0.0);
    small.last().map(|node| (*node, "font-size: 0"))
}
