//! Pictures with too few pixels for the size at which they are printed.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::tree::Document;
use crate::image::{Orientation, Picture, PictureContent};
use crate::layout::pages::{Item, Owner, Pages, Paint};

/// Pixels an inch below which an office printer shows the steps.
const ENOUGH: f32 = 150.0;

/// Warns of each, at its element, with the width that would do.
pub(super) fn check(document: &Document, pages: &Pages, diagnostics: &mut Diagnostics) {
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Item { owner: Owner::Node(node), paint: Paint::Picture { picture, rect, .. } } = item else {
            continue;
        };
        let Some((width, height)) = pixels(picture) else { continue };
        let inches = |px: f32| px / 96.0;
        let density = (width / inches(rect.width)).min(height / inches(rect.height));
        if density < ENOUGH {
            let wanted =
                (ENOUGH * inches(rect.width)).max(ENOUGH * inches(rect.height) * width / height);
            diagnostics.push(
                Diagnostic::warning(format!(
                    "the picture `{}` is coarse: {} pixels an inch where it is printed",
                    picture.path,
                    density.round()
                ))
                .maybe_at(document.node(*node).place.clone())
                .hint(format!(
                    "use one at least {} pixels wide, or print it smaller",
                    (wanted / 10.0).ceil() * 10.0
                )),
            );
        }
    }
}

/// Width and height as it stands on the page; None for vectors.
fn pixels(picture: &Picture) -> Option<(f32, f32)> {
    let (width, height, orientation) = match picture.content {
        PictureContent::Jpeg { width, height, orientation, .. } => (width, height, orientation),
        PictureContent::Raster { width, height, .. } => (width, height, Orientation::default()),
        PictureContent::Artwork(_) => return None,
    };
    let (width, height) = (width as f32, height as f32);
    Some(if orientation.swaps_sides() { (height, width) } else { (width, height) })
}
