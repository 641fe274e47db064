//! The verdicts on all cases, and the proof that a fault is noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use propale::layout::pages::{Outline, Owner, Pages, Paint, Segment};

use super::case::{self, Case};
use super::compare::differences;
use super::finding::{self, Finding};
use super::{folder, fresh, ours};

/// At least this part of the cases is printed as their judges print it.
const AGREEMENT: f32 = 0.98;

/// What the judges found; a folder freshly recorded stands in where `PROPALE_FINDINGS` names one.
fn findings() -> BTreeMap<String, Finding> {
    finding::read_all(&fresh().unwrap_or_else(|| folder().join("findings")))
}

/// `name: reason`, a line a case that is not as its judge has it.
fn exceptions() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join("exceptions.txt")).unwrap();
    let said = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    said.map(|line| {
        let (name, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
        (name.to_owned(), reason.to_owned())
    })
    .collect()
}

/// What our pages of a case have otherwise than the judge's.
fn judged(case: &Case, judge: &Finding) -> Vec<String> {
    match ours::lay(case) {
        Ok(pages) => differences(judge, &ours::finding(&pages)),
        Err(refused) => vec![refused],
    }
}

#[test]
fn pages_are_as_their_judges_print_them() {
    let (cases, findings, exceptions) = (case::all(), findings(), exceptions());
    let mut failed = String::new();
    let mut differing = 0;
    for case in &cases {
        let Some(judge) = findings.get(&case.name) else {
            writeln!(failed, "{} is not recorded: run tests/judges/browser/record", case.name).unwrap();
            continue;
        };
        let found = judged(case, judge);
        differing += usize::from(!found.is_empty());
        match (found.is_empty(), exceptions.get(&case.name)) {
            (true, Some(_)) => writeln!(failed, "{} is no exception any more", case.name).unwrap(),
            (false, None) => {
                let shown = found.iter().take(4).map(|line| format!("\n    {line}")).collect::<String>();
                let Case { name, group, rule, judge, shows, .. } = case;
                writeln!(failed, "{name} ({group}, {rule}, {judge})\n  {shows}{shown}").unwrap();
                if found.len() > 4 {
                    writeln!(failed, "    and {} more", found.len() - 4).unwrap();
                }
            }
            _ => {}
        }
    }
    assert!(failed.is_empty(), "{failed}");
    let agreement = 1.0 - differing as f32 / cases.len() as f32;
    assert!(agreement >= AGREEMENT, "only {:.1} % of the cases agree", agreement * 100.0);
}

#[test]
fn every_case_is_named_once_with_its_rule_and_its_judge() {
    let cases = case::all();
    let mut names = BTreeSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "{} twice", case.name);
        assert!(
            case.rule.contains('§') || case.group.starts_with("shipped-"),
            "{}: {}",
            case.name,
            case.rule
        );
        assert!(matches!(&*case.judge, "chromium" | "weasyprint"), "{}: {}", case.name, case.judge);
        assert!(case.shows.ends_with('.'), "{}: {}", case.name, case.shows);
    }
    for name in exceptions().keys() {
        assert!(names.contains(name), "{name} is no case");
    }
    for name in finding::read_all(&folder().join("findings")).keys() {
        assert!(names.contains(name), "{name} is recorded and no case");
    }
}

/// Every small case that agrees, and its pages, changed by `fault`; those that agree still.
fn unnoticed(fault: impl Fn(&mut Pages) -> bool) -> Vec<String> {
    let findings = findings();
    let mut unnoticed = vec![];
    let mut seeded = 0;
    for case in case::small() {
        let (Some(judge), Ok(mut pages)) = (findings.get(&case.name), ours::lay(&case)) else {
            continue;
        };
        if differences(judge, &ours::finding(&pages)).is_empty() && fault(&mut pages) {
            seeded += 1;
            if differences(judge, &ours::finding(&pages)).is_empty() {
                unnoticed.push(case.name);
            }
        }
    }
    assert!(seeded > 0);
    unnoticed
}

/// pt in CSS px.
const PT: f32 = 4.0 / 3.0;

#[test]
fn one_glyph_two_points_off_is_noticed_in_every_case() {
    let fault = |pages: &mut Pages| {
        let items = pages.pages.iter_mut().rev().flat_map(|page| page.items.iter_mut().rev());
        let mut runs = items.filter_map(|item| match &mut item.paint {
            Paint::Glyphs(run) if run.text.chars().any(char::is_alphanumeric) => Some(run),
            _ => None,
        });
        let Some(run) = runs.next() else { return false };
        let text = run.text.clone();
        let inked = |start: u32| text[start as usize..].starts_with(char::is_alphanumeric);
        run.glyphs.iter_mut().rfind(|glyph| inked(glyph.start)).unwrap().x += 2.0 * PT;
        true
    };
    assert_eq!(unnoticed(fault), Vec::<String>::new());
}

#[test]
fn boxes_two_points_off_are_noticed_in_every_case() {
    let fault = |pages: &mut Pages| {
        let mut seeded = false;
        for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
            match &mut item.paint {
                _ if matches!(item.owner, Owner::Label(_)) => continue,
                Paint::Shape(shape) => move_right(&mut shape.outline, 2.0 * PT),
                Paint::Picture { rect, clip, .. } => {
                    rect.x += 2.0 * PT;
                    clip.iter_mut().for_each(|clip| clip.x += 2.0 * PT);
                }
                _ => continue,
            }
            seeded = true;
        }
        seeded
    };
    assert_eq!(unnoticed(fault), Vec::<String>::new());
}

fn move_right(outline: &mut Outline, by: f32) {
    for segment in &mut outline.segments {
        match segment {
            Segment::Move(x, _) | Segment::Line(x, _) => *x += by,
            Segment::Cubic(a, _, b, _, x, _) => [a, b, x].into_iter().for_each(|x| *x += by),
            Segment::Close => {}
        }
    }
}
