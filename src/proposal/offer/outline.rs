//! From Markdown's events to lede, sections, prose and items.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::front_matter::FrontMatter;
use super::marks::Body;
use super::roles::Roles;
use super::{Role, lead};
use crate::diagnostic::Diagnostic;
use crate::proposal::markdown::{self, FirstLetter, Spanned};
use crate::proposal::rich::Rich;

/// What a note says, before its marks are read. Ranges are offsets into the text without marks.
#[derive(Default)]
pub(super) struct Outline {
    pub title: Option<Rich>,
    pub lede: Option<Rich>,
    pub introduction: Vec<Rich>,
    pub summary: Option<Rich>,
    pub sections: Vec<SectionDraft>,
}

pub(super) struct SectionDraft {
    pub role: Role,
    pub heading: Rich,
    pub heading_range: Range<usize>,
    pub prose: Vec<Rich>,
    /// What follows the first item without being one.
    pub after: Vec<Rich>,
    pub items: Vec<ItemDraft>,
    /// For a heading below one that has a role: the index of that section.
    parent: Option<usize>,
    /// For a heading below one that has none: the index of that section, and all that stands under the
    /// heading, block by block.
    within: Option<usize>,
    written: Vec<Rich>,
    /// Offset after all that stands under the heading.
    end: usize,
}

pub(super) struct ItemDraft {
    pub title: Option<Rich>,
    pub text: Rich,
    /// From its first word, or its list marker, to its last.
    pub range: Range<usize>,
    /// Lists within it: ids there are not its own.
    pub nested: Vec<Range<usize>>,
    pub kind: ItemKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Entry,
    Paragraph,
}

impl Outline {
    /// The outline of `events`, those of `body`. Headings that the front matter names and the note lacks
    /// are errors; an item's box for a task is a warning.
    pub fn read(
        body: &Body,
        events: &[Spanned],
        front: &FrontMatter,
        found: &mut Vec<Diagnostic>,
    ) -> Outline {
        let blocks = blocks(events);
        let last = blocks.iter().rposition(|block| !matches!(block[0].0, Event::Rule));
        let opening = opening_title(&blocks);
        let mut reader = Reader {
            text: body.text(),
            roles: Roles::new(&front.sections),
            outline: Outline::default(),
            levels: vec![],
            lonely: None,
            ticked: vec![],
            skipped: vec![],
        };
        for (i, block) in blocks.iter().enumerate() {
            let inner = &block[1.min(block.len())..block.len().max(2) - 1];
            let before = reader.outline.summary.is_some();
            match &block[0].0 {
                Event::Start(Tag::Heading { .. }) if opening == Some(i) => {
                    reader.outline.title = Some(reader.rich(inner));
                }
                Event::Start(Tag::Heading { level, .. }) => reader.heading(*level, block, inner),
                Event::Start(Tag::Paragraph) => {
                    let summary =
                        (Some(i) == last && i > 0).then(|| lead::wholly_in_emphasis(inner)).flatten();
                    match summary {
                        Some(inner) => reader.outline.summary = Some(reader.rich(inner)),
                        None => reader.paragraph(inner),
                    }
                }
                Event::Start(Tag::List(_)) if !reader.outline.sections.is_empty() => reader.list(inner),
                Event::Rule => {}
                _ => reader.block(block),
            }
            if reader.outline.summary.is_some() == before {
                reader.keep(block);
            }
        }
        reader.end_lonely();
        found.extend(reader.ticked.iter().map(|range| {
            Diagnostic::warning("the box of this item is not printed: an offer's items are no tasks")
                .at(body.place(range.clone()))
                .hint("take the brackets out, or put the tasks in a list below the item")
        }));
        found.extend((reader.skipped.iter()).map(|(range, above, level)| {
            markdown::skipped_level(*above, *level).at(body.place(range.clone()))
        }));
        reader.roles.check(&reader.outline.sections, found);
        reader.outline.fold_headings(|range| body.marks.iter().any(|mark| range.contains(&mark.at)));
        reader.outline
    }

    /// What stands under a heading below one that has a role belongs to the latter: items as they are, for
    /// they are printed by importance; text without items is an item whose title is the heading.
    ///
    /// What stands under a heading below one that has none is prose of the latter, as it is written, under a
    /// heading a level lower. Where it has marks its items are to be chosen from: it is a section then.
    fn fold_headings(&mut self, is_marked: impl Fn(Range<usize>) -> bool) {
        let mut kept: Vec<SectionDraft> = Vec::new();
        // Where each section went, and how many levels below that section's own heading.
        let mut homes: Vec<(usize, usize)> = Vec::new();
        for section in std::mem::take(&mut self.sections) {
            if let Some(within) = section.within
                && !is_marked(section.heading_range.start..section.end + 1)
            {
                let (home, depth) = (homes[within].0, homes[within].1 + 1);
                homes.push((home, depth));
                let into: &mut SectionDraft = &mut kept[home];
                let prose = if into.items.is_empty() { &mut into.prose } else { &mut into.after };
                // Its own heading is of the second level.
                prose.push(markdown::headed(&section.heading, depth + 2));
                prose.extend(section.written);
                continue;
            }
            let Some((home, _)) = section.parent.map(|parent| homes[parent]) else {
                homes.push((kept.len(), 0));
                kept.push(section);
                continue;
            };
            homes.push((home, 0));
            let into: &mut SectionDraft = &mut kept[home];
            if section.items.is_empty() {
                into.items.push(ItemDraft {
                    title: Some(section.heading),
                    text: markdown::stack(&section.prose),
                    range: section.heading_range.start..section.end,
                    nested: vec![],
                    kind: ItemKind::Paragraph,
                });
            } else {
                let opens = into.items.is_empty();
                if opens { &mut into.prose } else { &mut into.after }.extend(section.prose);
                into.items.extend(section.items);
                into.after.extend(section.after);
            }
        }
        self.sections = kept;
    }
}

