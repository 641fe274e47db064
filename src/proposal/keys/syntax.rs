//! What TOML's own grammar refuses, in our words.
//!
//! The parser goes on after a fault, so that everything is said at once; what it makes of the rest of
//! that line is guesswork. So each line says at most one fault of syntax, the leftmost, and no fault of
//! meaning beside it. A fault inside one value (`30 %`, `2026-13-01`) leaves the rest of the file sound,
//! and the reader, which knows what is expected there, says it better.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use crate::diagnostic::{Diagnostic, Place, Source, excerpt};

/// The faults of one file, a line at most one.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    /// Byte offsets at which lines begin; empty where there is no fault.
    line_starts: Vec<usize>,
    /// Where the first fault of structure is.
    tear: Option<usize>,
}

#[derive(Debug)]
struct Fault {
    span: Range<usize>,
    line: usize,
    kind: Kind,
    message: String,
    /// The reader has said it better.
    told: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What stands after `=` is no value of TOML: the reader may say what is expected there.
    Value,
    /// The rest of the file is read as it was meant.
    Contained,
    /// Keys and tables after it may be lost.
    Structure,
}

/// The table that `source` holds, as far as it can be read, and what is wrong with its syntax.
pub(super) fn parse(source: &Source) -> (DeTable<'_>, Faults) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    (table.into_inner(), Faults::new(&source.text, &errors))
}

impl Faults {
    fn new(text: &str, errors: &[Error]) -> Faults {
        if errors.is_empty() {
            return Faults::default();
        }
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = [0].into_iter().chain(newlines).collect();
        let mut all = Faults { faults: vec![], line_starts, tear: None };
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let kind = kind(error.message(), text.get(span.clone()).unwrap_or(""));
            let line = all.line_of(span.start);
            all.faults.push(Fault {
                span,
                line,
                kind,
                message: error.message().to_owned(),
                told: false,
            });
        }
        all.faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        all.tear = all.faults.iter().find(|f| f.kind == Kind::Structure).map(|f| f.span.start);
        all.faults.dedup_by(|later, earlier| {
            later.line == earlier.line || later.is_comma() && earlier.is_comma()
        });
        // A list without its `]` swallows what follows, and its end is found at the end of the file.
        let swallowed = all.faults.iter().position(|f| {
            f.is_comma() && text[..f.span.start].trim_end_matches([' ', '\t']).ends_with('\n')
        });
        if let (Some(tear), Some(at)) = (&mut all.tear, swallowed) {
            *tear = (*tear).min(all.faults[at].span.start);
            all.faults.truncate(at + 1);
        }
        all
    }

    fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The byte offset from which on keys may be lost or misread because a bracket or quote is missing.
    pub(super) fn tear(&self) -> Option<usize> {
        self.tear
    }

    /// Whether the value at `span` is no value of TOML. The caller then says what is expected there, and
    /// the fault is not told again.
    pub(super) fn take_value(&mut self, span: &Range<usize>) -> bool {
        let first = self.faults.partition_point(|fault| fault.span.start < span.start);
        let within = self.faults[first..].iter_mut().take_while(|fault| fault.span.start <= span.end);
        let found = within.into_iter().find(|fault| fault.kind == Kind::Value && !fault.told);
        found.map(|fault| fault.told = true).is_some()
    }

    /// Whether a fault that is still to be told stands on the line of `place`: what else is wrong there is
    /// guesswork.
    pub(super) fn are_on_line_of(&self, place: &Place) -> bool {
        if self.faults.is_empty() {
            return false;
        }
        let line = self.line_of(place.span.start);
        let at = self.faults.partition_point(|fault| fault.line < line);
        self.faults.get(at).is_some_and(|fault| fault.line == line && !fault.told)
    }

    /// What has not been told yet.
    pub(super) fn diagnostics(&self, source: &Arc<Source>) -> Vec<Diagnostic> {
        self.faults.iter().filter(|fault| !fault.told).map(|fault| fault.diagnostic(source)).collect()
    }
}

/// The parser gives its faults no kinds but words, which the lockfile pins; one with new words would
/// be taken for a fault of structure and told in the parser's words.
fn kind(message: &str, found: &str) -> Kind {
    let starts = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    if starts(&[
        "string values must be quoted",
        "invalid date",
        "invalid time",
        "invalid datetime",
        "invalid boolean",
        "invalid integer",
        "invalid hexadecimal",
        "invalid octal",
        "invalid binary",
        "invalid float",
        "invalid mantissa",
        "invalid fraction",
        "invalid exponent",
        "unexpected leading zero",
        "redundant numeric sign",
        "redundant integer number prefix",
        "integers with a radix",
        "radix must be lowercase",
        "unexpected sign",
        "`_` may only go between digits",
    ]) {
        // A value over several lines has swallowed what follows.
        if found.contains('\n') { Kind::Structure } else { Kind::Value }
    } else if starts(&[
        "duplicate key",
        "cannot extend value of type",
        "missing escaped value",
        "too few unicode value digits",
        "invalid value",
        "invalid basic string",
        "invalid literal string",
        "invalid unquoted key",
        "invalid comment character",
        "unexpected key or value",
        "extra comma",
        "extra assignment",
        "missing comma",
    ]) {
        Kind::Contained
    } else {
        Kind::Structure
    }
}

