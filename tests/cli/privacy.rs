//! The notes of a call never leave the machine.

use crate::support::Workspace;

const NOTES: &str = "Zygomatique trésorerie exsangue, leur dirigeante hésite, quincaillerie";

fn workspace() -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "clients/a.toml",
        format!("[client]\nname = \"Alizarine\"\n[contact]\nname = \"B\"\nsource = \"rencontre confidentielle\"\n[situation]\nneeds = [\"lenteur\"]\nnotes = \"{NOTES}\"\n"),
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
    let mut places = vec![("the PDF", open)];
    // Its text, as a reader sees it.
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    places.push(("the PDF's text", document.extract_text(&pages).unwrap_or_default().into_bytes()));
    places.push(("context", workspace.run(&["context", "a"]).stdout.into_bytes()));
    places.push(("origins", workspace.run(&["context", "a", "--origins"]).stdout.into_bytes()));
    places.push(("html", workspace.run(&["html", "a"]).stdout.into_bytes()));
    for (place, text) in places {
        let printed = if place == "origins" { "client.name" } else { "Alizarine" };
        // What is printed is found in the same way.
        assert!(holds(&text, printed), "{place} was looked at");
        for word in ["Zygomatique", "exsangue", "dirigeante", "quincaillerie", "confidentielle"] {
            assert!(!holds(&text, word), "`{word}` is in {place}");
        }
    }
}

/// Whether a word stands in a file, as UTF-8 or as PDF's text strings have it (UTF-16, ISO 32000-2 §7.9.2.2),
/// in plain or in hexadecimal.
fn holds(file: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let upper: String = wide.iter().map(|byte| format!("{byte:02X}")).collect();
    let forms = [word.as_bytes().to_vec(), wide, upper.to_lowercase().into_bytes(), upper.into_bytes()];
    forms.iter().any(|form| file.windows(form.len()).any(|window| window == form))
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
