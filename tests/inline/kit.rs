//! Short ways to write a paragraph and to read its lines.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use propale::diagnostic::{Diagnostics, Place, Source};
use propale::document::tree::NodeId;
use propale::font::{Face, Faces};
use propale::layout::inline::{BoxRole, LineItem, Lines, Paragraph, Part, PlacedLine, Shaped, shape};
use propale::layout::pages::{GlyphRun, Owner, Paint};
use propale::locale::typography::Names;
use propale::style::values::{ComputedStyle, TextStyle};

/// px a millimetre.
pub const MM: f32 = 96.0 / 25.4;

/// The shipped faces.
pub static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let mut faces = Faces::default();
    for file in [
        "source-sans-3/SourceSans3-Regular.ttf",
        "source-sans-3/SourceSans3-It.ttf",
        "source-sans-3/SourceSans3-Semibold.ttf",
        "source-serif-4-display/SourceSerif4Display-Regular.ttf",
        "source-serif-4-display/SourceSerif4Display-It.ttf",
    ] {
        read_face(file).into_iter().for_each(|face| faces.add(face));
    }
    faces
});

pub fn read_face(file: &str) -> Vec<Face> {
    let path = format!("{}/fonts/{file}", env!("CARGO_MANIFEST_DIR"));
    let data: Arc<[u8]> = std::fs::read(path).unwrap().into();
    Face::read(&format!("fonts/{file}"), data).unwrap()
}

/// Body text: 10 pt on 14 pt.
pub fn style(change: impl FnOnce(&mut TextStyle)) -> Arc<ComputedStyle> {
    styled(change, |_| {})
}

pub fn styled(
    change_text: impl FnOnce(&mut TextStyle),
    change: impl FnOnce(&mut ComputedStyle),
) -> Arc<ComputedStyle> {
    let mut style = ComputedStyle::initial();
    let mut text = (*style.text).clone();
    text.font_family = ["Source Sans 3".into()].into();
    text.font_size = 10.0 / 0.75;
    text.line_height = propale::style::values::LineHeight::Number(1.4);
    change_text(&mut text);
    style.text = Arc::new(text);
    change(&mut style);
    Arc::new(style)
}

/// A paragraph being written. Text nodes are numbered from 1.
pub struct Draft {
    paragraph: Paragraph<'static>,
    lang: &'static str,
    nodes: u32,
}

pub fn draft(style: &Arc<ComputedStyle>, lang: &'static str) -> Draft {
    Draft {
        paragraph: Paragraph { style: style.clone(), parts: vec![], names: Names::NONE },
        lang,
        nodes: 0,
    }
}

impl Draft {
    fn node(&mut self) -> NodeId {
        self.nodes += 1;
        NodeId(self.nodes)
    }

    pub fn text(mut self, text: &str) -> Draft {
        let source = Source::new("templates/t.html.hbs", "<p>\n<b>");
        let owner = Owner::Node(self.node());
        self.paragraph.parts.push(Part::Text {
            text: Cow::Owned(text.to_string()),
            owner,
            lang: self.lang,
            place: Some(Place::new(&source, 0..3)),
        });
        self
    }

    /// A name that stands in the text.
    pub fn naming(mut self, name: &str) -> Draft {
        self.paragraph.names = Box::leak(Box::new(Names::new([name])));
        self
    }

    pub fn open(mut self, style: &Arc<ComputedStyle>) -> Draft {
        let node = self.node();
        self.paragraph.parts.push(Part::Open { node, style: style.clone(), role: BoxRole::Plain });
        self
    }

    pub fn link(mut self, style: &Arc<ComputedStyle>) -> Draft {
        let node = self.node();
        self.paragraph.parts.push(Part::Open { node, style: style.clone(), role: BoxRole::Link });
        self
    }

    pub fn close(mut self) -> Draft {
        self.paragraph.parts.push(Part::Close);
        self
    }

    pub fn line_break(mut self) -> Draft {
        self.paragraph.parts.push(Part::LineBreak);
        self
    }

    pub fn atomic(mut self, style: &Arc<ComputedStyle>, width: f32, height: f32) -> Draft {
        let id = self.nodes as usize;
        self.paragraph.parts.push(Part::Atomic {
            id,
            style: style.clone(),
            width,
            height,
            baseline: height,
        });
        self
    }

    pub fn shape_with(&self, faces: &Faces, diagnostics: &mut Diagnostics) -> Shaped {
        shape(&self.paragraph, faces, diagnostics)
    }

    /// Shapes with the shipped faces; nothing may be wrong.
    pub fn shape(&self) -> Shaped {
        let mut diagnostics = Diagnostics::new();
        let shaped = self.shape_with(&FACES, &mut diagnostics);
        assert_eq!(diagnostics.one_lines(), "");
        shaped
    }

    /// The lines at a width in px, as copied from the page.
    pub fn lines(&self, width: f32) -> Vec<String> {
        let shaped = self.shape();
        let lines = shaped.break_lines(width);
        (0..lines.lines.len()).map(|i| copied(&shaped.set(&FACES, &lines, i))).collect()
    }
}

pub fn set_all(shaped: &Shaped, lines: &Lines) -> Vec<PlacedLine> {
    (0..lines.lines.len()).map(|i| shaped.set(&FACES, lines, i)).collect()
}

pub fn runs(line: &PlacedLine) -> impl Iterator<Item = (Owner, &GlyphRun)> {
    line.items.iter().filter_map(|item| match item {
        LineItem::Paint(item) => match &item.paint {
            Paint::Glyphs(run) => Some((item.owner, run)),
            _ => None,
        },
        _ => None,
    })
}

/// The text of a line's runs.
pub fn copied(line: &PlacedLine) -> String {
    runs(line).map(|(_, run)| &*run.text).collect()
}

/// What holds for every run: clusters are ranges of its text on letter boundaries, they cover it in
/// order, and glyphs do not run backwards.
#[track_caller]
pub fn check_runs(line: &PlacedLine) {
    for (_, run) in runs(line) {
        let mut covered = 0;
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            let (start, end) = (glyph.start as usize, glyph.end as usize);
            assert!(
                start < end && run.text.get(start..end).is_some(),
                "{start}..{end} of {:?}",
                run.text
            );
            assert!(start <= covered, "{:?} of {:?} has no glyph", &run.text[covered..start], run.text);
            covered = covered.max(end);
            assert!((glyph.x - pen).abs() < run.size * 2.0);
            pen += glyph.advance;
        }
        assert_eq!(covered, run.text.len(), "{:?}", run.text);
    }
}
