//! Boxes of tables: wrapper, rows and cells on their grid (CSS 2.2 §17.2 and §17.5, HTML §4.9.12).

use std::sync::Arc;

use super::boxes::*;
use super::generate::{Generator, anonymous};
use super::segments::stronger;
use crate::document::tree::{NodeId, NodeKind};
use crate::style::values::*;

/// HTML §4.9.11: a cell spans at most so many columns.
const MAX_COLUMNS: usize = 1000;
/// And at most so many rows.
const MAX_ROWS: usize = 65534;

/// Whether a box of this display type needs a table round it.
pub(super) fn is_table_part(display: Display) -> bool {
    matches!(
        display,
        Display::TableCaption
            | Display::TableHeaderGroup
            | Display::TableRowGroup
            | Display::TableFooterGroup
            | Display::TableRow
            | Display::TableCell
    )
}

/// A table while its children are read.
#[derive(Default)]
struct Rows {
    above: Vec<BoxId>,
    below: Vec<BoxId>,
    groups: Vec<Group>,
}

struct Group {
    part: TablePart,
    group: Option<BoxId>,
    rows: Vec<Row>,
}

struct Row {
    row: BoxId,
    cells: Vec<Cell>,
}

struct Cell {
    cell: BoxId,
    columns: usize,
    rows: usize,
}

impl<'a> Generator<'a, '_, '_> {
    /// The wrapper of a table element.
    pub fn table(&mut self, node: NodeId, style: Arc<ComputedStyle>) -> BoxId {
        let document = self.document;
        let rows = self.rows_of_table(node, &style, &document.node(node).children);
        let collapsed = collapsed_border(&style);
        let auto = LengthOrAuto::Auto;
        let grid_style = Arc::new(ComputedStyle {
            margin: Sides::all(LengthOrAuto::Length(LengthPercentage::ZERO)),
            position: Position::Static,
            opacity: 1.0,
            transform: vec![],
            width: auto,
            min_width: auto,
            max_width: auto,
            border: if collapsed.is_some() { Sides::all(Border::NONE) } else { style.border },
            padding: match collapsed {
                Some(_) => Sides::all(LengthPercentage::ZERO),
                None => style.padding,
            },
            break_before: BreakBetween::Auto,
            break_after: BreakBetween::Auto,
            ..(*style).clone()
        });
        let wrapper_style = Arc::new(ComputedStyle {
            box_sizing: style.box_sizing,
            width: style.width,
            min_width: style.min_width,
            max_width: style.max_width,
            margin: style.margin,
            position: style.position,
            inset: style.inset,
            z_index: style.z_index,
            opacity: style.opacity,
            transform: style.transform.clone(),
            transform_origin: style.transform_origin,
            break_before: style.break_before,
            break_after: style.break_after,
            break_inside: style.break_inside,
            string_set: style.string_set.clone(),
            order: style.order,
            flex_grow: style.flex_grow,
            flex_shrink: style.flex_shrink,
            flex_basis: style.flex_basis,
            align_self: style.align_self,
            justify_self: style.justify_self,
            grid_column: style.grid_column.clone(),
            grid_row: style.grid_row.clone(),
            ..anonymous(&style, Display::Table)
        });
        let content = self.wrapper(node, grid_style, rows, collapsed, style.width != auto);
        self.finish(node, wrapper_style, content)
    }

    /// The anonymous table round parts that stand in none.
    pub fn loose_table(
        &mut self,
        node: NodeId,
        style: Arc<ComputedStyle>,
        children: &'a [NodeId],
    ) -> BoxId {
        let rows = self.rows_of_table(node, &style, children);
        let content = self.wrapper(node, style.clone(), rows, collapsed_border(&style), false);
        self.generated(node, style, content)
    }

