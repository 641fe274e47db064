//! Names that a sheet uses and nothing gives: families without a face, and named pages, strings and
//! counters that no rule makes. A typing error in one of them would print as nothing.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::declaration::{Block, Declared};
use super::initial::initial;
use super::property::{Context, Value};
use super::values::*;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::font::{Faces, generic};

/// The families that there are faces for.
#[derive(Debug)]
pub(super) struct Families {
    names: Vec<String>,
    /// The features among [`FEATURES`] that no face of a family has, by the family in lower case.
    lacking: BTreeMap<String, BTreeSet<[u8; 4]>>,
}

/// The features that properties ask for by name, and what they do. Small capitals are not among them: where a
/// face has none they are made.
const FEATURES: [(&[u8; 4], &str); 9] = [
    (b"titl", "titling capitals"),
    (b"tnum", "tabular figures"),
    (b"pnum", "proportional figures"),
    (b"lnum", "lining figures"),
    (b"onum", "old-style figures"),
    (b"frac", "fractions"),
    (b"afrc", "stacked fractions"),
    (b"ordn", "ordinals"),
    (b"zero", "a slashed zero"),
];

impl Families {
    pub fn of(faces: &Faces) -> Families {
        let names: Vec<String> = faces.families().into_iter().map(str::to_owned).collect();
        let lacking = |family: &String| {
            let own = || faces.faces.iter().filter(|face| face.family == *family);
            let tags = FEATURES.iter().map(|(tag, _)| **tag);
            let lacking = tags.filter(|tag| !own().any(|face| face.has_feature(tag)));
            (family.to_lowercase(), lacking.collect())
        };
        let lacking = names.iter().map(lacking).collect();
        Families { names, lacking }
    }

    /// Warns of the features of a declaration that the family does not have: its text stays as it is.
    pub fn check_features(
        &self,
        features: &[FontFeature],
        families: &[Arc<str>],
        place: Option<&Place>,
        diagnostics: &mut Diagnostics,
    ) {
        let first = families.iter().find(|family| self.has(family));
        let Some(family) = first.map(|family| generic(family).unwrap_or(family)) else { return };
        let Some(lacking) = self.lacking.get(&family.to_lowercase()) else { return };
        // Of two kinds of figures, the one without a feature is the face's own; nearly all are lining.
        let default = |tag: &[u8; 4]| match tag {
            b"lnum" => true,
            b"onum" => !lacking.contains(b"lnum"),
            b"pnum" => !lacking.contains(b"tnum"),
            b"tnum" => !lacking.contains(b"pnum"),
            _ => false,
        };
        for (tag, what) in FEATURES {
            let asked = features.iter().any(|(asked, value)| asked == tag && *value > 0);
            if asked && lacking.contains(tag) && !default(tag) {
                let tag = String::from_utf8_lossy(tag);
                diagnostics.push(
                    Diagnostic::warning(format!(
                        "the family `{family}` has no {what} (`{tag}`): text in it stays as it is"
                    ))
                    .maybe_at(place.cloned()),
                );
            }
        }
    }

    fn has(&self, family: &str) -> bool {
        let lower = family.to_lowercase();
        generic(family).is_some() || self.names.iter().any(|known| known.to_lowercase() == lower)
    }

    /// Says which families of a list have no face: an error where none has, for its text would be set
    /// in a face that nobody chose.
    pub fn check(&self, list: &[Arc<str>], place: Option<&Place>, diagnostics: &mut Diagnostics) {
        let none = !list.iter().any(|family| self.has(family));
        for family in list.iter().filter(|family| !self.has(family)) {
            let message = format!("no face in fonts/ has the family `{family}`");
            let diagnostic =
                if none { Diagnostic::error(message) } else { Diagnostic::warning(message) };
            let known = self.names.iter().map(String::as_str);
            diagnostics.push(
                diagnostic
                    .maybe_at(place.cloned())
                    .nearest(family, known)
                    .hint(format!("fonts/ has {}", self.names.join(", "))),
            );
        }
    }

    /// Checks the lists that a block says outright.
    pub fn check_block(&self, block: &Block, diagnostics: &mut Diagnostics) {
        for declared in declared_in(block).filter(|d| d.id.longhand().name == "font-family") {
            if let Some(style) = alone(&declared.value, declared.place.as_ref()) {
                self.check(&style.text.font_family, declared.place.as_ref(), diagnostics);
            }
        }
    }
}

/// The names that declarations use and make, each with the first place that uses it.
#[derive(Default)]
pub(super) struct Names<'s> {
    used: BTreeMap<(Kind, Arc<str>), &'s Place>,
    made: BTreeSet<(Kind, Arc<str>)>,
}

/// The counter that list items make by themselves (CSS Lists 3 §4.6).
const LIST_ITEM: &str = "list-item";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Page,
    String,
    Counter,
    /// A line or an area of a grid.
    GridLine,
}

impl<'s> Names<'s> {
    pub fn make(&mut self, kind: Kind, name: &str) {
        self.made.insert((kind, Arc::from(name)));
    }

