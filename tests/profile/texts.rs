//! What the table of keys writes: the profile of `propale new`, and the reference.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::client::Client;
use propale::proposal::house::House;
use propale::proposal::keys::reference;
use propale::proposal::new;

fn faults_of_profile(text: &str) -> String {
    let mut diagnostics = Diagnostics::new();
    Client::read(&Source::new("clients/a.toml", text), "a", &mut diagnostics);
    diagnostics.one_lines()
}

/// `# key = value  # doc` and `# [header]` become keys and headers.
fn filled(text: &str) -> String {
    let key = |line: &str| {
        let bare = line.strip_prefix("# ")?;
        let word = bare.split([' ', ']']).next()?.trim_start_matches('[');
        let is_key = bare.starts_with('[') || bare[word.len()..].starts_with(" = ");
        is_key.then(|| bare.to_owned())
    };
    text.lines().map(|line| key(line).unwrap_or(line.to_owned()) + "\n").collect()
}

#[test]
fn a_new_profile_reads_without_a_fault() {
    let text = new::profile("Nova Santé", Some("chief-of-staff-externe"), "2026-015");
    crate::golden::check("profile/new.toml", &text);
    assert_eq!(faults_of_profile(&text), "");
    for name in ["\"Quoted\" \\ name", "{{x}}", "L’Œuvre & Cie", "a = 1 # b"] {
        let text = new::profile(name, None, "2026-015");
        assert_eq!(faults_of_profile(&text), "", "{name}");
        let client = Client::read(&Source::new("a", text), "a", &mut Diagnostics::new());
        assert_eq!(client.map(|client| client.company.name.value).as_deref(), Some(name));
    }
}

#[test]
fn every_example_of_a_new_profile_may_stand() {
    let text = filled(&new::profile("Nova Santé", Some("chief-of-staff-externe"), "2026-015"));
    let faults = faults_of_profile(&text);
    let alternatives: Vec<&str> =
        faults.lines().map(|line| line.split_once(": ").map_or(line, |(_, rest)| rest)).collect();
    let alternatives: Vec<&str> =
        alternatives.iter().filter_map(|line| line.split_once(": ")).map(|(_, rest)| rest).collect();
    assert_eq!(
        alternatives,
        [
            "[pricing] has both `deposit` and `schedule`: keep one of them",
            "[pricing] has both `lines` and `packages`: keep one of them",
        ],
        "{faults}"
    );
}

#[test]
fn every_example_of_the_reference_may_stand() {
    crate::golden::check("profile/reference.md", &(reference::profile() + "\n" + &reference::house()));
    let mut text = String::new();
    for line in reference::house().lines() {
        if let Some(header) = line.strip_prefix("#### `") {
            text += &format!("{}\n", header.trim_end_matches('`'));
        } else if let Some(row) = line.strip_prefix("| `") {
            let (key, rest) = row.split_once('`').unwrap();
            let example = rest.split('`').nth(1).unwrap();
            text += &format!("{key} = {example}\n");
        }
    }
    let mut diagnostics = Diagnostics::new();
    House::read(&Source::new("propale.toml", text), &mut diagnostics);
    let faults = diagnostics.one_lines();
    let alternatives: Vec<&str> = faults.lines().collect();
    assert_eq!(alternatives.len(), 3, "{faults}");
    for alternative in [
        "`password_env` and `password_command` are both given",
        "`company_number` is not printed for a house of FR",
        "an EI in a profession libérale is in no trade register",
    ] {
        assert!(faults.contains(alternative), "{faults}");
    }
}

#[test]
fn a_name_makes_a_file() {
    for (name, expected) in [
        ("Nova Santé", Some("nova-sante")),
        ("../../etc/passwd", Some("etc-passwd")),
        ("Œuvre & Cie", Some("oeuvre-cie")),
        ("🙂", None),
        ("株式会社", None),
    ] {
        assert_eq!(new::stem(name).as_deref(), expected, "{name}");
    }
}

#[test]
fn the_number_of_a_broken_profile_is_known() {
    let number = |text: &str| Client::number(&Source::new("a", text));
    assert_eq!(number("[proposal]\nnumber = \"2026-014\"\n[client\n"), Some("2026-014".into()));
    assert_eq!(number("[proposal]\nnumber = 3"), None);
    assert_eq!(number(""), None);
}
