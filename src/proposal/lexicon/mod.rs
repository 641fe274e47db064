//! How people say on the phone what they need: the program's own lexicon of business French and English.
//!
//! `data/*.txt` hold it, readable and yours to extend: concepts (`[cash]`), each with the names an offer gives it, what callers say,
//! and single words that hint at it. The same concepts stand in both languages, so an offer in one hears
//! notes in the other. An offer's needs find their concepts by their own label, words and items; nothing needs to be
//! declared.

pub mod language;
pub mod phrases;
pub mod thesaurus;
pub mod words;

use std::collections::HashSet;
use std::sync::{LazyLock, OnceLock};

use language::{Stems, fold};
use phrases::{Order, Phrases, is_saying};

pub use language::{Language, is_stop_word};

/// What a phrase of the lexicon says of its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// How an offer names it, and what a caller may call it.
    Name,
    /// What a caller who has the problem says.
    Said,
    /// A remedy: its absence is the problem.
    Lack,
    /// One word that alone proves nothing.
    Hint,
}

/// What a phrase means: a concept of the lexicon, by its number, and in which sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concept {
    pub number: u16,
    pub sense: Sense,
}

/// What turns the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Not a subject: settled, not wanted, no worry.
    Denied,
    /// Asked for.
    Wanted,
    /// The main subject.
    First,
    /// The talk comes to the client's own matter.
    Turns,
    /// A lesser one.
    Later,
    /// Someone else's.
    Elsewhere,
    /// Cannot, has not enough: no denial.
    Unable,
}

/// The phrases of one language.
pub struct Spoken {
    pub concepts: Phrases<Concept>,
    /// Those that are told by their very words, in their order.
    pub sayings: Phrases<Concept>,
    pub cues: Phrases<Cue>,
    /// Stems of what one has, of which the absence tells a need.
    remedies: HashSet<String>,
    /// Beside each stem of `concepts`, how many concepts ask for it.
    spread: Vec<usize>,
}

impl Spoken {
    /// Whether one of the words of a phrase, given by their stems, is something one has: "pas de PRA" is a need, "pas de panne" none.
    pub fn is_remedy<'s>(&self, mut stems: impl Iterator<Item = &'s str>) -> bool {
        stems.any(|stem| self.remedies.contains(stem))
    }

    /// How many concepts have a phrase with this word: one of many is said of anything.
    pub fn spread(&self, folded: &str, stems: &Stems) -> usize {
        let stem = stems.stem(folded, self.concepts.language());
        let known = self.concepts.look_up(folded, || &stem, false);
        known.and_then(|known| self.spread.get(known.stem())).copied().unwrap_or(0)
    }
}

/// Concepts and phrases of both languages.
pub struct Lexicon {
    /// Ids of the concepts, sorted.
    concepts: Vec<&'static str>,
    /// Each is read when first listened for.
    french: OnceLock<Spoken>,
    english: OnceLock<Spoken>,
    pub stems: Stems,
}

static FRENCH: &[&str] = &[
    include_str!("data/classes.fr.txt"),
    include_str!("data/cues.fr.txt"),
    include_str!("data/money.fr.txt"),
    include_str!("data/people.fr.txt"),
    include_str!("data/work.fr.txt"),
    include_str!("data/market.fr.txt"),
    include_str!("data/company.fr.txt"),
    include_str!("data/sites.fr.txt"),
    include_str!("data/tools.fr.txt"),
];
static ENGLISH: &[&str] = &[
    include_str!("data/classes.en.txt"),
    include_str!("data/cues.en.txt"),
    include_str!("data/money.en.txt"),
    include_str!("data/people.en.txt"),
    include_str!("data/work.en.txt"),
    include_str!("data/market.en.txt"),
    include_str!("data/company.en.txt"),
    include_str!("data/sites.en.txt"),
    include_str!("data/tools.en.txt"),
];

