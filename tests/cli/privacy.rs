//! The notes of a call never leave the machine.

use crate::support::Workspace;

const NOTES: &str = "Zygomatique trésorerie exsangue, leur dirigeante hésite, quincaillerie";

fn workspace() -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "clients/a.toml",
        format!("[client]\nname = \"A\"\n[contact]\nname = \"B\"\nsource = \"rencontre confidentielle\"\n[situation]\nneeds = [\"lenteur\"]\nnotes = \"{NOTES}\"\n"),
    );
    workspace
}

#[test]
fn no_word_of_the_notes_is_in_pdf_context_or_html() {
    let workspace = workspace();
    let pdf = std::fs::read(workspace.build(&["a"])).unwrap();
    let mut document = lopdf::Document::load_mem(&pdf).unwrap();
    document.decompress();
    let mut open = Vec::new();
    document.save_to(&mut open).unwrap();
    let mut places = vec![("the PDF", String::from_utf8_lossy(&open).into_owned())];
    // Its text, as a reader sees it.
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    places.push(("the PDF's text", document.extract_text(&pages).unwrap_or_default()));
    places.push(("context", workspace.run(&["context", "a"]).stdout));
    places.push(("origins", workspace.run(&["context", "a", "--origins"]).stdout));
    places.push(("html", workspace.run(&["html", "a"]).stdout));
    for (place, text) in places {
        assert!(text.len() > 100, "{place} was looked at");
        for word in ["Zygomatique", "exsangue", "dirigeante", "quincaillerie", "confidentielle"] {
            assert!(!text.contains(word), "`{word}` is in {place}");
        }
    }
}

#[test]
fn a_layout_cannot_name_the_notes() {
    let workspace = workspace();
    workspace.write(
        "templates/proposal.html.hbs",
        "<html lang=\"fr\"><head><title>t</title></head><body>{{situation.notes}}{{contact.source}}</body></html>",
    );
    for command in ["build", "html", "check"] {
        let answer = workspace.run(&[command, "a"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{command}");
        assert!(answer.stderr.contains("unknown path `situation.notes`"), "{}", answer.stderr);
        assert!(answer.stderr.contains("unknown path `contact.source`"), "{}", answer.stderr);
        assert!(!answer.stderr.contains("Zygomatique"), "{}", answer.stderr);
    }
}

#[test]
fn no_path_of_this_machine_is_in_the_pdf() {
    let workspace = workspace();
    let mut document = lopdf::Document::load(workspace.build(&["a"])).unwrap();
    document.decompress();
    let mut open = Vec::new();
    document.save_to(&mut open).unwrap();
    let text = String::from_utf8_lossy(&open);
    for part in [workspace.path().to_str().unwrap(), env!("CARGO_MANIFEST_DIR"), ".toml", "clients/"] {
        assert!(!text.contains(part), "{part}");
    }
}
