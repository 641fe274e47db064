//! The document outline, nested as the headings are (ISO 32000-1 §12.3.3).

use lopdf::{Object, ObjectId, dictionary};

use super::Printed;
use super::links::explicit;
use super::spoken::spoken;
use super::strings::text;

struct Item {
    id: ObjectId,
    title: Object,
    destination: Object,
    depth: u8,
    parent: Option<usize>,
    /// Its place among its parent's children.
    place: usize,
    children: Vec<usize>,
}

/// Adds an item for every heading that has words and a place; None without any.
pub(super) fn write(pdf: &mut lopdf::Document, printed: &Printed) -> Option<ObjectId> {
    let Printed { document, styles, structure, pages, page_ids } = *printed;
    let mut items: Vec<Item> = vec![];
    let mut top = vec![];
    for heading in &structure.headings {
        let title = spoken(document, styles, heading.node);
        let destination = pages.destinations.get(&heading.node);
        let destination = destination.and_then(|to| explicit(*to, &pages.pages, page_ids));
        let Some(destination) = destination.filter(|_| !title.is_empty()) else { continue };
        let above = |mut candidate: Option<usize>| {
            while let Some(index) = candidate {
                if items[index].depth < heading.depth {
                    return Some(index);
                }
                candidate = items[index].parent;
            }
            None
        };
        let parent = above(items.len().checked_sub(1));
        let index = items.len();
        let siblings = match parent {
            Some(parent) => &mut items[parent].children,
            None => &mut top,
        };
        let place = siblings.len();
        siblings.push(index);
        items.push(Item {
            id: pdf.new_object_id(),
            title: text(&title),
            destination,
            depth: heading.depth,
            parent,
            place,
            children: vec![],
        });
    }
    let (first, last) = (*top.first()?, *top.last()?);
    let root = pdf.new_object_id();
    for item in &items {
        let siblings = item.parent.map_or(&top, |parent| &items[parent].children);
        let mut dict = dictionary! {
            "Title" => item.title.clone(),
            "Parent" => item.parent.map_or(root, |parent| items[parent].id),
            "Dest" => item.destination.clone(),
        };
        if let Some(before) = item.place.checked_sub(1) {
            dict.set("Prev", items[siblings[before]].id);
        }
        if let Some(after) = siblings.get(item.place + 1) {
            dict.set("Next", items[*after].id);
        }
        if let [first, .., last] | [first @ last] = item.children[..] {
            dict.set("First", items[first].id);
            dict.set("Last", items[last].id);
            // The first level is open; further down, the number that opening would show.
            let children = item.children.len() as i64;
            dict.set("Count", if item.parent.is_none() { children } else { -children });
        }
        pdf.objects.insert(item.id, dict.into());
    }
    let shown: usize = top.iter().map(|index| 1 + items[*index].children.len()).sum();
    let dict = dictionary! {
        "Type" => "Outlines",
        "First" => items[first].id,
        "Last" => items[last].id,
        "Count" => shown as i64,
    };
    pdf.objects.insert(root, dict.into());
    Some(root)
}
