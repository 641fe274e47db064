//! Elements as the `selectors` crate sees them.

use selectors::OpaqueElement;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;

use super::selector::{Name, NoPseudoClass, Pseudo, Tree};
use crate::document::tree::{Document, Element, NodeId, NodeKind};

/// A document and, for each element, its neighbours among elements.
pub(super) struct Elements<'d> {
    pub document: &'d Document,
    siblings: Vec<Siblings>,
}

#[derive(Clone, Copy, Default)]
struct Siblings {
    previous: Option<NodeId>,
    next: Option<NodeId>,
}

impl<'d> Elements<'d> {
    pub fn new(document: &'d Document) -> Elements<'d> {
        let mut siblings = vec![Siblings::default(); document.nodes.len()];
        for node in &document.nodes {
            let mut previous: Option<NodeId> = None;
            for &child in &node.children {
                if document.element(child).is_none() {
                    continue;
                }
                siblings[child.index()].previous = previous;
                if let Some(previous) = previous {
                    siblings[previous.index()].next = Some(child);
                }
                previous = Some(child);
            }
        }
        Elements { document, siblings }
    }

    pub fn element(&self, id: NodeId) -> Option<ElementRef<'_>> {
        self.document.element(id).map(|element| ElementRef { elements: self, id, element })
    }
}

#[derive(Clone, Copy)]
pub(super) struct ElementRef<'e> {
    elements: &'e Elements<'e>,
    pub id: NodeId,
    pub element: &'e Element,
}

impl std::fmt::Debug for ElementRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}> {:?}", self.element.name, self.id)
    }
}

impl ElementRef<'_> {
    fn at(&self, id: Option<NodeId>) -> Option<Self> {
        let id = id?;
        let element = self.elements.document.element(id)?;
        Some(ElementRef { elements: self.elements, id, element })
    }

    fn siblings(&self) -> Siblings {
        self.elements.siblings[self.id.index()]
    }
}

impl selectors::Element for ElementRef<'_> {
    type Impl = Tree;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.element)
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.elements.document.node(self.id).parent)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.siblings().previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.siblings().next)
    }

    fn first_element_child(&self) -> Option<Self> {
        let children = &self.elements.document.node(self.id).children;
        children.iter().find_map(|&child| self.at(Some(child)))
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.element.name == name
    }

    fn has_namespace(&self, namespace: &str) -> bool {
        namespace.is_empty()
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.name == other.element.name
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&Name>,
        name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.element.attribute(name.as_ref()).is_some_and(|value| operation.eval_str(value))
    }

    fn match_non_ts_pseudo_class(
        &self,
        class: &NoPseudoClass,
        _: &mut MatchingContext<'_, Tree>,
    ) -> bool {
        match *class {}
    }

    fn match_pseudo_element(&self, _: &Pseudo, _: &mut MatchingContext<'_, Tree>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.element.name == "a" && self.element.attribute("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.element.id().is_some_and(|own| case.eq(own.as_bytes(), id.as_ref().as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        self.element.classes().any(|own| case.eq(own.as_bytes(), name.as_ref().as_bytes()))
    }

    fn has_custom_state(&self, _: &Name) -> bool {
        false
    }

    fn imported_part(&self, _: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _: &Name) -> bool {
        false
    }

    /// No child elements and no text, white space included (Selectors 3 §6.6.5.13, as browsers do).
    fn is_empty(&self) -> bool {
        let document = self.elements.document;
        document.node(self.id).children.iter().all(|&child| match &document.node(child).kind {
            NodeKind::Element(_) => false,
            NodeKind::Text(text) => text.is_empty(),
        })
    }

    fn is_root(&self) -> bool {
        self.id == Document::ROOT
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
