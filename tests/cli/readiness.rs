//! What nobody should find in a proposal that was sent: another client's name, placeholders, grey on grey.

use crate::support::Workspace;

/// A workspace with other clients, whose note is `note`.
fn workspace(note: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.write("offers/audit.md", format!("---\ntitle: audit\nlang: fr\n---\n{note}\n"));
    for (stem, name) in
        [("nova", "Nova Santé"), ("oreal", "L’Oréal"), ("orange", "Orange"), ("ruches", "Ruches & Cie")]
    {
        workspace.write(&format!("clients/{stem}.toml"), format!("[client]\nname = \"{name}\"\n"));
    }
    workspace
}

/// What `check` says of one profile, the messages and places alone.
fn said(workspace: &Workspace, profile: &str) -> Vec<String> {
    workspace.write("clients/a.toml", profile);
    let answer = workspace.run(&["check", "a"]);
    let mut lines = answer.stderr.lines().peekable();
    let mut said = vec![];
    while let Some(line) = lines.next() {
        if !line.starts_with("error: ") && !line.starts_with("warning: ")
            || line.contains("missing mention")
        {
            continue;
        }
        let place = lines.peek().and_then(|next| next.trim().strip_prefix("--> ")).unwrap_or("nowhere");
        said.push(format!("{place} {line}"));
    }
    said
}

#[test]
fn another_clients_name_is_an_error() {
    let workspace = workspace(
        "Comme chez Nova **Santé**.\n\n### pourquoi\n- comme à L'Oréal, ou Orange\n- ou l'orange",
    );
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n"),
        [
            "offers/audit.md:5:12 error: another client's name is printed: `Nova Santé`, of clients/nova.toml",
            "offers/audit.md:8:23 error: another client's name is printed: `Orange`, of clients/orange.toml",
            "offers/audit.md:8:11 error: another client's name is printed: `L'Oréal`, of clients/oreal.toml",
        ]
    );
    assert_eq!(
        said(
            &workspace,
            "[client]\nname = \"A\"\n[proposal]\nallow_names = [\"Nova Santé\", \"L'Oréal\", \"Orange\"]\n"
        ),
        [""; 0]
    );
    // Part of a longer word, of this client's name or of the house's is nobody else's.
    let workspace = self::workspace("Une orange, des Oranges, Orangerie.");
    assert_eq!(
        said(&workspace, "[client]\nname = \"Orange Bleue\"\n[situation]\nsummary = \"Orange Bleue\"\n"),
        [""; 0]
    );
    // What is written in the profile is placed there.
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n[situation]\nsummary = \"Comme Orange\"\n"),
        [
            "clients/a.toml:4:18 error: another client's name is printed: `Orange`, of clients/orange.toml"
        ]
    );
    assert!(!workspace.exists("out"));
}

#[test]
fn a_printed_reference_may_be_named() {
    let workspace = workspace("Un audit.");
    workspace.write(
        "propale.toml",
        "[house]\nname = \"Brume\"\n[[references]]\nclient = \"Ruches & Cie\"\nwhat = \"Un an chez Ruches & Cie\"\n",
    );
    assert_eq!(said(&workspace, "[client]\nname = \"A\"\n"), [""; 0]);
    assert_eq!(
        said(
            &workspace,
            "[client]\nname = \"A\"\n[selection]\nreferences = []\n[situation]\nsummary = \"Ruches & Cie\"\n"
        ),
        [
            "clients/a.toml:6:12 error: another client's name is printed: `Ruches & Cie`, of clients/ruches.toml"
        ]
    );
}

#[test]
fn a_placeholder_is_an_error() {
    let workspace = workspace(
        "Pour {{client}}, et non {{ ou }} seuls.\n\n### pourquoi\n- un XXX, un XX, MAXXXI\n- TODO, todo\n- à Compléter",
    );
    let error = |place: &str, found: &str| format!("{place} error: a placeholder is printed: `{found}`");
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n[next_step]\ntext = \"lorem *ipsum*\"\n"),
        [
            error("offers/audit.md:5:6", "{{client}}"),
            error("offers/audit.md:5:25", "{{ ou }}"),
            error("offers/audit.md:8:6", "XXX"),
            error("offers/audit.md:9:3", "TODO"),
            error("offers/audit.md:10:3", "À Compléter"),
            error("clients/a.toml:4:9", "lorem ipsum"),
        ]
    );
    let workspace = self::workspace("Un {{ seul, et } un <.");
    assert_eq!(said(&workspace, "[client]\nname = \"A\"\n"), [""; 0]);
}

