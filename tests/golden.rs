//! Expected texts that a person can read, under tests/golden/.
//!
//! `PROPALE_GOLDEN=update cargo test` writes what the program gives now; look at the difference before
//! committing it.

use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Compares `actual` with tests/golden/`name`, or writes it there when asked to.
#[track_caller]
pub fn check(name: &str, actual: &str) {
    let path = folder().join(name);
    if std::env::var_os("PROPALE_GOLDEN").is_some_and(|v| v == "update") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("no golden {name}: run `PROPALE_GOLDEN=update cargo test`"));
    if expected != actual {
        let line = expected.lines().zip(actual.lines()).take_while(|(e, a)| e == a).count();
        panic!(
            "golden {name} differs from line {}:\n  expected: {:?}\n  actual:   {:?}",
            line + 1,
            expected.lines().nth(line),
            actual.lines().nth(line)
        );
    }
}
