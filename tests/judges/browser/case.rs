//! The cases: files of `cases/`, each with several.

use std::path::{Path, PathBuf};

use super::{folder, fresh};

/// One document and what it is there to show.
pub struct Case {
    /// The file it stands in, without its ending.
    pub group: String,
    pub name: String,
    /// The clause of the specification.
    pub rule: String,
    pub judge: String,
    /// What is expected, in words.
    pub shows: String,
    pub css: String,
    /// The whole document, without its style sheet.
    pub html: String,
}

/// The small cases in the order of their files, then the shipped layouts.
pub fn all() -> Vec<Case> {
    let mut cases = small();
    cases.extend(shipped());
    cases
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == ending));
    files.sort();
    files
}

pub fn small() -> Vec<Case> {
    let base = std::fs::read_to_string(folder().join("base.css")).unwrap();
    let mut cases = vec![];
    for file in files(&folder().join("cases"), "html") {
        let group = file.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let text = format!("\n{text}");
        let mut parts = text.split("\n<!-- ");
        assert_eq!(parts.next().unwrap().trim(), "", "{group}: text before the first case");
        cases.extend(parts.map(|part| read(group, part, &base)));
    }
    cases
}

/// `name | rule | judge`, what it shows, `-->`, then a style sheet and a body.
fn read(group: &str, part: &str, base: &str) -> Case {
    let (head, source) = part.split_once("-->\n").unwrap_or_else(|| panic!("{group}: {part}"));
    let (first, shows) =
        head.split_once('\n').unwrap_or_else(|| panic!("{group}: {head} shows nothing"));
    let [name, rule, judge] = first.split(" | ").collect::<Vec<_>>()[..] else {
        panic!("{group}: not a name, a rule and a judge: {first}")
    };
    let mut css = base.to_owned();
    let mut body = String::new();
    for (index, piece) in source.split("<style>").enumerate() {
        match piece.split_once("</style>") {
            Some((sheet, rest)) => {
                css.push_str(sheet);
                body.push_str(rest);
            }
            None if index == 0 => body.push_str(piece),
            None => panic!("{group}: {name}: a style sheet without an end"),
        }
    }
    Case {
        group: group.into(),
        name: name.into(),
        rule: rule.into(),
        judge: judge.into(),
        shows: shows.split_whitespace().collect::<Vec<_>>().join(" "),
        css,
        html: format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{name}</title></head>\n<body>{body}</body></html>"
        ),
    }
}

/// Every shipped layout as it was filled for every sample client when it was recorded.
fn shipped() -> Vec<Case> {
    let fresh = fresh().map(|folder| folder.join("shipped")).filter(|folder| folder.exists());
    let shipped = fresh.unwrap_or_else(|| folder().join("shipped"));
    let over = std::fs::read_to_string(folder().join("shipped.css")).unwrap();
    let case = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (layout, client) = name.split_once('-').unwrap();
        let css = std::fs::read_to_string(shipped.join(format!("{layout}.css"))).unwrap();
        Case {
            group: format!("shipped-{layout}"),
            name: name.into(),
            rule: format!("templates/{layout}.css"),
            judge: "chromium".into(),
            shows: format!("The layout {layout}, filled for {client}."),
            css: css + &over,
            html: std::fs::read_to_string(&file).unwrap(),
        }
    };
    files(&shipped, "html").into_iter().map(case).collect()
}
