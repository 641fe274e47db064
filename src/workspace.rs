//! The one door in: finds the workspace and reads each of its files once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::diagnostic::{Diagnostic, Source};

/// Text over this is refused unread.
pub const MAX_TEXT: u64 = 10 * 1024 * 1024;
/// An image or a face over this is refused unread.
pub const MAX_BYTES: u64 = 50 * 1024 * 1024;

/// A folder with a `propale.toml`. Paths given to its methods are relative to its root, with `/`;
/// one that leads out of the root, links followed, is refused.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    texts: Mutex<BTreeMap<String, Result<Arc<Source>, Diagnostic>>>,
    bytes: Mutex<BTreeMap<String, Result<Arc<[u8]>, Diagnostic>>>,
}

/// Who a template, style sheet, partial or face comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Workspace,
    /// Carried in the binary.
    Shipped,
}

impl Workspace {
    /// `folder` itself; fails where it has no `propale.toml`.
    pub fn open(folder: &Path) -> Result<Workspace, Diagnostic> {
        let _ = folder;
        todo!()
    }

    /// The nearest folder from `start` upwards that has a `propale.toml`.
    pub fn find(start: &Path) -> Result<Workspace, Diagnostic> {
        let _ = start;
        todo!()
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A UTF-8 text file, its BOM taken off and CRLF made LF. The diagnostic has no place of its own
    /// (except for a UTF-8 fault): the caller adds where the path was said.
    pub fn text(&self, path: &str) -> Result<Arc<Source>, Diagnostic> {
        let _ = (path, &self.texts);
        todo!()
    }

    /// An image or a face.
    pub fn bytes(&self, path: &str) -> Result<Arc<[u8]>, Diagnostic> {
        let _ = (path, &self.bytes);
        todo!()
    }

    pub fn exists(&self, path: &str) -> bool {
        let _ = path;
        todo!()
    }

    /// Files directly in `folder` whose name ends in `suffix`, as root-relative paths, sorted; empty
    /// where there is no such folder.
    pub fn list(&self, folder: &str, suffix: &str) -> Vec<String> {
        let _ = (folder, suffix);
        todo!()
    }

    /// The workspace's own file at `path`, else the one shipped in the binary under the same path
    /// (`templates/proposal.css`); an error names the path and the nearest existing one.
    pub fn text_or_shipped(&self, path: &str) -> Result<(Arc<Source>, Origin), Diagnostic> {
        let _ = path;
        todo!()
    }
}
