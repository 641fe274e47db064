//! IN WHAT ORDER: a layout filled by Handlebars, parsed as HTML into a tree of nodes.
pub mod tree;
