//! `build`: files, names, repeatability, and one bad among many.

use crate::support::Workspace;

const MOULIN: &str = "[client]\nname = \"Le Moulin Bleu\"\n[situation]\nneeds = [\"lenteur\"]\n";

#[test]
fn prints_the_path_of_a_pdf() {
    let workspace = Workspace::small();
    workspace.write("clients/moulin.toml", MOULIN);
    let pdf = workspace.build(&["moulin"]);
    assert_eq!(pdf.file_name().unwrap(), "proposition-le-moulin-bleu-2026-11-26.pdf");
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF-1.7"));
    assert_eq!(workspace.list("out").len(), 1, "no temporary file is left");
}

#[test]
fn a_path_a_name_and_a_profile_outside_the_workspace_all_work() {
    let workspace = Workspace::small();
    workspace.write("clients/moulin.toml", MOULIN);
    let elsewhere = Workspace::empty();
    elsewhere.write("x.toml", MOULIN);
    let outside = elsewhere.path().join("x.toml");
    let said = [vec!["moulin"], vec!["clients/moulin.toml"], vec![outside.to_str().unwrap()]];
    let pdfs: Vec<Vec<u8>> = said
        .iter()
        .map(|arguments| {
            // The same client twice would be two profiles with one file name.
            if arguments[0].ends_with("x.toml") {
                std::fs::remove_file(workspace.path().join("clients/moulin.toml")).unwrap();
            }
            std::fs::read(workspace.build(arguments)).unwrap()
        })
        .collect();
    assert!(pdfs.iter().all(|pdf| *pdf == pdfs[0]));
}

#[test]
fn the_seed_note_works_unmodified_with_a_three_line_profile() {
    let workspace = Workspace::empty();
    workspace.write("propale.toml", "[house]\nname = \"Atome\"\n");
    let seed = std::fs::read(crate::support::repository().join("tests/offer/seed.md")).unwrap();
    workspace.write("offers/chief-of-staff-externe.md", seed);
    workspace.write(
        "clients/a.toml",
        "offer = \"chief-of-staff-externe\"\n[client]\nname = \"Alizé Conseil\"\n",
    );
    workspace.build(&["a"]);
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (one, two) = (Workspace::sample(), Workspace::sample());
    let first = one.run(&["build", "--all", "--jobs", "1"]);
    let second = two.run(&["build", "--all", "--jobs", "4", "--out", "elsewhere/deep"]);
    assert_eq!((first.status, second.status), (0, 0), "{}\n{}", first.stderr, second.stderr);
    let names = one.list("out");
    assert!(names.len() >= 5);
    assert_eq!(names, two.list("elsewhere/deep"));
    for name in names {
        let (a, b) = (one.read(&format!("out/{name}")), two.read(&format!("elsewhere/deep/{name}")));
        assert!(a == b, "{name} differs between folders and jobs");
    }
    let alone = Workspace::sample();
    let pdf = alone.build(&["nova-sante"]);
    let name = pdf.file_name().unwrap().to_str().unwrap().to_string();
    assert!(std::fs::read(pdf).unwrap() == one.read(&format!("out/{name}")), "alone and in a batch");
}

#[test]
fn another_day_gives_other_bytes() {
    let workspace = Workspace::sample();
    let one = std::fs::read(workspace.build(&["nova-sante", "--date", "2026-12-01"])).unwrap();
    let two = std::fs::read(workspace.build(&["nova-sante", "--date", "2026-12-02"])).unwrap();
    assert!(one != two);
}

#[test]
fn file_names_are_ascii_and_at_most_60_characters() {
    let workspace = Workspace::small();
    let name = "Établissement Œuvre ".repeat(8);
    workspace.write(
        "clients/long.toml",
        format!("lang = \"en\"\n[client]\nname = \"{name}\"\n[proposal]\nnumber = \"2026-014\"\nrevision = 2\n"),
    );
    let pdf = workspace.build(&["long"]);
    let file = pdf.file_name().unwrap().to_str().unwrap();
    assert!(file.is_ascii() && file.len() <= 60, "{file}");
    assert!(file.starts_with("proposal-etablissement-oeuvre"), "{file}");
    assert!(file.ends_with("-2026-014-r2.pdf"), "{file}");
}

