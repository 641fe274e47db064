//! Quotation marks and apostrophes.

use super::{Line, Locale, is_gap, is_opening, is_space};

/// A quotation mark on the stack of those that are open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Straight,
    /// The mark that closes it.
    Typographic(char),
}

/// Straight double quotes become « » in French, “ ” within others; “ ” in English, ‘ ’ within others
/// (IN, "Guillemets"). One that has no partner in the block stays: it may be inches.
pub fn double(line: &mut Line) {
    let pairs = pairs(line);
    // how many pairs are open before each sign
    let mut depth = 0usize;
    let mut straight = vec![];
    for (at, role) in pairs {
        match role {
            Role::Open(mark) => {
                if mark == Mark::Straight {
                    straight.push((at, Side::Open, depth));
                }
                depth += 1;
            }
            Role::Close(mark) => {
                depth = depth.saturating_sub(1);
                if mark == Mark::Straight {
                    straight.push((at, Side::Close, depth));
                }
            }
        }
    }
    for (at, side, depth) in straight {
        if let Some(locale) = line.signs[at].locale {
            line.signs[at].sign = mark(locale, side, depth);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open(Mark),
    Close(Mark),
}

fn mark(locale: Locale, side: Side, depth: usize) -> char {
    let (outer, inner) = match locale {
        Locale::Fr => (['«', '»'], ['“', '”']),
        Locale::EnGb | Locale::EnUs => (['“', '”'], ['‘', '’']),
    };
    let pair = if depth == 0 { outer } else { inner };
    match side {
        Side::Open => pair[0],
        Side::Close => pair[1],
    }
}

/// The quotation marks that have a partner, in the order of the text.
fn pairs(line: &Line) -> Vec<(usize, Role)> {
    let mut open: Vec<(usize, Mark)> = vec![];
    let mut found = vec![];
    for (at, sign) in line.signs.iter().enumerate() {
        match sign.sign {
            '«' => open.push((at, Mark::Typographic('»'))),
            '“' => open.push((at, Mark::Typographic('”'))),
            closing @ ('»' | '”') => {
                let mark = Mark::Typographic(closing);
                if let Some(partner) = open.iter().rposition(|(_, m)| *m == mark) {
                    found.push((open[partner].0, Role::Open(mark)));
                    found.push((at, Role::Close(mark)));
                    open.truncate(partner);
                }
            }
            '"' if sign.locale.is_some() => {
                let partner = open.last().filter(|(_, m)| *m == Mark::Straight).map(|(at, _)| *at);
                match side(line, at, partner.is_some()) {
                    Some(Side::Open) => open.push((at, Mark::Straight)),
                    Some(Side::Close) => {
                        if let Some(partner) = partner {
                            open.pop();
                            found.push((partner, Role::Open(Mark::Straight)));
                            found.push((at, Role::Close(Mark::Straight)));
                        }
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Whether a straight double quote opens or closes, by what stands beside it and whether one is open.
fn side(line: &Line, at: usize, one_is_open: bool) -> Option<Side> {
    let after = line.sign(at + 1);
    // the space inside « is no gap: it may not have been put there yet
    let within = line.signs[..at].iter().rev().find(|s| !is_space(s.sign)).filter(|s| s.sign == '«');
    let before = within.map(|s| s.sign).or(line.before(at));
    // an apostrophe, straight or not, ends a word (l'"équipe") unless it begins one
    let is_single = |c: char| "'’‘".contains(c);
    let single_begins = before.is_some_and(is_single)
        && line.before(at - 1).is_none_or(|c| is_space(c) || is_opening(c) || is_single(c));
    let begins =
        is_gap(before) || before.is_some_and(|c| is_opening(c) || is_single(c) || "/–—-".contains(c));
    let may_open = begins && after.is_some_and(|c| !is_space(c) && !"»”;:!?,.)]}".contains(c));
    let ends = before.is_some_and(|c| !is_space(c) && (!is_opening(c) || is_single(c)));
    let may_close = ends && !single_begins;
    match (may_open, may_close) {
        (true, false) => Some(Side::Open),
        (_, true) | (false, false) if one_is_open => Some(Side::Close),
        // inches: 12"
        (_, true) if before.is_some_and(|c| c.is_ascii_digit()) => None,
        (true, true) => Some(Side::Open),
        (false, true) => None,
        // white space on both sides
        (false, false) => after.map(|_| Side::Open),
    }
}

/// Straight single quotes: an apostrophe ’ (IN, "Apostrophe"), or a pair around words: ‘ ’ in English; in French
/// “ ” as within « », and ‘ ’ within those. After a digit it is a prime (feet, minutes) and stays.
pub fn single(line: &mut Line) {
    french_pairs(line);
    for at in 0..line.signs.len() {
        let sign = line.signs[at];
        let Some(locale) = sign.locale else { continue };
        if sign.sign != '\'' {
            continue;
        }
        let (before, after) = (line.before(at), line.sign(at + 1));
        let is_prime =
            before.is_some_and(|c| c.is_ascii_digit()) && !after.is_some_and(char::is_alphabetic);
        let stands_alone = is_gap(before) && is_gap(after);
        if is_prime || stands_alone {
            continue;
        }
        let opens = locale != Locale::Fr && begins(line, at) && !is_elision(line, at);
        line.signs[at].sign = if opens { '‘' } else { '’' };
    }
}

/// Whether a single quote stands where a word can begin.
fn begins(line: &Line, at: usize) -> bool {
    let before = line.before(at);
    is_gap(before) || before.is_some_and(|c| is_opening(c) || "-–—/\"".contains(c))
}

/// Two straight single quotes, one before a word and one after the same or another, quote what is between. An
/// apostrophe stands between letters; a word that lacks its beginning ('90) has no partner.
fn french_pairs(line: &mut Line) {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut open = None;
    for at in 0..line.signs.len() {
        let sign = line.signs[at];
        match sign.sign {
            // crossed quotations are none
            '"' | '«' | '»' => open = None,
            '\'' if sign.is_french() => {
                let (before, after) = (line.before(at), line.sign(at + 1));
                let ends = before.is_some_and(|c| !is_space(c) && !is_opening(c) && !"'\"".contains(c));
                if begins(line, at) && is_word(after) {
                    open = Some(at);
                } else if ends
                    && !is_word(after)
                    && let Some(first) = open.take()
                {
                    let count = |mark| line.signs[..first].iter().filter(|s| s.sign == mark).count();
                    let within = count('“') > count('”');
                    let marks = if within { ['‘', '’'] } else { ['“', '”'] };
                    line.signs[first].sign = marks[0];
                    line.signs[at].sign = marks[1];
                }
            }
            _ => {}
        }
    }
}

/// English words and years that lack their beginning: 'tis, 'em, '90s.
fn is_elision(line: &Line, at: usize) -> bool {
    let word: String = line.signs[at + 1..]
        .iter()
        .map(|s| s.sign)
        .take_while(|c| !is_space(*c) && c.is_alphanumeric())
        .take(8)
        .collect();
    let lower = word.to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(lower.as_str(), "tis" | "twas" | "em" | "til" | "cause" | "bout" | "n" | "round")
}
