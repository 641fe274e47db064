//! Faces made for a test: a shipped face with tables left out, added or changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use propale::font::Face;
use skrifa::{FontRef, MetadataProvider};

pub const SANS: &str = "source-sans-3/SourceSans3-Regular.ttf";
pub const SERIF: &str = "source-serif-4-display/SourceSerif4Display-Regular.ttf";

/// The tables of one face.
pub struct Forge {
    tables: BTreeMap<[u8; 4], Vec<u8>>,
}

fn u16_at(data: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([data[at], data[at + 1]]))
}

fn u32_at(data: &[u8], at: usize) -> usize {
    u32::from_be_bytes(data[at..at + 4].try_into().unwrap()) as usize
}

impl Forge {
    /// A file of fonts/.
    pub fn from(file: &str) -> Forge {
        Forge::read(std::fs::read(format!("{}/fonts/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap())
    }

    pub fn read(data: Vec<u8>) -> Forge {
        let tables = (0..u16_at(&data, 4)).map(|i| {
            let record = 12 + 16 * i;
            let (offset, length) = (u32_at(&data, record + 8), u32_at(&data, record + 12));
            (data[record..record + 4].try_into().unwrap(), data[offset..offset + length].to_vec())
        });
        Forge { tables: tables.collect() }
    }

    pub fn table(mut self, tag: &[u8; 4], data: Vec<u8>) -> Forge {
        self.tables.insert(*tag, data);
        self
    }

    pub fn without(mut self, tag: &[u8; 4]) -> Forge {
        self.tables.remove(tag);
        self
    }

    pub fn patch(mut self, tag: &[u8; 4], at: usize, bytes: &[u8]) -> Forge {
        self.tables.get_mut(tag).unwrap()[at..at + bytes.len()].copy_from_slice(bytes);
        self
    }

    /// Where some bytes are in a table.
    pub fn find(&self, tag: &[u8; 4], bytes: &[u8]) -> usize {
        self.tables[tag].windows(bytes.len()).position(|part| part == bytes).unwrap()
    }

    /// Takes characters out of its character map.
    pub fn hide(self, hidden: &[char]) -> Forge {
        self.keep(|c| !hidden.contains(&c))
    }

    /// Leaves in its character map only what `wanted` wants (cmap format 12, OpenType §cmap).
    pub fn keep(self, wanted: impl Fn(char) -> bool) -> Forge {
        let data = self.bytes();
        let font = FontRef::new(&data).unwrap();
        let kept: Vec<(u32, u32)> = font
            .charmap()
            .mappings()
            .filter(|(c, _)| char::from_u32(*c).is_some_and(&wanted))
            .map(|(c, glyph)| (c, glyph.to_u32()))
            .collect();
        let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12];
        cmap.extend([0, 12, 0, 0]);
        cmap.extend((16 + 12 * kept.len() as u32).to_be_bytes());
        cmap.extend(0u32.to_be_bytes());
        cmap.extend((kept.len() as u32).to_be_bytes());
        for (c, glyph) in kept {
            cmap.extend([c, c, glyph].into_iter().flat_map(u32::to_be_bytes));
        }
        self.table(b"cmap", cmap)
    }

    /// Another family name.
    pub fn family(self, name: &str) -> Forge {
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut table = vec![0, 0, 0, 1, 0, 18, 0, 3, 0, 1, 4, 9, 0, 1];
        table.extend((text.len() as u16).to_be_bytes());
        table.extend([0, 0]);
        table.extend(text);
        self.table(b"name", table)
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.at(0)
    }

    /// The file as it stands at an offset of a larger one.
    fn at(&self, base: usize) -> Vec<u8> {
        let mut head = vec![0, 1, 0, 0];
        head.extend((self.tables.len() as u16).to_be_bytes());
        head.extend([0; 6]);
        let mut body = vec![];
        let start = base + 12 + 16 * self.tables.len();
        for (tag, data) in &self.tables {
            head.extend(tag);
            head.extend([0; 4]);
            head.extend(((start + body.len()) as u32).to_be_bytes());
            head.extend((data.len() as u32).to_be_bytes());
            body.extend(data);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        head.extend(body);
        head
    }

    pub fn faces(&self) -> Vec<Face> {
        Face::read("fonts/forged.ttf", Arc::from(self.bytes())).unwrap()
    }
}

/// A collection (.ttc) of the sans face under several names.
pub fn collection(families: &[&str]) -> Vec<u8> {
    let mut head = b"ttcf\0\x01\0\0".to_vec();
    head.extend((families.len() as u32).to_be_bytes());
    let start = head.len() + 4 * families.len();
    let mut body = vec![];
    for family in families {
        let at = start + body.len();
        head.extend((at as u32).to_be_bytes());
        body.extend(Forge::from(SANS).family(family).at(at));
    }
    head.extend(body);
    head
}
