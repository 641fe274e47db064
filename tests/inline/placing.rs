//! Where glyphs, decoration lines, boxes and links stand on a line.

use std::sync::Arc;

use propale::document::tree::NodeId;
use propale::layout::inline::{LineItem, PlacedLine};
use propale::layout::pages::{Artifact, Owner, Paint, Rect};
use propale::style::values::{
    Border, BorderStyle, Color, ComputedStyle, LengthPercentage, Position, TextAlign, TextDecoration,
    Visibility,
};

use super::kit::*;

const RED: Color = Color { r: 200, g: 0, b: 0, a: 1.0 };

fn one_line(draft: Draft, width: f32) -> PlacedLine {
    let shaped = draft.shape();
    let lines = shaped.break_lines(width);
    let placed = shaped.set(&FACES, &lines, 0);
    check_runs(&placed);
    placed
}

/// Right edge of the last glyph that is not a space.
fn ink_end(line: &PlacedLine) -> f32 {
    runs(line)
        .flat_map(|(_, run)| run.glyphs.iter().map(move |g| (run, g)))
        .filter(|(run, g)| run.text[g.start as usize..g.end as usize].trim() != "")
        .map(|(run, g)| run.x + g.x + g.advance)
        .fold(0.0, f32::max)
}

fn shapes(line: &PlacedLine) -> Vec<(f32, f32, f32, f32)> {
    use propale::layout::pages::Segment::{Line, Move};
    line.items
        .iter()
        .filter_map(|item| match item {
            LineItem::Paint(item) => match &item.paint {
                Paint::Shape(shape) => {
                    assert_eq!(item.owner, Owner::Artifact(Artifact::Layout));
                    match shape.outline.segments[..] {
                        [Move(x, y), _, Line(right, bottom), ..] => Some((x, y, right - x, bottom - y)),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

#[track_caller]
fn near(a: f32, b: f32) {
    assert!((a - b).abs() < 0.02, "{a} is not {b}");
}

#[test]
fn alignment() {
    let text = "Trois mots ici";
    let width = draft(&style(|_| {}), "fr").text(text).shape().max_content();
    for (align, x) in [
        (TextAlign::Start, 0.0),
        (TextAlign::End, 300.0 - width),
        (TextAlign::Center, (300.0 - width) / 2.0),
        (TextAlign::Justify, 0.0),
    ] {
        let style = style(|s| s.text_align = align);
        let line = one_line(draft(&style, "fr").text(text), 300.0);
        near(runs(&line).next().unwrap().1.x, x);
        near(ink_end(&line) - x, width);
        // What does not fit starts at the start.
        let narrow = one_line(draft(&style, "fr").text("Anticonstitutionnellement"), 50.0);
        near(runs(&narrow).next().unwrap().1.x, 0.0);
    }
}

#[test]
fn justified_lines_are_exactly_as_wide_as_their_column() {
    let style = style(|s| {
        s.text_align = TextAlign::Justify;
        s.text_wrap = propale::style::values::TextWrap::Pretty;
        s.hyphens = propale::style::values::Hyphens::Auto;
        s.text_indent = LengthPercentage::px(20.0);
    });
    let text = "Un chef d’état-major externe reprend le pilotage des chantiers transverses, installe un rituel de \
                décision\u{202F}; il vous rend deux jours par semaine et 12\u{A0}500\u{A0}€ de moins, dès le premier mois.";
    let shaped = draft(&style, "fr").text(text).shape();
    let lines = shaped.break_lines(230.0);
    let placed = set_all(&shaped, &lines);
    assert!(placed.len() > 3);
    let (last, others) = placed.split_last().unwrap();
    for line in others {
        near(ink_end(line), 230.0);
    }
    assert!(ink_end(last) < 229.0);
    near(runs(&placed[0]).next().unwrap().1.x, 20.0);
    near(runs(&placed[1]).next().unwrap().1.x, 0.0);
    // Plain and no-break spaces stretch alike; narrow ones keep their width.
    let narrow = |line: &PlacedLine| -> Vec<f32> {
        let (_, run) = runs(line).next().unwrap();
        let of = |g: &&propale::layout::pages::Glyph| {
            &run.text[g.start as usize..g.end as usize] == "\u{202F}"
        };
        run.glyphs.iter().filter(of).map(|g| g.advance).collect()
    };
    let plain = one_line(draft(&style, "fr").text("x\u{202F}y"), 1000.0);
    for width in placed.iter().flat_map(narrow) {
        near(width, narrow(&plain)[0]);
    }
}

#[test]
fn spacing() {
    let plain = draft(&style(|_| {}), "fr").text("office a b").shape().max_content();
    let no_ligatures = style(|s| s.font_features = [(*b"liga", 0)].into());
    let unligated = draft(&no_ligatures, "fr").text("office a b").shape().max_content();
    let spaced = style(|s| s.letter_spacing = 2.0);
    let line = one_line(draft(&spaced, "fr").text("office a b"), 1000.0);
    // Ten letters: ten times 2 px, but not at the line's end; and no ligature in "office".
    near(draft(&spaced, "fr").text("office a b").shape().max_content(), unligated + 18.0);
    assert_eq!(runs(&line).next().unwrap().1.glyphs.len(), 10);
    let words = style(|s| s.word_spacing = 5.0);
    near(draft(&words, "fr").text("office a b").shape().max_content(), plain + 10.0);
    near(draft(&words, "fr").text("office\u{A0}a b").shape().max_content(), plain + 10.0);
    // Centred letters that stand apart are centred by what is seen.
    let centred = style(|s| {
        s.letter_spacing = 2.0;
        s.text_align = TextAlign::Center;
    });
    let line = one_line(draft(&centred, "fr").text("ab"), 100.0);
    let (_, run) = runs(&line).next().unwrap();
    near(run.x + run.x + run.glyphs.iter().map(|g| g.advance).sum::<f32>() - 2.0, 100.0);
}

#[test]
fn tabs_go_to_the_next_stop() {
    let pre = style(|s| s.white_space = propale::style::values::WhiteSpace::PRE);
    let line = one_line(draft(&pre, "fr").text("a\tb\tc"), 1000.0);
    let (_, run) = runs(&line).next().unwrap();
    let stop = 8.0 * draft(&pre, "fr").text("\u{A0}").shape().max_content();
    near(run.glyphs[2].x, stop);
    near(run.glyphs[4].x, 2.0 * stop);
}

#[test]
fn runs_belong_to_their_text_node_and_style() {
    let normal = style(|_| {});
    let red = style(|s| s.color = RED);
    let line = one_line(
        draft(&normal, "fr").text("un ").open(&red).text("deux").close().text(" trois"),
        1000.0,
    );
    let seen: Vec<(Owner, &str, Color)> = runs(&line).map(|(o, r)| (o, &*r.text, r.color)).collect();
    assert_eq!(
        seen,
        [
            (Owner::Node(NodeId(1)), "un ", Color::BLACK),
            (Owner::Node(NodeId(3)), "deux", RED),
            (Owner::Node(NodeId(4)), " trois", Color::BLACK),
        ]
    );
    let widths: Vec<f32> = runs(&line).map(|(_, r)| r.x).collect();
    near(widths[1], draft(&normal, "fr").text("un\u{A0}").shape().max_content());
}

fn underlined(change: impl FnOnce(&mut TextDecoration)) -> Arc<ComputedStyle> {
    styled(
        |s| s.font_size = 20.0,
        |s| {
            s.text_decoration.underline = true;
            change(&mut s.text_decoration);
        },
    )
}

#[test]
fn underlines_come_from_the_face() {
    let block = style(|s| s.font_size = 20.0);
    let underline = underlined(|_| {});
    let line =
        one_line(draft(&block, "fr").text("un ").open(&underline).text("deux mots").close(), 1000.0);
    let baseline = runs(&line).next().unwrap().1.y;
    let [(x, y, width, height)] = shapes(&line)[..] else { panic!("{:?}", shapes(&line)) };
    // Centre 0.075 em under the baseline, 0.05 em thick; as long as its words.
    near(y + height / 2.0, baseline + 1.5);
    near(height, 1.0);
    near(x, runs(&line).nth(1).unwrap().1.x);
    near(x + width, ink_end(&line));
    // Under the text, in painting order.
    let order: Vec<&str> = line
        .items
        .iter()
        .map(|item| match item {
            LineItem::Paint(item) => match item.paint {
                Paint::Glyphs(_) => "glyphs",
                _ => "line",
            },
            _ => "box",
        })
        .collect();
    assert_eq!(order, ["glyphs", "line", "glyphs"]);
}

#[test]
fn underlines_as_the_style_says_and_through_smaller_letters() {
    let block = style(|s| s.font_size = 20.0);
    let own = underlined(|d| (d.thickness, d.offset, d.color) = (Some(3.0), Some(4.0), Some(RED)));
    let small = styled(
        |s| s.font_size = 8.0,
        |s| s.text_decoration = TextDecoration { underline: true, ..own.text_decoration },
    );
    let draft = draft(&block, "fr")
        .open(&own)
        .text("un ")
        .open(&small)
        .text("deux")
        .close()
        .text(" trois")
        .close();
    let line = one_line(draft, 1000.0);
    let baseline = runs(&line).next().unwrap().1.y;
    let [(x, y, width, height)] = shapes(&line)[..] else { panic!("{:?}", shapes(&line)) };
    near(y + height / 2.0, baseline + 1.5 + 4.0);
    near(height, 3.0);
    near(x, 0.0);
    near(width, ink_end(&line));
}

#[test]
fn lines_through_and_at_line_ends() {
    let through = styled(|_| {}, |s| s.text_decoration.line_through = true);
    let shaped = draft(&through, "fr").text("un deux").shape();
    let lines = shaped.break_lines(30.0);
    let placed = set_all(&shaped, &lines);
    assert_eq!(placed.len(), 2);
    for line in &placed {
        let [(x, _, width, _)] = shapes(line)[..] else { panic!("{:?}", shapes(line)) };
        near(x, 0.0);
        // The space at the line's end is not struck through.
        near(width, ink_end(line));
        assert!(
            matches!(line.items.last(), Some(LineItem::Paint(item)) if matches!(item.paint, Paint::Shape(_)))
        );
    }
    assert_eq!(copied(&placed[0]), "un ");
}

fn boxed() -> Arc<ComputedStyle> {
    styled(
        |_| {},
        |s| {
            s.background_color = RED;
            s.padding.left = LengthPercentage::px(4.0);
            s.padding.right = LengthPercentage::px(6.0);
            s.padding.top = LengthPercentage::px(2.0);
            s.border.left = Border { width: 1.0, style: BorderStyle::Solid, color: RED };
            s.margin.left = propale::style::values::LengthOrAuto::Length(LengthPercentage::px(10.0));
        },
    )
}

#[test]
fn boxes_are_cut_where_lines_end() {
    let normal = style(|_| {});
    let shaped = draft(&normal, "fr")
        .text("un ")
        .open(&boxed())
        .text("deux trois")
        .close()
        .text(" quatre")
        .shape();
    let word = |text: &str| draft(&normal, "fr").text(text).shape().max_content();
    let find = |line: &PlacedLine| {
        line.items
            .iter()
            .filter_map(|item| match item {
                LineItem::Box(fragment) => Some((fragment.rect, fragment.starts, fragment.ends)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let line = shaped.set(&FACES, &shaped.break_lines(1000.0), 0);
    let [(rect, true, true)] = find(&line)[..] else { panic!("{:?}", find(&line)) };
    let start = word("un\u{A0}") + 10.0;
    near(rect.x, start);
    near(rect.width, 1.0 + 4.0 + word("deux trois") + 6.0);
    let (_, run) = runs(&line).nth(1).unwrap();
    near(run.x, start + 5.0);
    // Content area (1.326 em) and padding; the line's height knows nothing of either.
    let em = 10.0 / 0.75;
    near(rect.height, 1.326 * em + 2.0);
    near(rect.y, run.y - em - 2.0);

    let lines = shaped.break_lines(start + 5.0 + word("deux") + 1.0);
    let placed = set_all(&shaped, &lines);
    let [(first, true, false)] = find(&placed[0])[..] else { panic!("{:?}", find(&placed[0])) };
    let [(second, false, true)] = find(&placed[1])[..] else { panic!("{:?}", find(&placed[1])) };
    assert!(first.width >= 5.0 + word("deux") - 0.02);
    near(second.x, 0.0);
    near(second.width, word("trois") + 6.0);
    assert_eq!(lines.lines[0].height, lines.lines[1].height);
}

#[test]
fn links_have_an_area_a_line() {
    let normal = style(|_| {});
    let shaped = draft(&normal, "fr")
        .text("un ")
        .link(&normal)
        .text("deux trois")
        .close()
        .text(" quatre")
        .shape();
    let lines = shaped.break_lines(50.0);
    let placed = set_all(&shaped, &lines);
    let areas: Vec<Vec<(NodeId, Rect)>> =
        placed.iter().map(|line| line.links.iter().map(|l| (l.owner, l.rect)).collect()).collect();
    assert_eq!(areas.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(areas[0][0].0, NodeId(2));
    near(areas[1][0].1.x, 0.0);
    near(areas[1][0].1.width, draft(&normal, "fr").text("trois").shape().max_content());
    // A link around a picture is as tall as the picture.
    let line = one_line(draft(&normal, "fr").link(&normal).atomic(&normal, 30.0, 80.0).close(), 1000.0);
    let rect = line.links[0].rect;
    near(rect.width, 30.0);
    assert!(rect.height >= 80.0);
}

#[test]
fn where_links_to_inline_boxes_lead() {
    let normal = style(|_| {});
    let line = one_line(draft(&normal, "fr").text("un ").open(&normal).text("deux").close(), 1000.0);
    let [(node, x, _)] = line.starts[..] else { panic!() };
    assert_eq!(node, NodeId(2));
    near(x, runs(&line).nth(1).unwrap().1.x);
}

#[test]
fn relative_hidden_and_translucent_boxes() {
    use propale::style::values::LengthOrAuto::Length;
    let normal = style(|_| {});
    let moved = styled(
        |_| {},
        |s| {
            s.position = Position::Relative;
            s.inset.top = Length(LengthPercentage::px(3.0));
            s.inset.right = Length(LengthPercentage::px(2.0));
        },
    );
    let line = one_line(draft(&normal, "fr").text("un ").open(&moved).text("deux").close(), 1000.0);
    let still = one_line(draft(&normal, "fr").text("un ").open(&normal).text("deux").close(), 1000.0);
    let at = |line: &PlacedLine| runs(line).map(|(_, r)| (r.x, r.y)).nth(1).unwrap();
    near(at(&line).0, at(&still).0 - 2.0);
    near(at(&line).1, at(&still).1 + 3.0);

    let hidden = style(|s| s.visibility = Visibility::Hidden);
    let line = one_line(
        draft(&normal, "fr").text("un ").open(&hidden).text("deux").close().text(" trois"),
        1000.0,
    );
    assert_eq!(copied(&line), "un  trois");
    near(ink_end(&line), ink_end(&one_line(draft(&normal, "fr").text("un deux trois"), 1000.0)));

    let faint = styled(|_| {}, |s| s.opacity = 0.5);
    let line = one_line(
        draft(&normal, "fr").text("un ").open(&faint).text("deux").close().text(" trois"),
        1000.0,
    );
    let order: String = line
        .items
        .iter()
        .map(|item| match item {
            LineItem::Paint(item) => match &item.paint {
                Paint::Glyphs(run) => run.text.trim().to_string(),
                Paint::BeginGroup(group) => format!(" [{}:", group.opacity.unwrap_or(1.0)),
                Paint::EndGroup => "] ".into(),
                _ => "?".into(),
            },
            _ => "?".into(),
        })
        .collect();
    assert_eq!(order, "un [0.5:deux] trois");
}

#[test]
fn percentages_of_inline_boxes_are_of_the_column() {
    let normal = style(|_| {});
    let padded = styled(|_| {}, |s| s.padding.left = LengthPercentage::percent(0.1));
    let shaped = draft(&normal, "fr").open(&padded).text("un").close().shape();
    for width in [100.0, 200.0] {
        let line = shaped.set(&FACES, &shaped.break_lines(width), 0);
        near(runs(&line).next().unwrap().1.x, width * 0.1);
    }
}
