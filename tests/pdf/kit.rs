//! Documents from a few lines of HTML, and pages set without any art: a glyph a character, one column.
//! What the PDF is made of is then known exactly, whatever the layout engine does.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use propale::diagnostic::{Diagnostics, Source};
use propale::document::tree::{Document, Element, NodeId};
use propale::document::{Layout, LayoutSources, Schema};
use propale::font::{Face, FaceId, Faces};
use propale::image::{Picture, read_inline_svg};
use propale::layout::pages::{
    Artifact, Destination, Fill, Glyph, GlyphRun, Item, LinkArea, Outline, Owner, Page, Pages, Paint,
    Rect, Shape,
};
use propale::locale::Locale;
use propale::pdf::{Metadata, Streams};
use propale::proposal::view::View;
use propale::style::values::{
    Color, ComputedStyle, Display, ListStyleType, NodeStyle, PageRules, Styles,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

pub static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let mut faces = Faces::default();
    for file in [
        "fonts/source-sans-3/SourceSans3-Regular.ttf",
        "fonts/source-sans-3/SourceSans3-Semibold.ttf",
        "fonts/source-serif-4-display/SourceSerif4Display-Regular.ttf",
        "tests/pdf/faces/box.otf",
        "tests/pdf/faces/vary.ttf",
    ] {
        let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
        let data: Arc<[u8]> = std::fs::read(path).unwrap().into();
        Face::read(file, data).unwrap().into_iter().for_each(|face| faces.add(face));
    }
    faces
});

pub const BODY: FaceId = FaceId(0);
pub const STRONG: FaceId = FaceId(1);
pub const TITLE: FaceId = FaceId(2);
/// CFF outlines.
pub const BOXES: FaceId = FaceId(3);
/// The variable face at weight 700, slanted: weights have two instances each.
pub const VARIED: FaceId = FaceId(4 + 2 * 6 + 1);

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::of(&View::specimens()));

/// A whole document around `body`.
pub fn document(lang: &str, title: &str, body: &str) -> Document {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><title>{title}</title></head>\n<body>{body}</body></html>"
    );
    let sources = LayoutSources {
        html: Source::new("templates/page.html.hbs", html),
        css: Source::new("templates/page.css", ""),
        partials: BTreeMap::new(),
    };
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("page", sources, &SCHEMA, &mut diagnostics);
    let locale = Locale::from_tag(lang).unwrap_or(Locale::Fr);
    let document = layout.and_then(|layout| {
        let view = serde_json::to_value(&View::specimens()[0]).unwrap();
        layout.fill(&view, locale, &mut diagnostics)
    });
    assert!(!diagnostics.has_errors(), "{}", diagnostics.one_lines());
    document.unwrap()
}

/// The display that browsers give each element; `style="display: …"` wins.
pub fn styles(document: &Document) -> Styles {
    let style = |element: Option<&Element>| {
        let mut style = ComputedStyle::initial();
        let Some(element) = element else { return style };
        let said = element.attribute("style").and_then(|s| s.strip_prefix("display: "));
        style.display = match (said, element.name) {
            (Some("flex"), _) => Display::Flex,
            (Some("block"), _) => Display::Block,
            (Some("none"), _) => Display::None,
            (_, "li") => Display::ListItem,
            (_, "table") => Display::Table,
            (_, "tr") => Display::TableRow,
            (_, "td" | "th") => Display::TableCell,
            (
                _,
                "a" | "em" | "strong" | "span" | "small" | "code" | "abbr" | "b" | "i" | "s" | "u"
                | "time" | "img" | "svg" | "br",
            ) => Display::Inline,
            _ => Display::Block,
        };
        let mut text = (*style.text).clone();
        text.list_style_type = ListStyleType::Disc;
        style.text = Arc::new(text);
        style
    };
    let nodes = document.nodes.iter().enumerate().map(|(index, node)| {
        let mut style = style(document.element(NodeId(index as u32)));
        let parent = node.parent.and_then(|parent| document.element(parent));
        if parent.is_some_and(|parent| parent.name == "ol") {
            let mut text = (*style.text).clone();
            text.list_style_type = ListStyleType::Decimal;
            style.text = Arc::new(text);
        }
        NodeStyle { style: Arc::new(style), before: None, after: None, marker: None }
    });
    Styles { nodes: nodes.collect(), pages: PageRules::default() }
}

