//! Paths: where each leads, as Handlebars resolves it.

use handlebars::{Path, PathSeg};

use super::{Checker, Site};
use crate::diagnostic::{Diagnostic, nearest};
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
                    _ => diagnostic.nearest(raw, ["@index", "@first", "@last"]),
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
                    None => match self.meant(&before, &key, &known, &keys, up, from_root) {
                        Some(path) => diagnostic.hint(format!("did you mean `{path}`?")),
                        None => diagnostic,
                    },
                }
            }
            Lost::Keyless { before, is_list: true, .. } => {
                let list = if before.is_empty() { "this" } else { &before };
                Diagnostic::error(format!("unknown path `{raw}`: `{list}` is a list"))
                    .hint(format!("go through it: {{{{#each {list}}}}}…{{{{/each}}}}"))
            }
            Lost::Keyless { before, kind, .. } => {
                let value = if before.is_empty() { "this" } else { &before };
                let error = Diagnostic::error(format!("unknown path `{raw}`: `{value}` is {kind}"));
                match kind {
                    "text" => error.hint(format!("print it as it is: {{{{{value}}}}}")),
                    _ => error,
                }
            }
        };
        self.diagnostics.push(diagnostic.at(place));
        None
    }

    /// The path that an unknown one was meant to be: with its wrong key set right, or, where no key is near,
    /// one of the view's that ends alike.
    fn meant(
        &self,
        before: &str,
        wrong: &str,
        known: &[&str],
        keys: &[&str],
        up: usize,
        from_root: bool,
    ) -> Option<String> {
        let steps = "../".repeat(up);
        let said = if from_root { "@root." } else { &steps };
        let is_param = !from_root && keys.first().is_some_and(|first| self.scope.param(first).is_some());
        let depth =
            if before.is_empty() { 0 } else { before.split('.').count() } + usize::from(is_param);
        if let Some(near) = nearest(wrong, known.iter().copied()) {
            let mut right = keys.to_vec();
            *right.get_mut(depth)? = near;
            let whole = match from_root {
                true => self.scope.follow(self.scope.root(), &right).is_ok(),
                false => self.follow(up, &right).is_ok(),
            };
            let right = if whole { &right[..] } else { &right[..=depth] };
            return Some(format!("{said}{}", right.join(".")));
        }
        // Where the view itself is not the context, a path from it says so.
        let root = if self.scope.context(1).is_some() { "@root." } else { "" };
        let reaches = |path: &[&str]| self.scope.follow(self.scope.root(), path).is_ok();
        let ending = (1..keys.len()).map(|from| &keys[from..]).find(|path| reaches(path));
        if let Some(path) = ending {
            return Some(format!("{root}{}", path.join(".")));
        }
        let [key] = keys else { return None };
        let objects =
            ["proposal", "client", "contact", "house", "offer", "pricing", "situation", "words"];
        let object = objects.into_iter().find(|object| reaches(&[object, key]))?;
        Some(format!("{root}{object}.{key}"))
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
