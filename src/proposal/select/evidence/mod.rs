//! What the notes of a call betray of a client's needs, and which words betray it.
//!
//! Sentences ([`lines`]) → phrases of the lexicon and of the offer ([`vocabulary`]), numbers that tell
//! ([`numbers`]) → what the words around make of each → points of each need, clause by clause. Nothing is learnt and nothing is
//! random: a line of the lexicon can be pointed at for every point.

mod lines;
mod numbers;
mod proposals;
mod spelling;
mod topics;
mod vocabulary;

use std::collections::BTreeMap;
use std::ops::Range;

use lines::{Line, Turn, lines};
use spelling::{Likeness, WHOLE};
use topics::{POINT, Talk};
use vocabulary::{FULL, Own};

pub use proposals::Proposal;
pub use vocabulary::Vocabulary;

use super::super::lexicon::phrases::Exact;
use super::super::lexicon::thesaurus::thesaurus;
use super::super::lexicon::words::words;
use super::super::lexicon::{Sense, lexicon};

/// What is known of a client besides declared needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Private.
    pub notes: Option<&'a str>,
    pub summary: Option<&'a str>,
    pub sector: Option<&'a str>,
    pub stage: Option<&'a str>,
    pub headcount: Option<u32>,
}

impl<'a> Situation<'a> {
    /// Its texts, the notes first.
    fn texts(&self) -> impl Iterator<Item = &'a str> {
        [self.notes, self.summary, self.sector, self.stage].into_iter().flatten()
    }

    /// Words said twice or more that neither the offer nor the lexicon knows, the most frequent first: what a
    /// vocabulary may lack. Words in `names` are left out.
    pub fn unknown_words(&self, vocabulary: &Vocabulary, names: &str) -> Vec<(String, usize)> {
        const SHORTEST: usize = 5;
        let lexicon = lexicon();
        let names: Vec<String> = words(names).into_iter().map(|word| word.folded).collect();
        let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for text in self.texts() {
            for line in lines(text, vocabulary.language, lexicon) {
                let own = vocabulary.own(line.language);
                let spoken = lexicon.spoken(line.language);
                for i in &line.telling {
                    let word = &line.words[*i];
                    let stem = line.stem(*i, lexicon);
                    let known = own.look_up(&word.folded, || stem, true).is_some()
                        || vocabulary.topics.has_hint(stem, line.language)
                        || spoken.concepts.look_up(&word.folded, || stem, true).is_some()
                        || spoken.cues.look_up(&word.folded, || stem, false).is_some();
                    let digits = word.folded.bytes().any(|b| b.is_ascii_digit());
                    if known || digits || word.folded.len() < SHORTEST || names.contains(&word.folded) {
                        continue;
                    }
                    counts
                        .entry(stem.to_owned())
                        .or_insert((text[word.range.clone()].to_lowercase(), 0))
                        .1 += 1;
                }
            }
        }
        let mut counts: Vec<(String, usize)> =
            counts.into_values().filter(|(_, count)| *count > 1).collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

/// What was heard.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// Needs with some evidence, the strongest first.
    pub needs: Vec<HeardNeed>,
    /// Beside each item of the offer, how close the texts come to it: 0 to [`CLOSEST`].
    pub close: Vec<i64>,
    /// The same without a limit: what chooses in a note that names no needs.
    pub near: Vec<i64>,
    /// Beside each item of the offer, whether it speaks of its price.
    pub priced: Vec<bool>,
}

/// One need that the texts speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardNeed {
    /// Its place in the offer's needs.
    pub need: usize,
    pub points: i64,
    /// The strongest first.
    pub evidence: Vec<Evidence>,
}

/// Words that betray a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// As in the texts.
    pub quote: String,
    /// The concept of the lexicon that they speak of; None where they are the offer's own words.
    pub concept: Option<&'static str>,
    pub points: i64,
}

/// The most that closeness to the texts adds to an item: less than its least need.
pub(super) const CLOSEST: i64 = 3;

/// Points of one clause for one need.
#[derive(Clone, Debug)]
struct Mention {
    need: usize,
    /// What speaks plainly, the best of the clause.
    plain: i64,
    /// What only hints, together.
    hints: i64,
    quote: Range<usize>,
    concept: Option<u16>,
}