struct Reader<'t> {
    text: &'t str,
    roles: Roles<'t>,
    outline: Outline,
    /// Headings above the current place: level, and index of the section.
    levels: Vec<(HeadingLevel, usize)>,
    /// A title alone on its paragraph: the next paragraph may be its text.
    lonely: Option<(ItemDraft, Rich)>,
    /// Boxes of items.
    ticked: Vec<Range<usize>>,
    /// Headings that skip a level, with the level above and their own.
    skipped: Vec<(Range<usize>, HeadingLevel, HeadingLevel)>,
}

impl Reader<'_> {
    fn heading(&mut self, level: HeadingLevel, block: &[Spanned], inner: &[Spanned]) {
        self.end_lonely();
        let heading = self.rich(inner);
        while self.levels.last().is_some_and(|(above, _)| *above >= level) {
            self.levels.pop();
        }
        let above = self.levels.last().map(|(_, index)| *index);
        let own = self.roles.of(&heading.plain);
        let inherited =
            above.filter(|index| own.is_none() && self.outline.sections[*index].role != Role::Other);
        let role = own.or_else(|| inherited.map(|index| self.outline.sections[index].role));
        let heading_range = self.trimmed(range(block));
        if let Some((above, _)) =
            self.levels.last().filter(|(above, _)| *above as usize + 1 < level as usize)
        {
            self.skipped.push((heading_range.clone(), *above, level));
        }
        self.levels.push((level, self.outline.sections.len()));
        let within = above.filter(|_| own.is_none() && inherited.is_none());
        self.outline.sections.push(SectionDraft {
            role: role.unwrap_or(Role::Other),
            heading,
            end: heading_range.end,
            heading_range,
            prose: vec![],
            after: vec![],
            items: vec![],
            parent: inherited,
            within,
            written: vec![],
        });
    }

    /// Keeps a block as it is written, for a heading below one without a role.
    fn keep(&mut self, block: &[Spanned]) {
        if matches!(block[0].0, Event::Start(Tag::Heading { .. })) {
            return;
        }
        let end = self.trimmed(range(block)).end;
        let first = match block[0].0 {
            // The others would stay as they are written.
            Event::Start(Tag::List(_)) => FirstLetter::AsWritten,
            _ => FirstLetter::Capital,
        };
        let text = markdown::rich(block.iter().map(|(event, _)| event.clone()).collect(), first);
        if let Some(section) =
            self.outline.sections.last_mut().filter(|section| section.within.is_some())
        {
            section.end = section.end.max(end);
            section.written.push(text);
        }
    }

    fn paragraph(&mut self, inner: &[Spanned]) {
        if self.outline.sections.is_empty() {
            return self.prose(self.rich(inner), range(inner));
        }
        let mut starts = lead::later_leads(inner);
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        for (i, start) in starts.iter().enumerate() {
            // The break before the next lead is no text.
            let end = starts.get(i + 1).map_or(inner.len(), |next| next - 1);
            let run = &inner[*start..end];
            let range = self.trimmed(range(run));
            let Some((title, text)) = lead::split(run) else {
                self.prose_or_text(run, range);
                continue;
            };
            self.end_lonely();
            let item = ItemDraft {
                title: Some(markdown::rich(title, FirstLetter::Capital)),
                text: markdown::rich(text, FirstLetter::Capital),
                range,
                nested: vec![],
                kind: ItemKind::Paragraph,
            };
            if item.text.plain.is_empty() {
                self.lonely = Some((item, self.rich(run)));
            } else {
                self.item(item);
            }
        }
    }

    fn prose_or_text(&mut self, run: &[Spanned], range: Range<usize>) {
        let text = self.rich(run);
        match self.lonely.take() {
            Some((mut item, _)) => {
                item.text = text;
                item.range.end = range.end;
                self.item(item);
            }
            None => self.prose(text, range),
        }
    }

    fn list(&mut self, inner: &[Spanned]) {
        // A bold line above a list is its heading, not an item.
        if let Some((item, whole)) = self.lonely.take() {
            self.prose(whole, item.range);
        }
        for entry in blocks(inner) {
            let inner = &entry[1..entry.len() - 1];
            let (run, rest) = first_run(inner);
            let run = match run {
                [(Event::TaskListMarker(_), range), run @ ..] => {
                    self.ticked.push(range.clone());
                    run
                }
                run => run,
            };
            let (title, text) = match lead::split(run) {
                Some((title, text)) => (Some(markdown::rich(title, FirstLetter::Capital)), text),
                None => (None, run.iter().map(|(event, _)| event.clone()).collect()),
            };
            let text = if rest.is_empty() {
                text
            } else {
                let opening = (!text.is_empty()).then_some(Event::Start(Tag::Paragraph));
                let closing = opening.is_some().then_some(Event::End(TagEnd::Paragraph));
                let rest = rest.iter().map(|(event, _)| event.clone());
                opening.into_iter().chain(text).chain(closing).chain(rest).collect()
            };
            let item = ItemDraft {
                title,
                text: markdown::rich(text, FirstLetter::Capital),
                range: self.trimmed(range(entry)),
                nested: blocks(rest)
                    .into_iter()
                    .filter(|block| matches!(block[0].0, Event::Start(Tag::List(_))))
                    .map(range)
                    .collect(),
                kind: ItemKind::Entry,
            };
            if item.title.is_some() || !item.text.plain.is_empty() {
                self.item(item);
            }
        }
    }

    /// A quote, code, a table: prose in an element of its own.
    fn block(&mut self, block: &[Spanned]) {
        self.end_lonely();
        self.prose(self.rich(block), range(block));
    }

    fn item(&mut self, item: ItemDraft) {
        if let Some(section) = self.outline.sections.last_mut() {
            section.end = item.range.end;
            section.items.push(item);
        }
    }

    fn prose(&mut self, text: Rich, range: Range<usize>) {
        if text.plain.is_empty() {
            return;
        }
        let outline = &mut self.outline;
        match outline.sections.last_mut() {
            Some(section) => {
                section.end = range.end;
                let part =
                    if section.items.is_empty() { &mut section.prose } else { &mut section.after };
                part.push(text);
            }
            // A lede is one paragraph; a list or a table is none.
            None if outline.lede.is_none()
                && outline.introduction.is_empty()
                && !markdown::is_block(&text) =>
            {
                outline.lede = Some(text);
            }
            None => outline.introduction.push(text),
        }
    }

    /// A title that no text followed is an item all the same.
    fn end_lonely(&mut self) {
        if let Some((item, _)) = self.lonely.take() {
            self.item(item);
        }
    }

    fn rich(&self, events: &[Spanned]) -> Rich {
        markdown::rich(events.iter().map(|(event, _)| event.clone()).collect(), FirstLetter::Capital)
    }

    /// A range without the white space at its end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.text[range].trim_end().len()
    }
}

