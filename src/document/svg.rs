//! Inline `<svg>`: which markup is kept. Artwork alone: shapes, gradients and clips; no script, no
//! text, nothing from elsewhere.
//!
//! The HTML tokenizer makes names lower case; SVG's are mixed, so the closed lists here also give each
//! name its right spelling (HTML Standard §13.2.6.5, "adjust SVG attributes").

/// Elements, as SVG spells them.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
];

/// Attributes, as SVG spells them.
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "style",
    "lang",
    "translate",
    "aria-label",
    "aria-hidden",
    "role",
    "xmlns",
    "xmlns:xlink",
    "version",
    "viewBox",
    "preserveAspectRatio",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "d",
    "points",
    "pathLength",
    "transform",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clipPathUnits",
    "offset",
    "href",
    "xlink:href",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stop-color",
    "stop-opacity",
    "opacity",
    "color",
    "clip-path",
    "clip-rule",
    "display",
    "visibility",
    "paint-order",
    "vector-effect",
    "shape-rendering",
];

/// The SVG spelling of an element's lower-case name; None for one that is not kept.
pub fn element(lower: &str) -> Option<&'static str> {
    spelled(ELEMENTS, lower)
}

/// The SVG spelling of an attribute's lower-case name; None for one that is not kept.
pub fn attribute(lower: &str) -> Option<&'static str> {
    spelled(ATTRIBUTES, lower)
}

pub fn element_names() -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().copied()
}

pub fn attribute_names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().copied()
}

fn spelled(list: &'static [&'static str], lower: &str) -> Option<&'static str> {
    list.iter().find(|name| name.eq_ignore_ascii_case(lower)).copied()
}

/// Why an attribute's value is refused; None where it is kept. Only places in the drawing itself may
/// be referred to.
pub fn fault(attribute: &str, value: &str) -> Option<&'static str> {
    let is_reference = matches!(attribute, "href" | "xlink:href");
    if is_reference && !value.trim().starts_with('#') {
        return Some("an inline <svg> refers only to its own parts (#id)");
    }
    let lower = value.to_ascii_lowercase();
    let elsewhere = lower.match_indices("url(").any(|(at, _)| {
        let target = lower[at + 4..].trim_start().trim_start_matches(['"', '\'']);
        !target.starts_with('#')
    });
    elsewhere.then_some("an inline <svg> refers only to its own parts (url(#id))")
}

/// What to do about an element that drawing programs write.
pub fn instead_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "text" | "tspan" | "textpath" => "convert it to outlines in the drawing program",
        "image" => "use <img> beside the drawing",
        "filter" | "mask" | "pattern" => "convert it to plain shapes in the drawing program",
        "style" => "put the properties on the shapes themselves",
        "script" | "animate" | "animatetransform" | "set" => "a printed page does not move",
        "foreignobject" => "HTML does not stand in an <svg>",
        _ => return None,
    })
}