/// Points of what is heard. A word alone may be said in passing; two or three together are no accident.
const SAID: [i64; 3] = [4, 6, 7];
/// Numbers that tell leave little doubt.
const TREND: i64 = 8;
const NAME: [i64; 3] = [4, 6, 6];
const HINT: i64 = 1;
const OWN_WORD: [i64; 3] = [6, 8, 8];
/// A word said of many things: "prix", "team".
const OWN_COMMON: i64 = 3;
const OWN_PART: i64 = 1;
/// A word that few items have: what an item says of its reader is often what the client says of himself.
const OWN_ITEM: i64 = 1;
/// What a need gets besides where one of its phrases is heard letter by letter.
const ALIKE: i64 = 6;
/// The most that hints add in one clause.
const MOST_HINTS: i64 = 4;

impl Heard {
    /// Listens to the notes, the summary, the sector and the stage, and to `spoken`: needs in free words.
    pub fn new(vocabulary: &Vocabulary, situation: &Situation, spoken: &[String]) -> Heard {
        let mut listener = Listener {
            vocabulary,
            mentions: vec![],
            denied: vec![],
            concepts: vec![],
            stems: vec![0; vocabulary.items.len()],
            headcount: situation.headcount,
            likenesses: vec![Likeness::default(); vocabulary.needs],
            talks: vec![Talk::default(); vocabulary.needs],
        };
        let mut needs: Vec<HeardNeed> = Vec::new();
        for text in situation.texts().chain(spoken.iter().map(String::as_str)) {
            listener.listen(text);
            for mention in listener.mentions.drain(..) {
                let points = mention.plain + mention.hints.min(MOST_HINTS);
                let evidence = Evidence {
                    quote: text[mention.quote].to_owned(),
                    concept: mention.concept.map(|number| lexicon().concepts()[number as usize]),
                    points,
                };
                credit(&mut needs, mention.need, evidence);
            }
        }
        for (need, talk) in listener.talks.iter().enumerate() {
            let points = talk.said / POINT;
            if points > 0 {
                let concept = talk.topic.map(|topic| thesaurus().topics()[topic as usize]);
                let evidence = Evidence { quote: talk.quote.to_owned(), concept, points };
                credit(&mut needs, need, evidence);
            }
        }
        for need in &mut needs {
            let denied = listener.denied.iter().filter(|(of, _)| *of == need.need);
            need.points -= denied.map(|(_, points)| points).sum::<i64>();
            let alike = listener.likenesses[need.need];
            // No more than twice what the words around have left of it: a likeness alone proves nothing.
            let points = (alike.share * ALIKE / WHOLE).min(need.points * 2);
            if points > 0 {
                need.points += points;
                need.evidence.push(Evidence { quote: alike.quote.to_owned(), concept: None, points });
            }
            need.evidence.sort_by_key(|evidence| std::cmp::Reverse(evidence.points));
        }
        needs.retain(|need| need.points > 0);
        // Ties in the offer's order.
        needs.sort_by_key(|heard| (std::cmp::Reverse(heard.points), heard.need));
        let near: Vec<i64> = (vocabulary.items.iter().zip(&listener.stems))
            .map(|(concepts, stems)| {
                let shared =
                    concepts.iter().filter(|concept| listener.concepts.contains(concept)).count() as i64;
                shared + i64::from(*stems) / 2
            })
            .collect();
        let close = near.iter().map(|near| (*near).min(CLOSEST)).collect();
        let price = ["costs", "pricing"].map(|id| lexicon().number(id));
        let priced = (vocabulary.items.iter())
            .map(|concepts| concepts.iter().any(|concept| price.contains(&Some(*concept))))
            .collect();
        Heard { needs, close, near, priced }
    }
}

/// Gives a need the points of its evidence.
fn credit(needs: &mut Vec<HeardNeed>, need: usize, evidence: Evidence) {
    let points = evidence.points;
    match needs.iter_mut().find(|known| known.need == need) {
        Some(known) => {
            known.points += points;
            known.evidence.push(evidence);
        }
        None => needs.push(HeardNeed { need, points, evidence: vec![evidence] }),
    }
}

struct Listener<'v> {
    vocabulary: &'v Vocabulary,
    mentions: Vec<Mention>,
    /// Needs that the texts put aside, with how plainly.
    denied: Vec<(usize, i64)>,
    /// Concepts told or named, and not put aside.
    concepts: Vec<u16>,
    /// Beside each item, how many of its own words were heard.
    stems: Vec<u32>,
    headcount: Option<u32>,
    /// Beside each need, how near its phrases the texts come.
    likenesses: Vec<Likeness<'v>>,
    /// Beside each need, how much of the talk turns on its topics.
    talks: Vec<Talk<'v>>,
}

