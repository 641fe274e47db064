//! Long, deep and empty documents: every word once, every page filled, no page for nothing.

use propale::layout::pages::Paint;

use super::kit::*;

#[test]
fn three_hundred_rows() {
    let rows: String = (1..=300).map(|i| format!("<tr><td>r{i}</td><td>prix {i}</td></tr>")).collect();
    let laid = lay(
        "table { border-spacing: 0 } td, th { padding: 0 }",
        &format!(
            "<table><thead><tr><th>quoi</th><th>combien</th></tr></thead><tbody>{rows}</tbody></table>"
        ),
    );
    // Nine rows below a head of one line, on pages of ten.
    assert_eq!(laid.pages.pages.len(), 34);
    complete(&laid);
    none_is_empty(&laid);
}

#[test]
fn forty_items() {
    let items: String = (1..=40).map(|i| format!("<li>point {i}</li>")).collect();
    let laid = lay("", &format!("<ul>{items}</ul>"));
    assert_eq!(laid.pages.pages.len(), 4);
    complete(&laid);
    none_is_empty(&laid);
}

#[test]
fn an_item_of_three_pages() {
    let words: Vec<String> = (1..=25).map(|i| format!("ligne{i}")).collect();
    let laid = lay("", &format!("<ul><li>un</li><li>{}</li><li>trois</li></ul>", words.join("<br>")));
    assert_eq!(laid.pages.pages.len(), 3);
    complete(&laid);
    none_is_empty(&laid);
}

#[test]
fn ten_levels_of_everything() {
    let mut body = "<p>au fond</p>".to_owned();
    for level in 0..10 {
        body = match level % 5 {
            0 => format!("<div class=f><div>a{level}</div><div>{body}</div></div>"),
            1 => format!("<div class=g><div>b{level}</div><div>{body}</div></div>"),
            2 => format!("<table><tr><td>c{level}</td><td>{body}</td></tr></table>"),
            3 => format!("<ul><li>d{level}{body}</li></ul>"),
            _ => format!("<div><span class=i>e{level}</span><section>{body}</section></div>"),
        };
    }
    let css = ".f { display: flex; gap: 2px } .g { display: grid; grid-template-columns: auto 1fr } .i { display: inline-block }";
    let laid = lay(css, &body);
    complete(&laid);
    none_is_empty(&laid);
    assert_eq!(laid.diagnostics.one_lines(), "");
}

#[test]
fn as_deep_as_a_document_may_be() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<div class=f>", "</div>"),
        ("<div class=g>", "</div>"),
        ("<span>", "</span>"),
        ("<span class=i>", "</span>"),
    ] {
        let depth = 240;
        let body = format!("<div>{}mot{}</div>", open.repeat(depth), close.repeat(depth));
        let css = ".f { display: flex } .g { display: grid } .i { display: inline-block }";
        complete(&lay(css, &body));
    }
    let depth = 60;
    let body = format!("{}mot{}", "<table><tr><td>".repeat(depth), "</td></tr></table>".repeat(depth));
    complete(&lay("table { border-spacing: 0 } td { padding: 0 }", &body));
}

#[test]
fn a_name_of_120_letters() {
    let name = "Société-d’exploitation-des-établissements-réunis-de-la-région-Auvergne-Rhône-Alpes-et-de-ses-filiales-européennes-SAS";
    let laid = lay(
        "h1 { overflow-wrap: anywhere }",
        &format!("<h1>{name}</h1><table><tr><td>Client</td><td>{name}</td></tr></table>"),
    );
    complete(&laid);
    none_is_empty(&laid);
    for item in laid.pages.pages.iter().flat_map(|page| &page.items) {
        if let Paint::Glyphs(run) = &item.paint {
            let width = run.glyphs.last().map_or(0.0, |g| g.x + g.advance);
            assert!(run.x >= 50.0 && run.x + width <= 350.5, "{}", run.text);
        }
    }
}

#[test]
fn empty_sections() {
    for body in [
        "",
        "<section></section>",
        "<section><h2></h2><p></p><ul></ul></section>",
        "<p> </p><div></div>",
    ] {
        let laid = lay("section { break-before: page } section::before { content: '' }", body);
        assert_eq!(laid.pages.pages.len(), 1, "{body}");
        assert_eq!(laid.diagnostics.one_lines(), "", "{body}");
    }
    // Where a break is forced there is a page, whatever is on it.
    let laid = lay(
        "@page back { background: #ff0000 } .back { page: back } .b { break-before: page } .c { break-after: page }",
        "<p>un</p><div class=b></div><p class=b>deux</p><div class=c></div><div class=back></div>",
    );
    assert_eq!(laid.texts(), ["un", "", "deux", ""]);
    assert_eq!(laid.boxes(), ["4 #ff0000 0,0 400×300"].map(|b| b.replace("#ff0000", "r")));
    // A box that keeps room free takes it, on a page of its own too; what is left at the end takes none.
    let css = ".s { height: 190px } .k { break-inside: avoid }";
    assert_eq!(lay(css, "<div class=s></div><p class=k>un<br>deux</p>").texts(), ["", "un deux"]);
    assert_eq!(lay(css, "<p>un<br>deux</p><div class=s></div>").texts(), ["un deux"]);
    // An empty box does not hold a page of its own before what does not fit beside it.
    let laid = lay(".x { height: 190px }", "<p>un</p><div id=a></div><div class=x>deux</div>");
    assert_eq!(laid.texts(), ["un", "deux"]);
}

