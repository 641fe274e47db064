//! Faults that pages show are said where a file of the user's writes what they are about.

use image::ExtendedColorType;

use crate::image::png;
use crate::support::Workspace;

const PAGE: &str = "<!doctype html><html lang=\"fr\"><head><title>t</title><meta name=\"max-pages\" content=\"1\">\
                    </head>\n<body>";

fn page(workspace: &Workspace, body: &str) {
    workspace.write("templates/page.html.hbs", format!("{PAGE}\n{body}\n</body></html>"));
}

#[test]
fn too_many_pages_are_said_of_the_client() {
    let workspace = Workspace::small();
    page(
        &workspace,
        "<p>{{client.name}}</p>{{#if contact}}<p style=\"break-before: page\">x</p>{{/if}}",
    );
    let contact = "[contact]\nname = \"C\"\n";
    workspace.write("clients/a.toml", format!("layout = \"page\"\n[client]\nname = \"A\"\n{contact}"));
    workspace.write("clients/b.toml", "layout = \"page\"\n[client]\nname = \"B\"\n");
    workspace.write("propale.toml", "[house]\nname = \"Brume\"\n[defaults]\nlayout = \"page\"\n");
    workspace.write("clients/c.toml", format!("[client]\nname = \"C\"\n{contact}"));
    let said = workspace.run(&["build", "--all"]).stderr;
    assert_eq!(said.matches("2 pages, but the layout allows 1").count(), 2, "{said}");
    assert!(said.contains("clients/a.toml:1:10") && said.contains("clients/c.toml:2:8"), "{said}");
    assert!(!said.contains("page.html.hbs"), "{said}");
}

#[test]
fn a_coarse_picture_is_said_once_where_its_file_is_named() {
    let workspace = Workspace::small();
    page(
        &workspace,
        "{{#if client.logo}}<img src=\"{{client.logo}}\" alt=\"a\" style=\"width: 40mm\">\n\
         <img src=\"{{client.logo}}\" alt=\"a\" style=\"width: 80mm\">{{/if}}",
    );
    workspace.write("brand/s.png", png(40, 1, ExtendedColorType::L8, &[9; 40]));
    workspace
        .write("clients/a.toml", "layout = \"page\"\n[client]\nname = \"A\"\nlogo = \"brand/s.png\"\n");
    let said = workspace.run(&["build", "a"]).stderr;
    assert_eq!(said.matches("it will look coarse").count(), 1, "{said}");
    assert!(said.contains("printed at 13 dpi") && said.contains("clients/a.toml:4:8"), "{said}");
}

#[test]
fn a_mark_that_turns_text_around_is_said_once_where_it_is_written() {
    for (name, column) in [("Mou\\u202elin", 8), ("Mou\u{202E}lin", 12)] {
        for layout in ["proposal", "letter", "deck"] {
            let workspace = Workspace::small();
            let profile = format!("layout = \"{layout}\"\n[client]\nname = \"{name}\"\n");
            workspace.write("clients/a.toml", profile);
            let answer = workspace.run(&["build", "a"]);
            let said = &answer.stderr;
            assert_eq!((answer.status, said.matches("error: ").count()), (1, 1), "{said}");
            assert!(said.contains("right-to-left text is not supported: U+202E"), "{said}");
            assert!(said.contains(&format!("clients/a.toml:3:{column}")), "{said}");
        }
    }
}

#[test]
fn a_placeholder_is_said_once_in_whatever_lines_it_is_printed() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"A {{x}} b\"\n");
    let said = workspace.run(&["build", "a"]).stderr;
    assert_eq!(said.matches("a placeholder is printed").count(), 1, "{said}");
    assert!(said.contains("clients/a.toml:2:11"), "{said}");
}

