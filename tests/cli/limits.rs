//! Files that are too large, broken, elsewhere, or not text.

use std::fs::File;

use crate::support::Workspace;

const A: &str = "[client]\nname = \"A\"\n";

fn refused(workspace: &Workspace, parts: &[&str]) {
    let answer = workspace.run(&["build", "a"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{}", answer.stderr);
    for part in parts {
        assert!(answer.stderr.contains(part), "no `{part}` in: {}", answer.stderr);
    }
    assert!(!workspace.exists("out"));
}

#[test]
fn half_a_gigabyte_is_refused_unread() {
    for name in ["clients/a.toml", "offers/audit.md", "propale.toml", "templates/proposal.css"] {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", A);
        workspace.write("templates/x", "");
        File::create(workspace.path().join(name)).unwrap().set_len(500 << 20).unwrap();
        refused(&workspace, &[&format!("error: `{name}` is over 10 MB: refused unread")]);
    }
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("{A}logo = \"brand/big.png\"\n"));
    workspace.write("brand/x", "");
    File::create(workspace.path().join("brand/big.png")).unwrap().set_len(500 << 20).unwrap();
    refused(&workspace, &["error: `brand/big.png` is over 50 MB: refused unread"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("\u{FEFF}{}", A.replace('\n', "\r\n")));
    workspace.build(&["a"]);
}

#[test]
fn a_byte_that_is_not_utf_8_has_its_place() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", b"[client]\nname = \"Caf\xe9\"\n");
    refused(&workspace, &["byte 0xE9 is not UTF-8", "clients/a.toml:2:12", "save the file as UTF-8"]);
}

#[test]
fn a_path_that_leads_out_of_the_workspace_is_refused() {
    let secret = Workspace::empty();
    secret.write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    let outside = secret.path().join("logo.svg");
    for said in ["../logo.svg", "brand/../../logo.svg", outside.to_str().unwrap()] {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", format!("{A}logo = '{said}'\n"));
        refused(&workspace, &["leads out of the workspace", "clients/a.toml:3:8"]);
    }
    #[cfg(unix)]
    {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", format!("{A}logo = \"brand/link.svg\"\n"));
        workspace.write("brand/x", "");
        std::os::unix::fs::symlink(&outside, workspace.path().join("brand/link.svg")).unwrap();
        refused(&workspace, &["`brand/link.svg` leads out of the workspace", "clients/a.toml:3:8"]);
    }
}

#[test]
fn an_image_that_is_missing_or_broken_is_said_where_it_is_named() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("{A}logo = \"brand/atme.svg\"\n"));
    workspace.write("brand/atome.svg", "");
    refused(
        &workspace,
        &["no file `brand/atme.svg`", "clients/a.toml:3:8", "did you mean `brand/atome.svg`?"],
    );
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("{A}logo = \"brand/x.png\"\n"));
    workspace.write("brand/x.png", "not a picture");
    refused(&workspace, &["brand/x.png", "clients/a.toml:3:8"]);
}

#[test]
fn a_family_that_no_face_has_is_said_with_the_nearest() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", A);
    workspace.write("propale.toml", "[house]\nname = \"B\"\n[brand]\nbody_font = \"Source Sans\"\n");
    refused(
        &workspace,
        &[
            "no face in fonts/ has the family `Source Sans`",
            "propale.toml:4:13",
            "did you mean `Source Sans 3`?",
        ],
    );
}