impl<'v> Listener<'v> {
    fn listen(&mut self, text: &'v str) {
        let lexicon = lexicon();
        let lines = lines(text, self.vocabulary.language, lexicon);
        let mut told_first = false;
        let preamble = preamble(&lines);
        for (i, line) in lines.iter().enumerate() {
            let next = lines.get(i + 1);
            let turn = |at: u64| Turn { ahead: i < preamble, ..line.turn(at, next) };
            // Whether a clause speaks of the client and is not put aside: asked once, of its first word.
            let mut aside: Vec<Option<bool>> = vec![None; line.clauses.len()];
            let mut counts = |word: usize| {
                let aside = *aside[line.clauses[word] as usize].get_or_insert_with(|| {
                    let turn = turn(1 << word);
                    turn.ahead || turn.denied || turn.elsewhere
                });
                let missed =
                    || lexicon.spoken(line.language).is_remedy([line.stem(word, lexicon)].into_iter());
                !aside && (!line.is_negated(word) || missed())
            };
            self.vocabulary.spelling(line.language).listen(line, &mut counts, &mut self.likenesses);
            // "Ce qui l'empêche de dormir ? Les impayés."
            let first = told_first && line.answers;
            let mut clauses: Vec<Clause> = Vec::new();
            let mut concepts = Vec::new();
            line.concepts(lexicon, &mut concepts);
            // Words of a phrase say together what they say: a "bilan carbone" is no balance sheet.
            let together: u64 =
                concepts.iter().filter(|hit| hit.literal > 1).fold(0, |all, hit| all | hit.at);
            // But where the author says what they hint at.
            let hinted =
                |word: usize| self.vocabulary.topics.has_hint(line.stem(word, lexicon), line.language);
            let counts = |word: usize| (together & (1 << word) == 0 || hinted(word)) && counts(word);
            self.vocabulary.topics.listen(line, lexicon, counts, &mut self.talks);
            for hit in &concepts {
                let turn = turn(hit.at);
                let (points, kind) = match hit.means.sense {
                    Sense::Name => (by_length(NAME, hit.at), Kind::Plain),
                    Sense::Said => (by_length(SAID, hit.at), Kind::Plain),
                    Sense::Lack => {
                        if !(turn.negated || turn.unable || turn.wanted) || turn.denied {
                            continue;
                        }
                        (by_length(NAME, hit.at) + 1, Kind::Missed)
                    }
                    Sense::Hint => (HINT, Kind::Hint),
                };
                let points = if hit.exact == Exact::Typo { points * 2 / 3 } else { points };
                let Some(points) = self.weigh(points, kind, turn, first) else {
                    if kind == Kind::Plain && turn.denied {
                        for (need, strength) in &self.vocabulary.links[hit.means.number as usize] {
                            self.denied.push((*need as usize, points * strength / FULL / 4));
                        }
                    }
                    continue;
                };
                if kind != Kind::Hint && !self.concepts.contains(&hit.means.number) {
                    self.concepts.push(hit.means.number);
                }
                for (need, strength) in &self.vocabulary.links[hit.means.number as usize] {
                    let points = if kind == Kind::Hint { points } else { points * strength / FULL };
                    add(
                        &mut clauses,
                        line,
                        hit.at,
                        *need as usize,
                        points,
                        kind,
                        Some(hit.means.number),
                    );
                }
            }
            for trend in numbers::trends(line, self.headcount) {
                let turn = turn(trend.at);
                let Some(number) = lexicon.number(trend.concept) else { continue };
                if let Some(points) = self.weigh(TREND, Kind::Missed, turn, first) {
                    self.concepts.push(number);
                    for (need, strength) in &self.vocabulary.links[number as usize] {
                        add(
                            &mut clauses,
                            line,
                            trend.at,
                            *need as usize,
                            points * strength / FULL,
                            Kind::Plain,
                            Some(number),
                        );
                    }
                }
            }
            let mut own = Vec::new();
            line.find(self.vocabulary.own(line.language), lexicon, &mut own);
            for hit in &own {
                let turn = turn(hit.at);
                let (need, points, kind) = match hit.means {
                    Own::Word(need) => (need as usize, by_length(OWN_WORD, hit.at), Kind::Plain),
                    Own::Remedy(need) => (need as usize, by_length(OWN_WORD, hit.at), Kind::Missed),
                    Own::Common(need) => (need as usize, OWN_COMMON, Kind::Plain),
                    Own::Part(need) => (need as usize, OWN_PART, Kind::Hint),
                    Own::Item(item) => {
                        if !turn.denied && !turn.negated {
                            self.stems[item as usize] += 1;
                        }
                        match self.vocabulary.mains[item as usize] {
                            Some(need) if hit.exact == Exact::Yes => {
                                (need as usize, OWN_ITEM, Kind::Hint)
                            }
                            _ => continue,
                        }
                    }
                };
                let points = if hit.exact == Exact::Typo { points * 2 / 3 } else { points };
                // Part of a phrase that speaks of something else: "des choses en double" doubles nothing.
                let elsewhere = hit.literal == 1
                    && concepts.iter().any(|other| {
                        other.literal > 1
                            && other.at & hit.at == hit.at
                            && !self.vocabulary.links[other.means.number as usize]
                                .iter()
                                .any(|(of, _)| *of as usize == need)
                    });
                let points = if elsewhere { points / 2 } else { points };
                match self.weigh(points, kind, turn, first) {
                    Some(points) => add(&mut clauses, line, hit.at, need, points, kind, None),
                    None if kind != Kind::Hint => self.denied.push((need, points / 4)),
                    None => {}
                }
            }
            // In one clause the need that is plainly meant keeps the others quiet.
            for clause in &clauses {
                let sum = |m: &Mention| m.plain + m.hints.min(MOST_HINTS);
                let best = clause.mentions.iter().map(sum).max().unwrap_or(0);
                for mention in &clause.mentions {
                    let mut mention = mention.clone();
                    if sum(&mention) * 3 < best * 2 {
                        mention.plain /= 3;
                        mention.hints = 0;
                    }
                    if sum(&mention) > 0 {
                        self.mentions.push(mention);
                    }
                }
            }
            told_first = line.cues.iter().any(|cue| cue.means == super::super::lexicon::Cue::First);
        }
    }

