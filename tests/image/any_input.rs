//! Whatever the bytes, a picture is read or refused with a reason; nothing panics.

use std::sync::Arc;

use image::ExtendedColorType::{Rgb8, Rgba8};
use propale::image::read;
use proptest::prelude::*;

use super::{jpeg, png, with_exif};

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'><defs><clipPath id='c'>\
    <circle r='9'/></clipPath><linearGradient id='g'><stop offset='.2' stop-color='red'/><stop offset='1'/>\
    </linearGradient></defs><g clip-path='url(#c)' opacity='.5'><use href='#p' x='3'/><path id='p' \
    d='M0 0h40q5 5 0 30z' fill='url(#g)' stroke='url(#g)' stroke-dasharray='2 1'/></g></svg>";

fn seeds() -> Vec<Vec<u8>> {
    let rgb: Vec<u8> = (0..24 * 16 * 3).map(|i| (i * 7) as u8).collect();
    let rgba: Vec<u8> = (0..24 * 16 * 4).map(|i| (i * 5) as u8).collect();
    vec![
        png(24, 16, Rgba8, &rgba),
        png(24, 16, Rgb8, &rgb),
        with_exif(&jpeg(24, 16, Rgb8, &rgb), 5),
        SVG.as_bytes().to_vec(),
    ]
}

fn is_answered(bytes: &[u8]) {
    if let Err(refusal) = read("brand/a", &Arc::from(bytes)) {
        let said = refusal.one_line();
        assert!(said.starts_with("error: cannot print the picture `brand/a`: "), "{said}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn damaged_pictures(
        seed in 0usize..4,
        cut in any::<prop::sample::Index>(),
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for (at, value) in spots {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        is_answered(&bytes);
        bytes.truncate(cut.index(bytes.len() + 1));
        is_answered(&bytes);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0usize..4) {
        let magic: [&[u8]; 4] = [b"", b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"<svg xmlns='http://www.w3.org/2000/svg'"];
        is_answered(&[magic[kind], &bytes].concat());
    }

    #[test]
    fn any_markup(parts in prop::collection::vec(0usize..16, 0..40)) {
        let pieces = [
            "<g>", "</g>", "<path d='M0 0h9'/>", "<use href='#a'/>", "<g id='a'>", "</svg>", "<svg>",
            " opacity='0.5'", "<clipPath id='b'>", "</clipPath>", "<![CDATA[<g>]]>", "<!-- <g> -->", "&lt;",
            "<rect width='9' height='1e38'/>", "<path d='M0 0 L NaN' stroke='red' stroke-width='-1'/>", "é",
        ];
        let inside: String = parts.iter().map(|part| pieces[*part]).collect();
        is_answered(format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>").as_bytes());
    }
}