#[test]
fn hostile_text_prints_as_text() {
    let workspace = Workspace::small();
    let long = "mot".repeat(3400);
    workspace.write(
        "clients/a.toml",
        format!(
            "[client]\nname = '<script>alert(\"1\")</script> & {{{{x'\n[contact]\nname = \"O'Neil <b>\"\n[situation]\nsummary = \"{long} <img src=x> {{{{ & <\"\n"
        ),
    );
    let answer = workspace.run(&["build", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let html = workspace.run(&["html", "a"]).stdout;
    assert!(html.contains("&lt;script&gt;"));
    assert!(!html.contains("<script>") && !html.contains("<img src=\"x\""));
}

#[test]
fn what_no_face_has_and_control_characters_are_refused_with_their_place() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"Fusée 🚀\"\n");
    refused(&workspace, &["U+1F680", "clients/a.toml:2:15"]);
    // The name stands in the title, on the cover, in the foot: once is enough.
    let said = workspace.run(&["build", "a"]).stderr;
    assert_eq!(said.matches("U+1F680").count(), 1, "{said}");
    workspace.write("clients/a.toml", A);
    let note = "# a\n\n### pourquoi\n- vos *pages* ☃ sont lentes\n- non\n\n![vue](/brand/rien.png)\n";
    workspace.write("offers/audit.md", note);
    refused(
        &workspace,
        &["U+2603", "offers/audit.md:4:15", "no file `brand/rien.png`", "offers/audit.md:7:1"],
    );
    let said = workspace.run(&["build", "a"]).stderr;
    assert_eq!((said.matches("U+2603").count(), said.matches("rien.png").count()), (1, 2), "{said}");
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"a\\u0007b\"\n");
    refused(&workspace, &["U+0007", "clients/a.toml:2"]);
}

#[test]
fn a_family_that_no_face_has_is_said_once() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", A);
    workspace.write(
        "propale.toml",
        "[house]\nname = \"Brume\"\n[brand]\nheading_font = \"Source Serif 4 Displai\"\n",
    );
    refused(&workspace, &["propale.toml:4:16", "hint: did you mean `Source Serif 4 Display`?"]);
    let said = workspace.run(&["build", "a"]).stderr;
    assert_eq!(said.matches("has the family").count(), 1, "{said}");
}

#[test]
fn an_empty_note_is_refused() {
    for note in ["", "---\ntitle: a\n---\n\n", "# Titre\n\n%%rien%%\n"] {
        let workspace = Workspace::small();
        workspace.write("clients/a.toml", A).write("offers/audit.md", note);
        refused(&workspace, &["this note says nothing: expected a paragraph, a list or a section"]);
    }
}

/// Another profile that cannot be read stops nothing, and is said; asked for, it is an error.
#[cfg(unix)]
#[test]
fn neighbours_that_cannot_be_read_are_said() {
    use std::os::unix::ffi::OsStrExt;
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", A);
    workspace.write("clients/latin.toml", b"[client]\nname = \"Soci\xe9t\xe9\"\n");
    workspace.write("clients/large.toml", "");
    File::create(workspace.path().join("clients/large.toml")).unwrap().set_len(11 << 20).unwrap();
    std::os::unix::fs::symlink("nowhere", workspace.path().join("clients/link.toml")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"clients/soci\xe9t\xe9.toml");
    std::fs::write(workspace.path().join(name), A).unwrap();
    let faults = [
        "byte 0xE9 is not UTF-8",
        "`clients/large.toml` is over 10 MB: refused unread",
        "`clients/link.toml` is a link to a file that is not there",
        "the name of `clients/soci\u{FFFD}t\u{FFFD}.toml` is not UTF-8",
    ];
    for command in ["build", "check"] {
        let answer = workspace.run(&[command, "a"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        for fault in faults {
            let warning = format!("warning: a profile that was not asked for: {fault}");
            assert!(answer.stderr.contains(&warning), "{warning}: {}", answer.stderr);
        }
    }
    let answer = workspace.run(&["build", "--all"]);
    assert_eq!((answer.status, answer.stdout.lines().count()), (1, 1));
    for fault in faults {
        assert_eq!(answer.stderr.matches(fault).count(), 1, "{}", answer.stderr);
        assert!(answer.stderr.contains(&format!("error: {fault}")));
    }
    let answer = workspace.run(&["build", "latin"]);
    assert_eq!((answer.status, answer.stderr.matches("0xE9").count()), (1, 1), "{}", answer.stderr);
}

#[test]
fn a_remote_picture_is_refused_where_it_is_named() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("{A}logo = \"https://x.example/a.png\"\n"));
    refused(&workspace, &["nothing is fetched from `https://x.example/a.png`", "clients/a.toml:3:8"]);
}

