//! What leaves its page is said, once, with its place.

use super::kit::lay;

#[test]
fn what_leaves_its_page_is_said_once() {
    let word = "x".repeat(100);
    let sticks = format!("<p>{word}</p>");
    let (mut found, mut wanted) = (vec![], vec![]);
    for (what, css, body, expected) in [
        (
            "beyond the right edge",
            "p { margin-left: 330px; width: 40px }",
            "<p>un mot</p>",
            "warning: templates/page.html.hbs:3:7: “un mot” reaches 3 mm beyond the page's right edge\n",
        ),
        (
            "beyond the left edge",
            "p { position: relative; left: -70px }",
            "<p>un mot</p>",
            "warning: templates/page.html.hbs:3:7: “un mot” reaches 5 mm beyond the page's left edge\n",
        ),
        (
            "below the lower edge, out of a box of a fixed height",
            "div { height: 10px } p { position: relative; top: 280px }",
            "<div><p>un mot</p></div>",
            "warning: templates/page.html.hbs:3:12: “un mot” reaches 11 mm beyond the page's lower edge\n",
        ),
        (
            "cut off by a box",
            "div { height: 15px; overflow: hidden } p { width: 20px }",
            "<div><p>un mot</p></div>",
            "warning: templates/page.html.hbs:3:12: “mot” is cut off: it reaches 5 mm beyond the lower edge of a box \
             with `overflow: hidden`\n",
        ),
        (
            "a picture",
            "img { position: relative; left: 300px }",
            "<p><img src=80x40.png alt=a></p>",
            "warning: templates/page.html.hbs:3:10: picture reaches 8 mm beyond the page's right edge\n",
        ),
        (
            "a decorative picture may bleed",
            "img { position: relative; left: 300px }",
            "<p><img src=80x40.png alt=''></p>",
            "",
        ),
        (
            "a background may bleed",
            "div { margin: 0 -100px; height: 9px; background: red }",
            "<div></div>",
            "",
        ),
        ("within the margins", "p { position: relative; left: -40px }", "<p>un mot</p>", ""),
        (
            "its line was said already",
            "",
            &sticks,
            "warning: templates/page.html.hbs:3:7: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is 119 mm wide, its column \
             79 mm: it sticks out (hint: make the column wider, or let long words break: `overflow-wrap: anywhere`)\n",
        ),
        (
            "its table was said already",
            "td { min-width: 400px }",
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "warning: templates/page.html.hbs:3:7: table reaches 122 mm beyond the page's right edge\n",
        ),
    ] {
        found.push(format!("{what}: {}", lay(css, body).diagnostics.one_lines()));
        wanted.push(format!("{what}: {expected}"));
    }
    assert_eq!(found, wanted);
}

#[test]
fn margin_boxes_say_what_does_not_fit() {
    let foot = |css: &str| {
        let css = format!("@page {{ margin: 50px 150px 20px; @bottom-left {{ {css} }} }}");
        lay(&css, "<p>a</p>").diagnostics.one_lines()
    };
    assert_eq!(foot("content: 'un'"), "");
    let long = foot(&format!("content: '{}'", "x".repeat(40)));
    assert_eq!(
        long,
        "warning: templates/page.css:7:49: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx” is 48 mm wide, its column 26 mm: \
         it sticks out (hint: make the column wider, or let long words break: `overflow-wrap: anywhere`)\n"
    );
    assert_eq!(
        foot("content: 'un texte de trois lignes au moins'"),
        "warning: templates/page.css:7:49: the text of this box is 6 mm taller than the box: it sticks out \
         (hint: give the page a deeper margin, or the box a smaller font size)\n"
    );
}

#[test]
fn margins_without_room_have_a_place() {
    assert_eq!(
        lay("@page { margin: 10px 250px }", "<p>a</p>").diagnostics.one_lines().lines().next(),
        Some(
            "error: templates/page.css:7:9: the margins of the page leave no room on a sheet of 106 × 79 mm"
        )
    );
}
