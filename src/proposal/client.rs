//! The prospect: what a profile in clients/ says.

use std::sync::Arc;

use chrono::NaiveDate;

use super::identifier;
use super::keys::client::PROFILE;
use super::keys::fields::Fields;
use super::keys::reader::{self, Reading};
use super::placed::{Placed, Text};
use super::pricing::Pricing;
use super::timeline::Phase;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::locale::Locale;

/// One profile. What a later stage may find wrong (a need, an id, a path, a date, a printed sentence)
/// keeps its place.
#[derive(Clone, Debug)]
pub struct Client {
    pub source: Arc<Source>,
    /// Name of the profile's file without `.toml`.
    pub stem: String,
    /// File stem in offers/.
    pub offer: Option<Text>,
    pub lang: Option<Placed<Locale>>,
    pub layout: Option<Text>,
    pub company: Company,
    pub contact: Contact,
    pub situation: Situation,
    pub selection: Selection,
    /// `[texts]`, in the file's order.
    pub texts: Vec<ItemText>,
    pub proposal: ProposalKeys,
    pub pricing: Option<Pricing>,
    /// Empty without a timeline.
    pub timeline: Vec<Phase>,
    pub scope: Scope,
    pub deliverables: Vec<Step>,
    pub method: Vec<Step>,
    /// Inline Markdown.
    pub next_step: Option<Text>,
    /// Every string of this profile that a layout may print, wherever it stands: for placeholders,
    /// other clients' names and missing glyphs.
    pub printed: Vec<Text>,
}

/// `[client]`.
#[derive(Clone, Debug)]
pub struct Company {
    pub name: Text,
    /// One entry a line.
    pub address: Vec<Text>,
    /// Nine digits, checked.
    pub siren: Option<Text>,
    /// Without spaces, upper case, checked.
    pub vat_number: Option<Text>,
    /// ISO 3166-1 alpha-2; absent: the house's country.
    pub country: Option<Text>,
    pub public: bool,
    /// Path from the workspace root.
    pub logo: Option<Text>,
    pub sector: Option<Text>,
    pub headcount: Option<Placed<u32>>,
    pub stage: Option<Text>,
    /// Some key was wrong, and has been reported: nothing follows from one that is not here.
    pub faulty: bool,
}

/// `[contact]`.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub civility: Option<Text>,
    pub name: Option<Text>,
    pub role: Option<Text>,
    pub email: Option<Text>,
    pub opted_out: bool,
    /// Private: never leaves the machine.
    pub source: Option<Text>,
    /// Whether something in this table could not be read, and was reported: then nothing here is missing.
    pub faulty: bool,
}

/// `[situation]`.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// Most important first, as written.
    pub needs: Vec<Text>,
    /// Inline Markdown, printed.
    pub summary: Option<Text>,
    /// Private: never leaves the machine, in any form.
    pub notes: Option<Text>,
}

/// `[selection]`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub reasons: HowMany,
    pub benefits: HowMany,
    pub pin: Vec<Text>,
    pub ban: Vec<Text>,
    /// None: everyone.
    pub team: Option<Vec<Text>>,
    /// None: chosen by shared needs.
    pub references: Option<Vec<Text>>,
}

/// How many items to choose, as far as one file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HowMany {
    pub min: Option<Placed<u32>>,
    pub max: Option<Placed<u32>>,
}

/// How many items to choose, once profile, house and program have spoken: `min <= max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub min: usize,
    pub max: usize,
}

impl Limits {
    /// What the program does where nobody says otherwise.
    pub const REASONS: Limits = Limits { min: 1, max: 4 };
    pub const BENEFITS: Limits = Limits { min: 2, max: 5 };

    /// What `said` changes. A bound that was only inherited gives way to one that was written.
    pub fn or(self, said: &HowMany) -> Limits {
        let min = said.min.as_ref().map(|m| m.value as usize);
        let max = said.max.as_ref().map(|m| m.value as usize);
        match (min, max) {
            (Some(min), Some(max)) => Limits { min: min.min(max), max },
            (Some(min), None) => Limits { min, max: self.max.max(min) },
            (None, Some(max)) => Limits { min: self.min.min(max), max },
            (None, None) => self,
        }
    }
}

