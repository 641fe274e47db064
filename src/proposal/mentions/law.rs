//! The law as data: one file a country, with texts, their sources and the days between which they hold.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use crate::locale::Locale;
use crate::proposal::client::Client;
use crate::proposal::house::{Activity, Country, House, LegalForm};
use crate::proposal::pricing::quote::VatCase;
use crate::proposal::view::Html;

/// What one country asks of a proposal. Made from a file that is part of the program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Legal forms that a house of this country can have.
    pub forms: Vec<String>,
    /// Keys of `[house]` that mean nothing in this country, so that none is printed.
    pub foreign_keys: Vec<String>,
    /// `eu` or `gb`: where VAT is the house's own.
    pub vat_area: String,
    /// Whether a house whose turnover is below the VAT threshold has a VAT number all the same.
    pub franchise_has_number: bool,
    /// What asks for the reason of a rate of 0 %; None where nothing does.
    pub zero_rate: Option<String>,
    pub payment: Vec<PaymentTerm>,
    pub required: Vec<Required>,
    pub identity: Vec<Entry>,
    #[serde(rename = "mention")]
    pub mentions: Vec<Entry>,
    #[serde(default)]
    pub outdated: Vec<Outdated>,
}

/// How many days a buyer may take to pay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentTerm {
    pub buyer: Buyer,
    /// From the invoice.
    pub days: u32,
    /// From the end of the month; None where it may not be counted so.
    pub end_of_month: Option<u32>,
    pub source: String,
}

/// Something that the house must say.
#[derive(Debug, Deserialize)]
pub struct Required {
    /// A key of `[house]`, or `person`: the natural person's name.
    pub field: String,
    /// What it is, in words.
    pub what: String,
    pub source: String,
    /// Another hint than to add the key.
    pub hint: Option<String>,
    #[serde(flatten)]
    pub when: When,
}

/// A text that is printed.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// What `[mentions]` calls it; parts of the identity have none.
    #[serde(default)]
    pub key: String,
    /// The fullest first.
    pub fr: Vec<String>,
    pub en: Vec<String>,
    /// Words in them that stay in the law's own language, whatever the text's.
    #[serde(default)]
    pub untranslated: Vec<String>,
    pub source: String,
    #[serde(flatten)]
    pub when: When,
}

/// A reference that a text may no longer make after a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outdated {
    pub cites: String,
    #[serde(deserialize_with = "day")]
    pub until: NaiveDate,
    pub source: String,
}

/// On what something depends; what is None holds always.
#[derive(Debug, Default, Deserialize)]
pub struct When {
    /// Legal forms; `none` is a house that does not say its own.
    pub forms: Option<Vec<String>>,
    /// Activities of an EI; `none` likewise.
    pub activities: Option<Vec<String>>,
    pub vat: Option<Vec<String>>,
    pub buyer: Option<Buyer>,
    #[serde(default, deserialize_with = "some_day")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[serde(default, deserialize_with = "some_day")]
    pub until: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Buyer {
    Private,
    Public,
}

impl Buyer {
    /// A public buyer abroad pays by the rules of its own country, which are not known here.
    pub fn of(client: &Client, house: &House) -> Buyer {
        let country = client.company.country.as_ref();
        match client.company.public && country.is_none_or(|code| code.value == house.country.word()) {
            true => Buyer::Public,
            false => Buyer::Private,
        }
    }
}

/// What a text can depend on, for one proposal.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    pub form: Option<LegalForm>,
    pub activity: Option<Activity>,
    /// None without a price.
    pub vat: Option<VatCase>,
    pub buyer: Buyer,
    /// The proposal's.
    pub date: NaiveDate,
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let day = toml::value::Datetime::deserialize(from)?;
    day.to_string().parse().map_err(serde::de::Error::custom)
}

fn some_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    day(from).map(Some)
}

impl Law {
    /// The law that a house of this country follows.
    pub fn of(country: Country) -> &'static Law {
        static FR: LazyLock<Law> = LazyLock::new(|| read(include_str!("fr.toml")));
        static GB: LazyLock<Law> = LazyLock::new(|| read(include_str!("gb.toml")));
        match country {
            Country::Fr => &FR,
            Country::Gb => &GB,
        }
    }

    /// The language that it is written in.
    pub fn language(&self) -> Locale {
        if self.country == Country::Gb.word() { Locale::EnGb } else { Locale::Fr }
    }

    /// How late this buyer may pay.
    pub fn payment_term(&self, buyer: Buyer) -> &PaymentTerm {
        let of_buyer = self.payment.iter().find(|term| term.buyer == buyer);
        of_buyer.expect("every file says it for both kinds of buyer, which a test holds")
    }
}

fn read(text: &str) -> Law {
    toml::from_str(text).expect("the program's own file of mentions, which a test reads")
}

impl When {
    /// Whether it holds in `these` circumstances.
    pub fn holds(&self, these: &Circumstances) -> bool {
        let among = |list: &Option<Vec<String>>, word: &str| {
            list.as_ref().is_none_or(|words| words.iter().any(|known| known == word))
        };
        among(&self.forms, these.form.map_or("none", LegalForm::word))
            && among(&self.activities, these.activity.map_or("none", Activity::word))
            && self.vat.as_ref().is_none_or(|cases| {
                these.vat.is_some_and(|vat| cases.iter().any(|case| case == vat.word()))
            })
            && self.buyer.is_none_or(|buyer| buyer == these.buyer)
            && self.from.is_none_or(|from| from <= these.date)
            && self.until.is_none_or(|until| these.date <= until)
    }
}

impl Entry {
    /// A text of this entry in `locale` as HTML: of words that are in another language it says which.
    pub fn html(&self, text: &str, locale: Locale, law: &Law) -> Html {
        let mut html = Html::escaped(text);
        let lang = law.language();
        if lang.language() != locale.language() {
            for words in &self.untranslated {
                let Html(words) = Html::escaped(words);
                let marked = format!("<span lang=\"{}\">{words}</span>", lang.tag());
                html.0 = html.0.replace(&words, &marked);
            }
        }
        html
    }

    /// The fullest text in this language whose words in braces `known` gives; None where each lacks one.
    pub fn text(&self, locale: Locale, known: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let texts = match locale {
            Locale::Fr => &self.fr,
            Locale::EnGb | Locale::EnUs => &self.en,
        };
        texts.iter().find_map(|text| filled(text, known))
    }
}

/// `text` with its words in braces replaced; None where one is not known.
fn filled(text: &str, known: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        let (word, after) = after.split_once('}')?;
        out += plain;
        out += &known(word)?;
        rest = after;
    }
    Some(out + rest)
}
