//! Text that is hard to read on its ground.

use std::collections::BTreeMap;

use super::printed::Printed;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::tree::NodeId;
use crate::prepared::Prepared;
use crate::style::values::{Color, ComputedStyle, PageKind, PageSide};

/// WCAG 2.2, success criterion 1.4.3, level AA.
const TEXT: f64 = 4.5;
const LARGE_TEXT: f64 = 3.0;
/// px: 18 pt, and 14 pt in bold (WCAG 2.2, "large scale").
const LARGE: f32 = 24.0;
const LARGE_BOLD: f32 = 14.0 * 96.0 / 72.0;
const BOLD: u16 = 700;

/// Warns about each pair of colours that printed text has and that is under what WCAG AA asks for, at the
/// `[brand]` key that gives one of them, else at the element. Text on pictures and gradients is not judged.
pub(super) fn check(prepared: &Prepared, printed: &Printed, diagnostics: &mut Diagnostics) {
    let mut weak: BTreeMap<(String, String), Weak> = BTreeMap::new();
    for node in printed.document.ids() {
        let text = printed.document.text(node).unwrap_or_default();
        if text.trim().is_empty() || !printed.is_printed(node) {
            continue;
        }
        let style = &printed.styles.nodes[node.index()].style;
        let Some(ground) = ground(printed, node) else { continue };
        let ink = over(style.text.color, ground);
        let ratio = ratio(ink, ground);
        let least = if is_large(style) { LARGE_TEXT } else { TEXT };
        if ratio < least {
            let found =
                weak.entry((hex(ink), hex(ground))).or_insert(Weak { node, ink, ground, ratio, least });
            found.least = found.least.max(least);
        }
    }
    let mut weak: Vec<Weak> = weak.into_values().collect();
    weak.sort_by_key(|found| found.node);
    for Weak { node, ink, ground, ratio, least } in weak {
        let (ink_name, ink_place) = brand(prepared, ink);
        let (ground_name, ground_place) = brand(prepared, ground);
        let message = format!(
            "text in {ink_name}{} on {ground_name}{} has a contrast of {:.1} to 1, and WCAG AA asks for {least} to 1",
            hex(ink),
            hex(ground),
            (ratio * 10.0).floor() / 10.0
        );
        diagnostics.push(
            Diagnostic::warning(message)
                .maybe_at(ink_place.or(ground_place).or_else(|| printed.place(node)))
                .hint("choose a darker or a lighter colour for one of the two"),
        );
    }
}

/// A pair of colours, the first text that has it, and what that or a later one needs.
struct Weak {
    node: NodeId,
    ink: Color,
    ground: Color,
    ratio: f64,
    least: f64,
}

fn is_large(style: &ComputedStyle) -> bool {
    let size = style.text.font_size;
    size >= LARGE || (size >= LARGE_BOLD && style.text.font_weight >= BOLD)
}

/// The colour behind a text: that of the nearest element around it that has one, else the page's, else
/// white. None where it is no one colour.
fn ground(printed: &Printed, node: NodeId) -> Option<Color> {
    let mut layers = vec![];
    let mut page = None;
    for around in printed.document.ancestors(node) {
        let style = &printed.styles.nodes[around.index()].style;
        if style.background.layers().next().is_some() || style.opacity < 1.0 {
            return None;
        }
        page = page.or(style.page.as_deref());
        layers.push(style.background_color);
        if style.background_color.a >= 1.0 {
            break;
        }
    }
    // Which page it comes to is not known here: on each of them it has to stand on a colour.
    let page = |first, side| printed.styles.pages.style(page, PageKind { first, side, blank: false });
    let kinds = [(true, PageSide::Right), (false, PageSide::Right), (false, PageSide::Left)];
    if kinds.into_iter().any(|(first, side)| !page(first, side).background.is_empty()) {
        return None;
    }
    layers.push(page(false, PageSide::Right).background_color);
    let white = Color { r: 255, g: 255, b: 255, a: 1.0 };
    Some(layers.into_iter().rev().fold(white, |below, layer| over(layer, below)))
}

/// A colour laid over an opaque one.
fn over(above: Color, below: Color) -> Color {
    let mix = |above_part: u8, below_part: u8| {
        (f32::from(above_part) * above.a + f32::from(below_part) * (1.0 - above.a)).round() as u8
    };
    Color { r: mix(above.r, below.r), g: mix(above.g, below.g), b: mix(above.b, below.b), a: 1.0 }
}

/// WCAG 2.2, "contrast ratio" and "relative luminance".
fn ratio(one: Color, other: Color) -> f64 {
    let part = |value: u8| match f64::from(value) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    let luminance = |c: Color| 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// The name of a brand's colour, with a colon, and where the house says it.
fn brand(prepared: &Prepared, color: Color) -> (String, Option<Place>) {
    let brand = &prepared.house.brand;
    let said = [
        ("primary", &brand.primary),
        ("accent", &brand.accent),
        ("ink", &brand.ink),
        ("muted", &brand.muted),
        ("paper", &brand.paper),
    ];
    let of = said.into_iter().find_map(|(key, value)| {
        let value = value.as_ref()?;
        (value.value.eq_ignore_ascii_case(&hex(color))).then(|| (key, value.place.clone()))
    });
    match of {
        Some((key, place)) => (format!("`{key}` "), Some(place)),
        None => (String::new(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios() {
        let color = |r, g, b| Color { r, g, b, a: 1.0 };
        let white = color(255, 255, 255);
        for (ink, expected) in [
            (color(0, 0, 0), 21.0),
            (white, 1.0),
            (color(0x76, 0x76, 0x76), 4.54),
            (color(255, 0, 0), 4.0),
        ] {
            let found = ratio(ink, white);
            assert!((found - expected).abs() < 0.01, "{found} {expected}");
            assert_eq!(found, ratio(white, ink));
        }
        let half = Color { a: 0.5, ..color(0, 0, 0) };
        assert_eq!(over(half, white), color(128, 128, 128));
    }
}
