//! Widths of a table's columns (CSS 2.2 §17.5.2, CSS Tables 3 §4).

/// What a column asks for, px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Column {
    pub min: f32,
    pub max: f32,
    /// Of the table's width; 1.0 is 100 %.
    pub percent: Option<f32>,
    /// A cell of it says a width in px.
    pub fixed: bool,
}

/// What a cell asks of the columns that it spans, px; border box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    pub column: usize,
    pub columns: usize,
    pub min: f32,
    pub max: f32,
    pub percent: Option<f32>,
    pub fixed: bool,
}

/// Columns from their cells: those of one column first, then by what cells that span more need beyond
/// that (CSS Tables 3 §4.3, narrower spans first). `spacing` lies between columns.
pub(super) fn measure(count: usize, mut asks: Vec<Ask>, spacing: f32) -> Vec<Column> {
    let mut columns = vec![Column::default(); count];
    asks.sort_by_key(|ask| ask.columns);
    for ask in asks.iter().filter(|ask| ask.columns == 1 && ask.fixed) {
        if let Some(column) = columns.get_mut(ask.column) {
            column.fixed = true;
        }
    }
    for ask in asks {
        let Some(spanned) = columns.get_mut(ask.column..ask.column + ask.columns) else { continue };
        if let [column] = spanned {
            column.min = column.min.max(ask.min);
            // A width that one cell says holds the others to it (§3.8.1, "constrained").
            let wish = if column.fixed && !ask.fixed { ask.min } else { ask.max };
            column.max = column.max.max(wish).max(column.min);
            if let Some(percent) = ask.percent {
                column.percent = Some(column.percent.unwrap_or(0.0).max(percent));
            }
            continue;
        }
        let between = spacing * (ask.columns as f32 - 1.0);
        let min: f32 = spanned.iter().map(|c| c.min).sum();
        let max: f32 = spanned.iter().map(|c| c.max).sum();
        let weights = weights(spanned);
        for (column, weight) in spanned.iter_mut().zip(&weights) {
            column.min += (ask.min - between - min).max(0.0) * weight;
            column.max = (column.max + (ask.max - between - max).max(0.0) * weight).max(column.min);
        }
        if let Some(percent) = ask.percent {
            let known: f32 = spanned.iter().filter_map(|c| c.percent).sum();
            let free = spanned.iter().filter(|c| c.percent.is_none()).count();
            for column in spanned.iter_mut().filter(|c| c.percent.is_none()) {
                column.percent = Some((percent - known).max(0.0) / free as f32);
            }
        }
    }
    // Together they are at most the whole.
    let mut left: f32 = 1.0;
    for column in &mut columns {
        if let Some(percent) = &mut column.percent {
            *percent = percent.clamp(0.0, left);
            left -= *percent;
        }
    }
    columns
}

/// Shares of what is handed out among columns (CSS Tables 3 §3.9.3.2): those without a width of their own
/// take it, by what their content would like; where there are none, those in px; where there are none either,
/// those in percent, by their percentages.
fn weights(columns: &[Column]) -> Vec<f32> {
    let takers: [fn(&Column) -> bool; 3] =
        [|c| !c.fixed && c.percent.is_none(), |c| c.percent.is_none(), |_| true];
    let takes = takers.into_iter().find(|takes| columns.iter().any(takes)).unwrap_or(|_| true);
    let wish = |c: &Column| match takes(c) {
        false => 0.0,
        true => c.percent.unwrap_or(c.max),
    };
    let total: f32 = columns.iter().map(wish).sum();
    let count = columns.iter().filter(|c| takes(c)).count() as f32;
    let share = |c: &Column| match takes(c) {
        true if total <= 0.0 => 1.0 / count,
        _ => wish(c) / total.max(f32::MIN_POSITIVE),
    };
    columns.iter().map(share).collect()
}

/// Sum of the narrowest columns, px.
pub(super) fn min_content(columns: &[Column]) -> f32 {
    columns.iter().map(|c| c.min).sum()
}

