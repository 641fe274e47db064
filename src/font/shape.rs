//! Words as glyphs: shaped once for a face, its features and a language, then remembered.
//!
//! Everything is in font units, so that one word serves every size.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use harfrust::{
    BufferFlags, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, Tag, UnicodeBuffer,
    script,
};

use super::Face;
use crate::style::values::FontFeature;

/// Longer words are rare and large: they are shaped again each time.
const LONGEST_REMEMBERED: usize = 64;
/// So many different words a face and language; more are shaped again each time.
const MOST_REMEMBERED: usize = 1 << 15;

/// A shaped word, in font units.
#[derive(Debug, PartialEq)]
pub struct Word {
    pub glyphs: Box<[WordGlyph]>,
    pub advance: f32,
}

/// One glyph of a word, in visual order (left to right).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordGlyph {
    pub id: u16,
    pub advance: f32,
    /// Displacement from the pen: to the right, and upwards.
    pub dx: f32,
    pub dy: f32,
    /// Byte range of its cluster in the word.
    pub start: u32,
    pub end: u32,
}

impl Word {
    /// How many clusters it has: the units that letter-spacing sets apart.
    pub fn clusters(&self) -> usize {
        self.glyphs.chunk_by(|a, b| a.start == b.start).count()
    }
}

/// A place where a word may be divided with a hyphen.
#[derive(Debug, PartialEq)]
pub struct Division {
    /// Byte range in the word: of a written soft hyphen, else empty.
    pub at: Range<usize>,
    /// What stands before it, with the hyphen, and what comes after it.
    pub before: Arc<Word>,
    pub after: Arc<Word>,
}

/// Which letters a word is shaped in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    #[default]
    AsWritten,
    /// In capitals: what small capitals are made from where a face has none (CSS Fonts 4 §6.5).
    Capitals,
}

/// The word shapers of a face that were asked for so far: one for each set of features and language.
#[derive(Default)]
pub(super) struct WordShapers {
    list: RwLock<Vec<Arc<WordShaper>>>,
}

/// Shapes words in one face with one set of features and one language, and remembers them.
pub struct WordShaper {
    features: Box<[FontFeature]>,
    lang: Box<str>,
    letters: Letters,
    settings: Box<[Feature]>,
    language: Option<Language>,
    plans: RwLock<Vec<Arc<ShapePlan>>>,
    words: RwLock<HashMap<Box<str>, Arc<Word>>>,
    divisions: RwLock<HashMap<Box<str>, Arc<[Division]>>>,
}

impl std::fmt::Debug for WordShaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WordShaper({:?} {:?})", self.features, self.lang)
    }
}

impl Face {
    /// The shaper for a set of OpenType features (a later setting of a tag wins) and a language (BCP 47).
    pub fn word_shaper(
        &self,
        features: &[FontFeature],
        lang: &str,
        letters: Letters,
    ) -> Arc<WordShaper> {
        let same =
            |s: &&Arc<WordShaper>| *s.features == *features && *s.lang == *lang && s.letters == letters;
        let list = &self.shapers.list;
        if let Some(known) = list.read().unwrap_or_else(PoisonError::into_inner).iter().find(same) {
            return known.clone();
        }
        let mut list = list.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = list.iter().find(same) {
            return known.clone();
        }
        let made = Arc::new(WordShaper {
            features: features.into(),
            lang: lang.into(),
            letters,
            settings: features
                .iter()
                .map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..))
                .collect(),
            language: Language::new(lang),
            plans: RwLock::default(),
            words: RwLock::default(),
            divisions: RwLock::default(),
        });
        list.push(made.clone());
        made
    }
}

