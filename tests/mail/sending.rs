//! `mail --send`: each e-mail at most once, whatever the server does.

use super::kit::{Email, profile};
use super::server::{Manner, Server};
use crate::support::{Answer, PROPALE, Workspace, answer};
use std::io::Write;
use std::process::{Command, Stdio};

/// A workspace with `clients` that sends by `server`.
fn workspace(server: &Server, clients: &[&str]) -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "propale.toml",
        format!(
            "[house]\nname = \"Studio Brume\"\nemail = \"bonjour@brume.example\"\n[mail]\nfollow_up_days = 7\n\
             [mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\ntimeout = {}\n",
            server.port, server.patience
        ),
    );
    for (n, client) in clients.iter().enumerate() {
        let text =
            profile(client, &format!("{client}@client.example"), &format!("2026-00{}", n + 1), "");
        workspace.write(&format!("clients/{client}.toml"), text);
    }
    workspace
}

fn ledger(workspace: &Workspace) -> Vec<serde_json::Value> {
    if !workspace.exists("ledger.jsonl") {
        return vec![];
    }
    let text = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn events(workspace: &Workspace) -> Vec<String> {
    let event = |event: &serde_json::Value| {
        format!("{} {}", event["event"].as_str().unwrap(), event["client"].as_str().unwrap())
    };
    ledger(workspace).iter().map(event).collect()
}

/// Runs with something typed in answer.
fn run_typing(workspace: &Workspace, arguments: &[&str], typed: &str) -> Answer {
    let mut child = Command::new(PROPALE)
        .args(arguments)
        .current_dir(workspace.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    answer(child.wait_with_output().unwrap())
}

#[test]
fn an_email_is_sent_once_and_kept() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    let answer = workspace.run(&["mail", "ada", "--send", "--yes"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("sent 2026-001 to ada@client.example"), "{}", answer.stderr);
    let [received] = &server.received()[..] else { panic!() };
    assert_eq!(received.sender, "bonjour@brume.example");
    assert_eq!(received.recipients, ["ada@client.example"]);
    let email = Email::read(&received.message);
    let date = chrono::DateTime::parse_from_rfc2822(email.header("date").unwrap()).unwrap();
    assert!((chrono::Utc::now() - date.to_utc()).num_minutes().abs() < 10, "{date}");
    let id = email.header("message-id").unwrap();
    assert!(id.starts_with('<') && id.ends_with("@brume.example>"), "{id}");
    assert_eq!(email.header("x-unsent"), None);

    // The copy: what was sent, and what it was made of.
    let stem = "proposition-ada-2026-001";
    assert!(answer.stdout.trim_end().ends_with(&format!("sent/{stem}/{stem}.eml")), "{}", answer.stdout);
    assert_eq!(workspace.read(&format!("sent/{stem}/{stem}.eml")), received.message);
    let pdf = workspace.read(&format!("sent/{stem}/{stem}.pdf"));
    assert!(email.parts[2].body == pdf && pdf.starts_with(b"%PDF"));
    for (kept, original) in [
        ("inputs/propale.toml", "propale.toml"),
        ("inputs/clients/ada.toml", "clients/ada.toml"),
        ("inputs/offers/audit.md", "offers/audit.md"),
    ] {
        assert_eq!(workspace.read(&format!("sent/{stem}/{kept}")), workspace.read(original));
    }
    let why = String::from_utf8(workspace.read(&format!("sent/{stem}/explanation.txt"))).unwrap();
    assert!(why.contains("REASONS  1 of 2"), "{why}");
    assert_eq!(events(&workspace), ["sending ada", "sent ada"]);
    let last = &ledger(&workspace)[1];
    assert_eq!(last["message_id"], id);
    assert_eq!(last["copy"], format!("sent/{stem}"));

    // Once is once: the same again, on another day, without the revision that a change calls for.
    for day in ["2026-11-26", "2026-12-01"] {
        let again = workspace.run(&["mail", "ada", "--send", "--yes", "--date", day]);
        assert_eq!(again.status, 1);
        assert!(again.stderr.contains("2026-001 was sent to ada@client.example on"), "{}", again.stderr);
        assert!(again.stderr.contains("--again"), "{}", again.stderr);
    }
    assert_eq!(server.received().len(), 1);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes", "--again"]).status, 0);
    assert_eq!(server.received().len(), 2);
    assert_eq!(workspace.list("sent"), [stem.to_owned(), format!("{stem}.2")]);
    let second = workspace.read(&format!("sent/{stem}.2/{stem}.eml"));
    assert!(
        second != received.message
            && workspace.read(&format!("sent/{stem}/{stem}.eml")) == received.message
    );

    // Beside its copy it is where it was asked for.
    let out = workspace.run(&["mail", "ada", "--send", "--yes", "--again", "--out", "elsewhere"]);
    assert_eq!(out.stdout.lines().count(), 2, "{} {}", out.stdout, out.stderr);
    assert_eq!(workspace.read(&format!("elsewhere/{stem}.pdf")), pdf);
    assert_eq!(workspace.read(&format!("elsewhere/{stem}.eml")), server.received()[2].message);
    assert_eq!(workspace.list("sent").len(), 3);
    // What is not there is not passed over in silence.
    assert_eq!(workspace.run(&["mail", "ada", "nobody", "--send", "--yes", "--again"]).status, 1);

    // A revision is another proposal.
    let changed = String::from_utf8(workspace.read("clients/ada.toml")).unwrap() + "revision = 2\n";
    workspace.write("clients/ada.toml", changed);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
}

#[test]
fn without_a_number_the_day_makes_no_difference() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    let text = String::from_utf8(workspace.read("clients/ada.toml")).unwrap();
    workspace.write("clients/ada.toml", text.replace("number = \"2026-001\"\n", ""));
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes", "--date", "2026-11-26"]).status, 0);
    let next = workspace.run(&["mail", "ada", "--send", "--yes", "--date", "2026-11-27"]);
    assert_eq!(next.status, 1, "{}", next.stderr);
    assert_eq!(server.received().len(), 1);
}

#[test]
fn somebody_is_asked_first() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    for typed in ["", "n\n", "\n", "yesterday\n"] {
        let answer = run_typing(&workspace, &["mail", "ada", "--send"], typed);
        assert_eq!(answer.status, 1);
        for shown in [
            "from     Studio Brume <bonjour@brume.example>",
            "to       Ada Noël <ada@client.example>",
            "subject  Audit de site – proposition 2026-001",
            "attached proposition-ada-2026-001.pdf, ",
            "send this e-mail? [y/N]",
            "nothing was sent",
        ] {
            assert!(answer.stderr.contains(shown), "{shown}: {}", answer.stderr);
        }
    }
    assert!(
        server.received().is_empty() && !workspace.exists("ledger.jsonl") && !workspace.exists("sent")
    );
    let answer = run_typing(&workspace, &["mail", "ada", "--send"], "oui\n");
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert_eq!(server.received().len(), 1);
}

