//! SVG artwork through usvg: shapes, strokes, gradients, clips and opacity. Whatever else would change
//! how it looks is refused, never left out: an artist must not find a logo without its name.

use std::collections::BTreeMap;

use usvg::roxmltree::{self, Node};

use super::{Artwork, PictureContent, Read, Refusal};

/// Nesting and elements, with `use` followed: more is refused, so that no reader runs out of stack or
/// memory.
const MAX_DEPTH: usize = 256;
const MAX_ELEMENTS: usize = 100_000;

pub(super) fn read(bytes: &[u8]) -> Read {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::new("the SVG is not UTF-8"))?;
    check_nesting(text)?;
    let xml = parse(text)?;
    if xml.root_element().tag_name().name() != "svg" {
        let name = xml.root_element().tag_name().name();
        return Err(Refusal::new(format!("it is XML, but `{name}`, not `svg`")));
    }
    check_elements(&xml)?;
    check_size(&xml)?;

    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Default::default()
    };
    let is_sized = says_length(&xml, "width") || says_length(&xml, "height");
    let without_percentages = without_percentages(&xml);
    let parsed = match &without_percentages {
        Some(text) => parse(text)?,
        None => xml,
    };
    let tree = usvg::Tree::from_xmltree(&parsed, &options).map_err(|error| match error {
        usvg::Error::InvalidSize => Refusal::new("the SVG has no size")
            .hint("give it a `viewBox`, or a `width` and a `height` above 0"),
        error => Refusal::new(format!("the SVG cannot be read: {}", decapitalized(&error))),
    })?;
    check_tree(&tree)?;
    let size = (tree.size().width(), tree.size().height());
    let keeps_ratio = keeps_ratio(&parsed);
    Ok((PictureContent::Artwork(Box::new(Artwork { tree, keeps_ratio, is_sized })), size))
}

fn parse(text: &str) -> Result<roxmltree::Document<'_>, Refusal> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options)
        .map_err(|e| Refusal::new(format!("the SVG is not well-formed XML: {}", decapitalized(&e))))
}

fn decapitalized(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// Counts open tags before any reader that recurses sees the text. Comments, CDATA and attribute
/// values may hold `<` or `>` and make this count too high, never too low by more than they hold.
fn check_nesting(text: &str) -> Result<(), Refusal> {
    let mut depth = 0usize;
    for tag in text.split('<').skip(1) {
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) => {}
            Some(_) => depth += 1,
        }
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
    }
    Ok(())
}

fn too_deep() -> Refusal {
    Refusal::new(format!("the SVG nests deeper than {MAX_DEPTH} elements"))
}

const OUTLINES: &str = "convert it to outlines in the drawing program (Inkscape: Path, Object to Path)";
const FLATTEN: &str = "flatten it to plain shapes in the drawing program, or export the picture as PNG";

/// Elements that this program does not print, with the way out. Filters, masks and patterns are
/// refused only where they are used, for drawing programs leave unused ones behind.
fn refused_element(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "text" | "tspan" | "textPath" | "tref" => ("text", OUTLINES),
        "foreignObject" => ("a foreign object", FLATTEN),
        "image" => ("a raster image", "print that image with an `img` of its own"),
        "script" => ("a script", "save it as plain SVG"),
        "animate" | "animateMotion" | "animateTransform" | "set" => {
            ("an animation", "save it as plain SVG")
        }
        _ => return None,
    })
}

fn check_elements(xml: &roxmltree::Document) -> Result<(), Refusal> {
    const SVG: &str = "http://www.w3.org/2000/svg";
    const XLINK: &str = "http://www.w3.org/1999/xlink";
    let mut by_id = BTreeMap::new();
    for node in xml.descendants().filter(Node::is_element) {
        if let Some(id) = node.attribute("id") {
            by_id.entry(id).or_insert(node);
        }
        // Elements of other namespaces (an editor's own) are not painted.
        if node.tag_name().namespace() != Some(SVG) {
            continue;
        }
        let name = node.tag_name().name();
        if let Some((what, hint)) = refused_element(name) {
            return Err(Refusal::new(format!("the SVG has {what} (`{name}`)")).hint(hint));
        }
        let href = node.attribute("href").or_else(|| node.attribute((XLINK, "href")));
        if let Some(href) = href.filter(|href| !href.starts_with('#') && name != "a") {
            return Err(Refusal::new(format!(
                "the SVG refers to `{}`, outside itself",
                shortened(href)
            ))
            .hint("nothing is fetched: put what it needs into the SVG"));
        }
    }
    let mut walk = Walk { by_id, elements: 0 };
    walk.element(xml.root_element(), 0)
}

