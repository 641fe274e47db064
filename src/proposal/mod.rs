//! WHAT WE SAY: offer, client and house are read, the relevant items chosen, prices computed, and the
//! view made that a layout sees.

pub mod client;
pub mod house;
pub mod numbering;
pub mod placed;
pub mod pricing;
pub mod rich;
mod specimen;
pub mod timeline;
pub mod view;
mod words;
