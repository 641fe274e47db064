//! What selectors match (Selectors 4), on one document.

use super::kit::dress;
use propale::document::tree::NodeKind;

const BODY: &str = "<main id=m><h1 id=h lang=fr>t</h1><p id=a class=\"one two\">a</p><p id=b title2>b</p>\
    <ul id=u><li id=i>i</li><li id=j class=\"one\">j <b id=k>k</b></li><li id=l></li></ul><p id=c>c</p></main>";

/// The ids of the elements that a selector matches.
fn matched(selector: &str) -> String {
    let css = format!("{selector} {{ z-index: 7 }}");
    let dressed = dress(&css, &BODY.replace(" title2", "")).clean();
    let ids: Vec<String> = dressed
        .document
        .nodes
        .iter()
        .zip(&dressed.styles.nodes)
        .filter(|(_, styles)| styles.style.z_index == Some(7))
        .filter_map(|(node, _)| match &node.kind {
            NodeKind::Element(element) => Some(element.id().unwrap_or(element.name).to_owned()),
            NodeKind::Text(_) => None,
        })
        .collect();
    ids.join(" ")
}

#[test]
fn selectors_match() {
    for (selector, expected) in [
        ("p", "a b c"),
        ("P", "a b c"),
        (".one", "a j"),
        (".One", ""),
        (".one.two", "a"),
        ("p.one", "a"),
        ("#b", "b"),
        ("ul *", "i j k l"),
        ("main > p", "a b c"),
        ("main p, li > b", "a b k c"),
        ("h1 + p", "a"),
        ("h1 ~ p", "a b c"),
        ("ul + p", "c"),
        ("[class]", "a j"),
        ("[class=one]", "j"),
        ("[class~='two']", "a"),
        ("[class^=one]", "a j"),
        ("[class$=two]", "a"),
        ("[class*='e t']", "a"),
        ("[lang|=fr]", "h"),
        ("[lang=FR i]", "h"),
        ("[lang=FR]", "h"),
        (":root", "html"),
        (":first-child", "html body m h i k"),
        ("li:last-child", "l"),
        ("b:only-child", "k"),
        ("p:first-of-type", "a"),
        ("p:last-of-type", "c"),
        ("ul:only-of-type", "u"),
        ("main > :nth-child(2n)", "a u"),
        ("li:nth-child(odd)", "i l"),
        ("li:nth-last-child(2)", "j"),
        ("p:nth-of-type(n+2)", "b c"),
        ("p:nth-last-of-type(1)", "c"),
        ("li:empty", "l"),
        ("p:not(.one, #c)", "b"),
        ("p:not(.one):not(#c)", "b"),
        (":is(h1, p):not(:last-child)", "h a b"),
        (":where(main, ul) > :first-child", "h i"),
        ("main:is(.none)", ""),
        ("body b", "k"),
        ("b b", ""),
    ] {
        assert_eq!(matched(selector), expected, "{selector}");
    }
}

#[test]
fn attribute_values_follow_html() {
    // HTML §4.17: `lang` is compared without case, `class` with it.
    assert_eq!(matched("[class=ONE]"), "");
}
