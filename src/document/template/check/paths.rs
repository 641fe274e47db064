//! Paths: where each leads, as Handlebars resolves it.

use handlebars::{Path, PathSeg};

use super::{Checker, Site};
use crate::diagnostic::Diagnostic;
use crate::document::schema::Kind;
use crate::document::template::scope::{Loop, Lost, Operand, Shape};

impl<'t, 's> Checker<'t, 's, '_> {
    pub(super) fn path(&mut self, path: &Path, site: Site<'t>) -> Option<Operand<'s>> {
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
    pub(super) fn follow(&self, up: usize, keys: &[&str]) -> Result<Operand<'s>, Lost<'s>> {
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
}
