//! What every painted item comes from: a node, and which part of its content.

use super::role::{Class, alternative};
use crate::document::tree::{Document, NodeId};
use crate::layout::pages::{Owner, Pages, Paint};

/// A node's own content has up to four places in the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Label = 0,
    Before = 1,
    Body = 2,
    After = 3,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) node: NodeId,
    pub(super) part: Part,
}

/// The source of every painted item.
pub(super) struct Sources {
    pub(super) items: Vec<Vec<Option<Source>>>,
    /// By node and part: whether anything is painted.
    pub(super) painted: Vec<[bool; 4]>,
    /// By node: whether its marker is a drawing.
    pub(super) drawn: Vec<bool>,
}

impl Sources {
    pub(super) fn collect(document: &Document, pages: &Pages) -> Sources {
        let mut painted = vec![[false; 4]; document.nodes.len()];
        let mut source = |owner: Owner| {
            let (node, part) = match owner {
                Owner::Artifact(_) => return None,
                Owner::Label(node) => (node, Part::Label),
                Owner::Before(node) => (node, Part::Before),
                Owner::After(node) => (node, Part::After),
                Owner::Node(node) => {
                    if let Some(element) = document.element(node)
                        && Class::of(element) == Class::Figure
                    {
                        alternative(element)?;
                    }
                    (node, Part::Body)
                }
            };
            painted[node.index()][part as usize] = true;
            Some(Source { node, part })
        };
        let mut drawn = vec![false; document.nodes.len()];
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let (Owner::Label(node), Paint::Shape(_)) = (item.owner, &item.paint) {
                drawn[node.index()] = true;
            }
        }
        let pages = pages.pages.iter();
        let items =
            pages.map(|page| page.items.iter().map(|item| source(item.owner)).collect()).collect();
        Sources { items, painted, drawn }
    }
}
