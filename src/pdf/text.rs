//! Glyph runs: kerns worked out from the positions that layout gave, and `ActualText` wherever the
//! glyphs would be copied as something else than they stand for (ISO 32000-1 §14.9.4).

use std::collections::BTreeMap;

use printpdf::{Codepoint, DictItem};

use super::canvas::{Canvas, Mark};
use super::fonts::Font;
use super::number::{PT_PER_PX, round};
use super::strings::utf16;
use crate::layout::pages::{Glyph, GlyphRun};

/// Shows a run. `origin` turns px of the page into the stream's user space.
pub(super) fn show(
    canvas: &mut Canvas,
    run: &GlyphRun,
    slot: usize,
    font: &Font,
    origin: impl Fn(f32, f32) -> (f32, f32),
) {
    let size = round(run.size * PT_PER_PX, 3);
    if size <= 0.0 || run.glyphs.is_empty() {
        return;
    }
    canvas.set_text(slot, size, run.color);
    let mut line =
        Line { canvas, font, size: run.size, pen: 0.0, rise: None, pending: vec![], kern: 0.0 };
    for stretch in stretches(run, font) {
        if !stretch.reads {
            line.flush();
            line.canvas.begin_mark_here(actual_text(text_of(run, stretch.glyphs)));
        }
        for glyph in stretch.glyphs {
            line.glyph(glyph, |x, y| origin(run.x + x, run.y - y));
        }
        if !stretch.reads {
            line.flush();
            line.canvas.end_mark_here();
        }
    }
    line.flush();
}

struct Line<'a, 'b> {
    canvas: &'a mut Canvas,
    font: &'a Font<'b>,
    /// px an em.
    size: f32,
    /// Where the viewer's pen stands, thousandths of an em from the run's start.
    pen: f32,
    /// px above the baseline; None before the first glyph.
    rise: Option<f32>,
    pending: Vec<Codepoint>,
    /// A kern before the pending glyphs.
    kern: f32,
}

impl Line<'_, '_> {
    fn glyph(&mut self, glyph: &Glyph, origin: impl Fn(f32, f32) -> (f32, f32)) {
        let wanted = glyph.x * 1000.0 / self.size;
        if self.rise != Some(glyph.y) {
            self.flush();
            self.rise = Some(glyph.y);
            self.pen = wanted;
            let (x, y) = origin(glyph.x, glyph.y);
            self.canvas.text_origin(x, y);
        }
        let kern = round(self.pen - wanted, 0);
        match self.pending.last_mut() {
            Some(before) => before.offset = kern,
            None => self.kern = kern,
        }
        let used = self.font.glyph(glyph.id);
        self.pen += used.width - kern;
        self.pending.push(Codepoint::new(used.code, 0.0));
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.canvas.show(std::mem::take(&mut self.kern), std::mem::take(&mut self.pending));
        }
    }
}

/// Glyphs in a row that are all copied right, or all wrong.
struct Stretch<'a> {
    reads: bool,
    glyphs: &'a [Glyph],
}

fn stretches<'a>(run: &'a GlyphRun, font: &Font) -> Vec<Stretch<'a>> {
    let mut stretches: Vec<Stretch> = vec![];
    let mut start = 0;
    let mut end = 0;
    // Glyphs of one byte range together stand for it.
    for cluster in run.glyphs.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
        let reads = reads_as(cluster, font, text_of(run, cluster));
        if stretches.last().is_none_or(|last| last.reads != reads) {
            start = end;
            stretches.push(Stretch { reads, glyphs: &[] });
        }
        end += cluster.len();
        if let Some(last) = stretches.last_mut() {
            last.glyphs = &run.glyphs[start..end];
        }
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
    let read = cluster.iter().flat_map(|glyph| font.glyph(glyph.id).text.chars());
    read.eq(text.chars()) && !text.chars().any(is_private)
}

/// Private use has no meaning to copy (ISO 19005-2 §6.2.11.7.3 wants ActualText).
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

fn actual_text(text: &str) -> Mark {
    let text = DictItem::String { data: utf16(text), literal: false };
    Mark { tag: "Span", properties: BTreeMap::from([("ActualText".to_string(), text)]) }
}
