//! A layout's templates: read, parsed by Handlebars, checked against the schema, and stamped so that
//! every element of the filled page knows where the template says it.

mod check;
mod filling;
pub mod helpers;
mod include;
mod scan;
mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use handlebars::template::TemplateElement;
use handlebars::{Template as Ast, TemplateError, TemplateErrorReason};

pub use check::{Rehearsal, check};
pub use filling::Filling;
pub use scan::Dialect;
use scan::{Scan, Tag};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Source};

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
    /// As Handlebars parsed the stamped text.
    ast: Ast,
    scan: Scan,
    stamped: Stamped,
    /// The number of its first HTML tag.
    first: usize,
}

/// The layout (under [`MAIN`]) and the partials that it reaches, by name.
pub type Templates = BTreeMap<String, Template>;

impl Template {
    /// Reads one file, its HTML tags numbered from `first` on; None where its syntax is wrong, every
    /// fault reported.
    fn read(
        name: &str,
        source: &Arc<Source>,
        dialect: Dialect,
        first: usize,
        diagnostics: &mut Diagnostics,
    ) -> Option<Template> {
        let scan = scan::scan(source, dialect, diagnostics)?;
        let (text, stamped) = Stamped::of(source, &scan, first);
        // only a registry compiles a template without indenting its partials
        let mut registry = helpers::plain();
        if let Err(error) = registry.register_template_string(name, &text) {
            diagnostics.push(syntax_fault(&stamped, &error));
            return None;
        }
        let ast = registry.get_template(name)?.clone();
        Some(Template { source: source.clone(), ast, scan, stamped, first })
    }

    /// The Handlebars tag at a line and column as its parser counts them.
    fn tag_at(&self, line: usize, column: usize) -> Option<&Tag> {
        self.scan.tags.get(&self.stamped.original_offset(line, column))
    }

    /// Each HTML tag's number, and where the file says it.
    pub fn places(&self) -> impl Iterator<Item = (usize, Place)> {
        (self.first..).zip(self.scan.markup.iter().map(|tag| Place::new(&self.source, tag.clone())))
    }

    /// What fills it, and what tells the places of faults in filling.
    pub fn into_parts(self) -> (Ast, Stamped) {
        let mut ast = self.ast;
        include::link(&mut ast);
        (ast, self.stamped)
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

/// Where things stand in a file, by where they stand in its text with HTML tags numbered.
#[derive(Debug)]
pub struct Stamped {
    original: Arc<Source>,
    /// Lines have the same numbers in both: no stamp has a line feed.
    line_starts: Vec<usize>,
    /// The offsets in the original after which a stamp stands, with its length in characters.
    stamps: Vec<(usize, usize)>,
}

impl Stamped {
    /// Numbers the HTML tags of a file from `first` on; gives the text too.
    fn of(source: &Arc<Source>, scan: &Scan, first: usize) -> (String, Stamped) {
        let text = &source.text;
        let mut out = String::with_capacity(text.len() + 12 * scan.markup.len());
        let mut stamps = vec![];
        let mut done = 0;
        for (i, tag) in scan.markup.iter().enumerate() {
            out.push_str(&text[done..tag.end]);
            done = tag.end;
            let before = out.len();
            // writing to a String cannot fail
            let _ = write!(out, " {STAMP}=\"{}\"", first + i);
            stamps.push((tag.end, out.len() - before));
        }
        out.push_str(&text[done..]);
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        (out, Stamped { original: source.clone(), line_starts, stamps })
    }

    /// The offset in the original of a line and column (in characters) in the numbered text.
    fn original_offset(&self, line: usize, column: usize) -> usize {
        let text = &self.original.text;
        let Some(&start) = line.checked_sub(1).and_then(|line| self.line_starts.get(line)) else {
            return text.len();
        };
        let mut stamps =
            self.stamps[self.stamps.partition_point(|(at, _)| *at <= start)..].iter().peekable();
        let mut left = column.saturating_sub(1);
        let mut at = start;
        for c in text[start..].chars() {
            while let Some((_, length)) = stamps.next_if(|(stamp, _)| *stamp == at) {
                left = left.saturating_sub(*length);
            }
            if left == 0 || c == '\n' {
                break;
            }
            left -= 1;
            at += c.len_utf8();
        }
        at
    }

    /// The place in the original of a line and column in the numbered text.
    pub fn place(&self, line: usize, column: usize) -> Place {
        let at = self.original_offset(line, column);
        Place::new(&self.original, at..at)
    }
}

/// The partials that a layout may include, by name.
#[derive(Clone, Copy)]
pub struct Partials<'a> {
    pub read: &'a BTreeMap<String, Arc<Source>>,
    /// Those that are there and cannot be read, and why.
    pub unread: &'a BTreeMap<String, Diagnostic>,
}

impl Default for Partials<'_> {
    /// None.
    fn default() -> Self {
        Partials { read: const { &BTreeMap::new() }, unread: const { &BTreeMap::new() } }
    }
}

