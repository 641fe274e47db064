//! Markdown to safe HTML: CommonMark's events through a writer of our own that knows a closed list of
//! elements. Raw HTML is printed as text; a link to anything but http, https, mailto and tel is too.
//!
//! Text goes through four steps: pulldown-cmark's events → bare addresses become links ([`links`]) → the
//! first letter ([`capital`]) → the two forms of a [`Rich`] ([`writer`]).

mod capital;
pub(super) mod dialect;
mod links;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::rich::Rich;
use super::view::Html;
use crate::diagnostic::Diagnostic;

/// How deep blocks and spans may nest, half of what the layout's HTML may.
pub const MAX_DEPTH: usize = 128;

/// How the first letter of a text is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLetter {
    AsWritten,
    /// A capital, unless the first word has capitals of its own (`iOS`) or is an address.
    Capital,
}

/// An event and where it stands in the text that was parsed.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Inline Markdown: emphasis, code, links. What would be a heading, a list or another block is text, and
/// a blank line is a line break; of a picture its alternative text is printed. Never fails.
pub fn inline(text: &str, first: FirstLetter) -> Rich {
    let lines: Vec<&str> = text.lines().collect();
    let paragraphs: Vec<String> = lines
        .split(|line| line.trim().is_empty())
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.iter().map(|line| guard(line)).collect::<Vec<_>>().join("\n"))
        .collect();
    let mut events = Vec::new();
    for paragraph in &paragraphs {
        if !events.is_empty() {
            events.push(Event::HardBreak);
        }
        let Ok(parsed) = parse(paragraph) else {
            events.push(Event::Text(paragraph.clone().into()));
            continue;
        };
        events.extend(without_pictures(parsed).into_iter().map(|(event, _)| event).filter(|event| {
            !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
        }));
    }
    rich(events.into_iter().map(unguard).collect(), first)
}

/// Markdown with blocks: paragraphs, lists, quotes, code, tables; headings become paragraphs in strong,
/// and of a picture its alternative text is printed. Never fails: what nests deeper than [`MAX_DEPTH`] is
/// printed as it is written.
pub fn blocks(text: &str, first: FirstLetter) -> Rich {
    match parse(text) {
        Ok(parsed) => {
            rich(without_pictures(parsed).into_iter().map(|(event, _)| event).collect(), first)
        }
        Err(TooDeep { .. }) => plain(text, first),
    }
}

/// Events of Markdown that is a part of the document of its own, below a heading of the second level: its
/// title, a heading that it begins with, and the rest. Headings go one below the other from the third level
/// on, however the text counts them; [`skipped_levels`] says where it counts otherwise.
pub(super) fn part(events: Vec<Spanned>) -> (Option<String>, Rich) {
    let mut events: Vec<Event> = events.into_iter().map(|(event, _)| event).collect();
    let mut title = None;
    if let Some(Event::Start(Tag::Heading { .. })) = events.first()
        && let Some(end) = events.iter().position(|e| matches!(e, Event::End(TagEnd::Heading(_))))
    {
        let head: Vec<Event> = events.drain(..=end).collect();
        title = Some(writer::write(&head, writer::Headings::Strong).plain);
    }
    // Levels that are open: a heading closes those that are as deep as itself or deeper.
    let mut open: Vec<HeadingLevel> = Vec::new();
    for event in &mut events {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            open.retain(|before| before < level);
            open.push(*level);
            *level = match open.len() {
                1 => HeadingLevel::H3,
                2 => HeadingLevel::H4,
                3 => HeadingLevel::H5,
                _ => HeadingLevel::H6,
            };
        }
    }
    (title, writer::write(&links::link_addresses(events), writer::Headings::Outline))
}

/// The headings that stand more than one level below the one above them, with both levels.
pub(super) fn skipped_levels(events: &[Spanned]) -> Vec<(Range<usize>, HeadingLevel, HeadingLevel)> {
    let mut open: Vec<HeadingLevel> = Vec::new();
    let mut skipped = Vec::new();
    for (event, range) in events {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            open.retain(|before| before < level);
            if let Some(above) = open.last().filter(|above| **above as usize + 1 < *level as usize) {
                skipped.push((range.clone(), *above, *level));
            }
            open.push(*level);
        }
    }
    skipped
}