#[test]
fn one_refused_recipient_stops_no_other() {
    let server = Server::start(Manner::RefusesRecipient("bob@client.example"));
    let workspace = workspace(&server, &["ada", "bob", "cem"]);
    let answer = workspace.run(&["mail", "ada", "bob", "cem", "--send", "--yes"]);
    assert_eq!(answer.status, 1);
    let refused = "2026-002 was not sent to bob@client.example: 127.0.0.1 refused it: 550 5.1.1 no such person here";
    assert!(answer.stderr.contains(refused), "{}", answer.stderr);
    assert!(answer.stderr.contains("sent 2 of 3 e-mails"), "{}", answer.stderr);
    let to: Vec<String> = server.received().iter().map(|mail| mail.recipients.join(",")).collect();
    assert_eq!(to, ["ada@client.example", "cem@client.example"]);
    assert_eq!(
        events(&workspace),
        ["sending ada", "sent ada", "sending bob", "refused bob", "sending cem", "sent cem"]
    );
    assert_eq!(workspace.list("sent").len(), 2, "of what was not sent there is no copy");
    // What was refused may be tried again; what was sent is not.
    let again = workspace.run(&["mail", "ada", "bob", "cem", "--send", "--yes"]);
    assert_eq!(again.stderr.matches("was sent to").count(), 2, "{}", again.stderr);
    assert_eq!(server.received().len(), 2);
}

