//! Messages for what is outside the subset: what was found, what is expected, what to use instead.

use std::ops::Range;

use cssparser::color::all_named_colors;
use cssparser::{Parser, Token};

use super::property::{Property, Standing};
use super::reader::{Fault, Reads, components, opens_block};
use crate::diagnostic::nearest;

/// Properties of CSS that one might reach for, and what does their work here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("float", "set boxes side by side with `display: flex` or `display: grid`"),
    ("clear", "there are no floats; set boxes side by side with `display: flex` or `display: grid`"),
    ("box-shadow", "mark a box by a border or a background colour"),
    ("text-shadow", "mark text by its colour or weight"),
    ("filter", "mix colours with `color-mix()` or use `opacity`"),
    ("backdrop-filter", "mix colours with `color-mix()` or use `opacity`"),
    ("mix-blend-mode", "mix colours with `color-mix()` or use `opacity`"),
    ("rotate", "use `transform: rotate(…)`"),
    ("translate", "use `transform: translate(…)`"),
    ("scale", "use `transform: scale(…)`"),
    ("perspective", "a page is flat"),
    ("transition", "a page does not move"),
    ("animation", "a page does not move"),
    ("cursor", "a page is not pointed at"),
    ("pointer-events", "a page is not pointed at"),
    ("user-select", "text of a PDF can always be selected"),
    ("scroll-behavior", "a page does not scroll"),
    ("outline", "use `border`"),
    ("columns", "use `display: grid` with `grid-template-columns`"),
    ("column-count", "use `display: grid` with `grid-template-columns`"),
    ("column-width", "use `display: grid` with `grid-template-columns`"),
    ("grid", "use `grid-template-columns`, `grid-template-rows` and `grid-template-areas`"),
    ("grid-template", "use `grid-template-columns`, `grid-template-rows` and `grid-template-areas`"),
    ("grid-gap", "use `gap`"),
    ("grid-row-gap", "use `row-gap`"),
    ("grid-column-gap", "use `column-gap`"),
    ("page-break-before", "use `break-before`"),
    ("page-break-after", "use `break-after`"),
    ("page-break-inside", "use `break-inside`"),
    ("word-wrap", "use `overflow-wrap`"),
    ("word-break", "use `overflow-wrap` or `hyphens`"),
    ("text-justify", "use `text-align: justify`"),
    ("text-align-last", "use `text-align`"),
    ("text-overflow", "use `overflow-wrap` or `hyphens`"),
    ("text-decoration-style", "decoration lines are solid"),
    ("font-variant-position", "use `vertical-align: super` and a smaller `font-size`"),
    ("font-stretch", "name a condensed family in `font-family`"),
    ("font-synthesis", "small capitals are made where a face has none; no weight or slant is"),
    ("font-smooth", "a PDF's text is drawn by its reader"),
    ("font-variation-settings", "use `font-weight`"),
    ("list-style-image", "use `content` on `::marker`"),
    ("quotes", "write the quotation marks in the text"),
    ("overflow-x", "use `overflow`"),
    ("overflow-y", "use `overflow`"),
    ("direction", "text runs from left to right"),
    ("writing-mode", "text runs from left to right"),
    ("all", "reset the properties one by one"),
    ("zoom", "use `font-size` and `width`"),
    ("border-image", "use `border` or a background"),
    ("background-attachment", "a page does not scroll"),
    ("background-blend-mode", "mix colours with `color-mix()` or use `opacity`"),
    ("clip-path", "use `overflow: hidden` with `border-radius`, or an SVG picture"),
    ("mask", "use `overflow: hidden` with `border-radius`, or an SVG picture"),
    ("mask-image", "use `overflow: hidden` with `border-radius`, or an SVG picture"),
    ("inline-size", "use `width`"),
    ("block-size", "use `height`"),
    ("margin-inline-start", "use `margin-left`"),
    ("margin-inline-end", "use `margin-right`"),
    ("margin-block-start", "use `margin-top`"),
    ("margin-block-end", "use `margin-bottom`"),
    ("padding-inline-start", "use `padding-left`"),
    ("padding-inline-end", "use `padding-right`"),
    ("padding-block-start", "use `padding-top`"),
    ("padding-block-end", "use `padding-bottom`"),
];