/// The width at which no column is narrower than it likes, percentages kept, px.
pub(super) fn max_content(columns: &[Column]) -> f32 {
    const WIDEST: f32 = 1e6;
    let sum: f32 = columns.iter().map(|c| c.max).sum();
    let part = |c: &Column| c.percent.filter(|p| *p > 0.0).map_or(0.0, |p| c.max / p);
    let by_part = columns.iter().map(part).fold(0.0, f32::max);
    let percent: f32 = columns.iter().filter_map(|c| c.percent).sum();
    let others: f32 = columns.iter().filter(|c| c.percent.is_none()).map(|c| c.max).sum();
    let by_others = match others > 0.0 {
        true => others / (1.0 - percent).max(1e-6),
        false => 0.0,
    };
    sum.max(by_part).max(by_others).min(WIDEST.max(sum))
}

/// Hands a width out to the columns (CSS Tables 3 §4.4): between the four guesses (narrowest; with
/// percentages; with widths in px; as wide as they like) it is a mixture of the two nearest; what is
/// left over goes to the columns without a width of their own.
pub(super) fn distribute(columns: &[Column], width: f32) -> Vec<f32> {
    let guess = |level: u8| -> Vec<f32> {
        columns
            .iter()
            .map(|c| match c.percent {
                Some(percent) if level >= 1 => (percent * width).max(c.min),
                Some(_) => c.min,
                None if c.fixed && level >= 2 => c.max,
                None if !c.fixed && level >= 3 => c.max,
                None => c.min,
            })
            .collect()
    };
    let mut below = guess(0);
    for level in 1..=3 {
        let above = guess(level);
        let (least, most): (f32, f32) = (below.iter().sum(), above.iter().sum());
        if width < most {
            let part = ((width - least) / (most - least)).max(0.0);
            return below.iter().zip(&above).map(|(b, a)| b + (a - b) * part).collect();
        }
        below = above;
    }
    let spare = (width - below.iter().sum::<f32>()).max(0.0);
    below.iter().zip(weights(columns)).map(|(b, weight)| b + spare * weight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(min: f32, max: f32) -> Column {
        Column { min, max, ..Column::default() }
    }

    #[test]
    fn widths_are_handed_out() {
        let percent = |min, max, p| Column { percent: Some(p), ..column(min, max) };
        let fixed = |min, max| Column { fixed: true, ..column(min, max) };
        for (what, columns, width, expected) in [
            ("narrower than the narrowest", vec![column(50.0, 90.0)], 10.0, vec![50.0]),
            (
                "between",
                vec![column(50.0, 150.0), column(50.0, 250.0)],
                200.0,
                vec![50.0 + 100.0 / 3.0, 50.0 + 200.0 / 3.0],
            ),
            (
                "wider: by what they like",
                vec![column(10.0, 100.0), column(10.0, 300.0)],
                800.0,
                vec![200.0, 600.0],
            ),
            (
                "px keeps its width",
                vec![fixed(10.0, 100.0), column(10.0, 50.0)],
                500.0,
                vec![100.0, 400.0],
            ),
            (
                "percent first",
                vec![percent(10.0, 20.0, 0.5), column(10.0, 300.0)],
                400.0,
                vec![200.0, 200.0],
            ),
            (
                "only px: all grow",
                vec![fixed(10.0, 100.0), fixed(10.0, 300.0)],
                800.0,
                vec![200.0, 600.0],
            ),
            (
                "only percent: all grow by their parts",
                vec![percent(10.0, 90.0, 0.6), percent(10.0, 20.0, 0.2)],
                400.0,
                vec![300.0, 100.0],
            ),
            ("empty ones share alike", vec![column(0.0, 0.0), column(0.0, 0.0)], 80.0, vec![40.0, 40.0]),
        ] {
            let widths = distribute(&columns, width);
            let near = widths.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.01);
            assert!(near && widths.len() == expected.len(), "{what}: {widths:?} {expected:?}");
        }
    }

    #[test]
    fn spans_widen_their_columns() {
        let ask =
            |column, columns, min, max| Ask { column, columns, min, max, percent: None, fixed: false };
        let asks = vec![ask(0, 2, 100.0, 220.0), ask(0, 1, 20.0, 30.0), ask(1, 1, 20.0, 60.0)];
        let columns = measure(2, asks, 10.0);
        // 90 − 40 more at least, 210 − 90 more at most, one part to two.
        assert!((columns[0].min - (20.0 + 50.0 / 3.0)).abs() < 0.01, "{columns:?}");
        assert!((columns[1].max - (60.0 + 80.0)).abs() < 0.01, "{columns:?}");
    }
}
