//! WHAT WE SAY: offer, client and house are read, the relevant items chosen, prices computed, and the
//! view made that a layout sees.

pub mod rich;
mod specimen;
pub mod view;
