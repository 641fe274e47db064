//! One style sheet: its rules, `@page` rules and imports.

use std::sync::Arc;

use cssparser::Parser;

use super::declaration::{Anchor, Block};
use super::explain::is_remote;
use super::page::PageRule;
use super::property::Standing;
use super::reader::Fault;
use super::selector::{Selector, selectors};
use super::syntax::{Item, Slice, declarations, rules, shortened, unbalanced};
use crate::diagnostic::{Diagnostics, Place, Source, nearest};

/// A parsed style sheet.
#[derive(Debug)]
pub struct Sheet {
    pub source: Arc<Source>,
    pub(super) imports: Vec<Import>,
    pub(super) rules: Vec<StyleRule>,
    pub(super) pages: Vec<PageRule>,
}

#[derive(Debug)]
pub(super) struct StyleRule {
    pub selectors: Vec<Selector>,
    pub block: Arc<Block>,
}

/// `@import`: a path as written and where.
#[derive(Debug)]
pub(super) struct Import {
    pub path: String,
    pub place: Place,
}

/// At-rules of CSS that are outside the subset, and what to do instead.
const OTHER_AT_RULES: &[(&str, &str)] = &[
    ("font-face", "put the face into fonts/: its family is found there by name"),
    ("keyframes", "a page does not move"),
    ("supports", "write the declarations themselves: what the program supports is fixed"),
    ("container", "a page has one width"),
    ("layer", "order the rules by specificity and place"),
    ("namespace", "documents have one namespace"),
    ("property", "set custom properties on :root"),
    ("counter-style", "use `content` on `::marker`"),
];

const AT_RULES: [&str; 4] = ["import", "media", "page", "charset"];

impl Sheet {
    /// Parses a whole sheet; every fault is reported at its place, and what holds it left out.
    pub fn parse(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Sheet {
        let text = &*source.text;
        let mut reader = SheetReader {
            anchor: Anchor::Sheet(source.clone(), 0),
            sheet: Sheet { source: source.clone(), imports: vec![], rules: vec![], pages: vec![] },
            diagnostics: Diagnostics::new(),
            begun: false,
        };
        rules(&mut Parser::new(text), &mut |item| reader.top(item));
        let SheetReader { anchor, sheet, diagnostics: found, .. } = reader;
        match unbalanced(text) {
            None => diagnostics.extend(found),
            Some(fault) => {
                // Behind it nothing is where its author meant it.
                let start = fault.span.start;
                let before = |place: &Option<Place>| place.as_ref().is_some_and(|p| p.span.end <= start);
                diagnostics.extend(found.into_iter().filter(|d| before(&d.place)));
                anchor.report(fault, diagnostics);
            }
        }
        sheet
    }
}

struct SheetReader {
    anchor: Anchor,
    sheet: Sheet,
    diagnostics: Diagnostics,
    /// Whether a rule other than `@import` was read.
    begun: bool,
}

impl SheetReader {
    fn fault(&mut self, fault: Fault) {
        self.anchor.report(fault, &mut self.diagnostics);
    }

    fn top(&mut self, item: Item<'_, '_>) {
        match item {
            Item::AtRule { name, prelude, block } => self.at_rule(name, prelude, block),
            Item::Rule { prelude, block } => self.style_rule(prelude, block),
            Item::Fault(fault) => self.fault(fault),
            Item::Declaration(written) => {
                let message = format!("`{}` stands outside a rule", written.name);
                self.fault(Fault::new(written.name_span, message));
            }
        }
    }

    fn style_rule(&mut self, prelude: Slice<'_>, block: &mut Parser<'_>) {
        self.begun = true;
        let selectors = match selectors(prelude.text) {
            Ok(selectors) => Some(selectors),
            Err(faults) => {
                for fault in faults {
                    self.fault(fault.shifted(prelude.start));
                }
                None
            }
        };
        let block = self.block(block);
        if let Some(selectors) = selectors {
            self.sheet.rules.push(StyleRule { selectors, block: Arc::new(block) });
        }
    }

    fn block(&mut self, input: &mut Parser<'_>) -> Block {
        let mut block = Block::default();
        let (anchor, diagnostics) = (&self.anchor, &mut self.diagnostics);
        declarations(input, &mut |item| {
            read_declaration(item, &mut block, Standing::Element, anchor, diagnostics);
        });
        block
    }

