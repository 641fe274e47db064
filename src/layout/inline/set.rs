//! One chosen line becomes placed items: glyph runs, decoration lines, box fragments, links.

use std::sync::Arc;

use super::atoms::{AtomKind, TextAtom};
use super::boxes::{BoxIndex, InlineBox, LineBox, Side};
use super::characters::Class;
use super::fit::{PointKind, SPACE_SHRINK};
use super::itemize::Items;
use super::points::Cut;
use super::{BoxFragment, BoxRole, LineItem, PlacedLine};
use crate::font::{Faces, Word};
use crate::layout::inline::hyphenate::SOFT_HYPHEN;
use crate::layout::pages::{
    Artifact, Fill, Glyph, GlyphRun, Group, Item, LinkArea, Outline, Owner, Paint, Rect, Shape,
};
use crate::style::values::{Color, Position, TextAlign, TextDecoration, Visibility};

/// The atoms from one chosen point to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub from: Cut,
    pub to: Cut,
    pub ends: PointKind,
}

impl Span {
    pub fn atoms(&self) -> std::ops::Range<usize> {
        let end = if self.to.inside.is_some() { self.to.end + 1 } else { self.to.end };
        self.from.next..end
    }
}

/// A line's place: its room, and where in it the content starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// px: of the block, what percentages are of.
    pub width: f32,
    /// px.
    pub indent: f32,
    pub align: TextAlign,
}

/// A word or space as it stands on this line.
struct Piece<'a> {
    atom: usize,
    text: &'a TextAtom,
    /// Which bytes of the atom's text; with a hyphen at the end where the line divides it.
    from: usize,
    to: usize,
    hyphen: bool,
    word: Arc<Word>,
    /// px, before justification.
    width: f32,
    /// White space at the line's end: takes no part in alignment.
    hangs: bool,
}

enum Step<'a> {
    Piece(Piece<'a>),
    Open(BoxIndex, f32),
    Close(BoxIndex, f32),
    Atomic(usize),
    Anchor(BoxIndex, usize),
}

pub(super) fn set(
    items: &Items,
    faces: &Faces,
    span: Span,
    line_box: &LineBox,
    room: Room,
) -> PlacedLine {
    let steps = steps(items, faces, span, room.width);
    let (mut natural, mut spaces, mut spaces_width) = (0.0, 0usize, 0.0);
    for step in &steps {
        match step {
            Step::Piece(piece) if piece.hangs => {}
            Step::Piece(piece) => {
                natural += piece.width;
                if piece.text.class.stretches() {
                    spaces += 1;
                    spaces_width += piece.width;
                }
            }
            Step::Open(_, width) | Step::Close(_, width) => natural += width,
            Step::Atomic(index) => natural += items.atomics[*index].width,
            Step::Anchor(..) => {}
        }
    }
    natural -= trailing_letter_spacing(items, &steps);
    let slack = room.width - room.indent - natural;
    let last = matches!(span.ends, PointKind::Forced | PointKind::End);
    let stretched = match room.align {
        TextAlign::Justify if last => slack.min(0.0),
        TextAlign::Justify => slack,
        _ => 0.0,
    };
    let shift = match room.align {
        // CSS Text 3 §7.3: a line that does not fit starts at the start.
        _ if slack < 0.0 => 0.0,
        TextAlign::End => slack,
        TextAlign::Center => slack / 2.0,
        TextAlign::Start | TextAlign::Justify => 0.0,
    };
    let mut setter = Setter {
        items,
        faces,
        line_box,
        width: room.width,
        more_a_space: match spaces {
            0 => 0.0,
            _ => stretched.max(-spaces_width * SPACE_SHRINK as f32) / spaces as f32,
        },
        pen: room.indent + shift,
        placed: PlacedLine::default(),
        run: None,
        open: vec![],
        drawn: [None, None],
    };
    setter.line(items.atoms.get(span.from.next).map_or(0, |atom| atom.inline), &steps, span.ends);
    setter.placed
}

