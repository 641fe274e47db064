//! URLs, e-mail addresses, file paths and command-line options: kept as they are.

use super::{Line, is_space};

/// Takes the words that are addresses out of every rule's reach; the punctuation around them stays in
/// it.
pub fn protect(line: &mut Line) {
    let mut at = 0;
    while at < line.signs.len() {
        if is_boundary(line.signs[at].sign) {
            at += 1;
            continue;
        }
        let rest = &line.signs[at..];
        let end = at + rest.iter().position(|s| is_boundary(s.sign)).unwrap_or(rest.len());
        let mut word: &[super::Sign] = &line.signs[at..end];
        let mut start = at;
        while let [first, rest @ ..] = word
            && matches!(first.sign, '(' | '[' | '{' | '\'' | '’' | '‘')
        {
            word = rest;
            start += 1;
        }
        while let [rest @ .., last] = word
            && matches!(
                last.sign,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '’' | '…'
            )
        {
            word = rest;
        }
        at = end;
        // each kind of address has one of these
        if !word.iter().any(|s| matches!(s.sign, '/' | '@' | '\\' | ':' | '.' | '-')) {
            continue;
        }
        let text: String = word.iter().map(|s| s.sign).collect();
        if is_address(&text) {
            let length = word.len();
            line.signs[start..start + length].iter_mut().for_each(|s| s.locale = None);
        }
    }
}

fn is_boundary(sign: char) -> bool {
    is_space(sign) || matches!(sign, '"' | '«' | '»' | '“' | '”' | '<' | '>')
}

fn is_address(word: &str) -> bool {
    let alnum = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let between = |sign: char| {
        word.match_indices(sign).any(|(at, found)| {
            alnum(word[..at].chars().next_back()) && alnum(word[at + found.len()..].chars().next())
        })
    };
    let starts = |prefix: &str| word.strip_prefix(prefix).is_some_and(|rest| alnum(rest.chars().next()));
    word.contains("://")
        || starts("www.")
        || starts("mailto:")
        || starts("tel:")
        || between('@')
        || word.contains('\\')
        || starts("/")
        || starts("./")
        || word.starts_with("../")
        || starts("~/")
        || starts("--")
        || (word.contains('/') && between('.'))
}