/// One entry of `[texts]`: another wording of an item for this prospect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemText {
    /// Id of the item, or a prefix of it.
    pub id: Text,
    /// Inline Markdown.
    pub text: Text,
}

/// `[proposal]`.
#[derive(Clone, Debug, Default)]
pub struct ProposalKeys {
    pub number: Option<Text>,
    pub revision: Option<Placed<u32>>,
    pub date: Option<Placed<NaiveDate>>,
    pub valid_days: Option<Placed<u32>>,
    pub title: Option<Text>,
    /// Other clients' names that may stand in this text.
    pub allow_names: Vec<Text>,
}

/// `[scope]`: plain text.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub included: Vec<Text>,
    pub excluded: Vec<Text>,
}

/// An entry of `[[deliverables]]` (`label`) or `[[method]]` (`step`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Plain text.
    pub label: Text,
    /// Inline Markdown.
    pub text: Option<Text>,
}

impl Client {
    /// The profile in `source`, whose file is called `stem`.toml. All its faults go to `diagnostics`;
    /// None where TOML's syntax is so broken that keys may be lost. A profile with other errors is still
    /// returned, as far as it could be read, for later stages to check; a price or a timeline with a
    /// fault in it is left out, as its amounts and dates would be wrong.
    pub fn read(source: &Arc<Source>, stem: &str, diagnostics: &mut Diagnostics) -> Option<Client> {
        let mut found = vec![];
        let client = reader::read(source, &PROFILE, &mut found)
            .map(|reading| Client::from_reading(reading, source, stem, &mut found));
        reader::report(found, source, diagnostics);
        client
    }

