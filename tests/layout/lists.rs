//! Lists, generated content and counters (CSS Lists 3, CSS 2.2 §12).

use super::kit::*;

fn lines(css: &str, body: &str) -> Vec<String> {
    let laid = lay(css, body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    laid.dump().lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

/// The texts of markers, in order.
fn markers(css: &str, body: &str) -> Vec<String> {
    lines(css, body)
        .into_iter()
        .filter(|line| line.ends_with("(label of li)"))
        .map(|line| match line.split_once('“') {
            Some((_, rest)) => rest.split_once('”').unwrap().0.to_owned(),
            None => "shape".into(),
        })
        .collect()
}

#[test]
fn markers_of_every_style() {
    for (what, css, body, expected) in [
        ("bullets are drawn", "", "<ul><li>a</li><li>b</li></ul>", vec!["shape", "shape"]),
        ("numbers", "", "<ol><li>a</li><li>b</li></ol>", vec!["1.\u{A0}", "2.\u{A0}"]),
        (
            "start and value",
            "",
            "<ol start=9><li>a</li><li value=20>b</li><li>c</li></ol>",
            vec!["9.\u{A0}", "20.\u{A0}", "21.\u{A0}"],
        ),
        (
            "a list in a list counts anew",
            "",
            "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>",
            vec!["1.\u{A0}", "1.\u{A0}", "2.\u{A0}", "2.\u{A0}"],
        ),
        ("letters", "ol { list-style-type: upper-alpha }", "<ol><li>a</li></ol>", vec!["A.\u{A0}"]),
        ("none", "ul { list-style-type: none }", "<ul><li>a</li></ul>", vec![]),
        ("one's own", "li::marker { content: '→ ' }", "<ul><li>a</li></ul>", vec!["→\u{A0}"]),
        ("inside", "ol { list-style-position: inside }", "<ol><li>a</li></ol>", vec!["1.\u{A0}"]),
    ] {
        let mut found = markers(css, body);
        found.sort_by_key(|_| 0);
        assert_eq!(sorted(found), sorted(expected), "{what}");
    }
}

fn sorted<S: Into<String>>(list: Vec<S>) -> Vec<String> {
    let mut list: Vec<String> = list.into_iter().map(Into::into).collect();
    list.sort();
    list
}

#[test]
fn where_markers_stand() {
    // Outside: the marker ends at the item's edge, on its first line's baseline.
    let found = lines("ol { padding-left: 30px }", "<ol><li>un</li></ol>");
    assert_eq!(found[0], "80,63.4 “un” (li)");
    assert!(found[1].starts_with("70.5,63.4 “1."), "{found:?}");
    // The item's first line may be deep in it.
    let found = lines(
        "ul { padding-left: 30px } p { padding-top: 7px }",
        "<ul><li><div><p>un</p></div></li></ul>",
    );
    assert_eq!(found[0], "80,70.4 “un” (p)");
    assert_eq!(found[1], "72,65.8 3.4×3.4 round #000000 (label of li)");
    // An item without text is a line high.
    let found =
        lines(&format!("{COLOURS} ul {{ padding: 0 }}"), "<ul><li class=r></li><li>un</li></ul>");
    assert_eq!(found[0], "50,50 300×20 #ff0000 (background)");
}

#[test]
fn a_marker_stands_only_with_the_items_first_lines() {
    let text: Vec<String> = (1..=13).map(|i| format!("m{i}")).collect();
    let laid = lay("", &format!("<ol><li>{}</li></ol>", text.join("<br>")));
    let pages: Vec<usize> =
        laid.dump().split("page ").skip(1).map(|page| page.matches("label of li").count()).collect();
    assert_eq!(pages, [1, 0]);
}

#[test]
fn before_and_after() {
    let css = "i::before { content: '« ' } i::after { content: ' »' } .n { counter-reset: n } .n p::before { counter-increment: n; content: counter(n) ' ' attr(class) ': ' } h2::after { content: ''; display: block; height: 3px; background: #ff0000 }";
    let found =
        lines(css, "<div class=n><p class=a>un</p><p class=b>deux <i>mot</i></p></div><h2>x</h2>");
    let text: Vec<&str> = found.iter().filter(|l| l.contains('“')).map(String::as_str).collect();
    let all = text.join("|");
    assert!(all.contains("1 a: ") && all.contains("2 b: ") && all.contains("« "), "{all}");
    assert!(found.contains(&"50,110 300×3 #ff0000 (background)".to_owned()), "{found:?}");
}

#[test]
fn page_counters_stand_in_margin_boxes_only() {
    let laid = lay("p::before { content: counter(page) ' / ' }", "<p>un</p>");
    assert_eq!(
        laid.diagnostics.one_lines(),
        "warning: templates/page.html.hbs:3:7: page counters and named strings are known only in margin boxes: nothing is printed (hint: use them in a margin box of @page, such as @bottom-right)\n"
    );
}
