//! The house: who sends, its brand and its defaults, from propale.toml.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::client::HowMany;
use super::numbering::Pattern;
use super::placed::{Placed, Text};
use super::pricing::{Currency, Vat};
use super::words::words;
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::locale::Locale;

/// Everything propale.toml says. A key left out is None or empty: defaults are applied where the value
/// is used.
#[derive(Clone, Debug)]
pub struct House {
    pub source: Arc<Source>,
    pub name: Text,
    pub signatory: Option<Text>,
    pub country: Country,
    pub legal_form: Option<Placed<LegalForm>>,
    /// The person, or the company as registered; see [`House::registered_name`] for its default.
    pub legal_name: Option<Text>,
    pub activity: Option<Placed<Activity>>,
    pub company_number: Option<Text>,
    pub capital: Option<Placed<Decimal>>,
    /// Nine digits, checked.
    pub siren: Option<Text>,
    /// Fourteen digits, checked; begins with the SIREN where both are given.
    pub siret: Option<Text>,
    pub registry: Option<Text>,
    /// Without spaces, upper case, checked.
    pub vat_number: Option<Text>,
    /// One entry a line.
    pub address: Vec<Text>,
    pub email: Option<Text>,
    pub phone: Option<Text>,
    pub site: Option<Text>,
    /// Path of a Markdown file from the workspace root.
    pub terms: Option<Text>,
    /// `[mentions]`: what replaces a printed mention, by the mention's name.
    pub mentions: Vec<Mention>,
    pub brand: Brand,
    pub defaults: Defaults,
    pub numbering: Option<Placed<Pattern>>,
    pub mail: Mail,
    pub team: Vec<Member>,
    pub references: Vec<Reference>,
    /// Every string of the house that a layout may print.
    pub printed: Vec<Text>,
}

words! {
    /// Whose law the mentions follow.
    #[derive(Default)]
    pub enum Country {
        #[default]
        Fr = "FR",
        Gb = "GB",
    }
}

words! {
    pub enum LegalForm {
        Ei = "EI",
        Eurl = "EURL",
        Sasu = "SASU",
        Sarl = "SARL",
        Sas = "SAS",
        Sa = "SA",
        Association = "association",
        Ltd = "Ltd",
        Llp = "LLP",
        SoleTrader = "sole-trader",
    }
}

words! {
    /// What an EI does.
    pub enum Activity {
        Liberal = "liberal",
        Commercial = "commercial",
        Craft = "craft",
    }
}

words! {
    /// The printed order of chosen items.
    #[derive(Default)]
    pub enum Order {
        #[default]
        Importance = "importance",
        Note = "note",
    }
}

words! {
    pub enum SmtpSecurity {
        StartTls = "starttls",
        Tls = "tls",
        /// Only for a loopback host.
        None = "none",
    }
}

/// An entry of `[mentions]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The mention's key: `late_penalties`, `recovery_cost`.
    pub name: &'static str,
    /// Inline Markdown to print instead; None removes the mention.
    pub text: Option<Text>,
    pub place: Place,
}

/// `[brand]`. Colours are `#rrggbb`, lower case.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Path from the workspace root.
    pub logo: Option<Text>,
    pub primary: Option<Text>,
    pub accent: Option<Text>,
    pub ink: Option<Text>,
    pub muted: Option<Text>,
    pub paper: Option<Text>,
    pub heading_font: Option<Text>,
    pub body_font: Option<Text>,
}

/// `[defaults]`.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    pub layout: Option<Text>,
    pub lang: Option<Placed<Locale>>,
    pub valid_days: Option<Placed<u32>>,
    pub payment_days: Option<Placed<u32>>,
    pub order: Order,
    pub reasons: HowMany,
    pub benefits: HowMany,
    /// At most so many references.
    pub references: Option<Placed<u32>>,
    pub currency: Option<Placed<Currency>>,
    pub vat: Option<Placed<Vat>>,
}

/// `[mail]`.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub from: Option<Text>,
    pub follow_up_days: Option<Placed<u32>>,
    pub smtp: Option<Smtp>,
}

