//! Text strings and dates (ISO 32000-1 §7.9.2, §7.9.4).

use chrono::NaiveDate;
use lopdf::{Object, StringFormat};

/// A text string: ASCII as it is (it means the same in PDFDocEncoding), anything else in UTF-16.
pub(super) fn text(text: &str) -> Object {
    match text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) {
        true => Object::String(text.as_bytes().to_vec(), StringFormat::Literal),
        false => Object::String(utf16(text), StringFormat::Hexadecimal),
    }
}

/// UTF-16BE with its byte-order mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// Midnight UTC of a day.
pub(super) fn date(day: NaiveDate) -> Object {
    Object::String(day.format("D:%Y%m%d000000Z").to_string().into_bytes(), StringFormat::Literal)
}

/// Text on one line: runs of white space and control characters become one space, and the soft
/// hyphens of a line's end are taken out.
pub(super) fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c != '\u{AD}').collect();
    let words = text.split(|c: char| c.is_whitespace() && !is_fixed(c) || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Spaces that are meant as they are.
fn is_fixed(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}
