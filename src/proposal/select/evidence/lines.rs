//! Notes as sentences: their language, what each says, and what turns it.

use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};

use crate::proposal::lexicon::phrases::{Found, Known, LONGEST, Phrases};
use crate::proposal::lexicon::words::{Gap, Word, words};
use crate::proposal::lexicon::{Concept, Cue, Language, Lexicon};

/// One sentence of a text.
pub(super) struct Line<'t> {
    pub text: &'t str,
    pub words: Vec<Word>,
    /// Beside each word, its stem, made when first asked for.
    stems: Vec<OnceCell<String>>,
    pub language: Language,
    /// Places in `words` of those that say something.
    pub telling: Vec<usize>,
    /// Beside each word, its clause: counted from 0, at commas and conjunctions.
    pub clauses: Vec<u16>,
    /// Beside each word, its part: clauses up to a `but`.
    pub parts: Vec<u16>,
    pub cues: Vec<Found<Cue>>,
    /// The line before ended with a question mark.
    pub answers: bool,
}

/// The sentences of a text, at most [`LONGEST`] words each, in the language that each speaks, else the text, else `otherwise`.
pub(super) fn lines<'t>(text: &'t str, otherwise: Language, lexicon: &Lexicon) -> Vec<Line<'t>> {
    let mut sentences: Vec<Vec<Word>> = Vec::new();
    for word in words(text) {
        let starts = word.before >= Gap::Question || sentences.last().is_none_or(|s| s.len() >= LONGEST);
        match sentences.last_mut() {
            Some(sentence) if !starts => sentence.push(word),
            _ => sentences.push(vec![word]),
        }
    }
    let majority = language_of(sentences.iter().flatten(), otherwise);
    sentences.into_iter().map(|words| Line::new(text, words, majority, lexicon)).collect()
}

/// The language that most of the words speak; `otherwise` where none or as many speak the other.
fn language_of<'w>(words: impl Iterator<Item = &'w Word>, otherwise: Language) -> Language {
    let (mut french, mut english) = (0, 0);
    for word in words {
        french += usize::from(word.is_empty(Language::French));
        english += usize::from(word.is_empty(Language::English));
    }
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => Language::French,
        std::cmp::Ordering::Less => Language::English,
        std::cmp::Ordering::Equal => otherwise,
    }
}

