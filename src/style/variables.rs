//! Custom properties and `var()` (CSS Variables 1).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cssparser::{ParseError, ParseErrorKind, Parser, Token};

use super::declaration::CustomDeclaration;
use super::property::Property;
use super::reader::{Fault, Reads, fail, here, opens_block};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};

/// A declaration whose value holds `var()`.
pub(super) struct Deferred {
    pub property: Property,
    pub text: Arc<str>,
    pub place: Option<Place>,
}

/// No value grows beyond this by substitution (CSS Variables 1 §3.3 asks for a limit).
const LONGEST: usize = 64 * 1024;

/// The custom properties of an element, all references in them resolved.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// Tells environments apart within one run of the cascade.
    pub id: usize,
    values: BTreeMap<Arc<str>, Arc<str>>,
    /// Those whose declaration was reported.
    broken: BTreeSet<Arc<str>>,
}

/// Why a `var()` could not be replaced.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unresolved {
    Undefined(String),
    /// Its own declaration is at fault, and was reported.
    Broken,
    TooLong,
}

impl Unresolved {
    /// None where the fault was reported before.
    pub fn diagnostic(&self, environment: &Environment) -> Option<Diagnostic> {
        Some(match self {
            Unresolved::Broken => return None,
            Unresolved::Undefined(name) => {
                let known = environment.values.keys().map(|name| &**name);
                let error = Diagnostic::error(format!("custom property `{name}` is not defined here"));
                match nearest(name, known) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint(format!("give it a fallback: var({name}, …)")),
                }
            }
            Unresolved::TooLong => {
                Diagnostic::error(format!("the value grows beyond {} kB", LONGEST / 1024))
            }
        })
    }
}

/// The custom properties that a value refers to, fallbacks included; a fault where the arguments of a
/// `var()` are wrong.
pub(super) fn references(text: &str) -> Result<Vec<String>, Fault> {
    fn scan(input: &mut Parser<'_>, names: &mut Vec<String>) -> Reads<()> {
        loop {
            let start = here(input);
            let Ok(token) = input.next() else { return Ok(()) };
            let token = token.clone();
            if is_var(&token) {
                input.parse_nested_block(|input| {
                    match input.try_parse(Parser::expect_ident_cloned) {
                        Ok(name) if name.starts_with("--") => names.push(name.to_string()),
                        _ => {
                            return fail(
                                input,
                                start,
                                "var() takes the name of a custom property, as in var(--accent)",
                            );
                        }
                    }
                    if input.is_exhausted() {
                        return Ok(());
                    }
                    if input.expect_comma().is_err() {
                        return fail(input, start, "var() takes a name and, after a comma, a fallback");
                    }
                    scan(input, names)
                })?;
            } else if opens_block(&token) {
                input.parse_nested_block(|input| scan(input, names))?;
            }
        }
    }
    let mut names = vec![];
    // Most values are a word or two.
    if text.contains('(') {
        scan(&mut Parser::new(text), &mut names).map_err(|error| match error.kind {
            ParseErrorKind::Custom(fault) => fault,
            ParseErrorKind::Basic(_) => Fault::new(0..text.len(), "the value is nested too deep"),
        })?;
    }
    Ok(names)
}

fn is_var(token: &Token<'_>) -> bool {
    matches!(token, Token::Function(name) if name.eq_ignore_ascii_case("var"))
}

impl Environment {
    /// The environment of an element that declares `own` (later ones win) over its parent's.
    ///
    /// A property that refers to itself, directly or not, is reported and left out.
    pub fn child<'d>(
        &self,
        id: usize,
        own: impl Iterator<Item = &'d CustomDeclaration>,
        diagnostics: &mut Diagnostics,
    ) -> Environment {
        let own: BTreeMap<&str, &CustomDeclaration> = own.map(|d| (&*d.name, d)).collect();
        let mut child = Environment { id, values: self.values.clone(), broken: self.broken.clone() };
        for name in own.keys() {
            child.values.remove(*name);
            child.broken.remove(*name);
        }
        for step in order(&own) {
            match step {
                Step::Resolve(declaration) => {
                    let name = &declaration.name;
                    let value = match &*declaration.value.to_ascii_lowercase() {
                        "initial" => Ok(None),
                        "inherit" | "unset" => Ok(self.values.get(name).cloned()),
                        _ => child.substitute(&declaration.value).map(|text| Some(Arc::from(text))),
                    };
                    match value {
                        Ok(Some(value)) => _ = child.values.insert(name.clone(), value),
                        // The guaranteed-invalid value: as if it were not defined.
                        Ok(None) => {}
                        Err(problem) => {
                            let found = problem.diagnostic(&child);
                            diagnostics.extend(found.map(|d| d.maybe_at(declaration.place.clone())));
                            child.broken.insert(name.clone());
                        }
                    }
                }
                Step::Circle(circle) => {
                    let place = circle.first().and_then(|d| d.place.clone());
                    child.broken.extend(circle.iter().map(|d| d.name.clone()));
                    let names: Vec<String> =
                        circle.iter().chain(circle.first()).map(|d| format!("`{}`", d.name)).collect();
                    diagnostics.push(
                        Diagnostic::error(format!(
                            "custom properties refer to each other in a circle: {}",
                            names.join(" → ")
                        ))
                        .maybe_at(place),
                    );
                }
            }
        }
        child
    }

    /// `text` with every `var()` replaced.
    pub fn substitute(&self, text: &str) -> Result<String, Unresolved> {
        substitute(text, &|name| match self.values.get(name) {
            Some(value) => Ok(Some(value.clone())),
            None if self.broken.contains(name) => Err(Unresolved::Broken),
            None => Ok(None),
        })
    }
}

