//! The selection measured on briefs, within bounds: a change that costs more than it gains fails here.

#[allow(dead_code, reason = "the example prints what the test only bounds")]
mod measure;

use std::path::Path;

use measure::{Brief, Evaluation, Method, Score};

fn score(evaluation: &Evaluation, method: Method, wanted: impl Fn(&Brief) -> bool) -> Score {
    let mut score = Score::default();
    for brief in evaluation.briefs.iter().filter(|brief| wanted(brief)) {
        score.add(evaluation.run(brief, method).score);
    }
    score
}

#[test]
fn briefs_get_what_an_expert_would_send() {
    let evaluation = Evaluation::shipped();
    assert!(evaluation.briefs.len() >= 100);
    assert!(
        evaluation.briefs.iter().filter(|brief| brief.held_out).count() * 4 > evaluation.briefs.len()
    );
    for held_out in [false, true] {
        let declared = score(&evaluation, Method::Declared, |brief| brief.held_out == held_out);
        assert!(declared.recall() >= 0.97 && declared.wrong_rate() <= 0.10, "{declared:?}");
    }
    let tuned = score(&evaluation, Method::Inferred, |brief| !brief.held_out);
    assert!(tuned.recall() >= 0.80 && tuned.wrong_rate() <= 0.22, "{tuned:?}");
    let unseen = score(&evaluation, Method::Inferred, |brief| brief.held_out);
    assert!(unseen.recall() >= 0.76 && unseen.wrong_rate() <= 0.29, "{unseen:?}");
    for method in [Method::TagMatch, Method::Bm25, Method::NoteOrder] {
        let baseline = score(&evaluation, method, |_| true);
        let ours = score(&evaluation, Method::Inferred, |_| true);
        assert!(
            ours.recall() > baseline.recall() && ours.wrong_rate() < baseline.wrong_rate(),
            "{}",
            method.name()
        );
    }
}

/// An author's hints win what the lexicon does not know of her offer.
#[test]
fn hints_tell_needs_better_than_topics() {
    let (plain, hinted) = (Evaluation::shipped(), Evaluation::with_hints());
    let of = |evaluation: &Evaluation| {
        score(evaluation, Method::Inferred, |brief| brief.offer == "chief-of-staff-externe")
    };
    let (plain, hinted) = (of(&plain), of(&hinted));
    assert!(hinted.recall() >= plain.recall() + 0.03, "{plain:?} {hinted:?}");
    assert!(hinted.wrong_rate() <= plain.wrong_rate() + 0.01, "{plain:?} {hinted:?}");
    assert!(hinted.recall() >= 0.85 && hinted.wrong_rate() <= 0.20, "{hinted:?}");
}

/// Trades made up by people who knew nothing of the program.
#[test]
fn trades_never_met_are_served_better_than_by_words_alone() {
    let fresh = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/selection/fresh");
    let evaluation = Evaluation::read(&fresh);
    assert!(evaluation.offers.len() >= 29 && evaluation.briefs.len() >= 348);
    let declared = score(&evaluation, Method::Declared, |_| true);
    assert!(declared.recall() >= 0.97 && declared.wrong_rate() <= 0.10, "{declared:?}");
    let inferred = score(&evaluation, Method::Inferred, |_| true);
    assert!(inferred.recall() >= 0.63 && inferred.wrong_rate() <= 0.37, "{inferred:?}");
    let words = score(&evaluation, Method::TagMatch, |_| true);
    assert!(inferred.need_precision() >= words.need_precision() + 0.1, "{words:?}");
}

/// The page lists every concept that `concepts:` may name, and only those.
#[test]
fn the_concepts_are_documented() {
    let page = include_str!("../../docs/selection.md");
    let (_, listed) = page.split_once("may name:").unwrap();
    let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, propale::proposal::lexicon::lexicon().concepts());
}

/// The page says how many topics and trades the thesaurus has.
#[test]
fn the_thesaurus_is_as_large_as_the_page_says() {
    let topics = propale::proposal::lexicon::thesaurus::thesaurus().topics();
    let trades: std::collections::BTreeSet<&str> =
        topics.iter().filter_map(|topic| topic.split('.').next()).collect();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/selection.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(&format!("has {} topics of {} trades", topics.len(), trades.len())));
}