fn steps<'a>(items: &'a Items, faces: &Faces, span: Span, base: f32) -> Vec<Step<'a>> {
    let mut steps: Vec<Step> = Vec::with_capacity(span.atoms().len());
    for index in span.atoms() {
        let atom = &items.atoms[index];
        steps.push(match &atom.kind {
            AtomKind::Open(inline) => Step::Open(*inline, items.width(atom, base)),
            AtomKind::Close(inline) => Step::Close(*inline, items.width(atom, base)),
            AtomKind::Atomic(atomic) => Step::Atomic(*atomic),
            AtomKind::Anchor(id) => Step::Anchor(atom.inline, *id),
            AtomKind::Forced => continue,
            AtomKind::Text(text) => {
                let from =
                    span.from.inside.filter(|_| span.from.next == index).map_or(0, |(_, resume)| resume);
                let cut = span.to.inside.filter(|_| span.to.end == index);
                let to = cut.map_or(text.range.len(), |(at, _)| at);
                let hyphen = cut.is_some() && span.ends == PointKind::Hyphen;
                let (word, width) = match (from, cut) {
                    (0, None) => (text.word.clone(), atom.width),
                    _ => {
                        let font = items.font(text);
                        let face = faces.face(font.face);
                        let part = &items.text[text.range.start + from..text.range.start + to];
                        let word = match hyphen {
                            true => font.shaper.hyphenated(face, part),
                            false => font.shaper.word(face, part),
                        };
                        let width = font.width(&word);
                        (word, width)
                    }
                };
                Step::Piece(Piece { atom: index, text, from, to, hyphen, word, width, hangs: false })
            }
        });
    }
    for step in steps.iter_mut().rev() {
        match step {
            Step::Open(..) | Step::Close(..) | Step::Anchor(..) => {}
            Step::Piece(piece) if piece.text.class.hangs() => piece.hangs = true,
            _ => break,
        }
    }
    steps
}

/// Letter-spacing is not applied at a line's end (CSS Text 3 §8.2).
fn trailing_letter_spacing(items: &Items, steps: &[Step]) -> f32 {
    let last = steps.iter().rev().find(|step| match step {
        Step::Piece(piece) => !piece.hangs,
        Step::Atomic(_) => true,
        Step::Open(..) | Step::Close(..) | Step::Anchor(..) => false,
    });
    match last {
        Some(Step::Piece(piece)) => items.font(piece.text).letter_spacing,
        _ => 0.0,
    }
}

struct Setter<'a> {
    items: &'a Items,
    faces: &'a Faces,
    line_box: &'a LineBox,
    width: f32,
    more_a_space: f32,
    pen: f32,
    placed: PlacedLine,
    run: Option<Run>,
    open: Vec<OpenBox>,
    /// The underline and the line through that are being drawn.
    drawn: [Option<Drawn>; 2],
}

/// An inline box with a fragment on this line that has not ended.
struct OpenBox {
    index: BoxIndex,
    /// Left edge of its border box.
    x: f32,
    starts: bool,
    /// Index of its fragment in the line's items, if it paints one.
    fragment: Option<usize>,
    grouped: bool,
    /// Top and bottom of the atomic boxes in it, px from the line's top.
    reach: (f32, f32),
}

struct Run {
    inline: BoxIndex,
    font: u32,
    owner: Owner,
    x: f32,
    width: f32,
    glyphs: Vec<Glyph>,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    Under = 0,
    Through = 1,
}

/// A decoration line, as long as its box goes on.
struct Drawn {
    /// The box that decorates.
    inline: BoxIndex,
    rect: Rect,
    color: Color,
    /// Underlines are painted below the text: the place kept for it.
    slot: Option<usize>,
}

