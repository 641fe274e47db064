//! Style sheets read, cascaded and computed.

mod any_sheet;
mod arbitrary;
mod cascade;
mod computed;
mod default_sheet;
mod faults;
mod kit;
mod names;
mod pages;
mod reference;
mod selectors;