#[test]
fn no_answer_after_the_message_is_unknown_and_never_sent_again_by_itself() {
    for manner in [Manner::HangsUpAfterData, Manner::SpeaksNonsenseAfterData] {
        let server = Server::start(manner);
        let workspace = workspace(&server, &["ada"]);
        let answer = workspace.run(&["mail", "ada", "--send", "--yes"]);
        assert_eq!(answer.status, 1);
        assert!(
            answer.stderr.contains("may or may not have reached ada@client.example"),
            "{}",
            answer.stderr
        );
        assert_eq!(events(&workspace), ["sending ada", "unknown ada"]);
        assert_eq!(workspace.list("sent").len(), 1, "it may have left: its copy stays");
        let again = workspace.run(&["mail", "ada", "--send", "--yes"]);
        assert_eq!(again.status, 1);
        assert!(again.stderr.contains("may have been sent to ada@client.example"), "{}", again.stderr);
        assert_eq!(server.received().len(), 1);
        assert!(workspace.run(&["log"]).stdout.contains("unknown"));
        // Whoever knows better says so.
        assert_eq!(workspace.run(&["mark", "2026-001", "sent"]).status, 0);
        let again = workspace.run(&["mail", "ada", "--send", "--yes"]);
        assert!(again.stderr.contains("was sent to"), "{}", again.stderr);
    }
}

#[test]
fn a_run_that_was_cut_off_is_unknown_too() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada", "bob"]);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
    // As after `kill -9` between the two lines.
    let text = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
    workspace.write("ledger.jsonl", text.lines().next().unwrap().to_owned() + "\n");
    let resumed = workspace.run(&["mail", "ada", "bob", "--send", "--yes"]);
    assert_eq!(resumed.status, 1);
    assert!(resumed.stderr.contains("2026-001 may have been sent"), "{}", resumed.stderr);
    assert!(resumed.stderr.contains("sent 2026-002 to bob@client.example"), "{}", resumed.stderr);
    assert_eq!(server.received().len(), 2);
    // Half a `sending` was never acted on.
    workspace.write("ledger.jsonl", &text.as_bytes()[..text.len() / 3]);
    let resumed = workspace.run(&["mail", "ada", "--send", "--yes"]);
    assert_eq!(resumed.status, 0, "{}", resumed.stderr);
    assert!(
        resumed.stderr.contains("a last line that was cut off was taken away"),
        "{}",
        resumed.stderr
    );
}

#[test]
fn servers_that_fail_before_the_message() {
    for (manner, message, events_then) in [
        (Manner::Silent, "no e-mail can be sent by 127.0.0.1, port", vec![]),
        (Manner::Busy, "421 4.3.2 come back later", vec![]),
        (
            Manner::HangsUpAtMail,
            "was not sent to ada@client.example: the connection was closed",
            vec!["sending ada", "failed ada"],
        ),
        (Manner::RefusesData, "refused it: 554 5.7.1 no room", vec!["sending ada", "refused ada"]),
        (Manner::RefusesMessage, "refused it: 552 5.3.4 too large", vec!["sending ada", "refused ada"]),
        (Manner::Drawls, "no answer within 1 s", vec!["sending ada", "failed ada"]),
        // Every byte is in time, the answer as a whole never is.
        (Manner::DripsAtFirst, "no whole answer within 5 s", vec![]),
        (Manner::DripsAtMail, "no whole answer within 3 s", vec!["sending ada", "failed ada"]),
    ] {
        let server = Server::start(manner);
        let workspace = workspace(&server, &["ada", "bob"]);
        let answer = workspace.run(&["mail", "ada", "--send", "--yes"]);
        assert_eq!(answer.status, 1, "{manner:?}");
        assert!(answer.stderr.contains(message), "{manner:?}: {}", answer.stderr);
        assert_eq!(events(&workspace), events_then, "{manner:?}");
        assert!(workspace.list("sent").is_empty() && server.received().is_empty(), "{manner:?}");
    }
    let gone = workspace(&Server::start(Manner::Kind), &["ada"]);
    gone.write(
        "propale.toml",
        String::from_utf8(gone.read("propale.toml")).unwrap().replace("port = ", "port = 1 # "),
    );
    let answer = gone.run(&["mail", "ada", "--send", "--yes"]);
    assert!(
        answer.stderr.contains("port 1: connection refused")
            || answer.stderr.contains("port 1: Connection refused"),
        "{}",
        answer.stderr
    );
}

