//! What is painted, and in which order (CSS 2.2 Appendix E, CSS Backgrounds 3).

use propale::layout::pages::Paint;

use super::kit::*;

fn painted(css: &str, body: &str) -> Vec<String> {
    let laid = lay(&format!("{COLOURS}{css}"), body);
    assert_eq!(laid.diagnostics.one_lines(), "");
    laid.dump()
        .lines()
        .filter(|line| line.starts_with("  ") && !line.contains('“'))
        .map(|line| line.trim().to_owned())
        .collect()
}

#[test]
fn borders() {
    for (what, css, expected) in [
        ("one side is a bar", "border-bottom: 2px solid #ff0000", vec!["50,60 20×2 #ff0000 (layout)"]),
        (
            "four equal ones are a ring",
            "border: 2px solid #ff0000",
            vec!["50,50 24×14 ring #ff0000 (layout)"],
        ),
        (
            "of two colours: each its own, met at the corners",
            "border-top: 2px solid #ff0000; border-left: 4px solid #00ff00",
            vec!["50,50 24×2 #ff0000 (layout)", "50,50 4×12 #00ff00 (layout)"],
        ),
        (
            "dashes are a line in the middle",
            "border-top: 2px dashed #ff0000",
            vec!["50,51 20×0 line 2 dashed #ff0000 (layout)"],
        ),
        (
            "round and dotted: one line round the box",
            "border: 2px dotted #ff0000; border-radius: 5px",
            vec!["51,51 22×12 round line 2 dashed #ff0000 (layout)"],
        ),
        (
            "round: the ring is round inside too",
            "border: 2px solid #ff0000; border-radius: 5px; background: #00ff00",
            vec!["50,50 24×14 round #00ff00 (background)", "50,50 24×14 ring round #ff0000 (layout)"],
        ),
        ("transparent: nothing", "border: 2px solid transparent", vec![]),
    ] {
        let css = format!(".x {{ width: 20px; height: 10px; {css} }}");
        assert_eq!(painted(&css, "<div class=x></div>"), expected, "{what}");
    }
}

#[test]
fn gradients_and_corners() {
    let css = ".x { width: 100px; height: 50px; background: linear-gradient(90deg, #ff0000, #0000ff); border-radius: 999px }";
    assert_eq!(
        painted(css, "<div class=x></div>"),
        ["50,50 100×50 round from 50,75 to 150,75: 0 #ff0000, 1 #0000ff (background)"]
    );
    let css = ".x { width: 100px; height: 100px; background: linear-gradient(#ff0000, #0000ff) }";
    assert_eq!(
        painted(css, "<div class=x></div>"),
        ["50,50 100×100 from 100,50 to 100,150: 0 #ff0000, 1 #0000ff (background)"]
    );
}

