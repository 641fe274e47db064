//! Pictures: what is read, and what is refused with which words.

mod any_input;

use std::io::Cursor;
use std::sync::Arc;

use image::ExtendedColorType::{self, L8, L16, La8, Rgb8, Rgb16, Rgba8};
use image::ImageEncoder;
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder};
use propale::image::{Orientation, Picture, PictureContent, read, read_inline_svg};

pub fn png(width: u32, height: u32, color: ExtendedColorType, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    PngEncoder::new(&mut out).write_image(data, width, height, color).unwrap();
    out
}

pub fn jpeg(width: u32, height: u32, color: ExtendedColorType, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new(Cursor::new(&mut out)).write_image(data, width, height, color).unwrap();
    out
}

/// Puts an Exif segment that says only the orientation right after SOI.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

fn picture(bytes: &[u8]) -> Arc<Picture> {
    read("brand/a", &Arc::from(bytes)).unwrap_or_else(|e| panic!("{}", e.one_line()))
}

#[track_caller]
fn refused(bytes: &[u8], message: &str) {
    let error = read("brand/a", &Arc::from(bytes)).err().map(|e| e.one_line());
    assert_eq!(error.as_deref(), Some(message));
}

#[test]
fn png_samples_and_alpha() {
    type Case = (ExtendedColorType, &'static [u8], u8, &'static [u8], Option<&'static [u8]>);
    let cases: &[Case] = &[
        (L8, &[7, 9], 1, &[7, 9], None),
        (La8, &[7, 255, 9, 0], 1, &[7, 9], Some(&[255, 0])),
        (Rgb8, &[1, 2, 3, 4, 5, 6], 3, &[1, 2, 3, 4, 5, 6], None),
        (Rgba8, &[1, 2, 3, 4, 5, 6, 7, 8], 3, &[1, 2, 3, 5, 6, 7], Some(&[4, 8])),
        // Wholly opaque: no plane.
        (Rgba8, &[1, 2, 3, 255, 5, 6, 7, 255], 3, &[1, 2, 3, 5, 6, 7], None),
        (L16, &[0, 7, 0, 9], 1, &[7, 9], None),
        (Rgb16, &[0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6], 3, &[1, 2, 3, 4, 5, 6], None),
    ];
    for (color, data, want_components, want_samples, want_alpha) in cases {
        let read = picture(&png(2, 1, *color, data));
        assert_eq!((read.width, read.height), (2.0, 1.0));
        match &read.content {
            PictureContent::Raster { width: 2, height: 1, components, samples, alpha } => {
                assert_eq!(components, want_components, "{color:?}");
                assert_eq!(samples, want_samples, "{color:?}");
                assert_eq!(alpha.as_deref(), *want_alpha, "{color:?}");
            }
            other => panic!("{color:?}: {other:?}"),
        }
    }
}

#[test]
fn jpeg_is_kept_byte_for_byte() {
    for (color, components) in [(L8, 1), (Rgb8, 3)] {
        let bytes = jpeg(16, 8, color, &vec![90; 16 * 8 * usize::from(components)]);
        match &picture(&bytes).content {
            PictureContent::Jpeg { data, width: 16, height: 8, components: n, orientation } => {
                assert_eq!((**data == *bytes, *n), (true, components));
                assert_eq!(*orientation, Orientation::default());
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn exif_turns_a_photograph_upright() {
    let bytes = jpeg(16, 8, L8, &[90; 128]);
    for (exif, mirrored, quarters) in
        [(1, false, 0), (2, true, 0), (3, false, 2), (6, false, 1), (7, true, 1)]
    {
        let turned = picture(&with_exif(&bytes, exif));
        let upright = if quarters % 2 == 1 { (8.0, 16.0) } else { (16.0, 8.0) };
        assert_eq!((turned.width, turned.height), upright, "exif {exif}");
        assert!(
            matches!(turned.content, PictureContent::Jpeg { orientation, width: 16, .. }
                if orientation == Orientation { mirrored, quarters }),
            "exif {exif}: {:?}",
            turned.content
        );
    }
}

#[test]
fn svg_size() {
    for (attributes, size) in [
        ("viewBox='0 0 40 30'", (40.0, 30.0)),
        ("width='20mm' height='10mm'", (75.59055, 37.795277)),
        ("width='80' viewBox='0 0 40 30'", (80.0, 60.0)),
        ("width='100%' height='100%' viewBox='0 0 40 30'", (40.0, 30.0)),
    ] {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}><path d='M0 0h4v4z'/></svg>");
        let read = picture(svg.as_bytes());
        assert_eq!((read.width, read.height), size, "{attributes}");
        assert!(matches!(read.content, PictureContent::Artwork(_)));
        assert_eq!(read_inline_svg(&svg).unwrap().key, read.key);
    }
}

#[test]
fn raster_files_that_are_refused() {
    let whole_png = png(40, 40, L8, &[9; 1600]);
    let whole_jpeg = jpeg(40, 40, L8, &[9; 1600]);
    let mut cmyk = jpeg(8, 8, Rgb8, &[9; 192]);
    let sof = cmyk.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    cmyk[sof + 9] = 4;
    let mut twelve_bits = whole_jpeg.clone();
    let sof = twelve_bits.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    twelve_bits[sof + 4] = 12;
    let mut huge = whole_jpeg.clone();
    huge[sof + 5..sof + 9].fill(0xFF);
    let mut huge_png = whole_png.clone();
    // Width and height of IHDR, and its checksum.
    huge_png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    huge_png[29..33].copy_from_slice(&0x49EF6F3F_u32.to_be_bytes());
    let broken = "error: cannot print the picture `brand/a`: the";
    let again = "(hint: open it in an image editor and save it again)";
    let cases: &[(&[u8], String)] = &[
        (b"", "error: cannot print the picture `brand/a`: the file is empty".into()),
        (b"hello", "error: cannot print the picture `brand/a`: it is neither PNG, JPEG nor SVG".into()),
        (
            b"GIF89a",
            "error: cannot print the picture `brand/a`: it is a GIF file (hint: pictures are PNG, JPEG or \
             SVG: export it as one of these)"
                .into(),
        ),
        (&whole_png[..60], format!("{broken} PNG is cut off {again}")),
        (&whole_png[..20], format!("{broken} PNG is cut off {again}")),
        (&whole_jpeg[..whole_jpeg.len() - 2], format!("{broken} JPEG is cut off {again}")),
        (&whole_jpeg[..100], format!("{broken} JPEG is cut off {again}")),
        (b"\xFF\xD8\xFF\xD9", format!("{broken} JPEG has no picture in it {again}")),
        (&cmyk, format!("{broken} JPEG is CMYK (hint: convert it to RGB (sRGB) and save it again)")),
        (
            &twelve_bits,
            format!(
                "{broken} JPEG has 12 bits a sample, not 8 (hint: save it with 8 bits a channel)"
            ),
        ),
        (
            &huge,
            "error: cannot print the picture `brand/a`: its 65535 × 65535 pixels are over 100 megapixels \
             (hint: scale it down: at 300 dpi a whole A4 page is 9 megapixels)"
                .into(),
        ),
        (
            &huge_png,
            "error: cannot print the picture `brand/a`: its 65536 × 65536 pixels are over 100 megapixels \
             (hint: scale it down: at 300 dpi a whole A4 page is 9 megapixels)"
                .into(),
        ),
    ];
    for (bytes, message) in cases {
        refused(bytes, message);
    }
}

#[test]
fn artwork_that_is_refused() {
    let flatten =
        "(hint: flatten it to plain shapes in the drawing program, or export the picture as PNG)";
    let nested = format!("{}{}", "<g>".repeat(300), "</g>".repeat(300));
    let bomb: String = (0..9)
        .map(|i| format!("<g id='a{}'>{}</g>", i + 1, format!("<use href='#a{i}'/>").repeat(10)))
        .collect();
    let bomb = format!("<path id='a0' d='M0 0h1'/>{bomb}");
    let cases: &[(&str, String)] = &[
        (
            "<text>Atome</text>",
            "the SVG has text (`text`) (hint: convert it to outlines in the drawing program (Inkscape: \
             Path, Object to Path))"
                .into(),
        ),
        (
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><path d='M0 0h9v9z' filter='url(#f)'/>",
            format!("the SVG has a filter {flatten}"),
        ),
        (
            "<mask id='m'><path d='M0 0h9v9z' fill='white'/></mask><path d='M0 0h9v9z' mask='url(#m)'/>",
            format!("the SVG has a mask {flatten}"),
        ),
        (
            "<pattern id='p' width='2' height='2' patternUnits='userSpaceOnUse'><path d='M0 0h1v1z'/></pattern>\
             <path d='M0 0h9v9z' fill='url(#p)'/>",
            format!("the SVG has a pattern {flatten}"),
        ),
        (
            "<g style='mix-blend-mode: multiply'><path d='M0 0h9v9z'/></g>",
            format!("the SVG blends with `multiply` {flatten}"),
        ),
        (
            "<linearGradient id='g' spreadMethod='reflect'><stop offset='0'/><stop offset='1' \
             stop-color='red'/></linearGradient><path d='M0 0h9v9z' fill='url(#g)'/>",
            format!("the SVG has a repeating gradient (`spreadMethod`) {flatten}"),
        ),
        (
            "<image href='https://atome.example/a.png' width='9' height='9'/>",
            "the SVG has a raster image (`image`) (hint: print that image with an `img` of its own)".into(),
        ),
        (
            "<use href='https://atome.example/a.svg#b'/>",
            "the SVG refers to `https://atome.example/a.svg#b`, outside itself (hint: nothing is fetched: \
             put what it needs into the SVG)"
                .into(),
        ),
        ("<script>1</script>", "the SVG has a script (`script`) (hint: save it as plain SVG)".into()),
        (&nested, "the SVG nests deeper than 256 elements".into()),
        (&bomb, format!("the SVG has more than 100000 elements {flatten}")),
        ("<g id='a'><use href='#a'/></g>", "the SVG nests deeper than 256 elements".into()),
        (
            "<g></svg>",
            "the SVG is not well-formed XML: expected 'g' tag, not 'svg' at 1:62".into(),
        ),
    ];
    for (inside, reason) in cases {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>");
        refused(svg.as_bytes(), &format!("error: cannot print the picture `brand/a`: {reason}"));
        let inline = read_inline_svg(&svg).unwrap_err().one_line();
        assert_eq!(inline, format!("error: cannot print the inline svg: {reason}"));
    }
    let sizeless = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    refused(
        sizeless.as_bytes(),
        "error: cannot print the picture `brand/a`: the SVG has no size (hint: give it a `viewBox`)",
    );
    refused(b"<html/>", "error: cannot print the picture `brand/a`: it is XML, but `html`, not `svg`");
}

#[test]
fn an_unused_filter_is_no_fault() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><filter id='f'>\
               <feGaussianBlur stdDeviation='2'/></filter><path d='M0 0h9v9z'/></svg>";
    picture(svg.as_bytes());
}
