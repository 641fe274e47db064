//! Pages as content streams: items in painting order, each inside the marked-content sequence of its
//! structure element or of an artifact (ISO 32000-1 §14.6, §14.8.2).

use std::collections::BTreeMap;

use printpdf::DictItem;

use super::canvas::{Canvas, Cap, Mark, Matrix, Pen, Rule, XObject};
use super::fonts::Fonts;
use super::number::{PT_PER_PX, round};
use super::pictures::Pictures;
use super::shading::{Geometry, Gradient};
use super::strings::utf16;
use super::structure::{ElementId, Rank, Structure};
use super::surface::{BBox, Group, Purpose, fill_gradient};
use super::text;
use crate::layout::pages::{
    self, Artifact, Fill, GlyphRun, Item, Outline, Owner, Page, Pages, Paint, Rect, Segment, Shape,
};
use crate::style::values::Matrix as Plane;

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// A content stream that holds marked content. Pages come first, then groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Surface(pub(super) usize);

/// A marked-content sequence: which stream has it, under which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) surface: Surface,
    pub(super) mcid: usize,
}

/// All that pages paint.
pub(super) struct Painted {
    /// One a page.
    pub(super) pages: Vec<Canvas>,
    pub(super) groups: Vec<Group>,
    pub(super) marks: Marks,
    /// By rank: where pictures are, pt.
    pub(super) extents: Vec<Option<BBox>>,
}

/// Which marked content belongs to what.
pub(super) struct Marks {
    /// By surface (pages, then groups) and MCID: the element that each sequence belongs to.
    pub(super) owners: Vec<Vec<ElementId>>,
    /// By surface: the page that it is on.
    pub(super) on_page: Vec<usize>,
    /// By rank: the sequences that hold it, in painting order.
    pub(super) sequences: Vec<Vec<Sequence>>,
}

pub(super) fn paint(
    pages: &Pages,
    structure: &Structure,
    fonts: &Fonts,
    pictures: &Pictures,
) -> Painted {
    let count = pages.pages.len();
    let ranks = structure.holders.len();
    let mut painter = Painter {
        structure,
        fonts,
        pictures,
        painted: Painted {
            pages: vec![],
            groups: vec![],
            marks: Marks {
                owners: vec![vec![]; count],
                on_page: (0..count).collect(),
                sequences: vec![vec![]; ranks],
            },
            extents: vec![None; ranks],
        },
        page: 0,
        width: 0.0,
        height: 0.0,
        layers: vec![],
        planes: vec![],
        mark: None,
    };
    for (index, page) in pages.pages.iter().enumerate() {
        painter.page(index, page);
    }
    painter.painted
}

struct Painter<'a> {
    structure: &'a Structure,
    fonts: &'a Fonts<'a>,
    pictures: &'a Pictures<'a>,
    painted: Painted,
    page: usize,
    /// Of the page, px.
    width: f32,
    height: f32,
    /// The page's canvas, then those of the groups that are open.
    layers: Vec<Layer>,
    /// From the plane inside each group that is open, the innermost last, to the page's; px.
    planes: Vec<Plane>,
    mark: Option<Open>,
}

struct Layer {
    canvas: Canvas,
    surface: Surface,
    /// 0–1, for a group that is composed on its own; None for the page.
    opacity: Option<f32>,
    /// How each group inside, begun and not ended, is to be ended.
    open: Vec<End>,
    /// For each of those: from its plane to the canvas's.
    planes: Vec<Plane>,
}

impl Layer {
    fn new(surface: Surface, opacity: Option<f32>) -> Layer {
        Layer { canvas: Canvas::new(), surface, opacity, open: vec![], planes: vec![] }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It changed nothing.
    Nothing,
    /// It saved the graphics state, for a clip.
    Restore,
    /// It is the next layer, with the state saved around it.
    Layer,
}

/// The marked-content sequence that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Open {
    Content { last: Rank },
    Artifact(Artifact),
}

