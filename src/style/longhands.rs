//! Every longhand property of the subset: the table that parsing, the cascade and docs/css.md share.

use std::sync::Arc;

use cssparser::Parser;

use super::background;
use super::color::{ColorValue, color};
use super::content;
use super::grid;
use super::keywords::Grammar;
use super::length::{
    Absolute, Auto, Length, Sign, absolute, length_or, length_percentage, number, number_or_percentage,
};
use super::page_size;
use super::property::{Context, Inherited, Longhand, Scope, Setter, Specified};
use super::reader::{Reads, integer, keyword, misfit, word};
use super::text;
use super::transform;
use super::values::*;

/// Properties that the reference shows together.
pub(super) struct Topic {
    pub title: &'static str,
    pub longhands: &'static [Longhand],
}

/// In the order of application: font size and colour first, for what depends on them.
pub(super) static TOPICS: [Topic; 8] = [
    Topic { title: "Text", longhands: TEXT },
    Topic { title: "Boxes", longhands: BOXES },
    Topic { title: "Borders and backgrounds", longhands: BORDERS },
    Topic { title: "Flex and grid", longhands: GRIDS },
    Topic { title: "Lists and generated content", longhands: GENERATED },
    Topic { title: "Tables", longhands: TABLES },
    Topic { title: "Pages and breaks", longhands: BREAKS },
    Topic { title: "In `@page` alone", longhands: PAGES },
];

