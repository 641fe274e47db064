//! Our computed values as taffy's.
//!
//! A length with a percentage and pixels (`calc(50% - 8px)`) goes to taffy as a handle: its number in
//! [`Calcs`], shifted past the three bits that taffy keeps for itself.

use taffy::prelude::*;
use taffy::{
    AlignContentKeyword, AlignItemsKeyword, AlignmentSafety, GridTemplateArea, GridTemplateAreas,
    GridTemplateRepetition, Overflow, Point,
};

use super::boxes::{BoxContent, LayoutBox};
use crate::style::values::{
    self, Align, ComputedStyle, LengthOrAuto, LengthPercentage, Sides, TrackBreadth, TrackList,
    TrackSize,
};

/// The mixed lengths of a document's flex and grid containers and their items.
#[derive(Default)]
pub(super) struct Calcs(Vec<LengthPercentage>);

impl Calcs {
    /// The value behind a handle, for a base in px.
    pub fn resolve(&self, handle: *const (), base: f32) -> f32 {
        let index = (handle.addr() >> 3).wrapping_sub(1);
        self.0.get(index).map_or(0.0, |length| length.resolve(base))
    }

    fn length(&mut self, length: LengthPercentage) -> taffy::LengthPercentage {
        if !length.is_relative() {
            taffy::LengthPercentage::length(length.resolve(0.0))
        } else if length == values::LengthPercentage::percent(length.percent) {
            taffy::LengthPercentage::percent(length.percent)
        } else {
            self.0.push(length);
            taffy::LengthPercentage::calc(std::ptr::without_provenance(self.0.len() << 3))
        }
    }

    fn dimension(&mut self, value: LengthOrAuto) -> Dimension {
        match value {
            LengthOrAuto::Auto => Dimension::auto(),
            LengthOrAuto::Length(length) => self.length(length).into(),
        }
    }

    fn length_or_auto(&mut self, value: LengthOrAuto) -> LengthPercentageAuto {
        match value {
            LengthOrAuto::Auto => LengthPercentageAuto::auto(),
            LengthOrAuto::Length(length) => self.length(length).into(),
        }
    }

    fn sides<T: Copy, U>(
        &mut self,
        sides: Sides<T>,
        convert: impl Fn(&mut Calcs, T) -> U,
    ) -> taffy::Rect<U> {
        taffy::Rect {
            left: convert(self, sides.left),
            right: convert(self, sides.right),
            top: convert(self, sides.top),
            bottom: convert(self, sides.bottom),
        }
    }

    fn min_track(&mut self, breadth: TrackBreadth) -> MinTrackSizingFunction {
        match breadth {
            TrackBreadth::Length(length) => self.length(length).into(),
            TrackBreadth::MinContent => MinTrackSizingFunction::MIN_CONTENT,
            TrackBreadth::MaxContent => MinTrackSizingFunction::MAX_CONTENT,
            TrackBreadth::Auto | TrackBreadth::Fr(_) => MinTrackSizingFunction::AUTO,
        }
    }

    fn max_track(&mut self, breadth: TrackBreadth) -> MaxTrackSizingFunction {
        match breadth {
            TrackBreadth::Length(length) => self.length(length).into(),
            TrackBreadth::MinContent => MaxTrackSizingFunction::MIN_CONTENT,
            TrackBreadth::MaxContent => MaxTrackSizingFunction::MAX_CONTENT,
            TrackBreadth::Auto => MaxTrackSizingFunction::AUTO,
            TrackBreadth::Fr(fr) => MaxTrackSizingFunction::from_fr(fr),
        }
    }

    fn track(&mut self, size: &TrackSize) -> TrackSizingFunction {
        match size {
            TrackSize::Single(breadth) => {
                TrackSizingFunction { min: self.min_track(*breadth), max: self.max_track(*breadth) }
            }
            TrackSize::MinMax(min, max) => {
                TrackSizingFunction { min: self.min_track(*min), max: self.max_track(*max) }
            }
            TrackSize::FitContent(most) => TrackSizingFunction {
                min: MinTrackSizingFunction::AUTO,
                max: MaxTrackSizingFunction::fit_content(self.length(*most)),
            },
            // A repetition stands only at the top of a template.
            TrackSize::AutoFill(_) | TrackSize::AutoFit(_) => TrackSizingFunction::AUTO,
        }
    }

