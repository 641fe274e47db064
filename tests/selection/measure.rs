//! How well the selection does on briefs whose labels were written before it ran: see docs/selection.md.
//!
//! Shared by `cargo run --example evaluate` and the test that bounds its results.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use propale::diagnostic::{Diagnostics, Place, Source};
use propale::proposal::client::{Client, Limits};
use propale::proposal::house::Order;
use propale::proposal::offer::{Offer, Role};
use propale::proposal::placed::{Placed, Text};
use propale::proposal::select::{HeldNeed, Request, Selection, Situation, select};
use propale::proposal::slug::slug;
use toml::de::{DeTable, DeValue};

/// One client as told over the phone, and what an expert would send.
pub struct Brief {
    pub offer: String,
    pub name: String,
    pub kind: String,
    pub held_out: bool,
    client: Client,
    needs: Vec<String>,
    must: Vec<String>,
    ok: Vec<String>,
}

pub struct Evaluation {
    pub offers: BTreeMap<String, Offer>,
    pub briefs: Vec<Brief>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Ours, the labelled needs declared.
    Declared,
    /// Ours, nothing declared.
    Inferred,
    /// The first items of the note.
    NoteOrder,
    /// Items that share a tag with a need of which a word stands in the notes.
    TagMatch,
    /// Items that share a tag with a labelled need.
    TagMatchDeclared,
    /// Items whose text is like the notes.
    Bm25,
}

impl Method {
    pub const ALL: [Method; 6] = [
        Method::Declared,
        Method::Inferred,
        Method::TagMatchDeclared,
        Method::TagMatch,
        Method::Bm25,
        Method::NoteOrder,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Method::Declared => "propale, needs declared",
            Method::Inferred => "propale, needs inferred",
            Method::NoteOrder => "the note's order",
            Method::TagMatch => "tags and words, needs inferred",
            Method::TagMatchDeclared => "tags, needs declared",
            Method::Bm25 => "BM25 over the notes",
        }
    }
}

/// Counts over all briefs.
#[derive(Clone, Copy, Default, Debug)]
pub struct Score {
    pub must: usize,
    pub must_chosen: usize,
    pub chosen: usize,
    pub wrong: usize,
    pub needs: usize,
    pub needs_held: usize,
    pub needs_right: usize,
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Score {
    pub fn recall(&self) -> f64 {
        ratio(self.must_chosen, self.must)
    }

    pub fn wrong_rate(&self) -> f64 {
        if self.chosen == 0 { 0.0 } else { ratio(self.wrong, self.chosen) }
    }

    pub fn need_precision(&self) -> f64 {
        ratio(self.needs_right, self.needs_held)
    }

    pub fn need_recall(&self) -> f64 {
        ratio(self.needs_right, self.needs)
    }

    pub fn add(&mut self, other: Score) {
        self.must += other.must;
        self.must_chosen += other.must_chosen;
        self.chosen += other.chosen;
        self.wrong += other.wrong;
        self.needs += other.needs;
        self.needs_held += other.needs_held;
        self.needs_right += other.needs_right;
    }
}

/// What a method gave for one brief.
pub struct Outcome {
    pub score: Score,
    pub chosen: Vec<String>,
    /// Beside each need held, its evidence.
    pub held: Vec<(String, String)>,
}

impl Evaluation {
    /// Everything under tests/selection: the offers and briefs there, and the small ones of other trades.
    pub fn shipped() -> Evaluation {
        Evaluation::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/selection"))
    }

    /// The briefs for the shipped offer, read with its author's hints: the others are for a copy without them.
    pub fn with_hints() -> Evaluation {
        let mut evaluation = Evaluation::shipped();
        let stem = "chief-of-staff-externe";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("offers/{stem}.md"));
        evaluation.briefs.retain(|brief| brief.offer == stem);
        evaluation.offers = BTreeMap::from([(stem.to_owned(), offer(&path, stem))]);
        evaluation
    }

