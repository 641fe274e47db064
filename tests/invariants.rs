//! The invariants of ARCHITECTURE.md, as absences in the source.

use std::path::{Path, PathBuf};

/// `words` stand only in files whose path under src/ begins with one of `allowed`.
struct Absence {
    why: &'static str,
    words: &'static [&'static str],
    allowed: &'static [&'static str],
}

const ABSENCES: &[Absence] = &[
    Absence {
        why: "only workspace.rs and output.rs touch the file system",
        words: &[
            "std::fs",
            "fs::File",
            "File::open",
            "read_dir(",
            ".canonicalize()",
            ".is_file()",
            ".is_dir()",
        ],
        allowed: &["workspace.rs", "output.rs", "output/"],
    },
    Absence {
        why: "only main.rs knows the time and the environment",
        words: &["SystemTime", "Instant::now", "Local::now", "Utc::now", "env::var", "env::current_dir"],
        allowed: &["main.rs"],
    },
    Absence {
        why: "only pdf/ knows printpdf and lopdf",
        words: &["printpdf::", "lopdf::"],
        allowed: &["pdf/"],
    },
    Absence {
        why: "only document/ knows handlebars and the HTML parser",
        words: &["handlebars::", "html5ever::"],
        allowed: &["document/"],
    },
    Absence {
        why: "only style/ knows the CSS parsers",
        words: &["cssparser::", "selectors::"],
        // The `html` command finds the url()s of a sheet to inline them.
        allowed: &["style/", "document/inlined.rs"],
    },
    Absence {
        why: "only mail/ knows how e-mails are made",
        words: &["lettre::", "idna::"],
        allowed: &["mail/"],
    },
    Absence { why: "only layout/ decides a position", words: &["taffy::"], allowed: &["layout/"] },
    Absence {
        why: "nothing is fetched from a network; only `mail --send` opens a socket",
        words: &["TcpStream", "UdpSocket", "reqwest", "ureq", "SmtpConnection", "SmtpTransport"],
        allowed: &["mail/smtp.rs"],
    },
    Absence {
        why: "only the house's password command is ever started",
        words: &["process::Command", "Command::new("],
        allowed: &["mail/password.rs"],
    },
    Absence {
        why: "the order of a hash map never reaches the output",
        words: &["HashMap", "HashSet"],
        // Look-ups only; their order is never walked.
        allowed: &["layout/", "font/", "style/", "document/template/", "proposal/lexicon/"],
    },
    Absence {
        why: "notes stay where they are read and matched: no view, document, layout or PDF knows them",
        words: &[".notes"],
        allowed: &["proposal/client", "proposal/select", "proposal/toml"],
    },
    Absence {
        why: "nothing is left for later, and no input may abort a batch",
        words: &["todo!(", "unimplemented!(", "TODO", "FIXME", "XXX:", "dbg!("],
        allowed: &["readiness/placeholders"],
    },
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// What in one source breaks an invariant.
fn broken(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for absence in ABSENCES.iter().filter(|a| !a.allowed.iter().any(|allowed| path.starts_with(allowed)))
    {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = absence.words.iter().find(|word| code(line).contains(*word)) {
                broken.push(format!("src/{path}:{}: `{word}`: {}", number + 1, absence.why));
            }
        }
    }
    broken
}

fn each_source(mut visit: impl FnMut(&str, &str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    assert!(found.len() > 20, "the source was found");
    for path in found {
        let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        visit(&shown, &std::fs::read_to_string(&path).unwrap());
    }
}

/// Code alone: what stands behind `//` is left out.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap()
}

#[test]
fn each_door_is_the_only_one() {
    let mut all = Vec::new();
    each_source(|path, text| all.extend(broken(path, text)));
    assert!(all.is_empty(), "\n{}", all.join("\n"));
    assert_eq!(
        broken("style/x.rs", "let text = std::fs::read(path); // ours").len(),
        1,
        "the test can fail"
    );
    assert!(broken("workspace.rs", "std::fs::read(path)").is_empty());
}

#[test]
fn a_file_has_one_idea_and_fits_in_the_head() {
    let mut long = Vec::new();
    each_source(|path, text| {
        let lines = text.lines().count();
        if lines > 700 {
            long.push(format!("src/{path}: {lines} lines"));
        }
    });
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn stages_know_only_what_comes_before_them() {
    // (folder, modules it must not name): the pipeline runs proposal → document → style → layout → pdf.
    let later: &[(&str, &[&str])] = &[
        (
            "locale/",
            &["crate::proposal", "crate::document", "crate::style", "crate::layout", "crate::pdf"],
        ),
        (
            "proposal/",
            &["crate::document", "crate::style", "crate::layout", "crate::pdf", "crate::font"],
        ),
        ("document/", &["crate::style", "crate::layout", "crate::pdf", "crate::font"]),
        ("style/", &["crate::layout", "crate::pdf", "crate::proposal"]),
        ("layout/", &["crate::pdf", "crate::proposal"]),
        ("pdf/", &["crate::proposal"]),
        ("font/", &["crate::layout", "crate::pdf", "crate::proposal", "crate::document"]),
        ("image/", &["crate::layout", "crate::pdf", "crate::proposal"]),
    ];
    let mut broken = Vec::new();
    each_source(|path, text| {
        for (_, names) in later.iter().filter(|(folder, _)| path.starts_with(folder)) {
            for (number, line) in text.lines().enumerate() {
                if let Some(name) = names.iter().find(|name| code(line).contains(*name)) {
                    broken.push(format!("src/{path}:{}: names `{name}`, a later stage", number + 1));
                }
            }
        }
    });
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
