//! A page's boxes as a picture: what the items paint, without glyphs.

use std::ops::Range;

use propale::image::{Picture as Source, PictureContent};
use propale::layout::pages::{Fill, Outline, Owner, Page, Paint, Rect, Segment, Shape, Stroke};
use propale::style::values::{Color, Matrix};
use zeno::{Cap, Command, Mask, Transform, Vector};

use super::finding::{CELL, Picture};

/// Red, green, blue, alpha, 0–1; colours are multiplied by alpha.
type Rgba = [f32; 4];

/// The mean colours of the page's cells, as the judges' are taken: at 96 dpi, cell by cell.
pub fn picture(page: &Page) -> Picture {
    let mut canvas = Canvas { layers: vec![Layer::new(page.width, page.height, Matrix::IDENTITY)] };
    canvas.layers[0].pixels.fill([1.0; 4]);
    for item in &page.items {
        // markers of lists: how large a bullet is, CSS Lists 3 §3.1 leaves open
        if !matches!(item.owner, Owner::Label(_)) {
            canvas.paint(&item.paint);
        }
    }
    let [layer] = &canvas.layers[..] else { panic!("groups are balanced") };
    layer.cells()
}

/// The page, and the open groups upon it.
struct Canvas {
    layers: Vec<Layer>,
}

struct Layer {
    width: usize,
    height: usize,
    pixels: Vec<Rgba>,
    /// Rows that something was painted on.
    touched: Range<usize>,
    /// From the plane of what is painted to the page.
    plane: Matrix,
    /// How much of each pixel is seen when the layer is laid on the one below.
    clip: Option<Vec<f32>>,
    opacity: f32,
}

impl Canvas {
    fn paint(&mut self, paint: &Paint) {
        let layer = self.layers.last_mut().unwrap();
        let (width, height) = (layer.width as f32, layer.height as f32);
        match paint {
            Paint::Glyphs(_) => {}
            Paint::Shape(shape) => layer.shape(shape),
            Paint::Tiles { tile, cell, count } => {
                for (row, column) in (0..count.1).flat_map(|row| (0..count.0).map(move |c| (row, c))) {
                    let mut tile = (**tile).clone();
                    tile.translate(column as f32 * cell.width, row as f32 * cell.height);
                    self.paint(&tile);
                }
            }
            Paint::Picture { picture, rect, clip } => {
                let mut drawn = Layer::new(width, height, layer.plane);
                drawn.clip = clip.map(|clip| layer.coverage(&Outline::rect(clip)));
                drawn.picture(picture, *rect);
                layer.lay(&drawn);
            }
            Paint::BeginGroup(group) => {
                let plane = layer.plane.times(group.transform.unwrap_or(Matrix::IDENTITY));
                let mut inside = Layer::new(width, height, plane);
                inside.clip = group.clip.as_ref().map(|clip| inside.coverage(clip));
                inside.opacity = group.opacity.unwrap_or(1.0);
                self.layers.push(inside);
            }
            Paint::EndGroup => {
                let group = self.layers.pop().unwrap();
                self.layers.last_mut().unwrap().lay(&group);
            }
        }
    }
}

impl Layer {
    fn new(width: f32, height: f32, plane: Matrix) -> Layer {
        let (width, height) = (width.round() as usize, height.round() as usize);
        let pixels = vec![[0.0; 4]; width * height];
        Layer { width, height, pixels, touched: height..0, plane, clip: None, opacity: 1.0 }
    }

    fn touch(&mut self, rows: &Range<usize>) {
        self.touched.start = self.touched.start.min(rows.start);
        self.touched.end = self.touched.end.max(rows.end);
    }

    fn cells(&self) -> Picture {
        let size = CELL as usize;
        let (columns, rows) =
            (self.width / size, self.touched.end.div_ceil(size).min(self.height / size));
        let mut sums = vec![vec![[0.0; 3]; columns]; rows];
        let width = columns * size;
        for (row, pixels) in self.pixels.chunks_exact(self.width).take(rows * size).enumerate() {
            for (column, [r, g, b, _]) in pixels[..width].iter().enumerate() {
                let sum: &mut [f32; 3] = &mut sums[row / size][column / size];
                *sum = [sum[0] + r, sum[1] + g, sum[2] + b];
            }
        }
        let mean = |sum: [f32; 3]| sum.map(|sum| (sum / (size * size) as f32 * 255.0).round() as u8);
        Picture { rows: sums.into_iter().map(|row| row.into_iter().map(mean).collect()).collect() }
    }

