//! Block flow on one page, worked by hand from CSS 2.2: the page's area is 300 × 200 px at 50,50.

use super::kit::check;

#[test]
fn margins_collapse() {
    check(&[
        (
            "siblings: the larger (§8.3.1)",
            ".r, .g { height: 20px } .r { margin-bottom: 30px } .g { margin-top: 10px }",
            "<div class=r></div><div class=g></div>",
            &["1 r 50,50 300×20", "1 g 50,100 300×20"],
        ),
        (
            "a negative one is taken off the largest positive one",
            ".r, .g { height: 20px } .r { margin-bottom: 30px } .g { margin-top: -10px }",
            "<div class=r></div><div class=g></div>",
            &["1 r 50,50 300×20", "1 g 50,90 300×20"],
        ),
        (
            "two negative ones: the most negative",
            ".r, .g { height: 20px } .r { margin-bottom: -5px } .g { margin-top: -15px }",
            "<div class=r></div><div class=g></div>",
            &["1 r 50,50 300×20", "1 g 50,55 300×20"],
        ),
        (
            "a first child's sticks out of its parent",
            ".r { margin-top: 10px } .g { height: 20px; margin-top: 30px }",
            "<div class=r><div class=g></div></div>",
            &["1 r 50,80 300×20", "1 g 50,80 300×20"],
        ),
        (
            "but not through a border or a padding",
            ".r { margin-top: 10px; padding-top: 1px } .g { height: 20px; margin-top: 30px }",
            "<div class=r><div class=g></div></div>",
            &["1 r 50,60 300×51", "1 g 50,91 300×20"],
        ),
        (
            "a last child's sticks out below where the height is auto",
            ".r { margin-bottom: 10px } .g { height: 20px; margin-bottom: 30px } .b { height: 10px }",
            "<div class=r><div class=g></div></div><div class=b></div>",
            &["1 r 50,50 300×20", "1 g 50,50 300×20", "1 b 50,100 300×10"],
        ),
        (
            "and not where the height is said",
            ".r { height: 40px } .g { height: 20px; margin-bottom: 30px } .b { height: 10px }",
            "<div class=r><div class=g></div></div><div class=b></div>",
            &["1 r 50,50 300×40", "1 g 50,50 300×20", "1 b 50,90 300×10"],
        ),
        (
            "an empty box lets its own two collapse with its neighbours'",
            ".r, .b { height: 10px; margin: 10px 0 } .g { margin: 25px 0 15px }",
            "<div class=r></div><div class=g></div><div class=b></div>",
            &["1 r 50,60 300×10", "1 b 50,95 300×10"],
        ),
        (
            "overflow: hidden keeps its children's margins in",
            ".r { overflow: hidden } .g { height: 20px; margin: 15px 0 }",
            "<div class=r><div class=g></div></div>",
            &["1 r 50,50 300×50", "1 g 50,65 300×20"],
        ),
        (
            "a minimal height takes the last child's margin in, as browsers have it",
            ".r { margin-bottom: 5px } .g { min-height: 50px } .b { height: 20px; margin: 10px 0 40px } .y { height: 10px }",
            "<div class=r><div class=g><div class=b></div></div></div><div class=y></div>",
            &["1 r 50,60 300×50", "1 g 50,60 300×50", "1 b 50,60 300×20", "1 y 50,115 300×10"],
        ),
    ]);
}

