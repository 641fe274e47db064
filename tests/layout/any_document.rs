//! What holds for every document, whatever is in it.

use propale::layout::pages::{GlyphRun, Item, Owner, Paint, Rect};
use proptest::prelude::*;

use super::kit::*;

/// A document's content, as HTML. Words are all different, so that none can stand for another.
#[derive(Clone, Debug)]
enum Block {
    Paragraph { class: &'static str, words: usize },
    Heading(&'static str),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Table { head: bool, foot: bool, class: &'static str, rows: Vec<Vec<Cell>> },
    Container { class: &'static str, children: Vec<Block> },
    Picture { width: u32, height: u32 },
    Loose { words: usize },
}

#[derive(Clone, Debug)]
struct Cell {
    columns: usize,
    rows: usize,
    content: Vec<Block>,
}

fn blocks(depth: u32) -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        4 => (prop::sample::select(&["", "j", "keep", "pad"]), 1..60_usize)
            .prop_map(|(class, words)| Block::Paragraph { class, words }),
        2 => prop::sample::select(&["h1", "h2", "h3"]).prop_map(Block::Heading),
        1 => (1..500_u32, 1..500_u32).prop_map(|(width, height)| Block::Picture { width, height }),
        1 => (1..10_usize).prop_map(|words| Block::Loose { words }),
    ];
    let block = leaf.prop_recursive(depth, 40, 5, |inner| {
        let few = prop::collection::vec(inner.clone(), 0..4);
        let classes = &[
            "", "flex", "wrap", "column", "grid", "pad", "keep", "line", "page", "inline", "bfc", "min",
            "cells", "shade", "least",
        ];
        let cell =
            (prop::sample::select(&[1, 1, 1, 2]), prop::sample::select(&[1, 1, 1, 2, 3]), few.clone())
                .prop_map(|(columns, rows, content)| Cell { columns, rows, content });
        prop_oneof![
            4 => (prop::sample::select(classes), few.clone())
                .prop_map(|(class, children)| Block::Container { class, children }),
            1 => (any::<bool>(), prop::collection::vec(few.clone(), 1..5))
                .prop_map(|(ordered, items)| Block::List { ordered, items }),
            1 => (
                any::<(bool, bool)>(),
                prop::sample::select(&["", "collapse", "fixed", "faint", "parted"]),
                prop::collection::vec(prop::collection::vec(cell, 1..4), 1..6)
            )
                .prop_map(|((head, foot), class, rows)| Block::Table { head, foot, class, rows }),
        ]
    });
    prop::collection::vec(block, 0..6)
}

fn html(blocks: &[Block], word: &mut usize) -> String {
    blocks.iter().map(|block| one(block, word)).collect()
}

fn one(block: &Block, word: &mut usize) -> String {
    let words = |n: usize, word: &mut usize| {
        let mut text = String::new();
        for _ in 0..n {
            *word += 1;
            text.push_str(&format!("m{word} "));
        }
        text
    };
    match block {
        Block::Paragraph { class, words: n } => {
            format!("<p class='{class}'>{}</p>", words(*n, word))
        }
        Block::Heading(name) => format!("<{name}>{}</{name}>", words(2, word)),
        Block::Loose { words: n } => words(*n, word),
        Block::Picture { width, height } => format!("<img src='{width}x{height}.png' alt='a'>"),
        Block::List { ordered, items } => {
            let name = if *ordered { "ol" } else { "ul" };
            let items: String =
                items.iter().map(|item| format!("<li>{}</li>", html(item, word))).collect();
            format!("<{name}>{items}</{name}>")
        }
        Block::Container { class, children } => {
            format!("<div class='{class}'>{}</div>", html(children, word))
        }
        Block::Table { head, foot, class, rows } => {
            let head = match head {
                true => format!("<thead><tr><td>{}</td></tr></thead>", words(1, word)),
                false => String::new(),
            };
            let mut body = String::new();
            for row in rows {
                let cell = |Cell { columns, rows, content }: &Cell| {
                    let spans = format!("colspan={columns} rowspan={rows}");
                    format!("<td {spans}>{}</td>", html(content, word))
                };
                let cells: String = row.iter().map(cell).collect();
                body.push_str(&format!("<tr>{cells}</tr>"));
            }
            let foot = match foot {
                true => format!("<tfoot><tr><td>{}</td></tr></tfoot>", words(1, word)),
                false => String::new(),
            };
            format!("<table class='{class}'>{head}<tbody>{body}</tbody>{foot}</table>")
        }
    }
}