    /// Lays another layer of the same size on this one.
    fn lay(&mut self, above: &Layer) {
        self.touch(&above.touched);
        for at in above.touched.start * self.width..above.touched.end * self.width {
            let seen = above.clip.as_ref().map_or(1.0, |clip| clip[at]) * above.opacity;
            blend(&mut self.pixels[at], above.pixels[at], seen);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let path = commands(&shape.outline);
        if let Some(fill) = &shape.fill {
            self.fill(&path, zeno::Fill::NonZero.into(), Transform::IDENTITY, |x, y| {
                colour_at(fill, x, y)
            });
        }
        if let Some(Stroke { width, color, dashes, round_cap }) = &shape.stroke {
            let mut line = zeno::Stroke::new(*width);
            line.cap(if *round_cap { Cap::Round } else { Cap::Butt }).dash(dashes, 0.0);
            let colour = premultiplied(*color);
            self.fill(&path, line.into(), Transform::IDENTITY, |_, _| colour);
        }
    }

    /// Colours what a path covers, which `within` takes into this plane. Colours are asked for by places in
    /// this plane.
    fn fill(
        &mut self,
        path: &[Command],
        style: zeno::Style,
        within: Transform,
        colour: impl Fn(f32, f32) -> Rgba,
    ) {
        let Matrix([a, b, c, d, e, f]) = self.plane;
        let plane = Transform::new(a, b, c, d, e, f);
        let Some(back) = plane.invert() else { return };
        let (mask, placed) = Mask::new(path).style(style).transform(Some(within.then(&plane))).render();
        let rows = placed.top.max(0) as usize
            ..((placed.top + placed.height as i32).max(0) as usize).min(self.height);
        self.touch(&rows);
        for (row, covered) in mask.chunks_exact((placed.width as usize).max(1)).enumerate() {
            let y = placed.top + row as i32;
            if !(0..self.height as i32).contains(&y) {
                continue;
            }
            let pixels = &mut self.pixels[y as usize * self.width..][..self.width];
            for (column, cover) in covered.iter().enumerate() {
                let x = placed.left + column as i32;
                if (0..self.width as i32).contains(&x) && *cover > 0 {
                    let at = back.transform_point(Vector::new(x as f32 + 0.5, y as f32 + 0.5));
                    let colour = colour(at.x, at.y);
                    blend(&mut pixels[x as usize], colour, f32::from(*cover) / 255.0);
                }
            }
        }
    }

    /// How much of each pixel an outline covers.
    fn coverage(&self, outline: &Outline) -> Vec<f32> {
        let mut drawn = Layer::new(self.width as f32, self.height as f32, self.plane);
        drawn.fill(&commands(outline), zeno::Fill::NonZero.into(), Transform::IDENTITY, |_, _| [1.0; 4]);
        drawn.pixels.iter().map(|pixel| pixel[3]).collect()
    }

    /// Samples are spread over the rectangle; of artwork, paths in plain colours are drawn.
    fn picture(&mut self, picture: &Source, rect: Rect) {
        match &picture.content {
            PictureContent::Artwork(artwork) => {
                let tree = &artwork.tree;
                let (sx, sy) = (rect.width / tree.size().width(), rect.height / tree.size().height());
                self.artwork(tree.root(), &Transform::new(sx, 0.0, 0.0, sy, rect.x, rect.y));
            }
            PictureContent::Raster { width, height, components, samples, alpha } => {
                let (width, height) = (*width as usize, *height as usize);
                let components = usize::from(*components);
                self.fill(
                    &commands(&Outline::rect(rect)),
                    zeno::Fill::NonZero.into(),
                    Transform::IDENTITY,
                    |x, y| {
                        let column = ((x - rect.x) / rect.width * width as f32) as usize;
                        let row = ((y - rect.y) / rect.height * height as f32) as usize;
                        let at = row.min(height - 1) * width + column.min(width - 1);
                        let sample = |which: usize| samples[at * components + which.min(components - 1)];
                        let a = alpha.as_ref().map_or(1.0, |alpha| f32::from(alpha[at]) / 255.0);
                        premultiplied(Color { r: sample(0), g: sample(1), b: sample(2), a })
                    },
                );
            }
            PictureContent::Jpeg { .. } => panic!("no case has a JPEG"),
        }
    }

    fn artwork(&mut self, group: &usvg::Group, place: &Transform) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.artwork(group, place),
                usvg::Node::Path(path) => {
                    let outline = artwork_commands(path);
                    if let Some(fill) = path.fill() {
                        let colour = artwork_colour(fill.paint());
                        self.fill(&outline, zeno::Fill::NonZero.into(), *place, |_, _| colour);
                    }
                    if let Some(stroke) = path.stroke() {
                        let colour = artwork_colour(stroke.paint());
                        let mut line = zeno::Stroke::new(stroke.width().get());
                        line.cap(match stroke.linecap() {
                            usvg::LineCap::Round => Cap::Round,
                            usvg::LineCap::Square => Cap::Square,
                            usvg::LineCap::Butt => Cap::Butt,
                        });
                        self.fill(&outline, line.into(), *place, |_, _| colour);
                    }
                }
                usvg::Node::Image(_) | usvg::Node::Text(_) => panic!("pictures of cases are paths"),
            }
        }
    }
}

