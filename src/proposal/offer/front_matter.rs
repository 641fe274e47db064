//! The YAML at the head of a note: title, language, vocabulary, roles of sections. Other keys are the
//! author's own.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::yaml::{Node, Value};
use super::{Need, Role, quoted};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::locale::Locale;
use crate::proposal::lexicon::phrases::telling;
use crate::proposal::lexicon::thesaurus::thesaurus;
use crate::proposal::lexicon::{Language, lexicon};
use crate::proposal::markdown::{self, FirstLetter};
use crate::proposal::placed::Placed;
use crate::proposal::slug::slug;

#[derive(Default)]
pub(super) struct FrontMatter {
    pub title: Option<String>,
    pub lang: Option<Locale>,
    pub needs: Vec<Need>,
    /// How the headings of a role begin.
    pub sections: Vec<(Role, Placed<String>)>,
}

/// The byte range of the YAML and the offset of the text behind it; None in a note without front matter.
/// An opening line without a closing one is an error.
pub(super) fn find(source: &Arc<Source>) -> Result<Option<(Range<usize>, usize)>, Diagnostic> {
    let mut offset = 0;
    let mut start = None;
    for line in source.text.split_inclusive('\n') {
        let fence = line.trim_end() == "---";
        match start {
            None if !fence => return Ok(None),
            None => start = Some(offset + line.len()),
            Some(start) if fence => return Ok(Some((start..offset, offset + line.len()))),
            Some(_) => {}
        }
        offset += line.len();
    }
    match start {
        None => Ok(None),
        Some(_) => Err(Diagnostic::error("the front matter opened here is never closed")
            .at(Place::new(source, 0..3))
            .hint("end it with a line of `---`")),
    }
}

impl FrontMatter {
    /// The front matter in bytes `range` of `source`; None where it is no YAML.
    pub fn read(
        source: &Arc<Source>,
        range: Range<usize>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<FrontMatter> {
        let mut front = FrontMatter::default();
        match Node::read(source, range) {
            Ok(None) => {}
            Ok(Some(Node { value: Value::Mapping(entries), .. })) => {
                for (key, _, value) in named(&entries, found) {
                    match key {
                        "title" => front.title = text(value, "`title`", found).map(|text| text.value),
                        "lang" => front.lang = lang(value, found),
                        "needs" => front.needs = needs(value, found),
                        "sections" => front.sections = sections(value, found),
                        _ => {}
                    }
                }
            }
            Ok(Some(node)) => {
                if !matches!(&node.value, Value::Scalar(text) if text.is_empty()) {
                    found.push(expected("the front matter", "keys and values", &node));
                }
            }
            Err(fault) => {
                found.push(fault);
                return None;
            }
        }
        Some(front)
    }
}

fn lang(node: &Node, found: &mut Vec<Diagnostic>) -> Option<Locale> {
    let tag = text(node, "`lang`", found)?;
    let locale = Locale::from_tag(&tag);
    if locale.is_none() {
        found.push(
            tag.error(format!("unknown language {}: expected fr, en, en-GB or en-US", quoted(&tag))),
        );
    }
    locale
}

fn needs(node: &Node, found: &mut Vec<Diagnostic>) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for (tag, place, value) in mapping(node, "`needs`", found) {
        let name = slug(tag);
        if name.is_empty() {
            found.push(Diagnostic::error("a need's name has letters or digits").at(place));
            continue;
        }
        if let Some(same) = needs.iter().find(|need| slug(&need.tag) == name) {
            let message =
                format!("the need {} is written twice: `{}` is the same", quoted(tag), same.tag);
            found.push(Diagnostic::error(message).at(place));
            continue;
        }
        let mut need = Need::without_words(tag, place);
        if !matches!(&value.value, Value::Scalar(text) if text.is_empty()) {
            for (name, place, value) in mapping(value, &format!("the need {}", quoted(tag)), found) {
                match name {
                    "label" => {
                        if let Some(label) = text(value, "`label`", found) {
                            need.label = markdown::plain(&label, FirstLetter::Capital).plain;
                        }
                    }
                    "words" => need.words = heard(value, "`words`", found),
                    "hints" => need.hints = heard(value, "`hints`", found),
                    "concepts" => need.concepts = concepts(value, found),
                    _ => found.push(
                        Diagnostic::error(format!(
                            "unknown key {}: a need has label, words, hints and concepts",
                            quoted(name)
                        ))
                        .at(place)
                        .nearest(name, ["label", "words", "hints", "concepts"]),
                    ),
                }
            }
        }
        needs.push(need);
    }
    needs
}