#[test]
fn widths_and_heights() {
    check(&[
        (
            "auto fills what margins, borders and paddings leave (§10.3.3)",
            ".r { height: 10px; margin: 0 10px; padding: 0 20px; border-left: 5px solid black }",
            "<div class=r></div>",
            &["1 r 60,50 280×10"],
        ),
        (
            "auto margins centre",
            ".r { height: 10px; width: 100px; margin: 0 auto }",
            "<div class=r></div>",
            &["1 r 150,50 100×10"],
        ),
        (
            "one auto margin takes the rest",
            ".r { height: 10px; width: 100px; margin-left: auto; margin-right: 20px }",
            "<div class=r></div>",
            &["1 r 230,50 100×10"],
        ),
        (
            "a box too wide keeps its left margin",
            ".r { height: 10px; width: 400px; margin: 0 auto 0 10px }",
            "<div class=r></div>",
            &["1 r 60,50 400×10"],
        ),
        (
            "content-box and border-box (CSS Sizing 3 §3.3)",
            ".r, .g { width: 100px; height: 20px; padding: 5px; border: 1px solid black } .g { box-sizing: border-box }",
            "<div class=r></div><div class=g></div>",
            &["1 r 50,50 112×32", "1 g 50,82 100×20"],
        ),
        (
            "percentages, calc(), minimum over maximum (§10.4)",
            ".r { width: 50%; height: 10px } .g { width: calc(100% - 30px); height: 10px } .b { width: 10px; min-width: 60px; max-width: 40px; height: 10px }",
            "<div class=r></div><div class=g></div><div class=b></div>",
            &["1 r 50,50 150×10", "1 g 50,60 270×10", "1 b 50,70 60×10"],
        ),
        (
            "vertical padding in percent is of the width (§8.4)",
            ".r { padding: 10% 0 }",
            "<div class=r></div>",
            &["1 r 50,50 300×60"],
        ),
        (
            "a height in percent needs a definite one around it (§10.5)",
            ".r { height: 50% } .g { height: 40px } .b { height: 50% }",
            "<div class=r>a</div><div class=g><div class=b></div></div>",
            &["1 r 50,50 300×20", "1 g 50,70 300×40", "1 b 50,70 300×20"],
        ),
        (
            "the page's area is definite for html and body",
            "html, body { height: 100% } .r { height: 25% }",
            "<div class=r></div>",
            &["1 r 50,50 300×50"],
        ),
        (
            "a ratio gives the height, content more (CSS Sizing 4 §5)",
            ".r { width: 100px; aspect-ratio: 5 / 1 } .g { width: 20px; aspect-ratio: 5 / 1 }",
            "<div class=r></div><div class=g>a<br>b</div>",
            &["1 r 50,50 100×20", "1 g 50,70 20×40"],
        ),
        (
            "content higher than its box sticks out; what follows does not know",
            ".r { height: 10px } .g { height: 10px }",
            "<div class=r>a</div><div class=g></div>",
            &["1 r 50,50 300×10", "1 g 50,60 300×10"],
        ),
        (
            "nothing of display: none",
            ".r { height: 10px; display: none } .g { height: 10px }",
            "<div class=r></div><div class=g></div>",
            &["1 g 50,50 300×10"],
        ),
        (
            "text beside a block is in an anonymous block (§9.2.1.1)",
            ".g { height: 10px }",
            "<div class=r>un<div class=g></div>deux</div>",
            &["1 r 50,50 300×50", "1 g 50,70 300×10"],
        ),
        (
            "a block in a span cuts it in three",
            ".g { height: 10px; display: block }",
            "<div class=r>a <b>b <span class=g></span> c</b></div>",
            &["1 r 50,50 300×50", "1 g 50,70 300×10"],
        ),
        (
            "white space between blocks makes no line",
            ".r, .g { height: 10px }",
            "  <div class=r></div>\n  <div class=g></div>  ",
            &["1 r 50,50 300×10", "1 g 50,60 300×10"],
        ),
    ]);
}

#[test]
fn positions() {
    check(&[
        (
            "relative: moved, its place kept (§9.4.3)",
            ".r, .g { height: 10px } .r { position: relative; left: 20px; top: -5px }",
            "<div class=r></div><div class=g></div>",
            &["1 g 50,60 300×10", "1 r 70,45 300×10"],
        ),
        (
            "absolute in the page's area (§10.1)",
            ".r { position: absolute; right: 10px; bottom: 20px; width: 30px; height: 40px }",
            "<div class=r></div>",
            &["1 r 310,190 30×40"],
        ),
        (
            "absolute in the padding box of the nearest positioned box",
            ".r { position: relative; margin: 10px; padding: 20px; border: 2px solid black; height: 20px } .g { position: absolute; inset: 0 }",
            "<div class=r><div class=g></div></div>",
            &["1 r 60,60 280×64", "1 g 62,62 276×60"],
        ),
        (
            "auto offsets: where it would have stood",
            ".r { height: 10px; margin-bottom: 5px } .g { position: absolute; width: 10px; height: 10px }",
            "<div class=r></div><div class=g></div><div class=b>a</div>",
            &["1 r 50,50 300×10", "1 b 50,65 300×20", "1 g 50,65 10×10"],
        ),
        (
            "auto width between two offsets; shrunk to its content with one",
            ".r { position: absolute; left: 10px; right: 20px; top: 0; height: 5px } .g { position: absolute; left: 0; top: 20px } .g i { display: inline-block; width: 33px }",
            "<div class=r></div><div class=g><i></i></div>",
            &["1 r 60,50 270×5", "1 g 50,70 33×20"],
        ),
        (
            "auto margins between two offsets centre (§10.3.7)",
            ".r { position: absolute; left: 0; right: 0; top: 0; bottom: 0; margin: auto; width: 100px; height: 50px }",
            "<div class=r></div>",
            &["1 r 150,125 100×50"],
        ),
        (
            "z-index: below, beside, above (Appendix E)",
            "div { height: 10px } .r { position: relative; z-index: 2 } .g { position: relative; z-index: -1 } .b { position: relative } .y { margin: 0 }",
            "<div class=r></div><div class=g></div><div class=b></div><div class=y></div>",
            &["1 g 50,60 300×10", "1 y 50,80 300×10", "1 b 50,70 300×10", "1 r 50,50 300×10"],
        ),
        (
            "beyond the page's area, on purpose",
            ".r { position: absolute; left: -50px; top: -50px; width: 400px; height: 30px } .g { margin: 0 -50px; height: 10px }",
            "<div class=r></div><div class=g></div>",
            &["1 g 0,50 400×10", "1 r 0,0 400×30"],
        ),
    ]);
}

