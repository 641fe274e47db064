//! What is painted, and in which order (CSS 2.2 Appendix E, CSS Backgrounds 3).

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
