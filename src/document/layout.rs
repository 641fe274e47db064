//! A layout, compiled once and filled for each client.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;

use handlebars::{Context, Handlebars, RenderError, RenderErrorReason};

use super::schema::Schema;
use super::template::{self, MAIN, Rehearsal, Stamped, Templates, helpers};
use super::tree::Document;
use super::{parse, typography, verify};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Source};
use crate::locale::Locale;

/// A filled layout longer than this is refused: partials in loops multiply.
const MAX_FILLED: usize = 64 * 1024 * 1024;

/// The files of a layout, read but not yet looked into.
#[derive(Clone, Debug)]
pub struct LayoutSources {
    /// NAME.html.hbs.
    pub html: Arc<Source>,
    /// NAME.css; its `@import`s are left to `style`.
    pub css: Arc<Source>,
    /// Every partial there is, by the name in `{{> name}}` (its file name without `.html.hbs`).
    pub partials: BTreeMap<String, Arc<Source>>,
}

/// A layout whose every path, helper, partial and tag has been checked; shared by all clients of a run.
pub struct Layout {
    pub name: String,
    pub sources: LayoutSources,
    /// One a language, in the order of [`Locale::ALL`]: the helpers speak it.
    registries: Vec<Handlebars<'static>>,
    /// By template, for the places of what fails while filling.
    stamped: BTreeMap<String, Stamped>,
    /// What the stamps refer to.
    places: Vec<Place>,
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layout").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How much is asked of a filled layout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rigour {
    /// All that a page to be printed must keep.
    Printed,
    /// That the elements nest: all that holds for a view with paths missing.
    Structure,
}

impl Layout {
    /// Compiles a layout and the partials it reaches, checks them against `schema`, which says what a
    /// view may hold, and rehearses the layout on the schema's specimens, so that a fault in a part
    /// that no client has shows too. Reports every problem; None where there is an error.
    pub fn prepare(
        name: &str,
        sources: LayoutSources,
        schema: &Schema,
        diagnostics: &mut Diagnostics,
    ) -> Option<Layout> {
        let mut found = Diagnostics::new();
        let layout = template::read(&sources, &mut found).map(|templates| {
            let rehearsal = template::check(&templates, schema, &mut found);
            let layout = Layout::compile(name, sources, templates);
            if rehearsal == Rehearsal::Fit {
                layout.rehearse(schema, &mut found);
            }
            layout
        });
        let sound = !found.has_errors();
        diagnostics.extend(found);
        layout.filter(|_| sound)
    }

    fn compile(name: &str, sources: LayoutSources, templates: Templates) -> Layout {
        let mut registries: Vec<_> = Locale::ALL.map(helpers::registry).into();
        let mut places: Vec<(usize, Place)> = vec![];
        let mut stamped = BTreeMap::new();
        for (name, template) in templates {
            places.extend(template.places());
            let (ast, stamps) = template.into_parts();
            for registry in &mut registries {
                registry.register_template(&name, ast.clone());
            }
            stamped.insert(name, stamps);
        }
        // files are numbered in the order in which they were read
        places.sort_by_key(|(number, _)| *number);
        let places = places.into_iter().map(|(_, place)| place).collect();
        Layout { name: name.to_owned(), sources, registries, stamped, places }
    }

    /// Fills the layout with the specimens; reports what is wrong whoever the client is.
    fn rehearse(&self, schema: &Schema, diagnostics: &mut Diagnostics) {
        let faulty = diagnostics.has_errors();
        let mute = faulty.then(|| self.muted());
        for (specimen, registry) in schema.specimens.iter().zip(&self.registries) {
            let mut found = Diagnostics::new();
            let text = self.text(mute.as_ref().unwrap_or(registry), specimen, &mut found);
            if faulty {
                // why it cannot be filled has been said
                found = Diagnostics::new();
            }
            if let Some(html) = text {
                // a path that does not exist prints nothing, which is no fault of the HTML
                let rigour = if faulty { Rigour::Structure } else { Rigour::Printed };
                self.tree(&html, rigour, &mut found);
            }
            // warnings are for the clients who have the pages
            diagnostics.extend(found.into_iter().filter(|d| d.severity == Severity::Error));
        }
    }

    /// The layout's templates under helpers that print nothing.
    fn muted(&self) -> Handlebars<'static> {
        let mut registry = helpers::mute_registry();
        for (name, template) in self.registries[0].get_templates() {
            registry.register_template(name, template.clone());
        }
        registry
    }

    /// Fills the layout with one client's view (a [`View`](crate::proposal::view::View) as JSON),
    /// parses the result and applies the typographic rules of each text's language. None where there
    /// is an error.
    pub fn fill(
        &self,
        view: &serde_json::Value,
        locale: Locale,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        let at = Locale::ALL.iter().position(|known| *known == locale)?;
        let html = self.text(&self.registries[at], view, diagnostics)?;
        let mut document = self.tree(&html, Rigour::Printed, diagnostics)?;
        typography::apply(&mut document);
        Some(document)
    }

    /// The filled text, its HTML tags stamped.
    fn text(
        &self,
        registry: &Handlebars<'_>,
        view: &serde_json::Value,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let context = Context::from(view.clone());
        let mut out = Bounded(Vec::new());
        match registry.render_with_context_to_write(MAIN, &context, &mut out) {
            Ok(()) => String::from_utf8(out.0).ok(),
            Err(error) => {
                diagnostics.push(self.filling_fault(&error));
                None
            }
        }
    }

    fn tree(&self, html: &str, rigour: Rigour, diagnostics: &mut Diagnostics) -> Option<Document> {
        let mut found = Diagnostics::new();
        let document = parse::parse(html, &self.places, &mut found);
        if let Some(document) = &document
            && rigour == Rigour::Printed
        {
            verify::verify(document, &mut found);
        }
        let sound = !found.has_errors();
        // what has no place concerns the whole layout
        let whole = Place::new(&self.sources.html, 0..0);
        let placed = |d: Diagnostic| Diagnostic { place: d.place.or_else(|| Some(whole.clone())), ..d };
        diagnostics.extend(found.into_iter().map(placed));
        document.filter(|_| sound)
    }

    fn filling_fault(&self, error: &RenderError) -> Diagnostic {
        let message = match error.reason() {
            RenderErrorReason::IOError(_) => {
                format!("the filled layout is longer than {} MB", MAX_FILLED / 1024 / 1024)
            }
            RenderErrorReason::Other(message) => message.clone(),
            reason => reason.to_string(),
        };
        let name = error.template_name.as_deref().unwrap_or(MAIN);
        let place = match (self.stamped.get(name), error.line_no, error.column_no) {
            (Some(stamped), Some(line), Some(column)) => Some(stamped.place(line, column)),
            _ => None,
        };
        Diagnostic::error(message).maybe_at(place)
    }
}

/// A buffer that refuses to grow past [`MAX_FILLED`].
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_FILLED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
