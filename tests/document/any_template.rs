// Shared by the property test and the fuzz target `template`.

use std::sync::LazyLock;

use propale::diagnostic::{Colour, Diagnostics, Source};
use propale::document::{Layout, LayoutSources, Schema, serialize};
use propale::locale::Locale;
use propale::proposal::view::View;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::of(&View::specimens()));

/// Prepares a text as a layout and, where it is one, fills it with the specimens.
///
/// # Panics
/// Where a layout is refused without a reason, or accepted with an error.
pub fn any_template(text: &str) {
    let mut diagnostics = Diagnostics::new();
    let partials = [("a", "<p>{{> b x=lang}}</p>"), ("b", "<em>{{lang}}</em>")];
    let sources = LayoutSources {
        html: Source::new("page.html.hbs", text),
        css: Source::new("page.css", ""),
        partials: partials.map(|(name, text)| (name.to_owned(), Source::new(name, text))).into(),
    };
    let layout = Layout::prepare("page", sources, &SCHEMA, &mut diagnostics);
    assert_eq!(layout.is_none(), diagnostics.has_errors());
    for diagnostic in diagnostics {
        diagnostic.render(Colour::Plain);
    }
    let Some(layout) = layout else { return };
    for (view, locale) in View::specimens().iter().zip(Locale::ALL) {
        let mut diagnostics = Diagnostics::new();
        let view = serde_json::to_value(view).unwrap();
        let document = layout.fill(&view, locale, &mut diagnostics);
        // the rehearsal has seen these views
        let document = document.unwrap_or_else(|| panic!("{}", diagnostics.one_lines()));
        serialize(&document, "", &mut |_, _| None);
    }
}
