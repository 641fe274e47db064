//! What a view may hold: the paths a layout can name, their types, and which of them may be absent.

use serde::Serialize;

/// The type of every path of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema(());

impl Schema {
    /// From one value of the view in which every optional field is filled and every list has an
    /// element: `Schema::of(&View::specimen())`.
    pub fn of<T: Serialize>(specimen: &T) -> Schema {
        let _ = specimen;
        todo!()
    }
}