enum Step<'d> {
    Resolve(&'d CustomDeclaration),
    Circle(Vec<&'d CustomDeclaration>),
}

/// The order in which the custom properties of one element are resolved: each after those it refers
/// to (CSS Variables 1 §2.3). Those on a circle are not resolved.
fn order<'d>(own: &BTreeMap<&str, &'d CustomDeclaration>) -> Vec<Step<'d>> {
    struct Visit<'d> {
        declaration: &'d CustomDeclaration,
        references: std::vec::IntoIter<String>,
    }
    let visit = |declaration: &'d CustomDeclaration| Visit {
        declaration,
        references: references(&declaration.value).unwrap_or_default().into_iter(),
    };
    let mut steps = vec![];
    let mut begun: BTreeSet<&str> = BTreeSet::new();
    let mut ended: BTreeSet<&str> = BTreeSet::new();
    let mut circular: BTreeSet<&str> = BTreeSet::new();
    for (name, declaration) in own {
        if !begun.insert(name) {
            continue;
        }
        let mut path = vec![visit(declaration)];
        while let Some(last) = path.last_mut() {
            let Some(reference) = last.references.next() else {
                ended.insert(&last.declaration.name);
                if !circular.contains(&*last.declaration.name) {
                    steps.push(Step::Resolve(last.declaration));
                }
                path.pop();
                continue;
            };
            let Some((name, declaration)) = own.get_key_value(&*reference) else { continue };
            if begun.insert(name) {
                path.push(visit(declaration));
            } else if !ended.contains(name)
                && let Some(start) = path.iter().position(|v| *v.declaration.name == **name)
            {
                let circle: Vec<&CustomDeclaration> =
                    path[start..].iter().map(|v| v.declaration).collect();
                circular.extend(circle.iter().map(|d| &*d.name));
                steps.push(Step::Circle(circle));
            }
        }
    }
    steps
}

type Lookup<'l> = dyn Fn(&str) -> Result<Option<Arc<str>>, Unresolved> + 'l;

fn substitute(text: &str, lookup: &Lookup<'_>) -> Result<String, Unresolved> {
    if !text.contains('(') {
        return Ok(text.to_owned());
    }
    let mut output = Output { source: text, copied: 0, text: String::new() };
    output.read(&mut Parser::new(text), lookup).map_err(|error| match error.kind {
        ParseErrorKind::Custom(unresolved) => unresolved,
        // Nesting was measured when the value was read.
        ParseErrorKind::Basic(_) => Unresolved::TooLong,
    })?;
    output.copy_to(text.len())?;
    Ok(output.text)
}

/// A value being written out: `source` is copied as far as `copied`.
struct Output<'s> {
    source: &'s str,
    copied: usize,
    text: String,
}

type Writes = Result<(), ParseError<Unresolved>>;

impl Output<'_> {
    fn read(&mut self, input: &mut Parser<'_>, lookup: &Lookup<'_>) -> Writes {
        loop {
            input.skip_whitespace();
            let start = input.position().byte_index();
            let Ok(token) = input.next() else { return Ok(()) };
            let token = token.clone();
            if is_var(&token) {
                self.copy_to(start).map_err(ParseError::custom)?;
                let replacement = input.parse_nested_block(|input| replacement(input, lookup))?;
                self.push(&replacement).map_err(ParseError::custom)?;
                self.copied = input.position().byte_index();
            } else if opens_block(&token) {
                input.parse_nested_block(|input| self.read(input, lookup))?;
            }
        }
    }

    fn copy_to(&mut self, end: usize) -> Result<(), Unresolved> {
        let source = self.source;
        self.push(&source[self.copied..end])?;
        self.copied = end;
        Ok(())
    }

    /// Appends a piece, kept apart from the token before it: `var(--n)px` never makes a length.
    fn push(&mut self, piece: &str) -> Result<(), Unresolved> {
        let glues =
            |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '#' | '%' | '.' | '+' | '@' | '\\');
        if self.text.ends_with(glues) && piece.starts_with(|c| glues(c) || c == '(') {
            self.text.push_str("/**/");
        }
        self.text.push_str(piece);
        if self.text.len() > LONGEST { Err(Unresolved::TooLong) } else { Ok(()) }
    }
}

/// What a `var()` stands for: the property's value, else its fallback.
fn replacement(input: &mut Parser<'_>, lookup: &Lookup<'_>) -> Result<String, ParseError<Unresolved>> {
    let name = input.expect_ident_cloned()?;
    let value = lookup(&name).map_err(ParseError::custom)?;
    let fallback = input.try_parse(Parser::expect_comma).is_ok();
    let start = input.position();
    while input.next().is_ok() {}
    match value {
        Some(value) => Ok(value.to_string()),
        None if fallback => {
            let text = input.slice_from(start).trim();
            substitute(text, lookup).map_err(ParseError::custom)
        }
        None => Err(ParseError::custom(Unresolved::Undefined(name.to_string()))),
    }
}
