//! One face: its bytes, names and metrics.

use std::sync::Arc;

use harfrust::{ShaperData, ShaperInstance};
use skrifa::instance::{Location, LocationRef, Size};
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::axes::{self, Instance};
use super::shape::WordShapers;
use crate::diagnostic::Diagnostic;
use crate::style::values::FontStyle;

/// A static OpenType face, or an instance of a variable one: the same to all that use it.
pub struct Face {
    /// Where it was read, for messages.
    pub path: String,
    pub data: Arc<[u8]>,
    /// Which face of a collection (.ttc); 0 for a single face.
    pub index: u32,
    /// Typographic family (name id 16, else 1).
    pub family: String,
    /// PostScript name (name id 6); of an instance, its weight is added.
    pub postscript_name: String,
    /// Where an instance is on its axes, in their own units; empty for a static face.
    pub variation: Vec<([u8; 4], f32)>,
    pub weight: u16,
    pub style: FontStyle,
    pub metrics: FaceMetrics,
    /// Bit n: whether it maps the code point n.
    ascii: u128,
    /// Sorted ranges of the code points that the face maps to a glyph, first and last.
    coverage: Arc<[(u32, u32)]>,
    /// The same place, on axes from -1 to 1 (OpenType, "Coordinate scales and normalization").
    location: Location,
    shaper_data: Arc<ShaperData>,
    shaper_instance: Option<ShaperInstance>,
    pub(super) shapers: WordShapers,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({} {} {:?})", self.family, self.weight, self.style)
    }
}

/// Font units; y upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FaceMetrics {
    pub units_per_em: u16,
    pub ascender: f32,
    /// Negative below the baseline.
    pub descender: f32,
    pub line_gap: f32,
    pub cap_height: f32,
    pub x_height: f32,
    /// Position of the underline's centre (negative: below) and its thickness.
    pub underline_position: f32,
    pub underline_thickness: f32,
    /// Position of the strike-out's centre.
    pub strikeout_position: f32,
    /// Degrees, negative leaning right.
    pub italic_angle: f32,
    /// x min, y min, x max, y max of the face.
    pub bbox: [f32; 4],
}

impl Face {
    /// Reads every face of a TrueType or OpenType file (.ttf, .otf, .ttc); of a variable one, those
    /// instances that style sheets can ask for. `path` is for messages.
    ///
    /// Refused, with the reason: what is no such file, a broken one, and one whose licence bits forbid
    /// embedding.
    pub fn read(path: &str, data: Arc<[u8]>) -> Result<Vec<Face>, Diagnostic> {
        if let [b'w', b'O', b'F', b'F' | b'2', ..] = *data {
            return Err(Diagnostic::error(format!(
                "`{path}` is a WOFF file, made for browsers; a TrueType or OpenType face (.ttf, .otf, .ttc) is expected"
            ))
            .hint("take the desktop version of the family, or unpack it: `woff2_decompress FILE`"));
        }
        let file = FileRef::new(&data).map_err(|_| {
            Diagnostic::error(format!(
                "`{path}` is no face; a TrueType or OpenType file (.ttf, .otf, .ttc) is expected"
            ))
        })?;
        let mut faces = vec![];
        for (index, font) in file.fonts().enumerate() {
            let font = font.map_err(|e| broken(path, &e.to_string()))?;
            faces.extend(Face::from_font(path, &data, index as u32, &font)?);
        }
        match faces.is_empty() {
            true => Err(broken(path, "the collection is empty")),
            false => Ok(faces),
        }
    }

