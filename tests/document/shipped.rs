//! The shipped layouts, prepared and filled with the specimens.

use super::*;

/// The name of each, and how many pages it allows itself.
pub const LAYOUTS: [(&str, u32); 3] = [("proposal", 5), ("letter", 2), ("deck", 10)];

pub fn layout(name: &str) -> LayoutSources {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |path: String| Source::new(path.clone(), std::fs::read_to_string(root.join(&path)).unwrap());
    let partials = std::fs::read_dir(root.join("templates/partials")).unwrap();
    LayoutSources {
        html: read(format!("templates/{name}.html.hbs")),
        css: read(format!("templates/{name}.css")),
        partials: partials
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .map(|file| {
                let name = file.strip_suffix(".html.hbs").unwrap().to_owned();
                (name, read(format!("templates/partials/{file}")))
            })
            .collect(),
    }
}

#[test]
fn no_shipped_layout_has_a_fault() {
    for (name, _) in LAYOUTS {
        let mut diagnostics = Diagnostics::new();
        let layout = Layout::prepare(name, layout(name), &schema(), &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), "");
        assert!(layout.is_some());
    }
}

/// The fullest and the barest proposal give no warning either.
#[test]
fn the_shipped_layouts_filled() {
    for (name, max_pages) in LAYOUTS {
        let mut diagnostics = Diagnostics::new();
        let layout = Layout::prepare(name, layout(name), &schema(), &mut diagnostics).unwrap();
        for view in View::specimens() {
            let locale = Locale::from_tag(&view.lang).unwrap();
            let document =
                layout.fill(&serde_json::to_value(&view).unwrap(), locale, &mut diagnostics).unwrap();
            assert_eq!(document.title, format!("{} – {}", view.proposal.title, &*view.client.name));
            assert_eq!(document.max_pages, Some(max_pages));
        }
        assert_eq!(diagnostics.one_lines(), "");
    }
}

#[test]
fn every_shipped_layout_is_listed_here() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(root.join("templates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|file| file.strip_suffix(".html.hbs").map(str::to_owned))
        .collect();
    names.sort();
    let mut listed = LAYOUTS.map(|(name, _)| name.to_owned());
    listed.sort();
    assert_eq!(names, listed);
}
