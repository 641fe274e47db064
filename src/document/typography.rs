//! The typographic rules on a document's text: block by block, in each text's own language.

use super::elements::{self, Role};
use super::tree::{Document, NodeId, NodeKind};
use crate::locale::Locale;
use crate::locale::typography::{Segment, Treatment, set_around};

/// Sets every text of the document, and its title. Code, `translate="no"`, the document's names and languages
/// without rules stay as they are.
pub fn apply(document: &mut Document) {
    let mut walk = Walk { document, line: vec![], changes: vec![] };
    let base = Setting { locale: locale(&document.lang), kept: Kept::No };
    walk.element(document.body, base);
    walk.end_line();
    let changes = walk.changes;
    for (id, changed) in changes {
        if let NodeKind::Text(text) = &mut document.nodes[id.index()].kind {
            *text = changed;
        }
    }
    let of_title = document.title_lang.as_deref().map_or(base.locale, locale);
    let treatment = Setting { locale: of_title, ..base }.treatment();
    let title = Segment { text: &document.title, treatment };
    if let Some(Some(title)) = set_around(&document.names, &[title]).pop() {
        document.title = title;
    }
    // in a title white space is one space (HTML Standard, document.title)
    document.title = document
        .title
        .split([' ', '\n', '\t', '\r'])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
}

/// The locale whose rules a language tag calls for, its region aside where there is no other.
fn locale(lang: &str) -> Option<Locale> {
    Locale::from_tag(lang).or_else(|| Locale::from_tag(lang.split('-').next()?))
}

/// Whether text is kept as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Code: whatever is inside.
    Code,
    /// `translate="no"`, until a `translate="yes"`.
    Untranslated,
    No,
}

impl Kept {
    /// In an element of this name and `translate`, within text that is kept like this.
    pub(super) fn within(self, name: &str, translate: Option<&str>) -> Kept {
        match (self, name, translate) {
            (Kept::Code, ..) | (_, "code" | "kbd" | "samp" | "var" | "pre", _) => Kept::Code,
            (_, _, Some("no")) => Kept::Untranslated,
            (_, _, Some("yes")) => Kept::No,
            (kept, ..) => kept,
        }
    }
}

#[derive(Clone, Copy)]
struct Setting {
    locale: Option<Locale>,
    kept: Kept,
}

impl Setting {
    fn treatment(self) -> Treatment {
        match (self.kept, self.locale) {
            (Kept::No, Some(locale)) => Treatment::Prose(locale),
            _ => Treatment::Verbatim,
        }
    }
}

struct Walk<'d> {
    document: &'d Document,
    /// The texts of the block so far; None as the node where something else stands in the line.
    line: Vec<(Option<NodeId>, Segment<'d>)>,
    changes: Vec<(NodeId, String)>,
}

impl Walk<'_> {
    fn element(&mut self, id: NodeId, setting: Setting) {
        let document = self.document;
        for &child in &document.node(id).children {
            let element = match &document.node(child).kind {
                NodeKind::Text(text) => {
                    self.line.push((Some(child), Segment { text, treatment: setting.treatment() }));
                    continue;
                }
                NodeKind::Element(element) => element,
            };
            let is_inline = elements::rule(element.name).is_some_and(|rule| rule.role == Role::Inline);
            let stands_for = match element.name {
                "br" => Some("\n"),
                // an object in the line (Unicode: U+FFFC)
                "img" | "svg" => Some("\u{FFFC}"),
                _ => None,
            };
            if let Some(text) = stands_for {
                self.line.push((None, Segment { text, treatment: Treatment::Verbatim }));
                continue;
            }
            let mut inner = setting;
            if let Some(lang) = element.attribute("lang").filter(|lang| !lang.is_empty()) {
                inner.locale = locale(lang);
            }
            inner.kept = setting.kept.within(element.name, element.attribute("translate"));
            if !is_inline {
                self.end_line();
            }
            self.element(child, inner);
            if !is_inline {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let segments: Vec<Segment<'_>> = line.iter().map(|(_, segment)| *segment).collect();
        for ((id, _), changed) in line.iter().zip(set_around(&self.document.names, &segments)) {
            if let (Some(id), Some(text)) = (id, changed) {
                self.changes.push((*id, text));
            }
        }
    }
}
