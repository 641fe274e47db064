//! What the profile insists on: pins and bans.

use std::collections::BTreeSet;

use super::super::client::Limits;
use super::super::offer::{Offer, Role, find_id};
use super::super::placed::Text;
use super::Request;
use crate::diagnostic::Diagnostics;

/// What the profile says of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    Pinned,
    Banned,
}

#[derive(Default)]
pub(super) struct Wishes {
    pinned: BTreeSet<String>,
    banned: BTreeSet<String>,
}

impl Wishes {
    pub fn read(offer: &Offer, request: &Request, diagnostics: &mut Diagnostics) -> Wishes {
        let mut wishes = Wishes::default();
        let pins = resolve(offer, request.pin, diagnostics);
        for (role, limits) in [(Role::Reasons, request.reasons), (Role::Benefits, request.benefits)] {
            check_limit(role, limits, &pins, diagnostics);
        }
        wishes.pinned.extend(pins.into_iter().map(|(_, _, id)| id.to_owned()));
        for (text, _, id) in resolve(offer, request.ban, diagnostics) {
            if wishes.pinned.contains(id) {
                diagnostics.push(text.error(format!("`{id}` is both pinned and banned")));
            } else {
                wishes.banned.insert(id.to_owned());
            }
        }
        wishes
    }

    pub fn about(&self, id: &str) -> Wish {
        if self.pinned.contains(id) {
            Wish::Pinned
        } else if self.banned.contains(id) {
            Wish::Banned
        } else {
            Wish::None
        }
    }
}

/// The items meant, each with its role and id.
fn resolve<'a, 'o>(
    offer: &'o Offer,
    written: &'a [Text],
    diagnostics: &mut Diagnostics,
) -> Vec<(&'a Text, Role, &'o str)> {
    let ids = || offer.items().map(|(_, item)| item.id.as_str());
    let home = format!("the offer `{}`", offer.stem);
    let mut items = Vec::new();
    for text in written {
        match find_id(&text.value, ids()) {
            Err(fault) => diagnostics.push(fault.diagnostic(&home, text, ids())),
            Ok(id) => items.extend(
                (offer.items())
                    .find(|(_, item)| item.id == id)
                    .map(|(section, item)| (text, section.role, item.id.as_str())),
            ),
        }
    }
    items
}

fn check_limit(role: Role, limits: Limits, pins: &[(&Text, Role, &str)], diagnostics: &mut Diagnostics) {
    let mut distinct = BTreeSet::new();
    let over = pins
        .iter()
        .filter(|(_, of, id)| *of == role && distinct.insert(*id))
        .map(|(text, _, _)| text)
        .skip(limits.max)
        .collect::<Vec<_>>();
    if let Some(first) = over.first() {
        let count = limits.max + over.len();
        diagnostics.push(first.error(format!(
            "{count} {} are pinned, but at most {} may be chosen",
            role.word(),
            limits.max
        )));
    }
}
