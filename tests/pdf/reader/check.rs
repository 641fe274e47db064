//! What must hold between the pages and the structure tree.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Object, ObjectId};

use super::{Kid, Reader, number_tree};

/// Everything that is wrong; empty where nothing is.
pub fn faults(reader: &Reader) -> Vec<String> {
    let mut faults = reader.marked.faults.clone();
    faults.extend(super::limits::beyond(&reader.pdf));
    let pdf = &reader.pdf;
    let mut say = |fault: String| faults.push(fault);

    // Every piece of marked content is in the tree once, under its own tag.
    let mut owners: BTreeMap<(ObjectId, i64), ObjectId> = BTreeMap::new();
    let mut annotations: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
    let mut elements = BTreeSet::new();
    reader.root.walk(&mut |element| {
        elements.insert(element.id);
        if let Some(parent) = element.parent
            && element.dict.get(b"P").and_then(Object::as_reference).ok() != Some(parent)
        {
            say(format!("{} {} has another parent", element.role, element.id.0));
        }
        for kid in &element.kids {
            match kid {
                Kid::Element(_) => {}
                Kid::Content(stream, mcid) => {
                    if owners.insert((*stream, *mcid), element.id).is_some() {
                        say(format!("content {mcid} of {} is in the tree twice", stream.0));
                    }
                    match reader.marked.tags.get(&(*stream, *mcid)) {
                        None => say(format!("content {mcid} of {} is on no page", stream.0)),
                        Some(tag) if *tag != element.role && tag != "Span" => {
                            say(format!("content tagged {tag} in a {}", element.role));
                        }
                        Some(_) => {}
                    }
                }
                Kid::Annotation(id) => {
                    if annotations.insert(*id, element.id).is_some() {
                        say(format!("annotation {} is in the tree twice", id.0));
                    }
                }
            }
        }
    });
    for (stream, mcid) in reader.marked.tags.keys() {
        if !owners.contains_key(&(*stream, *mcid)) {
            say(format!("content {mcid} of {} is not in the tree", stream.0));
        }
    }

    // The parent tree says the same the other way round (§14.7.4.4).
    let tree = pdf.catalog().unwrap().get_deref(b"StructTreeRoot", pdf).unwrap().as_dict().unwrap();
    let parents = number_tree(pdf, tree.get_deref(b"ParentTree", pdf).unwrap().as_dict().unwrap());
    let next = tree.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap();
    if parents.keys().any(|key| *key >= next) {
        say("ParentTreeNextKey is taken".to_string());
    }
    for ((stream, mcid), owner) in &owners {
        let key = reader.marked.keys.get(stream);
        let listed = key.and_then(|key| parents.get(key)).and_then(|list| list.as_array().ok());
        let found = listed.and_then(|list| list.get(*mcid as usize)?.as_reference().ok());
        if found != Some(*owner) {
            say(format!("content {mcid} of {} has parent {found:?}, not {}", stream.0, owner.0));
        }
    }

    // Streams decode, and font programs are what their keys say.
    for (id, object) in &pdf.objects {
        if let Object::Stream(stream) = object
            && !matches!(stream.filters().as_deref(), Ok([b"DCTDecode"]))
            && stream.get_plain_content().is_err()
        {
            say(format!("stream {} does not decode", id.0));
        }
        let Ok(descriptor) = object.as_dict() else { continue };
        for (key, magic) in [(b"FontFile2", [0, 1]), (b"FontFile3", [1, 0])] {
            let Ok(program) = descriptor.get_deref(key, pdf) else { continue };
            let program = program.as_stream().unwrap().get_plain_content().unwrap_or_default();
            if !program.starts_with(&magic) {
                say(format!("the font program of {} is none", id.0));
            }
        }
    }

    // Every annotation is in the tree, prints, and says what it is (ISO 14289-1 §7.18).
    for (number, page) in reader.pages.iter().enumerate() {
        let dict = pdf.get_dictionary(*page).unwrap();
        if dict.get(b"Tabs").and_then(Object::as_name).ok() != Some(b"S") {
            say(format!("page {} has no tab order", number + 1));
        }
        let Ok(list) = dict.get_deref(b"Annots", pdf) else { continue };
        for annotation in list.as_array().unwrap() {
            let id = annotation.as_reference().expect("annotations are indirect");
            let dict = pdf.get_dictionary(id).unwrap();
            let key = dict.get(b"StructParent").unwrap().as_i64().unwrap();
            let parent = parents.get(&key).and_then(|parent| parent.as_reference().ok());
            if parent.is_none() || annotations.get(&id) != parent.as_ref() {
                say(format!("annotation {} has parent {parent:?}", id.0));
            }
            if dict.get(b"F").and_then(Object::as_i64).ok() != Some(4) {
                say(format!("annotation {} is not printed", id.0));
            }
            if reader.string(dict, "Contents").is_none_or(|text| text.is_empty()) {
                say(format!("annotation {} says nothing", id.0));
            }
            if !dict.has(b"A") && !dict.has(b"Dest") {
                say(format!("annotation {} leads nowhere", id.0));
            }
        }
    }

    // Rows of a table have the same number of columns.
    reader.root.walk(&mut |element| match element.role.as_str() {
        "Table" => {
            let widths: BTreeSet<usize> =
                super::heard::grid(reader, element).iter().map(Vec::len).collect();
            if widths.len() > 1 {
                faults.push(format!("a table has rows of {widths:?} columns"));
            }
        }
        "Figure" => {
            if !element.dict.has(b"Alt") {
                faults.push("a figure has no alternative".to_string());
            }
            if reader.attribute(element, "Layout", "BBox").is_none() {
                faults.push("a figure has no place".to_string());
            }
        }
        _ => {}
    });
    faults
}
