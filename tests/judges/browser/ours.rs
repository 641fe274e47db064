//! A case as we lay it out.

use std::sync::Arc;

use propale::diagnostic::{Diagnostic, Diagnostics};
use propale::document::tree::{Document, NodeId, NodeKind};
use propale::image::{Picture, read_inline_svg};
use propale::layout::pages::{GlyphRun, Page, Pages, Paint};
use propale::layout::{Pictures, paginate};
use propale::locale::Locale;
use propale::style::values::{Matrix, Styles};

use super::case::Case;
use super::finding::{Finding, FoundGlyph, FoundPage};
use super::{folder, raster};
use crate::inline::kit::FACES;
use crate::layout::kit;
use crate::support::repository;

/// CSS px in pt.
const PT: f32 = 0.75;

/// Lays a case out; the error is all that was reported of it.
pub fn lay(case: &Case) -> Result<Pages, String> {
    let lang = case.html.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next());
    let locale = lang.and_then(Locale::from_tag).unwrap();
    let document =
        kit::whole_document(locale, &case.html).map_err(|diagnostics| diagnostics.one_lines())?;
    let mut diagnostics = Diagnostics::new();
    let styles = kit::styles(&document, &case.css, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.one_lines());
    }
    let pictures = pictures(&document, &styles);
    let pages = paginate(&document, &styles, &FACES, &pictures, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.one_lines());
    }
    Ok(pages)
}

fn pictures(document: &Document, styles: &Styles) -> Pictures {
    let mut pictures = Pictures::new();
    for (index, node) in document.nodes.iter().enumerate() {
        let NodeKind::Element(element) = &node.kind else { continue };
        let picture = match (element.name, element.attribute("src")) {
            ("img", Some(src)) => read_picture(src),
            ("svg", _) => read_inline_svg(element.svg.as_deref().unwrap()),
            _ => continue,
        };
        pictures.insert(
            NodeId(index as u32),
            picture.unwrap_or_else(|fault| panic!("{}", fault.one_line())),
        );
    }
    for file in styles.files() {
        let name = file.path.rsplit('/').next().unwrap();
        pictures.insert_file(file.path.clone(), read_picture(name).unwrap());
    }
    pictures
}

fn read_picture(name: &str) -> Result<Arc<Picture>, Diagnostic> {
    let path = match name.strip_prefix('/') {
        Some(path) => repository().join(path),
        None => folder().join("pictures").join(name),
    };
    let bytes: Arc<[u8]> = std::fs::read(path).unwrap().into();
    propale::image::read(name, &bytes)
}

pub fn finding(pages: &Pages) -> Finding {
    Finding { pages: pages.pages.iter().map(found_page).collect() }
}

fn found_page(page: &Page) -> FoundPage {
    let mut glyphs = vec![];
    let mut planes = vec![Matrix::IDENTITY];
    for item in &page.items {
        let plane = planes[planes.len() - 1];
        match &item.paint {
            Paint::Glyphs(run) => found_glyphs(run, plane, &mut glyphs),
            Paint::BeginGroup(group) => {
                planes.push(plane.times(group.transform.unwrap_or(Matrix::IDENTITY)));
            }
            Paint::EndGroup => drop(planes.pop()),
            _ => {}
        }
    }
    let picture = raster::picture(page);
    FoundPage { width: page.width * PT, height: page.height * PT, glyphs, picture }
}

/// The first glyph of each cluster, as its first character.
fn found_glyphs(run: &GlyphRun, plane: Matrix, glyphs: &mut Vec<FoundGlyph>) {
    let mut last = None;
    for glyph in &run.glyphs {
        let cluster = &run.text[glyph.start as usize..glyph.end as usize];
        let letter = cluster.chars().next().unwrap_or('\u{FFFD}');
        if last.replace(glyph.start) != Some(glyph.start) && !letter.is_whitespace() {
            let (x, y) = plane.apply((run.x + glyph.x, run.y - glyph.y));
            glyphs.push(FoundGlyph { letter, x: x * PT, y: y * PT });
        }
    }
}
