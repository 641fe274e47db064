//! Measures the selection on the briefs under tests/selection, against three baselines.
//!
//! `cargo run --example evaluate` prints the table; `-- tuning`, `-- held-out` one of its halves;
//! `-- heard` lists what was heard of each need; `-- failures declared|inferred [tuning|held-out] [OFFER]` what went wrong, brief by brief.
//! `-- hints` measures the shipped offer with its author's hints.
//! `-- in FOLDER` measures other offers and briefs, laid out as those here.

#![allow(clippy::disallowed_methods, reason = "it reads the briefs")]

#[path = "../tests/selection/measure.rs"]
mod measure;

use std::io::Write;
use std::path::Path;

use measure::{Brief, Evaluation, Method, Score};

/// Prints a line; a reader who has read enough ends the program.
macro_rules! say {
    ($($text:tt)*) => {
        if writeln!(std::io::stdout(), $($text)*).is_err() {
            return;
        }
    };
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let folder =
        arguments.iter().position(|argument| argument == "in").and_then(|i| arguments.get(i + 1));
    let evaluation = match folder {
        Some(folder) => Evaluation::read(Path::new(folder)),
        None if has("hints") => Evaluation::with_hints(),
        None => Evaluation::shipped(),
    };
    let wanted = |brief: &&Brief| {
        (!has("tuning") || !brief.held_out)
            && (!has("held-out") || brief.held_out)
            && (!evaluation.offers.keys().any(|offer| has(offer)) || has(&brief.offer))
    };
    if has("heard") {
        for brief in evaluation.briefs.iter().filter(wanted) {
            say!("{}", evaluation.heard(brief));
        }
        return;
    }
    if has("failures") {
        let method = if has("declared") { Method::Declared } else { Method::Inferred };
        for brief in evaluation.briefs.iter().filter(wanted) {
            if let Some(failure) = evaluation.failure(brief, method) {
                say!("{failure}");
            }
        }
        return;
    }
    say!("{:34}  briefs  recall  wrong  need precision  need recall", "");
    for method in Method::ALL {
        let mut score = Score::default();
        let briefs: Vec<&Brief> = evaluation.briefs.iter().filter(wanted).collect();
        for brief in &briefs {
            score.add(evaluation.run(brief, method).score);
        }
        let needs = match method {
            Method::NoteOrder | Method::Bm25 => "             –            –".to_owned(),
            _ => format!("{:14.2}  {:11.2}", score.need_precision(), score.need_recall()),
        };
        say!(
            "{:34}  {:6}  {:6.2}  {:5.2}  {needs}",
            method.name(),
            briefs.len(),
            score.recall(),
            score.wrong_rate()
        );
    }
    if !has("tuning") && !has("held-out") {
        say!("");
        for offer in evaluation.offers.keys() {
            for method in [Method::Declared, Method::Inferred] {
                let mut score = Score::default();
                for brief in
                    evaluation.briefs.iter().filter(wanted).filter(|brief| brief.offer == *offer)
                {
                    score.add(evaluation.run(brief, method).score);
                }
                say!(
                    "{offer:26} {:8}  recall {:.2}  wrong {:.2}  need precision {:.2}  recall {:.2}",
                    format!("{method:?}"),
                    score.recall(),
                    score.wrong_rate(),
                    score.need_precision(),
                    score.need_recall()
                );
            }
        }
    }
}
