//! What single characters are to the paragraph: word or space, hidden, right-to-left.

use super::hyphenate::SOFT_HYPHEN;

pub(super) const NO_BREAK_SPACE: char = '\u{A0}';
pub(super) const NARROW_NO_BREAK_SPACE: char = '\u{202F}';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    /// U+0020: stretches, and hangs at a line's end.
    Space,
    /// U+00A0: stretches only.
    NoBreakSpace,
    /// U+202F and every other space.
    FixedSpace,
    Tab,
}

impl Class {
    pub fn of(c: char) -> Class {
        match c {
            ' ' => Class::Space,
            NO_BREAK_SPACE => Class::NoBreakSpace,
            '\t' => Class::Tab,
            NARROW_NO_BREAK_SPACE | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => {
                Class::FixedSpace
            }
            _ => Class::Word,
        }
    }

    pub fn stretches(self) -> bool {
        matches!(self, Class::Space | Class::NoBreakSpace)
    }

    pub fn hangs(self) -> bool {
        matches!(self, Class::Space | Class::Tab)
    }
}

/// Characters without a glyph of their own that the shaper hides (Default_Ignorable_Code_Point).
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c,
        SOFT_HYPHEN | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The blocks of the right-to-left scripts (UAX #9, classes R and AL), and the controls that reverse.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{202B}' | '\u{202E}' | '\u{2067}')
}

/// What part of a plain space's width stands in for a space that the face lacks; its plain space is
/// near a quarter of an em.
pub(super) fn space_part(c: char) -> f32 {
    match c {
        '\u{2000}' | '\u{2002}' => 2.0,
        '\u{2001}' | '\u{2003}' | '\u{3000}' => 4.0,
        '\u{2004}' => 4.0 / 3.0,
        '\u{2006}' | '\u{2009}' => 2.0 / 3.0,
        '\u{200A}' => 1.0 / 3.0,
        '\u{2007}' => 2.0,
        _ => 1.0,
    }
}

/// For messages: `“→” (U+2192), U+200D and 3 more`; what prints nothing is only numbered.
pub(super) fn listed(characters: &[char]) -> String {
    const SHOWN: usize = 5;
    let more = characters.len().saturating_sub(SHOWN);
    let shown: Vec<String> = characters
        .iter()
        .take(SHOWN)
        .map(|&c| match is_ignorable(c) {
            true => format!("U+{:04X}", c as u32),
            false => format!("“{c}” (U+{:04X})", c as u32),
        })
        .collect();
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}
