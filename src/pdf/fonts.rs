//! Which glyphs of which faces a document uses, what characters they stand for, and the font objects
//! that come of it (ISO 32000-1 §9.7).

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use subsetter::GlyphRemapper;

use super::hash::Hash;
use super::streams::{Effort, Streams, deflate};
use super::to_unicode;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::font::{Face, FaceId, Faces};
use crate::layout::pages::{Glyph, GlyphRun, Pages, Paint};
use crate::style::values::FontStyle;

/// The faces of one document. A font's place in the list is its slot.
#[derive(Debug)]
pub(super) struct Fonts<'a> {
    list: Vec<Font<'a>>,
    slots: BTreeMap<FaceId, usize>,
}

#[derive(Debug)]
pub(super) struct Font<'a> {
    face: &'a Face,
    /// By glyph of the face: where it is in `glyphs`.
    places: Places,
    /// Every text that a glyph stands for, the most frequent one first.
    glyphs: Vec<Vec<Shown<'a>>>,
    program: Arc<Program>,
}

/// A glyph as the content stream shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown<'a> {
    pub(super) code: u16,
    /// What it is copied as.
    pub(super) text: &'a str,
    /// Thousandths of an em.
    pub(super) width: f32,
}

/// The texts that a glyph stands for alone, and how often; empty where it only ever stands with others.
type Votes<'a> = Vec<(&'a str, u32)>;

/// Where glyphs are in some list, by their number in the face.
#[derive(Debug, Default)]
struct Places(Vec<u16>);

impl Places {
    const NOWHERE: u16 = u16::MAX;

    fn get(&self, glyph: u16) -> Option<usize> {
        self.0.get(usize::from(glyph)).filter(|place| **place != Self::NOWHERE).map(|p| usize::from(*p))
    }

    fn set(&mut self, glyph: u16, place: usize) {
        if self.0.len() <= usize::from(glyph) {
            self.0.resize(usize::from(glyph) + 1, Self::NOWHERE);
        }
        self.0[usize::from(glyph)] = place as u16;
    }
}

/// The glyphs of a face that are used, each with its votes.
#[derive(Default)]
struct Census<'a> {
    places: Places,
    glyphs: Vec<(u16, Votes<'a>)>,
}

impl<'a> Census<'a> {
    fn votes(&mut self, glyph: u16) -> &mut Votes<'a> {
        let place = self.places.get(glyph).unwrap_or_else(|| {
            self.places.set(glyph, self.glyphs.len());
            self.glyphs.push((glyph, vec![]));
            self.glyphs.len() - 1
        });
        &mut self.glyphs[place].1
    }
}

/// A subset face, compressed. It depends on the face and the set of glyphs only.
#[derive(Debug)]
pub(super) struct Program {
    outlines: Outlines,
    stream: Stream,
    /// Six capitals that name the subset (ISO 32000-1 §9.6.4).
    tag: String,
    /// By code, thousandths of an em.
    widths: Vec<f32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outlines {
    TrueType,
    Cff,
}

impl<'a> Fonts<'a> {
    pub(super) fn collect(
        pages: &'a Pages,
        faces: &'a Faces,
        streams: &Streams,
        diagnostics: &mut Diagnostics,
    ) -> Fonts<'a> {
        let mut used: BTreeMap<FaceId, Census> = BTreeMap::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Paint::Glyphs(run) = &item.paint {
                count(used.entry(run.face).or_default(), run);
            }
        }
        let mut fonts = Fonts { list: vec![], slots: BTreeMap::new() };
        for (id, Census { mut places, mut glyphs }) in used {
            let face = faces.face(id);
            glyphs.sort_unstable_by_key(|(glyph, _)| *glyph);
            for (place, (glyph, _)) in glyphs.iter().enumerate() {
                places.set(*glyph, place);
            }
            let ids: Vec<u16> = glyphs.iter().map(|(glyph, _)| *glyph).collect();
            let program = streams.font(face, &ids, || Program::new(face, &ids));
            let program = program.unwrap_or_else(|reason| {
                let problem = format!("cannot embed the face `{}`: {reason}", face.path);
                diagnostics.push(Diagnostic::error(problem));
                Arc::new(Program::nothing())
            });
            fonts.slots.insert(id, fonts.list.len());
            let glyphs = encode(glyphs.into_iter().map(|(_, votes)| votes).collect(), &program);
            fonts.list.push(Font { face, places, glyphs, program });
        }
        fonts
    }

    /// The slot and font of a face that some run uses.
    pub(super) fn get(&self, face: FaceId) -> (usize, &Font<'a>) {
        let slot = self.slots[&face];
        (slot, &self.list[slot])
    }

    /// Writes all fonts: their objects, by slot.
    pub(super) fn write(&self, pdf: &mut lopdf::Document) -> Vec<ObjectId> {
        self.list.iter().map(|font| font.write(pdf)).collect()
    }
}

