//! Faces: found by reading the files in fonts/ (never the system's), matched by family, weight and
//! style, measured, and their words shaped.

mod axes;
mod face;
mod features;
mod shape;

pub use face::{Face, FaceMetrics};
pub use shape::{Division, Letters, Word, WordGlyph, WordShaper};

use crate::style::values::FontStyle;

/// The family that `serif` names.
pub const SERIF: &str = "Source Serif 4 Display";
/// The family that every other generic name stands for, and what is used where no family is found.
pub const SANS_SERIF: &str = "Source Sans 3";

/// Index of a face in [`Faces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// All faces of a workspace: its own first, then the shipped ones. Immutable, shared by all clients.
#[derive(Debug, Default)]
pub struct Faces {
    pub faces: Vec<Face>,
}

impl Faces {
    /// Adds a face after the others. A family, weight and style that is there already keeps its
    /// first face, so a workspace's own win over the shipped ones when they are added first.
    pub fn add(&mut self, face: Face) {
        let known = self.faces.iter().any(|f| {
            same_family(&f.family, &face.family) && f.weight == face.weight && f.style == face.style
        });
        if !known && self.faces.len() < usize::from(u16::MAX) {
            self.faces.push(face);
        }
    }

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
    /// None where no face has that family. Generic names are families too: see [`generic`].
    pub fn find(&self, family: &str, weight: u16, style: FontStyle) -> Option<FaceId> {
        self.faces
            .iter()
            .enumerate()
            .filter(|(_, face)| same_family(&face.family, family))
            .min_by_key(|(_, face)| (face.style != style, weight_distance(weight, face.weight)))
            .map(|(index, _)| FaceId(index as u16))
            .or_else(|| generic(family).and_then(|shipped| self.find(shipped, weight, style)))
    }

    /// The face to begin with for a family list: of the first family that exists, else of the generic
    /// default. None only where there is no face at all.
    pub fn first<S: AsRef<str>>(&self, families: &[S], weight: u16, style: FontStyle) -> Option<FaceId> {
        let named = families.iter().map(AsRef::as_ref).chain([SANS_SERIF, SERIF]);
        let every = self.faces.iter().map(|face| face.family.as_str());
        named.chain(every).find_map(|family| self.find(family, weight, style))
    }

    /// The faces to try in turn for a family list: those that exist, then the generic default, then
    /// every other face. Empty only where there is no face at all.
    pub fn stack<S: AsRef<str>>(&self, families: &[S], weight: u16, style: FontStyle) -> Vec<FaceId> {
        let mut stack = vec![];
        let named = families.iter().map(AsRef::as_ref).chain([SANS_SERIF, SERIF]);
        let every = self.faces.iter().map(|face| face.family.as_str());
        for family in named.chain(every) {
            if let Some(id) = self.find(family, weight, style)
                && !stack.contains(&id)
            {
                stack.push(id);
            }
        }
        stack
    }
}

/// The shipped family that a generic name (CSS Fonts 4 §2.1.3) stands for; None for any other name.
pub fn generic(family: &str) -> Option<&'static str> {
    match family.to_ascii_lowercase().as_str() {
        "serif" | "ui-serif" => Some(SERIF),
        "sans-serif" | "ui-sans-serif" | "system-ui" | "monospace" | "ui-monospace" | "cursive"
        | "fantasy" | "ui-rounded" => Some(SANS_SERIF),
        _ => None,
    }
}

fn same_family(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || a.to_lowercase() == b.to_lowercase()
}

/// The order in which weights are tried, least first (CSS Fonts 4 §5.2, step "font-weight").
fn weight_distance(wanted: u16, has: u16) -> (u8, u16) {
    let away = wanted.abs_diff(has);
    match wanted {
        400..=500 if (wanted..=500).contains(&has) => (0, away),
        400..=500 if has < wanted => (1, away),
        400..=500 => (2, away),
        ..400 if has <= wanted => (0, away),
        ..400 => (1, away),
        _ if has >= wanted => (0, away),
        _ => (1, away),
    }
}
