//! IN WHAT DRESS: style sheets and the cascade give every node its computed style.
pub mod values;
