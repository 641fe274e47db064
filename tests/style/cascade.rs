//! Which declaration wins (CSS Cascade 5), what is inherited, and what boxes owe to their parents.

use std::sync::Arc;

use super::kit::{dress, dress_branded};
use propale::style::values::{Color, Display, LengthOrAuto, TextDecoration};

/// The colour of `#x` under a sheet, as `r g b`.
fn color(css: &str, body: &str) -> String {
    let dressed = dress(css, body).clean();
    let Color { r, g, b, .. } = dressed.style("x").text.color;
    format!("{r} {g} {b}")
}

const RED: &str = "255 0 0";
const BLUE: &str = "0 0 255";
const LIME: &str = "0 255 0";

#[test]
fn the_cascade_orders_declarations() {
    let plain = "<div id=d class=c><p id=x class=\"a b\">x</p></div>";
    let styled = "<p id=x class=a style=\"color: red\">x</p>";
    let important = "<p id=x class=a style=\"color: red !important\">x</p>";
    for (why, css, body, expected) in [
        ("order of appearance (§6.4.4)", "p { color: blue } p { color: red }", plain, RED),
        ("specificity over order (§6.4.3)", ".a { color: red } p { color: blue }", plain, RED),
        ("a class over names", ".a { color: red } div p { color: blue }", plain, RED),
        ("an id over classes", "#x { color: red } .a.b.a.b { color: blue }", plain, RED),
        ("names count", "div p { color: red } p { color: blue }", plain, RED),
        ("universal counts nothing", "p { color: red } * { color: blue }", plain, RED),
        ("attributes count as classes", "[id] { color: red } p { color: blue }", plain, RED),
        (":where() counts nothing", "p { color: red } :where(#x) { color: blue }", plain, RED),
        (":is() counts its most specific", ":is(p, #x) { color: red } .a { color: blue }", plain, RED),
        (":not() counts its argument", "p:not(#y) { color: red } .a { color: blue }", plain, RED),
        ("the best selector of a list", "#x, i p { color: red } .a { color: blue }", plain, RED),
        (
            "important over specificity (§6.4.1)",
            "p { color: red !important } #x { color: blue }",
            plain,
            RED,
        ),
        (
            "important over important by order",
            "p { color: blue !important } p { color: red !important }",
            plain,
            RED,
        ),
        ("a style attribute over ids", "#x { color: blue }", styled, RED),
        ("important over a style attribute", ".a { color: blue !important }", styled, BLUE),
        ("an important style attribute over all", "#x { color: blue !important }", important, RED),
        (
            "the layout over the default sheet",
            "* { color: red }",
            "<p><a id=x href=\"https://a.example\">x</a></p>",
            RED,
        ),
        (
            "inheritance is below every declaration",
            "div { color: red !important } p { color: blue }",
            plain,
            BLUE,
        ),
        ("inheritance", "div { color: red }", plain, RED),
        ("inherit", "div { color: red } p { color: blue } #x { color: inherit }", plain, RED),
        (
            "unset inherits an inherited one",
            "div { color: red } p { color: blue } #x { color: unset }",
            plain,
            RED,
        ),
        ("initial", "div { color: red } p { color: initial }", plain, "0 0 0"),
        (
            "currentcolor as a colour inherits",
            "div { color: red } p { color: currentcolor }",
            plain,
            RED,
        ),
        ("a fault loses to nothing", "p { color: lime }", plain, LIME),
    ] {
        assert_eq!(color(css, body), expected, "{why}");
    }
}

