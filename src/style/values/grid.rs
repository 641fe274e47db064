//! Grid tracks, areas and lines (CSS Grid 2 §7–8).

use std::sync::Arc;

use super::LengthPercentage;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrackBreadth {
    Length(LengthPercentage),
    Fr(f32),
    Auto,
    MinContent,
    MaxContent,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TrackSize {
    Single(TrackBreadth),
    /// `minmax(a, b)`.
    MinMax(TrackBreadth, TrackBreadth),
    /// `repeat(n, …)`; counts are expanded by the parser, so this is only auto-fill / auto-fit.
    AutoFill(Vec<TrackSize>),
    AutoFit(Vec<TrackSize>),
    /// As wide as its content, up to a length.
    FitContent(LengthPercentage),
}

/// The tracks that a grid says itself, and the names of the lines between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrackList {
    pub sizes: Vec<TrackSize>,
    /// Of the line before each track and of the last one; empty where no line has a name.
    pub lines: Vec<Vec<Arc<str>>>,
}

/// Rectangles of cells with a name (CSS Grid 2 §7.3). Lines are numbered from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct GridAreas {
    pub rows: u16,
    pub columns: u16,
    pub areas: Vec<GridArea>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GridArea {
    pub name: Arc<str>,
    /// Its first line and its last.
    pub rows: (u16, u16),
    pub columns: (u16, u16),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GridLine {
    #[default]
    Auto,
    Line(i16),
    Span(u16),
    /// The line with this name, or the area's edge; of several the n-th, 0 where no number is said.
    Named(Arc<str>, i16),
    /// Up to the n-th line with this name.
    NamedSpan(Arc<str>, u16),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridAutoFlow {
    #[default]
    Row,
    Column,
    RowDense,
    ColumnDense,
}
