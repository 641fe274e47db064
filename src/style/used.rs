//! What a computed style owes to its parent and to its other properties, once every declaration is
//! applied.

use std::sync::Arc;

use super::values::*;

/// Adjusts a style under its parent's (None: the root element's).
pub(super) fn adjust(style: &mut ComputedStyle, parent: Option<&ComputedStyle>) {
    for side in [
        &mut style.border.top,
        &mut style.border.right,
        &mut style.border.bottom,
        &mut style.border.left,
    ] {
        // CSS Backgrounds 3 §3.3.
        if side.style == BorderStyle::None {
            side.width = 0.0;
        }
    }
    let said = style.display;
    let is_item = parent.is_none_or(|p| p.display.holds_items());
    if is_item || style.position == Position::Absolute {
        style.display = blockified(said);
    }
    style.said_display = (style.display != said).then_some(said);
    let Some(parent) = parent else {
        features(&mut style.text, None);
        return;
    };
    features(&mut style.text, Some(&parent.text));
    // CSS Paged Media 3 §8.1: `auto` takes the value of the parent.
    if style.page.is_none() {
        style.page.clone_from(&parent.page);
    }
    decorate(style, parent);
    if style.text == parent.text {
        style.text = parent.text.clone();
    }
}

/// CSS Display 3 §2.7: the root element, items of flex and grid containers and absolutely positioned
/// boxes are block-level.
fn blockified(display: Display) -> Display {
    match display {
        Display::None
        | Display::Block
        | Display::ListItem
        | Display::Flex
        | Display::Grid
        | Display::Table => display,
        Display::InlineFlex => Display::Flex,
        Display::InlineGrid => Display::Grid,
        Display::Inline
        | Display::InlineBlock
        | Display::TableCaption
        | Display::TableHeaderGroup
        | Display::TableRowGroup
        | Display::TableFooterGroup
        | Display::TableRow
        | Display::TableCell => Display::Block,
    }
}

/// CSS Text Decoration 3 §2.1: lines are drawn under in-flow descendants too, in the colour of the
/// element that says them; inline blocks and absolutely positioned boxes are left out. Where both an
/// element and an ancestor decorate, the lines of both are drawn as the element says.
fn decorate(style: &mut ComputedStyle, parent: &ComputedStyle) {
    let from = parent.text_decoration;
    let apart = style.display.is_atomic() || style.position == Position::Absolute;
    if apart || !(from.underline || from.line_through) {
        return;
    }
    let own = style.text_decoration;
    style.text_decoration = if own.underline || own.line_through {
        TextDecoration {
            underline: own.underline || from.underline,
            line_through: own.line_through || from.line_through,
            ..own
        }
    } else {
        TextDecoration { color: Some(from.color.unwrap_or(parent.text.color)), ..from }
    };
}

/// Gathers the features that the `font-variant-*` properties ask for (CSS Fonts 4 §7.2:
/// `font-feature-settings` over the others), where they are not the parent's.
fn features(text: &mut Arc<TextStyle>, parent: Option<&Arc<TextStyle>>) {
    if parent.is_some_and(|parent| parent.font_variants == text.font_variants) {
        return;
    }
    let variants = &text.font_variants;
    let mut features: Vec<FontFeature> = vec![];
    for (tag, value) in
        [&variants.numeric, &variants.caps, &variants.ligatures, &variants.kerning, &variants.settings]
            .into_iter()
            .flatten()
    {
        match features.iter_mut().find(|(known, _)| known == tag) {
            Some((_, known)) => *known = *value,
            None => features.push((*tag, *value)),
        }
    }
    features.sort_unstable();
    Arc::make_mut(text).font_features = Arc::from(features);
}