#[test]
fn many_pages_in_linear_time() {
    // Were a page's cost to grow with what follows it, this would take minutes.
    let body: String = (0..6000).map(|i| format!("<p>p{i}</p>")).collect();
    let laid = lay("", &body);
    assert_eq!(laid.pages.pages.len(), 600);
}

#[test]
fn a_picture_that_no_page_holds_is_made_to_fit_and_said() {
    for (css, body) in [
        ("", "<p>a</p><img src=90x2000.png alt=a><p>b</p>"),
        (
            "img { display: block }",
            "<p>a</p><div><figure><img src=90x2000.png alt=a></figure></div><p>b</p>",
        ),
        (
            ".f { display: flex }",
            "<p>a</p><div class=f><img src=90x2000.png alt=a><p>c</p></div><p>b</p>",
        ),
    ] {
        let laid = lay(css, body);
        complete(&laid);
        none_is_empty(&laid);
        let said = laid.diagnostics.one_lines();
        assert!(said.contains("tall, which no page can hold"), "{css}: {said}");
        for page in &laid.pages.pages {
            for item in &page.items {
                if let Paint::Picture { rect: r, .. } = &item.paint {
                    assert!(r.y >= 49.9 && r.y + r.height <= 250.1, "{css} {}", rect(*r));
                    assert!((r.height / r.width - 2000.0 / 90.0).abs() < 0.1, "{css} {}", rect(*r));
                }
            }
        }
    }
}

/// Nothing that its author could mend is said of a picture that was made smaller.
#[test]
fn a_picture_that_was_made_to_fit_is_said_once() {
    for (css, body) in [
        ("", "<p><img src=90x2000.png alt=a></p>"),
        ("", "<table><tr><td><img src=90x2000.png alt=a></table>"),
        ("img { width: 90px; height: 3000px }", "<p><img src=90x2000.png alt=a></p>"),
    ] {
        let said = lay(css, body).diagnostics.one_lines();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("mm tall, which no page can hold: printed 5"), "{said}");
    }
}

/// Under something as tall as a page it is as tall as one itself.
#[test]
fn a_picture_is_not_shrunk_to_nothing() {
    let body =
        "<p style='break-after: avoid'><img src=90x2000.png alt=a></p><p><img src=90x150.png alt=a></p>";
    let laid = lay("", body);
    assert!(laid.dump().contains("90×150"), "{}", laid.dump());
}

/// What a frame cuts, or a container makes smaller, need not fit a page.
#[test]
fn a_picture_in_a_frame_keeps_its_size() {
    for (css, expected) in [
        (".f { height: 50px; overflow: hidden } img { width: 100% }", "300×6666.7"),
        (".f { max-height: 50px; overflow: hidden } img { width: 100% }", "300×6666.7"),
        (".f { display: flex; height: 80px }", "3.6×80"),
    ] {
        let laid = lay(css, "<div class=f><img src=90x2000.png alt=''></div>");
        let said = laid.diagnostics.one_lines();
        assert!(!said.contains("tall"), "{css}: {said}");
        let dump = laid.dump();
        assert!(dump.contains(expected), "{css}: {dump}");
    }
}

/// A logo as a client sends it: thousands of pixels wide, beside the title.
#[test]
fn a_huge_logo_keeps_to_its_box() {
    let css = ".head { display: flex; gap: 10px; align-items: center } .logo { max-width: 60px; max-height: 30px } h1 { flex: 1; min-width: 0 }";
    for (src, expected) in
        [("4000x900.png", "60×13.5"), ("900x4000.png", "6.8×30"), ("20x10.png", "20×10")]
    {
        let laid =
            lay(css, &format!("<div class=head><img class=logo src={src} alt=a><h1>Titre</h1></div>"));
        let dump = laid.dump();
        assert!(dump.contains(expected), "{src}: {dump}");
        complete(&laid);
        none_is_empty(&laid);
    }
    complete(&lay(css, "<div class=head><h1>Titre</h1></div>"));
}
