//! Where two findings differ.

use super::finding::{CELL, Finding, FoundGlyph, FoundPage, Picture};

/// How far a glyph may stand from where the judge has it, pt: a CSS px, since browsers round baselines to it.
pub const GLYPH_TOLERANCE: f32 = 0.75;
/// How far the mean colour of a cell may be from the judge's, of 255: an edge between black and white may be
/// a CSS px off, since browsers round boxes to it.
pub const COLOUR_TOLERANCE: u8 = 64;

/// What differs, the worst first; empty where all is the same.
pub fn differences(judge: &Finding, ours: &Finding) -> Vec<String> {
    if judge.pages.len() != ours.pages.len() {
        return vec![format!("{} pages, not {}", ours.pages.len(), judge.pages.len())];
    }
    let mut out = vec![];
    for (index, (judge, ours)) in judge.pages.iter().zip(&ours.pages).enumerate() {
        let mut found = page_differences(judge, ours);
        found.iter_mut().for_each(|line| *line = format!("page {}: {line}", index + 1));
        out.extend(found);
    }
    out
}

fn page_differences(judge: &FoundPage, ours: &FoundPage) -> Vec<String> {
    let mut out = vec![];
    if (judge.width - ours.width).abs() > GLYPH_TOLERANCE
        || (judge.height - ours.height).abs() > GLYPH_TOLERANCE
    {
        out.push(format!("{}×{} pt, not {}×{}", ours.width, ours.height, judge.width, judge.height));
    }
    out.extend(glyph_differences(&judge.glyphs, &ours.glyphs));
    out.extend(picture_difference(&judge.picture, &ours.picture));
    out
}

/// Each glyph of the judge's has one of ours at its place, and none is left over.
fn glyph_differences(judge: &[FoundGlyph], ours: &[FoundGlyph]) -> Vec<String> {
    let mut left: Vec<FoundGlyph> = ours.to_vec();
    let mut out = vec![];
    for glyph in judge {
        let nearest = left
            .iter()
            .enumerate()
            .filter(|(_, other)| same_letter(glyph.letter, other.letter))
            .map(|(at, other)| (at, (glyph.x - other.x).abs().max((glyph.y - other.y).abs())))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let place = format!("“{}” at {:.1},{:.1}", glyph.letter, glyph.x, glyph.y);
        match nearest {
            Some((at, distance)) if distance <= GLYPH_TOLERANCE => {
                left.swap_remove(at);
            }
            Some((at, _)) => {
                let FoundGlyph { x, y, .. } = left[at];
                out.push(format!("no {place}; the nearest of ours is at {x:.1},{y:.1}"));
            }
            None => out.push(format!("no {place}")),
        }
    }
    if out.is_empty() {
        out.extend(left.iter().map(|g| format!("“{}” at {:.1},{:.1} too many", g.letter, g.x, g.y)));
    }
    out
}

/// A PDF's text may have the letters as they were written or as `text-transform` made them; a hyphen may be
/// any of three, an apostrophe any of two that share a glyph.
fn same_letter(a: char, b: char) -> bool {
    let plain = |c: char| match c {
        '\u{AD}' | '\u{2010}' => '-',
        '\u{2BC}' => '\u{2019}',
        _ => c,
    };
    plain(a) == plain(b) || a.to_lowercase().eq(b.to_lowercase())
}

fn picture_difference(judge: &Picture, ours: &Picture) -> Option<String> {
    let rows = judge.rows.len().max(ours.rows.len());
    let columns = judge.rows.iter().chain(&ours.rows).map(Vec::len).max().unwrap_or(0);
    let mut worst: Option<(u8, usize, usize)> = None;
    let mut count = 0;
    for row in 0..rows {
        for column in 0..columns {
            let (a, b) = (judge.cell(column, row), ours.cell(column, row));
            let difference = (0..3).map(|at| a[at].abs_diff(b[at])).max().unwrap();
            if difference > COLOUR_TOLERANCE {
                count += 1;
                if worst.is_none_or(|(most, ..)| difference > most) {
                    worst = Some((difference, column, row));
                }
            }
        }
    }
    let (_, column, row) = worst?;
    let (x, y) = (column as u32 * CELL, row as u32 * CELL);
    let (a, b) = (hex(judge.cell(column, row)), hex(ours.cell(column, row)));
    Some(format!("{count} cells of the picture, the worst at {x},{y} px: {b}, not {a}"))
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
