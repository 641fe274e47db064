//! What an offer listens for: its own words, and the concepts of the lexicon that its needs and items are
//! about.

use std::fmt;

use super::lines::lines;
use super::spelling::Spelling;
use super::topics::Topics;
use crate::locale::Locale;
use crate::proposal::lexicon::phrases::{Found, Order, Phrases, telling};
use crate::proposal::lexicon::{Concept, Language, Lexicon, Sense, lexicon};
use crate::proposal::offer::{Item, Offer, Role};

/// What a phrase of the offer's own stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// One of the need's `words`, or its tag.
    Word(u16),
    /// One of them that names what one has: its absence tells, as well as its mention.
    Remedy(u16),
    /// One of them that is a single word said of many things: "prix", "team".
    Common(u16),
    /// A word of its label, or of a longer phrase of its `words`.
    Part(u16),
    /// A word that few items have.
    Item(u16),
}

/// An offer's needs and items as a listener knows them. Made once an offer.
pub struct Vocabulary {
    /// How many needs the offer names.
    pub(super) needs: usize,
    /// The needs' phrases letter by letter, without the small words of each language.
    spelt: [Spelling; 2],
    pub(super) topics: Topics,
    /// What the offer is written in.
    pub(super) language: Language,
    pub(super) french: Phrases<Own>,
    pub(super) english: Phrases<Own>,
    /// Beside each concept of the lexicon, the needs it speaks for, with how strongly: 1 to [`FULL`].
    pub(super) links: Vec<Vec<(u16, i64)>>,
    /// Beside each reason and benefit (in the note's order of all items), its concepts.
    pub(super) items: Vec<Vec<u16>>,
    /// Beside each item, the place of the need it is mainly about.
    pub(super) mains: Vec<Option<u16>>,
}

/// A concept that is the need's own.
pub(super) const FULL: i64 = 8;

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Vocabulary({} concepts)", self.links.iter().filter(|links| !links.is_empty()).count())
    }
}

impl Vocabulary {
    pub fn of(offer: &Offer) -> Vocabulary {
        let lexicon = lexicon();
        let language = match offer.lang {
            Some(Locale::Fr) | None => Language::French,
            Some(_) => Language::English,
        };
        let items: Vec<(Role, &Item)> =
            offer.items().map(|(section, item)| (section.role, item)).collect();
        let listened = |role: Role| matches!(role, Role::Reasons | Role::Benefits);
        let profiles: Vec<Vec<(u16, i64)>> =
            (items.iter())
                .map(|(role, item)| {
                    if listened(*role) { about(&text_of(item), language, lexicon, ITEM) } else { vec![] }
                })
                .collect();
        Vocabulary {
            language,
            french: own(offer, &items, Language::French, language, lexicon),
            english: own(offer, &items, Language::English, language, lexicon),
            needs: offer.needs.len(),
            spelt: [Language::French, Language::English].map(|of| Spelling::new(offer, of)),
            topics: Topics::new(offer, &items, language, &lexicon.stems),
            links: links(offer, &items, &profiles, language, lexicon),
            mains: items.iter().map(|(_, item)| place_of(offer, item.main_need()?)).collect(),
            items: profiles
                .into_iter()
                .map(|profile| profile.into_iter().map(|(c, _)| c).collect())
                .collect(),
        }
    }

    pub(super) fn spelling(&self, language: Language) -> &Spelling {
        &self.spelt[language as usize]
    }

