//! What holds of every selection.

use std::fmt::Write;

use propale::proposal::client::Limits;
use propale::proposal::offer::{Offer, Role};
use propale::proposal::select::Selection;
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::{Brief, brief, chosen, offer};

const NEEDS: [&str; 6] = ["n0", "n1", "n2", "n3", "n4", "n5"];

#[derive(Clone, Debug)]
struct Item {
    tags: Vec<&'static str>,
    weight: u32,
    marks: String,
}

fn plain_item() -> impl Strategy<Value = Item> {
    subsequence(NEEDS.to_vec(), 0..=3).prop_map(|tags| Item { tags, weight: 1, marks: String::new() })
}

/// An item with gates, groups and weights.
fn item() -> impl Strategy<Value = Item> {
    let mark = prop_oneof![
        3 => Just(String::new()),
        1 => prop::sample::select(NEEDS.to_vec()).prop_map(|need| format!("[requires:: {need}]")),
        1 => prop::sample::select(NEEDS.to_vec()).prop_map(|need| format!("[excludes:: {need}]")),
        2 => prop::sample::select(vec!["g", "h"]).prop_map(|group| format!("[group:: {group}]")),
    ];
    (plain_item(), 1..4u32, mark).prop_map(|(item, weight, marks)| Item { weight, marks, ..item })
}

fn note(reasons: &[(usize, Item)], benefits: &[(usize, Item)]) -> Offer {
    let mut text =
        format!("---\nneeds: {{ {} }}\n---\n", NEEDS.map(|need| format!("{need}: ")).join(", "));
    for (heading, letter, items) in [("Why", 'r', reasons), ("Benefits", 'b', benefits)] {
        writeln!(text, "# {heading}").unwrap();
        for (number, item) in items {
            let tags: String = item.tags.iter().map(|tag| format!(" #{tag}")).collect();
            let Item { weight, marks, .. } = item;
            writeln!(text, "- item{tags} [weight:: {weight}] {marks} ^{letter}{number}").unwrap();
        }
    }
    offer(&text)
}

fn numbered(items: Vec<Item>) -> Vec<(usize, Item)> {
    items.into_iter().enumerate().collect()
}

fn limits() -> impl Strategy<Value = Limits> {
    (0..4usize, 0..4usize).prop_map(|(min, more)| Limits { min, max: min + more })
}

fn needs() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(NEEDS.to_vec(), 0..=4).prop_shuffle()
}

fn run(offer: &Offer, brief: &Brief) -> Selection {
    brief.select(offer).0
}

