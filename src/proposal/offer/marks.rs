//! What Obsidian and Dataview write beside a text, found and taken out before Markdown is read:
//! `%%comments%%`, `#tags`, `^ids` and `[name:: value]`.
//!
//! Markdown's own grammar is asked first what is code, a link or raw HTML: in those nothing is a mark.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::cut::Cut;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::proposal::markdown;

/// The text of a note below its front matter, without comments and marks.
pub(super) struct Body {
    source: Arc<Source>,
    /// Where it begins in the source.
    start: usize,
    /// In the note's order.
    pub marks: Vec<Mark>,
    comments: Cut,
    cut: Cut,
}

pub(super) struct Mark {
    pub kind: MarkKind,
    /// Where it stood in [`Body::text`].
    pub at: usize,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// Without `#`.
    Tag(String),
    /// Without `^`.
    Id(String),
    /// Name in lower case, value trimmed.
    Field(String, String),
}

impl Body {
    /// Reads the marks of `source` from byte `start` on. None, after an error, where the text nests too
    /// deep to be read.
    pub fn read(source: &Arc<Source>, start: usize, found: &mut Vec<Diagnostic>) -> Option<Body> {
        let text = &source.text[start..];
        let origin = |range: Range<usize>| Place::new(source, start + range.start..start + range.end);
        let inside = opaque(text).map_err(|deep| found.push(too_deep(origin(deep.at..deep.at)))).ok()?;
        let comments = comments(text, &inside, |range, fault| found.push(fault.at(origin(range))));
        let comments = Cut::new(text, &comments);
        let origin = |range: Range<usize>| origin(comments.origin(range));
        let inside = opaque(&comments.text)
            .map_err(|deep| found.push(too_deep(origin(deep.at..deep.at))))
            .ok()?;
        let marks = Scanner::new(&comments.text, &inside).scan();
        for range in marks.almost_ids {
            let written = &comments.text[range.clone()];
            let message = format!(
                "`{written}` is printed: an id has letters without accents, digits and hyphens only"
            );
            found.push(Diagnostic::warning(message).at(origin(range)));
        }
        let pieces: Vec<_> = marks.marks.iter().map(|mark| mark.piece.clone()).collect();
        let cut = Cut::new(&comments.text, &pieces);
        let marks = (marks.marks.into_iter().zip(&cut.points))
            .map(|(mark, at)| Mark { kind: mark.kind, at: *at, place: origin(mark.written) })
            .collect();
        Some(Body { source: source.clone(), start, marks, comments, cut })
    }

    /// Plain CommonMark.
    pub fn text(&self) -> &str {
        &self.cut.text
    }

    /// Where a range of [`Body::text`] was written.
    pub fn place(&self, range: Range<usize>) -> Place {
        let range = self.comments.origin(self.cut.origin(range));
        Place::new(&self.source, self.start + range.start..self.start + range.end)
    }
}

/// The error about a text, or what is left of it, that nests too deep.
pub(super) fn too_deep(place: Place) -> Diagnostic {
    let message = format!("lists, quotes and emphasis nest deeper than {} levels", markdown::MAX_DEPTH);
    Diagnostic::error(message).at(place)
}

/// Code, links, pictures and raw HTML, ascending.
fn opaque(text: &str) -> Result<Vec<Range<usize>>, markdown::TooDeep> {
    let mut ranges: Vec<Range<usize>> = markdown::parse(text)?
        .into_iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Code(_)
                    | Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })
            )
        })
        .map(|(_, range)| range)
        .collect();
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    ranges.dedup_by(|inner, outer| inner.end <= outer.end);
    Ok(ranges)
}

/// `%%…%%`, over as many lines as it takes, with the space that would stay behind.
fn comments(
    text: &str,
    opaque: &[Range<usize>],
    mut report: impl FnMut(Range<usize>, Diagnostic),
) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut line) = (0, 0);
    while let Some(open) = text[from..].find("%%").map(|at| from + at) {
        if let Some(inside) = opaque_at(opaque, open) {
            from = inside.end.max(open + 1);
            continue;
        }
        let Some(length) = text[open + 2..].find("%%") else {
            report(
                open..open + 2,
                Diagnostic::error("the comment opened here is never closed").hint("end it with `%%`"),
            );
            break;
        };
        let close = open + 2 + length + 2;
        line = text[from..open].rfind('\n').map_or(line, |at| from + at + 1);
        let piece = piece(text, line, open..close);
        from = piece.end;
        ranges.push(piece);
    }
    ranges
}

fn opaque_at(opaque: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = opaque.partition_point(|range| range.end <= at);
    opaque.get(next).filter(|range| range.start <= at)
}

