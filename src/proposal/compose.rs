//! From the three files to the view: chooses, computes, and puts into words what a layout sees.

use chrono::NaiveDate;

use super::client::{Client, Step};
use super::house::{House, Member, Reference};
use super::markdown::{self, FirstLetter};
use super::mentions;
use super::offer::{self, Item, Offer, Role, Section, find_id};
use super::placed::{Placed, Text};
use super::pricing::quote::Quote;
use super::quote_view;
use super::rich::Rich;
use super::select::{NeedSource, Request, Selection, select};
use super::slug::slug;
use super::terms::Terms;
use super::timeline::{DatedPhase, schedule};
use super::validity::Validity;
use super::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::locale::typography::ligature;

/// How many references are shown where nobody says.
const REFERENCES: u32 = 2;

/// What one client gets, before any layout.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub locale: Locale,
    pub selection: Selection,
    pub view: View,
    /// The proposal's date.
    pub date: NaiveDate,
}

/// The language a proposal is written in: the profile's, else the offer's, else the house's, else French.
pub fn locale_of(client: &Client, offer: &Offer, house: &House) -> Locale {
    let said = client.lang.as_ref().map(|lang| lang.value);
    said.or(offer.lang).or(house.defaults.lang.as_ref().map(|lang| lang.value)).unwrap_or(Locale::Fr)
}

/// The language where the offer cannot be read: the profile's, else the house's, else French.
pub fn locale_without_offer(client: &Client, house: &House) -> Locale {
    let said = client.lang.as_ref().or(house.defaults.lang.as_ref());
    said.map_or(Locale::Fr, |lang| lang.value)
}

/// Selects for `client` among the items of `offer`.
pub fn choose(
    house: &House,
    offer: &Offer,
    client: &Client,
    diagnostics: &mut Diagnostics,
) -> Selection {
    select(offer, &Request::new(client, house), diagnostics)
}

/// Puts a proposal together. `offer` is in the document's language where it can be; `day` is the run's.
/// Faults of the profile against the offer and the day go to `diagnostics`; None where it has no last day.
pub fn compose(
    house: &House,
    terms: &Terms,
    offer: &Offer,
    client: &Client,
    day: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let locale = locale_of(client, offer, house);
    let selection = choose(house, offer, client, diagnostics);
    let foreign = offer.lang.and_then(|lang| other(lang, locale)).inspect(|_| {
        let said = client.lang.as_ref().map(|said| said.place.clone());
        diagnostics.push(
            Diagnostic::warning(format!(
                "the offer `{}` has no text in {}: it is printed in its own language",
                offer.stem,
                locale.tag()
            ))
            .maybe_at(said)
            .hint(format!(
                "translate it in offers/{}.{}.md",
                offer.stem,
                locale.language()
            )),
        );
    });
    let words = Wording { texts: texts_of(client, offer, diagnostics), lang: foreign.clone() };
    let chosen = |role| words.section(offer, role, &selection);
    let title = client.proposal.title.as_deref().cloned();
    let validity = Validity::of(client, house, day, diagnostics)?;
    let date = validity.date;
    let phases = schedule(&client.timeline, date, validity.until, diagnostics);
    let quote = Quote::of(client, house, diagnostics);
    let vat = quote.as_ref().map(|quote| quote.vat);
    if locale == Locale::Fr {
        lint_ligatures(client, house, diagnostics);
    }
    let said = mentions::mentions(house, client, vat, date, locale, diagnostics);
    let view = View {
        lang: locale.tag().to_string(),
        words: locale.words(),
        house: HouseView { identity: said.identity, ..house_view(house) },
        client: ClientView {
            name: as_written(&client.company.name),
            address: lines(&client.company.address),
            siren: verbatim(&client.company.siren),
            vat_number: verbatim(&client.company.vat_number),
            logo: path(&client.company.logo),
            sector: value(&client.company.sector),
        },
        contact: contact_view(client),
        proposal: ProposalView {
            title_lang: foreign.clone().filter(|_| title.is_none()),
            title: title.unwrap_or_else(|| offer.title.plain.clone()),
            number: verbatim(&client.proposal.number),
            revision: client.proposal.revision.as_ref().map(|revision| revision.value),
            date: iso(date),
            valid_until: iso(validity.until),
            valid_days: validity.days,
        },
        offer: OfferView {
            title: offer.title.plain.clone(),
            lang: foreign.clone(),
            lede: offer.lede.as_ref().map(|rich| rich.html.clone()),
            introduction: blocks(&offer.introduction),
            summary: offer.summary.as_ref().map(|rich| rich.html.clone()),
            sections: filled(other_sections(client, offer, &words, &selection)),
        },
        situation: situation_view(client, offer, &selection, foreign),
        services: chosen(Role::Services),
        reasons: chosen(Role::Reasons),
        benefits: chosen(Role::Benefits),
        method: steps(&client.method),
        deliverables: steps(&client.deliverables),
        scope: scope_view(client),
        timeline: timeline_view(&phases),
        pricing: quote.map(|quote| quote_view::pricing(&quote, locale)),
        team: team(house, client, locale, diagnostics),
        references: references(house, client, &selection, locale, diagnostics),
        next_step: next_step(house, client, locale),
        letter: letter(client, locale),
        mentions: filled(said.notices),
        terms: terms.view(locale, diagnostics),
    };
    Some(Proposal { locale, selection, view, date })
}

