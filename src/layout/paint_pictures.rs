//! Pictures on a page, and what there is to say of them: too tall, too wide, too coarse.

use super::background::tile_size;
use super::boxes::{BoxContent, BoxId};
use super::decoration::*;
use super::fragment::Fragment;
use super::paint::Painter;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::tree::NodeId;
use crate::image::Picture;
use crate::layout::pages::*;
use crate::style::values::*;

impl Painter<'_, '_> {
    /// CSS Images 3 §5.5: `object-fit` and `object-position`.
    pub(super) fn picture(
        &mut self,
        fragment: &Fragment,
        box_: &Decorated,
        wanted: Option<f32>,
        out: &mut Vec<Item>,
    ) {
        let b = self.engine.tree.get(fragment.box_id);
        let (node, style) = (b.node, b.style.clone());
        let BoxContent::Replaced(picture) = &b.content else { return };
        let picture = picture.clone();
        let frame = inset(box_.rect, fragment.inset);
        self.warn_of_size(node, &picture.path, frame.height, wanted);
        if let Some(link) = self.link_of(node) {
            self.link(link, frame);
        }
        if style.text.visibility == Visibility::Hidden || frame.width <= 0.0 || frame.height <= 0.0 {
            return;
        }
        let (w, h) = (picture.width.max(f32::MIN_POSITIVE), picture.height.max(f32::MIN_POSITIVE));
        let (fit_w, fit_h) = (frame.width / w, frame.height / h);
        let fit = fit_w.min(fit_h);
        let (width, height) = match style.object_fit {
            ObjectFit::Fill if !picture.keeps_ratio() => (frame.width, frame.height),
            ObjectFit::Fill | ObjectFit::Contain => (w * fit, h * fit),
            ObjectFit::Cover => (w * fit_w.max(fit_h), h * fit_w.max(fit_h)),
            ObjectFit::None => (w, h),
            ObjectFit::ScaleDown => (w * fit.min(1.0), h * fit.min(1.0)),
        };
        let rect = Rect {
            x: frame.x + style.object_position.x.resolve(frame.width - width),
            y: frame.y + style.object_position.y.resolve(frame.height - height),
            width,
            height,
        };
        let place = self.engine.document.node(node).place.clone();
        self.warn_of_coarseness(&picture, rect, place);
        let inside = rect.x >= frame.x - 0.01
            && rect.y >= frame.y - 0.01
            && rect.x + width <= frame.x + frame.width + 0.01
            && rect.y + height <= frame.y + frame.height + 0.01;
        let clip = (!inside).then_some(frame);
        let round = style.radius != Corners::default();
        if round {
            out.push(begin_clip(box_.content_outline(fragment.inset)));
        }
        let paint = Paint::Picture { picture, rect, clip };
        self.push(Item { owner: Owner::Node(node), paint }, (0.0, 0.0), out);
        if round {
            out.push(layout_item(Paint::EndGroup));
        }
    }

    fn warn_of_size(&mut self, node: NodeId, path: &str, height: f32, wanted: Option<f32>) {
        let Some(wanted) = wanted else { return };
        let mm = |px: f32| px * 25.4 / 96.0;
        let why = match wanted > self.engine.page_height {
            true => "which no page can hold",
            false => "which no page can hold with what stands around it",
        };
        let message =
            format!("picture is {:.0} mm tall, {why}: printed {:.0} mm tall", mm(wanted), mm(height));
        let place = self.engine.document.node(node).place.clone();
        self.engine.report(
            Diagnostic::warning(message)
                .maybe_at(place)
                .hint("give it a `max-height`")
                .about_picture(path),
        );
    }

    /// Text that sticks out is reported by its paragraph, a table here, what else leaves the page by
    /// `strays`.
    pub(super) fn warn_of_width(&mut self, fragment: &Fragment, x: f32) {
        let b = self.engine.tree.get(fragment.box_id);
        let BoxContent::TableWrapper { .. } = b.content else { return };
        let over = x + fragment.width - (self.sheet.x + self.sheet.width);
        if over > 1.0 && b.style.position != Position::Absolute {
            let mm = over * 25.4 / 96.0;
            let message = format!("table reaches {mm:.0} mm beyond the page's right edge");
            let node = b.node;
            let place = self.engine.document.node(node).place.clone();
            // What cannot be made narrower, most likely.
            let text = self.engine.document.text_content(node);
            let longest = text.split_whitespace().max_by_key(|word| word.chars().count());
            self.engine
                .report(Diagnostic::warning(message).maybe_at(place).about(longest.map(str::to_owned)));
            self.told.insert(node);
        }
    }

    /// Notes that a picture has too few pixels for its size on paper: said once, of where it is coarsest.
    fn warn_of_coarseness(&mut self, picture: &Picture, rect: Rect, place: Option<Place>) {
        const LEAST: f32 = 150.0;
        let Some((columns, rows)) = picture.pixels() else { return };
        let dpi = |pixels: u32, px: f32| pixels as f32 / (px.max(0.01) / 96.0);
        let dpi = dpi(columns, rect.width).min(dpi(rows, rect.height));
        if dpi.round() < LEAST {
            let most = columns as f32 / LEAST * 25.4;
            let message =
                format!("picture `{}` is printed at {dpi:.0} dpi: it will look coarse", picture.path);
            let warning = Diagnostic::warning(message).maybe_at(place).about_picture(&picture.path).hint(format!(
                "from {LEAST:.0} dpi on it looks sharp: print it {most:.0} mm wide at most, or use a larger file"
            ));
            let coarse = &mut self.engine.coarse;
            if coarse.get(&picture.path).is_none_or(|(least, _)| dpi < *least) {
                coarse.insert(picture.path.clone(), (dpi, warning));
            }
        }
    }

    pub(super) fn warn_of_coarse_background(&mut self, id: BoxId, rect: Rect) {
        let style = self.engine.tree.get(id).style.clone();
        for layer in style.background.layers() {
            let BackgroundImage::Picture(file) = layer.image else { continue };
            let Some(picture) = self.engine.pictures.file(&file.path).cloned() else { continue };
            let (width, height) = tile_size(layer.size, &picture, rect);
            self.warn_of_coarseness(&picture, Rect { width, height, ..rect }, file.place.clone());
        }
    }
}
