//! What we sell: one Markdown note, the way Obsidian writes it (FORMATS §1).

//!
//! A note is read in five steps: front matter ([`front_matter`], on [`yaml`]) → comments and marks found
//! and taken out ([`marks`]) → CommonMark's events → lede, sections and items ([`outline`]) → marks given
//! to their items ([`items`]).

mod cut;
mod front_matter;
mod ids;
mod items;
mod lead;
mod marks;
mod outline;
pub(super) mod pictures;
mod roles;
mod translation;
mod yaml;

use std::sync::{Arc, OnceLock};

use front_matter::FrontMatter;
use marks::Body;
use outline::Outline;

use super::markdown::{self, FirstLetter};
use super::placed::Placed;
use super::rich::Rich;
use super::select::Vocabulary;
use super::slug::slug;
use super::words::words;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::locale::Locale;
use crate::locale::typography::ligature;

pub use ids::{NoId, find_id};

/// An offer note, read. Printed text is in sentence case and without marks; the typographic rules of
/// its language are applied later, to the filled document.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Name of the note's file without `.md` and without a language: what a profile's `offer` says.
    pub stem: String,
    pub source: Arc<Source>,
    /// From the front matter; None where it does not say.
    pub lang: Option<Locale>,
    /// The front matter's `title`, else the heading of level 1 that opens the note, else the stem.
    pub title: Rich,
    /// The first paragraph before any section.
    pub lede: Option<Rich>,
    /// What else stands before the first section, a paragraph or block an entry.
    pub introduction: Vec<Rich>,
    /// A last paragraph wholly in emphasis.
    pub summary: Option<Rich>,
    /// The vocabulary in the front matter's order, then the tags outside it in the note's order.
    pub needs: Vec<Need>,
    /// In the note's order; several may have one role.
    pub sections: Vec<Section>,
    /// Files of the pictures it prints, from the workspace root.
    pub pictures: Vec<Placed<String>>,
    /// What it listens for in the notes of a call; made when first asked for.
    vocabulary: OnceLock<Arc<Vocabulary>>,
}

impl Offer {
    /// Nothing in it would be printed but its title.
    pub fn is_empty(&self) -> bool {
        let Offer { lede, introduction, summary, sections, .. } = self;
        lede.is_none()
            && introduction.is_empty()
            && summary.is_none()
            && sections.iter().all(Section::is_empty)
    }
}

/// A need that items may serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// As the vocabulary writes it, else as the first item does.
    pub tag: String,
    /// Printable, in sentence case: the vocabulary's label, else the tag in words.
    pub label: String,
    /// What betrays it in the notes of a call.
    pub words: Vec<String>,
    /// Words that hint at it, the rarer the more. They stand for the topics of the thesaurus.
    pub hints: Vec<String>,
    /// Entries of the program's own lexicon.
    pub concepts: Vec<String>,
    pub place: Place,
}

words! {
    /// What a section is for.
    pub enum Role {
        Services = "services",
        Reasons = "reasons",
        Benefits = "benefits",
        Other = "other",
    }
}

/// A heading of the note and what stands under it.
#[derive(Clone, Debug)]
pub struct Section {
    pub role: Role,
    /// The heading's `^id`, else its slug; unique in the note.
    pub slug: String,
    pub heading: Rich,
    /// What stands before the items, in order: inline where it is a paragraph, else a block.
    pub prose: Vec<Rich>,
    /// What follows the first item without being one, likewise.
    pub after: Vec<Rich>,
    pub items: Vec<Item>,
    pub place: Place,
}

impl Section {
    /// Nothing stands under its heading.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.prose.is_empty() && self.after.is_empty()
    }
}

/// A list entry, or a paragraph with a bold lead.
#[derive(Clone, Debug)]
pub struct Item {
    /// Unique in the note.
    pub id: String,
    pub id_origin: IdOrigin,
    /// The bold lead.
    pub title: Option<Rich>,
    /// Inline HTML, or blocks where the item has several.
    pub text: Rich,
    /// Needs it serves, spelled as in [`Offer::needs`].
    pub tags: Vec<String>,
    /// How much its points count: 1 to 9, 1 unless said.
    pub weight: u32,
    /// Tags that a client must have, all of them.
    pub requires: Vec<String>,
    /// Tags of which a client must have none.
    pub excludes: Vec<String>,
    /// Of a group at most one item is chosen.
    pub group: Option<String>,
    /// Ids of the items it is the proof of.
    pub proves: Vec<String>,
    pub place: Place,
}