#[test]
fn imports_stand_before_the_importing_sheet() {
    let mut diagnostics = propale::diagnostic::Diagnostics::new();
    let others = [("templates/a.css", "p { color: blue; font-style: italic }")];
    let sheets = super::kit::prepare("@import 'a.css'; p { color: red }", &others, &mut diagnostics);
    let document = super::kit::document("<p id=x>x</p>");
    let styles = propale::style::compute(&document, &sheets, &Default::default(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{}", diagnostics.one_lines());
    let text = &styles.nodes.last().unwrap().style.text;
    assert_eq!((text.color.r, text.font_style), (255, propale::style::values::FontStyle::Italic));
}

#[test]
fn the_brand_is_custom_properties_of_the_root() {
    let css = ":root { --brand-primary: red !important; --tint: color-mix(in srgb, var(--brand-primary), white) }
               p { color: var(--brand-primary); background: var(--tint); font-family: var(--brand-body-font), serif }";
    let brand = [("--brand-primary", " #0000ff "), ("--brand-body-font", "\"Source Sans 3\"")];
    let dressed = dress_branded(css, "<p id=x>x</p>", &brand).clean();
    let style = dressed.style("x");
    assert_eq!(style.text.color, Color { r: 0, g: 0, b: 255, a: 1.0 });
    assert_eq!(style.background_color, Color { r: 128, g: 128, b: 255, a: 1.0 });
    assert_eq!(&*style.text.font_family[0], "Source Sans 3");
}

#[test]
fn custom_properties_inherit_as_resolved() {
    // CSS Variables 1 §3: what is inherited is the value after substitution.
    let css =
        ":root { --a: 1px; --b: var(--a) } div { --a: 2px } p { width: var(--b); height: var(--a) }";
    let dressed = dress(css, "<div><p id=x>x</p></div>").clean();
    let px = |length| match length {
        LengthOrAuto::Length(length) => length.px,
        LengthOrAuto::Auto => -1.0,
    };
    assert_eq!((px(dressed.style("x").width), px(dressed.style("x").height)), (1.0, 2.0));
}

#[test]
fn relative_units_refer_to_the_right_font_size() {
    let css = "html { font-size: 20px } div { font-size: 1.5rem; line-height: 1.5 } p { font-size: 0.5em; margin: 1em 1rem }
               #x { line-height: inherit } b { font-size: smaller }";
    let dressed = dress(css, "<div><p id=x>x <b id=b>b</b></p></div>").clean();
    let style = dressed.style("x");
    assert_eq!(style.text.font_size, 15.0);
    assert_eq!(
        style.margin.top,
        LengthOrAuto::Length(propale::style::values::LengthPercentage::px(15.0))
    );
    assert_eq!(
        style.margin.left,
        LengthOrAuto::Length(propale::style::values::LengthPercentage::px(20.0))
    );
    assert_eq!(dressed.style("b").text.font_size, 12.5);
}

#[test]
fn items_become_blocks() {
    // CSS Display 3 §2.7.
    let display = |css: &str| dress(css, "<div><span id=x>x</span></div>").clean().style("x").display;
    assert_eq!(display(""), Display::Inline);
    assert_eq!(display("div { display: flex }"), Display::Block);
    assert_eq!(display("div { display: grid } span { display: inline-block }"), Display::Block);
    assert_eq!(display("div { display: grid } span { display: table-cell }"), Display::Block);
    assert_eq!(display("div { display: grid } span { display: flex }"), Display::Flex);
    assert_eq!(display("div { display: flex } span { display: none }"), Display::None);
    assert_eq!(display("span { position: absolute }"), Display::Block);
    assert_eq!(display("span { position: relative }"), Display::Inline);
    let generated =
        dress("div { display: flex } div::before { content: 'x' }", "<div id=x></div>").clean();
    assert_eq!(generated.node("x").before.as_ref().unwrap().display, Display::Block);
}

#[test]
fn decoration_reaches_descendants() {
    // CSS Text Decoration 3 §2.1.
    let css = "u { color: red } .own { text-decoration: line-through } .apart { display: inline-block } .not { text-decoration: none }";
    let body = "<p><u id=u>u <b id=b>b</b> <i id=own class=own>i</i> <i id=apart class=apart>i</i> <i id=not class=not>i</i></u></p>";
    let dressed = dress(css, body).clean();
    let of = |id: &str| dressed.style(id).text_decoration;
    let lines = |d: TextDecoration| (d.underline, d.line_through);
    let red = Some(Color { r: 255, g: 0, b: 0, a: 1.0 });
    assert_eq!((lines(of("u")), of("u").color), ((true, false), None));
    assert_eq!((lines(of("b")), of("b").color), ((true, false), red), "drawn in the colour of the u");
    assert_eq!((lines(of("own")), of("own").color), ((true, true), None));
    assert_eq!(lines(of("apart")), (false, false));
    assert_eq!(lines(of("not")), (true, false), "a descendant cannot take it off");
}

#[test]
fn pages_are_named_by_ancestors() {
    let dressed = dress(
        "@page cover {} .a { page: cover } .b { page: auto }",
        "<div class=a><p id=x class=b>x</p></div><p id=y>y</p>",
    )
    .clean();
    assert_eq!(dressed.style("x").page.as_deref(), Some("cover"));
    assert_eq!(dressed.style("y").page, None);
}

#[test]
fn features_are_inherited_by_property() {
    let css = "div { font-variant-caps: small-caps; font-variant-numeric: tabular-nums } p { font-variant-numeric: normal }
               b { font-variant-numeric: oldstyle-nums } i { font-feature-settings: \"smcp\" 0 }";
    let dressed = dress(css, "<div><p id=x>x <b id=b>b</b> <i id=i>i</i></p></div>").clean();
    let features = |id: &str| dressed.style(id).text.font_features.to_vec();
    assert_eq!(features("x"), [(*b"smcp", 1)]);
    assert_eq!(features("b"), [(*b"onum", 1), (*b"smcp", 1)]);
    assert_eq!(features("i"), [(*b"smcp", 0)]);
}

#[test]
fn img_attributes_are_hints() {
    let body = "<p><img id=x src=\"a.png\" alt=\"\" width=\"120\" height=\"80\"></p>";
    let width = |css: &str| dress(css, body).clean().style("x").width;
    let px = |px| LengthOrAuto::Length(propale::style::values::LengthPercentage::px(px));
    assert_eq!(width(""), px(120.0));
    assert_eq!(width("* { width: 10px }"), px(10.0));
    assert_eq!(width("img { width: auto }"), LengthOrAuto::Auto);
}

#[test]
fn equal_styles_are_shared() {
    let css = "p { margin: 1px } .last { color: red }";
    let body = "<div><p id=a>a</p><p id=b>b</p><p id=c class=last>c</p><p id=d style=\"margin: 1px\">d</p></div>";
    let dressed = dress(css, body).clean();
    assert!(Arc::ptr_eq(dressed.style("a"), dressed.style("b")));
    assert!(!Arc::ptr_eq(dressed.style("a"), dressed.style("c")));
    assert!(
        Arc::ptr_eq(&dressed.style("a").text, &dressed.style("d").text),
        "text styles are shared where nothing inherited changes"
    );
    // What is read from the element itself is not shared.
    let css = "p { string-set: head content() } p::before { content: attr(id) }";
    let dressed = dress(css, body).clean();
    assert_ne!(dressed.style("a").string_set, dressed.style("b").string_set);
    assert_ne!(dressed.node("a").before, dressed.node("b").before);
}

#[test]
fn text_has_its_parents_style() {
    let dressed = dress("p { color: red }", "<p id=x>x</p>").clean();
    let text = dressed
        .document
        .nodes
        .iter()
        .position(|n| matches!(&n.kind, propale::document::tree::NodeKind::Text(t) if t == "x"));
    assert!(Arc::ptr_eq(&dressed.styles.nodes[text.unwrap()].style, dressed.style("x")));
}

#[test]
fn generated_boxes_need_content() {
    let css = "#a::before { color: red } #b::before { content: none } #c::before { content: '' } #d::after { content: 'x'; display: none }
               #e { display: none } #e::before { content: 'x' }";
    let dressed = dress(
        css,
        "<p id=a>a</p><p id=b>b</p><p id=c>c</p><p id=d>d</p><p id=e>e</p><ul><li id=f>f</li></ul>",
    )
    .clean();
    for id in ["a", "b", "e"] {
        assert!(dressed.node(id).before.is_none(), "{id}");
    }
    assert!(dressed.node("c").before.is_some());
    assert!(dressed.node("d").after.is_none());
    assert!(dressed.node("f").marker.is_some());
    assert!(dressed.node("a").marker.is_none());
}
