//! The filled layout as a tree: what every later stage reads.
//!
//! Nodes live in one arena in document order (a parent before its children), so a `NodeId` compares
//! like reading order.

use crate::diagnostic::Place;
use crate::locale::typography::Names;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A filled layout. `nodes[0]` is the `html` element; `body` is the element that is printed.
#[derive(Clone, Debug)]
pub struct Document {
    pub nodes: Vec<Node>,
    pub body: NodeId,
    /// BCP 47, from `<html lang>`.
    pub lang: String,
    /// Text of `<title>`, after the typographic rules.
    pub title: String,
    /// `<title lang>`, where it is not the document's.
    pub title_lang: Option<String>,
    /// Of people and firms: kept as they are written wherever they stand.
    pub names: Names,
    /// `<meta name="author" content="…">`.
    pub author: Option<String>,
    /// `<meta name="max-pages" content="5">`.
    pub max_pages: Option<u32>,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub parent: Option<NodeId>,
    pub children: Vec<NodeId>,
    pub kind: NodeKind,
    /// Where the template says it: the start tag in the `.html.hbs`. Text has its parent's.
    pub place: Option<Place>,
}

#[derive(Clone, Debug)]
pub enum NodeKind {
    Element(Element),
    /// Character data after the typographic rules; white space not yet collapsed.
    Text(String),
}

#[derive(Clone, Debug)]
pub struct Element {
    /// Lower case, one of the supported elements (`document::elements`). An inline `<svg>` is one
    /// element without children: its markup is in `svg`.
    pub name: &'static str,
    /// In source order; names lower case.
    pub attributes: Vec<(String, String)>,
    /// Serialised markup of an inline `<svg>`.
    pub svg: Option<String>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn id(&self) -> Option<&str> {
        self.attribute("id").filter(|id| !id.is_empty())
    }

    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or("").split_ascii_whitespace()
    }
}

impl Document {
    pub const ROOT: NodeId = NodeId(0);

    /// Every node, in document order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).kind {
            NodeKind::Element(element) => Some(element),
            NodeKind::Text(_) => None,
        }
    }

    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            NodeKind::Element(_) => None,
            NodeKind::Text(text) => Some(text),
        }
    }

    /// The element itself, or the parent element of a text node.
    pub fn nearest_element(&self, id: NodeId) -> NodeId {
        match self.node(id).kind {
            NodeKind::Element(_) => id,
            NodeKind::Text(_) => self.node(id).parent.unwrap_or(Self::ROOT),
        }
    }

    /// The node's ancestors, nearest first, itself left out.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).parent, |&p| self.node(p).parent)
    }

    /// The `lang` in force at a node: its own, or the nearest ancestor's, or the document's.
    pub fn lang_of(&self, id: NodeId) -> &str {
        std::iter::once(id)
            .chain(self.ancestors(id))
            .filter_map(|n| self.element(n)?.attribute("lang"))
            .find(|lang| !lang.is_empty())
            .unwrap_or(&self.lang)
    }

    /// All character data below a node, in document order.
    pub fn text_content(&self, id: NodeId) -> String {
        let mut out = String::new();
        let mut stack = vec![id];
        while let Some(node) = stack.pop() {
            if let Some(text) = self.text(node) {
                out.push_str(text);
            }
            stack.extend(self.node(node).children.iter().rev());
        }
        out
    }
}
