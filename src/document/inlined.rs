//! The filled layout as one HTML file that opens in any browser: the `html` command.

use super::tree::Document;
use crate::diagnostic::Place;

/// The document as HTML with `css` in a `<style>`, its text exactly as the tree has it.
///
/// `image` gives the `data:` URI of an `<img src>` (said at the place); None leaves the `src` as it is.
pub fn serialize(
    document: &Document,
    css: &str,
    image: &mut dyn FnMut(&str, Option<&Place>) -> Option<String>,
) -> String {
    let _ = (document, css, image);
    todo!()
}

/// A style sheet with each `url(…)` and `url("…")` replaced by what `resource` gives for it; None
/// leaves it as it is.
pub fn inline_urls(css: &str, resource: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let _ = (css, resource);
    todo!()
}
