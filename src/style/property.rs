//! What a property is: how its value is read, set, inherited and reset.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cssparser::Parser;

use super::longhands::TOPICS;
use super::reader::Reads;
use super::shorthands::{SHORTHANDS, Shorthand};
use super::values::{Color, ComputedStyle};
use crate::diagnostic::Place;
use crate::document::tree::{Document, NodeId};

/// What a specified value may depend on.
pub(super) struct Context<'a> {
    pub parent: &'a ComputedStyle,
    /// px: the font size that `em` refers to.
    pub em: f32,
    /// px: the root element's font size.
    pub rem: f32,
    /// `currentcolor`.
    pub color: Color,
    /// Where the declaration was said: paths in it are from that file.
    pub place: Option<&'a Place>,
    /// The element that `attr()` and `content()` read; without one they give nothing.
    pub element: Option<(&'a Document, NodeId)>,
    /// Set once a value was read from this very element, so that its style is not shared.
    pub personal: Cell<bool>,
}

impl Context<'_> {
    /// An attribute's value; empty where there is none (CSS Values 5 §7.7: the default of a string).
    pub fn attribute(&self, name: &str) -> String {
        self.personal.set(true);
        let element = self.element.and_then(|(document, id)| document.element(id));
        element.and_then(|e| e.attribute(name)).unwrap_or_default().to_owned()
    }

    /// The element's text, its white space collapsed.
    pub fn own_text(&self) -> String {
        self.personal.set(true);
        let text = self.element.map(|(document, id)| document.text_content(id)).unwrap_or_default();
        // Only ASCII white space collapses: no-break spaces stay (CSS Text 3 §4.1.1).
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A value as written: relative units, `currentcolor` and the like not yet resolved.
pub(super) trait Specified {
    type Computed;
    fn compute(&self, context: &Context<'_>) -> Self::Computed;
}

/// Gives one property its value on a style.
pub(super) type Setter = Box<dyn Fn(&mut ComputedStyle, &Context<'_>) + Send + Sync>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inherited {
    Yes,
    No,
}

/// Where a property may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Elements,
    /// Elements and page-margin boxes.
    MarginBoxes,
    /// Elements, page-margin boxes and `@page` itself.
    Everywhere,
    /// `@page` alone.
    Pages,
}

/// Where a declaration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Element,
    MarginBox,
    Page,
}

impl Scope {
    pub fn admits(self, standing: Standing) -> bool {
        match standing {
            Standing::Element => self != Scope::Pages,
            Standing::MarginBox => matches!(self, Scope::MarginBoxes | Scope::Everywhere),
            Standing::Page => matches!(self, Scope::Everywhere | Scope::Pages),
        }
    }
}

/// A property that is not a shorthand.
pub(super) struct Longhand {
    pub name: &'static str,
    /// The grammar of its values, for messages and the reference.
    pub accepts: &'static str,
    /// Its initial value as CSS; `initial` sets it.
    pub initial: &'static str,
    pub inherited: Inherited,
    pub scope: Scope,
    pub note: &'static str,
    pub read: fn(&mut Parser<'_>) -> Reads<Setter>,
    /// Takes the value from another style.
    pub copy: fn(&mut ComputedStyle, &ComputedStyle),
}

/// A longhand's place in the order of application: font size, then colour, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LonghandId(pub u8);

impl LonghandId {
    pub const FONT_SIZE: LonghandId = LonghandId(0);
    pub const COLOR: LonghandId = LonghandId(1);

    pub fn longhand(self) -> &'static Longhand {
        LONGHANDS[usize::from(self.0)]
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// All longhands, in the order of application.
pub(super) static LONGHANDS: LazyLock<Vec<&'static Longhand>> =
    LazyLock::new(|| TOPICS.iter().flat_map(|topic| topic.longhands).collect());

#[derive(Clone, Copy)]
pub(super) enum Property {
    Longhand(LonghandId),
    Shorthand(&'static Shorthand),
}

static PROPERTIES: LazyLock<HashMap<&'static str, Property>> = LazyLock::new(|| {
    let longhands = LONGHANDS
        .iter()
        .enumerate()
        .map(|(i, longhand)| (longhand.name, Property::Longhand(LonghandId(i as u8))));
    let shorthands = SHORTHANDS.iter().map(|s| (s.name, Property::Shorthand(s)));
    longhands.chain(shorthands).collect()
});

impl Property {
    /// By its name in lower case.
    pub fn named(name: &str) -> Option<Property> {
        PROPERTIES.get(name).copied()
    }

    pub fn name(self) -> &'static str {
        match self {
            Property::Longhand(id) => id.longhand().name,
            Property::Shorthand(shorthand) => shorthand.name,
        }
    }

    pub fn accepts(self) -> &'static str {
        match self {
            Property::Longhand(id) => id.longhand().accepts,
            Property::Shorthand(shorthand) => shorthand.accepts,
        }
    }

    pub fn longhands(self) -> Vec<LonghandId> {
        match self {
            Property::Longhand(id) => vec![id],
            Property::Shorthand(shorthand) => {
                shorthand.longhands.iter().filter_map(|name| longhand_id(name)).collect()
            }
        }
    }

    pub fn admitted(self, standing: Standing) -> bool {
        self.longhands().iter().all(|id| id.longhand().scope.admits(standing))
    }

    /// The names of all properties that may stand there, sorted.
    pub fn names(standing: Standing) -> Vec<&'static str> {
        let mut names: Vec<&str> = PROPERTIES
            .values()
            .filter(|property| property.admitted(standing))
            .map(|property| property.name())
            .collect();
        names.sort_unstable();
        names
    }
}

pub(super) fn longhand_id(name: &str) -> Option<LonghandId> {
    match Property::named(name) {
        Some(Property::Longhand(id)) => Some(id),
        _ => None,
    }
}

/// What a declaration gives a longhand.
pub(super) enum Value {
    Set(Setter),
    Inherit,
    Initial,
    Unset,
    /// Holds `var()`: read once the custom properties are known.
    Deferred(Arc<super::variables::Deferred>),
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Value::Set(_) => "Set",
            Value::Inherit => "Inherit",
            Value::Initial => "Initial",
            Value::Unset => "Unset",
            Value::Deferred(_) => "Deferred",
        })
    }
}