    fn at_rule(&mut self, name: Slice<'_>, prelude: Slice<'_>, block: Option<&mut Parser<'_>>) {
        let keyword = name.text.trim_start_matches('@').to_ascii_lowercase();
        match (&*keyword, block) {
            // CSS Syntax 3 §3.2: a sheet is UTF-8 here whatever it says of itself.
            ("charset", None) if !self.begun => {}
            ("import", None) => self.import(name, prelude),
            ("media", Some(block)) => self.media(prelude, block),
            ("page", Some(block)) => {
                self.begun = true;
                let rules = PageRule::read(prelude, block, &self.anchor, &mut self.diagnostics);
                self.sheet.pages.extend(rules);
            }
            ("media" | "page", None) => {
                self.fault(Fault::new(name.span(), format!("@{keyword} needs a block {{ … }}")));
            }
            _ => self.unknown_at_rule(&keyword, name),
        }
    }

    fn unknown_at_rule(&mut self, keyword: &str, name: Slice<'_>) {
        self.begun = true;
        let mut fault = Fault::new(name.span(), format!("@{keyword} is not supported here"));
        let unprefixed = keyword.trim_start_matches("-webkit-").trim_start_matches("-moz-");
        match OTHER_AT_RULES.iter().find(|(known, _)| *known == unprefixed) {
            Some((_, hint)) => fault = fault.hint(*hint),
            None => {
                if let Some(near) = nearest(keyword, AT_RULES).filter(|near| *near != keyword) {
                    fault = fault.hint(format!("did you mean `@{near}`?"));
                }
            }
        }
        self.fault(fault);
    }

    /// `@import <string> | <url>`, for all media or for print.
    fn import(&mut self, name: Slice<'_>, prelude: Slice<'_>) {
        let Slice { text, start } = prelude;
        let whole = name.start..prelude.span().end;
        if self.begun {
            let fault = Fault::new(whole, "an @import stands before all other rules");
            return self.fault(fault);
        }
        let mut input = Parser::new(text);
        let Ok(path) = input.expect_url_or_string().map(|path| path.to_string()) else {
            return self.fault(Fault::new(
                whole,
                "@import takes the path of a style sheet, as in @import \"base.css\"",
            ));
        };
        let path_span = start..start + input.position().byte_index();
        input.skip_whitespace();
        let rest = Slice {
            text: &text[input.position().byte_index()..],
            start: start + input.position().byte_index(),
        };
        if is_remote(&path) {
            return self.fault(
                Fault::new(
                    path_span,
                    format!("`{path}` is remote: nothing is fetched while a page is made"),
                )
                .hint("put the style sheet into templates/"),
            );
        }
        if !for_print(rest.text) {
            return self.fault(other_medium(rest));
        }
        if let Some(place) = self.anchor.place(path_span) {
            self.sheet.imports.push(Import { path, place });
        }
    }

    fn media(&mut self, prelude: Slice<'_>, block: &mut Parser<'_>) {
        self.begun = true;
        if !for_print(prelude.text) || prelude.text.is_empty() {
            self.fault(other_medium(prelude));
            return;
        }
        rules(block, &mut |item| match item {
            Item::Rule { prelude, block } => self.style_rule(prelude, block),
            Item::AtRule { name, prelude, block } => self.at_rule(name, prelude, block),
            other => self.top(other),
        });
    }
}

/// `all`, `print`, or nothing.
fn for_print(media: &str) -> bool {
    media.is_empty() || ["all", "print"].iter().any(|known| known.eq_ignore_ascii_case(media))
}

fn other_medium(media: Slice<'_>) -> Fault {
    let message = format!("media `{}` are not supported: expected print or all", shortened(media.text));
    Fault::new(media.span(), message).hint("a layout's style sheet is for the printed page alone")
}

/// Reads what stands in a block of declarations alone.
pub(super) fn read_declaration(
    item: Item<'_, '_>,
    block: &mut Block,
    standing: Standing,
    anchor: &Anchor,
    diagnostics: &mut Diagnostics,
) {
    match item {
        Item::Declaration(written) => block.declare(&written, standing, anchor, diagnostics),
        Item::Fault(fault) => anchor.report(fault, diagnostics),
        Item::AtRule { name, .. } => {
            let fault = Fault::new(name.span(), format!("{} is not supported within a rule", name.text));
            anchor.report(fault, diagnostics);
        }
        Item::Rule { prelude, .. } => {
            anchor
                .report(Fault::new(prelude.span(), "rules within rules are not supported"), diagnostics);
        }
    }
}

/// The declarations of a `style` attribute; all its faults stand at the element.
pub(super) fn style_attribute(text: &str, place: Option<Place>, diagnostics: &mut Diagnostics) -> Block {
    let anchor = Anchor::Element(place);
    let mut block = Block::default();
    if let Some(fault) = unbalanced(text) {
        anchor.report(fault, diagnostics);
        return block;
    }
    declarations(&mut Parser::new(text), &mut |item| {
        read_declaration(item, &mut block, Standing::Element, &anchor, diagnostics);
    });
    block
}
