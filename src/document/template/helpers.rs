//! The helpers a layout may call: one table of what they take and give, and what they do.

use chrono::NaiveDate;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, JsonValue, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use rust_decimal::Decimal;

use super::include;
use crate::document::schema::Kind;
use crate::locale::Locale;

/// A helper as the checks and the reference see it.
#[derive(Debug)]
pub struct Signature {
    pub name: &'static str,
    pub parameters: &'static [Parameter],
    /// The last parameter may repeat.
    pub arity: Arity,
    pub gives: Gives,
    /// For the reference: what it does, with an example.
    pub about: &'static str,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub takes: Takes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    Fixed,
    /// The last parameter may repeat.
    Many,
}

/// What a parameter accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Text,
    Date,
    /// A number, or text of a decimal number.
    Amount,
    Number,
    /// A list or text; what is absent has no elements and no characters.
    Counted,
    /// Any value, one that may be absent too.
    Anything,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    Text,
    Number,
    Truth,
}

impl Takes {
    pub fn accepts(self, kind: &Kind) -> bool {
        match self {
            Takes::Text => {
                matches!(kind, Kind::Text | Kind::Verbatim | Kind::Date | Kind::Decimal)
            }
            Takes::Date => matches!(kind, Kind::Date),
            Takes::Amount => matches!(kind, Kind::Decimal | Kind::Number),
            Takes::Number => matches!(kind, Kind::Number),
            Takes::Counted => matches!(kind, Kind::List(_) | Kind::Text | Kind::Verbatim),
            Takes::Anything => true,
        }
    }

    /// Whether a value that may be absent must be guarded.
    pub fn needs_presence(self) -> bool {
        !matches!(self, Takes::Counted | Takes::Anything)
    }

    pub fn name(self) -> &'static str {
        match self {
            Takes::Text => "text",
            Takes::Date => "a date",
            Takes::Amount => "an amount",
            Takes::Number => "a number",
            Takes::Counted => "a list or text",
            Takes::Anything => "a value",
        }
    }
}

impl Gives {
    pub fn kind(self) -> Kind {
        match self {
            Gives::Text => Kind::Text,
            Gives::Number => Kind::Number,
            Gives::Truth => Kind::Truth,
        }
    }
}

const fn takes(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes }
}

const PAIR: &[Parameter] = &[takes("a", Takes::Anything), takes("b", Takes::Anything)];
const NUMBERS: &[Parameter] = &[takes("a", Takes::Number), takes("b", Takes::Number)];
const ONE: &[Parameter] = &[takes("value", Takes::Anything)];

