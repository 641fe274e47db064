//! Pictures: raster images and SVG artwork, read once and shared.
//!
//! A reader refuses what cannot be printed faithfully, with the reason and the way out, rather than
//! leave a part of it out.

mod jpeg;
mod png;
mod svg;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;

/// More pixels than this are refused unread.
pub const MAX_PIXELS: u64 = 100_000_000;

/// A picture ready to be placed: it has a natural size, and bytes or vectors to paint.
#[derive(Debug)]
pub struct Picture {
    /// Where it was read, for messages; `inline svg` for an inline one.
    pub path: String,
    /// Natural size, px.
    pub width: f32,
    pub height: f32,
    pub content: PictureContent,
    /// Stable hash of the content: equal pictures are embedded once.
    pub key: u64,
}

impl Picture {
    pub fn keeps_ratio(&self) -> bool {
        matches!(&self.content, PictureContent::Artwork(artwork) if artwork.keeps_ratio)
    }

    /// Whether it has a natural size; else only its ratio is known.
    pub fn is_sized(&self) -> bool {
        match &self.content {
            PictureContent::Artwork(artwork) => artwork.is_sized,
            PictureContent::Jpeg { .. } | PictureContent::Raster { .. } => true,
        }
    }

    /// Columns and rows of its pixels, upright; None for artwork, which is as sharp as its paper.
    pub fn pixels(&self) -> Option<(u32, u32)> {
        match &self.content {
            PictureContent::Jpeg { width, height, orientation, .. } => {
                Some(if orientation.swaps_sides() { (*height, *width) } else { (*width, *height) })
            }
            PictureContent::Raster { width, height, .. } => Some((*width, *height)),
            PictureContent::Artwork(_) => None,
        }
    }
}

#[derive(Debug)]
pub enum PictureContent {
    /// A baseline or progressive JPEG, embedded byte for byte; grey or RGB. Its size is that of the
    /// stored samples, before `orientation` turns them upright.
    Jpeg { data: Arc<[u8]>, width: u32, height: u32, components: u8, orientation: Orientation },
    /// Straight 8-bit samples, `components` 1 (grey) or 3 (RGB), with an optional alpha plane.
    Raster { width: u32, height: u32, components: u8, samples: Vec<u8>, alpha: Option<Vec<u8>> },
    /// SVG artwork as vectors.
    Artwork(Box<Artwork>),
}

#[derive(Debug)]
pub struct Artwork {
    pub tree: usvg::Tree,
    /// In a box of other proportions it is as large as fits, not stretched (SVG 2 §8.6: a `viewBox`, and no
    /// `preserveAspectRatio="none"`).
    pub keeps_ratio: bool,
    /// Whether it says how large it is. The size of one that does not is its `viewBox`'s, of which only the
    /// ratio counts (CSS Images 3 §4.1).
    pub is_sized: bool,
}

/// How stored samples lie (Exif 2.3 §4.6.4, tag 0x0112): what to do to see them upright, the mirroring
/// first, then the turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orientation {
    /// Mirrored left to right.
    pub mirrored: bool,
    /// Quarter turns clockwise, 0–3.
    pub quarters: u8,
}

impl Orientation {
    /// Whether upright width is stored height.
    pub fn swaps_sides(self) -> bool {
        self.quarters % 2 == 1
    }
}

/// Reads a picture file: PNG, JPEG or SVG, told by its content.
///
/// `path` is what messages show. The error has no place: the caller adds where the path was said.
pub fn read(path: &str, bytes: &Arc<[u8]>) -> Result<Arc<Picture>, Diagnostic> {
    let (content, (width, height)) = match Format::of(bytes) {
        Some(Format::Png) => png::read(bytes),
        Some(Format::Jpeg) => jpeg::read(bytes),
        Some(Format::Svg) => svg::read(bytes),
        Some(Format::Foreign(name)) => Err(Refusal::new(format!("it is a {name} file"))
            .hint("pictures are PNG, JPEG or SVG: export it as one of these")),
        None if bytes.is_empty() => Err(Refusal::new("the file is empty")),
        None => Err(Refusal::new("it is neither PNG, JPEG nor SVG")),
    }
    .map_err(|refusal| refusal.into_diagnostic(&format!("cannot print the picture `{path}`")))?;
    Ok(Arc::new(Picture { path: path.to_string(), width, height, content, key: key(bytes) }))
}

/// Reads the serialised markup of an inline `<svg>`. The error has no place: the caller adds the
/// element's.
pub fn read_inline_svg(markup: &str) -> Result<Arc<Picture>, Diagnostic> {
    let (content, (width, height)) = svg::read(markup.as_bytes())
        .map_err(|refusal| refusal.into_diagnostic("cannot print the inline svg"))?;
    let key = key(markup.as_bytes());
    Ok(Arc::new(Picture { path: "inline svg".to_string(), width, height, content, key }))
}

enum Format {
    Png,
    Jpeg,
    Svg,
    Foreign(&'static str),
}

impl Format {
    fn of(bytes: &[u8]) -> Option<Format> {
        const FOREIGN: [(&[u8], &str); 6] = [
            (b"GIF8", "GIF"),
            (b"RIFF", "WebP"),
            (b"BM", "BMP"),
            (b"II*\0", "TIFF"),
            (b"MM\0*", "TIFF"),
            (b"%PDF-", "PDF"),
        ];
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Format::Png)
        } else if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Format::Jpeg)
        } else if bytes.starts_with(b"\x1F\x8B") {
            Some(Format::Foreign("compressed SVG"))
        } else if let Some((_, name)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            Some(Format::Foreign(name))
        } else {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            text.trim_ascii_start().starts_with(b"<").then_some(Format::Svg)
        }
    }
}

/// What a reader gives: the content and its natural size, px.
type Read = Result<(PictureContent, (f32, f32)), Refusal>;

/// Why a picture is not printed, and the way out.
#[derive(Debug)]
struct Refusal {
    reason: String,
    hint: Option<&'static str>,
}

impl Refusal {
    fn new(reason: impl Into<String>) -> Refusal {
        Refusal { reason: reason.into(), hint: None }
    }

    fn hint(self, hint: &'static str) -> Refusal {
        Refusal { hint: Some(hint), ..self }
    }

    fn into_diagnostic(self, what: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(format!("{what}: {}", self.reason));
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

/// Refuses a size that is nothing or too much, from the header alone.
fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Refusal::new(format!("it is {width} × {height} pixels")));
    }
    if pixels > MAX_PIXELS {
        return Err(Refusal::new(format!(
            "its {width} × {height} pixels are over {} megapixels",
            MAX_PIXELS / 1_000_000
        ))
        .hint("scale it down: at 300 dpi a whole A4 page is 9 megapixels"));
    }
    Ok(())
}

/// FNV-1a, 64 bits: the same on every machine and in every release.
fn key(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
