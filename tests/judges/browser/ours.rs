//! A case as we lay it out.

use std::sync::Arc;

use propale::diagnostic::Diagnostics;
use propale::document::tree::{Document, NodeId, NodeKind};
use propale::image::read_inline_svg;
use propale::layout::pages::{GlyphRun, Owner, Page, Pages, Paint};
use propale::layout::{Pictures, paginate};
use propale::locale::Locale;

use super::case::Case;
use super::finding::{Finding, FoundGlyph, FoundPage};
use super::{folder, raster};
use crate::inline::kit::FACES;
use crate::layout::kit;

/// CSS px in pt.
const PT: f32 = 0.75;

/// Lays a case out; the error is all that was reported of it.
pub fn lay(case: &Case) -> Result<Pages, String> {
    let document =
        kit::document_in(Locale::EnGb, &case.body).map_err(|diagnostics| diagnostics.one_lines())?;
    let mut diagnostics = Diagnostics::new();
    let styles = kit::styles(&document, &case.css, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.one_lines());
    }
    let pictures = pictures(&document);
    let pages = paginate(&document, &styles, &FACES, &pictures, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.one_lines());
    }
    Ok(pages)
}

fn pictures(document: &Document) -> Pictures {
    let mut pictures = Pictures::new();
    for (index, node) in document.nodes.iter().enumerate() {
        let NodeKind::Element(element) = &node.kind else { continue };
        let picture = match (element.name, element.attribute("src")) {
            ("img", Some(src)) => {
                let bytes: Arc<[u8]> =
                    std::fs::read(folder().join("pictures").join(src)).unwrap().into();
                propale::image::read(src, &bytes)
            }
            ("svg", _) => read_inline_svg(element.svg.as_deref().unwrap()),
            _ => continue,
        };
        pictures.insert(NodeId(index as u32), picture.unwrap_or_else(|_| panic!("{:?}", element.name)));
    }
    pictures
}

pub fn finding(pages: &Pages) -> Finding {
    Finding { pages: pages.pages.iter().map(found_page).collect() }
}

fn found_page(page: &Page) -> FoundPage {
    let mut glyphs = vec![];
    for item in &page.items {
        if let Paint::Glyphs(run) = &item.paint {
            let bullet =
                matches!(item.owner, Owner::Label(_)) && matches!(run.text.trim(), "•" | "◦" | "▪");
            // browsers draw these as shapes
            if !bullet {
                found_glyphs(run, &mut glyphs);
            }
        }
    }
    let picture = raster::picture(page);
    FoundPage { width: page.width * PT, height: page.height * PT, glyphs, picture }
}

/// The first glyph of each cluster, as its first character.
fn found_glyphs(run: &GlyphRun, glyphs: &mut Vec<FoundGlyph>) {
    let mut last = None;
    for glyph in &run.glyphs {
        let cluster = &run.text[glyph.start as usize..glyph.end as usize];
        let letter = cluster.chars().next().unwrap_or('\u{FFFD}');
        if last.replace(glyph.start) != Some(glyph.start) && !letter.is_whitespace() {
            glyphs.push(FoundGlyph { letter, x: (run.x + glyph.x) * PT, y: (run.y - glyph.y) * PT });
        }
    }
}
