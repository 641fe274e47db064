//! The same offer in another language: STEM.en.md beside STEM.md.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Item, Need, Offer, Role, Section};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::proposal::slug::slug;

impl Offer {
    /// This offer in the words of `translation`: its texts, headings and labels, in this note's order of
    /// items and with this note's needs, weights, gates, groups and proofs. An item that only one of the
    /// two has, or whose role differs, is an error at its place.
    pub fn in_words_of(&self, translation: &Offer, diagnostics: &mut Diagnostics) -> Offer {
        let ours: BTreeMap<&str, (usize, Role, &Item)> = self
            .items()
            .enumerate()
            .map(|(i, (section, item))| (item.id.as_str(), (i, section.role, item)))
            .collect();
        let theirs: Vec<(&str, Role)> =
            translation.items().map(|(section, item)| (item.id.as_str(), section.role)).collect();
        for (_, item) in self.items() {
            if !theirs.iter().any(|(id, _)| *id == item.id) {
                diagnostics.push(
                    Diagnostic::error(format!(
                        "{} does not have the item `{}`",
                        translation.source.path, item.id
                    ))
                    .at(item.place.clone())
                    .hint(format!("write `^{}` beside its translation", item.id)),
                );
            }
        }
        let mut sections = Vec::new();
        for section in &translation.sections {
            let mut items = Vec::new();
            for item in &section.items {
                match ours.get(item.id.as_str()) {
                    None => diagnostics.push(
                        Diagnostic::error(format!("{} has no item `{}`", self.source.path, item.id))
                            .at(item.place.clone())
                            .nearest(&item.id, ours.keys().copied()),
                    ),
                    Some((_, role, _)) if *role != section.role => diagnostics.push(
                        Diagnostic::error(format!(
                            "the item `{}` stands among the {} here, among the {} in {}",
                            item.id,
                            section.role.word(),
                            role.word(),
                            self.source.path
                        ))
                        .at(item.place.clone()),
                    ),
                    Some((order, _, original)) => items.push((*order, worded(original, item))),
                }
            }
            items.sort_by_key(|(order, _)| *order);
            let items = items.into_iter().map(|(_, item)| item).collect();
            sections.push(Section { items, ..section.clone() });
        }
        for need in translation.needs.iter().filter(|need| self.need(&need.tag).is_none()) {
            diagnostics.push(
                Diagnostic::warning(format!("{} has no need `{}`", self.source.path, need.tag))
                    .at(need.place.clone())
                    .nearest(&need.tag, self.needs.iter().map(|need| need.tag.as_str())),
            );
        }
        let needs = self.needs.iter().map(|need| translated(need, translation)).collect();
        let vocabulary = OnceLock::new();
        Offer { stem: self.stem.clone(), needs, sections, vocabulary, ..translation.clone() }
    }

    /// This offer, hearing what its `translation`s do as well: notes of a call may be in any language.
    pub fn hearing<'t>(mut self, translations: impl Iterator<Item = &'t Offer>) -> Offer {
        for translation in translations {
            for (need, other) in self.needs.iter_mut().zip(&translation.needs) {
                hear(need, other);
            }
        }
        self.vocabulary = OnceLock::new();
        self
    }
}

/// Adds what another telling of a need is heard by.
fn hear(need: &mut Need, other: &Need) {
    let lists = [
        (&mut need.words, &other.words),
        (&mut need.hints, &other.hints),
        (&mut need.concepts, &other.concepts),
    ];
    for (known, more) in lists {
        for text in more {
            if !known.contains(text) {
                known.push(text.clone());
            }
        }
    }
}

fn worded(original: &Item, translation: &Item) -> Item {
    Item {
        title: translation.title.clone(),
        text: translation.text.clone(),
        place: translation.place.clone(),
        ..original.clone()
    }
}

/// A need with the translation's label, and the words of both: notes of a call may be in either language.
fn translated(need: &Need, translation: &Offer) -> Need {
    let mut need = need.clone();
    if let Some(other) = translation.needs.iter().find(|other| slug(&other.tag) == slug(&need.tag)) {
        need.label = other.label.clone();
        hear(&mut need, other);
    }
    need
}
