//! Pictures as XObjects (ISO 32000-1 §8.9), each embedded once, and how they are laid on a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::artwork;
use super::canvas::{Canvas, Matrix, XObject};
use super::streams::{Effort, Graft, Streams, deflate};
use super::surface::Objects;
use crate::image::{Orientation, Picture, PictureContent};
use crate::layout::pages::{Pages, Paint};

/// The different pictures of a document, in the order in which they are first painted.
#[derive(Debug)]
pub(super) struct Pictures<'a> {
    list: Vec<&'a Picture>,
    by_key: BTreeMap<u64, usize>,
}

impl<'a> Pictures<'a> {
    pub(super) fn collect(pages: &'a Pages) -> Pictures<'a> {
        let mut pictures = Pictures { list: vec![], by_key: BTreeMap::new() };
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            let paint = match &item.paint {
                Paint::Tiles { tile, .. } => tile,
                paint => paint,
            };
            if let Paint::Picture { picture, .. } = paint {
                pictures.by_key.entry(picture.key).or_insert_with(|| {
                    pictures.list.push(picture);
                    pictures.list.len() - 1
                });
            }
        }
        pictures
    }

    /// Embeds them all.
    pub(super) fn write(&self, pdf: &mut lopdf::Document, streams: &Streams, objects: &mut Objects) {
        for picture in &self.list {
            let graft: Arc<Graft> = streams.picture(picture, || graft(picture));
            objects.pictures.push(graft.plant(pdf));
        }
    }

    /// Stretches a picture to a rectangle whose lower left corner, width and height these are.
    pub(super) fn draw(&self, canvas: &mut Canvas, picture: &Picture, [x, y, width, height]: [f32; 4]) {
        let unit: Matrix = match &picture.content {
            PictureContent::Artwork(artwork) => {
                let size = artwork.tree.size();
                [width / size.width(), 0.0, 0.0, height / size.height(), x, y]
            }
            PictureContent::Raster { .. } => [width, 0.0, 0.0, height, x, y],
            PictureContent::Jpeg { orientation, .. } => {
                multiply(upright(*orientation), [width, 0.0, 0.0, height, x, y])
            }
        };
        canvas.save();
        canvas.transform(unit);
        canvas.draw(XObject::Picture(self.by_key[&picture.key]));
        canvas.restore();
    }
}

/// Turns the unit square onto itself, so that a picture stored in this way stands upright.
fn upright(orientation: Orientation) -> Matrix {
    let mirrored: Matrix = match orientation.mirrored {
        true => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        false => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    };
    let turned = match orientation.quarters % 4 {
        0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        1 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        2 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        _ => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
    };
    multiply(mirrored, turned)
}

/// `first`, then `second` (ISO 32000-1 §8.3.4).
fn multiply(first: Matrix, second: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [g, h, i, j, k, l] = second;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

fn graft(picture: &Picture) -> Graft {
    match &picture.content {
        PictureContent::Artwork(artwork) => artwork::graft(&artwork.tree),
        PictureContent::Jpeg { data, width, height, components, .. } => {
            let mut dict = image(*width, *height, *components);
            dict.set("Filter", "DCTDecode");
            Graft { objects: vec![Stream::new(dict, data.to_vec()).into()] }
        }
        PictureContent::Raster { width, height, components, samples, alpha } => {
            let mut objects: Vec<Object> = vec![];
            let mut dict = image(*width, *height, *components);
            if alpha.is_some() {
                dict.set("SMask", Object::Reference((1, 0)));
            }
            objects.push(predicted(dict, *width, *components, samples).into());
            if let Some(alpha) = alpha {
                objects.push(predicted(image(*width, *height, 1), *width, 1, alpha).into());
            }
            Graft { objects }
        }
    }
}

fn image(width: u32, height: u32, components: u8) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => if components == 1 { "DeviceGray" } else { "DeviceRGB" },
        "BitsPerComponent" => 8,
    }
}

/// Samples behind the Paeth predictor (§7.4.4.4, ISO/IEC 15948 §9.4) where that makes them shorter:
/// photographs gain by it, flat artwork loses.
fn predicted(dict: Dictionary, width: u32, components: u8, samples: &[u8]) -> Stream {
    let plain = deflate(dict.clone(), samples, Effort::ForTheRun);
    let pixel = usize::from(components);
    let row = width as usize * pixel;
    let mut filtered = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let mut above: &[u8] = &[];
    for line in samples.chunks(row.max(1)) {
        filtered.push(4);
        for (at, sample) in line.iter().enumerate() {
            let left = at.checked_sub(pixel);
            let get =
                |line: &[u8], at: Option<usize>| at.and_then(|at| line.get(at)).copied().unwrap_or(0);
            let (a, b, c) = (get(line, left), get(above, Some(at)), get(above, left));
            filtered.push(sample.wrapping_sub(paeth(a, b, c)));
        }
        above = line;
    }
    let mut stream = deflate(dict, &filtered, Effort::ForTheRun);
    if !stream.dict.has(b"Filter") || stream.content.len() >= plain.content.len() {
        return plain;
    }
    stream.dict.set(
        "DecodeParms",
        dictionary! { "Predictor" => 15, "Colors" => i64::from(components), "Columns" => i64::from(width) },
    );
    stream
}

/// Whichever of left, above and above left is nearest to left + above − above left.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let estimate = a + b - c;
    let (da, db, dc) = ((estimate - a).abs(), (estimate - b).abs(), (estimate - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        above
    } else {
        corner
    }
}
