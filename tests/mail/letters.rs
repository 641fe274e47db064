//! What the shipped templates say, as their recipients read it.

use chrono::NaiveDate;
use propale::diagnostic::Diagnostics;
use propale::document::MessageText;
use propale::mail;
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::workspace::Workspace as Files;

use crate::golden;
use crate::support::Workspace;

/// One client's letter, and what was said about it; its PDF has these bytes.
pub fn letter(workspace: &Workspace, stem: &str, bytes: Vec<u8>) -> (Option<MessageText>, String) {
    let mut diagnostics = Diagnostics::new();
    let files = Files::open(workspace.path()).unwrap();
    let source = files.text(&format!("clients/{stem}.toml")).unwrap();
    let client = Client::read(&source, stem, &mut diagnostics).unwrap();
    let clients = [client];
    let prepared =
        Prepared::read(files, &clients, &[], Extent::Needed, &mut diagnostics).expect("a house");
    let templates = mail::templates(&prepared, &mut diagnostics).expect("templates");
    let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let pdf = mail::NamedPdf { stem: stem.to_owned(), bytes };
    let outgoing = mail::outgoing(&prepared, &templates, &clients[0], pdf, day, &[], &mut diagnostics);
    (outgoing.map(|outgoing| outgoing.message), diagnostics.one_lines())
}

#[test]
fn shipped_letters_read_well() {
    let workspace = Workspace::sample();
    for stem in ["nova-sante", "harbourlight", "haute-lauziere", "maison-tilleul"] {
        let (letter, said) = letter(&workspace, stem, vec![]);
        let letter = letter.unwrap_or_else(|| panic!("{said}"));
        let shown = format!("{}\n\n{}", letter.subject, letter.text);
        golden::check(&format!("mail/{stem}.txt"), &shown);
        if stem == "nova-sante" {
            golden::check("mail/nova-sante.html", &letter.html);
        }
    }
}

#[test]
fn a_bare_profile_gets_a_whole_letter() {
    let workspace = Workspace::small();
    workspace.write("propale.toml", "[house]\nname = \"Studio Brume\"\nemail = \"b@brume.example\"\n");
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n[contact]\nemail = \"a@b.example\"\n");
    let (letter, said) = letter(&workspace, "a", vec![]);
    let letter = letter.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(letter.subject, "Audit de site – notre proposition");
    assert!(letter.text.starts_with("Bonjour,\n\nVous trouverez en pièce jointe"), "{}", letter.text);
    assert!(letter.text.ends_with("Bien cordialement,\n\nStudio Brume\n"), "{}", letter.text);
    assert!(!letter.text.contains("\n\n\n") && !letter.html.contains("{{"));
}

#[test]
fn markup_is_words_in_the_text_and_markup_in_the_html() {
    let workspace = Workspace::small();
    workspace.write(
        "clients/a.toml",
        "[client]\nname = \"A\"\n[contact]\nemail = \"a@b.example\"\n[next_step]\ntext = \"Un *appel* & un [plan](https://plan.example/a)\"\n[proposal]\ntitle = \"R&D <et> \\\"l'équipe\\\"!\"\n",
    );
    let (letter, said) = letter(&workspace, "a", vec![]);
    let letter = letter.unwrap_or_else(|| panic!("{said}"));
    // Typographic rules hold in all three: no-break spaces, quotation marks, apostrophes.
    assert_eq!(letter.subject, "R&D <et> «\u{A0}l’équipe\u{A0}»\u{202F}! – notre proposition");
    assert!(letter.text.contains("Un appel & un plan (https://plan.example/a)"), "{}", letter.text);
    assert!(letter.html.contains("Un <em>appel</em> &amp; un <a href=\"https://plan.example/a\""));
    assert!(
        letter.html.contains("R&amp;D &lt;et&gt; «\u{A0}l’équipe\u{A0}»\u{202F}!"),
        "{}",
        letter.html
    );
}

#[test]
fn a_message_has_a_greatest_size() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n[contact]\nemail = \"a@b.example\"\n");
    let (small, said) = letter(&workspace, "a", vec![7; 4_900_000]);
    assert!(small.is_some() && said.is_empty(), "{said}");
    let (large, said) = letter(&workspace, "a", vec![7; 5_100_000]);
    assert!(
        large.is_some() && said.contains("warning: clients/a.toml:1:1: the PDF has 5.1 MB"),
        "{said}"
    );
    let (huge, said) = letter(&workspace, "a", vec![7; 7_500_000]);
    assert!(
        huge.is_none() && said.contains("error: clients/a.toml:1:1: the e-mail would have"),
        "{said}"
    );
}
