//! The PDF: read again by a reader of our own, and by whoever else is installed (tests/judges).

mod feature;
mod kit;
mod reader;