/// Values outside the subset, and what to use instead.
const OTHER_VALUES: &[(&str, &str, &str)] = &[
    ("display", "contents", "leave the element out, or give it a display of its own"),
    ("display", "inline-table", "use `table`"),
    ("display", "flow-root", "use `block`, with padding to keep margins in"),
    ("position", "fixed", "what every page repeats goes into the margin boxes of `@page`"),
    ("position", "sticky", "a page does not scroll"),
    ("overflow", "auto", "a page does not scroll: use `hidden` or `visible`"),
    ("overflow", "scroll", "a page does not scroll: use `hidden` or `visible`"),
    ("overflow", "clip", "use `hidden`"),
    ("background-clip", "text", "colour the text itself, or set the word as an SVG picture"),
    ("background-clip", "border-area", "use `border-color`"),
    ("text-decoration", "wavy", "decoration lines are solid"),
    ("text-decoration", "dotted", "decoration lines are solid"),
    ("text-decoration", "dashed", "decoration lines are solid"),
    ("text-decoration", "double", "decoration lines are solid"),
    ("font-style", "oblique", "use `italic`"),
    ("break-before", "always", "use `page`"),
    ("break-after", "always", "use `page`"),
    ("break-before", "avoid-page", "use `avoid`"),
    ("break-after", "avoid-page", "use `avoid`"),
    ("break-inside", "avoid-page", "use `avoid`"),
];

/// A property that may not stand there: unknown, or known to CSS only, or of another place.
pub(super) fn unknown_property(name: &str, span: Range<usize>, standing: Standing) -> Fault {
    let place = match standing {
        Standing::Element => "",
        Standing::MarginBox => " in a page-margin box",
        Standing::Page => " in @page",
    };
    let fault = Fault::new(span, format!("property `{name}` is not supported{place}"));
    let other = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-'));
    let exact = ELSEWHERE.iter().find(|(known, _)| *known == name);
    let known = exact.or_else(|| ELSEWHERE.iter().find(|(known, _)| other(known)));
    if standing == Standing::Element && Property::named(name).is_some() {
        return fault.hint(format!("`{name}` belongs in an @page rule"));
    }
    if Property::named(name).is_some() {
        return fault.hint("it belongs in a rule for elements");
    }
    if let Some((_, instead)) = known.filter(|(exact, _)| *exact == name).or_else(|| {
        // `transition-duration` and the like share the answer for `transition`.
        known.filter(|(family, _)| {
            matches!(*family, "transition" | "animation" | "outline" | "border-image")
        })
    }) {
        return fault.hint(*instead);
    }
    if let Some(standard) = unprefixed(name) {
        return match Property::named(standard) {
            Some(_) => fault.hint(format!("use `{standard}`")),
            None => fault.hint("prefixed properties belong to one browser"),
        };
    }
    if name.starts_with('-') {
        return fault.hint("a custom property begins with two hyphens");
    }
    match nearest(name, Property::names(standing)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault,
    }
}

fn unprefixed(name: &str) -> Option<&str> {
    ["-webkit-", "-moz-", "-ms-", "-o-", "-prince-", "-weasy-"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
}

/// A value that does not fit its property: points at the token that is most likely meant.
pub(super) fn misfit(property: Property, text: &str, span: Range<usize>) -> Fault {
    let expected = expected(property);
    if text.is_empty() {
        return Fault::new(0..0, format!("`{}` has no value: {expected}", property.name()));
    }
    if let Some(fault) = missing_semicolon(text) {
        return fault;
    }
    let mut suspects = Suspects { property, found: None };
    let mut input = Parser::new(text);
    // The scan itself cannot fail.
    let _: Reads<()> = suspects.scan(&mut input);
    if let Some(fault) = suspects.found {
        return fault;
    }
    let found = &text[span.clone()];
    let fault =
        Fault::new(span, format!("`{found}` is not a value of `{}`: {expected}", property.name()));
    match decimal_comma(text) {
        Some(number) => fault.hint(format!("a number's decimals follow a point: {number}")),
        None => fault,
    }
}

/// `1,5`: as a French hand writes it. The number as CSS has it.
fn decimal_comma(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',').filter(|_| !text.contains('('))?;
    let whole = &whole[whole.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1)..];
    let end = decimals.find(|c: char| !c.is_ascii_digit()).unwrap_or(decimals.len());
    (!whole.is_empty() && end > 0).then(|| format!("{whole}.{}", &decimals[..end]))
}

