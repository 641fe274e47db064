//! Every command that the README shows works as it is written.

use std::path::Path;
use std::process::Command;

use crate::support::{PROPALE, Workspace, answer, repository};

/// The fenced blocks of one language, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in readme.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(said)) => open = Some((said == language, String::new())),
            (Some(_), Some(_)) => {
                let (wanted, block) = open.take().unwrap();
                blocks.extend(wanted.then_some(block));
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// `propale` on the path, as after `cargo install`.
fn shell(script: &str, folder: &Path) -> crate::support::Answer {
    let programs = Path::new(PROPALE).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(programs.to_path_buf())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let output = Command::new("bash")
        .args(["-e", "-u", "-c", script])
        .env("PATH", path.unwrap())
        .current_dir(folder)
        .output()
        .unwrap();
    answer(output)
}

#[test]
fn two_commands_do_all_the_set_up() {
    let blocks = blocks("sh");
    let sample =
        blocks[0].trim_end().strip_prefix("cargo run -- ").expect("the first command makes a sample");
    assert_eq!(blocks[1].trim_end(), "cargo test");
    let workspace = Workspace::sample();
    let answer = shell(&format!("propale {sample}"), workspace.path());
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(Path::new(answer.stdout.trim_end()).is_file(), "{}", answer.stdout);
    assert_eq!(answer.stderr, "", "the first thing a newcomer sees is clean");
}

#[test]
fn the_five_minute_tour_works_as_written() {
    let folder = Workspace::empty();
    let [_, _, tour, after, layout] = &blocks("sh")[..] else {
        panic!("the README's blocks changed: change this test")
    };
    let first = shell(tour, folder.path());
    assert_eq!(first.status, 0, "{}\n{}", first.stdout, first.stderr);
    assert!(first.stderr.contains("no problem"), "{}", first.stderr);
    let then = shell(&format!("cd my-office\n{after}"), folder.path());
    assert_eq!(then.status, 0, "{}\n{}", then.stdout, then.stderr);
    assert_eq!(folder.list("my-office/out").len(), 1);
    let own = shell(&format!("cd my-office\n{layout}"), folder.path());
    assert_eq!(own.status, 0, "{}\n{}", own.stdout, own.stderr);
    assert!(own.stderr.contains("no problem"), "{}", own.stderr);
    assert!(folder.exists("my-office/page.html") && folder.exists("my-office/clients/nova-sante.toml"));
}

#[test]
fn the_table_of_commands_is_the_program_s() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let help = Workspace::small().run(&["--help"]).stdout;
    let commands: Vec<&str> = (help.lines())
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 6, "{help}");
    for command in commands {
        assert!(
            readme.contains(&format!("| `propale {command} "))
                || readme.contains(&format!("| `propale {command}`")),
            "{command}"
        );
    }
}

#[test]
fn every_document_it_points_to_is_there() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut count = 0;
    for link in links.filter(|link| !link.contains("://")) {
        assert!(repository().join(link).is_file(), "{link}");
        count += 1;
    }
    assert!(count >= 5);
}
