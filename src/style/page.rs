//! `@page` rules and their cascade (CSS Paged Media 3 §3–6).

use std::collections::BTreeSet;
use std::sync::Arc;

use cssparser::{Parser, Token};

use super::cascade::Cascade;
use super::declaration::{Anchor, Block, Declarations};
use super::property::{Property, Standing};
use super::reader::Fault;
use super::sheet::read_declaration;
use super::syntax::{Item, Slice, declarations, shortened};
use super::values::*;
use crate::diagnostic::{Diagnostics, Place, nearest};

/// One selector of an `@page` rule with what the rule declares.
#[derive(Debug)]
pub(super) struct PageRule {
    pub name: Option<Arc<str>>,
    pseudos: Vec<PagePseudo>,
    pub block: Arc<Block>,
    pub boxes: Arc<Vec<(MarginBoxName, Block)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PagePseudo {
    First,
    Left,
    Right,
    Blank,
}

const PSEUDOS: [(&str, PagePseudo); 4] = [
    (":first", PagePseudo::First),
    (":left", PagePseudo::Left),
    (":right", PagePseudo::Right),
    (":blank", PagePseudo::Blank),
];

/// The sixteen page-margin boxes by their at-rules.
pub(super) const MARGIN_BOXES: [(&str, MarginBoxName); 16] = [
    ("@top-left-corner", MarginBoxName::TopLeftCorner),
    ("@top-left", MarginBoxName::TopLeft),
    ("@top-center", MarginBoxName::TopCenter),
    ("@top-right", MarginBoxName::TopRight),
    ("@top-right-corner", MarginBoxName::TopRightCorner),
    ("@right-top", MarginBoxName::RightTop),
    ("@right-middle", MarginBoxName::RightMiddle),
    ("@right-bottom", MarginBoxName::RightBottom),
    ("@bottom-right-corner", MarginBoxName::BottomRightCorner),
    ("@bottom-right", MarginBoxName::BottomRight),
    ("@bottom-center", MarginBoxName::BottomCenter),
    ("@bottom-left", MarginBoxName::BottomLeft),
    ("@bottom-left-corner", MarginBoxName::BottomLeftCorner),
    ("@left-bottom", MarginBoxName::LeftBottom),
    ("@left-middle", MarginBoxName::LeftMiddle),
    ("@left-top", MarginBoxName::LeftTop),
];

impl PageRule {
    /// Reads `@page prelude { block }`: a rule for each selector of its prelude.
    pub fn read(
        prelude: Slice<'_>,
        block: &mut Parser<'_>,
        anchor: &Anchor,
        diagnostics: &mut Diagnostics,
    ) -> Vec<PageRule> {
        let selectors = selectors(prelude).map_err(|fault| anchor.report(fault, diagnostics));
        let mut own = Block::default();
        let mut boxes = vec![];
        declarations(block, &mut |item| match item {
            Item::AtRule { name, block: Some(block), .. } => {
                let lower = name.text.to_ascii_lowercase();
                let known = MARGIN_BOXES.iter().find(|(known, _)| *known == lower);
                let mut declared = Block::default();
                declarations(block, &mut |item| {
                    read_declaration(item, &mut declared, Standing::MarginBox, anchor, diagnostics);
                });
                match known {
                    Some((_, margin_box)) => boxes.push((*margin_box, declared)),
                    None => {
                        let fault = Fault::new(name.span(), format!("{lower} is not a page-margin box"));
                        // CSS names the middle of an edge by its direction.
                        let swapped = match lower.rsplit_once('-') {
                            Some((edge, "middle")) => format!("{edge}-center"),
                            Some((edge, "center")) => format!("{edge}-middle"),
                            _ => lower.clone(),
                        };
                        let names = || MARGIN_BOXES.iter().map(|(known, _)| *known);
                        let near = names().find(|known| *known == swapped).or(nearest(&lower, names()));
                        let hint = match near {
                            Some(near) => format!("did you mean {near}?"),
                            None => "they are named as @top-left, @top-center, @right-middle, @bottom-right-corner …".to_owned(),
                        };
                        anchor.report(fault.hint(hint), diagnostics);
                    }
                }
            }
            item => read_declaration(item, &mut own, Standing::Page, anchor, diagnostics),
        });
        let (own, boxes) = (Arc::new(own), Arc::new(boxes));
        let rule =
            |(name, pseudos)| PageRule { name, pseudos, block: own.clone(), boxes: boxes.clone() };
        selectors.map_or(vec![], |selectors| selectors.into_iter().map(rule).collect())
    }

