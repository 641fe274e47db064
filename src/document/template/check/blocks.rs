//! `{{#if}}`, `{{#unless}}`, `{{#each}}` and `{{#with}}`: what each opens, and what it shows to be there.

use std::collections::BTreeMap;

use handlebars::template::{BlockParam, HelperTemplate, Parameter, TemplateElement};

use super::calls::subexpression;
use super::{Checker, Site};
use crate::diagnostic::Diagnostic;
use crate::document::schema::Kind;
use crate::document::template::helpers::BLOCKS;
use crate::document::template::scan::Tag;
use crate::document::template::scope::{Loop, Operand, Shape};

/// What a condition shows to be there, in its body and in its `{{else}}`.
#[derive(Default)]
struct Shown<'s> {
    when_true: Vec<Operand<'s>>,
    when_false: Vec<Operand<'s>>,
}

impl<'t, 's> Checker<'t, 's, '_> {
    /// A block whose own tag is at `site`; `opening` is the tag of the `{{#…}}` that its else tags
    /// belong to, `else_index` the first of them that is its own.
    pub(super) fn block(
        &mut self,
        block: &'t HelperTemplate,
        site: Site<'t>,
        opening: &'t Tag,
        else_index: usize,
    ) {
        let name = block.name.as_name().unwrap_or("");
        if !BLOCKS.contains(&name) {
            self.unknown_block(name, site);
            // what is inside may hold more faults, but stands in an unknown scope
            return;
        }
        let allowed: &[&str] = if matches!(name, "if" | "unless") { &["includeZero"] } else { &[] };
        self.no_named(name, &block.hash, allowed, site);
        if block.params.len() != 1 {
            let message = format!("`{name}` takes 1 argument, found {}", block.params.len());
            self.error(site.of(name), message);
        }
        let Some(subject) = block.params.first() else { return };
        let names = self.block_params(name, block, site);
        let mark = self.scope.mark();
        match name {
            "each" => {
                if let Some(list) = self.operand(subject, site) {
                    self.each(block, &list, &names, subject, site);
                }
                self.scope.forget(mark);
                self.inverse(block, site, opening, else_index);
            }
            "with" => {
                if let Some(operand) = self.operand(subject, site) {
                    self.scope.assume(&operand);
                    let params = names.first().map(|name| (name.to_string(), operand.clone()));
                    self.scope.push(operand, params.into_iter().collect(), self.scope.loops());
                    self.body(block, site);
                    self.scope.pop();
                }
                self.scope.forget(mark);
                self.inverse(block, site, opening, else_index);
            }
            _ => {
                let shown = self.condition(subject, site);
                let (body, inverse) = match name {
                    "if" => (shown.when_true, shown.when_false),
                    _ => (shown.when_false, shown.when_true),
                };
                body.iter().for_each(|operand| self.scope.assume(operand));
                self.body(block, site);
                self.scope.forget(mark);
                inverse.iter().for_each(|operand| self.scope.assume(operand));
                self.inverse(block, site, opening, else_index);
                self.scope.forget(mark);
            }
        }
    }

    fn unknown_block(&mut self, name: &str, site: Site<'t>) {
        let diagnostic = Diagnostic::error(format!("unknown block `{name}`")).at(site.of(name));
        let diagnostic = match self.follow(0, &[name]) {
            Ok(operand) => match operand.kind() {
                Kind::List(_) => diagnostic.hint(format!("write {{{{#each {name}}}}}…{{{{/each}}}}")),
                Kind::Object(_) => diagnostic.hint(format!("write {{{{#with {name}}}}}…{{{{/with}}}}")),
                _ => diagnostic.hint(format!("write {{{{#if {name}}}}}…{{{{/if}}}}")),
            },
            Err(_) => diagnostic.nearest(name, BLOCKS),
        };
        self.diagnostics.push(diagnostic);
    }

    fn block_params(&mut self, name: &str, block: &'t HelperTemplate, site: Site<'t>) -> Vec<&'t str> {
        let names: Vec<&str> = match &block.block_param {
            None => vec![],
            Some(BlockParam::Single(one)) => one.as_name().into_iter().collect(),
            Some(BlockParam::Pair((one, two))) => {
                one.as_name().into_iter().chain(two.as_name()).collect()
            }
            Some(_) => vec![],
        };
        let most = match name {
            "each" => 2,
            "with" => 1,
            _ => 0,
        };
        if names.len() > most {
            let message =
                format!("`{name}` gives {most} block parameters at most, found {}", names.len());
            self.error(site.of(name), message);
        }
        names
    }

    fn each(
        &mut self,
        block: &'t HelperTemplate,
        list: &Operand<'s>,
        names: &[&str],
        subject: &Parameter,
        site: Site<'t>,
    ) {
        let word = subject.as_name().unwrap_or("(…)");
        let Shape::Of(Kind::List(element)) = &list.shape else {
            let message = format!("`each` expects a list, found `{word}`, {}", list.kind().name());
            return self.error(site.of(word), message);
        };
        self.scope.assume(list);
        let element = self.scope.fresh(Shape::Of(element));
        let index = self.scope.fresh(Shape::Made(Kind::Number));
        let given = names.iter().zip([element.clone(), index]).map(|(name, o)| (name.to_string(), o));
        let params: BTreeMap<_, _> = given.collect();
        self.scope.push(element, params, Loop::Inside);
        self.body(block, site);
        self.scope.pop();
    }

    fn body(&mut self, block: &'t HelperTemplate, site: Site<'t>) {
        if let Some(body) = &block.template {
            self.elements(body, site.file);
        }
    }

    /// `{{else}}`, or the block of an `{{else if …}}`: an element without a mapping of its own.
    fn inverse(
        &mut self,
        block: &'t HelperTemplate,
        site: Site<'t>,
        opening: &'t Tag,
        else_index: usize,
    ) {
        let Some(inverse) = &block.inverse else { return };
        match inverse.elements.as_slice() {
            [TemplateElement::HelperBlock(chained)] if inverse.mapping.is_empty() => {
                let own = opening.elses.get(else_index).and_then(|at| site.file.scan.tags.get(at));
                let tag = own.unwrap_or(opening);
                self.block(chained, Site { file: site.file, tag }, opening, else_index + 1);
            }
            _ => self.elements(inverse, site.file),
        }
    }

    fn condition(&mut self, parameter: &'t Parameter, site: Site<'t>) -> Shown<'s> {
        let Parameter::Subexpression(inner) = parameter else {
            let when_true = self.operand(parameter, site).into_iter().collect();
            return Shown { when_true, when_false: vec![] };
        };
        let Some((call, name)) = subexpression(inner) else { return Shown::default() };
        match name {
            "and" | "or" => {
                let mut shown = Shown::default();
                for argument in &call.params {
                    let one = self.condition(argument, site);
                    if name == "and" {
                        shown.when_true.extend(one.when_true);
                    } else {
                        shown.when_false.extend(one.when_false);
                    }
                }
                shown
            }
            "not" if call.params.len() == 1 => {
                let shown = self.condition(&call.params[0], site);
                Shown { when_true: shown.when_false, when_false: shown.when_true }
            }
            _ => {
                self.call(call, name, site);
                Shown::default()
            }
        }
    }
}