impl WordShaper {
    /// The glyphs of `text`, which holds no line break. `face` is the face this shaper came from.
    pub fn word(&self, face: &Face, text: &str) -> Arc<Word> {
        if text.len() > LONGEST_REMEMBERED {
            return Arc::new(self.shape(face, text));
        }
        if let Some(known) = self.words.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return known.clone();
        }
        let word = Arc::new(self.shape(face, text));
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        if words.len() < MOST_REMEMBERED {
            words.insert(text.into(), word.clone());
        }
        word
    }

    /// The divisions of a word at the places that `find` gives; asked once a word.
    pub fn divisions(
        &self,
        face: &Face,
        text: &str,
        find: impl FnOnce() -> Vec<Range<usize>>,
    ) -> Arc<[Division]> {
        if let Some(known) = self.divisions.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return known.clone();
        }
        let divide = |at: Range<usize>| Division {
            before: self.hyphenated(face, &text[..at.start]),
            after: self.word(face, &text[at.end..]),
            at,
        };
        let made: Arc<[Division]> = find().into_iter().map(divide).collect();
        let mut divisions = self.divisions.write().unwrap_or_else(PoisonError::into_inner);
        if text.len() <= LONGEST_REMEMBERED && divisions.len() < MOST_REMEMBERED {
            divisions.insert(text.into(), made.clone());
        }
        made
    }

    /// The glyphs of `text` with a hyphen after it: the last cluster begins at `text.len()`.
    pub fn hyphenated(&self, face: &Face, text: &str) -> Arc<Word> {
        // CSS Text 4 §5.4.3: U+2010, or U+002D where the face has none of it.
        let hyphen = if face.has('\u{2010}') { '\u{2010}' } else { '-' };
        self.word(face, &format!("{text}{hyphen}"))
    }

    fn shape(&self, face: &Face, text: &str) -> Word {
        match self.letters {
            Letters::AsWritten => self.shape_letters(face, text),
            Letters::Capitals => self.shape_capitals(face, text),
        }
    }

    /// Clusters are of the text as it is written.
    fn shape_capitals(&self, face: &Face, text: &str) -> Word {
        let mut capitals = String::with_capacity(text.len());
        // For each byte of the capitals, where the letter begins that it came from.
        let mut origin: Vec<u32> = vec![];
        for (at, c) in text.char_indices() {
            capitals.extend(c.to_uppercase());
            origin.resize(capitals.len(), at as u32);
        }
        let mut word = self.shape_letters(face, &capitals);
        let starts: Vec<u32> = word
            .glyphs
            .iter()
            .map(|glyph| origin.get(glyph.start as usize).copied().unwrap_or(0))
            .collect();
        for (at, glyph) in word.glyphs.iter_mut().enumerate() {
            glyph.start = starts[at];
            // Both letters that one became stand for it.
            let next = starts[at..].iter().find(|start| **start > starts[at]);
            glyph.end = next.copied().unwrap_or(text.len() as u32);
        }
        word
    }

    fn shape_letters(&self, face: &Face, text: &str) -> Word {
        let shaper = face.shaper();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // A number or a sign alone has no script of its own: it is set like the Latin text around it.
        if buffer.script() == script::UNKNOWN || buffer.script() == script::COMMON {
            buffer.set_script(script::LATIN);
        }
        // Right-to-left text is refused before it is printed.
        buffer.set_direction(Direction::LeftToRight);
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let plan = self.plan(&shaper, buffer.script());
        let options = ShapeOptions::new().features(&self.settings).plan(Some(&plan));
        let shaped = shaper.shape(buffer, options);

        let infos = shaped.glyph_infos();
        let mut advance = 0.0;
        let glyphs = infos
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            .map(|(index, (info, position))| {
                advance += position.x_advance as f32;
                // Clusters ascend: the next one's start is this one's end.
                let next = infos[index..].iter().map(|i| i.cluster).find(|&start| start > info.cluster);
                WordGlyph {
                    id: u16::try_from(info.glyph_id).unwrap_or(0),
                    advance: position.x_advance as f32,
                    dx: position.x_offset as f32,
                    dy: position.y_offset as f32,
                    start: info.cluster,
                    end: next.unwrap_or(text.len() as u32),
                }
            })
            .collect();
        Word { glyphs, advance }
    }

    fn plan(&self, shaper: &harfrust::Shaper, script: Script) -> Arc<ShapePlan> {
        let same = |p: &&Arc<ShapePlan>| p.script() == Some(script);
        if let Some(known) = self.plans.read().unwrap_or_else(PoisonError::into_inner).iter().find(same)
        {
            return known.clone();
        }
        let made = Arc::new(ShapePlan::new(
            shaper,
            Direction::LeftToRight,
            Some(script),
            self.language.as_ref(),
            &self.settings,
        ));
        self.plans.write().unwrap_or_else(PoisonError::into_inner).push(made.clone());
        made
    }
}
