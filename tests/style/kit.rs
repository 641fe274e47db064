//! Documents and sheets for the cases.

use std::collections::BTreeMap;
use std::sync::Arc;

use propale::diagnostic::{Diagnostic, Diagnostics, Source};
use propale::document::tree::{Document, NodeId, NodeKind};
use propale::document::{Layout, LayoutSources, Schema};
use propale::locale::Locale;
use propale::style::values::{ComputedStyle, NodeStyle, Styles};
use propale::style::{StyleSheets, compute};

/// A document with this body.
pub fn document(body: &str) -> Document {
    #[derive(serde::Serialize)]
    struct NoView {}
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Case</title></head>\n<body>{body}</body></html>"
    );
    let sources = LayoutSources {
        html: Source::new("page.html.hbs", html),
        css: Source::new("page.css", ""),
        partials: BTreeMap::new(),
    };
    let mut diagnostics = Diagnostics::new();
    let document = Layout::prepare("page", sources, &Schema::of(&[NoView {}]), &mut diagnostics)
        .and_then(|layout| layout.fill(&serde_json::json!({}), Locale::EnGb, &mut diagnostics));
    document.unwrap_or_else(|| panic!("{}", diagnostics.one_lines()))
}

/// A document dressed by a sheet, and what was said of the sheet.
pub struct Dressed {
    pub document: Document,
    pub styles: Styles,
    pub diagnostics: Diagnostics,
}

pub fn dress(css: &str, body: &str) -> Dressed {
    dress_branded(css, body, &[])
}

pub fn dress_branded(css: &str, body: &str, brand: &[(&str, &str)]) -> Dressed {
    let document = document(body);
    let mut diagnostics = Diagnostics::new();
    let sheets = prepare(css, &[], &mut diagnostics);
    let brand: BTreeMap<String, String> =
        brand.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let styles = compute(&document, &sheets, &brand, &mut diagnostics);
    Dressed { document, styles, diagnostics }
}

/// The sheet templates/page.css, which may import `others`.
pub fn prepare(css: &str, others: &[(&str, &str)], diagnostics: &mut Diagnostics) -> StyleSheets {
    let import = |path: &str| match others.iter().find(|(known, _)| *known == path) {
        Some((path, text)) => Ok(Source::new(*path, *text)),
        None => Err(Diagnostic::error(format!("no file {path}"))),
    };
    StyleSheets::prepare(&Source::new("templates/page.css", css), &import, diagnostics)
}

/// What is said of a sheet over a document.
pub fn said(css: &str, body: &str) -> String {
    dress(css, body).diagnostics.one_lines()
}

impl Dressed {
    #[track_caller]
    pub fn clean(self) -> Dressed {
        assert!(self.diagnostics.is_empty(), "{}", self.diagnostics.one_lines());
        self
    }

    /// The styles of the element with this id.
    #[track_caller]
    pub fn node(&self, id: &str) -> &NodeStyle {
        &self.styles.nodes[self.find(|e| e.id() == Some(id)).index()]
    }

    #[track_caller]
    pub fn style(&self, id: &str) -> &Arc<ComputedStyle> {
        &self.node(id).style
    }

    /// The first element of a name.
    #[track_caller]
    pub fn first(&self, name: &str) -> &NodeStyle {
        &self.styles.nodes[self.find(|e| e.name == name).index()]
    }

    #[track_caller]
    fn find(&self, is: impl Fn(&propale::document::tree::Element) -> bool) -> NodeId {
        let nodes = &self.document.nodes;
        let found = nodes.iter().position(|node| match &node.kind {
            NodeKind::Element(element) => is(element),
            NodeKind::Text(_) => false,
        });
        NodeId(found.expect("the case has that element") as u32)
    }
}

/// The fields in which two styles differ, one a line, as the second has them.
pub fn difference(from: &ComputedStyle, to: &ComputedStyle) -> Vec<String> {
    let fields = |style: &ComputedStyle| {
        let mut fields = fields(&format!("{style:#?}"));
        // The inherited ones stand inside.
        let text = fields.iter().position(|(name, _)| name == "text").map(|i| fields.remove(i));
        fields.extend(text.map(|(_, value)| self::fields(&value)).unwrap_or_default());
        fields
    };
    fields(from)
        .into_iter()
        .zip(fields(to))
        .filter(|(_, (name, _))| name != "font_variants")
        .map(|((_, from), (name, to))| (readable_field(&name, &from), readable_field(&name, &to), name))
        .filter(|(from, to, _)| from != to)
        .map(|(_, to, name)| format!("{name}: {to}"))
        .collect()
}

