//! Many phrases, looked for at once in a line of words.
//!
//! A phrase is a few words or classes of words. All must stand close together, in any order: people say
//! "trois personnes ont quitté" and "on nous quitte, trois personnes déjà". A cue keeps its order.

use std::collections::HashMap;

use super::language::{Language, Quick, Stems, fold, hash, is_stop_word};
use super::words::words;

/// A word or class of words that a phrase asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Word(u32),
    Class(u16),
}

/// How phrases are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Their words close together, in a line without stop words.
    Any,
    /// Their words one behind the other, at most one between two of three or more, in a line with its stop words.
    Kept,
}

struct Phrase<T> {
    slots: Box<[Slot]>,
    /// One word that is no participle: "charges" is not "chargés".
    noun: bool,
    means: T,
}

/// Phrases of one language, each with what it means.
pub struct Phrases<T> {
    language: Language,
    order: Order,
    /// Number of each stem. Only looked up: its order is never walked.
    stems: HashMap<String, u32, Quick>,
    /// Number of each word as written, of those met: spares the stemmer.
    forms: HashMap<String, u32, Quick>,
    /// Beside each stem, the classes it belongs to.
    classes: Vec<Vec<u16>>,
    names: Vec<String>,
    phrases: Vec<Phrase<T>>,
    /// Beside each stem, the phrases to try when it is met.
    anchored: Vec<Vec<u32>>,
    /// Stems of five letters or more with one letter left out, hashed; sorted.
    misspelt: Vec<(u64, u32)>,
}

/// A phrase found.
#[derive(Clone, Copy, Debug)]
pub struct Found<T> {
    pub means: T,
    /// Places of its words in the line, a bit each.
    pub at: u64,
    pub exact: Exact,
    /// How many words it asks for outright, not by their class.
    pub literal: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    Yes,
    /// One word has a letter too many, too few, wrong or in the wrong place.
    Typo,
}

/// A word of a line, as these phrases know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    stem: u32,
    exact: Exact,
    pub participle: bool,
}

/// A line is looked through up to this many words.
pub const LONGEST: usize = 64;

/// How many other words may stand among the three or more of a phrase.
const SLACK: usize = 2;

impl<T: Copy> Phrases<T> {
    pub fn new(language: Language, order: Order) -> Phrases<T> {
        Phrases {
            language,
            order,
            stems: HashMap::default(),
            forms: HashMap::default(),
            classes: vec![],
            names: vec![],
            phrases: vec![],
            anchored: vec![],
            misspelt: vec![],
        }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    fn number(&mut self, folded: &str, stems: &Stems) -> u32 {
        if let Some(number) = self.forms.get(folded) {
            return *number;
        }
        // A cue is its very words: "à jour" is not "à trois jours".
        let stem = match self.order {
            Order::Any => stems.stem(folded, self.language),
            Order::Kept => folded.to_owned(),
        };
        let next = self.classes.len() as u32;
        let number = *self.stems.entry(stem).or_insert(next);
        if number == next {
            self.classes.push(vec![]);
        }
        self.forms.insert(folded.to_owned(), number);
        number
    }

    /// Declares a class of single words; `<name>` stands for it in phrases that come later.
    pub fn class<'a>(&mut self, name: &str, members: impl Iterator<Item = &'a str>, stems: &Stems) {
        let class = self.names.len() as u16;
        self.names.push(name.to_owned());
        for member in members {
            for word in words(member) {
                let number = self.number(&word.folded, stems) as usize;
                if !self.classes[number].contains(&class) {
                    self.classes[number].push(class);
                }
            }
        }
    }

