//! Lists what the binary carries: every file of templates/ and every face of fonts/, by path; and reads the thesaurus, so
//! that nobody waits for its two hundred thousand entries at start.

#![allow(clippy::disallowed_methods, reason = "a build script has no doors")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, reason = "the program uses the rest")]
#[path = "src/proposal/lexicon/language.rs"]
mod language;

use language::{Language, Stems, fold, hash, is_stop_word};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut out = String::new();
    list(&root, "templates", &["hbs", "css"], "TEMPLATES", "&str", "include_str", &mut out);
    list(&root, "fonts", &["ttf", "otf"], "FACES", "&[u8]", "include_bytes", &mut out);
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(target.join("shipped.rs"), out).expect("the build folder is writable");
    fs::write(target.join("topics.bin"), thesaurus(&root)).expect("the build folder is writable");
}

/// The thesaurus as `src/proposal/lexicon/thesaurus.rs` reads it.
///
/// # Panics
///
/// With the file and the line, where one is not as the others are.
fn thesaurus(root: &Path) -> Vec<u8> {
    let folder = "src/proposal/lexicon/topics";
    println!("cargo:rerun-if-changed={folder}");
    println!("cargo:rerun-if-changed=src/proposal/lexicon/language.rs");
    let mut files = Vec::new();
    walk(&root.join(folder), &mut files);
    files.sort();
    let stems = Stems::default();
    let mut ids: Vec<String> = Vec::new();
    // Beside each language, the hashes of its words, each with its topics and whether the word alone means them.
    let mut words: [BTreeMap<u64, BTreeMap<u16, bool>>; 2] = Default::default();
    // Beside each language, its entries as written, a line a topic.
    let mut texts: [Vec<String>; 2] = Default::default();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file).expect("the topics can be read");
        let mut language = Language::French;
        for (number, line) in text.lines().enumerate() {
            let fault = |what: &str| -> ! { panic!("{}:{}: {what}", file.display(), number + 1) };
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((id, _)) = line.strip_prefix('[').and_then(|head| head.split_once(']')) {
                if ids.iter().any(|known| known == id) {
                    fault("a topic stands twice");
                }
                ids.push(id.to_owned());
                texts.iter_mut().for_each(|texts| texts.push(String::new()));
                continue;
            }
            let rest = match line.split_once(": ") {
                Some(("fr", rest)) => {
                    language = Language::French;
                    rest
                }
                Some(("en", rest)) => {
                    language = Language::English;
                    rest
                }
                _ if line.starts_with(' ') => line,
                _ => fault("expected `[trade.topic]`, `fr: `, `en: ` or more words behind a space"),
            };
            let Some(topic) = ids.len().checked_sub(1) else { fault("words before a topic") };
            for entry in rest.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                let text = &mut texts[language as usize][topic];
                text.push_str(if text.is_empty() { "" } else { "," });
                text.push_str(entry);
                let told: Vec<String> = entry
                    .split(|c: char| !c.is_alphanumeric())
                    .map(fold)
                    .filter(|word| word.len() > 1 && !is_stop_word(word, language))
                    .collect();
                for word in &told {
                    let topics =
                        words[language as usize].entry(hash(stems.stem(word, language).bytes()));
                    *topics.or_default().entry(topic as u16).or_default() |= told.len() == 1;
                }
            }
        }
    }
    let mut out = Vec::new();
    let mut section = |items: usize, bytes: &[u8]| {
        out.extend((items as u32).to_le_bytes());
        out.extend(bytes);
    };
    let ids = ids.join("\n");
    section(ids.len(), ids.as_bytes());
    for words in &words {
        let hashes: Vec<u8> = words.keys().flat_map(|hash| hash.to_le_bytes()).collect();
        let mut starts = vec![0u32];
        let mut postings: Vec<u8> = Vec::new();
        for topics in words.values() {
            let all = topics.iter().map(|(topic, alone)| topic * 2 + u16::from(*alone));
            postings.extend(all.flat_map(u16::to_le_bytes));
            starts.push((postings.len() / 2) as u32);
        }
        section(words.len(), &hashes);
        section(starts.len(), &starts.iter().flat_map(|start| start.to_le_bytes()).collect::<Vec<_>>());
        section(postings.len() / 2, &postings);
    }
    for texts in &texts {
        let texts = texts.join("\n");
        section(texts.len(), texts.as_bytes());
    }
    out
}

fn list(
    root: &Path,
    folder: &str,
    endings: &[&str],
    name: &str,
    kind: &str,
    macro_: &str,
    out: &mut String,
) {
    println!("cargo:rerun-if-changed={folder}");
    let mut files = Vec::new();
    walk(&root.join(folder), &mut files);
    files.sort();
    writeln!(out, "pub static {name}: &[(&str, {kind})] = &[").unwrap();
    for file in files {
        if file.is_dir() {
            println!("cargo:rerun-if-changed={}", file.display());
        } else if file.extension().is_some_and(|e| endings.iter().any(|known| e == *known)) {
            let shown = file.strip_prefix(root).unwrap().to_str().expect("shipped names are ASCII");
            writeln!(out, "    ({:?}, {macro_}!({:?})),", shown.replace('\\', "/"), file).unwrap();
        }
    }
    writeln!(out, "];").unwrap();
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        }
        files.push(path);
    }
}
