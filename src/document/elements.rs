//! The elements and attributes that a layout may use: one closed table, which the parser obeys and the
//! reference prints.

use std::sync::LazyLock;

/// An element of the subset.
#[derive(Debug)]
pub struct ElementRule {
    pub name: &'static str,
    pub role: Role,
    pub content: Content,
    /// Beside the [`GLOBAL`] ones.
    pub attributes: &'static [&'static str],
    /// Whether its tags may be left out where the HTML Standard allows it (§13.1.2.4).
    pub end_tag: EndTag,
}

/// Where an element may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The document's own frame: html, head, body and what is in head.
    Frame,
    /// A block, wherever blocks may stand.
    Block,
    /// Part of a line of text; also wherever blocks may stand.
    Inline,
    /// Only in the parents that name it.
    Part,
}

/// What an element may hold (HTML Standard: its content model, narrowed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Nothing,
    /// Text alone.
    Text,
    /// Text and inline elements.
    Inline,
    /// Text, inline elements and blocks.
    Flow,
    /// These elements and white space.
    Only(&'static [&'static str]),
    /// Artwork: kept as markup (see `svg`).
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndTag {
    Required,
    Optional,
    /// The element has none: `<br>`.
    Never,
}

/// Attributes of every element.
pub const GLOBAL: &[&str] = &["id", "class", "lang", "style", "translate"];

use Content::{Flow, Inline, Nothing, Only, Text};
use EndTag::{Never, Optional, Required};

const fn frame(
    name: &'static str,
    content: Content,
    attributes: &'static [&'static str],
) -> ElementRule {
    ElementRule { name, role: Role::Frame, content, attributes, end_tag: Required }
}

const fn block(name: &'static str, content: Content) -> ElementRule {
    ElementRule { name, role: Role::Block, content, attributes: &[], end_tag: Required }
}

const fn inline(name: &'static str) -> ElementRule {
    ElementRule { name, role: Role::Inline, content: Inline, attributes: &[], end_tag: Required }
}

const fn part(
    name: &'static str,
    content: Content,
    attributes: &'static [&'static str],
    end_tag: EndTag,
) -> ElementRule {
    ElementRule { name, role: Role::Part, content, attributes, end_tag }
}

/// The subset, grouped as the HTML Standard's chapter 4 groups it.
pub const ELEMENTS: &[ElementRule] = &[
    // the document
    ElementRule { end_tag: Optional, ..frame("html", Only(&["head", "body"]), &[]) },
    ElementRule { end_tag: Optional, ..frame("head", Only(&["meta", "title"]), &[]) },
    ElementRule { end_tag: Never, ..frame("meta", Nothing, &["charset", "name", "content"]) },
    frame("title", Text, &[]),
    ElementRule { end_tag: Optional, ..frame("body", Flow, &[]) },
    // sections
    block("main", Flow),
    ElementRule { attributes: &["role"], ..block("section", Flow) },
    block("article", Flow),
    block("aside", Flow),
    block("nav", Flow),
    block("header", Flow),
    block("footer", Flow),
    block("address", Flow),
    block("h1", Inline),
    block("h2", Inline),
    block("h3", Inline),
    block("h4", Inline),
    block("h5", Inline),
    block("h6", Inline),
    // grouping
    block("div", Flow),
    ElementRule { end_tag: Optional, ..block("p", Inline) },
    ElementRule { end_tag: Never, ..block("hr", Nothing) },
    block("pre", Inline),
    block("blockquote", Flow),
    ElementRule { attributes: &["start", "type"], ..block("ol", Only(&["li"])) },
    block("ul", Only(&["li"])),
    part("li", Flow, &["value", "data-task"], Optional),
    block("dl", Only(&["dt", "dd", "div"])),
    part("dt", Flow, &[], Optional),
    part("dd", Flow, &[], Optional),
    block("figure", Flow),
    part("figcaption", Flow, &[], Required),
    // text
    ElementRule { attributes: &["href", "aria-label"], ..inline("a") },
    inline("em"),
    inline("strong"),
    inline("small"),
    inline("s"),
    inline("cite"),
    inline("dfn"),
    ElementRule { attributes: &["title"], ..inline("abbr") },
    ElementRule { attributes: &["datetime"], ..inline("time") },
    inline("code"),
    inline("var"),
    inline("samp"),
    inline("kbd"),
    inline("sub"),
    inline("sup"),
    inline("i"),
    inline("b"),
    inline("u"),
    inline("mark"),
    inline("span"),
    ElementRule { content: Nothing, end_tag: Never, ..inline("br") },
    ElementRule { content: Nothing, end_tag: Never, ..inline("wbr") },
    // pictures
    ElementRule {
        content: Nothing,
        end_tag: Never,
        attributes: &["src", "alt", "width", "height"],
        ..inline("img")
    },
    ElementRule { content: Content::Svg, attributes: &["aria-label"], ..inline("svg") },
    // tables
    block("table", Only(&["caption", "thead", "tbody", "tfoot"])),
    part("caption", Flow, &[], Required),
    part("thead", Only(&["tr"]), &[], Optional),
    part("tbody", Only(&["tr"]), &[], Optional),
    part("tfoot", Only(&["tr"]), &[], Optional),
    part("tr", Only(&["th", "td"]), &[], Optional),
    part("th", Flow, &["scope", "headers", "colspan", "rowspan"], Optional),
    part("td", Flow, &["headers", "colspan", "rowspan"], Optional),
];

