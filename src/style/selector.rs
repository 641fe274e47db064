//! Selectors: what the `selectors` crate needs to read them, and messages for those outside the subset.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Range;

use cssparser::{ParseError, ParseErrorKind, Parser, ToCss, Token, serialize_identifier};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{ParseRelative, Selector as Parsed, SelectorParseErrorKind};
use selectors::{SelectorImpl, SelectorList};

use super::reader::{Fault, Reads, here};
use crate::diagnostic::nearest;
use crate::document::elements;

/// The matching of this program: no pseudo-class depends on anything but the tree.
#[derive(Clone, Debug)]
pub(super) struct Tree;

pub(super) type Selector = Parsed<Tree>;

/// A name in a selector, with its hash.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Name {
    text: Box<str>,
    hash: u32,
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        // FNV-1a.
        let hash = text
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Name { text: text.into(), hash }
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_identifier(&self.text, dest)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.hash
    }
}

/// Only the structural pseudo-classes that the crate knows by itself are in the subset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoPseudoClass {}

impl ToCss for NoPseudoClass {
    fn to_css<W: fmt::Write>(&self, _: &mut W) -> fmt::Result {
        match *self {}
    }
}

impl selectors::parser::NonTSPseudoClass for NoPseudoClass {
    fn is_active_or_hover(&self) -> bool {
        match *self {}
    }
    fn is_user_action_state(&self) -> bool {
        match *self {}
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Pseudo {
    Before,
    After,
    Marker,
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(match self {
            Pseudo::Before => "::before",
            Pseudo::After => "::after",
            Pseudo::Marker => "::marker",
        })
    }
}

impl selectors::parser::PseudoElement for Pseudo {}

impl SelectorImpl for Tree {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = str;
    type BorrowedLocalName = str;
    type NonTSPseudoClass = NoPseudoClass;
    type PseudoElement = Pseudo;
}

struct Grammar;

impl selectors::parser::Parser<'_> for Grammar {
    type Impl = Tree;
    type Error = SelectorParseErrorKind;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    /// An unknown selector within `:is()` is an error like any other.
    fn allow_forgiving_selectors(&self) -> bool {
        false
    }

    fn parse_pseudo_element(&self, name: &str) -> Result<Pseudo, ParseError<Self::Error>> {
        match name.to_ascii_lowercase().as_str() {
            "before" => Ok(Pseudo::Before),
            "after" => Ok(Pseudo::After),
            "marker" => Ok(Pseudo::Marker),
            _ => Err(ParseError::custom(SelectorParseErrorKind::UnsupportedPseudoClassOrElement)),
        }
    }
}

/// The pseudo-classes of the subset, and what each matches.
pub(super) const PSEUDO_CLASSES: [(&str, &str); 15] = [
    (":root", "the `html` element"),
    (":empty", "no child elements and no text"),
    (":first-child", ""),
    (":last-child", ""),
    (":only-child", ""),
    (":nth-child()", "`odd`, `even`, a number or `an + b`"),
    (":nth-last-child()", "counted from the end"),
    (":first-of-type", "the first sibling of its element name"),
    (":last-of-type", ""),
    (":only-of-type", ""),
    (":nth-of-type()", ""),
    (":nth-last-of-type()", ""),
    (":not()", "takes a list of selectors"),
    (":is()", "takes a list of selectors"),
    (":where()", "takes a list of selectors; adds no specificity"),
];

pub(super) const PSEUDO_ELEMENTS: [(&str, &str); 3] = [
    ("::before", "generated where it has `content`"),
    ("::after", "generated where it has `content`"),
    ("::marker", "of list items"),
];

/// Matching goes through a selector's parts by recursion, so their number is bounded.
const LONGEST: usize = 1000;