    /// Captions stay with their table.
    fn wrapper(
        &mut self,
        node: NodeId,
        grid_style: Arc<ComputedStyle>,
        rows: Rows,
        collapsed: Option<Sides<Border>>,
        fixed_width: bool,
    ) -> BoxContent<'a> {
        let Rows { above, below, groups } = rows;
        for caption in &above {
            let caption = &mut self.tree.boxes[caption.index()];
            caption.break_after = stronger(caption.break_after, BreakBetween::Avoid);
        }
        for caption in &below {
            let caption = &mut self.tree.boxes[caption.index()];
            caption.break_before = stronger(caption.break_before, BreakBetween::Avoid);
        }
        let table = Table { collapsed_border: collapsed, fixed_width, ..place(groups) };
        let grid = self.generated(node, grid_style, BoxContent::Table(Arc::new(table)));
        BoxContent::TableWrapper { above, grid, below }
    }

    fn rows_of_table(
        &mut self,
        node: NodeId,
        style: &Arc<ComputedStyle>,
        children: &'a [NodeId],
    ) -> Rows {
        let mut table = Rows::default();
        let mut index = 0;
        while let Some(&child) = children.get(index) {
            index += 1;
            let display = self.display(child);
            match display {
                Display::None => {}
                Display::TableCaption => {
                    let side = self.style(child).text.caption_side;
                    let caption = self.element_box(child);
                    match side {
                        CaptionSide::Top => table.above.extend(caption),
                        CaptionSide::Bottom => table.below.extend(caption),
                    }
                }
                Display::TableHeaderGroup | Display::TableRowGroup | Display::TableFooterGroup => {
                    let part = match display {
                        Display::TableHeaderGroup => TablePart::Head,
                        Display::TableFooterGroup => TablePart::Foot,
                        _ => TablePart::Body,
                    };
                    // Only the first head and foot are placed as such (CSS 2.2 §17.2).
                    let taken = part != TablePart::Body && table.groups.iter().any(|g| g.part == part);
                    let part = if taken { TablePart::Body } else { part };
                    let group = self.group(child, part);
                    table.groups.push(group);
                }
                Display::TableRow => {
                    let row = self.row(child);
                    table.body().push(row);
                }
                _ => {
                    let start = index - 1;
                    while children.get(index).is_some_and(|&c| self.is_loose(c)) {
                        index += 1;
                    }
                    let cells = self.cells(node, style, &children[start..index]);
                    if !cells.is_empty() {
                        let anonymous = Arc::new(anonymous(style, Display::TableRow));
                        let row = self.generated(node, anonymous, BoxContent::Blocks(vec![]));
                        table.body().push(Row { row, cells });
                    }
                }
            }
        }
        table
    }

    /// The display type of a child; white space between the parts of a table has none.
    fn display(&self, node: NodeId) -> Display {
        match &self.document.node(node).kind {
            NodeKind::Text(text) if text.trim_ascii().is_empty() => Display::None,
            NodeKind::Text(_) => Display::Inline,
            NodeKind::Element(_) => self.style(node).display,
        }
    }

    /// Whether a child of a table goes into an anonymous row.
    fn is_loose(&self, node: NodeId) -> bool {
        let display = self.display(node);
        display == Display::TableCell || !is_table_part(display)
    }

    fn group(&mut self, node: NodeId, part: TablePart) -> Group {
        let style = self.style(node).clone();
        self.count(node, &style);
        self.counters.open();
        let document = self.document;
        let inner = self.rows_of_table(node, &style, &document.node(node).children);
        self.counters.close();
        let rows = inner.groups.into_iter().flat_map(|g| g.rows).collect();
        let group = self.finish(node, style, BoxContent::Blocks(vec![]));
        Group { part, group: Some(group), rows }
    }

    fn row(&mut self, node: NodeId) -> Row {
        let style = self.style(node).clone();
        self.count(node, &style);
        self.counters.open();
        let document = self.document;
        let cells = self.cells(node, &style, &document.node(node).children);
        self.counters.close();
        Row { row: self.finish(node, style, BoxContent::Blocks(vec![])), cells }
    }

    /// The cells among a row's children; what is not one goes into anonymous ones.
    fn cells(&mut self, node: NodeId, style: &Arc<ComputedStyle>, children: &'a [NodeId]) -> Vec<Cell> {
        let mut cells = vec![];
        let mut index = 0;
        while let Some(&child) = children.get(index) {
            index += 1;
            match self.display(child) {
                Display::None => {}
                Display::TableCell => {
                    let span = |name| {
                        let value = self.document.element(child)?.attribute(name)?;
                        value.trim().parse::<usize>().ok()
                    };
                    let columns = span("colspan").unwrap_or(1).clamp(1, MAX_COLUMNS);
                    let rows = match span("rowspan") {
                        None => 1,
                        Some(0) => MAX_ROWS,
                        Some(rows) => rows.min(MAX_ROWS),
                    };
                    if let Some(cell) = self.element_box(child) {
                        cells.push(Cell { cell, columns, rows });
                    }
                }
                _ => {
                    let start = index - 1;
                    let loose = |d| !matches!(d, Display::TableCell);
                    while children.get(index).is_some_and(|&c| loose(self.display(c))) {
                        index += 1;
                    }
                    let style = Arc::new(anonymous(style, Display::TableCell));
                    let content = self.loose_content(node, &style, &children[start..index]);
                    let cell = self.generated(node, style, content);
                    cells.push(Cell { cell, columns: 1, rows: 1 });
                }
            }
        }
        cells
    }
}

