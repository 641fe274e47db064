//! IN WHAT ORDER: a layout filled by Handlebars, parsed as HTML into a tree of nodes.

pub mod context;
pub mod inlined;
pub mod layout;
pub mod schema;
pub mod tree;

pub use context::{origins, pretty};
pub use inlined::{inline_urls, serialize};
pub use layout::{Layout, LayoutSources};
pub use schema::Schema;
