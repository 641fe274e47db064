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
    let depth = depth(document);
    if depth <= SHALLOW {
        return print(document, styles, faces, pictures, diagnostics);
    }
    // Boxes are laid out by recursion, here deeper than a thread's usual stack holds.
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(depth * STACK_PER_LEVEL)
            .spawn_scoped(scope, || print(document, styles, faces, pictures, diagnostics))
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
    .expect("a thread for a document nested more than 40 levels deep")
}

/// Levels of elements that any thread's stack holds.
const SHALLOW: usize = 40;
/// Bytes; a flex container in a flex container takes the most.
const STACK_PER_LEVEL: usize = 256 * 1024;

/// Levels of elements, at most as many as document::parse lets through.
fn depth(document: &Document) -> usize {
    let mut depths = vec![0_usize; document.nodes.len()];
    for (index, node) in document.nodes.iter().enumerate() {
        depths[index] = node.parent.map_or(0, |parent| depths[parent.index()] + 1);
    }
    depths.into_iter().max().unwrap_or(0)
}

fn print(
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
        blank: None,
        withheld: vec![],
    };
    for segment in &segments {
        press.segment(segment);
    }
    press.finish()
}