impl<'a> Font<'a> {
    /// How a glyph is shown where it stands for `text`; as its most frequent text where it has no code
    /// for this one.
    pub(super) fn shown(&self, glyph: u16, text: &str) -> Shown<'a> {
        let Some(place) = self.places.get(glyph) else {
            return Shown { code: NOTDEF, text: UNKNOWN, width: 0.0 };
        };
        let shown = &self.glyphs[place];
        *shown.iter().find(|shown| shown.text == text).unwrap_or(&shown[0])
    }

    fn write(&self, pdf: &mut lopdf::Document) -> ObjectId {
        let name = format!("{}+{}", self.program.tag, safe_name(&self.face.postscript_name));
        let program = pdf.add_object(self.program.stream.clone());
        let (file, subtype, base) = match self.program.outlines {
            Outlines::TrueType => ("FontFile2", "CIDFontType2", name.clone()),
            // §9.7.6.1, table 121: the CIDFont's name, a hyphen, and the CMap's.
            Outlines::Cff => ("FontFile3", "CIDFontType0", format!("{name}-Identity-H")),
        };
        let mut descriptor = self.descriptor(&name);
        descriptor.set(file, program);
        let descriptor = pdf.add_object(descriptor);
        // In the order of codes, with the glyph's place in the subset.
        let mut codes: Vec<(u16, &Shown)> =
            self.glyphs.iter().flat_map(|shown| shown.iter().map(|s| (shown[0].code, s))).collect();
        codes.sort_by_key(|(_, shown)| shown.code);
        let notdef = self.program.widths.first().copied().unwrap_or(0.0);
        let widths = std::iter::once(notdef).chain(codes.iter().map(|(_, shown)| shown.width));
        let widths: Vec<Object> = widths.map(number).collect();
        let mut cid_font = dictionary! {
            "Type" => "Font",
            "Subtype" => subtype,
            "BaseFont" => name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
                "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 0,
            "W" => vec![0.into(), widths.into()],
        };
        if self.program.outlines == Outlines::TrueType {
            cid_font.set("CIDToGIDMap", self.glyph_map(pdf, &codes));
        }
        let cid_font = pdf.add_object(cid_font);
        let texts = codes.iter().map(|(_, shown)| (shown.code, shown.text));
        let to_unicode = pdf.add_object(deflate(dictionary! {}, &to_unicode::cmap(texts), Effort::Once));
        pdf.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => base.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![cid_font.into()],
            "ToUnicode" => to_unicode,
        })
    }

    /// §9.7.4.2: from codes to places in the subset. They are the same, unless some glyph has several.
    fn glyph_map(&self, pdf: &mut lopdf::Document, codes: &[(u16, &Shown)]) -> Object {
        if codes.iter().all(|(place, shown)| *place == shown.code) {
            return "Identity".into();
        }
        let places = std::iter::once(0).chain(codes.iter().map(|(place, _)| *place));
        let map: Vec<u8> = places.flat_map(u16::to_be_bytes).collect();
        pdf.add_object(deflate(dictionary! {}, &map, Effort::Once)).into()
    }

    /// §9.8.
    fn descriptor(&self, name: &str) -> Dictionary {
        /// Glyphs outside the Adobe standard Latin set.
        const SYMBOLIC: i64 = 1 << 2;
        const ITALIC: i64 = 1 << 6;
        let metrics = &self.face.metrics;
        let scale = 1000.0 / f32::from(metrics.units_per_em.max(1));
        let scaled = |units: f32| Object::from((units * scale).round() as i64);
        let slanted = self.face.style == FontStyle::Italic;
        // No table has the stems' width: estimated from the weight, 400 giving 88.
        let stem = 50.0 + (f32::from(self.face.weight) / 65.0).powi(2);
        dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name,
            "Flags" => SYMBOLIC | if slanted { ITALIC } else { 0 },
            "FontBBox" => metrics.bbox.map(scaled).to_vec(),
            "ItalicAngle" => number(metrics.italic_angle),
            "Ascent" => scaled(metrics.ascender),
            "Descent" => scaled(metrics.descender),
            "CapHeight" => scaled(metrics.cap_height),
            "XHeight" => scaled(metrics.x_height),
            "StemV" => stem.round() as i64,
        }
    }
}

