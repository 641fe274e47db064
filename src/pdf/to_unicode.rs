//! ToUnicode CMaps (ISO 32000-1 §9.10.3).

use std::fmt::Write;

/// Writes the map from two-byte codes, in rising order, to the texts that they are copied as. Words
/// are parted by spaces as in Adobe Technical Note 5411: not every reader follows PostScript's own rules.
pub(super) fn cmap<'a>(texts: impl Iterator<Item = (u16, &'a str)>) -> Vec<u8> {
    let mut ranges: Vec<Range> = vec![];
    for (code, text) in texts {
        let units = units(text);
        match ranges.last_mut() {
            Some(range) if range.takes(code, &units) => range.last = code,
            _ => ranges.push(Range { first: code, last: code, units }),
        }
    }
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo \
         << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n\
         /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let (single, many): (Vec<&Range>, Vec<&Range>) = ranges.iter().partition(|r| r.first == r.last);
    // At most a hundred entries a block (Adobe Technical Note 5411).
    for block in single.chunks(100) {
        line(&mut out, format_args!("{} beginbfchar", block.len()));
        for range in block {
            line(&mut out, format_args!("<{:04X}> <{}>", range.first, range.hex()));
        }
        out.push_str("endbfchar\n");
    }
    for block in many.chunks(100) {
        line(&mut out, format_args!("{} beginbfrange", block.len()));
        for range in block {
            line(&mut out, format_args!("<{:04X}> <{:04X}> <{}>", range.first, range.last, range.hex()));
        }
        out.push_str("endbfrange\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out.into_bytes()
}

/// Codes in a row whose texts are in a row.
struct Range {
    first: u16,
    last: u16,
    /// UTF-16 of the first.
    units: Vec<u16>,
}

impl Range {
    /// The last byte alone may count up: neither may carry into the byte before.
    fn takes(&self, code: u16, units: &[u16]) -> bool {
        let steps = code - self.first;
        let ([own @ .., own_last], [other @ .., other_last]) = (&self.units[..], units) else {
            return false;
        };
        code == self.last + 1
            && own == other
            && own_last.checked_add(steps) == Some(*other_last)
            && own_last >> 8 == other_last >> 8
            && self.first >> 8 == code >> 8
    }

    fn hex(&self) -> String {
        self.units.iter().map(|unit| format!("{unit:04X}")).collect()
    }
}

/// UTF-16 of a text. What may not stand in a map (ISO 19005-2 §6.2.11.7.2: U+0000, U+FEFF, U+FFFE, and
/// nothing at all) becomes the replacement character.
fn units(text: &str) -> Vec<u16> {
    let units: Vec<u16> = text.chars().map(allowed).collect::<String>().encode_utf16().collect();
    if units.is_empty() { vec![0xFFFD] } else { units }
}

fn allowed(c: char) -> char {
    if matches!(c, '\0' | '\u{FEFF}' | '\u{FFFE}') { '\u{FFFD}' } else { c }
}

fn line(out: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
    out.push('\n');
}