    fn tracks(&mut self, sizes: &[TrackSize]) -> Vec<TrackSizingFunction> {
        sizes.iter().map(|size| self.track(size)).collect()
    }

    fn template(&mut self, list: &TrackList) -> Vec<GridTemplateComponent<String>> {
        let repeat = |count, tracks: &[TrackSize], calcs: &mut Calcs| {
            let tracks = calcs.tracks(tracks);
            GridTemplateComponent::Repeat(GridTemplateRepetition { count, tracks, line_names: vec![] })
        };
        list.sizes
            .iter()
            .map(|size| match size {
                TrackSize::AutoFill(tracks) => repeat(RepetitionCount::AutoFill, tracks, self),
                TrackSize::AutoFit(tracks) => repeat(RepetitionCount::AutoFit, tracks, self),
                single => GridTemplateComponent::Single(self.track(single)),
            })
            .collect()
    }
}

/// A box's style as taffy wants it. Relative offsets are left out: painting adds them.
pub(super) fn taffy_style(b: &LayoutBox, calcs: &mut Calcs) -> Style<String> {
    let style: &ComputedStyle = &b.style;
    let ratio = match &b.content {
        BoxContent::Replaced(picture) if picture.width > 0.0 && picture.height > 0.0 => {
            style.aspect_ratio.or(Some(picture.width / picture.height))
        }
        BoxContent::Replaced(_) => style.aspect_ratio,
        // taffy would keep to the ratio whatever the content needs: measuring the item adds the height.
        _ if style.height == LengthOrAuto::Auto => None,
        _ => style.aspect_ratio,
    };
    Style {
        display: match &b.content {
            BoxContent::Flex(_) => Display::Flex,
            BoxContent::Grid(_) => Display::Grid,
            _ => Display::FlowRoot,
        },
        item_is_table: matches!(b.content, BoxContent::TableWrapper { .. }),
        item_is_replaced: matches!(b.content, BoxContent::Replaced(_)),
        item_is_compressible_replaced: matches!(b.content, BoxContent::Replaced(_)),
        box_sizing: match style.box_sizing {
            values::BoxSizing::ContentBox => BoxSizing::ContentBox,
            values::BoxSizing::BorderBox => BoxSizing::BorderBox,
        },
        overflow: match style.overflow {
            values::Overflow::Visible => Point { x: Overflow::Visible, y: Overflow::Visible },
            values::Overflow::Hidden => Point { x: Overflow::Hidden, y: Overflow::Hidden },
        },
        size: Size { width: width(style, calcs), height: calcs.dimension(style.height) },
        min_size: Size {
            width: calcs.length_or_auto(style.min_width),
            height: calcs.length_or_auto(style.min_height),
        },
        max_size: Size {
            width: calcs.length_or_auto(style.max_width),
            height: calcs.length_or_auto(style.max_height),
        },
        aspect_ratio: ratio.filter(|r| *r > 0.0),
        margin: calcs.sides(style.margin, Calcs::length_or_auto),
        padding: calcs.sides(style.padding, Calcs::length),
        border: calcs.sides(style.border, |_, b| taffy::LengthPercentage::length(b.width)),
        align_items: items(style.align_items),
        align_self: own(style.align_self),
        justify_items: items(style.justify_items),
        justify_self: own(style.justify_self),
        align_content: content(style.align_content),
        justify_content: content(style.justify_content),
        gap: Size { width: calcs.length(style.column_gap), height: calcs.length(style.row_gap) },
        flex_direction: match style.flex_direction {
            values::FlexDirection::Row => FlexDirection::Row,
            values::FlexDirection::RowReverse => FlexDirection::RowReverse,
            values::FlexDirection::Column => FlexDirection::Column,
            values::FlexDirection::ColumnReverse => FlexDirection::ColumnReverse,
        },
        flex_wrap: match style.flex_wrap {
            values::FlexWrap::Nowrap => FlexWrap::NoWrap,
            values::FlexWrap::Wrap => FlexWrap::Wrap,
            values::FlexWrap::WrapReverse => FlexWrap::WrapReverse,
        },
        flex_basis: calcs.dimension(style.flex_basis),
        flex_grow: style.flex_grow.max(0.0),
        flex_shrink: style.flex_shrink.max(0.0),
        grid_template_columns: calcs.template(&style.grid_template_columns),
        grid_template_rows: calcs.template(&style.grid_template_rows),
        grid_auto_columns: calcs.tracks(&style.grid_auto_columns),
        grid_auto_rows: calcs.tracks(&style.grid_auto_rows),
        grid_auto_flow: match style.grid_auto_flow {
            values::GridAutoFlow::Row => GridAutoFlow::Row,
            values::GridAutoFlow::Column => GridAutoFlow::Column,
            values::GridAutoFlow::RowDense => GridAutoFlow::RowDense,
            values::GridAutoFlow::ColumnDense => GridAutoFlow::ColumnDense,
        },
        grid_template_column_names: line_names(&style.grid_template_columns),
        grid_template_row_names: line_names(&style.grid_template_rows),
        grid_template_areas: style.grid_template_areas.as_deref().map(areas),
        grid_column: placement(&style.grid_column),
        grid_row: placement(&style.grid_row),
        ..Style::default()
    }
}

