//! What the law has a proposal say: who sends it, why no VAT is charged, what late payment costs.
//!
//! The texts are data, in a file a country beside this one: they go by the house's country and form, by
//! the document's language and the proposal's date. `[mentions]` of the house puts other words in their
//! place. None of it is legal advice.

pub mod law;

use chrono::NaiveDate;

use self::law::{Buyer, Circumstances, Law};
use super::client::Client;
use super::house::{Country, House, LegalForm, Mention};
use super::identifier::spaced;
use super::markdown::{self, FirstLetter};
use super::pricing::quote::VatCase;
use super::view::{Html, MentionView};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::locale::{Locale, NO_BREAK_SPACE};

/// Keys of `[mentions]`, in the order of printing.
pub const KEYS: [&str; 4] = ["identity", "vat", "late_penalties", "recovery_cost"];

/// What one proposal prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Name, form and capital, register and numbers, address: one paragraph.
    pub identity: Option<Html>,
    /// A paragraph each, where there is a price.
    pub notices: Vec<MentionView>,
}

/// What `client`'s proposal of this `date` must say. `vat` is None without a price. A mention that lacks
/// something the house should have said is a warning with the law that asks for it.
pub fn mentions(
    house: &House,
    client: &Client,
    vat: Option<VatCase>,
    date: NaiveDate,
    locale: Locale,
    diagnostics: &mut Diagnostics,
) -> Mentions {
    let law = Law::of(house.country);
    let circumstances = Circumstances {
        form: house.legal_form.as_ref().map(|form| form.value),
        activity: house.activity.as_ref().map(|activity| activity.value),
        vat,
        buyer: Buyer::of(client, house),
        date,
    };
    missing(law, house, &circumstances, diagnostics);
    outdated(law, house, date, diagnostics);
    let known = |word: &str| fact(word, house, client, locale);
    Mentions {
        identity: match own_words(house, "identity") {
            Some(own) => own.text.as_ref().map(|text| printed(text)),
            None => identity(law, &circumstances, locale, &known),
        },
        notices: notices(law, house, &circumstances, locale, &known),
    }
}

/// The parts of the identity in one line. None where only the name is known: it stands on the cover.
fn identity(
    law: &Law,
    circumstances: &Circumstances,
    locale: Locale,
    known: &dyn Fn(&str) -> Option<String>,
) -> Option<Html> {
    let entries = law.identity.iter().filter(|entry| entry.when.holds(circumstances));
    let html = |entry: &law::Entry| Some(entry.html(&entry.text(locale, known)?, locale, law).0);
    let parts: Vec<String> = entries.filter_map(html).collect();
    let says_more = parts.len() > 1 || circumstances.form.is_some();
    says_more.then(|| Html(parts.join(" · ")))
}

fn notices(
    law: &Law,
    house: &House,
    circumstances: &Circumstances,
    locale: Locale,
    known: &dyn Fn(&str) -> Option<String>,
) -> Vec<MentionView> {
    if circumstances.vat.is_none() {
        return vec![];
    }
    let entries = law.mentions.iter().filter(|entry| entry.when.holds(circumstances));
    let notice = |entry: &law::Entry| {
        let text = match own_words(house, &entry.key) {
            Some(own) => printed(own.text.as_ref()?),
            None => entry.html(&(entry.text(locale, known)? + "."), locale, law),
        };
        Some(MentionView { key: entry.key.clone(), text })
    };
    entries.filter_map(notice).collect()
}

fn own_words<'a>(house: &'a House, key: &str) -> Option<&'a Mention> {
    house.mentions.iter().find(|mention| mention.name == key)
}

fn printed(text: &str) -> Html {
    markdown::inline(text, FirstLetter::AsWritten).html
}

/// What stands for a word in braces, ready to print.
fn fact(word: &str, house: &House, client: &Client, locale: Locale) -> Option<String> {
    let number = |number: &str| spaced(number).replace(' ', &NO_BREAK_SPACE.to_string());
    let value = |text: &Option<super::placed::Text>| text.as_ref().map(|text| text.value.clone());
    match word {
        "name" => Some(house.registered_name().to_string()),
        "trade_name" => (house.name.value != house.registered_name()).then(|| house.name.value.clone()),
        "form" => house.legal_form.as_ref().map(|form| form.value.word().to_string()),
        "capital" => house.capital.as_ref().map(|capital| locale.money_short(capital.value, "EUR")),
        "siren" => siren(house).map(|siren| number(&siren)),
        "siret" => house.siret.as_ref().map(|siret| number(siret)),
        "registry" => registry(house, locale),
        "company_number" => value(&house.company_number),
        "vat_number" => house.vat_number.as_ref().map(|own| number(own)),
        "client_vat_number" => client.company.vat_number.as_ref().map(|own| number(own)),
        "address" => {
            let lines: Vec<&str> = house.address.iter().map(|line| line.value.as_str()).collect();
            (!lines.is_empty()).then(|| lines.join(", "))
        }
        _ => None,
    }
}

/// As written, else the first nine digits of the SIRET.
fn siren(house: &House) -> Option<String> {
    let of_siret = || house.siret.as_ref().map(|siret| siret[..9].to_string());
    house.siren.as_ref().map(|siren| siren.value.clone()).or_else(of_siret)
}

