//! Computed values: what the cascade gives for every element, and what layout reads.
//!
//! Lengths are CSS px (1 px = 0.75 pt = 1/96 in) as `f32`; relative units (em, rem, mm …) are
//! resolved, percentages are kept until layout knows what they are percentages of.

mod background;
mod content;
mod grid;
mod length;
mod page;
mod transform;
mod white_space;

use std::sync::Arc;

pub use background::*;
pub use content::*;
pub use grid::*;
pub use length::*;
pub use page::*;
pub use transform::{Matrix, TransformFunction};
pub use white_space::*;

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

    /// Mixes premultiplied sRGB; shares that add to less than 1 leave the rest transparent (CSS Color 5
    /// §3).
    pub fn mixed(self, other: Color, [p1, p2]: [f32; 2]) -> Color {
        let total = p1 + p2;
        let (w1, w2) = (self.a * p1 / total, other.a * p2 / total);
        let alpha = w1 + w2;
        if alpha <= 0.0 {
            return Color::TRANSPARENT;
        }
        let channel = |x: u8, y: u8| {
            ((f32::from(x) * w1 + f32::from(y) * w2) / alpha).round().clamp(0.0, 255.0) as u8
        };
        let (r, g, b) = (channel(self.r, other.r), channel(self.g, other.g), channel(self.b, other.b));
        Color { r, g, b, a: alpha * total.min(1.0) }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    None,
    #[default]
    Inline,
    Block,
    InlineBlock,
    InlineFlex,
    InlineGrid,
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

impl Display {
    /// A flex or grid container: its children are items.
    pub fn holds_items(self) -> bool {
        matches!(self, Display::Flex | Display::InlineFlex | Display::Grid | Display::InlineGrid)
    }

    /// One letter to the line it stands in.
    pub fn is_atomic(self) -> bool {
        matches!(self, Display::InlineBlock | Display::InlineFlex | Display::InlineGrid)
    }
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

/// A width that content decides (CSS Sizing 3 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentWidth {
    /// Of the longest word.
    Min,
    /// Of all on one line.
    Max,
    /// Of all on one line, in the room there is.
    Fit,
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

/// Half the axes of a corner's quarter of an ellipse: percentages are of the box's width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Radius {
    pub x: LengthPercentage,
    pub y: LengthPercentage,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners {
    pub top_left: Radius,
    pub top_right: Radius,
    pub bottom_right: Radius,
    pub bottom_left: Radius,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakBetween {
    #[default]
    Auto,
    Avoid,
    Page,
    /// To the next left page; there may be a blank one before it.
    Left,
    Right,
}

impl BreakBetween {
    pub fn is_forced(self) -> bool {
        matches!(self, BreakBetween::Page | BreakBetween::Left | BreakBetween::Right)
    }

    /// The side on which the page after the break has to be.
    pub fn side(self) -> Option<PageSide> {
        match self {
            BreakBetween::Left => Some(PageSide::Left),
            BreakBetween::Right => Some(PageSide::Right),
            BreakBetween::Auto | BreakBetween::Avoid | BreakBetween::Page => None,
        }
    }
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

/// `text-wrap-style`.
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
    /// Its natural size.
    None,
    /// Its natural size, or smaller so that it fits.
    ScaleDown,
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

/// One OpenType feature setting, e.g. `(*b"tnum", 1)`.
pub type FontFeature = ([u8; 4], u32);

/// Every property of the subset, computed. Inherited ones are grouped in `text`, which elements
/// share (`Arc`) when nothing changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ComputedStyle {
    pub text: Arc<TextStyle>,

    pub display: Display,
    /// What `display` said where CSS Display 3 §2.7 has made the box block-level: it decides where an
    /// absolutely positioned box would have stood.
    pub said_display: Option<Display>,
    pub position: Position,
    pub inset: Sides<LengthOrAuto>,
    /// None is `auto`.
    pub z_index: Option<i32>,
    pub box_sizing: BoxSizing,
    pub overflow: Overflow,
    pub width: LengthOrAuto,
    /// Where `width` is auto: how content decides it; None leaves it to the kind of box.
    pub width_by_content: Option<ContentWidth>,
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
    pub background: Background,
    pub opacity: f32,
    pub transform: Vec<TransformFunction>,
    pub transform_origin: BoxPosition,
    pub object_fit: ObjectFit,
    pub object_position: BoxPosition,
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
    pub grid_template_columns: TrackList,
    pub grid_template_rows: TrackList,
    pub grid_template_areas: Option<Arc<GridAreas>>,
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

impl Styles {
    /// The pictures that boxes, pages and margin boxes show behind them, each once.
    pub fn files(&self) -> Vec<PictureFile> {
        let nodes = self.nodes.iter().flat_map(|node| {
            [Some(&node.style), node.before.as_ref(), node.after.as_ref()].into_iter().flatten()
        });
        let pages = self.pages.styles.iter().flat_map(|page| {
            let boxes = page.boxes.iter().map(|margin_box| &margin_box.style.background);
            std::iter::once(&page.background).chain(boxes)
        });
        let mut files: Vec<PictureFile> = vec![];
        for file in nodes.map(|style| &style.background).chain(pages).flat_map(Background::files) {
            if !files.contains(file) {
                files.push(file.clone());
            }
        }
        files
    }
}

#[derive(Clone, Debug)]
pub struct NodeStyle {
    pub style: Arc<ComputedStyle>,
    pub before: Option<Arc<ComputedStyle>>,
    pub after: Option<Arc<ComputedStyle>>,
    pub marker: Option<Arc<ComputedStyle>>,
}