#[test]
fn inline_blocks() {
    check(&[
        (
            "on the baseline of their last line; shrunk to their content",
            "i { display: inline-block; width: 50px; height: 30px } .g { display: inline-block; padding: 5px }",
            "<div class=r><i class=b></i><span class=g>a</span></div>",
            // 30 above the baseline by the first; 11.6 below it by the second, whose own is at 18.4.
            &["1 r 50,50 300×41.6", "1 b 50,50 50×30", "1 g 100,61.6 15×30"],
        ),
        (
            "as wide as there is room, and no wider",
            ".r { display: inline-block }",
            "<div><span class=r>Un texte assez long pour ne pas tenir sur une seule ligne de la page, et pour se plier.</span></div>",
            &["1 r 50,50 300×40"],
        ),
        (
            "percentages are of the paragraph's width",
            ".r { display: inline-block; width: 50%; height: 10px }",
            "<div><span class=r></span></div>",
            &["1 r 50,53.4 150×10"],
        ),
    ]);
}

#[test]
fn grids_with_named_areas_and_lines() {
    check(&[
        (
            "areas",
            ".x { display: grid; grid-template-columns: 50px 1fr; grid-template-areas: \"head head\" \"side main\" } .x > * { height: 20px } .h { grid-area: head } .s { grid-area: side } .n { grid-area: main }",
            "<div class=x><div class='n r'></div><div class='s g'></div><div class='h b'></div></div>",
            &["1 b 50,50 300×20", "1 r 100,70 250×20", "1 g 50,70 50×20"],
        ),
        (
            "lines with names",
            ".x { display: grid; grid-template-columns: [full] 50px [main] 100px [end] 1fr } .x > * { height: 20px } .a { grid-column: main / end } .f { grid-column: full / span end }",
            "<div class=x><div class='a r'></div><div class='f g'></div></div>",
            &["1 r 100,50 100×20", "1 g 50,70 150×20"],
        ),
        (
            "fit-content",
            ".x { display: grid; grid-template-columns: fit-content(40px) 1fr } .x > * { height: 20px } .w { width: 30px }",
            "<div class=x><div class=r><div class=w></div></div><div class=g></div></div>",
            &["1 r 50,50 30×20", "1 g 80,50 270×20"],
        ),
    ]);
}

#[test]
fn containers_in_a_line() {
    check(&[
        (
            "inline-flex is as wide as its items",
            ".x { display: inline-flex; gap: 5px; vertical-align: top } .x > * { width: 20px; height: 10px }",
            "<p>a <span class=x><span class=r></span><span class=g></span></span></p>",
            &["1 r 57,50 20×10", "1 g 82,50 20×10"],
        ),
        (
            "inline-grid",
            ".x { display: inline-grid; grid-template-columns: 10px 20px; vertical-align: top } .x > * { height: 10px }",
            "<p><span class=x><span class=r></span><span class=g></span></span></p>",
            &["1 r 50,50 10×10", "1 g 60,50 20×10"],
        ),
    ]);
}

#[test]
fn a_height_and_a_ratio_give_the_width() {
    check(&[
        (
            "in flow",
            ".x { height: 50px; aspect-ratio: 2 }",
            "<div class='x r'></div>",
            &["1 r 50,50 100×50"],
        ),
        (
            "with limits",
            ".x { height: 50px; max-height: 20px; aspect-ratio: 2; max-width: 30px }",
            "<div class='x r'></div>",
            &["1 r 50,50 30×20"],
        ),
        (
            "positioned",
            ".x { position: absolute; height: 50px; aspect-ratio: 2; left: 0; top: 0; padding: 5px } .p { position: relative }",
            "<div class=p><div class='x r'></div></div>",
            &["1 r 50,50 110×60"],
        ),
    ]);
}

#[test]
fn widths_that_content_decides() {
    check(&[
        (
            "in flow",
            ".x { height: 5px } .w { width: 30px } .min { width: min-content } .max { width: max-content } .fit { width: fit-content; padding: 0 3px }",
            "<div class='max r'><div class=w></div></div><div class='x min g'></div><div class='fit b'><div class='w x'></div></div>",
            &["1 b 50,55 36×5"],
        ),
        (
            "centred",
            ".fit { width: fit-content; margin: 0 auto } .w { width: 30px; height: 5px }",
            "<div class='fit b'><div class='w'></div></div>",
            &["1 b 185,50 30×5"],
        ),
        (
            "an item of a column, a row and a grid",
            ".f { display: flex } .v { flex-direction: column } .d { display: grid } .t { width: max-content; height: 5px } .w { width: 30px; height: 5px }",
            "<div class='f v'><div class='t r'><div class=w></div></div></div><div class=f><div class='t g'><div class=w></div></div></div><div class=d><div class='t b'><div class=w></div></div></div>",
            &["1 r 50,50 30×5", "1 g 50,55 30×5", "1 b 50,60 30×5"],
        ),
        (
            "positioned between two edges",
            ".a { position: absolute; left: 0; right: 0; top: 0; width: fit-content } .p { position: relative } .w { width: 30px; height: 5px }",
            "<div class=p><div class='a r'><div class=w></div></div></div>",
            &["1 r 50,50 30×5"],
        ),
    ]);
}
