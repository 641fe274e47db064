//! The references in docs/ are made from the program's own tables.

use std::path::Path;

use propale::document::{elements, helpers_reference, schema::Schema};
use propale::proposal::keys::reference;
use propale::proposal::view::View;

/// Compares docs/`name` with what the program's tables give, or writes it there when asked to.
#[track_caller]
fn check(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("PROPALE_GOLDEN").is_some_and(|v| v == "update") {
        std::fs::write(&path, made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "docs/{name} is not what `PROPALE_GOLDEN=update cargo test` makes");
}

#[test]
fn keys() {
    let text = format!(
        "# Every key of propale.toml and of a profile\n\n\
         Made from src/proposal/keys/: `PROPALE_GOLDEN=update cargo test`. An unknown key is an error with its place and the \
         nearest known one; all errors of a run are reported at once. Paths are from the workspace root.\n\n\
         ## The profile: clients/NAME.toml\n\n{}\n## The house: propale.toml\n\n{}",
        reference::profile().replace("#### ", "### "),
        reference::house().replace("#### ", "### ")
    );
    check("keys.md", &text);
}

#[test]
fn layout() {
    let text = format!(
        "{LAYOUT}\n## Elements and attributes\n\n{}\n## Helpers\n\n{}\n## The view\n\n\
         A `?` marks what may be absent: print it inside `{{{{#if}}}}`, `{{{{#with}}}}` or `{{{{#each}}}}`. `[]` is an element of a \
         list.\n\n```text\n{}```\n",
        elements::reference(),
        helpers_reference(),
        Schema::of(&View::specimens()).reference()
    );
    check("layout.md", &text);
}

const LAYOUT: &str = "\
# How to write a layout

A layout is `templates/NAME.html.hbs`, a whole HTML document, and `templates/NAME.css`, which applies by its name. A profile or the house
chooses it: `layout = \"NAME\"`. A file of your workspace wins over the shipped one of the same name, so copying \
`templates/proposal.css` from this repository is a start; `propale context CLIENT --origins` says which files were used, and `propale html CLIENT` \
opens in any browser.

This is a whole layout:

```html
<!doctype html>
<html lang=\"{{lang}}\">
<head><title>{{proposal.title}}</title></head>
<body>
  <h1>{{proposal.title}}</h1>
  <p>{{client.name}}, {{date proposal.date}}</p>
  {{#with reasons}}
  <h2>{{{heading}}}</h2>
  <ul>{{#each items}}<li>{{{text}}}</li>{{/each}}</ul>
  {{/with}}
</body>
</html>
```

- Every path is checked before any client is known, inside `{{#if}}` and partials too. One that may be absent is printed only inside its guard.
- `{{path}}` prints text, escaped. `{{{path}}}` is for the paths of type HTML below, which are Markdown made safe, and for no others.
- Partials are `templates/partials/NAME.html.hbs`: `{{> NAME}}`.
- `<meta name=\"max-pages\" content=\"5\">` says how long the document may get, up to a `<section role=\"doc-appendix\">`; beyond it there is a warning.
- An `<img>` without `alt` is an error, and so is one of spaces; `alt=\"\"` marks decoration. An inline `<svg>` without
  `aria-label` is decoration; an `<a>` around decoration only needs one. A `<figcaption>` is heard beside its picture, not instead of it.
- What `li::before` prints where the item has no marker is its label for those who listen, wherever it is painted. A `<caption>` that a sheet
  hides is the table's summary. `<s>`, `<u>` and what a sheet strikes through, blocks and cells too, say so. A space is heard where only boxes
  part words. A task of a note is `<li data-task=\"open\">` or
  `\"done\"`, whose marker the default sheet makes a box.
- `src` is from the template's folder, or with a leading `/` from the workspace. Remote and `data:` addresses are errors, and so are
  `<link>`, `<style>` and `<script>`.
- The typographic rules of the language apply after filling: write plain quotes and spaces.
- Pages, margins, running heads and feet are CSS: [css.md](css.md).
";

#[test]
fn every_golden_is_claimed_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut sources = String::new();
    let mut goldens = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if let Some(golden) = shown.strip_prefix("golden/") {
                goldens.push(golden.to_string());
            } else if shown.ends_with(".rs") {
                sources.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(goldens.len() > 10);
    for golden in goldens {
        let (folder, file) = golden.rsplit_once('/').unwrap();
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        let claims = [format!("\"{golden}\""), format!("\"{folder}/{{stem}}.{ending}\"")];
        let claimed = claims.iter().any(|claim| sources.contains(claim));
        assert!(claimed, "no test claims tests/golden/{golden}");
    }
}

#[test]
fn the_layout_that_is_shown_is_a_layout() {
    let workspace = crate::support::Workspace::small();
    let html = LAYOUT.split("```html\n").nth(1).unwrap().split("```").next().unwrap();
    workspace.write("templates/plain.html.hbs", html);
    workspace.write("clients/a.toml", "layout = \"plain\"\n[client]\nname = \"A\"\n");
    workspace.build(&["a", "--strict"]);
}
