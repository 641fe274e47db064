//! WHERE: page-aware flow, flex and grid, tables and paragraphs make pages of items.

mod boxes;
mod counters;
mod fragment;
mod fragmentation;
mod generate;
mod generate_table;
pub mod inline;
mod inline_run;
pub mod pages;
mod segments;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::document::tree::{Document, NodeId};
use crate::font::Faces;
use crate::image::Picture;
use crate::style::values::Styles;
use pages::Pages;

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
    let _ = (document, styles, faces, pictures, diagnostics);
    Pages::default()
}
