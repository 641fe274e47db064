//! Marks to their items: ids, needs, gates, groups, proofs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::marks::{Body, MarkKind};
use super::outline::{ItemDraft, ItemKind, Outline, SectionDraft};
use super::{IdOrigin, Item, Need, Role, Section, quoted};
use crate::diagnostic::{Diagnostic, Place};
use crate::proposal::placed::{Placed, Text};
use crate::proposal::slug::slug;

/// Names of the inline fields.
const FIELDS: [&str; 5] = ["weight", "requires", "excludes", "group", "proves"];
/// The longest id that is made of a text, in characters.
const LONGEST_ID: usize = 60;

/// What stands beside one item.
#[derive(Default)]
struct Beside {
    id: Option<Text>,
    tags: Vec<Text>,
    weight: Option<u32>,
    requires: Vec<Text>,
    excludes: Vec<Text>,
    group: Option<String>,
    proves: Vec<Text>,
}

/// The sections of a note with all that its marks say. Tags outside the vocabulary join `needs`.
pub(super) fn sections(
    outline: Outline,
    body: &Body,
    needs: &mut Vec<Need>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let drafts = outline.sections;
    let spots = Spots::new(&drafts, body.text());
    let mut beside: Vec<Beside> = (0..spots.items.len()).map(|_| Beside::default()).collect();
    let mut heading_ids: BTreeMap<usize, String> = BTreeMap::new();
    let vocabulary: BTreeSet<String> = needs.iter().map(|need| slug(&need.tag)).collect();
    for mark in &body.marks {
        let place = mark.place.clone();
        match (spots.of(mark.at, &mark.kind), mark.kind.clone()) {
            (_, MarkKind::Field(name, _)) if !FIELDS.contains(&name.as_str()) => found.push(
                Diagnostic::warning(format!(
                    "unknown field {}: expected {}",
                    quoted(&name),
                    FIELDS.join(", ")
                ))
                .at(place)
                .nearest(&name, FIELDS),
            ),
            (Spot::Item(item), kind) => beside[item].add(kind, place, found),
            (Spot::Heading(section), MarkKind::Id(id)) => {
                heading_ids.entry(section).or_insert(id);
            }
            (Spot::Section(role), MarkKind::Tag(tag))
                if role != Role::Other && vocabulary.contains(&slug(&tag)) =>
            {
                found.push(
                    Diagnostic::warning(format!("the need `#{tag}` stands beside no item")).at(place),
                );
            }
            (_, MarkKind::Field(name, _)) => {
                found.push(
                    Diagnostic::warning(format!("the field `{name}` stands beside no item")).at(place),
                );
            }
            // An author's own tags and block ids.
            (_, MarkKind::Tag(_) | MarkKind::Id(_)) => {}
        }
    }
    let ids = ids(&spots.items, &beside, found);
    let tags = Tags::new(needs, &beside);
    let proofs: Vec<Vec<String>> =
        beside.iter().map(|beside| proofs(&beside.proves, &ids, found)).collect();
    for text in beside.iter().flat_map(|beside| beside.requires.iter().chain(&beside.excludes)) {
        tags.check(text, needs, found);
    }
    let places: Vec<Place> =
        spots.items.iter().map(|item| body.place(first_line(body.text(), item))).collect();
    let mut built = ids.into_iter().zip(beside).zip(proofs).zip(places);
    let mut slugs = Names::default();
    (drafts.into_iter().enumerate())
        .map(|(index, draft)| {
            let wanted = heading_ids.remove(&index).unwrap_or_else(|| slug(&draft.heading.plain));
            let items = draft.items.into_iter().zip(built.by_ref());
            Section {
                role: draft.role,
                slug: slugs.give(if wanted.is_empty() { "section" } else { &wanted }),
                heading: draft.heading,
                prose: draft.prose,
                after: draft.after,
                items: items
                    .map(|(draft, ((((id, id_origin), beside), proves), place))| Item {
                        id,
                        id_origin,
                        title: draft.title,
                        text: draft.text,
                        tags: tags.canonical(&beside.tags),
                        weight: beside.weight.unwrap_or(1),
                        requires: tags.canonical(&beside.requires),
                        excludes: tags.canonical(&beside.excludes),
                        group: beside.group,
                        proves,
                        place,
                    })
                    .collect(),
                place: body.place(draft.heading_range),
            }
        })
        .collect()
}