/// The tags of a reason or benefit.
fn tags<'a>(offer: &'a Offer, id: &str) -> &'a [String] {
    &offer.items().find(|(_, item)| item.id == id).unwrap().1.tags
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pins_are_in_and_bans_out_and_limits_hold(
        reasons in prop::collection::vec(item(), 0..9),
        benefits in prop::collection::vec(item(), 0..9),
        needs in needs(),
        reason_limits in limits(),
        benefit_limits in limits(),
        wishes in prop::collection::vec((0..18usize, any::<bool>()), 0..6),
    ) {
        let offer = note(&numbered(reasons), &numbered(benefits));
        let ids: Vec<&str> = offer.items().map(|(_, item)| item.id.as_str()).collect();
        let mut pins = Vec::new();
        let mut bans = Vec::new();
        for (number, pinned) in wishes {
            let Some(id) = ids.get(number) else { continue };
            if pinned && !bans.contains(id) { pins.push(*id) } else if !pins.contains(id) { bans.push(*id) }
        }
        let mut brief = brief(&needs.join(" "), &pins.join(" "), &bans.join(" "));
        brief.reasons = reason_limits;
        brief.benefits = benefit_limits;
        let (selection, diagnostics) = brief.select(&offer);
        let again = run(&offer, &brief);
        prop_assert_eq!(&selection, &again);
        prop_assert_eq!(selection.choices.len(), ids.len());
        let too_many = diagnostics.iter().any(|d| d.message.contains("are pinned"));
        prop_assert_eq!(diagnostics.has_errors(), too_many);
        for choice in &selection.choices {
            prop_assert!(!choice.because.is_empty());
            prop_assert_eq!(choice.chosen, choice.rank.is_some());
            let id = choice.id.as_str();
            prop_assert!(too_many || !pins.contains(&id) || choice.chosen);
            prop_assert!(!bans.contains(&id) || !choice.chosen);
            let points: i64 = (choice.because.iter())
                .filter_map(|why| why.rsplit_once(" +")?.1.parse::<i64>().ok())
                .sum();
            prop_assert_eq!(points, choice.score);
        }
        for (role, limits) in [(Role::Reasons, reason_limits), (Role::Benefits, benefit_limits)] {
            let chosen = chosen(&selection, role);
            prop_assert!(chosen.len() <= limits.max);
            let open = selection.of(role).filter(|choice| !choice.chosen
                && choice.because.last().is_some_and(|why| why == "serves no known need"
                    || why.starts_with("beyond"))).count();
            prop_assert!(chosen.len() >= limits.min || open == 0);
        }
        let mut groups: Vec<(&str, &str)> = offer.items()
            .filter(|(_, item)| selection.choice(&item.id).unwrap().chosen && !pins.contains(&item.id.as_str()))
            .filter_map(|(_, item)| Some((item.group.as_deref()?, item.id.as_str())))
            .collect();
        let count = groups.len();
        groups.sort();
        groups.dedup_by_key(|(group, _)| *group);
        prop_assert_eq!(count, groups.len());
        for (_, item) in offer.items() {
            let choice = selection.choice(&item.id).unwrap();
            if choice.chosen && !pins.contains(&item.id.as_str()) {
                prop_assert!(item.requires.iter().all(|tag| needs.contains(&tag.as_str())));
                prop_assert!(!item.excludes.iter().any(|tag| needs.contains(&tag.as_str())));
            }
        }
    }

    #[test]
    fn each_need_gets_an_item_before_any_gets_its_second(
        reasons in prop::collection::vec(plain_item(), 0..9),
        needs in needs(),
        limits in limits(),
    ) {
        let offer = note(&numbered(reasons), &[]);
        let mut brief = brief(&needs.join(" "), "", "");
        brief.reasons = limits;
        let selection = run(&offer, &brief);
        let served = |ids: &[&str]| needs.iter()
            .filter(|need| ids.iter().any(|id| tags(&offer, id).iter().any(|tag| tag == *need)))
            .count();
        let all: Vec<&str> = offer.items().map(|(_, item)| item.id.as_str()).collect();
        let chosen = chosen(&selection, Role::Reasons);
        prop_assert!(served(&chosen) >= served(&all).min(limits.max));
        // Nobody sits in for a need while another waits.
        let waiting = served(&chosen) < served(&all);
        let second = |choice: &propale::proposal::select::Choice| choice.because.iter()
            .any(|why| why == "among the best of the rest");
        prop_assert!(!waiting || !selection.choices.iter().any(second));
    }

    #[test]
    fn the_order_of_items_changes_nothing_but_ties(
        (items, shuffled) in prop::collection::vec(plain_item(), 0..9)
            .prop_map(numbered)
            .prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        needs in subsequence(NEEDS.to_vec(), 1..=4).prop_shuffle(),
        limits in limits(),
    ) {
        let mut brief = brief(&needs.join(" "), "", "");
        brief.reasons = limits;
        let scores = |items: &[(usize, Item)]| {
            let selection = run(&note(items, &[]), &brief);
            let mut scores: Vec<i64> =
                selection.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.score).collect();
            scores.sort();
            scores
        };
        // Among items of equal weight a score stands for a set of needs.
        prop_assert_eq!(scores(&items), scores(&shuffled));
    }

    #[test]
    fn serving_one_more_need_never_costs_a_place_except_to_its_like(
        reasons in prop::collection::vec(plain_item(), 0..9),
        more in subsequence(NEEDS.to_vec(), 2..=5).prop_shuffle(),
        new in any::<prop::sample::Index>(),
        limits in limits(),
    ) {
        let offer = note(&numbered(reasons), &[]);
        let mut needs = more.clone();
        let new = needs.remove(new.index(more.len()));
        let choose = |needs: &[&str]| {
            let mut brief = brief(&needs.join(" "), "", "");
            brief.reasons = limits;
            let selection = run(&offer, &brief);
            let ids: Vec<String> = chosen(&selection, Role::Reasons).into_iter().map(str::to_owned).collect();
            ids
        };
        let (before, after) = (choose(&needs), choose(&more));
        let serves = |id: &String| tags(&offer, id).iter().any(|tag| tag == new);
        for lost in before.iter().filter(|id| serves(id) && !after.contains(id)) {
            let like = after.iter().any(|id| serves(id) && !before.contains(id));
            prop_assert!(after.len() == limits.max && like, "{} was lost: {:?} {:?}", lost, before, after);
        }
    }
}