    fn matches(&self, name: Option<&Arc<str>>, kind: PageKind) -> bool {
        let named = self.name.is_none() || self.name.as_ref() == name;
        named
            && self.pseudos.iter().all(|pseudo| match pseudo {
                PagePseudo::First => kind.first,
                PagePseudo::Left => kind.side == PageSide::Left,
                PagePseudo::Right => kind.side == PageSide::Right,
                PagePseudo::Blank => kind.blank,
            })
    }

    /// A name, then :first and :blank, then :left and :right (CSS Paged Media 3 §4.4).
    fn specificity(&self) -> (usize, usize, usize) {
        let count = |kinds: [PagePseudo; 2]| self.pseudos.iter().filter(|p| kinds.contains(p)).count();
        (
            usize::from(self.name.is_some()),
            count([PagePseudo::First, PagePseudo::Blank]),
            count([PagePseudo::Left, PagePseudo::Right]),
        )
    }
}

type PageSelector = (Option<Arc<str>>, Vec<PagePseudo>);

/// `[ <name>? :pseudo* ]#`; an empty prelude selects every page.
fn selectors(prelude: Slice<'_>) -> Result<Vec<PageSelector>, Fault> {
    if prelude.text.is_empty() {
        return Ok(vec![(None, vec![])]);
    }
    let refuse = || {
        Fault::new(
            prelude.span(),
            format!(
                "`{}` does not select pages: expected a name, :first, :left, :right or :blank",
                shortened(prelude.text)
            ),
        )
    };
    let mut found = vec![];
    let mut input = Parser::new(prelude.text);
    loop {
        let name = input.try_parse(Parser::expect_ident_cloned).ok().map(|name| Arc::from(&*name));
        let mut pseudos = vec![];
        let after = loop {
            match input.next_including_whitespace().cloned() {
                Ok(Token::WhiteSpace(_)) => {}
                Ok(Token::Colon) => {
                    let start = input.position().byte_index() - 1;
                    let Ok(Token::Ident(word)) = input.next_including_whitespace().cloned() else {
                        return Err(refuse());
                    };
                    let written = format!(":{}", word.to_ascii_lowercase());
                    match PSEUDOS.iter().find(|(known, _)| *known == written) {
                        Some((_, pseudo)) => pseudos.push(*pseudo),
                        None => {
                            let end = input.position().byte_index();
                            let span = prelude.start + start..prelude.start + end;
                            let fault = Fault::new(
                                span,
                                format!(
                                    "`{written}` is not supported in @page: expected :first, :left, :right or :blank"
                                ),
                            );
                            return Err(
                                match nearest(&written, PSEUDOS.iter().map(|(known, _)| *known)) {
                                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                                    None => fault,
                                },
                            );
                        }
                    }
                }
                other => break other,
            }
        };
        if name.is_none() && pseudos.is_empty() {
            return Err(refuse());
        }
        found.push((name, pseudos));
        match after {
            Err(_) => return Ok(found),
            Ok(Token::Comma) => input.skip_whitespace(),
            Ok(_) => return Err(refuse()),
        }
    }
}

/// The style of every kind of page that the rules tell apart. `rules` come in cascade order of their
/// sheets; `root` is the root element's style, from which pages and margin boxes inherit.
pub(super) fn page_rules(
    rules: &[&PageRule],
    cascade: &mut Cascade<'_>,
    diagnostics: &mut Diagnostics,
) -> PageRules {
    let names: BTreeSet<Arc<str>> = rules.iter().filter_map(|rule| rule.name.clone()).collect();
    let names: Vec<Arc<str>> = names.into_iter().collect();
    let mut styles: Vec<Arc<PageStyle>> = vec![];
    let mut seen: Vec<(Vec<usize>, Arc<PageStyle>)> = vec![];
    for name in std::iter::once(None).chain(names.iter().map(Some)) {
        for index in 0..PageKind::COUNT {
            let kind = PageKind::of_index(index);
            let mut matching: Vec<usize> =
                (0..rules.len()).filter(|&i| rules[i].matches(name, kind)).collect();
            matching.sort_by_key(|&i| rules[i].specificity());
            let known = seen.iter().find(|(rules, _)| *rules == matching);
            let style = match known {
                Some((_, style)) => style.clone(),
                None => {
                    let applied: Vec<&PageRule> = matching.iter().map(|&i| rules[i]).collect();
                    let style = Arc::new(page_style(&applied, cascade, diagnostics));
                    seen.push((matching, style.clone()));
                    style
                }
            };
            styles.push(style);
        }
    }
    PageRules { names, styles }
}

fn page_style(
    rules: &[&PageRule],
    cascade: &mut Cascade<'_>,
    diagnostics: &mut Diagnostics,
) -> PageStyle {
    let blocks: Vec<&Block> = rules.iter().map(|rule| &*rule.block).collect();
    let page = cascade.anonymous(&blocks, diagnostics);
    let default = PageStyle::default();
    let px = |length: LengthOrAuto, base: f32, auto: f32| match length {
        LengthOrAuto::Auto => auto,
        LengthOrAuto::Length(length) => length.resolve(base),
    };
    let size = (px(page.width, 0.0, default.size.0), px(page.height, 0.0, default.size.1));
    // CSS Paged Media 3 §7.2: horizontal percentages refer to the width of the page box, vertical
    // ones to its height. A margin that is less than nothing would put content off the sheet.
    let side = |length, base| px(length, base, 0.0).max(0.0);
    let mut margin_boxes = vec![];
    for (_, name) in MARGIN_BOXES {
        let blocks: Vec<&Block> = rules
            .iter()
            .flat_map(|rule| rule.boxes.iter())
            .filter(|(of, _)| *of == name)
            .map(|(_, block)| block)
            .collect();
        if blocks.is_empty() {
            continue;
        }
        let style = cascade.anonymous(&blocks, diagnostics);
        if let Content::Parts(_) = style.content {
            let place = said_last(&blocks, |name| name == "content");
            margin_boxes.push(MarginBox { name, content: style.content.clone(), style, place });
        }
    }
    PageStyle {
        size,
        margin: Sides {
            top: side(page.margin.top, size.1),
            right: side(page.margin.right, size.0),
            bottom: side(page.margin.bottom, size.1),
            left: side(page.margin.left, size.0),
        },
        background_color: page.background_color,
        background: page.background.clone(),
        boxes: margin_boxes,
        place: said_last(&blocks, |name| {
            matches!(name, "width" | "height") || name.starts_with("margin-")
        }),
    }
}

/// The place of the last declaration of some longhands: the one that won, or the shorthand it came with.
fn said_last(blocks: &[&Block], wanted: impl Fn(&str) -> bool) -> Option<Place> {
    let of = |declarations: fn(&Block) -> &Declarations| {
        blocks.iter().flat_map(move |block| &declarations(block).values)
    };
    of(|block| &block.normal)
        .chain(of(|block| &block.important))
        .filter(|declared| wanted(Property::Longhand(declared.id).name()))
        .last()
        .and_then(|declared| declared.place.clone())
}
