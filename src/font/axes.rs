//! Variable faces: which instances of one are faces of their own (OpenType fvar).
//!
//! A PDF carries fixed shapes, so every instance that a style sheet can ask for is named beforehand: the
//! hundreds of its weight axis, upright and slanted. All other axes keep their default.

use skrifa::{FontRef, MetadataProvider, Tag};

use crate::style::values::FontStyle;

const WEIGHT: [u8; 4] = *b"wght";
const ITALIC: [u8; 4] = *b"ital";
/// Degrees, negative leaning right.
const SLANT: [u8; 4] = *b"slnt";

/// A face, or a place on a variable one's axes.
pub(super) struct Instance {
    pub(super) weight: u16,
    pub(super) style: FontStyle,
    /// Axes that do not keep their default, in their own units; empty for a static face.
    pub(super) variation: Vec<([u8; 4], f32)>,
}

impl Instance {
    pub(super) fn settings(&self) -> impl Iterator<Item = (Tag, f32)> {
        self.variation.iter().map(|(tag, value)| (Tag::new(tag), *value))
    }

    /// What a PostScript name has after the family's (Adobe Technical Note 5902 §2): `_700wght`.
    pub(super) fn suffix(&self) -> String {
        let part = |(tag, value): &([u8; 4], f32)| format!("_{value}{}", String::from_utf8_lossy(tag));
        self.variation.iter().map(part).collect()
    }

    /// Degrees, where the slant axis gives them.
    pub(super) fn slant(&self) -> Option<f32> {
        self.variation.iter().find(|(tag, _)| *tag == SLANT).map(|(_, degrees)| *degrees)
    }
}

/// The instances of a face in the order of weights, upright before slanted; of a static face, itself.
pub(super) fn instances(font: &FontRef) -> Vec<Instance> {
    let attributes = font.attributes();
    let weight = attributes.weight.value().round().clamp(1.0, 1000.0) as u16;
    let style = match attributes.style {
        skrifa::attribute::Style::Normal => FontStyle::Normal,
        _ => FontStyle::Italic,
    };
    let axis = |tag: [u8; 4]| font.axes().iter().find(|axis| axis.tag() == Tag::new(&tag));
    let weights: Vec<(u16, Option<f32>)> = match axis(WEIGHT) {
        None => vec![(weight, None)],
        Some(axis) => {
            let hundreds = (1..=10u16).map(|n| n * 100);
            let inside = |w: &u16| (axis.min_value()..=axis.max_value()).contains(&f32::from(*w));
            let mut list: Vec<_> = hundreds.filter(inside).map(|w| (w, Some(f32::from(w)))).collect();
            if list.is_empty() {
                list.push((axis.default_value().round().clamp(1.0, 1000.0) as u16, None));
            }
            list
        }
    };
    let mut styles = vec![(style, None)];
    if style == FontStyle::Normal {
        let slanted = match (axis(ITALIC), axis(SLANT)) {
            (Some(axis), _) if axis.max_value() >= 1.0 => Some((ITALIC, 1.0)),
            (_, Some(axis)) if axis.min_value() < 0.0 => Some((SLANT, axis.min_value())),
            _ => None,
        };
        styles.extend(slanted.map(|setting| (FontStyle::Italic, Some(setting))));
    }
    let mut instances = vec![];
    for (weight, on_axis) in weights {
        for (style, slanted) in &styles {
            let variation = on_axis.map(|value| (WEIGHT, value)).into_iter().chain(*slanted);
            instances.push(Instance { weight, style: *style, variation: variation.collect() });
        }
    }
    instances
}