/// Reads a template and every one of the `partials` that it reaches; reports every fault of syntax,
/// missing partial and cycle. None where there is one.
pub fn read(
    main: &Arc<Source>,
    partials: &Partials<'_>,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Templates> {
    let mut found = Diagnostics::new();
    let mut reader = Reader {
        partials: *partials,
        dialect,
        templates: BTreeMap::new(),
        seen: BTreeSet::new(),
        stamps: 0,
        missing: 0,
        diagnostics: &mut found,
    };
    reader.read(MAIN, main);
    if let Some(main) = reader.templates.get(MAIN) {
        let included: Vec<_> = main.partials().into_iter().map(|(n, p)| (n.to_owned(), p)).collect();
        reader.include(included, &mut vec![]);
    }
    // one that nothing includes keeps nobody from anything
    let unused = partials.unread.iter().filter(|(name, _)| !reader.seen.contains(*name));
    for (_, fault) in unused {
        reader.diagnostics.push(Diagnostic { severity: Severity::Warning, ..fault.clone() });
    }
    let (templates, missing) = (reader.templates, reader.missing);
    // A partial that is not there is said, and the rest is looked at as if it were empty.
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let sound = errors == missing;
    diagnostics.extend(found);
    sound.then_some(templates)
}

struct Reader<'a> {
    partials: Partials<'a>,
    dialect: Dialect,
    templates: Templates,
    /// Partials looked into already, with all that they include.
    seen: BTreeSet<String>,
    /// How many HTML tags have been numbered.
    stamps: usize,
    /// How many errors were partials that are not there.
    missing: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(&mut self, name: &str, source: &Arc<Source>) {
        let read = Template::read(name, source, self.dialect, self.stamps, self.diagnostics);
        if let Some(template) = read {
            self.stamps += template.scan.markup.len();
            self.templates.insert(name.to_owned(), template);
        }
    }

    /// A partial is named as in `{{> cover}}`: by its file in templates/partials/, without folder or ending.
    fn missing_partial(&self, name: &str) -> Diagnostic {
        let missing = Diagnostic::error(format!("no partial `{name}`"));
        let file = name.rsplit('/').next().unwrap_or(name);
        let bare = file.trim_end_matches(".hbs").trim_end_matches(".html");
        if self.dialect != Dialect::Layout {
            return missing.hint("partials are for layouts alone");
        }
        let missing = match self.partials.read.is_empty() {
            true => missing,
            false => missing.nearest(bare, self.partials.read.keys().map(String::as_str)),
        };
        match bare == name {
            true => missing.hint(format!("expected templates/partials/{name}.html.hbs")),
            false => missing.hint(
                "a partial is named by its file in templates/partials/, without folder and ending: `{{> cover}}`",
            ),
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
            let Some(source) = self.partials.read.get(&name) else {
                let missing = match self.partials.unread.get(&name) {
                    Some(fault) if fault.place.is_some() => fault.clone(),
                    Some(fault) => fault.clone().at(place),
                    None => self.missing_partial(&name).at(place),
                };
                self.diagnostics.push(missing);
                self.missing += 1;
                let path = format!("templates/partials/{name}.html.hbs");
                self.read(&name, &Source::new(path, ""));
                self.seen.insert(name);
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
fn syntax_fault(stamped: &Stamped, error: &TemplateError) -> Diagnostic {
    let source = &stamped.original;
    let offset = error.pos().map(|(line, column)| stamped.original_offset(line, column));
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