#[test]
fn background_layers() {
    for (what, css, expected) in [
        (
            "a picture in its own size, tiled",
            "background: url(40x20.png)",
            vec![
                "begin clip 50,50 100×50 (layout)",
                "50,50 40×20 picture (background)",
                "90,50 40×20 picture (background)",
                "130,50 40×20 picture (background)",
                "50,70 40×20 picture (background)",
                "90,70 40×20 picture (background)",
                "130,70 40×20 picture (background)",
                "50,90 40×20 picture (background)",
                "90,90 40×20 picture (background)",
                "130,90 40×20 picture (background)",
                "end (layout)",
            ],
        ),
        (
            "once, in a corner",
            "background: url(40x20.png) right 5px bottom 10% no-repeat",
            vec!["105,77 40×20 picture (background)"],
        ),
        (
            "cover, over a colour",
            "background: url(40x20.png) center / cover no-repeat #ff0000",
            vec!["50,50 100×50 #ff0000 (background)", "50,50 100×50 picture (background)"],
        ),
        (
            "cover, cut",
            "background: url(20x20.png) center / cover no-repeat",
            vec![
                "begin clip 50,50 100×50 (layout)",
                "50,25 100×100 picture (background)",
                "end (layout)",
            ],
        ),
        (
            "contain",
            "background: url(20x20.png) right / contain no-repeat",
            vec!["100,50 50×50 picture (background)"],
        ),
        (
            "in the padding box, cut round",
            "background: url(20x20.png) 0 0 / 100% 100%; border: 2px solid #00ff00; border-radius: 5px; background-repeat: no-repeat",
            vec![
                "begin clip 50,50 104×54 round (layout)",
                "52,52 100×50 picture (background)",
                "end (layout)",
                "50,50 104×54 ring round #00ff00 (layout)",
            ],
        ),
        (
            "the first layer is on top",
            "background: url(20x20.png) no-repeat, linear-gradient(#ff0000, #0000ff)",
            vec![
                "50,50 100×50 from 100,50 to 100,100: 0 #ff0000, 1 #0000ff (background)",
                "50,50 20×20 picture (background)",
            ],
        ),
        (
            "stripes",
            "background: linear-gradient(#ff0000 50%, #0000ff 50%) 0 0 / 100% 25px",
            vec![
                "50,50 100×25 from 100,50 to 100,75: 0 #ff0000, 0.5 #ff0000, 0.5 #0000ff, 1 #0000ff (background)",
                "50,75 100×25 from 100,75 to 100,100: 0 #ff0000, 0.5 #ff0000, 0.5 #0000ff, 1 #0000ff (background)",
            ],
        ),
        (
            "radial: to the farthest corner",
            "background: radial-gradient(circle at left top, #ff0000, #0000ff 50px)",
            vec![
                "50,50 100×50 round 50,50 out to 111.8,111.8: 0 #ff0000, 0.4 #0000ff, 1 #0000ff (background)",
            ],
        ),
        (
            "to a corner: the neighbours have the middle",
            "background: linear-gradient(to bottom right, #ff0000, #0000ff)",
            vec!["50,50 100×50 from 80,35 to 120,115: 0 #ff0000, 1 #0000ff (background)"],
        ),
        (
            "to transparent, without grey",
            "background: linear-gradient(#ff0000, transparent)",
            vec!["50,50 100×50 from 100,50 to 100,100: 0 #ff0000, 1 #ff0000/0 (background)"],
        ),
        ("one that could not be read", "background: none, none", vec![]),
    ] {
        let css = format!(".x {{ width: 100px; height: 50px; {css} }}");
        assert_eq!(painted(&css, "<div class=x></div>"), expected, "{what}");
    }
    // Of the sheet, under all margins.
    assert_eq!(
        painted("@page { background: linear-gradient(90deg, #ff0000, #0000ff) }", "<p>a</p>"),
        ["0,0 400×300 from 0,150 to 400,150: 0 #ff0000, 1 #0000ff (background)"]
    );
}

/// As an `img` does: a drawing with a `viewBox` is as large as fits, not stretched.
#[test]
fn a_drawing_behind_a_box_keeps_its_ratio() {
    let styles = |document: &propale::document::tree::Document| {
        let mut diagnostics = propale::diagnostic::Diagnostics::new();
        let css = format!(
            "{BASE}.x {{ width: 100px; height: 50px; background: url(art.svg) 0 0 / 100% 100% }}"
        );
        let styles = styles(document, &css, &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), "");
        styles
    };
    let document = document("<div class=x></div>");
    let styles = styles(&document);
    let mut pictures = propale::layout::Pictures::new();
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path d='M0 0h9v9z'/></svg>";
    let picture = propale::image::read_inline_svg(svg).unwrap();
    pictures.insert_file("templates/art.svg".into(), picture);
    let mut diagnostics = propale::diagnostic::Diagnostics::new();
    let pages = propale::layout::paginate(&document, &styles, &FACES, &pictures, &mut diagnostics);
    let places: Vec<String> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match &item.paint {
            Paint::Picture { rect: r, .. } => Some(rect(*r)),
            _ => None,
        })
        .collect();
    assert_eq!(places, ["75,50 50×50"]);
}

