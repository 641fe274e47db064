//! The one door in: finds the workspace and reads each of its files once.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::diagnostic::{Diagnostic, Place, Source};

/// Text over this is refused unread.
pub const MAX_TEXT: u64 = 10 * 1024 * 1024;
/// An image or a face over this is refused unread.
pub const MAX_BYTES: u64 = 50 * 1024 * 1024;

const HOUSE: &str = "propale.toml";

mod shipped {
    include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
}

/// What reading an image or a face gives.
pub type Bytes = Result<Arc<[u8]>, Diagnostic>;

/// A folder with a `propale.toml`. Paths given to its methods are relative to its root, with `/`;
/// one that leads out of the root, links followed, is refused.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    texts: Mutex<BTreeMap<String, Result<Arc<Source>, Diagnostic>>>,
    bytes: Mutex<BTreeMap<String, Bytes>>,
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
        let root = folder.canonicalize().map_err(|e| {
            Diagnostic::error(format!(
                "cannot open the workspace `{}`: {}",
                folder.display(),
                reason(&e)
            ))
        })?;
        if !root.join(HOUSE).is_file() {
            return Err(
                Diagnostic::error(format!("no `{HOUSE}` in `{}`", folder.display())).hint(NEW_HOUSE)
            );
        }
        Ok(Workspace { root, texts: Mutex::default(), bytes: Mutex::default() })
    }

    /// The nearest folder from `start` upwards that has a `propale.toml`.
    pub fn find(start: &Path) -> Result<Workspace, Diagnostic> {
        let from = start.canonicalize().map_err(|e| {
            Diagnostic::error(format!("cannot open the folder `{}`: {}", start.display(), reason(&e)))
        })?;
        match from.ancestors().find(|folder| folder.join(HOUSE).is_file()) {
            Some(folder) => Workspace::open(folder),
            None => Err(Diagnostic::error(format!("no `{HOUSE}` in this folder or any above it"))
                .hint(NEW_HOUSE)
                .hint("or name the workspace: `--workspace DIR`")),
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A UTF-8 text file, its BOM taken off and CRLF made LF. The diagnostic has no place of its own
    /// (except for a UTF-8 fault): the caller adds where the path was said.
    pub fn text(&self, path: &str) -> Result<Arc<Source>, Diagnostic> {
        if let Some(known) = self.texts.lock().expect("no reader panics").get(path) {
            return known.clone();
        }
        let read = self.locate(path).and_then(|file| read_text(&file, path));
        self.texts.lock().expect("no reader panics").insert(path.to_string(), read.clone());
        read
    }

    /// The profile that the command line names: the only file that may lie outside the workspace.
    /// `said` is what the user typed: a path from `folder` or from the root, or the stem of a file in
    /// clients/. A profile inside the workspace gets its root-relative path.
    pub fn profile(&self, folder: &Path, said: &str) -> Result<Arc<Source>, Diagnostic> {
        let clients = self.root.join("clients");
        let stem = clients.join(format!("{said}.toml"));
        let candidates = [folder.join(said), self.root.join(said), stem, clients.join(said)];
        let Some(found) = candidates.iter().find(|path| path.is_file()) else {
            let known = self.list("clients", ".toml");
            // What is there and is no file, such as a link to nothing, says why.
            let named = [said.to_string(), format!("clients/{said}"), format!("clients/{said}.toml")];
            if let Some(path) = named.iter().find(|path| known.contains(path)) {
                return self.text(path);
            }
            let stems: Vec<&str> = known.iter().map(|path| stem_of(path)).collect();
            let error =
                Diagnostic::error(format!("no profile `{said}`, neither a path nor a name in clients/"));
            return Err(match crate::diagnostic::nearest(stem_of(said), stems.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `clients/{near}.toml`?")),
                None if stems.is_empty() => error.hint("make one: `propale new \"Client name\"`"),
                None => error.hint(format!("clients/ has {}", stems.join(", "))),
            });
        };
        let real = found.canonicalize().map_err(|e| cannot_read(said, &e))?;
        match real.strip_prefix(&self.root) {
            Ok(inside) => self.text(&slashes(inside)),
            Err(_) => read_text(&real, said),
        }
    }

    /// An image or a face.
    pub fn bytes(&self, path: &str) -> Bytes {
        if let Some(known) = self.bytes.lock().expect("no reader panics").get(path) {
            return known.clone();
        }
        let read = self.locate(path).and_then(|file| read_capped(&file, path, MAX_BYTES)).map(Arc::from);
        self.bytes.lock().expect("no reader panics").insert(path.to_string(), read.clone());
        read
    }

    pub fn exists(&self, path: &str) -> bool {
        self.locate(path).is_ok()
    }

    /// Files directly in `folder` whose name ends in `suffix`, as root-relative paths, sorted; empty
    /// where there is no such folder. Hidden files are left out.
    pub fn list(&self, folder: &str, suffix: &str) -> Vec<String> {
        let mut found: Vec<String> = std::fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            // What is there but cannot be read (a link to nothing, a name in another encoding) is listed
            // too: whoever reads it is told.
            .filter(|entry| !entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.') && name.ends_with(suffix))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        found.sort();
        found
    }

    /// The folders directly in `folder`, as root-relative paths, sorted.
    fn folders(&self, folder: &str) -> Vec<String> {
        let mut found: Vec<String> = std::fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        found.sort();
        found
    }

    /// The workspace's own file at `path`, else the one shipped in the binary under the same path
    /// (`templates/proposal.css`); an error names the path and the nearest existing one.
    pub fn text_or_shipped(&self, path: &str) -> Result<(Arc<Source>, Origin), Diagnostic> {
        match self.text(path) {
            Ok(source) => Ok((source, Origin::Workspace)),
            Err(fault) if self.root.join(path).symlink_metadata().is_ok() => Err(fault),
            Err(fault) => match shipped::TEMPLATES.iter().find(|(name, _)| *name == path) {
                Some((_, text)) => Ok((Source::new(path, *text), Origin::Shipped)),
                None => Err(fault),
            },
        }
    }

    /// Names under `folder` with that ending, the workspace's and the shipped ones, sorted, once each.
    pub fn list_or_shipped(&self, folder: &str, suffix: &str) -> Vec<String> {
        let mut found = self.list(folder, suffix);
        found.extend(shipped::TEMPLATES.iter().map(|(name, _)| name.to_string()).filter(|name| {
            name.strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| !rest.contains('/') && rest.ends_with(suffix))
        }));
        found.sort();
        found.dedup();
        found
    }

    /// Every face: files of fonts/ and its folders (to two levels), then the shipped ones of which the
    /// workspace has none at the same path. A file that cannot be read gives its fault.
    pub fn faces(&self) -> Vec<(String, Origin, Bytes)> {
        let mut folders = vec!["fonts".to_string()];
        for folder in self.folders("fonts") {
            folders.extend(self.folders(&folder));
            folders.push(folder);
        }
        folders.sort();
        let mut own: Vec<String> = folders
            .iter()
            .flat_map(|folder| {
                [".ttf", ".otf", ".ttc", ".TTF", ".OTF"].map(|ending| self.list(folder, ending))
            })
            .flatten()
            .collect();
        own.sort();
        own.dedup();
        let shipped = shipped::FACES.iter().filter(|(path, _)| !own.iter().any(|o| o == path));
        let shipped: Vec<_> = shipped
            .map(|(path, data)| (path.to_string(), Origin::Shipped, Ok(Arc::from(*data))))
            .collect();
        own.into_iter()
            .map(|path| {
                let read = self.bytes(&path);
                (path, Origin::Workspace, read)
            })
            .chain(shipped)
            .collect()
    }

    /// The file that a root-relative path names: inside the workspace, links followed.
    fn locate(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let relative = Path::new(path);
        let plain = relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if path.is_empty() || path.contains('\0') {
            return Err(Diagnostic::error(format!("`{}` is not a path", path.escape_debug())));
        }
        if !plain && !stays_inside(relative) {
            return Err(outside(path));
        }
        let joined = self.root.join(relative);
        let real = joined.canonicalize().map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => self.missing(path),
            _ => cannot_read(path, &e),
        })?;
        if !real.starts_with(&self.root) {
            return Err(outside(path));
        }
        if !real.is_file() {
            return Err(Diagnostic::error(format!("`{path}` is not a file")));
        }
        Ok(real)
    }

    fn missing(&self, path: &str) -> Diagnostic {
        if path.contains('\u{FFFD}') {
            let error = Diagnostic::error(format!("the name of `{path}` is not UTF-8"));
            return error.hint("rename the file");
        }
        if self.root.join(path).is_symlink() {
            let error = Diagnostic::error(format!("`{path}` is a link to a file that is not there"));
            return error.hint("take the link away, or put the file back");
        }
        let error = Diagnostic::error(format!("no file `{path}`"));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = if folder.is_empty() { self.list(".", "") } else { self.list_or_shipped(folder, "") };
        // A file of another kind and another name was not meant.
        let parts = |path: &str| {
            let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
            (stem.to_owned(), ending.to_ascii_lowercase())
        };
        let (stem, ending) = parts(path);
        let is_kind = ["png", "jpg", "jpeg", "svg", "css", "hbs", "md", "toml"].contains(&&*ending);
        let like = |near: &&str| {
            let other = parts(near);
            !is_kind || other.1 == ending || other.0 == stem
        };
        let near = near.iter().map(|p| p.strip_prefix("./").unwrap_or(p)).filter(like);
        error.nearest(path, near)
    }
}

