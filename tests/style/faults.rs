//! What is outside the subset: each with its exact message and place.

use super::kit::{dress_branded, prepare, said};
use propale::diagnostic::Diagnostics;

const CASES: &str = include_str!("faults.css");

/// Sheets, each a line or more: a line that begins a sheet has no indent and follows a whole one.
fn sheets() -> Vec<String> {
    let mut sheets: Vec<String> = vec![];
    for line in CASES.lines() {
        let continues = line.starts_with([' ', '}']) || line.starts_with("y\"");
        match sheets.last_mut() {
            Some(last) if continues => last.push_str(&format!("\n{line}")),
            _ => sheets.push(line.to_owned()),
        }
    }
    sheets
}

#[test]
fn faults_say_what_and_where() {
    let mut report = String::new();
    for sheet in sheets() {
        report.push_str(&format!("{sheet}\n"));
        if sheet.starts_with("/* ====") {
            continue;
        }
        let said = said(&sheet, "<p>x</p>");
        assert!(!said.is_empty(), "nothing is said of {sheet}");
        for line in said.lines() {
            report.push_str(&format!("    {}\n", line.replace("templates/page.css:", "")));
        }
    }
    crate::golden::check("style/faults.txt", &report);
}

#[test]
fn faults_of_a_style_attribute_stand_in_it() {
    let body = "<p style=\"colour: red\">x</p>\n<p>a <b style=\"color: bleu; width: 3zz; x\">b</b></p>\n\
                <p style=\"color: var(--none)\">x</p><p style=\"color: red; } b { x: y }\">x</p>";
    assert_eq!(
        said("", body),
        "error: page.html.hbs:3:17: property `colour` is not supported (hint: did you mean `color`?)\n\
         error: page.html.hbs:4:16: `bleu` is not a value of `color`: expected a name, #rrggbb, rgb(), hsl(), color-mix() or currentcolor (hint: did you mean `blue`?)\n\
         error: page.html.hbs:4:16: unit `zz` is not supported in `width`: expected auto | min-content | max-content | fit-content | <length> | <percentage> (hint: lengths are written in mm, cm, in, pt, pc, px, em, rem)\n\
         error: page.html.hbs:4:16: expected `:` and a value after `x`\n\
         error: page.html.hbs:5:11: custom property `--none` is not defined here (hint: give it a fallback: var(--none, …))\n\
         error: page.html.hbs:5:46: `}` closes nothing\n"
    );
}

#[test]
fn imports_are_read_from_the_workspace() {
    let others = [
        ("templates/base.css", "@import \"parts/deep.css\"; p { colour: red }"),
        ("templates/parts/deep.css", "@import '../base.css'; b { widht: 1px }"),
        ("brand/x.css", ""),
    ];
    let css = "@charset \"utf-8\";\n@import \"base.css\";\n@import url(/brand/x.css) print;\n@import '../../y.css';";
    let mut diagnostics = Diagnostics::new();
    let sheets = prepare(css, &others, &mut diagnostics);
    assert_eq!(
        diagnostics.one_lines(),
        "error: templates/base.css:1:31: property `colour` is not supported (hint: did you mean `color`?)\n\
         error: templates/parts/deep.css:1:28: property `widht` is not supported (hint: did you mean `width`?)\n\
         error: templates/parts/deep.css:1:9: `templates/base.css` imports itself\n\
         error: templates/page.css:4:9: no file ../y.css\n"
    );
    let paths: Vec<&str> = sheets.sources().iter().map(|source| &*source.path).collect();
    assert_eq!(
        paths,
        ["templates/parts/deep.css", "templates/base.css", "brand/x.css", "templates/page.css"]
    );
}

#[test]
fn nesting_and_growth_are_bounded() {
    let deep = format!("p {{ width: {}1px{} }}", "calc(".repeat(300), ")".repeat(300));
    assert_eq!(
        said(&deep, "<p>x</p>"),
        "error: templates/page.css:1:382: blocks are nested too deep: expected at most 75 levels\n"
    );
    let mut laughs = String::from(":root { --l0: ha ha ha ha ha ha ha ha ha ha;");
    for i in 1..12 {
        laughs.push_str(&format!("--l{i}:{};", format!("var(--l{}) ", i - 1).repeat(10)));
    }
    laughs.push_str("} p { font-family: var(--l11) }");
    let said = said(&laughs, "<p>x</p>");
    assert!(said.contains("the value grows beyond 64 kB"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let chain: String = (0..5000).map(|i| format!("--c{i}: var(--c{});", i + 1)).collect();
    let chained = dress_branded(
        &format!(":root {{ {chain} --c5000: 3px }} p {{ width: var(--c0) }}"),
        "<p id=x>x</p>",
        &[],
    );
    assert!(chained.clean().style("x").width != propale::style::values::LengthOrAuto::Auto);
}

/// A hint names what CSS has for what was meant, not what is spelled alike.
#[test]
fn hints_that_are_no_spellings() {
    for (css, hint) in [
        ("@page { @top-middle { content: 'a' } }", "did you mean @top-center?"),
        ("@page { @left-center { content: 'a' } }", "did you mean @left-middle?"),
        ("p { text-decoration: underline wavy }", "decoration lines are solid"),
        ("p { grid-gap: 4px }", "use `gap`"),
        ("p { grid-column-gap: 4px }", "use `column-gap`"),
    ] {
        let said = said(css, "<p>x</p>");
        assert!(said.contains(&format!("(hint: {hint})")), "{css}: {said}");
    }
}
