//! The prospect: what a profile in clients/ says.

use std::sync::Arc;

use chrono::NaiveDate;

use super::placed::{Placed, Text};
use super::pricing::Pricing;
use super::timeline::Phase;
use crate::diagnostic::{Diagnostics, Place, Source};
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
    /// None where TOML's syntax is broken, so that nothing can be said of its meaning. A profile with
    /// other errors is still returned, as far as it could be read, for later stages to check.
    pub fn read(source: &Arc<Source>, stem: &str, diagnostics: &mut Diagnostics) -> Option<Client> {
        let _ = (source, stem, diagnostics);
        todo!()
    }

    /// Where faults of the profile as a whole are shown: its first line.
    pub fn place(&self) -> Place {
        Place::new(&self.source, 0..0)
    }
}
