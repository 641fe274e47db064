//! The structure tree as objects (ISO 32000-1 §14.7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::Places;
use super::content::Marks;
use super::number::round;
use super::role::Role;
use super::strings::{bytes, text};
use super::structure::{Attributes, Element, ElementId, Kid, Scope, Structure, TextLine};
use super::surface::BBox;
use crate::style::values::ListStyleType;

/// Adds the tree, and gives its root. The parent tree's keys are the surfaces', then the annotations'.
pub(super) fn write(
    pdf: &mut lopdf::Document,
    structure: &Structure,
    marks: &Marks,
    extents: &[Option<BBox>],
    places: &Places,
    document_lang: &str,
) -> ObjectId {
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = structure.elements.iter().map(|_| pdf.new_object_id()).collect();
    let mut names: BTreeMap<String, ObjectId> = BTreeMap::new();
    for (index, element) in structure.elements.iter().enumerate() {
        let parent = element.parent.map_or(root, |parent| ids[parent.0]);
        let outer_lang = element.parent.map_or(document_lang, |parent| &structure.element(parent).lang);
        let mut dict = dictionary! { "S" => element.role.name(), "P" => parent };
        if element.lang != outer_lang {
            dict.set("Lang", text(&element.lang));
        }
        if let Some(alt) = &element.alt {
            dict.set("Alt", text(alt));
        }
        if let Some(said) = element.actual_text {
            dict.set("ActualText", text(said));
        }
        // §14.9.5
        if let Some(long) = &element.expansion {
            dict.set("E", text(long));
        }
        if let Some(name) = &element.id {
            let name = unused(name, &names);
            dict.set("ID", bytes(name.as_bytes()));
            names.insert(name, ids[index]);
        }
        attributes(&mut dict, element, extents);
        kids(&mut dict, (ElementId(index), element), &ids, marks, places);
        pdf.objects.insert(ids[index], dict.into());
    }

    let mut numbers = vec![];
    for (surface, owners) in marks.owners.iter().enumerate() {
        if !owners.is_empty() {
            numbers.push((surface as i64).into());
            numbers.push(owners.iter().map(|owner| ids[owner.0].into()).collect::<Vec<Object>>().into());
        }
    }
    for (index, link) in places.links.parents.iter().enumerate() {
        numbers.push(((marks.owners.len() + index) as i64).into());
        numbers.push(ids[link.0].into());
    }
    let next = marks.owners.len() + places.links.parents.len();
    let parent_tree = pdf.add_object(dictionary! { "Nums" => numbers });
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => ids[0],
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next as i64,
    };
    if !names.is_empty() {
        let pairs = names.iter().flat_map(|(name, id)| [bytes(name.as_bytes()), Object::from(*id)]);
        let pairs: Vec<Object> = pairs.collect();
        let limits = vec![pairs[0].clone(), pairs[pairs.len() - 2].clone()];
        let leaf = pdf.add_object(dictionary! { "Limits" => limits, "Names" => pairs });
        tree.set("IDTree", dictionary! { "Kids" => vec![leaf.into()] });
    }
    pdf.objects.insert(root, tree.into());
    root
}

/// Ids are unique in a document; a template may write one twice.
fn unused(name: &str, taken: &BTreeMap<String, ObjectId>) -> String {
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_string())
        .chain(numbered)
        .find(|n| !taken.contains_key(n))
        .unwrap_or_default()
}

fn kids(
    dict: &mut Dictionary,
    (id, element): (ElementId, &Element),
    ids: &[ObjectId],
    marks: &Marks,
    places: &Places,
) {
    // The page that bare numbers of marked content are on: the first one's.
    let mut own_page = None;
    let mut kids: Vec<Object> = vec![];
    for kid in &element.kids {
        match *kid {
            Kid::Element(child) => kids.push(ids[child.0].into()),
            Kid::Content(rank) => {
                for sequence in &marks.sequences[rank.0] {
                    let page = marks.on_page[sequence.surface.0];
                    let form = places.forms[sequence.surface.0];
                    let number = sequence.mcid as i64;
                    if form.is_none() && *own_page.get_or_insert(page) == page {
                        kids.push(number.into());
                        continue;
                    }
                    let mut reference = dictionary! { "Type" => "MCR", "Pg" => places.pages[page] };
                    if let Some(form) = form {
                        reference.set("Stm", form);
                    }
                    reference.set("MCID", number);
                    kids.push(reference.into());
                }
            }
        }
    }
    for (annotation, page) in places.links.by_element.get(&id).into_iter().flatten() {
        kids.push(
            dictionary! { "Type" => "OBJR", "Pg" => places.pages[*page], "Obj" => *annotation }.into(),
        );
    }
    if let Some(page) = own_page {
        dict.set("Pg", places.pages[page]);
    }
    match kids.len() {
        0 => {}
        1 => dict.set("K", kids.remove(0)),
        _ => dict.set("K", kids),
    }
}

/// §14.8.5.
fn attributes(dict: &mut Dictionary, element: &Element, extents: &[Option<BBox>]) {
    match &element.attributes {
        Attributes::List(style) => {
            let numbering = match style {
                ListStyleType::None => "None",
                ListStyleType::Disc => "Disc",
                ListStyleType::Circle => "Circle",
                ListStyleType::Square => "Square",
                ListStyleType::Decimal => "Decimal",
                ListStyleType::LowerAlpha => "LowerAlpha",
                ListStyleType::UpperAlpha => "UpperAlpha",
                ListStyleType::LowerRoman => "LowerRoman",
                ListStyleType::UpperRoman => "UpperRoman",
            };
            if numbering != "None" {
                dict.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
            }
        }
        Attributes::Cell { scope, rows, columns, headers } => {
            let mut cell = dictionary! { "O" => "Table" };
            match scope {
                Some(Scope::Row | Scope::RowGroup) => cell.set("Scope", "Row"),
                Some(Scope::Column) => cell.set("Scope", "Column"),
                None => {}
            }
            if *rows > 1 {
                cell.set("RowSpan", i64::from(*rows));
            }
            if *columns > 1 {
                cell.set("ColSpan", i64::from(*columns));
            }
            if !headers.is_empty() {
                cell.set(
                    "Headers",
                    headers.iter().map(|name| bytes(name.as_bytes())).collect::<Vec<_>>(),
                );
            }
            if cell.len() > 1 {
                dict.set("A", cell);
            }
        }
        Attributes::Summary(said) => {
            dict.set("A", dictionary! { "O" => "Table", "Summary" => text(said) });
        }
        Attributes::Line(line) => {
            let line = match line {
                TextLine::Through => "LineThrough",
                TextLine::Under => "Underline",
            };
            dict.set("A", dictionary! { "O" => "Layout", "TextDecorationType" => line });
        }
        Attributes::None => {}
    }
    if element.role == Role::Figure {
        let placed = element.kids.iter().find_map(|kid| match kid {
            Kid::Content(rank) => extents[rank.0],
            Kid::Element(_) => None,
        });
        if let Some(bbox) = placed {
            let bbox = bbox.map(|side| Object::from(round(side, 2))).to_vec();
            dict.set("A", dictionary! { "O" => "Layout", "BBox" => bbox });
        }
    }
}
