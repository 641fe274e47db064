//! What leaves its page, or is cut off by a box that hides what sticks out: never in silence.

use std::collections::BTreeSet;

use super::pages::*;
use crate::diagnostic::{Diagnostic, excerpt};
use crate::document::tree::{Document, NodeId};
use crate::style::values::Matrix;

/// px that nobody misses.
const TOLERANCE: f32 = 1.0;

/// Warnings about the texts and pictures of a page that are not wholly on it, one an owner; `told` are the
/// elements and texts about which something was said already, what is inside them included. Backgrounds
/// and decorative pictures may bleed.
pub(super) fn strays(
    items: &[Item],
    sheet: Rect,
    document: &Document,
    told: &BTreeSet<NodeId>,
) -> Vec<Diagnostic> {
    let mut told = told.clone();
    // Of each group that is open: its plane in the page's, and what it is cut to there.
    let mut groups: Vec<(Matrix, Option<Rect>)> = vec![];
    let mut found = vec![];
    for item in items {
        let (what, extent) = match &item.paint {
            Paint::BeginGroup(group) => {
                let around = groups.last().map_or(Matrix::IDENTITY, |(plane, _)| *plane);
                let plane = around.times(group.transform.unwrap_or(Matrix::IDENTITY));
                let clip = group.clip.as_ref().map(|clip| bounds(clip).transformed(plane));
                groups.push((plane, clip));
                continue;
            }
            Paint::EndGroup => {
                groups.pop();
                continue;
            }
            Paint::Glyphs(run) => (format!("“{}”", excerpt(run.text.trim())), of_run(run)),
            Paint::Picture { rect, clip, .. } => ("picture".to_owned(), clip.unwrap_or(*rect)),
            Paint::Shape(_) | Paint::Tiles { .. } => continue,
        };
        let (Owner::Node(node) | Owner::Before(node) | Owner::After(node)) = item.owner else {
            continue;
        };
        if is_decorative(document, node) {
            continue;
        }
        let extent = extent.transformed(groups.last().map_or(Matrix::IDENTITY, |(plane, _)| *plane));
        let clips = groups.iter().filter_map(|(_, clip)| clip.as_ref());
        let cut = clips.filter_map(|clip| beyond(&extent, clip)).max_by(by_length);
        let (over, edge, of) = match (beyond(&extent, &sheet), cut) {
            (Some((over, edge)), _) => (over, edge, "page"),
            (None, Some((over, edge))) if matches!(item.paint, Paint::Glyphs(_)) => (over, edge, "box"),
            _ => continue,
        };
        if document.ancestors(node).chain([node]).any(|node| told.contains(&node)) {
            continue;
        }
        told.insert(node);
        let mm = (over * 25.4 / 96.0).max(1.0);
        let message = match of {
            "page" => format!("{what} reaches {mm:.0} mm beyond the page's {edge} edge"),
            _ => format!(
                "{what} is cut off: it reaches {mm:.0} mm beyond the {edge} edge of a box with `overflow: hidden`"
            ),
        };
        let about = match &item.paint {
            Paint::Glyphs(run) => Some(run.text.to_string()),
            _ => None,
        };
        let place = document.node(node).place.clone();
        found.push(Diagnostic::warning(message).maybe_at(place).about(about));
    }
    found
}

/// A picture that says nothing: `alt=""`, or a drawing without `aria-label`.
fn is_decorative(document: &Document, node: NodeId) -> bool {
    document.element(node).is_some_and(|e| match e.svg {
        Some(_) => e.attribute("aria-label").is_none(),
        None => e.name == "img" && e.attribute("alt") == Some(""),
    })
}

fn by_length(a: &(f32, &str), b: &(f32, &str)) -> std::cmp::Ordering {
    a.0.total_cmp(&b.0)
}

/// The edge beyond which an extent reaches farthest, px.
fn beyond(extent: &Rect, frame: &Rect) -> Option<(f32, &'static str)> {
    let over = [
        (frame.x - extent.x, "left"),
        (extent.x + extent.width - frame.x - frame.width, "right"),
        (frame.y - extent.y, "upper"),
        (extent.y + extent.height - frame.y - frame.height, "lower"),
    ];
    over.into_iter().max_by(by_length).filter(|(over, _)| *over > TOLERANCE)
}

/// From the height of small letters to the baseline: what a line's neighbours may cut is left out.
fn of_run(run: &GlyphRun) -> Rect {
    const SMALL_LETTERS: f32 = 0.45;
    let right = run.glyphs.iter().map(|glyph| glyph.x + glyph.advance).fold(0.0, f32::max);
    let left = run.glyphs.iter().map(|glyph| glyph.x).fold(0.0, f32::min);
    let height = run.size * SMALL_LETTERS;
    Rect { x: run.x + left, y: run.y - height, width: right - left, height }
}

fn bounds(outline: &Outline) -> Rect {
    let points = outline.segments.iter().flat_map(|segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
        Segment::Cubic(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
        Segment::Close => vec![],
    });
    let (mut left, mut top) = (f32::INFINITY, f32::INFINITY);
    let (mut right, mut bottom) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
    for (x, y) in points {
        (left, right) = (left.min(x), right.max(x));
        (top, bottom) = (top.min(y), bottom.max(y));
    }
    Rect { x: left, y: top, width: (right - left).max(0.0), height: (bottom - top).max(0.0) }
}
