//! WHAT WE SAY: offer, client and house are read, the relevant items chosen, prices computed, and the
//! view made that a layout sees.

pub mod client;
pub mod compose;
pub mod explain;
pub mod house;
pub mod identifier;
pub mod keys;
pub mod lexicon;
pub mod markdown;
pub mod mentions;
pub mod new;
pub mod numbering;
pub mod offer;
pub mod placed;
pub mod pricing;
mod quote_view;
pub mod rich;
pub mod select;
pub mod slug;
mod specimen;
pub mod terms;
pub mod timeline;
pub mod validity;
pub mod view;
mod words;