    /// Adds a phrase. Words that say nothing are left out of it; one of such words alone is never found.
    /// False where it names a class that is not declared, or has nothing to look for.
    pub fn add(&mut self, phrase: &str, means: T, stems: &Stems) -> bool {
        let mut slots = Vec::new();
        for part in phrase.split_whitespace() {
            if let Some(name) = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
                let Some(class) = self.names.iter().position(|known| known == name) else {
                    return false;
                };
                slots.push(Slot::Class(class as u16));
                continue;
            }
            for word in words(part) {
                if self.order == Order::Kept || !word.is_empty(self.language) {
                    slots.push(Slot::Word(self.number(&word.folded, stems)));
                }
            }
        }
        if self.order == Order::Any {
            let mut seen: Vec<Slot> = vec![];
            slots.retain(|slot| {
                !seen.contains(slot) && {
                    seen.push(*slot);
                    true
                }
            });
        }
        if slots.is_empty() || self.order == Order::Any && self.says_nothing(phrase, &slots) {
            return false;
        }
        let noun =
            slots.len() == 1 && self.order == Order::Any && !words(phrase).iter().any(|w| w.participle);
        self.phrases.push(Phrase { slots: slots.into(), noun, means });
        true
    }

    /// Whether what is left of a phrase without its stop words would be found anywhere: negations alone, or one
    /// word of three.
    fn says_nothing(&self, phrase: &str, slots: &[Slot]) -> bool {
        let negation = |slot: &Slot| match slot {
            Slot::Word(stem) => NEGATIONS.iter().any(|word| self.forms.get(*word) == Some(stem)),
            Slot::Class(_) => false,
        };
        slots.iter().all(negation) || slots.len() == 1 && words(phrase).len() >= 3
    }

    /// Makes the indexes, once all phrases are in.
    pub fn finish(mut self) -> Phrases<T> {
        let mut uses = vec![0u32; self.classes.len()];
        for (stem, _) in self.asked() {
            uses[stem] += 1;
        }
        let mut members: Vec<Vec<u32>> = vec![vec![]; self.names.len()];
        for (stem, classes) in self.classes.iter().enumerate() {
            for class in classes {
                members[*class as usize].push(stem as u32);
            }
        }
        self.anchored = vec![vec![]; self.classes.len()];
        for (number, phrase) in self.phrases.iter().enumerate() {
            let rarest = phrase.slots.iter().filter_map(|slot| match slot {
                Slot::Word(stem) => Some(*stem),
                Slot::Class(_) => None,
            });
            match rarest.min_by_key(|stem| uses[*stem as usize]) {
                Some(stem) => self.anchored[stem as usize].push(number as u32),
                None => {
                    let smallest = phrase.slots.iter().filter_map(|slot| match slot {
                        Slot::Class(class) => Some(*class as usize),
                        Slot::Word(_) => None,
                    });
                    let smallest = smallest.min_by_key(|class| members[*class].len());
                    for stem in smallest.into_iter().flat_map(|class| &members[class]) {
                        self.anchored[*stem as usize].push(number as u32);
                    }
                }
            }
        }
        let mut misspelt = Vec::new();
        for (stem, number) in &self.stems {
            if stem.len() >= SHORTEST_STEM && stem.is_ascii() {
                misspelt.push((hash(stem.bytes()), *number));
                misspelt.extend((0..stem.len()).map(|skip| (hash(without(stem, skip)), *number)));
            }
        }
        misspelt.sort_unstable();
        misspelt.dedup();
        self.misspelt = misspelt;
        self
    }

    /// Every word asked for outright, by its stem's number, with what its phrase means.
    pub fn asked(&self) -> impl Iterator<Item = (usize, T)> {
        self.phrases.iter().flat_map(|phrase| {
            phrase.slots.iter().filter_map(|slot| match slot {
                Slot::Word(stem) => Some((*stem as usize, phrase.means)),
                Slot::Class(_) => None,
            })
        })
    }

    /// The word as these phrases know it, by its stem where no phrase has its very form; `typos` says whether a word that none has may be one of theirs,
    /// misspelt.
    pub fn look_up<'s>(
        &self,
        folded: &str,
        stem: impl FnOnce() -> &'s str,
        typos: bool,
    ) -> Option<Known> {
        if let Some(number) = self.forms.get(folded) {
            return Some(Known { stem: *number, exact: Exact::Yes, participle: false });
        }
        if self.order == Order::Kept {
            return None;
        }
        let stem = stem();
        if let Some(number) = self.stems.get(stem) {
            return Some(Known { stem: *number, exact: Exact::Yes, participle: false });
        }
        if !typos || folded.len() < SHORTEST_WORD || stem.len() < SHORTEST_STEM || !stem.is_ascii() {
            return None;
        }
        let near = |hash: u64| {
            let at = self.misspelt.partition_point(|(known, _)| *known < hash);
            self.misspelt.get(at).filter(|(known, _)| *known == hash).map(|(_, number)| *number)
        };
        // A letter too many, too few or wrong leaves the same word once one is left out of each; so do two
        // that changed places.
        near(hash(stem.bytes()))
            .or_else(|| (1..stem.len()).find_map(|skip| near(hash(without(stem, skip)))))
            .map(|number| Known { stem: number, exact: Exact::Typo, participle: false })
    }

    /// Every phrase found in a line of words, without its stop words where order does not count.
    pub fn find(&self, line: &[Option<Known>], found: &mut Vec<Found<T>>) {
        let line = &line[..line.len().min(LONGEST)];
        for (at, known) in line.iter().enumerate() {
            let Some(known) = known else { continue };
            for number in &self.anchored[known.stem as usize] {
                let phrase = &self.phrases[*number as usize];
                if let Some(hit) = self.complete(phrase, line, at) {
                    found.push(hit);
                }
            }
        }
    }

    fn fits(&self, slot: Slot, known: Option<Known>) -> bool {
        known.is_some_and(|known| match slot {
            Slot::Word(stem) => stem == known.stem,
            Slot::Class(class) => self.classes[known.stem as usize].contains(&class),
        })
    }

    /// The phrase around its anchor at `at`.
    fn complete(&self, phrase: &Phrase<T>, line: &[Option<Known>], at: usize) -> Option<Found<T>> {
        let slots = &phrase.slots;
        let mut taken: u64 = 1 << at;
        if phrase.noun && line[at].is_some_and(|known| known.participle) {
            return None;
        }
        let mine = slots.iter().position(|slot| self.fits(*slot, line[at]))?;
        match self.order {
            Order::Kept => {
                // One word may come between where three or more are asked for.
                let reach = if slots.len() > 2 { 2 } else { 1 };
                let mut place = at;
                for slot in slots[..mine].iter().rev() {
                    place = (1..=reach)
                        .filter_map(|back| place.checked_sub(back))
                        .find(|p| self.fits(*slot, line[*p]))?;
                    taken |= 1 << place;
                }
                place = at;
                for slot in &slots[mine + 1..] {
                    place = (place + 1..line.len().min(place + 1 + reach))
                        .find(|p| self.fits(*slot, line[*p]))?;
                    taken |= 1 << place;
                }
            }
            Order::Any => {
                // Two words that meet by chance are common; three are not.
                let slack = if slots.len() == 2 { 0 } else { SLACK };
                let reach = slots.len() + slack - 1;
                let (low, high) = (at.saturating_sub(reach), (at + reach).min(line.len() - 1));
                for (i, slot) in slots.iter().enumerate() {
                    if i == mine {
                        continue;
                    }
                    let place = (1..=reach)
                        .flat_map(|d| [at.checked_sub(d), Some(at + d)])
                        .flatten()
                        .filter(|p| (low..=high).contains(p) && taken & (1 << p) == 0)
                        .find(|p| self.fits(*slot, line[*p]));
                    taken |= 1 << place?;
                }
                let span = (64 - taken.leading_zeros() - taken.trailing_zeros()) as usize;
                if span > slots.len() + slack {
                    return None;
                }
            }
        }
        let typo = (0..line.len())
            .filter(|p| taken & (1 << p) != 0)
            .any(|p| line[p].is_some_and(|known| known.exact == Exact::Typo));
        let exact = if typo { Exact::Typo } else { Exact::Yes };
        let literal = slots.iter().filter(|slot| matches!(slot, Slot::Word(_))).count();
        Some(Found { means: phrase.means, at: taken, exact, literal })
    }
}