impl<'a> Painter<'a> {
    fn page(&mut self, index: usize, page: &'a Page) {
        self.page = index;
        (self.width, self.height) = (page.width, page.height);
        let surface = Surface(index);
        self.layers = vec![Layer::new(surface, None)];
        for (number, item) in page.items.iter().enumerate() {
            let rank = self.structure.rank(index, number);
            self.item(item, rank);
        }
        self.close_mark();
        // Layout balances its groups; what is open all the same ends with the page.
        while self.layers.len() > 1 || !self.top().open.is_empty() {
            self.end_group();
        }
        let page = self.layers.pop().map(|layer| layer.canvas);
        self.painted.pages.extend(page);
    }

    fn top(&mut self) -> &mut Layer {
        // There is always the page's.
        self.layers.last_mut().expect("a page is open")
    }

    fn canvas(&mut self) -> &mut Canvas {
        &mut self.top().canvas
    }

    fn item(&mut self, item: &'a Item, rank: Option<Rank>) {
        match &item.paint {
            Paint::BeginGroup(group) => {
                self.close_mark();
                return self.begin_group(group);
            }
            Paint::EndGroup => {
                self.close_mark();
                return self.end_group();
            }
            _ => {}
        }
        if let Paint::Glyphs(run) = &item.paint {
            return self.text(item, run, rank);
        }
        self.mark(item, rank);
        match &item.paint {
            Paint::Shape(shape) => self.shape(shape),
            Paint::Picture { rect, clip, .. } => {
                if let Some(rank) = rank {
                    self.extend(rank, clip.unwrap_or(*rect));
                }
                self.picture(&item.paint);
            }
            Paint::Tiles { tile, cell, count } => self.tiles(tile, *cell, *count),
            Paint::Glyphs(_) | Paint::BeginGroup(_) | Paint::EndGroup => {}
        }
    }

    fn picture(&mut self, paint: &'a Paint) {
        let Paint::Picture { picture, rect, clip } = paint else { return };
        if let Some(clip) = clip {
            let clip = self.outline(&Outline::rect(*clip));
            self.canvas().save();
            self.canvas().clip(&clip, Rule::NonZero);
        }
        let place = self.rect(*rect);
        let pictures = self.pictures;
        pictures.draw(self.canvas(), picture, place);
        if clip.is_some() {
            self.canvas().restore();
        }
    }

    /// Fills a wall with a pattern of a block of tiles: readers set a pattern's cells on whole pixels, which
    /// shows where each tile is one.
    fn tiles(&mut self, tile: &'a Paint, cell: Rect, (across, down): (u32, u32)) {
        const BLOCK: u32 = 16;
        let plane = self.top().planes.last().copied().unwrap_or(Plane::IDENTITY);
        let matrix = self.matrix(plane);
        let one = self.new_group();
        self.layers.push(Layer::new(Surface(self.pages() + one), None));
        match tile {
            Paint::Shape(shape) => self.shape(shape),
            tile => self.picture(tile),
        }
        let Some(layer) = self.layers.pop() else { return };
        let bbox = |painter: &Self, rect: Rect| {
            let [x, y, width, height] = painter.rect(rect);
            [x, y, x + width, y + height]
        };
        let made = bbox(self, cell);
        self.painted.groups[one] = Group { canvas: layer.canvas, bbox: made, purpose: Purpose::Form };

        let (columns, rows) = (across.min(BLOCK), down.min(BLOCK));
        let wall = |across: u32, down: u32| Rect {
            width: cell.width * across as f32,
            height: cell.height * down as f32,
            ..cell
        };
        let block = self.new_group();
        let mut canvas = Canvas::new();
        for row in 0..rows {
            for column in 0..columns {
                let (dx, dy) = (cell.width * column as f32, cell.height * row as f32);
                canvas.save();
                canvas.transform([1.0, 0.0, 0.0, 1.0, dx * PT_PER_PX, -dy * PT_PER_PX]);
                canvas.draw(XObject::Group(one));
                canvas.restore();
            }
        }
        let made = bbox(self, wall(columns, rows));
        self.painted.groups[block] = Group { canvas, bbox: made, purpose: Purpose::Pattern(matrix) };
        let wall = self.outline(&Outline::rect(wall(across, down)));
        self.canvas().fill_pattern(&wall, block);
    }

