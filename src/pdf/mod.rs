//! IN WHICH BYTES: printpdf writes the content, lopdf the structure and metadata.
//!
//! ```text
//! Document + Pages ─ structure ─▶ what is read, in which order
//!                  ─ fonts, pictures ─▶ what is embedded
//!                  ─ content ─▶ canvases ─ surface (printpdf) ─▶ content streams
//!                  ─ tags, links, outline, metadata (lopdf) ─▶ objects ─ file ─▶ bytes
//! ```

mod apart;
mod artwork;
mod canvas;
mod content;
mod file;
mod fonts;
mod hash;
mod headers;
mod icc;
mod limits;
mod links;
mod metadata;
mod number;
mod outline;
mod pictures;
mod role;
mod rows;
mod shading;
mod sources;
mod spoken;
mod streams;
mod strings;
mod structure;
mod surface;
mod tags;
mod text;
mod to_unicode;

use chrono::NaiveDate;
use lopdf::{Object, ObjectId, dictionary};

use crate::diagnostic::Diagnostics;
use crate::document::tree::Document;
use crate::font::Faces;
use crate::layout::pages::Pages;
use crate::style::values::Styles;
use canvas::Resources;
use content::Painted;
use fonts::Fonts;
use links::Links;
use metadata::Statement;
use number::{PT_PER_PX, round};
use pictures::Pictures;
use streams::{Effort, deflate};
use structure::Structure;
use surface::{BBox, Content, Objects, Purpose};

pub use streams::Streams;

/// What a PDF says of itself beside its text. Title and language are the document's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The house.
    pub author: String,
    pub subject: Option<String>,
    pub keywords: Vec<String>,
    /// The proposal's day: creation and modification date of the file.
    pub date: NaiveDate,
}

/// Writes laid-out pages as a tagged PDF 1.7 that follows PDF/UA-1 (ISO 14289-1) and PDF/A-2a
/// (ISO 19005-2). The same inputs give the same bytes, whatever `streams` holds already.
///
/// Reports links that lead to what is not printed, faces that cannot be embedded, and what PDF/A has no
/// room for: after an error the bytes are of no use.
pub fn write(
    document: &Document,
    styles: &Styles,
    pages: &Pages,
    faces: &Faces,
    metadata: &Metadata,
    streams: &Streams,
    diagnostics: &mut Diagnostics,
) -> Vec<u8> {
    limits::check(document, pages, metadata, diagnostics);
    let structure = Structure::new(document, styles, pages);
    let pages = &*apart::spaced(pages, &structure, faces);
    let fonts = Fonts::collect(pages, faces, streams, diagnostics);
    let pictures = Pictures::collect(pages);
    let Painted { pages: on_pages, groups, marks, extents } =
        content::paint(pages, &structure, &fonts, &pictures);

    let sizes = pages.pages.iter().map(|page| (page.width * PT_PER_PX, page.height * PT_PER_PX));
    let kinds: Vec<(BBox, Purpose)> = groups.iter().map(|group| (group.bbox, group.purpose)).collect();
    let surfaces = sizes.zip(on_pages).map(|((width, height), canvas)| (width, height, canvas));
    let surfaces = surfaces.chain(groups.into_iter().map(|group| (1.0, 1.0, group.canvas)));
    let (mut pdf, contents) = surface::print(surfaces.collect());
    let (on_pages, in_groups) = contents.split_at(pages.pages.len());
    let page_ids: Vec<ObjectId> = pdf.page_iter().take(on_pages.len()).collect();

    let mut objects = Objects { fonts: fonts.write(&mut pdf), ..Objects::default() };
    pictures.write(&mut pdf, streams, &mut objects);
    objects.groups = in_groups.iter().map(|_| pdf.new_object_id()).collect();
    for (index, content) in in_groups.iter().enumerate() {
        let (bbox, purpose) = kinds[index];
        let mut form = match purpose {
            Purpose::Group => surface::form(content, bbox, &objects, true),
            Purpose::Form => surface::form(content, bbox, &objects, false),
            Purpose::Pattern(matrix) => surface::pattern(content, bbox, matrix, &objects),
        };
        let surface = on_pages.len() + index;
        if !marks.owners[surface].is_empty() {
            form.dict.set("StructParents", surface as i64);
        }
        pdf.objects.insert(objects.groups[index], form.into());
    }

    let printed = Printed { document, styles, structure: &structure, pages, page_ids: &page_ids };
    let links = links::write(&mut pdf, &printed, marks.owners.len(), diagnostics);
    for (index, content) in on_pages.iter().enumerate() {
        finish_page(&mut pdf, &printed, index, content, &objects, &links);
    }
    let forms = page_ids.iter().map(|_| None).chain(objects.groups.iter().map(|id| Some(*id)));
    let places = Places { pages: &page_ids, forms: forms.collect(), links: &links };
    let tree = tags::write(&mut pdf, &structure, &marks, &extents, &places, &document.lang);
    let outline = outline::write(&mut pdf, &printed);
    finish_catalog(&mut pdf, &printed, metadata, tree, outline);
    limits::check_objects(pdf.objects.len(), diagnostics);
    file::write(pdf)
}

