//! The file around the pages: catalog, outline, page objects, annotations, metadata, as text.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::kit;
use super::reader::Reader;
use crate::golden;

const BODY: &str = "<h1>Une proposition</h1><h2 id='a'>Le  prix</h2><h3>TTC</h3><p>Voir <a href='#b'>la suite</a> \
    ou <a href='https://atome.example/œ'>nous</a>.</p><h2 id='b'>La&shy;suite</h2><h2><svg viewBox='0 0 4 3' aria-label='x'>\
    <path d='M0 0h4v3z'/></svg></h2>";

struct Printer<'a> {
    reader: &'a Reader,
    out: String,
}

impl Printer<'_> {
    /// A dictionary without its references to parents and siblings, which the nesting shows.
    fn dict(&mut self, depth: usize, name: &str, dict: &Dictionary) {
        let indent = "  ".repeat(depth);
        self.out.push_str(&format!("{indent}{name}\n"));
        for (key, value) in dict.iter() {
            let key = String::from_utf8_lossy(key);
            let value = match key.as_ref() {
                "Parent" | "Prev" | "Next" | "First" | "Last" | "P" | "StructTreeRoot" | "Length" => {
                    continue;
                }
                "Title" | "Contents" | "Lang" if !matches!(value, Object::Reference(_)) => {
                    format!("{:?}", lopdf::decode_text_string(value).unwrap())
                }
                _ => self.value(value),
            };
            self.out.push_str(&format!("{indent}  {key}: {value}\n"));
        }
    }

    fn value(&self, value: &Object) -> String {
        match value {
            Object::Reference(id) => match self.reader.pages.iter().position(|page| page == id) {
                Some(page) => format!("page {}", page + 1),
                None => "(…)".to_string(),
            },
            Object::Array(items) => {
                format!("[{}]", items.iter().map(|i| self.value(i)).collect::<Vec<_>>().join(" "))
            }
            Object::Dictionary(dict) => {
                let entries = dict
                    .iter()
                    .map(|(k, v)| format!("{} {}", String::from_utf8_lossy(k), self.value(v)));
                format!("<<{}>>", entries.collect::<Vec<_>>().join(", "))
            }
            value => format!("{value:?}"),
        }
    }

    fn outline(&mut self, depth: usize, first: Option<ObjectId>) {
        let mut next = first;
        while let Some(id) = next {
            let item = self.reader.pdf.get_dictionary(id).unwrap().clone();
            self.dict(depth, "item", &item);
            let follow = |key| item.get(key).and_then(Object::as_reference).ok();
            self.outline(depth + 1, follow(b"First"));
            next = follow(b"Next");
        }
    }
}

#[test]
fn objects_of_a_small_file() {
    let document = kit::document("fr", "Une &lt;proposition&gt;", BODY);
    let pages = kit::pages(&document, &BTreeMap::new());
    let bytes = kit::write(&document, &pages);
    assert!(bytes.starts_with(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
    let reader = Reader::open(&bytes);
    let pdf = &reader.pdf;
    let mut printer = Printer { reader: &reader, out: String::new() };
    let catalog = pdf.catalog().unwrap();
    printer.dict(0, "catalog", catalog);
    let info = pdf.trailer.get_deref(b"Info", pdf).unwrap().as_dict().unwrap();
    printer.dict(0, "info", info);
    let outlines = catalog.get_deref(b"Outlines", pdf).unwrap().as_dict().unwrap();
    printer.dict(0, "outlines", outlines);
    printer.outline(1, outlines.get(b"First").and_then(Object::as_reference).ok());
    for page in &reader.pages {
        let page = pdf.get_dictionary(*page).unwrap();
        printer.dict(0, "page", page);
        for annotation in page.get(b"Annots").unwrap().as_array().unwrap() {
            let annotation = pdf.get_dictionary(annotation.as_reference().unwrap()).unwrap();
            printer.dict(1, "annotation", annotation);
        }
    }
    let fonts: Vec<&Dictionary> = pdf
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(|d| d.has_type(b"FontDescriptor"))
        .collect();
    for font in fonts {
        printer.dict(0, "face", font);
    }
    let packet = catalog.get_deref(b"Metadata", pdf).unwrap().as_stream().unwrap();
    printer.out.push_str(std::str::from_utf8(&packet.content).unwrap());
    printer.out.push('\n');
    golden::check("pdf/file.txt", &printer.out.replace(env!("CARGO_PKG_VERSION"), "(version)"));
}

/// Nothing in the file hangs loose, and no number is skipped (ISO 32000-1 §7.5.8.4).
#[test]
fn every_object_is_reached() {
    let document = kit::document("fr", "t", BODY);
    let pdf = Reader::open(&kit::write(&document, &kit::pages(&document, &BTreeMap::new()))).pdf;
    let mut reached = vec![];
    let mut stack: Vec<&Object> = pdf.trailer.iter().map(|(_, value)| value).collect();
    while let Some(object) = stack.pop() {
        match object {
            Object::Reference(id) if !reached.contains(id) => {
                reached.push(*id);
                stack.push(pdf.get_object(*id).unwrap());
            }
            Object::Array(items) => stack.extend(items),
            Object::Dictionary(dict) => stack.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => stack.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    reached.sort();
    let of_the_file = |id: &&ObjectId| {
        let kind = pdf.get_object(**id).and_then(Object::type_name).unwrap_or(b"");
        ![b"ObjStm".as_slice(), b"XRef"].contains(&kind)
    };
    let all: Vec<ObjectId> = pdf.objects.keys().filter(of_the_file).copied().collect();
    assert_eq!(reached, all);
    let numbers: Vec<u32> = pdf.objects.keys().map(|(number, _)| *number).collect();
    assert_eq!(numbers[0], 1);
    assert!(all.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0), "{all:?}");
}
