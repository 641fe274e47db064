//! Small capitals in a face that has none: capitals in a smaller size (CSS Fonts 4 §6.5).

use std::ops::Range;

use super::collapse::is_mark;
use crate::font::{Face, Letters};
use crate::style::values::TextStyle;

/// Their size, of the text's: CSS leaves it to the program; this is what browsers take.
pub(super) const SMALL_CAPITALS: f32 = 0.7;

/// Which letters become small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Synthesis {
    /// `small-caps`.
    Lowercase,
    /// `all-small-caps`.
    All,
}

impl Synthesis {
    /// None where no small capitals are asked for, or the face has its own.
    pub fn of(style: &TextStyle, face: &Face) -> Option<Synthesis> {
        let asks = |tag: &[u8; 4]| style.font_variants.caps.iter().any(|(asked, _)| asked == tag);
        match (asks(b"smcp"), asks(b"c2sc")) {
            (true, true) if !(face.has_feature(b"smcp") && face.has_feature(b"c2sc")) => {
                Some(Synthesis::All)
            }
            (true, false) if !face.has_feature(b"smcp") => Some(Synthesis::Lowercase),
            _ => None,
        }
    }

    /// Cuts a word where the size changes; marks stay with their letter.
    pub fn pieces(self, word: &str) -> Vec<(Range<usize>, Letters)> {
        let mut pieces: Vec<(Range<usize>, Letters)> = vec![];
        for (at, c) in word.char_indices() {
            let end = at + c.len_utf8();
            let letters = match self {
                Synthesis::All => Letters::Capitals,
                Synthesis::Lowercase if !c.to_uppercase().eq([c]) => Letters::Capitals,
                Synthesis::Lowercase => Letters::AsWritten,
            };
            match pieces.last_mut() {
                Some((piece, of)) if *of == letters || is_mark(c) => piece.end = end,
                _ => pieces.push((at..end, letters)),
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_the_size_changes() {
        let pieces = |synthesis: Synthesis, word: &str| -> Vec<(String, Letters)> {
            let pieces = synthesis.pieces(word).into_iter();
            pieces.map(|(piece, letters)| (word[piece].to_owned(), letters)).collect()
        };
        let (written, capitals) = (Letters::AsWritten, Letters::Capitals);
        let of = |list: &[(&str, Letters)]| -> Vec<(String, Letters)> {
            list.iter().map(|(text, letters)| ((*text).to_owned(), *letters)).collect()
        };
        assert_eq!(
            pieces(Synthesis::Lowercase, "L’État-1er"),
            of(&[("L’É", written), ("tat", capitals), ("-1", written), ("er", capitals)])
        );
        assert_eq!(
            pieces(Synthesis::Lowercase, "e\u{301}Ab"),
            of(&[("e\u{301}", capitals), ("A", written), ("b", capitals)])
        );
        assert_eq!(pieces(Synthesis::All, "État-1"), of(&[("État-1", capitals)]));
    }
}
