//! Faces: found by reading the files in fonts/ (never the system's), matched by family, weight and
//! style, measured, and subset for embedding.

mod face;

pub use face::{Face, FaceMetrics};

use crate::style::values::FontStyle;

/// Index of a face in [`Faces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// All faces of a workspace: its own first, then the shipped ones. Immutable, shared by all clients.
#[derive(Debug, Default)]
pub struct Faces {
    pub faces: Vec<Face>,
}

impl Faces {
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0 as usize]
    }

    /// The distinct family names, sorted.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.faces.iter().map(|f| f.family.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The face of `family` (case-insensitive) nearest to a weight and style, by CSS Fonts 4 §5.2;
    /// None where no face has that family.
    pub fn find(&self, family: &str, weight: u16, style: FontStyle) -> Option<FaceId> {
        let _ = (family, weight, style);
        todo!()
    }
}