impl Setter<'_> {
    fn inline(&self, index: BoxIndex) -> &InlineBox {
        &self.items.boxes[index as usize]
    }

    /// From the line's top to a box's baseline, its relative displacement included.
    fn baseline(&self, index: BoxIndex) -> f32 {
        let inline = self.inline(index);
        self.line_box.extent.above - self.line_box.raise(inline)
            + self.inline(index).offset_in(self.width).1
    }

    fn line(&mut self, first: BoxIndex, steps: &[Step], ends: PointKind) {
        // The boxes that go on from the line before.
        let mut chain: Vec<BoxIndex> = vec![];
        let mut index = first;
        while index != 0 {
            chain.push(index);
            index = self.inline(index).parent;
        }
        for index in chain.into_iter().rev() {
            self.begin(index, self.pen, false);
        }
        let mut begins = true;
        for step in steps {
            match step {
                Step::Piece(piece) => {
                    begins &= piece.hangs;
                    self.piece(piece);
                }
                Step::Open(index, width) => {
                    self.flush();
                    let margin = self.inline(*index).margin(Side::Left, self.width);
                    self.begin(*index, self.pen + margin, true);
                    self.pen += width;
                }
                Step::Close(index, width) => {
                    self.flush();
                    self.pen += width;
                    let margin = self.inline(*index).margin(Side::Right, self.width);
                    self.end(self.pen - margin, true);
                }
                Step::Atomic(index) => {
                    begins = false;
                    self.atomic(*index);
                }
                Step::Anchor(inline, id) => {
                    let x = self.pen + self.inline(*inline).offset_in(self.width).0;
                    self.placed.items.push(LineItem::Anchor { id: *id, x, begins });
                }
            }
        }
        if ends == PointKind::Forced {
            self.gap();
        }
        self.flush();
        while !self.open.is_empty() {
            self.end(self.pen, false);
        }
        self.stop(Stroke::Under);
        self.stop(Stroke::Through);
    }

    fn paint(&mut self, owner: Owner, paint: Paint) {
        self.placed.items.push(LineItem::Paint(Item { owner, paint }));
    }

    fn begin(&mut self, index: BoxIndex, x: f32, starts: bool) {
        let inline = self.inline(index);
        let style = inline.style.clone();
        let node = inline.node;
        let x = x + self.inline(index).offset_in(self.width).0;
        let grouped = style.opacity < 1.0;
        if grouped {
            self.stop(Stroke::Under);
            self.stop(Stroke::Through);
            let group = Group { opacity: Some(style.opacity.max(0.0)), ..Group::default() };
            self.paint(Owner::Artifact(Artifact::Layout), Paint::BeginGroup(group));
        }
        let rect = self.border_box(index, x, 0.0);
        let mut fragment = None;
        if let Some(node) = node {
            if starts {
                self.placed.starts.push((node, x, rect.y));
            }
            let sides = [style.border.top, style.border.right, style.border.bottom, style.border.left];
            let visible = style.position != Position::Static
                || style.background_color.a > 0.0
                || !style.background.is_empty()
                || sides.iter().any(|side| side.width > 0.0);
            if visible {
                fragment = Some(self.placed.items.len());
                let made = BoxFragment { node, style, rect, starts, ends: false };
                self.placed.items.push(LineItem::Box(made));
            }
        }
        self.open.push(OpenBox {
            index,
            x,
            starts,
            fragment,
            grouped,
            reach: (rect.y, rect.y + rect.height),
        });
    }

    /// Ends the innermost open box at the right edge `x` of its border box.
    fn end(&mut self, x: f32, ends: bool) {
        let Some(open) = self.open.pop() else { return };
        let inline = self.inline(open.index);
        let (role, node) = (inline.role, inline.node);
        let width = (x + self.inline(open.index).offset_in(self.width).0 - open.x).max(0.0);
        let rect = self.border_box(open.index, open.x, width);
        if let Some(slot) = open.fragment
            && let Some(LineItem::Box(fragment)) = self.placed.items.get_mut(slot)
        {
            *fragment = BoxFragment { rect, starts: open.starts, ends, ..fragment.clone() };
        }
        if let (BoxRole::Link, Some(owner)) = (role, node)
            && width > 0.0
        {
            let (top, bottom) = open.reach;
            let (top, bottom) = (top.min(rect.y), bottom.max(rect.y + rect.height));
            let rect = Rect { y: top, height: bottom - top, ..rect };
            self.placed.links.push(LinkArea { owner, rect });
        }
        if open.grouped {
            self.stop(Stroke::Under);
            self.stop(Stroke::Through);
            self.paint(Owner::Artifact(Artifact::Layout), Paint::EndGroup);
        }
        if let Some(around) = self.open.last_mut() {
            around.reach = (around.reach.0.min(open.reach.0), around.reach.1.max(open.reach.1));
        }
    }

    /// The content area with vertical padding and border, which take no part in the line's height
    /// (CSS 2.2 §10.6.1).
    fn border_box(&self, index: BoxIndex, x: f32, width: f32) -> Rect {
        let inline = self.inline(index);
        let style = &inline.style;
        let top = inline.content.above + style.padding.top.resolve(self.width) + style.border.top.width;
        let bottom =
            inline.content.below + style.padding.bottom.resolve(self.width) + style.border.bottom.width;
        Rect { x, y: self.baseline(index) - top, width, height: top + bottom }
    }

    fn atomic(&mut self, index: usize) {
        self.flush();
        let atomic = &self.items.atomics[index];
        let (dx, dy) = self.inline(atomic.parent).offset_in(self.width);
        let top = self.line_box.atomic_top(&self.items.boxes, atomic) + dy;
        let bottom = top + atomic.extent.above + atomic.extent.below;
        self.placed.items.push(LineItem::Atomic { id: atomic.id, x: self.pen + dx, y: top });
        if let Some(around) = self.open.last_mut() {
            around.reach = (around.reach.0.min(top), around.reach.1.max(bottom));
        }
        // Decoration lines do not cross atomic boxes (CSS Text Decoration 3 §2).
        self.stop(Stroke::Under);
        self.stop(Stroke::Through);
        self.pen += atomic.width;
    }

    fn piece(&mut self, piece: &Piece) {
        let text = piece.text;
        let inline = self.items.atoms[piece.atom].inline;
        let mut width = piece.width;
        if text.class.stretches() && !piece.hangs {
            width += self.more_a_space;
        }
        // Collapsible spaces at a line's end are removed (CSS Text 3 §4.1.2): they stay to be copied, and take
        // no room in the boxes that end with them.
        let removed = piece.hangs && self.inline(inline).style.text.white_space.collapses();
        let room = if removed { 0.0 } else { width };
        if self.inline(inline).style.text.visibility == Visibility::Hidden
            || piece.word.glyphs.is_empty()
        {
            self.flush();
            self.pen += room;
            return;
        }
        if !piece.hangs {
            self.decorate(inline, width);
        }
        let owner = self.items.sources[text.source as usize].owner;
        let continues = self
            .run
            .as_ref()
            .is_some_and(|run| run.inline == inline && run.font == text.font && run.owner == owner);
        if !continues {
            self.flush();
            let x = self.pen + self.inline(inline).offset_in(self.width).0;
            self.run = Some(Run {
                inline,
                font: text.font,
                owner,
                x,
                width: 0.0,
                glyphs: vec![],
                text: String::new(),
            });
        }
        if let Some(run) = &mut self.run {
            run.append(self.items, piece, width);
        }
        self.pen += room;
    }

    /// Keeps a forced line end from gluing two words together in copied text.
    fn gap(&mut self) {
        let Some(run) = &mut self.run else { return };
        if run.text.ends_with(char::is_whitespace) {
            return;
        }
        let font = &self.items.fonts[run.font as usize];
        let word = font.shaper.word(self.faces.face(font.face), " ");
        if let Some(space) = word.glyphs.first() {
            let start = run.text.len() as u32;
            run.text.push(' ');
            run.glyphs.push(Glyph {
                id: space.id,
                x: run.width,
                y: 0.0,
                advance: space.advance * font.scale,
                start,
                end: start + 1,
            });
        }
    }

    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let font = &self.items.fonts[run.font as usize];
        let inline = self.inline(run.inline);
        let glyphs = GlyphRun {
            face: font.face,
            size: font.size,
            color: inline.style.text.color,
            x: run.x,
            y: self.baseline(run.inline),
            glyphs: run.glyphs,
            text: run.text.into(),
        };
        self.paint(run.owner, Paint::Glyphs(glyphs));
    }

    /// Goes on with the decoration lines under and through what is set next, in box `inline`.
    fn decorate(&mut self, inline: BoxIndex, width: f32) {
        self.stroke(Stroke::Under, inline, width, |decoration| decoration.underline);
        self.stroke(Stroke::Through, inline, width, |decoration| decoration.line_through);
    }

    fn stroke(
        &mut self,
        stroke: Stroke,
        inline: BoxIndex,
        width: f32,
        has: impl Fn(&TextDecoration) -> bool,
    ) {
        if !has(&self.inline(inline).style.text_decoration) {
            self.stop(stroke);
            return;
        }
        // The outermost box of an unbroken chain decorates: one line, whatever the sizes inside (CSS
        // Text Decoration 3 §2.1).
        let mut by = inline;
        while by != 0 && has(&self.inline(self.inline(by).parent).style.text_decoration) {
            by = self.inline(by).parent;
        }
        let x = self.pen + self.inline(inline).offset_in(self.width).0;
        if let Some(drawn) = &mut self.drawn[stroke as usize]
            && drawn.inline == by
            && (drawn.rect.x + drawn.rect.width - x).abs() < 0.05
        {
            drawn.rect.width = x + width - drawn.rect.x;
            return;
        }
        self.stop(stroke);
        let decorating = self.inline(by);
        let decoration = decorating.style.text_decoration;
        let face = self.faces.face(decorating.face);
        let scale = face.scale(decorating.style.text.font_size);
        let thickness = decoration.thickness.unwrap_or(face.metrics.underline_thickness * scale);
        let centre = match stroke {
            Stroke::Under => {
                self.baseline(by) - face.metrics.underline_position * scale
                    + decoration.offset.unwrap_or(0.0)
            }
            Stroke::Through => self.baseline(by) - face.metrics.strikeout_position * scale,
        };
        let color = decoration.color.unwrap_or(decorating.style.text.color);
        let rect = Rect { x, y: centre - thickness / 2.0, width, height: thickness };
        let slot = match stroke {
            Stroke::Under => {
                self.flush();
                self.paint(Owner::Artifact(Artifact::Layout), line(rect, color));
                Some(self.placed.items.len() - 1)
            }
            Stroke::Through => None,
        };
        self.drawn[stroke as usize] = Some(Drawn { inline: by, rect, color, slot });
    }

    fn stop(&mut self, stroke: Stroke) {
        let Some(drawn) = self.drawn[stroke as usize].take() else { return };
        match drawn.slot {
            Some(slot) => {
                if let Some(LineItem::Paint(item)) = self.placed.items.get_mut(slot) {
                    item.paint = line(drawn.rect, drawn.color);
                }
            }
            None => {
                self.flush();
                self.paint(Owner::Artifact(Artifact::Layout), line(drawn.rect, drawn.color));
            }
        }
    }
}

