//! Rows as long as their table is wide (ISO 14289-1 §7.5, checked as ISO 32000-1 table 349 has it): cells that
//! nobody wrote are there, empty, and no span leaves its row group or runs into another cell.

use super::role::Role;
use super::structure::{Attributes, Element, ElementId, Kid};

/// Completes the rows of all tables.
pub(super) fn complete(elements: &mut Vec<Element>) {
    let tables = (0..elements.len()).map(ElementId);
    for table in tables.filter(|id| elements[id.0].role == Role::Table).collect::<Vec<_>>() {
        let groups = groups(elements, table);
        let mut lacking = vec![];
        for group in &groups {
            lay_out(elements, group, &mut lacking);
        }
        let columns = lacking.iter().map(|(_, taken)| *taken).max().unwrap_or(0).max(1);
        for (row, taken) in lacking {
            for _ in taken..columns {
                add_empty(elements, row);
            }
        }
    }
}

/// The rows of a table by the groups that hold them; what stands in none follows in one of its own.
fn groups(elements: &[Element], table: ElementId) -> Vec<Vec<ElementId>> {
    let mut groups: Vec<Vec<ElementId>> = vec![];
    let mut loose = false;
    for part in kids(elements, table) {
        match elements[part.0].role {
            Role::Row if loose => groups.last_mut().expect("one with the row before").push(part),
            Role::Row => groups.push(vec![part]),
            Role::TableHead | Role::TableBody | Role::TableFoot => {
                let rows = kids(elements, part).into_iter();
                groups.push(rows.filter(|row| elements[row.0].role == Role::Row).collect());
            }
            _ => {}
        }
        loose = elements[part.0].role == Role::Row;
    }
    groups
}

fn kids(elements: &[Element], of: ElementId) -> Vec<ElementId> {
    let element = |kid: &Kid| match kid {
        Kid::Element(id) => Some(*id),
        Kid::Content(_) => None,
    };
    elements[of.0].kids.iter().filter_map(element).collect()
}

/// Gives cells their columns, as HTML §4.9.12.1 and layout do, and cuts spans that go further than they
/// may. Notes for each row how many columns have a cell.
fn lay_out(elements: &mut [Element], rows: &[ElementId], taken: &mut Vec<(ElementId, usize)>) {
    // For each column, how many further rows a cell above still covers.
    let mut covered: Vec<u32> = vec![];
    for (index, row) in rows.iter().enumerate() {
        let left = (rows.len() - index) as u32;
        let mut next: Vec<u32> = covered.iter().map(|rows| rows.saturating_sub(1)).collect();
        let mut count = covered.iter().filter(|rows| **rows > 0).count();
        let mut column = 0;
        for cell in kids(elements, *row) {
            let Attributes::Cell { rows, columns, .. } = &mut elements[cell.0].attributes else {
                continue;
            };
            let is_free = |column: usize| covered.get(column).is_none_or(|rows| *rows == 0);
            while !is_free(column) {
                column += 1;
            }
            let free = (column..column + *columns as usize).take_while(|c| is_free(*c)).count();
            (*rows, *columns) = ((*rows).min(left), free as u32);
            next.resize(next.len().max(column + free), 0);
            next[column..column + free].fill(*rows - 1);
            column += free;
            count += free;
        }
        taken.push((*row, count));
        covered = next;
    }
}

fn add_empty(elements: &mut Vec<Element>, row: ElementId) {
    let id = ElementId(elements.len());
    elements.push(Element {
        role: Role::Cell,
        parent: Some(row),
        kids: vec![],
        lang: elements[row.0].lang.clone(),
        alt: None,
        actual_text: None,
        expansion: None,
        attributes: Attributes::Cell { scope: None, rows: 1, columns: 1, headers: vec![] },
        id: None,
    });
    elements[row.0].kids.push(Kid::Element(id));
}
