//! Shorthand properties: each gives its longhands pieces of its own text, which they read themselves.

use std::borrow::Cow;
use std::ops::Range;

use cssparser::Parser;

use super::property::{LonghandId, Setter, longhand_id};
use super::reader::{Fault, components, own_fault};

pub(super) struct Shorthand {
    pub name: &'static str,
    pub accepts: &'static str,
    pub longhands: &'static [&'static str],
    expansion: Expansion,
}

#[derive(Clone, Copy)]
enum Expansion {
    /// One to four values: top, right, bottom, left, or the corners from the top left.
    Sides,
    /// One or two values; the second is the first where it is left out.
    Pair,
    /// Values in any order, each for the first group that takes it; the others are reset.
    AnyOrder(&'static [&'static [&'static str]]),
    /// The text of each longhand that is not reset, or None where the values do not fit.
    Own(for<'t> fn(&'t str, &[Range<usize>]) -> Option<Pieces<'t>>),
}

type Pieces<'t> = Vec<(&'static str, Cow<'t, str>)>;

/// Why a value was not taken.
pub(super) enum Refusal {
    /// It does not fit the grammar, from this part on.
    Misfit(Range<usize>),
    Fault(Fault),
}

/// Reads a whole text as one longhand's value. None: it does not fit.
pub(super) fn read_longhand(id: LonghandId, text: &str) -> Result<Setter, Option<Fault>> {
    Parser::new(text).parse_entirely(id.longhand().read).map_err(own_fault)
}

impl Shorthand {
    /// The setters of all its longhands.
    pub fn read(&self, text: &str) -> Result<Vec<(LonghandId, Setter)>, Refusal> {
        let parts = components(text);
        let whole = 0..text.len();
        match self.expansion {
            Expansion::Sides => {
                let order = side_order(parts.len()).ok_or(Refusal::Misfit(whole))?;
                self.read_each(text, order.map(|i| parts[i].clone()))
            }
            Expansion::Pair => {
                let order = match parts.len() {
                    1 => [0, 0],
                    2 => [0, 1],
                    _ => return Err(Refusal::Misfit(whole)),
                };
                self.read_each(text, order.map(|i| parts[i].clone()))
            }
            Expansion::AnyOrder(groups) => self.read_groups(text, &parts, groups),
            Expansion::Own(pieces) => {
                let pieces = pieces(text, &parts).ok_or(Refusal::Misfit(whole.clone()))?;
                self.read_pieces(&pieces, &whole)
            }
        }
    }

    /// Gives each longhand the part at its position.
    fn read_each<const N: usize>(
        &self,
        text: &str,
        parts: [Range<usize>; N],
    ) -> Result<Vec<(LonghandId, Setter)>, Refusal> {
        let mut setters = vec![];
        for (name, part) in self.longhands.iter().zip(parts) {
            let Some(id) = longhand_id(name) else { continue };
            let setter = read_longhand(id, &text[part.clone()]).map_err(|fault| match fault {
                Some(fault) => Refusal::Fault(fault.shifted(part.start)),
                None => Refusal::Misfit(part.clone()),
            })?;
            setters.push((id, setter));
        }
        Ok(setters)
    }

    fn read_groups(
        &self,
        text: &str,
        parts: &[Range<usize>],
        groups: &[&[&'static str]],
    ) -> Result<Vec<(LonghandId, Setter)>, Refusal> {
        let mut taken: Vec<String> = vec![String::new(); groups.len()];
        for part in parts {
            let piece = &text[part.clone()];
            let mut fault = None;
            let fits = groups.iter().zip(&mut taken).any(|(group, taken)| {
                let longer =
                    if taken.is_empty() { piece.to_owned() } else { format!("{taken} {piece}") };
                let Some(id) = group.first().and_then(|name| longhand_id(name)) else {
                    return false;
                };
                match read_longhand(id, &longer) {
                    Ok(_) => {
                        *taken = longer;
                        true
                    }
                    Err(own) => {
                        fault = fault.take().or(own);
                        false
                    }
                }
            });
            if !fits {
                return Err(match fault {
                    Some(fault) => Refusal::Fault(Fault { span: part.clone(), ..fault }),
                    None => Refusal::Misfit(part.clone()),
                });
            }
        }
        let pieces: Pieces<'_> = groups
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !taken.is_empty())
            .flat_map(|(group, taken)| group.iter().map(|name| (*name, Cow::from(taken.as_str()))))
            .collect();
        self.read_pieces(&pieces, &(0..text.len()))
    }

    /// Gives the longhands their pieces, and those without one their initial value.
    fn read_pieces(
        &self,
        pieces: &[(&'static str, Cow<'_, str>)],
        whole: &Range<usize>,
    ) -> Result<Vec<(LonghandId, Setter)>, Refusal> {
        let mut setters = vec![];
        for name in self.longhands {
            let Some(id) = longhand_id(name) else { continue };
            let piece = pieces.iter().find(|(known, _)| known == name);
            let value = piece.map_or(id.longhand().initial, |(_, text)| text);
            let setter = read_longhand(id, value).map_err(|fault| match fault {
                Some(fault) => Refusal::Fault(Fault { span: whole.clone(), ..fault }),
                None => Refusal::Misfit(whole.clone()),
            })?;
            setters.push((id, setter));
        }
        Ok(setters)
    }
}

/// Which of one to four values is each side's.
fn side_order(count: usize) -> Option<[usize; 4]> {
    Some(match count {
        1 => [0, 0, 0, 0],
        2 => [0, 1, 0, 1],
        3 => [0, 1, 2, 1],
        4 => [0, 1, 2, 3],
        _ => return None,
    })
}

macro_rules! shorthands {
    ($($name:literal, $accepts:expr, [$($longhand:literal),+ $(,)?], $expansion:expr;)*) => {
        pub(super) static SHORTHANDS: &[Shorthand] = &[$(Shorthand {
            name: $name,
            accepts: $accepts,
            longhands: &[$($longhand),+],
            expansion: $expansion,
        }),*];
    };
}

use Expansion::{AnyOrder, Own, Pair, Sides};

const BORDER: &str = "<length> || [ none | solid | dashed | dotted ] || <color>";

shorthands! {
    "font", "[ <font-style> || small-caps || <font-weight> ]? <font-size> [ / <line-height> ]? <font-family>",
        ["font-size", "font-style", "font-weight", "line-height", "font-family", "font-variant-caps",
         "font-variant-numeric", "font-variant-ligatures", "font-kerning", "font-feature-settings"],
        Own(font);
    "font-variant", "normal | <font-variant-caps> || <font-variant-numeric> || <font-variant-ligatures>",
        ["font-variant-caps", "font-variant-numeric", "font-variant-ligatures"],
        AnyOrder(&[&["font-variant-caps"], &["font-variant-numeric"], &["font-variant-ligatures"]]);
    "text-decoration", "none | underline || line-through || <color> || <length>",
        ["text-decoration-line", "text-decoration-color", "text-decoration-thickness"],
        AnyOrder(&[&["text-decoration-line"], &["text-decoration-color"], &["text-decoration-thickness"]]);
    "text-wrap", "<text-wrap-mode> || <text-wrap-style>", ["text-wrap-mode", "text-wrap-style"],
        AnyOrder(&[&["text-wrap-mode"], &["text-wrap-style"]]);
    "white-space", "normal | nowrap | pre | pre-line | pre-wrap",
        ["white-space-collapse", "text-wrap-mode"], Own(white_space);
    "list-style", "<list-style-type> || <list-style-position>",
        ["list-style-type", "list-style-position"],
        AnyOrder(&[&["list-style-type"], &["list-style-position"]]);
    "margin", "[ auto | <length> | <percentage> ]{1,4}",
        ["margin-top", "margin-right", "margin-bottom", "margin-left"], Sides;
    "margin-block", "[ auto | <length> | <percentage> ]{1,2}", ["margin-top", "margin-bottom"], Pair;
    "margin-inline", "[ auto | <length> | <percentage> ]{1,2}", ["margin-left", "margin-right"], Pair;
    "padding", "[ <length> | <percentage> ]{1,4}",
        ["padding-top", "padding-right", "padding-bottom", "padding-left"], Sides;
    "padding-block", "[ <length> | <percentage> ]{1,2}", ["padding-top", "padding-bottom"], Pair;
    "padding-inline", "[ <length> | <percentage> ]{1,2}", ["padding-left", "padding-right"], Pair;
    "inset", "[ auto | <length> | <percentage> ]{1,4}", ["top", "right", "bottom", "left"], Sides;
    "border-width", "[ <length> | thin | medium | thick ]{1,4}",
        ["border-top-width", "border-right-width", "border-bottom-width", "border-left-width"], Sides;
    "border-style", "[ none | solid | dashed | dotted ]{1,4}",
        ["border-top-style", "border-right-style", "border-bottom-style", "border-left-style"], Sides;
    "border-color", "<color>{1,4}",
        ["border-top-color", "border-right-color", "border-bottom-color", "border-left-color"], Sides;
    "border", BORDER,
        ["border-top-width", "border-right-width", "border-bottom-width", "border-left-width",
         "border-top-style", "border-right-style", "border-bottom-style", "border-left-style",
         "border-top-color", "border-right-color", "border-bottom-color", "border-left-color"],
        AnyOrder(&[
            &["border-top-width", "border-right-width", "border-bottom-width", "border-left-width"],
            &["border-top-style", "border-right-style", "border-bottom-style", "border-left-style"],
            &["border-top-color", "border-right-color", "border-bottom-color", "border-left-color"],
        ]);
    "border-top", BORDER, ["border-top-width", "border-top-style", "border-top-color"],
        AnyOrder(&[&["border-top-width"], &["border-top-style"], &["border-top-color"]]);
    "border-right", BORDER, ["border-right-width", "border-right-style", "border-right-color"],
        AnyOrder(&[&["border-right-width"], &["border-right-style"], &["border-right-color"]]);
    "border-bottom", BORDER, ["border-bottom-width", "border-bottom-style", "border-bottom-color"],
        AnyOrder(&[&["border-bottom-width"], &["border-bottom-style"], &["border-bottom-color"]]);
    "border-left", BORDER, ["border-left-width", "border-left-style", "border-left-color"],
        AnyOrder(&[&["border-left-width"], &["border-left-style"], &["border-left-color"]]);
    "border-radius", "[ <length> | <percentage> ]{1,4} [ / [ <length> | <percentage> ]{1,4} ]?",
        ["border-top-left-radius", "border-top-right-radius", "border-bottom-right-radius",
         "border-bottom-left-radius"], Own(border_radius);
    "background", "[ <background-image> || <background-position> [ / <background-size> ]? || <background-repeat> || <background-origin> || <background-clip> || <color> ]#",
        ["background-color", "background-image", "background-position", "background-size",
         "background-repeat", "background-origin", "background-clip"], Own(background);
    "flex", "none | auto | <number> <number>? || [ auto | <length> | <percentage> ]",
        ["flex-grow", "flex-shrink", "flex-basis"], Own(flex);
    "flex-flow", "<flex-direction> || <flex-wrap>", ["flex-direction", "flex-wrap"],
        AnyOrder(&[&["flex-direction"], &["flex-wrap"]]);
    "gap", "[ normal | <length> | <percentage> ]{1,2}", ["row-gap", "column-gap"], Pair;
    "place-items", "<align-items> <justify-items>?", ["align-items", "justify-items"], Pair;
    "place-content", "<align-content> <justify-content>?", ["align-content", "justify-content"], Pair;
    "place-self", "<align-self> <justify-self>?", ["align-self", "justify-self"], Pair;
    "grid-column", "<grid-line> [ / <grid-line> ]?", ["grid-column-start", "grid-column-end"],
        Own(grid_column);
    "grid-row", "<grid-line> [ / <grid-line> ]?", ["grid-row-start", "grid-row-end"], Own(grid_row);
    "grid-area", "<grid-line> [ / <grid-line> ]{0,3}",
        ["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"], Own(grid_area);
}

/// CSS Fonts 4 §2.7: what stands before the size in any order, then size, line height, families.
fn font<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    const BEFORE: [&str; 3] = ["font-style", "font-variant-caps", "font-weight"];
    let piece = |range: &Range<usize>| &text[range.clone()];
    let takes =
        |name: &str, text: &str| longhand_id(name).is_some_and(|id| read_longhand(id, text).is_ok());
    let mut pieces: Pieces<'t> = vec![];
    let size = parts.iter().position(|part| takes("font-size", piece(part)))?;
    for part in &parts[..size] {
        if piece(part).eq_ignore_ascii_case("normal") {
            continue;
        }
        let name = BEFORE
            .into_iter()
            .find(|name| pieces.iter().all(|(taken, _)| taken != name) && takes(name, piece(part)))?;
        pieces.push((name, piece(part).into()));
    }
    pieces.push(("font-size", piece(&parts[size]).into()));
    let mut rest = &parts[size + 1..];
    if let [slash, height, families @ ..] = rest
        && piece(slash) == "/"
    {
        pieces.push(("line-height", piece(height).into()));
        rest = families;
    }
    pieces.push(("font-family", text[rest.first()?.start..].into()));
    Some(pieces)
}

/// CSS Backgrounds 3 §5.2: the radii across, after a slash those down.
fn border_radius<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    const CORNERS: [&str; 4] = [
        "border-top-left-radius",
        "border-top-right-radius",
        "border-bottom-right-radius",
        "border-bottom-left-radius",
    ];
    let mut axes = parts.split(|part| &text[part.clone()] == "/").map(|axis| {
        let order = side_order(axis.len())?;
        Some(order.map(|i| &text[axis[i].clone()]))
    });
    let across = axes.next()??;
    let down = match axes.next() {
        Some(down) => down?,
        None => across,
    };
    if axes.next().is_some() {
        return None;
    }
    let corner = |i: usize| (CORNERS[i], Cow::from(format!("{} {}", across[i], down[i])));
    Some((0..4).map(corner).collect())
}

/// CSS Backgrounds 3 §2.10: layers parted by commas; the colour stands in the last.
fn background<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    const LISTS: [(&str, &str); 6] = [
        ("background-image", "none"),
        ("background-position", "0% 0%"),
        ("background-size", "auto"),
        ("background-repeat", "repeat"),
        ("background-origin", "padding-box"),
        ("background-clip", "border-box"),
    ];
    let takes =
        |name: &str, text: &str| longhand_id(name).is_some_and(|id| read_longhand(id, text).is_ok());
    let layers: Vec<&[Range<usize>]> = parts.split(|part| &text[part.clone()] == ",").collect();
    let mut color = None;
    let mut lists: [Vec<&'t str>; 6] = Default::default();
    for (index, layer) in layers.iter().enumerate() {
        let mut own: [Option<&'t str>; 6] = [None; 6];
        let mut rest = *layer;
        if rest.is_empty() {
            return None;
        }
        while let Some(first) = rest.first() {
            // The longest run of values that one of them takes.
            let run = |count: usize| rest.get(count - 1).map(|last| &text[first.start..last.end]);
            let runs =
                [(0, 1), (3, 2), (3, 1), (1, 4), (1, 3), (1, 2), (1, 1), (4, 1), (5, 1)].into_iter();
            let found = runs.into_iter().find(|&(list, count)| {
                own[list].is_none() && run(count).is_some_and(|run| takes(LISTS[list].0, run))
            });
            let Some((list, count)) = found else {
                let word = run(1)?;
                if index + 1 < layers.len() || color.is_some() || !takes("background-color", word) {
                    return None;
                }
                color = Some(word);
                rest = &rest[1..];
                continue;
            };
            own[list] = run(count);
            rest = &rest[count..];
            if list == 1
                && let [slash, sizes @ ..] = rest
                && &text[slash.clone()] == "/"
            {
                let run = |count: usize| Some(&text[sizes.first()?.start..sizes.get(count - 1)?.end]);
                let count = [2, 1]
                    .into_iter()
                    .find(|&n| run(n).is_some_and(|run| takes("background-size", run)))?;
                own[2] = run(count);
                rest = &sizes[count..];
            }
        }
        // One box alone is both (CSS Backgrounds 3 §2.10).
        own[5] = own[5].or(own[4]);
        for (list, (own, (_, initial))) in lists.iter_mut().zip(own.into_iter().zip(LISTS)) {
            list.push(own.unwrap_or(initial));
        }
    }
    let mut pieces: Pieces<'t> =
        LISTS.iter().zip(lists).map(|((name, _), list)| (*name, Cow::from(list.join(", ")))).collect();
    pieces.extend(color.map(|color| ("background-color", Cow::from(color))));
    Some(pieces)
}

/// CSS Text 4 §3.3.
fn white_space<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    let [word] = parts else { return None };
    let names = ["white-space-collapse", "text-wrap-mode"];
    let values = match &*text[word.clone()].to_ascii_lowercase() {
        "normal" => ["collapse", "wrap"],
        "nowrap" => ["collapse", "nowrap"],
        "pre" => ["preserve", "nowrap"],
        "pre-line" => ["preserve-breaks", "wrap"],
        "pre-wrap" => ["preserve", "wrap"],
        _ => return None,
    };
    Some(pieces(&names, values))
}

/// CSS Flexbox 1 §7.1.1.
fn flex<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    let words: Vec<&'t str> = parts.iter().map(|part| &text[part.clone()]).collect();
    let keyword = |word: &str| words.len() == 1 && words[0].eq_ignore_ascii_case(word);
    if keyword("none") {
        return Some(pieces(&["flex-grow", "flex-shrink", "flex-basis"], ["0", "0", "auto"]));
    }
    let is =
        |name: &str, word: &str| longhand_id(name).is_some_and(|id| read_longhand(id, word).is_ok());
    let (mut grow, mut shrink, mut basis) = (None, None, None);
    for (i, word) in words.iter().copied().enumerate() {
        let follows_grow = i > 0 && basis.is_none() || i > 1;
        if grow.is_none() && is("flex-grow", word) {
            grow = Some(word);
        } else if shrink.is_none() && follows_grow && is("flex-shrink", word) {
            shrink = Some(word);
        } else if basis.is_none() && is("flex-basis", word) {
            basis = Some(word);
        } else {
            return None;
        }
    }
    if words.is_empty() {
        return None;
    }
    let names = ["flex-grow", "flex-shrink", "flex-basis"];
    Some(pieces(&names, [grow.unwrap_or("1"), shrink.unwrap_or("1"), basis.unwrap_or("0%")]))
}

