//! PNG (ISO/IEC 15948): decoded to 8-bit samples and an alpha plane.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder, ImageError};

use super::{PictureContent, Read, Refusal, check_size};

pub(super) fn read(bytes: &[u8]) -> Read {
    let decoder = PngDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let color = decoder.color_type();
    let size = usize::try_from(decoder.total_bytes()).map_err(|_| Refusal::new("it is too large"))?;
    let mut data = vec![0; size];
    decoder.read_image(&mut data).map_err(broken)?;

    if matches!(color, ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16) {
        // Samples are in this machine's byte order; the eight high bits are kept.
        let high = |pair: &[u8]| (u16::from_ne_bytes([pair[0], pair[1]]) >> 8) as u8;
        data = data.chunks_exact(2).map(high).collect();
    }
    let (samples, alpha) = match color {
        ColorType::La8 | ColorType::La16 => split_alpha(&data, 1),
        ColorType::Rgba8 | ColorType::Rgba16 => split_alpha(&data, 3),
        _ => (data, None),
    };
    let components = if color.has_color() { 3 } else { 1 };
    Ok((
        PictureContent::Raster { width, height, components, samples, alpha },
        (width as f32, height as f32),
    ))
}

/// Colour samples and the alpha plane; no plane where everything is opaque.
fn split_alpha(data: &[u8], colors: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let pixels = data.chunks_exact(colors + 1);
    let samples = pixels.clone().flat_map(|pixel| &pixel[..colors]).copied().collect();
    let alpha: Vec<u8> = pixels.map(|pixel| pixel[colors]).collect();
    let opaque = alpha.iter().all(|a| *a == 255);
    (samples, (!opaque).then_some(alpha))
}

fn broken(error: ImageError) -> Refusal {
    match error {
        ImageError::IoError(_) => Refusal::new("the PNG is cut off"),
        ImageError::Unsupported(_) => Refusal::new("the PNG is of an unknown kind"),
        ImageError::Limits(_) => Refusal::new("the PNG is too large"),
        _ => Refusal::new("the PNG is broken"),
    }
    .hint("open it in an image editor and save it again")
}
