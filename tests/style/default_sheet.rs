//! The default sheet, and the sheets of the shipped layouts.

use super::kit::{difference, dress, prepare};
use propale::diagnostic::Diagnostics;
use propale::document::elements::ELEMENTS;
use propale::style::values::ComputedStyle;

/// How each element differs from the initial values, in a body of its own.
#[test]
fn elements_look_as_html_says() {
    let mut report = String::new();
    // The head is read, and is no part of the tree.
    for element in ELEMENTS.iter().filter(|e| !["head", "title", "meta"].contains(&e.name)) {
        let body = match element.name {
            "html" | "body" => "<p>x</p>".to_owned(),
            "li" => "<ul><li>x</li></ul>".to_owned(),
            "dt" | "dd" => "<dl><dt>x</dt><dd>x</dd></dl>".to_owned(),
            "figcaption" => "<figure><figcaption>x</figcaption></figure>".to_owned(),
            "caption" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" => {
                "<table><caption>x</caption><thead><tr><th>x</th></tr></thead><tbody><tr><td>x</td></tr>\
                 </tbody><tfoot><tr><td>x</td></tr></tfoot></table>"
                    .to_owned()
            }
            "ol" | "ul" => format!("<{0}><li>x</li></{0}>", element.name),
            "dl" => "<dl><dt>x</dt><dd>x</dd></dl>".to_owned(),
            "table" => "<table><tbody><tr><td>x</td></tr></tbody></table>".to_owned(),
            "img" => "<p><img src=\"a.png\" alt=\"x\"></p>".to_owned(),
            "svg" => "<p><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg></p>"
                .to_owned(),
            "br" | "wbr" => format!("<p>x<{}>x</p>", element.name),
            "hr" => "<hr>".to_owned(),
            "a" => "<p><a href=\"https://a.example\">x</a></p>".to_owned(),
            "time" => "<p><time datetime=\"2026-01-01\">x</time></p>".to_owned(),
            name if name.starts_with('h') && name.len() == 2 => {
                let level: u8 = name[1..].parse().unwrap();
                (1..=level).map(|n| format!("<h{n}>x</h{n}>")).collect()
            }
            name => format!("<div><{name}>x</{name}></div>"),
        };
        let dressed = dress("", &body).clean();
        let node = dressed.first(element.name);
        let changed = difference(&ComputedStyle::initial(), &node.style);
        report.push_str(&format!("{}\n", element.name));
        for change in changed {
            report.push_str(&format!("    {change}\n"));
        }
        if let Some(marker) = &node.marker {
            report.push_str(&format!("  ::marker {:?}\n", difference(&node.style, marker)));
        }
    }
    crate::golden::check("style/elements.txt", &report);
}

#[test]
fn nested_lists_change_their_markers() {
    let dressed = dress(
        "",
        "<ul id=a><li>x<ul id=b><li>x<ul id=c><li>x<ol id=d><li>x</ol></ul></ul></ul><ol type=a id=e><li>x</ol>",
    )
    .clean();
    let markers: Vec<String> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|id| format!("{:?}", dressed.style(id).text.list_style_type))
        .collect();
    assert_eq!(markers, ["Disc", "Circle", "Square", "Decimal", "LowerAlpha"]);
}

#[test]
fn shipped_sheets_are_within_the_subset() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let sheets: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .map(|path| {
            let name = format!("templates/{}", path.file_name().unwrap().to_str().unwrap());
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    let neighbours: Vec<(&str, &str)> =
        sheets.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    for (name, text) in &sheets {
        let mut diagnostics = Diagnostics::new();
        prepare(text, &neighbours, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{name}:\n{}", diagnostics.one_lines());
    }
    assert!(sheets.len() > 2);
}