#[test]
fn nothing_is_said_without_tls_and_no_password_is_shown() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
    let account = "user = \"camille\"\npassword_env = \"PROPALE_TEST_PASSWORD\"\n";
    let secret = ("PROPALE_TEST_PASSWORD", "hunter-2-secret");

    workspace.write("propale.toml", house.replace("\"none\"", "\"starttls\"") + account);
    let answer = workspace.run_with(&["mail", "ada", "--send", "--yes"], &[secret]);
    assert!(answer.status == 1 && answer.stderr.contains("it offers no STARTTLS"), "{}", answer.stderr);
    assert!(
        server.said().iter().all(|line| line.starts_with("EHLO") || line == "QUIT"),
        "{:?}",
        server.said()
    );

    workspace.write("propale.toml", house.replace("security = \"none\"\n", "") + account);
    let unset = workspace.run(&["mail", "ada", "--send", "--yes"]);
    assert!(
        unset.stderr.contains("the environment variable `PROPALE_TEST_PASSWORD` is not set"),
        "{}",
        unset.stderr
    );
    assert!(unset.stderr.contains("propale.toml:"), "{}", unset.stderr);
    let answer = workspace.run_with(&["mail", "ada", "--send", "--yes"], &[secret]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let said = server.said();
    assert!(said.iter().any(|line| line.starts_with("AUTH PLAIN ")), "{said:?}");

    let command = "user = \"camille\"\npassword_command = [\"sh\", \"-c\", \"echo hunter-2-secret; echo other\"]\n";
    workspace.write("propale.toml", house.clone() + command);
    let by_command = workspace.run(&["mail", "ada", "--send", "--yes", "--again"]);
    assert_eq!(by_command.status, 0, "{}", by_command.stderr);
    let logins: Vec<String> =
        server.said().into_iter().filter(|line| line.starts_with("AUTH")).collect();
    assert!(logins.len() == 2 && logins[0] == logins[1], "{logins:?}");
    workspace.write("propale.toml", house + "user = \"camille\"\npassword_command = [\"false\"]\n");
    let failed = workspace.run(&["mail", "ada", "--send", "--yes", "--again"]);
    assert!(failed.stderr.contains("`password_command` failed: exit status: 1"), "{}", failed.stderr);

    // Of all that was written and shown, nothing has the password but the user's own file.
    for shown in [answer.stderr, answer.stdout, by_command.stderr, by_command.stdout] {
        assert!(!shown.contains("hunter-2-secret"));
    }
    let ledger = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
    assert!(!ledger.contains("hunter") && !ledger.contains("aHVudGVy"));
}

#[test]
fn two_runs_at_once_send_once() {
    let server = Server::start(Manner::Slow);
    let workspace = workspace(&server, &["ada", "bob"]);
    let start = || {
        Command::new(PROPALE)
            .args(["mail", "ada", "bob", "--send", "--yes", "--date", "2026-11-26"])
            .current_dir(workspace.path())
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs = [start(), start()].map(|child| answer(child.wait_with_output().unwrap()));
    let mut to: Vec<String> = server.received().iter().map(|mail| mail.recipients.join(",")).collect();
    to.sort();
    assert_eq!(
        to,
        ["ada@client.example", "bob@client.example"],
        "{} / {}",
        runs[0].stderr,
        runs[1].stderr
    );
    let mut states: Vec<i32> = runs.iter().map(|run| run.status).collect();
    states.sort();
    assert_eq!(
        states,
        [0, 0],
        "one of them sent both, and both are done: {} / {}",
        runs[0].stderr,
        runs[1].stderr
    );
}

#[test]
fn what_is_missing_or_unreadable_stops_before_anything_leaves() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    workspace.write("ledger.jsonl", "{\"event\":\"sent\"}\n");
    let answer = workspace.run(&["mail", "ada", "--send", "--yes"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("ledger.jsonl:1:1"), "{}", answer.stderr);
    assert!(
        answer.stderr.contains("this line is no event of the ledger: missing field"),
        "{}",
        answer.stderr
    );
    workspace.write("ledger.jsonl", "");
    workspace.write("propale.toml", "[house]\nname = \"B\"\nemail = \"b@b.example\"\n");
    let answer = workspace.run(&["mail", "ada", "--send", "--yes"]);
    assert!(answer.stderr.contains("[mail.smtp] is missing in propale.toml"), "{}", answer.stderr);
    assert!(server.received().is_empty());
    for wrong in [["mail", "ada", "--yes"], ["mail", "ada", "--again"], ["mail", "--send", "--out"]] {
        assert_eq!(workspace.run(&wrong).status, 2);
    }
}

#[test]
fn a_login_is_not_shown_when_the_server_quotes_it() {
    for (manner, shown) in [
        (Manner::EchoesLogin, "the login of camille failed: 535, the server does not take this user"),
        (Manner::RemembersLogin, "refused it: 550 (its words are not shown: the login is in them)"),
    ] {
        let server = Server::start(manner);
        let workspace = workspace(&server, &["ada"]);
        let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
        let account = "user = \"camille\"\npassword_env = \"PROPALE_TEST_PASSWORD\"\n";
        workspace.write("propale.toml", house + account);
        let secret = ("PROPALE_TEST_PASSWORD", "hunter-2-secret");
        let answer = workspace.run_with(&["mail", "ada", "--send", "--yes"], &[secret]);
        assert!(answer.status == 1 && answer.stderr.contains(shown), "{}", answer.stderr);
        let said = server.said();
        let login = said.iter().find_map(|line| line.strip_prefix("AUTH PLAIN ")).unwrap();
        let mut written = answer.stderr + &answer.stdout;
        if workspace.exists("ledger.jsonl") {
            written += &String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
        }
        assert!(
            !written.contains(login.trim_end_matches('=')) && !written.contains("hunter"),
            "{written}"
        );
    }
}

#[test]
fn a_batch_taken_up_again_is_done_when_all_have_theirs() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada", "bob"]);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
    for counted in ["sent 1 of 2 e-mails, 1 before", "sent 0 of 2 e-mails, 2 before"] {
        let resumed = workspace.run(&["mail", "ada", "bob", "--send", "--yes"]);
        assert_eq!(resumed.status, 0, "{}", resumed.stderr);
        assert!(
            resumed.stderr.contains("2026-001 was sent to ada@client.example on"),
            "{}",
            resumed.stderr
        );
        assert!(
            resumed.stderr.contains(counted) && !resumed.stderr.contains("error"),
            "{}",
            resumed.stderr
        );
    }
    assert_eq!(server.received().len(), 2);
}

