//! From text to atoms: words and spaces, each in one face and shaped; inline box edges; atomic boxes.

use std::ops::Range;
use std::sync::Arc;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::atoms::{Atom, AtomKind, TextAtom};
use super::boxes::{AtomicBox, BoxIndex, Extent, InlineBox, Side, leading};
use super::characters::{
    Class, NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, is_right_to_left, listed, space_part,
};
use super::collapse::{Piece, ZERO_WIDTH_SPACE, collapse};
use super::fallback::{self, Absent, Fallback, sets};
use super::hyphenate::{self, SOFT_HYPHEN};
use super::small_caps::{SMALL_CAPITALS, Synthesis};
use super::{Paragraph, Part};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::font::{Division, FaceId, Faces, Letters, Word, WordGlyph, WordShaper};
use crate::layout::pages::Owner;
use crate::style::values::{ComputedStyle, Hyphens, LineHeight};

/// Tab stops every so many spaces (CSS Text 3 §4.2, `tab-size`).
const TAB_SIZE: f32 = 8.0;
/// A longer run of letters is no word that could be divided.
const LONGEST_DIVIDED: usize = 512;

/// A face with features and language, at a size.
#[derive(Debug)]
pub(super) struct Font {
    pub face: FaceId,
    /// px.
    pub size: f32,
    pub shaper: Arc<WordShaper>,
    /// px a font unit.
    pub scale: f32,
    pub letter_spacing: f32,
    /// Its line where the line height is `normal`.
    pub leading: Extent,
}

impl Font {
    pub fn width(&self, word: &Word) -> f32 {
        let spacing = match self.letter_spacing {
            0.0 => 0.0,
            spacing => spacing * word.clusters() as f32,
        };
        word.advance * self.scale + spacing
    }
}

/// Whose text it is.
#[derive(Debug)]
pub(super) struct Source {
    pub owner: Owner,
    pub place: Option<Place>,
}

#[derive(Debug)]
pub(super) struct Items {
    pub text: String,
    pub boxes: Vec<InlineBox>,
    pub atoms: Vec<Atom>,
    pub atomics: Vec<AtomicBox>,
    pub fonts: Vec<Font>,
    pub sources: Vec<Source>,
    /// Indices of the atoms that a line may start with, ascending.
    pub breaks: Vec<usize>,
}

impl Items {
    /// An atom's width where percentages are of `base`, px.
    pub fn width(&self, atom: &Atom, base: f32) -> f32 {
        match atom.kind {
            AtomKind::Open(inline) => self.boxes[inline as usize].edge(Side::Left, base),
            AtomKind::Close(inline) => self.boxes[inline as usize].edge(Side::Right, base),
            _ => atom.width,
        }
    }

    pub fn font(&self, atom: &TextAtom) -> &Font {
        &self.fonts[atom.font as usize]
    }

    /// Whether a line of this atom alone would be a line: box edges without width are not.
    pub fn is_content(&self, atom: &Atom) -> bool {
        match atom.kind {
            AtomKind::Open(_) | AtomKind::Close(_) => atom.width != 0.0,
            AtomKind::Forced | AtomKind::Anchor(_) => false,
            AtomKind::Text(_) | AtomKind::Atomic(_) => true,
        }
    }
}

/// None where there is no face at all, which is reported.
pub(super) fn itemize(
    paragraph: &Paragraph,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) -> Option<Items> {
    let flat = collapse(paragraph);
    let Some(face) = primary(&paragraph.style, faces) else {
        if !flat.text.trim().is_empty() {
            diagnostics
                .push(Diagnostic::error("there is no face to print with").hint("put one into fonts/"));
        }
        return None;
    };
    let names = paragraph.names.within_str(&flat.text);
    let mut itemizer = Itemizer {
        faces,
        opportunities: opportunities(&flat.text),
        next_opportunity: 0,
        last_letter: flat
            .text
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_alphanumeric())
            .map_or(0, |(at, _)| at),
        items: Items {
            text: flat.text,
            boxes: vec![InlineBox::root(&paragraph.style, face, faces)],
            atoms: vec![],
            atomics: vec![],
            fonts: vec![],
            sources: vec![],
            breaks: vec![],
        },
        inline: 0,
        before: 0,
        offset: 0,
        opportunity: 0,
        line_start: 0,
        pen: 0.0,
        last_font: None,
        absent: vec![],
        names,
    };
    itemizer.pieces(paragraph, &flat.pieces);
    let Items { sources, text, .. } = &itemizer.items;
    fallback::report(&mut itemizer.absent, sources, text, faces, diagnostics);
    itemizer.report_right_to_left(diagnostics);
    Some(itemizer.items)
}

