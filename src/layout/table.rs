//! Tables: columns, rows, cells (CSS 2.2 §17). Each row is a band between which pages may begin; rows
//! that a cell spans are one band.

use std::rc::Rc;

use super::boxes::*;
use super::engine::{ContentBox, Context, Engine, Inner, Rim, Space};
use super::fragment::*;
use super::segments::stronger;
use super::sizing::*;
use super::table_borders::Collapsed;
use super::table_columns::{Ask, Column, distribute, max_content, measure, min_content};
use crate::style::values::*;

/// What is known of a table before its width is.
pub(super) struct Measured {
    pub columns: Vec<Column>,
    /// Of a table whose borders collapse.
    pub collapsed: Option<Collapsed>,
    /// px between cells, and round them.
    pub spacing: (f32, f32),
}

/// A cell once its columns have their widths.
struct LaidCell {
    row: usize,
    rows: usize,
    x: f32,
    /// Its height by content, px.
    natural: f32,
    /// The least that its row gives it, px: also what its own `height` says.
    least: f32,
    /// First baseline, from its top.
    baseline: Option<f32>,
    align: VerticalAlign,
    fragment: Rc<Fragment>,
}

impl Engine<'_> {
    /// Captions and grid, in the width of the wrapper.
    pub fn table_wrapper(
        &mut self,
        above: &[BoxId],
        grid: BoxId,
        below: &[BoxId],
        content: ContentBox,
    ) -> Inner {
        let parts: Vec<BoxId> =
            above.iter().copied().chain([grid]).chain(below.iter().copied()).collect();
        let mut inner = self.flow(&parts, ContentBox { height: None, ..content }, (Rim::Closed, false));
        // Where the container makes the wrapper taller, as a grid does that stretches its items, it is the
        // grid of cells that grows, and captions below it make way.
        let more = content.height.map_or(0.0, |height| height - inner.height);
        if more > 0.0
            && let FragmentContent::Flow(children) = &mut inner.content
            && let Some(at) = children.iter().position(|c| c.placed.fragment.box_id == grid)
        {
            let height = Some(children[at].placed.fragment.height + more);
            let cb = ContainingBlock { width: content.width, height: None };
            let (width, context) = (children[at].placed.fragment.width, Context::Flow);
            let space = Space { cb, width, height, border: None, context };
            children[at].placed.fragment = self.layout(grid, space).fragment;
            children.iter_mut().skip(at + 1).for_each(|below| below.placed.y += more);
            inner.height += more;
        }
        inner
    }

    /// Border-box width of a table in so much room (CSS 2.2 §17.5.2). `base` is what percentages are of.
    pub fn table_width(&mut self, wrapper: BoxId, room: f32, base: f32) -> f32 {
        let b = self.tree.get(wrapper);
        let (style, content) = (b.style.clone(), b.content.clone());
        let BoxContent::TableWrapper { grid, .. } = content else { return room };
        let inset = self.table_inset(grid).horizontal();
        let least = self.intrinsic(wrapper, Intrinsic::Min);
        let width = match definite(style.width, Some(base)) {
            Some(width) => border_size(&style, width, inset),
            None => self.intrinsic(wrapper, Intrinsic::Max).min(room),
        };
        Limits::widths(&style, Some(base), inset).clamp(width).max(least)
    }

    /// Border-box width of a table's grid under a min-content or max-content constraint.
    pub fn table_intrinsic(&mut self, grid: BoxId, which: Intrinsic) -> f32 {
        let measured = self.measured(grid);
        let columns = match which {
            Intrinsic::Min => min_content(&measured.columns),
            Intrinsic::Max => max_content(&measured.columns),
        };
        let around = measured.spacing.0 * (measured.columns.len() as f32 + 1.0);
        columns + around + self.table_inset(grid).horizontal()
    }

    /// Border and padding of a table's grid.
    fn table_inset(&mut self, grid: BoxId) -> Sides<f32> {
        let mut edges = edges(self.tree.get(grid), 0.0);
        if let Some(border) = self.collapsed_border(grid) {
            edges.border = border;
        }
        edges.inset()
    }

    /// The used border of a grid whose borders collapse.
    pub fn collapsed_border(&mut self, id: BoxId) -> Option<Sides<f32>> {
        match self.tree.get(id).content {
            BoxContent::Table(_) => self.measured(id).collapsed.as_ref().map(Collapsed::of_table),
            _ => None,
        }
    }

    fn measured(&mut self, grid: BoxId) -> Rc<Measured> {
        if let Some(measured) = &self.caches[grid.index()].table {
            return measured.clone();
        }
        let BoxContent::Table(table) = self.tree.get(grid).content.clone() else {
            let columns = vec![];
            return Rc::new(Measured { columns, collapsed: None, spacing: (0.0, 0.0) });
        };
        let style = self.tree.get(grid).style.clone();
        let collapsed = match table.collapsed_border {
            Some(border) => Some(Collapsed::resolve(&self.tree, &table, &border)),
            None => None,
        };
        let spacing = match collapsed {
            Some(_) => (0.0, 0.0),
            None => style.text.border_spacing,
        };
        let mut asks = vec![];
        for (r, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let border = collapsed.as_ref().map(|c| c.of_cell(r, cell));
                asks.push(self.ask(cell, border));
            }
        }
        let columns = measure(table.columns, asks, spacing.0);
        let measured = Rc::new(Measured { columns, collapsed, spacing });
        self.caches[grid.index()].table = Some(measured.clone());
        measured
    }

    fn ask(&mut self, cell: &TableCell, border: Option<Sides<f32>>) -> Ask {
        let b = self.tree.get(cell.cell);
        let style = b.style.clone();
        let mut edges = edges(b, 0.0);
        edges.border = border.unwrap_or(edges.border);
        let inset = edges.inset().horizontal();
        let limits = Limits::widths(&style, None, inset);
        let min = self.intrinsic(cell.cell, Intrinsic::Min) + inset;
        let max = self.intrinsic(cell.cell, Intrinsic::Max) + inset;
        let said = definite(style.width, None).map(|w| border_size(&style, w, inset));
        let percent = match style.width {
            // What is a percentage only in part is auto (CSS Tables 3 §4.1).
            LengthOrAuto::Length(length) if length.percent > 0.0 && length.bounds == Bounds::NONE => {
                Some(length.percent)
            }
            _ => None,
        };
        Ask {
            column: cell.column,
            columns: cell.columns,
            min: min.max(limits.min),
            max: limits.clamp(said.unwrap_or(max)).max(min),
            percent,
            fixed: said.is_some(),
        }
    }

    /// Column widths at a content width.
    fn column_widths(
        &mut self,
        grid: BoxId,
        table: &Table,
        measured: &Measured,
        width: f32,
    ) -> Vec<f32> {
        let width = (width - measured.spacing.0 * (table.columns as f32 + 1.0)).max(0.0);
        let fixed = self.tree.get(grid).style.table_layout == TableLayout::Fixed && table.fixed_width;
        if !fixed {
            return distribute(&measured.columns, width);
        }
        // CSS 2.2 §17.5.2.1: the first row alone decides; columns without a width share the rest.
        let mut widths: Vec<Option<f32>> = vec![None; table.columns];
        for cell in table.rows.first().map_or(&[][..], |row| &row.cells) {
            let style = &self.tree.get(cell.cell).style;
            let inset = edges(self.tree.get(cell.cell), width).inset().horizontal();
            if let Some(said) = definite(style.width, Some(width)) {
                let each = border_size(style, said, inset) / cell.columns as f32;
                widths[cell.column..cell.column + cell.columns].fill(Some(each));
            }
        }
        let said: f32 = widths.iter().flatten().sum();
        let free = widths.iter().filter(|w| w.is_none()).count() as f32;
        let share = (width - said).max(0.0) / free.max(1.0);
        let stretch = match free == 0.0 && said > 0.0 {
            true => (width / said).max(1.0),
            false => 1.0,
        };
        widths.into_iter().map(|w| w.map_or(share, |w| w * stretch)).collect()
    }

    /// The grid of a table.
    pub fn table(&mut self, id: BoxId, table: &Table, content: ContentBox) -> Inner {
        let measured = self.measured(id);
        let (space_x, space_y) = measured.spacing;
        let widths = self.column_widths(id, table, &measured, content.width);
        let mut lefts = Vec::with_capacity(widths.len() + 1);
        let mut x = content.x + space_x;
        for width in &widths {
            lefts.push(x);
            x += width + space_x;
        }
        lefts.push(x);
        let mut cells = vec![];
        let (room, lead) = (self.room, self.lead);
        self.room -= 2.0 * space_y;
        for (r, row) in table.rows.iter().enumerate() {
            self.lead = if r == 0 { lead } else { 0.0 };
            for cell in &row.cells {
                let left = lefts[cell.column];
                let width = (lefts[cell.column + cell.columns] - left - space_x).max(0.0);
                let border = measured.collapsed.as_ref().map(|c| c.of_cell(r, cell));
                let cb = ContainingBlock { width: content.width, height: None };
                let context = Context::Independent;
                let laid = self.layout(cell.cell, Space { cb, width, height: None, border, context });
                let align = self.tree.get(cell.cell).style.vertical_align;
                cells.push(LaidCell {
                    row: r,
                    rows: cell.rows,
                    x: left,
                    natural: laid.natural,
                    least: laid.natural.max(laid.fragment.height),
                    baseline: laid.fragment.first_baseline,
                    align,
                    fragment: laid.fragment,
                });
            }
        }
        (self.room, self.lead) = (room, lead);
        let baselines = row_baselines(table.rows.len(), &cells);
        let heights = self.row_heights(table, &cells, &baselines, content, space_y);
        let mut tops = Vec::with_capacity(heights.len() + 1);
        let mut y = content.y + space_y;
        for height in &heights {
            tops.push(y);
            y += height + space_y;
        }
        tops.push(y);
        let height = if heights.is_empty() { 0.0 } else { y - content.y };
        let mut inner = Inner::new(FragmentContent::Empty, height);
        let grid = Grid { lefts, tops, space: (space_x, space_y) };
        let bands = self.table_bands(table, cells, &baselines, &grid, measured.collapsed.as_ref());
        inner.first_baseline = baselines.first().filter(|b| **b > 0.0).map(|b| grid.tops[0] + b);
        inner.last_baseline = inner.first_baseline;
        if !bands.is_empty() {
            inner.content = FragmentContent::Bands(self.with_head_and_foot(table, bands));
        }
        inner
    }

    /// CSS 2.2 §17.5.3; what a cell that spans rows needs beyond them goes to all of them in proportion.
    fn row_heights(
        &mut self,
        table: &Table,
        cells: &[LaidCell],
        baselines: &[f32],
        content: ContentBox,
        space: f32,
    ) -> Vec<f32> {
        let said = |r: usize| definite(self.tree.get(table.rows[r].row).style.height, None);
        let mut heights: Vec<f32> = (0..table.rows.len()).map(|r| said(r).unwrap_or(0.0)).collect();
        for cell in cells.iter().filter(|c| c.rows <= 1) {
            let down = cell.on_baseline(baselines);
            heights[cell.row] = heights[cell.row].max(cell.least).max(cell.natural + down);
        }
        let mut spanning: Vec<&LaidCell> = cells.iter().filter(|c| c.rows > 1).collect();
        spanning.sort_by_key(|c| c.rows);
        for cell in spanning {
            let rows = cell.row..cell.row + cell.rows;
            let has = heights[rows.clone()].iter().sum::<f32>() + space * (cell.rows as f32 - 1.0);
            grow(&mut heights[rows], cell.least - has);
        }
        if let Some(height) = content.height {
            let has = heights.iter().sum::<f32>() + space * (heights.len() as f32 + 1.0);
            // Head and foot keep their height where there are other rows.
            let is_body = |row: &TableRow| row.part == TablePart::Body;
            let first = table.rows.iter().position(is_body).unwrap_or(0);
            let last = table.rows.iter().rposition(is_body).map_or(heights.len(), |last| last + 1);
            grow(&mut heights[first..last], height - has);
        }
        heights
    }

    fn table_bands(
        &self,
        table: &Table,
        cells: Vec<LaidCell>,
        baselines: &[f32],
        grid: &Grid,
        collapsed: Option<&Collapsed>,
    ) -> Vec<(TablePart, Band)> {
        let rows = table.rows.len();
        // The last row of the band that each row is in.
        let mut ends: Vec<usize> = (0..rows).collect();
        for cell in &cells {
            let last = cell.row + cell.rows.max(1) - 1;
            ends[cell.row] = ends[cell.row].max(last.min(rows - 1));
        }
        // The rows of the group that each row is in.
        let mut groups: Vec<std::ops::Range<usize>> = vec![];
        for group in table.rows.chunk_by(|a, b| a.group == b.group) {
            let start = groups.len();
            groups.extend(group.iter().map(|_| start..start + group.len()));
        }
        let mut cells = cells.into_iter().peekable();
        let mut bands = vec![];
        let mut first = 0;
        while first < rows {
            let mut last = first;
            let mut r = first;
            while r <= last {
                last = last.max(ends[r]);
                r += 1;
            }
            let y = grid.tops[first];
            let bottom = grid.tops[last + 1] - grid.space.1;
            let mut band = Band {
                y,
                height: bottom - y,
                before: match first {
                    0 => Between::Allowed,
                    _ => self.before_row(table, first),
                },
                cells: vec![],
                rows: vec![],
                rules: vec![],
                above: vec![],
            };
            let left = grid.lefts[0];
            let right = grid.lefts[grid.lefts.len() - 1] - grid.space.0;
            for (r, (row, rows)) in table.rows.iter().zip(&groups).enumerate().take(last + 1).skip(first)
            {
                let bottom = grid.tops[r + 1] - grid.space.1;
                let (x, width) = (left, (right - left).max(0.0));
                let area = Area { x, y: grid.tops[r] - y, width, height: bottom - grid.tops[r] };
                let group = row.group.map(|box_id| {
                    let top = grid.tops[rows.start] - y;
                    let height = grid.tops[rows.end] - grid.space.1 - y - top;
                    RowPart { box_id, whole: Area { y: top, height, ..area } }
                });
                band.rows.push(BandRow { row: row.row, area, whole: area, group });
            }
            while let Some(cell) = cells.next_if(|c| c.row <= last) {
                let end = (cell.row + cell.rows.max(1)).min(rows);
                let height = grid.tops[end] - grid.space.1 - grid.tops[cell.row];
                let top = grid.tops[cell.row] - y;
                band.cells.push(cell.stretched(height, top, baselines, self.room));
            }
            if let Some(collapsed) = collapsed {
                band.rules = rules(collapsed, grid, first, last);
                band.above = rules_across(collapsed, grid, first, y);
            }
            bands.push((table.rows[first].part, band));
            first = last + 1;
        }
        bands
    }

    /// Whether a page may begin before a row. Totals in the foot are not torn from what they sum up, nor
    /// a head in two.
    fn before_row(&self, table: &Table, r: usize) -> Between {
        let (above, row) = (&table.rows[r - 1], &table.rows[r]);
        let get = |id| self.tree.get(id);
        let mut rule = stronger(get(above.row).break_after, get(row.row).break_before);
        if above.group != row.group {
            if let Some(id) = above.group {
                rule = stronger(rule, get(id).break_after);
            }
            if let Some(id) = row.group {
                rule = stronger(rule, get(id).break_before);
            }
        }
        let together = above.group == row.group
            && row.group.is_some_and(|id| get(id).style.break_inside == BreakInside::Avoid);
        let kept = row.part == TablePart::Foot || above.part == TablePart::Head;
        match rule {
            BreakBetween::Auto if together || kept => Between::Avoided,
            rule => rule.into(),
        }
    }

    /// Sets head and foot apart, so that every page repeats them, each unless it takes more than a
    /// quarter of a page (CSS Tables 3 §6.1).
    fn with_head_and_foot(&self, table: &Table, bands: Vec<(TablePart, Band)>) -> Bands {
        let heads = bands.iter().take_while(|(part, _)| *part == TablePart::Head).count();
        let feet = bands.iter().rev().take_while(|(part, _)| *part == TablePart::Foot).count();
        let mut bands: Vec<Band> = bands.into_iter().map(|(_, band)| band).collect();
        let quarter = self.page_height / 4.0;
        let mut foot = None;
        if table.repeats_foot && feet > 0 && feet < bands.len() {
            let first = bands.len() - feet;
            let bottom = bands[first - 1].y + bands[first - 1].height;
            let height = bands.last().map_or(0.0, |last| last.y + last.height) - bottom;
            if height <= quarter {
                let mut rows = bands.split_off(first);
                rows.iter_mut().for_each(|row| row.y -= bottom);
                foot = Some(Foot { bands: rows.into(), height });
            }
        }
        let mut head = None;
        if table.repeats_head && heads > 0 && heads < bands.len() {
            let top = bands[0].y;
            let height = bands[heads].y - top;
            if height > 0.0 && height <= quarter {
                let rest = bands.split_off(heads);
                let mut rows = std::mem::replace(&mut bands, rest);
                rows.iter_mut().for_each(|row| row.y -= top);
                head = Some(Head { bands: rows.into(), height, first: true });
            }
        }
        Bands { bands: bands.into(), keep: Keep::Whole, head, foot }
    }
}

