//! Copies that are never overwritten: each in a new folder.

use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::workspace::reason;

/// Writes `files` (path in the copy, content) into the first of `folder`/`name`, `folder`/`name`.2, … that is
/// not there; gives that folder's name. Everything is on the disk when this returns.
pub fn keep(folder: &Path, name: &str, files: &[(String, Vec<u8>)]) -> Result<String, Diagnostic> {
    let cannot = |path: &Path, e: &std::io::Error| {
        Diagnostic::error(format!("cannot write `{}`: {}", path.display(), reason(e)))
    };
    std::fs::create_dir_all(folder).map_err(|e| cannot(folder, &e))?;
    let mut builder = DirBuilder::new();
    // What is kept has the notes of calls in it: for the user's own eyes.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for n in 1.. {
        let own = if n == 1 { name.to_owned() } else { format!("{name}.{n}") };
        let copy = folder.join(&own);
        match builder.create(&copy) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => continue,
            Err(e) => return Err(cannot(&copy, &e)),
        }
        for (path, bytes) in files {
            let path = copy.join(path);
            let within = path.parent().unwrap_or(&copy);
            let written = std::fs::create_dir_all(within)
                .and_then(|()| std::fs::write(&path, bytes))
                .and_then(|()| File::open(&path)?.sync_all());
            written.map_err(|e| cannot(&path, &e))?;
        }
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        return Ok(own);
    }
    unreachable!("there is always a further number")
}

/// Takes a copy away again: one that [`keep`] has just made, of what was not sent after all.
pub fn discard(folder: &Path, name: &str) -> Result<(), Diagnostic> {
    let copy: PathBuf = folder.join(name);
    std::fs::remove_dir_all(&copy)
        .map_err(|e| Diagnostic::error(format!("cannot remove `{}`: {}", copy.display(), reason(&e))))
}
