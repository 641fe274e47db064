//! Headers of a group of rows. PDF's `Scope` knows rows and columns only (ISO 32000-1 table 349), so the cells
//! under a `th scope="rowgroup"` name their headers one by one (§14.8.5.7, `Headers`): without it, who goes from
//! cell to cell hears nothing of the group.

use super::role::Role;
use super::structure::{Attributes, Element, ElementId, Kid, Scope};

/// A cell, by the column that it begins in.
#[derive(Clone, Copy)]
struct Placed {
    cell: ElementId,
    column: usize,
}

/// Has every cell that stands under the header of its group of rows name all its headers: the column's, the
/// group's and the row's. Cells that name their own keep them.
pub(super) fn name_groups(elements: &mut [Element], table: ElementId) {
    let groups = groups(elements, table);
    let is = |elements: &[Element], cell: ElementId, wanted: Scope| matches!(&elements[cell.0].attributes, Attributes::Cell { scope: Some(scope), .. } if *scope == wanted);
    let mut heads: Vec<Placed> = vec![];
    for rows in groups {
        let mut of_group = None;
        for row in rows {
            let found = row.iter().find(|placed| is(elements, placed.cell, Scope::RowGroup));
            if let Some(found) = found {
                of_group = Some(found.cell);
                continue;
            }
            heads.extend(row.iter().filter(|placed| is(elements, placed.cell, Scope::Column)));
            let Some(of_group) = of_group else { continue };
            let of_row: Vec<ElementId> = row
                .iter()
                .map(|placed| placed.cell)
                .filter(|cell| is(elements, *cell, Scope::Row))
                .collect();
            let cells = row.iter().filter(|placed| elements[placed.cell.0].role == Role::Cell);
            for placed in cells.copied().collect::<Vec<_>>() {
                let of_column = heads.iter().filter(|head| covers(elements, **head, placed.column));
                let all =
                    of_column.map(|head| head.cell).chain([of_group]).chain(of_row.iter().copied());
                let all: Vec<ElementId> = all.collect();
                let names = all.into_iter().map(|cell| name(elements, cell)).collect();
                if let Attributes::Cell { headers, .. } = &mut elements[placed.cell.0].attributes
                    && headers.is_empty()
                {
                    *headers = names;
                }
            }
        }
    }
}

fn covers(elements: &[Element], head: Placed, column: usize) -> bool {
    (head.column..head.column + spans(elements, head.cell).1).contains(&column)
}

/// A cell's own name, made for it where it has none.
fn name(elements: &mut [Element], cell: ElementId) -> String {
    elements[cell.0].id.get_or_insert_with(|| format!("header.{}", cell.0)).clone()
}

/// How many rows and columns a cell spans.
fn spans(elements: &[Element], cell: ElementId) -> (usize, usize) {
    match &elements[cell.0].attributes {
        Attributes::Cell { rows, columns, .. } => (*rows as usize, *columns as usize),
        _ => (1, 1),
    }
}

fn children(elements: &[Element], of: ElementId) -> impl Iterator<Item = ElementId> {
    elements[of.0].kids.iter().filter_map(|kid| match kid {
        Kid::Element(child) => Some(*child),
        Kid::Content(_) => None,
    })
}

/// The rows of each group, their cells placed around those that span into them from above.
fn groups(elements: &[Element], table: ElementId) -> Vec<Vec<Vec<Placed>>> {
    let is_group = |part: &ElementId| {
        matches!(elements[part.0].role, Role::TableHead | Role::TableBody | Role::TableFoot)
    };
    let group = |group: ElementId| {
        // how many rows to come each column is taken in
        let mut taken: Vec<usize> = vec![];
        let rows = children(elements, group).map(|row| {
            let mut placed = vec![];
            let mut column = 0;
            let mut held = std::mem::take(&mut taken);
            for cell in children(elements, row) {
                while held.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                placed.push(Placed { cell, column });
                let (rows, columns) = spans(elements, cell);
                taken.resize(taken.len().max(column + columns), 0);
                taken[column..column + columns].fill(rows - 1);
                column += columns;
            }
            held.resize(held.len().max(taken.len()), 0);
            taken.resize(held.len(), 0);
            for (next, rows) in taken.iter_mut().zip(held) {
                *next = (*next).max(rows.saturating_sub(1));
            }
            placed
        });
        rows.collect()
    };
    children(elements, table).filter(is_group).map(group).collect()
}
