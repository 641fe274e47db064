//! Link annotations (ISO 32000-1 §12.5.6.5) and where they lead.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::Printed;
use super::number::{PT_PER_PX, round};
use super::spoken::spoken;
use super::strings::{bytes, plain, text};
use super::structure::ElementId;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::{Document, NodeId, NodeKind};
use crate::layout::pages::{Destination, Page, Pages};
use crate::style::values::Styles;

/// The annotations of a document.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// By page.
    pub(super) on_page: Vec<Vec<ObjectId>>,
    /// Of each Link element, with their page.
    pub(super) by_element: BTreeMap<ElementId, Vec<(ObjectId, usize)>>,
    /// The Link element of each, in order.
    pub(super) parents: Vec<ElementId>,
}

/// Adds an annotation for each clickable rectangle. Their keys in the parent tree count from
/// `first_key`.
pub(super) fn write(
    pdf: &mut lopdf::Document,
    printed: &Printed,
    first_key: usize,
    diagnostics: &mut Diagnostics,
) -> Links {
    let Printed { document, styles, structure, pages, page_ids } = *printed;
    let ids = ids(document);
    let mut links = Links { on_page: vec![vec![]; pages.pages.len()], ..Links::default() };
    for (index, page) in pages.pages.iter().enumerate() {
        for area in &page.links {
            let Some(element) = structure.link(area.owner) else { continue };
            let href = document.element(area.owner).and_then(|e| e.attribute("href")).unwrap_or("");
            let target = match href.strip_prefix('#') {
                Some(fragment) => inside(fragment, &ids, pages, page_ids),
                None => Some(("A", outside(href))),
            };
            let (x, y, height) = (area.rect.x, area.rect.y, page.height);
            let rect = [x, height - y - area.rect.height, x + area.rect.width, height - y];
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rect.map(|side| Object::from(round(side * PT_PER_PX, 2))).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Print; ISO 19005-2 §6.3.2 wants it.
                "F" => 4,
                "P" => page_ids[index],
                "StructParent" => (first_key + links.parents.len()) as i64,
                "Contents" => text(&description(document, styles, area.owner, href)),
            };
            match target {
                Some((key, target)) => annotation.set(key, target),
                None => diagnostics.push(
                    Diagnostic::error(format!("the link `{href}` leads to nothing that is printed"))
                        .maybe_at(document.node(area.owner).place.clone()),
                ),
            }
            let id = pdf.add_object(annotation);
            links.on_page[index].push(id);
            links.by_element.entry(element).or_default().push((id, index));
            links.parents.push(element);
        }
    }
    for (node, element) in structure.links() {
        let diagnostic = unheeded(printed, &links, *node, *element);
        diagnostics.extend(diagnostic.map(|d| d.maybe_at(document.node(*node).place.clone())));
    }
    links
}

/// What is wrong with a link that nobody hears, or that nobody can follow.
fn unheeded(printed: &Printed, links: &Links, node: NodeId, element: ElementId) -> Option<Diagnostic> {
    let Printed { document, styles, structure, .. } = *printed;
    let href = document.element(node)?.attribute("href").unwrap_or("");
    if !structure.is_heard(element) && label(document, node).is_none() {
        return Some(
            Diagnostic::error(format!("the link `{href}` has no words: who listens cannot know it"))
                .hint("give its picture an alternative, or `<a>` an aria-label"),
        );
    }
    if links.by_element.contains_key(&element) {
        return None;
    }
    let said = spoken(document, styles, node);
    Some(
        Diagnostic::warning(format!(
            "the link `{href}` takes no room on the page: nobody can follow it"
        ))
        .about(Some(said)),
    )
}

/// Elements by id; of two with the same, the first.
fn ids(document: &Document) -> BTreeMap<&str, NodeId> {
    let mut ids = BTreeMap::new();
    for (index, node) in document.nodes.iter().enumerate() {
        if let NodeKind::Element(element) = &node.kind
            && let Some(id) = element.id()
        {
            ids.entry(id).or_insert(NodeId(index as u32));
        }
    }
    ids
}

fn inside(
    fragment: &str,
    ids: &BTreeMap<&str, NodeId>,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<(&'static str, Object)> {
    let destination = *pages.destinations.get(ids.get(fragment)?)?;
    Some(("Dest", explicit(destination, &pages.pages, page_ids)?))
}

/// §12.3.2.2: that point at the window's top left corner, the zoom as it is.
pub(super) fn explicit(to: Destination, pages: &[Page], page_ids: &[ObjectId]) -> Option<Object> {
    let height = pages.get(to.page)?.height;
    let at = |px: f32| Object::from(round(px * PT_PER_PX, 2));
    Some(vec![page_ids[to.page].into(), "XYZ".into(), at(to.x), at(height - to.y), Object::Null].into())
}

fn outside(href: &str) -> Object {
    let action: Dictionary = dictionary! { "S" => "URI", "URI" => bytes(ascii(href).as_bytes()) };
    action.into()
}

/// A URI has ASCII only; other characters are percent-encoded as UTF-8 (RFC 3987 §3.1), and so is a `%`
/// that begins no such code (RFC 3986 §2.4).
pub(super) fn ascii(href: &str) -> String {
    let bytes = href.trim().as_bytes();
    let mut out = String::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        let digit = |at: usize| bytes.get(index + at).is_some_and(u8::is_ascii_hexdigit);
        match byte {
            b'%' if !(digit(1) && digit(2)) => out.push_str("%25"),
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(byte) => out.push(char::from(*byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn label(document: &Document, node: NodeId) -> Option<&str> {
    let label = document.element(node)?.attribute("aria-label")?;
    (!label.trim().is_empty()).then_some(label)
}

/// What a link is called where its text cannot be heard (ISO 14289-1 §7.18.5).
fn description(document: &Document, styles: &Styles, node: NodeId, href: &str) -> String {
    let said = label(document, node).map_or_else(|| spoken(document, styles, node), plain);
    if said.is_empty() { href.to_string() } else { said }
}
