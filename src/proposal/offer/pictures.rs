//! Pictures of a note or of the terms: their paths from the workspace root, or out with them.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::quoted;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::proposal::markdown::Spanned;
use crate::proposal::placed::Placed;

/// Gives every picture of `events` its path from the workspace root, with a leading `/`, and lists those
/// paths without it. Embeds and pictures without alternative text are left out with a warning, those that are
/// no file of the workspace with an error. `place` is where a range of the events' text was written.
pub(in crate::proposal) fn resolve<'a>(
    events: Vec<Spanned<'a>>,
    source: &Arc<Source>,
    place: impl Fn(Range<usize>) -> Place,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Spanned<'a>>, Vec<Placed<String>>) {
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut pictures = Vec::new();
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        let Event::Start(Tag::Image { link_type, dest_url, title, id }) = event else {
            out.push((event, range));
            continue;
        };
        let inner = picture(&mut events);
        let place = place(range.clone());
        let alt: String = inner.iter().map(|(event, _)| alternative(event)).collect();
        if matches!(link_type, LinkType::WikiLink { .. }) {
            let message = format!("the embed {} is left out", quoted(&format!("![[{dest_url}]]")));
            found.push(Diagnostic::warning(message).at(place));
            continue;
        }
        let alt = without_size(&alt).trim();
        if alt.is_empty() {
            found.push(
                Diagnostic::warning("the picture is left out: it has no alternative text")
                    .at(place)
                    .hint("say in the brackets what it shows: `![…](…)`"),
            );
            continue;
        }
        match path(folder, &dest_url) {
            Err(fault) => found.push(Diagnostic::error(fault).at(place)),
            Ok(path) => {
                pictures.push(Placed::new(path[1..].to_owned(), place));
                let start = Tag::Image { link_type, dest_url: path.into(), title, id };
                out.push((Event::Start(start), range.clone()));
                out.push((Event::Text(alt.to_owned().into()), range.clone()));
                out.push((Event::End(TagEnd::Image), range));
            }
        }
    }
    (out, pictures)
}

/// What stands between the start of a picture, already taken, and its end, which is taken too.
fn picture<'a>(events: &mut impl Iterator<Item = Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut inner = Vec::new();
    let mut depth = 1;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        inner.push((event, range));
    }
    inner
}

fn alternative<'e>(event: &'e Event) -> &'e str {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

/// Obsidian writes a picture's width behind its alternative text: `schéma|300`, `schéma|300x200`.
fn without_size(alt: &str) -> &str {
    match alt.rsplit_once('|') {
        Some((text, size))
            if size.split('x').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) =>
        {
            text
        }
        _ => alt,
    }
}

/// The path from the workspace root, with a leading `/`, of what `written` means in a file of `folder`.
fn path(folder: &str, written: &str) -> Result<String, String> {
    let scheme = written.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if scheme.as_deref() == Some("data") {
        return Err("a picture in `data:` is refused: put it into a file of the workspace".into());
    }
    if written.starts_with("//") || scheme.is_some_and(|s| s.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        return Err(format!(
            "the picture `{written}` is not a file of the workspace: nothing is fetched"
        ));
    }
    let decoded = decode(written);
    let mut parts: Vec<&str> = Vec::new();
    if !decoded.starts_with('/') {
        parts.extend(folder.split('/').filter(|part| !part.is_empty()));
    }
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err(format!("the picture {} leads out of the workspace", quoted(written)));
                }
            }
            _ => parts.push(part),
        }
    }
    Ok(format!("/{}", parts.join("/")))
}

/// `%20` and its like (RFC 3986 §2.1); what is no such triplet, or would be no UTF-8, stays.
fn decode(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| (*b as char).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{path, without_size};

    #[test]
    fn paths_from_the_workspace_root() {
        for (written, expected) in [
            ("plan.png", "/offers/plan.png"),
            ("./a/../plan.png", "/offers/plan.png"),
            ("../brand/mon%20plan.png", "/brand/mon plan.png"),
            ("/brand/100%.png", "/brand/100%.png"),
        ] {
            assert_eq!(path("offers", written).as_deref(), Ok(expected));
        }
        for written in
            ["../../plan.png", "https://a.example/b.png", "//a.example/b.png", "data:image/png,x"]
        {
            assert!(path("offers", written).is_err(), "{written}");
        }
        assert_eq!(path("", "plan.png").as_deref(), Ok("/plan.png"));
    }

    #[test]
    fn sizes_are_no_text() {
        assert_eq!(without_size("schéma|300"), "schéma");
        assert_eq!(without_size("schéma|300x200"), "schéma");
        assert_eq!(without_size("un|deux"), "un|deux");
    }
}
