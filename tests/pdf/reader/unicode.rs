//! ToUnicode CMaps, read.

use std::collections::BTreeMap;

/// The map from two-byte codes to what they are copied as.
pub fn map(cmap: &str) -> BTreeMap<u16, String> {
    let mut map = BTreeMap::new();
    let mut section = "";
    for line in cmap.lines() {
        if let Some(name) = line.split(' ').nth(1).filter(|word| word.starts_with("begin")) {
            section = name;
            continue;
        }
        let strings: Vec<&str> =
            line.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0)).collect();
        match (section, &strings[..]) {
            ("beginbfchar", [code, text]) => {
                map.insert(hex(code)[0], decode(&hex(text)));
            }
            ("beginbfrange", [first, last, text]) => {
                let mut units = hex(text);
                for code in hex(first)[0]..=hex(last)[0] {
                    map.insert(code, decode(&units));
                    *units.last_mut().unwrap() += 1;
                }
            }
            _ => {}
        }
    }
    map
}

fn hex(digits: &str) -> Vec<u16> {
    digits
        .as_bytes()
        .chunks(4)
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
        .collect()
}

fn decode(units: &[u16]) -> String {
    String::from_utf16(units).unwrap()
}
