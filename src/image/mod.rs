//! Pictures: raster images and SVG artwork, read once and shared.

use std::sync::Arc;

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
