//! Helpers: which there are, how many arguments of what type each takes.

use std::collections::HashMap;

use handlebars::template::{HelperTemplate, Parameter, Subexpression, TemplateElement};
use handlebars::{JsonValue, Path};

use super::{Checker, Site, raw, sorted};
use crate::diagnostic::Diagnostic;
use crate::document::schema::Kind;
use crate::document::template::helpers::{self, Arity, BLOCKS, Gives, HELPERS, Signature, Takes};
use crate::document::template::scope::{Operand, Shape};

impl<'t, 's> Checker<'t, 's, '_> {
    /// Checks a helper's arguments; gives what it gives, None where there is no such helper.
    pub(super) fn call(
        &mut self,
        call: &'t HelperTemplate,
        name: &str,
        site: Site<'t>,
    ) -> Option<Gives> {
        if BLOCKS.contains(&name) {
            self.error(
                site.of(name),
                format!("`{name}` is a block: expected {{{{#{name} …}}}}…{{{{/{name}}}}}"),
            );
            return None;
        }
        let Some(signature) = helpers::signature(name) else {
            let mut diagnostic = Diagnostic::error(format!("unknown helper `{name}`")).at(site.of(name));
            diagnostic = diagnostic.nearest(name, HELPERS.iter().map(|helper| helper.name));
            self.diagnostics.push(diagnostic);
            return None;
        };
        self.arity(signature, call.params.len(), site);
        self.no_named(name, &call.hash, &[], site);
        for (index, argument) in call.params.iter().enumerate() {
            let last = signature.parameters.len().saturating_sub(1);
            let parameter = match signature.arity {
                Arity::Many => &signature.parameters[index.min(last)],
                Arity::Fixed if index <= last => &signature.parameters[index],
                Arity::Fixed => break,
            };
            self.argument(signature, parameter.name, parameter.takes, argument, site);
        }
        Some(signature.gives)
    }

    fn arity(&mut self, signature: &Signature, found: usize, site: Site<'t>) {
        let expected = signature.parameters.len();
        let fits = match signature.arity {
            Arity::Fixed => found == expected,
            Arity::Many => found >= expected,
        };
        if !fits {
            let names: Vec<&str> = signature.parameters.iter().map(|p| p.name).collect();
            let message = format!(
                "`{}` takes {expected} {} ({}), found {found}",
                signature.name,
                if expected == 1 { "argument" } else { "arguments" },
                names.join(", ")
            );
            self.error(site.of(signature.name), message);
        }
    }

    fn argument(
        &mut self,
        signature: &Signature,
        parameter: &str,
        takes: Takes,
        argument: &'t Parameter,
        site: Site<'t>,
    ) {
        let Some(operand) = self.operand(argument, site) else { return };
        let (word, place) = match argument {
            Parameter::Path(path) => (raw(path).to_owned(), site.of(raw(path))),
            Parameter::Literal(value) => (value.to_string(), site.of(&value.to_string())),
            _ => ("(…)".to_owned(), site.whole()),
        };
        if !takes.accepts(operand.kind()) && !literal_fits(argument, takes) {
            let message = format!(
                "`{}` expects {} as its {parameter}, found `{word}`, {}",
                signature.name,
                takes.name(),
                operand.kind().name()
            );
            self.error(place, message);
        } else if takes.needs_presence() {
            self.require_present(&operand, &word, &place);
        }
    }

    /// Reports every `name=value` but the allowed ones.
    pub(super) fn no_named(
        &mut self,
        what: &str,
        named: &'t HashMap<String, Parameter>,
        allowed: &[&'static str],
        site: Site<'t>,
    ) {
        for (key, value) in sorted(named) {
            self.operand(value, site);
            if !allowed.contains(&key) {
                let diagnostic =
                    Diagnostic::error(format!("`{what}` takes no `{key}=`")).at(site.of(key));
                self.diagnostics.push(diagnostic.nearest(key, allowed.iter().copied()));
            }
        }
    }

    /// What a parameter stands for; None where its fault has been reported.
    pub(super) fn operand(&mut self, parameter: &'t Parameter, site: Site<'t>) -> Option<Operand<'s>> {
        match parameter {
            Parameter::Path(path) => self.path(path, site),
            Parameter::Name(name) => {
                let path = Path::parse(name).ok()?;
                self.path(&path, site)
            }
            Parameter::Literal(value) => match value {
                JsonValue::String(_) => Some(self.scope.fresh(Shape::Made(Kind::Text))),
                JsonValue::Number(_) => Some(self.scope.fresh(Shape::Made(Kind::Number))),
                JsonValue::Bool(_) => Some(self.scope.fresh(Shape::Made(Kind::Truth))),
                other => {
                    self.error(
                        site.whole(),
                        format!("`{other}` is not supported: expected a path, a text or a number"),
                    );
                    None
                }
            },
            Parameter::Subexpression(inner) => {
                let (call, name) = subexpression(inner)?;
                let gives = self.call(call, name, site)?;
                Some(self.scope.fresh(Shape::Made(gives.kind())))
            }
            _ => None,
        }
    }
}

/// The call inside `( … )` and its helper's name.
pub(super) fn subexpression(inner: &Subexpression) -> Option<(&HelperTemplate, &str)> {
    match inner.as_element() {
        TemplateElement::Expression(call) => Some((call, call.name.as_name()?)),
        _ => None,
    }
}

/// Text in quotes that is the date or the amount that is expected.
fn literal_fits(argument: &Parameter, takes: Takes) -> bool {
    let Parameter::Literal(JsonValue::String(text)) = argument else { return false };
    match takes {
        Takes::Date => text.parse::<chrono::NaiveDate>().is_ok(),
        Takes::Amount => text.parse::<rust_decimal::Decimal>().is_ok(),
        _ => false,
    }
}
