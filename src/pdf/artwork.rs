//! SVG artwork as a form XObject: usvg has resolved styles, units, `use` and markers; what is left are
//! groups and paths, which have their like in PDF.

use lopdf::Object;
use usvg::tiny_skia_path::{self, PathSegment, Transform};

use super::canvas::{Canvas, Cap, Join, Matrix, Pen, Rule, XObject};
use super::shading::{Geometry, Gradient};
use super::streams::Graft;
use super::surface::{BBox, Group, Objects, Purpose, fill_gradient, form, print};
use crate::layout::pages::{Outline, Segment};
use crate::style::values::Color;

/// The artwork, one unit an SVG px, its lower left corner at the origin.
pub(super) fn graft(tree: &usvg::Tree) -> Graft {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut artist = Artist { groups: vec![] };
    let mut canvas = Canvas::new();
    canvas.save();
    canvas.transform([1.0, 0.0, 0.0, -1.0, 0.0, height]);
    artist.group(tree.root(), &mut canvas);
    canvas.restore();

    let bboxes: Vec<BBox> = artist.groups.iter().map(|group| group.bbox).collect();
    let groups = artist.groups.into_iter().map(|group| (1.0, 1.0, group.canvas));
    let (_, contents) = print(std::iter::once((1.0, 1.0, canvas)).chain(groups).collect());
    // The first object is the artwork, the groups follow it.
    let objects = Objects {
        groups: (1..=bboxes.len()).map(|index| (index as u32, 0)).collect(),
        ..Objects::default()
    };
    let bboxes = std::iter::once([0.0, 0.0, width, height]).chain(bboxes);
    let forms = contents.iter().zip(bboxes).enumerate();
    let forms = forms.map(|(index, (content, bbox))| {
        // Alone, artwork without transparency needs no group.
        let is_group = index > 0 || !content.resources.states.is_empty();
        Object::Stream(form(content, bbox, &objects, is_group))
    });
    Graft { objects: forms.collect() }
}

struct Artist {
    groups: Vec<Group>,
}

impl Artist {
    fn group(&mut self, group: &usvg::Group, canvas: &mut Canvas) {
        let transform = matrix(group.transform());
        let opacity = group.opacity().get();
        let plain = transform == IDENTITY && group.clip_path().is_none() && opacity == 1.0;
        if plain {
            return self.children(group, canvas);
        }
        canvas.save();
        canvas.transform(transform);
        if let Some(clip) = group.clip_path() {
            apply_clip(clip, canvas);
        }
        if opacity == 1.0 && canvas.has_room() {
            self.children(group, canvas);
        } else {
            let mut inside = Canvas::new();
            self.children(group, &mut inside);
            let bbox = group.layer_bounding_box();
            let bbox = [bbox.left(), bbox.top(), bbox.right(), bbox.bottom()];
            canvas.set_alpha(opacity);
            canvas.draw(XObject::Group(self.groups.len()));
            self.groups.push(Group { canvas: inside, bbox, purpose: Purpose::Group });
        }
        canvas.restore();
    }

    fn children(&mut self, group: &usvg::Group, canvas: &mut Canvas) {
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => self.group(group, canvas),
                usvg::Node::Path(path) => self.path(path, canvas),
                // The reader refuses both.
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }

    fn path(&mut self, path: &usvg::Path, canvas: &mut Canvas) {
        if !path.is_visible() {
            return;
        }
        match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => {
                self.fill(path, canvas);
                self.stroke(path, canvas);
            }
            usvg::PaintOrder::StrokeAndFill => {
                self.stroke(path, canvas);
                self.fill(path, canvas);
            }
        }
    }

    fn fill(&mut self, path: &usvg::Path, canvas: &mut Canvas) {
        let Some(fill) = path.fill() else { return };
        let (outline, rule) = (outline(path.data(), Transform::identity()), rule(fill.rule()));
        let bbox = path.bounding_box();
        let bbox = [bbox.left(), bbox.top(), bbox.right(), bbox.bottom()];
        self.paint(fill.paint(), fill.opacity().get(), (&outline, rule, bbox), canvas);
    }

    fn stroke(&mut self, path: &usvg::Path, canvas: &mut Canvas) {
        let Some(stroke) = path.stroke() else { return };
        let opacity = stroke.opacity().get();
        if let usvg::Paint::Color(color) = stroke.paint() {
            canvas.stroke(
                &outline(path.data(), Transform::identity()),
                &pen(stroke, rgba(*color, opacity)),
            );
            return;
        }
        // PDF paints no shading along a line: the line's own outline is filled with it.
        let line = stroke.to_tiny_skia();
        let dashed = line.dash.as_ref().and_then(|dash| path.data().dash(dash, 1.0));
        let Some(area) = dashed.as_ref().unwrap_or(path.data()).stroke(&line, 1.0) else { return };
        let bbox = area.bounds();
        let bbox = [bbox.left(), bbox.top(), bbox.right(), bbox.bottom()];
        let outline = outline(&area, Transform::identity());
        self.paint(stroke.paint(), opacity, (&outline, Rule::NonZero, bbox), canvas);
    }

    fn paint(
        &mut self,
        paint: &usvg::Paint,
        opacity: f32,
        shape: (&Outline, Rule, BBox),
        canvas: &mut Canvas,
    ) {
        let stops = |base: &usvg::BaseGradient| {
            let stops = base.stops().iter();
            stops.map(|s| (s.offset().get(), rgba(s.color(), s.opacity().get() * opacity))).collect()
        };
        let (gradient, transform) = match paint {
            usvg::Paint::Color(color) => return canvas.fill(shape.0, shape.1, rgba(*color, opacity)),
            usvg::Paint::LinearGradient(g) => {
                let geometry = Geometry::Axial([g.x1(), g.y1(), g.x2(), g.y2()]);
                (Gradient { geometry, stops: stops(g) }, g.transform())
            }
            usvg::Paint::RadialGradient(g) => {
                let geometry =
                    Geometry::Radial([g.fx(), g.fy(), g.fr().get(), g.cx(), g.cy(), g.r().get()]);
                (Gradient { geometry, stops: stops(g) }, g.transform())
            }
            // The reader refuses it.
            usvg::Paint::Pattern(_) => return,
        };
        fill_gradient(canvas, &mut self.groups, shape, &gradient, matrix(transform));
    }
}

