//! What is refused before anything is made.

use super::kit::{profile, workspace};
use crate::support::Workspace;

/// Runs `mail a` and expects exactly this to be wrong, and nothing made.
#[track_caller]
fn refused(workspace: &Workspace, message: &str) {
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains(message), "{}", answer.stderr);
    assert!(answer.stdout.is_empty() && !workspace.exists("out") && !workspace.exists("ledger.jsonl"));
}

#[test]
fn people_who_cannot_or_will_not_be_written_to() {
    for (contact, message) in [
        ("", "no address to write to: `email` is missing in [contact]"),
        ("email = \"a@b.example\"\nopted_out = true", "a@b.example has opted out"),
        ("email = \"ana@b.example\\nBcc: x@y.example\"", "`email` must be one line"),
        ("email = \"ana@b.example\\u0000\"", "found U+0000"),
        ("email = \"\\\"ana b\\\"@b.example\"", "what stands before the @ cannot be"),
        ("email = \"ana@b..example\"", "what stands after the @ is no domain"),
        ("email = \"ana@b.example, eve@c.example\"", "`email` must be an e-mail address"),
        ("email = \"rené@b.example\"", "letters before the @ that few mail servers accept"),
        ("name = \"Ada\\u202E\"\nemail = \"a@b.example\"", "invisible character U+202E"),
        ("name = \"Ada\\u2028Bcc\"\nemail = \"a@b.example\"", "`name` must be one line"),
        ("name = \"Ada\\r\\nBcc: x@y.example\"\nemail = \"a@b.example\"", "`name` must"),
    ] {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", format!("[client]\nname = \"A\"\n[contact]\n{contact}\n"));
        refused(&workspace, message);
    }
}

#[test]
fn an_address_that_is_wrong_is_not_missing_too() {
    for email in ["c@localhost", "c..d@x.example", "ana@b.example, eve@c.example"] {
        let workspace = Workspace::small();
        let contact = format!("[client]\nname = \"A\"\n[contact]\nemail = \"{email}\"\n");
        workspace.write("clients/a.toml", contact);
        let answer = workspace.run(&["mail", "a"]);
        assert_eq!(answer.stderr.matches("error: ").count(), 1, "{}", answer.stderr);
        assert!(!answer.stderr.contains("missing"), "{}", answer.stderr);
    }
}

#[test]
fn words_of_the_letter_that_nobody_should_read() {
    for (file, text, message, place) in [
        ("message.txt.hbs", "Bonjour,\nXXX", "a placeholder is printed: `XXX`", "message.txt.hbs:2:1"),
        (
            "subject.txt.hbs",
            "Pour Orange\u{A0}Bleue",
            "another client's name is printed: `Orange Bleue`",
            "subject.txt.hbs:1:1",
        ),
        (
            "message.html.hbs",
            "<p>Comme pour</p><p>chez <b>Orange</b> Bleue</p>",
            "another client's name is printed: `Orange Bleue`",
            "message.html.hbs:1:1",
        ),
        (
            "message.html.hbs",
            "<p>\u{E0} compl\u{E9}ter</p>",
            "`\u{E0} compl\u{E9}ter`",
            "message.html.hbs:1:4",
        ),
    ] {
        let workspace = workspace();
        workspace.write("clients/b.toml", profile("Orange Bleue", "b@b.example", "2026-002", ""));
        workspace.write(&format!("templates/mail/{file}"), text);
        refused(&workspace, message);
        let answer = workspace.run(&["mail", "a"]);
        assert!(answer.stderr.contains(place), "{}", answer.stderr);
    }
    // What may be said in the PDF may be said in the letter.
    let workspace = workspace();
    workspace.write("clients/b.toml", profile("Orange Bleue", "b@b.example", "2026-002", ""));
    workspace.write("templates/mail/subject.txt.hbs", "Comme pour Orange Bleue");
    let allowed =
        profile("A", "a@client.example", "2026-001", "") + "allow_names = [\"Orange Bleue\"]\n";
    workspace.write("clients/a.toml", allowed);
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
}

#[test]
fn a_warning_stops_a_strict_run() {
    let workspace = workspace();
    let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
    workspace.write("propale.toml", house + "[brand]\nink = \"#c0c0c0\"\n");
    assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    std::fs::remove_dir_all(workspace.path().join("out")).unwrap();
    let answer = workspace.run(&["mail", "a", "--strict"]);
    assert!(answer.status == 1 && answer.stdout.is_empty(), "{}", answer.stderr);
    assert!(!workspace.exists("out"));
}
#[test]
fn whoever_opted_out_in_one_profile_has_in_all() {
    let workspace = workspace();
    workspace
        .write("clients/old.toml", profile("O", "A@CLIENT.example", "2025-001", "opted_out = true"));
    refused(&workspace, "another profile says `opted_out = true`");
}

#[test]
fn a_title_that_no_subject_carries() {
    let workspace = workspace();
    workspace.write(
        "clients/a.toml",
        profile("A", "a@b.example", "2026-001", "") + "title = \"Gain\\u2066\\u202Ede temps\"\n",
    );
    refused(&workspace, "the subject has the invisible character U+2066");
}

#[test]
fn nobody_to_send_as() {
    let workspace = workspace();
    workspace.write("propale.toml", "[house]\nname = \"Studio Brume\"\n");
    refused(&workspace, "nobody to send as: `from` is missing in [mail]");
}

#[test]
fn faulty_templates() {
    for (file, text, message) in [
        ("subject.txt.hbs", "{{client.nom}}", "templates/mail/subject.txt.hbs:1:3"),
        ("subject.txt.hbs", "{{#if proposal.number}}{{/if}}", "this template prints nothing"),
        ("message.txt.hbs", "Bonjour {{contact.name}}", "`contact.name` may be absent"),
        ("message.txt.hbs", "{{{client.name}}}", "a text escapes nothing"),
        ("message.txt.hbs", "{{> cover}}", "no partial `cover`"),
        ("message.txt.hbs", "{{#each}}", "never closed"),
        ("message.html.hbs", "<p>{{{client.name}}}</p>", "it must be escaped"),
        ("message.html.hbs", "<p>{{offer.lede}}</p>", "`offer.lede`"),
        ("message.html.hbs", "<p>{{situation.notes}}</p>", "`situation` has no `notes`"),
        ("message.html.hbs", "<p>a</p><script>b()</script>", "an e-mail has no `<script>`"),
        ("message.html.hbs", "<img src=\"/brand/a.png\">", "`src` must begin with https://"),
        ("message.html.hbs", "<p>a</p></div>", "`</div>` closes nothing"),
    ] {
        let workspace = workspace();
        workspace.write(&format!("templates/mail/{file}"), text);
        refused(&workspace, message);
        // It is a fault of the workspace, and `check` says so.
        let check = workspace.run(&["check"]);
        assert!(check.status == 1 && check.stderr.contains(message), "{}", check.stderr);
    }
}

#[test]
fn a_faulty_neighbour_stops_no_letter_and_is_said() {
    let workspace = workspace();
    workspace.write("clients/b.toml", "[client]\nnom = \"B\"\n");
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("`clients/b.toml` has errors"), "{}", answer.stderr);
}