/// Every helper, in alphabetical order; `if`, `unless`, `each` and `with` are blocks.
pub const HELPERS: &[Signature] = &[
    truth("and", ONE, Arity::Many, "true where every value is there: `{{#if (and a b)}}`"),
    Signature {
        name: "date",
        parameters: &[takes("date", Takes::Date)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "a date in full: `{{date proposal.date}}`",
    },
    truth("eq", PAIR, Arity::Fixed, "true where two values are equal: `{{#if (eq slug \"methode\")}}`"),
    truth("gt", NUMBERS, Arity::Fixed, "true where a > b: `{{#if (gt (len team) 1)}}`"),
    truth("gte", NUMBERS, Arity::Fixed, "true where a ≥ b"),
    Signature {
        name: "len",
        parameters: &[takes("list", Takes::Counted)],
        arity: Arity::Fixed,
        gives: Gives::Number,
        about: "how many elements a list has, or characters a text: `{{len team}}`",
    },
    truth("lt", NUMBERS, Arity::Fixed, "true where a < b"),
    truth("lte", NUMBERS, Arity::Fixed, "true where a ≤ b"),
    Signature {
        name: "money",
        parameters: &[takes("amount", Takes::Amount), takes("currency", Takes::Text)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "an amount with its currency: `{{money total pricing.currency}}`",
    },
    truth("ne", PAIR, Arity::Fixed, "true where two values differ"),
    truth("not", ONE, Arity::Fixed, "true where a value is absent, empty, zero or false"),
    Signature {
        name: "number",
        parameters: &[takes("number", Takes::Amount)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "a number with its digits grouped: `{{number quantity}}`",
    },
    truth("or", ONE, Arity::Many, "true where one of the values is there"),
    Signature {
        name: "percent",
        parameters: &[takes("percent", Takes::Amount)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "a percentage: `{{percent rate}}`, \"5,5 %\" in French, \"5.5%\" in English",
    },
    Signature {
        name: "plural",
        parameters: &[takes("n", Takes::Amount), takes("one", Takes::Text), takes("other", Takes::Text)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "the form that goes with a number: `{{plural weeks words.week words.weeks}}`",
    },
    Signature {
        name: "telephone",
        parameters: &[takes("number", Takes::Text)],
        arity: Arity::Fixed,
        gives: Gives::Text,
        about: "a telephone number as a link: `<a href=\"{{telephone house.phone}}\">`",
    },
];

const fn truth(
    name: &'static str,
    parameters: &'static [Parameter],
    arity: Arity,
    about: &'static str,
) -> Signature {
    Signature { name, parameters, arity, gives: Gives::Truth, about }
}

pub fn signature(name: &str) -> Option<&'static Signature> {
    HELPERS.iter().find(|helper| helper.name == name)
}

/// The blocks: `{{#if value}}`.
pub const BLOCKS: [&str; 4] = ["if", "unless", "each", "with"];

/// A registry with these helpers in one language and no template yet. What it prints is escaped.
pub fn registry(locale: Locale) -> Handlebars<'static> {
    let mut registry = plain();
    for (name, call) in CALLS {
        registry.register_helper(name, Box::new(InLocale { call: *call, locale }));
    }
    // the checks leave none: a second net under them
    let missing: Call = |helper, _| Err(fault(format!("`{}` is not in the view", helper.name())));
    registry.register_helper("helperMissing", Box::new(InLocale { call: missing, locale }));
    registry
}

/// A registry whose helpers print nothing, unknown ones too: a layout with faults in its expressions
/// still shows the faults of its HTML.
pub fn mute_registry() -> Handlebars<'static> {
    let mut registry = plain();
    let names = CALLS.iter().map(|(name, _)| *name).chain(["helperMissing", "blockHelperMissing"]);
    for name in names {
        let call: Call = |_, _| Ok(String::new());
        registry.register_helper(name, Box::new(InLocale { call, locale: Locale::Fr }));
    }
    registry
}

/// The blocks and comparisons alone.
pub fn plain() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    // an indented partial would push its `<pre>` to the right
    registry.set_prevent_indent(true);
    for name in ["lookup", "raw", "log"] {
        registry.unregister_helper(name);
    }
    registry.register_helper("len", Box::new(Len));
    include::register(&mut registry);
    registry
}

const CALLS: &[(&str, Call)] = &[
    ("date", |helper, locale| Ok(locale.date(date(helper, 0)?))),
    ("money", |helper, locale| Ok(locale.money(decimal(helper, 0)?, text(helper, 1)?))),
    ("number", |helper, locale| Ok(locale.number(decimal(helper, 0)?))),
    ("percent", |helper, locale| Ok(locale.percent(decimal(helper, 0)?))),
    ("plural", |helper, locale| {
        Ok(locale.plural(decimal(helper, 0)?, text(helper, 1)?, text(helper, 2)?).to_owned())
    }),
    ("telephone", |helper, _| Ok(telephone(text(helper, 0)?))),
];

type Call = fn(&Helper<'_>, Locale) -> Result<String, RenderError>;

struct InLocale {
    call: Call,
    locale: Locale,
}

impl HelperDef for InLocale {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        (self.call)(helper, self.locale).map(|text| ScopedJson::Derived(JsonValue::String(text)))
    }
}

struct Len;

impl HelperDef for Len {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let length = match argument(helper, 0)? {
            JsonValue::Array(elements) => elements.len(),
            JsonValue::String(text) => text.chars().count(),
            _ => 0,
        };
        Ok(ScopedJson::Derived(length.into()))
    }
}

/// `tel:` and the number without the signs that only help the eye (RFC 3966 §5.1.1).
fn telephone(number: &str) -> String {
    let digits = number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    std::iter::once("tel:".to_owned()).chain(digits.map(String::from)).collect()
}

fn argument<'h>(helper: &'h Helper<'_>, index: usize) -> Result<&'h JsonValue, RenderError> {
    let value = helper.param(index).map(|value| value.value());
    value.ok_or_else(|| fault(format!("`{}` lacks its argument {}", helper.name(), index + 1)))
}

fn text<'h>(helper: &'h Helper<'_>, index: usize) -> Result<&'h str, RenderError> {
    let value = argument(helper, index)?;
    value.as_str().ok_or_else(|| fault(format!("`{}` expects text, found {value}", helper.name())))
}

fn date(helper: &Helper<'_>, index: usize) -> Result<NaiveDate, RenderError> {
    let value = argument(helper, index)?;
    let date = value.as_str().and_then(|text| text.parse().ok());
    date.ok_or_else(|| fault(format!("`{}` expects a date YYYY-MM-DD, found {value}", helper.name())))
}

fn decimal(helper: &Helper<'_>, index: usize) -> Result<Decimal, RenderError> {
    let value = argument(helper, index)?;
    let number = match value {
        JsonValue::Number(number) => number.to_string().parse().ok(),
        JsonValue::String(text) => text.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| fault(format!("`{}` expects a number, found {value}", helper.name())))
}

fn fault(message: String) -> RenderError {
    RenderErrorReason::Other(message).into()
}

/// The README's table of helpers.
pub fn reference() -> String {
    let lines = HELPERS.iter().map(|helper| format!("| `{}` | {} |\n", helper.name, helper.about));
    std::iter::once("| helper | gives |\n|---|---|\n".to_owned()).chain(lines).collect()
}