fn expected(property: Property) -> String {
    match property.accepts() {
        "<color>" => "expected a name, #rrggbb, rgb(), hsl(), color-mix() or currentcolor".to_owned(),
        grammar => format!("expected {grammar}"),
    }
}

/// `red margin: 0`: the next declaration was read as part of the value.
fn missing_semicolon(text: &str) -> Option<Fault> {
    let parts = components(text);
    let pair = parts.windows(2).find(|pair| &text[pair[1].clone()] == ":")?;
    let name = &text[pair[0].clone()];
    Some(Fault::new(pair[0].clone(), format!("`:` in a value: is a `;` missing before `{name}`?")))
}

/// Looks through a refused value for the first token that no value of the property can hold.
struct Suspects {
    property: Property,
    found: Option<Fault>,
}

impl Suspects {
    fn scan(&mut self, input: &mut Parser<'_>) -> Reads<()> {
        while self.found.is_none() {
            input.skip_whitespace();
            let start = input.position().byte_index();
            let Ok(token) = input.next() else { return Ok(()) };
            let token = token.clone();
            let span = start..input.position().byte_index();
            self.found = self.suspect(&token, span);
            if opens_block(&token) && self.found.is_none() {
                input.parse_nested_block(|input| self.scan(input))?;
            }
        }
        // What is left is not looked at.
        while input.next().is_ok() {}
        Ok(())
    }

    fn suspect(&self, token: &Token<'_>, span: Range<usize>) -> Option<Fault> {
        let name = self.property.name();
        let accepts = self.property.accepts();
        let expected = expected(self.property);
        match token {
            Token::BadString(_) => Some(Fault::new(
                span,
                "a string that does not end on its line: its quotation mark is missing",
            )),
            Token::BadUrl(_) => {
                Some(Fault::new(span, "a url() that is not closed or holds a quotation mark"))
            }
            Token::UnquotedUrl(url) => self.url(url, span),
            Token::Function(function) if function.eq_ignore_ascii_case("url") => self.url("…", span),
            Token::Hash(hash) | Token::IDHash(hash)
                if self.takes("<color>")
                    && !(matches!(hash.len(), 3 | 4 | 6 | 8)
                        && hash.bytes().all(|b| b.is_ascii_hexdigit())) =>
            {
                Some(Fault::new(
                    span,
                    format!("#{hash} is not a colour: expected 3, 4, 6 or 8 hexadecimal digits"),
                ))
            }
            Token::Delim('!') => {
                Some(Fault::new(span, "`!` stands only before `important`, at the end"))
            }
            Token::Dimension { unit, .. } => {
                let known = UNITS.iter().any(|known| known.eq_ignore_ascii_case(unit));
                let flex = unit.eq_ignore_ascii_case("fr") && accepts.contains("<flex>");
                let angle = is_angle(unit) && accepts.contains("<angle>");
                if known || flex || angle {
                    return None;
                }
                let fault =
                    Fault::new(span, format!("unit `{unit}` is not supported in `{name}`: {expected}"));
                Some(fault.hint(unit_hint(unit)))
            }
            Token::Function(function) => {
                let lower = function.to_ascii_lowercase();
                if accepts.contains(&format!("{lower}("))
                    || self.longhand_function(&lower)
                    || self.generic_function(&lower)
                {
                    return None;
                }
                let fault =
                    Fault::new(span, format!("`{lower}()` is not supported in `{name}`: {expected}"));
                Some(match function_hint(&lower) {
                    Some(hint) => fault.hint(hint),
                    None => fault,
                })
            }
            Token::Ident(word) => {
                let word = word.to_ascii_lowercase();
                let words = self.words();
                if words.iter().any(|known| *known == word) || accepts.contains("name>") {
                    return None;
                }
                let fault = Fault::new(span, format!("`{word}` is not a value of `{name}`: {expected}"));
                let instead = OTHER_VALUES.iter().find(|(of, value, _)| *of == name && *value == word);
                Some(match (instead, nearest(&word, words)) {
                    (Some((_, _, hint)), _) => fault.hint(*hint),
                    (None, Some(near)) => fault.hint(format!("did you mean `{near}`?")),
                    (None, None) if matches!(&*word, "revert" | "revert-layer") => {
                        fault.hint("use `initial`, `inherit` or `unset`")
                    }
                    (None, None) => fault,
                })
            }
            _ => None,
        }
    }

