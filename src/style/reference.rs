//! docs/css.md: the reference of the subset, made from the tables that the program reads CSS by.

use std::fmt::Write;

use super::explain::UNITS;
use super::longhands::{TOPICS, Topic};
use super::page::MARGIN_BOXES;
use super::property::{Inherited, Longhand, Scope};
use super::selector::{PSEUDO_CLASSES, PSEUDO_ELEMENTS};
use super::shorthands::SHORTHANDS;

/// The whole page as Markdown.
pub fn reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Selectors\n\n");
    page.push_str(SELECTORS);
    page.push_str("\n| selector | matches |\n|---|---|\n");
    for (name, note) in PSEUDO_CLASSES.iter().chain(&PSEUDO_ELEMENTS) {
        row(&mut page, &[&code(name), note]);
    }
    page.push_str("\n## Values\n\n");
    let units: Vec<String> = UNITS.iter().map(|unit| code(unit)).collect();
    _ = writeln!(page, "- `<length>`: {}; a bare 0.", units.join(", "));
    page.push_str(VALUES);
    page.push_str("\n## Pages\n\n");
    page.push_str(PAGES);
    let boxes: Vec<String> = MARGIN_BOXES.iter().map(|(name, _)| code(name)).collect();
    _ = writeln!(page, "\nThe page-margin boxes: {}.", boxes.join(", "));
    page.push_str("\n## Properties\n\n");
    page.push_str(PROPERTIES);
    for topic in &TOPICS {
        properties(&mut page, topic);
    }
    page.push_str("\n### Shorthands\n\n| shorthand | values | sets |\n|---|---|---|\n");
    for shorthand in SHORTHANDS {
        let longhands: Vec<String> = shorthand.longhands.iter().map(|name| code(name)).collect();
        row(&mut page, &[&code(shorthand.name), &code(shorthand.accepts), &longhands.join(", ")]);
    }
    page
}

fn properties(page: &mut String, topic: &Topic) {
    _ = write!(page, "\n### {}\n\n| property | values | initial | |\n|---|---|---|---|\n", topic.title);
    for longhand in topic.longhands {
        let initial = code(longhand.initial);
        row(page, &[&code(longhand.name), &code(longhand.accepts), &initial, &notes(longhand)]);
    }
}

fn notes(longhand: &Longhand) -> String {
    let mut notes = vec![];
    if longhand.inherited == Inherited::Yes {
        notes.push("inherited");
    }
    notes.push(match longhand.scope {
        Scope::Elements | Scope::Pages => "",
        Scope::MarginBoxes => "also in margin boxes",
        Scope::Everywhere => "also in margin boxes and `@page`",
    });
    notes.push(longhand.note);
    notes.retain(|note| !note.is_empty());
    notes.join("; ")
}

fn row(page: &mut String, cells: &[&str]) {
    _ = writeln!(page, "| {} |", cells.join(" | "));
}

/// Code in a table: a bar would end its cell.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

const INTRODUCTION: &str = "\
# The CSS of layouts

A layout's style sheet is CSS, in the subset below. What is outside it is an error with its place, never
silently ignored. Where CSS says how something behaves, it behaves so; the program's default sheet gives
every element what the HTML Standard's Rendering section says, with `text-wrap-style: pretty` for paragraphs and
`text-wrap-style: balance` for headings.

<!-- Made from src/style/: PROPALE_GOLDEN=update cargo test -->

- Every key of `[brand]` is a custom property of the root element: `var(--brand-primary)`. It wins over what a
  sheet says of a property of that name, so that a layout can set it on `:root` for itself.
- `@import \"base.css\";` takes in a neighbour in templates/; a path with a leading `/` starts at the workspace.
- `@media print` and `@media all` hold rules; other media, `@font-face`, `@supports` and `@layer` are errors.
- Rules do not nest. `!important` works as in CSS.
- Every property takes `inherit`, `initial` and `unset`.
";

const SELECTORS: &str = "\
Element names, `.class`, `#id`, `*`, `[attribute]` (with `=`, `~=`, `|=`, `^=`, `$=`, `*=`, and `i` or `s`), joined
by white space, `>`, `+` and `~`, listed with commas.
";

const VALUES: &str = "\
- `<percentage>`: `50%`. `<number>`, `<integer>`. `<angle>`: `deg`, `grad`, `rad`, `turn`. `<flex>`: `1fr`.
- `calc()` adds, subtracts, multiplies and divides lengths, percentages and numbers; `min()`, `max()` and
  `clamp()` choose among them.
- `<color>`: a name, `#rgb`, `#rrggbb`, `#rgba`, `#rrggbbaa`, `rgb()`, `hsl()`, `color-mix(in srgb, …)`,
  `currentcolor`, `transparent`.
- `var(--name, fallback)` stands in any value; a custom property that is not defined, or leads to itself, is an error.
- In the tables, `|` parts alternatives, `||` values in any order, `?` follows what may be left out, `+` what may
  repeat, `#` what may repeat with commas, `{1,4}` says how often.
";

const PAGES: &str = "\
`@page { … }`, `@page name { … }`, with any of `:first`, `:left`, `:right`, `:blank`; the first page is a right one. A
rule with a name wins over one without, `:first` and `:blank` over `:left` and `:right`. In it stand `size`,
`margin`, `background-color` and page-margin boxes, which appear where they have `content`.

A page stands where a break is forced or the page's name changes, whatever is on it. White space alone makes none at
the end of a part. A picture that its page cannot hold with the heading above it is printed smaller, with a
warning. Where a page is of another width than the one before, blocks and the lines of paragraphs go on in its
width; what is left of a table, a flex box or a grid keeps its own, with a warning. Rows are kept whole, those under
a spanning cell too, unless no page holds them. A box in a line (`inline-block` and its kin) is never divided, with a
warning where it is too tall.
";

const PROPERTIES: &str = "\
The last column says what is inherited, and which properties stand in `@page` and its margin boxes too.
";
