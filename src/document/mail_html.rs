//! HTML for mail programs: any element may stand in it, and no tree is built. Its text is set by the
//! typographic rules and written out again, tag by tag.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::elements::{self, Role};
use super::typography::Kept;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::locale::Locale;
use crate::locale::typography::{Names, Segment, Treatment, set_around};

/// Elements within elements.
const MAX_DEPTH: usize = 256;
/// HTML Standard §13.1.2, void elements.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];
/// Inline elements that the print subset does not have.
const OLD_INLINE: &[&str] = &["big", "del", "font", "ins", "s", "strike", "tt", "u"];
/// What mail programs strip, or warn of.
const REFUSED: &[&str] =
    &["script", "link", "iframe", "object", "embed", "form", "base", "video", "audio"];

/// The filled HTML of an e-mail with the typographic rules applied to the text of each block; `lang`, `translate`,
/// code and `names` are respected. None where it has what no mail program shows; the error is shown at `place`.
pub fn typeset(
    html: &str,
    locale: Locale,
    names: &Names,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let base = Setting { locale: Some(locale), kept: Kept::No };
    let (open, pieces, line, faults) = (vec![], vec![], vec![], vec![]);
    let writer = tokens(html, Writer { open, base, names, pieces, line, faults });
    let sound = writer.faults.is_empty();
    let errors = writer.faults.into_iter().map(|fault| Diagnostic::error(fault).at(place.clone()));
    diagnostics.extend(errors);
    let written = |piece| match piece {
        Piece::Markup(markup) => markup,
        Piece::Text(text, _) => escaped(&text),
    };
    sound.then(|| writer.pieces.into_iter().map(written).collect())
}

/// The text of HTML that the program made itself from Markdown, or of an e-mail: blocks end lines, entries of lists have a
/// dash, a link is followed by its address where it does not show it.
pub fn plain(html: &str) -> String {
    let text = tokens(html, Plain::default()).out;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

trait Sink {
    fn token(&mut self, token: Token) -> TokenSinkResult<()>;
}

struct Shared<S>(RefCell<S>);

impl<S: Sink> TokenSink for Shared<S> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().token(token)
    }
}

fn tokens<S: Sink>(html: &str, sink: S) -> S {
    let tokenizer = Tokenizer::new(Shared(RefCell::new(sink)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Clone, Copy)]
struct Setting {
    locale: Option<Locale>,
    kept: Kept,
}

impl Setting {
    fn treatment(self) -> Treatment {
        match self.locale {
            Some(locale) if self.kept == Kept::No => Treatment::Prose(locale),
            _ => Treatment::Verbatim,
        }
    }
}

enum Piece {
    Markup(String),
    Text(String, Treatment),
}

struct Writer<'n> {
    /// Elements whose end tag is to come.
    open: Vec<(String, Setting)>,
    base: Setting,
    names: &'n Names,
    pieces: Vec<Piece>,
    /// The texts of the block so far, by their place in `pieces`; None where an object stands.
    line: Vec<Option<usize>>,
    faults: Vec<String>,
}

