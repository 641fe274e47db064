//! WHERE: flow, flex and grid, tables and paragraphs make pages of items.
//!
//! ```text
//! Document ── generate ──▶ boxes ── segments ──▶ boxes that start on a fresh page
//!   + Styles                                          │ layout (engine): widths, heights, places
//!                                                     ▼
//!  Pages ◀── paint ── fragments of one page ◀── take ── one fragment, as if the page had no end
//! ```
//!
//! **A document is laid out once, then cut.** A layout that knew pages while it stacks boxes would have
//! to resume flex, grid and tables in their middle, and to lay out again whatever a better break asks
//! for. Cutting needs neither: each fragment is measured without end, and `fragmentation` asks "what is
//! the best break within this height?" of a tree whose heights are known. It is exact because CSS means it
//! so: a box that a page cuts is the unbroken box, sliced (CSS Fragmentation 3 §5.4), less the margins
//! at the break, which are dropped (§5.2).
//!
//! What a background shows of a cut box depends on all of its parts; where one has a picture or a gradient,
//! the document is cut once more before it is printed (`slices`).
//!
//! Two things would change the layout itself, and are settled before it: breaks that are *forced* and
//! changes of named page (`segments` cuts the box tree there, so that each part is laid out in the width
//! of its own page), and pictures that no page holds (made smaller). Where a page is of another width than the
//! one before, what is left becomes boxes again (`remainder`) and is laid out anew. Two are settled after it, on the page:
//! boxes that are absolutely positioned, and page counters.
//!
//! - `engine`, `sizing`, `paragraph`, `table`, `flex_grid` give boxes their places; taffy
//!   decides for flex and grid, and asks back for every item.
//! - Rows of flex boxes, grids and tables are *bands*: a page begins between them, in one only if no
//!   page holds it, and then in all its cells at one height. Boxes stacked in a column are cut like
//!   blocks.
//! - Every item has an owner from the moment it is made; a fragment never decides one.

mod background;
mod boxes;
mod counters;
mod cut_rows;
mod decoration;
mod engine;
mod flex_grid;
mod fragment;
mod fragmentation;
mod generate;
mod generate_table;
mod gradients;
pub mod inline;
mod inline_run;
mod margin_boxes;
mod marker;
pub mod pages;
mod paint;
mod paint_lines;
mod paint_pictures;
mod paint_rows;
mod paragraph;
mod positioned;
mod press;
mod remainder;
mod replaced;
mod segments;
mod sizing;
mod slices;
mod strays;
mod table;
mod table_borders;
mod table_columns;
mod taffy_style;
mod targets;
mod unheeded;
mod unmade;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::{Document, NodeId};
use crate::font::Faces;
use crate::image::Picture;
use crate::style::values::Styles;
use engine::Engine;
use pages::Pages;
use press::Press;
use slices::Slices;
use targets::Targets;

/// The pictures of a document. One that could not be read is absent (its reader has said so) and takes
/// no space.
#[derive(Debug, Default)]
pub struct Pictures {
    nodes: BTreeMap<NodeId, Arc<Picture>>,
    files: BTreeMap<Arc<str>, Arc<Picture>>,
}

impl Pictures {
    pub fn new() -> Pictures {
        Pictures::default()
    }

    /// Of an `img` or inline `svg`.
    pub fn insert(&mut self, node: NodeId, picture: Arc<Picture>) {
        self.nodes.insert(node, picture);
    }

    /// Of a file that a style sheet names, by its path from the workspace root.
    pub fn insert_file(&mut self, path: Arc<str>, picture: Arc<Picture>) {
        self.files.insert(path, picture);
    }

    pub fn get(&self, node: NodeId) -> Option<&Arc<Picture>> {
        self.nodes.get(&node)
    }

    pub fn file(&self, path: &str) -> Option<&Arc<Picture>> {
        self.files.get(path)
    }
}

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
    let mut targets = Targets::default();
    for _ in 1..MOST_ROUNDS {
        let mut said = Diagnostics::new();
        let (pages, found) = round(document, styles, faces, pictures, &targets, &mut said);
        if found.as_ref().is_none_or(|found| *found == targets) {
            diagnostics.extend(said);
            return pages;
        }
        targets = found.unwrap_or_default();
    }
    let place = document.node(Document::ROOT).place.clone();
    diagnostics.push(
        Diagnostic::warning("the numbers of pages move what they number: one may be wrong")
            .maybe_at(place)
            .hint("keep room for them, for example with `min-width` on their box"),
    );
    round(document, styles, faces, pictures, &targets, diagnostics).0
}

/// Rounds of layout until the numbers that `target-counter()` prints stand still: two, nearly always.
const MOST_ROUNDS: usize = 5;

/// Lays out once, with what is known of the targets of links. Gives what came of them, too, if anything
/// printed depends on it.
fn round(
    document: &Document,
    styles: &Styles,
    faces: &Faces,
    pictures: &Pictures,
    targets: &Targets,
    diagnostics: &mut Diagnostics,
) -> (Pages, Option<Targets>) {
    let generated = generate::generate(document, styles, pictures, targets, diagnostics);
    let (mut tree, counters) = (generated.tree, generated.targets);
    tree.report_unheeded_pages(document, styles, diagnostics);
    let segments = tree.segments();
    let mut press = Press {
        engine: Engine::new(tree, document, faces, pictures, diagnostics),
        styles,
        sheets: vec![],
        destinations: BTreeMap::new(),
        withheld: vec![],
        appendix: None,
        slices: Slices::default(),
    };
    press.measure_slices(&segments);
    for segment in &segments {
        press.segment(segment);
    }
    let pages = press.finish();
    let found = counters.map(|counters| {
        let pages = Targets::of_pages(&pages.destinations);
        Targets { pages, counters }
    });
    (pages, found)
}
