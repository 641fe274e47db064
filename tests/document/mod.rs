//! Layouts filled and parsed: the tree, and every fault with its place.

mod any_input;
mod any_template;
mod expressions;
mod filled;
mod html;
mod inlined;
mod limits;
mod shipped;
pub use shipped::LAYOUTS;
mod typography;

use propale::diagnostic::{Diagnostics, Source};
use propale::document::tree::{Document, NodeId, NodeKind};
use propale::document::{Layout, LayoutSources, Schema};
use propale::locale::Locale;
use propale::proposal::view::View;

pub fn schema() -> Schema {
    Schema::of(&View::specimens())
}

/// A layout `page.html.hbs` with partials.
pub fn sources(html: &str, partials: &[(&str, &str)]) -> LayoutSources {
    let path = |name: &str| format!("templates/partials/{name}.html.hbs");
    LayoutSources {
        html: Source::new("page.html.hbs", html),
        css: Source::new("page.css", ""),
        partials: partials
            .iter()
            .map(|(name, text)| (name.to_string(), Source::new(path(name), *text)))
            .collect(),
    }
}

/// A whole page around a body; the body begins at 1:78.
pub fn page(body: &str) -> String {
    let head = "<html lang=\"{{lang}}\"><head><title>{{proposal.title}}</title></head><body>";
    format!("{head}\n{body}\n</body></html>")
}

/// What preparing a layout reports, a line a problem.
pub fn faults_of(sources: LayoutSources) -> String {
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("page", sources, &schema(), &mut diagnostics);
    assert_eq!(layout.is_none(), diagnostics.has_errors());
    diagnostics.one_lines()
}

/// Checks what is reported of a body that begins on line 2.
#[track_caller]
pub fn check(body: &str, expected: &str) {
    let faults = faults_of(sources(&page(body), &[]));
    assert_eq!(faults.replace("page.html.hbs:", ""), expected, "{body}");
}

/// A body filled with a view, or what was reported.
pub fn fill(body: &str, view: &View) -> Result<Document, String> {
    let mut diagnostics = Diagnostics::new();
    let locale = Locale::from_tag(&view.lang).unwrap();
    let view = serde_json::to_value(view).unwrap();
    let layout = Layout::prepare("page", sources(&page(body), &[]), &schema(), &mut diagnostics);
    let document = layout.and_then(|layout| layout.fill(&view, locale, &mut diagnostics));
    document.ok_or_else(|| diagnostics.one_lines())
}

/// The specimen that has everything.
pub fn view() -> View {
    let [full, _] = View::specimens();
    full
}

/// A tree for a person: an element or a text a line, indented, each element with its place.
pub fn outline(document: &Document) -> String {
    let author = document.author.as_deref().unwrap_or("–");
    let pages = document.max_pages.map_or("–".to_owned(), |n| n.to_string());
    let mut out = format!(
        "title: {}\nlang: {}\nauthor: {author}\nmax-pages: {pages}\n\n",
        document.title, document.lang
    );
    outline_below(document, Document::ROOT, 0, &mut out);
    out
}

fn outline_below(document: &Document, id: NodeId, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let node = document.node(id);
    match &node.kind {
        NodeKind::Text(text) if text.trim().is_empty() => {}
        NodeKind::Text(text) => {
            let words = text.split([' ', '\n']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
            let seen = words.replace('\u{A0}', "⍽").replace('\u{202F}', "·");
            out.push_str(&format!("{indent}\"{seen}\"\n"));
        }
        NodeKind::Element(element) => {
            out.push_str(&format!("{indent}<{}", element.name));
            for (name, value) in &element.attributes {
                out.push_str(&format!(" {name}={value:?}"));
            }
            let place = node.place.as_ref().map_or("nowhere".to_owned(), |place| place.line_column());
            let place =
                place.trim_start_matches("templates/").replace("partials/", "").replace(".html.hbs", "");
            out.push_str(&format!("> {place}\n"));
            if let Some(svg) = &element.svg {
                out.push_str(&format!("{indent}  {svg}\n"));
            }
        }
    }
    for child in &node.children {
        outline_below(document, *child, depth + 1, out);
    }
}
