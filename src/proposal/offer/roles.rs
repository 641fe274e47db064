//! Which role a heading gives its section.

use super::outline::SectionDraft;
use super::{Role, quoted};
use crate::diagnostic::{Diagnostic, nearest};
use crate::proposal::placed::Placed;
use crate::proposal::slug::slug;

/// How headings begin, as slugs.
const BEGINNINGS: &[(Role, &[&str])] = &[
    (
        Role::Services,
        &[
            "que-fait",
            "que-font",
            "que-faisons",
            "que-fais",
            "ce-que-fait",
            "ce-que-font",
            "ce-que-faisons",
            "ce-que-nous-faisons",
            "ce-que-je-fais",
            "ce-qu-on-fait",
            "prestation",
            "prestations",
            "service",
            "services",
            "what",
        ],
    ),
    (Role::Reasons, &["pourquoi", "raison", "raisons", "why", "reason", "reasons"]),
    (
        Role::Benefits,
        &[
            "avantage",
            "avantages",
            "benefice",
            "benefices",
            "benefit",
            "benefits",
            "advantage",
            "advantages",
        ],
    ),
];

/// Words that may lead a heading.
const ARTICLES: &[&str] = &[
    "le", "la", "les", "l", "un", "une", "des", "nos", "notre", "vos", "votre", "the", "a", "an", "our",
    "your",
];

pub(super) struct Roles<'a> {
    /// What the front matter says, with the slugs of the beginnings.
    said: Vec<(Role, String, &'a Placed<String>)>,
}

impl<'a> Roles<'a> {
    pub fn new(said: &'a [(Role, Placed<String>)]) -> Roles<'a> {
        Roles { said: said.iter().map(|(role, start)| (*role, slug(start), start)).collect() }
    }

    /// The role of a heading: by the front matter, the longest beginning first; else by its first words,
    /// unless the front matter has given that role to another heading.
    pub fn of(&self, heading: &str) -> Option<Role> {
        let heading = slug(heading);
        let said = (self.said.iter())
            .filter(|(_, start, _)| is_start(&heading, start))
            .max_by_key(|(_, start, _)| start.len());
        if let Some((role, ..)) = said {
            return Some(*role);
        }
        let heading = without_article(&heading);
        BEGINNINGS
            .iter()
            .find(|(_, starts)| starts.iter().any(|start| begins(heading, start)))
            .map(|(role, _)| *role)
            .filter(|role| self.said.iter().all(|(said, ..)| said != role))
    }

    /// Errors for what the front matter names and no heading begins with.
    pub fn check(&self, sections: &[SectionDraft], found: &mut Vec<Diagnostic>) {
        for (role, start, written) in &self.said {
            let slugs: Vec<String> =
                sections.iter().map(|section| slug(&section.heading.plain)).collect();
            if slugs.iter().any(|heading| is_start(heading, start)) {
                continue;
            }
            let mut fault = written.error(format!(
                "no heading begins with {}, which is to be the section of {}",
                quoted(written),
                role.word()
            ));
            let cut = |heading: &String| heading.chars().take(start.chars().count()).collect::<String>();
            let beginnings: Vec<String> = slugs.iter().map(cut).collect();
            if let Some(near) = nearest(start, beginnings.iter().map(String::as_str))
                && let Some(at) = beginnings.iter().position(|beginning| beginning == near)
            {
                fault = fault.hint(format!("there is `{}`", sections[at].heading.plain));
            }
            found.push(fault);
        }
    }
}

/// Whether the front matter can mean this heading by this start.
fn is_start(heading: &str, start: &str) -> bool {
    !start.is_empty() && (heading.starts_with(start) || without_article(heading).starts_with(start))
}

/// Whether a slug begins with these whole words.
fn begins(heading: &str, start: &str) -> bool {
    heading.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn without_article(heading: &str) -> &str {
    match heading.split_once('-') {
        Some((first, rest)) if ARTICLES.contains(&first) => rest,
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, Roles};

    #[test]
    fn headings_find_their_role() {
        let roles = Roles::new(&[]);
        for (heading, role) in [
            ("que fait le chief of staff?", Some(Role::Services)),
            ("ce que fait l'audit", Some(Role::Services)),
            ("Ce que font nos consultants", Some(Role::Services)),
            ("Ce que nous faisons", Some(Role::Services)),
            ("Ce que je fais pour vous", Some(Role::Services)),
            ("Ce que contient le rapport", None),
            ("Prestations", Some(Role::Services)),
            ("Our services", Some(Role::Services)),
            ("What we do", Some(Role::Services)),
            ("POURQUOI un externe ?", Some(Role::Reasons)),
            ("Les raisons", Some(Role::Reasons)),
            ("Why now", Some(Role::Reasons)),
            ("les avantages concret d'un COS", Some(Role::Benefits)),
            ("Bénéfices", Some(Role::Benefits)),
            ("L’avantage", Some(Role::Benefits)),
            ("The benefits", Some(Role::Benefits)),
            ("Raisonnable", None),
            ("Méthode", None),
            ("", None),
        ] {
            assert_eq!(roles.of(heading), role, "{heading}");
        }
    }
}
