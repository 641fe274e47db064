//! Glyph runs: kerns worked out from the positions that layout gave, and stretches whose glyphs would be
//! copied as something else than they stand for.

use printpdf::DictItem;

use super::canvas::Canvas;
use super::fonts::{Font, NOTDEF, Shown};
use super::number::{PT_PER_PX, round};
use super::strings::{MAX_BYTES, MAX_UNITS, units};
use crate::layout::pages::{Glyph, GlyphRun};

/// Glyphs in a row that are all copied right, or all wrong.
pub(super) struct Stretch<'a> {
    pub(super) reads: bool,
    pub(super) glyphs: &'a [Glyph],
    /// What they stand for.
    pub(super) text: &'a str,
}

pub(super) fn stretches<'a>(run: &'a GlyphRun, font: &Font) -> Vec<Stretch<'a>> {
    let mut stretches: Vec<Stretch> = vec![];
    let mut start = 0;
    let mut end = 0;
    // Of what a stretch is copied as: it is one string.
    let mut length = 0;
    // Glyphs of one byte range together stand for it.
    for cluster in run.glyphs.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
        let text = text_of(run, cluster);
        let reads = reads_as(cluster, font, text);
        let more = if reads { 0 } else { units(text) };
        length += more;
        if stretches.last().is_none_or(|last| last.reads != reads || length > MAX_UNITS) {
            length = more;
            start = end;
            stretches.push(Stretch { reads, glyphs: &[], text: "" });
        }
        end += cluster.len();
        if let Some(last) = stretches.last_mut() {
            last.glyphs = &run.glyphs[start..end];
        }
    }
    for stretch in &mut stretches {
        stretch.text = text_of(run, stretch.glyphs);
    }
    stretches
}

/// The text that glyphs in a row stand for.
fn text_of<'a>(run: &'a GlyphRun, glyphs: &[Glyph]) -> &'a str {
    let start = glyphs.iter().map(|glyph| glyph.start).min().unwrap_or(0);
    let end = glyphs.iter().map(|glyph| glyph.end).max().unwrap_or(0);
    run.text.get(start as usize..end as usize).unwrap_or("")
}

/// Whether a reader that looks up each glyph finds the text.
fn reads_as(cluster: &[Glyph], font: &Font, text: &str) -> bool {
    let read: bool = match cluster {
        [glyph] => font.shown(glyph.id, text).text == text,
        several => {
            let read = several.iter().flat_map(|glyph| font.shown(glyph.id, "").text.chars());
            read.eq(text.chars())
        }
    };
    read && !text.chars().any(is_private)
}

/// Private use has no meaning to copy (ISO 19005-2 §6.2.11.7.3 wants ActualText).
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

/// Shows some glyphs of a run. `point` turns px of the page into the stream's user space.
pub(super) fn show(
    canvas: &mut Canvas,
    run: &GlyphRun,
    glyphs: &[Glyph],
    (slot, font): (usize, &Font),
    point: impl Fn(f32, f32) -> (f32, f32),
) {
    let size = round(run.size * PT_PER_PX, 3);
    if size <= 0.0 || glyphs.is_empty() {
        return;
    }
    canvas.set_text(slot, size, run.color);
    // Where the viewer's pen stands, thousandths of an em from the run's start.
    let mut pen = 0.0;
    let text_of = |glyph: &Glyph| run.text.get(glyph.start as usize..glyph.end as usize).unwrap_or("");
    let shown = glyphs.iter().map(|glyph| (glyph, font.shown(glyph.id, text_of(glyph))));
    let shown: Vec<(&Glyph, Shown)> = shown.filter(|(_, shown)| shown.code != NOTDEF).collect();
    // Pieces at one height above the baseline.
    for level in shown.chunk_by(|a, b| a.0.y == b.0.y) {
        let mut parts = vec![];
        let mut codes: Vec<u8> = Vec::with_capacity(2 * level.len());
        for (index, (glyph, shown)) in level.iter().enumerate() {
            let wanted = glyph.x * 1000.0 / run.size;
            if index == 0 {
                let (x, y) = point(run.x + glyph.x, run.y - glyph.y);
                canvas.text_origin(x, y);
                pen = wanted;
            }
            let kern = round(pen - wanted, 0);
            if kern != 0.0 || codes.len() + 2 > MAX_BYTES {
                parts.push(string(std::mem::take(&mut codes)));
            }
            if kern != 0.0 {
                parts.push(DictItem::Int(kern as i64));
            }
            pen += shown.width - kern;
            codes.extend(shown.code.to_be_bytes());
        }
        parts.push(string(codes));
        canvas.show(parts);
    }
}

/// A literal string: half as long as a hexadecimal one, so it is written and compressed faster.
fn string(codes: Vec<u8>) -> DictItem {
    DictItem::String { data: codes, literal: true }
}