    fn text(&mut self, item: &'a Item, run: &GlyphRun, rank: Option<Rank>) {
        let (slot, font) = self.fonts.get(run.face);
        let height = self.height;
        let point = |x: f32, y: f32| (x * PT_PER_PX, (height - y) * PT_PER_PX);
        for stretch in text::stretches(run, font) {
            match (stretch.reads, rank) {
                (true, _) => self.mark(item, rank),
                (false, Some(rank)) => self.mark_replaced(rank, stretch.text),
                (false, None) => {
                    self.mark(item, rank);
                    let properties = BTreeMap::from([actual_text(stretch.text)]);
                    self.canvas().begin_mark(Mark { tag: "Span", properties });
                }
            }
            text::show(self.canvas(), run, stretch.glyphs, (slot, font), point);
            match (stretch.reads, rank) {
                (true, _) => {}
                (false, Some(_)) => self.close_mark(),
                (false, None) => self.canvas().end_mark(),
            }
        }
    }

    fn mark(&mut self, item: &Item, rank: Option<Rank>) {
        match (rank, item.owner) {
            (Some(rank), _) => self.mark_content(rank),
            (None, Owner::Artifact(kind)) => self.mark_artifact(kind, item),
            // A decorative picture.
            (None, _) => self.mark_artifact(Artifact::Layout, item),
        }
    }

    fn mark_content(&mut self, rank: Rank) {
        if let Some(Open::Content { last }) = self.mark
            && self.structure.continues(last, rank)
        {
            self.mark = Some(Open::Content { last: rank });
            return;
        }
        let tag = self.structure.element(self.structure.holders[rank.0]).role.name();
        self.begin_sequence(rank, tag, BTreeMap::new());
    }

    /// A sequence of its own, to be copied as `text` (ISO 32000-1 §14.9.4). It does not nest in its
    /// element's: several readers take the inner end for the outer one.
    fn mark_replaced(&mut self, rank: Rank, text: &str) {
        self.begin_sequence(rank, "Span", BTreeMap::from([actual_text(text)]));
    }

    fn begin_sequence(
        &mut self,
        rank: Rank,
        tag: &'static str,
        mut properties: BTreeMap<String, DictItem>,
    ) {
        self.close_mark();
        let surface = self.top().surface;
        let owners = &mut self.painted.marks.owners[surface.0];
        let mcid = owners.len();
        owners.push(self.structure.holders[rank.0]);
        self.painted.marks.sequences[rank.0].push(Sequence { surface, mcid });
        properties.insert("MCID".to_string(), DictItem::Int(mcid as i64));
        self.canvas().begin_mark(Mark { tag, properties });
        self.mark = Some(Open::Content { last: rank });
    }

    fn mark_artifact(&mut self, kind: Artifact, item: &Item) {
        // A background says where it is, so each has its own sequence (ISO 32000-1 table 330).
        if self.mark == Some(Open::Artifact(kind)) && kind != Artifact::Background {
            return;
        }
        self.close_mark();
        let bbox = match (&item.paint, kind) {
            (Paint::Shape(shape), Artifact::Background) => {
                let [left, top, right, bottom] = bounds(&shape.outline);
                let (width, height) = (right - left, bottom - top);
                Some(Rect { x: left, y: top, width, height })
            }
            (Paint::Picture { rect, .. }, Artifact::Background) => Some(*rect),
            (Paint::Tiles { cell, count, .. }, Artifact::Background) => {
                let (width, height) = (cell.width * count.0 as f32, cell.height * count.1 as f32);
                Some(Rect { width, height, ..*cell })
            }
            _ => None,
        };
        let bbox = bbox.map(|rect| {
            let [x, y, width, height] = self.rect(rect.transformed(self.plane()));
            [x, y, x + width, y + height]
        });
        self.canvas().begin_mark(Mark { tag: "Artifact", properties: artifact(kind, bbox) });
        self.mark = Some(Open::Artifact(kind));
    }

    fn close_mark(&mut self) {
        if self.mark.take().is_some() {
            self.canvas().end_mark();
        }
    }

