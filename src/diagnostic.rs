//! What went wrong, where, and the way out: one type for every stage, one renderer.
//!
//! Messages are lower case, without a final stop. A place is a byte range in a [`Source`]; the
//! renderer turns it into `file:line:column` and shows the line. Stages take `&mut Diagnostics`,
//! report all they find, and go on as far as they can.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The text of one file that was read, under the path that messages show (relative to the
/// workspace, with `/`).
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Arc::new(Source { path: path.into(), text: text.into() })
    }

    /// 1-based line and column (in characters) of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// A byte range in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub source: Arc<Source>,
    pub span: Range<usize>,
}

impl Place {
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Place {
        Place { source: source.clone(), span }
    }

    /// `file:line:column`.
    pub fn line_column(&self) -> String {
        let (line, column) = self.source.line_column(self.span.start);
        format!("{}:{line}:{column}", self.source.path)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warning,
    Error,
}

/// One problem. `message` says what was found and, where it helps, what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub message: String,
    pub place: Option<Place>,
    pub hints: Vec<String>,
    /// What of the printed pages it is about: where a file of the user's says it is a better place than
    /// where a template prints it.
    pub subject: Subject,
}

/// What of one client's printed pages a problem is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// What the layout itself says.
    #[default]
    Layout,
    /// Printed text: fragments of it, the most telling first.
    Text(Vec<String>),
    /// A picture, by its path from the workspace root.
    Picture(String),
    /// The proposal as a whole, such as its length.
    Whole,
}

impl Diagnostic {
    pub fn error(message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic {
            severity: Severity::Error,
            message,
            place: None,
            hints: vec![],
            subject: Subject::Layout,
        }
    }

    pub fn warning(message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) }
    }

    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    pub fn maybe_at(mut self, place: Option<Place>) -> Diagnostic {
        self.place = place.or(self.place);
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// Says which printed text it is about, the most telling fragment first.
    pub fn about(mut self, fragments: impl IntoIterator<Item = impl Into<String>>) -> Diagnostic {
        self.subject = Subject::Text(fragments.into_iter().map(Into::into).collect());
        self
    }

    /// Says which picture it is about, by its path from the workspace root.
    pub fn about_picture(mut self, path: impl Into<String>) -> Diagnostic {
        self.subject = Subject::Picture(path.into());
        self
    }

    /// Says that it is about the client's proposal as a whole.
    pub fn about_whole(mut self) -> Diagnostic {
        self.subject = Subject::Whole;
        self
    }

    /// Adds "did you mean `x`?" where `word` is close to one of `known`.
    pub fn nearest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        match nearest(word, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// One line for tests and logs: `error: clients/a.toml:3:1: message (hint: …)`.
    pub fn one_line(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = self.place.as_ref().map_or(String::new(), |p| format!("{}: ", p.line_column()));
        let hints: String = self.hints.iter().map(|h| format!(" (hint: {h})")).collect();
        format!("{severity}: {place}{}{hints}", self.message)
    }

    /// The snippet a person reads in a terminal.
    pub fn render(&self, colour: Colour) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = match &self.place {
            None => Group::with_title(level.primary_title(&self.message)),
            Some(place) => {
                let text = &place.source.text;
                let start = floor_boundary(text, place.span.start);
                let end = floor_boundary(text, place.span.end).max(start);
                level.primary_title(&self.message).element(
                    Snippet::source(text)
                        .path(&place.source.path)
                        .annotation(AnnotationKind::Primary.span(start..end)),
                )
            }
        };
        for hint in &self.hints {
            group = group.element(Level::HELP.with_name("hint").message(hint));
        }
        let renderer = match colour {
            Colour::Plain => Renderer::plain(),
            Colour::Ansi => Renderer::styled(),
        };
        renderer.render(&[group])
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Plain,
    Ansi,
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The problems of a run, in the order they were found; an identical one is kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }

    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in others {
            self.push(diagnostic);
        }
    }

    /// Keeps the value of a result, reports its error.
    pub fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|d| self.push(d)).ok()
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// `--strict`: every warning counts as an error.
    pub fn make_strict(&mut self) {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
        }
    }

    /// One line a diagnostic, for goldens.
    pub fn one_lines(&self) -> String {
        self.list.iter().map(|d| d.one_line() + "\n").collect()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// The nearest right spelling: the candidate at the smallest Damerau–Levenshtein distance, if that
/// is at most a third of the longer word's length (and at least one edit is always forgiven).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let longer = lower.chars().count().max(candidate.chars().count());
            *distance <= (longer / 3).max(1)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What a message quotes of a user's text: its first line, at most forty characters of it, control
/// characters escaped.
pub fn excerpt(text: &str) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == 40 || c == '\n' {
            out.push('…');
            break;
        }
        match c {
            c if c.is_control() => out.extend(c.escape_debug()),
            c => out.push(c),
        }
    }
    out
}