/// A property that is not inherited: `name, place in the style, reader, grammar, initial, scope, note`.
macro_rules! own {
    ($name:literal, |$s:ident| $place:expr, $read:expr, $accepts:expr, $initial:literal, $scope:ident, $note:literal) => {
        Longhand {
            name: $name,
            accepts: $accepts,
            initial: $initial,
            inherited: Inherited::No,
            scope: Scope::$scope,
            note: $note,
            read: |input| {
                let read: fn(&mut Parser<'_>) -> Reads<_> = $read;
                let value = read(input)?;
                let set: Setter = Box::new(move |$s, context| $place = value.compute(context));
                Ok(set)
            },
            copy: |style, from| {
                let value = {
                    let $s = from;
                    Clone::clone(&$place)
                };
                let $s = style;
                $place = value;
            },
        }
    };
}

/// An inherited property: a field of [`TextStyle`].
macro_rules! text {
    ($name:literal, $($field:ident).+, $read:expr, $accepts:expr, $initial:literal, $scope:ident, $note:literal) => {
        Longhand {
            name: $name,
            accepts: $accepts,
            initial: $initial,
            inherited: Inherited::Yes,
            scope: Scope::$scope,
            note: $note,
            read: |input| {
                let read: fn(&mut Parser<'_>) -> Reads<_> = $read;
                let value = read(input)?;
                let set: Setter = Box::new(move |style, context| {
                    Arc::make_mut(&mut style.text).$($field).+ = value.compute(context);
                });
                Ok(set)
            },
            copy: |style, from| {
                Arc::make_mut(&mut style.text).$($field).+ = Clone::clone(&from.text.$($field).+);
            },
        }
    };
}

const LENGTH_PERCENTAGE: &str = "<length> | <percentage>";
const AUTO_LENGTH: &str = "auto | <length> | <percentage>";
const NONE_LENGTH: &str = "none | <length> | <percentage>";
const WIDTH: &str = "auto | min-content | max-content | fit-content | <length> | <percentage>";
const RADIUS: &str = "[ <length> | <percentage> ]{1,2}";
const BORDER_WIDTH: &str = "<length> | thin | medium | thick";

fn any_length(input: &mut Parser<'_>) -> Reads<Length> {
    length_percentage(input, Sign::Any)
}
fn length(input: &mut Parser<'_>) -> Reads<Length> {
    length_percentage(input, Sign::NotNegative)
}
fn auto_or_any_length(input: &mut Parser<'_>) -> Reads<Auto> {
    length_or(input, "auto", Sign::Any)
}
fn auto_or_length(input: &mut Parser<'_>) -> Reads<Auto> {
    length_or(input, "auto", Sign::NotNegative)
}
fn none_or_length(input: &mut Parser<'_>) -> Reads<Auto> {
    length_or(input, "none", Sign::NotNegative)
}
fn positive(input: &mut Parser<'_>) -> Reads<f32> {
    number(input, Sign::NotNegative)
}
fn lines(input: &mut Parser<'_>) -> Reads<Count> {
    Ok(Count(integer(input, 1..=1000)? as u32))
}
fn gap(input: &mut Parser<'_>) -> Reads<Length> {
    if word(input, "normal") { Ok(Length::default()) } else { length(input) }
}

/// A whole number of lines.
struct Count(u32);
impl Specified for Count {
    type Computed = u32;
    fn compute(&self, _: &Context<'_>) -> u32 {
        self.0
    }
}

#[rustfmt::skip]
static TEXT: &[Longhand] = &[
    text!("font-size", font_size, text::font_size, FONT_SIZE, "medium", MarginBoxes,
        "`medium` is 16px; relative values refer to the parent's size"),
    text!("color", color, color, "<color>", "black", MarginBoxes, ""),
    text!("font-family", font_family, text::families, "[ <string> | <family-name> ]#", "serif",
        MarginBoxes,
        "families found in fonts/, in order of preference; `serif` and `sans-serif` are the shipped ones, and every other generic name, `monospace` too, prints in the latter"),
    text!("font-weight", font_weight, text::font_weight,
        "<number> | normal | bold | bolder | lighter", "normal", MarginBoxes,
        "1 to 1000; the nearest face is used"),
    text!("font-style", font_style, keyword::<FontStyle>, FontStyle::GRAMMAR, "normal", MarginBoxes, ""),
    text!("font-kerning", font_variants.kerning, text::kerning, "auto | normal | none", "auto",
        MarginBoxes, "`auto` kerns"),
    text!("font-variant-numeric", font_variants.numeric, text::variant_numeric, NUMERIC, "normal",
        MarginBoxes, "where the face has the feature"),
    text!("font-variant-caps", font_variants.caps, text::variant_caps,
        "normal | small-caps | all-small-caps | titling-caps", "normal", MarginBoxes,
        "small capitals are made of smaller capitals where the face has none"),
    text!("font-variant-ligatures", font_variants.ligatures, text::variant_ligatures, LIGATURES,
        "normal", MarginBoxes, "common ligatures are on"),
    text!("font-feature-settings", font_variants.settings, text::feature_settings,
        "normal | [ <string> [ <integer> | on | off ]? ]#", "normal", MarginBoxes,
        "OpenType features by tag, over the properties above"),
    text!("line-height", line_height, text::line_height,
        "normal | <number> | <length> | <percentage>", "normal", MarginBoxes,
        "a number is inherited as a number; `normal` is the face's own"),
    text!("letter-spacing", letter_spacing, text::spacing, "normal | <length>", "normal", MarginBoxes, ""),
    text!("word-spacing", word_spacing, text::spacing, "normal | <length>", "normal", MarginBoxes, ""),
    text!("text-align", text_align, keyword::<TextAlign>, TextAlign::GRAMMAR, "start", MarginBoxes, ""),
    text!("text-indent", text_indent, any_length, LENGTH_PERCENTAGE, "0", MarginBoxes, "of the first line"),
    text!("text-transform", text_transform, keyword::<TextTransform>, TextTransform::GRAMMAR, "none",
        MarginBoxes, "copied text keeps its letters"),
    text!("text-wrap-style", text_wrap, keyword::<TextWrap>, TextWrap::GRAMMAR, "auto", MarginBoxes,
        "`auto` and `stable` are first fit, `pretty` is optimum fit over the paragraph, `balance` lines of even length"),
    text!("text-wrap-mode", white_space.mode, keyword::<TextWrapMode>, TextWrapMode::GRAMMAR, "wrap",
        MarginBoxes, ""),
    text!("hyphens", hyphens, keyword::<Hyphens>, Hyphens::GRAMMAR, "manual", MarginBoxes,
        "`auto` follows `lang`"),
    text!("white-space-collapse", white_space.collapse, keyword::<WhiteSpaceCollapse>,
        WhiteSpaceCollapse::GRAMMAR, "collapse", MarginBoxes, ""),
    text!("overflow-wrap", overflow_wrap, keyword::<OverflowWrap>, OverflowWrap::GRAMMAR, "normal",
        MarginBoxes, "where a word does not fit its line"),
    text!("visibility", visibility, keyword::<Visibility>, Visibility::GRAMMAR, "visible", Elements, ""),
    own!("vertical-align", |s| s.vertical_align, text::vertical_align,
        "baseline | sub | super | top | middle | bottom | <length>", "baseline", MarginBoxes,
        "of inline boxes, table cells and page-margin boxes"),
    Longhand {
        name: "text-decoration-line",
        accepts: "none | underline || line-through",
        initial: "none",
        inherited: Inherited::No,
        scope: Scope::MarginBoxes,
        note: "drawn under the text of descendants too",
        read: |input| {
            let line = text::decoration_line(input)?;
            Ok(Box::new(move |style, _| {
                style.text_decoration.underline = line.underline;
                style.text_decoration.line_through = line.line_through;
            }))
        },
        copy: |style, from| {
            style.text_decoration.underline = from.text_decoration.underline;
            style.text_decoration.line_through = from.text_decoration.line_through;
        },
    },
    own!("text-decoration-color", |s| s.text_decoration.color, some_color, "<color>", "currentcolor",
        MarginBoxes, ""),
    own!("text-decoration-thickness", |s| s.text_decoration.thickness, text::decoration_thickness,
        "auto | from-font | <length> | <percentage>", "auto", MarginBoxes, "`auto` is the face's own"),
    Longhand {
        name: "text-underline-offset",
        accepts: "auto | <length> | <percentage>",
        initial: "auto",
        inherited: Inherited::Yes,
        scope: Scope::MarginBoxes,
        note: "added to the face's own",
        read: |input| {
            let offset = text::underline_offset(input)?;
            Ok(Box::new(move |style, context| style.text_decoration.offset = offset.compute(context)))
        },
        copy: |style, from| style.text_decoration.offset = from.text_decoration.offset,
    },
];

#[rustfmt::skip]
static BOXES: &[Longhand] = &[
    own!("display", |s| s.display, keyword::<Display>, Display::GRAMMAR, "inline", Elements,
        "items of flex and grid boxes become blocks; header and footer groups of a table are printed on every page it takes, as `table-row-group` once"),
    own!("position", |s| s.position, keyword::<Position>, Position::GRAMMAR, "static", Elements,
        "without a positioned ancestor an `absolute` box is placed on the page that its place in the flow comes to; a box that pages cut contains as a whole"),
    own!("top", |s| s.inset.top, auto_or_any_length, AUTO_LENGTH, "auto", Elements, "on a relative inline element a percentage counts as `auto`"),
    own!("right", |s| s.inset.right, auto_or_any_length, AUTO_LENGTH, "auto", Elements, ""),
    own!("bottom", |s| s.inset.bottom, auto_or_any_length, AUTO_LENGTH, "auto", Elements, "on a relative inline element a percentage counts as `auto`"),
    own!("left", |s| s.inset.left, auto_or_any_length, AUTO_LENGTH, "auto", Elements, ""),
    own!("z-index", |s| s.z_index, z_index, "auto | <integer>", "auto", Elements, "of positioned boxes, and of items of flex and grid boxes"),
    own!("box-sizing", |s| s.box_sizing, keyword::<BoxSizing>, BoxSizing::GRAMMAR, "content-box",
        MarginBoxes, ""),
    Longhand {
        name: "width",
        accepts: WIDTH,
        initial: "auto",
        inherited: Inherited::No,
        scope: Scope::MarginBoxes,
        note: "",
        read: |input| {
            if let Ok(by) = input.try_parse(keyword::<ContentWidth>) {
                return Ok(Box::new(move |style, _| {
                    (style.width, style.width_by_content) = (LengthOrAuto::Auto, Some(by));
                }));
            }
            let width = auto_or_length(input)?;
            Ok(Box::new(move |style, context| {
                (style.width, style.width_by_content) = (width.compute(context), None);
            }))
        },
        copy: |style, from| {
            (style.width, style.width_by_content) = (from.width, from.width_by_content);
        },
    },
    own!("height", |s| s.height, auto_or_length, AUTO_LENGTH, "auto", MarginBoxes, ""),
    own!("min-width", |s| s.min_width, auto_or_length, AUTO_LENGTH, "auto", Elements, ""),
    own!("min-height", |s| s.min_height, auto_or_length, AUTO_LENGTH, "auto", Elements, ""),
    own!("max-width", |s| s.max_width, none_or_length, NONE_LENGTH, "none", Elements, ""),
    own!("max-height", |s| s.max_height, none_or_length, NONE_LENGTH, "none", Elements, ""),
    own!("aspect-ratio", |s| s.aspect_ratio, aspect_ratio, "auto | <number> [ / <number> ]?", "auto",
        Elements, "width / height; a box grows with its content, unless its `overflow` is hidden or it has a `min-height`"),
    own!("margin-top", |s| s.margin.top, auto_or_any_length, AUTO_LENGTH, "0", Everywhere, ""),
    own!("margin-right", |s| s.margin.right, auto_or_any_length, AUTO_LENGTH, "0", Everywhere, ""),
    own!("margin-bottom", |s| s.margin.bottom, auto_or_any_length, AUTO_LENGTH, "0", Everywhere, ""),
    own!("margin-left", |s| s.margin.left, auto_or_any_length, AUTO_LENGTH, "0", Everywhere, ""),
    own!("padding-top", |s| s.padding.top, length, LENGTH_PERCENTAGE, "0", MarginBoxes, ""),
    own!("padding-right", |s| s.padding.right, length, LENGTH_PERCENTAGE, "0", MarginBoxes, ""),
    own!("padding-bottom", |s| s.padding.bottom, length, LENGTH_PERCENTAGE, "0", MarginBoxes, ""),
    own!("padding-left", |s| s.padding.left, length, LENGTH_PERCENTAGE, "0", MarginBoxes, ""),
    own!("overflow", |s| s.overflow, keyword::<Overflow>, Overflow::GRAMMAR, "visible", Elements,
        "`hidden` cuts `absolute` boxes too, unless they are contained by a box around it"),
    own!("object-fit", |s| s.object_fit, keyword::<ObjectFit>, ObjectFit::GRAMMAR, "fill", Elements,
        "of pictures"),
    own!("object-position", |s| s.object_position, background::position, background::POSITION,
        "50% 50%", Elements, "of pictures"),
    own!("transform", |s| s.transform, transform::functions, transform::GRAMMAR, "none", Elements,
        "of all boxes but inline ones; changes what is painted, not where other boxes stand"),
    own!("transform-origin", |s| s.transform_origin, background::position, background::POSITION,
        "50% 50%", Elements, ""),
];

#[rustfmt::skip]
static BORDERS: &[Longhand] = &[
    own!("border-top-width", |s| s.border.top.width, border_width, BORDER_WIDTH, "medium", MarginBoxes, ""),
    own!("border-right-width", |s| s.border.right.width, border_width, BORDER_WIDTH, "medium", MarginBoxes, ""),
    own!("border-bottom-width", |s| s.border.bottom.width, border_width, BORDER_WIDTH, "medium", MarginBoxes, ""),
    own!("border-left-width", |s| s.border.left.width, border_width, BORDER_WIDTH, "medium", MarginBoxes, ""),
    own!("border-top-style", |s| s.border.top.style, keyword::<BorderStyle>, BorderStyle::GRAMMAR, "none", MarginBoxes, ""),
    own!("border-right-style", |s| s.border.right.style, keyword::<BorderStyle>, BorderStyle::GRAMMAR, "none", MarginBoxes, ""),
    own!("border-bottom-style", |s| s.border.bottom.style, keyword::<BorderStyle>, BorderStyle::GRAMMAR, "none", MarginBoxes, ""),
    own!("border-left-style", |s| s.border.left.style, keyword::<BorderStyle>, BorderStyle::GRAMMAR, "none", MarginBoxes, ""),
    own!("border-top-color", |s| s.border.top.color, color, "<color>", "currentcolor", MarginBoxes, ""),
    own!("border-right-color", |s| s.border.right.color, color, "<color>", "currentcolor", MarginBoxes, ""),
    own!("border-bottom-color", |s| s.border.bottom.color, color, "<color>", "currentcolor", MarginBoxes, ""),
    own!("border-left-color", |s| s.border.left.color, color, "<color>", "currentcolor", MarginBoxes, ""),
    own!("border-top-left-radius", |s| s.radius.top_left, radius, RADIUS, "0", MarginBoxes,
        "across, and down where it is another"),
    own!("border-top-right-radius", |s| s.radius.top_right, radius, RADIUS, "0", MarginBoxes, ""),
    own!("border-bottom-right-radius", |s| s.radius.bottom_right, radius, RADIUS, "0", MarginBoxes, ""),
    own!("border-bottom-left-radius", |s| s.radius.bottom_left, radius, RADIUS, "0", MarginBoxes, ""),
    own!("background-color", |s| s.background_color, color, "<color>", "transparent", Everywhere,
        "in `@page`: of the whole sheet"),
    own!("background-image", |s| s.background.images, background::images, background::IMAGE, "none",
        Everywhere, "the topmost first; a path is from the file that says it; in `@page`: over the whole sheet"),
    own!("background-position", |s| s.background.positions, background::positions, background::POSITIONS,
        "0% 0%", Everywhere, "or edges, each with an offset: `right 5mm bottom 5mm`"),
    own!("background-size", |s| s.background.sizes, background::sizes, background::SIZES, "auto",
        Everywhere, ""),
    own!("background-repeat", |s| s.background.repeats, background::repeats, background::REPEATS,
        "repeat", Everywhere, ""),
    own!("background-origin", |s| s.background.origins, background::origins, background::VISUAL_BOXES,
        "padding-box", Everywhere, "what `background-position` and `background-size` refer to"),
    own!("background-clip", |s| s.background.clips, background::clips, background::VISUAL_BOXES,
        "border-box", Everywhere, "what is painted of colour and pictures"),
    own!("opacity", |s| s.opacity, opacity, "<number> | <percentage>", "1", Elements, ""),
];

#[rustfmt::skip]
static GRIDS: &[Longhand] = &[
    own!("flex-direction", |s| s.flex_direction, keyword::<FlexDirection>, FlexDirection::GRAMMAR, "row", Elements, ""),
    own!("flex-wrap", |s| s.flex_wrap, keyword::<FlexWrap>, FlexWrap::GRAMMAR, "nowrap", Elements, ""),
    own!("flex-grow", |s| s.flex_grow, positive, "<number>", "0", Elements, ""),
    own!("flex-shrink", |s| s.flex_shrink, positive, "<number>", "1", Elements, ""),
    own!("flex-basis", |s| s.flex_basis, auto_or_length, AUTO_LENGTH, "auto", Elements, ""),
    own!("order", |s| s.order, |input| integer(input, -10_000..=10_000), "<integer>", "0", Elements,
        "changes the place, not the reading order"),
    own!("align-items", |s| s.align_items, |input| grid::align(input, grid::ITEMS), grid::ITEMS_GRAMMAR,
        "normal", Elements, ""),
    own!("align-self", |s| s.align_self, |input| grid::align(input, grid::SELF), grid::SELF_GRAMMAR,
        "auto", Elements, ""),
    own!("align-content", |s| s.align_content, |input| grid::align(input, grid::CONTENT),
        grid::CONTENT_GRAMMAR, "normal", Elements, ""),
    own!("justify-content", |s| s.justify_content, |input| grid::align(input, grid::CONTENT),
        grid::CONTENT_GRAMMAR, "normal", Elements, ""),
    own!("justify-items", |s| s.justify_items, |input| grid::align(input, grid::ITEMS),
        grid::ITEMS_GRAMMAR, "normal", Elements, ""),
    own!("justify-self", |s| s.justify_self, |input| grid::align(input, grid::SELF), grid::SELF_GRAMMAR,
        "auto", Elements, ""),
    own!("row-gap", |s| s.row_gap, gap, "normal | <length> | <percentage>", "normal", Elements, ""),
    own!("column-gap", |s| s.column_gap, gap, "normal | <length> | <percentage>", "normal", Elements, ""),
    own!("grid-template-columns", |s| s.grid_template_columns, grid::template, TEMPLATE, "none", Elements,
        "names of lines stand in square brackets between the tracks: `[left] 1fr [right]`"),
    own!("grid-template-rows", |s| s.grid_template_rows, grid::template, TEMPLATE, "none", Elements, ""),
    own!("grid-template-areas", |s| s.grid_template_areas, grid::areas, "none | <string>+", "none",
        Elements, "a string a row, a name a cell: `\"head head\" \"side main\"`"),
    own!("grid-auto-columns", |s| s.grid_auto_columns, grid::auto_tracks, TRACKS, "auto", Elements, ""),
    own!("grid-auto-rows", |s| s.grid_auto_rows, grid::auto_tracks, TRACKS, "auto", Elements, ""),
    own!("grid-auto-flow", |s| s.grid_auto_flow, grid::auto_flow, "[ row | column ] || dense", "row",
        Elements, ""),
    own!("grid-column-start", |s| s.grid_column.0, grid::line, LINE, "auto", Elements, ""),
    own!("grid-column-end", |s| s.grid_column.1, grid::line, LINE, "auto", Elements, ""),
    own!("grid-row-start", |s| s.grid_row.0, grid::line, LINE, "auto", Elements, ""),
    own!("grid-row-end", |s| s.grid_row.1, grid::line, LINE, "auto", Elements, ""),
];

#[rustfmt::skip]
static GENERATED: &[Longhand] = &[
    text!("list-style-type", list_style_type, keyword::<ListStyleType>, ListStyleType::GRAMMAR, "disc",
        Elements, "any other marker: `content` on `::marker`"),
    text!("list-style-position", list_style_position, keyword::<ListStylePosition>,
        ListStylePosition::GRAMMAR, "outside", Elements, ""),
    own!("content", |s| s.content, content::content, CONTENT, "normal", MarginBoxes,
        "of `::before`, `::after`, `::marker` and page-margin boxes; `counter(page)` and `counter(pages)` are the program's; `target-counter(attr(href), page)` is the page that a link leads to"),
    own!("counter-reset", |s| s.counter_reset, content::counter_reset, "none | [ <name> <integer>? ]+",
        "none", Elements, ""),
    own!("counter-increment", |s| s.counter_increment, content::counter_increment,
        "none | [ <name> <integer>? ]+", "none", Elements, ""),
    own!("string-set", |s| s.string_set, content::string_set,
        "none | [ <name> [ <string> | content() | counter(<name>) | attr(<name>) ]+ ]#", "none", Elements,
        "for running heads: printed by `string(name)`"),
];

#[rustfmt::skip]
static TABLES: &[Longhand] = &[
    own!("table-layout", |s| s.table_layout, keyword::<TableLayout>, TableLayout::GRAMMAR, "auto", Elements, ""),
    text!("border-collapse", border_collapse, keyword::<BorderCollapse>, BorderCollapse::GRAMMAR,
        "separate", Elements, ""),
    text!("border-spacing", border_spacing, border_spacing, "<length>{1,2}", "0", Elements,
        "horizontal, vertical"),
    text!("caption-side", caption_side, keyword::<CaptionSide>, CaptionSide::GRAMMAR, "top", Elements, ""),
];

#[rustfmt::skip]
static BREAKS: &[Longhand] = &[
    own!("break-before", |s| s.break_before, keyword::<BreakBetween>, BreakBetween::GRAMMAR, "auto", Elements, "of an item of a flex box or a grid: before its row; of a table row: not where a cell spans it and its neighbour"),
    own!("break-after", |s| s.break_after, keyword::<BreakBetween>, BreakBetween::GRAMMAR, "auto", Elements, "of an item of a flex box or a grid: after its row; of a table row: not where a cell spans it and its neighbour"),
    own!("break-inside", |s| s.break_inside, keyword::<BreakInside>, BreakInside::GRAMMAR, "auto", Elements, ""),
    text!("orphans", orphans, lines, "<integer>", "2", Elements, "1 to 1000 lines"),
    text!("widows", widows, lines, "<integer>", "2", Elements, "1 to 1000 lines"),
    own!("page", |s| s.page, page, "auto | <name>", "auto", Elements, "the `@page` rules of that name; of blocks in the page's flow, elsewhere with a warning that it is not heeded"),
];

static PAGES: &[Longhand] = &[Longhand {
    name: "size",
    accepts: page_size::GRAMMAR,
    initial: "a4",
    inherited: Inherited::No,
    scope: Scope::Pages,
    note: "width and height of the sheet",
    // The page context has no other width and height, so `size` stands in theirs.
    read: |input| {
        let size = page_size::page_size(input)?;
        Ok(Box::new(move |style, context| [style.width, style.height] = size.compute(context)))
    },
    copy: |style, from| (style.width, style.height) = (from.width, from.height),
}];

const FONT_SIZE: &str = "<length> | <percentage> | xx-small | x-small | small | medium | large | x-large | \
     xx-large | xxx-large | smaller | larger";
const NUMERIC: &str = "normal | [ lining-nums | oldstyle-nums ] || [ proportional-nums | tabular-nums ] || \
     [ diagonal-fractions | stacked-fractions ] || ordinal || slashed-zero";
const LIGATURES: &str = "normal | none | [ common-ligatures | no-common-ligatures ] || \
     [ discretionary-ligatures | no-discretionary-ligatures ]";
const TRACKS: &str = "[ <length> | <percentage> | <flex> | auto | min-content | max-content | minmax(…, …) | fit-content(…) ]+";
const TEMPLATE: &str = "none | [ <length> | <percentage> | <flex> | auto | min-content | max-content | \
     minmax(…, …) | fit-content(…) | repeat([ <integer> | auto-fill | auto-fit ], …) ]+";
const LINE: &str = "auto | <integer> | <name> <integer>? | span [ <integer> || <name> ]";
const CONTENT: &str = "normal | none | [ <string> | counter(<name>, <list-style-type>?) | attr(<name>) | \
     string(<name>, [ first | start | last | first-except ]?) | target-counter([ <string> | attr(<name>) ], <name>, \
     <list-style-type>?) | target-text([ <string> | attr(<name>) ]) ]+";

/// CSS Backgrounds 3 §3.3, with the widths browsers give the keywords.
fn border_width(input: &mut Parser<'_>) -> Reads<Absolute> {
    for (name, px) in [("thin", 1.0), ("medium", 3.0), ("thick", 5.0)] {
        if word(input, name) {
            return Ok(Absolute(Length::px(px)));
        }
    }
    absolute(input, Sign::NotNegative)
}

struct RadiusValue(Length, Length);
impl Specified for RadiusValue {
    type Computed = Radius;
    fn compute(&self, context: &Context<'_>) -> Radius {
        Radius { x: self.0.compute(context), y: self.1.compute(context) }
    }
}

fn radius(input: &mut Parser<'_>) -> Reads<RadiusValue> {
    let x = length(input)?;
    let y = if input.is_exhausted() { x } else { length(input)? };
    Ok(RadiusValue(x, y))
}

struct ZIndex(Option<i32>);
impl Specified for ZIndex {
    type Computed = Option<i32>;
    fn compute(&self, _: &Context<'_>) -> Option<i32> {
        self.0
    }
}

fn z_index(input: &mut Parser<'_>) -> Reads<ZIndex> {
    if word(input, "auto") {
        return Ok(ZIndex(None));
    }
    integer(input, -1_000_000..=1_000_000).map(|index| ZIndex(Some(index)))
}

fn opacity(input: &mut Parser<'_>) -> Reads<f32> {
    Ok(number_or_percentage(input)?.clamp(0.0, 1.0))
}

struct Ratio(Option<f32>);
impl Specified for Ratio {
    type Computed = Option<f32>;
    fn compute(&self, _: &Context<'_>) -> Option<f32> {
        self.0
    }
}

/// CSS Sizing 4 §5.1; a ratio of 0 behaves as `auto`.
fn aspect_ratio(input: &mut Parser<'_>) -> Reads<Ratio> {
    if word(input, "auto") {
        return Ok(Ratio(None));
    }
    let width = positive(input)?;
    let height = match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => positive(input)?,
        Err(_) => 1.0,
    };
    Ok(Ratio((width > 0.0 && height > 0.0).then(|| width / height)))
}

/// A colour that is not simply the element's own.
struct SomeColor(ColorValue);
impl Specified for SomeColor {
    type Computed = Option<Color>;
    fn compute(&self, context: &Context<'_>) -> Option<Color> {
        (self.0 != ColorValue::Current).then(|| self.0.compute(context))
    }
}

fn some_color(input: &mut Parser<'_>) -> Reads<SomeColor> {
    color(input).map(SomeColor)
}

struct Spacing(Absolute, Absolute);
impl Specified for Spacing {
    type Computed = (f32, f32);
    fn compute(&self, context: &Context<'_>) -> (f32, f32) {
        (self.0.compute(context), self.1.compute(context))
    }
}

fn border_spacing(input: &mut Parser<'_>) -> Reads<Spacing> {
    let horizontal = absolute(input, Sign::NotNegative)?;
    let vertical = if input.is_exhausted() { horizontal } else { absolute(input, Sign::NotNegative)? };
    Ok(Spacing(horizontal, vertical))
}

struct PageName(Option<Arc<str>>);
impl Specified for PageName {
    type Computed = Option<Arc<str>>;
    fn compute(&self, _: &Context<'_>) -> Option<Arc<str>> {
        self.0.clone()
    }
}

fn page(input: &mut Parser<'_>) -> Reads<PageName> {
    if word(input, "auto") {
        return Ok(PageName(None));
    }
    let name = input.expect_ident()?;
    if matches!(&*name.to_ascii_lowercase(), "inherit" | "initial" | "unset") {
        return misfit();
    }
    Ok(PageName(Some(Arc::from(&**name))))
}
