//! Pages: their size, margins, names and margin boxes (CSS Paged Media 3), links and destinations.

use propale::layout::pages::{Owner, Paint};

use super::kit::*;

fn dump(css: &str, body: &str) -> String {
    let laid = lay(css, body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    laid.dump()
}

#[test]
fn every_page_has_its_rules() {
    let css = "
        @page { size: 200px 100px; margin: 10px }
        @page :first { margin-top: 40px }
        @page :left { margin-left: 30px }
        @page wide { size: 300px 80px; background-color: #ffff00 }
        .w { page: wide }
        .n { break-before: page }";
    let found = dump(css, "<p>1</p><p class=n>2</p><p class=n>3</p><p class=w>4</p><p>5</p>");
    assert_eq!(
        found,
        "page 1 200 × 100\n  10,53.4 “1” (p)\n\
         page 2 200 × 100\n  30,23.4 “2” (p.n)\n\
         page 3 200 × 100\n  10,23.4 “3” (p.n)\n\
         page 4 300 × 80\n  0,0 300×80 #ffff00 (background)\n  30,23.4 “4” (p.w)\n\
         page 5 200 × 100\n  10,23.4 “5” (p)\n"
    );
}

#[test]
fn the_canvas_is_the_whole_sheet() {
    for css in ["html { background: #ff0000 }", "body { background: #ff0000 }"] {
        let laid = lay(css, "<p>1</p>");
        assert_eq!(laid.boxes(), ["1 r 0,0 400×300"], "{css}");
    }
    let laid = lay("html { background: #00ff00 } body { background: #ff0000 }", "<p>1</p>");
    assert_eq!(laid.boxes(), ["1 g 0,0 400×300", "1 r 50,50 300×20"]);
}

#[test]
fn a_cover_without_margins() {
    let css = "
        @page cover { margin: 0; @bottom-right { content: none } }
        @page { @bottom-right { content: counter(page) ' / ' counter(pages) } }
        .cover { page: cover; height: 300px; padding: 20px; box-sizing: border-box; position: relative }
        .foot { position: absolute; left: 20px; bottom: 20px }";
    let body = "<main><section class='cover r'>Titre<div class=foot>pied</div></section><section><p>Texte</p></section></main>";
    let found = dump(&format!("{COLOURS}{css}"), body);
    assert_eq!(
        found,
        "page 1 400 × 300\n  0,0 400×300 #ff0000 (background)\n  20,33.4 “Titre” (section.cover r)\n  20,273.4 “pied” (div.foot)\n\
         page 2 400 × 300\n  50,63.4 “Texte” (p)\n  332.6,278.4 “2 / 2” (footer)\n"
    );
}

#[test]
fn margin_boxes() {
    let css = "
        @page {
          @top-left { content: 'gauche'; border-bottom: 1px solid #ff0000 }
          @top-right { content: 'droite' }
          @bottom-center { content: 'page ' counter(page); vertical-align: top }
          @left-middle { content: 'bord' }
          @bottom-right-corner { content: 'coin' }
        }";
    let found = dump(css, "<p>1</p>");
    // The two boxes of the top share it by what they like: 30.6 and 25.2 px.
    assert_eq!(
        found,
        "page 1 400 × 300\n  50,63.4 “1” (p)\n\
         \x20 50,49 164.4×1 #ff0000 (layout)\n  50,27.9 “gauche” (header)\n\
         \x20 325,28.4 “droite” (header)\n\
         \x20 186.4,263.4 “page 1” (footer)\n\
         \x20 15.1,153.4 “bord” (header)\n\
         \x20 350,278.4 “coin” (footer)\n"
    );
}

/// CSS Paged Media 3 §5.3.2.2: beside the page's area, unless its margins say otherwise.
#[test]
fn margin_boxes_at_the_sides() {
    let css = "@page {
        @left-top { content: 'a'; width: 10px; height: 40px; background: #ff0000 }
        @left-bottom { content: 'b'; width: 10px; height: 40px; margin: 0 auto; background: #00ff00 }
        @right-middle { content: 'c'; width: 20px; height: 40px; margin-left: 10px; background: #0000ff }
        @right-bottom { content: 'd'; height: 40px; margin-right: 10px; background: #ffff00 }
        @top-left-corner { content: 'e'; width: 20px; height: 20px; background: #ff00ff }
        @bottom-right { content: 'f'; width: 40px; height: 20px; background: #00ffff }
    }";
    let boxes = lay(css, "<p>p</p>").boxes();
    let expected = [
        "1 b 360,130 20×40",
        "1 y 350,210 40×40",
        "1 c 310,250 40×20",
        "1 r 40,50 10×40",
        "1 g 20,210 10×40",
        "1 m 30,30 20×20",
    ];
    assert_eq!(boxes, expected);
}

#[test]
fn running_heads() {
    let css = "
        @page { @top-center { content: string(title) } }
        h2 { string-set: title content() } .n { break-before: page }";
    let laid = lay(
        css,
        "<p>0</p><p class=n>1</p><h2>un</h2><h2>deux</h2><p class=n>2</p><p class=n>3</p><h2>trois</h2>",
    );
    let heads: Vec<String> = laid
        .dump()
        .split("× 300")
        .skip(1)
        .map(|page| match page.lines().find(|l| l.ends_with("(header)")) {
            Some(line) => line.split('“').nth(1).unwrap().split('”').next().unwrap().to_owned(),
            None => String::new(),
        })
        .collect();
    // CSS GCPM 3 §2.2: the first on the page, else what held before.
    assert_eq!(heads, ["", "un", "deux", "trois"]);
}

#[test]
fn links_and_destinations() {
    let css = "a { text-decoration: none } .narrow { width: 60px } .card, .card span { display: block }";
    let body = "
        <h1>Titre</h1>
        <p class=narrow><a href='https://a.example'>un lien sur deux lignes</a></p>
        <p id=ici>mot <span id=la>là</span></p>
        <a class=card href='#ici'><span>carte</span><span>texte</span></a>";
    let found = dump(css, body);
    let of = |what: &str| -> Vec<String> {
        found.lines().filter(|l| l.contains(what)).map(|l| l.trim().to_owned()).collect()
    };
    assert_eq!(of("→ https://a.example").len(), 2);
    assert_eq!(of("→ #ici").len(), 2, "{found}");
    assert_eq!(of("h1 at"), ["h1 at page 1 50,50"]);
    assert_eq!(of("p#ici at"), ["p#ici at page 1 50,110"]);
    assert_eq!(of("span#la at").len(), 1);
}

#[test]
fn a_block_that_is_a_link_is_underlined_once() {
    let found = dump("a { display: block }", "<a href='https://a.example'>mot</a>");
    assert_eq!(found.matches("(layout)").count(), 1, "{found}");
    assert_eq!(found.matches("link ").count(), 1, "{found}");
}

#[test]
fn a_picture_in_a_link_is_a_link() {
    let css = "a { display: block; width: 80px } img { display: block }";
    let found = dump(css, "<a href='https://a.example'><img src=80x40.png alt=a></a>");
    assert!(found.contains("  link 50,50 80×40 → https://a.example\n"), "{found}");
}

#[test]
fn what_a_page_cannot_do_is_said() {
    for (css, body, expected) in [
        (
            "@page { margin: 200px }",
            "<div></div>",
            "error: templates/page.css:7:9: the margins of the page leave no room on a sheet of 106 × 79 mm\n",
        ),
        (
            "@page :first { margin-left: 0 } table { width: 100% }",
            "<p>1</p><table><tr><td>1<br>2<br>3<br>4<br>5<br>6<br>7<br>8<br>9<br>10<br>11</table>",
            "warning: templates/page.html.hbs:3:15: this began on a page of one width and goes on where a page has another: it keeps its width (hint: force a break before it or within it, or give both pages the same side margins)\n",
        ),
        (
            "@page w { margin: 20px } .w { page: w } .g { display: grid }",
            "<div class=g><p class=w>1</p></div><table><tbody class=w><tr><td>2</td></tr></tbody></table><div class=w><p>3</p></div>",
            "warning: templates/page.html.hbs:3:20: `page: w` of this `p` is not heeded (hint: only a block in the page's flow has pages of its own: no item of a flex box or a grid, no part of a table, nothing within a line)\n\
             warning: templates/page.html.hbs:3:49: `page: w` of this `tbody` is not heeded (hint: only a block in the page's flow has pages of its own: no item of a flex box or a grid, no part of a table, nothing within a line)\n",
        ),
        (
            ".g { display: grid; grid-template-columns: repeat(auto-fill, 100px) } .a { break-before: page }",
            "<p>0</p><div class=g><p>1</p><p class=a>2</p></div>",
            "warning: templates/page.html.hbs:3:36: no page is turned before this box, which stands beside others in an outer row (hint: give the box that it is an item of `break-before`)\n",
        ),
        (
            "td div { width: 500px }",
            "<table><tr><td><div>1</div></td></tr></table>",
            "warning: templates/page.html.hbs:3:7: table reaches 41 mm beyond the page's right edge\n",
        ),
    ] {
        assert_eq!(lay(css, body).diagnostics.one_lines(), expected, "{css}");
    }
}

#[test]
fn a_break_to_a_side_may_leave_a_page_blank() {
    let css = "
        @page { margin: 50px; @bottom-right { content: counter(page, upper-roman) } }
        @page :blank { background: #ffff00; @bottom-right { content: none } }
        .r { break-before: right } .l { break-before: left } .v { break-after: verso }";
    let sides = |body: &str| {
        let laid = lay(css, body);
        assert_eq!(laid.diagnostics.one_lines(), "");
        let blank = |page: usize| laid.boxes().iter().any(|b| b.starts_with(&format!("{} y", page + 1)));
        let texts = laid.texts();
        let shown = texts.iter().enumerate().map(|(i, text)| if blank(i) { "-" } else { text });
        shown.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sides("<p>a</p><p class=r>b</p>"), "a - b");
    assert_eq!(sides("<p>a</p><p class=l>b</p><p class=l>c</p>"), "a b - c");
    assert_eq!(sides("<p class=r>a</p><div><p class=r>b</p></div>"), "a - b");
    assert_eq!(sides("<p class=l>a</p>"), "- a");
    assert_eq!(sides("<p class=v>a</p><p>b</p>"), "a b");
    assert_eq!(sides("<p class=v>a</p><p class=r>b</p>"), "a - b");
    // Between rows too: of tables, grids and flex boxes, and in boxes that stand in one.
    let rows = "<table><tr><td>a<tr class=r><td>b<tr class=r><td>c</table>";
    assert_eq!(sides(rows), "a - b - c");
    assert_eq!(sides("<table><tr class=v><td>a<tr><td>b<tr class=l><td>c</table>"), "a b - c");
    let tall =
        "<table style='border-spacing: 4px'><tr><td style='height: 190px'>a<tr class=r><td>b</table>";
    assert_eq!(sides(tall), "a - b");
    let grid = "<div style='display: grid'><p>a<p class=r>b<p>c</div><p class=r>d";
    assert_eq!(sides(grid), "a - bc - d");
    let column = "<div style='display: flex; flex-direction: column'><div><p>a</div><div><p class=r>b</div></div>";
    assert_eq!(sides(column), "a - b");
    let dump = lay(css, "<p>a</p><p class=r>b</p>").dump();
    assert!(
        dump.contains("“I” (footer)") && dump.contains("“III” (footer)") && !dump.contains("“II”"),
        "{dump}"
    );
}

#[test]
fn which_of_a_page_s_strings() {
    let css = "
        h2 { string-set: part content() }
        @page {
          @top-left { content: string(part) }
          @top-right { content: string(part, last) }
          @bottom-left { content: string(part, first-except) }
          @bottom-right { content: string(part, start) }
        }";
    let laid = lay(
        css,
        "<h2>un</h2><h2>deux</h2><p style='break-before: page'>x</p><h2>deux et demi</h2>\
         <div style='break-before: page'><section><h2 style='margin-top: 9px'>trois</h2></section></div>",
    );
    let heads: Vec<Vec<String>> = laid
        .pages
        .pages
        .iter()
        .map(|page| {
            page.items
                .iter()
                .filter_map(|item| match (&item.owner, &item.paint) {
                    (Owner::Artifact(_), Paint::Glyphs(run)) => Some(run.text.to_string()),
                    _ => None,
                })
                .collect()
        })
        .collect();
    assert_eq!(
        heads,
        [
            vec!["un", "deux", "un"],
            vec!["deux et demi", "deux et demi", "deux"],
            vec!["trois", "trois", "trois"]
        ]
    );
}

#[test]
fn what_a_link_leads_to_is_printed() {
    let css = "
        body { counter-reset: part }
        h2 { counter-increment: part; break-before: page }
        .toc a::after { content: ' ' target-counter(attr(href), page) }
        .toc a::before { content: target-counter(attr(href), part, upper-alpha) ' ' }
        .see::after { content: '(' target-text(attr(href)) ')' }";
    let body = "<div class=toc><p><a href='#un'>Un</a></p><p><a href='#deux'>Deux</a></p></div>
        <h2 id=un>Premier  point</h2><p><a class=see href='#deux'>voir</a></p><h2 id=deux>Second point</h2>";
    let laid = lay(css, body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    let lines: Vec<String> = laid.lines(0).into_iter().map(|(_, text)| text).collect();
    assert_eq!(lines, ["A Un 2", "B Deux 3"]);
    assert_eq!(laid.lines(1)[1].1, "voir(Second point)");
    // A contents list that moves what it numbers: nine lines of it fit a page.
    let many: String = (1..=30).map(|i| format!("<p><a href='#h{i}'>Point {i}</a></p>")).collect();
    let heads: String = (1..=30).map(|i| format!("<h3 id=h{i}>Point {i}</h3><p>x</p>")).collect();
    let laid = lay(css, &format!("<div class=toc>{many}</div>{heads}"));
    for page in 0..3 {
        for (_, text) in laid.lines(page) {
            let words: Vec<&str> = text.split(' ').collect();
            let at = laid.pages.destinations.iter().find(|(node, _)| {
                laid.document.element(**node).unwrap().id() == Some(&format!("h{}", words[2]))
            });
            assert_eq!(words[3].parse::<usize>().unwrap(), at.unwrap().1.page + 1, "{text}");
        }
    }
    // What leads nowhere is an error where it stands.
    let laid =
        lay(".see::after { content: target-counter('#nul', page) }", "<p class=see id=nuls>x</p>");
    assert_eq!(
        laid.diagnostics.one_lines(),
        "error: templates/page.html.hbs:3:7: no element has the id `nul` (hint: did you mean `nuls`?)\n"
    );
}
