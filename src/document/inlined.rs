//! The filled layout as one HTML file that opens in any browser: the `html` command.

use cssparser::{ParseError, Parser, Token};

use super::elements::{self, EndTag};
use super::parse::escape;
use super::tree::{Document, NodeId, NodeKind};
use crate::diagnostic::Place;

/// The document as HTML with `css` in a `<style>`, its text exactly as the tree has it.
///
/// `image` gives the `data:` URI of an `<img src>` (said at the place); None leaves the `src` as it is.
pub fn serialize(
    document: &Document,
    css: &str,
    image: &mut dyn FnMut(&str, Option<&Place>) -> Option<String>,
) -> String {
    let mut writer = Writer { document, image, out: String::from("<!doctype html>\n") };
    writer.open(Document::ROOT);
    writer.head(css);
    writer.below(document.body);
    writer.out.push_str("\n</html>\n");
    writer.out
}

struct Writer<'d> {
    document: &'d Document,
    image: &'d mut dyn FnMut(&str, Option<&Place>) -> Option<String>,
    out: String,
}

impl Writer<'_> {
    fn head(&mut self, css: &str) {
        self.out.push_str("\n<head>\n<meta charset=\"utf-8\">\n<title>");
        escape(&self.document.title, &mut self.out);
        self.out.push_str("</title>\n");
        if let Some(author) = &self.document.author {
            self.out.push_str("<meta name=\"author\" content=\"");
            escape(author, &mut self.out);
            self.out.push_str("\">\n");
        }
        self.out.push_str("<style>\n");
        // `</style` would end the element; in a style sheet `<\/` is the same string
        self.out.push_str(&css.replace("</", "<\\/"));
        self.out.push_str("\n</style>\n</head>\n");
    }

    /// A node and all below it. The depth of the tree is limited where it is built.
    fn below(&mut self, id: NodeId) {
        let document = self.document;
        let node = document.node(id);
        let element = match &node.kind {
            NodeKind::Text(text) => return escape(text, &mut self.out),
            NodeKind::Element(element) => element,
        };
        if let Some(svg) = &element.svg {
            return self.out.push_str(svg);
        }
        self.open(id);
        if elements::rule(element.name).is_some_and(|rule| rule.end_tag == EndTag::Never) {
            return;
        }
        // the parser drops a line feed right after <pre>
        if element.name == "pre" && document.text_content(id).starts_with('\n') {
            self.out.push('\n');
        }
        for child in &node.children {
            self.below(*child);
        }
        self.out.push_str(&format!("</{}>", element.name));
    }

    fn open(&mut self, id: NodeId) {
        let node = self.document.node(id);
        let NodeKind::Element(element) = &node.kind else { return };
        self.out.push('<');
        self.out.push_str(element.name);
        for (name, value) in &element.attributes {
            let inlined = match (element.name, name.as_str()) {
                ("img", "src") => (self.image)(value, node.place.as_ref()),
                _ => None,
            };
            self.out.push_str(&format!(" {name}=\""));
            escape(inlined.as_deref().unwrap_or(value), &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }
}

/// A style sheet with each `url(…)` and `url("…")` replaced by what `resource` gives for it; None
/// leaves it as it is. Its `@import`s and `@charset` are left out: what they ask for stands before it, and
/// between other rules they would be dead (CSS Cascade 5 §2).
pub fn inline_urls(css: &str, resource: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut replacements = vec![];
    collect_urls(&mut Parser::new(css), resource, &mut replacements);
    let mut out = String::with_capacity(css.len());
    let mut done = 0;
    for (start, end, text) in replacements {
        out.push_str(&css[done..start]);
        out.push_str(&text);
        done = end;
    }
    out.push_str(&css[done..]);
    out
}

/// cssparser limits the depth of blocks by itself.
fn collect_urls(
    parser: &mut Parser<'_>,
    resource: &mut dyn FnMut(&str) -> Option<String>,
    found: &mut Vec<(usize, usize, String)>,
) {
    loop {
        parser.skip_whitespace();
        let start = parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace().cloned() else { return };
        match token {
            Token::UnquotedUrl(url) => {
                if let Some(data) = resource(&url) {
                    found.push((start, parser.position().byte_index(), quoted(&data)));
                }
            }
            Token::AtKeyword(name)
                if ["import", "charset"].iter().any(|dead| name.eq_ignore_ascii_case(dead)) =>
            {
                while parser.next().is_ok_and(|token| *token != Token::Semicolon) {}
                let end = parser.position().byte_index();
                found.push((start, end, String::new()));
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let url: Result<String, ParseError<()>> =
                    parser.parse_nested_block(|inner| Ok(inner.expect_string()?.to_string()));
                if let Some(data) = url.ok().and_then(|url| resource(&url)) {
                    found.push((start, parser.position().byte_index(), quoted(&data)));
                }
            }
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => {
                let _: Result<(), ParseError<()>> = parser.parse_nested_block(|inner| {
                    collect_urls(inner, resource, found);
                    Ok(())
                });
            }
            _ => {}
        }
    }
}

fn quoted(url: &str) -> String {
    format!("url(\"{url}\")")
}