fn width(style: &ComputedStyle, calcs: &mut Calcs) -> Dimension {
    match style.width_by_content {
        None => calcs.dimension(style.width),
        Some(values::ContentWidth::Min) => Dimension::min_content(),
        Some(values::ContentWidth::Max) => Dimension::max_content(),
        Some(values::ContentWidth::Fit) => Dimension::fit_content(),
    }
}

fn line_names(list: &TrackList) -> Vec<Vec<String>> {
    list.lines.iter().map(|names| names.iter().map(|name| name.to_string()).collect()).collect()
}

fn areas(areas: &values::GridAreas) -> GridTemplateAreas<String> {
    let area = |area: &values::GridArea| GridTemplateArea {
        name: area.name.to_string(),
        row_start: area.rows.0,
        row_end: area.rows.1,
        column_start: area.columns.0,
        column_end: area.columns.1,
    };
    GridTemplateAreas {
        areas: areas.areas.iter().map(area).collect(),
        row_count: areas.rows,
        column_count: areas.columns,
    }
}

/// The lines of an axis between which a box is placed in a grid.
pub(super) fn placement(
    (start, end): &(values::GridLine, values::GridLine),
) -> Line<GridPlacement<String>> {
    let line = |line: &values::GridLine| match line {
        values::GridLine::Auto => GridPlacement::Auto,
        values::GridLine::Line(number) => GridPlacement::Line((*number).into()),
        values::GridLine::Span(count) => GridPlacement::Span((*count).max(1)),
        values::GridLine::Named(name, number) => GridPlacement::NamedLine(name.to_string(), *number),
        values::GridLine::NamedSpan(name, count) => {
            GridPlacement::NamedSpan(name.to_string(), (*count).max(1))
        }
    };
    Line { start: line(start), end: line(end) }
}

fn items(align: Align) -> AlignItems {
    let keyword = match align {
        Align::Start => AlignItemsKeyword::Start,
        Align::End => AlignItemsKeyword::End,
        Align::FlexStart => AlignItemsKeyword::FlexStart,
        Align::FlexEnd => AlignItemsKeyword::FlexEnd,
        Align::Center => AlignItemsKeyword::Center,
        Align::Baseline => AlignItemsKeyword::Baseline,
        Align::Stretch => AlignItemsKeyword::Stretch,
        Align::Normal | Align::SpaceBetween | Align::SpaceAround | Align::SpaceEvenly => {
            AlignItemsKeyword::Normal
        }
    };
    AlignItems { keyword, safety: AlignmentSafety::Default }
}

/// `align-self` and `justify-self`, whose initial value follows the container.
fn own(align: Align) -> Option<AlignItems> {
    (align != Align::Normal).then(|| items(align))
}

fn content(align: Align) -> AlignContent {
    let keyword = match align {
        Align::Start => AlignContentKeyword::Start,
        Align::End => AlignContentKeyword::End,
        Align::FlexStart => AlignContentKeyword::FlexStart,
        Align::FlexEnd => AlignContentKeyword::FlexEnd,
        Align::Center => AlignContentKeyword::Center,
        Align::Stretch => AlignContentKeyword::Stretch,
        Align::SpaceBetween => AlignContentKeyword::SpaceBetween,
        Align::SpaceAround => AlignContentKeyword::SpaceAround,
        Align::SpaceEvenly => AlignContentKeyword::SpaceEvenly,
        Align::Normal | Align::Baseline => AlignContentKeyword::Normal,
    };
    AlignContent { keyword, safety: AlignmentSafety::Default }
}
