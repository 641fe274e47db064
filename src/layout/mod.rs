//! WHERE: page-aware flow, flex and grid, tables and paragraphs make pages of items.
pub mod pages;
