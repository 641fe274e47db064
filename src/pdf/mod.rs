//! IN WHICH BYTES: printpdf writes the content, lopdf the structure and metadata.