    /// What the words around leave of a phrase's points; None where they put it aside.
    fn weigh(&self, points: i64, kind: Kind, turn: Turn, first: bool) -> Option<i64> {
        if turn.denied || turn.negated && kind != Kind::Missed {
            return None;
        }
        let mut points = points;
        if turn.wanted || turn.unable {
            points = points * 5 / 4;
        }
        if turn.first || first {
            points = points * 3 / 2;
        }
        if turn.later || turn.ahead {
            points /= 2;
        }
        if turn.elsewhere {
            points /= 3;
        }
        Some(points)
    }
}

/// How many sentences stand before the client's own matter: those that a talk begins with, half of which put something aside or
/// are of somebody else. "Pas de souci de trésorerie, les équipes tiennent. Ce qui coince : les devis."
fn preamble(lines: &[Line]) -> usize {
    let comes = |i: &usize| {
        lines[*i].turns() && lines[..*i].iter().filter(|line| line.clears()).count() * 2 >= *i
    };
    (1..lines.len()).find(comes).unwrap_or(0)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// A remedy that is missed: a negation is what makes it tell.
    Missed,
    Hint,
}

/// The mentions of one clause of a line.
struct Clause {
    number: u16,
    mentions: Vec<Mention>,
}

fn add(
    clauses: &mut Vec<Clause>,
    line: &Line,
    at: u64,
    need: usize,
    points: i64,
    kind: Kind,
    concept: Option<u16>,
) {
    if points <= 0 {
        return;
    }
    let number = line.clauses[at.trailing_zeros() as usize];
    let clause = match clauses.iter().position(|clause| clause.number == number) {
        Some(known) => &mut clauses[known],
        None => {
            clauses.push(Clause { number, mentions: vec![] });
            clauses.last_mut().expect("just pushed")
        }
    };
    let mention = match clause.mentions.iter().position(|mention| mention.need == need) {
        Some(known) => &mut clause.mentions[known],
        None => {
            clause.mentions.push(Mention { need, plain: 0, hints: 0, quote: line.quote(at), concept });
            clause.mentions.last_mut().expect("just pushed")
        }
    };
    match kind {
        Kind::Hint => mention.hints += points,
        Kind::Plain | Kind::Missed => {
            if points > mention.plain {
                mention.plain = points;
                mention.quote = line.quote(at);
                mention.concept = concept;
            }
        }
    }
}

fn by_length(points: [i64; 3], at: u64) -> i64 {
    points[(at.count_ones() as usize - 1).min(2)]
}