/// Lines of the grid, px from the table's border box: the left of each column and what would be the next
/// one's, the top of each row likewise.
struct Grid {
    lefts: Vec<f32>,
    tops: Vec<f32>,
    space: (f32, f32),
}

impl LaidCell {
    /// How far down a cell is moved so that its first line stands on its row's baseline.
    fn on_baseline(&self, baselines: &[f32]) -> f32 {
        match (self.align, self.baseline) {
            (VerticalAlign::Top | VerticalAlign::Middle | VerticalAlign::Bottom, _) => 0.0,
            (_, Some(own)) => (baselines[self.row] - own).max(0.0),
            (_, None) => 0.0,
        }
    }

    /// The cell as tall as its rows, its content aligned (CSS 2.2 §17.5.3). One that no page holds will
    /// be cut, and has its content at its top.
    fn stretched(self, height: f32, y: f32, baselines: &[f32], page: f32) -> Placed {
        let spare = (height - self.natural).max(0.0);
        let down = match self.align {
            _ if height > page => 0.0,
            VerticalAlign::Top => 0.0,
            VerticalAlign::Middle => spare / 2.0,
            VerticalAlign::Bottom => spare,
            _ => self.on_baseline(baselines).min(spare),
        };
        let mut fragment = self.fragment;
        let changed = Rc::make_mut(&mut fragment);
        changed.height = height;
        // Content moves down as if less than nothing had been cut off above it.
        changed.consumed = -down;
        Placed { x: self.x, y, fragment }
    }
}

