//! Tables (CSS 2.2 §17), flex and grid, worked by hand. The page's area is 300 × 200 px at 50,50.

use propale::layout::pages::Paint;

use super::kit::*;

const BARE: &str = "table { border-spacing: 0 } td, th { padding: 0 }";

fn check_bare(cases: &[Case]) {
    for (what, css, body, expected) in cases {
        let laid = lay(&format!("{COLOURS}{BARE}{css}"), body);
        assert_eq!(laid.boxes(), *expected, "{what}");
        assert_eq!(laid.diagnostics.one_lines(), "", "{what}");
    }
}

#[test]
fn columns() {
    check_bare(&[
        (
            "fixed: the first row decides, the rest share (§17.5.2.1)",
            "table { table-layout: fixed; width: 300px } .a { width: 60px }",
            "<table><tr><td class='r a'>x</td><td class=g>x</td><td class=b>x</td></tr></table>",
            &["1 r 50,50 60×20", "1 g 110,50 120×20", "1 b 230,50 120×20"],
        ),
        (
            "auto: percentages, px, then the rest (§17.5.2.2)",
            "table { width: 300px } .a { width: 50% } .b { width: 30px }",
            "<table><tr><td class='r a'>x</td><td class='b'>x</td><td class=y>x</td></tr></table>",
            &["1 r 50,50 150×20", "1 b 200,50 30×20", "1 y 230,50 120×20"],
        ),
        (
            "a cell over two columns",
            "table { width: 300px } .a { width: 100px }",
            "<table><tr><td class='r a'>x</td><td class=g>x</td></tr><tr><td class=b colspan=2>x</td></tr></table>",
            &["1 r 50,50 100×20", "1 g 150,50 200×20", "1 b 50,70 300×20"],
        ),
        (
            "spacing lies between cells and round them (§17.6.1)",
            "table { width: 300px; border-spacing: 10px 5px; table-layout: fixed }",
            "<table><tr><td class=r>x</td><td class=g>x</td></tr><tr><td class=b>x</td></tr></table>",
            &["1 r 60,55 135×20", "1 g 205,55 135×20", "1 b 60,80 135×20"],
        ),
        (
            "a table shrinks to its content, and its auto margins centre it",
            "table { margin: 0 auto } .r { width: 40px }",
            "<table><tr><td class=r>x</td></tr></table>",
            &["1 r 180,50 40×20"],
        ),
    ]);
}

#[test]
fn rows() {
    check_bare(&[
        (
            "cells are as tall as their row; a row at least as it says (§17.5.3)",
            "table { width: 300px; table-layout: fixed } .h { height: 50px }",
            "<table><tr><td class=r>x</td><td class=g>x<br>y</td></tr><tr class=h><td class=b>x</td></tr></table>",
            &["1 r 50,50 150×40", "1 g 200,50 150×40", "1 b 50,90 150×50"],
        ),
        (
            "a cell over two rows makes both taller",
            "table { width: 300px; table-layout: fixed }",
            "<table><tr><td class=r rowspan=2>x<br>x<br>x<br>x</td><td class=g>x</td></tr><tr><td class=b>x</td></tr></table>",
            &["1 r 50,50 150×80", "1 g 200,50 150×40", "1 b 200,90 150×40"],
        ),
        (
            "a cell above keeps its columns (HTML §4.9.12)",
            "table { width: 300px; table-layout: fixed }",
            "<table><tr><td class=r rowspan=2>x</td><td class=g>x</td><td>x</td></tr><tr><td class=b colspan=2>x</td></tr></table>",
            &["1 r 50,50 100×40", "1 g 150,50 100×20", "1 b 150,70 200×20"],
        ),
        (
            "backgrounds: group, row, cell (§17.5.1)",
            "table { width: 300px; table-layout: fixed }",
            "<table class=c><tbody class=r><tr class=g><td class=b>x</td></tr></tbody></table>",
            &["1 c 50,50 300×20", "1 r 50,50 300×20", "1 g 50,50 300×20", "1 b 50,50 300×20"],
        ),
        (
            "parts of a table without one get it (§17.2.1)",
            ".t { display: table-row } .t > * { display: table-cell; width: 30px }",
            "<div class=t><div class=r>x</div><div class=g>x</div></div><div class=t><div class=b>x</div></div>",
            &["1 r 50,50 30×20", "1 g 80,50 30×20", "1 b 50,70 30×20"],
        ),
    ]);
    // The first lines of cells stand on one baseline; middle and bottom by their height.
    let laid = lay(
        &format!(
            "{BARE} td {{ vertical-align: baseline }} .p {{ padding-top: 10px }} .m {{ vertical-align: middle }} .e {{ vertical-align: bottom }}"
        ),
        "<table><tr><td>a</td><td class=p>b<br>b</td><td class=m>c</td><td class=e>d</td></tr></table>",
    );
    let at = |word: &str| {
        let lines = laid.lines(0);
        lines.iter().find(|(_, text)| text.contains(word)).unwrap().0
    };
    assert_eq!((at("a"), at("b")), (at("b"), at("b")));
    assert_eq!(at("c") - at("a"), 5.0);
    assert_eq!(at("d") - at("a"), 20.0);
}

