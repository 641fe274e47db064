//! Drafts: the file that a mail program opens.

use super::kit::{Email, draft, profile, workspace};
use crate::support::Workspace;

#[test]
fn a_draft_is_an_email_with_the_pdf_attached() {
    let workspace = workspace();
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let [pdf, eml] = &answer.stdout.lines().collect::<Vec<_>>()[..] else { panic!("{}", answer.stdout) };
    assert!(pdf.ends_with("out/proposition-a-b-co-b-2026-001.pdf"), "{pdf}");
    assert!(eml.ends_with("out/proposition-a-b-co-b-2026-001.eml"), "{eml}");
    for program in ["Outlook", "Apple Mail", "Thunderbird"] {
        assert!(answer.stderr.contains(program), "{}", answer.stderr);
    }
    let bytes = draft(&workspace);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.is_ascii() && text.matches('\n').count() == text.matches("\r\n").count());
    assert!(!text.replace("\r\n", "").contains('\r'));
    assert!(text.lines().all(|line| line.len() <= 78), "{:?}", text.lines().find(|l| l.len() > 78));
    let email = Email::read(&bytes);
    assert_eq!(email.header("x-unsent"), Some("1"));
    assert_eq!(email.header("mime-version"), Some("1.0"));
    assert_eq!(email.header("date"), None);
    assert_eq!(email.header("message-id"), None);
    assert_eq!(email.header("from"), Some("\"Studio Brume\" <bonjour@brume.example>"));
    assert!(email.header("to").unwrap().ends_with("<a@client.example>"));
    let kinds: Vec<&str> = email.parts.iter().map(|part| part.header("content-type")).collect();
    assert_eq!(
        kinds,
        [
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "application/pdf; name=\"proposition-a-b-co-b-2026-001.pdf\""
        ]
    );
    let [plain, html, attachment] = &email.parts[..] else { panic!() };
    assert_eq!(
        attachment.header("content-disposition"),
        "attachment; filename=\"proposition-a-b-co-b-2026-001.pdf\""
    );
    assert_eq!(attachment.body, std::fs::read(pdf).unwrap());
    assert!(plain.text().contains("– Vos pages sont lentes\n"), "{}", plain.text());
    assert!(html.text().contains(">Vos pages sont lentes</li>"), "{}", html.text());
}

#[test]
fn the_same_inputs_give_the_same_draft() {
    let make = |day: &str| {
        let workspace = workspace();
        assert_eq!(workspace.run(&["mail", "a", "--date", day]).status, 0);
        draft(&workspace)
    };
    assert!(make("2026-11-26") == make("2026-11-26"));
    assert!(make("2026-11-26") != make("2026-11-27"));
}

#[test]
fn a_long_file_name_stays_in_one_piece() {
    let workspace = Workspace::small();
    let name = "Syndicat mixte d'aménagement et de gestion des espaces naturels du plateau";
    workspace.write("clients/a.toml", profile(name, "a@b.example", "2026-001", ""));
    assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    let bytes = draft(&workspace);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains("name*"), "no RFC 2231 continuation");
    let email = Email::read(&bytes);
    let name = email.parts[2].header("content-disposition").split('"').nth(1).unwrap().to_owned();
    assert!(name.len() <= 60 && name.is_ascii() && name.ends_with("2026-001.pdf"), "{name}");
}

#[test]
fn the_ledger_has_each_draft_once_and_no_note() {
    let workspace = workspace();
    let notes = "notes = \"Zygomatique exsangue\"";
    let text = profile("A", "a@b.example", "2026-001", "source = \"rencontre confidentielle\"")
        .replace("[proposal]", &format!("{notes}\n[proposal]"));
    workspace.write("clients/a.toml", text);
    for _ in 0..2 {
        assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    }
    let ledger = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
    assert_eq!(ledger.lines().count(), 1, "{ledger}");
    let event: serde_json::Value = serde_json::from_str(&ledger).unwrap();
    assert_eq!(event["event"], "drafted");
    assert_eq!(event["day"], "2026-11-26");
    assert_eq!(event["number"], "2026-001");
    assert_eq!(event["client"], "a");
    assert_eq!(event["recipient"], "a@b.example");
    assert_eq!(event["offer"], "audit");
    assert_eq!(event["reasons"][0], "vos-pages-sont-lentes");
    assert_eq!(event["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(event["pdf_sha256"].as_str().unwrap().len(), 64);
    let email = Email::read(&draft(&workspace));
    let letters: String = email.parts[..2].iter().map(|part| part.text()).collect();
    for word in ["Zygomatique", "exsangue", "confidentielle"] {
        assert!(!ledger.contains(word) && !letters.contains(word), "{word}");
    }
    assert!(letters.len() > 500);
}

#[test]
fn a_torn_last_line_is_taken_away_and_said() {
    let workspace = workspace();
    assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    let whole = workspace.read("ledger.jsonl");
    // Cut anywhere: only a line that was whole without its line feed stays.
    for cut in [1, 2, 40, whole.len() - 1] {
        workspace.write("ledger.jsonl", &whole[..whole.len() - cut]);
        let answer = workspace.run(&["mail", "a"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        assert_eq!(answer.stderr.contains("cut off"), cut > 1, "{cut}: {}", answer.stderr);
        let ledger = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
        assert_eq!(ledger.lines().count(), 1);
        assert!(ledger.ends_with("}\n") && ledger.lines().all(|line| line.starts_with("{\"event\"")));
    }
}

#[test]
fn a_workspace_s_own_template_wins() {
    let workspace = workspace();
    workspace.write("templates/mail/subject.txt.hbs", "Pour {{client.name}}\n");
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let email = Email::read(&draft(&workspace));
    assert_eq!(email.header("subject"), Some("Pour A & <b>Co</b>"));
    let origins = workspace.run(&["context", "a", "--origins"]).stdout;
    let whose = |file: &str| {
        let line =
            origins.lines().find(|line| line.starts_with(file)).unwrap_or_else(|| panic!("{file}"));
        line.split("  ").last().unwrap().trim().to_owned()
    };
    assert_eq!(whose("templates/mail/subject.txt.hbs"), "the workspace");
    assert_eq!(whose("templates/mail/message.html.hbs"), "the program");
}

#[test]
fn one_bad_among_many_stops_only_itself() {
    let workspace = workspace();
    workspace.write("clients/b.toml", profile("B", "b@b.example", "2026-002", "opted_out = true"));
    let answer = workspace.run(&["mail", "b", "a"]);
    assert_eq!(answer.status, 1);
    assert_eq!(answer.stdout.lines().count(), 2, "{}", answer.stdout);
    assert!(answer.stderr.contains("made 1 of 2 drafts"), "{}", answer.stderr);
    assert_eq!(workspace.list("out").len(), 2);
}
