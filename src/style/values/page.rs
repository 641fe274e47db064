//! Pages and their margin boxes (CSS Paged Media 3).

use std::sync::Arc;

use super::{Background, Color, ComputedStyle, Content, Sides};
use crate::diagnostic::Place;

/// The `@page` rules of a document, cascaded for every kind of page that they tell apart
/// (CSS Paged Media 3 §4). Percentages and relative units are resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageRules {
    /// Names that an `@page` rule has, sorted; a page of any other name is styled like an unnamed one.
    pub names: Vec<Arc<str>>,
    /// Eight kinds (see [`PageKind::index`]) of the unnamed page, then of each of `names`.
    pub styles: Vec<Arc<PageStyle>>,
}

impl PageRules {
    /// The style of a page whose `page` value is `name` (None: auto).
    pub fn style(&self, name: Option<&str>, kind: PageKind) -> Arc<PageStyle> {
        let named = name.and_then(|n| self.names.iter().position(|known| **known == *n));
        let first = named.map_or(0, |i| (i + 1) * PageKind::COUNT);
        self.styles.get(first + kind.index()).cloned().unwrap_or_default()
    }
}

/// What the page pseudo-classes ask of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageKind {
    /// `:first`: the first page of the document.
    pub first: bool,
    pub side: PageSide,
    /// `:blank`: no content came to stand on it.
    pub blank: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageSide {
    Left,
    /// The first page of a document in a left-to-right script is a right one.
    Right,
}

impl PageKind {
    pub const COUNT: usize = 8;

    pub fn index(self) -> usize {
        usize::from(self.first)
            + 2 * usize::from(self.side == PageSide::Right)
            + 4 * usize::from(self.blank)
    }

    /// The kind with this index; the index is taken modulo their number.
    pub fn of_index(index: usize) -> PageKind {
        PageKind {
            first: index & 1 != 0,
            side: if index & 2 != 0 { PageSide::Right } else { PageSide::Left },
            blank: index & 4 != 0,
        }
    }
}

/// One page's box, px.
#[derive(Clone, Debug, PartialEq)]
pub struct PageStyle {
    /// Width × height.
    pub size: (f32, f32),
    pub margin: Sides<f32>,
    /// Both paint the whole sheet, margins included.
    pub background_color: Color,
    pub background: Background,
    /// Only those that are generated (CSS Paged Media 3 §5.1: `content` other than none or normal).
    pub boxes: Vec<MarginBox>,
    /// Where its size or margin was said last.
    pub place: Option<Place>,
}

impl Default for PageStyle {
    /// A4 upright, no margins.
    fn default() -> PageStyle {
        PageStyle {
            size: (210.0 * 96.0 / 25.4, 297.0 * 96.0 / 25.4),
            margin: Sides::all(0.0),
            background_color: Color::TRANSPARENT,
            background: Background::default(),
            boxes: vec![],
            place: None,
        }
    }
}

/// The sixteen page-margin boxes (CSS Paged Media 3 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarginBoxName {
    TopLeftCorner,
    TopLeft,
    TopCenter,
    TopRight,
    TopRightCorner,
    RightTop,
    RightMiddle,
    RightBottom,
    BottomRightCorner,
    BottomRight,
    BottomCenter,
    BottomLeft,
    BottomLeftCorner,
    LeftBottom,
    LeftMiddle,
    LeftTop,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MarginBox {
    pub name: MarginBoxName,
    pub content: Content,
    pub style: Arc<ComputedStyle>,
    /// Where its content was said.
    pub place: Option<Place>,
}