impl Program {
    fn new(face: &Face, glyphs: &[u16]) -> Result<Program, String> {
        let mut remapper = GlyphRemapper::new();
        for glyph in glyphs {
            remapper.remap(*glyph);
        }
        let variation: Vec<(subsetter::Tag, f32)> =
            face.variation.iter().map(|(tag, value)| (subsetter::Tag::new(tag), *value)).collect();
        let subset = subsetter::subset_with_variations(&face.data, face.index, &variation, &remapper)
            .map_err(|e| e.to_string().to_lowercase())?;
        let (outlines, program) = match table(&subset, b"CFF ") {
            Some(cff) => (Outlines::Cff, cff),
            None => (Outlines::TrueType, &subset[..]),
        };
        let metrics = face.glyph_metrics();
        let scale = 1000.0 / f32::from(face.metrics.units_per_em.max(1));
        let width = |glyph: u16| metrics.advance_width(glyph.into()).unwrap_or(0.0) * scale;
        let dict = match outlines {
            // §9.9: the length before compression.
            Outlines::TrueType => dictionary! { "Length1" => program.len() as i64 },
            Outlines::Cff => dictionary! { "Subtype" => "CIDFontType0C" },
        };
        Ok(Program {
            outlines,
            stream: deflate(dict, program, Effort::ForTheRun),
            tag: subset_tag(program),
            widths: std::iter::once(0).chain(glyphs.iter().copied()).map(|g| width(g).round()).collect(),
        })
    }

    /// In place of one that could not be made.
    fn nothing() -> Program {
        let stream = Stream::new(dictionary! {}, vec![]);
        Program { outlines: Outlines::TrueType, stream, tag: subset_tag(&[]), widths: vec![] }
    }
}

/// Notes each glyph of a run, and the text of those that stand alone for theirs.
fn count<'a>(census: &mut Census<'a>, run: &'a GlyphRun) {
    let has_shape = |glyph: &&Glyph| glyph.id != NOTDEF;
    for cluster in run.glyphs.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
        let [glyph] = cluster else {
            for glyph in cluster.iter().filter(has_shape) {
                census.votes(glyph.id);
            }
            continue;
        };
        if !has_shape(&glyph) {
            continue;
        }
        let text = run.text.get(glyph.start as usize..glyph.end as usize).unwrap_or("");
        let votes = census.votes(glyph.id);
        match votes.iter_mut().find(|vote| vote.0 == text) {
            Some(vote) => vote.1 += 1,
            None => votes.push((text, 1)),
        }
    }
}

/// Gives each glyph a code: its place in the subset, where 0 is .notdef. A TrueType glyph that stands
/// for several texts (space and no-break space, hyphen and soft hyphen) gets a further code for each
/// further one; a CFF program has one code a glyph, so there only the most frequent text has one.
fn encode<'a>(votes: Vec<Votes<'a>>, program: &Program) -> Vec<Vec<Shown<'a>>> {
    let mut next = u16::try_from(votes.len() + 1).ok();
    let places = 1u16..;
    let glyphs = places.zip(votes).map(|(place, mut votes)| {
        // Of equals, the first in Unicode's order.
        votes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        if program.outlines == Outlines::Cff {
            votes.truncate(1);
        }
        let width = program.widths.get(usize::from(place)).copied().unwrap_or(0.0);
        let first = votes.first().map_or(UNKNOWN, |vote| vote.0);
        let mut shown = vec![Shown { code: place, text: first, width }];
        for (text, _) in votes.iter().skip(1) {
            // Codes have two bytes: past the last one, a text is said by ActualText.
            let Some(code) = next else { break };
            shown.push(Shown { code, text, width });
            next = code.checked_add(1);
        }
        shown
    });
    glyphs.collect()
}

/// The glyph of a character that the face lacks. It is never painted (ISO 14289-1 §7.21.8): the reader
/// of the workspace refuses such text.
pub(super) const NOTDEF: u16 = 0;

/// What a glyph is copied as that never stands alone: its cluster's ActualText says what it is.
const UNKNOWN: &str = "\u{FFFD}";

/// A table of an sfnt (OpenType, "Table Directory").
fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let records = font.get(12..12 + count * 16)?;
    let record = records.chunks_exact(16).find(|record| record[..4] == tag[..])?;
    let field =
        |at: usize| u32::from_be_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]);
    let start = field(8) as usize;
    font.get(start..start.checked_add(field(12) as usize)?)
}

fn subset_tag(program: &[u8]) -> String {
    let mut rest = Hash::of(program).low();
    let mut letter = || {
        let letter = char::from(b'A' + (rest % 26) as u8);
        rest /= 26;
        letter
    };
    (0..6).map(|_| letter()).collect()
}

/// Characters that a PostScript name may have (OpenType name table, id 6).
fn safe_name(name: &str) -> String {
    let safe = |c: &char| c.is_ascii_graphic() && !"[](){}<>/%#+".contains(*c);
    let name: String = name.chars().filter(safe).take(63).collect();
    if name.is_empty() { "Face".to_string() } else { name }
}

fn number(value: f32) -> Object {
    if value.fract() == 0.0 { Object::Integer(value as i64) } else { Object::Real(value) }
}
