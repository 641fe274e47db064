//! The house's terms: an annex on pages of its own, which no layout counts.

use crate::support::Workspace;

fn with_terms(terms: &str) -> Workspace {
    let workspace = Workspace::small();
    let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
    workspace.write("propale.toml", house + "terms = \"cgv.md\"\n");
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n");
    workspace.write("cgv.md", terms);
    workspace
}

#[test]
fn the_annex_is_printed_last_and_not_counted() {
    let article = "## Un article\n\nUne phrase assez longue pour remplir une ligne, puis une autre.\n\n";
    let workspace = with_terms(&format!("# Nos conditions\n\n{}", article.repeat(60)));
    for layout in ["proposal", "letter", "deck"] {
        workspace.write("clients/a.toml", format!("layout = \"{layout}\"\n[client]\nname = \"A\"\n"));
        let file = workspace.build(&["a", "--strict"]);
        let pages = lopdf::Document::load(file).unwrap().get_pages().len();
        let html = workspace.run(&["html", "a"]).stdout;
        let last = html.rfind("<h2>Nos conditions</h2>").expect("the annex");
        assert!(html.find("bonjour@brume.example").is_some_and(|before| before < last));
        assert!(html[last..].contains("<h3>Un article</h3>"));
        assert!(pages > 4, "{layout}: {pages}");
    }
}

#[test]
fn another_language_is_another_file() {
    let workspace = with_terms("Un seul article.\n");
    workspace.write("clients/a.toml", "lang = \"en\"\n[client]\nname = \"A\"\n");
    let html = workspace.run(&["html", "a"]);
    assert!(html.stderr.contains("the terms `cgv.md` have no text in en-GB"), "{}", html.stderr);
    assert!(html.stdout.contains("<h2 lang=\"en-GB\">Terms and conditions</h2>"), "{}", html.stdout);
    workspace.write("cgv.en.md", "# Our terms\n\nOne article.\n");
    let html = workspace.run(&["html", "a"]);
    assert!(!html.stderr.contains("cgv"), "{}", html.stderr);
    assert!(html.stdout.contains("Our terms") && !html.stdout.contains("Un seul article"));
}

#[test]
fn terms_that_cannot_be_printed_are_an_error() {
    let workspace = with_terms("");
    let empty = workspace.run(&["check"]);
    assert_eq!(empty.status, 1);
    assert!(empty.stderr.contains("`cgv.md` has no text to print"), "{}", empty.stderr);
    std::fs::remove_file(workspace.path().join("cgv.md")).unwrap();
    let lost = workspace.run(&["check"]);
    assert!(lost.stderr.contains("propale.toml") && lost.status == 1, "{}", lost.stderr);
}