#[test]
fn corners_are_quarters_of_ellipses() {
    let corner = |css: &str| {
        let css = format!(".x {{ width: 100px; height: 50px; background: #ff0000; {css} }}");
        let laid = lay(&css, "<div class=x></div>");
        let Paint::Shape(shape) = &laid.pages.pages[0].items[0].paint else { panic!("no shape") };
        let first: Vec<String> =
            shape.outline.segments.iter().take(2).map(|s| format!("{s:?}")).collect();
        first.join(" ")
    };
    assert!(corner("border-radius: 50%").starts_with("Move(50.0, 75.0) Cubic("));
    assert!(corner("border-radius: 10px / 20px").starts_with("Move(50.0, 70.0) Cubic("));
    assert_eq!(corner("border-radius: 10px / 0"), "Move(50.0, 50.0) Line(150.0, 50.0)");
}

#[test]
fn transforms() {
    let css = "div { width: 100px; height: 50px }
        .t { transform: translate(50%, 10px) } .s { transform: scale(2); transform-origin: 0 0 }
        .q { transform: rotate(90deg) }";
    for (body, expected) in [
        (
            "<div class='t r'></div>",
            vec![
                "begin transform 1 0 0 1 50 10 (layout)",
                "50,50 100×50 #ff0000 (background)",
                "end (layout)",
            ],
        ),
        (
            "<div class='s r'></div>",
            vec![
                "begin transform 2 0 0 2 -50 -50 (layout)",
                "50,50 100×50 #ff0000 (background)",
                "end (layout)",
            ],
        ),
        (
            "<div class='q r'></div>",
            vec![
                "begin transform 0 1 -1 0 175 -25 (layout)",
                "50,50 100×50 #ff0000 (background)",
                "end (layout)",
            ],
        ),
        ("<span class='q'>text</span>", vec![]),
    ] {
        assert_eq!(painted(css, body), expected, "{body}");
    }
    // What leads to it leads to where it is seen; nothing around it moves.
    let laid = lay(css, "<div class=q><p id=a><a href='#a'>mot</a></p></div><p>après</p>");
    let dump = laid.dump();
    assert!(dump.contains("p#a at page 1 125,25\n"), "{dump}");
    assert!(dump.contains("  50,113.4 “après” (p)\n"), "{dump}");
    let link = laid.pages.pages[0].links[0].rect;
    assert!(
        link.height < 30.0 && link.y < 26.0 && link.x > 100.0 && link.x + link.width <= 125.1,
        "{dump}"
    );
}

#[test]
fn layers_by_z_index() {
    let css = ".p { position: relative } .a { position: absolute; top: 0; left: 0; width: 10px; height: 10px } .low { z-index: -1 } .high { z-index: 2 } .f { display: flex } .f div { width: 5px; height: 5px }";
    let order = |body: &str| {
        let boxes = lay(&format!("{COLOURS}{css}"), body).boxes();
        boxes.iter().map(|b| b.split(' ').nth(1).unwrap().to_owned()).collect::<String>()
    };
    // A box without a z-index of its own is no stack: what is under it is under its background too.
    assert_eq!(order("<div class='p r'><div class='a low g'></div>x</div>"), "gr");
    assert_eq!(order("<div class='p r' style='z-index: 0'><div class='a low g'></div>x</div>"), "rg");
    // Its own layers stand in the stack around.
    assert_eq!(
        order("<div class='p r'>y<div class='a high g'></div></div><div class='p b'>x</div>"),
        "rbg"
    );
    assert_eq!(
        order(
            "<div class='p r' style='z-index: 0'>y<div class='a high g'></div></div><div class='p b'>x</div>"
        ),
        "rgb"
    );
    // Items of flex boxes need not be positioned.
    assert_eq!(order("<div class=f><div class='high r'></div><div class=g></div></div>"), "gr");
}

