//! Finding an item by its id, or by the beginning of it.

use crate::diagnostic::Diagnostic;
use crate::proposal::placed::Text;

/// Why an id was not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoId {
    Unknown,
    /// A prefix of these.
    Ambiguous(Vec<String>),
}

/// The id that is `written`, or the only one that begins with it.
pub fn find_id<'a>(written: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Result<&'a str, NoId> {
    if let Some(id) = ids.clone().find(|id| *id == written) {
        return Ok(id);
    }
    let begun: Vec<&str> = ids.filter(|id| !written.is_empty() && id.starts_with(written)).collect();
    match begun[..] {
        [] => Err(NoId::Unknown),
        [only] => Ok(only),
        _ => Err(NoId::Ambiguous(begun.into_iter().map(str::to_owned).collect())),
    }
}

impl NoId {
    /// The error at the place where the id is written; `home` names what has no such item.
    pub fn diagnostic<'a>(
        &self,
        home: &str,
        written: &Text,
        ids: impl Iterator<Item = &'a str>,
    ) -> Diagnostic {
        let id = &written.value;
        match self {
            NoId::Unknown => written.error(format!("{home} has no item `{id}`")).nearest(id, ids),
            NoId::Ambiguous(begun) => {
                let (first, rest) = begun.split_at(begun.len().min(4));
                let more = if rest.is_empty() { "" } else { ", …" };
                let list = first.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                written.error(format!("`{id}` is the beginning of several ids: {list}{more}"))
            }
        }
    }
}
