//! The reader notices what is wrong: each damage that is done to a sound file shows as a fault.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::feature;
use super::reader::{Reader, faults};

type Damage = fn(&mut Document);

const CONTROLS: &[(&str, Damage, &str)] = &[
    ("content left out of the tree", |pdf| element(pdf, "H1").set("K", vec![]), "is not in the tree"),
    ("content in the tree twice", |pdf| element(pdf, "H1").set("K", vec![0.into(), 0.into()]), "twice"),
    ("content that is on no page", |pdf| element(pdf, "H1").set("K", 999), "is on no page"),
    ("a wrong parent", |pdf| element(pdf, "H1").set("P", Object::Reference((1, 0))), "another parent"),
    ("a figure without words", |pdf| _ = element(pdf, "Figure").remove(b"Alt"), "no alternative"),
    ("a cell too many", |pdf| element(pdf, "TD").set("A", wide()), "rows of"),
    ("a link outside the tree", |pdf| element(pdf, "Link").set("K", vec![]), "annotation"),
    ("a link that is not printed", |pdf| annotation(pdf).set("F", 0), "is not printed"),
    ("a link that says nothing", |pdf| _ = annotation(pdf).remove(b"Contents"), "says nothing"),
    ("another page's parents", |pdf| page(pdf).set("StructParents", 1), "has parent"),
    ("no tab order", |pdf| _ = page(pdf).remove(b"Tabs"), "tab order"),
    ("text without marks", |pdf| append(pdf, b"\nBT /T0 12 Tf <0001> Tj ET"), "outside marked content"),
    ("a shape without marks", |pdf| append(pdf, b"\n0 0 9 9 re f"), "outside marked content"),
    ("marks that do not close", |pdf| append(pdf, b"\n/Artifact BMC"), "open"),
    (
        "marks in marks",
        |pdf| append(pdf, b"\n/P <</MCID 900>> BDC /Artifact BMC EMC EMC"),
        "artifact inside",
    ),
    ("a number twice", |pdf| append(pdf, b"\n/P <</MCID 0>> BDC EMC"), "a number twice"),
    (
        "a code without Unicode",
        |pdf| append(pdf, b"\n/Artifact BMC BT /T0 12 Tf <FFF0> Tj ET EMC"),
        "Unicode",
    ),
    ("a font program that is none", garble_font, "font program"),
];

fn dictionary(pdf: &mut Document, is: impl Fn(&Dictionary) -> bool) -> &mut Dictionary {
    let found =
        pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).find(|dict| is(dict));
    found.expect("there is one")
}

fn element<'a>(pdf: &'a mut Document, role: &str) -> &'a mut Dictionary {
    dictionary(pdf, |dict| dict.get(b"S").and_then(Object::as_name).ok() == Some(role.as_bytes()))
}

fn annotation(pdf: &mut Document) -> &mut Dictionary {
    dictionary(pdf, |dict| dict.has_type(b"Annot"))
}

fn page(pdf: &mut Document) -> &mut Dictionary {
    let id: ObjectId = pdf.page_iter().next().unwrap();
    pdf.get_dictionary_mut(id).unwrap()
}

fn wide() -> Dictionary {
    lopdf::dictionary! { "O" => "Table", "ColSpan" => 2 }
}

fn append(pdf: &mut Document, operators: &[u8]) {
    let page = pdf.page_iter().next().unwrap();
    let content = [&pdf.get_page_content(page), operators].concat();
    pdf.change_page_content(page, content).unwrap();
}

fn garble_font(pdf: &mut Document) {
    let descriptor = dictionary(pdf, |dict| dict.has(b"FontFile2"));
    let id = descriptor.get(b"FontFile2").unwrap().as_reference().unwrap();
    pdf.get_object_mut(id).unwrap().as_stream_mut().unwrap().set_plain_content(b"none".to_vec());
}

#[test]
fn every_damage_is_noticed() {
    let sound = feature::pdf();
    for (name, damage, fault) in CONTROLS {
        let mut pdf = Document::load_mem(&sound).unwrap();
        damage(&mut pdf);
        let mut bytes = vec![];
        pdf.save_to(&mut bytes).unwrap();
        let found = faults(&Reader::open(&bytes));
        assert!(found.iter().any(|found| found.contains(fault)), "{name}: {found:?}");
    }
}

#[test]
fn an_untouched_copy_is_sound() {
    let mut pdf = Document::load_mem(&feature::pdf()).unwrap();
    let mut bytes = vec![];
    pdf.save_to(&mut bytes).unwrap();
    assert_eq!(faults(&Reader::open(&bytes)), Vec::<String>::new());
}
