//! A layout, compiled once and filled for each client.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::schema::Schema;
use super::tree::Document;
use crate::diagnostic::{Diagnostics, Source};
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

/// A layout whose every path, helper, partial and tag has been checked; shared by all clients of a run.
#[derive(Debug)]
pub struct Layout {
    pub name: String,
    pub sources: LayoutSources,
}

impl Layout {
    /// Compiles a layout and the partials it reaches, and checks them against `schema`, which says
    /// what a view may hold. Reports every problem; None where there is an error.
    pub fn prepare(
        name: &str,
        sources: LayoutSources,
        schema: &Schema,
        diagnostics: &mut Diagnostics,
    ) -> Option<Layout> {
        let _ = (schema, diagnostics);
        Some(Layout { name: name.to_owned(), sources })
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
        let _ = (view, locale, diagnostics);
        todo!()
    }
}