impl<'t> Line<'t> {
    fn new(text: &'t str, words: Vec<Word>, majority: Language, lexicon: &Lexicon) -> Line<'t> {
        let language = language_of(words.iter(), majority);
        let telling: Vec<usize> = (0..words.len()).filter(|i| !words[*i].is_empty(language)).collect();
        let (mut clause, mut part) = (0, 0);
        let (mut clauses, mut parts) =
            (Vec::with_capacity(words.len()), Vec::with_capacity(words.len()));
        for (i, word) in words.iter().enumerate() {
            if i > 0 {
                let turn = is_turn(&word.folded);
                let joins = matches!(word.folded.as_str(), "et" | "and" | "puis" | "then")
                    && words.get(i + 1).is_some_and(|next| is_subject(&next.folded));
                clause += u16::from(word.before == Gap::Clause || turn || joins);
                part += u16::from(turn);
            }
            clauses.push(clause);
            parts.push(part);
        }
        let mut line = Line {
            text,
            answers: words.first().is_some_and(|word| word.before == Gap::Question),
            stems: vec![OnceCell::new(); words.len()],
            words,
            language,
            telling,
            clauses,
            parts,
            cues: vec![],
        };
        let known: Vec<Option<Known>> = {
            let cues = &lexicon.spoken(language).cues;
            // A cue is its very words.
            line.words.iter().map(|word| cues.look_up(&word.folded, || "", false)).collect()
        };
        let mut cues = Vec::new();
        lexicon.spoken(language).cues.find(&known, &mut cues);
        // Of two cues, the longer says it: "pas la priorité" is no priority.
        let all = cues.clone();
        cues.retain(|cue| !all.iter().any(|other| cue.at & other.at == cue.at && cue.at != other.at));
        line.cues = cues;
        line
    }

    /// The stem of a word in the line's language.
    pub fn stem(&self, word: usize, lexicon: &Lexicon) -> &str {
        self.stems[word].get_or_init(|| lexicon.stems.stem(&self.words[word].folded, self.language))
    }

    /// What `phrases` find here; places are in `words`.
    pub fn find<T: Copy>(&self, phrases: &Phrases<T>, lexicon: &Lexicon, found: &mut Vec<Found<T>>) {
        let known: Vec<Option<Known>> = (self.telling.iter())
            .map(|i| {
                let known = phrases.look_up(&self.words[*i].folded, || self.stem(*i, lexicon), true);
                known.map(|known| known.written(self.words[*i].participle))
            })
            .collect();
        let from = found.len();
        phrases.find(&known, found);
        for hit in &mut found[from..] {
            let at = hit.at;
            hit.at = (0..self.telling.len().min(LONGEST))
                .filter(|i| at & (1 << i) != 0)
                .fold(0, |all, i| all | 1 << self.telling[i]);
        }
    }

    /// Concepts of the lexicon named or told here. A phrase with a class in it gives way to one that asks for more of
    /// the same words outright: in "les équipes prennent parti" nobody leaves. So does one that is a part of another: a
    /// "bilan carbone" is no balance sheet.
    pub fn concepts(&self, lexicon: &Lexicon, found: &mut Vec<Found<Concept>>) {
        let spoken = lexicon.spoken(self.language);
        self.find(&spoken.concepts, lexicon, found);
        let known: Vec<Option<Known>> =
            (self.words.iter()).map(|word| spoken.sayings.look_up(&word.folded, || "", false)).collect();
        let from = found.len();
        spoken.sayings.find(&known, found);
        // Words that say nothing count for nothing.
        let telling = self.telling.iter().fold(0u64, |all, i| all | 1 << i);
        for hit in &mut found[from..] {
            hit.literal = hit.at.count_ones() as usize;
            if hit.at & telling != 0 {
                hit.at &= telling;
            }
        }
        let all = found.clone();
        found.retain(|hit| {
            let vague = hit.literal < hit.at.count_ones() as usize;
            !all.iter().any(|other| {
                let within = other.at & hit.at == hit.at && other.at != hit.at;
                other.at & hit.at != 0
                    && (vague || within)
                    && other.literal > hit.literal
                    && other.means.number != hit.means.number
            })
        });
    }

    /// Whether the talk comes to the client's own matter here: "Ce qui coince :", "What hurts:". Not "ce qui n'est pas le sujet".
    pub fn turns(&self) -> bool {
        const OPENING: u32 = 3;
        self.cues.iter().any(|cue| {
            let behind = 63 - cue.at.leading_zeros() as usize + 1;
            let next = |i: usize| self.words.get(behind + i).map_or("", |word| word.folded.as_str());
            cue.means == Cue::Turns
                && cue.at.trailing_zeros() < OPENING
                && !(matches!(next(0), "n" | "ne") && next(1) == "est")
                && !(matches!(next(0), "isn" | "is") && matches!(next(1), "t" | "not"))
        })
    }

    /// Whether something is put aside here, or told of somebody else.
    pub fn clears(&self) -> bool {
        self.cues.iter().any(|cue| matches!(cue.means, Cue::Denied | Cue::Elsewhere))
            || self.words.iter().any(|word| is_negation(&word.folded))
    }

    /// How many words of a clause say something.
    fn weight_of(&self, clause: u16) -> usize {
        self.telling.iter().filter(|i| self.clauses[**i] == clause).count()
    }

    /// Words of a clause that stand at its beginning.
    fn opening(&self, clause: u16) -> impl Iterator<Item = usize> {
        (0..self.words.len()).filter(move |i| self.clauses[*i] == clause).take(7)
    }

    /// Whether a line that answers, or a clause that comments, begins with a denial.
    fn denies_at(&self, clause: u16) -> bool {
        let opening = self.opening(clause).fold(0u64, |all, i| all | 1 << i);
        let first = self.opening(clause).next().map(|i| self.words[i].folded.as_str());
        first.is_some_and(|word| {
            matches!(word, "non" | "aucun" | "aucune" | "rien" | "no" | "none" | "nothing")
        }) || (self.cues.iter()).any(|cue| cue.means == Cue::Denied && cue.at & opening == cue.at)
    }

    /// What the words around a phrase, at the words `at`, make of it; `next` is the line behind this one.
    pub fn turn(&self, at: u64, next: Option<&Line>) -> Turn {
        let (first, last) = (at.trailing_zeros() as usize, 63 - at.leading_zeros() as usize);
        let (first_clause, clause) = (self.clauses[first], self.clauses[last]);
        let part = self.parts[last];
        let same_clause = |cue: &Found<Cue>| {
            let start = self.clauses[cue.at.trailing_zeros() as usize];
            (first_clause..=clause).contains(&start)
        };
        let same_part = |cue: &Found<Cue>| self.parts[cue.at.trailing_zeros() as usize] == part;
        // "Accessoirement" holds for what follows it; "…, pas urgent" for what it ends.
        let puts_off = |cue: &Found<Cue>| {
            let at = self.clauses[cue.at.trailing_zeros() as usize];
            same_part(cue)
                && (at <= clause
                    || at == clause + 1 && self.weight_of(at) <= cue.at.count_ones() as usize)
        };
        let outside = |cue: &Found<Cue>| cue.at & at != cue.at;
        let has = |means: Cue, place: &dyn Fn(&Found<Cue>) -> bool| {
            self.cues.iter().any(|cue| cue.means == means && outside(cue) && place(cue))
        };
        // "Pas de fiche de poste à jour" denies what would settle it.
        let undone = |cue: &Found<Cue>| {
            let start = cue.at.trailing_zeros() as usize;
            !is_negation(&self.words[start].folded)
                && (start.saturating_sub(6)..start).any(|i| {
                    self.clauses[i] == self.clauses[start] && is_negation(&self.words[i].folded)
                })
        };
        // "Nouvel ERP depuis 18 mois, adopté par tous, on n'y touche pas": a clause that only settles, settles what it ends.
        // "Ce qui n'est pas le sujet : la trésorerie" settles what it announces.
        let sums_up = |cue: &Found<Cue>| {
            let at = self.clauses[cue.at.trailing_zeros() as usize];
            let ends = (clause + 1..=clause + AFTERTHOUGHT).contains(&at)
                && self.weight_of(at) <= cue.at.count_ones() as usize;
            let announces = at + 1 == first_clause && self.is_announced(first_clause);
            same_part(cue) && (ends || announces)
        };
        let unable = self.unable(first_clause..=clause);
        let mut turn = Turn {
            denied: has(Cue::Denied, &|cue| (same_clause(cue) || sums_up(cue)) && !undone(cue)),
            negated: self.negated(first, clause, at | unable),
            unable: unable != 0,
            wanted: has(Cue::Wanted, &same_clause),
            first: has(Cue::First, &same_part),
            later: has(Cue::Later, &puts_off),
            ahead: false,
            elsewhere: has(Cue::Elsewhere, &same_part),
        };
        // "Trésorerie : rien à signaler." "Les accès ? Aucun souci." But "Pas de PRA, rien d'essayé" goes on.
        if !turn.negated && self.weight_of(clause) <= A_TOPIC {
            let beyond = clause + 1;
            let more = self.clauses.last().is_some_and(|end| *end >= beyond);
            turn.denied |= more && self.parts[last] == self.part_of(beyond) && self.denies_at(beyond);
            // "Façade : refaite il y a deux ans, rien à redire."
            let titled = more && self.is_announced(beyond);
            turn.denied |= titled
                && self.cues.iter().any(|cue| {
                    let start = cue.at.trailing_zeros() as usize;
                    cue.means == Cue::Denied
                        && self.parts[start] == self.parts[last]
                        && self.clauses[start] > clause
                        && !undone(cue)
                });
            let answered = next.filter(|next| next.answers && !more);
            turn.denied |= answered.is_some_and(|next| next.denies_at(0));
        }
        turn
    }

    /// The words of cues that something cannot be done, in some clauses.
    fn unable(&self, clauses: RangeInclusive<u16>) -> u64 {
        (self.cues.iter())
            .filter(|cue| cue.means == Cue::Unable)
            .filter(|cue| clauses.contains(&self.clauses[cue.at.trailing_zeros() as usize]))
            .fold(0, |all, cue| all | cue.at)
    }

    /// Whether a bare negation is of this word.
    pub fn is_negated(&self, word: usize) -> bool {
        let clause = self.clauses[word];
        self.negated(word, clause, 1 << word | self.unable(clause..=clause))
    }

    /// Whether a colon stands before a clause.
    fn is_announced(&self, clause: u16) -> bool {
        let first = self.clauses.iter().position(|c| *c == clause).map(|i| &self.words[i]);
        first.is_some_and(|word| {
            word.before == Gap::Clause && self.text[..word.range.start].trim_end().ends_with(':')
        })
    }

    fn part_of(&self, clause: u16) -> u16 {
        self.clauses.iter().position(|c| *c == clause).map_or(0, |i| self.parts[i])
    }

    /// Whether a bare negation stands shortly before the word `first`, beyond those in `spent`.
    fn negated(&self, first: usize, clause: u16, spent: u64) -> bool {
        const REACH: usize = 4;
        (first.saturating_sub(REACH)..first).any(|i| {
            if spent & (1 << i) != 0
                || self.clauses[i] != clause && self.clauses[i] != self.clauses[first]
            {
                return false;
            }
            match self.words[i].folded.as_str() {
                // "S'inscrire ou pas" leaves it open.
                word if is_negation(word) => {
                    let open = i > 0 && matches!(self.words[i - 1].folded.as_str(), "ou" | "or");
                    !open && !self.negates_a_verb(i, first)
                }
                // Spoken French drops the `ne` of a negation, but `plus` alone is more often "more".
                "plus" => {
                    (i.saturating_sub(3)..i).any(|j| matches!(self.words[j].folded.as_str(), "n" | "ne"))
                }
                _ => false,
            }
        })
    }

    /// Whether the negation at `i` is of what one does with the thing at `first`, which is there: "n'ouvre pas les courriers de rejet",
    /// "never reads the complaints". Of what one is, it denies the thing: "ce n'est pas le prix".
    fn negates_a_verb(&self, i: usize, first: usize) -> bool {
        let of_verb = matches!(self.words[i].folded.as_str(), "pas" | "jamais" | "not" | "never");
        let being = i > 0
            && matches!(
                self.words[i - 1].folded.as_str(),
                "est" | "etait" | "sont" | "etaient" | "serait" | "is" | "are" | "was" | "were" | "c"
            );
        of_verb && !being && (i + 1..first).any(|j| is_definite(&self.words[j].folded))
    }

    /// The words of the text that say it: the whole clause where it is short, else those around the phrase.
    pub fn quote(&self, at: u64) -> Range<usize> {
        const SHORT: usize = 64;
        let (first, last) = (at.trailing_zeros() as usize, 63 - at.leading_zeros() as usize);
        let bytes =
            |first: usize, last: usize| self.words[first].range.start..self.words[last].range.end;
        let in_clause =
            |i: &usize| (self.clauses[first]..=self.clauses[last]).contains(&self.clauses[*i]);
        let start = (0..=first).find(in_clause).unwrap_or(first);
        let end = (last..self.words.len()).rev().find(in_clause).unwrap_or(last);
        let whole = bytes(start, end);
        if whole.len() <= SHORT {
            return whole;
        }
        let (mut first, mut last) = (first, last);
        loop {
            let wider = (first.saturating_sub(1).max(start), (last + 1).min(end));
            if wider == (first, last) || bytes(wider.0, wider.1).len() > SHORT {
                return bytes(first, last);
            }
            (first, last) = wider;
        }
    }
}

/// So many clauses on, a comment still means the subject.
const AFTERTHOUGHT: u16 = 2;

/// A clause of so few words names a subject, or comments on one.
const A_TOPIC: usize = 3;

/// What the words around a phrase make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turn {
    /// Settled, not wanted, no worry.
    pub denied: bool,
    /// A bare `pas de`, `no`: the absence of a problem, or the want of a remedy.
    pub negated: bool,
    pub unable: bool,
    pub wanted: bool,
    pub first: bool,
    pub later: bool,
    /// Said before the talk came to the client's own matter.
    pub ahead: bool,
    pub elsewhere: bool,
}