/// A mark together with the space that would be left double, or before a full stop, without it. `line` is
/// where its line begins.
fn piece(text: &str, line: usize, written: Range<usize>) -> Range<usize> {
    let blank = |c: char| matches!(c, ' ' | '\t');
    let (before, after) = (&text[line..written.start], &text[written.end..]);
    // `**#tag**` would leave four stars.
    let stars = before.len() - before.trim_end_matches('*').len();
    if stars > 0 && after.starts_with(&"*".repeat(stars)) {
        return piece(text, line, written.start - stars..written.end + stars);
    }
    let next = after.trim_start_matches(blank);
    let spaces = after.len() - next.len();
    if spaces > 0 && !next.is_empty() && !next.starts_with('\n') {
        return written.start..written.end + spaces;
    }
    // At the end of a line, or before a sign: the space before goes, but never the one that makes a list
    // marker or an indentation.
    let words = before.trim_end_matches(blank);
    if words.chars().any(char::is_alphabetic) {
        return line + words.len()..written.end;
    }
    written
}

struct Found {
    marks: Vec<Candidate>,
    /// `^été`: meant for an id, but none in Obsidian's grammar.
    almost_ids: Vec<Range<usize>>,
}

struct Candidate {
    kind: MarkKind,
    written: Range<usize>,
    /// What is taken out.
    piece: Range<usize>,
}

/// What stands before a character, as far as marks want to know it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// White space, the beginning of a line, or the opening of an emphasis there.
    Gap,
    Tag,
    Word,
}

struct Scanner<'a> {
    text: &'a str,
    opaque: &'a [Range<usize>],
    found: Found,
    /// Where the current line begins.
    line: usize,
    /// Up to here, text is known to be followed by words on its line, or by marks only.
    followed: (usize, Followed),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Followed {
    ByWords,
    ByMarks,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, opaque: &'a [Range<usize>]) -> Scanner<'a> {
        let found = Found { marks: vec![], almost_ids: vec![] };
        Scanner { text, opaque, found, line: 0, followed: (0, Followed::ByWords) }
    }

    fn scan(mut self) -> Found {
        let mut at = 0;
        let mut before = Before::Gap;
        while let Some(c) = self.text[at..].chars().next() {
            if c == '\n' {
                self.line = at + 1;
            }
            (at, before) = match opaque_at(self.opaque, at) {
                Some(inside) => (inside.end.max(at + c.len_utf8()), Before::Word),
                None => self.step(at, c, before),
            };
        }
        self.found
    }

    /// Reads a mark or a character at `at`; gives the offset after it, and what it was.
    fn step(&mut self, at: usize, c: char, before: Before) -> (usize, Before) {
        let rest = &self.text[at..];
        match c {
            '\\' => {
                let escaped = rest[1..].chars().next().filter(char::is_ascii_punctuation);
                return (at + 1 + escaped.map_or(0, char::len_utf8), Before::Word);
            }
            '#' if before != Before::Word => {
                if let Some(name) = tag(rest) {
                    return (self.mark(MarkKind::Tag(name.to_owned()), at, 1 + name.len()), Before::Tag);
                }
            }
            '[' | '(' => {
                if let Some((name, value, length)) = field(rest) {
                    let kind = MarkKind::Field(name.trim().to_lowercase(), value.trim().to_owned());
                    return (self.mark(kind, at, length), Before::Gap);
                }
            }
            '^' if before == Before::Gap => {
                if let Some(name) = id(rest)
                    && self.followed(at) == Followed::ByMarks
                {
                    if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                        return (
                            self.mark(MarkKind::Id(name.to_owned()), at, 1 + name.len()),
                            Before::Gap,
                        );
                    }
                    self.found.almost_ids.push(at..at + 1 + name.len());
                }
            }
            '*' | '~' | '=' if before != Before::Word => return (at + 1, before),
            _ if c.is_whitespace() => return (at + c.len_utf8(), Before::Gap),
            _ => {}
        }
        (at + c.len_utf8(), Before::Word)
    }

    fn mark(&mut self, kind: MarkKind, at: usize, length: usize) -> usize {
        let written = at..at + length;
        let mut piece = piece(self.text, self.line, written.clone());
        // The space between two marks leaves with the first.
        let taken = self.found.marks.last().map_or(0, |mark| mark.piece.end);
        piece.start = piece.start.max(taken);
        piece.end = piece.end.max(piece.start);
        self.found.marks.push(Candidate { kind, written: written.clone(), piece });
        written.end
    }

    /// What the rest of the line holds, from a `^` on: an id stands at its end, where only other marks may
    /// follow.
    fn followed(&mut self, at: usize) -> Followed {
        if at < self.followed.0 {
            return self.followed.1;
        }
        let mut end = at;
        let by = loop {
            let rest = &self.text[end..];
            let Some(c) = rest.chars().next().filter(|c| *c != '\n') else { break Followed::ByMarks };
            let length = match c {
                '#' => tag(rest).map(|name| 1 + name.len()),
                '[' | '(' => field(rest).map(|(_, _, length)| length),
                '^' => id(rest).map(|name| 1 + name.len()),
                _ if c.is_whitespace() => Some(c.len_utf8()),
                _ => None,
            };
            match length {
                Some(length) => end += length,
                None => break Followed::ByWords,
            }
        };
        self.followed = (end, by);
        by
    }
}

