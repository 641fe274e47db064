//! Inline `<svg>`: which markup is kept. Artwork alone: shapes, gradients and clips; no script, no
//! text, nothing from elsewhere.
//!
//! The HTML tokenizer makes names lower case; SVG's are mixed, so the closed lists here also give each
//! name its right spelling (HTML Standard §13.2.6.5, "adjust SVG attributes").

use html5ever::tokenizer::{Tag, TagKind};

use super::attributes;
use super::elements;
use super::parse::{MAX_DEPTH, escape, printable};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

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

/// Whether an attribute of `<svg>` is one that style and layout read; the others speak of its inside.
pub fn is_laid_out(lower: &str) -> bool {
    elements::GLOBAL.contains(&lower)
        || matches!(lower, "aria-label" | "width" | "height" | "viewbox" | "preserveaspectratio")
}

/// The SVG spelling of an attribute's lower-case name; None for one that is not kept.
pub fn attribute(lower: &str) -> Option<&'static str> {
    spelled(ATTRIBUTES, lower)
}

fn spelled(list: &'static [&'static str], lower: &str) -> Option<&'static str> {
    list.iter().find(|name| name.eq_ignore_ascii_case(lower)).copied()
}

/// An inline `<svg>` being read, from its start tag to its end tag.
pub struct Drawing {
    markup: String,
    open: Vec<&'static str>,
    /// Elements left out, whose end tags are to come.
    dropped: Vec<String>,
}

/// Where a drawing stands after a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Open,
    Closed,
    /// Nested too deep to go on.
    Hopeless,
}

impl Drawing {
    /// From the attributes of its `<svg>`.
    pub fn new(
        attributes: &[(String, String)],
        place: Option<Place>,
        diagnostics: &mut Diagnostics,
    ) -> Drawing {
        let mut markup = String::from("<svg");
        for (name, uri) in
            [("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink")]
        {
            if attributes.iter().all(|(known, _)| known != name) {
                markup.push_str(&format!(" {name}=\"{uri}\""));
            }
        }
        for (name, value) in attributes {
            write_attribute(name, value, &place, &mut markup, diagnostics);
        }
        markup.push('>');
        Drawing { markup, open: vec!["svg"], dropped: vec![] }
    }

    /// The markup of one that `<svg/>` closes at once.
    pub fn empty(&self) -> String {
        self.markup.clone() + "</svg>"
    }

    pub fn into_markup(self) -> String {
        self.markup
    }

    pub fn text(&mut self, text: &str) {
        if self.dropped.is_empty() {
            escape(text, &mut self.markup);
        }
    }

    pub fn tag(&mut self, tag: &Tag, place: Option<Place>, diagnostics: &mut Diagnostics) -> Progress {
        match tag.kind {
            TagKind::StartTag => self.start(tag, place, diagnostics),
            TagKind::EndTag => self.end(&tag.name, place, diagnostics),
        }
    }

    fn start(&mut self, tag: &Tag, place: Option<Place>, diagnostics: &mut Diagnostics) -> Progress {
        let name: &str = &tag.name;
        // what is in a dropped element goes with it
        if !self.dropped.is_empty() {
            self.dropped.extend((!tag.self_closing).then(|| name.to_owned()));
            return Progress::Open;
        }
        let Some(spelled) = spelled(ELEMENTS, name) else {
            let diagnostic =
                Diagnostic::error(format!("unknown element `<{name}>` in `<svg>`")).maybe_at(place);
            diagnostics.push(match instead_of(name) {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic.nearest(name, ELEMENTS.iter().copied()),
            });
            self.dropped.extend((!tag.self_closing).then(|| name.to_owned()));
            return Progress::Open;
        };
        if self.open.len() >= MAX_DEPTH {
            let message = format!("elements nested deeper than {MAX_DEPTH}");
            diagnostics.push(Diagnostic::error(message).maybe_at(place));
            return Progress::Hopeless;
        }
        self.markup.push('<');
        self.markup.push_str(spelled);
        for attribute in &tag.attrs {
            let name: &str = &attribute.name.local;
            if self::attribute(name).is_some() {
                write_attribute(name, &attribute.value, &place, &mut self.markup, diagnostics);
            } else {
                let message = format!("unknown attribute `{}` on `<{spelled}>`", printable(name));
                let place = place.as_ref().map(|tag| attributes::name_place(tag, name));
                let diagnostic = Diagnostic::error(message).maybe_at(place);
                diagnostics.push(diagnostic.nearest(name, ATTRIBUTES.iter().copied()));
            }
        }
        if tag.self_closing {
            self.markup.push_str("/>");
        } else {
            self.markup.push('>');
            self.open.push(spelled);
        }
        Progress::Open
    }

    fn end(&mut self, name: &str, place: Option<Place>, diagnostics: &mut Diagnostics) -> Progress {
        if let Some(at) = self.dropped.iter().rposition(|dropped| dropped == name) {
            self.dropped.remove(at);
            return Progress::Open;
        }
        let Some(open) = self.open.last() else { return Progress::Closed };
        if !open.eq_ignore_ascii_case(name) {
            let message = format!("`</{name}>` in `<svg>`: expected `</{open}>`");
            diagnostics.push(Diagnostic::error(message).maybe_at(place));
            return if name == "svg" { Progress::Closed } else { Progress::Open };
        }
        self.markup.push_str(&format!("</{open}>"));
        self.open.pop();
        if self.open.is_empty() { Progress::Closed } else { Progress::Open }
    }
}

fn write_attribute(
    name: &str,
    value: &str,
    place: &Option<Place>,
    out: &mut String,
    diagnostics: &mut Diagnostics,
) {
    if let Some(fault) = fault(name, value) {
        let message = format!("`{name}=\"{}\"` leads out of the drawing", value.trim());
        let place = place.as_ref().map(|tag| attributes::value_place(tag, name));
        diagnostics.push(Diagnostic::error(message).maybe_at(place).hint(fault));
    } else if let Some(name) = attribute(name) {
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
}

/// Why an attribute's value is refused; None where it is kept. Only places in the drawing itself may
/// be referred to.
fn fault(attribute: &str, value: &str) -> Option<&'static str> {
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
fn instead_of(name: &str) -> Option<&'static str> {
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