/// The warning about a heading of [`skipped_levels`], without its place.
pub(super) fn skipped_level(above: HeadingLevel, level: HeadingLevel) -> Diagnostic {
    let (above, level) = (above as usize, level as usize);
    Diagnostic::warning(format!(
        "this heading skips a level: found level {level} below level {above}, printed one level below"
    ))
    .hint(format!("begin it with `{}`", "#".repeat(above + 1)))
}

/// Plain text: nothing in it is Markdown.
pub fn plain(text: &str, first: FirstLetter) -> Rich {
    let mut events = vec![Event::Text(text.into())];
    if first == FirstLetter::Capital {
        capital::capitalise(&mut events);
    }
    writer::write(&events, writer::Headings::Strong)
}

/// The events of a text, with what Obsidian adds to CommonMark.
pub(super) fn parse(text: &str) -> Result<Vec<Spanned<'_>>, TooDeep> {
    let mut depth = 0;
    let mut events = Vec::new();
    // The mark of a footnote that its first paragraph is to begin with, and where it stands.
    let mut mark: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(TooDeep { at: range.start });
        }
        if let Some(mark) = mark.take() {
            let words = [
                (Event::Text(text[mark.clone()].into()), mark.clone()),
                (Event::Text(" ".into()), mark.end..mark.end),
            ];
            if let Event::Start(Tag::Paragraph) = event {
                events.push((event, range));
                events.extend(words);
                continue;
            }
            events.push((Event::Start(Tag::Paragraph), mark.clone()));
            events.extend(words);
            events.push((Event::End(TagEnd::Paragraph), mark));
        }
        match event {
            // A footnote is text too: it is read as one only lest it be taken for the definition of a link, of
            // which nothing is printed.
            Event::Start(Tag::FootnoteDefinition(_)) => {
                let length = text[range.start..].find("]:").map_or(0, |at| at + "]:".len());
                mark = Some(range.start..range.start + length);
            }
            Event::End(TagEnd::FootnoteDefinition) => {}
            Event::FootnoteReference(_) => {
                events.push((Event::Text(text[range.clone()].into()), range));
            }
            // Raw HTML is text, so a block of it is a paragraph.
            Event::Start(Tag::HtmlBlock) => events.push((Event::Start(Tag::Paragraph), range)),
            Event::End(TagEnd::HtmlBlock) => events.push((Event::End(TagEnd::Paragraph), range)),
            event => events.push((event, range)),
        }
    }
    Ok(events)
}

/// What we read beside CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_FOOTNOTES
}

/// A text nests deeper than [`MAX_DEPTH`].
#[derive(Clone, Copy, Debug)]
pub(super) struct TooDeep {
    /// Where, in the text.
    pub at: usize,
}

/// The printed forms of a run of balanced events.
pub(super) fn rich(events: Vec<Event>, first: FirstLetter) -> Rich {
    let mut events = links::link_addresses(events);
    if first == FirstLetter::Capital {
        capital::capitalise(&mut events);
    }
    writer::write(&events, writer::Headings::Strong)
}

/// What of Markdown a text holds that [`inline`] has no place for, and what becomes of it; None where nothing
/// is lost. A single line has no blocks to lose.
pub(super) fn lost_inline(text: &str) -> Option<(&'static str, &'static str)> {
    let one_paragraph = "is run into one paragraph";
    let is_one_line = text.trim().lines().count() < 2;
    let lost = |event: &Event| match event {
        Event::Start(Tag::Image { .. }) => Some(("a picture", "is printed as its alternative text")),
        _ if is_one_line => None,
        Event::Start(Tag::List(_)) => Some(("a list", one_paragraph)),
        Event::Start(Tag::Table(_)) => Some(("a table", one_paragraph)),
        Event::Start(Tag::CodeBlock(_)) => Some(("a block of code", one_paragraph)),
        Event::Start(Tag::BlockQuote(_)) => Some(("a quotation", one_paragraph)),
        Event::Start(Tag::Heading { .. }) => Some(("a heading", one_paragraph)),
        Event::Rule => Some(("a rule", one_paragraph)),
        _ => None,
    };
    parse(text).ok()?.iter().find_map(|(event, _)| lost(event))
}

/// A character reference that a text begins with (CommonMark §2.5): its length, and what it stands for.
pub fn reference(text: &str) -> Option<(usize, String)> {
    // The longest name that HTML has is of 33 signs.
    let end = text.bytes().take(40).position(|byte| byte == b';')? + 1;
    let mut said = String::new();
    for event in Parser::new(&text[..end]) {
        if let Event::Text(text) = event {
            said.push_str(&text);
        }
    }
    // One stands for two characters at most.
    (said != text[..end] && said.chars().count() <= 2).then_some((end, said))
}

