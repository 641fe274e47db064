//! `html`: the filled layout as one file that opens in any browser.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Answer, Environment, FAULTY, Session};
use crate::diagnostic::Diagnostics;
use crate::document::inlined;
use crate::font::Face;
use crate::prepared::Prepared;
use crate::style::OWN;
use crate::style::values::FontStyle;
use crate::workspace::relative_to;

pub fn run(said: &str, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let Some((prepared, client)) = Session::of_one(said, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let data = crate::dressed(&prepared, &client, environment.day, &mut diagnostics).map(|dressed| {
        let families: BTreeSet<String> = dressed
            .styles
            .nodes
            .iter()
            .flat_map(|node| node.style.text.font_family.iter())
            .map(|family| family.to_lowercase())
            .collect();
        let mut css = faces_css(&prepared, &families);
        css.push_str(&brand_css(&prepared));
        let document = &dressed.document;
        if document
            .ids()
            .any(|id| document.element(id).is_some_and(|e| e.attribute("data-task").is_some()))
        {
            // Below all that the layout says (CSS Cascade 5 §6.4.3).
            css.push_str(&format!("@layer {{{OWN}}}\n"));
        }
        for source in dressed.layout.sheets.sources() {
            let resource = |url: &str| data_uri(&prepared, &relative_to(&source.path, url));
            css.push_str(&inlined::inline_urls(&source.text, &mut { resource }));
            css.push('\n');
        }
        inlined::serialize(&dressed.document, &css, &mut |src, place| {
            let said_in = place.map_or("", |place| place.source.path.as_str());
            data_uri(&prepared, &relative_to(said_in, src))
        })
    });
    answer.finish(data, &diagnostics, environment.colour)
}

fn brand_css(prepared: &Prepared) -> String {
    let properties = prepared.brand.iter().map(|(name, value)| format!("  {name}: {value};\n"));
    format!(":root {{\n{}}}\n", properties.collect::<String>())
}

fn faces_css(prepared: &Prepared, families: &BTreeSet<String>) -> String {
    // The weights of a variable face stand in one rule, with its bytes once.
    let mut rules: Vec<(&Face, u16)> = vec![];
    for face in prepared.faces.faces.iter().filter(|f| families.contains(&f.family.to_lowercase())) {
        let same = |(first, _): &&mut (&Face, u16)| {
            Arc::ptr_eq(&first.data, &face.data)
                && first.index == face.index
                && first.style == face.style
        };
        match rules.iter_mut().find(same) {
            Some((_, heaviest)) => *heaviest = face.weight,
            None => rules.push((face, face.weight)),
        }
    }
    let rule = |(face, heaviest): (&Face, u16)| {
        let weight = match face.weight == heaviest {
            true => heaviest.to_string(),
            false => format!("{} {heaviest}", face.weight),
        };
        let slant = face.variation.iter().find(|(axis, _)| axis == b"slnt");
        let style = match (face.style, slant) {
            (FontStyle::Normal, _) => "normal".to_string(),
            (FontStyle::Italic, None) => "italic".to_string(),
            (FontStyle::Italic, Some((_, degrees))) => format!("oblique {}deg", -degrees),
        };
        let data = STANDARD.encode(&face.data);
        format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {weight}; font-style: {style}; src: url(\"data:font/sfnt;base64,{data}\"); }}\n",
            face.family,
        )
    };
    rules.into_iter().map(rule).collect()
}

fn data_uri(prepared: &Prepared, path: &str) -> Option<String> {
    let bytes = prepared.workspace.bytes(path).ok()?;
    let kind = match path.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
    Some(format!("data:{kind};base64,{}", STANDARD.encode(&bytes)))
}
