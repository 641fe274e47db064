//! One pass over a template's text, before Handlebars parses it: where each `{{…}}` stands and in
//! which part of the HTML, where each HTML tag stands, and what would make either unsafe.
//!
//! Handlebars keeps the line and column of a tag, but not of an `{{else}}`, and knows nothing of HTML.
//! The rule that makes one pass enough: every branch of a block ends in the same part of the HTML in
//! which the block began.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};

/// Blocks within blocks, each `{{else if}}` one more; Handlebars recurses on them.
const MAX_BLOCKS: usize = 64;
/// Brackets within brackets in one tag; Handlebars' parser recurses on them.
const MAX_BRACKETS: usize = 16;

/// What a pass over a template found.
#[derive(Debug, Default)]
pub struct Scan {
    /// Every Handlebars tag by the offset of its `{{`.
    pub tags: BTreeMap<usize, Tag>,
    /// For each HTML tag in order, the range from its `<` to the end of its name.
    pub markup: Vec<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// From `{{` to `}}`.
    pub span: Range<usize>,
    pub setting: Setting,
    /// Where the tag opens a block: the offsets of the block's `{{else}}` tags.
    pub elses: Vec<usize>,
}

/// The part of the HTML that a tag prints into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Text between HTML tags: elements may be printed.
    Content,
    /// A quoted attribute value, or the text of `<title>`: text alone.
    Plain,
    /// A template that is no HTML: everything prints as text, HTML too.
    Text,
}

/// What a template is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The print subset of HTML, whose tags are numbered.
    Layout,
    /// Any HTML: what mail programs read.
    Mail,
    /// Plain text, in which `<` is a sign like any other.
    Text,
}

/// Scans a template; None where it has a fault that leaves the rest unreadable, all of them reported.
pub fn scan(source: &Arc<Source>, dialect: Dialect, diagnostics: &mut Diagnostics) -> Option<Scan> {
    let mut found = Diagnostics::new();
    let scan = Scanner {
        source,
        text: &source.text,
        dialect,
        html: Html::Text,
        blocks: vec![],
        depth: 0,
        out: Scan::default(),
        diagnostics: &mut found,
    }
    .run();
    let sound = !found.has_errors();
    diagnostics.extend(found);
    sound.then_some(scan)
}

/// Where in the HTML the pass stands. `open` is the offset of the `<` that began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Html {
    Text,
    /// In the text of `<title>`, which holds no elements (HTML: RCDATA).
    Title {
        open: usize,
    },
    /// In `<script>` or `<style>`, which the tree builder refuses: skipped to its end tag.
    Foreign {
        open: usize,
        name: &'static str,
    },
    TagName {
        open: usize,
    },
    Tag {
        open: usize,
    },
    Quoted {
        open: usize,
        quote: u8,
    },
    Unquoted {
        open: usize,
    },
    Comment {
        open: usize,
    },
    /// `<!doctype html>`.
    Declaration {
        open: usize,
    },
}

struct Block<'a> {
    name: &'a str,
    span: Range<usize>,
    html: Html,
}

