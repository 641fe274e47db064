//! Words that their box's face cannot set: cut into pieces of other faces, and reported.

use std::ops::Range;

use icu_segmenter::GraphemeClusterSegmenter;
use unicode_normalization::UnicodeNormalization;

use super::characters::{is_ignorable, listed};
use super::itemize::Source;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::font::{Face, FaceId, Faces};

/// A character that a text's own face has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Absent {
    source: u32,
    own: FaceId,
    /// The face that sets it instead; None where no face has it.
    by: Option<FaceId>,
    character: char,
}

/// What one text may be set in.
pub(super) struct Fallback<'a> {
    pub faces: &'a Faces,
    pub own: FaceId,
    pub stack: Vec<FaceId>,
    pub source: u32,
}

impl Fallback<'_> {
    /// Cuts a word into pieces of one face each; a letter and its marks stay together.
    pub fn pieces(&self, word: &str, absent: &mut Vec<Absent>) -> Vec<(Range<usize>, FaceId)> {
        let mut pieces: Vec<(Range<usize>, FaceId)> = vec![];
        let mut from = 0;
        for to in GraphemeClusterSegmenter::new().segment_str(word).skip(1) {
            let face = self.face(&word[from..to], absent);
            match pieces.last_mut() {
                Some((piece, last)) if *last == face => piece.end = to,
                _ => pieces.push((from..to, face)),
            }
            from = to;
        }
        pieces
    }

    fn face(&self, cluster: &str, absent: &mut Vec<Absent>) -> FaceId {
        let whole = |id: &FaceId| sets(self.faces.face(*id), cluster);
        let lacking = |id: FaceId| {
            let face = self.faces.face(id);
            cluster.chars().filter(move |&c| !face.has(c) && !is_ignorable(c))
        };
        let note = |by| move |character| Absent { source: self.source, own: self.own, by, character };
        if whole(&self.own) {
            return self.own;
        }
        if let Some(other) = self.stack.iter().copied().find(whole) {
            absent.extend(lacking(self.own).map(note(Some(other))));
            return other;
        }
        // Some mark of the cluster is in no face, or not in the one that has its letter.
        let base = cluster.chars().find(|&c| !is_ignorable(c));
        let has_base = |id: &FaceId| base.is_some_and(|c| self.faces.face(*id).has(c));
        let best = self.stack.iter().copied().find(has_base).unwrap_or(self.own);
        absent.extend(lacking(best).map(note(None)));
        best
    }
}

/// Whether a face can set a text: each character, or the text composed or decomposed.
pub(super) fn sets(face: &Face, text: &str) -> bool {
    let has = |c: char| face.has(c) || is_ignorable(c);
    text.chars().all(has) || (!text.is_ascii() && (text.nfc().all(has) || text.nfd().all(has)))
}

/// One message a text of the paragraph `text` for the characters in no face, and one for each fallback face.
pub(super) fn report(
    absent: &mut Vec<Absent>,
    sources: &[Source],
    text: &str,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) {
    absent.sort_unstable();
    absent.dedup();
    for group in absent.chunk_by(|a, b| (a.source, a.own, a.by) == (b.source, b.own, b.by)) {
        let Absent { source, own, by, .. } = group[0];
        let characters: Vec<char> = group.iter().map(|a| a.character).collect();
        let list = listed(&characters);
        let diagnostic = match by {
            Some(by) => {
                let (own, by) = (&faces.face(own).family, &faces.face(by).family);
                Diagnostic::warning(format!("{own} has no {list}: the fallback face {by} prints it"))
                    .hint("choose a face that has it, or write it another way")
            }
            None => Diagnostic::error(format!("no face has {list}"))
                .hint("take it out of the text, or put a face that has it into fonts/"),
        };
        let word = text.split_whitespace().find(|word| word.contains(characters[0])).unwrap_or_default();
        diagnostics.push(diagnostic.maybe_at(sources[source as usize].place.clone()).about([
            text.trim().to_owned(),
            word.to_owned(),
            characters[0].to_string(),
        ]));
    }
}