#[test]
fn coarse_pictures_are_named() {
    let laid =
        lay(".x { height: 10px; background: url(1x1.png) 0 0 / 96px 96px }", "<div class=x></div>");
    assert_eq!(
        laid.diagnostics.one_lines(),
        "warning: templates/page.css:7:20: picture `1x1.png` is printed at 16 dpi: it will look coarse (hint: \
         from 150 dpi on it looks sharp: print it 3 mm wide at most, or use a larger file)\n"
    );
}

#[test]
fn groups_are_balanced() {
    let css = ".o { opacity: 0.5 } .h { overflow: hidden; height: 10px; border-radius: 4px } .h div { height: 30px } .p { position: relative }";
    assert_eq!(
        painted(css, "<div class=o><div class='h r'><div class=g></div></div></div>"),
        [
            "begin opacity 0.5 (layout)",
            "50,50 300×10 round #ff0000 (background)",
            "begin clip 50,50 300×10 round (layout)",
            "50,50 300×30 #00ff00 (background)",
            "end (layout)",
            "end (layout)",
        ]
    );
    // A positioned box in a clip is a layer above, and clipped as well.
    assert_eq!(
        painted(css, "<div class='h'><div class='g p'></div></div>"),
        ["begin clip 50,50 300×10 round (layout)", "50,50 300×30 #00ff00 (background)", "end (layout)",]
    );
}

#[test]
fn pictures_fit() {
    for (css, expected) in [
        ("", "50,50 80×40 picture (img)"),
        ("width: 40px", "50,50 40×20 picture (img)"),
        ("max-width: 20px", "50,50 20×10 picture (img)"),
        ("width: 40px; height: 40px", "50,50 40×40 picture (img)"),
        ("width: 40px; height: 40px; object-fit: contain", "50,60 40×20 picture (img)"),
        ("width: 40px; height: 40px; object-fit: cover", "30,50 80×40 picture cut to 50,50 40×40 (img)"),
        (
            "width: 40px; height: 40px; object-fit: none; object-position: right bottom",
            "10,50 80×40 picture cut to 50,50 40×40 (img)",
        ),
        (
            "width: 200px; height: 60px; object-fit: scale-down; object-position: 0 10px",
            "50,60 80×40 picture (img)",
        ),
        ("width: 50%", "50,50 150×75 picture (img)"),
        ("padding: 5px", "55,55 80×40 picture (img)"),
    ] {
        let css = format!("img {{ display: block; {css} }}");
        assert_eq!(painted(&css, "<img src=80x40.png alt=a>"), [expected], "{css}");
    }
    // In a line, a picture stands on the baseline.
    let found = painted("", "<p>a <img src=8x40.png alt=a> b</p>");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains(",50 8×40 picture"), "{found:?}");
}

#[test]
fn nothing_of_what_is_hidden() {
    let css =
        ".x { visibility: hidden; text-decoration: underline } .v { visibility: visible; height: 5px }";
    assert_eq!(
        lay(&format!("{COLOURS}{css}"), "<div class='x r'>mot<div class='v g'></div></div>").dump(),
        "page 1 400 × 300\n  50,70 300×5 #00ff00 (background)\n"
    );
}

#[test]
fn inline_boxes_are_painted_under_their_text() {
    let laid = lay(
        ".t { background: #ff0000; padding: 0 4px; border-radius: 3px }",
        "<p>a <span class=t>mot</span></p>",
    );
    let dump = laid.dump();
    let (back, text) = (dump.find("#ff0000").unwrap(), dump.find("“mot”").unwrap());
    assert!(back < text, "{dump}");
}

