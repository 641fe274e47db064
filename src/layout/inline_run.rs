//! A run of inline-level content while boxes are generated.

use std::borrow::Cow;
use std::sync::Arc;

use super::boxes::{BoxId, InlineContent};
use crate::diagnostic::Place;
use crate::document::tree::NodeId;
use crate::layout::inline::{BoxRole, Paragraph, Part};
use crate::layout::pages::Owner;
use crate::locale::typography::Names;
use crate::style::values::{ComputedStyle, Position};

#[derive(Default)]
pub(super) struct Run<'a> {
    parts: Vec<Part<'a>>,
    atomics: Vec<(usize, BoxId)>,
    pub absolutes: Vec<BoxId>,
    contained: Vec<(BoxId, NodeId)>,
    open: Vec<(NodeId, Arc<ComputedStyle>, BoxRole)>,
    /// Something other than white space that collapses.
    inked: bool,
}

impl<'a> Run<'a> {
    pub fn text(
        &mut self,
        text: Cow<'a, str>,
        owner: Owner,
        lang: &'a str,
        place: Option<Place>,
        style: &ComputedStyle,
    ) {
        if text.is_empty() {
            return;
        }
        let keeps_space = !style.text.white_space.collapses();
        let keeps_lines = style.text.white_space.keeps_breaks() && text.contains('\n');
        let blank = text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c'));
        self.inked |= !blank || keeps_space || keeps_lines;
        self.parts.push(Part::Text { text, owner, lang, place });
    }

    pub fn part(&mut self, part: Part<'a>) {
        self.inked = true;
        self.parts.push(part);
    }

    pub fn open(&mut self, node: NodeId, style: Arc<ComputedStyle>, role: BoxRole) {
        self.parts.push(Part::Open { node, style: style.clone(), role });
        self.open.push((node, style, role));
    }

    pub fn close(&mut self) {
        self.open.pop();
        self.parts.push(Part::Close);
    }

    /// A box that is one letter to the paragraph; its size is filled in when a width is known.
    pub fn atomic(&mut self, id: BoxId, style: Arc<ComputedStyle>) {
        self.inked = true;
        self.note_container(id);
        self.atomics.push((self.parts.len(), id));
        let unknown = Part::Atomic { id: id.index(), style, width: 0.0, height: 0.0, baseline: 0.0 };
        self.parts.push(unknown);
    }

    /// A box that takes no room, where it would have stood.
    pub fn absolute(&mut self, id: BoxId) {
        self.note_container(id);
        self.absolutes.push(id);
        self.parts.push(Part::Anchor { id: id.index() });
    }

    fn note_container(&mut self, id: BoxId) {
        let positioned = self.open.iter().rev().find(|(_, style, _)| style.position != Position::Static);
        self.contained.extend(positioned.map(|(node, ..)| (id, *node)));
    }

    /// `<wbr>`.
    pub fn opportunity(&mut self) {
        self.parts.push(Part::Opportunity);
    }

    /// Nothing that makes a line box.
    pub fn is_blank(&self) -> bool {
        !self.inked
    }

    /// Takes what is there; the open inline boxes are closed in it and open again in what is left.
    pub fn split(&mut self) -> Run<'a> {
        let mut done = std::mem::take(self);
        for _ in 0..done.open.len() {
            done.parts.push(Part::Close);
        }
        for (node, style, role) in std::mem::take(&mut done.open) {
            self.open(node, style, role);
        }
        done
    }

    pub fn into_content(self, style: Arc<ComputedStyle>, names: &'a Names) -> InlineContent<'a> {
        InlineContent {
            paragraph: Paragraph { style, parts: self.parts, names },
            atomics: self.atomics,
            absolutes: self.absolutes,
            contained: self.contained,
        }
    }
}

impl InlineContent<'_> {
    /// Puts the whole paragraph into a link.
    pub fn wrap(&mut self, link: NodeId, style: Arc<ComputedStyle>) {
        self.paragraph.parts.insert(0, Part::Open { node: link, style, role: BoxRole::Link });
        self.paragraph.parts.push(Part::Close);
        for (index, _) in &mut self.atomics {
            *index += 1;
        }
    }
}