#[test]
fn a_layouts_own_words_are_said_where_it_has_them() {
    let workspace = Workspace::small();
    workspace.write("templates/page.css", "p { position: absolute; left: 400mm; white-space: nowrap }");
    page(
        &workspace,
        "<p>Lyon</p><p>à <b>Lyon</b></p><p>{{client.name}}</p>\n<p>{{client.name}} et <i>Lyon</i></p>",
    );
    workspace.write("clients/a.toml", "layout = \"page\"\n[client]\nname = \"Soie de Lyon\"\n");
    let said = workspace.run(&["build", "a"]).stderr;
    let places: Vec<&str> = said
        .lines()
        .filter(|line| line.trim_start().starts_with("--> "))
        .map(|line| line.trim())
        .filter(|place| !place.contains("propale.toml"))
        .collect();
    // The column of each start tag; the name alone is the profile's.
    let own = |place: &str| format!("--> templates/page.html.hbs:{place}");
    for expected in [own("3:1"), own("3:17"), "--> clients/a.toml:3:8".into()] {
        assert!(places.contains(&expected.as_str()), "{expected}: {said}");
    }
    assert!(!said.contains("clients/a.toml:3:16"), "{said}");
}

#[test]
fn profiles_that_cannot_be_read_count_in_the_closing_line() {
    let workspace = Workspace::small();
    workspace.write("clients/good.toml", "[client]\nname = \"Bon\"\n");
    let closing = |arguments: &[&str]| {
        let answer = workspace.run(arguments);
        assert_eq!(answer.status, 1, "{}", answer.stderr);
        answer.stderr.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(closing(&["build", "good", "nobody"]), "built 1 of 2 proposals: 1 error");
    workspace.write("clients/bad.toml", b"[client]\nname = \"\xff\"\n");
    assert_eq!(closing(&["build", "--all"]), "built 1 of 2 proposals: 1 error");
    assert_eq!(closing(&["check"]), "checked 2 profiles: 1 error");
    let file = std::fs::File::create(workspace.path().join("clients/bad.toml")).unwrap();
    file.set_len(11 << 20).unwrap();
    assert_eq!(closing(&["build", "--all"]), "built 1 of 2 proposals: 1 error");
    #[cfg(unix)]
    {
        std::fs::remove_file(workspace.path().join("clients/bad.toml")).unwrap();
        std::os::unix::fs::symlink("nothing", workspace.path().join("clients/bad.toml")).unwrap();
        let said = workspace.run(&["build", "bad"]).stderr;
        assert!(said.starts_with("error: `clients/bad.toml` is a link to a file that"), "{said}");
        assert!(said.ends_with("built 0 of 1 proposals: 1 error\n"), "{said}");
    }
}

#[test]
fn missing_pictures_are_said_beside_the_faults_of_their_layout() {
    let workspace = Workspace::small();
    page(
        &workspace,
        "<img src=\"a.png\">\n{{#if pricing}}<img src=\"/brand/b.png\" alt=\"x\">{{/if}}\n<p clas=\"x\">y</p>",
    );
    workspace
        .write("clients/a.toml", "layout = \"page\"\n[client]\nname = \"A\"\nlogo = \"brand/c.png\"\n");
    let answer = workspace.run(&["build", "a"]);
    let said = &answer.stderr;
    for (message, place) in [
        ("`<img>` has no alt", "page.html.hbs:3:1\n"),
        ("no file `templates/a.png`", "page.html.hbs:3:11\n"),
        ("no file `brand/b.png`", "page.html.hbs:4:26\n"),
        ("unknown attribute `clas`", "page.html.hbs:5:4\n"),
        ("no file `brand/c.png`", "clients/a.toml:4:8\n"),
    ] {
        assert_eq!(said.matches(message).count(), 1, "{message}: {said}");
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(said.ends_with("built 0 of 1 proposals: 5 errors\n"), "{said}");
}

/// A character that a note or the terms write by its number is found where it is written.
#[test]
fn a_character_reference_is_found_in_the_note() {
    let workspace = Workspace::small();
    let house = String::from_utf8(workspace.read("propale.toml")).unwrap();
    workspace.write("propale.toml", house + "terms = \"cgv.md\"\n");
    workspace.write("cgv.md", "Une clause.\n\nUne autre&nbsp;: &#xE001; ici.\n");
    workspace.write("clients/a.toml", "[client]\nname = \"A\"\n");
    let note = workspace.list("offers").remove(0);
    let text = String::from_utf8(workspace.read(&format!("offers/{note}"))).unwrap();
    let lines = text.lines().count();
    workspace.write(
        &format!("offers/{note}"),
        text + "\n## Plus\n\nUn mot &amp; un signe&#x202F;: &#xE000; ici.\n",
    );
    let said = workspace.run(&["build", "a"]).stderr;
    assert!(said.contains("U+E000") && said.contains("U+E001"), "{said}");
    assert!(said.contains(&format!("offers/{note}:{}:32", lines + 4)), "{said}");
    assert!(said.contains("cgv.md:3:18"), "{said}");
    assert!(!said.contains("html.hbs"), "{said}");
}

/// A picture that is wider than its line is no text that sticks out.
#[test]
fn a_wide_picture_is_not_called_text() {
    let workspace = Workspace::small();
    page(&workspace, "<p style=\"width: 60px\"><img src=\"/brand/s.png\" alt=\"a\"> mot</p>");
    workspace.write("brand/s.png", png(100, 100, ExtendedColorType::L8, &vec![9; 10_000]));
    workspace.write("clients/a.toml", "layout = \"page\"\n[client]\nname = \"A\"\n");
    let said = workspace.run(&["build", "a"]).stderr;
    assert!(!said.contains("sticks out"), "{said}");
}

/// A large picture of a note is as wide as its column in every shipped layout, and nothing sticks out.
#[test]
fn large_pictures_of_a_note_fit() {
    let workspace = Workspace::small();
    let note = String::from_utf8(workspace.read("offers/audit.md")).unwrap();
    let picture = "![a](../brand/s.png)";
    workspace.write(
        "offers/audit.md",
        format!(
            "{note}\n## services\n- **{picture} Un** : {picture}\n- {picture}\n\n## plus\n\n{picture}\n"
        ),
    );
    workspace.write("brand/s.png", png(2400, 800, ExtendedColorType::L8, &vec![9; 1_920_000]));
    for layout in ["proposal", "letter", "deck"] {
        workspace.write("clients/a.toml", format!("layout = \"{layout}\"\n[client]\nname = \"A\"\n"));
        let said = workspace.run(&["build", "a"]).stderr;
        assert!(!said.contains("sticks out") && !said.contains("beyond"), "{layout}: {said}");
    }
}

/// What PDF/A has no room for is refused where it is written, and nothing is written.
#[test]
fn what_is_too_long_to_keep_is_said_where_it_is_written() {
    let workspace = Workspace::small();
    let long = "nom ".repeat(8_200);
    let note = String::from_utf8(workspace.read("offers/audit.md")).unwrap();
    let lines = note.lines().count();
    let picture = format!("![{}](../brand/s.png)", "plan ".repeat(7_000));
    workspace.write("offers/audit.md", format!("{note}\n## plus\n\n{picture}\n"));
    workspace.write("brand/s.png", png(400, 400, ExtendedColorType::L8, &vec![9; 160_000]));
    workspace.write("clients/a.toml", format!("[client]\nname = \"{long}\"\n"));
    let html = format!("{PAGE}</body></html>")
        .replace("<title>t", "<title>{{proposal.title}} – {{client.name}}");
    let html = html.replace(
        "<body>",
        "<body><h1>t</h1>{{#each offer.sections}}{{#if prose}}{{{prose}}}{{/if}}{{/each}}",
    );
    workspace.write("templates/proposal.html.hbs", html);
    let said = workspace.run(&["build", "a"]).stderr;
    assert!(
        said.contains("the document's title is too long") && said.contains("clients/a.toml:2:9"),
        "{said}"
    );
    assert!(said.contains("the picture's alternative text is too long"), "{said}");
    assert!(said.contains(&format!("offers/audit.md:{}:3", lines + 4)), "{said}");
    assert!(!workspace.exists("out"), "{said}");
}