/// Warns of French words without their œ, in all that is printed but names and addresses.
fn lint_ligatures(client: &Client, house: &House, diagnostics: &mut Diagnostics) {
    let names = [
        Some(&client.company.name),
        client.contact.name.as_ref(),
        Some(&house.name),
        house.legal_name.as_ref(),
        house.signatory.as_ref(),
    ];
    let addresses = client.company.address.iter().chain(&house.address);
    let team = house.team.iter().map(|member| &member.name);
    let references = house.references.iter().flat_map(|r| [Some(&r.client), r.author.as_ref()]);
    let kept: Vec<&Text> =
        names.into_iter().chain(references).flatten().chain(addresses).chain(team).collect();
    for text in client.printed.iter().chain(&house.printed).filter(|text| !kept.contains(text)) {
        for (_, right) in ligature::taken_apart(text) {
            diagnostics.push(offer::ligature_lint(&right).at(text.place.clone()));
        }
    }
}

/// How this prospect's items are worded: the note's text, or the profile's `[texts]`.
struct Wording {
    texts: Vec<(String, Html)>,
    lang: Option<String>,
}

impl Wording {
    /// All sections of a role as one, under the first one's heading; None without anything to print.
    fn section(&self, offer: &Offer, role: Role, selection: &Selection) -> Option<SectionView> {
        let mut views = (offer.sections.iter())
            .filter(|section| section.role == role)
            .filter_map(|section| self.view(section, selection));
        let mut merged = views.next()?;
        let mut items = merged.items.take().unwrap_or_default();
        for view in views {
            items.extend(view.items.unwrap_or_default());
            merged.prose = joined(merged.prose, view.prose);
            merged.after = joined(merged.after, view.after);
        }
        let ranks = |item: &ItemView| selection.choice(&item.id).and_then(|choice| choice.rank);
        items.sort_by_key(ranks);
        Some(SectionView { items: filled(items), ..merged })
    }

    /// None where all of a section's items are left out, or it has nothing at all.
    fn view(&self, section: &Section, selection: &Selection) -> Option<SectionView> {
        let items: Vec<ItemView> =
            selection.chosen(section).into_iter().map(|item| self.item(item)).collect();
        let (prose, after) = (blocks(&section.prose), blocks(&section.after));
        if items.is_empty() && (!section.items.is_empty() || prose.is_none()) {
            return None;
        }
        Some(SectionView {
            slug: section.slug.clone(),
            heading: section.heading.html.clone(),
            lang: self.lang.clone(),
            prose,
            after,
            items: filled(items),
        })
    }

