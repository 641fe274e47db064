//! How tall lines are and where their baselines stand (CSS 2.2 §10.8).

use propale::style::values::{ComputedStyle, LineHeight, TextStyle, VerticalAlign};
use std::sync::Arc;

use super::kit::*;

// Source Sans 3: ascender 1.000 em, descender 0.326 em, x-height 0.486 em; at 10 px.
fn body() -> Arc<ComputedStyle> {
    style(ten)
}

fn ten(text: &mut TextStyle) {
    text.font_size = 10.0;
    text.line_height = LineHeight::Px(20.0);
}

fn aligned(align: VerticalAlign, change: impl FnOnce(&mut TextStyle)) -> Arc<ComputedStyle> {
    styled(
        |text| {
            ten(text);
            change(text);
        },
        |style| style.vertical_align = align,
    )
}

/// Height and baseline of the first line, and the baseline of each run.
fn measured(draft: Draft) -> (f32, f32, Vec<f32>) {
    let shaped = draft.shape();
    let lines = shaped.break_lines(1000.0);
    let line = &lines.lines[0];
    let placed = shaped.set(&FACES, &lines, 0);
    (line.height, line.baseline, runs(&placed).map(|(_, run)| run.y).collect())
}

#[track_caller]
fn check(draft: Draft, height: f32, baseline: f32, runs: &[f32]) {
    let (h, b, ys) = measured(draft);
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    assert!(near(h, height) && near(b, baseline), "height {h}, baseline {b}");
    assert!(ys.len() == runs.len() && ys.iter().zip(runs).all(|(&a, &b)| near(a, b)), "{ys:?}");
}

#[test]
fn half_leading_is_shared_above_and_below() {
    // Content 13.26, line 20: 3.37 each side.
    check(draft(&body(), "fr").text("un"), 20.0, 13.37, &[13.37]);
    // Negative where the line is lower than the letters.
    let tight = style(|s| {
        ten(s);
        s.line_height = LineHeight::Number(1.0);
    });
    check(draft(&tight, "fr").text("un"), 10.0, 8.37, &[8.37]);
    let own = style(|s| {
        ten(s);
        s.line_height = LineHeight::Normal;
    });
    check(draft(&own, "fr").text("un"), 13.26, 10.0, &[10.0]);
}

#[test]
fn the_strut_holds_a_line_open() {
    let small = aligned(VerticalAlign::Baseline, |s| {
        s.font_size = 5.0;
        s.line_height = LineHeight::Px(5.0);
    });
    check(draft(&body(), "fr").open(&small).text("un").close(), 20.0, 13.37, &[13.37]);
    let shaped = draft(&body(), "fr").text("un").line_break().line_break().text("deux").shape();
    let heights: Vec<f32> = shaped.break_lines(1000.0).lines.iter().map(|line| line.height).collect();
    assert_eq!(heights, [20.0; 3]);
}

#[test]
fn vertical_alignment_of_inline_boxes() {
    let small = |s: &mut TextStyle| {
        s.font_size = 5.0;
        s.line_height = LineHeight::Px(5.0);
    };
    let with = |align| draft(&body(), "fr").text("un").open(&aligned(align, small)).text("2").close();
    check(with(VerticalAlign::Baseline), 20.0, 13.37, &[13.37, 13.37]);
    // By a third, and a fifth, of the parent's size.
    check(with(VerticalAlign::Super), 20.0, 13.37, &[13.37, 13.37 - 10.0 / 3.0]);
    check(with(VerticalAlign::Sub), 20.0, 13.37, &[13.37, 13.37 + 2.0]);
    check(with(VerticalAlign::Length(4.0)), 20.0, 13.37, &[13.37, 9.37]);
    // A small box of 5 px (4.185 above its baseline) at the line's edges.
    check(with(VerticalAlign::Top), 20.0, 13.37, &[13.37, 4.185]);
    check(with(VerticalAlign::Bottom), 20.0, 13.37, &[13.37, 20.0 - 0.815]);
    // Its middle at half the x-height: 13.37 − 2.43, and its own middle 1.685 above its baseline.
    check(with(VerticalAlign::Middle), 20.0, 13.37, &[13.37, 13.37 - 2.43 + 1.685]);
}