/// The rule of an element; None for one outside the subset.
pub fn rule(name: &str) -> Option<&'static ElementRule> {
    static BY_NAME: LazyLock<Vec<&'static ElementRule>> = LazyLock::new(|| {
        let mut rules: Vec<_> = ELEMENTS.iter().collect();
        rules.sort_by_key(|rule| rule.name);
        rules
    });
    let at = BY_NAME.binary_search_by_key(&name, |rule| rule.name).ok()?;
    Some(BY_NAME[at])
}

/// What to write in place of an element that designers reach for, by its name.
pub fn instead_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "script" => "a printed page runs no script",
        "style" => "put the rules into the layout's .css file, which applies by name",
        "link" => "the layout's .css file applies by name and may @import a neighbour",
        "base" => "paths are from the file that says them, or with a leading / from the workspace root",
        "font" | "center" | "big" | "tt" | "strike" => "say it in the layout's .css file",
        "q" => "type the quotation marks: the typographic rules set them",
        "col" | "colgroup" => "give the cells of the first row their width in the .css file",
        "hgroup" => "use <header>",
        "del" => "use <s>",
        "picture" | "source" | "object" | "embed" | "iframe" | "video" | "audio" | "canvas" => {
            "pictures are <img> (PNG, JPEG, SVG) or an inline <svg>"
        }
        "form" | "input" | "button" | "select" | "textarea" | "label" => "a printed page has no forms",
        _ => return None,
    })
}

impl ElementRule {
    /// Whether it takes the attribute.
    pub fn takes(&self, attribute: &str) -> bool {
        self.takeable().any(|known| known == attribute)
    }

    pub fn takeable(&self) -> impl Iterator<Item = &'static str> {
        GLOBAL.iter().chain(self.attributes).copied()
    }

    /// Whether `child` may stand directly in it.
    pub fn holds(&self, child: &ElementRule) -> bool {
        match self.content {
            Content::Nothing | Content::Text | Content::Svg => false,
            Content::Inline => child.role == Role::Inline,
            // a caption may stand anywhere in a figure's flow; which flow is a figure's is checked apart
            Content::Flow => {
                matches!(child.role, Role::Block | Role::Inline)
                    || (child.name == "figcaption" && self.name == "figure")
                    // `<dl><div><dt>`: groups of terms
                    || (matches!(child.name, "dt" | "dd") && self.name == "div")
            }
            Content::Only(names) => names.contains(&child.name),
        }
    }
}

/// The README's table of elements: a line an element with its own attributes.
pub fn reference() -> String {
    let mut out = String::from("| element | attributes |\n|---|---|\n");
    out.push_str(&format!("| every element | {} |\n", code(GLOBAL)));
    for rule in ELEMENTS {
        out.push_str(&format!("| `{}` | {} |\n", rule.name, code(rule.attributes)));
    }
    out
}

fn code(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
}
