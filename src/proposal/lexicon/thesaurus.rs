//! What people talk of when they need a thing: `topics/*.txt`, some hundred words a topic in each language, readable and yours to
//! extend.
//!
//! A topic is a trouble for which one calls a trade (`[fleet.accidents]`). Its words prove nothing one by one: "cartons" may be
//! a warehouse's, a shop's or a move's. Of the few needs of one offer they tell which is meant. The build script reads the files
//! and writes the words' stems, sorted by hash, each with its topics; here they are looked up where they lie in the binary.

use std::ops::Range;
use std::sync::LazyLock;

use super::language::{Language, hash};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/topics.bin"));

/// Topics and their words.
pub struct Thesaurus {
    /// Ids, in the order of their numbers.
    topics: Vec<&'static str>,
    /// The topics of each trade, which stand together.
    trades: Vec<Range<usize>>,
    words: [Words; 2],
    /// By language, a line a topic: its entries as written, commas between them.
    texts: [&'static str; 2],
}

/// The words of one language.
struct Words {
    /// Hashes of stems, ascending, eight bytes each.
    hashes: &'static [u8],
    /// Four bytes each: where a word's topics begin in `postings`, and where the last word's end.
    starts: &'static [u8],
    /// Two bytes each.
    postings: &'static [u8],
}

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The fewer topics have it, the more it tells: the binary logarithm of how many topics there are to one that has
    /// it, in eighths.
    pub rarity: i64,
    postings: &'static [u8],
}

/// The shipped thesaurus.
pub fn thesaurus() -> &'static Thesaurus {
    static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| Thesaurus::read(BYTES));
    &THESAURUS
}

impl Thesaurus {
    fn read(bytes: &'static [u8]) -> Thesaurus {
        let mut rest = bytes;
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at(count);
            rest = tail;
            head
        };
        let mut sized = |size: usize| {
            let count = take(4).try_into().map_or(0, u32::from_le_bytes) as usize;
            take(count * size)
        };
        let text = |bytes: &'static [u8]| std::str::from_utf8(bytes).unwrap_or_default();
        let ids = text(sized(1));
        let mut words = || Words { hashes: sized(8), starts: sized(4), postings: sized(2) };
        let words = [words(), words()];
        let topics: Vec<&str> = ids.lines().collect();
        let mut trades: Vec<Range<usize>> = vec![];
        for of_trade in topics.chunk_by(|a, b| trade_of(a) == trade_of(b)) {
            let start = trades.last().map_or(0, |trade| trade.end);
            trades.push(start..start + of_trade.len());
        }
        Thesaurus { topics, trades, words, texts: [text(sized(1)), text(sized(1))] }
    }

    /// Ids of all topics.
    pub fn topics(&self) -> &[&'static str] {
        &self.topics
    }

    /// The numbers of the topics of each trade.
    pub fn trades(&self) -> &[Range<usize>] {
        &self.trades
    }

    /// The number of a topic, by its id.
    pub fn number(&self, topic: &str) -> Option<u16> {
        self.topics.iter().position(|known| *known == topic).map(|number| number as u16)
    }

    /// What stands in the files for each topic, in the order of their numbers: words and short phrases, as written.
    pub fn entries(&self, language: Language) -> impl Iterator<Item = std::str::Split<'static, char>> {
        self.texts[language as usize].split('\n').map(|line| line.split(','))
    }

    /// What is known of a word, by its stem.
    pub fn look_up(&self, stem: &str, language: Language) -> Option<Entry> {
        let words = &self.words[language as usize];
        let at = words.place(hash(stem.bytes()))?;
        let postings = &words.postings[words.start(at) * 2..words.start(at + 1) * 2];
        let share = (self.topics.len() * 2 / postings.len()).max(1) as u64;
        // Eighths of a binary logarithm, by the fourth power: quarters, twice.
        Some(Entry { rarity: i64::from(share.saturating_pow(4).ilog2()) * 2, postings })
    }
}

