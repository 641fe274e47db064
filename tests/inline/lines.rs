//! Lines as a reader sees them.

use propale::style::values::{Hyphens, TextAlign, TextWrap};

use super::kit::*;

const FRENCH: &str = "Vous avez doublé de taille en dix-huit mois et l’organisation n’a pas suivi\u{202F}: les décisions \
    remontent toutes jusqu’à vous, les managers fraîchement nommés découvrent leur métier seuls, et chaque réunion \
    de direction déborde sur la suivante. Un chief of staff externe reprend le pilotage des chantiers transverses, \
    installe un rituel de décision et vous rend deux jours par semaine, sans que l’entreprise ait à recruter un poste \
    permanent dont elle n’aura peut-être plus besoin dans un an.";
const ENGLISH: &str = "Your headcount has doubled in eighteen months and the organisation has not kept pace: every decision \
    still climbs to you, newly appointed managers are learning the job on their own, and each leadership meeting \
    overruns into the next. An external chief of staff takes over the cross-functional programmes, establishes a \
    decision-making rhythm and gives you back two days a week, without committing the company to a permanent \
    appointment that it may no longer need a year from now.";

/// One line each: what is printed, a soft hyphen as `-`, and how much room is left in mm.
fn show(text: &str, lang: &'static str, wrap: TextWrap, align: TextAlign, hyphens: Hyphens) -> String {
    let style = style(|s| {
        s.text_wrap = wrap;
        s.text_align = align;
        s.hyphens = hyphens;
    });
    let mut out = String::new();
    for mm in [60.0, 90.0, 120.0] {
        out += &format!("--- {lang} {wrap:?} {align:?} {mm} mm\n");
        let shaped = draft(&style, lang).text(text).shape();
        let lines = shaped.break_lines(mm * MM);
        assert_eq!(lines.problems, []);
        for (line, placed) in lines.lines.iter().zip(set_all(&shaped, &lines)) {
            let text = copied(&placed).replace('\u{AD}', "-");
            out += &format!("{:5.1}  {}\n", (mm * MM - line.width) / MM, text.trim_end());
        }
    }
    out
}

#[test]
fn prose() {
    let mut out = String::new();
    for (text, lang) in [(FRENCH, "fr"), (ENGLISH, "en-GB")] {
        out += &show(text, lang, TextWrap::Stable, TextAlign::Start, Hyphens::Manual);
        out += &show(text, lang, TextWrap::Pretty, TextAlign::Start, Hyphens::Auto);
        out += &show(text, lang, TextWrap::Pretty, TextAlign::Justify, Hyphens::Auto);
    }
    crate::golden::check("inline/prose.txt", &out);
}

/// Headings: as few lines as first fit, as even as can be.
#[test]
fn headings() {
    let titles = [
        ("fr", "Pourquoi prendre un externe plutôt que recruter en interne\u{202F}?"),
        (
            "fr",
            "Les avantages concrets d’un chief of staff externe, expert en transformation des organisations",
        ),
        ("en-GB", "Why an external chief of staff rather than another permanent appointment"),
    ];
    let mut out = String::new();
    for (lang, title) in titles {
        for wrap in [TextWrap::Stable, TextWrap::Balance] {
            let style = style(|s| {
                s.font_family = ["Source Serif 4 Display".into()].into();
                s.font_size = 24.0;
                s.text_wrap = wrap;
            });
            for mm in [90.0, 120.0] {
                out += &format!("--- {wrap:?} {mm} mm\n");
                for line in draft(&style, lang).text(title).lines(mm * MM) {
                    out += &format!("{}\n", line.trim_end());
                }
            }
        }
    }
    crate::golden::check("inline/headings.txt", &out);
}

/// Paragraphs of offers and proposals, invented.
const CORPUS: &str = include_str!("corpus.txt");

/// What a reader sees of a setting: how uneven the lines are but for the last, how many words are divided,
/// how many last lines are one short word.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    /// Sum over lines of the square of the room left, in parts of the width.
    uneven: f64,
    /// The emptiest line of each paragraph, summed.
    worst: f64,
    divided: usize,
    runts: usize,
}

