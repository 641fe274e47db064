//! Bold leads: `**Gain de temps** : …` is a title and a text.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::proposal::markdown::Spanned;

/// The title and the text of a run of inline events that begins with a bold lead. Bold words that begin a
/// sentence and go on in it are no lead: what follows must be a colon, a dash or a full stop, a new line,
/// a capital, or nothing.
pub(super) fn split<'a>(run: &[Spanned<'a>]) -> Option<(Vec<Event<'a>>, Vec<Event<'a>>)> {
    let (title, rest) = strong(run)?;
    let mut title: Vec<Event> = title.iter().map(|(event, _)| event.clone()).collect();
    let ended = end_title(&mut title);
    let mut rest: Vec<Event> = rest.iter().map(|(event, _)| event.clone()).collect();
    let separated = separate(&mut rest);
    (ended || separated != Separator::None).then_some((title, rest))
}

/// Offsets in `run` of the leads that begin a line of their own after its first: they need a separator
/// that leaves no doubt.
pub(super) fn later_leads(run: &[Spanned]) -> Vec<usize> {
    let mut depth = 0usize;
    let mut leads = Vec::new();
    for (i, (event, _)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => {
                let Some((_, rest)) = strong(&run[i + 1..]) else { continue };
                let mut rest: Vec<Event> = rest.iter().map(|(event, _)| event.clone()).take(2).collect();
                if separate(&mut rest) == Separator::Sign {
                    leads.push(i + 1);
                }
            }
            _ => {}
        }
    }
    leads
}

/// The inside of the strong emphasis that begins a run, and what follows it.
fn strong<'r, 'a>(run: &'r [Spanned<'a>]) -> Option<(&'r [Spanned<'a>], &'r [Spanned<'a>])> {
    let Some((Event::Start(Tag::Strong), _)) = run.first() else { return None };
    let mut depth = 0;
    for (i, (event, _)) in run.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let title = &run[1..i];
            let words = |event: &Event| match event {
                Event::Text(text) | Event::Code(text) => text.contains(char::is_alphanumeric),
                _ => false,
            };
            return title.iter().any(|(event, _)| words(event)).then_some((title, &run[i + 1..]));
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    None,
    /// A new sentence, a new line, the end.
    Silent,
    /// `:`, `–`, `.`
    Sign,
}

/// Takes the separator off the text behind a lead.
fn separate(rest: &mut Vec<Event>) -> Separator {
    match rest.first() {
        None => Separator::Silent,
        Some(Event::SoftBreak | Event::HardBreak) => {
            rest.remove(0);
            Separator::Silent
        }
        Some(Event::Text(text)) => {
            let words = text.trim_start();
            let sign = [":", "–", "—", ".", "- "].into_iter().find_map(|sign| words.strip_prefix(sign));
            let hyphen_ends = words == "-" && text.len() > 1;
            if let Some(after) = sign.or(hyphen_ends.then_some("")) {
                let after = after.trim_start().to_owned();
                let ends = after.is_empty();
                rest[0] = Event::Text(after.into());
                if ends {
                    rest.remove(0);
                    if let Some(Event::SoftBreak | Event::HardBreak) = rest.first() {
                        rest.remove(0);
                    }
                }
                return Separator::Sign;
            }
            if words.is_empty() && rest.len() == 1 {
                rest.clear();
                return Separator::Silent;
            }
            if words.starts_with(char::is_uppercase) && words.len() < text.len() {
                rest[0] = Event::Text(words.to_owned().into());
                return Separator::Silent;
            }
            Separator::None
        }
        Some(_) => Separator::None,
    }
}

/// Takes a colon or a full stop off the end of a title; whether one of these, or a `?` or `!` that stays,
/// ended it.
fn end_title(title: &mut [Event]) -> bool {
    let Some(Event::Text(text)) = title.iter_mut().rev().find(|event| !matches!(event, Event::End(_)))
    else {
        return false;
    };
    let words = text.trim_end();
    if words.ends_with(['?', '!', '…']) {
        return true;
    }
    let without = words.trim_end_matches([':', '.', '–', '—']).trim_end();
    let ended = without.len() < words.len();
    *text = without.to_owned().into();
    ended
}

/// The inside of a paragraph that is emphasis as a whole.
pub(super) fn wholly_in_emphasis<'r, 'a>(run: &'r [Spanned<'a>]) -> Option<&'r [Spanned<'a>]> {
    let (Some((Event::Start(Tag::Emphasis), _)), Some((Event::End(TagEnd::Emphasis), _))) =
        (run.first(), run.last())
    else {
        return None;
    };
    let inner = &run[1..run.len() - 1];
    let mut depth = 0;
    for (event, _) in inner {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    Some(inner)
}
