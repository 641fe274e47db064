//! A heading with nothing under it.

use super::printed::Printed;
use crate::diagnostic::{Diagnostic, Diagnostics, excerpt};
use crate::document::tree::NodeId;

/// Warns about each printed heading that the next one of its level, or the end, follows at once.
pub(super) fn check(printed: &Printed, diagnostics: &mut Diagnostics) {
    let document = printed.document;
    let mut open: Option<(NodeId, u8)> = None;
    let mut warn = |node: NodeId| {
        let heading = document.text_content(node);
        diagnostics.push(
            Diagnostic::warning(format!(
                "nothing stands under the heading “{}”",
                excerpt(heading.trim())
            ))
            .maybe_at(printed.place(node))
            .about([heading.trim().to_owned()])
            .hint("write something under it, or take the heading out"),
        );
    };
    let mut stack = vec![document.body];
    while let Some(node) = stack.pop() {
        let filled = match document.element(node) {
            None => document.text(node).is_some_and(|text| !text.trim().is_empty()),
            Some(_) if !printed.is_displayed(node) => continue,
            Some(element) => {
                if let Some(level) = level(element.name) {
                    if let Some((above, _)) = open.filter(|(_, above)| level <= *above) {
                        warn(above);
                    }
                    open = (!document.text_content(node).trim().is_empty()).then_some((node, level));
                    continue;
                }
                matches!(element.name, "img" | "svg")
            }
        };
        if filled {
            open = None;
        }
        stack.extend(document.node(node).children.iter().rev());
    }
    if let Some((last, _)) = open {
        warn(last);
    }
}

fn level(name: &str) -> Option<u8> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}