pub fn metadata() -> Metadata {
    Metadata {
        author: "Atome".into(),
        subject: Some("Chief of staff externe".into()),
        keywords: vec!["conseil".into(), "croissance".into()],
        date: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
    }
}

pub const INK: Color = Color { r: 29, g: 36, b: 51, a: 1.0 };

/// Sets one run, a glyph a character; its width is that of its glyphs.
pub fn run(face: FaceId, size: f32, x: f32, y: f32, text: &str) -> (GlyphRun, f32) {
    let source = FACES.face(face);
    let font = FontRef::from_index(&source.data, source.index).unwrap();
    let map = font.charmap();
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let scale = size / f32::from(source.metrics.units_per_em);
    let mut pen = 0.0;
    let mut glyphs = vec![];
    for (start, c) in text.char_indices() {
        let shown = if c == '\u{AD}' { '-' } else { c };
        let id = map.map(shown).unwrap_or_default();
        let advance = metrics.advance_width(id).unwrap_or(0.0) * scale;
        let (start, end) = (start as u32, (start + c.len_utf8()) as u32);
        glyphs.push(Glyph { id: id.to_u32() as u16, x: pen, y: 0.0, advance, start, end });
        pen += advance;
    }
    (GlyphRun { face, size, color: INK, x, y, glyphs, text: text.into() }, pen)
}

pub fn page(items: Vec<Item>) -> Page {
    Page { width: 794.0, height: 1123.0, items, links: vec![] }
}

pub fn rectangle(rect: Rect, color: Color) -> Paint {
    Paint::Shape(Shape { outline: Outline::rect(rect), fill: Some(Fill::Color(color)), stroke: None })
}

/// Sets a document in one column. `pictures` are what `src` names.
pub fn pages(document: &Document, pictures: &BTreeMap<&str, Arc<Picture>>) -> Pages {
    let mut setter =
        Setter { document, pictures, pages: Pages::default(), x: LEFT, y: TOP, ordinal: vec![] };
    setter.new_page();
    setter.node(document.body, BODY, 14.0);
    let total = setter.pages.pages.len();
    for (index, page) in setter.pages.pages.iter_mut().enumerate() {
        let (foot, _) = run(BODY, 10.0, LEFT, 1080.0, &format!("Page {} / {total}", index + 1));
        page.items.push(Item { owner: Owner::Artifact(Artifact::Footer), paint: Paint::Glyphs(foot) });
    }
    setter.pages
}

const LEFT: f32 = 80.0;
const RIGHT: f32 = 714.0;
const TOP: f32 = 90.0;
const BOTTOM: f32 = 1040.0;

struct Setter<'a> {
    document: &'a Document,
    pictures: &'a BTreeMap<&'a str, Arc<Picture>>,
    pages: Pages,
    x: f32,
    y: f32,
    ordinal: Vec<u32>,
}