fn sections(node: &Node, found: &mut Vec<Diagnostic>) -> Vec<(Role, Placed<String>)> {
    let mut sections = Vec::new();
    for (name, place, value) in mapping(node, "`sections`", found) {
        let Some(role) = Role::from_word(name) else {
            found.push(
                Diagnostic::error(format!(
                    "unknown role {}: expected {}",
                    quoted(name),
                    Role::WORDS.join(", ")
                ))
                .at(place)
                .nearest(name, Role::WORDS.iter().copied()),
            );
            continue;
        };
        let what = format!("the heading of `{name}`");
        let starts = match &value.value {
            Value::Sequence(nodes) => nodes.iter().filter_map(|node| text(node, &what, found)).collect(),
            _ => Vec::from_iter(text(value, &what, found)),
        };
        sections.extend(starts.into_iter().map(|start| (role, start)));
    }
    sections
}

/// The entries of a mapping: name, its place, value.
fn mapping<'a>(
    node: &'a Node,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, Place, &'a Node)> {
    match &node.value {
        Value::Mapping(entries) => named(entries, found),
        _ => {
            found.push(expected(what, "keys and values", node));
            vec![]
        }
    }
}

/// Entries whose key is a text and was not written before: name, its place, value.
fn named<'a>(
    entries: &'a [(Node, Node)],
    found: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, Place, &'a Node)> {
    let mut seen = BTreeSet::new();
    let mut named = Vec::new();
    for (key, value) in entries {
        match &key.value {
            Value::Scalar(name) if !seen.insert(name.as_str()) => {
                found.push(
                    Diagnostic::error(format!("key {} written twice", quoted(name)))
                        .at(key.place.clone()),
                );
            }
            Value::Scalar(name) => named.push((name.as_str(), key.place.clone(), value)),
            _ => found.push(expected("a key", "a text", key)),
        }
    }
    named
}

fn text(node: &Node, what: &str, found: &mut Vec<Diagnostic>) -> Option<Placed<String>> {
    match &node.value {
        Value::Scalar(text) if !text.trim().is_empty() => {
            Some(Placed::new(text.trim().to_owned(), node.place.clone()))
        }
        Value::Scalar(_) => {
            let error = format!("{what} has an empty text");
            found.push(Diagnostic::error(error).at(node.place.clone()));
            None
        }
        _ => {
            found.push(expected(what, "a text", node));
            None
        }
    }
}

/// Texts to be heard in notes. A list written as one text, and one without a word that tells, are warned of: nobody would ever
/// say the first, nor be heard saying the second.
fn heard(node: &Node, what: &str, found: &mut Vec<Diagnostic>) -> Vec<String> {
    let nodes = match &node.value {
        Value::Sequence(nodes) => nodes.as_slice(),
        Value::Scalar(all) if !all.is_empty() => {
            if all.contains(',') {
                let warning = format!("{what} is one text with commas, looked for as one phrase");
                let warning = Diagnostic::warning(warning).at(node.place.clone());
                found.push(warning.hint(format!("write a list: [{}]", all.trim())));
            }
            std::slice::from_ref(node)
        }
        _ => {
            found.push(expected(what, "a list of texts", node));
            return vec![];
        }
    };
    let texts: Vec<Placed<String>> = nodes.iter().filter_map(|node| text(node, what, found)).collect();
    for text in &texts {
        let silent = |language| telling(text, language).is_empty();
        if silent(Language::French) && silent(Language::English) {
            let warning = format!("{} is never heard: it has no word that tells", quoted(text));
            found.push(text.warning(warning));
        }
    }
    texts.into_iter().map(|text| text.value).collect()
}

/// Entries of the program's lexicon, or topics of its thesaurus; one that neither has is left out, with a warning.
fn concepts(node: &Node, found: &mut Vec<Diagnostic>) -> Vec<String> {
    let known = || lexicon().concepts().iter().chain(thesaurus().topics()).copied();
    let mut concepts = Vec::new();
    let nodes = match &node.value {
        Value::Sequence(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for node in nodes {
        let Some(concept) = text(node, "`concepts`", found) else { continue };
        if known().any(|known| known == concept.value) {
            concepts.push(concept.value);
        } else {
            let warning =
                concept.warning(format!("the lexicon has no concept or topic {}", quoted(&concept)));
            found.push(warning.nearest(&concept.value, known()).hint("docs/selection.md lists them"));
        }
    }
    concepts
}

fn expected(what: &str, wanted: &str, node: &Node) -> Diagnostic {
    Diagnostic::error(format!("{what} is {wanted}, found {}", node.kind())).at(node.place.clone())
}
