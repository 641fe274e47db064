//! What is on the pages of a case, as a judge found it or as we lay it out.

use std::collections::BTreeMap;
use std::path::Path;

/// px of a page that one cell of a [`Picture`] stands for, each way; as `record` has it.
pub const CELL: u32 = 4;

#[derive(Default)]
pub struct Finding {
    pub pages: Vec<FoundPage>,
}

pub struct FoundPage {
    /// pt.
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<FoundGlyph>,
    pub picture: Picture,
}

/// A glyph by the first character it stands for and its origin, pt from the page's top-left corner. White
/// space has none.
#[derive(Clone, Copy, Debug)]
pub struct FoundGlyph {
    pub letter: char,
    pub x: f32,
    pub y: f32,
}

/// The mean colour of each cell of a page, without its text. What is not said is white.
#[derive(Clone, Default)]
pub struct Picture {
    pub rows: Vec<Vec<[u8; 3]>>,
}

impl Picture {
    pub fn cell(&self, column: usize, row: usize) -> [u8; 3] {
        self.rows.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or([255; 3])
    }
}

/// The findings of all groups, by the case's name.
pub fn read_all(folder: &Path) -> BTreeMap<String, Finding> {
    let mut findings = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in format!("\n{text}").split("\ncase ").skip(1) {
            let (name, pages) = part.split_once('\n').unwrap();
            findings.insert(name.to_owned(), read(pages));
        }
    }
    findings
}

fn read(text: &str) -> Finding {
    let mut finding = Finding::default();
    let mut in_picture = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if first == "page" {
            let (width, height) = rest.split_once(' ').unwrap();
            let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
            let picture = Picture::default();
            finding.pages.push(FoundPage { width, height, glyphs: vec![], picture });
            in_picture = false;
            continue;
        }
        let page = finding.pages.last_mut().unwrap();
        if first == "picture" {
            in_picture = true;
        } else if in_picture {
            read_rows(first, rest, &mut page.picture);
        } else {
            read_line(first, rest, &mut page.glyphs);
        }
    }
    finding
}

/// `baseline letters x step step…`: the place of the first letter, and from each to the next.
fn read_line(baseline: &str, rest: &str, glyphs: &mut Vec<FoundGlyph>) {
    let y = baseline.parse().unwrap();
    let (letters, steps) = rest.split_once(' ').unwrap();
    let mut x = 0.0;
    let places = steps.split(' ').map(|step| {
        x += step.parse::<f32>().unwrap();
        x
    });
    let before = glyphs.len();
    glyphs.extend(letters.chars().zip(places).map(|(letter, x)| FoundGlyph { letter, x, y }));
    assert_eq!(glyphs.len() - before, steps.split(' ').count(), "{rest}");
}

/// `first–last count×colour…`
fn read_rows(rows: &str, runs: &str, picture: &mut Picture) {
    let (first, last) = rows.split_once('–').unwrap();
    let mut cells = vec![];
    for run in runs.split(' ') {
        let (count, colour) = run.split_once('×').unwrap();
        let colour = match colour {
            "." => [255; 3],
            _ => [0, 1, 2].map(|at| u8::from_str_radix(&colour[at..=at], 16).unwrap() * 17),
        };
        cells.extend(std::iter::repeat_n(colour, count.parse().unwrap()));
    }
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    picture.rows.resize(first, vec![]);
    picture.rows.resize(last + 1, cells);
}
