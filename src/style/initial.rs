//! The initial value of every property, as one style.

use std::sync::{Arc, LazyLock};

use super::values::*;

static INITIAL: LazyLock<Arc<ComputedStyle>> = LazyLock::new(|| Arc::new(ComputedStyle::initial()));

/// The shared initial style.
pub(super) fn initial() -> Arc<ComputedStyle> {
    INITIAL.clone()
}

impl ComputedStyle {
    /// Every property at its initial value: what the root element inherits, and what a box without
    /// an element (an anonymous box of CSS 2 §9.2) has for the properties that are not inherited.
    pub fn initial() -> ComputedStyle {
        ComputedStyle {
            text: Arc::new(TextStyle::initial()),
            display: Display::Inline,
            said_display: None,
            position: Position::Static,
            inset: Sides::all(LengthOrAuto::Auto),
            z_index: None,
            box_sizing: BoxSizing::ContentBox,
            overflow: Overflow::Visible,
            width: LengthOrAuto::Auto,
            width_by_content: None,
            height: LengthOrAuto::Auto,
            min_width: LengthOrAuto::Auto,
            min_height: LengthOrAuto::Auto,
            max_width: LengthOrAuto::Auto,
            max_height: LengthOrAuto::Auto,
            aspect_ratio: None,
            margin: Sides::all(LengthOrAuto::Length(LengthPercentage::ZERO)),
            padding: Sides::all(LengthPercentage::ZERO),
            border: Sides::all(Border::NONE),
            radius: Corners::default(),
            background_color: Color::TRANSPARENT,
            background: Background::default(),
            opacity: 1.0,
            transform: vec![],
            transform_origin: BoxPosition::CENTER,
            object_fit: ObjectFit::Fill,
            object_position: BoxPosition::CENTER,
            vertical_align: VerticalAlign::Baseline,
            text_decoration: TextDecoration::default(),
            break_before: BreakBetween::Auto,
            break_after: BreakBetween::Auto,
            break_inside: BreakInside::Auto,
            page: None,
            string_set: vec![],
            flex_direction: FlexDirection::Row,
            flex_wrap: FlexWrap::Nowrap,
            flex_grow: 0.0,
            flex_shrink: 1.0,
            flex_basis: LengthOrAuto::Auto,
            order: 0,
            align_items: Align::Normal,
            align_self: Align::Normal,
            align_content: Align::Normal,
            justify_content: Align::Normal,
            justify_items: Align::Normal,
            justify_self: Align::Normal,
            row_gap: LengthPercentage::ZERO,
            column_gap: LengthPercentage::ZERO,
            grid_template_columns: TrackList::default(),
            grid_template_rows: TrackList::default(),
            grid_template_areas: None,
            grid_auto_columns: vec![],
            grid_auto_rows: vec![],
            grid_auto_flow: GridAutoFlow::Row,
            grid_column: (GridLine::Auto, GridLine::Auto),
            grid_row: (GridLine::Auto, GridLine::Auto),
            table_layout: TableLayout::Auto,
            counter_reset: vec![],
            counter_increment: vec![],
            content: Content::Normal,
        }
    }
}

impl TextStyle {
    /// The inherited properties at their initial values; 16 px, black, first-fit lines.
    pub fn initial() -> TextStyle {
        TextStyle {
            color: Color::BLACK,
            font_family: Arc::from([Arc::from("serif")]),
            font_size: 16.0,
            font_weight: 400,
            font_style: FontStyle::Normal,
            font_features: Arc::from([]),
            font_variants: FontVariants::default(),
            line_height: LineHeight::Normal,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            text_align: TextAlign::Start,
            text_indent: LengthPercentage::ZERO,
            text_transform: TextTransform::None,
            text_wrap: TextWrap::Stable,
            hyphens: Hyphens::Manual,
            white_space: WhiteSpace::NORMAL,
            overflow_wrap: OverflowWrap::Normal,
            list_style_type: ListStyleType::Disc,
            list_style_position: ListStylePosition::Outside,
            border_collapse: BorderCollapse::Separate,
            border_spacing: (0.0, 0.0),
            caption_side: CaptionSide::Top,
            orphans: 2,
            widows: 2,
            visibility: Visibility::Visible,
        }
    }
}
