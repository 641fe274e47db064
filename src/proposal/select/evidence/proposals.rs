//! Words of the thesaurus that an author may take for `hints` of a need.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::lexicon::lexicon;
use super::super::super::lexicon::phrases::telling;
use super::super::super::lexicon::thesaurus::thesaurus;
use super::super::super::offer::{Need, Offer};
use super::Vocabulary;
use super::topics::{FULL, POINT};

/// Words of one topic, those first that say most of the need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub topic: &'static str,
    pub words: Vec<&'static str>,
}

/// So many words are proposed for one need.
const MOST: usize = 40;
/// An entry of more telling words is seldom said again.
const LONGEST: usize = 2;
/// What an entry says of its need, at least.
const LEAST: i64 = POINT / 4;
/// And so many parts, of so many, of all that it says.
const SHARE: (i64, i64) = (2, 5);

/// A topic is proposed where it is a third of the way to being the need's own.
const CLEAR: i64 = FULL / 3;

impl Vocabulary {
    /// Beside each need of the offer, entries of its topics that speak of it more than of any other: by topic, the one that says most
    /// first. None that the offer has already, no two of the same stems, and none for a need that has `hints`: they stand for topics.
    pub fn proposals(&self, offer: &Offer) -> Vec<Vec<Proposal>> {
        let thesaurus = thesaurus();
        let own =
            |need: &Need| [&need.words[..], &need.hints[..], std::slice::from_ref(&need.label)].concat();
        let mut known: BTreeSet<Vec<String>> =
            offer.needs.iter().flat_map(own).map(|text| self.stemmed(&text)).collect();
        // Beside each need, entries with what they say of it and by which topic.
        let mut found: Vec<Vec<(i64, &str, u16)>> = vec![vec![]; offer.needs.len()];
        for (topic, entries) in thesaurus.entries(self.language).enumerate() {
            if !self.topics.has_topic(topic) {
                continue;
            }
            for entry in entries {
                let stems = self.stemmed(entry);
                if (1..=LONGEST).contains(&stems.len())
                    && !known.contains(&stems)
                    && let Some((need, says, topic)) = self.most_said(&stems)
                {
                    found[need].push((says, entry, topic));
                    known.insert(stems);
                }
            }
        }
        (found.into_iter())
            .map(|mut entries| {
                entries.sort_by_key(|(says, entry, _)| (Reverse(*says), *entry));
                entries.truncate(MOST);
                let mut topics: BTreeMap<u16, (i64, Vec<&str>)> = BTreeMap::new();
                for (says, entry, topic) in entries {
                    let (sum, words) = topics.entry(topic).or_default();
                    *sum += says;
                    words.push(entry);
                }
                let mut topics: Vec<(i64, u16, Vec<&str>)> =
                    topics.into_iter().map(|(topic, (sum, words))| (sum, topic, words)).collect();
                topics.sort_by_key(|(sum, topic, _)| (Reverse(*sum), *topic));
                let name = |topic: u16| thesaurus.topics()[topic as usize];
                topics
                    .into_iter()
                    .map(|(_, topic, words)| Proposal { topic: name(topic), words })
                    .collect()
            })
            .collect()
    }

    /// The stems of the words of a phrase that say something.
    fn stemmed(&self, phrase: &str) -> Vec<String> {
        let stems = &lexicon().stems;
        telling(phrase, self.language).iter().map(|word| stems.stem(word, self.language)).collect()
    }

    /// The need that words together speak of most, how much they say of it, and by which topic; None where they say little, or
    /// as much of others.
    fn most_said(&self, stems: &[String]) -> Option<(usize, i64, u16)> {
        let mut said = vec![];
        let mut says: Vec<(i64, Option<u16>)> = vec![(0, None); self.needs];
        for stem in stems {
            self.topics.said_by(stem, self.language, |_| false, &mut said);
            for one in &said {
                let (sum, by) = &mut says[one.need as usize];
                *sum += one.says / stems.len() as i64;
                if one.strength >= CLEAR {
                    *by = by.or(one.topic);
                }
            }
        }
        let all: i64 = says.iter().map(|(says, _)| says).sum();
        let need = (0..says.len()).max_by_key(|need| (says[*need].0, Reverse(*need)))?;
        let (most, topic) = says[need];
        if most >= LEAST && most * SHARE.1 >= all * SHARE.0 { Some((need, most, topic?)) } else { None }
    }
}
