//! HTML and CSS in, a text of the pages out.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use propale::diagnostic::{Diagnostics, Source};
use propale::document::tree::{Document, NodeId, NodeKind};
use propale::document::{Layout, LayoutSources, Schema};
use propale::image::{Picture, PictureContent, read_inline_svg};
use propale::layout::pages::{
    Artifact, Fill, Item, Outline, Owner, Page, Pages, Paint, Rect, Segment, Shape,
};
use propale::layout::{Pictures, paginate};
use propale::locale::Locale;
use propale::style::values::{Color, Styles};
use propale::style::{StyleSheets, compute};

pub use crate::inline::kit::FACES;

/// Under every case: 10 px letters on 20 px lines, no margins of the default sheet.
pub const BASE: &str = "
@page { size: 400px 300px; margin: 50px; }
html { font-family: 'Source Sans 3'; font-size: 10px; line-height: 20px; text-align: left; }
body, p, ul, ol, h1, h2, h3, dl, dd, figure, blockquote { margin: 0; }
p, li, dd { text-wrap: stable; }
h1, h2, h3 { font-size: 10px; }
";

/// A document laid out.
pub struct Laid {
    pub document: Document,
    pub pages: Pages,
    pub diagnostics: Diagnostics,
}

/// A whole document in French around `body`.
pub fn document(body: &str) -> Document {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>t</title></head>\n<body>{body}</body></html>"
    );
    whole_document(Locale::Fr, &html).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.one_lines()))
}

/// A document as it is written, or what keeps it from being one.
pub fn whole_document(locale: Locale, html: &str) -> Result<Document, Diagnostics> {
    #[derive(serde::Serialize)]
    struct NoView {}
    let sources = LayoutSources {
        html: Source::new("templates/page.html.hbs", html),
        css: Source::new("templates/page.css", ""),
        partials: BTreeMap::new(),
    };
    let mut diagnostics = Diagnostics::new();
    Layout::prepare("page", sources, &Schema::of(&[NoView {}]), &mut diagnostics)
        .and_then(|layout| layout.fill(&serde_json::json!({}), locale, &mut diagnostics))
        .ok_or(diagnostics)
}

pub fn styles(document: &Document, css: &str, diagnostics: &mut Diagnostics) -> Styles {
    let source = Source::new("templates/page.css", css);
    let sheets = StyleSheets::prepare(&source, &|path| panic!("{path}"), diagnostics);
    compute(document, &sheets, &BTreeMap::new(), diagnostics)
}

/// Lays `body` out under [`BASE`] and `css`.
pub fn lay(css: &str, body: &str) -> Laid {
    lay_document(&format!("{BASE}{css}"), document(body))
}

