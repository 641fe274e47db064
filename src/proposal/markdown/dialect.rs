//! What other dialects of Markdown have and CommonMark has not: it is printed as it is written, and who wrote
//! it should know. Nothing here changes a text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{Spanned, options};
use crate::diagnostic::{Diagnostic, Place, excerpt};

/// Warns about what `events`, those of `text`, print otherwise than it was meant: footnotes, callouts,
/// highlights, formulas, raised and lowered signs, HTML comments, and definitions that no link uses. `place` is
/// where a range of the text was written.
pub(in crate::proposal) fn check(
    text: &str,
    events: &[Spanned],
    place: impl Fn(Range<usize>) -> Place,
    found: &mut Vec<Diagnostic>,
) {
    let mut remarks = unused_definitions(text, events);
    let mut run = Run::default();
    let mut code = false;
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if code => {}
            Event::Text(said) => run.push(text, said, range),
            Event::SoftBreak | Event::HardBreak => run.signs.push(('\n', range.start)),
            Event::Html(html) | Event::InlineHtml(html) => {
                run.signs.push((NO_TEXT, range.start));
                if html.trim_start().starts_with("<!--") {
                    let message = format!("the comment `{}` is printed as text", excerpt(html.trim()));
                    let hint = "take it out; a comment in an offer is written `%%…%%`".to_owned();
                    remarks.push((range.start..range.start + html.trim_end().len(), message, hint));
                }
            }
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. })
            | Event::Code(_) => run.signs.push((NO_TEXT, range.start)),
            Event::Start(tag) if !is_span(&tag.to_end()) => {
                remarks.extend(run.take(text));
                run.quoted = matches!(tag, Tag::Paragraph)
                    && index.checked_sub(1).is_some_and(|before| {
                        matches!(events[before].0, Event::Start(Tag::BlockQuote(_)))
                    });
            }
            Event::End(tag) if !is_span(tag) => remarks.extend(run.take(text)),
            _ => {}
        }
    }
    remarks.sort_by_key(|(range, ..)| range.start);
    found.extend(
        remarks
            .into_iter()
            .map(|(range, message, hint)| Diagnostic::warning(message).at(place(range)).hint(hint)),
    );
}

/// Where, what is the matter, and what to write instead.
type Remark = (Range<usize>, String, String);

/// Stands in a run for what is no text as written: code, an escaped sign, a character reference.
const NO_TEXT: char = '\u{FFFC}';

fn is_span(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Definitions that no link and no picture uses (CommonMark §4.7): nothing of them is printed.
fn unused_definitions(text: &str, events: &[Spanned]) -> Vec<Remark> {
    let used: Vec<String> = (events.iter())
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => Some(label(id)),
            _ => None,
        })
        .collect();
    let parser = Parser::new_ext(text, options());
    let definitions = parser.reference_definitions().iter();
    let unused = definitions.filter(|(name, _)| !used.contains(&label(name)));
    unused
        .map(|(_, definition)| {
            let written = text[definition.span.clone()].trim_end();
            let range = definition.span.start..definition.span.start + written.len();
            let message = format!("nothing is printed of `{}`: no link uses it", excerpt(written));
            (range, message, "to print it, write it without the brackets".to_owned())
        })
        .collect()
}

/// A label as labels are compared: without case, any white space one space (CommonMark §6.3).
fn label(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text of one block, with where each sign was written.
#[derive(Default)]
struct Run {
    signs: Vec<(char, usize)>,
    /// It opens a quotation.
    quoted: bool,
}

impl Run {
    fn push(&mut self, text: &str, said: &str, range: &Range<usize>) {
        if text.get(range.clone()) != Some(said) {
            return self.signs.push((NO_TEXT, range.start));
        }
        let escaped = text[..range.start].ends_with('\\');
        let mut signs = said.char_indices().map(|(at, c)| (c, range.start + at));
        if escaped && let Some((_, at)) = signs.next() {
            self.signs.push((NO_TEXT, at));
        }
        self.signs.extend(signs);
    }

    /// What is found in the run, which is empty then.
    fn take(&mut self, text: &str) -> Vec<Remark> {
        let signs = std::mem::take(&mut self.signs);
        let chars: Vec<char> = signs.iter().map(|(c, _)| *c).collect();
        let mut remarks = vec![];
        let mut at = 0;
        while at < chars.len() {
            let Some((length, why, hint)) = self.found(&chars, at) else {
                at += 1;
                continue;
            };
            let last = &signs[at + length - 1];
            let range = signs[at].1..last.1 + last.0.len_utf8();
            let written = excerpt(&text[range.clone()]);
            remarks.push((range, format!("`{written}` is printed as it is written: {why}"), hint));
            at += length;
        }
        self.quoted = false;
        remarks
    }

    /// What begins at a sign: its length in signs, why it does nothing, and the way out.
    fn found(&self, chars: &[char], at: usize) -> Option<(usize, &'static str, String)> {
        let rest = &chars[at..];
        let before = at.checked_sub(1).map(|before| chars[before]);
        let in_word = before.is_some_and(char::is_alphanumeric);
        match rest {
            ['[', '^', ..] => {
                let end = rest.iter().position(|c| matches!(c, ']' | '\n'))?;
                (rest[end] == ']' && end > 2).then(|| {
                    let hint = "say it in the sentence, in brackets".to_owned();
                    (end + 1, "a proposal has no footnotes", hint)
                })
            }
            ['[', '!', ..] if at == 0 && self.quoted => {
                let end = rest.iter().position(|c| *c == ']')?;
                let kind = rest[2..end].iter().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                (kind && end > 2).then(|| {
                    let hint = "take it out, or begin the quotation with a word in bold".to_owned();
                    (end + 1, "quotations are of one kind", hint)
                })
            }
            ['=', '=', ..] if !in_word && before != Some('=') => {
                let inner = enclosed(&rest[2..], &['=', '='])?;
                let after = rest.get(inner.len() + 4);
                let free = !after.is_some_and(|c| c.is_alphanumeric() || *c == '=');
                (free && !inner.contains(&'=')).then(|| {
                    let said: String = inner.iter().collect();
                    let hint = format!("write `**{}**`", excerpt(&said));
                    (inner.len() + 4, "nothing is highlighted", hint)
                })
            }
            ['$', '$', ..] => formula(enclosed(&rest[2..], &['$', '$'])?, 2),
            ['$', ..] if !in_word => {
                let inner = enclosed(&rest[1..], &['$'])?;
                // `$5 and $6` are two prices.
                let price = rest.get(inner.len() + 2).is_some_and(char::is_ascii_digit);
                if price { None } else { formula(inner, 1) }
            }
            [sign @ ('^' | '~'), ..] if in_word => {
                let inner = enclosed(&rest[1..], &[*sign])?;
                let script =
                    inner.len() <= 8 && inner.iter().all(|c| c.is_alphanumeric() || "+-".contains(*c));
                script.then(|| {
                    let hint = "write the sign itself, as in `m²` or `H₂O`".to_owned();
                    (inner.len() + 2, "nothing is raised or lowered", hint)
                })
            }
            _ => None,
        }
    }
}

/// What stands before `closing`, no white space at either end of it, all in one line.
fn enclosed<'c>(chars: &'c [char], closing: &[char]) -> Option<&'c [char]> {
    let end = chars.windows(closing.len()).position(|window| window == closing || window[0] == '\n')?;
    let inner = &chars[..end];
    let open = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace());
    (chars[end] != '\n' && open(inner.first()) && open(inner.last())).then_some(inner)
}