#[test]
fn what_stands_in_sent_is_a_sending() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada", "bob", "cem"]);
    // As after `kill -9` while the copy of ada's was made.
    workspace.write("sent/.unsent-proposition-ada-2026-001/proposition-ada-2026-001.pdf", "half");
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
    let stem = "proposition-ada-2026-001";
    assert_eq!(workspace.list("sent"), [stem]);
    assert!(workspace.read(&format!("sent/{stem}/{stem}.pdf")).starts_with(b"%PDF"));
    // As after one between `sending` and the copy's name; and while another's copy was made.
    let root = workspace.path();
    std::fs::rename(root.join("sent").join(stem), root.join("sent/.unsent-".to_owned() + stem)).unwrap();
    let text = String::from_utf8(workspace.read("ledger.jsonl")).unwrap();
    workspace.write("ledger.jsonl", text.lines().next().unwrap().to_owned() + "\n");
    workspace.write("sent/.unsent-proposition-cem-2026-003/proposition-cem-2026-003.pdf", "half");
    assert_eq!(workspace.run(&["mail", "bob", "--send", "--yes"]).status, 0);
    assert_eq!(workspace.list("sent"), [stem, "proposition-bob-2026-002"]);
}

#[test]
fn a_number_that_another_client_has_is_not_sent_again() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
    std::fs::remove_file(workspace.path().join("clients/ada.toml")).unwrap();
    workspace.write("clients/eve.toml", profile("Eve", "eve@client.example", "2026-001", ""));
    for arguments in [&["mail", "eve"][..], &["mail", "eve", "--send", "--yes", "--again"]] {
        let answer = workspace.run(arguments);
        assert_eq!(answer.status, 1, "{}", answer.stderr);
        let message = "the number 2026-001 of eve was sent to another client: ada@client.example, on";
        assert!(answer.stderr.contains(message), "{}", answer.stderr);
    }
    assert!(server.received().len() == 1 && !workspace.exists("out"));
    // A profile that was only renamed is the same client.
    workspace.write("clients/eve.toml", profile("Ada", "ada@client.example", "2026-001", ""));
    let answer = workspace.run(&["mail", "eve"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
}

#[test]
fn an_acceptance_outlives_a_second_sending() {
    let server = Server::start(Manner::Kind);
    let workspace = workspace(&server, &["ada"]);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes"]).status, 0);
    assert_eq!(workspace.run(&["mark", "2026-001", "accepted"]).status, 0);
    assert_eq!(workspace.run(&["mail", "ada", "--send", "--yes", "--again"]).status, 0);
    assert!(workspace.run(&["log"]).stdout.contains("accepted"));
    // The last mark counts.
    assert_eq!(workspace.run(&["mark", "2026-001", "sent"]).status, 0);
    assert!(!workspace.run(&["log"]).stdout.contains("accepted"));
}