#[test]
fn what_is_raised_makes_room() {
    let raised = aligned(VerticalAlign::Length(10.0), |_| {});
    check(draft(&body(), "fr").text("un").open(&raised).text("2").close(), 30.0, 23.37, &[23.37, 13.37]);
    let tall = aligned(VerticalAlign::Top, |s| s.line_height = LineHeight::Px(50.0));
    check(draft(&body(), "fr").text("un").open(&tall).text("2").close(), 50.0, 13.37, &[13.37, 28.37]);
    let tall = aligned(VerticalAlign::Bottom, |s| s.line_height = LineHeight::Px(50.0));
    check(draft(&body(), "fr").text("un").open(&tall).text("2").close(), 50.0, 43.37, &[43.37, 28.37]);
    // A box inside one at the top goes with it.
    let inner = aligned(VerticalAlign::Length(1.0), |_| {});
    let draft =
        draft(&body(), "fr").text("un").open(&tall).text("2").open(&inner).text("3").close().close();
    check(draft, 50.0, 43.37, &[43.37, 28.37, 27.37]);
}

#[test]
fn atomic_boxes() {
    use propale::layout::inline::LineItem;
    let place = |align, height| {
        let shaped =
            draft(&body(), "fr").text("un ").atomic(&aligned(align, |_| {}), 30.0, height).shape();
        let lines = shaped.break_lines(1000.0);
        let line = shaped.set(&FACES, &lines, 0);
        let top = line.items.iter().find_map(|item| match item {
            LineItem::Atomic { y, .. } => Some(*y),
            _ => None,
        });
        (lines.lines[0].height, lines.lines[0].baseline, top.unwrap())
    };
    let near = |(a, b, c): (f32, f32, f32), (x, y, z): (f32, f32, f32)| {
        assert!((a - x).abs() < 0.01 && (b - y).abs() < 0.01 && (c - z).abs() < 0.01, "{a} {b} {c}");
    };
    near(place(VerticalAlign::Baseline, 40.0), (46.63, 40.0, 0.0));
    near(place(VerticalAlign::Top, 40.0), (40.0, 13.37, 0.0));
    near(place(VerticalAlign::Bottom, 40.0), (40.0, 33.37, 0.0));
    near(place(VerticalAlign::Bottom, 4.0), (20.0, 13.37, 16.0));
    near(place(VerticalAlign::Middle, 40.0), (40.0, 22.43, 0.0));
    near(place(VerticalAlign::Middle, 4.0), (20.0, 13.37, 13.37 - 2.43 - 2.0));
}

#[test]
fn a_fallback_face_counts_where_the_line_height_is_the_faces_own() {
    let mut faces = propale::font::Faces::default();
    for (file, family) in [(crate::font::forge::SANS, "Maison"), (crate::font::forge::SERIF, "Secours")]
    {
        let forge = crate::font::forge::Forge::from(file).family(family);
        let forge = if family == "Maison" { forge.hide(&['→']) } else { forge };
        forge.faces().into_iter().for_each(|face| faces.add(face));
    }
    for (line_height, expected) in [(LineHeight::Normal, 13.71), (LineHeight::Px(13.0), 13.0)] {
        let style = style(|s| {
            ten(s);
            s.font_family = ["Maison".into()].into();
            s.line_height = line_height;
        });
        let mut diagnostics = propale::diagnostic::Diagnostics::new();
        let shaped = draft(&style, "fr").text("→ un").shape_with(&faces, &mut diagnostics);
        let height = shaped.break_lines(100.0).lines[0].height;
        assert!((height - expected).abs() < 0.01, "{height}");
    }
}