/// The rules of a collapsed table, not the backgrounds.
fn rules(css: &str, body: &str) -> Vec<String> {
    let laid = lay(
        &format!(
            "{BARE} table {{ border-collapse: collapse; width: 300px; table-layout: fixed }} {css}"
        ),
        body,
    );
    laid.dump().lines().filter(|l| l.ends_with("(layout)")).map(|l| l.trim().to_owned()).collect()
}

#[test]
fn borders_that_collapse() {
    let two =
        "<table><tr><td class=a>x</td><td class=b>x</td></tr><tr><td>x</td><td>x</td></tr></table>";
    for (what, css, expected) in [
        (
            "rows: one line between them, above and below",
            "tr { border: 0; border-top: 2px solid #ff0000; border-bottom: 2px solid #ff0000 }",
            vec![
                "50,50 300×2 #ff0000 (layout)",
                "50,72 300×2 #ff0000 (layout)",
                "50,94 300×2 #ff0000 (layout)",
            ],
        ),
        (
            "the wider wins (§17.6.2.1)",
            ".a { border-right: 4px solid #ff0000 } .b { border-left: 2px solid #00ff00 }",
            vec!["198,50 4×20 #ff0000 (layout)"],
        ),
        (
            "of equal widths, solid over dashed, and the cell over the table",
            "table { border-top: 2px solid #0000ff } .a { border-top: 2px solid #00ff00 } .b { border-top: 2px dashed #ff0000 }",
            vec!["50,50 150×2 #00ff00 (layout)", "200,50 150×2 #0000ff (layout)"],
        ),
        (
            "of equals, the one further left",
            ".a { border-right: 2px solid #00ff00 } .b { border-left: 2px solid #ff0000 }",
            vec!["199,50 2×20 #00ff00 (layout)"],
        ),
    ] {
        assert_eq!(rules(css, two), expected, "{what}");
    }
    // No line crosses a cell that spans it.
    let spanned = "<table><tr><td rowspan=2>x</td><td>x</td></tr><tr><td>x</td></tr></table>";
    assert_eq!(
        rules("tr { border-top: 2px solid #ff0000 }", spanned),
        ["50,50 300×2 #ff0000 (layout)", "200,72 150×2 #ff0000 (layout)"]
    );
}