    fn from_font(
        path: &str,
        data: &Arc<[u8]>,
        index: u32,
        font: &FontRef,
    ) -> Result<Vec<Face>, Diagnostic> {
        let fault = |e: skrifa::raw::ReadError| broken(path, &e.to_string());
        font.head().map_err(fault)?;
        font.maxp().map_err(fault)?;
        font.hhea().map_err(fault)?;
        font.hmtx().map_err(fault)?;
        let cmap = font.cmap().map_err(fault)?;
        if cmap.encoding_records().is_empty() {
            return Err(broken(path, "it maps no character"));
        }
        let os2 = font.os2().ok();
        // OpenType OS/2 fsType: of bits 0–3 at most one is set; 2 is "restricted licence embedding".
        if os2.as_ref().is_some_and(|os2| os2.fs_type() & 0xf == 2) {
            return Err(Diagnostic::error(format!(
                "the licence bits of `{path}` forbid embedding it in a document (OS/2 fsType 2)"
            ))
            .hint("choose a face with an open licence, for instance the SIL Open Font License"));
        }
        let name = |ids: &[StringId]| {
            ids.iter().find_map(|&id| {
                let text = font.localized_strings(id).english_or_first()?.to_string();
                (!text.trim().is_empty()).then(|| text.trim().to_string())
            })
        };
        let family = name(&[StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME])
            .ok_or_else(|| broken(path, "it has no family name"))?;
        if font.head().is_ok_and(|head| head.units_per_em() == 0) {
            return Err(broken(path, "its unit is 0"));
        }
        let postscript_name =
            name(&[StringId::POSTSCRIPT_NAME]).unwrap_or_else(|| family.replace(' ', ""));
        let coverage: Arc<[(u32, u32)]> = coverage(font).into();
        let shaper_data = Arc::new(ShaperData::new(font));
        let face = |instance: Instance| {
            let location = font.axes().location(instance.settings());
            let metrics = FaceMetrics::of(font, &location);
            Face {
                path: path.to_string(),
                data: data.clone(),
                index,
                postscript_name: postscript_name.clone() + &instance.suffix(),
                family: family.clone(),
                weight: instance.weight,
                style: instance.style,
                metrics: FaceMetrics {
                    italic_angle: instance.slant().unwrap_or(metrics.italic_angle),
                    ..metrics
                },
                ascii: (0..128).filter(|&c| covers(&coverage, c)).fold(0, |bits, c| bits | 1 << c),
                coverage: coverage.clone(),
                shaper_data: shaper_data.clone(),
                shaper_instance: (!instance.variation.is_empty())
                    .then(|| ShaperInstance::from_coords(font, location.coords().iter().copied())),
                location,
                variation: instance.variation,
                shapers: WordShapers::default(),
            }
        };
        Ok(axes::instances(font).into_iter().map(face).collect())
    }

    /// Whether the face has a glyph of its own for a character.
    pub fn has(&self, c: char) -> bool {
        let c = c as u32;
        if c < 128 {
            return self.ascii >> c & 1 == 1;
        }
        covers(&self.coverage, c)
    }

    /// Pixels a font unit, at a font size in px.
    pub fn scale(&self, font_size: f32) -> f32 {
        font_size / f32::from(self.metrics.units_per_em)
    }

    pub(super) fn font(&self) -> FontRef<'_> {
        FontRef::from_index(&self.data, self.index).expect("these bytes were read before")
    }

    /// How wide its glyphs are, font units.
    pub fn glyph_metrics(&self) -> skrifa::metrics::GlyphMetrics<'_> {
        self.font().glyph_metrics(Size::unscaled(), &self.location)
    }

    pub(super) fn shaper(&self) -> harfrust::Shaper<'_> {
        self.shaper_data.shaper(&self.font()).instance(self.shaper_instance.as_ref()).build()
    }
}

impl FaceMetrics {
    fn of<'a>(font: &FontRef<'a>, location: impl Into<LocationRef<'a>>) -> FaceMetrics {
        let m = font.metrics(Size::unscaled(), location);
        let em = f32::from(m.units_per_em);
        // The tables give the top edge of both lines (OpenType post, OS/2); faces without them get
        // what is customary.
        let centre = |d: skrifa::metrics::Decoration| d.offset - d.thickness / 2.0;
        let underline = m.underline.filter(|u| u.thickness > 0.0);
        let strikeout = m.strikeout.filter(|s| s.thickness > 0.0 && s.offset > 0.0);
        let x_height = m.x_height.filter(|&h| h > 0.0).unwrap_or(0.5 * em);
        FaceMetrics {
            units_per_em: m.units_per_em,
            ascender: m.ascent,
            descender: m.descent,
            line_gap: m.leading.max(0.0),
            cap_height: m.cap_height.filter(|&h| h > 0.0).unwrap_or(0.7 * em),
            x_height,
            underline_position: underline.map_or(-0.1 * em, centre),
            underline_thickness: underline.map_or(0.05 * em, |u| u.thickness),
            strikeout_position: strikeout.map_or(x_height / 2.0, centre),
            italic_angle: m.italic_angle,
            bbox: m.bounds.map_or([0.0; 4], |b| [b.x_min, b.y_min, b.x_max, b.y_max]),
        }
    }
}

fn broken(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(format!("`{path}` is a broken face: {reason}"))
}

/// The code points with a glyph other than .notdef, as sorted ranges.
fn coverage(font: &FontRef) -> Vec<(u32, u32)> {
    let mut points: Vec<u32> =
        font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() != 0).map(|(c, _)| c).collect();
    points.sort_unstable();
    points.dedup();
    let mut ranges: Vec<(u32, u32)> = vec![];
    for c in points {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == c => *last = c,
            _ => ranges.push((c, c)),
        }
    }
    ranges
}

fn covers(ranges: &[(u32, u32)], c: u32) -> bool {
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}
