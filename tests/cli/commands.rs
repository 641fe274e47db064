//! The other commands, and the grammar of all.

use crate::support::{Workspace, repository};

#[test]
fn wrong_usage_is_2_and_wrong_files_are_1() {
    let workspace = Workspace::small();
    for (arguments, status) in [
        (vec!["build"], 2),
        (vec!["build", "--all", "--jobs", "0"], 2),
        (vec!["build", "x", "--colour"], 2),
        (vec!["bild"], 2),
        (vec!["build", "--all", "--date", "tomorrow"], 2),
        (vec!["build", "nobody"], 1),
        (vec!["build", "--all"], 1),
        (vec!["explain", "nobody", "--workspace", "/nowhere"], 1),
        (vec!["--version"], 0),
        (vec!["build", "--help"], 0),
    ] {
        let answer = workspace.run(&arguments);
        assert_eq!(answer.status, status, "{arguments:?}: {}", answer.stderr);
    }
}

#[test]
fn help_has_examples() {
    let workspace = Workspace::small();
    for command in ["build", "explain", "check", "context", "html", "new"] {
        let answer = workspace.run(&[command, "--help"]);
        assert!(answer.stdout.contains(&format!("  propale {command}")), "{command}: {}", answer.stdout);
    }
}

#[test]
fn a_profile_that_is_not_there_is_met_with_the_nearest_name() {
    let workspace = Workspace::small();
    workspace.write("clients/nova-sante.toml", "[client]\nname = \"Nova\"\n");
    let answer = workspace.run(&["build", "clients/nova-snate.toml"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("did you mean `clients/nova-sante.toml`?"), "{}", answer.stderr);
}

#[test]
fn an_offer_or_layout_that_is_not_there_is_met_with_the_nearest_name() {
    let workspace = Workspace::small();
    workspace
        .write("clients/a.toml", "offer = \"adit\"\nlayout = \"propsal\"\n[client]\nname = \"A\"\n");
    let answer = workspace.run(&["check"]);
    assert_eq!(answer.status, 1);
    for part in [
        "unknown offer `adit`: no file offers/adit.md",
        "clients/a.toml:1:9",
        "did you mean `audit`?",
        "unknown layout `propsal`: no file templates/propsal.html.hbs",
        "clients/a.toml:2:10",
        "did you mean `proposal`?",
    ] {
        assert!(answer.stderr.contains(part), "{part}: {}", answer.stderr);
    }
}

#[test]
fn the_sample_workspace_has_no_problem() {
    let answer = Workspace::sample().run(&["check", "--strict"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("no problem"), "{}", answer.stderr);
    assert_eq!(answer.stdout, "");
}

#[test]
fn commands_that_only_say_write_nothing() {
    let workspace = Workspace::sample();
    let before = tree(&workspace);
    for arguments in [
        vec!["check"],
        vec!["explain", "nova-sante"],
        vec!["context", "nova-sante"],
        vec!["context", "nova-sante", "--origins"],
        vec!["html", "nova-sante"],
    ] {
        let (one, two) = (workspace.run(&arguments), workspace.run(&arguments));
        assert_eq!(one.status, 0, "{arguments:?}: {}", one.stderr);
        assert_eq!(one.stdout, two.stdout, "{arguments:?}");
    }
    assert_eq!(tree(&workspace), before);
}

fn tree(workspace: &Workspace) -> Vec<(String, Vec<String>)> {
    [".", "clients", "offers", "brand"].map(|name| (name.to_string(), workspace.list(name))).to_vec()
}

#[test]
fn explain_json_has_the_contract_s_shape() {
    let answer = Workspace::sample().run(&["explain", "nova-sante", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(json["client"], "nova-sante");
    assert_eq!(json["offer"], "chief-of-staff-externe");
    for need in json["needs"].as_array().unwrap() {
        let keys: Vec<&String> = need.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["covered_by", "evidence", "source", "tag"]);
    }
    assert_eq!(json["reasons"].as_array().unwrap().len(), 6);
    assert_eq!(json["benefits"].as_array().unwrap().len(), 5);
    for item in json["reasons"].as_array().unwrap().iter().chain(json["benefits"].as_array().unwrap()) {
        assert!(!item["because"].as_array().unwrap().is_empty(), "{item}");
        assert_eq!(item["rank"].is_null(), item["chosen"] == false, "{item}");
    }
}

#[test]
fn new_takes_the_next_number_and_its_profile_builds() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n[proposal]\nnumber = \"2026-041\"\n");
    let answer = workspace.run(&["new", "Nova Santé"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stdout.ends_with("clients/nova-sante.toml\n"), "{}", answer.stdout);
    let text = String::from_utf8(workspace.read("clients/nova-sante.toml")).unwrap();
    assert!(text.contains("number = \"2026-042\""), "{text}");
    workspace.build(&["nova-sante", "--strict"]);
    let again = workspace.run(&["new", "Nova Santé"]);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("clients/nova-sante.toml is there already"), "{}", again.stderr);
}

#[test]
fn fifty_new_at_once_share_no_number() {
    let workspace = Workspace::small();
    let children: Vec<_> = (0..50)
        .map(|i| {
            std::process::Command::new(crate::support::PROPALE)
                .args(["new", &format!("Client {i}"), "--date", "2026-11-26"])
                .current_dir(workspace.path())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let mut numbers: Vec<String> = (workspace.list("clients").iter())
        .map(|name| String::from_utf8(workspace.read(&format!("clients/{name}"))).unwrap())
        .map(|text| text.lines().find(|line| line.starts_with("number")).unwrap().to_string())
        .collect();
    numbers.sort();
    let expected: Vec<String> = (1..=50).map(|i| format!("number = \"2026-{i:03}\"")).collect();
    let bare: Vec<&str> = numbers.iter().map(|line| line.split("  #").next().unwrap().trim()).collect();
    assert_eq!(bare, expected);
}

#[test]
fn new_counts_profiles_with_faults_and_stops_at_a_faulty_pattern() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[proposal]\nnumber = \"2026-041\"\n[client\n");
    workspace.write("clients/b.toml", b"\xff");
    let answer = workspace.run(&["new", "C"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("the number of `clients/b.toml` is not known"), "{}", answer.stderr);
    let text = String::from_utf8(workspace.read("clients/c.toml")).unwrap();
    assert!(text.contains("number = \"2026-042\""), "{text}");
    workspace.write("propale.toml", "[house]\nname = \"B\"\n[numbering]\npattern = \"{yaer}-{seq}\"\n");
    let faulty = workspace.run(&["new", "D"]);
    assert_eq!(faulty.status, 1);
    assert!(faulty.stderr.contains("propale.toml:4:11"), "{}", faulty.stderr);
    assert!(!workspace.exists("clients/d.toml"));
}

#[test]
fn origins_say_what_a_setting_shadows() {
    let workspace = Workspace::small();
    workspace.write(
        "propale.toml",
        "[house]\nname = \"Brume\"\n[defaults]\nvalid_days = 20\nlang = \"fr\"\n",
    );
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n[proposal]\nvalid_days = 10\n");
    workspace.write("templates/partials/mentions.html.hbs", "");
    let answer = workspace.run(&["context", "a", "--origins"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let line = |what: &str| {
        let found = answer.stdout.lines().find(|line| line.starts_with(what));
        found
            .unwrap_or_else(|| panic!("{what}: {}", answer.stdout))
            .split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("proposal.valid_days"), "clients/a.toml:4:14, over propale.toml:4:14");
    assert_eq!(line("templates/partials/mentions.html.hbs"), "the workspace");
    assert_eq!(line("templates/proposal.css"), "the program");
}

#[test]
fn the_workspace_is_found_upwards() {
    let workspace = Workspace::small();
    workspace.write("clients/deep/x.txt", "");
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n");
    let output = std::process::Command::new(crate::support::PROPALE)
        .args(["explain", "a"])
        .current_dir(workspace.path().join("clients/deep"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lost = Workspace::empty().run(&["check"]);
    assert_eq!(lost.status, 1);
    assert!(
        lost.stderr.contains("error: no `propale.toml` in this folder or any above it"),
        "{}",
        lost.stderr
    );
}

#[test]
fn the_repository_is_a_workspace() {
    assert!(repository().join("propale.toml").is_file());
}

/// What our default sheet has and no browser's goes with the page, below the layout's own rules.
#[test]
fn tasks_have_their_boxes_in_a_browser() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n");
    assert!(!workspace.run(&["html", "a"]).stdout.contains("@layer"));
    let note = String::from_utf8(workspace.read("offers/audit.md")).unwrap();
    workspace.write("offers/audit.md", note + "\n## plus\n\n- un\n  - [x] fait\n");
    let html = workspace.run(&["html", "a"]).stdout;
    assert!(html.contains("<li data-task=\"done\">fait</li>"), "{html}");
    let boxes = html.find("li[data-task=\"done\"]::marker { content: \"☑ \" }").expect("the rule");
    assert!(html[..boxes].ends_with("li[data-task=\"open\"]::marker { content: \"☐ \" }\n"));
    assert!(html[..boxes].contains("@layer {") && html[boxes..].contains("@page"));
}
