//! `context --origins`: where each value that a layout sees came from, and which files it is made of.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::prepared::Prepared;
use crate::proposal::client::Client;
use crate::proposal::compose::Proposal;
use crate::workspace::Origin;

/// Pairs of what (a path of the view, a setting, a file) and where from (`file:line:column`, or who
/// decided). Settings come with all that was shadowed: `clients/a.toml:4:1, over propale.toml:20:1`.
pub fn list(
    prepared: &Prepared,
    client: &Client,
    proposal: &Proposal,
    day: NaiveDate,
) -> Vec<(String, String)> {
    let house = &prepared.house;
    let mut out = Vec::new();
    let mut say = |what: &str, candidates: &[Option<Place>], otherwise: &str| {
        let mut said = candidates.iter().flatten().map(Place::line_column);
        let winner = said.next().unwrap_or_else(|| otherwise.to_string());
        let shadowed: Vec<String> = said.collect();
        let over =
            if shadowed.is_empty() { String::new() } else { format!(", over {}", shadowed.join(", ")) };
        out.push((what.to_string(), format!("{winner}{over}")));
    };
    fn place<T>(value: &Option<crate::proposal::placed::Placed<T>>) -> Option<Place> {
        value.as_ref().map(|value| value.place.clone())
    }
    let offer = prepared.offer(client, &mut Default::default());
    let note = offer.map(|book| book.in_language(proposal.locale));
    let note_said = note.map_or("offers/".to_string(), |note| note.source.path.clone());

    say(
        "lang",
        &[place(&client.lang), place(&house.defaults.lang)],
        &format!("{note_said}, else French"),
    );
    say("layout", &[place(&client.layout), place(&house.defaults.layout)], "the program");
    say("offer", &[place(&client.offer)], &format!("{note_said}, the only one"));
    say("proposal.date", &[place(&client.proposal.date)], &format!("the run's day, {day}"));
    say(
        "proposal.valid_days",
        &[place(&client.proposal.valid_days), place(&house.defaults.valid_days)],
        "the program",
    );
    say("proposal.title", &[place(&client.proposal.title)], &note_said);
    say("proposal.number", &[place(&client.proposal.number)], "nobody: none is printed");
    for (what, own, houses) in [
        ("reasons", &client.selection.reasons, &house.defaults.reasons),
        ("benefits", &client.selection.benefits, &house.defaults.benefits),
    ] {
        say(&format!("{what}.min"), &[place(&own.min), place(&houses.min)], "the program");
        say(&format!("{what}.max"), &[place(&own.max), place(&houses.max)], "the program");
    }
    say("client.name", &[Some(client.company.name.place.clone())], "");
    say("contact.name", &[place(&client.contact.name)], "nobody");
    say("situation.summary", &[place(&client.situation.summary)], "the labels of the declared needs");
    if let Some(pricing) = &client.pricing {
        say(
            "pricing.currency",
            &[place(&pricing.currency), place(&house.defaults.currency)],
            "the program",
        );
        say("pricing.vat", &[place(&pricing.vat), place(&house.defaults.vat)], "each line");
        say(
            "pricing.payment_days",
            &[place(&pricing.payment_days), place(&house.defaults.payment_days)],
            "the program",
        );
    }
    for (what, section) in [
        ("services", &proposal.view.services),
        ("reasons", &proposal.view.reasons),
        ("benefits", &proposal.view.benefits),
    ] {
        for item in section.iter().flat_map(|section| section.items.iter().flatten()) {
            let own = client.texts.iter().find(|text| item.id.starts_with(&text.id.value));
            let in_note = note.and_then(|note| note.items().find(|(_, known)| known.id == item.id));
            say(
                &format!("{what}.{}", item.id),
                &[
                    own.map(|text| text.text.place.clone()),
                    in_note.map(|(_, known)| known.place.clone()),
                ],
                &note_said,
            );
        }
    }
    for (name, value) in &prepared.brand {
        let brand = &house.brand;
        let said = match name.as_str() {
            "--brand-logo" => &brand.logo,
            "--brand-primary" => &brand.primary,
            "--brand-accent" => &brand.accent,
            "--brand-ink" => &brand.ink,
            "--brand-muted" => &brand.muted,
            "--brand-paper" => &brand.paper,
            "--brand-heading-font" => &brand.heading_font,
            _ => &brand.body_font,
        };
        say(&format!("{name}: {value}"), &[place(said)], "the program");
    }
    let whose = |origin: &Origin| match origin {
        Origin::Workspace => "the workspace",
        Origin::Shipped => "the program",
    };
    let layout = prepared.layout(client, &mut Default::default());
    let mail = crate::mail::template_origins(&prepared.workspace);
    let files = layout.iter().flat_map(|layout| layout.origins.iter());
    let files = files.chain(&mail).chain(&prepared.face_origins);
    out.extend(files.map(|(path, origin)| (path.clone(), whose(origin).to_string())));
    out
}