const SHEET: &str = "
.named { grid-template-areas: 'a b' }
html { overflow-wrap: anywhere; }
img { max-width: 100%; display: block }
li { padding-left: 2px } ul, ol { padding-left: 14px }
.flex { display: flex; gap: 4px } .flex > *, .wrap > * { min-width: 0 }
.wrap { display: flex; flex-wrap: wrap; gap: 4px } .wrap > * { width: 45% }
.column { display: flex; flex-direction: column }
.grid { display: grid; grid-template-columns: 1fr 1fr; gap: 4px } .grid > * { min-width: 0 }
.pad { padding: 6px; margin: 9px 0 } .line { border: 1px solid #ff0000; margin: 5px 0 }
.keep { break-inside: avoid } .page { break-before: page } .inline { display: inline-block }
.cells { display: inline-grid; grid-template-columns: auto 1fr }
.shade { background: radial-gradient(#ffffff, #dddddd) no-repeat; position: relative; border-radius: 50% 3px }
.bfc { overflow: hidden } .min { min-height: 33px }
.j { text-align: justify; margin: 7px 0; text-wrap: pretty }
table { border-spacing: 0; width: 100% } td { padding: 1px } .collapse { border-collapse: collapse } .collapse td { border: 1px solid #000000 } .fixed { table-layout: fixed }
.faint tr + tr { opacity: 0.5; background: linear-gradient(#ffffff, #dddddd) } .faint tbody { position: relative; opacity: 0.9 } .parted tr + tr { break-before: page }
.least { box-sizing: border-box; width: min(100%, 200px); padding: clamp(1px, 2%, 4px); font-style: italic; font-variant-caps: small-caps } .shade .least { background: repeating-linear-gradient(45deg, #ffffff, #eeeeee 9px) content-box }
";

/// Where a run's letters are: the x-height band, where two lines can never meet.
fn ink(run: &GlyphRun) -> Rect {
    // White space at a line's end hangs.
    let printed =
        run.glyphs.iter().filter(|g| !run.text[g.start as usize..g.end as usize].trim().is_empty());
    let end = printed.map(|g| g.x + g.advance).fold(0.0, f32::max);
    Rect { x: run.x, y: run.y - 4.0, width: end, height: 4.0 }
}

fn runs(items: &[Item]) -> impl Iterator<Item = (Owner, &GlyphRun)> {
    items.iter().filter_map(|item| match &item.paint {
        Paint::Glyphs(run) => Some((item.owner, run)),
        _ => None,
    })
}

fn meet(a: Rect, b: Rect) -> bool {
    const SLACK: f32 = 0.6;
    a.x + SLACK < b.x + b.width
        && b.x + SLACK < a.x + a.width
        && a.y + SLACK < b.y + b.height
        && b.y + SLACK < a.y + a.height
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_doubled_or_painted_over(blocks in blocks(4)) {
        let body = html(&blocks, &mut 0);
        let laid = lay(SHEET, &body);
        complete(&laid);
        // Pages of three widths: what goes on is laid out anew, and still all there.
        complete(&lay(&format!("{SHEET}@page :first {{ margin: 50px 90px }} @page :left {{ margin: 50px 20px }}"), &body));
        let said = laid.diagnostics.one_lines();
        let fits = !said.contains("cannot be divided") && !said.contains("reaches") && !said.contains("sticks out");
        for page in &laid.pages.pages {
            let mut open = 0;
            for item in &page.items {
                match &item.paint {
                    Paint::BeginGroup(_) => open += 1,
                    Paint::EndGroup => open -= 1,
                    Paint::Picture { rect: r, .. } => {
                        prop_assert!(!fits || (r.y >= 49.9 && r.y + r.height <= 250.2), "{}", rect(*r));
                    }
                    _ => {}
                }
                prop_assert!(open >= 0);
            }
            prop_assert_eq!(open, 0);
            if !fits {
                continue;
            }
            let inked: Vec<(Owner, Rect, &str)> =
                runs(&page.items).map(|(owner, run)| (owner, ink(run), &*run.text)).collect();
            for (i, (_, a, text)) in inked.iter().enumerate() {
                prop_assert!(a.y >= 50.0 && a.y + a.height <= 250.0, "{text} {}", rect(*a));
                prop_assert!(a.x >= 49.5 && a.x + a.width <= 350.5, "{text} {}", rect(*a));
                for (_, b, other) in &inked[i + 1..] {
                    prop_assert!(!meet(*a, *b), "{text} {} over {other} {}", rect(*a), rect(*b));
                }
            }
        }
    }

    #[test]
    fn no_heading_is_last_on_a_page(blocks in blocks(2)) {
        // Only what stands in the flow: a heading alone in a cell has nothing to stay with.
        let flat: Vec<Block> = blocks
            .into_iter()
            .flat_map(|block| match block {
                Block::Container { children, .. } => children,
                block => vec![block],
            })
            .filter(|b| matches!(b, Block::Paragraph { .. } | Block::Heading(_)))
            .collect();
        let headings = flat.windows(9).any(|w| w.iter().all(|b| matches!(b, Block::Heading(_))));
        prop_assume!(!headings);
        let laid = lay(SHEET, &html(&flat, &mut 0));
        let count = laid.pages.pages.len();
        for page in &laid.pages.pages[..count - 1] {
            let last = runs(&page.items)
                .filter(|(owner, _)| matches!(owner, Owner::Node(_)))
                .max_by(|(_, a), (_, b)| a.y.total_cmp(&b.y));
            if let Some((Owner::Node(node), _)) = last {
                let element = laid.document.element(laid.document.nearest_element(node)).unwrap();
                prop_assert!(!element.name.starts_with('h'), "{}", laid.dump());
            }
        }
    }
}

/// Declarations at the edges of what style sheets may say.
const EDGES: [&str; 92] = [
    "background: repeating-linear-gradient(red, blue 0.001px)",
    "background: repeating-linear-gradient(1deg, red, blue 3px)",
    "background: repeating-radial-gradient(1px at -9999px 50%, red, blue)",
    "background: url(1x1.png) 0 0 / 0.02px; background-clip: content-box",
    "background: linear-gradient(red, blue) 0 0 / 1px 1000000px; break-before: right",
    "width: clamp(9999px, 50%, 1px)",
    "margin: calc(-1 * max(10%, 9999px))",
    "font-variant-caps: all-small-caps; font-style: italic; letter-spacing: 1px",
    "transform: rotate(45deg)",
    "transform: scale(0)",
    "transform: translate(1000%, -9999px) rotate(1turn)",
    "transform: scale(1000); transform-origin: 9999px -50%",
    "background: radial-gradient(0px, red, blue)",
    "background: radial-gradient(circle at 500% 500%, red 0, blue 0)",
    "background: linear-gradient(to top left, red -9999px, transparent 9999px)",
    "background: url(1x1.png)",
    "background: url(1x1.png) 0 0 / 0.001px",
    "background: url(10x10.png) right -5px bottom / cover, red",
    "border-radius: 50% 0 / 9999px",
    "break-before: left",
    "break-after: right; break-before: left",
    "display: inline-grid",
    "display: inline-flex; flex-wrap: wrap",
    "display: grid; grid-template-areas: \"a a\" \"b .\"",
    "grid-area: a",
    "grid-column: b / span 3 a",
    "display: grid; grid-template-columns: fit-content(0px) [b] 1fr",
    "aspect-ratio: 1; height: 100000px",
    "aspect-ratio: 0.0001; height: 10px; max-width: 3px",
    "object-fit: none; object-position: 900% -900%",
    "display: table-footer-group",
    "content: target-counter('#x', page)",
    "width: 0",
    "width: 1000000px",
    "width: 1000%",
    "width: calc(100% - 900px)",
    "height: 0",
    "height: 1000000px",
    "height: 100%",
    "min-height: 5000px",
    "max-height: 0",
    "min-width: 9999px",
    "max-width: 0",
    "margin: -5000px",
    "margin: 5000px",
    "margin: auto",
    "margin: -50% 50%",
    "padding: 5000px",
    "padding: 90%",
    "padding: 0 200%",
    "border: 3000px solid #ff0000",
    "border: 1px dotted #00ff00",
    "border-radius: 9999px",
    "font-size: 0",
    "font-size: 3000px",
    "line-height: 0",
    "line-height: 1000",
    "display: flex",
    "display: grid",
    "display: inline",
    "display: inline-block",
    "display: table",
    "display: table-row",
    "display: table-cell",
    "display: list-item",
    "display: none",
    "display: flex; flex-wrap: wrap",
    "display: flex; flex-direction: column; height: 1px",
    "flex: 1 1 0",
    "flex: 0 0 9999px",
    "grid-column: 300 / span 300",
    "grid-row: span 500",
    "grid-column: -1000",
    "grid-template-columns: repeat(auto-fill, 1px); display: grid",
    "grid-template-columns: minmax(0, 1fr) 5000px; display: grid",
    "gap: 3000px; display: grid",
    "position: absolute",
    "position: absolute; inset: 0",
    "position: absolute; left: -9999px; right: -9999px",
    "position: relative; top: 50%; left: -100%",
    "z-index: -1; position: relative",
    "opacity: 0",
    "overflow: hidden",
    "break-before: page",
    "break-after: avoid; break-inside: avoid",
    "orphans: 1000; widows: 1000",
    "aspect-ratio: 1 / 10000",
    "aspect-ratio: 10000 / 1",
    "letter-spacing: -50px",
    "text-indent: -9999px",
    "white-space: nowrap",
    "order: -5; align-self: center",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_style_ends(
        blocks in blocks(3),
        said in prop::collection::vec((prop::sample::select(&SELECTORS), prop::sample::select(&EDGES)), 0..8),
    ) {
        let css: String = said.iter().map(|(selector, edge)| format!("{selector} {{ {edge} }}\n")).collect();
        let laid = lay(&format!("{SHEET}{css}"), &html(&blocks, &mut 0));
        prop_assert!(!laid.pages.pages.is_empty());
        for page in &laid.pages.pages {
            let opens = |item: &Item| match item.paint {
                Paint::BeginGroup(_) => 1,
                Paint::EndGroup => -1,
                _ => 0,
            };
            prop_assert_eq!(page.items.iter().map(opens).sum::<i32>(), 0);
        }
    }
}

const SELECTORS: [&str; 14] = [
    "html", "body", "p", "h2", "ul", "li", "table", "tr", "td", "div", "div > *", "img", ".keep", ".pad",
];
