//! `@page`: which rule wins on which page, and what its boxes hold.

use super::kit::{dress, dress_branded};
use propale::style::values::*;

const RIGHT: PageKind = PageKind { first: false, side: PageSide::Right, blank: false };
const LEFT: PageKind = PageKind { side: PageSide::Left, ..RIGHT };
const FIRST: PageKind = PageKind { first: true, ..RIGHT };
const BLANK: PageKind = PageKind { blank: true, ..LEFT };

fn pages(css: &str) -> PageRules {
    dress(css, "<p>x</p>").clean().styles.pages
}

#[test]
fn sizes() {
    for (size, width, height) in [
        ("a4", 210.0, 297.0),
        ("A4 portrait", 210.0, 297.0),
        ("a4 landscape", 297.0, 210.0),
        ("landscape", 297.0, 210.0),
        ("landscape a3", 420.0, 297.0),
        ("a5", 148.0, 210.0),
        ("letter", 215.9, 279.4),
        ("100mm", 100.0, 100.0),
        ("160mm 9cm", 160.0, 90.0),
        ("calc(10mm * 16) 90mm", 160.0, 90.0),
    ] {
        let style = pages(&format!("@page {{ size: {size} }}")).style(None, RIGHT);
        let mm = |px: f32| (px / 96.0 * 254.0).round() / 10.0;
        assert_eq!((mm(style.size.0), mm(style.size.1)), (width, height), "{size}");
    }
    let unnamed = pages("").style(None, FIRST);
    assert_eq!(unnamed.size, PageStyle::default().size, "A4 without any rule");
}

#[test]
fn the_more_specific_page_rule_wins() {
    // CSS Paged Media 3 §4.4; percentages of §7.2.
    let css = "@page { size: 1000px 500px; margin: 10px }
        @page { margin-top: 11px }
        @page :left { margin-top: 12px; margin-left: 10% }
        @page :first { margin-top: 13px; margin-bottom: 10% }
        @page :right { margin-top: 14px; margin-right: 3px !important }
        @page :blank { margin-top: 15px }
        @page cover { margin-top: 16px }
        @page cover:first, wide { margin-top: 17px; margin-right: 4px }
        @page wide { size: 2000px 1000px }";
    let rules = pages(css);
    let top = |name, kind| rules.style(name, kind).margin.top;
    assert_eq!(top(None, RIGHT), 14.0);
    assert_eq!(top(None, LEFT), 12.0);
    assert_eq!(top(None, FIRST), 13.0, ":first over :right, whatever the order");
    assert_eq!(top(None, BLANK), 15.0);
    assert_eq!(top(Some("cover"), RIGHT), 16.0, "a name over any pseudo-class");
    assert_eq!(top(Some("cover"), FIRST), 17.0);
    assert_eq!(top(Some("unknown"), LEFT), 12.0);
    assert_eq!(rules.style(None, LEFT).margin.left, 100.0);
    assert_eq!(rules.style(None, FIRST).margin.bottom, 50.0);
    assert_eq!(rules.style(Some("cover"), FIRST).margin.right, 3.0, "important");
    assert_eq!(rules.style(Some("wide"), RIGHT).size, (2000.0, 1000.0));
    assert_eq!(rules.style(Some("wide"), LEFT).margin.left, 200.0);
}

#[test]
fn margin_boxes_cascade_by_declaration() {
    let css = "html { color: red; font-size: 10px; string-set: title content() }
        @page { @bottom-center { content: counter(page) ' / ' counter(pages); font-size: 0.8em; margin-top: 3px } @top-left { color: blue } }
        @page :first { @bottom-center { color: blue } }
        @page cover { @bottom-center { content: none } @top-right { content: string(title) attr(lang) } }";
    let rules = pages(css);
    let of = |name, kind| rules.style(name, kind).boxes.clone();
    let plain = of(None, RIGHT);
    assert_eq!(plain.len(), 1, "a box without content is not made");
    assert_eq!(plain[0].name, MarginBoxName::BottomCenter);
    let decimal = ListStyleType::Decimal;
    assert_eq!(
        plain[0].content,
        Content::Parts(vec![
            ContentPart::Page(decimal),
            ContentPart::Text(" / ".into()),
            ContentPart::Pages(decimal)
        ])
    );
    let style = &plain[0].style;
    assert_eq!(
        (style.text.font_size, style.text.color.r, style.text.text_align),
        (8.0, 255, TextAlign::Center)
    );
    assert_eq!(style.vertical_align, VerticalAlign::Middle, "the default sheet's");
    let first = of(None, FIRST);
    assert_eq!((first[0].style.text.color.b, first[0].style.text.font_size), (255, 8.0));
    assert_eq!(first[0].content, plain[0].content, "a rule adds to the rule below it");
    let cover = of(Some("cover"), RIGHT);
    assert_eq!(cover.len(), 1);
    assert_eq!(
        cover[0].content,
        Content::Parts(vec![
            ContentPart::String("title".into(), StringAt::First),
            ContentPart::Text("en".into())
        ])
    );
    assert_eq!(cover[0].style.text.text_align, TextAlign::End);
}

#[test]
fn pages_know_the_brand() {
    let css = "@page { background-color: var(--brand-paper); margin: var(--m, 5px); @top-left { content: 'x'; color: var(--brand-ink) } }";
    let brand = [("--brand-paper", "#fdfcf8"), ("--brand-ink", "#123")];
    let dressed = dress_branded(css, "<p>x</p>", &brand).clean();
    let style = dressed.styles.pages.style(None, FIRST);
    assert_eq!(style.background_color, Color { r: 253, g: 252, b: 248, a: 1.0 });
    assert_eq!(style.margin.left, 5.0);
    assert_eq!(style.boxes[0].style.text.color, Color { r: 17, g: 34, b: 51, a: 1.0 });
}

#[test]
fn kinds_have_one_index_each() {
    for index in 0..PageKind::COUNT {
        assert_eq!(PageKind::of_index(index).index(), index);
    }
}
