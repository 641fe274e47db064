//! The cases: files of `cases/`, each with several.

use super::folder;

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
    pub body: String,
}

/// The cases in the order of their files.
pub fn all() -> Vec<Case> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder().join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let base = std::fs::read_to_string(folder().join("base.css")).unwrap();
    let mut cases = vec![];
    for file in files {
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
        body,
    }
}