/// The baseline of each row: the lowest first baseline among the cells aligned on it.
fn row_baselines(rows: usize, cells: &[LaidCell]) -> Vec<f32> {
    let mut baselines = vec![0.0_f32; rows];
    for cell in cells {
        let aligned =
            !matches!(cell.align, VerticalAlign::Top | VerticalAlign::Middle | VerticalAlign::Bottom);
        if let Some(baseline) = cell.baseline.filter(|_| aligned) {
            baselines[cell.row] = baselines[cell.row].max(baseline);
        }
    }
    baselines
}

/// Hands height out in proportion to what is there; equally where nothing is.
fn grow(heights: &mut [f32], by: f32) {
    if by <= 0.0 || heights.is_empty() {
        return;
    }
    let sum: f32 = heights.iter().sum();
    let count = heights.len() as f32;
    for height in heights {
        *height += if sum > 0.0 { by * *height / sum } else { by / count };
    }
}

/// The lines of some rows: those below each, and above the first row of all.
fn rules(collapsed: &Collapsed, grid: &Grid, first: usize, last: usize) -> Vec<Rule> {
    let columns = grid.lefts.len() - 1;
    let origin = grid.tops[first];
    let mut rules = vec![];
    for r in first..=last {
        for line in 0..=columns {
            if let Some(border) = collapsed.beside(r, line) {
                let (x, width) = (grid.lefts[line] - border.width / 2.0, border.width);
                let (y, height) = (grid.tops[r] - origin, grid.tops[r + 1] - grid.tops[r]);
                rules.push(Rule { border, area: Area { x, y, width, height } });
            }
        }
    }
    let lines = if first == 0 { 0..last + 2 } else { first + 1..last + 2 };
    rules.extend(lines.flat_map(|line| rules_across(collapsed, grid, line, origin)));
    // Where two meet, the wider one wins (CSS 2.2 §17.6.2.1): it is painted last.
    rules.sort_by(|a, b| a.border.width.total_cmp(&b.border.width));
    rules
}

/// What is drawn on a line above a row, or below the last; runs of equal lines are one. `origin` is the y of
/// the band that it is drawn in.
fn rules_across(collapsed: &Collapsed, grid: &Grid, line: usize, origin: f32) -> Vec<Rule> {
    let columns = grid.lefts.len() - 1;
    let mut rules = vec![];
    let mut column = 0;
    while column < columns {
        let Some(border) = collapsed.above(line, column) else {
            column += 1;
            continue;
        };
        let start = column;
        while column < columns && collapsed.above(line, column) == Some(border) {
            column += 1;
        }
        // A line reaches to the outer edge of the lines that it meets.
        let meets = |edge: usize| {
            let beside = |r: Option<usize>| r.and_then(|r| collapsed.beside(r, edge));
            let widths = [beside(line.checked_sub(1)), beside(Some(line))];
            widths.into_iter().flatten().map(|b| b.width / 2.0).fold(0.0, f32::max)
        };
        let x = grid.lefts[start] - meets(start);
        let width = grid.lefts[column] + meets(column) - x;
        let y = grid.tops[line] - origin - border.width / 2.0;
        rules.push(Rule { border, area: Area { x, y, width, height: border.width } });
    }
    rules
}
