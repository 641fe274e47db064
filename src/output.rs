//! The one door out: files appear whole or not at all.

#![allow(clippy::disallowed_methods)]

pub mod archive;
pub mod journal;

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::workspace::reason;

/// Writes `bytes` to `folder`/`name`, making the folder; an existing file is replaced in one step and
/// stays as it was where anything fails.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Diagnostic> {
    let path = folder.join(name);
    let cannot = |e: std::io::Error| {
        Diagnostic::error(format!("cannot write `{}`: {}", path.display(), reason(&e)))
            .hint("choose another folder with `--out DIR`")
    };
    if let Some(file) = folder.ancestors().find(|path| path.is_file()) {
        let error = format!("cannot write into `{}`: expected a folder, found a file", file.display());
        return Err(Diagnostic::error(error)
            .hint("name a folder with `--out DIR`; one that is not there is made"));
    }
    std::fs::create_dir_all(folder).map_err(cannot)?;
    if path.is_dir() {
        return Err(Diagnostic::error(format!("cannot write `{}`: it is a folder", path.display())));
    }
    let mut file = temporary(folder).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;
    file.persist(&path).map_err(|e| cannot(e.error))?;
    Ok(path)
}

/// Writes a new file and never replaces one: `Ok(None)` where the name is taken.
pub fn create(folder: &Path, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, Diagnostic> {
    let path = folder.join(name);
    let cannot = |e: std::io::Error| {
        Diagnostic::error(format!("cannot write `{}`: {}", path.display(), reason(&e)))
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let mut file = temporary(folder).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(Some(path)),
        Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(None),
        Err(e) => Err(cannot(e.error)),
    }
}

/// In the same folder, so that the last step is a rename; readable by whom the user's umask allows.
fn temporary(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".propale-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Held until it is dropped: of two programs that ask for the lock of one file, the second waits.
pub struct Lock(#[allow(dead_code, reason = "dropping it is its use")] std::fs::File);

/// Takes the lock of an existing file, which is not written.
pub fn lock(path: &Path) -> Result<Lock, Diagnostic> {
    let cannot = |e: std::io::Error| {
        Diagnostic::error(format!("cannot lock `{}`: {}", path.display(), reason(&e)))
    };
    let file = std::fs::File::open(path).map_err(cannot)?;
    file.lock().map_err(cannot)?;
    Ok(Lock(file))
}