/// Several pieces one after the other, as blocks; a single one stays as it is.
pub(super) fn stack(pieces: &[Rich]) -> Rich {
    if let [only] = pieces {
        return only.clone();
    }
    let block = |piece: &Rich| match is_block(piece) {
        true => piece.html.0.clone(),
        false => format!("<p>{}</p>", piece.html.0),
    };
    let plain = pieces.iter().map(|piece| piece.plain.as_str()).filter(|plain| !plain.is_empty());
    let plain = plain.collect::<Vec<_>>().join(" ");
    Rich { html: Html(pieces.iter().map(block).collect()), plain }
}

/// A heading of this level (2 is that of a section), 6 at most.
pub(super) fn headed(heading: &Rich, level: usize) -> Rich {
    let level = level.min(6);
    Rich { html: Html(format!("<h{level}>{}</h{level}>", heading.html.0)), plain: heading.plain.clone() }
}

/// Whether a text is made of blocks: it cannot stand in a paragraph.
pub(super) fn is_block(text: &Rich) -> bool {
    ["<p>", "<h", "<ul>", "<ol", "<blockquote>", "<pre>", "<table>"]
        .iter()
        .any(|tag| text.html.0.starts_with(tag))
}

fn without_pictures(events: Vec<Spanned>) -> Vec<Spanned> {
    let picture =
        |event: &Event| matches!(event, Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image));
    events.into_iter().filter(|(event, _)| !picture(event)).collect()
}

/// Stands before each line of an inline text, so that none begins a block. It is white space to
/// CommonMark's rules of emphasis but no indentation, and nobody types it.
const GUARD: char = '\u{2001}';

fn guard(line: &str) -> String {
    format!("{GUARD}{}", line.trim_start())
}

