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
