//! Which tags come of which elements.

use propale::document::tree::{Document, NodeId};
use propale::layout::pages::{Artifact, Item, Owner, Pages, Paint};

use super::kit;
use super::reader::{Element, Kid, Reader, faults, heard};
use crate::golden;

/// A body, and what it shows.
const CASES: &[(&str, &str)] = &[
    (
        "text beside blocks is a paragraph of its own",
        "<section>one <em>two</em><p>three</p>four</section>",
    ),
    ("headings are numbered without gaps", "<h2>a</h2><h4>b</h4><h3>c</h3><h1>d</h1><h3>e</h3>"),
    (
        "items of a flex container are paragraphs",
        "<div style='display: flex'>one <span>two</span><b>three</b></div>",
    ),
    (
        "blocks within an inline element",
        "<div><span>a <span style='display: block'>b</span></span> c</div>",
    ),
    ("blocks within a paragraph are text", "<p>a <span style='display: block'>b</span> c</p>"),
    ("wrappers leave no trace", "<main><div><div><p>a</p></div></div></main>"),
    ("a list item with text, blocks, both", "<ul><li>a</li><li><p>b</p></li><li>c<p>d</p></li></ul>"),
    ("lists in lists", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
    (
        "terms and what they mean",
        "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd><div><dt>e</dt><dd>f</dd></div></dl>",
    ),
    (
        "a table: caption, groups, scopes, spans, empty cells",
        "<table><caption>a</caption><thead><tr><th>b</th><th>c</th></tr></thead><tbody>\
         <tr><th>d</th><td rowspan='2'>e</td></tr><tr><th>f</th></tr><tr><td></td><td><p>g</p><p>h</p></td></tr></tbody></table>",
    ),
    (
        "groups of a table: a head and a foot alone, heads and feet twice",
        "<table><thead><tr><th>a</th></tr></thead></table><table><tfoot><tr><td>b</td></tr></tfoot></table>\
         <table><thead><tr><th>c</th></tr></thead><thead><tr><th>d</th></tr></thead><tfoot><tr><td>e</td></tr></tfoot>\
         <tbody><tr><td>f</td></tr></tbody><tfoot><tr><td>g</td></tr></tfoot></table>",
    ),
    (
        "a table whose caption is not shown",
        "<table><caption style='display: none'>a <b>b</b></caption><tbody><tr><td>c</td></tr></tbody></table>",
    ),
    (
        "cells that name their headers",
        "<table><tbody><tr><th id='x'>a</th><th id='y'>b</th></tr><tr><td headers='x'>c</td>\
         <td headers='x y'>d</td></tr></tbody></table>",
    ),
    (
        "rows that lack cells, spans that go too far",
        "<table><tbody><tr><td>a</td><td>b</td><td rowspan='2'>c</td></tr><tr><td colspan='5'>d</td></tr><tr></tr>\
         <tr><td>e</td></tr><tr><td rowspan='9'>f</td><td colspan='2'>g</td></tr></tbody><tbody><tr><td colspan='2'>h</td></tr></tbody></table>",
    ),
    ("rows without any cell", "<table><tr></tr><tr></tr></table>"),
    (
        "a row that is not shown",
        "<table><tbody><tr><td>a</td></tr><tr style='display: none'><td>b</td></tr></tbody></table>",
    ),
    (
        "links: in text, alone, around a picture",
        "<p>a <a href='https://x.example'>b <em>c</em></a></p>\
     <div><a style='display: block' href='https://y.example'>d</a></div><a href='mailto:a@x.example'><svg viewBox='0 0 4 3' aria-label='e'><path d='M0 0h4v3z'/></svg>f</a>",
    ),
    (
        "an abbreviation and what it is short for",
        "<p>1 € <abbr title=\"hors taxes\">HT</abbr> <abbr>TTC</abbr></p>",
    ),
    ("an anchor without target is no link", "<p><a>a</a></p>"),
    (
        "pictures: alone, in text, decorative",
        "<div><svg viewBox='0 0 4 3' aria-label='a'><path d='M0 0h4v3z'/></svg></div>\
         <p>b <svg viewBox='0 0 4 3' aria-label='c'><path d='M0 0h4v3z'/></svg></p>\
         <p>d<svg viewBox='0 0 4 3'><path d='M0 0h4v3z'/></svg></p>",
    ),
    (
        "a figure with its caption",
        "<figure><svg viewBox='0 0 4 3' aria-label='a'><path d='M0 0h4v3z'/></svg><figcaption>b</figcaption></figure>",
    ),
    (
        "quotations and code",
        "<blockquote>a<p>b</p></blockquote><pre><code>c</code></pre><p>d <code>e</code></p>",
    ),
    ("what is struck, and what is underlined", "<p>a <s>b <em>c</em></s> <u>d</u></p><s>e</s>"),
    (
        "languages, where they change",
        "<p lang='en'>a <em lang='fr'>b</em> <em lang='en'>c</em></p><div lang='en'><p>d</p><p lang='fr'>e</p></div>",
    ),
];

fn shown(reader: &Reader, element: &Element, depth: usize, out: &mut String) {
    let mut line = format!("{}{}", "  ".repeat(depth), element.role);
    for key in ["Lang", "Alt", "E"] {
        if let Some(value) = reader.string(&element.dict, key) {
            line.push_str(&format!(" {key}={value}"));
        }
    }
    for (owner, key) in [
        ("List", "ListNumbering"),
        ("Table", "Scope"),
        ("Table", "RowSpan"),
        ("Table", "ColSpan"),
        ("Table", "Headers"),
        ("Table", "Summary"),
        ("Layout", "TextDecorationType"),
    ] {
        if let Some(value) = reader.attribute(element, owner, key) {
            line.push_str(&format!(" {key}={value:?}"));
        }
    }
    let mut below = String::new();
    for kid in &element.kids {
        match kid {
            Kid::Element(child) => shown(reader, child, depth + 1, &mut below),
            Kid::Content(stream, mcid) => {
                let text = reader.text(*stream, *mcid);
                below.push_str(&format!("{}\"{text}\"\n", "  ".repeat(depth + 1)));
            }
            Kid::Annotation(_) => below.push_str(&format!("{}link\n", "  ".repeat(depth + 1))),
        }
    }
    out.push_str(&format!("{line}\n{below}"));
}

fn tags(document: &Document, pages: &Pages) -> String {
    let reader = Reader::open(&kit::write(document, pages));
    assert_eq!(faults(&reader), Vec::<String>::new());
    let mut out = String::new();
    shown(&reader, &reader.root, 0, &mut out);
    out
}

#[test]
fn tags_of_elements() {
    let mut out = String::new();
    for (index, (name, body)) in CASES.iter().enumerate() {
        let document = kit::document("fr", "t", body);
        let pages = kit::pages(&document, &Default::default());
        kit::keep(&format!("tags-{index}.pdf"), &kit::write(&document, &pages));
        out.push_str(&format!("== {name}\n{body}\n{}\n", tags(&document, &pages)));
    }
    golden::check("pdf/tags.txt", &out);
}

fn node(document: &Document, text: &str) -> NodeId {
    let mut nodes = (0..document.nodes.len() as u32).map(NodeId);
    nodes.find(|n| document.text(*n).is_some_and(|t| t.trim() == text)).unwrap()
}

fn items(parts: &[(Owner, &str)]) -> Vec<Item> {
    let item = |(index, (owner, text)): (usize, &(Owner, &str))| Item {
        owner: *owner,
        paint: Paint::Glyphs(kit::run(kit::BODY, 12.0, 90.0, 100.0 + 20.0 * index as f32, text).0),
    };
    parts.iter().enumerate().map(item).collect()
}

/// Painting order is the pages', reading order the document's.
#[test]
fn read_in_the_documents_order() {
    let document = kit::document("fr", "t", "<p>a</p><p>b</p><p>c</p>");
    let [a, b, c] = ["a", "b", "c"].map(|text| Owner::Node(node(&document, text)));
    let pages = Pages {
        pages: vec![
            kit::page(items(&[(c, "c"), (a, "a")])),
            kit::page(items(&[(b, "b"), (a, " again"), (Owner::Artifact(Artifact::Footer), "2")])),
        ],
        ..Pages::default()
    };
    let want = "Document\n  P\n    \"a\"\n    \" again\"\n  P\n    \"b\"\n  P\n    \"c\"\n";
    assert_eq!(tags(&document, &pages), want);
}

/// Generated content is read where it stands: before or after what its element holds, whenever it is painted.
#[test]
fn generated_content() {
    let document = kit::document("fr", "t", "<p>x <em>a</em> y</p><div>b</div>");
    let a = node(&document, "a");
    let em = document.node(a).parent.unwrap();
    let div = document.node(node(&document, "b")).parent.unwrap();
    let pages = Pages {
        pages: vec![kit::page(items(&[
            (Owner::Node(node(&document, "x")), "x "),
            (Owner::Before(em), "‹"),
            (Owner::Node(a), "a"),
            (Owner::After(em), "›"),
            (Owner::Node(node(&document, "y")), " y"),
            (Owner::Label(div), "1. "),
            (Owner::Node(node(&document, "b")), "b"),
            // painted late, as what is positioned is
            (Owner::After(div), "]"),
            (Owner::Before(div), "["),
        ]))],
        ..Pages::default()
    };
    assert_eq!(
        tags(&document, &pages),
        "Document\n  P\n    \"x ‹a› y\"\n  P\n    \"1. \"\n    \"[\"\n    \"b]\"\n"
    );
}

/// What a sheet puts before or after a list or a table is read there, since they hold only their own parts.
#[test]
fn generated_content_beside_lists_and_tables() {
    let document =
        kit::document("fr", "t", "<ul><li>a</li></ul><table><tbody><tr><td>b</td></tr></tbody></table>");
    let of = |text: &str, name: &str| {
        let inside = node(&document, text);
        document
            .ancestors(inside)
            .find(|n| document.element(*n).is_some_and(|e| e.name == name))
            .unwrap()
    };
    let pages = Pages {
        pages: vec![kit::page(items(&[
            (Owner::Node(node(&document, "a")), "a"),
            (Owner::Node(node(&document, "b")), "b"),
            (Owner::After(of("b", "table")), "fin"),
            (Owner::Before(of("b", "table")), "tableau"),
            (Owner::After(of("a", "ul")), "bout"),
            (Owner::Before(of("a", "ul")), "liste"),
            (Owner::Before(of("a", "li")), "–"),
        ]))],
        ..Pages::default()
    };
    let heard: Vec<String> =
        tags(&document, &pages).lines().map(|line| line.trim().to_owned()).collect();
    let texts: Vec<&str> =
        heard.iter().map(String::as_str).filter(|line| line.starts_with('"')).collect();
    assert_eq!(texts, ["\"liste\"", "\"–\"", "\"a\"", "\"bout\"", "\"tableau\"", "\"b\"", "\"fin\""]);
    assert!(heard.windows(2).any(|pair| pair == ["Lbl", "\"–\""]), "{heard:?}");
}

/// Nothing that is painted goes untagged, wherever it comes from.
#[test]
fn content_without_a_rule_is_read_last() {
    let document = kit::document("fr", "t", "<table><tbody><tr><td>a</td></tr></tbody></table><p>b</p>");
    let table = document.node(document.body).children[0];
    let pages = Pages {
        pages: vec![kit::page(items(&[
            (Owner::Node(table), "stray"),
            (Owner::Node(node(&document, "a")), "a"),
            (Owner::Node(node(&document, "b")), "b"),
        ]))],
        ..Pages::default()
    };
    let want = "Document\n  Table\n    TBody\n      TR\n        TD\n          \"a\"\n  P\n    \"b\"\n  P\n    \"stray\"\n";
    assert_eq!(tags(&document, &pages), want);
}

/// Under the header of a group of rows each cell names its headers: its column's, the group's, its row's.
#[test]
fn headers_of_groups_of_rows() {
    let rows = "<thead><tr><th scope=\"col\">h1</th><th scope=\"col\">h2</th><th scope=\"col\" colspan=\"2\">h3</th></tr></thead>\
        <tbody><tr><th scope=\"row\" id=\"x\">r1</th><td>a</td><td>b</td><td>c</td></tr></tbody>\
        <tbody><tr><th scope=\"rowgroup\" colspan=\"4\">g</th></tr>\
        <tr><th scope=\"row\">r2</th><td rowspan=\"2\">d</td><td>e</td><td>f</td></tr>\
        <tr><th scope=\"row\">r3</th><td>i</td><td headers=\"x\">j</td></tr></tbody>";
    let document = kit::document("fr", "t", &format!("<h1>x</h1><table>{rows}</table>"));
    let pages = kit::pages(&document, &Default::default());
    let reader = Reader::open(&kit::write(&document, &pages));
    assert_eq!(faults(&reader), Vec::<String>::new());
    let heard = heard(&reader);
    for row in [
        "[r1] | h2, r1: a | h3, r1: b | h3, r1: c",
        "[g]",
        "[r2] | h2, g, r2: d | h3, g, r2: e | h3, g, r2: f",
        "[r3] | h3, g, r3: i | r1: j",
    ] {
        assert!(heard.contains(row), "no {row:?} in {heard}");
    }
}
