//! Generated content: `content`, `string-set` and counters (CSS Content 3, CSS Lists 3, CSS GCPM 3).

use std::sync::Arc;

use cssparser::{Parser, Token, match_ignore_ascii_case};

use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, integer, keyword, misfit, word};
use super::values::{Content, ContentPart, ListStyleType, StringAt};

#[derive(Clone, Debug)]
pub(super) enum Part {
    Ready(ContentPart),
    /// `attr(name)`.
    Attribute(String),
    /// `content()`: the text of the element itself.
    OwnText,
    /// `target-counter()` with its counter, or `target-text()`.
    Target(Link, Option<(String, ListStyleType)>),
}

/// What leads to an element: written out, or an attribute's value.
#[derive(Clone, Debug)]
pub(super) enum Link {
    Written(String),
    Attribute(String),
}

impl Specified for Part {
    type Computed = ContentPart;
    fn compute(&self, context: &Context<'_>) -> ContentPart {
        match self {
            Part::Ready(part) => part.clone(),
            Part::Attribute(name) => ContentPart::Text(context.attribute(name)),
            Part::OwnText => ContentPart::Text(context.own_text()),
            Part::Target(link, counter) => {
                let link = match link {
                    Link::Written(link) => link.clone(),
                    Link::Attribute(name) => context.attribute(name),
                };
                match counter.clone() {
                    Some((name, style)) => ContentPart::TargetCounter { link, name, style },
                    None => ContentPart::TargetText { link },
                }
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum ContentValue {
    Normal,
    None,
    Parts(Vec<Part>),
}

impl Specified for ContentValue {
    type Computed = Content;
    fn compute(&self, context: &Context<'_>) -> Content {
        match self {
            ContentValue::Normal => Content::Normal,
            ContentValue::None => Content::None,
            ContentValue::Parts(parts) => {
                Content::Parts(parts.iter().map(|part| part.compute(context)).collect())
            }
        }
    }
}

/// `normal | none | <part>+`.
pub(super) fn content(input: &mut Parser<'_>) -> Reads<ContentValue> {
    if word(input, "normal") {
        return Ok(ContentValue::Normal);
    }
    if word(input, "none") {
        return Ok(ContentValue::None);
    }
    Ok(ContentValue::Parts(parts(input, Setting::Content)?))
}

/// Which property the parts are for: only `string-set` knows `content()`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    Content,
    StringSet,
}

fn parts(input: &mut Parser<'_>, setting: Setting) -> Reads<Vec<Part>> {
    let mut parts = vec![];
    while !input.is_exhausted() {
        parts.push(part(input, setting)?);
    }
    if parts.is_empty() { misfit() } else { Ok(parts) }
}

fn part(input: &mut Parser<'_>, setting: Setting) -> Reads<Part> {
    match input.next()?.clone() {
        Token::QuotedString(text) => Ok(Part::Ready(ContentPart::Text(text.to_string()))),
        Token::Function(name) => match_ignore_ascii_case! { &name,
            "counter" => input.parse_nested_block(counter),
            "attr" => input.parse_nested_block(|input| {
                let name = input.expect_ident()?.to_ascii_lowercase();
                Ok(Part::Attribute(name))
            }),
            "string" => input.parse_nested_block(|input| {
                let name = input.expect_ident()?.to_string();
                let at = match input.try_parse(Parser::expect_comma) {
                    Ok(()) => keyword::<StringAt>(input)?,
                    Err(_) => StringAt::First,
                };
                Ok(Part::Ready(ContentPart::String(name, at)))
            }),
            "target-counter" if setting == Setting::Content => input.parse_nested_block(|input| {
                let link = link(input)?;
                input.expect_comma()?;
                let name = input.expect_ident()?.to_string();
                let style = counter_style(input)?;
                Ok(Part::Target(link, Some((name, style))))
            }),
            "target-text" if setting == Setting::Content => input.parse_nested_block(|input| {
                Ok(Part::Target(link(input)?, None))
            }),
            "content" if setting == Setting::StringSet => input.parse_nested_block(|input| {
                word(input, "text");
                Ok(Part::OwnText)
            }),
            _ => misfit(),
        },
        _ => misfit(),
    }
}

/// `counter(page)`, `counter(pages)` or `counter(name, style?)`.
fn counter(input: &mut Parser<'_>) -> Reads<Part> {
    let name = input.expect_ident_cloned()?;
    let style = counter_style(input)?;
    Ok(Part::Ready(match &*name {
        "page" => ContentPart::Page(style),
        "pages" => ContentPart::Pages(style),
        _ => ContentPart::Counter(name.to_string(), style),
    }))
}

/// `[ , <counter-style> ]?`.
fn counter_style(input: &mut Parser<'_>) -> Reads<ListStyleType> {
    match input.try_parse(Parser::expect_comma) {
        Ok(()) => keyword::<ListStyleType>(input),
        Err(_) => Ok(ListStyleType::Decimal),
    }
}

/// `attr(<name>)`, `"#id"` or `url("#id")`: what leads to an element of the document.
fn link(input: &mut Parser<'_>) -> Reads<Link> {
    if input.try_parse(|input| input.expect_function_matching("attr")).is_ok() {
        return input.parse_nested_block(|input| {
            let name = input.expect_ident()?.to_ascii_lowercase();
            // `attr(href url)`, as CSS Values 4 had it.
            word(input, "url");
            Ok(Link::Attribute(name))
        });
    }
    let start = here(input);
    let link = input.expect_url_or_string()?.to_string();
    if !link.starts_with('#') {
        return fail(input, start, "expected the id of an element after a `#`, or attr(href)");
    }
    Ok(Link::Written(link))
}

/// `none | [ <name> <part>+ ]#`.
#[derive(Clone, Debug)]
pub(super) struct Strings(Vec<(Arc<str>, Vec<Part>)>);

impl Specified for Strings {
    type Computed = Vec<(Arc<str>, Vec<ContentPart>)>;
    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        let all = |parts: &[Part]| parts.iter().map(|part| part.compute(context)).collect();
        self.0.iter().map(|(name, parts)| (name.clone(), all(parts))).collect()
    }
}

pub(super) fn string_set(input: &mut Parser<'_>) -> Reads<Strings> {
    if word(input, "none") {
        return Ok(Strings(vec![]));
    }
    let strings = input.parse_comma_separated(|input| -> Reads<_> {
        let name: Arc<str> = Arc::from(&**input.expect_ident()?);
        Ok((name, parts(input, Setting::StringSet)?))
    })?;
    Ok(Strings(strings))
}

#[derive(Clone, Debug)]
pub(super) struct Counters(Vec<(Arc<str>, i32)>);

impl Specified for Counters {
    type Computed = Vec<(Arc<str>, i32)>;
    fn compute(&self, _: &Context<'_>) -> Vec<(Arc<str>, i32)> {
        self.0.clone()
    }
}

pub(super) fn counter_reset(input: &mut Parser<'_>) -> Reads<Counters> {
    counters(input, 0)
}

pub(super) fn counter_increment(input: &mut Parser<'_>) -> Reads<Counters> {
    counters(input, 1)
}

/// `none | [ <name> <integer>? ]+`.
fn counters(input: &mut Parser<'_>, default: i32) -> Reads<Counters> {
    const MOST: i32 = 1_000_000;
    if word(input, "none") {
        return Ok(Counters(vec![]));
    }
    let mut counters = vec![];
    while !input.is_exhausted() {
        let start = here(input);
        let name: Arc<str> = Arc::from(&**input.expect_ident()?);
        if matches!(&*name, "page" | "pages") {
            return fail(input, start, format!("the counter `{name}` is set by the program"));
        }
        let before = input.state();
        let numbered = matches!(input.next(), Ok(Token::Number { .. }));
        input.reset(&before);
        let value = if numbered { integer(input, -MOST..=MOST)? } else { default };
        counters.push((name, value));
    }
    if counters.is_empty() { misfit() } else { Ok(Counters(counters)) }
}
