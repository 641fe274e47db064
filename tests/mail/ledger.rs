//! `log`, `mark`, and numbers that were given.

use super::kit::{profile, workspace};
use crate::support::Workspace;

/// Three proposals, drafted on three days and marked.
fn history() -> Workspace {
    let workspace = workspace();
    workspace.write("clients/b.toml", profile("B", "b@b.example", "2026-002", ""));
    workspace.write("clients/c.toml", profile("C", "c@c.example", "2026-003", ""));
    for (client, day) in [("a", "2026-11-10"), ("b", "2026-11-20"), ("c", "2026-11-26")] {
        assert_eq!(workspace.run(&["mail", client, "--date", day]).status, 0);
    }
    for (number, mark, day) in [
        ("2026-001", "sent", "2026-11-10"),
        ("2026-002", "sent", "2026-11-20"),
        ("2026-002", "accepted", "2026-11-24"),
    ] {
        let answer = workspace.run(&["mark", number, mark, "--date", day]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        assert!(answer.stderr.contains(mark));
    }
    workspace
}

#[test]
fn the_table_says_what_to_follow_up() {
    let workspace = history();
    let on = |day: &str| workspace.run(&["log", "--date", day]);
    let answer = on("2026-11-26");
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    crate::golden::check("mail/log.txt", &answer.stdout);
    assert!(answer.stderr.contains("1 follow-up due: sent more than 7 days ago"), "{}", answer.stderr);
    // "more than": not on the seventh day.
    assert!(!on("2026-11-17").stderr.contains("due"));
    assert!(on("2026-11-18").stderr.contains("1 follow-up due"));
    workspace.write("propale.toml", "[house]\nname = \"B\"\n[mail]\nfollow_up_days = 30\n");
    assert!(!on("2026-11-26").stderr.contains("due"));
    assert_eq!(workspace.run(&["mark", "2026-001", "declined"]).status, 0);
    assert!(!on("2027-01-26").stderr.contains("due"));
}

#[test]
fn reasons_are_counted_shown_and_accepted() {
    let answer = history().run(&["log", "--reasons"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    crate::golden::check("mail/reasons.txt", &answer.stdout);
}

#[test]
fn marks_are_added_once_and_mistyped_numbers_helped() {
    let workspace = history();
    let before = workspace.read("ledger.jsonl");
    let twice = workspace.run(&["mark", "2026-002", "accepted"]);
    assert!(twice.status == 0 && twice.stderr.contains("already"), "{}", twice.stderr);
    let wrong = workspace.run(&["mark", "2026-02", "accepted"]);
    assert_eq!(wrong.status, 1);
    assert!(wrong.stderr.contains("did you mean `2026-0"), "{}", wrong.stderr);
    assert_eq!(workspace.run(&["mark", "2026-002", "perhaps"]).status, 2);
    assert_eq!(workspace.read("ledger.jsonl"), before, "the ledger is only added to");
    let by_file = workspace.run(&["mark", "proposition-c-2026-003", "declined"]);
    assert_eq!(by_file.status, 0, "{}", by_file.stderr);
    assert!(workspace.read("ledger.jsonl").starts_with(&before));
}

#[test]
fn an_empty_workspace_has_an_empty_log() {
    let workspace = workspace();
    let answer = workspace.run(&["log"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, ""));
    assert!(answer.stderr.contains("nothing was drafted or sent yet"));
    assert_eq!(workspace.run(&["mark", "2026-001", "accepted"]).status, 1);
    assert!(!workspace.exists("ledger.jsonl"));
}

#[test]
fn a_number_in_the_ledger_is_never_given_again() {
    let workspace = history();
    std::fs::remove_file(workspace.path().join("clients/c.toml")).unwrap();
    let answer = workspace.run(&["new", "Delta"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let profile = String::from_utf8(workspace.read("clients/delta.toml")).unwrap();
    assert!(profile.contains("\"2026-004\""), "{profile}");
}

#[test]
fn a_faulty_line_is_shown_and_the_rest_too() {
    let workspace = history();
    let mut ledger = workspace.read("ledger.jsonl");
    ledger.extend_from_slice(b"nonsense\n");
    workspace.write("ledger.jsonl", ledger);
    let answer = workspace.run(&["log"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.stdout.contains("2026-002") && answer.stderr.contains("ledger.jsonl:7:1"),
        "{}",
        answer.stderr
    );
}

#[test]
fn revisions_are_told_apart() {
    let workspace = workspace();
    let first = profile("A", "a@client.example", "2026-001", "");
    workspace.write("clients/a.toml", &first);
    assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    assert_eq!(workspace.run(&["mark", "2026-001", "sent"]).status, 0);
    workspace.write("clients/a.toml", first + "revision = 2\n");
    assert_eq!(workspace.run(&["mail", "a"]).status, 0);
    let log = workspace.run(&["log"]).stdout;
    let numbers: Vec<&str> = log.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(numbers, ["NUMBER", "2026-001", "2026-001-r2"]);
    let before = workspace.read("ledger.jsonl");
    let which = workspace.run(&["mark", "2026-001", "accepted"]);
    assert_eq!(which.status, 1);
    for said in [
        "`2026-001` is the number of 2 proposals",
        "`proposition-a-2026-001`: a, sent since",
        "`proposition-a-2026-001-r2`: a, drafted since",
    ] {
        assert!(which.stderr.contains(said), "{}", which.stderr);
    }
    assert_eq!(workspace.read("ledger.jsonl"), before);
    assert_eq!(workspace.run(&["mark", "2026-001-r2", "sent"]).status, 0);
    assert_eq!(workspace.run(&["mark", "proposition-a-2026-001", "declined"]).status, 0);
    let log = workspace.run(&["log"]).stdout;
    assert!(log.contains("declined") && log.lines().nth(2).unwrap().contains("sent"), "{log}");
}
