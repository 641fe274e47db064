//! JPEG (ITU-T T.81): its markers are read, its samples are left alone, for a PDF embeds the file as
//! it is (DCTDecode, ISO 32000-1 §7.4.8).

use std::sync::Arc;

use image::metadata::Orientation as Exif;

use super::{Orientation, PictureContent, Read, Refusal, check_size};

struct Frame {
    width: u32,
    height: u32,
    components: u8,
}

pub(super) fn read(bytes: &Arc<[u8]>) -> Read {
    let (frame, orientation) = scan(bytes)?;
    check_size(frame.width, frame.height)?;
    let Frame { width, height, components } = frame;
    let upright = if orientation.swaps_sides() { (height, width) } else { (width, height) };
    Ok((
        PictureContent::Jpeg { data: bytes.clone(), width, height, components, orientation },
        (upright.0 as f32, upright.1 as f32),
    ))
}

/// Walks all segments to the end of the image, so that a file cut off anywhere is noticed.
fn scan(bytes: &[u8]) -> Result<(Frame, Orientation), Refusal> {
    let mut frame = None;
    let mut orientation = Orientation::default();
    let mut scans = 0;
    let mut at = 2; // after SOI
    loop {
        let marker = next_marker(bytes, &mut at).ok_or_else(cut_off)?;
        // T.81 table B.1. Markers without a segment: TEM and restarts.
        if matches!(marker, 0x01 | 0xD0..=0xD7) {
            continue;
        }
        if marker == 0xD9 {
            break;
        }
        let segment = segment(bytes, &mut at).ok_or_else(cut_off)?;
        match marker {
            0xC0..=0xC2 => frame = Some(read_frame(segment)?),
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(Refusal::new("the JPEG is lossless, hierarchical or arithmetic-coded")
                    .hint("save it as a baseline or progressive JPEG"));
            }
            0xDA => scans += 1,
            0xE1 => {
                if let Some(exif) = segment.strip_prefix(b"Exif\0\0") {
                    orientation = Exif::from_exif_chunk(exif).map_or(orientation, upright);
                }
            }
            _ => {}
        }
    }
    match frame {
        Some(frame) if scans > 0 => Ok((frame, orientation)),
        _ => Err(Refusal::new("the JPEG has no picture in it").hint(SAVE_AGAIN)),
    }
}

/// The next marker's code: everything up to it is entropy-coded data (where 0xFF is followed by 0)
/// or fill bytes.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        let found = bytes.get(*at..)?.iter().position(|byte| *byte == 0xFF)?;
        *at += found + 1;
        match *bytes.get(*at)? {
            0x00 => {}
            0xFF => continue,
            marker => {
                *at += 1;
                return Some(marker);
            }
        }
    }
}

/// A segment's payload, without its length.
fn segment<'a>(bytes: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(*at)?, *bytes.get(*at + 1)?]));
    let payload = bytes.get(*at + 2..*at + length.max(2))?;
    *at += length.max(2);
    Some(payload)
}

/// T.81 §B.2.2.
fn read_frame(segment: &[u8]) -> Result<Frame, Refusal> {
    let &[precision, h1, h0, w1, w0, components, ..] = segment else {
        return Err(cut_off());
    };
    if precision != 8 {
        return Err(Refusal::new(format!("the JPEG has {precision} bits a sample, not 8"))
            .hint("save it with 8 bits a channel"));
    }
    match components {
        1 | 3 => Ok(Frame {
            width: u32::from(u16::from_be_bytes([w1, w0])),
            height: u32::from(u16::from_be_bytes([h1, h0])),
            components,
        }),
        4 => Err(Refusal::new("the JPEG is CMYK").hint("convert it to RGB (sRGB) and save it again")),
        n => Err(Refusal::new(format!("the JPEG has {n} colour components, not 1 or 3"))),
    }
}

fn upright(exif: Exif) -> Orientation {
    let (mirrored, quarters) = match exif {
        Exif::NoTransforms => (false, 0),
        Exif::Rotate90 => (false, 1),
        Exif::Rotate180 => (false, 2),
        Exif::Rotate270 => (false, 3),
        Exif::FlipHorizontal => (true, 0),
        Exif::FlipVertical => (true, 2),
        Exif::Rotate90FlipH => (true, 3),
        Exif::Rotate270FlipH => (true, 1),
    };
    Orientation { mirrored, quarters }
}

const SAVE_AGAIN: &str = "open it in an image editor and save it again";

fn cut_off() -> Refusal {
    Refusal::new("the JPEG is cut off").hint(SAVE_AGAIN)
}