/// The selectors of a rule; `text` is its whole prelude. Every selector outside the subset is a fault
/// of its own, at its place in `text`.
pub(super) fn selectors(text: &str) -> Result<Vec<Selector>, Vec<Fault>> {
    let mut found = vec![];
    let mut faults = vec![];
    let mut input = Parser::new(text);
    loop {
        input.skip_whitespace();
        let start = input.position().byte_index();
        let read: Result<(), ParseError<()>> =
            input.parse_until_before(cssparser::Delimiter::Comma, |input| {
                while input.next().is_ok() {}
                Ok(())
            });
        debug_assert!(read.is_ok());
        let end = input.position().byte_index();
        match selector(text[start..end].trim_end()) {
            Ok(selector) => found.push(selector),
            Err(fault) => faults.push(fault.shifted(start)),
        }
        if input.next().is_err() {
            break;
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn selector(text: &str) -> Result<Selector, Fault> {
    if let Some(at) = text.find('&') {
        return Err(Fault::new(at..at + 1, "`&` stands for nothing here: rules do not nest"));
    }
    if text.len() > LONGEST {
        let message = format!("a selector of {} characters: expected at most {LONGEST}", text.len());
        return Err(Fault::new(0..text.len(), message));
    }
    if let Some(fault) = unknown_name(text) {
        return Err(fault);
    }
    let mut input = Parser::new(text);
    let read = input.parse_entirely(|input| SelectorList::parse(&Grammar, input, ParseRelative::No));
    match read {
        Ok(list) => match list.slice() {
            [only] => Ok(only.clone()),
            _ => Err(Fault::new(0..text.len(), format!("`{text}` is not a selector"))),
        },
        Err(error) => Err(refused(text, &error.kind)),
    }
}

fn refused(text: &str, kind: &ParseErrorKind<SelectorParseErrorKind>) -> Fault {
    use SelectorParseErrorKind::*;
    let why = match kind {
        ParseErrorKind::Custom(EmptySelector) if text.is_empty() => {
            return Fault::new(0..0, "a selector is missing");
        }
        ParseErrorKind::Custom(DanglingCombinator) => "nothing follows its combinator",
        ParseErrorKind::Custom(ClassNeedsIdent) => "a class name must follow the `.`",
        ParseErrorKind::Custom(
            ExpectedNamespace
            | ExplicitNamespaceUnexpectedToken
            | InvalidQualNameInAttr
            | ExpectedBarInAttr,
        ) => "namespaces are not supported",
        ParseErrorKind::Custom(
            NoQualifiedNameInAttributeSelector | UnexpectedTokenInAttributeSelector | BadValueInAttr,
        ) => "expected [name], or [name=\"value\"] with =, ~=, |=, ^=, $= or *=",
        ParseErrorKind::Custom(InvalidState | UnsupportedPseudoClassOrElement) => {
            "a pseudo-element stands last, and not within :not(), :is() or :where()"
        }
        ParseErrorKind::Basic(cssparser::BasicParseErrorKind::TooManyNestedBlocks) => {
            "it is nested too deep"
        }
        _ => {
            "expected element names, .class, #id, [attribute] and pseudo-classes, joined by spaces, >, + or ~"
        }
    };
    Fault::new(0..text.len(), format!("`{text}` is not a selector: {why}"))
}

/// Pseudo-classes and -elements that a style sheet for screens may have.
const ELSEWHERE: &[(&str, &str)] = &[
    ("hover", "a page is not pointed at"),
    ("active", "a page is not pointed at"),
    ("focus", "a page is not pointed at"),
    ("focus-visible", "a page is not pointed at"),
    ("focus-within", "a page is not pointed at"),
    ("visited", "use `a[href]`"),
    ("link", "use `a[href]`"),
    ("any-link", "use `a[href]`"),
    ("has", "give the element a class in the layout"),
    ("first-line", "wrap the words in an element"),
    ("first-letter", "wrap the letter in an element"),
    ("lang", "use an attribute selector, as in [lang|=\"fr\"]"),
    ("scope", "use `:root`"),
    ("host", "use `:root`"),
    ("placeholder", "a page has no forms"),
    ("checked", "a page has no forms"),
    ("disabled", "a page has no forms"),
    ("selection", "a page is not pointed at"),
];

/// The first pseudo-class, pseudo-element or element name of a selector that the subset does not have.
fn unknown_name(text: &str) -> Option<Fault> {
    let mut found = None;
    // Its own scan cannot fail but by nesting, which reading the selector reports.
    let _: Reads<()> = scan_names(&mut Parser::new(text), &mut found);
    found
}

fn scan_names(input: &mut Parser<'_>, found: &mut Option<Fault>) -> Reads<()> {
    let mut after_dot = false;
    while found.is_none() {
        let start = input.position().byte_index();
        let Ok(token) = input.next_including_whitespace().cloned() else { return Ok(()) };
        match &token {
            Token::Colon => {
                let mut colons = 1;
                let mut name = input.next_including_whitespace()?.clone();
                while matches!(name, Token::Colon) {
                    name = input.next_including_whitespace()?.clone();
                    colons += 1;
                }
                let (name, call, takes_selectors) = match &name {
                    Token::Ident(name) => (name.to_ascii_lowercase(), "", false),
                    Token::Function(name) => {
                        let name = name.to_ascii_lowercase();
                        let takes = matches!(&*name, "not" | "is" | "where");
                        (name, "()", takes)
                    }
                    _ => continue,
                };
                let written = format!("{}{name}{call}", ":".repeat(colons));
                *found = check_pseudo(&name, &written, start..input.position().byte_index());
                if takes_selectors && found.is_none() {
                    input.parse_nested_block(|input| scan_names(input, found))?;
                }
            }
            Token::SquareBracketBlock => {
                input.parse_nested_block(|input| -> Reads<()> {
                    let start = here(input).byte_index();
                    if let Ok(name) = input.expect_ident_cloned() {
                        *found = check_attribute(&name, start..input.position().byte_index());
                    }
                    while input.next().is_ok() {}
                    Ok(())
                })?;
            }
            Token::Ident(name) if !after_dot => {
                *found = check_element(name, start..input.position().byte_index());
            }
            _ => {}
        }
        after_dot = matches!(token, Token::Delim('.' | '|'));
    }
    Ok(())
}

/// An element name that no document has would never match.
fn check_element(name: &str, span: Range<usize>) -> Option<Fault> {
    let lower = name.to_ascii_lowercase();
    if elements::rule(&lower).is_some() {
        return None;
    }
    let fault = Fault::new(span, format!("no document has an element `{lower}`"));
    let names = elements::ELEMENTS.iter().map(|element| element.name);
    Some(match (elements::instead_of(&lower), nearest(&lower, names)) {
        (Some(instead), _) => fault.hint(instead),
        (None, Some(near)) => fault.hint(format!("did you mean `{near}`?")),
        (None, None) => fault.hint(format!("a class is written `.{name}`")),
    })
}

/// An attribute that no element takes would never match.
fn check_attribute(name: &str, span: Range<usize>) -> Option<Fault> {
    let lower = name.to_ascii_lowercase();
    if elements::ELEMENTS.iter().any(|element| element.takes(&lower)) {
        return None;
    }
    let fault = Fault::new(span, format!("no element has an attribute `{lower}`"));
    let names = elements::ELEMENTS.iter().flat_map(|element| element.takeable());
    Some(match nearest(&lower, names) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault,
    })
}

fn check_pseudo(name: &str, written: &str, span: Range<usize>) -> Option<Fault> {
    let known = || PSEUDO_CLASSES.iter().chain(&PSEUDO_ELEMENTS).map(|(known, _)| *known);
    // CSS 2 wrote pseudo-elements with one colon, and the crate reads both.
    if known().any(|known| known == written || known == format!(":{written}")) {
        return None;
    }
    let fault = Fault::new(span, format!("`{written}` is not supported in selectors"));
    Some(match ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name) {
        Some((_, hint)) => fault.hint(*hint),
        None => match nearest(written, known()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault,
        },
    })
}
