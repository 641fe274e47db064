//! WHERE: page-aware flow, flex and grid, tables and paragraphs make pages of items.

mod boxes;
mod counters;
mod decoration;
mod engine;
mod flex_grid;
mod fragment;
mod fragmentation;
mod generate;
mod generate_table;
pub mod inline;
mod inline_run;
mod margin_boxes;
mod marker;
pub mod pages;
mod paint;
mod paragraph;
mod positioned;
mod press;
mod replaced;
mod segments;
mod sizing;
mod table;
mod table_borders;
mod table_columns;
mod taffy_style;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::document::tree::{Document, NodeId};
use crate::font::Faces;
use crate::image::Picture;
use crate::style::values::Styles;
use engine::Engine;
use pages::Pages;
use press::Press;

/// The picture of every `img` and inline `svg` of a document; one that could not be read is absent
/// (its reader has said so) and takes no space.
pub type Pictures = BTreeMap<NodeId, Arc<Picture>>;

/// Lays a styled document out on pages.
///
/// Always ends and always gives at least one page. What cannot be helped (a word wider than its page, a
/// picture taller than one) is laid out as well as can be and warned about at its template's place.
pub fn paginate(
    document: &Document,
    styles: &Styles,
    faces: &Faces,
    pictures: &Pictures,
    diagnostics: &mut Diagnostics,
) -> Pages {
    let mut tree = generate::generate(document, styles, pictures, diagnostics);
    let segments = tree.segments();
    let mut press = Press {
        engine: Engine::new(tree, document, faces, diagnostics),
        styles,
        sheets: vec![],
        destinations: BTreeMap::new(),
    };
    for segment in &segments {
        press.segment(segment);
    }
    press.finish()
}