#[test]
fn a_missing_partial_hides_no_other_fault() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("layout = \"own\"\n{A}"));
    workspace.write(
        "templates/own.html.hbs",
        "<html lang=\"fr\"><head><title>x</title></head><body>\n{{> nowhere}}\n{{clint.name}}\n<blink>x</blink>\n</body></html>",
    );
    refused(
        &workspace,
        &[
            "no partial `nowhere`",
            "own.html.hbs:2:1",
            "unknown path `clint.name`",
            "unknown element `<blink>`",
        ],
    );
}

/// A sheet's pictures: read from beside the sheet, and missed once, whoever shows them.
#[test]
fn a_background_picture_is_found_beside_its_sheet() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", "[client]\nname = \"Alizé\"\n");
    workspace.write("clients/b.toml", "[client]\nname = \"Brume\"\n");
    workspace.write(
        "templates/proposal.html.hbs",
        "<!doctype html><html lang=\"fr\"><head><title>t</title></head><body><p>mot</p></body></html>",
    );
    workspace.write("templates/proposal.css", "p { background: url(art.svg) no-repeat }");
    workspace.write(
        "templates/art.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>",
    );
    workspace.build(&["a"]);
    let html = workspace.run(&["html", "a"]);
    assert!(html.stdout.contains("url(\"data:image/svg+xml;base64,"), "{}", html.stdout);

    workspace.write(
        "templates/proposal.css",
        "p { background: url(lost.svg) }\n.never { background: url(art.gif) }",
    );
    workspace.write("templates/art.gif", "GIF89a");
    let built = workspace.run(&["build", "--all"]);
    assert_ne!(built.status, 0);
    for (message, place) in [
        ("no file `templates/lost.svg`", "proposal.css:1:5"),
        ("`templates/art.gif`: it is a GIF file", "proposal.css:2:10"),
    ] {
        assert_eq!(built.stderr.matches(message).count(), 1, "{}", built.stderr);
        assert!(built.stderr.contains(place), "{}", built.stderr);
    }
}

/// All at once: a picture that is there and is none is said beside the faults of its layout, and once without them.
#[test]
fn a_broken_picture_is_said_beside_the_faults_of_its_layout() {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("layout = \"own\"\n{A}"));
    workspace.write("templates/bad.png", "no picture");
    let layout = |body: &str| {
        format!(
            "<html lang=\"fr\"><head><title>x</title></head><body>\n<img src=\"bad.png\" alt=\"x\">\n{body}\n</body></html>"
        )
    };
    for body in ["{{clint.name}}", "<p>x</p>"] {
        workspace.write("templates/own.html.hbs", layout(body));
        let answer = workspace.run(&["build", "a"]);
        assert_eq!(answer.status, 1);
        let said = answer.stderr.matches("own.html.hbs:2:11").count();
        assert_eq!(said, 1, "{}", answer.stderr);
        assert_eq!(answer.stderr.contains("unknown path"), body.contains("clint"), "{}", answer.stderr);
    }
}

/// A partial that cannot be read is said where it is included; one that nothing includes stops nobody.
#[cfg(unix)]
#[test]
fn a_partial_that_leads_out_is_said_where_it_is_included() {
    let outside = Workspace::empty();
    outside.write("p.hbs", "<p>x</p>");
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", format!("layout = \"own\"\n{A}"));
    workspace.write("templates/partials/other.html.hbs", "");
    let link = workspace.path().join("templates/partials/mine.html.hbs");
    std::os::unix::fs::symlink(outside.path().join("p.hbs"), link).unwrap();
    let layout = |body: &str| {
        format!("<html lang=\"fr\"><head><title>x</title></head><body>\n<p>y</p>{body}</body></html>")
    };
    workspace.write("templates/own.html.hbs", layout("{{> mine}}{{clint.name}}"));
    refused(
        &workspace,
        &[
            "`templates/partials/mine.html.hbs` leads out of the workspace",
            "own.html.hbs:2:9",
            "unknown path `clint.name`",
        ],
    );
    workspace.write("templates/own.html.hbs", layout("{{> other}}"));
    let answer = workspace.run(&["build", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(
        answer.stderr.contains("warning: `templates/partials/mine.html.hbs` leads out"),
        "{}",
        answer.stderr
    );
}
