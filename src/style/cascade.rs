//! The cascade of one document: which declaration wins, and what it computes to.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use selectors::context::SelectorCaches;

use super::StyleSheets;
use super::declaration::{Block, CustomDeclaration, Declarations, Declared, read};
use super::element::{ElementRef, Elements};
use super::index::{Origin, Rank};
use super::initial::initial;
use super::lint::alone;
use super::property::{Context, Inherited, LONGHANDS, LonghandId, Setter, Value, longhand_id};
use super::selector::Pseudo;
use super::sheet::style_attribute;
use super::shorthands::read_longhand;
use super::used::adjust;
use super::values::*;
use super::variables::{Deferred, Environment};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::attributes;
use crate::document::tree::{Document, Element, NodeId, NodeKind};

/// A computed style and the custom properties beside it.
#[derive(Clone)]
struct Computed {
    style: Arc<ComputedStyle>,
    environment: Rc<Environment>,
}

/// Elements with the same parent style and the same matching rules have the same style.
#[derive(PartialEq, Eq, Hash)]
struct Sharing {
    parent: usize,
    pseudo: Option<Pseudo>,
    rules: Vec<Rank>,
}

/// The values that one declaration with `var()` came to.
type Substituted = Rc<Vec<(LonghandId, Value)>>;

pub(super) struct Cascade<'a> {
    sheets: &'a StyleSheets,
    document: &'a Document,
    /// Every style that was computed; elements refer to them by index.
    computed: Vec<Computed>,
    shared: HashMap<Sharing, usize>,
    /// Every distinct text style, so that equal ones are one.
    texts: Vec<Arc<TextStyle>>,
    environments: usize,
    /// What a value with `var()` came to, by the declaration and the environment.
    substituted: HashMap<(usize, usize), Substituted>,
    /// The blocks of `style` attributes: kept, since `substituted` knows declarations by address.
    attributes: Vec<Arc<Block>>,
}

/// What `initial` sets, by longhand.
static INITIAL_SETTERS: LazyLock<Vec<Option<Setter>>> = LazyLock::new(|| {
    (0..LONGHANDS.len())
        .map(|i| {
            let id = LonghandId(i as u8);
            read_longhand(id, id.longhand().initial).ok()
        })
        .collect()
});

/// The properties that ask a face for features by name.
static FEATURE_PROPERTIES: LazyLock<[LonghandId; 2]> = LazyLock::new(|| {
    ["font-variant-numeric", "font-variant-caps"].map(|name| longhand_id(name).expect("a longhand"))
});