fn look(text: &str, lang: &'static str, wrap: TextWrap, align: TextAlign, mm: f32) -> Look {
    let style = style(|s| {
        s.text_wrap = wrap;
        s.text_align = align;
        s.hyphens = Hyphens::Auto;
    });
    let shaped = draft(&style, lang).text(text).shape();
    let lines = shaped.break_lines(mm * MM);
    let mut look = Look::default();
    let placed = set_all(&shaped, &lines);
    let joined: String = placed.iter().map(copied).collect();
    assert_eq!(joined.replace('\u{AD}', ""), text, "{wrap:?} {mm} mm");
    let count = lines.lines.len();
    let gaps = lines.lines[..count - 1].iter().map(|line| f64::from(1.0 - line.width / (mm * MM)));
    look.uneven = gaps.clone().map(|gap| gap * gap).sum();
    look.worst = gaps.fold(0.0, f64::max);
    let ends: Vec<bool> = placed.iter().map(|line| copied(line).ends_with('\u{AD}')).collect();
    look.divided = ends.iter().filter(|divided| **divided).count();
    assert!(!ends.windows(3).any(|three| three == [true; 3]), "{wrap:?} {mm} mm: three hyphens running");
    for line in &placed {
        if let Some((before, _)) = copied(line).trim_end().split_once('\u{AD}') {
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap();
            assert!(word.chars().count() >= 2, "{before}");
            assert!(!word.chars().any(char::is_uppercase), "{before}");
        }
    }
    for (line, next) in placed.iter().zip(placed.iter().skip(1)) {
        if copied(line).ends_with('\u{AD}') {
            let next = copied(next);
            let rest = next.split(|c: char| !c.is_alphabetic()).next().unwrap();
            assert!(rest.chars().count() >= 3, "{next}");
        }
    }
    let last = copied(&placed[count - 1]);
    let short = lines.lines[count - 1].width < 0.2 * mm * MM;
    look.runts = usize::from(count > 1 && short && !last.trim_end().contains(' '));
    look
}

/// Optimum fit looks better than first fit at every width: more even lines, fewer lonely last words, and
/// no more divided words than evenness is worth.
#[test]
fn optimum_fit_beats_first_fit() {
    let paragraphs: Vec<(&'static str, &str)> = CORPUS
        .split("\n\n")
        .filter_map(|paragraph| paragraph.trim().split_once(": "))
        .map(|(lang, text)| (if lang == "fr" { "fr" } else { "en-GB" }, text))
        .collect();
    assert!(paragraphs.len() >= 20);
    let mut report = String::from("mm  align    first fit: uneven worst divided runts   optimum\n");
    for align in [TextAlign::Start, TextAlign::Justify] {
        for mm in (40..=120).step_by(10) {
            let sum = |wrap| {
                paragraphs.iter().fold(Look::default(), |sum, (lang, text)| {
                    let one = look(text, lang, wrap, align, mm as f32);
                    Look {
                        uneven: sum.uneven + one.uneven,
                        worst: sum.worst + one.worst,
                        divided: sum.divided + one.divided,
                        runts: sum.runts + one.runts,
                    }
                })
            };
            let (first, best) = (sum(TextWrap::Stable), sum(TextWrap::Pretty));
            let show =
                |l: Look| format!("{:6.2} {:5.2} {:3} {:2}", l.uneven, l.worst, l.divided, l.runts);
            report.push_str(&format!("{mm:3} {align:8?} {}   {}\n", show(first), show(best)));
        }
    }
    crate::golden::check("inline/optimum.txt", &report);
    for line in report.lines().skip(1) {
        let numbers: Vec<f64> = line.split_whitespace().skip(2).map(|n| n.parse().unwrap()).collect();
        let [uneven, _, divided, runts, best_uneven, _, best_divided, best_runts] = numbers[..] else {
            panic!("{line}")
        };
        // A divided word is worth a line that is a fifth too short.
        const DIVIDED: f64 = 0.04;
        assert!(best_uneven + DIVIDED * best_divided < uneven + DIVIDED * divided, "{line}");
        assert!(best_runts <= runts, "{line}");
    }
}
