//! A layout's expressions against the schema of the view: every path, helper, argument and guard, in
//! the layout and in each partial where it is included.
//!
//! Handlebars' strict mode is silent on a typo in `{{#if}}` and prints nothing for a null; here a path
//! that no view can have is an error wherever it stands, and one that some view lacks is an error
//! where it is printed outside its guard.

use std::collections::BTreeMap;

use handlebars::template::{BlockParam, HelperTemplate, Parameter, Subexpression, TemplateElement};
use handlebars::{JsonValue, Path, PathSeg, Template as Ast};

use super::helpers::{self, Arity, BLOCKS, Gives, HELPERS, Signature, Takes};
use super::scan::{Setting, Tag};
use super::scope::{Loop, Lost, Operand, Scope, Shape};
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

/// What a condition shows to be there, in its body and in its `{{else}}`.
#[derive(Default)]
struct Shown<'s> {
    when_true: Vec<Operand<'s>>,
    when_false: Vec<Operand<'s>>,
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

    // -- what prints -----------------------------------------------------------------------------

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
            (Kind::Text | Kind::Date | Kind::Decimal | Kind::Number, Escaping::Escaped) => {}
            (kind @ (Kind::Text | Kind::Date | Kind::Decimal | Kind::Number), Escaping::Raw) => {
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

    // -- helpers ---------------------------------------------------------------------------------

    /// Checks a helper's arguments; gives what it gives, None where there is no such helper.
    fn call(&mut self, call: &'t HelperTemplate, name: &str, site: Site<'t>) -> Option<Gives> {
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
    fn no_named(
        &mut self,
        what: &str,
        named: &'t std::collections::HashMap<String, Parameter>,
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
    fn operand(&mut self, parameter: &'t Parameter, site: Site<'t>) -> Option<Operand<'s>> {
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

    // -- paths -----------------------------------------------------------------------------------

    fn path(&mut self, path: &Path, site: Site<'t>) -> Option<Operand<'s>> {
        match path {
            Path::Local((up, name, raw)) => self.local(*up, name, raw, site),
            Path::Relative((segments, raw)) => self.relative(segments, raw, site),
        }
    }

    /// `@index`, `@first`, `@last`.
    fn local(&mut self, up: usize, name: &str, raw: &str, site: Site<'t>) -> Option<Operand<'s>> {
        let kind = match name {
            "index" => Kind::Number,
            "first" | "last" => Kind::Truth,
            _ => {
                let mut diagnostic =
                    Diagnostic::error(format!("unknown variable `{raw}`")).at(site.of(raw));
                diagnostic = match name {
                    "root" => diagnostic.hint("write @root.path"),
                    "key" => diagnostic.hint("lists have an @index"),
                    _ => diagnostic.nearest(name, ["index", "first", "last"]),
                };
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        if self.scope.loop_at(up) != Some(Loop::Inside) {
            self.error(site.of(raw), format!("`{raw}` is known only inside {{{{#each}}}}"));
            return None;
        }
        Some(self.scope.fresh(Shape::Made(kind)))
    }

    fn relative(&mut self, segments: &[PathSeg], raw: &str, site: Site<'t>) -> Option<Operand<'s>> {
        let from_root = raw.starts_with("@root");
        let up =
            segments.iter().filter(|s| matches!(s, PathSeg::Ruled(_))).count() - usize::from(from_root);
        let keys: Vec<&str> = segments
            .iter()
            .filter_map(|segment| match segment {
                PathSeg::Named(key) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        let found = if from_root {
            self.scope.follow(self.scope.root(), &keys)
        } else if self.scope.context(up).is_none() {
            self.error(site.of(raw), format!("`{raw}` leads out of the layout: it has too many `../`"));
            return None;
        } else {
            self.follow(up, &keys)
        };
        let place = site.of(raw);
        let lost = match found {
            Ok(operand) => return Some(operand),
            Err(lost) => lost,
        };
        let diagnostic = match lost {
            Lost::Unknown { before, key, known } => {
                let is_first = before.is_empty() && up == 0 && !from_root;
                let outside = is_first.then(|| self.outside(&key)).flatten();
                let diagnostic = Diagnostic::error(match before.is_empty() {
                    true => format!("unknown path `{raw}`"),
                    false => format!("unknown path `{raw}`: `{before}` has no `{key}`"),
                });
                match outside {
                    Some(hint) => diagnostic.hint(hint),
                    None => diagnostic.nearest(&key, known),
                }
            }
            Lost::Keyless { before, is_list: true, .. } => {
                let list = if before.is_empty() { "this" } else { &before };
                Diagnostic::error(format!("unknown path `{raw}`: `{list}` is a list"))
                    .hint(format!("go through it: {{{{#each {list}}}}}…{{{{/each}}}}"))
            }
            Lost::Keyless { before, kind, .. } => {
                let value = if before.is_empty() { "this" } else { &before };
                Diagnostic::error(format!("unknown path `{raw}`: `{value}` is {kind}"))
            }
        };
        self.diagnostics.push(diagnostic.at(place));
        None
    }

    /// As Handlebars resolves: a block parameter of the first key's name in any frame, else the
    /// context.
    fn follow(&self, up: usize, keys: &[&str]) -> Result<Operand<'s>, Lost<'s>> {
        if let Some((first, rest)) = keys.split_first()
            && let Some(param) = self.scope.param(first)
        {
            return self.scope.follow(param, rest);
        }
        match self.scope.context(up) {
            Some(context) => self.scope.follow(context, keys),
            None => self.scope.follow(self.scope.root(), keys),
        }
    }

    /// How to reach a key that an outer frame has.
    fn outside(&self, key: &str) -> Option<String> {
        let up = (1..).map_while(|up| Some((up, self.scope.context(up)?)));
        let reached =
            up.into_iter().find(|(_, context)| self.scope.follow(context.clone(), &[key]).is_ok());
        reached.map(|(up, _)| format!("from here it is `{}{key}`", "../".repeat(up)))
    }

    // -- blocks ----------------------------------------------------------------------------------

    /// A block whose own tag is at `site`; `opening` is the tag of the `{{#…}}` that its else tags
    /// belong to, `else_index` the first of them that is its own.
    fn block(&mut self, block: &'t HelperTemplate, site: Site<'t>, opening: &'t Tag, else_index: usize) {
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

    // -- partials --------------------------------------------------------------------------------

    fn partial(
        &mut self,
        name: &'t Parameter,
        params: &'t [Parameter],
        named: &'t std::collections::HashMap<String, Parameter>,
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

/// The call inside `( … )` and its helper's name.
fn subexpression(inner: &Subexpression) -> Option<(&HelperTemplate, &str)> {
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

/// The named arguments in alphabetical order: Handlebars keeps them in a hash map.
fn sorted<'t>(
    named: &'t std::collections::HashMap<String, Parameter>,
) -> impl Iterator<Item = (&'t str, &'t Parameter)> {
    let ordered: BTreeMap<&str, &Parameter> = named.iter().map(|(k, v)| (k.as_str(), v)).collect();
    ordered.into_iter()
}
