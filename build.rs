//! Lists what the binary carries: every file of templates/ and every face of fonts/, by path.

#![allow(clippy::disallowed_methods, reason = "a build script has no doors")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut out = String::new();
    list(&root, "templates", &["hbs", "css"], "TEMPLATES", "&str", "include_str", &mut out);
    list(&root, "fonts", &["ttf", "otf"], "FACES", "&[u8]", "include_bytes", &mut out);
    let target = Path::new(&env::var_os("OUT_DIR").expect("cargo sets it")).join("shipped.rs");
    fs::write(target, out).expect("the build folder is writable");
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