/// Narrows the clip to the union of a clip path's shapes, and to its own clip path.
fn apply_clip(clip: &usvg::ClipPath, canvas: &mut Canvas) {
    let mut paths = vec![];
    collect_shapes(clip.root(), clip.transform(), &mut paths);
    let rule = match paths[..] {
        [(_, rule)] => rule,
        _ => Rule::NonZero,
    };
    let segments = paths.into_iter().flat_map(|(outline, _)| outline.segments).collect();
    canvas.clip(&Outline { segments }, rule);
    if let Some(clip) = clip.clip_path() {
        apply_clip(clip, canvas);
    }
}

fn collect_shapes(group: &usvg::Group, transform: Transform, paths: &mut Vec<(Outline, Rule)>) {
    let transform = transform.pre_concat(group.transform());
    for child in group.children() {
        match child {
            usvg::Node::Group(group) => collect_shapes(group, transform, paths),
            usvg::Node::Path(path) => {
                let rule = path.fill().map_or(Rule::NonZero, |fill| rule(fill.rule()));
                paths.push((outline(path.data(), transform), rule));
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

fn outline(path: &tiny_skia_path::Path, transform: Transform) -> Outline {
    let map = |mut p: tiny_skia_path::Point| {
        transform.map_point(&mut p);
        p
    };
    let mut from = tiny_skia_path::Point::zero();
    let mut segments = vec![];
    for segment in path.segments() {
        segments.push(match segment {
            PathSegment::MoveTo(p) => {
                from = map(p);
                Segment::Move(from.x, from.y)
            }
            PathSegment::LineTo(p) => {
                from = map(p);
                Segment::Line(from.x, from.y)
            }
            PathSegment::QuadTo(control, end) => {
                let (c, to) = (map(control), map(end));
                // A quadratic curve as a cubic one: controls at two thirds.
                let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
                let start = std::mem::replace(&mut from, to);
                Segment::Cubic(
                    third(start.x, c.x),
                    third(start.y, c.y),
                    third(to.x, c.x),
                    third(to.y, c.y),
                    to.x,
                    to.y,
                )
            }
            PathSegment::CubicTo(c1, c2, end) => {
                let (c1, c2) = (map(c1), map(c2));
                from = map(end);
                Segment::Cubic(c1.x, c1.y, c2.x, c2.y, from.x, from.y)
            }
            PathSegment::Close => Segment::Close,
        });
    }
    Outline { segments }
}

fn pen(stroke: &usvg::Stroke, color: Color) -> Pen {
    Pen {
        width: stroke.width().get(),
        color,
        dashes: stroke.dasharray().unwrap_or(&[]).to_vec(),
        dash_phase: stroke.dashoffset(),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => Cap::Butt,
            usvg::LineCap::Round => Cap::Round,
            usvg::LineCap::Square => Cap::Square,
        },
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => Join::Miter,
            usvg::LineJoin::Round => Join::Round,
            usvg::LineJoin::Bevel => Join::Bevel,
        },
        miter_limit: stroke.miterlimit().get(),
    }
}

fn rule(rule: usvg::FillRule) -> Rule {
    match rule {
        usvg::FillRule::NonZero => Rule::NonZero,
        usvg::FillRule::EvenOdd => Rule::EvenOdd,
    }
}

fn rgba(color: usvg::Color, opacity: f32) -> Color {
    Color { r: color.red, g: color.green, b: color.blue, a: opacity }
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn matrix(t: Transform) -> Matrix {
    [t.sx, t.ky, t.kx, t.sy, t.tx, t.ty]
}
