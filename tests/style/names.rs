//! Names that a sheet uses and nothing gives.

use std::sync::Arc;

use super::kit::{document, prepare, said};
use propale::diagnostic::Diagnostics;
use propale::font::{Face, Faces};
use propale::style::compute;

#[test]
fn pages_strings_and_counters_need_a_maker() {
    let css = "@page { @top-left { content: string(huose) } @top-right { content: string(house) counter(page) } }
.a { page: covr; string-set: house content() counter(poit) }
.b { counter-reset: point; page: cover }
.b::before { content: counter(point) counter(list-item) }
@page cover { }";
    assert_eq!(
        said(css, "<p>x</p>"),
        "warning: templates/page.css:1:21: no `string-set` sets the string `huose` (hint: did you mean `house`?)\n\
         warning: templates/page.css:2:6: no @page rule is named `covr` (hint: did you mean `cover`?)\n\
         warning: templates/page.css:2:18: no `counter-reset` or `counter-increment` makes the counter `poit` (hint: did you mean `point`?)\n"
    );
}

/// The shipped faces.
fn faces() -> Faces {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut faces = Faces::default();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "ttf" || e == "otf") {
                let data: Arc<[u8]> = std::fs::read(&path).unwrap().into();
                Face::read("fonts/x", data).unwrap().into_iter().for_each(|face| faces.add(face));
            }
        }
    }
    faces
}

#[test]
fn families_need_a_face() {
    let css = "p { font-family: \"Sorce Sans 3\", sans-serif }
b { font: bold 12px Nowhere }
i { font-family: var(--mine), \"Source Sans 3\" } em { font-family: var(--mine) }
:root { --mine: Elsewhere }
@page { @top-left { content: 'x'; font-family: serif, Absent } }";
    let mut diagnostics = Diagnostics::new();
    let mut sheets = prepare(css, &[], &mut diagnostics);
    sheets.check_families(&faces(), &mut diagnostics);
    let has = "(hint: fonts/ has Source Sans 3, Source Serif 4 Display)";
    assert_eq!(
        diagnostics.one_lines(),
        format!(
            "warning: templates/page.css:1:5: no face in fonts/ has the family `Sorce Sans 3` (hint: did you mean `Source Sans 3`?) {has}\n\
             error: templates/page.css:2:5: no face in fonts/ has the family `Nowhere` {has}\n\
             warning: templates/page.css:5:35: no face in fonts/ has the family `Absent` {has}\n"
        )
    );
    let mut diagnostics = Diagnostics::new();
    let body = "<p style=\"font-family: Here\"><i>x</i><i>x</i> <em>x</em></p>";
    compute(&document(body), &sheets, &Default::default(), &mut diagnostics);
    assert_eq!(
        diagnostics.one_lines(),
        format!(
            "error: page.html.hbs:3:17: no face in fonts/ has the family `Here` {has}\n\
             warning: templates/page.css:3:5: no face in fonts/ has the family `Elsewhere` {has}\n\
             error: templates/page.css:3:54: no face in fonts/ has the family `Elsewhere` {has}\n"
        )
    );
}

#[test]
fn features_that_a_family_lacks_are_named() {
    let css = "p { font-family: 'Source Sans 3'; font-variant-numeric: tabular-nums lining-nums }
b { font-family: 'Source Serif 4 Display'; font-variant-caps: titling-caps }
i { font-variant-numeric: stacked-fractions } .c { font-variant: small-caps oldstyle-nums }";
    let mut diagnostics = Diagnostics::new();
    let mut sheets = prepare(css, &[], &mut diagnostics);
    sheets.check_families(&faces(), &mut diagnostics);
    let document = document("<p>x <b>y</b> <i>z</i> <b>y</b></p><p class=c>w</p>");
    compute(&document, &sheets, &Default::default(), &mut diagnostics);
    assert_eq!(
        diagnostics.one_lines(),
        "warning: templates/page.css:2:44: the family `Source Serif 4 Display` has no titling capitals (`titl`): text in it stays as it is\n\
         warning: templates/page.css:3:5: the family `Source Sans 3` has no stacked fractions (`afrc`): text in it stays as it is\n"
    );
}
