//! Layouts filled and parsed: the tree, and every fault with its place.

mod shipped;

use std::sync::Arc;

use propale::diagnostic::{Diagnostics, Source};
use propale::document::{Layout, LayoutSources, Schema};
use propale::proposal::view::View;

pub fn schema() -> Schema {
    Schema::of(&View::specimens())
}

/// A layout `page.html.hbs` with partials.
pub fn sources(html: &str, partials: &[(&str, &str)]) -> LayoutSources {
    let path = |name: &str| format!("templates/partials/{name}.html.hbs");
    LayoutSources {
        html: Source::new("templates/page.html.hbs", html),
        css: Source::new("templates/page.css", ""),
        partials: partials
            .iter()
            .map(|(name, text)| (name.to_string(), Source::new(path(name), *text)))
            .collect(),
    }
}
