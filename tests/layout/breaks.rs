//! Where pages begin (CSS Fragmentation 3). The page's area is 300 × 200 px: ten lines.

use propale::layout::pages::Paint;

use super::kit::*;

/// `n` lines, each a word.
fn lines(n: usize) -> String {
    (1..=n).map(|i| format!("m{i}")).collect::<Vec<_>>().join("<br>")
}

fn paragraphs(n: usize) -> String {
    (1..=n).map(|i| format!("<p>p{i}</p>")).collect()
}

/// The text of each page, without its white space.
fn pages(css: &str, body: &str) -> Vec<String> {
    let laid = lay(&format!("{COLOURS}{css}"), body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    laid.texts().iter().map(|t| t.split_whitespace().collect::<String>()).collect()
}

/// Words of a text that `lines` makes, from one to another.
fn range(from: usize, to: usize) -> String {
    (from..=to).map(|i| format!("m{i}")).collect::<Vec<_>>().join("")
}

#[test]
fn a_paragraph_goes_on_on_the_next_page() {
    let body = format!("<p>{}</p>", lines(24));
    assert_eq!(pages("", &body), [range(1, 10), range(11, 20), range(21, 24)]);
}

#[test]
fn a_paragraph_that_goes_on_keeps_one_owner() {
    let laid = lay(
        "",
        "<p>Un texte assez long pour deux pages, dont chaque ligne tient peu de mots. Il se plie et se replie encore, jusqu’à ce que la page soit pleine et que la suite passe à la page suivante.</p>",
    );
    let narrow = lay(
        "p { width: 60px }",
        "<p>Un texte assez long pour deux pages, dont chaque ligne tient peu de mots. Il se plie et se replie encore, jusqu’à ce que la page soit pleine et que la suite passe à la page suivante.</p>",
    );
    assert_eq!((laid.pages.pages.len(), narrow.pages.pages.len()), (1, 2));
    assert_eq!(laid.words(), narrow.words());
}

#[test]
fn orphans_and_widows() {
    let before = |n: usize, m: usize| format!("<p>{}</p><p>{}</p>", lines(n), lines(m));
    let cases = [
        ("nine lines and three: one would stay alone", before(9, 3), vec![9, 3]),
        ("eight and three: two and one, which would be alone", before(8, 3), vec![8, 3]),
        ("eight and four: two and two", before(8, 4), vec![10, 2]),
        ("eleven lines: nine and two, not ten and one", format!("<p>{}</p>", lines(11)), vec![9, 2]),
        ("one line is no paragraph to cut", before(10, 1), vec![10, 1]),
    ];
    for (what, body, expected) in cases {
        let counts: Vec<usize> = pages("", &body).iter().map(|page| page.matches('m').count()).collect();
        assert_eq!(counts, expected, "{what}");
    }
    let css = "p { orphans: 3; widows: 4 }";
    let counts: Vec<usize> =
        pages(css, &before(6, 7)).iter().map(|page| page.matches('m').count()).collect();
    assert_eq!(counts, [9, 4]);
}

#[test]
fn a_heading_is_never_last() {
    let after = |n: usize| format!("{}<h2>titre</h2><p>{}</p>", paragraphs(n), lines(6));
    for n in 0..=10 {
        let pages = pages("", &after(n));
        assert!(!pages[0].ends_with("titre"), "after {n} lines");
        // At eight lines, the heading would stand with one line of its text.
        assert_eq!(pages[0].contains("titre"), n <= 7, "after {n} lines");
    }
}

#[test]
fn headings_chain() {
    let body = format!("{}<h1>un</h1><h2>deux</h2><h3>trois</h3><p>{}</p>", paragraphs(7), lines(4));
    let pages = pages("", &body);
    assert_eq!(pages[0], "p1p2p3p4p5p6p7");
    assert_eq!(pages[1], format!("undeuxtrois{}", range(1, 4)));
}

#[test]
fn a_heading_deep_in_boxes_stays_with_what_follows_them() {
    let body = format!(
        "{}<section><header><div><h2>titre</h2></div></header><div><div><p>{}</p></div></div></section>",
        paragraphs(9),
        lines(4)
    );
    assert_eq!(pages("", &body)[1], format!("titre{}", range(1, 4)));
}

#[test]
fn a_heading_stays_with_a_table_and_with_cards() {
    let table = "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>";
    let cards = "<div class=cards><p>a</p><p>b</p></div>";
    for what in [table, cards] {
        let body = format!("{}<h2>titre</h2>{what}", paragraphs(9));
        let pages =
            pages("table { border-spacing: 0 } td { padding: 0 } .cards { display: grid }", &body);
        assert_eq!(pages[1], "titreab", "{what}");
    }
}

#[test]
fn boxes_that_avoid_breaks() {
    let card = |n: usize| format!("<div class=card>{}</div>", lines(n));
    let body = format!("{}{}{}", card(4), card(4), card(4));
    assert_eq!(pages(".card { break-inside: avoid }", &body), [range(1, 4) + &range(1, 4), range(1, 4)],);
    // Taller than a page: broken where it stands, as if it did not avoid.
    let body = format!("<p>{}</p>{}", lines(4), card(14));
    assert_eq!(
        pages(".card { break-inside: avoid }", &body),
        [range(1, 4) + &range(1, 6), range(7, 14)],
    );
}

#[test]
fn avoided_breaks_are_taken_when_nothing_else_is_left() {
    // CSS Fragmentation 3 §4.4: rules A, B and D are dropped before rule C.
    let body = format!("<h1>a</h1>{}", "<h2>b</h2>".repeat(12));
    assert_eq!(pages("", &body), [format!("a{}", "b".repeat(9)), "bbb".into()]);
    let body = format!("<p>{}</p><p>{}</p>", lines(8), lines(3));
    let kept = pages("p { break-after: avoid; orphans: 9; widows: 9 }", &body);
    assert_eq!(kept, [range(1, 8), range(1, 3)]);
}

#[test]
fn a_break_that_is_avoided_twice_is_worse() {
    let body = format!("{}<div>{}</div>", paragraphs(7), paragraphs(5));
    let css = "p + p, div { break-before: avoid } div { break-inside: avoid }";
    let texts = pages(css, &body);
    assert_eq!(texts, ["p1p2p3p4p5p6p7", "p1p2p3p4p5"]);
}

#[test]
fn forced_breaks() {
    for (what, css, body, expected) in [
        ("before", ".a { break-before: page }", "<p>1</p><p class=a>2</p><p>3</p>", vec!["1", "23"]),
        ("after", ".a { break-after: page }", "<p>1</p><p class=a>2</p><p>3</p>", vec!["12", "3"]),
        ("at the start: none", ".a { break-before: page }", "<p class=a>1</p><p>2</p>", vec!["12"]),
        ("at the end: none", ".a { break-after: page }", "<p>1</p><p class=a>2</p>", vec!["12"]),
        (
            "a first child's is its parent's",
            ".a { break-before: page }",
            "<p>1</p><section><div><p class=a>2</p></div></section>",
            vec!["1", "2"],
        ),
        (
            "deep, in the middle",
            ".a { break-before: page }",
            "<main><section><p>1</p><p class=a>2</p></section><section><p>3</p></section></main>",
            vec!["1", "23"],
        ),
        (
            "wins over avoid",
            "p { break-after: avoid } .a { break-before: page }",
            "<p>1</p><p class=a>2</p>",
            vec!["1", "2"],
        ),
        (
            "between table rows",
            ".a { break-before: page }",
            "<table><tr><td>1</td></tr><tr class=a><td>2</td></tr></table>",
            vec!["1", "2"],
        ),
        (
            "between the rows of a grid",
            ".grid { display: grid } .a { break-before: page }",
            "<div class=grid><p>1</p><p class=a>2</p><p>3</p></div>",
            vec!["1", "23"],
        ),
        (
            "between the items of a column",
            ".flex { display: flex; flex-direction: column } .a { break-after: page }",
            "<div class=flex><p>1</p><p class=a>2</p><p>3</p></div>",
            vec!["12", "3"],
        ),
        (
            "in an item of a column",
            ".flex { display: flex; flex-direction: column } .a { break-before: page }",
            "<div class=flex><p>1</p><div><p>2</p><p class=a>3</p><p>4</p></div><p>5</p></div>",
            vec!["12", "345"],
        ),
        (
            "before a row of boxes: one of an item of it",
            ".flex { display: flex } .a { break-before: page }",
            "<p>1</p><div class=flex><p>2</p><p class=a>3</p></div><p>4</p>",
            vec!["1", "234"],
        ),
        (
            "after the last row of a grid",
            ".grid { display: grid; grid-template-columns: 1fr 1fr } .a { break-before: page; break-after: page }",
            "<p>1</p><div class=grid><p>2</p><p class=a>3</p><p>4</p><p class=a>5</p></div><p>6</p>",
            vec!["1", "23", "45", "6"],
        ),
    ] {
        assert_eq!(pages(css, body), expected, "{what}");
    }
}

#[test]
fn margins_at_breaks() {
    check(&[
        (
            "an unforced break takes the margins beside it (CSS Fragmentation 3 §5.2)",
            "div { height: 90px; margin: 20px 0 } .b { height: 150px }",
            "<div class=r></div><div class=g></div><div class=b></div>",
            &["1 r 50,70 300×90", "2 g 50,50 300×90", "3 b 50,50 300×150"],
        ),
        (
            "a forced one keeps what follows",
            "div { height: 50px; margin: 20px 0 } .g { break-before: page }",
            "<div class=r></div><div class=g></div>",
            &["1 r 50,70 300×50", "2 g 50,70 300×50"],
        ),
        (
            "a margin that does not fit turns no page",
            ".r { height: 190px; margin-bottom: 50px }",
            "<div class=r></div>",
            &["1 r 50,50 300×190"],
        ),
        (
            "a box cut by a page has no edge there, and fills the page",
            ".r { padding: 10px; border: 5px solid black } .g, .b { height: 120px }",
            "<div class=r><div class=g></div><div class=b></div></div>",
            &["1 r 50,50 300×200", "1 g 65,65 270×120", "2 r 50,50 300×135", "2 b 65,50 270×120"],
        ),
        (
            "padding below the last child stays with it",
            ".r { padding-bottom: 30px } .g, .b { height: 90px }",
            "<div class=r><div class=g></div><div class=b></div></div>",
            &["1 r 50,50 300×200", "1 g 50,50 300×90", "2 r 50,50 300×120", "2 b 50,50 300×90"],
        ),
        (
            "a forced break in a box: both parts are full",
            ".r { padding: 10px } .g, .b { height: 20px } .b { break-before: page; margin-top: 7px }",
            "<div class=r><div class=g></div><div class=b></div></div>",
            &["1 r 50,50 300×200", "1 g 60,60 280×20", "2 r 50,57 300×30", "2 b 60,57 280×20"],
        ),
    ]);
}

#[test]
fn rows_of_grids_and_flex_boxes() {
    check(&[
        (
            "a page begins between the rows of a grid",
            ".r { display: grid; grid-template-columns: 1fr 1fr; gap: 10px } .r div { height: 90px }",
            "<div class=r><div class=g></div><div class=b></div><div class=y></div><div class=m></div><div class=c></div></div>",
            &[
                "1 r 50,50 300×190",
                "1 g 50,50 145×90",
                "1 b 205,50 145×90",
                "1 y 50,150 145×90",
                "1 m 205,150 145×90",
                "2 r 50,50 300×90",
                "2 c 50,50 145×90",
            ],
        ),
        (
            "and between the lines of a flex box",
            ".r { display: flex; flex-wrap: wrap } .r div { height: 120px; width: 150px }",
            "<div class=r><div class=g></div><div class=b></div><div class=y></div></div>",
            &[
                "1 r 50,50 300×120",
                "1 g 50,50 150×120",
                "1 b 200,50 150×120",
                "2 r 50,50 300×120",
                "2 y 50,50 150×120",
            ],
        ),
        (
            "a row is moved whole",
            ".r { display: flex } .b { height: 120px } .r > div { width: 50px } .m { height: 100px }",
            "<div class=m></div><div class=r><div class=g></div><div class=b></div></div>",
            &["1 m 50,50 300×100", "2 r 50,50 300×120", "2 g 50,50 50×120", "2 b 100,50 50×120"],
        ),
        (
            "an item over two rows holds them together",
            ".r { display: grid; grid-template-columns: 1fr 1fr } .g { grid-row: 1 / span 2 } .b, .y, .m { height: 80px } .c { height: 60px }",
            "<div class=c></div><div class=r><div class=g></div><div class=b></div><div class=y></div><div class=m></div></div>",
            &[
                "1 c 50,50 300×60",
                "2 r 50,50 300×160",
                "2 g 50,50 150×160",
                "2 b 200,50 150×80",
                "2 y 200,130 150×80",
                "3 r 50,50 300×80",
                "3 m 50,50 150×80",
            ],
        ),
    ]);
}

#[test]
fn boxes_in_a_column_are_cut_like_blocks() {
    let body = format!("<div class=x><p>{}</p><p>{}</p></div>", lines(6), lines(8));
    for css in [".x { display: flex; flex-direction: column }", ".x { display: grid }"] {
        assert_eq!(pages(css, &body), [range(1, 6) + &range(1, 4), range(5, 8)], "{css}");
        let kept = format!("{css} p {{ break-inside: avoid }}");
        assert_eq!(pages(&kept, &body), [range(1, 6), range(1, 8)], "{css}");
    }
    // A heading in a column stays with what follows it.
    let body = format!("<div class=x><p>{}</p><h2>titre</h2><p>{}</p></div>", lines(8), lines(3));
    let css = ".x { display: flex; flex-direction: column }";
    assert_eq!(pages(css, &body), [range(1, 8), format!("titre{}", range(1, 3))]);
}

#[test]
fn a_row_no_page_holds_is_cut_in_all_its_cells() {
    let cell = |name: &str, n: usize| {
        let lines: Vec<String> = (1..=n).map(|i| format!("{name}{i}")).collect();
        format!("<td>{}</td>", lines.join("<br>"))
    };
    let css = "table { border-spacing: 0 } td { padding: 0; vertical-align: top }";
    let body =
        format!("<p>x</p><table><tr>{}{}{}</tr></table>", cell("a", 12), cell("b", 3), cell("c", 22));
    let pages = pages(css, &body);
    let words = |name: &str, from: usize, to: usize| -> String {
        (from..=to).map(|i| format!("{name}{i}")).collect()
    };
    assert_eq!(
        pages,
        [
            // Of the first cell, three lines go over: two would do, but not one.
            format!("x{}{}{}", words("a", 1, 9), words("b", 1, 3), words("c", 1, 9)),
            words("a", 10, 12) + &words("c", 10, 19),
            words("c", 20, 22),
        ]
    );
}

#[test]
fn tables_repeat_their_head() {
    let rows: String = (1..=14).map(|i| format!("<tr><td>r{i}</td></tr>")).collect();
    let body = format!("<table><thead><tr><th>tête</th></tr></thead><tbody>{rows}</tbody></table>");
    let laid = lay("table { border-spacing: 0 } td, th { padding: 0 }", &body);
    // The head is read once; what the second page repeats is an artifact.
    assert_eq!(laid.texts(), ["têter1r2r3r4r5r6r7r8r9", "r10r11r12r13r14"]);
    let repeated: Vec<_> = laid.pages.pages[1]
        .items
        .iter()
        .filter(|i| matches!(i.owner, propale::layout::pages::Owner::Artifact(_)))
        .collect();
    assert_eq!(repeated.len(), 1);
    assert_eq!(laid.lines(1)[0].0, laid.lines(0)[1].0, "the rows stand below the head");
}

#[test]
fn totals_stay_with_a_row_and_captions_with_their_table() {
    let css = "table { border-spacing: 0 } td, caption { padding: 0 }";
    let rows: String = (1..=9).map(|i| format!("<tr><td>r{i}</td></tr>")).collect();
    let table = format!("<table><tbody>{rows}</tbody><tfoot><tr><td>total</td></tr></tfoot></table>");
    assert_eq!(pages(css, &format!("<p>x</p>{table}")), ["xr1r2r3r4r5r6r7r8", "r9total"]);
    let table = "<table><caption>titre</caption><tr><td>a</td></tr></table>";
    assert_eq!(pages(css, &format!("{}{table}", paragraphs(9)))[1], "titrea");
}

#[test]
fn what_no_break_divides_is_printed_and_reported() {
    let laid = lay(".a { line-height: 260px }", "<p>un</p><div class=a>deux</div><p>trois</p>");
    assert_eq!(laid.texts(), ["un", "deux", "trois"]);
    assert_eq!(
        laid.diagnostics.one_lines(),
        "warning: templates/page.html.hbs:3:16: this cannot be divided and is 16 mm too tall for its page\n"
    );
    let body = format!("<p>un</p><div class=a><p>{}</p></div>", lines(12));
    assert_eq!(
        lay(".a { display: inline-block }", &body).diagnostics.one_lines(),
        "warning: templates/page.html.hbs:3:16: this cannot be divided and is 11 mm too tall for its page (hint: a box in a line is never divided: make it a block, or its content shorter)\n"
    );
}

#[test]
fn a_picture_taller_than_the_page_is_made_smaller() {
    let laid = lay("img { display: block }", "<p>un</p><img src=100x400.png alt=a><p>deux</p>");
    let picture = laid.dump().lines().find(|l| l.contains("picture (")).unwrap().to_owned();
    assert_eq!(picture, "  50,50 50×200 picture (img)");
    assert_eq!(
        laid.diagnostics.one_lines(),
        "warning: templates/page.html.hbs:3:16: picture is 106 mm tall, which no page can hold: printed 53 mm tall (hint: give it a `max-height`)\n"
    );
    assert_eq!(laid.texts(), ["un", "", "deux"]);
}

/// No page ends within a word, where the paragraph has another line to end with.
#[test]
fn no_page_ends_within_a_word() {
    let text =
        "développement organisationnel accompagnement méthodologique transformation administrative "
            .repeat(12);
    let mut divided = 0;
    for width in (70..130).step_by(3) {
        for lead in 0..4 {
            let css =
                format!("p {{ width: {width}px; hyphens: auto }} .l {{ height: {}px }}", lead * 20);
            let laid = lay(&css, &format!("<div class=l></div><p>{text}</p>"));
            complete(&laid);
            let pages = laid.pages.pages.len();
            for page in 0..pages - 1 {
                let lines = laid.lines(page);
                divided += lines.iter().filter(|(_, text)| text.ends_with('\u{AD}')).count();
                let last = &lines.last().unwrap().1;
                let last_but_one = &lines[lines.len().saturating_sub(2)].1;
                assert!(
                    !last.ends_with('\u{AD}') || last_but_one.ends_with('\u{AD}'),
                    "{width} {lead} {last}"
                );
            }
        }
    }
    assert!(divided > 100, "only {divided} lines are divided");
}

/// What is said to be taller than its content is cut in its empty part: no content is sent overleaf for it.
#[test]
fn a_page_may_end_in_a_gap() {
    check(&[
        (
            "an empty box that no page holds",
            ".x { height: 300px } .s { height: 20px }",
            "<div class='x r'></div><div class='s g'></div>",
            &["1 r 50,50 300×200", "2 r 50,50 300×100", "2 g 50,150 300×20"],
        ),
        (
            "one that a page holds is moved whole",
            ".x { height: 150px }",
            "<div class='x r'></div><div class='x g'></div>",
            &["1 r 50,50 300×150", "2 g 50,50 300×150"],
        ),
        (
            "text with a minimal height",
            ".x { min-height: 250px; padding-top: 5px }",
            "<div class='x r'>mot</div>",
            &["1 r 50,50 300×200", "2 r 50,50 300×55"],
        ),
        (
            "blocks in a height",
            ".l { height: 30px } .x { height: 210px } .s { height: 20px }",
            "<div class=l></div><div class='x r'><p class='s g'></p><p class='s b'></p></div>",
            &["1 r 50,80 300×170", "1 g 50,80 300×20", "1 b 50,100 300×20", "2 r 50,50 300×40"],
        ),
    ]);
    let laid =
        lay("body { margin: 8px } .x { height: 200px }", "<div class=x><p>un</p><p>deux</p></div>");
    assert_eq!(laid.pages.pages.len(), 1, "{}", laid.dump());
}

/// A heading beside a text that no page holds waits for its first lines.
#[test]
fn a_heading_beside_a_text_stays_with_it() {
    let css = ".g { display: grid; grid-template-columns: 100px 1fr } img { display: block }";
    for first in ["<img src=10x190.png alt=a>", "<p style='break-inside: avoid'>a<br>b<br>c</p>"] {
        let body = format!(
            "{}<div class=g><h2>titre</h2><div>{first}<p>{}</p></div></div>",
            paragraphs(8),
            lines(12)
        );
        let found = pages(css, &body);
        assert!(found[0].ends_with("p8") && found[1].starts_with("titre"), "{found:?}");
    }
}

/// Beside other boxes no page is turned, and that is said.
#[test]
fn breaks_in_rows_of_boxes() {
    let css =
        "td, table { padding: 0; border-spacing: 0 } .f { display: flex } .a { break-before: page }";
    for (body, place) in [
        ("<p>1</p><div class=f><p>x</p><div><p>2</p><p class=a>3</p></div></div>", "3:49"),
        ("<p>1</p><table><tr><td>x</td><td><p>2</p><p class=a>3</p></td></tr></table>", "3:48"),
    ] {
        let laid = lay(css, body);
        assert_eq!(laid.pages.pages.len(), 1, "{body}");
        assert_eq!(
            laid.diagnostics.one_lines(),
            format!(
                "warning: templates/page.html.hbs:{place}: no page is turned before this box: it stands in a row of boxes (hint: let it stand in the page's flow, or in a column of boxes)\n"
            )
        );
    }
}

/// Rows that a cell spans are parted between them, as all rows are.
#[test]
fn rows_under_a_tall_cell_stay_whole() {
    let rows: String = (2..=8).map(|i| format!("<tr><td>a{i}<br>b{i}</td></tr>")).collect();
    let body = format!("<p>m</p><table><tr><td rowspan=8>tall</td><td>a1<br>b1</td></tr>{rows}</table>");
    let css = "table { border-spacing: 0 } td { padding: 0; background: #ff0000 }";
    assert_eq!(pages(css, &body), ["mtalla1b1a2b2a3b3a4b4", "a5b5a6b6a7b7a8b8"]);
    // No strip of the fifth row is left above.
    let strips: Vec<String> = lay(css, &body).boxes();
    assert!(!strips.iter().any(|b| b.ends_with("×20")), "{strips:?}");
    // One that no page holds is broken all the same.
    let tall =
        format!("<table><tr><td rowspan=2>t</td><td>a</td></tr><tr><td>{}</td></tr></table>", lines(14));
    assert_eq!(pages(css, &tall), [format!("ta{}", range(1, 9)), range(10, 14)]);
}

/// A heading and the picture that it stands over are on one page, even a picture as tall as that.
#[test]
fn a_picture_leaves_room_for_its_heading() {
    for (body, css) in [
        ("<h2>titre</h2><img src=100x400.png alt=a>", "img { display: block }"),
        ("<h2>titre</h2><p><img src=100x400.png alt=a></p>", ""),
        (
            "<h1>titre</h1><section><h2>titre</h2><figure><img src=100x400.png alt=a></figure></section>",
            "",
        ),
        ("<div><h2>titre</h2></div><div><div><img src=100x190.png alt=a></div></div><p>p</p>", ""),
    ] {
        let laid = lay(css, &format!("<p>un</p>{body}"));
        let said = laid.diagnostics.one_lines();
        assert!(said.contains("which no page can hold") && said.lines().count() == 1, "{body}: {said}");
        let page = laid.pages.pages.iter().find(|page| laid.text(page).contains("titre")).unwrap();
        assert!(
            page.items.iter().any(|item| matches!(item.paint, Paint::Picture { .. })),
            "{}",
            laid.dump()
        );
    }
    // One further down has the whole page.
    let body = "<h2>titre</h2><div><p>un</p><img src=100x200.png alt=a></div>";
    assert_eq!(lay("img { display: block }", body).diagnostics.one_lines(), "");
}

/// On a page of another width blocks and lines are as wide as that page (CSS Fragmentation 3 §5.1).
#[test]
fn pages_of_other_widths() {
    let css =
        "@page :first { margin: 50px 100px } div { background: #ff0000; margin: 20px 0; padding: 5px }";
    let first = lines(8);
    let body = format!("<div>{first}</div><section><div id=x>{}</div></section><div></div>", lines(3));
    let laid = lay(css, &body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    assert_eq!(laid.boxes(), ["1 r 100,70 200×170", "2 r 50,50 300×70", "2 r 50,140 300×10"]);
    // A text goes on in the width of its page, with each of its words once.
    let words: String = (0..120).map(|i| format!("mot{i} ")).collect();
    let laid =
        lay("@page :first { margin: 50px 100px } p { text-indent: 30px }", &format!("<p>{words}</p>"));
    complete(&laid);
    assert_eq!(laid.diagnostics.one_lines(), "");
    let (one, two) = (&laid.lines(0)[3].1, &laid.lines(1)[0].1);
    assert!(two.len() * 10 > one.len() * 13, "{one} {two}");
}

/// Each box that is absolutely positioned in one that pages cut is printed once, whatever contains it.
#[test]
fn absolute_boxes_over_pages_are_printed_once() {
    let css = ".t { position: relative; height: 700px; background: #eeeeee } i { position: absolute } .r { position: relative }";
    for (what, inside, pages) in [
        ("by an offset", "<i style='top: 250px'>mark</i>", vec![1]),
        ("from the bottom", "<i style='bottom: 0'>mark</i>", vec![3]),
        ("at its place in the flow", "<p>a <i>mark</i></p>", vec![0]),
        ("in a line, by an offset", "<p>a <i style='top: 250px'>mark</i></p>", vec![1]),
        ("in an inline box", "<p>a <span class=r>b<i style='top: 0'>mark</i></span></p>", vec![0]),
        ("in a box inside", "<div class=r><p>a</p><i style='bottom: 0'>mark</i></div>", vec![0]),
        ("in a row", "<table><tr class=r><td>a<i style='bottom: 0'>mark</i></table>", vec![0]),
        ("in a cell", "<table><tr><td>a<i style='top: 450px'>mark</i></table>", vec![2]),
        ("in another", "<i style='top: 250px'><b><i style='top: 0'>mark</i></b></i>", vec![1]),
        (
            "in the area of a grid",
            "<div style='display: grid'><p>a</p><i style='top: 250px'>mark</i></div>",
            vec![1],
        ),
    ] {
        let laid = lay(css, &format!("<div class=t>{inside}</div>"));
        let dump = laid.dump();
        let on: Vec<usize> = dump
            .split("page ")
            .skip(1)
            .enumerate()
            .flat_map(|(page, text)| vec![page; text.matches("mark").count()])
            .collect();
        assert_eq!(on, pages, "{what}: {dump}");
    }
}

/// What a cell has left on the page where its row ended is printed in the next row's place.
#[test]
fn a_cell_goes_on_where_rows_are_painted_as_one() {
    let css = "table { border-spacing: 0 } td { padding: 0 } tr + tr { opacity: 0.5 }";
    let rows: String = (2..=9).map(|i| format!("<tr><td>a{i}<br>b{i}</td></tr>")).collect();
    let body = format!("<table><tr><td rowspan=9>{}</td><td>a1</td></tr>{rows}</table>", lines(16));
    let printed = pages(css, &body).concat();
    for line in (1..=16).map(|i| format!("m{i}")) {
        assert!(printed.contains(&line), "{line}: {printed}");
    }
}
