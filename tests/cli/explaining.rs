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

const FLEET: &str = "\
---
lang: fr
needs:
  sinistres:
    label: casser moins
    words: [sinistres, accidents]
  bornes:
    label: recharger les voitures électriques
    words: [recharge]
  xyzzy:
    label: xyzzy
---
# Pourquoi
- Vos véhicules sont trop souvent accidentés, et la franchise double. #sinistres
- Vos véhicules électriques n'ont pas où se recharger. #bornes
- xyzzy #xyzzy
# Avantages
- Moins de chocs #sinistres
- Des bornes au dépôt #bornes
";

/// What `--hints` prints stands in a note's head as it is: then the scene is heard without any topic, as the offer's own.
#[test]
fn hints_are_ready_to_paste() {
    let workspace = workspace();
    workspace.write("offers/flotte.md", FLEET);
    let answer = workspace.run(&["explain", "--hints", "flotte"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    assert!(answer.stdout.contains("# for offers/flotte.md: the topics"), "{}", answer.stdout);
    assert!(answer.stdout.contains("      # fleet.accidents-insurance\n"), "{}", answer.stdout);
    assert!(answer.stdout.contains("# xyzzy: the thesaurus has no words"), "{}", answer.stdout);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    let of = |need: &str| {
        let start = lines.iter().position(|line| *line == format!("  {need}:")).unwrap() + 1;
        let end = start + lines[start..].iter().position(|line| *line == "    ]").unwrap();
        lines[start..=end].join("\n")
    };
    assert!(of("sinistres").contains("rétroviseur"), "{}", answer.stdout);
    assert!(!of("bornes").contains("rétroviseur"), "{}", answer.stdout);
    // Its own words are not proposed.
    assert!(!of("sinistres").contains("accidents,"), "{}", answer.stdout);
    let pasted = FLEET
        .replace(
            "    words: [sinistres, accidents]",
            &format!("    words: [sinistres, accidents]\n{}", of("sinistres")),
        )
        .replace("    words: [recharge]", &format!("    words: [recharge]\n{}", of("bornes")));
    workspace.write("offers/flotte.md", &pasted);
    workspace.write(
        "clients/taxi.toml",
        "offer = \"flotte\"\n[client]\nname = \"Taxi Vert\"\n[situation]\nnotes = \"Trois rétroviseurs en mars.\"\n",
    );
    workspace.write(
        "offers/tout.md",
        "---\nneeds:\n  a: { hints: [b] }\n---\n# Pourquoi\n- c #a\n# Avantages\n- d #a\n",
    );
    let answer = workspace.run(&["explain", "taxi"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("sinistres"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("fleet."), "{}", answer.stdout);
    let shipped = workspace.run(&["explain", "--hints", "tout"]);
    assert_eq!(
        shipped.stdout,
        "# offers/tout.md: each need has hints of its own: they are heard, and no topics\n"
    );
    // Nothing that the offer has now is proposed again.
    let again = workspace.run(&["explain", "--hints", "offers/flotte.md"]);
    assert!(!again.stdout.contains("rétroviseur"), "{}", again.stdout);
}

#[test]
fn hints_ask_which_offer() {
    let workspace = workspace();
    let several = workspace.run(&["explain", "--hints"]);
    workspace.write("offers/vide.md", "# Vide\n\nUn paragraphe.\n");
    workspace.write("offers/second.md", FLEET);
    for (asked, said) in [
        (vec!["explain", "--hints"], "error: which offer: the workspace has several offers"),
        (vec!["explain", "--hints", "secnd"], "hint: did you mean `second`?"),
        (vec!["explain", "--hints", "zzz"], "hint: offers/ has "),
        (vec!["explain", "--hints", "second.zzz"], "error: unknown offer `second.zzz`"),
        (vec!["explain", "--hints", "vide"], "error: the offer `vide` names no needs"),
    ] {
        let answer = workspace.run(&asked);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{asked:?}");
        assert!(answer.stderr.contains(said), "{asked:?}: {}", answer.stderr);
    }
    assert_eq!(several.status, 0, "{}", several.stderr);
    assert_eq!(workspace.run(&["explain", "--hints", "second", "--all"]).status, 2);
}

/// What a translation's vocabulary has is heard for a client in either language; a need that only the translation has is said.
#[test]
fn hints_of_a_translation_are_heard_in_both() {
    let workspace = workspace();
    let note = |title: &str, needs: &str, heads: [&str; 2]| {
        format!(
            "---\nlang: {title}\nneeds:\n{needs}---\n# {}\n- a #alpha ^a\n- b #beta ^b\n# {}\n- c #alpha ^c\n- d #beta ^d\n",
            heads[0], heads[1]
        )
    };
    let french = "  alpha: { label: premier lot }\n  beta: { label: second lot }\n";
    let english = "  alpha: { label: first lot, hints: [bathtub] }\n  beta: { label: second lot }\n  alhpa: { hints: [sink] }\n";
    workspace.write("offers/bain.md", note("fr", french, ["Pourquoi", "Avantages"]));
    workspace.write("offers/bain.en.md", note("en", english, ["Why", "Benefits"]));
    for lang in ["fr", "en"] {
        workspace.write(
            "clients/b.toml",
            format!("offer = \"bain\"\nlang = \"{lang}\"\n[client]\nname = \"B\"\n[situation]\nnotes = \"The bathtub leaks and it is cold.\"\n"),
        );
        let answer = workspace.run(&["explain", "b"]);
        assert!(answer.stdout.contains("1  alpha  inferred"), "{lang}: {}", answer.stdout);
        assert!(
            answer.stderr.contains("offers/bain.md has no need `alhpa`")
                && answer.stderr.contains("did you mean `alpha`?"),
            "{}",
            answer.stderr
        );
    }
    let both = workspace.run(&["explain", "--hints", "bain.en"]);
    assert!(
        both.stdout.contains("# for offers/bain.md:")
            && both.stdout.contains("# for offers/bain.en.md:"),
        "{}",
        both.stdout
    );
}