    /// The offers, briefs and trades of a folder laid out as tests/selection is. An offer that is not there is one of
    /// the repository's.
    pub fn read(folder: &Path) -> Evaluation {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut evaluation = Evaluation { offers: BTreeMap::new(), briefs: vec![] };
        for stem_folder in listed(&folder.join("briefs")) {
            let stem = stem_of(&stem_folder);
            let own = folder.join(format!("offers/{stem}.md"));
            let path = if own.is_file() { own } else { root.join(format!("offers/{stem}.md")) };
            evaluation.offers.insert(stem.clone(), offer(&path, &stem));
            for path in listed(&stem_folder) {
                let brief = Brief::read(&stem, &stem_of(&path), &read(&path));
                evaluation.briefs.push(brief);
            }
        }
        let trades = folder.join("trades");
        for path in if trades.is_dir() { listed(&trades) } else { vec![] } {
            let stem = stem_of(&path);
            if path.extension().is_some_and(|e| e == "md") {
                evaluation.offers.insert(stem.clone(), offer(&path, &stem));
            } else {
                evaluation.briefs.extend(Brief::several(&stem, &read(&path)));
            }
        }
        evaluation.check();
        evaluation
    }

    /// Labels name needs and items that exist.
    fn check(&self) {
        for brief in &self.briefs {
            let offer = &self.offers[&brief.offer];
            for need in &brief.needs {
                assert!(offer.need(need).is_some(), "{}/{}: no need {need}", brief.offer, brief.name);
            }
            for id in brief.must.iter().chain(&brief.ok) {
                let known = offer.items().any(|(_, item)| item.id == *id);
                assert!(known, "{}/{}: no item {id}", brief.offer, brief.name);
            }
        }
    }

    pub fn run(&self, brief: &Brief, method: Method) -> Outcome {
        let offer = &self.offers[&brief.offer];
        let (chosen, held) = match method {
            Method::Declared | Method::Inferred => ours(offer, brief, method),
            Method::NoteOrder => (first(offer, |_| Some(0)), vec![]),
            Method::TagMatch | Method::TagMatchDeclared => tag_match(offer, brief, method),
            Method::Bm25 => (bm25(offer, &brief.text()), vec![]),
        };
        let is_in = |list: &[String], id: &String| list.contains(id);
        let wrong = chosen.iter().filter(|id| !is_in(&brief.must, id) && !is_in(&brief.ok, id)).count();
        let labelled: Vec<String> = brief.needs.iter().map(|need| slug(need)).collect();
        let score = Score {
            must: brief.must.len(),
            must_chosen: brief.must.iter().filter(|id| is_in(&chosen, id)).count(),
            chosen: chosen.len(),
            wrong,
            needs: labelled.len(),
            needs_held: held.len(),
            needs_right: held.iter().filter(|(need, _)| labelled.contains(&slug(need))).count(),
        };
        Outcome { score, chosen, held }
    }

    /// Everything heard for a brief: need, whether it is labelled, points, and each piece of evidence.
    pub fn heard(&self, brief: &Brief) -> String {
        let offer = &self.offers[&brief.offer];
        let labelled: Vec<String> = brief.needs.iter().map(|need| slug(need)).collect();
        let mut out = format!("{}/{} needs {}\n", brief.offer, brief.name, brief.needs.join(", "));
        for heard in brief.select(offer, &brief.client.situation.needs).heard {
            let tag = &offer.needs[heard.need].tag;
            let right = if labelled.contains(&slug(tag)) { '✔' } else { '✘' };
            writeln!(out, "  {right} {tag} {}", heard.points).unwrap();
            for evidence in heard.evidence {
                let concept = evidence.concept.unwrap_or("own words");
                writeln!(
                    out,
                    "      {} « {} » {concept}",
                    evidence.points,
                    evidence.quote.replace('\n', " ")
                )
                .unwrap();
            }
        }
        out
    }