fn unguard(event: Event) -> Event {
    let off = |text: &str| text.replace(GUARD, "");
    match event {
        Event::Text(text) if text.contains(GUARD) => Event::Text(off(&text).into()),
        Event::Code(code) if code.contains(GUARD) => Event::Code(off(&code).into()),
        Event::InlineHtml(html) if html.contains(GUARD) => Event::InlineHtml(off(&html).into()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{FirstLetter, blocks, inline, lost_inline, parse, part};

    #[test]
    fn sentences_are_inline() {
        for (text, html) in [
            (
                "**avance** *chaque* `semaine`",
                "<strong>avance</strong> <em>chaque</em> <code>semaine</code>",
            ),
            ("_oui_ et __non__", "<em>oui</em> et <strong>non</strong>"),
            ("R&D, a < b & c > d \"e\"", "R&amp;D, a &lt; b &amp; c &gt; d &quot;e&quot;"),
            ("&amp;&eacute;", "&amp;é"),
            ("<script>x</script> <!-- y -->", "&lt;script&gt;x&lt;/script&gt; &lt;!-- y --&gt;"),
            // blocks are text
            ("# un", "# un"),
            ("- un\n- **deux**", "- un\n- <strong>deux</strong>"),
            ("1. un", "1. un"),
            ("> un", "&gt; un"),
            ("    un", "un"),
            ("un\n===", "un\n==="),
            ("[a]: https://a.example", "[a]: <a href=\"https://a.example\">https://a.example</a>"),
            ("un\n\n\ndeux", "un<br>deux"),
            ("un  \ndeux\\\ntrois", "un<br>deux<br>trois"),
            ("", ""),
            // links
            ("[a](https://a.example \"b\")", "<a href=\"https://a.example\">a</a>"),
            ("<a@b.example>", "<a href=\"mailto:a@b.example\">a@b.example</a>"),
            ("[a](tel:+33400000000)", "<a href=\"tel:+33400000000\">a</a>"),
            ("[a](JavaScript:x) [b](ftp://b) [c](#d) [e](f.md)", "a b c e"),
            (
                "(voir https://a.example/b_(c).)",
                "(voir <a href=\"https://a.example/b_(c)\">https://a.example/b_(c)</a>.)",
            ),
            ("http:// https://. xhttps://a", "http:// https://. xhttps://a"),
            ("`https://a.example`", "<code>https://a.example</code>"),
            // arrows
            (
                "le *détail* → https://a.example/b, ici",
                "<a href=\"https://a.example/b\">le <em>détail</em></a>, ici",
            ),
            ("un\nplus -> <https://a.example>", "un\n<a href=\"https://a.example\">plus</a>"),
            ("-> https://a.example", "-&gt; <a href=\"https://a.example\">https://a.example</a>"),
            (
                "*un -> https://a.example*",
                "<em>un -&gt; <a href=\"https://a.example\">https://a.example</a></em>",
            ),
            (
                "[a](https://a.example) -> https://b.example",
                "<a href=\"https://a.example\">a</a> -&gt; <a href=\"https://b.example\">https://b.example</a>",
            ),
            // of a picture, its text
            ("![un *plan*](plan.png)", "un <em>plan</em>"),
        ] {
            assert_eq!(inline(text, FirstLetter::AsWritten).html.0, html, "{text}");
        }
    }

    #[test]
    fn texts_may_have_blocks() {
        for (text, html, plain) in [
            ("un\n\ndeux", "<p>Un</p><p>deux</p>", "Un deux"),
            (
                "# un\n- deux\n- trois",
                "<p><strong>Un</strong></p><ul><li>deux</li><li>trois</li></ul>",
                "Un deux trois",
            ),
            ("2. un\n\n   deux", "<ol start=\"2\"><li><p>Un</p><p>deux</p></li></ol>", "Un deux"),
            ("> un", "<blockquote><p>Un</p></blockquote>", "Un"),
            ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>", "a < b"),
            ("un\n\n---", "<p>Un</p><hr>", "Un"),
        ] {
            let rich = blocks(text, FirstLetter::Capital);
            assert_eq!((rich.html.0.as_str(), rich.plain.as_str()), (html, plain));
        }
    }

    #[test]
    fn a_part_has_a_title_and_an_outline() {
        for (text, title, html) in [
            ("# Nos *conditions*\n\nun", Some("Nos conditions"), "<p>un</p>"),
            ("un\n\n# Deux", None, "<p>un</p><h3>Deux</h3>"),
            ("## A\n# B\n### C\n# D\n###### E", Some("A"), "<h3>B</h3><h4>C</h4><h3>D</h3><h4>E</h4>"),
            ("", None, ""),
        ] {
            let (found, rich) = part(parse(text).unwrap());
            assert_eq!((found.as_deref(), rich.html.0.as_str()), (title, html), "{text}");
        }
    }

    #[test]
    fn tasks_keep_their_state() {
        for (text, html) in [
            (
                "- [ ] un\n- [x] **deux**\n- trois",
                "<ul><li data-task=\"open\">un</li><li data-task=\"done\"><strong>deux</strong></li><li>trois</li></ul>",
            ),
            ("1. [X] un\n\n   deux", "<ol><li data-task=\"done\"><p>un</p><p>deux</p></li></ol>"),
            ("- [x](https://a.example)", "<ul><li><a href=\"https://a.example\">x</a></li></ul>"),
        ] {
            assert_eq!(blocks(text, FirstLetter::AsWritten).html.0, html, "{text}");
        }
        assert!(blocks("- [ ] un", FirstLetter::Capital).html.0.contains(">Un<"));
    }

    #[test]
    fn what_a_sentence_has_no_place_for() {
        for (text, lost) in [
            ("un :\n- deux\n- trois", Some("a list")),
            ("un\n\n| a | b |\n|---|---|\n| c | d |", Some("a table")),
            ("un\n> deux", Some("a quotation")),
            ("```\nun\n```", Some("a block of code")),
            ("# un\ndeux", Some("a heading")),
            ("un\n\n---\n\ndeux", Some("a rule")),
            ("un\n\ndeux *trois*", None),
            ("- un", None),
            ("2026. Une année", None),
            ("un\n-5 % en deux", None),
            ("un ![deux](trois.png)", Some("a picture")),
        ] {
            assert_eq!(lost_inline(text).map(|(what, _)| what), lost, "{text}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_text() {
        let deep = format!("{}a", "> ".repeat(200));
        assert_eq!(blocks(&deep, FirstLetter::AsWritten).plain, deep.trim());
        let deep = format!("{}a", "*".repeat(2000));
        assert_eq!(inline(&deep, FirstLetter::AsWritten).plain, deep);
    }
}