    fn item(&self, item: &Item) -> ItemView {
        let own = self.texts.iter().find(|(id, _)| *id == item.id);
        ItemView {
            id: item.id.clone(),
            title: item.title.as_ref().map(|rich| rich.html.clone()),
            text: own.map_or_else(|| item.text.html.clone(), |(_, html)| html.clone()),
        }
    }
}

fn blocks(list: &[Rich]) -> Option<Html> {
    (!list.is_empty()).then(|| markdown::stack(list).html)
}

fn joined(one: Option<Html>, two: Option<Html>) -> Option<Html> {
    match (one, two) {
        (Some(one), Some(two)) => Some(Html(one.0 + &two.0)),
        (one, two) => one.or(two),
    }
}

/// `[texts]` by the full id of its item; an id is found as pins are, by an unambiguous prefix too.
fn texts_of(client: &Client, offer: &Offer, diagnostics: &mut Diagnostics) -> Vec<(String, Html)> {
    let mut texts = Vec::new();
    for entry in &client.texts {
        let known = || offer.items().map(|(_, item)| item.id.as_str());
        match find_id(&entry.id, known()) {
            Ok(id) => texts.push((id.to_string(), sentence(&entry.text).html)),
            Err(fault) => {
                let home = format!("the offer `{}`", offer.stem);
                diagnostics.push(fault.diagnostic(&home, &entry.id, known()));
            }
        }
    }
    texts
}

fn other_sections(
    client: &Client,
    offer: &Offer,
    words: &Wording,
    selection: &Selection,
) -> Vec<SectionView> {
    // The profile's own [[method]] and [[deliverables]] replace the note's sections of that name.
    let replaced: Vec<&str> = [
        (!client.method.is_empty()).then_some(["methode", "demarche", "method"].as_slice()),
        (!client.deliverables.is_empty()).then_some(["livrables", "deliverables"].as_slice()),
    ]
    .into_iter()
    .flatten()
    .flatten()
    .copied()
    .collect();
    (offer.sections.iter())
        .filter(|section| section.role == Role::Other)
        .filter(|section| {
            let heading = slug(&section.heading.plain);
            let bare = ["la-", "le-", "les-", "notre-", "nos-", "ma-", "mes-", "the-", "our-"]
                .iter()
                .find_map(|article| heading.strip_prefix(article))
                .unwrap_or(&heading);
            !replaced.iter().any(|name| bare.starts_with(name))
        })
        .filter_map(|section| words.view(section, selection))
        .collect()
}

/// `foreign` is the offer's language where it is not the document's.
fn situation_view(
    client: &Client,
    offer: &Offer,
    selection: &Selection,
    foreign: Option<String>,
) -> Option<SituationView> {
    let summary = client.situation.summary.as_ref();
    let summary = summary.map(|text| sentence(text).html);
    // An inferred need comes from private notes: its label is never printed.
    let declared = selection.needs.iter().filter(|need| need.source == NeedSource::Declared);
    let labels: Vec<String> = match summary {
        Some(_) => vec![],
        None => declared
            .map(|held| offer.need(&held.tag).map_or(&held.tag, |need| &need.label).clone())
            .collect(),
    };
    let needs = filled(labels);
    // needs that no offer knows are the profile's own words
    let needs_lang = foreign.filter(|_| needs.is_some() && !offer.needs.is_empty());
    (summary.is_some() || needs.is_some()).then_some(SituationView { summary, needs, needs_lang })
}

fn house_view(house: &House) -> HouseView {
    let site = verbatim(&house.site);
    let site_url = site.as_ref().map(|Verbatim(site)| match site.contains("://") {
        true => site.clone(),
        false => format!("https://{site}"),
    });
    HouseView {
        name: as_written(&house.name),
        legal_name: Verbatim::from(house.registered_name()),
        // a person who trades under their own name is said once
        signatory: verbatim(&house.signatory).filter(|name| name.0 != house.name.value),
        address: lines(&house.address),
        email: verbatim(&house.email),
        phone: value(&house.phone),
        site,
        site_url,
        logo: path(&house.brand.logo),
        identity: None,
    }
}

