//! The filled layout, parsed as HTML into the tree.
//!
//! The tokens are html5ever's; the tree is built here, because the HTML Standard's tree builder mends
//! every fault in silence (moves, closes and repeats elements), and a layout's author wants to hear of
//! them. What this builder accepts, a browser builds into the same tree: it knows the optional end
//! tags and the implied `<tbody>`, and refuses all else that would have to be mended.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::attributes;
use super::elements::{self, Content, ELEMENTS, ElementRule, EndTag};
use super::svg::{self, Drawing, Progress};
use super::template::STAMP;
use super::tree::{Document, Element, Node, NodeId, NodeKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::locale::typography::Names;

/// Elements within elements.
pub const MAX_DEPTH: usize = 256;

/// Builds the tree of a filled layout. `places` are what the stamps in it refer to. None where the
/// tree has no body; faults are reported.
pub fn parse(html: &str, places: &[Place], diagnostics: &mut Diagnostics) -> Option<Document> {
    let sink = Sink(RefCell::new(Builder::new(places)));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // a sink that never asks for a script to run lets the tokenizer go through in one feed
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.finish();
    diagnostics.extend(builder.diagnostics);
    let body = builder.body?;
    let lang = builder.lang.unwrap_or_default();
    Some(Document {
        nodes: builder.nodes,
        body,
        lang,
        title: builder.title.unwrap_or_default(),
        title_lang: builder.title_lang,
        names: Names::default(),
        author: builder.author,
        max_pages: builder.max_pages,
    })
}

struct Sink<'p>(RefCell<Builder<'p>>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().token(token)
    }
}

/// An element whose end has not come.
struct Open {
    rule: &'static ElementRule,
    /// None for what is not in the tree: head and what is in it.
    node: Option<NodeId>,
    place: Option<Place>,
}

struct Builder<'p> {
    places: &'p [Place],
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The inline `<svg>` being read, and its node.
    drawing: Option<(NodeId, Drawing)>,
    /// Elements outside the subset, whose end tags are to come.
    unknown: Vec<String>,
    /// The `<p>` that a block ended, and that block: its `</p>` is likely to come.
    ended: Option<(&'static str, &'static str)>,
    /// Where the last stamped tag stands.
    here: Option<Place>,
    body: Option<NodeId>,
    lang: Option<String>,
    title: Option<String>,
    title_lang: Option<String>,
    author: Option<String>,
    max_pages: Option<u32>,
    gave_up: bool,
    diagnostics: Diagnostics,
}

