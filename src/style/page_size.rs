//! The `size` of a page (CSS Paged Media 3 §7.1).

use cssparser::{Parser, match_ignore_ascii_case};

use super::length::{Absolute, Sign, absolute};
use super::property::{Context, Specified};
use super::reader::{Reads, fail, here, misfit};
use super::values::{LengthOrAuto, LengthPercentage};

/// Width and height of the sheet.
#[derive(Clone, Debug)]
pub(super) struct PageSize {
    width: Absolute,
    height: Absolute,
}

impl PageSize {
    pub fn compute(&self, context: &Context<'_>) -> [LengthOrAuto; 2] {
        [&self.width, &self.height].map(|length| {
            // A page narrower than a pixel could hold nothing.
            LengthOrAuto::Length(LengthPercentage::px(length.compute(context).max(1.0)))
        })
    }
}

/// Millimetres, upright.
const NAMED_SIZES: [(&str, f32, f32); 7] = [
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b4", 250.0, 353.0),
    ("b5", 176.0, 250.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
];
pub(super) const GRAMMAR: &str = "<length>{1,2} | [ a3 | a4 | a5 | b4 | b5 | letter | legal ] || \
     [ portrait | landscape ]";

pub(super) fn page_size(input: &mut Parser<'_>) -> Reads<PageSize> {
    let mm = |mm: f32| Absolute(super::length::Length::px(mm * 96.0 / 25.4));
    let mut named = None;
    let mut turned = None;
    let start = here(input);
    while let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        let size = NAMED_SIZES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&name));
        match_ignore_ascii_case! { &name,
            "portrait" if turned.is_none() => turned = Some(false),
            "landscape" if turned.is_none() => turned = Some(true),
            _ => match size {
                Some((_, width, height)) if named.is_none() => named = Some((*width, *height)),
                _ => return misfit(),
            },
        }
    }
    if named.is_some() || turned.is_some() {
        let (width, height) = named.unwrap_or((210.0, 297.0));
        return Ok(match turned {
            Some(true) => PageSize { width: mm(height), height: mm(width) },
            _ => PageSize { width: mm(width), height: mm(height) },
        });
    }
    let width = absolute(input, Sign::NotNegative)?;
    let height = if input.is_exhausted() { width } else { absolute(input, Sign::NotNegative)? };
    if [width, height].iter().any(|side| side.0 == super::length::Length::default()) {
        return fail(input, start, "a page needs a width and a height above 0");
    }
    Ok(PageSize { width, height })
}