#[test]
fn flex_boxes() {
    check(&[
        (
            "grow and shrink (CSS Flexbox 1 §9.7)",
            ".f { display: flex } .f div { height: 10px } .r { flex: 1 } .g { flex: 2 }",
            "<div class=f><div class=r></div><div class=g></div></div>",
            &["1 r 50,50 100×10", "1 g 150,50 200×10"],
        ),
        (
            "items stretch across",
            ".f { display: flex } .r, .g { width: 50px }",
            "<div class=f><div class=r>x</div><div class=g>x<br>x</div></div>",
            &["1 r 50,50 50×40", "1 g 100,50 50×40"],
        ),
        (
            "space between, centred across, in another order",
            ".f { display: flex; justify-content: space-between; align-items: center; height: 60px } .f div { width: 40px; height: 20px } .r { order: 2 }",
            "<div class=f><div class=r></div><div class=g></div><div class=b></div></div>",
            &["1 g 50,70 40×20", "1 b 180,70 40×20", "1 r 310,70 40×20"],
        ),
        (
            "calc() in an item, and a gap",
            ".f { display: flex; column-gap: 10px } .r { width: calc(50% - 5px); height: 10px } .g { flex: 1 }",
            "<div class=f><div class=r></div><div class=g></div></div>",
            &["1 r 50,50 145×10", "1 g 205,50 145×10"],
        ),
        (
            "text in a flex box is an item; so is a picture",
            ".f { display: flex; gap: 10px; align-items: flex-start } .r { flex: 1; height: 5px } img { width: 20px }",
            "<div class=f>\n<img src=100x50.png alt=a>\n<div class=r></div></div>",
            &["1 r 80,50 270×5"],
        ),
        (
            "a column, its last item pushed down",
            ".f { display: flex; flex-direction: column; height: 100px } .f div { height: 10px } .g { margin-top: auto }",
            "<div class=f><div class=r></div><div class=g></div></div>",
            &["1 r 50,50 300×10", "1 g 50,140 300×10"],
        ),
        (
            "nested: a grid in a flex box in a grid",
            ".a { display: grid; grid-template-columns: 100px 1fr } .f { display: flex } .i { display: grid; grid-template-columns: 1fr 1fr; flex: 1 } .i div { height: 10px }",
            "<div class=a><div class=r>x</div><div class=f><div class=i><div class=g></div><div class=b></div></div></div></div>",
            &["1 r 50,50 100×20", "1 g 150,50 100×10", "1 b 250,50 100×10"],
        ),
    ]);
}

#[test]
fn grids() {
    check(&[
        (
            "fr, gaps, spans (CSS Grid 2 §7.2)",
            ".a { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px 15px } .a div { height: 10px } .g { grid-column: span 2 }",
            "<div class=a><div class=r></div><div class=g></div><div class=b></div></div>",
            &["1 r 50,50 90×10", "1 g 155,50 195×10", "1 b 50,70 90×10"],
        ),
        (
            "minmax() and auto-fill",
            ".a { display: grid; grid-template-columns: repeat(auto-fill, minmax(80px, 1fr)) } .a div { height: 10px }",
            "<div class=a><div class=r></div><div class=g></div><div class=b></div><div class=y></div></div>",
            &["1 r 50,50 100×10", "1 g 150,50 100×10", "1 b 250,50 100×10", "1 y 50,60 100×10"],
        ),
        (
            "content decides auto columns and rows",
            ".a { display: grid; grid-template-columns: auto 1fr } i { display: inline-block; width: 70px }",
            "<div class=a><div class=r><i></i></div><div class=g>x<br>x</div></div>",
            &["1 r 50,50 70×40", "1 g 120,50 230×40"],
        ),
        (
            "margins do not collapse in items",
            ".a { display: grid } .g { margin: 10px 0; height: 10px }",
            "<div class=a><div class=r><div class=g></div></div></div>",
            &["1 r 50,50 300×30", "1 g 50,60 300×10"],
        ),
        (
            "places that are said",
            ".a { display: grid; grid-template-columns: 50px 50px; grid-auto-rows: 20px } .r { grid-column: 2; grid-row: 3 } .g { justify-self: end; width: 10px; align-self: end; height: 5px }",
            "<div class=a><div class=r></div><div class=g></div></div>",
            &["1 g 90,65 10×5", "1 r 100,90 50×20"],
        ),
    ]);
}

