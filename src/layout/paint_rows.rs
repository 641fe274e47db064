//! Rows of boxes: of tables, with the backgrounds of rows and row groups, of grids, and of flex containers.

use std::collections::BTreeMap;

use super::boxes::{BoxContent, BoxId, Origin, Table};
use super::decoration::*;
use super::fragment::*;
use super::paint::{Around, Layer, Painter, Whole, is_raised};
use super::sizing::{ContainingBlock, relative};
use crate::layout::pages::*;
use crate::style::values::*;

/// A band where it stands on the page.
#[derive(Clone, Copy)]
struct PlacedBand<'f> {
    band: &'f Band,
    at: (f32, f32),
    /// Whether it is the one that is read, not a repeated head or foot.
    read: bool,
}

/// The row of each cell, where some row of the table is painted as one.
type RowOf = BTreeMap<BoxId, BoxId>;

impl PlacedBand<'_> {
    fn on_page(&self, area: Area) -> Rect {
        let Area { x, y, width, height } = area;
        Rect { x: self.at.0 + x, y: self.at.1 + y, width, height }
    }

    /// The row group that its rows are in.
    fn group(&self) -> Option<BoxId> {
        Some(self.band.rows.first()?.group?.box_id)
    }
}

impl Painter<'_, '_> {
    pub(super) fn bands(
        &mut self,
        fragment: &Fragment,
        bands: &Bands,
        at: (f32, f32),
        layer: &mut Layer,
        around: Around,
    ) {
        self.warn_of_breaks_within(bands.bands.iter().skip(1).filter_map(|band| {
            let first = band.rows.first().map(|row| row.row);
            Some((band.before, first.or(band.cells.first().map(|cell| cell.fragment.box_id))?))
        }));
        let (whole, row_of) = match &self.engine.tree.get(fragment.box_id).content {
            BoxContent::Table(table) => (Whole::Block, self.raised_rows(table)),
            _ => {
                self.warn_of_breaks_in_outer_rows(fragment, bands);
                (Whole::Item, RowOf::new())
            }
        };
        let mut rows: Vec<PlacedBand> = vec![];
        if let (Some(head), Some(first)) = (&bands.head, bands.bands.front()) {
            let top = at.1 + first.y - fragment.consumed - head.height;
            let placed = |band| PlacedBand { band, at: (at.0, top + band.y), read: head.first };
            rows.extend(head.bands.iter().map(placed));
        }
        let in_table = |y: f32| (at.0, at.1 + y - fragment.consumed);
        let placed = |band| PlacedBand { band, at: in_table(band.y), read: true };
        rows.extend(bands.bands.iter().map(placed));
        if let (Some(foot), Some(last)) = (&bands.foot, bands.bands.back()) {
            let (top, read) = (last.y + last.height, fragment.ends.bottom);
            let placed = |band| PlacedBand { band, at: in_table(top + band.y), read };
            rows.extend(foot.bands.iter().map(placed));
        }
        for group in rows.chunk_by(|a, b| a.read == b.read && a.group() == b.group()) {
            let repeated = self.repeated;
            self.repeated |= !group[0].read;
            self.row_group(group, whole, &row_of, layer, around);
            self.repeated = repeated;
        }
        for row in &rows {
            self.rules(&row.band.rules, row.at, layer);
        }
        // At a page's break both sides have the line that the rows share.
        let opened = !fragment.ends.top && bands.head.is_none();
        let first = bands.bands.front().filter(|_| opened);
        let foot = bands.foot.as_ref().and_then(|foot| foot.bands.first());
        let foot = foot.filter(|_| !fragment.ends.bottom);
        for parted in first.into_iter().chain(foot) {
            if let Some(row) = rows.iter().find(|row| std::ptr::eq(row.band, parted)) {
                self.rules(&parted.above, row.at, layer);
            }
        }
    }

    /// The cells of a table by their rows, if a row or a row group is painted as one.
    fn raised_rows(&self, table: &Table) -> RowOf {
        let raised = |id: &BoxId| is_raised(&self.engine.tree.get(*id).style);
        if !table.rows.iter().any(|row| raised(&row.row)) {
            return RowOf::new();
        }
        let of = |cells: &[super::boxes::TableCell], row| {
            cells.iter().map(|cell| (cell.cell, row)).collect::<Vec<_>>()
        };
        table.rows.iter().flat_map(|row| of(&row.cells, row.row)).collect()
    }

    /// Bands of one row group, or of none.
    fn row_group(
        &mut self,
        bands: &[PlacedBand],
        whole: Whole,
        row_of: &RowOf,
        layer: &mut Layer,
        around: Around,
    ) {
        let style = bands[0].group().map(|id| self.engine.tree.get(id).style.clone());
        let Some(style) = style.filter(|style| is_raised(style)) else {
            for band in bands {
                self.band(*band, whole, row_of, layer, around);
            }
            return;
        };
        let rows =
            || bands.iter().flat_map(|band| band.band.rows.iter().map(|row| band.on_page(row.area)));
        let rect = rows().reduce(around_both).unwrap_or_default();
        let (dx, dy) = displacement(&style, around);
        let moved = Rect { x: rect.x + dx, y: rect.y + dy, ..rect };
        self.layered(&style, (moved, moved), whole, layer, around, |painter, own, around| {
            for band in bands {
                let at = (band.at.0 + dx, band.at.1 + dy);
                painter.band(PlacedBand { at, ..*band }, whole, row_of, own, around);
            }
        });
    }