fn artwork_colour(paint: &usvg::Paint) -> Rgba {
    let usvg::Paint::Color(c) = paint else { panic!("pictures of cases have plain colours alone") };
    premultiplied(Color { r: c.red, g: c.green, b: c.blue, a: 1.0 })
}

fn artwork_commands(path: &usvg::Path) -> Vec<Command> {
    use usvg::tiny_skia_path::PathSegment;
    let at = path.abs_transform();
    let point = |mut p: usvg::tiny_skia_path::Point| {
        at.map_point(&mut p);
        Vector::new(p.x, p.y)
    };
    let segments = path.data().segments().map(|segment| match segment {
        PathSegment::MoveTo(p) => Command::MoveTo(point(p)),
        PathSegment::LineTo(p) => Command::LineTo(point(p)),
        PathSegment::QuadTo(a, p) => Command::QuadTo(point(a), point(p)),
        PathSegment::CubicTo(a, b, p) => Command::CurveTo(point(a), point(b), point(p)),
        PathSegment::Close => Command::Close,
    });
    segments.collect()
}

/// Porter–Duff "over", of the part `seen` of what is above.
fn blend(below: &mut Rgba, above: Rgba, seen: f32) {
    let left = 1.0 - above[3] * seen;
    for (below, above) in below.iter_mut().zip(above) {
        *below = above * seen + *below * left;
    }
}

fn premultiplied(Color { r, g, b, a }: Color) -> Rgba {
    [f32::from(r) / 255.0 * a, f32::from(g) / 255.0 * a, f32::from(b) / 255.0 * a, a]
}

fn colour_at(fill: &Fill, x: f32, y: f32) -> Rgba {
    match fill {
        Fill::Color(color) => premultiplied(*color),
        Fill::Linear { from, to, stops } => {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let along = ((x - from.0) * dx + (y - from.1) * dy) / (dx * dx + dy * dy);
            at_stops(stops, along)
        }
        Fill::Radial { center, radii, stops } => {
            let (dx, dy) = ((x - center.0) / radii.0, (y - center.1) / radii.1);
            at_stops(stops, dx.hypot(dy))
        }
    }
}

/// CSS Images 3 §3.4.3: between two stops colours are mixed, beyond the ends they go on.
fn at_stops(stops: &[(f32, Color)], along: f32) -> Rgba {
    let next = stops.iter().position(|(at, _)| *at > along).unwrap_or(stops.len());
    let (before, after) = (next.saturating_sub(1), next.min(stops.len() - 1));
    let (start, end) = (stops[before].0, stops[after].0);
    let share = if end > start { ((along - start) / (end - start)).clamp(0.0, 1.0) } else { 0.0 };
    let (a, b) = (premultiplied(stops[before].1), premultiplied(stops[after].1));
    [0, 1, 2, 3].map(|at| a[at] + (b[at] - a[at]) * share)
}

fn commands(outline: &Outline) -> Vec<Command> {
    let segments = outline.segments.iter().map(|segment| match *segment {
        Segment::Move(x, y) => Command::MoveTo(Vector::new(x, y)),
        Segment::Line(x, y) => Command::LineTo(Vector::new(x, y)),
        Segment::Cubic(a, b, c, d, x, y) => {
            Command::CurveTo(Vector::new(a, b), Vector::new(c, d), Vector::new(x, y))
        }
        Segment::Close => Command::Close,
    });
    segments.collect()
}
