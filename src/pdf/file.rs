//! The finished objects as a file: only what is reachable, renumbered in the order of reaching,
//! in compressed object streams behind a cross-reference stream (ISO 32000-1 §7.5.7, §7.5.8).

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Object, ObjectId, Stream, StringFormat, dictionary};

use super::hash::Hash;
use super::streams::{Effort, deflate};

/// At most so many objects in one object stream, so that a reader need not unpack a long document
/// whole to see one page.
const OBJECTS_PER_STREAM: usize = 400;

/// Writes a document. Its trailer's `Root` and `Info` say what belongs to it; its `ID` is made from
/// what is written, so the same content has the same.
pub(super) fn write(mut pdf: lopdf::Document) -> Vec<u8> {
    let roots: Vec<ObjectId> = [b"Root".as_slice(), b"Info"]
        .iter()
        .filter_map(|key| pdf.trailer.get(key).ok()?.as_reference().ok())
        .collect();
    let numbers = number(&pdf, &roots);
    let mut order: Vec<(u32, ObjectId)> = numbers.iter().map(|(id, number)| (*number, *id)).collect();
    order.sort_unstable();

    let mut file = File { out: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), places: vec![] };
    let mut packed: Vec<(u32, Vec<u8>)> = vec![];
    for (number, id) in order {
        // An id that leads nowhere is null (§7.3.10).
        let mut object = pdf.objects.remove(&id).unwrap_or(Object::Null);
        renumber(&mut object, &numbers);
        match object {
            Object::Stream(stream) => file.stream(number, stream),
            object => packed.push((number, bytes(object))),
        }
    }
    let mut next = numbers.len() as u32 + 1;
    for chunk in packed.chunks(OBJECTS_PER_STREAM) {
        file.object_stream(next, chunk);
        next += 1;
    }
    let references = roots.iter().map(|id| Object::Reference((numbers[id], 0)));
    let [root, info] =
        <[Object; 2]>::try_from(references.collect::<Vec<_>>()).unwrap_or([Object::Null, Object::Null]);
    file.cross_references(next, root, info)
}

/// Numbers every object that can be reached, from 1, depth first.
fn number(pdf: &lopdf::Document, roots: &[ObjectId]) -> BTreeMap<ObjectId, u32> {
    let mut numbers = BTreeMap::new();
    let mut stack: Vec<ObjectId> = roots.iter().rev().copied().collect();
    let mut found = vec![];
    while let Some(id) = stack.pop() {
        if numbers.contains_key(&id) {
            continue;
        }
        numbers.insert(id, numbers.len() as u32 + 1);
        if let Some(object) = pdf.objects.get(&id) {
            references(object, &mut found);
            stack.extend(found.drain(..).rev());
        }
    }
    numbers
}

fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| references(value, found)),
        _ => {}
    }
}

fn renumber(object: &mut Object, numbers: &BTreeMap<ObjectId, u32>) {
    match object {
        Object::Reference(id) => *id = (numbers.get(id).copied().unwrap_or(0), 0),
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, numbers)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| renumber(value, numbers)),
        Object::Stream(stream) => {
            stream.dict.iter_mut().for_each(|(_, value)| renumber(value, numbers));
        }
        _ => {}
    }
}

/// An object's syntax, written by lopdf (its writer is reached as that of an operand).
fn bytes(object: Object) -> Vec<u8> {
    let operation = Operation { operator: String::new(), operands: vec![object] };
    let mut bytes = Content { operations: [operation] }.encode().unwrap_or_default();
    // The space before the operator.
    bytes.pop();
    bytes
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// Bytes from the file's start.
    Direct(usize),
    Packed {
        stream: u32,
        index: usize,
    },
}

struct File {
    out: Vec<u8>,
    places: Vec<(u32, Place)>,
}

impl File {
    fn stream(&mut self, number: u32, stream: Stream) {
        self.places.push((number, Place::Direct(self.out.len())));
        self.out.extend(format!("{number} 0 obj\n").into_bytes());
        self.out.extend(bytes(stream.dict.into()));
        self.out.extend(b"stream\n");
        self.out.extend(stream.content);
        // Both signs: data that happens to end in a carriage return would else seem a byte shorter than
        // its length to a reader that looks for the end of the line (ISO 19005-2 §6.1.7.1).
        self.out.extend(b"\r\nendstream\nendobj\n");
    }

    fn object_stream(&mut self, number: u32, objects: &[(u32, Vec<u8>)]) {
        let mut header = String::new();
        let mut body = vec![];
        for (index, (object, bytes)) in objects.iter().enumerate() {
            header.push_str(&format!("{object} {} ", body.len()));
            body.extend(bytes);
            body.push(b'\n');
            self.places.push((*object, Place::Packed { stream: number, index }));
        }
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => objects.len() as i64,
            "First" => header.len() as i64,
        };
        let content = [header.as_bytes(), &body].concat();
        self.stream(number, deflate(dict, &content, Effort::Once));
    }

    /// The cross-reference stream, which is also the trailer.
    fn cross_references(mut self, number: u32, root: Object, info: Object) -> Vec<u8> {
        let id = Object::String(Hash::of(&self.out).bytes().to_vec(), StringFormat::Hexadecimal);
        let start = self.out.len();
        self.places.push((number, Place::Direct(start)));
        self.places.sort_unstable_by_key(|(number, _)| *number);
        // §7.5.8.3: a type, an offset or a stream's number, a generation or an index.
        let offset = (1..4).find(|width| start >> (8 * width) == 0).unwrap_or(4);
        let row = |kind: u8, field: usize, last: usize| {
            let field = (field as u32).to_be_bytes();
            let mut row = vec![kind];
            row.extend(&field[4 - offset..]);
            row.extend((last as u16).to_be_bytes());
            row
        };
        let rows = self.places.iter().map(|(_, place)| match *place {
            Place::Direct(at) => row(1, at, 0),
            Place::Packed { stream, index } => row(2, stream as usize, index),
        });
        // Number 0 heads the list of free objects.
        let rows: Vec<Vec<u8>> = std::iter::once(row(0, 0, 0xFFFF)).chain(rows).collect();
        let width = offset + 3;
        let dict = dictionary! {
            "Type" => "XRef",
            "Size" => i64::from(number) + 1,
            "W" => vec![1.into(), (offset as i64).into(), 2.into()],
            "Root" => root,
            "Info" => info,
            "ID" => vec![id.clone(), id],
        };
        let mut stream = deflate(dict, &up(&rows, width), Effort::Once);
        match stream.dict.has(b"Filter") {
            true => stream
                .dict
                .set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => width as i64 }),
            false => stream.set_plain_content(rows.concat()),
        }
        self.stream(number, stream);
        self.out.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
        self.out
    }
}

/// Rows behind PNG's Up predictor (§7.4.4.4): each byte less the one above.
fn up(rows: &[Vec<u8>], width: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * (width + 1));
    let zeros = vec![0; width];
    let mut above = &zeros;
    for row in rows {
        out.push(2);
        out.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(*up)));
        above = row;
    }
    out
}
