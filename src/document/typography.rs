//! The typographic rules on a document's text.
use super::tree::Document;
pub fn apply(document: &mut Document) {
    let _ = document;
}
