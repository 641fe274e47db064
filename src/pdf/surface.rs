//! Content streams and what they name: pages, transparency groups, artwork.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use super::canvas::{Canvas, Matrix, Resources, Rule, State, XObject, font_name, pattern_name};
use super::number::{round, round_all};
use super::shading::Gradient;
use super::streams::{Effort, deflate};
use crate::layout::pages::Outline;

/// x min, y min, x max, y max.
pub(super) type BBox = [f32; 4];

/// A content stream beside those of pages.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) canvas: Canvas,
    pub(super) bbox: BBox,
    pub(super) purpose: Purpose,
}

/// What a content stream beside those of pages is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Purpose {
    /// A form XObject with a transparency group (ISO 32000-1 §11.6.6).
    Group,
    /// A form XObject whose content is painted like that around it (§8.10).
    Form,
    /// A tiling pattern (§8.7.3), and its space in that of the stream which fills with it.
    Pattern(Matrix),
}

/// A content stream as printpdf wrote it.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) stream: Vec<u8>,
    pub(super) resources: Resources,
}

/// Has printpdf write pages of these sizes (pt), with their operations, into one document, and gives
/// that document and the content streams taken out of it. What is no page goes through it as one.
pub(super) fn print(surfaces: Vec<(f32, f32, Canvas)>) -> (lopdf::Document, Vec<Content>) {
    let mut source = PdfDocument::new("");
    let mut resources = vec![];
    for (width, height, canvas) in surfaces {
        let (ops, names): (Vec<Op>, Resources) = canvas.finish();
        let size = printpdf::Rect::from_wh(Pt(width), Pt(height));
        source.pages.push(PdfPage {
            media_box: size.clone(),
            trim_box: size.clone(),
            crop_box: size,
            ops,
        });
        resources.push(names);
    }
    // Not "secure": that leaves out the operators that printpdf does not know.
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    // printpdf's only warnings here would be about fonts, which are embedded by `fonts`.
    let mut printed = source.to_lopdf_document(&options, &mut vec![]);
    let pages: Vec<ObjectId> = printed.page_iter().collect();
    let contents = pages.iter().zip(resources).map(|(page, resources)| {
        let reference =
            printed.get_dictionary(*page).and_then(|page| page.get(b"Contents")?.as_reference());
        let stream = reference.ok().and_then(|id| printed.objects.remove(&id));
        let stream = match stream {
            Some(Object::Stream(stream)) => stream.content,
            _ => vec![],
        };
        Content { stream, resources }
    });
    let contents = contents.collect();
    (printed, contents)
}

/// Where named resources are.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) fonts: Vec<ObjectId>,
    pub(super) pictures: Vec<ObjectId>,
    pub(super) groups: Vec<ObjectId>,
}

impl Resources {
    /// ISO 32000-1 §7.8.3.
    pub(super) fn dictionary(&self, objects: &Objects) -> Dictionary {
        let fonts = self.fonts.iter().map(|slot| (font_name(*slot), objects.fonts[*slot].into()));
        let xobjects = self.xobjects.iter().map(|xobject| {
            let id = match *xobject {
                XObject::Picture(index) => objects.pictures[index],
                XObject::Group(index) => objects.groups[index],
            };
            (xobject.name(), id.into())
        });
        let states = self.states.iter().map(|(name, state)| {
            let dict = match *state {
                State::Alpha(alpha) => dictionary! { "ca" => alpha, "CA" => alpha },
                State::Mask { group } => dictionary! {
                    "SMask" => dictionary! { "S" => "Luminosity", "G" => objects.groups[group] },
                },
            };
            (name.clone(), dict.into())
        });
        let shadings = self.shadings.iter().map(|(name, dict)| (name.clone(), dict.clone().into()));
        let mut resources = dictionary! {};
        let patterns =
            self.patterns.iter().map(|index| (pattern_name(*index), objects.groups[*index].into()));
        let kinds: [(&str, Dictionary); 5] = [
            ("Font", fonts.collect()),
            ("XObject", xobjects.collect()),
            ("ExtGState", states.collect()),
            ("Shading", shadings.collect()),
            ("Pattern", patterns.collect()),
        ];
        for (kind, names) in kinds {
            if !names.is_empty() {
                resources.set(kind, names);
            }
        }
        resources
    }
}

/// A form XObject (§8.10). A group is composed on its own, then painted as one.
pub(super) fn form(content: &Content, bbox: BBox, objects: &Objects, is_group: bool) -> Stream {
    let mut dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => round_all(bbox, 3).map(Object::from).to_vec(),
        "Resources" => content.resources.dictionary(objects),
    };
    if is_group {
        dict.set("Group", transparency_group());
    }
    deflate(dict, &content.stream, Effort::Once)
}

/// A pattern cell, as wide and high as its box, in colours of its own.
pub(super) fn pattern(content: &Content, bbox: BBox, matrix: Matrix, objects: &Objects) -> Stream {
    let [left, bottom, right, top] = bbox;
    let dict = dictionary! {
        "Type" => "Pattern",
        "PatternType" => 1,
        "PaintType" => 1,
        // Cells may be set a device pixel narrower or wider, so that they are all alike.
        "TilingType" => 1,
        "BBox" => round_all(bbox, 5).map(Object::from).to_vec(),
        "XStep" => round(right - left, 5),
        "YStep" => round(top - bottom, 5),
        "Matrix" => round_all(matrix, 5).map(Object::from).to_vec(),
        "Resources" => content.resources.dictionary(objects),
    };
    deflate(dict, &content.stream, Effort::Once)
}

pub(super) fn transparency_group() -> Dictionary {
    dictionary! { "Type" => "Group", "S" => "Transparency", "I" => true, "CS" => "DeviceRGB" }
}

/// Fills an outline with a gradient. `bbox` holds the outline; `groups` takes the soft mask, where
/// one is needed.
pub(super) fn fill_gradient(
    canvas: &mut Canvas,
    groups: &mut Vec<Group>,
    (outline, rule, bbox): (&Outline, Rule, BBox),
    gradient: &Gradient,
    transform: Matrix,
) {
    canvas.save();
    canvas.clip(outline, rule);
    match gradient.constant_alpha() {
        Some(alpha) => canvas.set_alpha(alpha),
        None => {
            let mut mask = Canvas::new();
            mask.transform(transform);
            mask.shade(gradient.alphas());
            canvas.mask(groups.len());
            groups.push(Group { canvas: mask, bbox, purpose: Purpose::Group });
        }
    }
    canvas.transform(transform);
    canvas.shade(gradient.colors());
    canvas.restore();
}
