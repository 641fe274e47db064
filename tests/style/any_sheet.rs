//! Any text as a style sheet: read with every fault at a place in it, never a panic. The fuzz target
//! `sheet` and the property test share this function.

use std::collections::BTreeMap;

use propale::diagnostic::{Diagnostic, Diagnostics, Source};
use propale::document::tree::{Document, Element, Node, NodeId, NodeKind};
use propale::style::{StyleSheets, compute};

/// Reads `css` as a layout's sheet and dresses a small tree whose one paragraph has it as its `style`
/// too.
pub fn any_sheet(css: &str) {
    let source = Source::new("templates/page.css", css);
    let mut diagnostics = Diagnostics::new();
    let none = |path: &str| Err(Diagnostic::error(format!("no file {path}")));
    let sheets = StyleSheets::prepare(&source, &none, &mut diagnostics);
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().expect("a fault of a sheet has a place");
        let span = &place.span;
        assert!(span.start <= span.end && css.get(span.clone()).is_some(), "{diagnostic:?}");
    }
    let document = tree(css);
    let styles = compute(&document, &sheets, &BTreeMap::new(), &mut diagnostics);
    assert_eq!(styles.nodes.len(), document.nodes.len());
}

fn tree(style: &str) -> Document {
    let mut nodes: Vec<Node> = vec![];
    let mut add = |parent: Option<u32>, kind: NodeKind| {
        let id = NodeId(nodes.len() as u32);
        nodes.push(Node { parent: parent.map(NodeId), children: vec![], kind, place: None });
        if let Some(parent) = parent {
            nodes[parent as usize].children.push(id);
        }
        id.0
    };
    let element = |name, attributes: &[(&str, &str)]| {
        let attributes = attributes.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        NodeKind::Element(Element { name, attributes, svg: None })
    };
    let html = add(None, element("html", &[]));
    let body = add(Some(html), element("body", &[]));
    let p = add(Some(body), element("p", &[("id", "x"), ("class", "a b"), ("style", style)]));
    add(Some(p), NodeKind::Text("x".to_owned()));
    let list = add(Some(body), element("ul", &[]));
    for _ in 0..2 {
        let item = add(Some(list), element("li", &[("class", "a")]));
        add(Some(item), NodeKind::Text("y".to_owned()));
    }
    Document {
        nodes,
        body: NodeId(body),
        lang: "en".to_owned(),
        title: "Case".to_owned(),
        title_lang: None,
        names: Default::default(),
        author: None,
        max_pages: None,
    }
}