fn contact_view(client: &Client) -> Option<ContactView> {
    let contact = &client.contact;
    let parts: Vec<&str> = [&contact.civility, &contact.name]
        .into_iter()
        .flatten()
        .map(|part| part.value.as_str())
        .collect();
    let view = ContactView {
        name: verbatim(&contact.name),
        civility: value(&contact.civility),
        full_name: contact.name.as_ref().map(|_| parts.join(" ")),
        role: value(&contact.role),
        email: verbatim(&contact.email),
    };
    (view.name.is_some() || view.role.is_some() || view.email.is_some()).then_some(view)
}

fn letter(client: &Client, locale: Locale) -> LetterView {
    let (civility, name) = (value(&client.contact.civility), value(&client.contact.name));
    let courtesy = locale.courtesy(civility.as_deref(), name.as_deref());
    LetterView {
        greeting: courtesy.greeting,
        opening: courtesy.opening,
        addressee: courtesy.addressee.map(Verbatim),
        closing: courtesy.closing,
    }
}

fn scope_view(client: &Client) -> Option<ScopeView> {
    let view =
        ScopeView { included: lines(&client.scope.included), excluded: lines(&client.scope.excluded) };
    (view.included.is_some() || view.excluded.is_some()).then_some(view)
}

/// Bars are placed on the whole of the plan, from the first day to the last.
fn timeline_view(phases: &[DatedPhase]) -> Option<TimelineView> {
    let start = phases.iter().map(|phase| phase.start).min()?;
    let end = phases.iter().map(|phase| phase.end).max()?;
    let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() + 1;
    let whole = days(start, end);
    let percent = |part: i64| {
        let tenths = (part * 2000 / whole + 1) / 2;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let views = phases.iter().map(|phase| PhaseView {
        label: phase.label.value.clone(),
        start: iso(phase.start),
        end: iso(phase.end),
        weeks: phase.weeks,
        offset_percent: percent(days(start, phase.start) - 1),
        width_percent: percent(days(phase.start, phase.end)),
    });
    Some(TimelineView {
        phases: views.collect(),
        start: iso(start),
        end: iso(end),
        weeks: (whole as u32).div_ceil(7),
    })
}

fn steps(list: &[Step]) -> Option<Vec<StepView>> {
    let views = list.iter().map(|step| StepView {
        label: step.label.value.clone(),
        text: step.text.as_ref().map(|text| sentence(text).html),
    });
    filled(views.collect())
}

fn team(
    house: &House,
    client: &Client,
    locale: Locale,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<MemberView>> {
    let shown: Vec<&Member> = match &client.selection.team {
        None => house.team.iter().collect(),
        Some(ids) => {
            let known: Vec<&str> = house.team.iter().map(|member| member.id.as_str()).collect();
            by_id(ids, "team member", &known, diagnostics).map(|index| &house.team[index]).collect()
        }
    };
    let views = shown.into_iter().map(|member| MemberView {
        name: as_written(&member.name),
        lang: house.language_of(member.lang.as_ref()).and_then(|lang| other(lang, locale)),
        role: value(&member.role),
        bio: member.bio.as_ref().map(|bio| sentence(bio).html),
        portrait: path(&member.portrait),
    });
    filled(views.collect())
}

/// Those the profile names, in its order; else those that share a need, most first, then the house's
/// order, up to the house's limit.
fn references(
    house: &House,
    client: &Client,
    selection: &Selection,
    locale: Locale,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<ReferenceView>> {
    let shown: Vec<&Reference> = match &client.selection.references {
        Some(ids) => {
            let known: Vec<&str> = house.references.iter().map(|r| r.id.as_str()).collect();
            by_id(ids, "reference", &known, diagnostics).map(|index| &house.references[index]).collect()
        }
        None => {
            let limit = house.defaults.references.as_ref().map_or(REFERENCES, |limit| limit.value);
            let shared = |reference: &Reference| {
                let tags: Vec<String> = reference.tags.iter().map(|tag| slug(tag)).collect();
                selection.needs.iter().filter(|need| tags.contains(&slug(&need.tag))).count()
            };
            let own_name = slug(&client.company.name);
            let mut all: Vec<&Reference> = house
                .references
                .iter()
                .filter(|reference| slug(&reference.client) != own_name)
                .collect();
            all.sort_by_key(|reference| std::cmp::Reverse(shared(reference)));
            all.truncate(limit as usize);
            all
        }
    };
    let views = shown.into_iter().map(|reference| ReferenceView {
        client: as_written(&reference.client),
        lang: house.language_of(reference.lang.as_ref()).and_then(|lang| other(lang, locale)),
        what: value(&reference.what),
        result: reference.result.as_ref().map(|text| sentence(text).html),
        quote: value(&reference.quote),
        author: value(&reference.author),
    });
    filled(views.collect())
}

fn by_id<'a>(
    ids: &'a [Text],
    what: &'a str,
    known: &'a [&'a str],
    diagnostics: &'a mut Diagnostics,
) -> impl Iterator<Item = usize> + 'a {
    ids.iter().filter_map(move |id| {
        let found = known.iter().position(|name| *name == id.value);
        if found.is_none() {
            let error = id.error(format!("unknown {what} `{}` in propale.toml", id.value));
            diagnostics.push(error.nearest(&id.value, known.iter().copied()));
        }
        found
    })
}

