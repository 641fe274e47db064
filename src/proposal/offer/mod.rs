//! What we sell: one Markdown note, the way Obsidian writes it (FORMATS §1).

use std::sync::Arc;

use super::rich::Rich;
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::locale::Locale;

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
    /// Entries of the program's own lexicon.
    pub concepts: Vec<String>,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Services,
    Reasons,
    Benefits,
    Other,
}

/// A heading of the note and what stands under it.
#[derive(Clone, Debug)]
pub struct Section {
    pub role: Role,
    /// The heading's `^id`, else its slug; unique in the note.
    pub slug: String,
    pub heading: Rich,
    /// What is not an item, in order: inline where it is a paragraph, else a block.
    pub prose: Vec<Rich>,
    pub items: Vec<Item>,
    pub place: Place,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdOrigin {
    /// `^id`.
    Written,
    /// The slug of the title or of the text.
    Derived,
}

impl Offer {
    /// The note in `source`, whose file is called `stem`.md (or `stem`.LANG.md). All its faults go to
    /// `diagnostics`; None where nothing can be said of its meaning (control characters, nesting beyond
    /// [`MAX_DEPTH`](super::markdown::MAX_DEPTH)).
    pub fn read(source: &Arc<Source>, stem: &str, diagnostics: &mut Diagnostics) -> Option<Offer> {
        let _ = (source, stem, diagnostics);
        todo!()
    }

    /// This offer in the words of `translation`, whose tags, weights, gates and groups are those of
    /// `self`. Errors name each id that only one of the two has, and each that changed its role.
    pub fn in_words_of(&self, translation: &Offer, diagnostics: &mut Diagnostics) -> Offer {
        let _ = (translation, diagnostics);
        todo!()
    }

    /// Every item, in the note's order.
    pub fn items(&self) -> impl Iterator<Item = (&Section, &Item)> {
        self.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item)))
    }

    /// The need whose tag has the same slug as `tag`.
    pub fn need(&self, tag: &str) -> Option<&Need> {
        let wanted = super::slug::slug(tag);
        self.needs.iter().find(|need| super::slug::slug(&need.tag) == wanted)
    }
}