pub fn lay_document(css: &str, document: Document) -> Laid {
    let mut diagnostics = Diagnostics::new();
    let styles = styles(&document, css, &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    let pictures = pictures(&document, &styles);
    let pages = paginate(&document, &styles, &FACES, &pictures, &mut diagnostics);
    Laid { document, pages, diagnostics }
}

/// `<img src="80x40.png">` is a grey picture of 80 × 40 px; an inline svg is itself.
pub fn pictures(document: &Document, styles: &Styles) -> Pictures {
    let mut pictures = Pictures::new();
    for (index, node) in document.nodes.iter().enumerate() {
        let NodeKind::Element(element) = &node.kind else { continue };
        let picture = match (element.name, element.attribute("src")) {
            ("img", Some(src)) => Arc::new(grey(src)),
            ("svg", _) => read_inline_svg(element.svg.as_deref().unwrap()).unwrap(),
            _ => continue,
        };
        pictures.insert(NodeId(index as u32), picture);
    }
    for file in styles.files() {
        let name = file.path.strip_prefix("templates/").unwrap();
        pictures.insert_file(file.path.clone(), Arc::new(grey(name)));
    }
    pictures
}

fn grey(src: &str) -> Picture {
    let (width, height) = src.strip_suffix(".png").unwrap().split_once('x').unwrap();
    let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
    // Fine enough for any size on paper.
    let fine = |px: f32| (px * 16.0) as u32;
    let content = PictureContent::Raster {
        width: fine(width),
        height: fine(height),
        components: 1,
        samples: vec![],
        alpha: None,
    };
    Picture { path: src.into(), width, height, content, key: 0 }
}

impl Laid {
    /// What is on the pages, an item a line.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (index, page) in self.pages.pages.iter().enumerate() {
            let (w, h) = (number(page.width), number(page.height));
            writeln!(out, "page {} {w} × {h}", index + 1).unwrap();
            for item in &page.items {
                self.dump_item(item, &mut out);
            }
            for link in &page.links {
                let href = self.document.element(link.owner).and_then(|e| e.attribute("href"));
                writeln!(out, "  link {} → {}", rect(link.rect), href.unwrap_or("?")).unwrap();
            }
        }
        for (node, destination) in &self.pages.destinations {
            let (x, y) = (number(destination.x), number(destination.y));
            writeln!(out, "{} at page {} {x},{y}", self.name(*node), destination.page + 1).unwrap();
        }
        out + &self.diagnostics.one_lines()
    }

    fn dump_item(&self, item: &Item, out: &mut String) {
        let owner = match item.owner {
            Owner::Node(node) => self.name(self.document.nearest_element(node)),
            Owner::Before(node) | Owner::After(node) => self.name(node),
            Owner::Label(node) => format!("label of {}", self.name(node)),
            Owner::Artifact(Artifact::Header) => "header".into(),
            Owner::Artifact(Artifact::Footer) => "footer".into(),
            Owner::Artifact(Artifact::Layout) => "layout".into(),
            Owner::Artifact(Artifact::Background) => "background".into(),
        };
        let what = match &item.paint {
            Paint::Glyphs(run) => {
                format!("{},{} “{}”", number(run.x), number(run.y), run.text)
            }
            Paint::Shape(shape) => dump_shape(shape),
            Paint::Picture { rect: r, clip, .. } => {
                let clip = clip.map_or(String::new(), |c| format!(" cut to {}", rect(c)));
                format!("{} picture{clip}", rect(*r))
            }
            Paint::Tiles { cell, count, .. } => {
                format!("{} tiles, {} across and {} down", rect(*cell), count.0, count.1)
            }
            Paint::BeginGroup(group) => {
                let clip =
                    group.clip.as_ref().map_or(String::new(), |c| format!(" clip {}", outline(c)));
                let opacity = group.opacity.map_or(String::new(), |o| format!(" opacity {}", number(o)));
                let transform = group
                    .transform
                    .map_or(String::new(), |m| format!(" transform {}", m.0.map(number).join(" ")));
                format!("begin{transform}{clip}{opacity}")
            }
            Paint::EndGroup => "end".into(),
        };
        writeln!(out, "  {what} ({owner})").unwrap();
    }

    fn name(&self, node: NodeId) -> String {
        let element = self.document.element(node).unwrap();
        match (element.id(), element.attribute("class")) {
            (Some(id), _) => format!("{}#{id}", element.name),
            (None, Some(class)) => format!("{}.{class}", element.name),
            (None, None) => element.name.to_owned(),
        }
    }

    /// The text of each page, in the order of its owners: reading order.
    pub fn texts(&self) -> Vec<String> {
        self.pages.pages.iter().map(|page| self.text(page)).collect()
    }

    pub fn text(&self, page: &Page) -> String {
        let mut runs: Vec<(Owner, &str)> = vec![];
        for item in &page.items {
            if let (true, Paint::Glyphs(run)) = (is_text(item.owner), &item.paint) {
                runs.push((item.owner, &run.text));
            }
        }
        runs.sort_by_key(|(owner, _)| owner.node());
        runs.iter().map(|(_, text)| *text).collect()
    }

    /// The words of all pages.
    pub fn words(&self) -> Vec<String> {
        let text = self.texts().join(" ").replace('\u{AD}', "");
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// Baselines of the text of each page, with the text.
    pub fn lines(&self, page: usize) -> Vec<(f32, String)> {
        let mut lines: Vec<(f32, String)> = vec![];
        for item in &self.pages.pages[page].items {
            if let (true, Paint::Glyphs(run)) = (is_text(item.owner), &item.paint) {
                match lines.iter_mut().find(|(y, _)| (*y - run.y).abs() < 0.01) {
                    Some((_, text)) => text.push_str(&run.text),
                    None => lines.push((run.y, run.text.to_string())),
                }
            }
        }
        lines
    }
}

fn dump_shape(shape: &Shape) -> String {
    let fill = match &shape.fill {
        None => String::new(),
        Some(Fill::Color(c)) => format!(" {}", color(*c)),
        Some(Fill::Linear { from, to, stops }) => {
            let stops: Vec<String> =
                stops.iter().map(|(at, c)| format!("{} {}", number(*at), color(*c))).collect();
            let point = |(x, y): (f32, f32)| format!("{},{}", number(x), number(y));
            format!(" from {} to {}: {}", point(*from), point(*to), stops.join(", "))
        }
        Some(Fill::Radial { center, radii, stops }) => {
            let stops: Vec<String> =
                stops.iter().map(|(at, c)| format!("{} {}", number(*at), color(*c))).collect();
            let point = |(x, y): (f32, f32)| format!("{},{}", number(x), number(y));
            format!(" round {} out to {}: {}", point(*center), point(*radii), stops.join(", "))
        }
    };
    let stroke = shape.stroke.as_ref().map_or(String::new(), |s| {
        let dashes = if s.dashes.is_empty() { "" } else { " dashed" };
        format!(" line {}{dashes} {}", number(s.width), color(s.color))
    });
    format!("{}{fill}{stroke}", outline(&shape.outline))
}

