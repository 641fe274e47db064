//! An append-only text file: a line is whole or not there, and only one program writes at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::workspace::reason;

/// The file, locked until this is dropped.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    text: String,
}

/// A last line that was cut off while it was written, and has been taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn(pub String);

impl Journal {
    /// Opens or makes the file and takes its lock; `waiting` is called where another program has it, and
    /// then this waits. A last line without its line feed is kept if it `is_whole`, else taken away.
    pub fn open(
        path: &Path,
        is_whole: impl Fn(&str) -> bool,
        waiting: impl FnOnce(),
    ) -> Result<(Journal, Option<Torn>), Diagnostic> {
        let cannot = |e: std::io::Error| cannot_write(path, &e);
        let is_new = !path.exists();
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(path).map_err(cannot)?;
        if is_new {
            sync_folder(path);
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(cannot)?;
            }
            Err(TryLockError::Error(fault)) => return Err(cannot(fault)),
        }
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).map_err(cannot)?;
        let ends = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut torn = None;
        if ends < bytes.len() {
            let tail = String::from_utf8_lossy(&bytes[ends..]).into_owned();
            if is_whole(&tail) {
                file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(b"\n")).map_err(cannot)?;
                bytes.push(b'\n');
            } else {
                file.set_len(ends as u64).map_err(cannot)?;
                bytes.truncate(ends);
                torn = Some(Torn(tail));
            }
            file.sync_all().map_err(cannot)?;
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Diagnostic::error(format!("`{}` is not UTF-8: mend it or put it aside", path.display()))
        })?;
        Ok((Journal { path: path.to_owned(), file, text }, torn))
    }

    /// All lines.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a line, which is on the disk when this returns; where it fails, the file is as before.
    pub fn append(&mut self, line: &str) -> Result<(), Diagnostic> {
        let line = format!("{line}\n");
        let before = self.text.len() as u64;
        let written = self
            .file
            .seek(SeekFrom::Start(before))
            .and_then(|_| self.file.write_all(line.as_bytes()))
            .and_then(|()| self.file.sync_all());
        if let Err(fault) = written {
            let _ = self.file.set_len(before).and_then(|()| self.file.sync_all());
            return Err(cannot_write(&self.path, &fault));
        }
        self.text.push_str(&line);
        Ok(())
    }
}

fn cannot_write(path: &Path, fault: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot write `{}`: {}", path.display(), reason(fault)))
}

/// A new name is on the disk only when its folder is (POSIX); other systems need and allow no such step.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}
