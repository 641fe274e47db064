//! How the values that are plain keywords are written.

use super::property::{Context, Specified};
use super::reader::Keyword;
use super::values::*;

/// For each type, its words, their grammar for messages and reference, and itself as computed value.
macro_rules! keywords {
    ($($type:ident { $first:literal => $first_value:ident $(, $word:literal => $value:ident)* $(,)? })*) => {
        $(
            impl Keyword for $type {
                const WORDS: &'static [(&'static str, Self)] =
                    &[($first, $type::$first_value) $(, ($word, $type::$value))*];
            }
            impl Grammar for $type {
                const GRAMMAR: &'static str = concat!($first $(, " | ", $word)*);
            }
            as_written!($type);
        )*
    };
}

/// A specified value that is its own computed value.
macro_rules! as_written {
    ($($type:ty),*) => {
        $(impl Specified for $type {
            type Computed = $type;
            fn compute(&self, _: &Context<'_>) -> $type {
                self.clone()
            }
        })*
    };
}
pub(super) trait Grammar {
    const GRAMMAR: &'static str;
}

as_written!(f32, i32, Align, GridAutoFlow, GridLine);

keywords! {
    Display {
        "none" => None, "inline" => Inline, "block" => Block, "inline-block" => InlineBlock,
        "inline-flex" => InlineFlex, "inline-grid" => InlineGrid,
        "list-item" => ListItem, "flex" => Flex, "grid" => Grid, "table" => Table,
        "table-caption" => TableCaption, "table-header-group" => TableHeaderGroup,
        "table-row-group" => TableRowGroup, "table-footer-group" => TableFooterGroup,
        "table-row" => TableRow, "table-cell" => TableCell,
    }
    Position { "static" => Static, "relative" => Relative, "absolute" => Absolute }
    BoxSizing { "content-box" => ContentBox, "border-box" => BorderBox }
    Overflow { "visible" => Visible, "hidden" => Hidden }
    VisualBox { "border-box" => Border, "padding-box" => Padding, "content-box" => Content }
    BorderStyle { "none" => None, "solid" => Solid, "dashed" => Dashed, "dotted" => Dotted }
    BreakBetween {
        "auto" => Auto, "avoid" => Avoid, "page" => Page, "left" => Left, "right" => Right,
        "recto" => Right, "verso" => Left,
    }
    BreakInside { "auto" => Auto, "avoid" => Avoid }
    FontStyle { "normal" => Normal, "italic" => Italic }
    TextAlign {
        "start" => Start, "end" => End, "left" => Start, "right" => End, "center" => Center,
        "justify" => Justify,
    }
    TextTransform {
        "none" => None, "uppercase" => Uppercase, "lowercase" => Lowercase,
        "capitalize" => Capitalize,
    }
    TextWrap { "auto" => Stable, "stable" => Stable, "pretty" => Pretty, "balance" => Balance }
    Hyphens { "none" => None, "manual" => Manual, "auto" => Auto }
    WhiteSpaceCollapse {
        "collapse" => Collapse, "preserve" => Preserve, "preserve-breaks" => PreserveBreaks,
    }
    TextWrapMode { "wrap" => Wrap, "nowrap" => Nowrap }
    OverflowWrap { "normal" => Normal, "break-word" => BreakWord, "anywhere" => Anywhere }
    ListStyleType {
        "none" => None, "disc" => Disc, "circle" => Circle, "square" => Square,
        "decimal" => Decimal, "lower-alpha" => LowerAlpha, "lower-latin" => LowerAlpha,
        "upper-alpha" => UpperAlpha, "upper-latin" => UpperAlpha, "lower-roman" => LowerRoman,
        "upper-roman" => UpperRoman,
    }
    ListStylePosition { "outside" => Outside, "inside" => Inside }
    BorderCollapse { "separate" => Separate, "collapse" => Collapse }
    TableLayout { "auto" => Auto, "fixed" => Fixed }
    ObjectFit {
        "fill" => Fill, "contain" => Contain, "cover" => Cover, "none" => None,
        "scale-down" => ScaleDown,
    }
    StringAt { "first" => First, "start" => Start, "last" => Last, "first-except" => FirstExcept }
    ContentWidth { "min-content" => Min, "max-content" => Max, "fit-content" => Fit }
    Repeat { "repeat" => Repeat, "no-repeat" => NoRepeat }
    Extent {
        "closest-side" => ClosestSide, "farthest-side" => FarthestSide,
        "closest-corner" => ClosestCorner, "farthest-corner" => FarthestCorner,
    }
    FlexDirection {
        "row" => Row, "row-reverse" => RowReverse, "column" => Column,
        "column-reverse" => ColumnReverse,
    }
    FlexWrap { "nowrap" => Nowrap, "wrap" => Wrap, "wrap-reverse" => WrapReverse }
    CaptionSide { "top" => Top, "bottom" => Bottom }
    Visibility { "visible" => Visible, "hidden" => Hidden }
}