/// Walks the elements as usvg will, each `use` replaced by what it refers to.
struct Walk<'a> {
    by_id: BTreeMap<&'a str, Node<'a, 'a>>,
    elements: usize,
}

impl<'a> Walk<'a> {
    fn element(&mut self, node: Node<'a, 'a>, depth: usize) -> Result<(), Refusal> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(
                Refusal::new(format!("the SVG has more than {MAX_ELEMENTS} elements")).hint(FLATTEN)
            );
        }
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        if node.tag_name().name() == "use" {
            let href = node.attributes().find(|a| a.name() == "href").map(|a| a.value());
            let target = href.and_then(|href| href.strip_prefix('#')).and_then(|id| self.by_id.get(id));
            if let Some(target) = target.copied() {
                self.element(target, depth + 1)?;
            }
        }
        for child in node.children().filter(Node::is_element) {
            self.element(child, depth + 1)?;
        }
        Ok(())
    }
}

/// Whether a drawing stays whole and in proportion in a box of other proportions (SVG 2 §8.6).
fn keeps_ratio(xml: &roxmltree::Document) -> bool {
    let root = xml.root_element();
    let said = root.attribute("preserveAspectRatio").unwrap_or("xMidYMid meet");
    root.has_attribute("viewBox") && !said.contains("none") && !said.contains("slice")
}

/// Whether the drawing says one of its sizes. A percentage is of what it is placed in.
fn says_length(xml: &roxmltree::Document, name: &str) -> bool {
    let said = xml.root_element().attribute(name).map(str::trim);
    said.is_some_and(|value| !value.ends_with('%') && value != "auto")
}

/// The text without the percentages that are its width and height, if it has some: usvg would take them of
/// the `viewBox`, and lose its ratio.
fn without_percentages(xml: &roxmltree::Document) -> Option<String> {
    let root = xml.root_element();
    let mut ranges: Vec<std::ops::Range<usize>> = root
        .attributes()
        .filter(|a| matches!(a.name(), "width" | "height") && a.namespace().is_none())
        .filter(|a| !says_length(xml, a.name()))
        .map(|a| a.range())
        .collect();
    if ranges.is_empty() {
        return None;
    }
    ranges.sort_by_key(|range| range.start);
    let mut text = xml.input_text().to_owned();
    for range in ranges.into_iter().rev() {
        text.replace_range(range, "");
    }
    Some(text)
}

/// usvg gives a drawing without any size 100 × 100; that would be a surprise on paper.
fn check_size(xml: &roxmltree::Document) -> Result<(), Refusal> {
    let root = xml.root_element();
    let sized = says_length(xml, "width") && says_length(xml, "height");
    if root.attribute("viewBox").is_none() && !sized {
        return Err(Refusal::new("the SVG has no size").hint("give it a `viewBox`"));
    }
    Ok(())
}

/// What only shows once styles are resolved.
fn check_tree(tree: &usvg::Tree) -> Result<(), Refusal> {
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        if group.blend_mode() != usvg::BlendMode::Normal {
            let mode = group.blend_mode();
            return Err(Refusal::new(format!("the SVG blends with `{mode}`")).hint(FLATTEN));
        }
        if !group.filters().is_empty() {
            return Err(Refusal::new("the SVG has a filter").hint(FLATTEN));
        }
        if group.mask().is_some() {
            return Err(Refusal::new("the SVG has a mask").hint(FLATTEN));
        }
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => groups.push(group),
                usvg::Node::Path(path) => check_path(path)?,
                usvg::Node::Image(_) => return Err(Refusal::new("the SVG has a raster image")),
                usvg::Node::Text(_) => return Err(Refusal::new("the SVG has text").hint(OUTLINES)),
            }
        }
    }
    let gradients = tree.linear_gradients().iter().map(|g| g.spread_method());
    let mut spreads = gradients.chain(tree.radial_gradients().iter().map(|g| g.spread_method()));
    if spreads.any(|spread| spread != usvg::SpreadMethod::Pad) {
        return Err(Refusal::new("the SVG has a repeating gradient (`spreadMethod`)").hint(FLATTEN));
    }
    Ok(())
}

fn check_path(path: &usvg::Path) -> Result<(), Refusal> {
    let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
    match paints.into_iter().flatten().any(|paint| matches!(paint, usvg::Paint::Pattern(_))) {
        true => Err(Refusal::new("the SVG has a pattern").hint(FLATTEN)),
        false => Ok(()),
    }
}

fn shortened(href: &str) -> String {
    let mut chars = href.chars();
    let start: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}