/// Byte offsets where UAX #14 lets a line end, ascending; the text's own end is left out.
fn opportunities(text: &str) -> Vec<usize> {
    const SEGMENTER: icu_segmenter::LineSegmenterBorrowed<'static> =
        LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    SEGMENTER.segment_str(text).filter(|&at| at > 0 && at < text.len()).collect()
}

fn primary(style: &ComputedStyle, faces: &Faces) -> Option<FaceId> {
    faces.first(&style.text.font_family, style.text.font_weight, style.text.font_style)
}

struct Itemizer<'a> {
    faces: &'a Faces,
    opportunities: Vec<usize>,
    next_opportunity: usize,
    /// Where the paragraph's last letter or digit is: the word that holds it is not divided.
    last_letter: usize,
    items: Items,
    /// The innermost open box, and the one that the last character stood in.
    inline: BoxIndex,
    before: BoxIndex,
    /// How much of the text is itemized.
    offset: usize,
    /// The end of the last `<wbr>`.
    opportunity: usize,
    /// The atom after the last forced break, and the width since: tabs count from it.
    line_start: usize,
    pen: f32,
    /// The font found last in the text at hand, with its box and face.
    last_font: Option<(BoxIndex, FaceId, Letters, u32)>,
    absent: Vec<Absent>,
    /// Where names stand in the text: no hyphen divides them.
    names: Vec<Range<usize>>,
}

