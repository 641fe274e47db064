//! The shipped layout, prepared and filled with the specimens.

use super::*;

pub fn proposal() -> LayoutSources {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |path: String| Source::new(path.clone(), std::fs::read_to_string(root.join(&path)).unwrap());
    let partials = std::fs::read_dir(root.join("templates/partials")).unwrap();
    LayoutSources {
        html: read("templates/proposal.html.hbs".into()),
        css: read("templates/proposal.css".into()),
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
fn the_shipped_layout_has_no_fault() {
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("proposal", proposal(), &schema(), &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    assert!(layout.is_some());
}

/// The fullest and the barest proposal give no warning either.
#[test]
fn the_shipped_layout_filled() {
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("proposal", proposal(), &schema(), &mut diagnostics).unwrap();
    for view in View::specimens() {
        let locale = Locale::from_tag(&view.lang).unwrap();
        let document =
            layout.fill(&serde_json::to_value(&view).unwrap(), locale, &mut diagnostics).unwrap();
        assert_eq!(document.title, format!("{} – {}", view.proposal.title, view.client.name));
        assert_eq!(document.max_pages, Some(5));
    }
    assert_eq!(diagnostics.one_lines(), "");
}