/// None where the house says neither what comes next nor how to answer.
fn next_step(house: &House, client: &Client, locale: Locale) -> Option<NextStepView> {
    let text = client.next_step.as_ref().map(|text| sentence(text).html);
    let accept_url = house.email.as_ref().map(|email| {
        // Without a price there is nothing to accept yet.
        let subject = if client.pricing.is_some() { "accept_subject" } else { "reply_subject" };
        let subject = locale.word(subject).unwrap_or_default();
        let subject = match &client.proposal.number {
            Some(number) => format!("{subject} {}", number.value),
            None => format!("{subject} ({})", client.company.name.value),
        };
        let subject = match &client.proposal.revision {
            Some(revision) => {
                let word = locale.word("revision_inline").unwrap_or_default();
                format!("{subject}, {word} {}", revision.value)
            }
            None => subject,
        };
        format!("mailto:{}?subject={}", percent_encoded(email, "@"), percent_encoded(&subject, ""))
    });
    (text.is_some() || accept_url.is_some()).then_some(NextStepView { text, accept_url })
}

/// RFC 6068 §2: everything but RFC 3986 unreserved characters, and `keep`, is percent-encoded.
fn percent_encoded(text: &str, keep: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char)
            }
            _ if keep.as_bytes().contains(&byte) => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A sentence of the profile or the house: inline Markdown.
fn sentence(text: &Text) -> Rich {
    markdown::inline(text, FirstLetter::AsWritten)
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn value(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}

fn verbatim(text: &Option<Text>) -> Option<Verbatim> {
    text.as_ref().map(as_written)
}

fn as_written(text: &Text) -> Verbatim {
    Verbatim(text.value.clone())
}

/// The tag of a text's language where it is another than the document's.
fn other(lang: Locale, document: Locale) -> Option<String> {
    (lang.language() != document.language()).then(|| lang.tag().to_string())
}

/// From the workspace root, as `src` wants it.
fn path(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| format!("/{}", text.value.trim_start_matches('/')))
}

fn lines(list: &[Placed<String>]) -> Option<Vec<String>> {
    filled(list.iter().map(|line| line.value.clone()).collect())
}

fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