    pub(super) fn own(&self, language: Language) -> &Phrases<Own> {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

/// The place of a need among the offer's.
fn place_of(offer: &Offer, tag: &str) -> Option<u16> {
    offer.needs.iter().position(|need| need.tag == tag).map(|need| need as u16)
}

pub(super) fn text_of(item: &Item) -> String {
    let title = item.title.as_ref().map_or("", |title| title.plain.as_str());
    format!("{title}. {}", item.text.plain)
}

/// What naming, telling or hinting at a concept adds to it, in some place of the offer.
#[derive(Clone, Copy)]
struct Worth {
    name: i64,
    said: i64,
    hint: i64,
}

const TAG: Worth = Worth { name: 7, said: 4, hint: 2 };
const LABEL: Worth = Worth { name: 6, said: 5, hint: 2 };
const WORD: Worth = Worth { name: 3, said: 3, hint: 1 };
const ITEM: Worth = Worth { name: 2, said: 2, hint: 1 };

/// The concepts a text is about, by number, each with its points; a concept counts once a phrase.
fn about(text: &str, language: Language, lexicon: &Lexicon, worth: Worth) -> Vec<(u16, i64)> {
    let mut points: Vec<(u16, i64)> = Vec::new();
    let mut found: Vec<Found<Concept>> = Vec::new();
    for line in lines(text, language, lexicon) {
        found.clear();
        line.concepts(lexicon, &mut found);
        for (i, hit) in found.iter().enumerate() {
            let number = hit.means.number;
            let shadowed = found.iter().enumerate().any(|(j, other)| {
                other.means.number == number
                    && (rank(other.means.sense), i) > (rank(hit.means.sense), j)
                    && other.at & hit.at != 0
                    && i != j
            });
            if shadowed {
                continue;
            }
            let worth = match hit.means.sense {
                Sense::Name => worth.name,
                Sense::Said | Sense::Lack => worth.said,
                Sense::Hint => worth.hint,
            };
            match points.iter_mut().find(|(known, _)| *known == number) {
                Some((_, sum)) => *sum += worth,
                None => points.push((number, worth)),
            }
        }
    }
    points
}

fn rank(sense: Sense) -> u8 {
    match sense {
        Sense::Name => 3,
        Sense::Said | Sense::Lack => 2,
        Sense::Hint => 1,
    }
}

/// Finds the concepts of each need: by its tag and label first, its words next, then the items that serve
/// it. A concept that clearly belongs to another need is left to it; several that it belongs to share it.
fn links(
    offer: &Offer,
    items: &[(Role, &Item)],
    profiles: &[Vec<(u16, i64)>],
    language: Language,
    lexicon: &Lexicon,
) -> Vec<Vec<(u16, i64)>> {
    let count = lexicon.concepts().len();
    // Points of each need for each concept.
    let mut degrees: Vec<Vec<i64>> = vec![vec![0; count]; offer.needs.len()];
    for (need, degrees) in offer.needs.iter().zip(&mut degrees) {
        let mut add = |text: &str, worth: Worth, most: i64| {
            for (concept, points) in about(text, language, lexicon, worth) {
                degrees[concept as usize] += points.min(most);
            }
        };
        add(&need.tag.replace(['-', '_', '/'], " "), TAG, 8);
        if need.label != need.tag {
            add(&need.label, LABEL, 8);
        }
        for word in &need.words {
            add(word, WORD, 3);
        }
        let serving: Vec<usize> =
            (0..items.len()).filter(|i| items[*i].1.tags.contains(&need.tag)).collect();
        let mut from_items = vec![0; count];
        for item in serving {
            for (concept, points) in &profiles[item] {
                // An item that serves several needs says less of each.
                let share = items[item].1.tags.len().max(1) as i64;
                from_items[*concept as usize] += points.min(&3) * 2 / share;
            }
        }
        for (degree, more) in degrees.iter_mut().zip(from_items) {
            *degree += more.min(4);
        }
        for id in &need.concepts {
            if let Some(concept) = lexicon.number(id) {
                degrees[concept as usize] += 24;
            }
        }
    }
    let mut links: Vec<Vec<(u16, i64)>> = vec![vec![]; count];
    let strongest: Vec<i64> = degrees.iter().map(|d| d.iter().copied().max().unwrap_or(0)).collect();
    for concept in 0..count {
        let of_concept = |degrees: &Vec<i64>| degrees[concept];
        let best = degrees.iter().map(of_concept).max().unwrap_or(0);
        if best < LEAST {
            continue;
        }
        // A concept of several needs tells little of each: of all that an energy adviser does, "chauffage" says which no more.
        let all: i64 = degrees.iter().map(of_concept).filter(|degree| degree * 2 >= best).sum();
        for (need, degrees) in degrees.iter().enumerate() {
            let degree = degrees[concept];
            if degree >= LEAST && degree * 2 >= best && degree * OWN >= strongest[need] {
                links[concept].push((need as u16, degree.min(FULL) * degree / all));
            }
        }
    }
    links
}

/// A concept of less than one part in so many of a need's strongest is only brushed by it.
const OWN: i64 = 3;

/// A word that the phrases of more concepts have is said of anything.
const COMMON: usize = 20;

/// A word that the phrases of more concepts have is alone no sign of one need.
const SAID_OF_MANY: usize = 12;

/// Points below which a concept is not the need's.
const LEAST: i64 = 4;

/// What one of a need's `words` tells of it. The lexicon of the offer's language alone is asked: the other may never be read.
fn means_of(word: &str, need: u16, written: Language, lexicon: &Lexicon) -> Own {
    let spoken = lexicon.spoken(written);
    let parts = telling(word, written);
    let stems: Vec<String> = parts.iter().map(|part| lexicon.stems.stem(part, written)).collect();
    if spoken.is_remedy(stems.iter().map(String::as_str)) {
        Own::Remedy(need)
    } else if parts.len() == 1 && spoken.spread(&parts[0], &lexicon.stems) > SAID_OF_MANY {
        Own::Common(need)
    } else {
        Own::Word(need)
    }
}

/// The offer's own phrases, in the stems of one language.
fn own(
    offer: &Offer,
    items: &[(Role, &Item)],
    language: Language,
    written: Language,
    lexicon: &Lexicon,
) -> Phrases<Own> {
    let stems = &lexicon.stems;
    let mut phrases = Phrases::new(language, Order::Any);
    // Beside each word that says something, the needs and items that have it.
    let mut of_needs: Vec<(String, u16)> = Vec::new();
    for (number, need) in offer.needs.iter().enumerate() {
        let number = number as u16;
        for word in need.words.iter().chain([&need.tag.replace(['-', '_', '/'], " ")]) {
            let means = means_of(word, number, written, lexicon);
            phrases.add(word, means, stems);
            if word.contains('-') {
                phrases.add(&word.replace('-', ""), means, stems);
            }
            let parts = telling(word, language);
            if parts.len() > 1 {
                of_needs.extend(parts.into_iter().map(|part| (stems.stem(&part, language), number)));
            }
        }
        if language == written {
            of_needs.extend(
                telling(&need.label, language)
                    .into_iter()
                    .map(|part| (stems.stem(&part, language), number)),
            );
        }
    }
    of_needs.sort();
    of_needs.dedup();
    for (stem, number) in &of_needs {
        let shared = of_needs.iter().filter(|(other, _)| other == stem).count();
        if shared == 1 && tells(stem) {
            phrases.add(stem, Own::Part(*number), stems);
        }
    }
    if language == written {
        let mut of_items: Vec<(String, u16)> = Vec::new();
        for (number, (role, item)) in items.iter().enumerate() {
            if matches!(role, Role::Reasons | Role::Benefits) {
                let words = telling(&text_of(item), language)
                    .into_iter()
                    .filter(|word| lexicon.spoken(language).spread(word, stems) <= COMMON);
                of_items.extend(words.map(|word| (stems.stem(&word, language), number as u16)));
            }
        }
        of_items.sort();
        of_items.dedup();
        let few = (items.len() / 8).clamp(1, 3);
        for (stem, number) in &of_items {
            let shared = of_items.iter().filter(|(other, _)| other == stem).count();
            if shared <= few && tells(stem) {
                phrases.add(stem, Own::Item(*number), stems);
            }
        }
    }
    phrases.finish()
}

/// Whether a stem says something of a need: long enough, no number, and none of the words that every offer is
/// made of.
fn tells(stem: &str) -> bool {
    stem.len() >= 4
        && !stem.as_bytes()[0].is_ascii_digit()
        && !SMALL.contains(&stem)
        && !EVERYWHERE.iter().any(|word| stem.starts_with(word))
}

static EVERYWHERE: &[&str] = &[
    "amelior",
    "optimis",
    "entrepris",
    "societ",
    "besoin",
    "equip",
    "client",
    "travail",
    "nouv",
    "grand",
    "petit",
    "premi",
    "personn",
    "mieux",
    "plus",
    "moins",
    "sans",
    "jour",
    "mois",
    "anne",
    "seul",
    "mettr",
    "pouv",
    "savoir",
    "trouv",
    "permet",
    "aider",
    "assur",
    "accompagn",
    "prend",
    "rendr",
    "rest",
    "voir",
    "rapid",
    "vite",
    "simpl",
    "temps",
    "rien",
    "jamais",
    "aucun",
    "trop",
    "avant",
    "fois",
    "gens",
    "help",
    "make",
    "need",
    "team",
    "client",
    "customer",
    "compan",
    "business",
    "work",
    "time",
    "year",
    "month",
    "week",
    "people",
    "person",
    "know",
    "take",
    "give",
    "keep",
    "good",
    "well",
    "first",
    "every",
    "never",
    "nobody",
    "thing",
    "still",
    "small",
    "firm",
    "want",
    "look",
    "find",
    "marche",
    "chose",
    "cher",
    "dehors",
    "nuit",
    "lundi",
    "vrai",
    "chef",
    "patron",
    "parti",
    "pass",
    "arriv",
    "demand",
    "vient",
    "compt",
];

/// Stems that count, place and connect: of no subject.
static SMALL: &[&str] = &[
    "deux",
    "trois",
    "quatr",
    "cinq",
    "sept",
    "huit",
    "neuf",
    "onze",
    "douz",
    "quinz",
    "vingt",
    "trent",
    "quarant",
    "cinquant",
    "soixant",
    "cent",
    "mill",
    "milli",
    "demi",
    "quart",
    "moiti",
    "doubl",
    "dernier",
    "second",
    "certain",
    "puis",
    "ensuit",
    "enfin",
    "toujour",
    "souvent",
    "parfois",
    "maintenan",
    "aujourd",
    "hier",
    "demain",
    "matin",
    "soir",
    "midi",
    "heur",
    "minut",
    "semain",
    "hiver",
    "automn",
    "printemp",
    "quelqu",
    "chacun",
    "three",
    "four",
    "five",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelv",
    "twenti",
    "thirti",
    "forti",
    "fifti",
    "hundr",
    "thousand",
    "half",
    "third",
    "quarter",
    "last",
    "next",
    "other",
    "anoth",
    "someon",
    "somebodi",
    "nothing",
    "anyth",
    "someth",
    "today",
    "tomorrow",
    "yesterday",
    "morn",
    "even",
    "night",
    "hour",
    "often",
    "always",
    "again",
];
