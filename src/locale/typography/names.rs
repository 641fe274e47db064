//! Names: printed letter for letter, wherever they stand in a text.

use std::ops::Range;

/// Names of people and firms, and other words that no rule may touch. One is found wherever it stands as a
/// whole word, in a sentence that somebody wrote too; upper and lower case count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<String>);

impl Names {
    pub const NONE: &'static Names = &Names(Vec::new());

    /// White space in a name is one space. Of two that begin alike, the longer is looked for first.
    pub fn new(names: impl IntoIterator<Item = impl AsRef<str>>) -> Names {
        let one_space = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut names: Vec<String> = names.into_iter().map(|name| one_space(name.as_ref())).collect();
        names.retain(|name| name.contains(char::is_alphanumeric));
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup();
        Names(names)
    }

    /// Where names stand in a text, as ranges of its signs, ascending and apart from one another.
    pub fn within(&self, text: &[char]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = vec![];
        for name in &self.0 {
            let Some(first) = name.chars().next() else { continue };
            let mut at = 0;
            while let Some(step) = text[at..].iter().position(|sign| *sign == first) {
                at += step;
                let apart = |end| !found.iter().any(|other| other.start < end && at < other.end);
                match end_of(name, text, at).filter(|&end| apart(end)) {
                    Some(end) => {
                        found.push(at..end);
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        found.sort_by_key(|range| range.start);
        found
    }

    /// As [`within`](Self::within), in bytes.
    pub fn within_str(&self, text: &str) -> Vec<Range<usize>> {
        let first = |name: &String| name.split(' ').next().is_some_and(|word| text.contains(word));
        if !self.0.iter().any(first) {
            return vec![];
        }
        let (at, signs): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
        let byte = |sign: usize| at.get(sign).copied().unwrap_or(text.len());
        let ranges = self.within(&signs);
        ranges.into_iter().map(|range| byte(range.start)..byte(range.end)).collect()
    }
}

/// Where a name ends that begins at `start`; None where it does not stand there as a whole word.
fn end_of(name: &str, text: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    for sign in name.chars() {
        if sign == ' ' {
            let spaces = text[at..].iter().take_while(|c| c.is_whitespace()).count();
            if spaces == 0 {
                return None;
            }
            at += spaces;
        } else if text.get(at) == Some(&sign) {
            at += 1;
        } else {
            return None;
        }
    }
    let within_word = |outside: Option<&char>, edge: Option<char>| {
        outside.is_some_and(|c| c.is_alphanumeric()) && edge.is_some_and(char::is_alphanumeric)
    };
    let before = start.checked_sub(1).and_then(|before| text.get(before));
    let is_part =
        within_word(before, name.chars().next()) || within_word(text.get(at), name.chars().next_back());
    (!is_part).then_some(at)
}
