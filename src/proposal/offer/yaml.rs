//! YAML with places: a tree of nodes that know where they were written.
//!
//! Scalars stay text (`title: 2026` is a title); repeated keys are kept, for the reader to refuse.

use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, Span};

use crate::diagnostic::{Diagnostic, Place, Source};

/// How deep sequences and mappings may nest.
const MAX_DEPTH: usize = 128;

#[derive(Debug)]
pub(super) struct Node {
    pub value: Value,
    pub place: Place,
}

#[derive(Debug)]
pub(super) enum Value {
    /// A plain empty scalar is an empty text.
    Scalar(String),
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
    /// `*name`.
    Alias,
}

impl Node {
    /// The one document in bytes `range` of `source`; None where it is empty. Fails at the first place that
    /// is no YAML.
    pub fn read(source: &Arc<Source>, range: Range<usize>) -> Result<Option<Node>, Diagnostic> {
        let text = &source.text[range.clone()];
        let offsets = Offsets::new(text, range.start);
        let mut builder = Builder { open: vec![], document: None };
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|fault| {
                let at = offsets.byte(fault.marker().index());
                Diagnostic::error(format!("the front matter is no YAML: {}", fault.info()))
                    .at(Place::new(source, at..at))
            })?;
            let place = || Place::new(source, offsets.range(&span));
            match event {
                Event::Scalar(text, ..) => builder.add(Value::Scalar(text.into_owned()), place()),
                Event::Alias(_) => builder.add(Value::Alias, place()),
                Event::SequenceStart(..) | Event::MappingStart(..)
                    if builder.open.len() >= MAX_DEPTH =>
                {
                    let message = format!("the front matter nests deeper than {MAX_DEPTH} levels");
                    return Err(Diagnostic::error(message).at(place()));
                }
                Event::SequenceStart(..) => builder.open.push((Open::Sequence(vec![]), place())),
                Event::MappingStart(..) => builder.open.push((Open::Mapping(vec![], None), place())),
                Event::SequenceEnd | Event::MappingEnd => builder.close(),
                Event::DocumentStart(_) if builder.document.is_some() => {
                    return Err(
                        Diagnostic::error("the front matter holds a second YAML document").at(place())
                    );
                }
                _ => {}
            }
        }
        Ok(builder.document)
    }

    /// What a message calls it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(text) if text.is_empty() => "nothing",
            Value::Scalar(_) => "a text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys and values",
            Value::Alias => "an alias",
        }
    }
}

/// Collections still open, outermost first.
struct Builder {
    open: Vec<(Open, Place)>,
    document: Option<Node>,
}

enum Open {
    Sequence(Vec<Node>),
    /// Entries, and a key whose value comes next.
    Mapping(Vec<(Node, Node)>, Option<Node>),
}

impl Builder {
    fn add(&mut self, value: Value, place: Place) {
        let node = Node { value, place };
        match self.open.last_mut() {
            None => self.document = Some(node),
            Some((Open::Sequence(nodes), _)) => nodes.push(node),
            Some((Open::Mapping(entries, key), _)) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some((Open::Sequence(nodes), place)) => self.add(Value::Sequence(nodes), place),
            Some((Open::Mapping(entries, _), place)) => self.add(Value::Mapping(entries), place),
            None => {}
        }
    }
}

/// From the parser's positions, which count characters, to bytes of the source.
struct Offsets {
    start: usize,
    /// Byte offset of every [`STEP`](Offsets::STEP)th character.
    steps: Vec<usize>,
    text: String,
}

impl Offsets {
    const STEP: usize = 64;

    fn new(text: &str, start: usize) -> Offsets {
        let steps = text.char_indices().step_by(Offsets::STEP).map(|(at, _)| at).collect();
        Offsets { start, steps, text: text.to_owned() }
    }

    fn byte(&self, index: usize) -> usize {
        let Some(step) = self.steps.get(index / Offsets::STEP) else {
            return self.start + self.text.len();
        };
        let rest = &self.text[*step..];
        let within = rest.char_indices().nth(index % Offsets::STEP).map_or(rest.len(), |(at, _)| at);
        self.start + step + within
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}
