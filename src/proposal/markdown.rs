//! Markdown to safe HTML: CommonMark's events through a writer of our own that knows a closed list of
//! elements. Raw HTML is printed as text; a link to anything but http, https, mailto and tel is too.

use super::rich::Rich;

/// How deep blocks and spans may nest.
pub const MAX_DEPTH: usize = 256;

/// How the first letter of a text is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLetter {
    AsWritten,
    /// A capital, unless the first word has capitals of its own (`iOS`) or is an address.
    Capital,
}

/// Inline Markdown: emphasis, code, links. What would be a heading, a list or another block is text;
/// a blank line is a line break. Never fails.
pub fn inline(text: &str, first: FirstLetter) -> Rich {
    let _ = (text, first);
    todo!()
}

/// Markdown with blocks: paragraphs, lists, quotes, code, tables. Headings become paragraphs in strong.
/// Images are left out. Never fails: what nests deeper than [`MAX_DEPTH`] is printed as it is written.
pub fn blocks(text: &str, first: FirstLetter) -> Rich {
    let _ = (text, first);
    todo!()
}