impl Item {
    /// The need that it is mainly about: its first tag. None where it has no tags.
    pub fn main_need(&self) -> Option<&str> {
        self.tags.first().map(String::as_str)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdOrigin {
    /// `^id`.
    Written,
    /// The slug of the title or of the text.
    Derived,
}

impl Offer {
    /// The note in `source`, whose file is called `stem`.md (or `stem`.LANG.md). All its faults go to
    /// `diagnostics`; None where nothing can be said of its meaning (control characters, front matter that
    /// is no YAML, nesting beyond [`MAX_DEPTH`](super::markdown::MAX_DEPTH)).
    pub fn read(source: &Arc<Source>, stem: &str, diagnostics: &mut Diagnostics) -> Option<Offer> {
        let mut found = Vec::new();
        let offer = read(source, stem, &mut found);
        // A broken file may have a fault a word: nobody reads the hundred-and-first.
        let more = found.len().saturating_sub(MOST_FAULTS);
        found.truncate(MOST_FAULTS);
        diagnostics.extend(found);
        if more > 0 {
            let message = format!("{} has {more} more faults", source.path);
            diagnostics.push(Diagnostic::error(message));
        }
        offer
    }

    /// Every item, in the note's order.
    pub fn items(&self) -> impl Iterator<Item = (&Section, &Item)> + Clone {
        self.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)))
    }

    /// What it listens for in the notes of a call.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Arc::new(Vocabulary::of(self)))
    }

    /// The need whose tag has the same slug as `tag`.
    pub fn need(&self, tag: &str) -> Option<&Need> {
        let wanted = slug(tag);
        self.needs.iter().find(|need| slug(&need.tag) == wanted)
    }
}

impl Need {
    /// A need of which nothing but the tag is known: its label is the tag in words.
    fn without_words(tag: &str, place: Place) -> Need {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = markdown::plain(&tag.replace(['-', '_', '/'], " "), FirstLetter::Capital).plain;
        Need { tag, label, words: vec![], hints: vec![], concepts: vec![], place }
    }
}

/// The language that a Markdown file's front matter says, and where its text begins. Faults of the front
/// matter go to `found`.
pub(super) fn head(source: &Arc<Source>, found: &mut Vec<Diagnostic>) -> (Option<Locale>, usize) {
    match front_matter::find(source) {
        Ok(None) => (None, 0),
        Ok(Some((range, start))) => {
            let front = FrontMatter::read(source, range, found).unwrap_or_default();
            (front.lang, start)
        }
        Err(fault) => {
            found.push(fault);
            (None, 0)
        }
    }
}

/// A French word written without its œ. Never mended: a name may be spelled so.
pub(super) fn ligature_lint(right: &str) -> Diagnostic {
    Diagnostic::warning(format!("this word is written with œ: `{right}`"))
}

/// What the note says, as a message quotes it: on one line, and not at any length.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((cut, _)) => format!("`{}…`", &line[..cut]),
        None => format!("`{line}`"),
    }
}

/// So many faults of one note are shown.
const MOST_FAULTS: usize = 100;

fn read(source: &Arc<Source>, stem: &str, found: &mut Vec<Diagnostic>) -> Option<Offer> {
    refuse_control_characters(source, found)?;
    let head = front_matter::find(source).map_err(|fault| found.push(fault)).ok()?;
    let (front, start) = match head {
        Some((range, start)) => (FrontMatter::read(source, range, found), start),
        None => (Some(FrontMatter::default()), 0),
    };
    let body = Body::read(source, start, found)?;
    let events = markdown::parse(body.text())
        .map_err(|deep| found.push(marks::too_deep(body.place(deep.at..deep.at))))
        .ok()?;
    if front.as_ref().and_then(|front| front.lang) == Some(Locale::Fr) {
        for (range, right) in ligature::taken_apart(body.text()) {
            found.push(ligature_lint(&right).at(body.place(range)));
        }
    }
    markdown::dialect::check(body.text(), &events, |range| body.place(range), found);
    let (events, pictures) = pictures::resolve(events, source, |range| body.place(range), found);
    // Faults of the text are worth knowing even where the head cannot be read.
    let known = front.is_some();
    let mut front = front.unwrap_or_default();
    let mut outline = Outline::read(&body, &events, &front, found);
    let mut needs = std::mem::take(&mut front.needs);
    let title = front.title.map(|title| markdown::plain(&title, FirstLetter::Capital));
    let title = title.or(outline.title.take()).filter(|title| !title.plain.is_empty());
    let offer = Offer {
        stem: stem.to_owned(),
        source: source.clone(),
        lang: front.lang,
        title: title
            .unwrap_or_else(|| markdown::plain(&stem.replace(['-', '_'], " "), FirstLetter::Capital)),
        lede: outline.lede.take(),
        introduction: std::mem::take(&mut outline.introduction),
        summary: outline.summary.take(),
        sections: items::sections(outline, &body, &mut needs, found),
        needs,
        pictures,
        vocabulary: OnceLock::new(),
    };
    known.then_some(offer)
}

/// A note has text, tabs and line feeds: anything else is a file of another kind, and would print as boxes.
fn refuse_control_characters(source: &Arc<Source>, found: &mut Vec<Diagnostic>) -> Option<()> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let at = source.text.find(control);
    let Some((at, c)) = at.and_then(|at| Some((at, source.text[at..].chars().next()?))) else {
        return Some(());
    };
    let count = source.text.chars().filter(|c| control(*c)).count();
    let mut fault = Diagnostic::error(format!("control character U+{:04X} in the text", u32::from(c)))
        .at(Place::new(source, at..at + c.len_utf8()));
    if count > 1 {
        fault = fault.hint(format!("there are {count} in this file"));
    }
    found.push(fault);
    None
}