/// The rectangle round an outline, and what it is more than that.
fn outline(outline: &Outline) -> String {
    let (mut xs, mut ys, mut curves, mut parts) = (vec![], vec![], 0, 0);
    for segment in &outline.segments {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => {
                parts += usize::from(matches!(segment, Segment::Move(..)));
                xs.push(x);
                ys.push(y);
            }
            Segment::Cubic(.., x, y) => {
                curves += 1;
                xs.push(x);
                ys.push(y);
            }
            Segment::Close => {}
        }
    }
    let low = |list: &[f32]| list.iter().copied().fold(f32::INFINITY, f32::min);
    let high = |list: &[f32]| list.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (x, y) = (low(&xs), low(&ys));
    let ring = if parts > 1 { " ring" } else { "" };
    let round = if curves > 0 { " round" } else { "" };
    rect(Rect { x, y, width: high(&xs) - x, height: high(&ys) - y }) + ring + round
}

pub fn rect(r: Rect) -> String {
    format!("{},{} {}×{}", number(r.x), number(r.y), number(r.width), number(r.height))
}

/// At most one decimal: what a face's metrics decide may differ in the last bit.
pub fn number(value: f32) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".into() } else { rounded.to_string() }
}

fn color(c: Color) -> String {
    let alpha = if c.a < 1.0 { format!("/{}", number(c.a)) } else { String::new() };
    format!("#{:02x}{:02x}{:02x}{alpha}", c.r, c.g, c.b)
}

impl Laid {
    /// Backgrounds in painting order: page, name of the colour, rectangle. What is painted otherwise is
    /// left out.
    pub fn boxes(&self) -> Vec<String> {
        let mut out = vec![];
        for (index, page) in self.pages.pages.iter().enumerate() {
            for item in &page.items {
                let Paint::Shape(shape) = &item.paint else { continue };
                if let (Owner::Artifact(Artifact::Background), Some(Fill::Color(c))) =
                    (item.owner, &shape.fill)
                {
                    out.push(format!("{} {} {}", index + 1, color_name(*c), outline(&shape.outline)));
                }
            }
        }
        out
    }
}

/// Colours for boxes in cases, as classes of one letter.
pub const COLOURS: &str = "
.r { background: #ff0000 } .g { background: #00ff00 } .b { background: #0000ff }
.y { background: #ffff00 } .m { background: #ff00ff } .c { background: #00ffff }
";

fn color_name(c: Color) -> String {
    let known = match (c.r, c.g, c.b) {
        (255, 0, 0) => "r",
        (0, 255, 0) => "g",
        (0, 0, 255) => "b",
        (255, 255, 0) => "y",
        (255, 0, 255) => "m",
        (0, 255, 255) => "c",
        _ => return color(c),
    };
    known.to_owned()
}

/// One case: what it shows, style sheet, body, expected boxes.
pub type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// Lays every case out and compares its boxes.
#[track_caller]
pub fn check(cases: &[Case]) {
    let mut failed = String::new();
    for (what, css, body, expected) in cases {
        let laid = lay(&format!("{COLOURS}{css}"), body);
        let boxes = laid.boxes();
        if boxes != *expected {
            writeln!(failed, "{what}\n  expected {expected:#?}\n  found    {boxes:#?}").unwrap();
        }
        if !laid.diagnostics.is_empty() {
            writeln!(failed, "{what}: {}", laid.diagnostics.one_lines()).unwrap();
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

/// Every letter of the document stands on the pages once, in order.
#[track_caller]
pub fn complete(laid: &Laid) {
    let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
    let expected = squeezed(&laid.document.text_content(laid.document.body));
    let mut runs: Vec<(Owner, usize, String)> = vec![];
    for (page, items) in laid.pages.pages.iter().enumerate() {
        for item in &items.items {
            if let (true, Paint::Glyphs(run)) = (is_text(item.owner), &item.paint) {
                runs.push((item.owner, page, run.text.to_string()));
            }
        }
    }
    // Reading order: the owners'; within one, as painted.
    runs.sort_by_key(|(owner, page, _)| (owner.node(), *page));
    let found: String = runs.iter().map(|(_, _, text)| squeezed(text)).collect();
    let found = found.replace('\u{AD}', "");
    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.chars().skip(same).take(40).collect::<String>();
    assert_eq!(from(&found), from(&expected), "after {same} letters");
}

/// Something is painted on every page of a document that forces no break.
#[track_caller]
pub fn none_is_empty(laid: &Laid) {
    for (index, page) in laid.pages.pages.iter().enumerate() {
        assert!(!page.items.is_empty() || laid.pages.pages.len() == 1, "page {} is empty", index + 1);
    }
}

/// Whether what belongs to it is text of the document or of its sheet, other than a list's markers.
fn is_text(owner: Owner) -> bool {
    matches!(owner, Owner::Node(_) | Owner::Before(_) | Owner::After(_))
}