impl<'p> Builder<'p> {
    fn new(places: &'p [Place]) -> Builder<'p> {
        Builder {
            places,
            nodes: vec![],
            open: vec![],
            drawing: None,
            unknown: vec![],
            ended: None,
            here: None,
            body: None,
            lang: None,
            title: None,
            title_lang: None,
            author: None,
            max_pages: None,
            gave_up: false,
            diagnostics: Diagnostics::new(),
        }
    }

    fn token(&mut self, token: Token) -> TokenSinkResult<()> {
        if self.gave_up {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => return self.tag(tag),
            Token::CharacterTokens(text) => self.text(&text),
            Token::NullCharacterToken => self.text("\u{FFFD}"),
            // of its faults of syntax the tokenizer tells neither place nor words; only this one leaves
            // no trace in what follows
            Token::ParseError(message) => {
                if message.to_ascii_lowercase().contains("character reference") {
                    let diagnostic = Diagnostic::error(
                        "a character reference after this tag is unknown or lacks its `;`",
                    );
                    self.diagnostics
                        .push(diagnostic.maybe_at(self.here.clone()).hint("a plain & is written &amp;"));
                }
            }
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }

    fn error(&mut self, place: Option<Place>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(message).maybe_at(place));
    }

    /// Takes the stamp off: the tag's place, or that of the element around it where the tag was made
    /// from Markdown.
    fn place(&mut self, attributes: &mut Vec<Attribute>) -> Option<Place> {
        let stamp = attributes.iter().position(|a| &*a.name.local == STAMP);
        let number = stamp.map(|at| attributes.remove(at).value);
        let stamped = number.and_then(|number| number.parse::<usize>().ok());
        match stamped.and_then(|number| self.places.get(number)) {
            Some(place) => {
                self.here = Some(place.clone());
                Some(place.clone())
            }
            None => self.open.last().and_then(|open| open.place.clone()).or_else(|| self.here.clone()),
        }
    }

    fn tag(&mut self, mut tag: Tag) -> TokenSinkResult<()> {
        let place = self.place(&mut tag.attrs);
        if let Some((node, drawing)) = &mut self.drawing {
            let node = *node;
            match drawing.tag(&tag, place, &mut self.diagnostics) {
                Progress::Open => {}
                Progress::Closed => {
                    let markup = self.drawing.take().map(|(_, drawing)| drawing.into_markup());
                    if let NodeKind::Element(element) = &mut self.nodes[node.index()].kind {
                        element.svg = markup;
                    }
                }
                Progress::Hopeless => self.gave_up = true,
            }
            return TokenSinkResult::Continue;
        }
        match tag.kind {
            TagKind::StartTag => self.start(tag, place),
            TagKind::EndTag => {
                if !tag.attrs.is_empty() {
                    self.error(
                        place.clone(),
                        format!("`</{}>` has attributes: an end tag takes none", tag.name),
                    );
                }
                self.end(&tag.name, place);
                TokenSinkResult::Continue
            }
        }
    }

    // -- start tags ------------------------------------------------------------------------------

    fn start(&mut self, tag: Tag, place: Option<Place>) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let Some(rule) = elements::rule(name) else {
            return self.outside_subset(name, place);
        };
        if tag.had_duplicate_attributes {
            let second = place.as_ref().map(attributes::repeated_place);
            self.error(second, format!("`<{name}>` has an attribute twice"));
        }
        if tag.self_closing && rule.end_tag != EndTag::Never && rule.content != Content::Svg {
            let message = format!("`<{name}/>` does not close itself: expected `<{name}>…</{name}>`");
            self.error(place.clone(), message);
        }
        self.make_room(rule, &place);
        if self.open.len() >= MAX_DEPTH {
            self.error(place, format!("elements nested deeper than {MAX_DEPTH}"));
            self.gave_up = true;
            return TokenSinkResult::Continue;
        }
        let attributes = self.attributes(rule, tag.attrs, &place);
        match name {
            "html" | "body" => self.frame(rule, attributes, place),
            "head" => self.open.push(Open { rule, node: None, place }),
            "title" => {
                if self.title.replace(String::new()).is_some() {
                    self.error(place.clone(), "`<title>` stands here a second time");
                }
                let lang =
                    attributes.into_iter().find(|(name, lang)| name == "lang" && !lang.is_empty());
                self.title_lang = lang.map(|(_, lang)| lang);
                self.open.push(Open { rule, node: None, place });
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "meta" => self.meta(&attributes, place),
            "svg" => {
                let drawing = Drawing::new(&attributes, place.clone(), &mut self.diagnostics);
                let kept = attributes.into_iter().filter(|(name, _)| svg::is_laid_out(name)).collect();
                let markup = tag.self_closing.then(|| drawing.empty());
                let node = self.insert("svg", kept, Some(markup.unwrap_or_default()), place);
                if !tag.self_closing {
                    self.drawing = Some((node, drawing));
                }
            }
            _ => {
                let node = self.insert(rule.name, attributes, None, place.clone());
                if rule.end_tag != EndTag::Never {
                    self.open.push(Open { rule, node: Some(node), place });
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn outside_subset(&mut self, name: &str, place: Option<Place>) -> TokenSinkResult<()> {
        let diagnostic = Diagnostic::error(format!("unknown element `<{name}>`")).maybe_at(place);
        self.diagnostics.push(match elements::instead_of(name) {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic.nearest(name, ELEMENTS.iter().map(|rule| rule.name)),
        });
        self.unknown.push(name.to_owned());
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Ends the elements whose end tags may be left out before this start tag, so that the current
    /// element may hold it (HTML Standard §13.1.2.4).
    fn make_room(&mut self, rule: &'static ElementRule, place: &Option<Place>) {
        if rule.name == "html" {
            return;
        }
        if self.open.is_empty() {
            self.error(place.clone(), format!("expected `<html>`, found `<{}>`", rule.name));
            self.open_frame("html", place);
        }
        let holder = self
            .open
            .iter()
            .enumerate()
            .rev()
            .scan(true, |reachable, (at, open)| {
                let here = std::mem::replace(reachable, open.rule.end_tag == EndTag::Optional);
                here.then_some((at, open))
            })
            .find(|(at, open)| self.holds(*at, open.rule, rule))
            .map(|(at, _)| at);
        match holder {
            Some(at) => {
                if let Some(ended) = self.open.get(at + 1).filter(|open| open.rule.name == "p") {
                    self.ended = Some((ended.rule.name, rule.name));
                }
                self.open.truncate(at + 1);
                let is_table = self.open[at].rule.name == "table";
                if is_table && rule.name == "tr" {
                    self.open_implied("tbody", place);
                }
            }
            None => {
                let Some(current) = self.open.last() else { return };
                let around = current.rule;
                if around.name == "html" {
                    self.error(place.clone(), format!("`<{}>` stands outside `<body>`", rule.name));
                    return self.open_frame("body", place);
                }
                let mut diagnostic =
                    Diagnostic::error(format!("`<{}>` cannot stand in `<{}>`", rule.name, around.name));
                if let Content::Only(names) = around.content {
                    let names: Vec<String> = names.iter().map(|name| format!("<{name}>")).collect();
                    diagnostic = diagnostic.hint(format!("it holds {}", names.join(", ")));
                }
                self.diagnostics.push(diagnostic.maybe_at(place.clone()));
            }
        }
    }

    /// Whether the open element at `at` may hold an element.
    fn holds(&self, at: usize, around: &ElementRule, rule: &ElementRule) -> bool {
        let is_term = matches!(rule.name, "dt" | "dd");
        if is_term && around.name == "div" {
            return at > 0 && self.open[at - 1].rule.name == "dl";
        }
        around.holds(rule) || (around.name == "table" && rule.name == "tr")
    }

    fn open_implied(&mut self, name: &str, place: &Option<Place>) {
        if let Some(rule) = elements::rule(name) {
            let node = self.insert(rule.name, vec![], None, place.clone());
            self.open.push(Open { rule, node: Some(node), place: place.clone() });
        }
    }

    fn open_frame(&mut self, name: &str, place: &Option<Place>) {
        if let Some(rule) = elements::rule(name) {
            self.frame(rule, vec![], place.clone());
        }
    }

    fn frame(
        &mut self,
        rule: &'static ElementRule,
        attributes: Vec<(String, String)>,
        place: Option<Place>,
    ) {
        let is_body = rule.name == "body";
        let again = if is_body { self.body.is_some() } else { !self.nodes.is_empty() };
        if again {
            self.unknown.push(rule.name.to_owned());
            return self.error(place, format!("`<{}>` stands here a second time", rule.name));
        }
        if !is_body {
            self.lang = attributes.iter().find(|(name, _)| name == "lang").map(|(_, lang)| lang.clone());
        }
        let node = self.insert(rule.name, attributes, None, place.clone());
        if is_body {
            self.body = Some(node);
        }
        self.open.push(Open { rule, node: Some(node), place });
    }

    fn meta(&mut self, attributes: &[(String, String)], place: Option<Place>) {
        let get =
            |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.as_str());
        if let Some(charset) = get("charset") {
            if !charset.eq_ignore_ascii_case("utf-8") {
                let place = place.as_ref().map(|tag| attributes::value_place(tag, "charset"));
                self.error(place, format!("the charset is utf-8, found `{charset}`"));
            }
            return;
        }
        let content = get("content").unwrap_or("").trim().to_owned();
        match get("name") {
            Some("author") => self.author = Some(content).filter(|author| !author.is_empty()),
            Some("max-pages") => match content.parse::<u32>() {
                Ok(pages) if pages > 0 => self.max_pages = Some(pages),
                _ => {
                    let place = place.as_ref().map(|tag| attributes::value_place(tag, "content"));
                    self.error(place, format!("max-pages is a number of pages, found `{content}`"));
                }
            },
            Some(other) => {
                let place = place.as_ref().map(|tag| attributes::value_place(tag, "name"));
                let diagnostic =
                    Diagnostic::error(format!("unknown meta name `{other}`")).maybe_at(place);
                self.diagnostics.push(diagnostic.nearest(other, ["author", "max-pages"]));
            }
            None => self.error(place, "`<meta>` without a name"),
        }
    }

    fn attributes(
        &mut self,
        rule: &ElementRule,
        attributes: Vec<Attribute>,
        place: &Option<Place>,
    ) -> Vec<(String, String)> {
        let mut kept = Vec::with_capacity(attributes.len());
        for attribute in attributes {
            let name: &str = &attribute.name.local;
            let is_drawing = rule.content == Content::Svg;
            if rule.takes(name) || (is_drawing && svg::attribute(name).is_some()) {
                kept.push((name.to_owned(), attribute.value.to_string()));
                continue;
            }
            let message = format!("unknown attribute `{}` on `<{}>`", printable(name), rule.name);
            let place = place.as_ref().map(|tag| attributes::name_place(tag, name));
            let diagnostic = Diagnostic::error(message).maybe_at(place);
            self.diagnostics.push(if name.starts_with("on") {
                diagnostic.hint("a printed page runs no script")
            } else if name == "aria-label" {
                diagnostic.hint("only `<a>` and `<svg>` have one; write it where it is read, or as an alt of `<img>`")
            } else {
                diagnostic.nearest(name, rule.takeable())
            });
        }
        kept
    }

    fn insert(
        &mut self,
        name: &'static str,
        attributes: Vec<(String, String)>,
        svg: Option<String>,
        place: Option<Place>,
    ) -> NodeId {
        self.push(NodeKind::Element(Element { name, attributes, svg }), place)
    }

    fn push(&mut self, kind: NodeKind, place: Option<Place>) -> NodeId {
        // fewer than 2³² nodes: what is filled is limited to far less text
        let id = NodeId(self.nodes.len() as u32);
        let parent = self.open.iter().rev().find_map(|open| open.node);
        self.nodes.push(Node { parent, children: vec![], kind, place });
        if let Some(parent) = parent {
            self.nodes[parent.index()].children.push(id);
        }
        id
    }

    // -- text ------------------------------------------------------------------------------------

    fn text(&mut self, text: &str) {
        if let Some((_, drawing)) = &mut self.drawing {
            return drawing.text(text);
        }
        if self.unknown.last().is_some_and(|name| name == "script" || name == "style") {
            return;
        }
        let Some(current) = self.open.last() else {
            return self.text_outside(text);
        };
        match current.rule.content {
            Content::Text => self.title.get_or_insert_default().push_str(text),
            Content::Inline | Content::Flow => self.append(text),
            _ => self.text_outside(text),
        }
    }

    fn append(&mut self, text: &str) {
        let Some(current) = self.open.last() else { return };
        let (place, parent, is_pre) = (current.place.clone(), current.node, current.rule.name == "pre");
        let last = parent.and_then(|parent| self.nodes[parent.index()].children.last().copied());
        if let Some(last) = last
            && let NodeKind::Text(before) = &mut self.nodes[last.index()].kind
        {
            before.push_str(text);
            return;
        }
        // a line feed right after <pre> is no text (HTML Standard §13.2.6.4.7)
        let text = if is_pre && last.is_none() { text.strip_prefix('\n').unwrap_or(text) } else { text };
        self.push(NodeKind::Text(text.to_owned()), place);
    }

    /// Text where only elements stand: white space is nothing, all else a fault.
    fn text_outside(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let short: String = text.chars().take(20).collect();
        let message = match self.open.last() {
            Some(open) => format!("text cannot stand directly in `<{}>`: `{short}`", open.rule.name),
            None => format!("text stands outside `<html>`: `{short}`"),
        };
        let place = self.open.last().and_then(|open| open.place.clone()).or_else(|| self.here.clone());
        self.error(place, message);
    }

    // -- end tags --------------------------------------------------------------------------------

    fn end(&mut self, name: &str, place: Option<Place>) {
        if let Some(at) = self.unknown.iter().rposition(|unknown| unknown == name) {
            self.unknown.remove(at);
            return;
        }
        if elements::rule(name).is_some_and(|rule| rule.end_tag == EndTag::Never) {
            return self.error(place, format!("`<{name}>` has no end tag"));
        }
        let Some(at) = self.open.iter().rposition(|open| open.rule.name == name) else {
            return self.stray(name, place);
        };
        let unclosed = self.open[at + 1..].iter().rfind(|open| open.rule.end_tag == EndTag::Required);
        if let Some(unclosed) = unclosed {
            let inner = unclosed.rule.name;
            let since = unclosed.place.as_ref().map_or(String::new(), |place| {
                let (line, column) = place.source.line_column(place.span.start);
                format!(", opened at {line}:{column},")
            });
            self.error(place, format!("`</{name}>` stands before `<{inner}>`{since} is closed"));
        }
        self.open.truncate(at);
    }

    fn stray(&mut self, name: &str, place: Option<Place>) {
        let diagnostic = Diagnostic::error(format!("`</{name}>` closes nothing")).maybe_at(place);
        self.diagnostics.push(match self.ended.take() {
            Some((ended, by)) if ended == name => diagnostic.hint(format!(
                "`<{by}>` cannot stand in `<{ended}>` and ended it: HTML with blocks goes into a <div>"
            )),
            _ => diagnostic,
        });
    }

    fn finish(&mut self) {
        if self.gave_up {
            return;
        }
        for open in std::mem::take(&mut self.open) {
            if open.rule.end_tag == EndTag::Required {
                self.error(open.place, format!("`<{}>` is never closed", open.rule.name));
            }
        }
        if let Some((node, _)) = self.drawing.take() {
            let place = self.nodes[node.index()].place.clone();
            self.error(place, "`<svg>` is never closed");
        }
        if self.nodes.is_empty() {
            self.error(
                self.here.clone(),
                "expected a whole HTML document: <html> with <head> and <body>",
            );
        } else if self.body.is_none() {
            self.error(self.nodes[0].place.clone(), "`<html>` has no `<body>`");
        } else if self.title.is_none() {
            self.error(self.nodes[0].place.clone(), "the document has no `<title>`");
        }
    }
}

/// Text as character data or as a quoted attribute value.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

pub fn printable(name: &str) -> String {
    name.escape_debug().take(40).collect()
}