impl Itemizer<'_> {
    fn pieces(&mut self, paragraph: &Paragraph, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text { range, part } => {
                    if let Part::Text { owner, lang, place, .. } = &paragraph.parts[*part] {
                        self.items.sources.push(Source { owner: *owner, place: place.clone() });
                        self.text(range.clone(), lang);
                    }
                }
                Piece::Open { part } => {
                    if let Part::Open { node, style, role } = &paragraph.parts[*part] {
                        let face = primary(style, self.faces).unwrap_or(self.items.boxes[0].face);
                        let inline = self.items.boxes.len() as BoxIndex;
                        let parts = (style, *node, *role);
                        let made =
                            InlineBox::child(&self.items.boxes, self.inline, parts, face, self.faces);
                        self.push(made.edge(Side::Left, 0.0), AtomKind::Open(inline));
                        self.items.boxes.push(made);
                        self.inline = inline;
                    }
                }
                Piece::Close => {
                    let inline = self.inline;
                    let closed = &self.items.boxes[inline as usize];
                    let (edge, parent) = (closed.edge(Side::Right, 0.0), closed.parent);
                    self.push(edge, AtomKind::Close(inline));
                    self.inline = parent;
                }
                Piece::Atomic { part } => {
                    if let Part::Atomic { id, style, width, height, baseline } = &paragraph.parts[*part]
                    {
                        self.maybe_break();
                        let atomic = self.items.atomics.len();
                        self.items.atomics.push(AtomicBox {
                            id: *id,
                            align: style.vertical_align,
                            parent: self.inline,
                            width: *width,
                            extent: Extent { above: *baseline, below: height - baseline },
                        });
                        self.push(*width, AtomKind::Atomic(atomic));
                        self.offset += super::collapse::OBJECT.len_utf8();
                        self.before = self.inline;
                    }
                }
                Piece::Anchor { part } => {
                    if let Part::Anchor { id } = &paragraph.parts[*part] {
                        self.push(0.0, AtomKind::Anchor(*id));
                    }
                }
                Piece::Opportunity => {
                    self.offset += ZERO_WIDTH_SPACE.len_utf8();
                    self.opportunity = self.offset;
                    self.before = self.inline;
                }
                Piece::Forced => {
                    self.push(0.0, AtomKind::Forced);
                    self.offset += 1;
                    self.before = self.inline;
                    self.line_start = self.items.atoms.len();
                    self.pen = 0.0;
                }
            }
        }
    }

    fn push(&mut self, width: f32, kind: AtomKind) {
        self.pen += width;
        self.items.atoms.push(Atom { inline: self.inline, width, kind });
    }

    /// Notes that a line may start with the atom about to be pushed at `offset`, if it may.
    ///
    /// The boxes that begin here go with it, those that end here stay (CSS Text 3 §5.1).
    fn maybe_break(&mut self) {
        let at = self.offset;
        let rest = &self.opportunities[self.next_opportunity..];
        self.next_opportunity += rest.iter().take_while(|&&o| o < at).count();
        if self.opportunities.get(self.next_opportunity) != Some(&at) {
            return;
        }
        // A soft hyphen's opportunity is a division of its word, or none.
        let asked = self.items.text[..at].ends_with(ZERO_WIDTH_SPACE) && self.opportunity == at;
        if self.items.text[..at].ends_with(SOFT_HYPHEN) || !(asked || self.may_wrap()) {
            return;
        }
        let opens = self.items.atoms.iter().rev().take_while(|atom| atom.kind.goes_with_next()).count();
        let atom = self.items.atoms.len() - opens;
        if atom > self.line_start {
            self.items.breaks.push(atom);
        }
    }

    /// `white-space` of the nearest box around both sides of a boundary decides (CSS Text 3 §5.1).
    fn may_wrap(&self) -> bool {
        let boxes = &self.items.boxes;
        let (mut a, mut b) = (self.before, self.inline);
        while a != b {
            if boxes[a as usize].depth >= boxes[b as usize].depth {
                a = boxes[a as usize].parent;
            } else {
                b = boxes[b as usize].parent;
            }
        }
        boxes[a as usize].style.text.white_space.wraps()
    }

    fn text(&mut self, range: Range<usize>, lang: &str) {
        // Another text may be in another language.
        self.last_font = None;
        let mut at = range.start;
        while at < range.end {
            self.offset = at;
            self.maybe_break();
            let rest = &self.items.text[at..range.end];
            let mut chars = rest.chars();
            let class = chars.next().map_or(Class::Word, Class::of);
            let end = match class {
                Class::Word => self.word_end(at, range.end),
                _ => range.end - chars.as_str().len(),
            };
            match class {
                Class::Word => self.word(at..end, lang),
                _ => self.space(at..end, class, lang),
            }
            self.before = self.inline;
            at = end;
        }
        self.offset = range.end;
    }

    /// A word ends before a space, at a break opportunity, or with its text.
    fn word_end(&self, start: usize, limit: usize) -> usize {
        let text = &self.items.text;
        let opportunity = self.opportunities[self.next_opportunity..]
            .iter()
            .copied()
            .skip_while(|&at| at <= start)
            .find(|&at| at >= limit || !text[..at].ends_with(SOFT_HYPHEN))
            .map_or(limit, |at| at.min(limit));
        let space = text[start..opportunity].find(|c| Class::of(c) != Class::Word);
        space.map_or(opportunity, |at| start + at)
    }

    fn word(&mut self, range: Range<usize>, lang: &str) {
        let inline = &self.items.boxes[self.inline as usize];
        let face = inline.face;
        let Some(synthesis) = Synthesis::of(&inline.style.text, self.faces.face(face)) else {
            return self.plain_word(range, lang);
        };
        let text = self.items.text[range.clone()].to_owned();
        for (piece, letters) in synthesis.pieces(&text) {
            let (word, range) =
                (&text[piece.clone()], range.start + piece.start..range.start + piece.end);
            if letters == Letters::Capitals && sets(self.faces.face(face), &word.to_uppercase()) {
                let font = self.font(face, lang, letters);
                let divisions = self.divisions(&range, font, lang);
                self.push_text(range, font, Class::Word, divisions);
            } else {
                self.plain_word(range, lang);
            }
        }
    }

    fn plain_word(&mut self, range: Range<usize>, lang: &str) {
        let face = self.items.boxes[self.inline as usize].face;
        let text = &self.items.text[range.clone()];
        if sets(self.faces.face(face), text) {
            let font = self.font(face, lang, Letters::AsWritten);
            let divisions = self.divisions(&range, font, lang);
            self.push_text(range, font, Class::Word, divisions);
            return;
        }
        let source = (self.items.sources.len() - 1) as u32;
        let fallback = Fallback { faces: self.faces, own: face, stack: self.stack(), source };
        for (piece, face) in fallback.pieces(text, &mut self.absent) {
            let font = self.font(face, lang, Letters::AsWritten);
            let piece = range.start + piece.start..range.start + piece.end;
            self.push_text(piece, font, Class::Word, None);
        }
    }

    fn push_text(
        &mut self,
        range: Range<usize>,
        font: u32,
        class: Class,
        divisions: Option<Arc<[Division]>>,
    ) {
        let used = &self.items.fonts[font as usize];
        let word = used.shaper.word(self.faces.face(used.face), &self.items.text[range.clone()]);
        self.push_word(range, font, class, word, divisions);
    }

    fn push_word(
        &mut self,
        range: Range<usize>,
        font: u32,
        class: Class,
        word: Arc<Word>,
        divisions: Option<Arc<[Division]>>,
    ) {
        let mut width = self.items.fonts[font as usize].width(&word);
        if class.stretches() {
            width += self.items.boxes[self.inline as usize].style.text.word_spacing;
        }
        let source = (self.items.sources.len() - 1) as u32;
        let atom = TextAtom { range, source, font, class, word, divisions };
        self.push(width, AtomKind::Text(atom));
    }

    /// One space character. A face without it gives its plain space instead; U+202F is then a third
    /// of a no-break space, as French printers have it.
    fn space(&mut self, range: Range<usize>, class: Class, lang: &str) {
        let own = self.items.boxes[self.inline as usize].face;
        let c = self.items.text[range.clone()].chars().next().unwrap_or(' ');
        let has = |id: &FaceId| self.faces.face(*id).has(c) || self.faces.face(*id).has(' ');
        let face = match has(&own) {
            true => own,
            false => self.stack().into_iter().find(has).unwrap_or(own),
        };
        let style = &self.items.boxes[self.inline as usize].style.text;
        let letters = match Synthesis::of(style, self.faces.face(face)) {
            Some(Synthesis::All) => Letters::Capitals,
            Some(Synthesis::Lowercase) | None => Letters::AsWritten,
        };
        let font = self.font(face, lang, letters);
        let measured = self.faces.face(face);
        if class == Class::Tab {
            let shaped = self.items.fonts[font as usize].shaper.word(measured, " ");
            self.push_word(range, font, class, shaped, None);
            self.stretch_tab();
        } else if measured.has(c) || !measured.has(' ') {
            self.push_text(range, font, class, None);
        } else {
            let stand_in = if measured.has(NO_BREAK_SPACE) { "\u{A0}" } else { " " };
            let shaped = self.items.fonts[font as usize].shaper.word(measured, stand_in);
            let part = match c {
                NARROW_NO_BREAK_SPACE => 1.0 / 3.0,
                NO_BREAK_SPACE => 1.0,
                _ => space_part(c),
            };
            let advance = shaped.advance * part;
            let glyphs: Box<[WordGlyph]> = shaped
                .glyphs
                .iter()
                .take(1)
                .map(|glyph| WordGlyph { advance, start: 0, end: c.len_utf8() as u32, ..*glyph })
                .collect();
            self.push_word(range, font, class, Arc::new(Word { glyphs, advance }), None);
        }
    }

    /// Gives the tab just pushed the width up to the next stop.
    fn stretch_tab(&mut self) {
        let style = &self.items.boxes[0].style.text;
        let face = self.faces.face(self.items.boxes[0].face);
        let space =
            face.word_shaper(&style.font_features, "", Letters::AsWritten).word(face, " ").advance;
        let step =
            TAB_SIZE * (space * face.scale(style.font_size) + style.letter_spacing + style.word_spacing);
        let Some(tab) = self.items.atoms.last_mut() else { return };
        if step > 0.0 {
            let pen = self.pen - tab.width;
            let mut stop = (pen / step).floor() * step + step;
            // A tab narrower than half a "0" skips to the stop after; half a space serves as well.
            if stop - pen < step / (2.0 * TAB_SIZE) {
                stop += step;
            }
            tab.width = stop - pen;
            self.pen = stop;
        }
    }

    /// The font of a face in the current box, found again or made.
    fn font(&mut self, face: FaceId, lang: &str, letters: Letters) -> u32 {
        match self.last_font {
            Some((inline, known, of, font))
                if inline == self.inline && known == face && of == letters =>
            {
                font
            }
            _ => {
                let font = self.find_font(face, lang, letters);
                self.last_font = Some((self.inline, face, letters, font));
                font
            }
        }
    }

    fn find_font(&mut self, face: FaceId, lang: &str, letters: Letters) -> u32 {
        let style = self.items.boxes[self.inline as usize].style.text.clone();
        let measured = self.faces.face(face);
        let shaper = match style.letter_spacing {
            0.0 => measured.word_shaper(&style.font_features, lang, letters),
            // CSS Text 3 §8.2: no ligatures where letters stand apart.
            _ => {
                let mut features = vec![(*b"liga", 0), (*b"clig", 0)];
                features.extend_from_slice(&style.font_features);
                measured.word_shaper(&features, lang, letters)
            }
        };
        let size = match letters {
            Letters::AsWritten => style.font_size,
            Letters::Capitals => style.font_size * SMALL_CAPITALS,
        };
        let font = Font {
            face,
            size,
            shaper,
            scale: measured.scale(size),
            letter_spacing: style.letter_spacing,
            leading: leading(measured, style.font_size, LineHeight::Normal),
        };
        let same = |f: &Font| {
            f.face == font.face
                && Arc::ptr_eq(&f.shaper, &font.shaper)
                && f.scale == font.scale
                && f.letter_spacing == font.letter_spacing
        };
        if let Some(known) = self.items.fonts.iter().rposition(same) {
            return known as u32;
        }
        self.items.fonts.push(font);
        (self.items.fonts.len() - 1) as u32
    }

    fn divisions(&self, range: &Range<usize>, font: u32, lang: &str) -> Option<Arc<[Division]>> {
        let style = &self.items.boxes[self.inline as usize].style.text;
        if style.hyphens == Hyphens::None || !style.white_space.wraps() || range.len() > LONGEST_DIVIDED
        {
            return None;
        }
        let text = &self.items.text;
        let word = &text[range.clone()];
        let font = &self.items.fonts[font as usize];
        let face = self.faces.face(font.face);
        if word.contains(SOFT_HYPHEN) {
            // CSS Text 3 §5.4: a word's own soft hyphens go before the language's rules.
            return Some(font.shaper.divisions(face, word, || hyphenate::soft_hyphens(word)));
        }
        let is_name = self.names.iter().any(|name| name.start < range.end && range.start < name.end);
        if style.hyphens != Hyphens::Auto || is_name || range.contains(&self.last_letter) {
            return None;
        }
        // Half a word, the other half of which stands in another inline box.
        if text[..range.start].ends_with(char::is_alphabetic)
            || text[range.end..].starts_with(char::is_alphabetic)
        {
            return None;
        }
        let patterns = hyphenate::patterns(lang)?;
        let token = hyphenate::token_around(text, range)?;
        if !hyphenate::may_divide(token) {
            return None;
        }
        Some(font.shaper.divisions(face, word, || hyphenate::divisions(word, patterns)))
    }

    /// Right-to-left scripts and controls would be printed in the wrong order: better not at all.
    fn report_right_to_left(&self, diagnostics: &mut Diagnostics) {
        if !self.items.text.contains(is_right_to_left) {
            return;
        }
        for atom in &self.items.atoms {
            let AtomKind::Text(text) = &atom.kind else { continue };
            let word = &self.items.text[text.range.clone()];
            if let Some(c) = word.chars().find(|&c| is_right_to_left(c)) {
                let message = format!("right-to-left text is not supported: {}", listed(&[c]));
                let place = self.items.sources[text.source as usize].place.clone();
                let whole = self.items.text.trim();
                let around = whole.split_whitespace().find(|word| word.contains(c)).unwrap_or(word);
                diagnostics.push(
                    Diagnostic::error(message)
                        .maybe_at(place)
                        .hint("take it out, or write the words in letters that run from left to right")
                        .about([whole.to_owned(), around.to_owned(), c.to_string()]),
                );
                return;
            }
        }
    }

    fn stack(&self) -> Vec<FaceId> {
        let style = &self.items.boxes[self.inline as usize].style.text;
        self.faces.stack(&style.font_family, style.font_weight, style.font_style)
    }
}
