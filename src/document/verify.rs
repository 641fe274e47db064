//! What the tree as a whole must keep: ids once, links and pictures that lead somewhere allowed,
//! alternatives for pictures, levels of headings.

use std::collections::BTreeMap;

use super::attributes;
use super::tree::{Document, Element, NodeId};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};

/// Reports every fault of a document's attributes; a fault in the order of its headings is a warning.
pub fn verify(document: &Document, diagnostics: &mut Diagnostics) {
    // A title that is not there was said by the parser.
    if document.title.trim().is_empty() && !diagnostics.has_errors() {
        let place = document.node(Document::ROOT).place.clone();
        diagnostics.push(Diagnostic::error("the document's `<title>` is empty").maybe_at(place));
    }
    let mut ids: BTreeMap<&str, NodeId> = BTreeMap::new();
    let elements = || {
        (0..document.nodes.len() as u32).map(NodeId).filter_map(|id| Some((id, document.element(id)?)))
    };
    for (node, element) in elements() {
        let Some(id) = element.attribute("id") else { continue };
        let place = document.node(node).place.as_ref().map(|tag| attributes::value_place(tag, "id"));
        if id.is_empty() || id.contains(|c: char| c.is_whitespace()) {
            let message = format!("an id is one word, found `{id}`");
            diagnostics.push(Diagnostic::error(message).maybe_at(place));
        } else if let Some(first) = ids.get(id) {
            let before = document.node(*first).place.as_ref().map_or(String::new(), |place| {
                let (line, column) = place.source.line_column(place.span.start);
                format!(", first at {line}:{column}")
            });
            diagnostics
                .push(Diagnostic::error(format!("the id `{id}` stands twice{before}")).maybe_at(place));
        } else {
            ids.insert(id, node);
        }
    }
    if document.lang.trim().is_empty() {
        let place = document.node(Document::ROOT).place.clone();
        diagnostics.push(
            Diagnostic::error("`<html>` has no lang")
                .maybe_at(place)
                .hint("write <html lang=\"{{lang}}\">"),
        );
    }
    let mut verifier = Verifier { document, ids, level: 0, diagnostics };
    for (node, element) in elements() {
        verifier.element(node, element);
    }
}

struct Verifier<'d> {
    document: &'d Document,
    ids: BTreeMap<&'d str, NodeId>,
    /// Of the heading before; 0 before the first.
    level: u32,
    diagnostics: &'d mut Diagnostics,
}