/// What was printed, and as which page objects.
#[derive(Clone, Copy)]
struct Printed<'a> {
    document: &'a Document,
    styles: &'a Styles,
    structure: &'a Structure,
    pages: &'a Pages,
    page_ids: &'a [ObjectId],
}

/// Where the things are that structure elements refer to.
struct Places<'a> {
    pages: &'a [ObjectId],
    /// By surface; None for pages.
    forms: Vec<Option<ObjectId>>,
    links: &'a Links,
}

/// Mends a page object (ISO 32000-1 table 30): its own content and names, annotations, tab order,
/// key in the parent tree.
fn finish_page(
    pdf: &mut lopdf::Document,
    printed: &Printed,
    index: usize,
    content: &Content,
    objects: &Objects,
    links: &Links,
) {
    let page = &printed.pages.pages[index];
    let size = [page.width, page.height].map(|px| Object::from(round(px * PT_PER_PX, 2)));
    let [width, height] = size;
    let parent =
        pdf.get_dictionary(printed.page_ids[index]).and_then(|page| page.get(b"Parent").cloned());
    let mut dict = dictionary! {
        "Type" => "Page",
        "Parent" => parent.unwrap_or(Object::Null),
        "MediaBox" => vec![0.into(), 0.into(), width, height],
        "Resources" => content.resources.dictionary(objects),
        "Contents" => pdf.add_object(deflate(dictionary! {}, &content.stream, Effort::Once)),
        "StructParents" => index as i64,
        // In the order of the structure (ISO 14289-1 §7.18.3).
        "Tabs" => "S",
    };
    let Resources { states, xobjects, patterns, .. } = &content.resources;
    if !(states.is_empty() && xobjects.is_empty() && patterns.is_empty()) {
        dict.set("Group", surface::transparency_group());
    }
    if !links.on_page[index].is_empty() {
        dict.set("Annots", links.on_page[index].iter().map(|id| (*id).into()).collect::<Vec<Object>>());
    }
    pdf.objects.insert(printed.page_ids[index], dict.into());
}

/// Mends the catalog (table 28) and the trailer.
fn finish_catalog(
    pdf: &mut lopdf::Document,
    printed: &Printed,
    metadata: &Metadata,
    tree: ObjectId,
    outline: Option<ObjectId>,
) {
    let pages =
        pdf.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).unwrap_or_default();
    let kids: Vec<Object> = printed.page_ids.iter().map(|id| (*id).into()).collect();
    pdf.objects.insert(
        pages,
        dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids }.into(),
    );
    let statement = Statement::new(metadata, printed.document);
    let profile = pdf.add_object(icc::srgb());
    let srgb = || Object::string_literal("sRGB IEC61966-2.1");
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => srgb(),
        "Info" => srgb(),
        "DestOutputProfile" => profile,
    };
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "Lang" => strings::text(&printed.document.lang),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => tree,
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "PageLabels" => dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => "D" }.into()] },
        "OutputIntents" => vec![intent.into()],
        "Metadata" => pdf.add_object(statement.xmp()),
    };
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    let catalog = pdf.add_object(catalog);
    let info = pdf.add_object(statement.info());
    pdf.trailer = dictionary! { "Root" => catalog, "Info" => info };
}