struct Scanner<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    dialect: Dialect,
    html: Html,
    blocks: Vec<Block<'a>>,
    depth: usize,
    out: Scan,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Scanner<'a> {
    fn run(mut self) -> Scan {
        if let Some((at, sign)) =
            self.text.char_indices().find(|(_, c)| c.is_control() && !"\n\t\r".contains(*c))
        {
            self.error(at..at + sign.len_utf8(), format!("the control character U+{:04X}", sign as u32));
        }
        let mut at = 0;
        while at < self.text.len() {
            let rest = &self.text.as_bytes()[at..];
            at = match rest.starts_with(b"{{") {
                true if !self.is_escaped(at) => self.handlebars(at),
                // the escape takes as many braces as it can: two or four
                true if rest.starts_with(b"{{{{") => at + 4,
                true => at + 2,
                false => self.html_byte(at),
            };
        }
        for block in std::mem::take(&mut self.blocks) {
            let message = format!("the block `{{{{#{}}}}}` is never closed", block.name);
            self.error(block.span, message);
        }
        let unclosed = match self.html {
            Html::Text => None,
            Html::Title { open } | Html::Foreign { open, .. } => {
                Some((open, "this element is never closed"))
            }
            Html::Comment { open } => Some((open, "this comment is never closed with `-->`")),
            Html::TagName { open }
            | Html::Tag { open }
            | Html::Quoted { open, .. }
            | Html::Unquoted { open }
            | Html::Declaration { open } => Some((open, "this tag is never closed with `>`")),
        };
        if let Some((open, message)) = unclosed {
            self.error(open..open + 1, message);
        }
        if self.dialect != Dialect::Layout {
            self.out.markup.clear();
        }
        self.out
    }

    fn error(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.report(span, Diagnostic::error(message));
    }

    fn report(&mut self, span: Range<usize>, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.at(Place::new(self.source, span)));
    }

    /// One backslash before `{{` prints it; two or more do not (Handlebars' grammar, `escape`).
    fn is_escaped(&self, at: usize) -> bool {
        let backslashes = self.text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count();
        backslashes == 1
    }

    // -- HTML ------------------------------------------------------------------------------------

    /// Steps over what stands at `at` in the HTML; gives the next offset.
    fn html_byte(&mut self, at: usize) -> usize {
        if self.dialect == Dialect::Text {
            return at + 1;
        }
        let rest = &self.text.as_bytes()[at..];
        let byte = rest[0];
        match self.html {
            Html::Text => {
                let (state, length) = match rest {
                    [b'<', b'!', b'-', b'-', ..] => (Html::Comment { open: at }, 4),
                    [b'<', b'!' | b'?', ..] => (Html::Declaration { open: at }, 2),
                    [b'<', b'/', c, ..] if c.is_ascii_alphabetic() => (Html::TagName { open: at }, 2),
                    [b'<', c, ..] if c.is_ascii_alphabetic() => (Html::TagName { open: at }, 1),
                    _ => (Html::Text, 1),
                };
                self.html = state;
                at + length
            }
            Html::Title { .. } => {
                if byte == b'<' {
                    if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"</title") {
                        self.html = Html::TagName { open: at };
                        return at + 2;
                    }
                    self.error(at..at + 1, "`<title>` holds text alone, no element");
                }
                at + 1
            }
            Html::Foreign { name, .. } => {
                let is_end = rest.starts_with(b"</")
                    && rest.len() >= 2 + name.len()
                    && rest[2..2 + name.len()].eq_ignore_ascii_case(name.as_bytes());
                if is_end {
                    self.html = Html::TagName { open: at };
                    return at + 2;
                }
                at + 1
            }
            Html::TagName { open } => {
                if byte.is_ascii_whitespace() || byte == b'/' || byte == b'>' {
                    self.out.markup.push(open..at);
                    self.html = Html::Tag { open };
                    return at;
                }
                at + 1
            }
            Html::Tag { open } => match byte {
                b'>' => self.close_tag(open, at),
                b'<' => {
                    self.error(open..open + 1, "this tag is never closed with `>`");
                    self.html = Html::Text;
                    at
                }
                b'=' => {
                    let spaces = rest[1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                    let value = at + 1 + spaces;
                    match self.text.as_bytes().get(value) {
                        Some(&quote @ (b'"' | b'\'')) => {
                            self.html = Html::Quoted { open, quote };
                            value + 1
                        }
                        _ => {
                            self.html = Html::Unquoted { open };
                            value
                        }
                    }
                }
                _ => at + 1,
            },
            Html::Quoted { open, quote } => {
                if byte == quote {
                    self.html = Html::Tag { open };
                }
                at + 1
            }
            Html::Unquoted { open } => {
                if byte == b'>' {
                    return self.close_tag(open, at);
                }
                if byte.is_ascii_whitespace() {
                    self.html = Html::Tag { open };
                }
                at + 1
            }
            Html::Comment { .. } => {
                if rest.starts_with(b"-->") {
                    self.html = Html::Text;
                    return at + 3;
                }
                at + 1
            }
            Html::Declaration { .. } => {
                if byte == b'>' {
                    self.html = Html::Text;
                }
                at + 1
            }
        }
    }

    /// The `>` at `at` ends the tag that began at `open`.
    fn close_tag(&mut self, open: usize, at: usize) -> usize {
        let tag = &self.text.as_bytes()[open + 1..at];
        let length = tag.iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'/').count();
        let is = |name: &str| {
            tag[..length].eq_ignore_ascii_case(name.as_bytes()) && tag.last() != Some(&b'/')
        };
        self.html = if is("title") {
            Html::Title { open }
        } else if let Some(name) = ["script", "style"].into_iter().find(|name| is(name)) {
            Html::Foreign { open, name }
        } else {
            Html::Text
        };
        at + 1
    }

    // -- Handlebars ------------------------------------------------------------------------------

    /// Reads the tag whose `{{` is at `start`; gives the offset after it.
    fn handlebars(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        if rest.starts_with("{{!") {
            return self.comment(start);
        }
        if rest.starts_with("{{{{") {
            let span = start..self.find_from(start, "}}}}");
            self.error(span.clone(), "raw blocks `{{{{…}}}}` are not supported");
            return span.end;
        }
        let Some((inner, end)) = self.tag_end(start) else {
            self.error(start..start + 2, "this `{{` is never closed with `}}`");
            return self.text.len();
        };
        let span = start..end;
        let content = self.text[inner].trim();
        let (sigil, content) = match content.as_bytes().first() {
            Some(b'#' | b'/' | b'>' | b'&' | b'*' | b'^') => content.split_at(1),
            _ => ("", content),
        };
        let word = content
            .split(|c: char| c.is_whitespace() || "(){}|~=\"'".contains(c))
            .find(|word| !word.is_empty())
            .unwrap_or("");
        match (sigil, word) {
            ("#", _) if content.starts_with('>') => {
                self.error(span, "block partials `{{#> …}}` are not supported");
            }
            ("#", _) if content.starts_with('*') => {
                self.error(span, "decorators `{{#* …}}` are not supported")
            }
            ("*", _) => self.error(span, "decorators `{{* …}}` are not supported"),
            ("#", name) => self.open_block(name, span),
            ("/", name) => self.close_block(name, span),
            ("^", _) | ("", "else") => self.branch(span),
            _ => self.print(span),
        }
        end
    }

    /// `{{! … }}` and `{{!-- … --}}`: printed nowhere.
    fn comment(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let long = rest.starts_with("{{!--").then(|| rest.find("--}}")).flatten().map(|i| i + 4);
        match long.or_else(|| rest.find("}}").map(|i| i + 2)) {
            Some(length) => {
                self.note(start..start + length, Setting::Content);
                start + length
            }
            None => {
                self.error(start..start + 3, "this comment is never closed with `}}`");
                self.text.len()
            }
        }
    }

    fn find_from(&self, start: usize, what: &str) -> usize {
        self.text[start..].find(what).map_or(self.text.len(), |i| start + i + what.len())
    }

    /// The inside of a tag (without braces and `~`) and the offset after it.
    fn tag_end(&mut self, start: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.text.as_bytes();
        let mut inner = start + 2;
        inner += usize::from(bytes.get(inner) == Some(&b'~'));
        let triple = bytes.get(inner) == Some(&b'{');
        inner += usize::from(triple);
        let mut quote = None;
        let mut depth = 0;
        let mut at = inner;
        while at < bytes.len() {
            match (quote, bytes[at]) {
                (Some(_), b'\\') => at += 1,
                (Some(open), byte) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
                (None, b'(' | b'[') => depth += 1,
                (None, b')' | b']') => depth = usize::saturating_sub(depth, 1),
                (None, b'}') => {
                    let closing = self.text[at..].strip_prefix(if triple { "}" } else { "" })?;
                    let closing = closing.strip_prefix('~').unwrap_or(closing);
                    if let Some(after) = closing.strip_prefix("}}") {
                        return Some((inner..at, self.text.len() - after.len()));
                    }
                }
                (None, b'~') if !triple && self.text[at..].starts_with("~}}") => {
                    return Some((inner..at, at + 3));
                }
                (None, _) => {}
            }
            if depth > MAX_BRACKETS {
                let message = format!("brackets nested deeper than {MAX_BRACKETS}");
                self.error(at..at + 1, message);
                return Some((inner..at, self.find_from(at, "}}")));
            }
            at += 1;
        }
        None
    }

    fn open_block(&mut self, name: &'a str, span: Range<usize>) {
        // `<section{{#if lang}} lang="{{lang}}"{{/if}}>`
        if let Html::TagName { open } = self.html {
            self.out.markup.push(open..span.start);
            self.html = Html::Tag { open };
        }
        let setting = self.setting_of_block(&span);
        self.deepen(&span);
        self.note(span.clone(), setting);
        self.blocks.push(Block { name, span, html: self.html });
    }

    fn branch(&mut self, span: Range<usize>) {
        let setting = self.setting_of_block(&span);
        let Some(block) = self.blocks.last() else {
            return self.error(span, "`{{else}}` stands outside any block");
        };
        let (opened, html) = (block.span.start, block.html);
        if let Some(tag) = self.out.tags.get_mut(&opened) {
            tag.elses.push(span.start);
        }
        self.note(span.clone(), setting);
        self.deepen(&span);
        self.same_html(html, span);
    }

    fn deepen(&mut self, span: &Range<usize>) {
        self.depth += 1;
        if self.depth == MAX_BLOCKS + 1 {
            self.error(span.clone(), format!("blocks nested deeper than {MAX_BLOCKS}"));
        }
    }

    fn close_block(&mut self, name: &str, span: Range<usize>) {
        let Some(block) = self.blocks.pop() else {
            return self.error(span, format!("`{{{{/{name}}}}}` closes no block"));
        };
        let elses = self.out.tags.get(&block.span.start).map_or(0, |tag| tag.elses.len());
        self.depth = self.depth.saturating_sub(1 + elses);
        if block.name != name {
            let (line, column) = self.source.line_column(block.span.start);
            let message = format!(
                "`{{{{/{name}}}}}` closes `{{{{#{}}}}}`, opened at {line}:{column}: expected `{{{{/{}}}}}`",
                block.name, block.name
            );
            return self.error(span, message);
        }
        self.same_html(block.html, span);
    }

    /// Every branch leaves the HTML where the block found it.
    fn same_html(&mut self, before: Html, span: Range<usize>) {
        if self.html != before {
            self.report(
                span,
                Diagnostic::error("this branch ends in another part of an HTML tag than it began in")
                    .hint("put whole tags, whole attributes or parts of one quoted value into a block"),
            );
            self.html = before;
        }
    }

    /// `{{path}}`, `{{helper …}}`, `{{> partial}}`: what prints something.
    fn print(&mut self, span: Range<usize>) {
        let before = &self.text[..span.start];
        let is_html = self.dialect != Dialect::Text;
        let is_name = is_html && (before.ends_with('<') || before.ends_with("</"));
        let setting = match self.html {
            Html::Text if !is_name => Setting::Content,
            Html::Comment { .. } | Html::Declaration { .. } => Setting::Content,
            Html::Title { .. } | Html::Foreign { .. } | Html::Quoted { .. } => Setting::Plain,
            Html::Text | Html::TagName { .. } => {
                return self.error(span, "the name of an HTML tag cannot be filled in");
            }
            Html::Tag { .. } => {
                return self
                    .error(span, "an attribute's name cannot be filled in: expected name=\"{{…}}\"");
            }
            Html::Unquoted { .. } => {
                return self
                    .error(span, "a value that is filled in needs quotes: expected name=\"{{…}}\"");
            }
        };
        self.note(span, setting);
    }

    fn setting_of_block(&mut self, span: &Range<usize>) -> Setting {
        match self.html {
            Html::TagName { .. } | Html::Unquoted { .. } => {
                self.error(
                    span.clone(),
                    "a block cannot begin or end here: put the attribute's value in quotes",
                );
                Setting::Plain
            }
            Html::Title { .. } | Html::Foreign { .. } | Html::Quoted { .. } | Html::Tag { .. } => {
                Setting::Plain
            }
            Html::Text | Html::Comment { .. } | Html::Declaration { .. } => Setting::Content,
        }
    }

    fn note(&mut self, span: Range<usize>, setting: Setting) {
        let setting = if self.dialect == Dialect::Text { Setting::Text } else { setting };
        self.out.tags.insert(span.start, Tag { span, setting, elses: vec![] });
    }
}