/// The heading of level 1 that opens the note and is its title: no other heading has that level, another
/// heading follows, and no list comes before that.
fn opening_title(blocks: &[&[Spanned]]) -> Option<usize> {
    let level = |block: &[Spanned]| match block[0].0 {
        Event::Start(Tag::Heading { level, .. }) => Some(level),
        _ => None,
    };
    let mut levels = blocks.iter().filter_map(|block| level(block));
    let opens = blocks.first().and_then(|block| level(block)) == Some(HeadingLevel::H1);
    levels.next();
    let rest: Vec<HeadingLevel> = levels.collect();
    let own = blocks.get(1..)?.iter().take_while(|block| level(block).is_none());
    let lists = own.filter(|block| matches!(block[0].0, Event::Start(Tag::List(_)))).count();
    (opens && lists == 0 && !rest.is_empty() && !rest.contains(&HeadingLevel::H1)).then_some(0)
}

/// The outermost blocks of a run of balanced events, each with its start and end.
fn blocks<'r, 'a>(events: &'r [Spanned<'a>]) -> Vec<&'r [Spanned<'a>]> {
    let mut blocks = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            blocks.push(&events[start..=i]);
            start = i + 1;
        }
    }
    blocks
}

/// A list entry's first paragraph, loose or tight, and the blocks behind it.
fn first_run<'r, 'a>(inner: &'r [Spanned<'a>]) -> (&'r [Spanned<'a>], &'r [Spanned<'a>]) {
    if let Some((Event::Start(Tag::Paragraph), _)) = inner.first() {
        let length = blocks(inner)[0].len();
        return (&inner[1..length - 1], &inner[length..]);
    }
    let inline = |tag: &Tag| {
        matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        )
    };
    let mut depth = 0;
    let end = inner.iter().position(|(event, _)| match event {
        Event::Start(tag) if depth == 0 && !inline(tag) => true,
        Event::Rule => true,
        Event::Start(_) => {
            depth += 1;
            false
        }
        Event::End(_) => {
            depth -= 1;
            false
        }
        _ => false,
    });
    inner.split_at(end.unwrap_or(inner.len()))
}

fn range(events: &[Spanned]) -> Range<usize> {
    let start = events.first().map_or(0, |(_, range)| range.start);
    start..events.iter().map(|(_, range)| range.end).max().unwrap_or(start)
}
