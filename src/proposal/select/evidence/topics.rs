//! What the talk turns on: words of the thesaurus, and of which of an offer's needs they are.
//!
//! A need finds the topics that are most like it by the words it has itself: its `words`, its label, its items; and of those the
//! ones of the trades that the whole offer is of. A word of notes then speaks for the needs whose topics have it: the more, the rarer
//! the word is among all topics and the fewer needs share it. After explicit semantic analysis (Gabrilovich and Markovitch 2007),
//! with our topics for its articles.

use std::collections::BTreeMap;

use super::super::super::lexicon::language::Stems;
use super::super::super::lexicon::phrases::telling;
use super::super::super::lexicon::thesaurus::{Entry, Thesaurus, thesaurus};
use super::super::super::lexicon::{Language, Lexicon};
use super::super::super::offer::{Item, Need, Offer, Role};
use super::lines::Line;

/// The topics of an offer's needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    /// Beside each topic of the thesaurus, the needs it speaks for, with how strongly: 1 to [`FULL`].
    needs: Vec<Vec<(u16, i64)>>,
    /// Beside the stem of each word of an offer's `hints`, by language, what it hints at.
    hints: [BTreeMap<String, Vec<Hint>>; 2],
}

/// What one word of a hint tells.
#[derive(Clone, Debug)]
struct Hint {
    need: u16,
    /// The stems of its other words.
    others: Vec<String>,
}

/// How much of a talk turns on a need.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Talk<'t> {
    /// In parts of [`POINT`].
    pub said: i64,
    /// The sentence that says most of it, the topic that it speaks of, and how much it says.
    pub quote: &'t str,
    /// None where it is the offer's own `hints`.
    pub topic: Option<u16>,
    most: i64,
}

/// What one word says of a need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub need: u16,
    /// How much the word is the need's own: to twice [`FULL`].
    pub strength: i64,
    /// By which topic; None: by the offer's own `hints`.
    pub topic: Option<u16>,
    /// In parts of [`POINT`]: the more, the rarer the word is and the fewer needs share it.
    pub says: i64,
}

/// What makes a point: a rare word that only one need has says some seven of them.
pub(super) const POINT: i64 = 1024;

/// A topic that is the need's own.
pub(super) const FULL: i64 = 64;

/// One word of a hint of several.
const PART: i64 = FULL * 3 / 4;

/// The rarity of a hint that no topic has: as of a word of two of them.
const UNKNOWN: i64 = 76;

/// The rarity of a hint at least: alone it is still heard, if little.
const LEAST_RARE: i64 = 32;

/// A need is of so many topics at most, each at least half as like it as the first.
const MOST_TOPICS: usize = 6;
/// What a topic must be like a need at least: as of three words of an item that few topics have.
const LEAST: i64 = 200;
/// A topic that has so many parts of what the need says, of so many, is the need's own.
const OWN: (i64, i64) = (4, 5);

/// What a word of a need says of its topics, by where it stands.
const WORD: i64 = 6;
const LABEL: i64 = 2;
const ITEM: i64 = 3;
/// In an item that serves the need besides another.
const SECOND: i64 = 2;

impl Topics {
    pub fn new(offer: &Offer, items: &[(Role, &Item)], language: Language, stems: &Stems) -> Topics {
        let thesaurus = thesaurus();
        let words: Vec<BTreeMap<String, i64>> =
            offer.needs.iter().map(|need| words_of(need, items, language, stems)).collect();
        let mut shared: BTreeMap<&str, i64> = BTreeMap::new();
        for word in words.iter().flat_map(BTreeMap::keys) {
            *shared.entry(word).or_default() += 1;
        }
        let count = thesaurus.topics().len();
        // Beside each need, how like each topic is, and the most that one could be.
        let likenesses: Vec<(Vec<i64>, i64)> = (words.iter())
            .map(|words| {
                let (mut likeness, mut most) = (vec![0; count], 0);
                for (word, weight) in words {
                    if let Some(entry) = thesaurus.look_up(word, language) {
                        let weight = weight * entry.rarity / shared[word.as_str()];
                        most += weight * 2;
                        for (topic, alone) in entry.topics() {
                            likeness[topic as usize] += weight * alone;
                        }
                    }
                }
                (likeness, most)
            })
            .collect();
        let trades = trades(thesaurus, &likenesses);
        let mut needs = vec![vec![]; count];
        for (number, (likeness, most)) in likenesses.into_iter().enumerate() {
            // An author's hints stand for topics: those that she has not named, she has struck.
            if !offer.needs[number].hints.is_empty() {
                continue;
            }
            let mut best: Vec<(i64, usize)> = (likeness.into_iter().enumerate())
                .map(|(topic, likeness)| (likeness * trades[topic] / FULL, topic))
                .collect();
            best.sort_by_key(|(likeness, topic)| (std::cmp::Reverse(*likeness), *topic));
            let first = best.first().map_or(0, |(likeness, _)| *likeness);
            for (likeness, topic) in best.into_iter().take(MOST_TOPICS) {
                if likeness >= LEAST && likeness * 2 >= first {
                    let strength = likeness * FULL * OWN.1 / most / OWN.0;
                    needs[topic].push((number as u16, strength.min(FULL)));
                }
            }
        }
        for (number, need) in offer.needs.iter().enumerate() {
            for topic in need.concepts.iter().filter_map(|id| thesaurus.number(id)) {
                needs[topic as usize].retain(|(of, _)| *of != number as u16);
                needs[topic as usize].push((number as u16, FULL));
            }
        }
        let hints = [Language::French, Language::English].map(|of| hints(offer, of, stems));
        Topics { needs, hints }
    }

