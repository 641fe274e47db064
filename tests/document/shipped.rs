//! The shipped layouts, prepared and filled with the specimens.

use super::*;
use crate::golden;

fn shipped(name: &str) -> LayoutSources {
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
fn the_shipped_layout_has_no_fault() {
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("proposal", shipped("proposal"), &schema(), &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    assert!(layout.is_some());
}