    fn from_reading(
        reading: Reading,
        source: &Arc<Source>,
        stem: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Client {
        let Reading { mut fields, printed } = reading;
        let phases = fields.tables("timeline");
        let timeline = match phases.iter().any(|phase| phase.faulty) {
            true => vec![],
            false => phases.into_iter().filter_map(Phase::from_fields).collect(),
        };
        let pricing = fields.table("pricing").map(|fields| Pricing::from_fields(fields, found));
        let selection = fields.table("selection").map(|fields| Selection::from_fields(fields, found));
        let company = fields.table("client");
        let client = Client {
            source: source.clone(),
            stem: stem.to_owned(),
            offer: fields.text("offer"),
            lang: fields.parsed("lang", Locale::from_tag),
            layout: fields.text("layout"),
            company: Company::from_fields(company, source, stem, found),
            contact: fields.table("contact").map(Contact::from_fields).unwrap_or_default(),
            situation: fields.table("situation").map(Situation::from_fields).unwrap_or_default(),
            selection: selection.unwrap_or_default(),
            texts: fields.texts("texts").into_iter().map(|(id, text)| ItemText { id, text }).collect(),
            proposal: fields.table("proposal").map(ProposalKeys::from_fields).unwrap_or_default(),
            pricing,
            timeline,
            scope: fields.table("scope").map(Scope::from_fields).unwrap_or_default(),
            deliverables: steps(fields.tables("deliverables"), "label"),
            method: steps(fields.tables("method"), "step"),
            next_step: fields.table("next_step").and_then(next_step),
            printed,
        };
        fields.close();
        client
    }

    /// The number of the profile in `source`, whatever else is wrong with it: `propale new` must not give
    /// it again.
    pub fn number(source: &Arc<Source>) -> Option<String> {
        reader::peek(source, "proposal", "number")
    }

    /// Where faults of the profile as a whole are shown: its first line.
    pub fn place(&self) -> Place {
        Place::new(&self.source, 0..0)
    }
}

impl Company {
    /// A profile without a name, which has been reported, goes by the name of its file.
    fn from_fields(
        fields: Option<Fields>,
        source: &Arc<Source>,
        stem: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Company {
        let nameless = Placed::new(stem.to_owned(), Place::new(source, 0..0));
        let Some(mut fields) = fields else {
            return Company {
                name: nameless,
                address: vec![],
                siren: None,
                vat_number: None,
                country: None,
                public: false,
                logo: None,
                sector: None,
                headcount: None,
                stage: None,
                faulty: true,
            };
        };
        let company = Company {
            name: fields.text("name").unwrap_or(nameless),
            address: fields.list("address").unwrap_or_default(),
            siren: fields.text("siren"),
            vat_number: fields.text("vat_number"),
            country: fields.text("country"),
            public: fields.flag("public").is_some_and(|flag| flag.value),
            logo: fields.text("logo"),
            sector: fields.text("sector"),
            headcount: fields.whole("headcount"),
            stage: fields.text("stage"),
            faulty: fields.faulty,
        };
        fields.close();
        found.extend(identifier::disagreement(company.siren.as_ref(), company.vat_number.as_ref()));
        company
    }
}

impl Contact {
    fn from_fields(mut fields: Fields) -> Contact {
        let contact = Contact {
            civility: fields.text("civility"),
            name: fields.text("name"),
            role: fields.text("role"),
            email: fields.text("email"),
            opted_out: fields.flag("opted_out").is_some_and(|flag| flag.value),
            source: fields.text("source"),
            faulty: fields.faulty,
        };
        fields.close();
        contact
    }
}

impl Situation {
    fn from_fields(mut fields: Fields) -> Situation {
        let situation = Situation {
            needs: fields.list("needs").unwrap_or_default(),
            summary: fields.text("summary"),
            notes: fields.text("notes"),
        };
        fields.close();
        situation
    }
}

impl Selection {
    fn from_fields(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Selection {
        let selection = Selection {
            reasons: HowMany::from_fields(fields.table("reasons"), found),
            benefits: HowMany::from_fields(fields.table("benefits"), found),
            pin: fields.list("pin").unwrap_or_default(),
            ban: fields.list("ban").unwrap_or_default(),
            team: fields.list("team"),
            references: fields.list("references"),
        };
        fields.close();
        selection
    }
}

impl HowMany {
    pub(super) fn from_fields(fields: Option<Fields>, found: &mut Vec<Diagnostic>) -> HowMany {
        let Some(mut fields) = fields else { return HowMany::default() };
        let how_many = HowMany { min: fields.whole("min"), max: fields.whole("max") };
        fields.close();
        if let (Some(min), Some(max)) = (&how_many.min, &how_many.max)
            && min.value > max.value
        {
            let (least, most) = (min.value, max.value);
            found.push(min.error(format!("`min` is {least}, more than `max`, which is {most}")));
        }
        how_many
    }
}

impl ProposalKeys {
    fn from_fields(mut fields: Fields) -> ProposalKeys {
        let proposal = ProposalKeys {
            number: fields.text("number"),
            revision: fields.whole("revision"),
            date: fields.date("date"),
            valid_days: fields.whole("valid_days"),
            title: fields.text("title"),
            allow_names: fields.list("allow_names").unwrap_or_default(),
        };
        fields.close();
        proposal
    }
}

impl Scope {
    fn from_fields(mut fields: Fields) -> Scope {
        let scope = Scope {
            included: fields.list("in").unwrap_or_default(),
            excluded: fields.list("out").unwrap_or_default(),
        };
        fields.close();
        scope
    }
}

/// One without a label has been reported, and is left out.
fn steps(tables: Vec<Fields>, label: &str) -> Vec<Step> {
    let step = |mut fields: Fields| {
        let (label, text) = (fields.text(label), fields.text("text"));
        fields.close();
        Some(Step { label: label?, text })
    };
    tables.into_iter().filter_map(step).collect()
}

fn next_step(mut fields: Fields) -> Option<Text> {
    let text = fields.text("text");
    fields.close();
    text
}