/// The city of the trade register; of a British company, where it is registered, in the document's words:
/// "in Scotland", "en Écosse". Its number tells (Companies House, "Uniform Resource Identifiers Customer Guide",
/// prefixes of numbers) where `registry` does not.
fn registry(house: &House, locale: Locale) -> Option<String> {
    const PARTS: [(&str, &str, &str); 5] = [
        ("England and Wales", "in England and Wales", "en Angleterre et au pays de Galles"),
        ("England", "in England", "en Angleterre"),
        ("Wales", "in Wales", "au pays de Galles"),
        ("Scotland", "in Scotland", "en Écosse"),
        ("Northern Ireland", "in Northern Ireland", "en Irlande du Nord"),
    ];
    let written = house
        .registry
        .as_ref()
        .map(|registry| registry.trim_start_matches("RCS ").trim_start_matches("R.C.S. ").to_string());
    if house.country != Country::Gb {
        return written;
    }
    let number = house.company_number.as_ref()?;
    let of_number = match number.get(..2) {
        Some("SC" | "SO" | "SL") => "Scotland",
        Some("NI" | "NC" | "R0") => "Northern Ireland",
        _ => "England and Wales",
    };
    let written = written.unwrap_or_else(|| of_number.to_string());
    let part = PARTS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&written));
    Some(match (part, locale) {
        (Some((_, _, french)), Locale::Fr) => (*french).to_string(),
        (Some((_, english, _)), _) => (*english).to_string(),
        // any other word is the house's own, and in no grammar
        (None, _) => format!("({written})"),
    })
}

/// Warns of each thing that the law has a house say and that propale.toml does not.
fn missing(law: &Law, house: &House, circumstances: &Circumstances, diagnostics: &mut Diagnostics) {
    if own_words(house, "identity").is_some() {
        return;
    }
    for required in law.required.iter().filter(|required| required.when.holds(circumstances)) {
        let said = match required.field.as_str() {
            "legal_form" => house.legal_form.is_some(),
            "person" => house.legal_name.is_some() || house.signatory.is_some(),
            "activity" => house.activity.is_some(),
            "capital" => house.capital.is_some(),
            "siren" => house.siren.is_some() || house.siret.is_some(),
            "registry" => house.registry.is_some(),
            "company_number" => house.company_number.is_some(),
            "vat_number" => house.vat_number.is_some(),
            "address" => !house.address.is_empty(),
            other => unreachable!("`{other}` is no field of a house, which a test holds"),
        };
        if !said {
            let hint = match &required.hint {
                Some(hint) => hint.clone(),
                None => format!("add `{}` to [house]", required.field),
            };
            let warning = format!("missing mention: {} ({})", required.what, required.source);
            diagnostics.push(Diagnostic::warning(warning).at(house_place(house)).hint(hint));
        }
    }
}

fn house_place(house: &House) -> Place {
    house.name.place.clone()
}

/// Warns of words of the house's own that cite what is no longer the law.
fn outdated(law: &Law, house: &House, date: NaiveDate, diagnostics: &mut Diagnostics) {
    for text in house.mentions.iter().filter_map(|mention| mention.text.as_ref()) {
        if let Some(old) = law.outdated.iter().find(|old| old.until < date && text.contains(&old.cites))
        {
            let warning = format!("`{}` may be cited until {} ({})", old.cites, old.until, old.source);
            diagnostics
                .push(text.warning(warning).hint("leave the key out for the program's own words"));
        }
    }
}

/// What contradicts the house's country, whoever the client is.
pub fn contradictions(house: &House) -> Vec<Diagnostic> {
    let law = Law::of(house.country);
    let mut found = vec![];
    if let Some(form) = &house.legal_form
        && !law.forms.iter().any(|known| known == form.value.word())
    {
        let country = &law.country;
        found.push(
            form.error(format!("a house of {country} has no legal form `{}`", form.value.word()))
                .hint(format!("{country} has {}; `country` says whose law it is", law.forms.join(", "))),
        );
    }
    let written: [(&str, Option<Place>); 5] = [
        ("siren", house.siren.as_ref().map(|own| own.place.clone())),
        ("siret", house.siret.as_ref().map(|own| own.place.clone())),
        ("activity", house.activity.as_ref().map(|own| own.place.clone())),
        ("capital", house.capital.as_ref().map(|own| own.place.clone())),
        ("company_number", house.company_number.as_ref().map(|own| own.place.clone())),
    ];
    for (key, place) in written {
        if let Some(place) = place.filter(|_| law.foreign_keys.iter().any(|foreign| foreign == key)) {
            let warning = format!("`{key}` is not printed for a house of {}", law.country);
            found.push(Diagnostic::warning(warning).at(place));
        }
    }
    // Companies Act 2006 s. 59: a private company's name ends in "limited" or "ltd.", of a Welsh one in
    // "cyfyngedig" or "cyf."
    let registered = house.registered_name();
    let last = registered.split_whitespace().next_back().unwrap_or("").trim_end_matches('.');
    let is_limited =
        ["limited", "ltd", "cyfyngedig", "cyf"].iter().any(|ending| last.eq_ignore_ascii_case(ending));
    if let Some(form) = house.legal_form.as_ref().filter(|form| form.value == LegalForm::Ltd)
        && house.country == Country::Gb
        && !is_limited
        && !registered.is_empty()
    {
        let place = house.legal_name.as_ref().map_or(&form.place, |name| &name.place);
        let warning = format!("the name of a Ltd ends in Ltd or Limited, found `{registered}`");
        found.push(
            Diagnostic::warning(format!("{warning} (Companies Act 2006 s. 59)"))
                .at(place.clone())
                .hint(format!("write the name as registered: `legal_name = \"{registered} Ltd\"`")),
        );
    }
    let unregistered = house.activity.as_ref().is_some_and(|own| own.value.word() == "liberal");
    if house.legal_form.as_ref().is_some_and(|form| form.value == LegalForm::Ei)
        && unregistered
        && let Some(registry) = &house.registry
    {
        found.push(
            registry
                .warning("an EI in a profession libérale is in no trade register: none is printed")
                .hint("leave `registry` out, or say `activity = \"commercial\"`"),
        );
    }
    found
}
