//! A word of one language: without its accents, its stem, and whether it says anything. The build script reads the thesaurus with it.

use std::collections::HashSet;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Languages that notes are understood in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    French,
    English,
}

/// Lower case, accents off; a feminine or plural participle (`-ée`, `-és`, `-ées`) as the masculine.
pub fn fold(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_ascii_lowercase();
    }
    let lower = raw.to_lowercase();
    let bare = ["ées", "ée", "és"].iter().find_map(|end| lower.strip_suffix(end));
    let mut folded = String::with_capacity(lower.len());
    for c in bare.unwrap_or(&lower).nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            _ => folded.push(c),
        }
    }
    if bare.is_some() {
        folded.push('e');
    }
    folded
}

/// Both stemmers, made once.
pub struct Stems {
    french: Stemmer,
    english: Stemmer,
}

impl Default for Stems {
    fn default() -> Stems {
        Stems {
            french: Stemmer::create(Algorithm::French),
            english: Stemmer::create(Algorithm::English),
        }
    }
}

impl Stems {
    /// The stem of a folded word: the same for its plural, feminine and verb forms as far as the Snowball
    /// algorithm sees.
    pub fn stem(&self, folded: &str, language: Language) -> String {
        if folded.len() <= 3 || folded.as_bytes()[0].is_ascii_digit() {
            return folded.to_owned();
        }
        match language {
            Language::French => {
                // Where accents were left out, `-ee` and `-ees` are participles too.
                let folded = folded
                    .strip_suffix("ees")
                    .map_or_else(
                        || folded.strip_suffix("ee").map(|bare| format!("{bare}e")),
                        |bare| Some(format!("{bare}e")),
                    )
                    .map_or(std::borrow::Cow::Borrowed(folded), std::borrow::Cow::Owned);
                self.french.stem(&folded).into_owned()
            }
            Language::English => self.english.stem(folded).into_owned(),
        }
    }
}

/// FNV-1a, 64 bits: the same on every machine.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(FNV_BASIS, fnv)
}

const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

/// Hashes short words by the same function: the standard one takes longer than the rest of a look-up.
#[derive(Clone, Copy)]
pub struct Fnv(u64);

/// Makes [`Fnv`].
pub type Quick = std::hash::BuildHasherDefault<Fnv>;

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(FNV_BASIS)
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().copied().fold(self.0, fnv);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words that say nothing of a subject. Negations are none of them.
pub fn is_stop_word(folded: &str, language: Language) -> bool {
    static SETS: LazyLock<[HashSet<&str, Quick>; 2]> = LazyLock::new(|| {
        [FRENCH_STOP_WORDS, ENGLISH_STOP_WORDS].map(|list| list.iter().copied().collect())
    });
    SETS[language as usize].contains(folded)
}

static FRENCH_STOP_WORDS: &[&str] = &[
    "a", "ai", "ainsi", "alors", "apres", "au", "aussi", "autre", "autres", "aux", "avait", "avec",
    "avoir", "avons", "beaucoup", "bien", "bref", "c", "ca", "car", "ce", "ceci", "cela", "celle",
    "celles", "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "ci", "comme", "comment", "d",
    "dans", "de", "depuis", "des", "dit", "donc", "dont", "du", "elle", "elles", "en", "encore",
    "entre", "es", "est", "et", "etaient", "etait", "ete", "etre", "eu", "eux", "faire", "fait", "fois",
    "font", "ici", "il", "ils", "j", "je", "jusqu", "l", "la", "le", "les", "leur", "leurs", "lui", "m",
    "ma", "mais", "me", "meme", "memes", "mes", "mon", "n", "ne", "nos", "notre", "nous", "on", "ont",
    "ou", "par", "pendant", "peu", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle",
    "quelles", "quels", "qui", "s", "sa", "se", "selon", "ses", "si", "soit", "son", "sont", "sous",
    "sur", "t", "ta", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une",
    "vers", "via", "voila", "vos", "votre", "vous", "vraiment", "y",
];
static ENGLISH_STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "are", "as", "at", "be", "because", "been",
    "before", "being", "but", "by", "d", "did", "do", "does", "doing", "each", "every", "for", "from",
    "get", "gets", "getting", "got", "had", "has", "have", "having", "he", "her", "here", "him", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "ll", "m", "me", "more", "my",
    "of", "on", "or", "our", "ours", "re", "really", "s", "said", "says", "she", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "us", "ve", "very", "was", "we", "were", "when", "where", "which", "while",
    "whose", "why", "with", "you", "your",
];