    /// A line about a brief that went wrong; None where all is well.
    pub fn failure(&self, brief: &Brief, method: Method) -> Option<String> {
        let outcome = self.run(brief, method);
        let missed: Vec<&str> =
            brief.must.iter().filter(|id| !outcome.chosen.contains(id)).map(String::as_str).collect();
        let wrong: Vec<&str> = (outcome.chosen.iter())
            .filter(|id| !brief.must.contains(id) && !brief.ok.contains(id))
            .map(String::as_str)
            .collect();
        if missed.is_empty() && wrong.is_empty() {
            return None;
        }
        let mut out = String::new();
        let set = if brief.held_out { "held-out" } else { "tuning" };
        writeln!(out, "{}/{} ({}, {set})", brief.offer, brief.name, brief.kind).unwrap();
        writeln!(out, "  needs {}", brief.needs.join(", ")).unwrap();
        let held: Vec<String> =
            outcome.held.iter().map(|(need, evidence)| format!("{need} « {evidence} »")).collect();
        writeln!(out, "  held  {}", held.join(" · ")).unwrap();
        writeln!(out, "  missed {}   wrong {}", missed.join(", "), wrong.join(", ")).unwrap();
        Some(out)
    }
}

impl Brief {
    /// A file of its own: the profile under `[profile]`, then the labels.
    fn read(offer: &str, name: &str, text: &str) -> Brief {
        let (profile, _) = text.split_once("\n[labels]").expect("[labels]");
        let profile = profile.replace("[profile]", "").replace("[profile.", "[");
        let table = DeTable::parse(text).unwrap_or_else(|e| panic!("{offer}/{name}: {e}"));
        let labels = table.get_ref().get("labels").and_then(|labels| labels.get_ref().as_table());
        Brief::new(offer, name, profile, labels.expect("[labels]"))
    }

    /// A file of `[[brief]]`s: their notes and labels.
    fn several(offer: &str, text: &str) -> Vec<Brief> {
        let table = DeTable::parse(text).unwrap_or_else(|e| panic!("{offer}: {e}"));
        let briefs = table.get_ref().get("brief").and_then(|briefs| briefs.get_ref().as_array());
        let brief = |brief: &DeValue| {
            let brief = brief.as_table().expect("a table");
            let word = |key: &str| {
                brief.get(key).and_then(|value| value.get_ref().as_str()).expect(key).to_owned()
            };
            let profile = format!(
                "offer = \"{offer}\"\n[client]\nname = \"Maison\"\n[situation]\nnotes = '''\n{}'''\n",
                word("notes")
            );
            Brief::new(offer, &word("name"), profile, brief)
        };
        briefs.expect("[[brief]]").iter().map(|value| brief(value.get_ref())).collect()
    }

    fn new(offer: &str, name: &str, profile: String, labels: &DeTable) -> Brief {
        let mut diagnostics = Diagnostics::new();
        let source = Source::new(format!("clients/{name}.toml"), profile);
        let client = Client::read(&source, name, &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), "", "{offer}/{name}");
        let list = |key: &str| -> Vec<String> {
            let values = labels.get(key).and_then(|value| value.get_ref().as_array());
            let texts =
                values.into_iter().flatten().map(|value| value.get_ref().as_str().expect("a text"));
            texts.map(str::to_owned).collect()
        };
        let word = |key: &str| labels.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or("");
        Brief {
            offer: offer.to_owned(),
            name: name.to_owned(),
            kind: word("kind").to_owned(),
            // Briefs from elsewhere are held out unless they say that they are not.
            held_out: word("set") != "tuning",
            client: client.unwrap(),
            needs: list("needs"),
            must: list("must"),
            ok: list("ok"),
        }
    }

    fn select(&self, offer: &Offer, needs: &[Text]) -> Selection {
        let client = &self.client;
        fn value(text: &Option<Text>) -> Option<&str> {
            text.as_ref().map(|text| text.value.as_str())
        }
        let (sector, stage) = (value(&client.company.sector), value(&client.company.stage));
        let request = Request {
            needs,
            sector,
            stage,
            situation: Situation {
                notes: value(&client.situation.notes),
                summary: value(&client.situation.summary),
                sector,
                stage,
                headcount: client.company.headcount.as_ref().map(|count| count.value),
            },
            reasons: Limits::REASONS,
            benefits: Limits::BENEFITS,
            pin: &[],
            ban: &[],
            order: Order::Importance,
        };
        select(offer, &request, &mut Diagnostics::new())
    }

    fn text(&self) -> String {
        let situation = &self.client.situation;
        let texts = [&situation.notes, &situation.summary];
        texts.into_iter().flatten().map(|text| text.value.as_str()).collect::<Vec<_>>().join("\n")
    }
}