/// Where marks may stand.
struct Spots<'a> {
    text: &'a str,
    sections: &'a [SectionDraft],
    /// Of all sections, in the note's order.
    items: Vec<&'a ItemDraft>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// Beside the item of this number.
    Item(usize),
    /// In the heading of the section of this number.
    Heading(usize),
    /// Elsewhere in a section of this role.
    Section(Role),
    /// Before any section.
    Opening,
}

impl<'a> Spots<'a> {
    fn new(sections: &'a [SectionDraft], text: &'a str) -> Spots<'a> {
        Spots { text, sections, items: sections.iter().flat_map(|section| &section.items).collect() }
    }

    fn of(&self, at: usize, kind: &MarkKind) -> Spot {
        let is_id = matches!(kind, MarkKind::Id(_));
        let section = self.sections.partition_point(|section| section.heading_range.start <= at);
        let Some(section) = section.checked_sub(1) else { return Spot::Opening };
        let elsewhere = Spot::Section(self.sections[section].role);
        let item = self.items.partition_point(|item| item.range.start <= at).checked_sub(1);
        if let Some(index) = item {
            let item = self.items[index];
            if self.reaches(&item.range, at) {
                let nested = item.nested.iter().any(|list| list.contains(&at));
                return if nested && is_id { elsewhere } else { Spot::Item(index) };
            }
            // A paragraph's id may stand on a line of its own behind it, parted by a blank one.
            let apart = self.text[item.range.end..at].trim().is_empty();
            if apart && is_id && item.kind == ItemKind::Paragraph {
                return Spot::Item(index);
            }
        }
        if self.reaches(&self.sections[section].heading_range, at) {
            Spot::Heading(section)
        } else {
            elsewhere
        }
    }
}

impl Spots<'_> {
    /// Whether a mark at `at`, which is not before `range`, stands in it or behind it on its last line.
    fn reaches(&self, range: &Range<usize>, at: usize) -> bool {
        at <= range.end || self.text[range.end..at].chars().all(|c| matches!(c, ' ' | '\t'))
    }
}

impl Beside {
    fn add(&mut self, kind: MarkKind, place: Place, found: &mut Vec<Diagnostic>) {
        let (name, value) = match kind {
            MarkKind::Tag(tag) => return self.tags.push(Placed::new(tag, place)),
            MarkKind::Id(id) => {
                match &self.id {
                    Some(first) => found.push(
                        Diagnostic::error(format!(
                            "`^{id}`: this item already has the id `^{}`",
                            first.value
                        ))
                        .at(place),
                    ),
                    None => self.id = Some(Placed::new(id, place)),
                }
                return;
            }
            MarkKind::Field(name, value) => (name, value),
        };
        let mut values = value
            .split(',')
            .map(|value| value.trim().trim_start_matches(['#', '^', '"']).trim_end_matches('"'))
            .filter(|value| !value.is_empty())
            .map(|value| Placed::new(value.to_owned(), place.clone()))
            .peekable();
        if values.peek().is_none() {
            found.push(Diagnostic::error(format!("the field `{name}` has no value")).at(place));
            return;
        }
        let twice = |found: &mut Vec<Diagnostic>| {
            found
                .push(Diagnostic::error(format!("this item has two fields `{name}`")).at(place.clone()));
        };
        match name.as_str() {
            "requires" => self.requires.extend(values),
            "excludes" => self.excludes.extend(values),
            "proves" => self.proves.extend(values),
            "group" if self.group.is_some() => twice(found),
            "group" => self.group = Some(value),
            "weight" if self.weight.is_some() => twice(found),
            _ => match value.parse() {
                Ok(weight @ 1..=9) => self.weight = Some(weight),
                _ => found.push(
                    Diagnostic::error(format!(
                        "a weight is a whole number from 1 to 9, found `{value}`"
                    ))
                    .at(place),
                ),
            },
        }
    }
}

