//! Copies that are never overwritten: each in a new folder, which appears whole.

use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::workspace::reason;

/// What begins the name of a copy that is not published.
const STAGED: &str = ".unsent-";

/// A copy that is on the disk under a name of its own, until [`Staged::publish`].
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    /// The name that it will have.
    pub name: String,
}

/// Writes `files` (path in the copy, content) for the first of `folder`/`name`, `folder`/`name`.2, … that is
/// not there. Everything is on the disk when this returns, and nothing has that name yet. One program at a
/// time: the caller has the lock of what it is a copy for.
pub fn stage(folder: &Path, name: &str, files: &[(String, Vec<u8>)]) -> Result<Staged, Diagnostic> {
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    let names = (1..).map(|n| if n == 1 { name.to_owned() } else { format!("{name}.{n}") });
    let is_free = |name: &String| !is_there(&folder.join(name));
    let name = names.into_iter().find(is_free).expect("there is always a further number");
    let staged = Staged { folder: folder.to_owned(), name };
    let copy = staged.path();
    if is_there(&copy) {
        remove(&copy)?;
    }
    private_folder(&copy).map_err(|e| cannot_write(&copy, &e))?;
    let mut folders = vec![copy.clone()];
    for (path, bytes) in files {
        let path = copy.join(path);
        let within = path.parent().unwrap_or(&copy);
        let written = std::fs::create_dir_all(within)
            .and_then(|()| std::fs::write(&path, bytes))
            .and_then(|()| File::open(&path)?.sync_all());
        written.map_err(|e| cannot_write(&path, &e))?;
        let between = within.ancestors().take_while(|folder| *folder != copy);
        folders.extend(between.map(Path::to_owned));
    }
    folders.iter().for_each(|folder| sync(folder));
    sync(&staged.folder);
    Ok(staged)
}

impl Staged {
    fn path(&self) -> PathBuf {
        self.folder.join(format!("{STAGED}{}", self.name))
    }

    /// Gives the copy its name, in one step that is on the disk when this returns.
    pub fn publish(self) -> Result<(), Diagnostic> {
        let own = self.folder.join(&self.name);
        std::fs::rename(self.path(), &own).map_err(|e| cannot_write(&own, &e))?;
        sync(&self.folder);
        Ok(())
    }

    /// Takes the copy away again.
    pub fn discard(self) -> Result<(), Diagnostic> {
        remove(&self.path())
    }
}

/// Takes a published copy away again: of what was not sent after all.
pub fn discard(folder: &Path, name: &str) -> Result<(), Diagnostic> {
    remove(&folder.join(name))
}

/// Ends what a run that was cut off has left: a staged copy whose name `is_recorded` as one that may have left gets its
/// name, any other is taken away.
pub fn settle(folder: &Path, is_recorded: impl Fn(&str) -> bool) -> Result<(), Diagnostic> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => {
            let path = folder.display();
            return Err(Diagnostic::error(format!("cannot read `{path}`: {}", reason(&e))));
        }
    };
    let mut left: Vec<Staged> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_prefix(STAGED)?.to_owned()))
        .map(|name| Staged { folder: folder.to_owned(), name })
        .collect();
    left.sort_by(|one, other| one.name.cmp(&other.name));
    for staged in left {
        match is_recorded(&staged.name) && !is_there(&folder.join(&staged.name)) {
            true => staged.publish()?,
            false => staged.discard()?,
        }
    }
    Ok(())
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// What is kept has the notes of calls in it: for the user's own eyes.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A name is on the disk only when its folder is (POSIX); other systems need and allow no such step.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn remove(path: &Path) -> Result<(), Diagnostic> {
    std::fs::remove_dir_all(path)
        .map_err(|e| Diagnostic::error(format!("cannot remove `{}`: {}", path.display(), reason(&e))))
}

fn cannot_write(path: &Path, fault: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot write `{}`: {}", path.display(), reason(fault)))
}
