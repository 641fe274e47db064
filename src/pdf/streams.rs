//! Font programs and pictures, compressed once and shared by the documents of a run.

/// Compressed streams by content. Empty at first; every [`write`](super::write) that is given it reads
/// and fills it. It only saves time: the bytes written do not depend on it.
#[derive(Debug, Default)]
pub struct Streams {}
