//! `explain` in all its forms, and what `build` says of needs that were only heard.

use crate::support::Workspace;

fn workspace() -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "offers/audit.md",
        "---\nlang: fr\nneeds:\n  lenteur: { label: un site rapide, words: [lent] }\n  seul: { label: personne }\n---\n\
         # Pourquoi\n- vos pages sont lentes #lenteur ^lentes\n- une refonte approche ^refonte\n\
         # Avantages\n- des chiffres #lenteur ^chiffres\n- une liste ^liste\n- un tiers ^tiers\n",
    );
    let profile = |name: &str, needs: &str, notes: &str| {
        format!("[client]\nname = \"{name}\"\n[situation]\nneeds = [{needs}]\nnotes = \"{notes}\"\n")
    };
    workspace.write(
        "clients/moulin.toml",
        profile("Moulin Bleu", "", "Site trop lent, vraiment lent. Brandade, brandade."),
    );
    workspace.write("clients/declare.toml", profile("Moulin Vert", "\"lenteur\"", ""));
    workspace
}

#[test]
fn build_says_what_it_heard_and_prints_it_nowhere() {
    let workspace = workspace();
    let answer = workspace.run(&["build", "moulin"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(
        answer.stderr.contains("moulin: needs heard in the notes, printed nowhere: Un site rapide\n"),
        "{}",
        answer.stderr
    );
    for command in ["context", "html"] {
        let answer = workspace.run(&[command, "moulin"]);
        assert_eq!(answer.status, 0);
        assert!(!answer.stdout.contains("site rapide") && !answer.stdout.contains("randade"));
    }
    let declared = workspace.run(&["build", "declare"]);
    assert!(!declared.stderr.contains("heard"), "{}", declared.stderr);
}

#[test]
fn suggestions_are_ready_to_paste() {
    let answer = workspace().run(&["explain", "moulin", "--suggest"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("needs = [\n  \"lenteur\",  # «"), "{}", answer.stdout);
    assert!(answer.stdout.contains("brandade (2)"), "{}", answer.stdout);
}

#[test]
fn differences_and_everyone() {
    let workspace = workspace();
    workspace.write("old.toml", "[client]\nname = \"Moulin Bleu\"\n");
    let answer = workspace.run(&["explain", "--diff", "old.toml", "clients/declare.toml"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("+ lenteur"), "{}", answer.stdout);
    assert!(answer.stdout.contains("− refonte"), "{}", answer.stdout);
    let same = workspace.run(&["explain", "--diff", "old.toml", "old.toml"]);
    assert!(same.stdout.contains("the same needs, the same choice"), "{}", same.stdout);
    let all = workspace.run(&["explain", "--all"]);
    assert_eq!(all.status, 0, "{}", all.stderr);
    assert!(all.stdout.contains("no item serves it"), "{}", all.stdout);
    assert!(all.stdout.contains("✘ refonte"), "{}", all.stdout);
    assert_eq!(workspace.run(&["explain"]).status, 2);
    assert_eq!(workspace.run(&["explain", "--all", "moulin"]).status, 2);
}
