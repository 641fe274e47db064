//! Computed values: what the cascade gives for every element, and what layout reads.
//!
//! Lengths are CSS px (1 px = 0.75 pt = 1/96 in) as `f32`; relative units (em, rem, mm …) are
//! resolved, percentages are kept until layout knows what they are percentages of.

use std::sync::Arc;

use crate::diagnostic::Place;

/// An absolute part and a part relative to the containing block: `calc(100% - 12px)` is
/// `{ px: -12, percent: 1.0 }`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LengthPercentage {
    pub px: f32,
    /// 1.0 is 100 %.
    pub percent: f32,
}

impl LengthPercentage {
    pub const ZERO: LengthPercentage = LengthPercentage { px: 0.0, percent: 0.0 };

    pub const fn px(px: f32) -> LengthPercentage {
        LengthPercentage { px, percent: 0.0 }
    }

    pub fn resolve(self, base: f32) -> f32 {
        self.px + self.percent * base
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LengthOrAuto {
    #[default]
    Auto,
    Length(LengthPercentage),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides<T> {
    pub top: T,
    pub right: T,
    pub bottom: T,
    pub left: T,
}

impl<T: Copy> Sides<T> {
    pub fn all(value: T) -> Sides<T> {
        Sides { top: value, right: value, bottom: value, left: value }
    }
}

/// Straight (not premultiplied) sRGB, each 0–255, alpha 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: f32,
}

impl Color {
    pub const BLACK: Color = Color { r: 0, g: 0, b: 0, a: 1.0 };
    pub const TRANSPARENT: Color = Color { r: 0, g: 0, b: 0, a: 0.0 };
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    None,
    #[default]
    Inline,
    Block,
    InlineBlock,
    ListItem,
    Flex,
    Grid,
    Table,
    TableCaption,
    TableHeaderGroup,
    TableRowGroup,
    TableFooterGroup,
    TableRow,
    TableCell,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    #[default]
    Static,
    Relative,
    Absolute,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoxSizing {
    #[default]
    ContentBox,
    BorderBox,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    #[default]
    Visible,
    Hidden,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BorderStyle {
    #[default]
    None,
    Solid,
    Dashed,
    Dotted,
}

/// `width` is already 0 where `style` is none (CSS Backgrounds 3 §3.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Border {
    pub width: f32,
    pub style: BorderStyle,
    pub color: Color,
}

impl Border {
    pub const NONE: Border = Border { width: 0.0, style: BorderStyle::None, color: Color::BLACK };
}

/// Circular or elliptical radii are equal on both axes in this subset; one value a corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners {
    pub top_left: LengthPercentage,
    pub top_right: LengthPercentage,
    pub bottom_right: LengthPercentage,
    pub bottom_left: LengthPercentage,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LinearGradient {
    /// Degrees clockwise from "to top" (CSS Images 3 §3.1).
    pub angle: f32,
    /// Offset 0–1 along the gradient line; sorted, first 0 and last 1 after fix-up.
    pub stops: Vec<(f32, Color)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum BackgroundImage {
    #[default]
    None,
    Linear(LinearGradient),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakBetween {
    #[default]
    Auto,
    Avoid,
    Page,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakInside {
    #[default]
    Auto,
    Avoid,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FontStyle {
    #[default]
    Normal,
    Italic,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextAlign {
    #[default]
    Start,
    End,
    Center,
    Justify,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextTransform {
    #[default]
    None,
    Uppercase,
    Lowercase,
    Capitalize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextWrap {
    /// First fit, what browsers print.
    Stable,
    /// Optimum fit over the paragraph (Knuth & Plass 1981).
    #[default]
    Pretty,
    /// As even line lengths as the same number of lines allows.
    Balance,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyphens {
    None,
    #[default]
    Manual,
    Auto,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhiteSpace {
    #[default]
    Normal,
    Nowrap,
    Pre,
    PreLine,
    PreWrap,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverflowWrap {
    #[default]
    Normal,
    /// As `Anywhere`, but a box is never made narrower than its words on account of it.
    BreakWord,
    Anywhere,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LineHeight {
    /// From the face's metrics.
    #[default]
    Normal,
    /// Multiple of the element's own font size.
    Number(f32),
    Px(f32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum VerticalAlign {
    #[default]
    Baseline,
    Sub,
    Super,
    Top,
    Middle,
    Bottom,
    /// Raises (positive) from the baseline, px.
    Length(f32),
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TextDecoration {
    pub underline: bool,
    pub line_through: bool,
    /// None: the text's colour.
    pub color: Option<Color>,
    /// None: from the face.
    pub thickness: Option<f32>,
    /// Added distance below the face's own underline position; None: auto.
    pub offset: Option<f32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListStyleType {
    None,
    #[default]
    Disc,
    Circle,
    Square,
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListStylePosition {
    #[default]
    Outside,
    Inside,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BorderCollapse {
    #[default]
    Separate,
    Collapse,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableLayout {
    #[default]
    Auto,
    Fixed,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ObjectFit {
    #[default]
    Fill,
    Contain,
    Cover,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlexDirection {
    #[default]
    Row,
    RowReverse,
    Column,
    ColumnReverse,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlexWrap {
    #[default]
    Nowrap,
    Wrap,
    WrapReverse,
}

/// CSS Box Alignment 3. `Normal` is each property's initial value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Normal,
    Start,
    End,
    FlexStart,
    FlexEnd,
    Center,
    Baseline,
    Stretch,
    SpaceBetween,
    SpaceAround,
    SpaceEvenly,
}

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
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridLine {
    #[default]
    Auto,
    Line(i16),
    Span(u16),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridAutoFlow {
    #[default]
    Row,
    Column,
    RowDense,
    ColumnDense,
}

/// What CSS Generated Content allows in `content` in this subset.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentPart {
    Text(String),
    /// `counter(page)`: known only once pages are made.
    Page,
    /// `counter(pages)`.
    Pages,
    /// `counter(name)` and its list style.
    Counter(String, ListStyleType),
    /// `attr(name)`, resolved by the cascade for elements: stays only where it has no value.
    Attr(String),
    /// `string(name)`: running heads.
    String(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    #[default]
    Normal,
    None,
    Parts(Vec<ContentPart>),
}

/// One OpenType feature setting, e.g. `(*b"tnum", 1)`.
pub type FontFeature = ([u8; 4], u32);

/// Every property of the subset, computed. Inherited ones are grouped in `text`, which elements
/// share (`Arc`) when nothing changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ComputedStyle {
    pub text: Arc<TextStyle>,

    pub display: Display,
    pub position: Position,
    pub inset: Sides<LengthOrAuto>,
    pub z_index: i32,
    pub box_sizing: BoxSizing,
    pub overflow: Overflow,
    pub width: LengthOrAuto,
    pub height: LengthOrAuto,
    pub min_width: LengthOrAuto,
    pub min_height: LengthOrAuto,
    /// Auto is `none`.
    pub max_width: LengthOrAuto,
    pub max_height: LengthOrAuto,
    /// Width / height.
    pub aspect_ratio: Option<f32>,
    pub margin: Sides<LengthOrAuto>,
    pub padding: Sides<LengthPercentage>,
    pub border: Sides<Border>,
    pub radius: Corners,
    pub background_color: Color,
    pub background_image: BackgroundImage,
    pub opacity: f32,
    pub object_fit: ObjectFit,
    pub vertical_align: VerticalAlign,
    /// Not inherited; propagates to inline descendants (CSS Text Decoration 3 §2.1), which the
    /// cascade has done.
    pub text_decoration: TextDecoration,

    pub break_before: BreakBetween,
    pub break_after: BreakBetween,
    pub break_inside: BreakInside,
    /// Named page (`page:`), inherited per CSS Paged Media 3 §8 by the cascade; None is `auto`.
    pub page: Option<Arc<str>>,
    pub string_set: Vec<(Arc<str>, Vec<ContentPart>)>,

    pub flex_direction: FlexDirection,
    pub flex_wrap: FlexWrap,
    pub flex_grow: f32,
    pub flex_shrink: f32,
    pub flex_basis: LengthOrAuto,
    pub order: i32,
    pub align_items: Align,
    pub align_self: Align,
    pub align_content: Align,
    pub justify_content: Align,
    pub justify_items: Align,
    pub justify_self: Align,
    pub row_gap: LengthPercentage,
    pub column_gap: LengthPercentage,
    pub grid_template_columns: Vec<TrackSize>,
    pub grid_template_rows: Vec<TrackSize>,
    pub grid_auto_columns: Vec<TrackSize>,
    pub grid_auto_rows: Vec<TrackSize>,
    pub grid_auto_flow: GridAutoFlow,
    pub grid_column: (GridLine, GridLine),
    pub grid_row: (GridLine, GridLine),

    pub table_layout: TableLayout,
    pub counter_reset: Vec<(Arc<str>, i32)>,
    pub counter_increment: Vec<(Arc<str>, i32)>,
    pub content: Content,
}

/// The inherited properties.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    pub color: Color,
    /// Families in order of preference; generic names are kept as written (`serif`, `sans-serif`).
    pub font_family: Arc<[Arc<str>]>,
    /// px.
    pub font_size: f32,
    /// 1–1000.
    pub font_weight: u16,
    pub font_style: FontStyle,
    /// From font-feature-settings, font-variant-numeric, font-variant-caps, font-variant-ligatures and
    /// font-kerning: what differs from a face's own defaults, each tag once.
    pub font_features: Arc<[FontFeature]>,
    /// The parts that `font_features` was made from, each inherited by itself; only the cascade reads it.
    pub font_variants: FontVariants,
    pub line_height: LineHeight,
    /// px.
    pub letter_spacing: f32,
    /// px.
    pub word_spacing: f32,
    pub text_align: TextAlign,
    pub text_indent: LengthPercentage,
    pub text_transform: TextTransform,
    pub text_wrap: TextWrap,
    pub hyphens: Hyphens,
    pub white_space: WhiteSpace,
    pub overflow_wrap: OverflowWrap,
    pub list_style_type: ListStyleType,
    pub list_style_position: ListStylePosition,
    pub border_collapse: BorderCollapse,
    /// px, horizontal and vertical.
    pub border_spacing: (f32, f32),
    pub caption_side: CaptionSide,
    pub orphans: u32,
    pub widows: u32,
    pub visibility: Visibility,
}

/// Feature settings by the property that says them (CSS Fonts 4 §6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontVariants {
    pub numeric: Vec<FontFeature>,
    pub caps: Vec<FontFeature>,
    pub ligatures: Vec<FontFeature>,
    pub kerning: Vec<FontFeature>,
    pub settings: Vec<FontFeature>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaptionSide {
    #[default]
    Top,
    Bottom,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Visible,
    Hidden,
}

/// The style of every node of one document. Index with a `NodeId`: a text node has its parent's.
#[derive(Clone, Debug)]
pub struct Styles {
    pub nodes: Vec<NodeStyle>,
    pub pages: PageRules,
}

#[derive(Clone, Debug)]
pub struct NodeStyle {
    pub style: Arc<ComputedStyle>,
    pub before: Option<Arc<ComputedStyle>>,
    pub after: Option<Arc<ComputedStyle>>,
    pub marker: Option<Arc<ComputedStyle>>,
}

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
    /// Paints the whole sheet, margins included.
    pub background_color: Color,
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
