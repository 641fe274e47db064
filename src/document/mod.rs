//! IN WHAT ORDER: a layout filled by Handlebars, parsed as HTML into a tree of nodes.

pub mod attributes;
pub mod context;
pub mod elements;
pub mod inlined;
pub mod layout;
mod mail_html;
pub mod message;
mod parse;
pub mod schema;
mod svg;
mod template;
pub mod tree;
mod typography;
mod verify;

pub use context::{origins, pretty};
pub use inlined::{inline_urls, serialize};
pub use layout::{Layout, LayoutSources};
pub use message::{MessageSources, MessageTemplates, MessageText};
pub use schema::Schema;
pub use template::helpers::reference as helpers_reference;
