//! What a path means where it stands: the frames that Handlebars' blocks and partials push, and which
//! optional values the enclosing `{{#if}}`s have shown to be there.

use std::collections::BTreeMap;

use crate::document::schema::{Kind, Presence};

/// One value and no other: a root (the view, or one element of one loop) and the keys below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    root: usize,
    path: String,
}

/// What a path or an expression stands for.
#[derive(Clone, Debug)]
pub struct Operand<'s> {
    pub shape: Shape<'s>,
    pub identity: Identity,
    /// The optional values, outermost first, without which this one is absent.
    pub needs: Vec<Identity>,
}

#[derive(Clone, Debug)]
pub enum Shape<'s> {
    Of(&'s Kind),
    /// What a helper or a literal gives.
    Made(Kind),
    /// A partial's context with the values that `name=value` adds to it.
    Extended(Box<Operand<'s>>, BTreeMap<String, Operand<'s>>),
}

impl<'s> Operand<'s> {
    /// The type; the view itself where names were added to it.
    pub fn kind(&self) -> &Kind {
        match &self.shape {
            Shape::Of(kind) => kind,
            Shape::Made(kind) => kind,
            Shape::Extended(base, _) => base.kind(),
        }
    }
}

/// Why a path leads nowhere.
#[derive(Debug)]
pub enum Lost<'s> {
    /// No such key in the value reached by the keys before; these are there.
    Unknown { before: String, key: String, known: Vec<&'s str> },
    /// The value reached by the keys before has no keys.
    Keyless { before: String, kind: &'static str, is_list: bool },
}

struct Frame<'s> {
    context: Operand<'s>,
    params: BTreeMap<String, Operand<'s>>,
    loops: Loop,
}

/// Whether `@index`, `@first` and `@last` are known in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loop {
    Inside,
    Outside,
}

/// The frames in force, innermost last, and the optional values known to be there.
pub struct Scope<'s> {
    frames: Vec<Frame<'s>>,
    present: Vec<Identity>,
    roots: usize,
}

impl<'s> Scope<'s> {
    pub fn new(view: &'s Kind) -> Scope<'s> {
        let mut scope = Scope { frames: vec![], present: vec![], roots: 0 };
        let context = scope.fresh(Shape::Of(view));
        scope.push(context, BTreeMap::new(), Loop::Outside);
        scope
    }

    /// A value that is no other: an element of a loop, what a helper gives.
    pub fn fresh(&mut self, shape: Shape<'s>) -> Operand<'s> {
        self.roots += 1;
        let identity = Identity { root: self.roots, path: String::new() };
        Operand { shape, identity, needs: vec![] }
    }

    pub fn push(&mut self, context: Operand<'s>, params: BTreeMap<String, Operand<'s>>, loops: Loop) {
        self.frames.push(Frame { context, params, loops });
    }

    pub fn pop(&mut self) {
        self.frames.pop();
    }

    /// Whether the innermost frame knows `@index`: `{{#with}}` and partials hand it on.
    pub fn loops(&self) -> Loop {
        self.frames.last().map_or(Loop::Outside, |frame| frame.loops)
    }

    /// The frame `up` steps out.
    fn frame(&self, up: usize) -> Option<&Frame<'s>> {
        self.frames.len().checked_sub(up + 1).map(|i| &self.frames[i])
    }

    /// `this` after `up` times `../`; None where that leads out of the layout.
    pub fn context(&self, up: usize) -> Option<Operand<'s>> {
        Some(self.frame(up)?.context.clone())
    }

    /// `@index`, `@../first`: whether the frame `up` steps out is a loop.
    pub fn loop_at(&self, up: usize) -> Option<Loop> {
        Some(self.frame(up)?.loops)
    }

    /// The view, `@root`.
    pub fn root(&self) -> Operand<'s> {
        self.frames[0].context.clone()
    }

    /// `as |name|`, or a `name=value` of the partial: Handlebars looks through every frame.
    pub fn param(&self, name: &str) -> Option<Operand<'s>> {
        self.frames.iter().rev().find_map(|frame| frame.params.get(name)).cloned()
    }

    /// Follows keys from a value.
    pub fn follow(&self, from: Operand<'s>, keys: &[&str]) -> Result<Operand<'s>, Lost<'s>> {
        let mut at = from;
        for (i, key) in keys.iter().enumerate() {
            let before = || keys[..i].join(".");
            at = match at.shape {
                Shape::Extended(base, mut added) => match added.remove(*key) {
                    Some(operand) => operand,
                    None => self.follow(*base, &[key]).map_err(|lost| match lost {
                        Lost::Unknown { key, known, .. } => {
                            Lost::Unknown { before: before(), key, known }
                        }
                        Lost::Keyless { kind, is_list, .. } => {
                            Lost::Keyless { before: before(), kind, is_list }
                        }
                    })?,
                },
                Shape::Of(Kind::Object(fields)) => match fields.get(*key) {
                    Some(field) => {
                        let identity = at.identity.below(key);
                        let mut needs = at.needs;
                        if field.presence == Presence::Optional {
                            needs.push(identity.clone());
                        }
                        Operand { shape: Shape::Of(&field.kind), identity, needs }
                    }
                    None => {
                        let known = fields.keys().map(String::as_str).collect();
                        return Err(Lost::Unknown { before: before(), key: (*key).to_owned(), known });
                    }
                },
                Shape::Of(kind) => {
                    let is_list = matches!(kind, Kind::List(_));
                    return Err(Lost::Keyless { before: before(), kind: kind.name(), is_list });
                }
                Shape::Made(kind) => {
                    return Err(Lost::Keyless { before: before(), kind: kind.name(), is_list: false });
                }
            };
        }
        Ok(at)
    }

    /// Whether something that `operand` needs has not been shown to be there: the outermost such value
    /// as a path from its root, `Some(None)` where it is the operand itself.
    pub fn unguarded<'o>(&self, operand: &'o Operand<'s>) -> Option<Option<&'o str>> {
        let need = operand.needs.iter().find(|need| !self.present.contains(need))?;
        Some((*need != operand.identity).then_some(need.path.as_str()))
    }

    /// Where a block begins: the mark to [`forget`](Self::forget) to.
    pub fn mark(&self) -> usize {
        self.present.len()
    }

    /// The value is there, and so is all that it needs.
    pub fn assume(&mut self, operand: &Operand<'s>) {
        self.present.extend(operand.needs.iter().cloned());
    }

    pub fn forget(&mut self, mark: usize) {
        self.present.truncate(mark);
    }
}

impl Identity {
    fn below(&self, key: &str) -> Identity {
        let dot = if self.path.is_empty() { "" } else { "." };
        Identity { root: self.root, path: format!("{}{dot}{key}", self.path) }
    }
}
