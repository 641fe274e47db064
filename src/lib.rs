//! `propale` turns what we sell (an offer note), who it is for (a client profile) and who we are (the
//! house) into a branded PDF.

pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod font;
pub mod image;
pub mod layout;
pub mod locale;
pub mod output;
pub mod pdf;
pub mod proposal;
pub mod style;
pub mod workspace;