/// The tag at the `#` that begins `text`, without it: Obsidian's own pattern, which takes any sign but
/// white space and punctuation, and wants one that is no digit.
fn tag(text: &str) -> Option<&str> {
    let outside = |c: char| {
        c.is_whitespace()
            || (c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '/'))
            || matches!(c, '\u{2000}'..='\u{206F}' | '\u{2E00}'..='\u{2E7F}' | '«' | '»' | '\u{A0}')
    };
    let name = &text[1..];
    let name = &name[..name.find(outside).unwrap_or(name.len())];
    let name = name.trim_end_matches('/');
    (name.chars().any(|c| !c.is_ascii_digit() && c != '/')).then_some(name)
}

/// The id at the `^` that begins `text`, without it; its letters may still be wrong ones.
fn id(text: &str) -> Option<&str> {
    let name = &text[1..];
    let name = &name[..name.find(char::is_whitespace).unwrap_or(name.len())];
    name.contains(char::is_alphanumeric).then_some(name)
}

/// Dataview's inline field at the bracket that begins `text`: its name, its value and its length.
fn field(text: &str) -> Option<(&str, &str, usize)> {
    let (open, close) = if text.starts_with('[') { ('[', ']') } else { ('(', ')') };
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ' ');
    let name = &text[1..];
    let name = &name[..name.find(|c| !in_name(c))?];
    let value = text[1 + name.len()..].strip_prefix("::")?;
    if !name.contains(char::is_alphanumeric) {
        return None;
    }
    let mut depth = 1;
    for (at, c) in value.char_indices().take_while(|(at, c)| *c != '\n' && *at <= LONGEST_VALUE) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
        if depth == 0 {
            let length = 1 + name.len() + 2 + at + 1;
            return Some((name, &value[..at], length));
        }
    }
    None
}

/// In bytes; what is longer is a sentence in brackets.
const LONGEST_VALUE: usize = 1000;

#[cfg(test)]
mod tests {
    use super::{Body, MarkKind};
    use crate::diagnostic::Source;

    /// What is left of a text, and its marks, one a word.
    fn read(text: &str) -> (String, String) {
        let body = Body::read(&Source::new("a.md", text), 0, &mut vec![]).expect("not deep");
        let marks: Vec<String> = (body.marks.iter())
            .map(|mark| match &mark.kind {
                MarkKind::Tag(name) => format!("#{name}"),
                MarkKind::Id(name) => format!("^{name}"),
                MarkKind::Field(name, value) => format!("{name}={value}"),
            })
            .collect();
        (body.text().trim_end().to_owned(), marks.join(" "))
    }

    #[test]
    fn marks_are_found_and_taken_out() {
        for (text, rest, marks) in [
            // Obsidian's tags
            ("un #a deux", "un deux", "#a"),
            ("un #a, deux #b.", "un, deux.", "#a #b"),
            ("#a un", "un", "#a"),
            ("- #a", "-", "#a"),
            ("- #a un", "- un", "#a"),
            ("#a#b un", "un", "#a #b"),
            ("un **#a**", "un", "#a"),
            ("**un** #a", "**un**", "#a"),
            ("#e-santé/été_2 x", "x", "#e-santé/été_2"),
            ("#1 #12 #y12", "#1 #12", "#y12"),
            ("C# F#x a#b (#c)", "C# F#x a#b (#c)", ""),
            (r"\#a et &#35;b", r"\#a et &#35;b", ""),
            (
                "https://a.example/#b `#c` [#d](https://a.example)",
                "https://a.example/#b `#c` [#d](https://a.example)",
                "",
            ),
            ("    #code", "    #code", ""),
            // its block ids
            ("un ^a-1", "un", "^a-1"),
            ("un ^a #b [weight:: 2]", "un", "^a #b weight=2"),
            ("un #b ^a", "un", "#b ^a"),
            ("un ^a deux", "un ^a deux", ""),
            ("un^a 2^3", "un^a 2^3", ""),
            ("un\n^a", "un", "^a"),
            ("un ^a ^b", "un", "^a ^b"),
            // Dataview's inline fields
            ("un [weight:: 2] deux", "un deux", "weight=2"),
            ("un (Weight::2)", "un", "weight=2"),
            ("[requires:: #a] un", "un", "requires=#a"),
            ("un [note:: [[Nova]] **b**]", "un", "note=[[Nova]] **b**"),
            (r"un \[weight:: 2\]", r"un \[weight:: 2\]", ""),
            (
                "[a::b](https://a.example) [:: x] [std: x]",
                "[a::b](https://a.example) [:: x] [std: x]",
                "",
            ),
            ("`[weight:: 2]`", "`[weight:: 2]`", ""),
            // comments
            ("un %%x #y%% deux", "un deux", ""),
            ("un\n\n%%\nx\n\n#y\n%%\n\ndeux", "un\n\n\ndeux", ""),
            ("`%%` un %%x `%% #y `z`", "`%%` un `z`", "#y"),
            ("- un\n%%x%%\n- deux", "- un\n- deux", ""),
        ] {
            assert_eq!(read(text), (rest.to_owned(), marks.to_owned()), "{text}");
        }
    }
}
