//! What `target-counter()` and `target-text()` print of the element that a link leads to (CSS GCPM 3
//! §5).
//!
//! Numbers of pages are known once there are pages, and printing them may move what they number: the
//! document is laid out again with what the round before found, until nothing changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counters::{Counters, represent};
use super::pages::Destination;
use crate::diagnostic::Diagnostic;
use crate::document::tree::{Document, NodeId};
use crate::style::values::ListStyleType;

/// The counters in force at elements, each list from the outside in.
pub(super) type CountersAt = BTreeMap<NodeId, Vec<(Arc<str>, i32)>>;

/// What one round of layout knows of the elements that links may lead to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Targets {
    /// 1-based.
    pub pages: BTreeMap<NodeId, usize>,
    /// The counters in force at each element with an id.
    pub counters: CountersAt,
}

impl Targets {
    pub fn of_pages(destinations: &BTreeMap<NodeId, Destination>) -> BTreeMap<NodeId, usize> {
        destinations.iter().map(|(node, at)| (*node, at.page + 1)).collect()
    }

    /// A counter's value at an element. Before it is known, as wide a number as most turn out.
    pub fn counter(&self, node: NodeId, name: &str, style: ListStyleType) -> String {
        const UNKNOWN: i32 = 10;
        let value = match name {
            "page" => self.pages.get(&node).map(|page| *page as i32),
            _ => self.counters.get(&node).map(|counters| {
                counters.iter().rev().find(|(of, _)| **of == *name).map_or(0, |(_, value)| *value)
            }),
        };
        represent(value.unwrap_or(UNKNOWN), style)
    }
}

/// Elements by their ids.
pub(super) fn ids(document: &Document) -> BTreeMap<&str, NodeId> {
    let with_id = |id: NodeId| Some((document.element(id)?.id()?, id));
    document.ids().filter_map(with_id).collect()
}

/// The element that a link leads to.
pub(super) fn target(ids: &BTreeMap<&str, NodeId>, link: &str) -> Result<NodeId, Diagnostic> {
    let known = ids.keys().copied();
    match link.strip_prefix('#') {
        Some(id) => ids.get(id).copied().ok_or_else(|| {
            Diagnostic::error(format!("no element has the id `{id}`")).nearest(id, known)
        }),
        None if link.is_empty() => Err(Diagnostic::error("there is no link whose target to count")),
        None => Err(Diagnostic::error(format!("`{link}` does not lead to an element of this document"))),
    }
}

impl Counters {
    /// All counters in force, the innermost last.
    pub fn snapshot(&self) -> Vec<(Arc<str>, i32)> {
        self.scopes().flatten().cloned().collect()
    }
}