fn line(rect: Rect, color: Color) -> Paint {
    Paint::Shape(Shape { outline: Outline::rect(rect), fill: Some(Fill::Color(color)), stroke: None })
}

impl Run {
    /// Adds a word or space that takes `width` px.
    fn append(&mut self, items: &Items, piece: &Piece, width: f32) {
        let font = items.font(piece.text);
        let start = piece.text.range.start;
        let text = &items.text[start + piece.from..start + piece.to];
        let base = self.text.len() as u32;
        self.text.push_str(if piece.text.class == Class::Tab { " " } else { text });
        if piece.hyphen {
            self.text.push(SOFT_HYPHEN);
        }
        // The shaped hyphen may be longer or shorter than the soft hyphen that is copied.
        let whole = self.text.len() as u32 - base;
        let place = |offset: u32, is_end: bool| match piece.hyphen && offset as usize >= text.len() {
            true if is_end && offset as usize > text.len() => base + whole,
            _ => base + offset.min(whole),
        };
        let glyphs = &piece.word.glyphs;
        let is_space = piece.text.class != Class::Word;
        let mut pen = 0.0;
        for (index, glyph) in glyphs.iter().enumerate() {
            let ends_cluster = glyphs.get(index + 1).is_none_or(|next| next.start != glyph.start);
            let mut advance = glyph.advance * font.scale;
            if ends_cluster {
                advance += font.letter_spacing;
            }
            if is_space && index + 1 == glyphs.len() {
                advance = width - pen;
            }
            self.glyphs.push(Glyph {
                id: glyph.id,
                x: self.width + pen + glyph.dx * font.scale,
                y: glyph.dy * font.scale,
                advance,
                start: place(glyph.start, false),
                end: place(glyph.end, true),
            });
            pen += advance;
        }
        self.width += width;
    }
}