impl Fault {
    /// An unclosed list takes each line after it for an entry without its comma.
    fn is_comma(&self) -> bool {
        ["missing comma", "extra assignment"].iter().any(|start| self.message.starts_with(start))
    }

    fn diagnostic(&self, source: &Arc<Source>) -> Diagnostic {
        let text = &source.text;
        let found = text.get(self.span.clone()).unwrap_or("");
        let before = text.get(..self.span.start).unwrap_or("");
        let after = text.get(self.span.start..).unwrap_or("");
        let place = Place::new(source, self.span.clone());
        let starts = |start: &str| self.message.starts_with(start);
        let error = |message: &str| Diagnostic::error(message);
        let said = if starts("duplicate key") {
            error(&format!("`{}` is written twice", excerpt(found))).hint("keep one of the two")
        } else if starts("cannot extend value of type") {
            error(&format!("`{}` already has a value, it cannot have keys of its own", excerpt(found)))
        } else if starts("string values must be quoted") && found.trim().is_empty() {
            error("no value after `=`")
        } else if self.kind == Kind::Value {
            not_a_value(found)
        } else if starts("unexpected key or value") {
            extra(before, after)
        } else if starts("unclosed table") || starts("unclosed array table") {
            error("a table's header lacks its `]`")
        } else if starts("unclosed array") {
            error("a list lacks its `]`")
        } else if starts("unclosed inline table") {
            error("a table lacks its `}`")
        } else if starts("key with no value") {
            error("a key without `=` and value").hint("write `key = \"value\"`")
        } else if starts("invalid unquoted key") || starts("unquoted keys cannot be empty") {
            error("a key is made of letters without accents, digits, `-` and `_`")
                .hint("write `key = \"value\"`")
        } else if starts("missing escaped value") || starts("too few unicode value digits") {
            let escape: String = after.chars().take(1).collect();
            error(&format!("`\\{escape}` is no escape of TOML"))
                .hint("a backslash itself is written `\\\\`")
        } else if starts("invalid basic string, expected `\"`") || starts("invalid multi-line basic") {
            error("text without its closing quotes")
        } else if starts("invalid literal string, expected") || starts("invalid multi-line literal") {
            error("text without its closing apostrophe").hint("text with apostrophes takes \"…\"")
        } else if self.is_comma() && before.trim_end_matches([' ', '\t']).ends_with('\n') {
            error("a list above lacks its `]`, or a comma")
        } else if self.is_comma() {
            error("entries of a list or table are separated by commas")
        } else if starts("extra comma") {
            error("a comma too many")
        } else if starts("cannot recurse further") || starts("recursion limit") {
            error("nested deeper than 80 levels")
        } else {
            error(&format!("TOML: {}", self.message))
        };
        said.at(place)
    }
}

fn not_a_value(found: &str) -> Diagnostic {
    let quoted = quoted(found);
    Diagnostic::error(format!("`{}` is not a value", excerpt(found)))
        .hint(format!("text takes straight quotes: {quoted}"))
}

/// `text` as TOML writes it, curly quotes around it made straight.
pub(super) fn quoted(text: &str) -> String {
    let bare = text.trim().trim_matches(['“', '”', '«', '»', '\u{A0}', '\u{202F}', ' ', '"', '\'']);
    format!("\"{}\"", excerpt(bare).replace('\\', "\\\\").replace('"', "\\\""))
}

/// What stands after a value on its line.
fn extra(before: &str, after: &str) -> Diagnostic {
    let line = after.lines().next().unwrap_or("").trim();
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let decimals = line.strip_prefix(',').map_or(0, digits);
    if decimals > 0 && before.ends_with(|c: char| c.is_ascii_digit()) {
        let whole = before.len() - before.chars().rev().take_while(char::is_ascii_digit).count();
        let right = format!("{}.{}", &before[whole..], &line[1..1 + decimals]);
        return Diagnostic::error("decimals take a point, not a comma").hint(format!("write {right}"));
    }
    Diagnostic::error(format!("`{}` stands after the value", excerpt(line))).hint("one key a line")
}
