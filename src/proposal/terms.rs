//! The house's terms: an annex in Markdown, printed last.

use std::ops::Range;
use std::sync::Arc;

use super::markdown::{self, FirstLetter};
use super::offer;
use super::placed::Placed;
use super::view::{Html, TermsView};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::locale::Locale;

/// The annex in the languages that it was written in.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    texts: Vec<Text>,
    /// Files of the pictures in them, from the workspace root.
    pub pictures: Vec<Placed<String>>,
}

#[derive(Clone, Debug)]
struct Text {
    source: Arc<Source>,
    lang: Locale,
    title: Option<String>,
    body: Html,
}

impl Terms {
    /// Adds the annex in `source`. `lang` is its language where its front matter does not say. One without
    /// a word is an error: it would print an empty page.
    pub fn read(&mut self, source: &Arc<Source>, lang: Locale, diagnostics: &mut Diagnostics) {
        let mut found = vec![];
        let (said, start) = offer::head(source, &mut found);
        diagnostics.extend(found);
        let text = &source.text[start..];
        let place = |range: Range<usize>| Place::new(source, start + range.start..start + range.end);
        let (title, body) = match markdown::parse(text) {
            Ok(events) => {
                let mut found = vec![];
                markdown::dialect::check(text, &events, place, &mut found);
                found.extend(
                    markdown::skipped_levels(&events)
                        .into_iter()
                        .map(|(at, above, level)| markdown::skipped_level(above, level).at(place(at))),
                );
                let (events, pictures) = offer::pictures::resolve(events, source, place, &mut found);
                diagnostics.extend(found);
                self.pictures.extend(pictures);
                markdown::part(events)
            }
            // What nests too deep is printed as it is written.
            Err(_) => (None, markdown::plain(text, FirstLetter::AsWritten)),
        };
        if body.plain.is_empty() {
            diagnostics.push(Diagnostic::error(format!("`{}` has no text to print", source.path)));
            return;
        }
        let text = Text { source: source.clone(), lang: said.unwrap_or(lang), title, body: body.html };
        self.texts.push(text);
    }

    /// The files that it was read from.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.texts.iter().map(|text| &text.source)
    }

    /// The annex in this language; else the first there is, marked with its own, which is a warning.
    pub fn view(&self, locale: Locale, diagnostics: &mut Diagnostics) -> Option<TermsView> {
        let same = |text: &&Text| text.lang.language() == locale.language();
        let text = self.texts.iter().find(same).or(self.texts.first())?;
        let foreign = !same(&text);
        if foreign {
            let path = &text.source.path;
            let stem = path.strip_suffix(".md").unwrap_or(path);
            let tag = locale.tag();
            diagnostics.push(
                Diagnostic::warning(format!(
                    "the terms `{path}` have no text in {tag}: they are printed in their own language"
                ))
                .hint(format!("translate them in {stem}.{}.md", locale.language())),
            );
        }
        Some(TermsView {
            title: text.title.clone(),
            lang: foreign.then(|| text.lang.tag().to_string()),
            text: text.body.clone(),
        })
    }
}