    pub fn gather(&mut self, block: &'s Block) {
        for declared in declared_in(block) {
            let property = declared.id.longhand().name;
            let kinds = matches!(
                property,
                "page" | "content" | "string-set" | "counter-reset" | "counter-increment"
            ) || property.starts_with("grid-");
            let (true, Some(place)) = (kinds, &declared.place) else { continue };
            let Some(style) = alone(&declared.value, declared.place.as_ref()) else { continue };
            if let Some(page) = &style.page {
                self.used.entry((Kind::Page, page.clone())).or_insert(place);
            }
            if let Content::Parts(parts) = &style.content {
                self.gather_parts(parts, place);
            }
            for (name, parts) in &style.string_set {
                self.make(Kind::String, name);
                self.gather_parts(parts, place);
            }
            for list in [&style.grid_template_columns, &style.grid_template_rows] {
                for name in list.lines.iter().flatten() {
                    self.make(Kind::GridLine, name);
                    // Lines `a-start` and `a-end` make an area `a` (CSS Grid 2 §7.3.2).
                    let area = name.strip_suffix("-start").or(name.strip_suffix("-end"));
                    area.into_iter().for_each(|area| self.make(Kind::GridLine, area));
                }
            }
            for area in style.grid_template_areas.iter().flat_map(|areas| &areas.areas) {
                for edge in ["", "-start", "-end"] {
                    self.make(Kind::GridLine, &format!("{}{edge}", area.name));
                }
            }
            let ((a, b), (c, d)) = (&style.grid_column, &style.grid_row);
            for line in [a, b, c, d] {
                if let GridLine::Named(name, _) | GridLine::NamedSpan(name, _) = line {
                    self.used.entry((Kind::GridLine, name.clone())).or_insert(place);
                }
            }
            for (name, _) in style.counter_reset.iter().chain(&style.counter_increment) {
                self.make(Kind::Counter, name);
            }
        }
    }

    fn gather_parts(&mut self, parts: &[ContentPart], place: &'s Place) {
        for part in parts {
            let (kind, name) = match part {
                ContentPart::String(name, _) => (Kind::String, name),
                ContentPart::TargetCounter { name, .. } if name == "page" => continue,
                ContentPart::TargetCounter { name, .. } => (Kind::Counter, name),
                ContentPart::Counter(name, _) if name != LIST_ITEM => (Kind::Counter, name),
                _ => continue,
            };
            self.used.entry((kind, Arc::from(&**name))).or_insert(place);
        }
    }

    /// A warning for each name that is used and not made, by place.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        let mut missing: Vec<_> =
            self.used.iter().filter(|(name, _)| !self.made.contains(*name)).collect();
        missing.sort_by_key(|(_, place)| (&place.source.path, place.span.start));
        for ((kind, name), place) in missing {
            let message = match kind {
                Kind::Page => format!("no @page rule is named `{name}`"),
                Kind::String => format!("no `string-set` sets the string `{name}`"),
                Kind::GridLine => format!("no grid has a line or an area named `{name}`"),
                Kind::Counter => {
                    format!("no `counter-reset` or `counter-increment` makes the counter `{name}`")
                }
            };
            let made = self.made.iter().filter(|(of, _)| of == kind).map(|(_, name)| &**name);
            diagnostics.push(Diagnostic::warning(message).at((*place).clone()).nearest(name, made));
        }
    }
}

/// Reports what a page-margin box cannot print: it belongs to no element.
pub(super) fn check_margin_box(block: &Block, diagnostics: &mut Diagnostics) {
    for declared in declared_in(block).filter(|d| d.id.longhand().name == "content") {
        let Some(style) = alone(&declared.value, declared.place.as_ref()) else { continue };
        let Content::Parts(parts) = &style.content else { continue };
        for part in parts {
            let what = match part {
                ContentPart::Counter(name, _) => format!("counter({name})"),
                ContentPart::TargetCounter { .. } => "target-counter()".to_owned(),
                ContentPart::TargetText { .. } => "target-text()".to_owned(),
                _ => continue,
            };
            let error = Diagnostic::error(format!("{what} is not known in a page-margin box"));
            diagnostics.push(error.maybe_at(declared.place.clone()).hint(
                "give it to a string with `string-set` on an element, and print that with string()",
            ));
        }
    }
}

/// The pictures that a block names outright.
pub(super) fn files_in(block: &Block) -> impl Iterator<Item = PictureFile> {
    let images = declared_in(block).filter(|d| d.id.longhand().name == "background-image");
    let styles = images.filter_map(|d| alone(&d.value, d.place.as_ref()));
    styles.flat_map(|style| style.background.files().cloned().collect::<Vec<_>>())
}

fn declared_in(block: &Block) -> impl Iterator<Item = &Declared> {
    block.normal.values.iter().chain(&block.important.values)
}

/// What a value without `var()` sets, on a style of initial values.
pub(super) fn alone(value: &Value, place: Option<&Place>) -> Option<ComputedStyle> {
    let Value::Set(set) = value else { return None };
    let parent = initial();
    let context = Context {
        parent: &parent,
        em: parent.text.font_size,
        rem: parent.text.font_size,
        color: parent.text.color,
        place,
        element: None,
        personal: Cell::new(false),
    };
    let mut style = ComputedStyle::initial();
    set(&mut style, &context);
    Some(style)
}