fn is_negation(folded: &str) -> bool {
    matches!(
        folded,
        "pas"
            | "aucun"
            | "aucune"
            | "jamais"
            | "sans"
            | "ni"
            | "zero"
            | "no"
            | "not"
            | "never"
            | "without"
            | "neither"
            | "nor"
    )
}

/// Articles and the like of what is known to be there.
fn is_definite(folded: &str) -> bool {
    matches!(
        folded,
        "le" | "la"
            | "les"
            | "l"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "nos"
            | "notre"
            | "the"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "these"
            | "those"
    )
}

fn is_turn(folded: &str) -> bool {
    matches!(
        folded,
        "mais"
            | "sauf"
            | "pourtant"
            | "cependant"
            | "sinon"
            | "contre"
            | "alors"
            | "but"
            | "however"
            | "although"
            | "though"
            | "whereas"
            | "except"
            | "yet"
            | "otherwise"
    )
}

fn is_subject(folded: &str) -> bool {
    matches!(
        folded,
        "il" | "elle"
            | "ils"
            | "elles"
            | "on"
            | "je"
            | "nous"
            | "ca"
            | "c"
            | "le"
            | "la"
            | "les"
            | "leur"
            | "leurs"
            | "son"
            | "sa"
            | "ses"
            | "personne"
            | "he"
            | "she"
            | "they"
            | "we"
            | "it"
            | "i"
            | "the"
            | "his"
            | "her"
            | "their"
            | "nobody"
            | "no"
    )
}
