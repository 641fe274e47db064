//! A piece of Markdown, read once into the two forms that later stages want.

use super::view::Html;

/// `html` is safe (raw HTML escaped, only our own elements); `plain` is its text alone, white space
/// collapsed, for explanations, slugs and matching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    pub html: Html,
    pub plain: String,
}