    fn url(&self, url: &str, span: Range<usize>) -> Option<Fault> {
        let takes = self.property.longhands().iter().any(|id| id.longhand().accepts.contains("url("));
        if takes && !is_remote(url) {
            return None;
        }
        let hint = "set a picture with `<img>` in the layout";
        if is_remote(url) {
            let message = format!("`{url}` is remote: nothing is fetched while a page is made");
            return Some(Fault::new(span, message).hint("put the picture beside the sheet"));
        }
        let message = format!("`url()` is not supported in `{}`", self.property.name());
        Some(Fault::new(span, message).hint(hint))
    }

    /// The keywords that may stand in a value: those of the grammar, those of the longhands that it
    /// names, and colours.
    fn words(&self) -> Vec<&'static str> {
        let mut grammars = vec![self.property.accepts()];
        grammars.extend(self.property.longhands().iter().map(|id| id.longhand().accepts));
        let mut words: Vec<&str> = grammars.iter().flat_map(|grammar| grammar_words(grammar)).collect();
        if grammars.iter().any(|grammar| grammar.contains("<color>")) {
            words.extend(["currentcolor", "transparent"]);
            words.extend(all_named_colors().map(|(name, _)| name));
        }
        words
    }

    /// A function that a longhand of a shorthand takes.
    fn longhand_function(&self, name: &str) -> bool {
        let call = format!("{name}(");
        self.property.longhands().iter().any(|id| id.longhand().accepts.contains(&call))
    }

    /// Whether the property, or a longhand of it, takes a kind of value.
    fn takes(&self, kind: &str) -> bool {
        let own = self.property.accepts().contains(kind);
        own || self.property.longhands().iter().any(|id| id.longhand().accepts.contains(kind))
    }

    fn generic_function(&self, name: &str) -> bool {
        let takes = |kind: &str| self.takes(kind);
        match name {
            "calc" | "min" | "max" | "clamp" => {
                ["<length>", "<number>", "<percentage>"].into_iter().any(takes)
            }
            "rgb" | "rgba" | "hsl" | "hsla" | "color-mix" => takes("<color>"),
            _ => false,
        }
    }
}

/// The keywords that a grammar spells out.
fn grammar_words(grammar: &'static str) -> impl Iterator<Item = &'static str> {
    grammar
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '<' | '>')))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

pub(super) const UNITS: [&str; 8] = ["mm", "cm", "in", "pt", "pc", "px", "em", "rem"];

fn is_angle(unit: &str) -> bool {
    ["deg", "grad", "rad", "turn"].iter().any(|known| known.eq_ignore_ascii_case(unit))
}

fn unit_hint(unit: &str) -> String {
    let lower = unit.to_ascii_lowercase();
    match lower.as_str() {
        "vw" | "vh" | "vmin" | "vmax" | "svh" | "dvh" | "lvh" => {
            "a page is not a window: use mm or %".to_owned()
        }
        "ch" | "ex" | "cap" | "ic" => "use em".to_owned(),
        "lh" | "rlh" => "use em and `line-height`".to_owned(),
        "q" => "use mm: 1Q is 0.25mm".to_owned(),
        _ => format!("lengths are written in {}", UNITS.join(", ")),
    }
}

fn function_hint(name: &str) -> Option<&'static str> {
    Some(match name {
        "hwb" | "lab" | "lch" | "oklab" | "oklch" | "color" => {
            "write the colour in hexadecimal, rgb() or hsl(), or mix it with color-mix(in srgb, …)"
        }
        "env" => "use var()",
        "counters" => "use counter()",
        "conic-gradient" | "repeating-conic-gradient" => {
            "use linear-gradient() or radial-gradient(), or an SVG picture"
        }
        "image-set" => "use url() with one picture",
        "matrix" | "skew" | "skewx" | "skewy" => "use rotate(), translate() and scale()",
        "rotatex" | "rotatey" | "rotatez" | "rotate3d" | "translate3d" | "scale3d" | "perspective" => {
            "a page is flat: use rotate(), translate() and scale()"
        }
        _ => return None,
    })
}

/// A URL with a scheme or a host: nothing but files of the workspace is read.
pub(super) fn is_remote(url: &str) -> bool {
    let scheme_end = url.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    url.starts_with("//") || scheme_end.is_some_and(|end| end > 1 && url[end..].starts_with(':'))
}
