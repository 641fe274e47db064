//! The `html` command's file.

use super::*;
use propale::document::{inline_urls, serialize};

#[test]
fn a_whole_file() {
    let body = "<h1>l'an & {{client.name}}</h1>\n<p class=\"a\">x<br>y <img src=\"a.png\" alt='\"'> <img src=\"b.png\" alt=\"\"></p>\
                <pre>\n\n a</pre><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>";
    let mut view = view();
    view.client.name = "<b> & \"co\"".into();
    let document = fill(body, &view).unwrap();
    let mut asked = vec![];
    let html = serialize(&document, "p::after { content: \"</style>\" }", &mut |src, place| {
        asked.push(format!("{src} {}", place.unwrap().line_column()));
        (src == "a.png").then(|| "data:image/png;base64,AA==".to_owned())
    });
    assert_eq!(asked, ["a.png page.html.hbs:3:21", "b.png page.html.hbs:3:47"]);
    crate::golden::check("document/inlined.html", &html);
}

/// The file, read as a layout, gives the tree it was made of: a browser shows the very same text.
#[test]
fn what_is_written_reads_back() {
    for (name, _) in shipped::LAYOUTS {
        reads_back(name);
    }
}

#[track_caller]
fn reads_back(name: &str) {
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare(name, shipped::layout(name), &schema(), &mut diagnostics).unwrap();
    let values = View::specimens().map(|view| serde_json::to_value(view).unwrap());
    for (view, locale) in values.iter().zip(Locale::ALL) {
        let document = layout.fill(view, locale, &mut diagnostics).unwrap();
        let html = serialize(&document, "", &mut |_, _| None).replace("<style>\n\n</style>\n", "");
        let again = Layout::prepare("again", sources(&html, &[]), &schema(), &mut diagnostics)
            .and_then(|layout| layout.fill(view, locale, &mut diagnostics));
        let again = again.unwrap_or_else(|| panic!("{}", diagnostics.one_lines()));
        let shape = |document: &Document| {
            let outline = outline(document);
            let lines = outline.lines().filter(|line| !line.starts_with("max-pages"));
            lines
                .map(|line| line.split("> ").next().unwrap().trim_end_matches('>').to_owned() + "\n")
                .collect::<String>()
        };
        assert_eq!(shape(&document), shape(&again));
    }
}

#[test]
fn urls_of_a_style_sheet() {
    let css = "@font-face { src: url(a.ttf) format(\"truetype\"), url( 'b.ttf' ) }\n\
               /* url(c.png) */ p { background: url(\"d\\\"e.png\"); content: \"url(f.png)\" }\n\
               @media print { q { border-image: URL(missing.png) } }";
    let mut asked = vec![];
    let out = inline_urls(css, &mut |url| {
        asked.push(url.to_owned());
        (url != "missing.png").then(|| format!("data:,{}", asked.len()))
    });
    assert_eq!(asked, ["a.ttf", "b.ttf", "d\"e.png", "missing.png"]);
    assert_eq!(
        out,
        "@font-face { src: url(\"data:,1\") format(\"truetype\"), url(\"data:,2\") }\n\
         /* url(c.png) */ p { background: url(\"data:,3\"); content: \"url(f.png)\" }\n\
         @media print { q { border-image: URL(missing.png) } }"
    );
}

#[test]
fn imports_of_a_style_sheet_are_left_out() {
    let css = "@charset \"utf-8\";\n@import \"a;b.css\";\n@IMPORT url(c.css) print;\np { color: red }";
    let out = inline_urls(css, &mut |url| panic!("{url} is not needed"));
    assert_eq!(out.trim_start(), "p { color: red }");
}
