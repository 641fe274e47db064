//! A layout's expressions against the schema of the view: every path, helper, argument and guard, in
//! the layout and in each partial where it is included.
//!
//! Handlebars' strict mode is silent on a typo in `{{#if}}` and prints nothing for a null; here a path
//! that no view can have is an error wherever it stands, and one that some view lacks is an error
//! where it is printed outside its guard.

mod blocks;
mod calls;
mod paths;

use std::collections::{BTreeMap, HashMap};

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Path, Template as Ast};

use super::helpers::{self, BLOCKS, Gives};
use super::scan::{Setting, Tag};
use super::scope::{Operand, Scope, Shape};
use super::{MAIN, Template, Templates};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::schema::{Kind, Schema};

/// Partials are checked anew where they are included; together no more often than this.
const MAX_INCLUSIONS: usize = 10_000;
/// Blocks and partials within each other, all files together: filling recurses on them.
const MAX_DEPTH: usize = 128;

/// Whether a layout may be filled in spite of its faults, to show those of its HTML too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rehearsal {
    Fit,
    /// Filling it would never end, or give no HTML.
    Unfit,
}

/// Checks a layout with all the partials it reaches; reports every fault.
pub fn check(templates: &Templates, schema: &Schema, diagnostics: &mut Diagnostics) -> Rehearsal {
    let Some(main) = templates.get(MAIN) else { return Rehearsal::Unfit };
    let mut checker = Checker {
        templates,
        scope: Scope::new(&schema.root),
        inclusions: 0,
        depth: 0,
        rehearsal: Rehearsal::Fit,
        diagnostics,
    };
    checker.elements(&main.ast, main);
    checker.rehearsal
}

/// Whether an expression escapes what it prints.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escaping {
    /// `{{ }}`
    Escaped,
    /// `{{{ }}}` and `{{& }}`
    Raw,
}

/// Where an expression stands: the file and its tag in it.
#[derive(Clone, Copy)]
struct Site<'t> {
    file: &'t Template,
    tag: &'t Tag,
}

impl Site<'_> {
    fn whole(&self) -> Place {
        Place::new(&self.file.source, self.tag.span.clone())
    }

    /// The first place in the tag where `word` stands by itself.
    fn of(&self, word: &str) -> Place {
        let text = &self.file.source.text[self.tag.span.clone()];
        let joins = |c: char| c.is_alphanumeric() || "_-$:.@/".contains(c);
        let found = text.match_indices(word).find(|(at, _)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(joins) && !after.is_some_and(joins)
        });
        match found {
            Some((at, _)) if !word.is_empty() => {
                let start = self.tag.span.start + at;
                Place::new(&self.file.source, start..start + word.len())
            }
            _ => self.whole(),
        }
    }
}

struct Checker<'t, 's, 'd> {
    templates: &'t Templates,
    scope: Scope<'s>,
    inclusions: usize,
    depth: usize,
    rehearsal: Rehearsal,
    diagnostics: &'d mut Diagnostics,
}

