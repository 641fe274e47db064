//! A layout, compiled once and filled for each client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::schema::{Kind, Schema};
use super::template::{self, Dialect, Filling, Partials, Rehearsal};
use super::tree::Document;
use super::{attributes, parse, typography, verify};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Source};
use crate::locale::Locale;

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

/// The files around a layout.
pub struct Around<'a> {
    /// Partials that are there and cannot be read, by name, and why: a fault where one is included.
    pub unread: &'a BTreeMap<String, Diagnostic>,
    /// Why the picture cannot be had that an `src` written out in a template names. It is given the template's path and
    /// the `src`.
    pub picture: &'a dyn Fn(&str, &str) -> Result<(), Diagnostic>,
}

/// A layout whose every path, helper, partial and tag has been checked; shared by all clients of a run.
pub struct Layout {
    pub name: String,
    pub sources: LayoutSources,
    filling: Filling,
    /// What a view holds.
    view: Kind,
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
        let around = Around { unread: &BTreeMap::new(), picture: &|_, _| Ok(()) };
        Layout::prepare_among(name, sources, schema, &around, diagnostics)
    }

    /// As [`prepare`](Self::prepare), among other files.
    pub fn prepare_among(
        name: &str,
        sources: LayoutSources,
        schema: &Schema,
        around: &Around<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Layout> {
        let mut found = Diagnostics::new();
        let partials = Partials { read: &sources.partials, unread: around.unread };
        let read = template::read(&sources.html, &partials, Dialect::Layout, &mut found);
        let layout = read.map(|templates| {
            let rehearsal = template::check(&templates, schema, &mut found);
            let (filling, places) = Filling::compile(templates, Dialect::Layout);
            let view = schema.root.clone();
            let layout = Layout { name: name.to_owned(), sources, filling, view, places };
            if rehearsal == Rehearsal::Fit {
                layout.rehearse(schema, &mut found);
            }
            layout.check_pictures(around.picture, &mut found);
            layout
        });
        let sound = !found.has_errors();
        diagnostics.extend(found);
        layout.filter(|_| sound)
    }

    /// Reports the pictures that the templates name outright and that are not to be had.
    fn check_pictures(
        &self,
        picture: &dyn Fn(&str, &str) -> Result<(), Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) {
        let is_img = |tag: &&Place| tag.source.text[tag.span.clone()].eq_ignore_ascii_case("<img");
        for tag in self.places.iter().filter(is_img) {
            let Some((src, place)) = attributes::literal(tag, "src") else { continue };
            let fault = verify::refused_src(&src).or_else(|| picture(&place.source.path, &src).err());
            diagnostics.extend(fault.map(|fault| fault.at(place)));
        }
    }

    /// Fills the layout with the specimens; reports what is wrong whoever the client is.
    fn rehearse(&self, schema: &Schema, diagnostics: &mut Diagnostics) {
        let faulty = diagnostics.has_errors();
        let mute = faulty.then(|| self.filling.muted());
        for (specimen, registry) in schema.specimens.iter().zip(self.filling.registries()) {
            let mut found = Diagnostics::new();
            let registry = mute.as_ref().unwrap_or(registry);
            let text = self.filling.text_with(registry, specimen, &mut found);
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

    /// Fills the layout with one client's view (a [`View`](crate::proposal::view::View) as JSON),
    /// parses the result and applies the typographic rules of each text's language, which leave the view's
    /// names alone. None where there is an error.
    pub fn fill(
        &self,
        view: &serde_json::Value,
        locale: Locale,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        let html = self.filling.text(view, locale, diagnostics)?;
        let mut document = self.tree(&html, Rigour::Printed, diagnostics)?;
        document.names = self.view.names(view);
        typography::apply(&mut document);
        Some(document)
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
}
