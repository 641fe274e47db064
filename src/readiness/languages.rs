//! What the house says of its people and its work in another language than the document's.

use super::printed::Printed;
use crate::diagnostic::Diagnostics;
use crate::locale::Locale;
use crate::prepared::Prepared;
use crate::proposal::placed::{Placed, Text};

/// Warns of each `[[team]]` and `[[references]]` entry whose words are printed and are known to be in another
/// language: by its `lang`, else by that of `[defaults]`.
pub(super) fn check(prepared: &Prepared, printed: &Printed, diagnostics: &mut Diagnostics) {
    let Some(document) = Locale::from_tag(&printed.document.lang) else { return };
    let house = &prepared.house;
    let lines: Vec<String> = printed.lines.iter().map(|line| letters(&line.text)).collect();
    let is_printed = |text: &&Text| {
        let wanted = letters(text);
        !wanted.is_empty() && lines.iter().any(|line| line.contains(&wanted))
    };
    let mut check = |name: &Text, own: Option<&Placed<Locale>>, table: &str, words: &[&Option<Text>]| {
        let Some(lang) = house.language_of(own) else { return };
        if lang.language() == document.language() {
            return;
        }
        let Some(text) = words.iter().filter_map(|text| text.as_ref()).find(is_printed) else { return };
        let (found, expected) = (lang.tag(), document.tag());
        let hint = match own {
            Some(_) => format!("choose whom to show: `{table} = […]` in [selection]"),
            None => format!(
                "it is taken for the language of [defaults]; where the words are {expected}, say `lang = \"{expected}\"` \
                 in the entry, else choose what to show: `{table} = […]` in [selection]"
            ),
        };
        let warning = format!("`{}` is presented in {found}, in a document in {expected}", name.value);
        diagnostics.push(text.warning(warning).hint(hint));
    };
    for member in &house.team {
        check(&member.name, member.lang.as_ref(), "team", &[&member.role, &member.bio]);
    }
    for reference in &house.references {
        let words = [&reference.what, &reference.result, &reference.quote];
        check(&reference.client, reference.lang.as_ref(), "references", &words);
    }
}

/// The letters and digits of a text: what no typographic rule and no mark-up changes.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}
