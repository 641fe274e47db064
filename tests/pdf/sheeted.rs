//! What a sheet does to what is heard: words that only boxes part, lines through blocks, cells and links that it
//! hides.

use lopdf::Object;

use super::reader::{Reader, faults, heard};
use crate::support::{Answer, Workspace};

fn built(body: &str, sheet: &str) -> (Workspace, Answer) {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "layout = \"x\"\n[client]\nname = \"A\"\n");
    let html = format!(
        "<!doctype html><html lang=\"fr\"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>"
    );
    workspace.write("templates/x.html.hbs", html);
    workspace.write("templates/x.css", sheet);
    workspace.write(
        "templates/a.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><path d='M0 0h4v3z'/></svg>",
    );
    let answer = workspace.run(&["build", "a"]);
    (workspace, answer)
}

#[track_caller]
fn read(body: &str, sheet: &str) -> (Reader, String) {
    let (workspace, answer) = built(body, sheet);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let reader = Reader::open(&workspace.read(answer.stdout.trim_end()));
    assert_eq!(faults(&reader), Vec::<String>::new());
    (reader, answer.stderr)
}

#[track_caller]
fn said(body: &str, sheet: &str) -> String {
    let heard = heard(&read(body, sheet).0);
    heard.split_once("# T\n").unwrap().1.trim().to_string()
}

#[test]
fn boxes_part_words() {
    for (body, sheet, want) in [
        ("<p>un <span>bloc</span> deux</p>", "span { display: block }", "un bloc deux"),
        ("<p>un<span>bloc</span>deux</p>", "span { display: block }", "un bloc deux"),
        ("<h2><span>1</span><span>Titre</span></h2>", "h2 { display: flex }", "## 1 Titre"),
        ("<p><em>a</em> texte <em>b</em></p>", "p { display: flex }", "a texte b"),
        ("<p>hello <span>abs</span> world</p>", "span { position: absolute }", "hello abs world"),
        ("<p>y</p>", "p::before { content: 'Prix'; display: block }", "Prix y"),
        ("<p>y</p>", "p::after { content: 'Prix'; display: block }", "y Prix"),
        ("<p>y</p>", "p::before { content: 'Prix' }", "Prixy"),
        ("<p>1<span>er</span>e</p>", "span { display: inline-block }", "1ere"),
        (
            "<p><a href=\"https://a.example\"><b>u</b><b>v</b></a></p>",
            "a { display: flex }",
            "u v (link to https://a.example)",
        ),
    ] {
        assert_eq!(said(body, sheet), want, "{body} {sheet}");
    }
}

/// The outline and the description of a link too.
#[test]
fn boxes_part_words_outside_the_text() {
    let body = "<h2><span>1</span><span>Titre</span></h2><p><a href=\"https://a.example\"><b>u</b><b>v</b></a></p>";
    let (reader, _) = read(body, "h2, a { display: flex }");
    let has = |key: &str, want: &str| {
        let dicts = reader.pdf.objects.values().filter_map(|object| object.as_dict().ok());
        dicts.filter_map(|dict| reader.string(dict, key)).any(|text| text == want)
    };
    assert!(has("Title", "1 Titre"));
    assert!(has("Contents", "u v"));
}

#[test]
fn lines_through_blocks_are_heard() {
    let sheet = ".s { text-decoration-line: line-through }";
    for (body, want) in [
        ("<p class=\"s\">a</p>", "[struck: a]"),
        ("<div class=\"s\"><p>a</p></div>", "[struck: a]"),
        ("<div class=\"s\">a</div>", "[struck: a]"),
        ("<h2 class=\"s\">a</h2>", "## [struck: a]"),
        ("<ul><li class=\"s\">a</li></ul>", "[struck: a]"),
        ("<table><tr><th>p</th><td class=\"s\">900 €</td></tr></table>", "p: [struck: 900\u{A0}€]"),
        ("<p>a <span class=\"s\">b <b>c</b></span></p>", "a [struck: b c]"),
        (
            "<p><a class=\"s\" href=\"https://a.example\">b</a></p>",
            "[struck: b] (link to https://a.example)",
        ),
        ("<p>a <s class=\"s\">b</s></p>", "a [struck: b]"),
    ] {
        let heard = said(body, sheet);
        assert!(heard.contains(want), "{body}: {heard}");
        assert_eq!(heard.matches("struck").count(), 1, "{body}: {heard}");
    }
}

#[test]
fn links_without_words_are_refused() {
    for body in [
        "<p><a href=\"https://a.example\"><img src=\"a.svg\" alt=\"\" width=\"9\" height=\"9\"></a></p>",
        "<p><a href=\"https://a.example\"><svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg></a></p>",
    ] {
        let (_, answer) = built(body, "svg { width: 9px; height: 9px }");
        assert_eq!(answer.status, 1, "{body}");
        let error = "error: the link `https://a.example` has no words: who listens cannot know it\n \
                     --> templates/x.html.hbs:1:80\n";
        assert!(answer.stderr.contains(error), "{}", answer.stderr);
    }
    let body = "<p><a href=\"https://a.example\" aria-label=\"le site\"><img src=\"a.svg\" alt=\"\" width=\"9\" height=\"9\"></a></p>";
    let (reader, _) = read(body, "");
    let dicts = reader.pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let mut contents = dicts.filter_map(|dict| reader.string(dict, "Contents"));
    assert!(contents.any(|text| text == "le site"));
}

/// What a sheet hides is nowhere; what it makes too small to follow is told.
#[test]
fn links_that_are_unseen() {
    let body = "<p>x <a href=\"https://a.example\">mot</a></p>";
    let (reader, _) = read(body, "a { visibility: hidden }");
    let of = |object: &&Object| {
        object.as_dict().is_ok_and(|d| d.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Link"))
    };
    assert_eq!(reader.pdf.objects.values().filter(of).count(), 0);
    assert!(!heard(&reader).contains("link"));
    let (_, answer) = built(body, "a { font-size: 0 }");
    let warning = "warning: the link `https://a.example` takes no room on the page: nobody can follow it\n \
                   --> templates/x.html.hbs:1:82\n";
    assert!(answer.stderr.contains(warning), "{}", answer.stderr);
}

#[test]
fn hidden_captions_are_summaries() {
    for hides in ["visibility: hidden", "display: none"] {
        let table = "<table><caption>prix</caption><tr><th>a</th><td>b</td></tr></table>";
        let heard = said(table, &format!("caption {{ {hides} }}"));
        assert!(heard.contains("summary: prix") && !heard.contains("caption"), "{hides}: {heard}");
    }
}

/// Cells that a sheet takes out of some rows only leave as many columns in each: those that follow move up, as
/// they do on the page.
#[test]
fn cells_taken_out_of_some_rows() {
    let table = "<table><tr><th>h</th><th class=\"n\">i</th><th>j</th></tr>\
                 <tr><td>a</td><td>b</td><td>c</td></tr><tr><td class=\"n\">d</td><td>e</td><td>f</td></tr></table>";
    let heard = said(table, ".n { display: none }");
    let want = "table of 3 columns and 3 rows:\n  [h] | [j] | (empty)\n  h: a | j: b | c\n  h: e | j: f | (empty)";
    assert_eq!(heard, want);
}
