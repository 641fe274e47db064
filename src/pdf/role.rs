//! Standard structure types (ISO 32000-1 §14.8.4) and the HTML elements that they come from.

use crate::document::tree::Element;

/// A standard structure type. All are in PDF 1.7's own set, so no role map is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Section,
    Article,
    Division,
    BlockQuote,
    /// 1–6.
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    HeaderCell,
    Cell,
    Caption,
    Figure,
    Link,
    Span,
    Code,
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::Section => "Sect",
            Role::Article => "Art",
            Role::Division => "Div",
            Role::BlockQuote => "BlockQuote",
            Role::Heading(1) => "H1",
            Role::Heading(2) => "H2",
            Role::Heading(3) => "H3",
            Role::Heading(4) => "H4",
            Role::Heading(5) => "H5",
            Role::Heading(_) => "H6",
            Role::Paragraph => "P",
            Role::List => "L",
            Role::ListItem => "LI",
            Role::Label => "Lbl",
            Role::ListBody => "LBody",
            Role::Table => "Table",
            Role::TableHead => "THead",
            Role::TableBody => "TBody",
            Role::TableFoot => "TFoot",
            Role::Row => "TR",
            Role::HeaderCell => "TH",
            Role::Cell => "TD",
            Role::Caption => "Caption",
            Role::Figure => "Figure",
            Role::Link => "Link",
            Role::Span => "Span",
            Role::Code => "Code",
        }
    }

    /// Whether content may stand in it beside blocks. The grouping types hold only other elements
    /// (ISO 32000-1 §14.8.4.2), so there text is wrapped in a paragraph of its own.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Role::ListBody | Role::HeaderCell | Role::Cell | Role::Caption)
    }
}

/// How an element's content is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Holds blocks only.
    Group(Role),
    /// Holds blocks, or text.
    Flow(Role),
    /// Holds text; blocks inside are taken as text.
    Paragraph(Role),
    Heading(u8),
    /// Stands within text.
    Inline(Role),
    Figure,
    List,
    Definitions,
    Table,
    /// No element of its own: what is inside belongs to the element around it.
    Transparent,
}

impl Class {
    pub(super) fn of(element: &Element) -> Class {
        match element.name {
            "section" => Class::Group(Role::Section),
            "article" => Class::Group(Role::Article),
            "figure" => Class::Group(Role::Division),
            "blockquote" => Class::Group(Role::BlockQuote),
            "figcaption" => Class::Flow(Role::Caption),
            "p" | "pre" => Class::Paragraph(Role::Paragraph),
            "h1" => Class::Heading(1),
            "h2" => Class::Heading(2),
            "h3" => Class::Heading(3),
            "h4" => Class::Heading(4),
            "h5" => Class::Heading(5),
            "h6" => Class::Heading(6),
            "ul" | "ol" => Class::List,
            "dl" => Class::Definitions,
            "table" => Class::Table,
            "a" if element.attribute("href").is_some() => Class::Inline(Role::Link),
            "abbr" if expansion(element).is_some() => Class::Inline(Role::Span),
            "code" | "kbd" | "samp" => Class::Inline(Role::Code),
            // What their line says is an attribute (ISO 32000-1 table 345, TextDecorationType).
            "s" | "u" => Class::Inline(Role::Span),
            "img" | "svg" => Class::Figure,
            _ => Class::Transparent,
        }
    }
}

/// What an abbreviation stands for.
pub(super) fn expansion(element: &Element) -> Option<&str> {
    let title = element.attribute("title").filter(|_| element.name == "abbr")?.trim();
    (!title.is_empty()).then_some(title)
}

/// What a picture says to those who do not see it; None where it is decoration.
pub(super) fn alternative(element: &Element) -> Option<&str> {
    match element.name {
        "img" => element.attribute("alt"),
        "svg" => element.attribute("aria-label"),
        _ => None,
    }
    .map(str::trim)
    .filter(|text| !text.is_empty())
}
