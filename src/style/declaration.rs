//! One declaration: a property's name and the text of its value become values of longhands.

use std::ops::Range;
use std::sync::Arc;

use super::explain;
use super::property::{LonghandId, Property, Standing, Value};
use super::reader::Fault;
use super::shorthands::{Refusal, read_longhand};
use super::variables::{Deferred, references};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};

/// Where a text stands, so that a range in it becomes a place.
#[derive(Clone, Debug)]
pub(super) enum Anchor {
    /// In a style sheet, at a byte offset.
    Sheet(Arc<Source>, usize),
    /// In a `style` attribute: all its faults stand at the element.
    Element(Option<Place>),
}

impl Anchor {
    pub fn place(&self, span: Range<usize>) -> Option<Place> {
        match self {
            Anchor::Sheet(source, base) => Some(Place::new(source, span.start + base..span.end + base)),
            Anchor::Element(place) => place.clone(),
        }
    }

    /// The anchor of a text that begins `offset` bytes further on.
    pub fn further(&self, offset: usize) -> Anchor {
        match self {
            Anchor::Sheet(source, base) => Anchor::Sheet(source.clone(), base + offset),
            Anchor::Element(place) => Anchor::Element(place.clone()),
        }
    }

    pub fn report(&self, fault: Fault, diagnostics: &mut Diagnostics) {
        let mut diagnostic = Diagnostic::error(fault.message).maybe_at(self.place(fault.span));
        diagnostic.hints = fault.hints;
        diagnostics.push(diagnostic);
    }
}

/// A custom property's declaration: its value is kept as text.
#[derive(Debug)]
pub(super) struct CustomDeclaration {
    pub name: Arc<str>,
    pub value: Arc<str>,
    pub place: Option<Place>,
}

/// The declarations of one rule or `style` attribute, in their order.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub normal: Declarations,
    pub important: Declarations,
}

/// What one declaration gives one longhand.
#[derive(Debug)]
pub(super) struct Declared {
    pub id: LonghandId,
    pub value: Value,
    /// Of the whole declaration.
    pub place: Option<Place>,
}

#[derive(Debug, Default)]
pub(super) struct Declarations {
    pub values: Vec<Declared>,
    pub custom: Vec<CustomDeclaration>,
}

/// The text of one declaration and where its parts stand, in bytes from its anchor.
pub(super) struct Written<'a> {
    pub name: &'a str,
    pub name_span: Range<usize>,
    pub value: &'a str,
    pub value_start: usize,
    pub importance: Importance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Importance {
    Normal,
    Important,
}

impl Block {
    /// Adds a declaration, or reports what is wrong with it.
    pub fn declare(
        &mut self,
        written: &Written<'_>,
        standing: Standing,
        anchor: &Anchor,
        diagnostics: &mut Diagnostics,
    ) {
        let declarations = match written.importance {
            Importance::Normal => &mut self.normal,
            Importance::Important => &mut self.important,
        };
        let text = written.value.trim();
        let start = written.value_start + (written.value.len() - written.value.trim_start().len());
        let value_anchor = anchor.further(start);
        let name_span = written.name_span.clone();
        if written.name.starts_with("--") {
            if let Err(fault) = references(text) {
                value_anchor.report(fault, diagnostics);
                return;
            }
            declarations.custom.push(CustomDeclaration {
                name: Arc::from(written.name),
                value: Arc::from(text),
                place: anchor.place(name_span),
            });
            return;
        }
        let name = written.name.to_ascii_lowercase();
        let property = match Property::named(&name) {
            Some(property) if property.admitted(standing) => property,
            _ => {
                anchor.report(explain::unknown_property(&name, name_span, standing), diagnostics);
                return;
            }
        };
        let place = anchor.place(name_span.start..start + text.len());
        let values = match references(text) {
            Err(fault) => Err(fault),
            Ok(names) if !names.is_empty() => {
                let deferred =
                    Arc::new(Deferred { property, text: Arc::from(text), place: place.clone() });
                let longhands = property.longhands().into_iter();
                Ok(longhands.map(|id| (id, Value::Deferred(deferred.clone()))).collect())
            }
            Ok(_) => read(property, text),
        };
        match values {
            Ok(values) => declarations.values.extend(values.into_iter().map(|(id, value)| Declared {
                id,
                value,
                place: place.clone(),
            })),
            Err(fault) => value_anchor.report(fault, diagnostics),
        }
    }
}

/// The longhands' values that a value without `var()` gives.
pub(super) fn read(property: Property, text: &str) -> Result<Vec<(LonghandId, Value)>, Fault> {
    let wide = |make: fn() -> Value| property.longhands().into_iter().map(|id| (id, make())).collect();
    // CSS Cascade 5 §7.3: the keywords that every property takes.
    match text.to_ascii_lowercase().as_str() {
        "inherit" => return Ok(wide(|| Value::Inherit)),
        "initial" => return Ok(wide(|| Value::Initial)),
        "unset" => return Ok(wide(|| Value::Unset)),
        _ => {}
    }
    let refusal = match property {
        _ if text.is_empty() => Refusal::Misfit(0..0),
        Property::Longhand(id) => match read_longhand(id, text) {
            Ok(setter) => return Ok(vec![(id, Value::Set(setter))]),
            Err(Some(fault)) => Refusal::Fault(fault),
            Err(None) => Refusal::Misfit(0..text.len()),
        },
        Property::Shorthand(shorthand) => match shorthand.read(text) {
            Ok(setters) => {
                return Ok(setters.into_iter().map(|(id, set)| (id, Value::Set(set))).collect());
            }
            Err(refusal) => refusal,
        },
    };
    Err(match refusal {
        Refusal::Fault(fault) => fault,
        Refusal::Misfit(span) => explain::misfit(property, text, span),
    })
}