impl Rows {
    /// The rows that stand in no group: they follow one another in an anonymous one.
    fn body(&mut self) -> &mut Vec<Row> {
        if self.groups.last().is_none_or(|g| g.group.is_some()) {
            self.groups.push(Group { part: TablePart::Body, group: None, rows: vec![] });
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last].rows
    }
}

/// A table's own border, if it collapses with those of its cells.
fn collapsed_border(style: &ComputedStyle) -> Option<Sides<Border>> {
    (style.text.border_collapse == BorderCollapse::Collapse).then_some(style.border)
}

/// Gives every cell its column: the first free one, past cells that reach down from rows above (HTML
/// §4.9.12.1). Rows that a cell spans end with its group.
fn place(mut groups: Vec<Group>) -> Table {
    groups.sort_by_key(|g| match g.part {
        TablePart::Head => 0,
        TablePart::Body => 1,
        TablePart::Foot => 2,
    });
    let head = groups.iter().any(|g| g.part == TablePart::Head && !g.rows.is_empty());
    let body = groups.iter().any(|g| g.part != TablePart::Head && !g.rows.is_empty());
    let foot = groups.iter().any(|g| g.part == TablePart::Foot && !g.rows.is_empty());
    let rows = groups.iter().any(|g| g.part == TablePart::Body && !g.rows.is_empty());
    let mut table = Table {
        collapsed_border: None,
        fixed_width: false,
        repeats_head: head && body,
        repeats_foot: foot && rows,
        columns: 0,
        rows: vec![],
    };
    for group in groups {
        let count = group.rows.len();
        // For each column, how many further rows a cell above still covers.
        let mut covered: Vec<usize> = vec![];
        for (index, row) in group.rows.into_iter().enumerate() {
            let mut cells = vec![];
            let mut next = vec![];
            let mut column = 0;
            for cell in row.cells {
                while covered.get(column).is_some_and(|&rows| rows > 0) {
                    column += 1;
                }
                let rows = cell.rows.min(count - index);
                // Cells may not overlap (CSS 2.2 §17.5): one that would is narrower.
                let free = |c: &usize| covered.get(*c).is_none_or(|&rows| rows == 0);
                let columns = (column..column + cell.columns).take_while(free).count();
                next.push((column, columns, rows));
                cells.push(TableCell { cell: cell.cell, column, columns, rows });
                column += columns;
                table.columns = table.columns.max(column);
            }
            for rows in &mut covered {
                *rows = rows.saturating_sub(1);
            }
            for (column, columns, rows) in next {
                if covered.len() < column + columns {
                    covered.resize(column + columns, 0);
                }
                for slot in &mut covered[column..column + columns] {
                    *slot = (*slot).max(rows - 1);
                }
            }
            table.rows.push(TableRow { row: row.row, group: group.group, part: group.part, cells });
        }
    }
    table
}
