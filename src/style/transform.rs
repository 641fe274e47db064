//! `transform` (CSS Transforms 1).

use cssparser::Parser;

use super::length::{Length, Sign, angle, length_percentage, number_or_percentage};
use super::property::{Context, Specified};
use super::reader::{Reads, misfit, word};
use super::values::TransformFunction;

pub(super) struct Functions(Vec<Function>);

#[derive(Clone, Copy, Debug)]
enum Function {
    Translate(Length, Length),
    Scale(f32, f32),
    Rotate(f32),
}

impl Specified for Functions {
    type Computed = Vec<TransformFunction>;
    fn compute(&self, context: &Context<'_>) -> Vec<TransformFunction> {
        let one = |function: &Function| match *function {
            Function::Translate(x, y) => {
                TransformFunction::Translate(x.compute(context), y.compute(context))
            }
            Function::Scale(x, y) => TransformFunction::Scale(x, y),
            Function::Rotate(degrees) => TransformFunction::Rotate(degrees),
        };
        self.0.iter().map(one).collect()
    }
}

pub(super) const GRAMMAR: &str = "none | [ rotate(<angle>) | translate([ <length> | <percentage> ]{1,2}) | \
     translatex(…) | translatey(…) | scale([ <number> | <percentage> ]{1,2}) | scalex(…) | scaley(…) ]+";

pub(super) fn functions(input: &mut Parser<'_>) -> Reads<Functions> {
    if word(input, "none") {
        return Ok(Functions(vec![]));
    }
    let mut functions = vec![];
    while !input.is_exhausted() {
        functions.push(function(input)?);
    }
    if functions.is_empty() { misfit() } else { Ok(Functions(functions)) }
}

fn function(input: &mut Parser<'_>) -> Reads<Function> {
    let name = input.expect_function()?.to_ascii_lowercase();
    let length = |input: &mut Parser<'_>| length_percentage(input, Sign::Any);
    input.parse_nested_block(|input| {
        Ok(match &*name {
            "rotate" => Function::Rotate(angle(input)?),
            "translate" => {
                let x = length(input)?;
                Function::Translate(x, second(input, length)?.unwrap_or_default())
            }
            "translatex" => Function::Translate(length(input)?, Length::default()),
            "translatey" => Function::Translate(Length::default(), length(input)?),
            "scale" => {
                let x = number_or_percentage(input)?;
                Function::Scale(x, second(input, number_or_percentage)?.unwrap_or(x))
            }
            "scalex" => Function::Scale(number_or_percentage(input)?, 1.0),
            "scaley" => Function::Scale(1.0, number_or_percentage(input)?),
            _ => return misfit(),
        })
    })
}

/// An argument after a comma, where there is one.
fn second<T>(
    input: &mut Parser<'_>,
    read: impl FnOnce(&mut Parser<'_>) -> Reads<T>,
) -> Reads<Option<T>> {
    match input.try_parse(Parser::expect_comma) {
        Ok(()) => read(input).map(Some),
        Err(_) => Ok(None),
    }
}