/// `[mail.smtp]`.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: Text,
    pub port: Option<Placed<u32>>,
    pub security: Option<Placed<SmtpSecurity>>,
    pub user: Option<Text>,
    pub password: Option<PasswordSource>,
}

/// Where the SMTP password comes from: never a file that the program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSource {
    /// Name of an environment variable.
    Env(Text),
    /// A command and its arguments; its first line of output is the password.
    Command(Vec<Text>),
}

/// An entry of `[[team]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Slug of the name.
    pub id: String,
    pub name: Text,
    pub role: Option<Text>,
    /// Inline Markdown.
    pub bio: Option<Text>,
    /// Path from the workspace root.
    pub portrait: Option<Text>,
}

/// An entry of `[[references]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Slug of the client.
    pub id: String,
    pub client: Text,
    pub what: Option<Text>,
    /// Inline Markdown.
    pub result: Option<Text>,
    pub quote: Option<Text>,
    pub author: Option<Text>,
    /// Needs it speaks to.
    pub tags: Vec<Text>,
}

impl House {
    /// The house in `source`, propale.toml. All its faults go to `diagnostics`; None where TOML's
    /// syntax is broken. A house with other errors is still returned, as far as it could be read.
    pub fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<House> {
        let mut found = Diagnostics::new();
        let house = reader::read(source, &HOUSE, &mut found)
            .map(|reading| House::from_reading(reading, source, &mut found));
        reader::report(found.into_iter().collect(), source, diagnostics);
        house
    }

    fn from_reading(reading: Reading, source: &Arc<Source>, found: &mut Diagnostics) -> House {
        let Reading { mut fields, printed } = reading;
        let mut sender = Sender::from_fields(fields.table("house"), source);
        let house = House {
            mentions: fields.table("mentions").map(|f| mentions(f, found)).unwrap_or_default(),
            brand: fields.table("brand").map(Brand::from_fields).unwrap_or_default(),
            defaults: fields.table("defaults").map(|f| Defaults::from_fields(f, found)).unwrap_or_default(),
            numbering: fields.table("numbering").and_then(numbering),
            mail: fields.table("mail").map(|f| Mail::from_fields(f, found)).unwrap_or_default(),
            team: team(fields.tables("team")),
            references: references(fields.tables("references")),
            printed,
            ..sender
        };
        fields.close();
        house
    }

    /// `legal_name`, else the signatory for an EI or a sole trader, else the name.
    pub fn registered_name(&self) -> &str {
        let person = matches!(
            self.legal_form.as_ref().map(|f| f.value),
            Some(LegalForm::Ei | LegalForm::SoleTrader)
        );
        let signatory = self.signatory.as_ref().filter(|_| person);
        self.legal_name.as_ref().or(signatory).unwrap_or(&self.name)
    }
}

impl Brand {
    /// Custom properties for style sheets, in CSS syntax: `("--brand-primary", "#14324f")`,
    /// `("--brand-heading-font", "\"Source Serif 4\"")`, `("--brand-logo", "url(\"/brand/a.svg\")")`.
    pub fn properties(&self) -> Vec<(&'static str, String)> {
        let plain = [
            ("--brand-primary", &self.primary),
            ("--brand-accent", &self.accent),
            ("--brand-ink", &self.ink),
            ("--brand-muted", &self.muted),
            ("--brand-paper", &self.paper),
        ];
        let fonts =
            [("--brand-heading-font", &self.heading_font), ("--brand-body-font", &self.body_font)];
        let logo = self
            .logo
            .iter()
            .map(|path| ("--brand-logo", format!("url({})", css_string(&format!("/{}", path.value)))));
        let plain = plain.into_iter().filter_map(|(name, v)| Some((name, v.as_ref()?.value.clone())));
        let fonts = fonts.into_iter().filter_map(|(name, v)| Some((name, css_string(v.as_ref()?))));
        logo.chain(plain).chain(fonts).collect()
    }
}

/// A CSS string token that reads back as `text` (CSS Syntax 3 §4.3.5).
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\a "),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
