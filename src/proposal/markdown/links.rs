//! Addresses that become links without Markdown's brackets: a bare URL, and `text -> URL`.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// Makes a link of every bare http(s) URL; where an arrow stands before it, the text of that line up to
/// the arrow becomes the link, and the URL is not printed.
pub(super) fn link_addresses(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    // Where the current line begins in `out`; None while a span is open that began on an earlier line or
    // after the line's beginning, so that a link around the line would cut it in two.
    let mut line = Line::default();
    let mut links = 0;
    for event in merge_text(events) {
        match event {
            Event::Text(text) if links == 0 => {
                let mut rest = &text[..];
                while let Some((before, url, after)) = next_url(rest) {
                    if !before.is_empty() {
                        out.push(Event::Text(CowStr::from(before.to_owned())));
                    }
                    let link = out.len();
                    out.push(start(url));
                    out.push(Event::Text(CowStr::from(url.to_owned())));
                    out.push(Event::End(TagEnd::Link));
                    line.fold_arrow(&mut out, link);
                    rest = after;
                }
                if !rest.is_empty() {
                    out.push(Event::Text(CowStr::from(rest.to_owned())));
                }
                continue;
            }
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links -= 1,
            _ => {}
        }
        let autolink = matches!(event, Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }));
        if autolink {
            line.autolink = Some(out.len());
        }
        let ended = matches!(event, Event::End(TagEnd::Link));
        line.see(&event, out.len());
        out.push(event);
        if ended && let Some(link) = line.autolink.take() {
            line.fold_arrow(&mut out, link);
        }
    }
    out
}

/// The line of text being written, as far as an arrow wants to know it.
#[derive(Default)]
struct Line {
    /// Index of its first event.
    start: usize,
    /// Spans opened on this line and not yet closed.
    open: usize,
    /// Spans closed on this line that an earlier line had opened, or a link: nothing may be wrapped.
    broken: bool,
    /// Index of an open `<https://…>`.
    autolink: Option<usize>,
}

impl Line {
    fn begin(&mut self, at: usize) {
        *self = Line { start: at, ..Line::default() };
    }

    /// Follows `event`, about to stand at index `at`.
    fn see(&mut self, event: &Event, at: usize) {
        match event {
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.begin(at + 1),
            Event::Start(tag) if is_span(&tag.to_end()) => self.open += 1,
            Event::End(tag) if is_span(tag) => match self.open.checked_sub(1) {
                Some(open) => self.open = open,
                None => self.broken = true,
            },
            Event::Start(_) | Event::End(_) => self.begin(at + 1),
            _ => {}
        }
    }

    /// Where the link at index `link` of `out`, its last, follows an arrow: lays it around the line's text.
    fn fold_arrow(&self, out: &mut Vec<Event>, link: usize) {
        if link == 0 || self.broken || self.open > 0 {
            return;
        }
        let Event::Text(before) = &out[link - 1] else { return };
        let trimmed = before.trim_end();
        let Some(text) = trimmed.strip_suffix("->").or_else(|| trimmed.strip_suffix('→')) else {
            return;
        };
        let text = CowStr::from(text.trim_end().to_owned());
        let nested = |event: &Event| matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }));
        if out[self.start..link - 1].iter().any(nested) || (text.is_empty() && link - 1 == self.start) {
            return;
        }
        out.truncate(link + 1);
        let Some(opening) = out.pop() else { return };
        out[link - 1] = Event::Text(text);
        out.insert(self.start, opening);
        out.push(Event::End(TagEnd::Link));
    }
}

fn is_span(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

fn start(url: &str) -> Event<'static> {
    Event::Start(Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: CowStr::from(url.to_owned()),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    })
}

/// Joins texts that the parser split at signs which turned out to be text.
fn merge_text(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    let mut run: Option<String> = None;
    for event in events {
        match (event, &mut run) {
            (Event::Text(text), Some(run)) => run.push_str(&text),
            (Event::Text(text), None) => run = Some(text.into_string()),
            (other, _) => {
                out.extend(run.take().map(|text| Event::Text(text.into())));
                out.push(other);
            }
        }
    }
    out.extend(run.map(|text| Event::Text(text.into())));
    out
}

/// The first URL of a text, with what stands before and after it (GFM §6.9, extended autolinks, but only
/// those that say http or https).
fn next_url(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("http")?;
        from = at + "http".len();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| text[at..].starts_with(scheme));
        let attached = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let Some(scheme) = scheme.filter(|_| !attached) else { continue };
        let stop = |c: char| c.is_whitespace() || "<>\"«»“”".contains(c);
        let end = text[at..].find(stop).map_or(text.len(), |length| at + length);
        let url = without_trailing_signs(&text[at..end]);
        if url.len() > scheme.len() && url[scheme.len()..].starts_with(char::is_alphanumeric) {
            return Some((&text[..at], url, &text[at + url.len()..]));
        }
    }
}

/// Takes off what ends the sentence rather than the URL: `.`, `,`, a `)` that it did not open…
fn without_trailing_signs(mut url: &str) -> &str {
    loop {
        let Some(last) = url.chars().next_back() else { return url };
        let unopened = || url.matches(')').count() > url.matches('(').count();
        if !("?!.,:;*_~'’…]}".contains(last) || (last == ')' && unopened())) {
            return url;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
}