const NEW_HOUSE: &str =
    "a workspace is a folder with a propale.toml; two lines are enough: [house] and name = \"…\"";

/// The last component without its ending.
pub fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").or(name.strip_suffix(".md")).unwrap_or(name)
}

/// Resolves `said` (a `src` or `url()`) against the folder of the root-relative file that says it; a
/// leading `/` is the workspace root. The result may still lead out: reading refuses that.
pub fn relative_to(file: &str, said: &str) -> String {
    let (base, said) = match said.strip_prefix('/') {
        Some(from_root) => ("", from_root),
        None => (file.rsplit_once('/').map_or("", |(folder, _)| folder), said),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in said.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn stays_inside(path: &Path) -> bool {
    let mut depth = 0i32;
    path.components().all(|component| {
        depth += match component {
            Component::Normal(_) => 1,
            Component::CurDir => 0,
            Component::ParentDir => -1,
            Component::RootDir | Component::Prefix(_) => return false,
        };
        depth >= 0
    })
}

fn slashes(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn outside(path: &str) -> Diagnostic {
    Diagnostic::error(format!("`{path}` leads out of the workspace"))
        .hint("put the file in the workspace and name it from there; links are followed")
}

fn cannot_read(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot read `{path}`: {}", reason(error)))
}

/// The system's words for a fault, in this program's style.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            text[..1].to_lowercase() + &text[1..]
        }
    }
}

fn read_capped(file: &Path, shown: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let megabytes = limit / 1024 / 1024;
    let too_large = || Diagnostic::error(format!("`{shown}` is over {megabytes} MB: refused unread"));
    let open = File::open(file).map_err(|e| cannot_read(shown, &e))?;
    let size = open.metadata().map_err(|e| cannot_read(shown, &e))?.len();
    if size > limit {
        return Err(too_large());
    }
    // The file may grow while it is read: the limit holds for what is read, too.
    let mut bytes = Vec::with_capacity(size as usize);
    open.take(limit + 1).read_to_end(&mut bytes).map_err(|e| cannot_read(shown, &e))?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

fn read_text(file: &Path, shown: &str) -> Result<Arc<Source>, Diagnostic> {
    let bytes = read_capped(file, shown, MAX_TEXT)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(shown, text.replace("\r\n", "\n"))),
        Err(fault) => {
            let at = fault.valid_up_to();
            let source = Source::new(shown, String::from_utf8_lossy(bytes));
            Err(Diagnostic::error(format!("byte 0x{:02X} is not UTF-8", bytes[at]))
                .at(Place::new(&source, at..at + '\u{FFFD}'.len_utf8()))
                .hint("save the file as UTF-8"))
        }
    }
}