fn pieces<'t, const N: usize>(names: &[&'static str; N], texts: [&'t str; N]) -> Pieces<'t> {
    names.iter().copied().zip(texts.map(Cow::from)).collect()
}

fn grid_column<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    lines(text, parts, &["grid-column-start", "grid-column-end"])
}

fn grid_row<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    lines(text, parts, &["grid-row-start", "grid-row-end"])
}

fn grid_area<'t>(text: &'t str, parts: &[Range<usize>]) -> Option<Pieces<'t>> {
    lines(text, parts, &["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"])
}

/// Grid lines parted by slashes; a missing one is `auto`, or the name of the line opposite to it (CSS
/// Grid 2 §8.4).
fn lines<'t>(text: &'t str, parts: &[Range<usize>], names: &[&'static str]) -> Option<Pieces<'t>> {
    let lines: Vec<&[Range<usize>]> = parts.split(|part| &text[part.clone()] == "/").collect();
    if lines.len() > names.len() {
        return None;
    }
    let mut said: Vec<&'t str> = vec![];
    for line in lines {
        let (first, last) = (line.first()?, line.last()?);
        said.push(&text[first.start..last.end]);
    }
    // A name alone: neither a number nor a span.
    let is_name = |line: &str| {
        components(line).len() == 1
            && !line.eq_ignore_ascii_case("auto")
            && line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '-'))
            && line.parse::<i32>().is_err()
    };
    // Of four: row start, column start, row end, column end.
    for missing in said.len()..names.len() {
        let opposite = match (names.len(), missing) {
            (4, 1) | (2, 1) => 0,
            (4, 2) => 0,
            _ => 1,
        };
        said.push(if is_name(said[opposite]) { said[opposite] } else { "auto" });
    }
    Some(names.iter().copied().zip(said.into_iter().map(Cow::from)).collect())
}
