//! Reading values: the fault a value parser reports, keywords and numbers.

use std::ops::Range;

use cssparser::{ParseError, ParseErrorKind, Parser, SourcePosition, Token};

/// What is wrong with a value, at a byte range of the text that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub span: Range<usize>,
    pub message: String,
    pub hints: Vec<String>,
}

impl Fault {
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault { span, message: message.into(), hints: vec![] }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hints.push(hint.into());
        self
    }

    /// The same fault in a longer text in which the text that was read begins at `offset`.
    pub fn shifted(mut self, offset: usize) -> Fault {
        self.span = self.span.start + offset..self.span.end + offset;
        self
    }
}

/// A value, or a fault that says why there is none; a basic error says only that the value does not
/// fit the property's grammar.
pub(super) type Reads<T> = Result<T, ParseError<Fault>>;

/// Fails with a message of its own, at the text from `start` to here.
pub(super) fn fail<T>(
    input: &Parser<'_>,
    start: SourcePosition,
    message: impl Into<String>,
) -> Reads<T> {
    Err(ParseError::custom(Fault::new(start.byte_index()..input.position().byte_index(), message)))
}

/// Fails without a message of its own: the value does not fit the grammar.
pub(super) fn misfit<T>() -> Reads<T> {
    Err(ParseError::unexpected_token())
}

/// The fault with a message that an error carries, if it has one.
pub(super) fn own_fault(error: ParseError<Fault>) -> Option<Fault> {
    match error.kind {
        ParseErrorKind::Custom(fault) => Some(fault),
        ParseErrorKind::Basic(_) => None,
    }
}

/// The position of the next token.
pub(super) fn here(input: &mut Parser<'_>) -> SourcePosition {
    input.skip_whitespace();
    input.position()
}

/// A type whose values are written as keywords.
pub(super) trait Keyword: Sized + Copy + 'static {
    const WORDS: &'static [(&'static str, Self)];
}

/// One of a type's keywords, in any case (CSS Values 4 §2.1).
pub(super) fn keyword<T: Keyword>(input: &mut Parser<'_>) -> Reads<T> {
    let word = input.expect_ident()?;
    match T::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
        Some((_, value)) => Ok(*value),
        None => misfit(),
    }
}

/// True where the next token is this keyword, which is then taken.
pub(super) fn word(input: &mut Parser<'_>, expected: &str) -> bool {
    input.try_parse(|input| input.expect_ident_matching(expected)).is_ok()
}

/// Numbers beyond this are refused: no page is that large, and sums of them stay finite.
pub(super) const LARGEST: f32 = 1.0e6;

pub(super) fn bounded(input: &Parser<'_>, start: SourcePosition, value: f32) -> Reads<f32> {
    if value.is_finite() && value.abs() <= LARGEST {
        Ok(value)
    } else {
        fail(input, start, "a number beyond 1000000 is out of range")
    }
}

/// `<integer>`, within `range`.
pub(super) fn integer(input: &mut Parser<'_>, range: std::ops::RangeInclusive<i32>) -> Reads<i32> {
    let start = here(input);
    match *input.next()? {
        Token::Number { int_value: Some(value), .. } => {
            if range.contains(&value) {
                Ok(value)
            } else {
                let (low, high) = (range.start(), range.end());
                let expected = match (*low, *high) {
                    (low, i32::MAX) => format!("{low} or more"),
                    (low, high) => format!("{low} to {high}"),
                };
                fail(input, start, format!("{value} is out of range: expected {expected}"))
            }
        }
        Token::Number { value, .. } => fail(input, start, format!("{value} is not a whole number")),
        _ => misfit(),
    }
}

/// The component values of a value, each with its byte range: a token, or a function or block with all
/// it holds (CSS Syntax 3 §5.4.7). White space and comments are left out.
pub(super) fn components(text: &str) -> Vec<Range<usize>> {
    let mut input = Parser::new(text);
    let mut found = vec![];
    loop {
        let start = here(&mut input).byte_index();
        let Ok(token) = input.next() else { return found };
        if opens_block(token) {
            skip_block(&mut input);
        }
        found.push(start..input.position().byte_index());
    }
}

/// A function or an opening bracket: what it holds can be read as a nested block.
pub(super) fn opens_block(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock
    )
}

/// Goes behind the block whose first token was just read.
fn skip_block(input: &mut Parser<'_>) {
    let skipped: Reads<()> = input.parse_nested_block(|block| {
        while block.next().is_ok() {}
        Ok(())
    });
    debug_assert!(skipped.is_ok(), "a first-level block is within any nesting limit");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_keep_functions_whole() {
        let text = " 1px  rgb( 1 2 /* ) */ 3 ) /* x */ 'a b',url(x) / [a] ";
        let parts: Vec<&str> = components(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(parts, ["1px", "rgb( 1 2 /* ) */ 3 )", "'a b'", ",", "url(x)", "/", "[a]"]);
    }
}
