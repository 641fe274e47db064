//! Content streams, read for what is inside which marked content.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::unicode;

/// What the pages and their forms paint.
#[derive(Debug, Default)]
pub struct Marked {
    /// The text of each numbered piece, by the stream (page or form) that holds it.
    pub texts: BTreeMap<(ObjectId, i64), String>,
    /// Where the text of each begins across its stream, pt.
    pub lefts: BTreeMap<(ObjectId, i64), f32>,
    /// The tag of each.
    pub tags: BTreeMap<(ObjectId, i64), String>,
    /// Text of artifacts, a line a sequence, with their type.
    pub artifacts: Vec<String>,
    /// Painted outside any marked content, or wrongly nested.
    pub faults: Vec<String>,
    /// `StructParents` of every stream that has marked content.
    pub keys: BTreeMap<ObjectId, i64>,
}

#[derive(Clone, Debug)]
enum Mark {
    Piece(ObjectId, i64),
    Artifact,
    Span,
}

impl Marked {
    pub fn read(pdf: &Document, pages: &[ObjectId]) -> Marked {
        let mut marked = Marked::default();
        for page in pages {
            let dict = pdf.get_dictionary(*page).unwrap();
            marked.keys.insert(*page, dict.get(b"StructParents").unwrap().as_i64().unwrap());
            let content = pdf.get_page_content(*page);
            let resources = dict.get_deref(b"Resources", pdf).unwrap().as_dict().unwrap().clone();
            let mut walk = Walk { pdf, marked: &mut marked, holder: *page, marks: vec![], x: 0.0 };
            walk.stream(&content, &resources);
        }
        marked
    }
}

struct Walk<'a> {
    pdf: &'a Document,
    marked: &'a mut Marked,
    holder: ObjectId,
    /// What is open, and whether it says what it is to be copied as.
    marks: Vec<(Mark, bool)>,
    /// Of the text's origin.
    x: f32,
}

impl Walk<'_> {
    fn stream(&mut self, content: &[u8], resources: &Dictionary) {
        let mut map = BTreeMap::new();
        let depth = self.marks.len();
        let mut saved = 0;
        for operation in Content::decode(content).unwrap().operations {
            let Operation { operator, operands } = &operation;
            match operator.as_str() {
                "BMC" | "BDC" => self.begin(operands),
                "EMC" => self.end(depth),
                "q" => saved += 1,
                "Q" => saved -= 1,
                "Tf" => map = self.to_unicode(resources, operands[0].as_name().unwrap()),
                "Tm" => self.x = operands[4].as_float().unwrap(),
                "Tj" => self.show(&map, &operands[0]),
                "TJ" => {
                    for item in operands[0].as_array().unwrap() {
                        self.show(&map, item);
                    }
                }
                "Do" => self.draw(resources, operands[0].as_name().unwrap()),
                "f" | "f*" | "S" | "B" | "sh" => self.paint(operator),
                _ => {}
            }
            if saved < 0 {
                self.fault("Q without q");
            }
        }
        if saved != 0 || self.marks.len() != depth {
            self.fault("a stream ends with its state or marks open");
        }
    }

    fn fault(&mut self, what: &str) {
        self.marked.faults.push(format!("{what}, in stream {}", self.holder.0));
    }

    fn begin(&mut self, operands: &[Object]) {
        let tag = String::from_utf8_lossy(operands[0].as_name().unwrap()).to_string();
        let properties = operands.get(1).map(|p| p.as_dict().unwrap().clone()).unwrap_or_default();
        let mark = if tag == "Artifact" {
            if !self.marks.is_empty() {
                self.fault("an artifact inside marked content");
            }
            let name = |key: &[u8]| {
                properties
                    .get(key)
                    .and_then(Object::as_name)
                    .map(|n| String::from_utf8_lossy(n).to_string())
            };
            let kind = name(b"Subtype").or(name(b"Type")).unwrap_or_default();
            self.marked.artifacts.push(format!("{kind}: "));
            Mark::Artifact
        } else if let Ok(mcid) = properties.get(b"MCID") {
            if !self.marks.is_empty() {
                self.fault("numbered content inside marked content");
            }
            let key = (self.holder, mcid.as_i64().unwrap());
            self.marked.texts.insert(key, String::new());
            if self.marked.tags.insert(key, tag).is_some() {
                self.fault("a number twice");
            }
            Mark::Piece(key.0, key.1)
        } else {
            Mark::Span
        };
        let actual =
            properties.get(b"ActualText").ok().map(|text| lopdf::decode_text_string(text).unwrap());
        // What is to be copied is said once, not glyph by glyph.
        let silenced = self.marks.iter().any(|(_, replaced)| *replaced);
        self.marks.push((mark, actual.is_some()));
        if !silenced {
            self.say(&actual.unwrap_or_default());
        }
    }

    fn end(&mut self, depth: usize) {
        if self.marks.len() == depth {
            return self.fault("EMC without a mark");
        }
        self.marks.pop();
    }

    fn to_unicode(&self, resources: &Dictionary, name: &[u8]) -> BTreeMap<u16, String> {
        let fonts = resources.get_deref(b"Font", self.pdf).unwrap().as_dict().unwrap();
        let font = fonts.get_deref(name, self.pdf).unwrap().as_dict().unwrap();
        let cmap = font.get_deref(b"ToUnicode", self.pdf).unwrap().as_stream().unwrap();
        unicode::map(&String::from_utf8(cmap.get_plain_content().unwrap()).unwrap())
    }

    fn show(&mut self, map: &BTreeMap<u16, String>, item: &Object) {
        let Ok(codes) = item.as_str() else { return };
        self.paint("text");
        if self.marks.iter().any(|(_, replaced)| *replaced) {
            return;
        }
        for code in codes.chunks(2) {
            match map.get(&u16::from_be_bytes([code[0], code[1]])) {
                Some(text) => self.say(text),
                None => self.fault("a code without Unicode"),
            }
        }
    }

    fn say(&mut self, text: &str) {
        match self.marks.first() {
            Some((Mark::Piece(holder, mcid), _)) => {
                let piece = (*holder, *mcid);
                self.marked.texts.get_mut(&piece).unwrap().push_str(text);
                self.marked.lefts.entry(piece).or_insert(self.x);
            }
            Some((Mark::Artifact, _)) => self.marked.artifacts.last_mut().unwrap().push_str(text),
            _ => {}
        }
    }

    fn paint(&mut self, what: &str) {
        if !matches!(self.marks.first(), Some((Mark::Piece(..) | Mark::Artifact, _))) {
            self.fault(&format!("`{what}` outside marked content"));
        }
    }

    fn draw(&mut self, resources: &Dictionary, name: &[u8]) {
        let xobjects = resources.get_deref(b"XObject", self.pdf).unwrap().as_dict().unwrap();
        let id = xobjects.get(name).unwrap().as_reference().unwrap();
        let stream = self.pdf.get_object(id).unwrap().as_stream().unwrap();
        if stream.dict.get(b"Subtype").unwrap().as_name().unwrap() != b"Form" {
            return self.paint("an image");
        }
        let content = stream.get_plain_content().unwrap();
        let inside = stream.dict.get_deref(b"Resources", self.pdf).unwrap().as_dict().unwrap().clone();
        let holder = std::mem::replace(&mut self.holder, id);
        if let Ok(key) = stream.dict.get(b"StructParents") {
            if !self.marks.is_empty() {
                self.fault("a form with marked content is drawn inside marked content");
            }
            self.marked.keys.insert(id, key.as_i64().unwrap());
        }
        self.stream(&content, &inside);
        self.holder = holder;
    }
}