    fn begin_group(&mut self, group: &pages::Group) {
        let plane = self.plane().times(group.transform.unwrap_or(Plane::IDENTITY));
        self.planes.push(plane);
        let opacity = group.opacity.filter(|opacity| *opacity < 1.0);
        let clip = group.clip.as_ref().map(|clip| self.outline(clip));
        let transform = group.transform.map(|matrix| self.matrix(matrix));
        let opacity = opacity.or((!self.canvas().has_room()).then_some(1.0));
        let end = match opacity {
            None if clip.is_none() && transform.is_none() => End::Nothing,
            None => End::Restore,
            Some(_) => End::Layer,
        };
        let around = self.top().planes.last().copied().unwrap_or(Plane::IDENTITY);
        let inside = around.times(group.transform.unwrap_or(Plane::IDENTITY));
        self.top().open.push(end);
        self.top().planes.push(inside);
        if end == End::Nothing {
            return;
        }
        self.canvas().save();
        if let Some(transform) = transform {
            self.canvas().transform(transform);
        }
        if let Some(clip) = clip {
            self.canvas().clip(&clip, Rule::NonZero);
        }
        if opacity.is_some() {
            // Groups are numbered as they begin, so that marked content can name them.
            let group = self.new_group();
            self.layers.push(Layer::new(Surface(self.pages() + group), opacity));
        }
    }

    /// Keeps a place in the list of groups.
    fn new_group(&mut self) -> usize {
        let group = self.painted.groups.len();
        self.painted.groups.push(Group {
            canvas: Canvas::new(),
            bbox: [0.0; 4],
            purpose: Purpose::Group,
        });
        self.painted.marks.owners.push(vec![]);
        self.painted.marks.on_page.push(self.page);
        group
    }

    fn pages(&self) -> usize {
        self.painted.marks.owners.len() - self.painted.groups.len()
    }

    fn plane(&self) -> Plane {
        self.planes.last().copied().unwrap_or(Plane::IDENTITY)
    }

