//! Words that boxes keep apart: where a block, an item of a flex or grid container or an absolutely positioned
//! box begins or ends within text, no space is written, and one is heard all the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use skrifa::{FontRef, MetadataProvider};

use super::structure::{Rank, Structure};
use crate::document::tree::{Document, NodeId};
use crate::font::Faces;
use crate::layout::pages::{Glyph, GlyphRun, Pages, Paint};
use crate::style::values::{ComputedStyle, Display, Styles};

/// Whether a node's words stand apart from those beside it: by its display, which is a block's for what floats
/// or is absolutely positioned too (CSS 2.2 §9.7), or as an item of a flex or grid container.
pub(super) fn is_apart(document: &Document, styles: &Styles, node: NodeId) -> bool {
    let style = |node: NodeId| &*styles.nodes[node.index()].style;
    let own = document.element(node).map(|_| style(node));
    document.node(node).parent.is_some_and(|parent| {
        let holds_items = style(parent).display.holds_items();
        holds_items || own.is_some_and(breaks_line)
    })
}

/// The same of what is generated in `node`, whose style is `generated`.
pub(super) fn is_generated_apart(
    styles: &Styles,
    node: NodeId,
    generated: Option<&ComputedStyle>,
) -> bool {
    styles.nodes[node.index()].style.display.holds_items() || generated.is_some_and(breaks_line)
}

fn breaks_line(style: &ComputedStyle) -> bool {
    style.display != Display::Inline && style.display != Display::None && !style.display.is_atomic()
}

/// The pages with a space at the end of what is read before such a border.
pub(super) fn spaced<'a>(pages: &'a Pages, structure: &Structure, faces: &Faces) -> Cow<'a, Pages> {
    if structure.borders.is_empty() {
        return Cow::Borrowed(pages);
    }
    let mut last: BTreeMap<Rank, (usize, usize)> = BTreeMap::new();
    for (page, items) in pages.pages.iter().enumerate() {
        for item in 0..items.items.len() {
            if let Some(rank) = structure.rank(page, item).filter(|r| structure.borders.contains(r)) {
                last.insert(rank, (page, item));
            }
        }
    }
    let mut pages = pages.clone();
    for (page, item) in last.into_values() {
        if let Paint::Glyphs(run) = &mut pages.pages[page].items[item].paint {
            end_with_space(run, faces);
        }
    }
    Cow::Owned(pages)
}

/// A face without a space can say none.
fn end_with_space(run: &mut GlyphRun, faces: &Faces) {
    let face = faces.face(run.face);
    let Ok(font) = FontRef::from_index(&face.data, face.index) else { return };
    let Some(id) = font.charmap().map(' ').and_then(|id| u16::try_from(id.to_u32()).ok()) else {
        return;
    };
    let end = run.glyphs.iter().map(|glyph| glyph.end).max().unwrap_or(0);
    let said = run.text.get(..end as usize).unwrap_or("");
    if said.is_empty() || said.ends_with(char::is_whitespace) {
        return;
    }
    let x = run.glyphs.iter().map(|glyph| glyph.x + glyph.advance).fold(0.0, f32::max);
    let space = Glyph { id, x, y: 0.0, advance: 0.0, start: end, end: end + 1 };
    run.text = format!("{said} ").into();
    run.glyphs.push(space);
}