/// The fills of a colour's boxes, page by page.
fn fills(css: &str, body: &str) -> Vec<String> {
    let laid = lay(&format!("{COLOURS}{css}"), body);
    let mut page = 0;
    let mut out = vec![];
    for line in laid.dump().lines() {
        page += usize::from(line.starts_with("page "));
        if line.ends_with("(background)") {
            out.push(format!("{page}: {}", line.trim().trim_end_matches(" (background)")));
        }
    }
    out
}

/// CSS Fragmentation 3 §5.4: the parts of a box that pages cut share one background.
#[test]
fn backgrounds_go_on_overleaf() {
    let p = "<p>x</p>".repeat(13);
    let css = "div { background: linear-gradient(#ff0000, #0000ff) padding-box no-repeat; border: 10px solid #00ff00 }";
    assert_eq!(
        fills(css, &format!("<div>{p}</div>")),
        [
            "1: 60,60 280×190 from 200,60 to 200,330: 0 #ff0000, 1 #0000ff",
            "2: 60,50 280×80 from 200,-140 to 200,130: 0 #ff0000, 1 #0000ff",
        ]
    );
    let css = "div { background: radial-gradient(circle closest-side, #ff0000, #0000ff) }";
    assert_eq!(
        fills(css, &format!("<div>{p}</div>")),
        [
            "1: 50,50 300×200 round 200,180 out to 130,130: 0 #ff0000, 1 #0000ff",
            "2: 50,50 300×60 round 200,-20 out to 130,130: 0 #ff0000, 1 #0000ff",
        ]
    );
    let css = "div { background: url(10x26.png) center / cover no-repeat }";
    assert_eq!(
        fills(css, &format!("<div>{p}</div>")),
        ["1: 50,-210 300×780 picture", "2: 50,-410 300×780 picture"]
    );
    let css = "div { background: url(10x26.png) left / contain no-repeat }";
    assert_eq!(
        fills(css, &format!("<div>{p}</div>")),
        ["1: 50,50 100×260 picture", "2: 50,-150 100×260 picture"]
    );
    let css = "div { background: url(20x30.png) repeat-y }";
    let tops: Vec<String> = fills(css, &format!("<div>{p}</div>"));
    assert!(tops.contains(&"1: 50,230 20×30 picture".into()), "{tops:?}");
    assert!(tops.contains(&"2: 50,30 20×30 picture".into()), "{tops:?}");
    // A break that is forced cuts like any other.
    let css = "div { background: linear-gradient(#ff0000, #0000ff) } .n { break-before: page }";
    assert_eq!(
        fills(css, "<div><p>a</p><p class=n>b</p></div>"),
        [
            "1: 50,50 300×200 from 200,50 to 200,270: 0 #ff0000, 1 #0000ff",
            "2: 50,50 300×20 from 200,-150 to 200,70: 0 #ff0000, 1 #0000ff",
        ]
    );
}

#[test]
fn no_tile_is_left_out() {
    let css = "div { width: 300px; height: 200px; background: url(2x2.png) 1px 0 }";
    assert_eq!(
        painted(css, "<div></div>"),
        [
            "begin clip 50,50 300×200 (layout)",
            "49,50 2×2 tiles, 151 across and 100 down (background)",
            "end (layout)",
        ]
    );
    let css =
        "div { width: 32px; height: 16px; background: linear-gradient(#ff0000, #0000ff) 0 0 / 4px 4px }";
    assert_eq!(painted(css, "<div></div>").len(), 32);
}

