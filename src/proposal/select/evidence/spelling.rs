//! How much of an offer's own phrases is heard letter by letter: *restaurer* for "restauration", *cyberataque* for "cyberattaque", half of
//! "contrat de maintenance" in *maintenance*.
//!
//! Two words are alike by the groups of three letters they share (Dice's coefficient of trigrams); a phrase is heard as far
//! as its words are. It is no proof of a need, but of two needs as well heard it tells which is meant.

use std::collections::BTreeMap;

use super::super::super::lexicon::Language;
use super::super::super::lexicon::phrases::telling;
use super::super::super::offer::Offer;
use super::lines::Line;

/// What is heard in full.
pub(super) const WHOLE: i64 = 64;

/// The phrases of an offer's needs, in trigrams.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling {
    /// Beside each word, how many trigrams it has.
    sizes: Vec<i64>,
    /// Trigrams, sorted, each with a word that has it.
    index: Vec<(u32, u16)>,
    /// A need and the words of one of its phrases.
    phrases: Vec<(u16, Vec<u16>)>,
}

/// How near a need's phrases the texts come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likeness<'t> {
    /// Of the phrase heard best, up to [`WHOLE`].
    pub share: i64,
    /// What was heard of it.
    pub quote: &'t str,
}

impl Spelling {
    pub fn new(offer: &Offer, language: Language) -> Spelling {
        let mut spelling = Spelling::default();
        let mut known: BTreeMap<String, u16> = BTreeMap::new();
        for (number, need) in offer.needs.iter().enumerate() {
            for phrase in &need.words {
                let mut words = Vec::new();
                for word in telling(phrase, language) {
                    words.push(*known.entry(word).or_insert_with_key(|word| spelling.add(word)));
                }
                if !words.is_empty() {
                    spelling.phrases.push((number as u16, words));
                }
            }
        }
        spelling.index.sort_unstable();
        spelling
    }

    fn add(&mut self, word: &str) -> u16 {
        let place = self.sizes.len() as u16;
        let all = trigrams(word);
        self.sizes.push(all.len() as i64);
        self.index.extend(all.into_iter().map(|trigram| (trigram, place)));
        place
    }

    /// Raises what is known of each need to what a line says of it, in the words that `counts` holds to be said of the client.
    pub fn listen<'t>(
        &self,
        line: &Line<'t>,
        mut counts: impl FnMut(usize) -> bool,
        likenesses: &mut [Likeness<'t>],
    ) {
        let mut best = vec![(0, 0); self.sizes.len()];
        let mut shared = vec![0; self.sizes.len()];
        let mut touched: Vec<u16> = Vec::new();
        for i in &line.telling {
            let all = trigrams(&line.words[*i].folded);
            for trigram in &all {
                let from = self.index.partition_point(|(known, _)| known < trigram);
                let same = self.index[from..].iter().take_while(|(known, _)| known == trigram);
                for (_, place) in same {
                    if shared[*place as usize] == 0 {
                        touched.push(*place);
                    }
                    shared[*place as usize] += 1;
                }
            }
            for place in touched.drain(..).map(usize::from) {
                let like = 2 * WHOLE * shared[place] / (self.sizes[place] + all.len() as i64);
                shared[place] = 0;
                if like > best[place].0 {
                    best[place] = (like, *i);
                }
            }
        }
        for (need, words) in &self.phrases {
            let heard = words.iter().map(|word| best[usize::from(*word)]);
            let share = heard.clone().map(|(like, _)| like).sum::<i64>() / words.len() as i64;
            let likeness = &mut likenesses[*need as usize];
            let (_, nearest) = heard.max().unwrap_or_default();
            if share > likeness.share && counts(nearest) {
                *likeness = Likeness { share, quote: &line.text[line.quote(1 << nearest)] };
            }
        }
    }
}

/// A word's groups of three letters, each once, with a mark at both its ends.
fn trigrams(word: &str) -> Vec<u32> {
    let bytes = word.as_bytes();
    let at = |i: usize| if i == 0 || i > bytes.len() { b'^' } else { bytes[i - 1] };
    let mut all: Vec<u32> =
        (0..bytes.len()).map(|i| u32::from_be_bytes([0, at(i), at(i + 1), at(i + 2)])).collect();
    all.sort_unstable();
    all.dedup();
    all
}