impl Sink for Writer<'_> {
    fn token(&mut self, token: Token) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(&tag),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            Token::NullCharacterToken => self.text("\u{FFFD}"),
            Token::CommentToken(text) => self.pieces.push(Piece::Markup(format!("<!--{text}-->"))),
            Token::DoctypeToken(doctype) => {
                let name = doctype.name.as_deref().unwrap_or("html").to_owned();
                self.pieces.push(Piece::Markup(format!("<!doctype {name}>")));
            }
            Token::EOFToken => self.end_line(),
            Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Writer<'_> {
    fn setting(&self) -> Setting {
        self.open.last().map_or(self.base, |(_, setting)| *setting)
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|(name, _)| name == "style") {
            return self.pieces.push(Piece::Markup(text.to_owned()));
        }
        self.line.push(Some(self.pieces.len()));
        self.pieces.push(Piece::Text(text.to_owned(), self.setting().treatment()));
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let attribute = |wanted: &str| {
            tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.to_string())
        };
        if REFUSED.contains(&name) {
            self.fault(format!("an e-mail has no `<{name}>`: mail programs strip it"));
        }
        if let Some(source) = attribute("src").filter(|source| !source.starts_with("https://")) {
            let source = crate::diagnostic::excerpt(&source);
            self.fault(format!(
                "`{source}` is not sent with the e-mail: `src` must begin with https://"
            ));
        }
        let mut markup = format!("<{name}");
        for attribute in &tag.attrs {
            let value = escaped(&attribute.value).replace('"', "&quot;");
            markup.push_str(&format!(" {}=\"{value}\"", attribute.name.local));
        }
        markup.push('>');
        if is_block(name) {
            self.end_line();
        }
        self.pieces.push(Piece::Markup(markup));
        if VOID.contains(&name) {
            self.line.push(None);
            return TokenSinkResult::Continue;
        }
        if self.open.len() == MAX_DEPTH {
            self.fault(format!("elements nested deeper than {MAX_DEPTH}"));
        }
        let mut setting = self.setting();
        if let Some(lang) = attribute("lang").filter(|lang| !lang.is_empty()) {
            let primary = lang.split('-').next().unwrap_or(&lang);
            setting.locale = Locale::from_tag(&lang).or_else(|| Locale::from_tag(primary));
        }
        setting.kept = setting.kept.within(name, attribute("translate").as_deref());
        self.open.push((name.to_owned(), setting));
        match name {
            "style" | "script" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.end_line();
        }
        self.pieces.push(Piece::Markup(format!("</{name}>")));
        match self.open.iter().rposition(|(open, _)| open == name) {
            Some(at) => self.open.truncate(at),
            None => self.fault(format!("`</{name}>` closes nothing")),
        }
    }

    fn fault(&mut self, fault: String) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let segment = |at: &Option<usize>| match at.map(|at| &self.pieces[at]) {
            Some(Piece::Text(text, treatment)) => Segment { text, treatment: *treatment },
            // an object in the line (Unicode: U+FFFC)
            _ => Segment { text: "\u{FFFC}", treatment: Treatment::Verbatim },
        };
        let segments: Vec<Segment<'_>> = line.iter().map(segment).collect();
        for (at, changed) in line.iter().zip(set_around(self.names, &segments)) {
            if let (Some(at), Some(changed)) = (at, changed)
                && let Piece::Text(text, _) = &mut self.pieces[*at]
            {
                *text = changed;
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    let is_inline = elements::rule(name).is_some_and(|rule| rule.role == Role::Inline);
    !is_inline && !OLD_INLINE.contains(&name) && name != "img" && name != "wbr"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[derive(Default)]
struct Plain {
    out: String,
    /// The address of the link being read, and where its text begins.
    link: Option<(String, usize)>,
}

impl Sink for Plain {
    fn token(&mut self, token: Token) -> TokenSinkResult<()> {
        match token {
            // white space in Markdown's HTML is a space wherever it stands
            Token::CharacterTokens(text) => self.out.push_str(&text.replace('\n', " ")),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                "a" => {
                    let href = tag.attrs.iter().find(|a| &*a.name.local == "href");
                    self.link = href.map(|href| (href.value.to_string(), self.out.len()));
                }
                "li" => self.out.push_str("\n– "),
                "img" => {
                    let alt = tag.attrs.iter().find(|a| &*a.name.local == "alt");
                    self.out.push_str(alt.map_or("", |alt| &alt.value));
                }
                name if is_block(name) => self.out.push('\n'),
                _ => {}
            },
            Token::TagToken(tag) => match &*tag.name {
                "a" => {
                    if let Some((href, from)) = self.link.take()
                        && href.contains("://")
                        && !self.out[from..].contains(href.split("://").nth(1).unwrap_or(&href))
                    {
                        self.out.push_str(&format!(" ({href})"));
                    }
                }
                name if is_block(name) && name != "li" => self.out.push('\n'),
                _ => {}
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
