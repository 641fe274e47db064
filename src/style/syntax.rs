//! The outer shape of CSS: brackets that match, and declarations within a block.

use std::ops::Range;

use cssparser::{Delimiter, ParseError, ParseErrorKind, Parser, ParserState, Token, parse_important};

use super::declaration::{Importance, Written};
use super::reader::{Fault, Reads, opens_block};

const TOO_DEEP: &str = "blocks are nested too deep: expected at most 75 levels";

/// The first bracket, comment or quotation mark that is not closed, or that closes nothing. What
/// follows it cannot be told apart, so that other faults of a sheet count only before it.
pub(super) fn unbalanced(text: &str) -> Option<Fault> {
    match balance(&mut Parser::new(text), text, None) {
        Ok(()) => None,
        Err(error) => Some(match error.kind {
            ParseErrorKind::Custom(fault) => fault,
            ParseErrorKind::Basic(_) => Fault::new(0..0, TOO_DEEP),
        }),
    }
}

/// `within` is the opening bracket of the text being read.
fn balance(
    input: &mut Parser<'_>,
    text: &str,
    within: Option<Range<usize>>,
) -> Result<(), ParseError<Fault>> {
    loop {
        let start = input.position().byte_index();
        let Ok(token) = input.next_including_whitespace_and_comments() else { return Ok(()) };
        let token = token.clone();
        let end = input.position().byte_index();
        let fault = |message: String| Err(ParseError::custom(Fault::new(start..end, message)));
        match &token {
            Token::Comment(_) if end - start < 4 || !text[..end].ends_with("*/") => {
                return fault("this comment is not closed by `*/`".to_owned());
            }
            // A `}` within a bracket: it is the bracket that was left open.
            Token::CloseCurlyBracket
                if let Some(opening) = &within
                    && !text[opening.clone()].ends_with('{') =>
            {
                let message = unclosed(&text[opening.clone()]);
                return Err(ParseError::custom(Fault::new(opening.clone(), message)));
            }
            Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                return fault(format!("`{}` closes nothing", &text[start..end]));
            }
            Token::BadString(_) => {
                return fault(
                    "this string does not end on its line: its quotation mark is missing".to_owned(),
                );
            }
            Token::QuotedString(_) if end == text.len() => {
                let quote = &text[start..start + 1];
                if end - start < 2 || !text.ends_with(quote) {
                    return fault("this string is not closed".to_owned());
                }
            }
            _ => {}
        }
        if opens_block(&token) {
            let mut inner_end = end;
            let inner = input.parse_nested_block(|input| {
                balance(input, text, Some(start..end))?;
                inner_end = input.position().byte_index();
                Ok(())
            });
            match inner {
                Ok(()) => {}
                Err(ParseError { kind: ParseErrorKind::Basic(_) }) => return fault(TOO_DEEP.to_owned()),
                Err(own) => return Err(own),
            }
            // The block ended where the text does, not at a bracket of its own.
            if input.position().byte_index() == inner_end {
                return fault(unclosed(&text[start..end]));
            }
        }
    }
}

fn unclosed(opening: &str) -> String {
    let closing = match opening.chars().last() {
        Some('{') => return "this block is not closed by `}`".to_owned(),
        Some('[') => ']',
        _ => ')',
    };
    format!("this bracket is not closed by `{closing}`")
}

/// A piece of a text and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice<'i> {
    pub text: &'i str,
    pub start: usize,
}

impl Slice<'_> {
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// What stands in a sheet or in a block.
pub(super) enum Item<'i, 'p> {
    /// `@name prelude { block }`, or with a semicolon instead of the block.
    AtRule {
        name: Slice<'i>,
        prelude: Slice<'i>,
        block: Option<&'p mut Parser<'i>>,
    },
    /// `prelude { block }`.
    Rule {
        prelude: Slice<'i>,
        block: &'p mut Parser<'i>,
    },
    /// `name: value`.
    Declaration(Written<'i>),
    Fault(Fault),
}

/// Visits the rules of a sheet (CSS Syntax 3 §5.4.1).
pub(super) fn rules<'i>(input: &mut Parser<'i>, visit: &mut dyn FnMut(Item<'i, '_>)) {
    loop {
        input.skip_whitespace();
        let before = input.state();
        match input.next() {
            Err(_) => return,
            Ok(Token::AtKeyword(_)) => at_rule(input, &before, visit),
            Ok(_) => {
                input.reset(&before);
                let prelude = until(input, Delimiter::CurlyBracketBlock);
                let found = match input.next() {
                    Ok(_) => nested(input, |block| visit(Item::Rule { prelude, block })),
                    Err(_) => Err(Fault::new(
                        prelude.span(),
                        format!(
                            "`{}` is not a rule: a block `{{ … }}` is missing",
                            shortened(prelude.text)
                        ),
                    )),
                };
                if let Err(fault) = found {
                    visit(Item::Fault(fault));
                }
            }
        }
    }
}