#[test]
fn one_bad_among_many_keeps_its_earlier_file_and_stops_nobody() {
    let workspace = Workspace::small();
    workspace.write("clients/good.toml", MOULIN);
    workspace
        .write("clients/bad.toml", MOULIN.replace("Le Moulin Bleu", "Autre").replace("name", "nam"));
    workspace.write("out/proposition-autre-2026-11-26.pdf", "earlier");
    let answer = workspace.run(&["build", "--all"]);
    assert_eq!(answer.status, 1);
    assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    assert!(answer.stdout.ends_with("proposition-le-moulin-bleu-2026-11-26.pdf\n"));
    assert!(answer.stderr.contains("clients/bad.toml:2:1"), "{}", answer.stderr);
    assert!(answer.stderr.contains("did you mean `name`?"), "{}", answer.stderr);
    assert!(answer.stderr.contains("built 1 of 2 proposals"), "{}", answer.stderr);
    assert_eq!(workspace.read("out/proposition-autre-2026-11-26.pdf"), b"earlier");
}

#[test]
fn a_faulty_neighbour_is_a_warning() {
    let workspace = Workspace::small();
    workspace.write("clients/good.toml", MOULIN);
    workspace.write("clients/bad.toml", "[client\n");
    let answer = workspace.run(&["build", "good"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(
        answer.stderr.contains("warning: the profile `clients/bad.toml` has errors"),
        "{}",
        answer.stderr
    );
}

#[test]
fn two_profiles_with_one_number_are_both_refused() {
    let workspace = Workspace::small();
    for name in ["A", "B"] {
        workspace.write(
            &format!("clients/{name}.toml"),
            format!("[client]\nname = \"{name}\"\n[proposal]\nnumber = \"2026-001\"\n"),
        );
    }
    for arguments in [vec!["build", "--all"], vec!["build", "A"]] {
        let answer = workspace.run(&arguments);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
        assert!(
            answer.stderr.contains("the number 2026-001 is also that of clients/B.toml"),
            "{}",
            answer.stderr
        );
        assert!(answer.stderr.contains("clients/A.toml:4:10"), "{}", answer.stderr);
    }
    assert!(!workspace.exists("out"));
}

#[test]
fn a_file_is_never_that_of_two_clients() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"Le Moulin Bleu\"\n");
    workspace.write("clients/b.toml", "[client]\nname = \"Le moulin bleu !\"\n");
    let answer = workspace.run(&["build", "a"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
    assert!(
        answer
            .stderr
            .contains("`proposition-le-moulin-bleu-2026-11-26.pdf` would be the file of two clients"),
        "{}",
        answer.stderr
    );
}

#[test]
fn strict_makes_warnings_errors() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "lang = \"en\"\n[client]\nname = \"Blue Mill\"\n");
    assert_eq!(workspace.run(&["build", "a"]).status, 0);
    let answer = workspace.run(&["build", "a", "--strict", "--out", "strict"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
    assert!(
        answer.stderr.contains("error: the offer `audit` has no text in en-GB"),
        "{}",
        answer.stderr
    );
    assert!(!workspace.exists("strict"));
}

#[test]
fn an_output_folder_that_cannot_be_written_is_said() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", MOULIN);
    workspace.write("taken", "a file");
    for out in ["taken", "taken/deep"] {
        let answer = workspace.run(&["build", "a", "--out", out]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
        let said = "taken`: expected a folder, found a file";
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
        assert!(answer.stderr.contains("hint: name a folder with `--out DIR`"), "{}", answer.stderr);
    }
}

/// Each client in each shipped layout: nothing to warn about, and no longer than the layout allows.
#[test]
fn every_layout_prints_every_client() {
    for (layout, _) in crate::document::LAYOUTS {
        let workspace = Workspace::sample();
        let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
        let chosen = house.replace("layout = \"proposal\"", &format!("layout = \"{layout}\""));
        workspace.write("propale.toml", chosen);
        let answer = workspace.run(&["build", "--all", "--strict"]);
        assert_eq!(
            (answer.status, answer.stdout.lines().count()),
            (0, 5),
            "{layout}: {}",
            answer.stderr
        );
    }
}

/// One `[brand]` is enough for all layouts: colours and faces of the house reach every one of them.
#[test]
fn a_brand_reaches_every_layout() {
    for (layout, _) in crate::document::LAYOUTS {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", format!("layout = \"{layout}\"\n[client]\nname = \"A\"\n"));
        let house = "[house]\nname = \"Studio Brume\"\n[brand]\nprimary = \"#3b2a5a\"\naccent = \"#b25f00\"\n\
                     paper = \"#fffdf7\"\nheading_font = \"Source Sans 3\"\nbody_font = \"Source Serif 4 Display\"\n";
        workspace.write("propale.toml", house);
        let html = workspace.run(&["html", "a"]).stdout;
        assert!(html.contains("--brand-primary: #3b2a5a"), "{layout}");
        let plain = std::fs::read(workspace.build(&["a"])).unwrap();
        workspace.write("propale.toml", house.replace("#3b2a5a", "#3b2a5b"));
        assert_ne!(plain, std::fs::read(workspace.build(&["a"])).unwrap(), "{layout}");
    }
}
