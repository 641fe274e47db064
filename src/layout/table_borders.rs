//! Borders of a collapsed table: which of the borders that meet at an edge of the grid is drawn (CSS 2.2
//! §17.6.2).

use super::boxes::{BoxTree, Table, TableCell};
use crate::style::values::{Border, BorderStyle, ComputedStyle, Sides};

/// The winning border of every edge of a table's grid.
#[derive(Debug)]
pub(super) struct Collapsed {
    columns: usize,
    rows: usize,
    /// Edges above each row, and below the last: `(rows + 1) × columns`.
    across: Vec<Edge>,
    /// Edges left of each column, and right of the last: `rows × (columns + 1)`.
    along: Vec<Edge>,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    border: Border,
    owner: Owner,
    /// Inside a cell that spans it: nothing is drawn.
    inside: bool,
}

/// Whose border it is, weakest first (§17.6.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Table,
    Group,
    Row,
    Cell,
}

fn rank(style: BorderStyle) -> u8 {
    match style {
        BorderStyle::None => 0,
        BorderStyle::Dotted => 1,
        BorderStyle::Dashed => 2,
        BorderStyle::Solid => 3,
    }
}

impl Edge {
    const NONE: Edge = Edge { border: Border::NONE, owner: Owner::Table, inside: false };

    /// The wider wins, then the style, then the owner; of equals the first offered, which is the one
    /// further to the top and left.
    fn offer(&mut self, border: Border, owner: Owner) {
        let wins = border
            .width
            .total_cmp(&self.border.width)
            .then_with(|| (rank(border.style), owner).cmp(&(rank(self.border.style), self.owner)));
        if border.style != BorderStyle::None && wins.is_gt() {
            self.border = border;
            self.owner = owner;
        }
    }
}

impl Collapsed {
    pub fn resolve(tree: &BoxTree, table: &Table, own: &Sides<Border>) -> Collapsed {
        let (rows, columns) = (table.rows.len(), table.columns);
        let mut grid = Collapsed {
            columns,
            rows,
            across: vec![Edge::NONE; (rows + 1) * columns],
            along: vec![Edge::NONE; rows * (columns + 1)],
        };
        for (r, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                grid.offer_cell(r, cell, &tree.get(cell.cell).style);
            }
        }
        for (r, row) in table.rows.iter().enumerate() {
            grid.offer_rows(r, r + 1, &tree.get(row.row).style.border, Owner::Row);
        }
        let mut r = 0;
        for group in table.rows.chunk_by(|a, b| a.group == b.group) {
            if let Some(id) = group[0].group {
                grid.offer_rows(r, r + group.len(), &tree.get(id).style.border, Owner::Group);
            }
            r += group.len();
        }
        if rows > 0 {
            grid.offer_rows(0, rows, own, Owner::Table);
        }
        grid
    }

    fn across(&mut self, line: usize, column: usize) -> &mut Edge {
        &mut self.across[line * self.columns + column]
    }

    fn along(&mut self, row: usize, line: usize) -> &mut Edge {
        &mut self.along[row * (self.columns + 1) + line]
    }

    fn offer_cell(&mut self, r: usize, cell: &TableCell, style: &ComputedStyle) {
        let border = &style.border;
        let (top, bottom) = (r, (r + cell.rows).min(self.rows));
        let (left, right) = (cell.column, cell.column + cell.columns);
        for column in left..right {
            self.across(top, column).offer(border.top, Owner::Cell);
            self.across(bottom, column).offer(border.bottom, Owner::Cell);
            for line in top + 1..bottom {
                self.across(line, column).inside = true;
            }
        }
        for row in top..bottom {
            self.along(row, left).offer(border.left, Owner::Cell);
            self.along(row, right).offer(border.right, Owner::Cell);
            for line in left + 1..right {
                self.along(row, line).inside = true;
            }
        }
    }

    /// The borders of a row, a group or the table: rows from `top` to before `bottom`.
    fn offer_rows(&mut self, top: usize, bottom: usize, border: &Sides<Border>, owner: Owner) {
        for column in 0..self.columns {
            self.across(top, column).offer(border.top, owner);
            self.across(bottom, column).offer(border.bottom, owner);
        }
        for row in top..bottom {
            let right = self.columns;
            self.along(row, 0).offer(border.left, owner);
            self.along(row, right).offer(border.right, owner);
        }
    }

    /// The border drawn on the line above a row (or below the last), over one column.
    pub fn above(&self, line: usize, column: usize) -> Option<Border> {
        visible(self.across.get(line * self.columns + column)?)
    }

    /// The border drawn left of a column (or right of the last), beside one row.
    pub fn beside(&self, row: usize, line: usize) -> Option<Border> {
        visible(self.along.get(row * (self.columns + 1) + line)?)
    }

    /// The half of its borders that lies in a cell.
    pub fn of_cell(&self, r: usize, cell: &TableCell) -> Sides<f32> {
        let columns = cell.column..cell.column + cell.columns;
        let bottom = (r + cell.rows).min(self.rows);
        let across = |line: usize| widest(columns.clone().map(|c| self.above(line, c)));
        let along = |line: usize| widest((r..bottom).map(|r| self.beside(r, line)));
        Sides {
            top: across(r) / 2.0,
            right: along(columns.end) / 2.0,
            bottom: across(bottom) / 2.0,
            left: along(columns.start) / 2.0,
        }
    }

    /// The half of the outer borders that lies outside the cells: the table's own border.
    pub fn of_table(&self) -> Sides<f32> {
        let across = |line| widest((0..self.columns).map(|c| self.above(line, c)));
        let along = |line| widest((0..self.rows).map(|r| self.beside(r, line)));
        Sides {
            top: across(0) / 2.0,
            right: along(self.columns) / 2.0,
            bottom: across(self.rows) / 2.0,
            left: along(0) / 2.0,
        }
    }
}

fn visible(edge: &Edge) -> Option<Border> {
    (!edge.inside && edge.border.style != BorderStyle::None && edge.border.width > 0.0)
        .then_some(edge.border)
}

fn widest(borders: impl Iterator<Item = Option<Border>>) -> f32 {
    borders.flatten().map(|b| b.width).fold(0.0, f32::max)
}
