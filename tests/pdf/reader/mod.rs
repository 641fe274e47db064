//! A reader of tagged PDFs, written against ISO 32000-1 and not against the writer: it knows nothing
//! but the bytes.

mod check;
mod heard;
mod limits;
mod marked;
mod unicode;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

pub use check::faults;
pub use heard::heard;
use marked::Marked;

/// A structure element.
#[derive(Debug)]
pub struct Element {
    pub id: ObjectId,
    pub parent: Option<ObjectId>,
    pub role: String,
    pub dict: Dictionary,
    pub kids: Vec<Kid>,
}

#[derive(Debug)]
pub enum Kid {
    Element(Element),
    /// Marked content: the stream that holds it (a page or a form) and its number.
    Content(ObjectId, i64),
    Annotation(ObjectId),
}

/// A file, opened.
pub struct Reader {
    pub pdf: Document,
    pub pages: Vec<ObjectId>,
    pub root: Element,
    pub marked: Marked,
}

impl Reader {
    pub fn open(bytes: &[u8]) -> Reader {
        let pdf = Document::load_mem(bytes).unwrap();
        let pages: Vec<ObjectId> = pdf.page_iter().collect();
        let tree = pdf.catalog().unwrap().get_deref(b"StructTreeRoot", &pdf).unwrap().as_dict().unwrap();
        let top = tree.get(b"K").unwrap().as_reference().unwrap();
        let root = element(&pdf, top, None);
        let marked = Marked::read(&pdf, &pages);
        Reader { pdf, pages, root, marked }
    }

    /// The text of a piece of marked content.
    pub fn text(&self, stream: ObjectId, mcid: i64) -> &str {
        self.marked.texts.get(&(stream, mcid)).map_or("", String::as_str)
    }

    pub fn dict<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        dict.get_deref(key.as_bytes(), &self.pdf).ok()?.as_dict().ok()
    }

    pub fn string(&self, dict: &Dictionary, key: &str) -> Option<String> {
        let value = dict.get_deref(key.as_bytes(), &self.pdf).ok()?;
        lopdf::decode_text_string(value).ok()
    }

    /// An attribute of a structure element (§14.7.5).
    pub fn attribute<'a>(&'a self, element: &'a Element, owner: &str, key: &str) -> Option<&'a Object> {
        let attributes = self.dict(&element.dict, "A")?;
        let is_owner = attributes.get(b"O").ok()?.as_name().ok()? == owner.as_bytes();
        attributes.get(key.as_bytes()).ok().filter(|_| is_owner)
    }
}

fn element(pdf: &Document, id: ObjectId, parent: Option<ObjectId>) -> Element {
    let dict = pdf.get_dictionary(id).unwrap().clone();
    let role = String::from_utf8(dict.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let page = dict.get(b"Pg").and_then(Object::as_reference).ok();
    let kids = match dict.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => vec![],
    };
    let kids = kids.iter().map(|kid| match kid {
        Object::Integer(mcid) => Kid::Content(page.expect("a number has its page"), *mcid),
        Object::Reference(child) => Kid::Element(element(pdf, *child, Some(id))),
        Object::Dictionary(reference) => match reference.get(b"Type").unwrap().as_name().unwrap() {
            b"OBJR" => Kid::Annotation(reference.get(b"Obj").unwrap().as_reference().unwrap()),
            b"MCR" => {
                let holder = reference.get(b"Stm").or(reference.get(b"Pg")).unwrap();
                let holder = holder.as_reference().unwrap();
                Kid::Content(holder, reference.get(b"MCID").unwrap().as_i64().unwrap())
            }
            other => panic!("a kid of type {}", String::from_utf8_lossy(other)),
        },
        other => panic!("a kid {other:?}"),
    });
    let kids = kids.collect();
    Element { id, parent, role, dict, kids }
}

impl Element {
    /// Itself and all below it, in reading order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        for kid in &self.kids {
            if let Kid::Element(child) = kid {
                child.walk(visit);
            }
        }
    }
}

/// The entries of a number tree of one node.
pub fn number_tree(pdf: &Document, node: &Dictionary) -> BTreeMap<i64, Object> {
    let numbers = node.get_deref(b"Nums", pdf).unwrap().as_array().unwrap();
    numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), pair[1].clone())).collect()
}