    fn end_group(&mut self) {
        let page = Rect { x: 0.0, y: 0.0, width: self.width, height: self.height };
        // What of the group's own plane the page can show.
        let seen = self.plane().inverse().map_or(page, |to_plane| page.transformed(to_plane));
        self.planes.pop();
        if self.layers.len() > 1 && self.top().open.is_empty() {
            let Some(layer) = self.layers.pop() else { return };
            let group = layer.surface.0 - self.pages();
            let [x, y, width, height] = self.rect(seen);
            let bbox = [x, y, x + width, y + height];
            self.painted.groups[group] = Group { canvas: layer.canvas, bbox, purpose: Purpose::Group };
            let canvas = self.canvas();
            canvas.set_alpha(layer.opacity.unwrap_or(1.0));
            canvas.draw(XObject::Group(group));
        }
        self.top().planes.pop();
        match self.top().open.pop() {
            Some(End::Restore | End::Layer) => self.canvas().restore(),
            Some(End::Nothing) | None => {}
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let outline = self.outline(&shape.outline);
        match &shape.fill {
            Some(Fill::Color(color)) => self.canvas().fill(&outline, Rule::NonZero, *color),
            Some(Fill::Linear { from, to, stops }) => {
                let (from, to) = (self.point(from.0, from.1), self.point(to.0, to.1));
                let geometry = Geometry::Axial([from.0, from.1, to.0, to.1]);
                self.gradient(&outline, Gradient { geometry, stops: stops.clone() }, IDENTITY);
            }
            Some(Fill::Radial { center, radii, stops }) => {
                let (x, y) = self.point(center.0, center.1);
                // A circle of radius 1, stretched.
                let geometry = Geometry::Radial([0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
                let stretch = [radii.0 * PT_PER_PX, 0.0, 0.0, radii.1 * PT_PER_PX, x, y];
                self.gradient(&outline, Gradient { geometry, stops: stops.clone() }, stretch);
            }
            None => {}
        }
        if let Some(stroke) = &shape.stroke {
            let pen = Pen {
                width: stroke.width * PT_PER_PX,
                color: stroke.color,
                dashes: stroke.dashes.iter().map(|length| length * PT_PER_PX).collect(),
                dash_phase: 0.0,
                cap: if stroke.round_cap { Cap::Round } else { Cap::Butt },
                join: Default::default(),
                miter_limit: 10.0,
            };
            self.canvas().stroke(&outline, &pen);
        }
    }

    fn gradient(&mut self, outline: &Outline, gradient: Gradient, transform: Matrix) {
        let Some(layer) = self.layers.last_mut() else { return };
        let before = self.painted.groups.len();
        fill_gradient(
            &mut layer.canvas,
            &mut self.painted.groups,
            (outline, Rule::NonZero, bounds(outline)),
            &gradient,
            transform,
        );
        // A soft mask is a group without marked content.
        for _ in before..self.painted.groups.len() {
            self.painted.marks.owners.push(vec![]);
            self.painted.marks.on_page.push(self.page);
        }
    }

    /// A transform of px from the page's top as one of pt from its foot.
    fn matrix(&self, matrix: Plane) -> Matrix {
        let [a, b, c, d, e, f] = matrix.0;
        let height = self.height;
        // Down is up: the plane is turned over before and after.
        let (e, f) = (c * height + e, height - d * height - f);
        [a, -b, -c, d, e * PT_PER_PX, f * PT_PER_PX]
    }

    /// Notes where a picture is, for the bounding box of its figure.
    fn extend(&mut self, rank: Rank, rect: Rect) {
        let [x, y, width, height] = self.rect(rect.transformed(self.plane()));
        self.painted.extents[rank.0].get_or_insert([x, y, x + width, y + height]);
    }

    /// px from the top as pt from the foot.
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (x * PT_PER_PX, (self.height - y) * PT_PER_PX)
    }

    /// Lower left corner, width and height, pt.
    fn rect(&self, rect: Rect) -> [f32; 4] {
        let (x, y) = self.point(rect.x, rect.y + rect.height);
        [x, y, rect.width * PT_PER_PX, rect.height * PT_PER_PX]
    }

    fn outline(&self, outline: &Outline) -> Outline {
        let segments = outline.segments.iter().map(|segment| match *segment {
            Segment::Move(x, y) => {
                let (x, y) = self.point(x, y);
                Segment::Move(x, y)
            }
            Segment::Line(x, y) => {
                let (x, y) = self.point(x, y);
                Segment::Line(x, y)
            }
            Segment::Cubic(x1, y1, x2, y2, x, y) => {
                let (c1, c2, end) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
                Segment::Cubic(c1.0, c1.1, c2.0, c2.1, end.0, end.1)
            }
            Segment::Close => Segment::Close,
        });
        Outline { segments: segments.collect() }
    }
}

/// The box around an outline's points, controls included.
fn bounds(outline: &Outline) -> BBox {
    let mut bbox: Option<BBox> = None;
    let mut take = |x: f32, y: f32| {
        let [left, bottom, right, top] = bbox.unwrap_or([x, y, x, y]);
        bbox = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
    };
    for segment in &outline.segments {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => take(x, y),
            Segment::Cubic(x1, y1, x2, y2, x, y) => {
                take(x1, y1);
                take(x2, y2);
                take(x, y);
            }
            Segment::Close => {}
        }
    }
    bbox.unwrap_or_default()
}

fn actual_text(text: &str) -> (String, DictItem) {
    ("ActualText".to_string(), DictItem::String { data: utf16(text), literal: false })
}

/// ISO 32000-1 table 330.
fn artifact(kind: Artifact, bbox: Option<BBox>) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let edge = |edge| DictItem::Array(vec![name(edge)]);
    let mut properties = BTreeMap::new();
    let mut set = |key: &str, value| properties.insert(key.to_string(), value);
    match kind {
        Artifact::Header => {
            set("Type", name("Pagination"));
            set("Subtype", name("Header"));
            set("Attached", edge("Top"));
        }
        Artifact::Footer => {
            set("Type", name("Pagination"));
            set("Subtype", name("Footer"));
            set("Attached", edge("Bottom"));
        }
        Artifact::Layout => {
            set("Type", name("Layout"));
        }
        Artifact::Background => {
            set("Type", name("Background"));
            if let Some(bbox) = bbox {
                let sides = bbox.iter().map(|side| DictItem::Real(round(*side, 2)));
                set("BBox", DictItem::Array(sides.collect()));
            }
        }
    }
    properties
}
