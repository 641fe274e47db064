//! The text that a document prints, line by line.

use std::ops::Range;

use crate::diagnostic::Place;
use crate::document::tree::{Document, NodeId};
use crate::style::values::{Display, Styles, Visibility};

/// A document's printed text: what is hidden is left out.
pub(super) struct Printed<'d> {
    pub document: &'d Document,
    pub styles: &'d Styles,
    pub lines: Vec<Line>,
}

/// The text of one block, across its inline elements; the title and the alternatives of pictures, which
/// are read out, are lines too.
#[derive(Default)]
pub(super) struct Line {
    /// Every run of white space is one space, and quotes are straight: as names are compared.
    pub text: String,
    /// The texts it is made of, with their ranges in `text`.
    parts: Vec<(Range<usize>, NodeId)>,
}

impl Line {
    /// Text that belongs to no document.
    pub fn of(text: &str) -> Line {
        let mut line = Line::default();
        line.push(text, Document::ROOT);
        line
    }

    fn push(&mut self, text: &str, node: NodeId) {
        let start = self.text.len();
        for c in text.chars() {
            match c {
                c if c.is_whitespace() => {
                    if !self.text.is_empty() && !self.text.ends_with(' ') {
                        self.text.push(' ');
                    }
                }
                '’' | '‘' => self.text.push('\''),
                '\u{AD}' => {}
                c => self.text.push(c),
            }
        }
        self.parts.push((start..self.text.len(), node));
    }

    /// The node whose text a byte of the line is.
    pub fn node_at(&self, at: usize) -> NodeId {
        let found = self.parts.iter().find(|(range, _)| range.contains(&at)).or(self.parts.last());
        found.map_or(Document::ROOT, |(_, node)| *node)
    }

    /// Where in the line `word` stands with neither letter nor digit beside it.
    pub fn find_word(&self, word: &str) -> Option<usize> {
        let text = &self.text;
        let is_free = |at: &usize| {
            let before = text[..*at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        text.match_indices(word).map(|(at, _)| at).find(is_free)
    }
}

impl<'d> Printed<'d> {
    pub fn of(document: &'d Document, styles: &'d Styles) -> Printed<'d> {
        let mut printed = Printed { document, styles, lines: vec![Line::default()] };
        printed.line().push(&document.title, Document::ROOT);
        printed.end_line();
        printed.element(document.body);
        printed.end_line();
        printed
    }

    /// Where the template prints a node.
    pub fn place(&self, node: NodeId) -> Option<Place> {
        self.document.node(node).place.clone()
    }

    fn line(&mut self) -> &mut Line {
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.last_mut().expect("a line was just pushed")
    }

    fn end_line(&mut self) {
        if !self.line().text.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// Whether an element's own text and pictures are printed.
    pub fn is_shown(&self, node: NodeId) -> bool {
        self.is_displayed(node) && self.is_visible(node)
    }

    /// Whether an element makes a box: what is in one that does not is not printed either.
    pub fn is_displayed(&self, node: NodeId) -> bool {
        self.styles.nodes[node.index()].style.display != Display::None
    }

    /// Whether a text is printed, in whatever ink.
    pub fn is_printed(&self, text: NodeId) -> bool {
        let mut around = self.document.ancestors(text).peekable();
        around.peek().is_some_and(|parent| self.is_shown(*parent))
            && around.all(|node| self.is_displayed(node))
    }

    fn is_visible(&self, node: NodeId) -> bool {
        self.styles.nodes[node.index()].style.text.visibility == Visibility::Visible
    }

    fn element(&mut self, id: NodeId) {
        let document = self.document;
        for &child in &document.node(id).children {
            if let Some(text) = document.text(child) {
                if self.is_visible(id) {
                    self.line().push(text, child);
                }
                continue;
            }
            if !self.is_displayed(child) {
                continue;
            }
            let inline = self.styles.nodes[child.index()].style.display == Display::Inline;
            let element = document.element(child);
            if !inline || element.is_some_and(|element| element.name == "br") {
                self.end_line();
            }
            let alternative = element.and_then(|e| e.attribute("alt").or(e.attribute("aria-label")));
            if let Some(alternative) = alternative.map(str::to_owned) {
                self.line().push(&alternative, child);
                self.end_line();
            }
            self.element(child);
            if !inline {
                self.end_line();
            }
        }
    }
}
