//! Rules in cascade order, found by the id, class or element name that their last compound asks for.

use std::collections::HashMap;
use std::sync::Arc;

use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::matches_selector;
use selectors::parser::{Combinator, Component};

use super::declaration::Block;
use super::element::ElementRef;
use super::selector::{Pseudo, Selector};

/// Who says a rule (CSS Cascade 5 §6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The program's default sheet: CSS calls it the user agent's.
    Default,
    /// The layout's sheet and what it imports: CSS calls it the author's.
    Layout,
}

/// A selector of a rule.
#[derive(Debug)]
pub(super) struct Rule {
    selector: Selector,
    pub block: Arc<Block>,
    pub origin: Origin,
}

/// A rule's position in the cascade's ascending order: origin, specificity, order of appearance.
pub(super) type Rank = u32;

#[derive(Debug, Default)]
pub(super) struct RuleIndex {
    rules: Vec<Rule>,
    elements: Buckets,
    before: Buckets,
    after: Buckets,
    marker: Buckets,
}

/// Ranks by what a selector's last compound asks for; a rule stands in one bucket.
#[derive(Debug, Default)]
struct Buckets {
    ids: HashMap<Box<str>, Vec<Rank>>,
    classes: HashMap<Box<str>, Vec<Rank>>,
    names: HashMap<Box<str>, Vec<Rank>>,
    others: Vec<Rank>,
}

impl RuleIndex {
    /// `rules` in order of appearance, each with all its selectors.
    pub fn new(rules: Vec<(Origin, Vec<Selector>, Arc<Block>)>) -> RuleIndex {
        let mut index = RuleIndex::default();
        for (origin, selectors, block) in rules {
            index.rules.extend(selectors.into_iter().map(|selector| Rule {
                selector,
                block: block.clone(),
                origin,
            }));
        }
        // A stable sort: equal ones stay in order of appearance.
        index.rules.sort_by_key(|rule| (rule.origin, rule.selector.specificity()));
        for (rank, rule) in index.rules.iter().enumerate() {
            let buckets = match rule.selector.pseudo_element() {
                None => &mut index.elements,
                Some(Pseudo::Before) => &mut index.before,
                Some(Pseudo::After) => &mut index.after,
                Some(Pseudo::Marker) => &mut index.marker,
            };
            buckets.add(&rule.selector, rank as Rank);
        }
        index
    }

    /// The blocks of the layout's sheets.
    pub fn layout_blocks(&self) -> impl Iterator<Item = &Block> {
        self.rules.iter().filter(|rule| rule.origin == Origin::Layout).map(|rule| &*rule.block)
    }

    pub fn rule(&self, rank: Rank) -> &Rule {
        &self.rules[rank as usize]
    }

    /// The ranks of the rules that match an element, or its pseudo-element, ascending.
    pub fn matching(
        &self,
        element: ElementRef<'_>,
        pseudo: Option<Pseudo>,
        caches: &mut SelectorCaches,
    ) -> Vec<Rank> {
        let (buckets, mode) = match pseudo {
            None => (&self.elements, MatchingMode::Normal),
            Some(Pseudo::Before) => (&self.before, MatchingMode::ForStatelessPseudoElement),
            Some(Pseudo::After) => (&self.after, MatchingMode::ForStatelessPseudoElement),
            Some(Pseudo::Marker) => (&self.marker, MatchingMode::ForStatelessPseudoElement),
        };
        let mut context = MatchingContext::new(
            mode,
            None,
            caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut found = vec![];
        buckets.each(element, &mut |rank| {
            let selector = &self.rules[rank as usize].selector;
            if matches_selector(selector, 0, None, element, &mut context) {
                found.push(rank);
            }
        });
        found.sort_unstable();
        found
    }
}

impl Buckets {
    fn add(&mut self, selector: &Selector, rank: Rank) {
        let (mut id, mut class, mut name) = (None, None, None);
        for component in selector.iter_raw_match_order() {
            match component {
                Component::Combinator(Combinator::PseudoElement) => {}
                Component::Combinator(_) => break,
                Component::ID(found) => id = Some(found),
                Component::Class(found) => class = Some(found),
                Component::LocalName(found) => name = Some(&found.lower_name),
                _ => {}
            }
        }
        let bucket = if let Some(id) = id {
            self.ids.entry(id.as_ref().into()).or_default()
        } else if let Some(class) = class {
            self.classes.entry(class.as_ref().into()).or_default()
        } else if let Some(name) = name {
            self.names.entry(name.as_ref().into()).or_default()
        } else {
            &mut self.others
        };
        bucket.push(rank);
    }

    /// Visits every rule that might match the element.
    fn each(&self, element: ElementRef<'_>, visit: &mut dyn FnMut(Rank)) {
        let element = element.element;
        let ids = element.id().and_then(|id| self.ids.get(id));
        let classes = element.classes().filter_map(|class| self.classes.get(class));
        let names = self.names.get(element.name);
        let all = ids.into_iter().chain(classes).chain(names).chain(std::iter::once(&self.others));
        all.flatten().for_each(|&rank| visit(rank));
    }
}