/// Visits the declarations and at-rules of a block (CSS Syntax 3 §5.4.4). Rules within rules are
/// faults: nesting is not in the subset.
pub(super) fn declarations<'i>(input: &mut Parser<'i>, visit: &mut dyn FnMut(Item<'i, '_>)) {
    loop {
        input.skip_whitespace();
        let before = input.state();
        let start = before.position();
        match input.next().cloned() {
            Err(_) => return,
            Ok(Token::Semicolon) => {}
            Ok(Token::AtKeyword(_)) => at_rule(input, &before, visit),
            Ok(Token::Ident(_)) => {
                let name = Slice { text: input.slice_from(start), start: start.byte_index() };
                let item = match input.try_parse(Parser::expect_colon) {
                    Ok(()) => declaration(input, name),
                    Err(_) => Err(Fault::new(
                        name.span(),
                        format!("expected `:` and a value after `{}`", name.text),
                    )),
                };
                let rest = until(input, Delimiter::Semicolon | Delimiter::CurlyBracketBlock);
                visit(match end_of_declaration(input, name.start, rest) {
                    Err(fault) => Item::Fault(fault),
                    Ok(()) => item.map_or_else(Item::Fault, Item::Declaration),
                });
            }
            Ok(_) => {
                input.reset(&before);
                let rest = until(input, Delimiter::Semicolon | Delimiter::CurlyBracketBlock);
                let fault = match end_of_declaration(input, rest.start, rest) {
                    Err(fault) => fault,
                    Ok(()) => Fault::new(
                        rest.span(),
                        format!(
                            "`{}` is not a declaration: expected `property: value`",
                            shortened(rest.text)
                        ),
                    ),
                };
                visit(Item::Fault(fault));
            }
        }
    }
}

/// `value`, `value !important`, the whole as far as a semicolon.
fn declaration<'i>(input: &mut Parser<'i>, name: Slice<'i>) -> Result<Written<'i>, Fault> {
    let end = Delimiter::Semicolon;
    let end = if name.text.starts_with("--") { end } else { end | Delimiter::CurlyBracketBlock };
    let value = until(input, end | Delimiter::Bang);
    let bang = input.position();
    let importance = match input.try_parse(parse_important) {
        Ok(()) => Importance::Important,
        Err(_) => Importance::Normal,
    };
    let rest = until(input, end);
    if rest.text.is_empty() {
        return Ok(Written {
            name: name.text,
            name_span: name.span(),
            value: value.text,
            value_start: value.start,
            importance,
        });
    }
    let span = bang.byte_index()..rest.span().end;
    Err(Fault::new(span, "`!` in a value stands only before `important`, at its end"))
}

/// Takes the semicolon behind a declaration; a block instead of it makes a rule of what went before.
fn end_of_declaration(input: &mut Parser<'_>, start: usize, rest: Slice<'_>) -> Result<(), Fault> {
    match input.next() {
        Ok(Token::CurlyBracketBlock) => {
            nested(input, |_| ())?;
            Err(Fault::new(start..rest.span().end, "rules within rules are not supported")
                .hint("write the nested rule by itself, with its whole selector"))
        }
        _ => Ok(()),
    }
}

fn at_rule<'i>(input: &mut Parser<'i>, at: &ParserState, visit: &mut dyn FnMut(Item<'i, '_>)) {
    let name = Slice { text: input.slice_from(at.position()), start: at.position().byte_index() };
    let prelude = until(input, Delimiter::Semicolon | Delimiter::CurlyBracketBlock);
    let found = match input.next() {
        Ok(Token::CurlyBracketBlock) => {
            nested(input, |block| visit(Item::AtRule { name, prelude, block: Some(block) }))
        }
        _ => {
            visit(Item::AtRule { name, prelude, block: None });
            Ok(())
        }
    };
    if let Err(fault) = found {
        visit(Item::Fault(fault));
    }
}

/// The text as far as a delimiter, without the white space around it.
fn until<'i>(input: &mut Parser<'i>, end: cssparser::Delimiters) -> Slice<'i> {
    input.skip_whitespace();
    let start = input.position();
    let read: Reads<()> = input.parse_until_before(end, |input| {
        while input.next().is_ok() {}
        Ok(())
    });
    debug_assert!(read.is_ok(), "nothing was asked of the text");
    Slice { text: input.slice_from(start).trim_end(), start: start.byte_index() }
}

/// Visits the block whose bracket was just read; what the visitor leaves unread is skipped.
fn nested<'i>(input: &mut Parser<'i>, visit: impl FnOnce(&mut Parser<'i>)) -> Result<(), Fault> {
    let start = input.position().byte_index();
    let read: Reads<()> = input.parse_nested_block(|block| {
        visit(block);
        while block.next().is_ok() {}
        Ok(())
    });
    read.map_err(|_| Fault::new(start - 1..start, TOO_DEEP))
}

/// The beginning of a text, for a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST && line.len() == text.len() {
        return line.to_owned();
    }
    let start: String = line.chars().take(MOST).collect();
    format!("{} …", start.trim_end())
}