/// A typo is forgiven in words of so many letters (FORMATS has no rule; shorter ones are too often other
/// words), and where so many are left when the ending is off.
const SHORTEST_WORD: usize = 6;
const SHORTEST_STEM: usize = 5;

static NEGATIONS: &[&str] = &[
    "pas", "plus", "jamais", "aucun", "aucune", "sans", "ni", "rien", "personne", "non", "no", "not",
    "never", "without", "nobody", "nothing", "none",
];

fn without(word: &str, skip: usize) -> impl Iterator<Item = u8> {
    word.bytes().enumerate().filter(move |(i, _)| *i != skip).map(|(_, b)| b)
}

impl Known {
    /// Number of its stem.
    pub fn stem(self) -> usize {
        self.stem as usize
    }

    /// The same word, written as a participle or not.
    pub fn written(self, participle: bool) -> Known {
        Known { participle, ..self }
    }
}

/// Whether a phrase tells by its very words: without those that say nothing, one at most is left, which would be found
/// anywhere ("sous l'eau", "dans sa tête"). None where even its very words are said of anything.
pub fn is_saying(phrase: &str, language: Language) -> Option<bool> {
    let classes = phrase.matches('<').count();
    let words: Vec<String> = phrase
        .split_whitespace()
        .filter(|part| !part.starts_with('<'))
        .flat_map(words)
        .map(|word| word.folded)
        .collect();
    let telling: Vec<&String> = words.iter().filter(|word| !is_stop_word(word, language)).collect();
    if classes + words.len() < 2 || classes + telling.len() > 1 {
        return Some(false);
    }
    let plain = classes > 0 || telling.iter().any(|word| !NEGATIONS.contains(&word.as_str()));
    (plain || words.len() >= LONG_SAYING).then_some(true)
}

/// So many words together tell even where each says nothing: "il n'y a que lui".
const LONG_SAYING: usize = 4;

/// The words of a phrase that say something, folded.
pub fn telling(phrase: &str, language: Language) -> Vec<String> {
    words(phrase)
        .into_iter()
        .map(|word| fold(&word.folded))
        .filter(|word| !is_stop_word(word, language))
        .collect()
}