/// The trade that the id of a topic begins with.
fn trade_of(topic: &str) -> &str {
    topic.split('.').next().unwrap_or_default()
}

impl Words {
    /// Hashes lie evenly, so the place of one is told by its size; a few steps lead to it.
    fn place(&self, hash: u64) -> Option<usize> {
        let count = self.hashes.len() / 8;
        let known =
            |at: usize| self.hashes[at * 8..].first_chunk().map_or(0, |b| u64::from_le_bytes(*b));
        let mut at = ((u128::from(hash) * count as u128) >> 64) as usize;
        while at < count && known(at) < hash {
            at += 1;
        }
        while at > 0 && (at == count || known(at) > hash) {
            at -= 1;
        }
        (at < count && known(at) == hash).then_some(at)
    }

    fn start(&self, at: usize) -> usize {
        self.starts[at * 4..].first_chunk().map_or(0, |b| u32::from_le_bytes(*b) as usize)
    }
}

impl Entry {
    /// The topics that have the word, each with how much of it: 2, or 1 where it is but one word of two.
    pub fn topics(&self) -> impl Iterator<Item = (u16, i64)> {
        self.postings.chunks_exact(2).map(|pair| {
            let posting = u16::from_le_bytes([pair[0], pair[1]]);
            (posting / 2, i64::from(posting % 2) + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::{Language, Stems};
    use super::thesaurus;

    /// Each word of the files is found where it stands, the rarer the more it tells; no other is.
    #[test]
    fn words_lead_to_their_topics() {
        let (thesaurus, stems) = (thesaurus(), Stems::default());
        let topics = |word: &str, language: Language| -> Vec<&str> {
            let entry = thesaurus.look_up(&stems.stem(word, language), language);
            entry
                .into_iter()
                .flat_map(|entry| entry.topics().collect::<Vec<_>>())
                .map(|(topic, _)| thesaurus.topics()[topic as usize])
                .collect()
        };
        assert!(topics("retroviseurs", Language::French).contains(&"fleet.accidents-insurance"));
        assert!(topics("bumper", Language::English).iter().any(|topic| topic.starts_with("fleet.")));
        assert_eq!(topics("zzzzzz", Language::French), Vec::<&str>::new());
        let rarity = |word: &str| {
            thesaurus
                .look_up(&stems.stem(word, Language::French), Language::French)
                .map(|entry| entry.rarity)
        };
        assert!(rarity("retroviseur") > rarity("client"));
    }

    /// The topics of a trade stand together, and what stands in the files is found by its topic.
    #[test]
    fn topics_stand_by_trade() {
        let thesaurus = thesaurus();
        let names: Vec<&str> = thesaurus
            .trades()
            .iter()
            .map(|trade| super::trade_of(thesaurus.topics()[trade.start]))
            .collect();
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(names.len(), once.len());
        for language in [Language::French, Language::English] {
            assert_eq!(thesaurus.entries(language).count(), thesaurus.topics().len());
            let topic = thesaurus.number("fleet.accidents-insurance").unwrap();
            let word = if language == Language::French { "rétroviseur" } else { "bumper" };
            assert!(thesaurus.entries(language).nth(topic as usize).unwrap().any(|entry| entry == word));
        }
    }

    #[test]
    fn every_topic_has_words_in_both_languages() {
        let thesaurus = thesaurus();
        for words in &thesaurus.words {
            let mut seen = vec![0; thesaurus.topics().len()];
            for pair in words.postings.chunks_exact(2) {
                seen[usize::from(u16::from_le_bytes([pair[0], pair[1]]) / 2)] += 1;
            }
            let poor: Vec<&str> = (thesaurus.topics().iter().zip(&seen))
                .filter(|(_, count)| **count < 20)
                .map(|(topic, _)| *topic)
                .collect();
            assert_eq!(poor, Vec::<&str>::new(), "topics of fewer than twenty words");
        }
    }
}
