//! Style sheets read, cascaded and computed.

mod computed;
mod default_sheet;
mod kit;
