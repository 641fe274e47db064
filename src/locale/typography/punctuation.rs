//! Ellipses, dashes, and the spaces that French sets around its punctuation.

use super::numbers::UNITS;
use super::{Line, Sign, is_gap, is_opening, is_space};
use crate::locale::{NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE};

/// Exactly three full stops become one sign … (IN, "Points de suspension").
pub fn ellipses(line: &mut Line) {
    let mut at = 0;
    while at + 3 <= line.signs.len() {
        let is_three =
            line.reads(at, "...") && line.signs[at..at + 3].iter().all(|s| s.locale.is_some());
        let alone = line.before(at) != Some('.') && !matches!(line.sign(at + 3), Some('.' | '/' | '\\'));
        if is_three && alone {
            line.signs[at].sign = '…';
            line.signs.drain(at + 1..at + 3);
        }
        at += 1;
    }
}

/// A hyphen, or two, between spaces is a dash –; two between English words are a dash —.
pub fn dashes(line: &mut Line) {
    let mut at = 0;
    while at < line.signs.len() {
        let length = line.signs[at..].iter().take_while(|s| s.sign == '-').count();
        if length == 0 {
            at += 1;
            continue;
        }
        let free = line.signs[at..at + length].iter().all(|s| s.locale.is_some());
        let (before, after) = (line.before(at), line.sign(at + length));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if free && length <= 2 {
            let dash = if is_gap(before) && after.is_some_and(is_space) {
                Some('–')
            } else if length == 2 && line.signs[at].is_english() && is_word(before) && is_word(after) {
                Some('—')
            } else {
                None
            };
            if let Some(dash) = dash {
                line.signs[at].sign = dash;
                line.signs.drain(at + 1..at + length);
            }
        }
        at += length;
    }
}

/// The no-break spaces of French: before ; : ! ? and », after « (IN, "Ponctuation"); between a number
/// and its unit, an abbreviation and what it announces.
pub fn french_spaces(line: &mut Line) {
    let signs = std::mem::take(&mut line.signs);
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len() + 8);
    for (at, sign) in signs.iter().enumerate() {
        if !is_space(sign.sign)
            && let Some(space) = space_before(&out, &signs[at..])
        {
            put_space(&mut out, space, sign);
        }
        out.push(*sign);
    }
    line.signs = out;
}

/// Makes the white space at the end of `out`, or none, one sign. White space that must stay as it is,
/// or that begins the block, is left.
fn put_space(out: &mut Vec<Sign>, space: char, next: &Sign) {
    let length = out.iter().rev().take_while(|s| is_space(s.sign)).count();
    let start = out.len() - length;
    if start == 0 || out[start..].iter().any(|s| s.locale.is_none()) {
        return;
    }
    match out.get_mut(start) {
        Some(first) => {
            first.sign = space;
            out.truncate(start + 1);
        }
        None => {
            // in the segment of the mark that wants it, or of the « where that comes before
            let owner = match out.last() {
                Some(last) if last.sign == '«' => *last,
                _ => *next,
            };
            out.push(Sign { sign: space, ..owner });
        }
    }
}

/// The space that French sets between what is `set` and what is `coming`; None where it sets none of
/// its own.
fn space_before(set: &[Sign], coming: &[Sign]) -> Option<char> {
    let next = coming.first()?;
    let spaces = set.iter().rev().take_while(|s| is_space(s.sign)).count();
    let before = set[..set.len() - spaces].last()?;
    let after = coming.get(1).map(|s| s.sign);
    if before.sign == '«' && before.is_french() && next.sign != '»' {
        return Some(NO_BREAK_SPACE);
    }
    let touches = spaces == 0;
    if !next.is_french() {
        // what is announced may be kept as it is: a name
        let is_prose = set.last().is_some_and(|space| !touches && space.is_french());
        let announced = is_prose && announces(&set[..set.len() - spaces], next.sign);
        return announced.then_some(NO_BREAK_SPACE);
    }
    match next.sign {
        ';' | '!' | '?' | ':' => {
            let is_pair = touches && matches!(before.sign, ';' | '!' | '?' | ':');
            let follows_word = !is_opening(before.sign) && (!touches || ends_word(before.sign));
            let is_mark = ends_clause(after) && follows_word && !is_pair;
            let space = if next.sign == ':' { NO_BREAK_SPACE } else { NARROW_NO_BREAK_SPACE };
            is_mark.then_some(space)
        }
        '»' => (!touches || before.sign != '«').then_some(NO_BREAK_SPACE),
        '%' | '‰' | '€' if before.sign.is_ascii_digit() => {
            (!after.is_some_and(char::is_alphanumeric)).then_some(NO_BREAK_SPACE)
        }
        _ if touches => None,
        _ if before.sign.is_ascii_digit() && is_unit(coming) => Some(NO_BREAK_SPACE),
        _ if follows_hour(&set[..set.len() - spaces]) && is_minutes(coming) => Some(NO_BREAK_SPACE),
        sign if announces(&set[..set.len() - spaces], sign) => Some(NO_BREAK_SPACE),
        _ => None,
    }
}

/// What may follow a mark that ends a clause: not the letters and signs of code, times and ratios
/// (10:30, a?b, x!=y).
fn ends_clause(after: Option<char>) -> bool {
    after.is_none_or(|c| is_space(c) || ")]}»”’\"'…!?;,.«“".contains(c))
}

/// What a mark may touch in text typed without spaces: not the signs of code (`->?`, `--:`).
fn ends_word(before: char) -> bool {
    !"-–—/=<>+*&|~^_#@".contains(before)
}

fn is_unit(coming: &[Sign]) -> bool {
    let length =
        coming.iter().take_while(|s| s.sign.is_alphabetic() || "²³°€%‰£$".contains(s.sign)).count();
    let follows = coming.get(length).map(|s| s.sign);
    let word = coming[..length].iter().map(|s| s.sign);
    !follows.is_some_and(char::is_alphanumeric) && UNITS.iter().any(|unit| unit.chars().eq(word.clone()))
}

/// Whether `set` ends in an hour: 14 h (IN, "Heures").
fn follows_hour(set: &[Sign]) -> bool {
    let mut back = set.iter().rev().map(|s| s.sign).skip_while(|c| is_space(*c));
    let is_hour = back.next() == Some('h');
    is_hour && back.find(|c| !is_space(*c)).is_some_and(|c| c.is_ascii_digit())
}

/// Whether `coming` begins with two digits and no more.
fn is_minutes(coming: &[Sign]) -> bool {
    let length = coming.iter().take_while(|s| s.sign.is_ascii_digit()).count();
    length == 2 && !coming.get(length).is_some_and(|s| s.sign.is_alphanumeric())
}

/// Titles before a name, abbreviations before a number (IN, "Abréviations").
const BEFORE_NAME: &[&str] = &["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Me", "Dr", "Pr", "Mgr"];
const BEFORE_NUMBER: &[&str] =
    &["n°", "N°", "nº", "art.", "p.", "pp.", "fig.", "chap.", "vol.", "§", "L.", "R.", "D."];

/// Whether the last word of `set` is an abbreviation that goes with what begins with `next`.
fn announces(set: &[Sign], next: char) -> bool {
    let list = match next {
        c if c.is_uppercase() => BEFORE_NAME,
        c if c.is_ascii_digit() => BEFORE_NUMBER,
        _ => return false,
    };
    let length =
        set.iter().rev().take_while(|s| s.sign.is_alphanumeric() || ".°§".contains(s.sign)).count();
    let word = set[set.len() - length..].iter().map(|s| s.sign);
    length > 0 && list.iter().any(|known| known.chars().eq(word.clone()))
}