/// The shipped lexicon, read when first asked for.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Lexicon {
        let heads = FRENCH.iter().chain(ENGLISH).flat_map(|file| file.lines());
        let mut concepts: Vec<&str> = heads
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
            .filter(|name| !name.starts_with(['<', '!']))
            .collect();
        concepts.sort_unstable();
        concepts.dedup();
        let (french, english) = (OnceLock::new(), OnceLock::new());
        Lexicon { concepts, french, english, stems: Stems::default() }
    }

    /// Ids of all concepts, sorted.
    pub fn concepts(&self) -> &[&'static str] {
        &self.concepts
    }

    pub fn number(&self, concept: &str) -> Option<u16> {
        self.concepts.binary_search(&concept).ok().map(|number| number as u16)
    }

    pub fn spoken(&self, language: Language) -> &Spoken {
        let (cell, files) = match language {
            Language::French => (&self.french, FRENCH),
            Language::English => (&self.english, ENGLISH),
        };
        cell.get_or_init(|| {
            let blocks: Vec<Block> = files.iter().flat_map(|file| read(file)).collect();
            spoken(&blocks, language, &|name| self.number(name), &self.stems)
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Class,
    Concept,
    Cue,
}

/// `[name]` and its lines, each a key and phrases between commas; a line that begins with a space goes on
/// with the key before.
struct Block {
    kind: Kind,
    name: &'static str,
    lines: Vec<(&'static str, &'static str)>,
}

fn read(file: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in file.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (kind, name) = match head.split_at(1) {
                ("<", rest) => (Kind::Class, rest.trim_end_matches('>')),
                ("!", rest) => (Kind::Cue, rest),
                _ => (Kind::Concept, head),
            };
            blocks.push(Block { kind, name, lines: vec![] });
        } else if let Some(block) = blocks.last_mut() {
            if line.starts_with(' ') {
                let key = block.lines.last().map_or("", |(key, _)| key);
                block.lines.push((key, line));
            } else {
                block.lines.push(line.split_once(' ').unwrap_or((line, "")));
            }
        }
    }
    blocks
}

fn entries(line: &str) -> impl Iterator<Item = &str> {
    line.split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

fn spoken(
    blocks: &[Block],
    language: Language,
    number: &impl Fn(&str) -> Option<u16>,
    stems: &Stems,
) -> Spoken {
    let mut concepts = Phrases::new(language, Order::Any);
    let mut sayings = Phrases::new(language, Order::Kept);
    let mut cues = Phrases::new(language, Order::Kept);
    let mut remedies = HashSet::new();
    for block in blocks.iter().filter(|block| block.kind == Kind::Class) {
        if block.name == "remedy" {
            let members = block.lines.iter().flat_map(|(_, line)| entries(line));
            remedies.extend(members.map(|word| stems.stem(&fold(word), language)));
            continue;
        }
        let members = || block.lines.iter().flat_map(|(_, line)| entries(line));
        concepts.class(block.name, members(), stems);
        sayings.class(block.name, members(), stems);
        cues.class(block.name, members(), stems);
    }
    for block in blocks {
        for (key, line) in &block.lines {
            for phrase in entries(line) {
                match block.kind {
                    Kind::Cue => {
                        if let Some(cue) = cue(block.name) {
                            cues.add(phrase, cue, stems);
                        }
                    }
                    Kind::Concept => {
                        if let (Some(number), Some(sense)) = (number(block.name), sense(key)) {
                            let concept = Concept { number, sense };
                            match is_saying(phrase, language) {
                                Some(true) => sayings.add(phrase, concept, stems),
                                Some(false) => concepts.add(phrase, concept, stems),
                                None => false,
                            };
                        }
                    }
                    Kind::Class => {}
                }
            }
        }
    }
    let concepts = concepts.finish();
    let mut asked: Vec<(usize, u16)> =
        concepts.asked().map(|(stem, concept)| (stem, concept.number)).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut spread = vec![0; asked.last().map_or(0, |(stem, _)| stem + 1)];
    for (stem, _) in asked {
        spread[stem] += 1;
    }
    Spoken { concepts, sayings: sayings.finish(), cues: cues.finish(), remedies, spread }
}

fn cue(name: &str) -> Option<Cue> {
    Some(match name {
        "denied" => Cue::Denied,
        "wanted" => Cue::Wanted,
        "first" => Cue::First,
        "turns" => Cue::Turns,
        "later" => Cue::Later,
        "elsewhere" => Cue::Elsewhere,
        "unable" => Cue::Unable,
        _ => return None,
    })
}

fn sense(key: &str) -> Option<Sense> {
    Some(match key {
        "name" => Sense::Name,
        "said" => Sense::Said,
        "lack" => Sense::Lack,
        "hint" => Sense::Hint,
        _ => return None,
    })
}
