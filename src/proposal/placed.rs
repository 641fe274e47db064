//! A value together with where it was written.

use std::ops::Deref;

use crate::diagnostic::{Diagnostic, Place};

/// A value read from a file, and the place of its text there: a stage that finds it wrong later says
/// where. Reads as the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub place: Place,
}

/// One string of a profile or of the house.
pub type Text = Placed<String>;

impl<T> Placed<T> {
    pub fn new(value: T, place: Place) -> Placed<T> {
        Placed { value, place }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Placed<U> {
        Placed { value: change(self.value), place: self.place }
    }

    /// Another value at the same place, where there is one.
    pub fn and_then<U>(self, change: impl FnOnce(T) -> Option<U>) -> Option<Placed<U>> {
        Some(Placed { value: change(self.value)?, place: self.place })
    }

    /// An error about this value, at its place.
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(message).at(self.place.clone())
    }

    /// A warning about this value, at its place.
    pub fn warning(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(message).at(self.place.clone())
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
