//! A template's Handlebars, compiled once a language and filled for each client.

use std::collections::BTreeMap;
use std::io;

use handlebars::{Context, Handlebars, RenderError, RenderErrorReason, no_escape};

use super::{Dialect, MAIN, Stamped, Templates, helpers};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::locale::Locale;

/// A filled template longer than this is refused: partials in loops multiply.
const MAX_FILLED: usize = 64 * 1024 * 1024;

/// A template with its partials, ready to be filled in every language.
pub struct Filling {
    /// One a language, in the order of [`Locale::ALL`]: the helpers speak it.
    registries: Vec<Handlebars<'static>>,
    /// By template, for the places of what fails while filling.
    stamped: BTreeMap<String, Stamped>,
}

impl Filling {
    /// Compiles templates that have been checked. Gives too what the stamps of their HTML tags refer to.
    pub fn compile(templates: Templates, dialect: Dialect) -> (Filling, Vec<Place>) {
        let mut registries: Vec<_> = Locale::ALL.map(helpers::registry).into();
        if dialect == Dialect::Text {
            registries.iter_mut().for_each(|registry| registry.register_escape_fn(no_escape));
        }
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
        (Filling { registries, stamped }, places)
    }

    /// The registries, in the order of [`Locale::ALL`].
    pub fn registries(&self) -> &[Handlebars<'static>] {
        &self.registries
    }

    /// The templates under helpers that print nothing.
    pub fn muted(&self) -> Handlebars<'static> {
        let mut registry = helpers::mute_registry();
        for (name, template) in self.registries[0].get_templates() {
            registry.register_template(name, template.clone());
        }
        registry
    }

    /// The template filled with one view, in one language; None where there is an error.
    pub fn text(
        &self,
        view: &serde_json::Value,
        locale: Locale,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let at = Locale::ALL.iter().position(|known| *known == locale)?;
        self.text_with(&self.registries[at], view, diagnostics)
    }

    /// As [`text`](Self::text), with one of the [`registries`](Self::registries) or the muted one.
    pub fn text_with(
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
                diagnostics.push(self.fault(&error));
                None
            }
        }
    }

    fn fault(&self, error: &RenderError) -> Diagnostic {
        let message = match error.reason() {
            RenderErrorReason::IOError(_) => {
                format!("the filled template is longer than {} MB", MAX_FILLED / 1024 / 1024)
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
