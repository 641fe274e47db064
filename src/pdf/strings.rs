//! Text strings and dates (ISO 32000-1 §7.9.2, §7.9.4), none longer than PDF/A lets it be.

use std::borrow::Cow;

use chrono::NaiveDate;
use icu_segmenter::GraphemeClusterSegmenter;
use lopdf::{Object, StringFormat};

/// Bytes that a string may have (ISO 19005-2 §6.1.13).
pub(super) const MAX_BYTES: usize = 32_767;

/// UTF-16 units that stay within it, behind the byte-order mark.
pub(super) const MAX_UNITS: usize = (MAX_BYTES - 2) / 2;

/// A text string: ASCII as it is (it means the same in PDFDocEncoding), anything else in UTF-16. One that
/// is too long is shortened; who cannot have that asks [`fits`] before.
pub(super) fn text(text: &str) -> Object {
    match is_plain_ascii(text) && text.len() <= MAX_BYTES {
        true => Object::String(text.as_bytes().to_vec(), StringFormat::Literal),
        false => Object::String(utf16(text), StringFormat::Hexadecimal),
    }
}

/// Whether a text can be a string whole.
pub(super) fn fits(text: &str) -> bool {
    match is_plain_ascii(text) {
        true => text.len() <= MAX_BYTES,
        false => units(text) <= MAX_UNITS,
    }
}

fn is_plain_ascii(text: &str) -> bool {
    text.is_ascii() && !text.contains(|c: char| c.is_ascii_control())
}

/// Its length in UTF-16.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// UTF-16BE with its byte-order mark, shortened where it is too long.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let text = shortened(text);
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// A text that is too long for a string ends at a whole character (UAX #29) and an ellipsis.
fn shortened(text: &str) -> Cow<'_, str> {
    if units(text) <= MAX_UNITS {
        return text.into();
    }
    let (mut end, mut used) = (0, 0);
    for boundary in GraphemeClusterSegmenter::new().segment_str(text) {
        used += units(&text[end..boundary]);
        if used > MAX_UNITS - "…".encode_utf16().count() {
            break;
        }
        end = boundary;
    }
    format!("{}…", text[..end].trim_end()).into()
}

/// Bytes that are no text: an address, the name of a cell. What is too long is cut: it was refused before.
pub(super) fn bytes(bytes: &[u8]) -> Object {
    Object::String(bytes[..bytes.len().min(MAX_BYTES)].to_vec(), StringFormat::Literal)
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
