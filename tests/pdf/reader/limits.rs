//! The limits of ISO 19005-2 §6.1.13, over every object and content stream of a file.

use lopdf::content::Content;
use lopdf::{Document, Object};

/// What goes beyond a limit.
pub fn beyond(pdf: &Document) -> Vec<String> {
    let mut faults = vec![];
    if pdf.objects.len() > 8_388_607 {
        faults.push(format!("{} objects", pdf.objects.len()));
    }
    for (id, object) in &pdf.objects {
        let at = format!("object {}", id.0);
        value(object, &at, &mut faults);
        let Object::Stream(stream) = object else { continue };
        let is = |key: &[u8], name: &[u8]| {
            stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
        };
        let is_font_or_data =
            stream.dict.has(b"Length1") || is(b"Type", b"Metadata") || is(b"Type", b"ObjStm");
        let is_content = is(b"Subtype", b"Form")
            || (stream.dict.iter().all(|(key, _)| key == b"Length" || key == b"Filter"));
        if is_content && !is_font_or_data {
            let Ok(content) = Content::decode(&stream.get_plain_content().unwrap_or_default()) else {
                continue;
            };
            nesting(&content, &at, &mut faults);
        }
    }
    faults
}

fn value(object: &Object, at: &str, faults: &mut Vec<String>) {
    let mut say = |what: String| faults.push(format!("{what} in {at}"));
    match object {
        Object::String(bytes, _) if bytes.len() > 32_767 => {
            say(format!("a string of {} bytes", bytes.len()))
        }
        Object::Name(name) if name.len() > 127 => say(format!("a name of {} bytes", name.len())),
        Object::Integer(number) if i32::try_from(*number).is_err() => {
            say(format!("the integer {number}"))
        }
        Object::Real(number) if !number.is_finite() || (*number != 0.0 && number.abs() < 1.175e-38) => {
            say(format!("the real {number}"));
        }
        Object::Array(list) => list.iter().for_each(|inner| value(inner, at, faults)),
        Object::Dictionary(dict) => dict.iter().for_each(|(key, inner)| {
            value(&Object::Name(key.clone()), at, faults);
            value(inner, at, faults);
        }),
        Object::Stream(stream) => value(&Object::Dictionary(stream.dict.clone()), at, faults),
        _ => {}
    }
}

fn nesting(content: &Content, at: &str, faults: &mut Vec<String>) {
    let (mut depth, mut deepest) = (0, 0);
    for operation in &content.operations {
        match operation.operator.as_str() {
            "q" => depth += 1,
            "Q" => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
        operation.operands.iter().for_each(|operand| value(operand, at, faults));
    }
    if deepest > 28 {
        faults.push(format!("the state saved {deepest} times in {at}"));
    }
}