/// Nine rows of 20 px on pages of 200 px, less a head and a foot of one row each.
#[test]
fn feet_are_repeated_and_read_once() {
    let css = "table { border-spacing: 0 } td, th { padding: 0 }";
    let rows: String = (1..=20).map(|i| format!("<tr><td>r{i}</td></tr>")).collect();
    let table = |rows: &str| {
        format!(
            "<table><thead><tr><th>tête</th></tr></thead><tfoot><tr><td>pied</td></tr></tfoot><tbody>{rows}</tbody></table>"
        )
    };
    let laid = lay(css, &table(&rows));
    complete(&laid);
    assert_eq!(laid.pages.pages.len(), 3);
    for (index, page) in laid.pages.pages.iter().enumerate() {
        let runs: Vec<(f32, String, bool)> = page
            .items
            .iter()
            .filter_map(|item| match &item.paint {
                Paint::Glyphs(run) => Some((run.y, run.text.to_string(), item.owner.node().is_some())),
                _ => None,
            })
            .collect();
        let of = |text: &str| {
            runs.iter().find(|(_, t, _)| t == text).unwrap_or_else(|| panic!("{text} on {index}"))
        };
        // Read on the first page, and on the last.
        assert_eq!(of("tête").2, index == 0);
        assert_eq!(of("pied").2, index == 2);
        let last = runs.iter().filter(|(_, t, _)| t.starts_with('r')).map(|r| r.0).fold(0.0, f32::max);
        assert_eq!(of("pied").0, last + 20.0, "the foot follows the last row of page {index}");
        assert!(of("pied").0 <= 250.0);
    }
    // A foot that is only a row like others is printed once.
    let laid = lay(&format!("{css} tfoot {{ display: table-row-group }}"), &table(&rows));
    let feet = laid.dump().matches("“pied”").count();
    assert_eq!(feet, 1);
    // Nor is one repeated that takes more than a quarter of a page.
    let laid = lay(&format!("{css} tfoot td {{ height: 60px }}"), &table(&rows));
    assert_eq!(laid.dump().matches("“pied”").count(), 1);
    complete(&laid);
}

/// A row that fills its page alone is cut above the foot, also where the next one begins on a new page.
#[test]
fn feet_have_room_above_a_forced_break() {
    let css = "table { border-spacing: 0 } td { padding: 0 } tbody tr + tr { break-before: page }";
    let row: String = (1..=10).map(|i| format!("r{i}<br>")).collect();
    let rows = format!("<tr><td>{row}</td></tr><tr><td>s</td></tr>");
    let laid = lay(css, &format!("<table><tfoot><tr><td>pied</td></tr></tfoot>{rows}</table>"));
    complete(&laid);
    let lines: Vec<Vec<(f32, String)>> = (0..laid.pages.pages.len()).map(|i| laid.lines(i)).collect();
    assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [8, 2, 2], "{}", laid.dump());
    let feet: Vec<f32> = laid
        .pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match &item.paint {
            Paint::Glyphs(run) if &*run.text == "pied" => Some(run.y),
            _ => None,
        })
        .collect();
    assert!(feet.len() == 3 && feet.iter().all(|y| *y <= 250.0), "{feet:?}");
}

/// Where a page parts rows, both have the line that they share; and a row that is cut has one above the foot.
#[test]
fn lines_at_a_break() {
    let row = "<tr><td>a<br>b<br>c<br>d</td></tr>";
    let css =
        "table { border-collapse: collapse; width: 100% } td { border: 2px solid #ff0000; padding: 0 }";
    let lines = |body: &str| {
        let dump = lay(css, body).dump();
        let across = dump.lines().filter(|l| l.contains("#ff0000") && l.contains("×2 "));
        let pages = dump.lines().filter(|l| l.starts_with("page ") || l.contains("×2 #ff0000"));
        assert!(across.count() > 0, "{dump}");
        pages.map(|l| l.trim().split(' ').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        lines(&format!("<table>{row}{row}{row}</table>")),
        "page 50,50 50,132 50,214 page 50,131 50,49"
    );
    let tall = (1..20).map(|i| format!("m{i}")).collect::<Vec<_>>().join("<br>");
    let foot = format!(
        "<table><tbody><tr><td>{tall}</td></tr></tbody><tfoot><tr><td>pied</td></tr></tfoot></table>"
    );
    let found = lines(&foot);
    let first = found.split("page").nth(1).unwrap();
    assert_eq!(first.split_whitespace().count(), 3, "{found}");
}

/// CSS Sizing 3 §5.2.2: what is at most so many percent wide widens no column.
#[test]
fn pictures_in_a_column_of_a_cell() {
    let css = "table { width: 100% } img { max-width: 100%; display: block } div { display: flex; flex-direction: column }";
    let picture = "<div><p>m</p><img src=642x203.png alt=a></div>";
    let laid = lay(css, &format!("<table><tr><td>{picture}</td><td>x</td></tr></table>"));
    assert_eq!(laid.diagnostics.one_lines(), "");
}