#[test]
fn what_a_background_covers() {
    let css = |more: &str| {
        format!(
            "div {{ width: 20px; height: 10px; padding: 3px; border: 2px solid transparent; background: {more} }}"
        )
    };
    for (background, expected) in [
        ("#ff0000", vec!["50,50 30×20 #ff0000"]),
        ("#ff0000 padding-box", vec!["52,52 26×16 #ff0000"]),
        ("#ff0000 content-box", vec!["55,55 20×10 #ff0000"]),
        ("url(20x10.png) no-repeat content-box", vec!["55,55 20×10 picture"]),
        ("url(30x20.png) no-repeat border-box", vec!["50,50 30×20 picture"]),
        // The colour is cut like the lowest layer.
        (
            "url(20x10.png) no-repeat content-box, url(26x16.png) no-repeat padding-box #ff0000",
            vec!["52,52 26×16 #ff0000", "52,52 26×16 picture", "55,55 20×10 picture"],
        ),
    ] {
        let painted: Vec<String> = fills(&css(background), "<div></div>");
        let expected: Vec<String> = expected.iter().map(|line| format!("1: {line}")).collect();
        assert_eq!(painted, expected, "{background}");
    }
}

#[test]
fn gradients_beyond_their_line_and_over_again() {
    let css =
        |background: &str| format!("div {{ width: 100px; height: 10px; background: {background} }}");
    for (background, expected) in [
        (
            "linear-gradient(to right, #ff0000, #0000ff 200%)",
            "50,50 100×10 from 50,55 to 250,55: 0 #ff0000, 1 #0000ff",
        ),
        (
            "repeating-linear-gradient(to right, #ff0000, #0000ff 50px)",
            "50,50 100×10 from 50,55 to 150,55: 0 #ff0000, 0.5 #0000ff, 0.5 #ff0000, 1 #0000ff",
        ),
        // Of a long one, the turns that are seen.
        (
            "repeating-linear-gradient(to right, #ff0000, #0000ff 50px) -10000px 0 / 10100px 10px",
            "50,50 100×10 from 50,55 to 150,55: 0 #ff0000, 0.5 #0000ff, 0.5 #ff0000, 1 #0000ff",
        ),
    ] {
        let found = fills(&css(background), "<div></div>");
        assert_eq!(found.len(), 1, "{background} {:?}", painted(&css(background), "<div></div>"));
        let end = found[0].split_once(" from ").unwrap().1;
        assert_eq!(Some(end), expected.split_once(" from ").map(|(_, end)| end), "{background}");
    }
}

/// CSS Color 4 §4.2, CSS Transforms 1 §3, CSS 2.2 §9.4.3: rows and row groups are boxes like others.
#[test]
fn rows_are_painted_as_one() {
    let cells =
        "td { padding: 0; height: 20px; background: #00ff00 } table { width: 100px; border-spacing: 0 }";
    let of =
        |css: &str, rows: &str| painted(&format!("{cells}{css}"), &format!("<table>{rows}</table>"));
    assert_eq!(
        of(".a { opacity: 0.5; background: #ff0000 }", "<tr><td>x<tr class=a><td>y"),
        [
            "50,50 100×20 #00ff00 (background)",
            "begin opacity 0.5 (layout)",
            "50,70 100×20 #ff0000 (background)",
            "50,70 100×20 #00ff00 (background)",
            "end (layout)",
        ]
    );
    assert_eq!(
        of("tbody { transform: translate(5px, 0) }", "<tr><td>x<tr><td>y"),
        [
            "begin transform 1 0 0 1 5 0 (layout)",
            "50,50 100×20 #00ff00 (background)",
            "50,70 100×20 #00ff00 (background)",
            "end (layout)",
        ]
    );
    assert_eq!(
        of(".a { position: relative; left: 8px; top: 1px }", "<tr class=a><td>x<tr><td>y"),
        ["50,70 100×20 #00ff00 (background)", "58,51 100×20 #00ff00 (background)"]
    );
    let body = "<tr><td rowspan=2>x<td>x<tr class=a><td>x";
    let painted = of(".a { opacity: 0.5 }", body);
    assert_eq!(
        painted[2..],
        ["begin opacity 0.5 (layout)", "100,70 50×20 #00ff00 (background)", "end (layout)"]
            .map(String::from),
        "{painted:?}"
    );
}
