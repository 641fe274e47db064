//! Events to the two forms of a text: safe HTML, and its words alone.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag};

use super::super::rich::Rich;
use super::super::view::Html;

/// Schemes that a printed link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What becomes of headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Headings {
    /// Inside a text they have no place in the document's own outline: paragraphs in strong.
    #[default]
    Strong,
    /// Of a text that is a part of the document they are its outline.
    Outline,
}

pub(super) fn write(events: &[Event], headings: Headings) -> Rich {
    let mut writer = Writer { headings, ..Writer::default() };
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Item) => writer.item(task(&events[index + 1..])),
            event => writer.event(event),
        }
    }
    Rich {
        html: Html(writer.html.trim().to_owned()),
        plain: writer.plain.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Whether the task is done that an item begins with, its start already taken; None where it is no task.
fn task(inside: &[Event]) -> Option<bool> {
    match inside {
        [Event::TaskListMarker(done), ..]
        | [Event::Start(Tag::Paragraph), Event::TaskListMarker(done), ..] => Some(*done),
        _ => None,
    }
}

#[derive(Default)]
struct Writer {
    headings: Headings,
    html: String,
    plain: String,
    /// What closes each open element, innermost last.
    open: Vec<&'static str>,
    /// Within the head of a table.
    head: bool,
    /// Within a picture: its alternative text is gathered, its spans are not written.
    picture: bool,
    alt: String,
}

impl Writer {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(text),
            // Raw HTML is text like any other.
            Event::Html(html) | Event::InlineHtml(html) => self.text(html),
            Event::Code(code) => self.code(code),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.line_break("<br>"),
            Event::Rule => self.line_break("<hr>"),
            // Its item has it.
            Event::TaskListMarker(_) => {}
            // Options that are off, or made text before; their text is kept in any case.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(text);
            }
        }
    }

    fn start(&mut self, tag: &Tag) {
        if self.picture {
            return self.open.push("");
        }
        match tag {
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<s>", "</s>"),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url),
            Tag::Image { dest_url, .. } => {
                self.picture = true;
                self.html.push_str("<img src=\"");
                escape(&mut self.html, dest_url);
                self.open.push("\">");
            }
            Tag::Paragraph | Tag::HtmlBlock => self.block("<p>", "</p>"),
            Tag::Heading { .. } if self.headings == Headings::Strong => {
                self.block("<p><strong>", "</strong></p>");
            }
            Tag::Heading { level: HeadingLevel::H4, .. } => self.block("<h4>", "</h4>"),
            Tag::Heading { level: HeadingLevel::H5, .. } => self.block("<h5>", "</h5>"),
            Tag::Heading { level: HeadingLevel::H6, .. } => self.block("<h6>", "</h6>"),
            Tag::Heading { .. } => self.block("<h3>", "</h3>"),
            Tag::BlockQuote(_) => self.block("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.block("<pre><code>", "</code></pre>");
            }
            Tag::List(None) => self.block("<ul>", "</ul>"),
            Tag::List(Some(1)) => self.block("<ol>", "</ol>"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">"), "</ol>"),
            Tag::Item => self.item(None),
            Tag::Table(_) => self.block("<table>", "</tbody></table>"),
            Tag::TableHead => {
                self.head = true;
                self.block("<thead><tr>", "</tr></thead><tbody>");
            }
            Tag::TableRow => self.block("<tr>", "</tr>"),
            Tag::TableCell if self.head => self.block("<th scope=\"col\">", "</th>"),
            Tag::TableCell => self.block("<td>", "</td>"),
            // Options that are off.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open.push(""),
        }
    }

    /// A list's entry, with whether its task is done.
    fn item(&mut self, task: Option<bool>) {
        let opening = match task {
            None => "<li>",
            Some(false) => "<li data-task=\"open\">",
            Some(true) => "<li data-task=\"done\">",
        };
        self.block(opening, "</li>");
    }

    fn end(&mut self) {
        let Some(closing) = self.open.pop() else { return };
        if self.picture {
            if closing != "\">" {
                return;
            }
            self.picture = false;
            let alt = std::mem::take(&mut self.alt);
            self.html.push_str("\" alt=\"");
            escape(&mut self.html, &alt);
            self.plain.push_str(&alt);
        }
        if closing.starts_with("</tr></thead>") {
            self.head = false;
        }
        self.html.push_str(closing);
        // Words of two blocks never run together.
        if !matches!(closing, "" | "</em>" | "</strong>" | "</s>" | "</a>" | "\">") {
            self.plain.push(' ');
        }
    }

    fn element(&mut self, opening: &str, closing: &'static str) {
        self.html.push_str(opening);
        self.open.push(closing);
    }

    fn block(&mut self, opening: &str, closing: &'static str) {
        self.plain.push(' ');
        self.element(opening, closing);
    }

    /// A link to another note, to a place in this one or by a scheme we do not print is its text alone.
    fn link(&mut self, link_type: LinkType, url: &str) {
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let printable = scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()));
        match link_type {
            LinkType::Email => self.html.push_str("<a href=\"mailto:"),
            LinkType::WikiLink { .. } => return self.open.push(""),
            _ if printable => self.html.push_str("<a href=\""),
            _ => return self.open.push(""),
        }
        escape(&mut self.html, &url.replace(' ', "%20"));
        self.html.push_str("\">");
        self.open.push("</a>");
    }

    fn text(&mut self, text: &str) {
        if self.picture {
            return self.alt.push_str(text);
        }
        escape(&mut self.html, text);
        self.plain.push_str(text);
    }

    fn code(&mut self, code: &str) {
        if self.picture {
            return self.alt.push_str(code);
        }
        self.html.push_str("<code>");
        escape(&mut self.html, code);
        self.html.push_str("</code>");
        self.plain.push_str(code);
    }

    fn line_break(&mut self, html: &str) {
        if self.picture {
            return self.alt.push(' ');
        }
        self.html.push_str(html);
        self.plain.push(' ');
    }
}

/// Text as HTML, in an element or in a quoted attribute (HTML Standard §13.3).
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}