/// A formula has a sign that sentences lack, or is one name: `$x$`. Anything else between two `$` is money.
fn formula(inner: &[char], signs: usize) -> Option<(usize, &'static str, String)> {
    let is_formula = inner.iter().any(|c| r"\^_={}+<>".contains(*c))
        || (inner[0].is_alphabetic() && inner.iter().all(|c| c.is_alphanumeric()));
    is_formula.then(|| {
        let hint = "write it with the signs themselves, as in `E = mc²`".to_owned();
        (inner.len() + 2 * signs, "formulas are not set", hint)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{FirstLetter, blocks, parse};
    use super::check;
    use crate::diagnostic::{Place, Source};

    fn remarks(text: &str) -> Vec<(String, String)> {
        let source = Source::new("a.md", text);
        let mut found = vec![];
        let place = |range: std::ops::Range<usize>| Place::new(&source, range);
        check(text, &parse(text).unwrap(), place, &mut found);
        (found.iter())
            .map(|one| (text[one.place.clone().unwrap().span].to_owned(), one.message.clone()))
            .collect()
    }

    #[test]
    fn what_other_dialects_mean_is_said() {
        for (text, found) in [
            ("un[^1] deux", &["[^1]"][..]),
            (
                "un[^p], deux[^q].\n\n[^p]: https://a.example/b\n[^q]: Courriel",
                &["[^p]", "[^q]", "[^p]", "[^q]"],
            ),
            ("- un\n  > [!note] deux", &["[!note]"]),
            ("un ==deux *trois*== quatre", &["==deux *trois*=="]),
            ("soit $E=mc^2$, $x$ et\n\n$$a+b$$", &["$E=mc^2$", "$x$", "$$a+b$$"]),
            ("H~2~O, 10^3^", &["~2~", "^3^"]),
            ("un <!-- deux --> trois\n\n<!--\nquatre\n-->", &["<!-- deux -->", "<!--"]),
            ("[Délai]: trente\n\n[a][B]\n\n[b]: https://a.example", &["[Délai]: trente"]),
            // what is meant as it is written
            ("de 5 $ à 10 $, $5 and $6, US$ 7 (CA$)", &[]),
            ("`[^1]` \\[^1] \\==a== `$x$`\n\n    ==a==\n\n```\n$x$ <!-- a -->\n```", &[]),
            ("a == b, c == d, x==y==z, 2^3, 4^5, ~un", &[]),
            ("[!note] un\n\n> un [!note]", &[]),
            ("https://a.example/?b==c==d", &[]),
        ] {
            let said: Vec<String> = remarks(text).into_iter().map(|(written, _)| written).collect();
            assert_eq!(said, found, "{text}");
        }
    }

    #[test]
    fn no_word_of_a_footnote_is_lost() {
        for (text, plain) in [
            ("un[^q].\n\n[^q]: Courriel", "un[^q]. [^q]: Courriel"),
            ("un[^q].\n[^q]: Courriel\n[^q]: lettre", "un[^q]. [^q]: Courriel [^q]: lettre"),
            ("[^a b]: Courriel \"signé\"", "[^a b]: Courriel \"signé\""),
            ("- un\n\n   [^1]: deux\n\n       trois\n\nquatre", "un [^1]: deux trois quatre"),
            ("[^1]:", "[^1]:"),
            ("[^1]:\n    - un", "[^1]: un"),
            ("> [^1]: un\n\ndeux", "[^1]: un deux"),
        ] {
            assert_eq!(blocks(text, FirstLetter::AsWritten).plain, plain, "{text}");
        }
    }
}