/// The style of every node, and of the pages.
pub(super) fn styles(
    document: &Document,
    sheets: &StyleSheets,
    brand: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Styles {
    let mut cascade = Cascade {
        sheets,
        document,
        computed: vec![],
        shared: HashMap::new(),
        texts: vec![],
        environments: 1,
        substituted: HashMap::new(),
        attributes: vec![],
    };
    let brand = Declarations {
        values: vec![],
        custom: brand
            .iter()
            .map(|(name, value)| CustomDeclaration {
                name: Arc::from(&**name),
                value: Arc::from(value.trim()),
                place: None,
            })
            .collect(),
    };
    let elements = Elements::new(document);
    let mut caches = SelectorCaches::default();
    // By node: the index of its computed style.
    let mut own: Vec<usize> = Vec::with_capacity(document.nodes.len());
    let mut nodes: Vec<NodeStyle> = Vec::with_capacity(document.nodes.len());
    for (i, node) in document.nodes.iter().enumerate() {
        let parent = node.parent.map(|parent| own[parent.index()]);
        let element = match &node.kind {
            NodeKind::Element(_) => elements.element(NodeId(i as u32)),
            NodeKind::Text(_) => None,
        };
        let (Some(element), parent) = (element, parent) else {
            // A text node: its parent's style.
            let parent = parent.unwrap_or_default();
            own.push(parent);
            let style = cascade.computed.get(parent).map_or_else(initial, |c| c.style.clone());
            nodes.push(NodeStyle { style, before: None, after: None, marker: None });
            continue;
        };
        let brand = (parent.is_none()).then_some(&brand);
        let index = cascade.element(element, parent, brand, &mut caches, diagnostics);
        own.push(index);
        let style = cascade.computed[index].style.clone();
        let mut pseudo = |pseudo| cascade.pseudo(element, index, pseudo, &mut caches, diagnostics);
        let (mut before, mut after, mut marker) = (None, None, None);
        if style.display != Display::None {
            before = pseudo(Pseudo::Before).filter(|style| is_generated(style));
            after = pseudo(Pseudo::After).filter(|style| is_generated(style));
        }
        if style.display == Display::ListItem {
            marker = pseudo(Pseudo::Marker);
        }
        nodes.push(NodeStyle { style, before, after, marker });
    }
    let rules: Vec<_> = sheets.pages.iter().collect();
    let pages = super::page::page_rules(&rules, &mut cascade, diagnostics);
    Styles { nodes, pages }
}

/// `::before` and `::after` make a box only with content (CSS Pseudo 4 §4.1).
fn is_generated(style: &ComputedStyle) -> bool {
    matches!(style.content, Content::Parts(_)) && style.display != Display::None
}

impl<'a> Cascade<'a> {
    /// The index of an element's computed style.
    fn element(
        &mut self,
        element: ElementRef<'_>,
        parent: Option<usize>,
        brand: Option<&Declarations>,
        caches: &mut SelectorCaches,
        diagnostics: &mut Diagnostics,
    ) -> usize {
        let rules = self.sheets.rules.matching(element, None, caches);
        let attribute = element.element.attribute("style").map(|text| {
            let tag = self.document.node(element.id).place.as_ref();
            let place = tag.map(|tag| attributes::value_place(tag, "style"));
            let block = style_attribute(text, place, diagnostics);
            if let Some(families) = &self.sheets.families {
                families.check_block(&block, diagnostics);
            }
            Arc::new(block)
        });
        let hints = presentational_hints(element.element);
        let sharing = match (parent, &attribute, &hints) {
            (Some(parent), None, None) => Some(Sharing { parent, pseudo: None, rules: rules.clone() }),
            _ => None,
        };
        if let Some(&known) = sharing.as_ref().and_then(|sharing| self.shared.get(sharing)) {
            return known;
        }
        let sheets = self.sheets;
        let layers = Layers::new(sheets, &rules, hints.as_ref(), attribute.as_deref(), brand);
        let (computed, personal) = self.compute(&layers, parent, element.id, diagnostics);
        self.attributes.extend(attribute);
        self.computed.push(computed);
        let index = self.computed.len() - 1;
        if let Some(sharing) = sharing.filter(|_| !personal) {
            self.shared.insert(sharing, index);
        }
        index
    }

    /// The style of a pseudo-element; None where no rule speaks of it.
    fn pseudo(
        &mut self,
        element: ElementRef<'_>,
        parent: usize,
        pseudo: Pseudo,
        caches: &mut SelectorCaches,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<ComputedStyle>> {
        let rules = self.sheets.rules.matching(element, Some(pseudo), caches);
        if rules.is_empty() {
            return None;
        }
        let sharing = Sharing { parent, pseudo: Some(pseudo), rules };
        if let Some(&known) = self.shared.get(&sharing) {
            return Some(self.computed[known].style.clone());
        }
        let sheets = self.sheets;
        let layers = Layers::new(sheets, &sharing.rules, None, None, None);
        let (computed, personal) = self.compute(&layers, Some(parent), element.id, diagnostics);
        let style = computed.style.clone();
        if !personal {
            self.computed.push(computed);
            self.shared.insert(sharing, self.computed.len() - 1);
        }
        Some(style)
    }

    /// The style of a box that belongs to no element but inherits from the root: a page or a
    /// page-margin box. `blocks` in ascending order.
    pub fn anonymous(&mut self, blocks: &[&Block], diagnostics: &mut Diagnostics) -> Arc<ComputedStyle> {
        let mut layers = Layers(blocks.iter().map(|block| &block.normal).collect());
        layers.0.extend(blocks.iter().map(|block| &block.important));
        let root = (!self.computed.is_empty()).then_some(0);
        self.compute(&layers, root, Document::ROOT, diagnostics).0.style
    }

    /// Applies the winning declarations. Says too whether the style was read from this very element.
    fn compute(
        &mut self,
        layers: &Layers<'_>,
        parent: Option<usize>,
        element: NodeId,
        diagnostics: &mut Diagnostics,
    ) -> (Computed, bool) {
        let inherited = match parent {
            Some(parent) => self.computed[parent].clone(),
            None => Computed { style: initial(), environment: Rc::default() },
        };
        let root_size = match parent {
            Some(_) => self.computed[0].style.text.font_size,
            None => inherited.style.text.font_size,
        };
        let environment = self.environment(layers, &inherited.environment, diagnostics);
        let mut winners: Vec<Option<&Declared>> = vec![None; LONGHANDS.len()];
        for declared in layers.0.iter().flat_map(|layer| &layer.values) {
            winners[declared.id.index()] = Some(declared);
        }
        let mut style = ComputedStyle::clone(&INITIAL_BOX);
        style.text = inherited.style.text.clone();
        // The one inherited property that stands beside those that are not.
        style.text_decoration.offset = inherited.style.text_decoration.offset;
        let mut context = Context {
            parent: &inherited.style,
            em: inherited.style.text.font_size,
            rem: root_size,
            color: inherited.style.text.color,
            place: None,
            element: Some((self.document, element)),
            personal: Cell::new(false),
        };
        for (i, winner) in winners.iter().copied().enumerate() {
            let id = LonghandId(i as u8);
            if let Some(Declared { value, place, .. }) = winner {
                context.place = place.as_ref();
                self.apply(id, value, &mut style, &context, &environment, diagnostics);
            }
            if id == LonghandId::FONT_SIZE {
                context.em = style.text.font_size;
                if parent.is_none() {
                    context.rem = context.em;
                }
            }
            if id == LonghandId::COLOR {
                context.color = style.text.color;
                for side in [
                    &mut style.border.top,
                    &mut style.border.right,
                    &mut style.border.bottom,
                    &mut style.border.left,
                ] {
                    side.color = context.color;
                }
            }
        }
        if let Some(families) = &self.sheets.families {
            let variants = &style.text.font_variants;
            let lists = [&variants.numeric, &variants.caps];
            for (id, features) in FEATURE_PROPERTIES.iter().zip(lists) {
                if let Some(declared) = winners[id.index()] {
                    let place = declared.place.as_ref();
                    families.check_features(features, &style.text.font_family, place, diagnostics);
                }
            }
        }
        adjust(&mut style, parent.map(|_| &*inherited.style));
        let personal = context.personal.get();
        if !Arc::ptr_eq(&style.text, &inherited.style.text) {
            match self.texts.iter().find(|known| **known == style.text) {
                Some(known) => style.text = known.clone(),
                None => self.texts.push(style.text.clone()),
            }
        }
        (Computed { style: Arc::new(style), environment }, personal)
    }

    fn apply(
        &mut self,
        id: LonghandId,
        value: &Value,
        style: &mut ComputedStyle,
        context: &Context<'_>,
        environment: &Rc<Environment>,
        diagnostics: &mut Diagnostics,
    ) {
        let longhand = id.longhand();
        let inherits = match value {
            Value::Set(set) => return set(style, context),
            Value::Inherit => true,
            Value::Initial => false,
            Value::Unset => longhand.inherited == Inherited::Yes,
            Value::Deferred(deferred) => {
                let values = self.substituted(deferred, environment, diagnostics);
                match values.iter().find(|(of, _)| *of == id) {
                    // Substitution leaves no `var()`, so this goes no deeper.
                    Some((_, value)) => {
                        return self.apply(id, value, style, context, environment, diagnostics);
                    }
                    // Invalid at computed-value time: as `unset` (CSS Variables 1 §3.1).
                    None => longhand.inherited == Inherited::Yes,
                }
            }
        };
        if inherits {
            (longhand.copy)(style, context.parent);
        } else if let Some(set) = &INITIAL_SETTERS[id.index()] {
            set(style, context);
        }
    }

    /// The values of a declaration with `var()` under an environment; empty, and reported, where
    /// there are none.
    fn substituted(
        &mut self,
        deferred: &Arc<Deferred>,
        environment: &Environment,
        diagnostics: &mut Diagnostics,
    ) -> Substituted {
        let key = (Arc::as_ptr(deferred) as usize, environment.id);
        if let Some(known) = self.substituted.get(&key) {
            return known.clone();
        }
        let values = match environment.substitute(&deferred.text) {
            Err(problem) => {
                let found = problem.diagnostic(environment);
                diagnostics.extend(found.map(|d| d.maybe_at(deferred.place.clone())));
                vec![]
            }
            Ok(text) => match read(deferred.property, text.trim()) {
                Ok(values) => {
                    self.check_families(&values, deferred, diagnostics);
                    values
                }
                Err(fault) => {
                    let message = format!("{} (after var() in `{}`)", fault.message, deferred.text);
                    let mut error = Diagnostic::error(message).maybe_at(deferred.place.clone());
                    error.hints = fault.hints;
                    diagnostics.push(error);
                    vec![]
                }
            },
        };
        let values = Rc::new(values);
        self.substituted.insert(key, values.clone());
        values
    }

    /// A family list in which `var()` stood is known only now.
    fn check_families(
        &self,
        values: &[(LonghandId, Value)],
        deferred: &Deferred,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(families) = &self.sheets.families else { return };
        let list = values.iter().find(|(id, _)| id.longhand().name == "font-family");
        if let Some(style) = list.and_then(|(_, value)| alone(value, None)) {
            families.check(&style.text.font_family, deferred.place.as_ref(), diagnostics);
        }
    }

    fn environment(
        &mut self,
        layers: &Layers<'_>,
        parent: &Rc<Environment>,
        diagnostics: &mut Diagnostics,
    ) -> Rc<Environment> {
        if layers.0.iter().all(|layer| layer.custom.is_empty()) {
            return parent.clone();
        }
        let own = layers.0.iter().flat_map(|layer| &layer.custom);
        let id = self.environments;
        self.environments += 1;
        Rc::new(parent.child(id, own, diagnostics))
    }
}

/// What an `img`'s width and height attributes say of its size: below everything the layout's sheet
/// says (HTML Standard §15.4.3, CSS Cascade 5 §6.3.1).
fn presentational_hints(element: &Element) -> Option<Declarations> {
    if element.name != "img" {
        return None;
    }
    let mut hints = Declarations::default();
    for name in ["width", "height"] {
        let Some(text) = element.attribute(name).map(str::trim) else { continue };
        let length = if text.ends_with('%') { text.to_owned() } else { format!("{text}px") };
        if let Some(id) = longhand_id(name)
            && let Ok(setter) = read_longhand(id, &length)
        {
            hints.values.push(Declared { id, value: Value::Set(setter), place: None });
        }
    }
    (!hints.values.is_empty()).then_some(hints)
}

/// The initial values, with what a border has once it gets a style.
static INITIAL_BOX: LazyLock<ComputedStyle> = LazyLock::new(|| {
    let mut style = ComputedStyle::initial();
    const MEDIUM: f32 = 3.0;
    style.border = Sides::all(Border { width: MEDIUM, ..Border::NONE });
    style
});

/// Declarations in ascending order of precedence (CSS Cascade 5 §6.1).
struct Layers<'b>(Vec<&'b Declarations>);

impl<'b> Layers<'b> {
    fn new(
        sheets: &'b StyleSheets,
        rules: &[Rank],
        hints: Option<&'b Declarations>,
        attribute: Option<&'b Block>,
        brand: Option<&'b Declarations>,
    ) -> Layers<'b> {
        let of = |origin| {
            let rules = rules.iter().map(|&rank| sheets.rules.rule(rank));
            rules.filter(move |rule| rule.origin == origin).map(|rule| &*rule.block)
        };
        let mut layers = vec![];
        layers.extend(of(Origin::Default).map(|block| &block.normal));
        layers.extend(hints);
        layers.extend(of(Origin::Layout).map(|block| &block.normal));
        layers.extend(attribute.map(|block| &block.normal));
        layers.extend(of(Origin::Layout).map(|block| &block.important));
        layers.extend(attribute.map(|block| &block.important));
        layers.extend(of(Origin::Default).map(|block| &block.important));
        layers.extend(brand);
        Layers(layers)
    }
}
