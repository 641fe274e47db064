//! The output intent's profile: sRGB (IEC 61966-2-1) as a matrix profile, made here from the published
//! numbers (ICC.1:2010, profile version 4.2), so that no file with a licence of its own is carried.

use std::sync::LazyLock;

use lopdf::{Stream, dictionary};

use super::streams::{Effort, deflate};

/// D50 and the Bradford-adapted primaries of sRGB, s15Fixed16.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
const RED: [f64; 3] = [0.43607, 0.22249, 0.01392];
const GREEN: [f64; 3] = [0.38515, 0.71687, 0.09708];
const BLUE: [f64; 3] = [0.14307, 0.06061, 0.7141];
/// Bradford adaptation from D65 to D50, by rows.
const ADAPTATION: [f64; 9] =
    [1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168];
/// Gamma, a, b, c and d of the transfer curve: (aX + b)^gamma from d up, cX below.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

static SRGB: LazyLock<Stream> =
    LazyLock::new(|| deflate(dictionary! { "N" => 3 }, &profile(), Effort::ForTheRun));

/// The profile as a stream (ISO 32000-1 §8.6.5.5).
pub(super) fn srgb() -> Stream {
    SRGB.clone()
}

/// The profile's bytes.
fn profile() -> Vec<u8> {
    let xyz = |values: &[f64; 3]| typed(b"XYZ ", &fixed(values));
    let curve = typed(b"para", &[&[0, 3, 0, 0], &fixed(&CURVE)[..]].concat());
    let tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(&WHITE)),
        (b"chad", typed(b"sf32", &fixed(&ADAPTATION))),
        (b"rXYZ", xyz(&RED)),
        (b"gXYZ", xyz(&GREEN)),
        (b"bXYZ", xyz(&BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = vec![];
    let start = 128 + 4 + 12 * tags.len();
    let mut known: Vec<(&[u8], usize)> = vec![];
    for (name, tag) in &tags {
        // Equal tags share their data.
        let at = match known.iter().find(|(other, _)| other == tag) {
            Some((_, at)) => *at,
            None => {
                let at = start + data.len();
                data.extend(tag);
                known.push((tag, at));
                at
            }
        };
        table.extend(*name);
        table.extend((at as u32).to_be_bytes());
        table.extend((tag.len() as u32).to_be_bytes());
    }
    let size = (start + data.len()) as u32;
    [header(size), table, data].concat()
}

/// §7.2.
fn header(size: u32) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &size.to_be_bytes());
    put(8, &[4, 0x20, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // 1 January 2026, a fixed day: the profile does not depend on when it is written.
    put(24, &[2026u16, 1, 1, 0, 0, 0].map(u16::to_be_bytes).concat());
    put(36, b"acsp");
    put(68, &fixed(&WHITE));
    header
}

/// A tag's type, four zeros, its data, padded to four bytes (§10.1).
fn typed(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut tag = [&kind[..], &[0; 4], data].concat();
    tag.resize(tag.len().next_multiple_of(4), 0);
    tag
}

/// multiLocalizedUnicodeType with one record (§10.15).
fn text(text: &str) -> Vec<u8> {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut data: Vec<u8> = [1u32, 12].map(u32::to_be_bytes).concat();
    data.extend(b"enUS");
    data.extend([utf16.len() as u32, 28].map(u32::to_be_bytes).concat());
    data.extend(utf16);
    typed(b"mluc", &data)
}

/// s15Fixed16Number (§4.6).
fn fixed(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|value| ((value * 65536.0).round() as i32).to_be_bytes()).collect()
}