impl<'t, 's> Checker<'t, 's, '_> {
    fn error(&mut self, place: Place, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(message).at(place));
    }

    fn elements(&mut self, ast: &'t Ast, file: &'t Template) {
        self.depth += 1;
        for (index, element) in ast.elements.iter().enumerate() {
            let site = ast.mapping.get(index).and_then(|mapping| file.tag_at(mapping.0, mapping.1));
            let Some(tag) = site else { continue };
            let site = Site { file, tag };
            if self.depth > MAX_DEPTH {
                let message = format!("blocks and partials nested deeper than {MAX_DEPTH}");
                self.rehearsal = Rehearsal::Unfit;
                self.error(site.whole(), message);
                break;
            }
            self.element(element, site);
        }
        self.depth -= 1;
    }

    fn element(&mut self, element: &'t TemplateElement, site: Site<'t>) {
        match element {
            TemplateElement::Expression(expression) => self.print(expression, site, Escaping::Escaped),
            TemplateElement::HtmlExpression(expression) => self.print(expression, site, Escaping::Raw),
            TemplateElement::HelperBlock(block) => self.block(block, site, site.tag, 0),
            TemplateElement::PartialExpression(partial) => {
                self.partial(&partial.name, &partial.params, &partial.hash, site);
            }
            // text and comments; decorators and block partials were refused by the scan
            _ => {}
        }
    }

    fn print(&mut self, expression: &'t HelperTemplate, site: Site<'t>, escaping: Escaping) {
        let is_bare = expression.params.is_empty() && expression.hash.is_empty();
        match &expression.name {
            Parameter::Path(path) if is_bare && !is_helper(raw(path)) => {
                self.print_path(path, site, escaping)
            }
            Parameter::Path(path) => self.print_call(expression, raw(path), site, escaping),
            Parameter::Name(name) => self.print_call(expression, name, site, escaping),
            _ => {
                self.error(
                    site.whole(),
                    "expected a path or a helper, found an expression in parentheses",
                );
            }
        }
    }

    fn print_path(&mut self, path: &Path, site: Site<'t>, escaping: Escaping) {
        let Some(operand) = self.path(path, site) else { return };
        let (name, place) = (raw(path), site.of(raw(path)));
        self.require_present(&operand, name, &place);
        match (operand.kind(), escaping) {
            (_, Escaping::Raw) if site.tag.setting == Setting::Text => self.diagnostics.push(
                Diagnostic::error("a text escapes nothing: it has no `{{{…}}}` and no `{{&…}}`")
                    .at(place)
                    .hint(format!("write {{{{{name}}}}}")),
            ),
            (Kind::Html, Escaping::Escaped) if site.tag.setting == Setting::Text => {}
            (Kind::Html, _) if site.tag.setting == Setting::Plain => {
                self.error(
                    place,
                    format!("`{name}` is HTML: it cannot stand in an attribute or a title"),
                );
            }
            (Kind::Html, Escaping::Escaped) => self.diagnostics.push(
                Diagnostic::error(format!("`{name}` is HTML: its tags would be printed"))
                    .at(place)
                    .hint(format!("write {{{{{{{name}}}}}}}")),
            ),
            (Kind::Html, Escaping::Raw) => {}
            (
                Kind::Text | Kind::Verbatim | Kind::Date | Kind::Decimal | Kind::Number,
                Escaping::Escaped,
            ) => {}
            (
                kind @ (Kind::Text | Kind::Verbatim | Kind::Date | Kind::Decimal | Kind::Number),
                Escaping::Raw,
            ) => {
                let message = format!("`{name}` is {}, not HTML: it must be escaped", kind.name());
                self.diagnostics
                    .push(Diagnostic::error(message).at(place).hint(format!("write {{{{{name}}}}}")));
            }
            (kind, _) => {
                let hint = match kind {
                    Kind::List(_) => format!("go through it: {{{{#each {name}}}}}…{{{{/each}}}}"),
                    Kind::Object(_) => format!(
                        "print one of its values, or enter it: {{{{#with {name}}}}}…{{{{/with}}}}"
                    ),
                    _ => format!("ask for it: {{{{#if {name}}}}}…{{{{/if}}}}"),
                };
                let message = format!("`{name}` is {}: it cannot be printed", kind.name());
                self.diagnostics.push(Diagnostic::error(message).at(place).hint(hint));
            }
        }
    }

    fn print_call(&mut self, call: &'t HelperTemplate, name: &str, site: Site<'t>, escaping: Escaping) {
        // `{{number}}` inside {{#with proposal}} would call the helper, not print the value
        if call.params.is_empty() && self.follow(0, &[name]).is_ok() {
            let diagnostic =
                Diagnostic::error(format!("`{name}` is a helper here, not the value of that name"))
                    .hint(format!("write {{{{this.{name}}}}}"));
            return self.diagnostics.push(diagnostic.at(site.of(name)));
        }
        let Some(gives) = self.call(call, name, site) else { return };
        if gives == Gives::Truth {
            let message = format!("`{name}` gives true or false: it cannot be printed");
            self.diagnostics.push(
                Diagnostic::error(message)
                    .at(site.of(name))
                    .hint(format!("ask: {{{{#if ({name} …)}}}}")),
            );
        } else if escaping == Escaping::Raw {
            let message = format!("`{name}` gives text, not HTML: it must be escaped");
            self.diagnostics.push(
                Diagnostic::error(message).at(site.of(name)).hint(format!("write {{{{{name} …}}}}")),
            );
        }
    }

    fn require_present(&mut self, operand: &Operand<'s>, name: &str, place: &Place) {
        if let Some(need) = self.scope.unguarded(operand) {
            let need = need.unwrap_or(name);
            let diagnostic = Diagnostic::error(format!("`{name}` may be absent"))
                .hint(format!("print it only inside {{{{#if {need}}}}}…{{{{/if}}}}"));
            self.diagnostics.push(diagnostic.at(place.clone()));
        }
    }

    fn partial(
        &mut self,
        name: &'t Parameter,
        params: &'t [Parameter],
        named: &'t HashMap<String, Parameter>,
        site: Site<'t>,
    ) {
        let Some(name) = name.as_name() else {
            return self.error(site.whole(), "the name of a partial must be written out");
        };
        if site.tag.setting == Setting::Plain {
            self.rehearsal = Rehearsal::Unfit;
            return self.error(
                site.whole(),
                format!("the partial `{name}` cannot stand in an attribute or a title"),
            );
        }
        let Some(partial) = self.templates.get(name) else {
            // reported with the nearest name when the partials were loaded
            return;
        };
        if params.len() > 1 {
            self.error(
                site.whole(),
                format!("a partial takes 1 context at most, found {}", params.len()),
            );
        }
        self.inclusions += 1;
        if self.inclusions > MAX_INCLUSIONS {
            self.rehearsal = Rehearsal::Unfit;
            return self.error(
                site.whole(),
                format!("partials include each other more than {MAX_INCLUSIONS} times"),
            );
        }
        let context = match params.first() {
            None => self.scope.context(0),
            Some(parameter) => self.operand(parameter, site).inspect(|operand| {
                let word = parameter.as_name().unwrap_or("(…)");
                self.require_present(operand, word, &site.of(word));
            }),
        };
        let added: BTreeMap<String, Operand<'s>> = sorted(named)
            .filter_map(|(key, value)| Some((key.to_owned(), self.operand(value, site)?)))
            .collect();
        let Some(context) = context else { return };
        let context = match added.is_empty() {
            true => context,
            false => Operand {
                identity: context.identity.clone(),
                needs: context.needs.clone(),
                shape: Shape::Extended(Box::new(context), added.clone()),
            },
        };
        self.scope.push(context, added, self.scope.loops());
        self.elements(&partial.ast, partial);
        self.scope.pop();
    }
}

fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

fn is_helper(name: &str) -> bool {
    helpers::signature(name).is_some() || BLOCKS.contains(&name)
}

/// The named arguments in alphabetical order: Handlebars keeps them in a hash map.
fn sorted(named: &HashMap<String, Parameter>) -> impl Iterator<Item = (&str, &Parameter)> {
    let ordered: BTreeMap<&str, &Parameter> = named.iter().map(|(k, v)| (k.as_str(), v)).collect();
    ordered.into_iter()
}