impl Verifier<'_> {
    fn place(&self, node: NodeId) -> Option<Place> {
        self.document.node(node).place.clone()
    }

    fn report(&mut self, node: NodeId, diagnostic: Diagnostic) {
        let place = self.place(node);
        self.diagnostics.push(diagnostic.maybe_at(place));
    }

    /// Reports what is wrong with an attribute's value.
    fn refuse(&mut self, node: NodeId, name: &str, diagnostic: Diagnostic) {
        let place = self.place(node).map(|tag| attributes::value_place(&tag, name));
        self.diagnostics.push(diagnostic.maybe_at(place));
    }

    fn element(&mut self, node: NodeId, element: &Element) {
        for (name, value) in &element.attributes {
            match (element.name, name.as_str()) {
                ("a", "href") => self.href(node, value),
                ("img", "alt") | ("a" | "svg", "aria-label") => self.words(node, name, value),
                ("img", "src") => self.src(node, value),
                (_, "headers") => self.headers(node, value),
                // an inline drawing's sizes are SVG's own and may have units
                ("svg", _) => {}
                (_, "lang") => self.lang(node, value),
                _ => self.value(node, name, value),
            }
        }
        match element.name {
            "img" => {
                if element.attribute("alt").is_none() {
                    let diagnostic = Diagnostic::error("`<img>` has no alt: say what the picture shows")
                        .hint("alt=\"\" for one that only decorates");
                    self.report(node, diagnostic);
                }
                if element.attribute("src").is_none() {
                    self.report(node, Diagnostic::error("`<img>` has no src"));
                }
            }
            "a" if element.attribute("aria-label").is_some() && element.attribute("href").is_none() => {
                let message = "`aria-label` on an `<a>` without href: nothing says it";
                self.refuse(node, "aria-label", Diagnostic::error(message));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, element.name),
            _ => {}
        }
    }

    fn heading(&mut self, node: NodeId, name: &str) {
        let level = name[1..].parse().unwrap_or(1);
        if level > self.level + 1 {
            let message = match self.level {
                0 => format!("the first heading is `<{name}>`: expected `<h1>`"),
                before => format!("`<{name}>` follows `<h{before}>`: expected `<h{}>`", before + 1),
            };
            self.report(
                node,
                Diagnostic::warning(message).hint("headings are tagged consecutively from H1"),
            );
        }
        self.level = level;
    }

    fn href(&mut self, node: NodeId, href: &str) {
        let href = href.trim();
        if let Some(id) = href.strip_prefix('#') {
            if !self.ids.contains_key(id) {
                let diagnostic = Diagnostic::error(format!("`href=\"{href}\"` leads to no id"));
                let near =
                    nearest(id, self.ids.keys().copied()).map(|near| format!("did you mean `#{near}`?"));
                let diagnostic = near.into_iter().fold(diagnostic, Diagnostic::hint);
                self.refuse(node, "href", diagnostic);
            }
            return;
        }
        let lower = href.to_ascii_lowercase();
        let allowed =
            ["https://", "http://", "mailto:", "tel:"].iter().find(|scheme| lower.starts_with(**scheme));
        let short: String = href.chars().take(60).collect();
        match allowed {
            None => {
                let message = format!("`href=\"{short}\"` is no link of a printed page");
                let diagnostic =
                    Diagnostic::error(message).hint("expected https:, http:, mailto:, tel: or #id");
                self.refuse(node, "href", diagnostic);
            }
            Some(scheme) if href.len() == scheme.len() => {
                self.refuse(
                    node,
                    "href",
                    Diagnostic::error(format!("`href=\"{short}\"` has nothing after `{scheme}`")),
                );
            }
            Some(_) if href.contains(|c: char| c.is_whitespace() || c.is_control()) => {
                let diagnostic = Diagnostic::error(format!("`href=\"{short}\"` holds white space"));
                self.refuse(
                    node,
                    "href",
                    diagnostic
                        .hint("in a link a space is written %20; use {{telephone …}} for a number"),
                );
            }
            Some(_) => {}
        }
    }

    fn src(&mut self, node: NodeId, src: &str) {
        if let Some(fault) = refused_src(src) {
            self.refuse(node, "src", fault);
        }
    }

    /// Words in place of what is seen; an alternative of none at all is decoration's.
    fn words(&mut self, node: NodeId, name: &str, words: &str) {
        if words.trim().is_empty() && (name != "alt" || !words.is_empty()) {
            let hint = match name {
                "alt" => "alt=\"\" for a picture that only decorates",
                _ => "leave it out where there is nothing to say",
            };
            let message = format!("`{name}` has no words: say what is there");
            self.refuse(node, name, Diagnostic::error(message).hint(hint));
        }
    }

    fn headers(&mut self, node: NodeId, headers: &str) {
        for id in headers.split_ascii_whitespace() {
            let target = self.ids.get(id).and_then(|target| self.document.element(*target));
            if target.is_none_or(|element| element.name != "th") {
                self.refuse(
                    node,
                    "headers",
                    Diagnostic::error(format!("`headers`: `{id}` is the id of no `<th>`")),
                );
            }
        }
    }

    /// A language tag (BCP 47): subtags of letters and digits, the first of two or three letters.
    fn lang(&mut self, node: NodeId, lang: &str) {
        let mut subtags = lang.split('-');
        let primary = subtags.next().unwrap_or("");
        let sound = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && subtags.all(|tag| {
                (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if !sound {
            let message = format!("`lang=\"{lang}\"` is no language: expected one like fr, en or en-US");
            self.refuse(node, "lang", Diagnostic::error(message));
        }
    }

    /// Attributes whose values are a number or one of a few words.
    fn value(&mut self, node: NodeId, name: &str, value: &str) {
        let one_of = |words: &'static [&'static str]| (words.contains(&value), words.join(", "));
        let number = |range: std::ops::RangeInclusive<i64>| {
            let sound = value.parse().is_ok_and(|n: i64| range.contains(&n));
            (sound, format!("a whole number from {} to {}", range.start(), range.end()))
        };
        let (sound, expected) = match name {
            "translate" => one_of(&["yes", "no"]),
            "scope" => one_of(&["col", "row", "colgroup", "rowgroup"]),
            "role" => one_of(&["doc-appendix"]),
            "type" => one_of(&["1", "a", "A", "i", "I"]),
            "colspan" | "rowspan" => number(1..=1000),
            "start" | "value" => number(-9999..=9999),
            "width" | "height" => number(0..=100_000),
            _ => return,
        };
        if !sound {
            let short: String = value.chars().take(40).collect();
            self.refuse(
                node,
                name,
                Diagnostic::error(format!("`{name}=\"{short}\"`: expected {expected}")),
            );
        }
    }
}

/// Why an `src` names no picture of the workspace; None where it may.
pub(super) fn refused_src(src: &str) -> Option<Diagnostic> {
    let src = src.trim();
    let short: String = src.chars().take(60).collect();
    let lower = src.to_ascii_lowercase();
    let scheme = lower.split(['/', '?', '#']).next().unwrap_or("").contains(':');
    let fault = if src.is_empty() {
        Diagnostic::error("`src` is empty")
    } else if lower.starts_with("data:") {
        Diagnostic::error("`src` is a data: URI").hint("put the picture into a file of the workspace")
    } else if scheme || src.starts_with("//") {
        Diagnostic::error(format!("`src=\"{short}\"` is remote: nothing is fetched while building"))
            .hint("put the picture into the workspace")
    } else {
        return None;
    };
    Some(fault)
}