/// Ids in the note's order: the written ones first have theirs, the others take what is left.
fn ids(items: &[&ItemDraft], beside: &[Beside], found: &mut Vec<Diagnostic>) -> Vec<(String, IdOrigin)> {
    let mut written: BTreeMap<&str, &Place> = BTreeMap::new();
    for id in beside.iter().filter_map(|beside| beside.id.as_ref()) {
        if let Some(first) = written.get(id.value.as_str()) {
            let (line, _) = first.source.line_column(first.span.start);
            found.push(
                id.error(format!("the id `^{}` is written twice, first on line {line}", id.value)),
            );
        } else {
            written.insert(&id.value, &id.place);
        }
    }
    let mut names =
        Names { taken: written.keys().map(|id| (*id).to_owned()).collect(), ..Names::default() };
    (items.iter().zip(beside))
        .map(|(item, beside)| match &beside.id {
            Some(id) => (id.value.clone(), IdOrigin::Written),
            None => {
                let title =
                    item.title.as_ref().map(|title| slug(&title.plain)).filter(|slug| !slug.is_empty());
                let wanted = title.unwrap_or_else(|| shortened(&slug(&item.text.plain)).to_owned());
                let wanted = if wanted.is_empty() { "item" } else { &wanted };
                (names.give(wanted), IdOrigin::Derived)
            }
        })
        .collect()
}

/// Names given so far, none twice.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// The last number tried behind each.
    counts: BTreeMap<String, usize>,
}

impl Names {
    /// `wanted`, or with the first of -2, -3… that is free.
    fn give(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let count = self.counts.entry(wanted.to_owned()).or_insert(1);
        loop {
            *count += 1;
            let name = format!("{wanted}-{count}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// At most [`LONGEST_ID`] characters of a slug, cut at a word where there is one.
fn shortened(slug: &str) -> &str {
    let Some((cut, next)) = slug.char_indices().nth(LONGEST_ID) else { return slug };
    if next == '-' {
        return &slug[..cut];
    }
    slug[..cut].rsplit_once('-').map_or(&slug[..cut], |(words, _)| words)
}

/// The items that this one proves, by their ids.
fn proofs(written: &[Text], ids: &[(String, IdOrigin)], found: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut proofs = Vec::new();
    for text in written {
        let ids = || ids.iter().map(|(id, _)| id.as_str());
        match super::find_id(&text.value, ids()) {
            Ok(id) => proofs.push(id.to_owned()),
            Err(fault) => found.push(fault.diagnostic("this note", text, ids())),
        }
    }
    proofs.dedup();
    proofs
}

/// Every tag of the note, spelled one way: as the vocabulary does, else as it is first written.
struct Tags {
    by_slug: BTreeMap<String, String>,
}

impl Tags {
    fn new(needs: &mut Vec<Need>, beside: &[Beside]) -> Tags {
        let mut by_slug: BTreeMap<String, String> =
            needs.iter().map(|need| (slug(&need.tag), need.tag.clone())).collect();
        for tag in beside.iter().flat_map(|beside| &beside.tags) {
            by_slug.entry(slug(&tag.value)).or_insert_with(|| {
                needs.push(Need::without_words(&tag.value, tag.place.clone()));
                tag.value.clone()
            });
        }
        Tags { by_slug }
    }

    fn canonical(&self, written: &[Text]) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for text in written {
            let tag = self.by_slug.get(&slug(&text.value)).unwrap_or(&text.value);
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }

    /// A gate may test a sector or a stage, which no note knows; but a need misspelled is worth a word.
    fn check(&self, text: &Text, needs: &[Need], found: &mut Vec<Diagnostic>) {
        if self.by_slug.contains_key(&slug(&text.value)) {
            return;
        }
        let warning = text
            .warning(format!(
                "`{}` is no need of this note: only a client's sector or stage can be it",
                text.value
            ))
            .nearest(&text.value, needs.iter().map(|need| need.tag.as_str()));
        if !warning.hints.is_empty() {
            found.push(warning);
        }
    }
}

/// Where messages show an item: its first line.
fn first_line(text: &str, item: &ItemDraft) -> Range<usize> {
    let range = item.range.clone();
    let line = text[range.clone()].find('\n').map_or(range.end, |length| range.start + length);
    range.start..line
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_slugs_are_cut_at_a_word() {
        let sixty = "a".repeat(60);
        assert_eq!(shortened(&sixty), sixty);
        assert_eq!(shortened(&format!("{sixty}-b")), sixty);
        assert_eq!(shortened(&format!("{sixty}b")), sixty);
        assert_eq!(shortened(&format!("un-{sixty}")), "un");
    }
}