impl Setter<'_> {
    fn new_page(&mut self) {
        self.pages.pages.push(page(vec![Item {
            owner: Owner::Artifact(Artifact::Background),
            paint: rectangle(
                Rect { x: 0.0, y: 0.0, width: 794.0, height: 60.0 },
                Color { r: 20, g: 50, b: 79, a: 1.0 },
            ),
        }]));
        (self.x, self.y) = (LEFT, TOP);
    }

    fn paint(&mut self, owner: Owner, paint: Paint) {
        self.pages.pages.last_mut().unwrap().items.push(Item { owner, paint });
    }

    fn new_line(&mut self, size: f32) {
        if self.x > LEFT {
            (self.x, self.y) = (LEFT, self.y + size * 1.5);
        }
        if self.y > BOTTOM {
            self.new_page();
        }
    }

    fn node(&mut self, id: NodeId, face: FaceId, size: f32) {
        let document = self.document;
        let Some(element) = document.element(id) else {
            return self.words(id, face, size);
        };
        let (face, size) = match element.name {
            "h1" => (TITLE, 28.0),
            "h2" => (TITLE, 20.0),
            "h3" | "strong" | "th" | "dt" => (STRONG, size),
            "abbr" => (BOXES, size),
            "i" => (VARIED, size),
            _ => (face, size),
        };
        if element.attribute("style") == Some("display: none") {
            return;
        }
        let block = !matches!(
            element.name,
            "a" | "em"
                | "strong"
                | "span"
                | "small"
                | "code"
                | "abbr"
                | "b"
                | "i"
                | "s"
                | "u"
                | "time"
                | "img"
                | "svg"
        ) || element.attribute("style").is_some_and(|style| style.starts_with("display: "));
        if block {
            self.new_line(size);
        }
        let at = Destination { page: self.pages.pages.len() - 1, x: self.x, y: self.y - size };
        if element.id().is_some() || matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.pages.destinations.insert(id, at);
        }
        match element.name {
            "img" | "svg" => {
                let picture = match &element.svg {
                    Some(markup) => read_inline_svg(markup).unwrap(),
                    None => self.pictures[element.attribute("src").unwrap()].clone(),
                };
                let rect = Rect { x: self.x, y: self.y - 40.0, width: 60.0, height: 40.0 };
                self.x += 70.0;
                self.paint(Owner::Node(id), Paint::Picture { picture, rect, clip: None });
            }
            "ul" | "ol" => self.ordinal.push(0),
            "li" => {
                let list = document.element(document.node(id).parent.unwrap()).unwrap().name;
                *self.ordinal.last_mut().unwrap() += 1;
                let label = match list {
                    "ol" => format!("{}. ", self.ordinal.last().unwrap()),
                    _ => "• ".to_string(),
                };
                let (label, width) = run(BODY, size, self.x, self.y, &label);
                self.paint(Owner::Label(id), Paint::Glyphs(label));
                self.x += width;
            }
            _ => {}
        }
        for child in &document.node(id).children {
            self.node(*child, face, size);
        }
        if matches!(element.name, "ul" | "ol") {
            self.ordinal.pop();
        }
        if block {
            self.new_line(size);
        }
    }

    fn words(&mut self, id: NodeId, face: FaceId, size: f32) {
        let text = self.document.text(id).unwrap_or("");
        let collapsed =
            text.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if collapsed.is_empty() {
            return;
        }
        let mut line = String::new();
        if text.starts_with([' ', '\n']) && self.x > LEFT {
            line.push(' ');
        }
        let words: Vec<&str> = collapsed.split_inclusive(' ').collect();
        for (index, word) in words.iter().enumerate() {
            let width = run(face, size, 0.0, 0.0, &format!("{line}{word}")).1;
            if self.x + width > RIGHT && !line.is_empty() {
                self.flush(id, face, size, &line);
                self.new_line(size);
                line.clear();
            }
            line.push_str(word);
            if index + 1 == words.len() && text.ends_with([' ', '\n']) {
                line.push(' ');
            }
        }
        self.flush(id, face, size, &line);
    }

    fn flush(&mut self, id: NodeId, face: FaceId, size: f32, line: &str) {
        let (glyphs, width) = run(face, size, self.x, self.y, line);
        self.paint(Owner::Node(id), Paint::Glyphs(glyphs));
        let rect = Rect { x: self.x, y: self.y - size, width, height: size * 1.3 };
        let is_link =
            |node: &NodeId| self.document.element(*node).is_some_and(|e| e.attribute("href").is_some());
        if let Some(owner) = self.document.ancestors(id).find(is_link) {
            self.pages.pages.last_mut().unwrap().links.push(LinkArea { owner, rect });
        }
        self.x += width;
    }
}

/// Writes pages; nothing is reported.
pub fn write(document: &Document, pages: &Pages) -> Vec<u8> {
    write_with(document, pages, &FACES)
}

pub fn write_with(document: &Document, pages: &Pages, faces: &Faces) -> Vec<u8> {
    write_sharing(document, pages, faces, &Streams::default())
}

pub fn write_sharing(document: &Document, pages: &Pages, faces: &Faces, streams: &Streams) -> Vec<u8> {
    let mut diagnostics = Diagnostics::new();
    let styles = styles(document);
    let bytes =
        propale::pdf::write(document, &styles, pages, faces, &metadata(), streams, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{}", diagnostics.one_lines());
    bytes
}

/// Keeps a file for the judges of tests/judges, in the folder that PROPALE_PDFS names.
pub fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("PROPALE_PDFS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}
