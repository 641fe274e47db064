//! A layout's templates: read, parsed by Handlebars, checked against the schema, and stamped so that
//! every element of the filled page knows where the template says it.

mod check;
pub mod helpers;
mod scan;
mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use handlebars::template::TemplateElement;
use handlebars::{Template as Ast, TemplateError, TemplateErrorReason};

pub use check::{Rehearsal, check};
use scan::{Scan, Tag};

use super::layout::LayoutSources;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};

/// The name under which the layout itself stands among its partials: no partial can have it.
pub const MAIN: &str = "";

/// The attribute that carries a tag's number from the template to the tree: a control character, which
/// no template may contain.
pub const STAMP: &str = "\u{2}";

/// A partial within a partial, and so on.
const MAX_PARTIALS: usize = 16;

/// One file, parsed.
#[derive(Debug)]
pub struct Template {
    pub source: Arc<Source>,
    /// As Handlebars parsed the file as it is: for the checks.
    ast: Ast,
    scan: Scan,
    line_starts: Vec<usize>,
}

/// The layout (under [`MAIN`]) and the partials that it reaches, by name.
pub type Templates = BTreeMap<String, Template>;

impl Template {
    /// Reads one file; None where its syntax is wrong, every fault reported.
    fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Template> {
        let scan = scan::scan(source, diagnostics)?;
        let ast = Ast::compile(&source.text)
            .map_err(|error| diagnostics.push(syntax_fault(source, &error)))
            .ok()?;
        let line_starts =
            std::iter::once(0).chain(source.text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Some(Template { source: source.clone(), ast, scan, line_starts })
    }

    /// The Handlebars tag at a line and column as its parser counts them.
    fn tag_at(&self, line: usize, column: usize) -> Option<&Tag> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let (offset, _) = self.source.text[start..].char_indices().nth(column.checked_sub(1)?)?;
        self.scan.tags.get(&(start + offset))
    }

    /// The file's text with each HTML tag numbered from `first` on, and what stands at those numbers.
    pub fn stamped(&self, first: usize) -> (Stamped, Vec<Place>) {
        let text = &self.source.text;
        let mut out = String::with_capacity(text.len() + 12 * self.scan.markup.len());
        let mut done = 0;
        let mut added = vec![];
        for (i, tag) in self.scan.markup.iter().enumerate() {
            out.push_str(&text[done..tag.end]);
            done = tag.end;
            added.push((out.len(), tag.end));
            // writing to a String cannot fail
            let _ = write!(out, " {STAMP}=\"{}\"", first + i);
        }
        out.push_str(&text[done..]);
        let places = self.scan.markup.iter().map(|tag| Place::new(&self.source, tag.clone())).collect();
        (
            Stamped {
                source: Source::new(self.source.path.clone(), out),
                original: self.source.clone(),
                added,
            },
            places,
        )
    }

    /// The names in `{{> name}}`, with the place of each.
    fn partials(&self) -> Vec<(&str, Place)> {
        let mut found = vec![];
        let mut pending = vec![&self.ast];
        while let Some(ast) = pending.pop() {
            for (index, element) in ast.elements.iter().enumerate() {
                match element {
                    TemplateElement::PartialExpression(partial) => {
                        let tag = ast.mapping.get(index).and_then(|at| self.tag_at(at.0, at.1));
                        let span = tag.map_or(0..0, |tag| tag.span.clone());
                        if let Some(name) = partial.name.as_name() {
                            found.push((name, Place::new(&self.source, span)));
                        }
                    }
                    TemplateElement::HelperBlock(block) => {
                        pending.extend(block.template.iter().chain(block.inverse.iter()));
                    }
                    _ => {}
                }
            }
        }
        found.sort_by_key(|(_, place)| place.span.start);
        found
    }
}

/// A file's text with its HTML tags numbered.
#[derive(Debug)]
pub struct Stamped {
    pub source: Arc<Source>,
    original: Arc<Source>,
    /// Offsets of the stamps here and of where they stand in the original, in order.
    added: Vec<(usize, usize)>,
}

