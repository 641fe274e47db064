//! The house: who sends, its brand and its defaults, from propale.toml.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::client::HowMany;
use super::identifier;
use super::keys::fields::{Fields, Value};
use super::keys::house::HOUSE;
use super::keys::reader::{self, Reading};
use super::mentions;
use super::numbering::Pattern;
use super::placed::{Placed, Text};
use super::pricing::{Currency, Vat};
use super::slug::slug;
use super::words::words;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source, excerpt};
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
    /// The mention's key, one of [`mentions::KEYS`].
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
    /// Whether something in this table could not be read, and was reported: then nothing here is missing.
    pub faulty: bool,
}

/// `[mail.smtp]`.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: Text,
    pub port: Option<Placed<u32>>,
    pub security: Option<Placed<SmtpSecurity>>,
    /// Seconds that the server may be silent.
    pub timeout: Option<Placed<u32>>,
    /// Path from the workspace root of certificates to trust beside the usual ones.
    pub ca: Option<Text>,
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
    /// Of `role` and `bio`; see [`House::language_of`] for its default.
    pub lang: Option<Placed<Locale>>,
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
    /// Of all its words; see [`House::language_of`] for its default.
    pub lang: Option<Placed<Locale>>,
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
        let mut found = vec![];
        let house = reader::read(source, &HOUSE, &mut found)
            .map(|reading| House::from_reading(reading, source, &mut found));
        reader::report(found, source, diagnostics);
        house
    }

    fn from_reading(reading: Reading, source: &Arc<Source>, found: &mut Vec<Diagnostic>) -> House {
        let Reading { mut fields, printed } = reading;
        let mut house = match fields.table("house") {
            Some(sender) => House::from_sender(sender, source),
            None => House::nameless(source),
        };
        house.mentions = fields.table("mentions").map(|f| own_mentions(f, found)).unwrap_or_default();
        house.brand = fields.table("brand").map(Brand::from_fields).unwrap_or_default();
        house.defaults =
            fields.table("defaults").map(|f| Defaults::from_fields(f, found)).unwrap_or_default();
        house.numbering = fields.table("numbering").and_then(numbering);
        house.mail = fields.table("mail").map(|f| Mail::from_fields(f, found)).unwrap_or_default();
        house.team = team(fields.tables("team"));
        house.references = references(fields.tables("references"));
        house.printed = printed;
        fields.close();
        found.extend(identifier::disagreement(house.siren.as_ref(), house.vat_number.as_ref()));
        found.extend(identifier::disagreement(house.siren.as_ref(), house.siret.as_ref()));
        found.extend(mentions::contradictions(&house));
        house
    }

    /// A house without a name, which has been reported.
    fn nameless(source: &Arc<Source>) -> House {
        House {
            source: source.clone(),
            name: Placed::new(String::new(), Place::new(source, 0..0)),
            signatory: None,
            country: Country::default(),
            legal_form: None,
            legal_name: None,
            activity: None,
            company_number: None,
            capital: None,
            siren: None,
            siret: None,
            registry: None,
            vat_number: None,
            address: vec![],
            email: None,
            phone: None,
            site: None,
            terms: None,
            mentions: vec![],
            brand: Brand::default(),
            defaults: Defaults::default(),
            numbering: None,
            mail: Mail::default(),
            team: vec![],
            references: vec![],
            printed: vec![],
        }
    }

    /// `[house]`.
    fn from_sender(mut fields: Fields, source: &Arc<Source>) -> House {
        let nameless = House::nameless(source);
        let house = House {
            name: fields.text("name").unwrap_or(nameless.name),
            signatory: fields.text("signatory"),
            country: fields.parsed("country", Country::from_word).map(|c| c.value).unwrap_or_default(),
            legal_form: fields.parsed("legal_form", LegalForm::from_word),
            legal_name: fields.text("legal_name"),
            activity: fields.parsed("activity", Activity::from_word),
            company_number: fields.text("company_number"),
            capital: fields.number("capital"),
            siren: fields.text("siren"),
            siret: fields.text("siret"),
            registry: fields.text("registry"),
            vat_number: fields.text("vat_number"),
            address: fields.list("address").unwrap_or_default(),
            email: fields.text("email"),
            phone: fields.text("phone"),
            site: fields.text("site"),
            terms: fields.text("terms"),
            ..nameless
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

    /// The language of a text of the house's: its own if it says one, else that of `[defaults]`. None where
    /// nobody says: nothing may then be concluded.
    pub fn language_of(&self, own: Option<&Placed<Locale>>) -> Option<Locale> {
        own.or(self.defaults.lang.as_ref()).map(|lang| lang.value)
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

/// One that is only written `false` is removed from what is printed, which is worth a warning.
fn own_mentions(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Vec<Mention> {
    let mut mentions = vec![];
    for name in mentions::KEYS {
        let Some(Placed { value, place }) = fields.value(name) else { continue };
        let text = match value {
            Value::Text(text) => Some(Placed::new(text, place.clone())),
            _ => {
                found.push(
                    Diagnostic::warning(format!("the mention `{name}` is removed"))
                        .at(place.clone())
                        .hint("where there is a price, the law may ask for it"),
                );
                None
            }
        };
        mentions.push(Mention { name, text, place });
    }
    fields.close();
    mentions
}

impl Brand {
    fn from_fields(mut fields: Fields) -> Brand {
        let brand = Brand {
            logo: fields.text("logo"),
            primary: fields.text("primary"),
            accent: fields.text("accent"),
            ink: fields.text("ink"),
            muted: fields.text("muted"),
            paper: fields.text("paper"),
            heading_font: fields.text("heading_font"),
            body_font: fields.text("body_font"),
        };
        fields.close();
        brand
    }
}

impl Defaults {
    fn from_fields(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Defaults {
        let defaults = Defaults {
            layout: fields.text("layout"),
            lang: fields.parsed("lang", Locale::from_tag),
            valid_days: fields.whole("valid_days"),
            payment_days: fields.whole("payment_days"),
            order: fields.parsed("order", Order::from_word).map(|o| o.value).unwrap_or_default(),
            reasons: HowMany::from_fields(fields.table("reasons"), found),
            benefits: HowMany::from_fields(fields.table("benefits"), found),
            references: fields.whole("references"),
            currency: fields.parsed("currency", Currency::from_word),
            vat: fields.value("vat").and_then(Vat::from_value),
        };
        fields.close();
        defaults
    }
}

fn numbering(mut fields: Fields) -> Option<Placed<Pattern>> {
    let pattern = fields.parsed("pattern", |text| Pattern::parse(text).ok());
    fields.close();
    pattern
}

impl Mail {
    fn from_fields(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Mail {
        let mail = Mail {
            from: fields.text("from"),
            follow_up_days: fields.whole("follow_up_days"),
            smtp: fields.table("smtp").and_then(|fields| Smtp::from_fields(fields, found)),
            faulty: fields.faulty,
        };
        fields.close();
        mail
    }
}

impl Smtp {
    fn from_fields(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Option<Smtp> {
        let host = fields.text("host");
        let port = fields.whole("port");
        let security = fields.parsed("security", SmtpSecurity::from_word);
        let timeout = fields.whole("timeout");
        let ca = fields.text("ca");
        let user = fields.text("user");
        let env = fields.text("password_env");
        let command = fields.list("password_command").filter(|words| !words.is_empty());
        fields.close();
        if let (Some(env), Some(_)) = (&env, &command) {
            found.push(env.error("`password_env` and `password_command` are both given: keep one"));
        }
        let password = env.map(PasswordSource::Env).or_else(|| command.map(PasswordSource::Command));
        let host = host?;
        if let Some(security) = security.as_ref().filter(|s| s.value == SmtpSecurity::None)
            && !is_loopback(&host)
        {
            found.push(security.error(format!(
                "`security` may be \"none\" only for a loopback host, found \"{}\"",
                excerpt(&host)
            )));
        }
        Some(Smtp { host, port, security, timeout, ca, user, password })
    }
}

impl Smtp {
    /// What is said; else STARTTLS, and nothing for a server on this very machine.
    pub fn security(&self) -> SmtpSecurity {
        match &self.security {
            Some(said) => said.value,
            None if is_loopback(&self.host) => SmtpSecurity::None,
            None => SmtpSecurity::StartTls,
        }
    }
}

/// Names and addresses that cannot leave this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// One without a name has been reported, and is left out.
fn team(tables: Vec<Fields>) -> Vec<Member> {
    let mut ids = Ids::default();
    let member = |mut fields: Fields| {
        let name = fields.text("name");
        let lang = fields.parsed("lang", Locale::from_tag);
        let role = fields.text("role");
        let bio = fields.text("bio");
        let portrait = fields.text("portrait");
        fields.close();
        let name = name?;
        Some(Member { id: ids.id(&name), name, lang, role, bio, portrait })
    };
    tables.into_iter().filter_map(member).collect()
}

/// One without a client has been reported, and is left out.
fn references(tables: Vec<Fields>) -> Vec<Reference> {
    let mut ids = Ids::default();
    let reference = |mut fields: Fields| {
        let client = fields.text("client");
        let lang = fields.parsed("lang", Locale::from_tag);
        let what = fields.text("what");
        let result = fields.text("result");
        let quote = fields.text("quote");
        let author = fields.text("author");
        let tags = fields.list("tags").unwrap_or_default();
        fields.close();
        let client = client?;
        Some(Reference { id: ids.id(&client), client, lang, what, result, quote, author, tags })
    };
    tables.into_iter().filter_map(reference).collect()
}

/// Ids made from names: the second of one slug gets `-2`, the third `-3`.
#[derive(Default)]
struct Ids(BTreeMap<String, u32>);

impl Ids {
    fn id(&mut self, name: &str) -> String {
        let slug = slug(name);
        let count = self.0.entry(slug.clone()).or_default();
        *count += 1;
        match *count {
            1 => slug,
            again => format!("{slug}-{again}"),
        }
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