#[test]
fn brand_colours_that_are_hard_to_read_are_said_once_a_pair() {
    let workspace = workspace("Un audit.");
    let house = |brand: &str| format!("[house]\nname = \"Brume\"\n[brand]\n{brand}\n");
    workspace.write("propale.toml", house("muted = \"#c0c0c0\"\naccent = \"#ffff00\""));
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n"),
        [
            "propale.toml:4:9 warning: text in `muted` #c0c0c0 on #ffffff has a contrast of 1.8 to 1, and WCAG AA asks for 4.5 to 1"
        ]
    );
    workspace.write("propale.toml", house("primary = \"#767676\""));
    assert_eq!(said(&workspace, "[client]\nname = \"A\"\n"), [""; 0]);
}

#[test]
fn text_on_a_page_with_a_gradient_is_not_judged() {
    let workspace = workspace("Un audit.");
    let html = "<html lang=\"fr\"><head><title>t</title></head><body><p>blanc</p></body></html>";
    workspace.write("templates/own.html.hbs", html);
    for (page, weak) in [
        ("@page { background: linear-gradient(#112233, #224466) }", 0),
        ("@page :first { background: linear-gradient(#112233, #224466) }", 0),
        ("@page { background: #112233 }", 0),
        ("@page { background: #eeeeee }", 1),
    ] {
        workspace.write("templates/own.css", format!("{page} body {{ color: #ffffff }}"));
        let said = said(&workspace, "layout = \"own\"\n[client]\nname = \"A\"\n");
        let found = said.iter().filter(|line| line.contains("has a contrast of")).count();
        assert_eq!(found, weak, "{page}: {said:?}");
    }
}

#[test]
fn an_empty_section_is_said() {
    let workspace = workspace("Un audit.\n\n### pourquoi\n\n### et puis\ntexte");
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n"),
        ["offers/audit.md:7:1 warning: nothing stands under the heading “Pourquoi”: it is not printed"]
    );
    workspace.write(
        "templates/own.html.hbs",
        "<html lang=\"fr\"><head><title>t</title></head><body><h1>un</h1><h2>deux</h2><p>a</p><h2>trois</h2>\n<h2>quatre</h2><p></p></body></html>",
    );
    let workspace_said = said(&workspace, "layout = \"own\"\n[client]\nname = \"A\"\n");
    assert_eq!(
        workspace_said[1..],
        [
            "templates/own.html.hbs:1:84 warning: nothing stands under the heading “trois”",
            "templates/own.html.hbs:2:1 warning: nothing stands under the heading “quatre”",
        ]
    );
}

#[test]
fn text_that_nobody_sees_is_said() {
    let workspace = workspace("Un audit.");
    workspace.write(
        "templates/own.html.hbs",
        "<html lang=\"fr\"><head><title>t</title></head><body><h1>un</h1>\n<h2 class=\"o\">deux <em>trois</em></h2>\n<div class=\"z\"><p>quatre</p> <p class=\"s\">cinq</p></div>\n<p class=\"o n\">six</p><p class=\"h\">sept</p></body></html>",
    );
    workspace.write(
        "templates/own.css",
        ".o { opacity: 0 } .z { font-size: 0 } .s { font-size: 12px } .n { display: none } .h { opacity: 0.9 }",
    );
    let said = said(&workspace, "layout = \"own\"\n[client]\nname = \"A\"\n");
    let said: Vec<&String> = said.iter().filter(|line| line.contains("read out")).collect();
    assert_eq!(
        said,
        [
            "templates/own.html.hbs:2:1 warning: `opacity: 0` hides “deux”, which is read out all the same",
            "templates/own.html.hbs:3:1 warning: `font-size: 0` hides “quatre”, which is read out all the same",
        ]
    );
}

/// Headings below one without a role stay below it, whatever stands under the first.
#[test]
fn headings_below_a_heading_stay_below() {
    let workspace = workspace(
        "Un audit.\n\n### FAQ\n\n#### Combien\n\nPeu.\n\n##### Mais encore\n\n- un\n- deux\n\n#### Quand\n\nVite.\n\n### Méthode\n\nTrois temps.\n\n#### Étapes\n\n- une #vitesse\n\n### Vide",
    );
    assert_eq!(
        said(&workspace, "[client]\nname = \"A\"\n"),
        ["offers/audit.md:30:1 warning: nothing stands under the heading “Vide”: it is not printed"]
    );
    let html = workspace.run(&["html", "a"]).stdout;
    let headings: Vec<&str> = (html.match_indices("<h"))
        .map(|(at, _)| &html[at..])
        .filter(|rest| rest[2..].starts_with(['2', '3', '4']))
        .map(|rest| &rest[1..rest.find("</h").expect("an end")])
        .collect();
    let wanted = ["h2>FAQ", "h3>Combien", "h4>Mais encore", "h3>Quand", "h2>Méthode", "h2>Étapes"];
    assert!(headings.windows(wanted.len()).any(|part| part == wanted), "{headings:?}");
    assert!(html.contains("<ul><li>un</li><li>deux</li></ul>"));
}