    fn band(
        &mut self,
        placed: PlacedBand,
        whole: Whole,
        row_of: &RowOf,
        layer: &mut Layer,
        around: Around,
    ) {
        if row_of.is_empty() || placed.band.rows.is_empty() {
            for row in &placed.band.rows {
                self.row_backgrounds(placed, row, &placed.band.cells, layer);
            }
            self.cells(placed, &placed.band.cells, whole, layer, around);
            return;
        }
        for (index, row) in placed.band.rows.iter().enumerate() {
            let of_row = |cell: &&Placed| {
                let own = row_of.get(&cell.fragment.box_id);
                match placed.band.rows.iter().any(|row| own == Some(&row.row)) {
                    true => own == Some(&row.row),
                    // Its row ended on an earlier page, which it spans beyond.
                    false => index == 0,
                }
            };
            let cells: Vec<Placed> = placed.band.cells.iter().filter(of_row).cloned().collect();
            let style = self.engine.tree.get(row.row).style.clone();
            let (dx, dy) = displacement(&style, around);
            let at = (placed.at.0 + dx, placed.at.1 + dy);
            let placed = PlacedBand { at, ..placed };
            if !is_raised(&style) {
                self.row_backgrounds(placed, row, &placed.band.cells, layer);
                self.cells(placed, &cells, whole, layer, around);
                continue;
            }
            let rect = placed.on_page(row.area);
            self.layered(&style, (rect, rect), whole, layer, around, |painter, own, around| {
                painter.row_backgrounds(placed, row, &placed.band.cells, own);
                painter.cells(placed, &cells, whole, own, around);
            });
        }
    }

    fn cells(
        &mut self,
        placed: PlacedBand,
        cells: &[Placed],
        whole: Whole,
        layer: &mut Layer,
        around: Around,
    ) {
        for cell in cells {
            let place = (placed.at.0 + cell.x, placed.at.1 + cell.y);
            self.fragment(&cell.fragment, place, layer, around, whole);
        }
    }

    /// The backgrounds of a row and its group, where they are seen: in the cells.
    fn row_backgrounds(
        &mut self,
        placed: PlacedBand,
        row: &BandRow,
        cells: &[Placed],
        layer: &mut Layer,
    ) {
        let rect = placed.on_page(row.area);
        for RowPart { box_id, whole } in
            row.group.into_iter().chain([RowPart { box_id: row.row, whole: row.whole }])
        {
            let b = self.engine.tree.get(box_id);
            let (node, style) = (b.node, b.style.clone());
            if b.origin == Origin::Principal && b.ends.top {
                self.starts.extend((!self.repeated).then_some((node, rect.x, rect.y)));
            }
            if style.text.visibility == Visibility::Hidden {
                continue;
            }
            // A row and a row group have neither border nor padding of their own (CSS 2.2 §17.5.1).
            let none = Sides::default();
            let assembled = Some(Assembled { rect: placed.on_page(whole), border: none, padding: none });
            let back = Decorated { assembled, ..Decorated::whole(&style, rect, none, none) };
            let mut painted = vec![];
            back.background(self.engine.pictures, &mut painted);
            if !painted.is_empty() {
                let seen = seen_in_cells(rect, cells.iter().map(|cell| placed.on_page(cell.area())));
                layer.blocks.extend(seen.clone().map(begin_clip));
                layer.blocks.append(&mut painted);
                layer.blocks.extend(seen.map(|_| end_clip()));
            }
        }
    }

    /// The lines of a collapsed table, over the backgrounds of all its rows.
    fn rules(&mut self, rules: &[Rule], at: (f32, f32), layer: &mut Layer) {
        for r in rules {
            let Area { x, y, width, height } = r.area;
            if width > 0.0 && height > 0.0 && r.border.color.a > 0.0 {
                layer.blocks.push(rule(r.border, Rect { x: at.0 + x, y: at.1 + y, width, height }));
            }
        }
    }
}

/// How far a row is moved from its place (CSS 2.2 §9.4.3).
fn displacement(style: &ComputedStyle, around: Around) -> (f32, f32) {
    relative(style, ContainingBlock { width: around.cb.width, height: None })
}

/// The rectangle round two.
fn around_both(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let right = (a.x + a.width).max(b.x + b.width);
    let bottom = (a.y + a.height).max(b.y + b.height);
    Rect { x, y, width: right - x, height: bottom - y }
}

/// Where the background of a row is seen: behind its cells, not in the spacing between them (CSS 2.2
/// §17.6.1). None where they cover all of it.
fn seen_in_cells(row: Rect, cells: impl Iterator<Item = Rect>) -> Option<Outline> {
    let (mut segments, mut covered) = (vec![], 0.0);
    for cell in cells {
        let height = (row.y + row.height).min(cell.y + cell.height) - row.y.max(cell.y);
        if height > 0.0 {
            covered += height * cell.width;
            segments.extend(Outline::rect(cell).segments);
        }
    }
    (covered < row.width * row.height - 0.5).then_some(Outline { segments })
}
