//! A text with pieces taken out, which still knows where the rest was written.

use std::ops::Range;

/// A text with pieces taken out.
pub(super) struct Cut {
    /// Ends in a line feed.
    pub text: String,
    /// For each piece, in order: where it would stand in `text`.
    pub points: Vec<usize>,
    /// (offset in `text`, offset in the text before) of each stretch that was kept, ascending.
    kept: Vec<(usize, usize)>,
}

impl Cut {
    /// Takes `pieces`, ascending and apart, out of `text`. A line of which nothing else is left goes with
    /// its line feed, so that what stood beside the text does not part it; its pieces then stand at the
    /// end of the line before or, where that is blank, at the beginning of the next.
    pub fn new(text: &str, pieces: &[Range<usize>]) -> Cut {
        let mut cut = Cut { text: String::with_capacity(text.len() + 1), points: vec![], kept: vec![] };
        let mut pieces = pieces.iter().peekable();
        let mut at = 0;
        while at < text.len() {
            let line = cut.text.len();
            let (stretches, points) = (cut.kept.len(), cut.points.len());
            // A piece may reach over several lines, which then read as one.
            let mut end = line_end(text, at);
            while let Some(piece) = pieces.next_if(|piece| piece.start < end) {
                cut.keep(text, at..piece.start);
                cut.points.push(cut.text.len());
                at = piece.end;
                if at >= end {
                    end = line_end(text, at);
                }
            }
            cut.keep(text, at..end);
            at = end;
            if cut.points.len() > points && cut.text[line..].trim().is_empty() {
                cut.text.truncate(line);
                cut.kept.truncate(stretches);
                let before = cut.text.strip_suffix('\n').and_then(|text| text.rsplit('\n').next());
                let after_words = before.is_some_and(|before| !before.trim().is_empty());
                cut.points[points..].fill(if after_words { line - 1 } else { line });
            }
        }
        if !cut.text.ends_with('\n') {
            cut.text.push('\n');
        }
        cut
    }

    fn keep(&mut self, text: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.kept.push((self.text.len(), range.start));
            self.text.push_str(&text[range]);
        }
    }

    /// Where a range of `text` stood before.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let origin = |offset: usize| {
            let stretch = self.kept.partition_point(|(start, _)| *start <= offset);
            stretch.checked_sub(1).map_or(offset, |i| {
                let (start, origin) = self.kept[i];
                origin + (offset - start)
            })
        };
        let start = origin(range.start);
        start..if range.is_empty() { start } else { origin(range.end - 1) + 1 }
    }
}

/// Offset after the line feed that ends the line at `at`.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::Cut;

    #[test]
    fn pieces_leave_and_places_stay() {
        let text = "- un #a\n- deux\n\n#b\nlà\n#c\n\n#d\n\n%%x\n\ny%% fin";
        let pieces: Vec<_> = [" #a", "#b", "#c", "#d", "%%x\n\ny%% "]
            .iter()
            .map(|piece| {
                let start = text.find(piece).unwrap();
                start..start + piece.len()
            })
            .collect();
        let cut = Cut::new(text, &pieces);
        assert_eq!(cut.text, "- un\n- deux\n\nlà\n\n\nfin\n");
        let around: Vec<_> = cut.points.iter().map(|point| &cut.text[*point..]).collect();
        // after "un"; before "là"; after "là"; between two blank lines; before "fin"
        assert_eq!(
            around,
            ["\n- deux\n\nlà\n\n\nfin\n", "là\n\n\nfin\n", "\n\n\nfin\n", "\nfin\n", "fin\n"]
        );
        for word in ["un", "deux", "là", "fin"] {
            let start = cut.text.find(word).unwrap();
            assert_eq!(&text[cut.origin(start..start + word.len())], word);
        }
    }
}