fn ours(offer: &Offer, brief: &Brief, method: Method) -> (Vec<String>, Vec<(String, String)>) {
    let mut needs: Vec<Text> = brief.client.situation.needs.clone();
    if method == Method::Declared {
        let source: Arc<Source> = Source::new("needs", "");
        let place = || Place::new(&source, 0..0);
        needs = brief.needs.iter().map(|need| Placed::new(need.clone(), place())).collect();
    }
    let selection = brief.select(offer, &needs);
    let chosen = (selection.choices.iter())
        .filter(|choice| choice.chosen && matches!(choice.role, Role::Reasons | Role::Benefits))
        .map(|choice| choice.id.clone())
        .collect();
    let evidence = |need: &HeldNeed| need.evidence.clone().unwrap_or_else(|| "declared".to_owned());
    let held = selection.needs.iter().map(|need| (need.tag.clone(), evidence(need))).collect();
    (chosen, held)
}

/// The best items of each role by `score`, None left out, ties in the note's order.
fn first(offer: &Offer, score: impl Fn(usize) -> Option<i64>) -> Vec<String> {
    let mut chosen = Vec::new();
    for (role, max) in [(Role::Reasons, 4), (Role::Benefits, 5)] {
        let mut items: Vec<(i64, &str)> = (offer.items().enumerate())
            .filter(|(_, (section, _))| section.role == role)
            .filter_map(|(i, (_, item))| Some((score(i)?, item.id.as_str())))
            .collect();
        items.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        chosen.extend(items.into_iter().take(max).map(|(_, id)| id.to_owned()));
    }
    chosen
}

fn tag_match(offer: &Offer, brief: &Brief, method: Method) -> (Vec<String>, Vec<(String, String)>) {
    let text = slug(&brief.text());
    let held: Vec<String> = match method {
        Method::TagMatchDeclared => brief.needs.clone(),
        _ => (offer.needs.iter())
            .filter(|need| need.words.iter().chain([&need.tag]).any(|word| text.contains(&slug(word))))
            .map(|need| need.tag.clone())
            .collect(),
    };
    let tags: Vec<Vec<String>> = offer.items().map(|(_, item)| item.tags.clone()).collect();
    let shared = |i: usize| tags[i].iter().filter(|tag| held.contains(tag)).count() as i64;
    let chosen = if held.is_empty() {
        first(offer, |_| Some(0))
    } else {
        first(offer, |i| Some(shared(i)).filter(|shared| *shared > 0))
    };
    (chosen, held.into_iter().map(|need| (need, String::new())).collect())
}

/// Okapi BM25 (k1 1.2, b 0.75) of each item's text for the words of the notes, folded, without stemming.
fn bm25(offer: &Offer, notes: &str) -> Vec<String> {
    let words = |text: &str| {
        slug(text).split('-').filter(|w| w.len() > 3).map(str::to_owned).collect::<Vec<_>>()
    };
    let items: Vec<Vec<String>> = offer
        .items()
        .map(|(_, item)| {
            let title = item.title.as_ref().map_or("", |title| title.plain.as_str());
            words(&format!("{title} {}", item.text.plain))
        })
        .collect();
    let mut query = words(notes);
    query.sort();
    query.dedup();
    let average = items.iter().map(Vec::len).sum::<usize>() as f64 / items.len().max(1) as f64;
    let score = |i: usize| {
        let mut sum = 0.0;
        for word in &query {
            let count = items[i].iter().filter(|w| *w == word).count() as f64;
            let having = items.iter().filter(|item| item.contains(word)).count() as f64;
            let idf = (1.0 + (items.len() as f64 - having + 0.5) / (having + 0.5)).ln();
            sum += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * items[i].len() as f64 / average));
        }
        (sum > 0.0).then_some((sum * 1000.0) as i64)
    };
    first(offer, score)
}

fn offer(path: &Path, stem: &str) -> Offer {
    let mut diagnostics = Diagnostics::new();
    let offer =
        Offer::read(&Source::new(format!("offers/{stem}.md"), read(path)), stem, &mut diagnostics);
    assert_eq!(diagnostics.one_lines(), "");
    offer.unwrap()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