    /// Whether a topic, by its number, speaks for any need.
    pub fn has_topic(&self, topic: usize) -> bool {
        !self.needs[topic].is_empty()
    }

    /// Whether the offer's `hints` have a word.
    pub fn has_hint(&self, stem: &str, language: Language) -> bool {
        self.hints[language as usize].contains_key(stem)
    }

    /// Puts into `said` what a word says of each need that it speaks for; `with` tells which stems stand beside it.
    pub fn said_by(
        &self,
        stem: &str,
        language: Language,
        with: impl Fn(&str) -> bool,
        said: &mut Vec<Said>,
    ) {
        said.clear();
        let entry = thesaurus().look_up(stem, language);
        let mut rarity = entry.map_or(UNKNOWN, |entry| entry.rarity);
        let mut speak = |need: u16, strength: i64, topic: Option<u16>| {
            let one = Said { need, strength, topic, says: 0 };
            match said.iter_mut().find(|known| known.need == need) {
                Some(known) if known.strength < strength => *known = one,
                Some(_) => {}
                None => said.push(one),
            }
        };
        match self.hints[language as usize].get(stem) {
            // What the author says of a word is all that it says.
            Some(hints) => {
                for hint in hints {
                    let whole = hint.others.iter().all(|other| with(other));
                    if hint.others.is_empty() {
                        rarity = rarity.max(LEAST_RARE);
                    }
                    speak(hint.need, if whole { FULL * 2 } else { PART }, None);
                }
            }
            None => {
                for (topic, alone) in entry.iter().flat_map(Entry::topics) {
                    for (need, strength) in &self.needs[topic as usize] {
                        speak(*need, strength * alone, Some(topic));
                    }
                }
            }
        }
        // A need that is like a topic by next to nothing has no strength at all.
        let all = said.iter().map(|one| one.strength).sum::<i64>().max(1);
        for one in said {
            one.says = rarity * one.strength * one.strength / all;
        }
    }

    /// Adds what the words of a line say of each need; `counts` tells whether a word is said of the client.
    pub fn listen<'t>(
        &self,
        line: &Line<'t>,
        lexicon: &Lexicon,
        mut counts: impl FnMut(usize) -> bool,
        talks: &mut [Talk<'t>],
    ) {
        let mut said = vec![];
        // Beside each need, what the line says of it; its word that says most, and how much.
        let mut sums = vec![(0, 0, 0, None); talks.len()];
        for i in &line.telling {
            self.said_by(
                line.stem(*i, lexicon),
                line.language,
                |other| line.telling.iter().any(|j| line.stem(*j, lexicon) == other),
                &mut said,
            );
            if said.is_empty() || !counts(*i) {
                continue;
            }
            for one in &said {
                let (sum, most, word, topic) = &mut sums[one.need as usize];
                *sum += one.says;
                if one.says > *most {
                    (*most, *word, *topic) = (one.says, *i, one.topic);
                }
            }
        }
        for (talk, (sum, _, word, topic)) in talks.iter_mut().zip(sums) {
            talk.said += sum;
            if sum > talk.most {
                *talk =
                    Talk { said: talk.said, quote: &line.text[line.quote(1 << word)], topic, most: sum };
            }
        }
    }
}

/// The stems that a need is told by, each with its weight.
fn words_of(
    need: &Need,
    items: &[(Role, &Item)],
    language: Language,
    stems: &Stems,
) -> BTreeMap<String, i64> {
    let mut words = BTreeMap::new();
    let mut add = |text: &str, weight: i64| {
        for word in telling(text, language) {
            let known = words.entry(stems.stem(&word, language)).or_default();
            *known = weight.max(*known);
        }
    };
    add(&need.tag.replace(['-', '_', '/'], " "), LABEL);
    add(&need.label, LABEL);
    for word in &need.words {
        add(word, WORD);
    }
    for (role, item) in items {
        if matches!(role, Role::Reasons | Role::Benefits) && item.tags.contains(&need.tag) {
            let main = item.main_need() == Some(need.tag.as_str());
            add(&super::vocabulary::text_of(item), if main { ITEM } else { SECOND });
        }
    }
    words
}

/// Beside the stem of each word of the hints, in the stems of one language, what it hints at.
fn hints(offer: &Offer, language: Language, stems: &Stems) -> BTreeMap<String, Vec<Hint>> {
    let mut hints: BTreeMap<String, Vec<Hint>> = BTreeMap::new();
    for (number, need) in offer.needs.iter().enumerate() {
        for hint in &need.hints {
            let words: Vec<String> =
                telling(hint, language).iter().map(|word| stems.stem(word, language)).collect();
            for (i, word) in words.iter().enumerate() {
                let others = [&words[..i], &words[i + 1..]].concat();
                hints.entry(word.clone()).or_default().push(Hint { need: number as u16, others });
            }
        }
    }
    hints
}

/// Beside each topic, how much of the offer its trade is: [`FULL`] the one that most needs are like.
fn trades(thesaurus: &Thesaurus, likenesses: &[(Vec<i64>, i64)]) -> Vec<i64> {
    let mut trades: Vec<i64> = vec![0; thesaurus.trades().len()];
    for (likeness, _) in likenesses {
        let first = likeness.iter().copied().max().unwrap_or(0).max(1);
        for (topics, of) in thesaurus.trades().iter().zip(&mut trades) {
            let best = likeness[topics.clone()].iter().copied().max().unwrap_or(0) * FULL / first;
            *of += best * best / FULL;
        }
    }
    let most = trades.iter().copied().max().unwrap_or(0).max(1);
    let each = thesaurus.trades().iter().zip(trades);
    each.flat_map(|(topics, of)| topics.clone().map(move |_| of * FULL / most)).collect()
}