/// Name and value of each field of a struct as `{:#?}` prints it.
fn fields(pretty: &str) -> Vec<(String, String)> {
    let body: Vec<&str> = pretty.lines().collect();
    let indent = body[1].len() - body[1].trim_start().len();
    let mut fields: Vec<(String, String)> = vec![];
    for line in &body[1..body.len() - 1] {
        let depth = line.len() - line.trim_start().len();
        if depth == indent && !line.trim_start().starts_with(['}', ']', ')']) {
            let (name, value) = line.trim().split_once(": ").expect("a field");
            fields.push((name.to_owned(), value.to_owned()));
        } else {
            let last = fields.last_mut().expect("a field before its lines");
            last.1.push('\n');
            last.1.push_str(line);
        }
    }
    fields
}

fn readable_field(name: &str, pretty: &str) -> String {
    match name {
        "font_features" => {
            let text = readable(pretty);
            rewritten_to(&text, "([", "], ", |inner| {
                let bytes: Vec<u8> = inner.split(", ").map(|b| b.parse().expect("a byte")).collect();
                format!("({} ", String::from_utf8(bytes).expect("a tag"))
            })
        }
        _ => readable(pretty),
    }
}

/// On one line, lengths and colours as CSS writes them.
fn readable(pretty: &str) -> String {
    let mut text: String = pretty.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        ("( ", "("),
        (", )", ")"),
        (",)", ")"),
        ("[ ", "["),
        (", ]", "]"),
        (",]", "]"),
        (", }", " }"),
        (", ,", ","),
    ] {
        text = text.replace(from, to);
    }
    let text = rewritten(&text, "LengthPercentage { px: ", |inner| {
        let (px, percent) = inner.split_once(", percent: ").expect("two parts");
        if percent.contains(", most: ") {
            return format!("[{inner}]");
        }
        let percent = format!("{}%", percent.parse::<f32>().expect("a number") * 100.0);
        match (px, &*percent) {
            (px, "0%") => format!("{px}px"),
            ("0.0", percent) => percent.to_owned(),
            (px, percent) => format!("{percent} + {px}px"),
        }
    });
    let text = rewritten(&text, "Color { r: ", |inner| {
        let numbers: Vec<&str> =
            inner.split(", ").map(|part| part.rsplit(": ").next().expect("a number")).collect();
        let alpha = if numbers[3] == "1.0" { String::new() } else { format!(" / {}", numbers[3]) };
        format!("rgb({} {} {}{alpha})", numbers[0], numbers[1], numbers[2])
    });
    let text = rewritten(&text, "Radius { x: ", |inner| {
        let (x, y) = inner.split_once(", y: ").expect("two radii");
        if x == y { x.to_owned() } else { format!("{x} {y}") }
    });
    let text = rewritten(&text, "BoxPosition { x: ", |inner| inner.replace(", y: ", " "));
    let text = rewritten(&text, "Border { width: ", |inner| {
        let (width, rest) = inner.split_once(", style: ").expect("a style");
        let (style, color) = rest.split_once(", color: ").expect("a colour");
        if style == "None" { "none".to_owned() } else { format!("{width}px {style} {color}") }
    });
    let mut text = text;
    for (open, names) in [
        ("Sides { top: ", [", right: ", ", bottom: ", ", left: "]),
        ("Corners { top_left: ", [", top_right: ", ", bottom_right: ", ", bottom_left: "]),
    ] {
        text = rewritten(&text, open, |inner| {
            names.iter().fold(inner.to_owned(), |text, name| text.replace(name, " | "))
        });
    }
    text.trim_end_matches(',').to_owned()
}

fn rewritten(text: &str, open: &str, with: impl Fn(&str) -> String) -> String {
    rewritten_to(text, open, " }", with)
}

fn rewritten_to(text: &str, open: &str, close: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let (inner, after) = after.split_once(close).expect("closed");
        out.push_str(before);
        out.push_str(&with(inner));
        rest = after;
    }
    out + rest
}
