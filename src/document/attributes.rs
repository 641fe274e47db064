//! Where the attributes of an HTML tag stand in the template that says it.

use std::ops::Range;

use crate::diagnostic::Place;

/// The name of an attribute, by the place of its tag (its `<` and name): the tag's own place where it is not
/// written there, since what is made from Markdown has the place of the element around it.
pub fn name_place(tag: &Place, name: &str) -> Place {
    within(tag, find(tag, name).map(|attribute| attribute.name))
}

/// The value of an attribute without its quotes, or its name where it has no value; else as [`name_place`].
pub fn value_place(tag: &Place, name: &str) -> Place {
    let found = find(tag, name).map(|attribute| match attribute.value.is_empty() {
        true => attribute.name,
        false => attribute.value,
    });
    within(tag, found)
}

/// The value of an attribute that is no layout's filling: as the template writes it, with its place. None
/// for one with `{{…}}`, or that is not written there.
pub fn literal(tag: &Place, name: &str) -> Option<(String, Place)> {
    let value = find(tag, name)?.value;
    let text = &tag.source.text[value.clone()];
    (!text.is_empty() && !text.contains("{{") && !text.contains('&'))
        .then(|| (text.to_owned(), Place::new(&tag.source, value)))
}

/// The second of two attributes of one name; the tag's own place where there are none.
pub fn repeated_place(tag: &Place) -> Place {
    let text = &tag.source.text;
    let mut seen: Vec<String> = vec![];
    let again = of(tag).find(|attribute| {
        let name = text[attribute.name.clone()].to_ascii_lowercase();
        let known = seen.contains(&name);
        seen.push(name);
        known
    });
    within(tag, again.map(|attribute| attribute.name))
}

struct Attribute {
    name: Range<usize>,
    /// Without quotes; empty where there is none.
    value: Range<usize>,
}

fn within(tag: &Place, found: Option<Range<usize>>) -> Place {
    found.map_or_else(|| tag.clone(), |range| Place::new(&tag.source, range))
}

fn find(tag: &Place, name: &str) -> Option<Attribute> {
    of(tag).find(|attribute| tag.source.text[attribute.name.clone()].eq_ignore_ascii_case(name))
}

/// The attributes of a tag in their order, those in all branches of its blocks included.
fn of(tag: &Place) -> impl Iterator<Item = Attribute> {
    let text = tag.source.text.as_str();
    let is_tag = text.get(tag.span.clone()).is_some_and(|written| written.starts_with('<'));
    let mut at = if is_tag { tag.span.end } else { text.len() };
    std::iter::from_fn(move || {
        let attribute = next(text, at)?;
        at = attribute.value.end.max(attribute.name.end);
        // the closing quote
        at += usize::from(text[at..].starts_with(['"', '\'']));
        Some(attribute)
    })
}

fn next(text: &str, mut at: usize) -> Option<Attribute> {
    let spaces = |at: usize| text.len() - text[at..].trim_start_matches([' ', '\t', '\n', '\r']).len();
    loop {
        at = spaces(at);
        match text[at..].chars().next()? {
            '>' => return None,
            '/' => at += 1,
            _ if text[at..].starts_with("{{") => at = after_expression(text, at),
            _ => break,
        }
    }
    let first = text[at..].chars().next()?.len_utf8();
    let length = text[at + first..].find([' ', '\t', '\n', '\r', '=', '/', '>', '{'])?;
    let name = at..at + first + length;
    let equals = spaces(name.end);
    if !text[equals..].starts_with('=') {
        return Some(Attribute { value: name.end..name.end, name });
    }
    let start = spaces(equals + 1);
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let start = start + usize::from(quote.is_some());
    let mut end = start;
    loop {
        let c = text[end..].chars().next()?;
        match quote {
            _ if text[end..].starts_with("{{") => end = after_expression(text, end),
            Some(quote) if c == quote => break,
            None if c.is_ascii_whitespace() || c == '>' => break,
            _ => end += c.len_utf8(),
        }
    }
    Some(Attribute { name, value: start..end })
}

/// Behind the `}}` of the expression that begins here.
fn after_expression(text: &str, at: usize) -> usize {
    text[at..].find("}}").map_or(text.len(), |length| at + length + 2)
}