impl Stamped {
    /// The place in the original of a line and column here.
    pub fn place(&self, line: usize, column: usize) -> Place {
        let offset = self.source.offset(line, column);
        let stamp = self.added.partition_point(|(here, _)| *here <= offset);
        let at = match stamp.checked_sub(1).map(|i| self.added[i]) {
            None => offset,
            Some((here, there)) => {
                let stamp = self.source.text[here..].find('"').and_then(|open| {
                    self.source.text[here + open + 1..].find('"').map(|close| open + close + 2)
                });
                there + (offset - here).saturating_sub(stamp.unwrap_or(0))
            }
        };
        Place::new(&self.original, at..at)
    }
}

/// Reads the layout and every partial that it reaches; reports every fault of syntax, missing partial
/// and cycle. None where there is one.
pub fn read(sources: &LayoutSources, diagnostics: &mut Diagnostics) -> Option<Templates> {
    let mut found = Diagnostics::new();
    let mut reader =
        Reader { sources, templates: BTreeMap::new(), seen: BTreeSet::new(), diagnostics: &mut found };
    reader.read(MAIN, &sources.html);
    if let Some(main) = reader.templates.get(MAIN) {
        let included: Vec<_> = main.partials().into_iter().map(|(n, p)| (n.to_owned(), p)).collect();
        reader.include(included, &mut vec![]);
    }
    let templates = reader.templates;
    let sound = !found.has_errors();
    diagnostics.extend(found);
    sound.then_some(templates)
}

struct Reader<'a> {
    sources: &'a LayoutSources,
    templates: Templates,
    /// Partials looked into already, with all that they include.
    seen: BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(&mut self, name: &str, source: &Arc<Source>) {
        if let Some(template) = Template::read(source, self.diagnostics) {
            self.templates.insert(name.to_owned(), template);
        }
    }

    /// Reads what a file includes; `within` are the partials that lead there.
    fn include(&mut self, partials: Vec<(String, Place)>, within: &mut Vec<String>) {
        for (name, place) in partials {
            if let Some(start) = within.iter().position(|outer| *outer == name) {
                let cycle = within[start..].iter().chain([&name]).map(String::as_str);
                let cycle = cycle.collect::<Vec<_>>().join(" → ");
                self.error(place, format!("partials that include each other: {cycle}"));
                continue;
            }
            if self.seen.contains(&name) {
                continue;
            }
            if within.len() == MAX_PARTIALS {
                self.error(place, format!("partials nested deeper than {MAX_PARTIALS}"));
                continue;
            }
            let Some(source) = self.sources.partials.get(&name) else {
                let known = self.sources.partials.keys().map(String::as_str);
                let missing = Diagnostic::error(format!("no partial `{name}`")).at(place);
                let missing = match self.sources.partials.is_empty() {
                    true => missing,
                    false => missing.nearest(&name, known),
                };
                self.diagnostics
                    .push(missing.hint(format!("expected templates/partials/{name}.html.hbs")));
                continue;
            };
            self.read(&name, source);
            let Some(template) = self.templates.get(&name) else { continue };
            let included = template.partials().into_iter().map(|(n, p)| (n.to_owned(), p)).collect();
            within.push(name);
            self.include(included, within);
            self.seen.extend(within.pop());
        }
    }

    fn error(&mut self, place: Place, message: String) {
        self.diagnostics.push(Diagnostic::error(message).at(place));
    }
}

/// What Handlebars' parser says, at its place and in words.
fn syntax_fault(source: &Arc<Source>, error: &TemplateError) -> Diagnostic {
    let offset = error.pos().map(|(line, column)| source.offset(line, column));
    let message = match error.reason() {
        TemplateErrorReason::InvalidParam(param) => {
            let at = offset.or_else(|| source.text.find(param.as_str())).unwrap_or(0);
            let place = Place::new(source, at..at + param.len());
            return Diagnostic::error(format!("`{param}` is no path, text or number")).at(place);
        }
        TemplateErrorReason::InvalidSyntax(_) => "this is not a Handlebars expression".to_owned(),
        other => other.to_string(),
    };
    let at = offset.unwrap_or(0);
    Diagnostic::error(message)
        .at(Place::new(source, at..at))
        .hint("an expression is {{path}}, {{helper argument …}}, {{#block argument}}…{{/block}} or {{> partial}}")
}
