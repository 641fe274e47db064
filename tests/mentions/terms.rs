//! The house's terms: an annex on pages of its own, which no layout counts.

use image::ExtendedColorType;

use crate::image::png;
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

/// A picture of the terms is printed as one of an offer is, found from the folder of its file.
#[test]
fn pictures_of_the_terms_are_printed() {
    let workspace = with_terms("# Nos conditions\n\nLe plan :\n\n![Un plan](brand/plan.png)\n");
    workspace.write("brand/plan.png", png(1200, 800, ExtendedColorType::L8, &vec![90; 960_000]));
    let html = workspace.run(&["html", "a"]).stdout;
    assert!(html.contains("alt=\"Un plan\""), "{html}");
    let pdf = lopdf::Document::load(workspace.build(&["a", "--strict"])).unwrap();
    let mut alternatives =
        pdf.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
    assert!(alternatives.any(|alt| lopdf::decode_text_string(alt).is_ok_and(|alt| alt == "Un plan")));
    workspace.write("cgv.md", "Un.\n\n![Un plan](brand/perdu.png)\n\n![](brand/plan.png)\n");
    let said = workspace.run(&["build", "a"]);
    assert_eq!(said.status, 1);
    assert!(said.stderr.contains("cgv.md:3:1") && said.stderr.contains("perdu.png"), "{}", said.stderr);
    assert!(said.stderr.contains("cgv.md:5:1") && said.stderr.contains("left out"), "{}", said.stderr);
}

/// What CommonMark lacks is printed word for word, and said, and so is a level that is skipped.
#[test]
fn no_word_of_the_terms_is_lost() {
    let workspace = with_terms("# A\n\nÀ réception[^q].\n\n[^q]: Courriel\n\n#### B\n\nUn\n");
    let html = workspace.run(&["html", "a"]);
    assert!(html.stdout.contains("À réception[^q]."), "{}", html.stdout);
    assert!(html.stdout.contains("Courriel</p>"), "{}", html.stdout);
    for (place, message) in [
        ("cgv.md:3:12", "warning: `[^q]` is printed as it is written: a proposal has no footnotes"),
        ("cgv.md:5:1", "warning: `[^q]` is printed as it is written: a proposal has no footnotes"),
        (
            "cgv.md:7:1",
            "warning: this heading skips a level: found level 4 below level 1, printed one level below",
        ),
    ] {
        let said = html.stderr.lines().collect::<Vec<_>>();
        let found = said
            .windows(2)
            .any(|two| two[0] == message && two[1].trim_start() == format!("--> {place}"));
        assert!(found, "no {message} at {place} in {}", html.stderr);
    }
}
