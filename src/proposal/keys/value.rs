//! One scalar value: what was found, what is expected, and its normal form.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{Format, Kind};
use crate::diagnostic::{excerpt, nearest};
use crate::locale::Locale;
use crate::proposal::house::Country;
use crate::proposal::identifier;
use crate::proposal::numbering::Pattern;

/// What is wrong with a value. The message goes on after "`key` must ".
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub message: String,
    pub hint: Option<String>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }
}

/// "text in quotes": what may be written, after "must be ".
pub(super) fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Sentences | Kind::Private | Kind::Word | Kind::Path => {
            "text in quotes".into()
        }
        Kind::Format(Format::Colour) => "a colour such as \"#14324f\"".into(),
        Kind::Format(_) => "text in quotes".into(),
        Kind::Choice(words) => one_of(words),
        Kind::Amount => "a number, at least 0".into(),
        Kind::Percent => "a percentage from 0 to 100".into(),
        Kind::Whole(min, max) => format!("a whole number from {min} to {max}"),
        Kind::Flag => "true or false".into(),
        Kind::Date => "a date such as 2026-11-22".into(),
        Kind::Vat => format!("a percentage from 0 to 100, or {}", one_of(VAT_WORDS)),
        Kind::Mention => "text in quotes, or false".into(),
        Kind::List(_) => "a list such as [\"…\", \"…\"]".into(),
        Kind::Table(_) | Kind::Texts => "a table".into(),
        Kind::Tables(_) => "a list of tables".into(),
    }
}

/// The words that may stand for a VAT rate.
pub(super) const VAT_WORDS: &[&str] = &["franchise", "reverse-charge", "outside-eu"];

fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".into(),
        [only] => format!("\"{only}\""),
        [most @ .., last] => format!(
            "{} or \"{last}\"",
            most.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// "the number 85": what stands in the file.
pub(super) fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.is_empty() => "an empty text".into(),
        DeValue::String(text) => format!("the text \"{}\"", excerpt(text)),
        DeValue::Integer(number) => format!("the number {}", excerpt(&number.to_string())),
        DeValue::Float(number) => format!("the number {}", excerpt(number.as_str())),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(date) if date.date.is_none() => format!("the time {date}"),
        DeValue::Datetime(date) if date.time.is_some() => format!("the date and time {date}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(list) if list.iter().any(|entry| entry.get_ref().is_table()) => {
            "a list of tables".into()
        }
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// `text` without white space around it; an error where it has characters that nobody can print.
pub(super) fn text(text: &str, lines: Lines) -> Result<String, Fault> {
    for c in text.chars() {
        match c {
            '\n' | '\t' if lines == Lines::Many => {}
            // U+2028 and U+2029 end a line as a newline does (Unicode, Newline Guidelines §5.8).
            '\n' | '\u{2028}' | '\u{2029}' if lines == Lines::One => {
                return Err(Fault::new("be one line, found a line break"));
            }
            _ if c.is_control() || is_noncharacter(c) => {
                return Err(Fault::new(format!(
                    "have no control characters, found U+{:04X}",
                    u32::from(c)
                )));
            }
            _ => {}
        }
    }
    Ok(text.trim().to_owned())
}

/// Code points that are never characters (Unicode §23.7); XML, which carries the metadata, refuses some.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// A path from the workspace root. What leads out of it as written is refused here, where the key is
/// known; a link that does is found when the file is read.
pub(super) fn path(text: &str) -> Result<String, Fault> {
    const HINT: &str = "paths are from the workspace root, such as brand/logo.svg";
    if text.contains('\\') {
        return Err(Fault::new(format!("be written with /, found `{}`", excerpt(text))).hint(HINT));
    }
    if text.contains("://") || text.starts_with("data:") {
        let found = excerpt(text);
        return Err(Fault::new(format!(
            "be a path in the workspace: nothing is fetched from `{found}`"
        ))
        .hint(HINT));
    }
    let mut depth = 0_i32;
    let within = text.split('/').all(|part| {
        depth += match part {
            ".." => -1,
            "" | "." => 0,
            _ => 1,
        };
        depth >= 0
    });
    if within && !text.starts_with('/') {
        return Ok(text.to_owned());
    }
    let found = excerpt(text);
    Err(Fault::new(format!("be a path in the workspace: `{found}` leads out of the workspace"))
        .hint(HINT))
}

/// `text`, checked, in its normal form.
pub(super) fn format(format: Format, text: &str) -> Result<String, Fault> {
    match format {
        Format::Lang => match Locale::from_tag(text) {
            Some(locale) => Ok(locale.tag().to_owned()),
            None => Err(Fault::new(format!("be {}, found \"{}\"", one_of(LANGS), excerpt(text)))),
        },
        Format::Country => country(text),
        Format::Siren => identifier::siren(text).map_err(Fault::new),
        Format::Siret => identifier::siret(text).map_err(Fault::new),
        Format::VatNumber => identifier::vat_number(text).map_err(|message| {
            let fault = Fault::new(message);
            match identifier::meant_vat_prefix(text) {
                Some(prefix) => fault.hint(format!("did you mean `{prefix}`?")),
                None => fault,
            }
        }),
        Format::CompanyNumber => identifier::company_number(text).map_err(Fault::new),
        Format::Email => email(text).map(|()| text.to_owned()),
        Format::Mailbox => mailbox(text),
        Format::Colour => colour(text),
        Format::NumberPattern => match Pattern::parse(text) {
            Ok(_) => Ok(text.to_owned()),
            Err(message) => Err(Fault::new(message)),
        },
    }
}

const LANGS: &[&str] = &["fr", "en", "en-GB", "en-US"];

fn country(text: &str) -> Result<String, Fault> {
    let upper = text.to_uppercase();
    if identifier::is_country(&upper) {
        return Ok(upper);
    }
    let fault =
        Fault::new(format!("be a country's ISO code of two letters, found \"{}\"", excerpt(text)));
    Err(match upper.as_str() {
        "UK" => fault.hint("the United Kingdom is \"GB\""),
        "EL" => fault.hint("Greece is \"GR\""),
        _ => fault,
    })
}

/// The addr-spec that people have: a dot-atom (RFC 5322 §3.4.1, with RFC 6532's letters of any script),
/// an @, and a domain with a dot. Comments, quoted local parts and domain literals are refused.
fn email(text: &str) -> Result<(), Fault> {
    let fault =
        |why: &str| Err(Fault::new(format!("be an e-mail address, found \"{}\": {why}", excerpt(text))));
    let Some((local, domain)) = text.rsplit_once('@') else {
        return fault("it has no @");
    };
    // RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all.
    if local.len() > 64 || text.len() > 254 {
        return fault("it is too long");
    }
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    if local.split('.').any(|part| part.is_empty() || !part.chars().all(atom)) {
        return fault("what stands before the @ cannot be");
    }
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if !domain.contains('.') || !domain.split('.').all(label) {
        return fault("what stands after the @ is no domain");
    }
    Ok(())
}

/// `Name <address>`, or an address alone.
fn mailbox(text: &str) -> Result<String, Fault> {
    let address = match text.split_once('<') {
        None => text,
        Some((_, rest)) => match rest.strip_suffix('>') {
            Some(address) => address,
            None => {
                return Err(Fault::new(format!("be \"Name <address>\", found \"{}\"", excerpt(text))));
            }
        },
    };
    email(address).map(|()| text.to_owned())
}

fn colour(text: &str) -> Result<String, Fault> {
    let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    match hex {
        Some(hex) if hex.len() == 6 => Ok(text.to_lowercase()),
        Some(hex) if hex.len() == 3 => {
            Ok(format!("#{}", hex.chars().flat_map(|c| [c, c]).collect::<String>()).to_lowercase())
        }
        _ => Err(Fault::new(format!("be a colour such as \"#14324f\", found \"{}\"", excerpt(text)))),
    }
}

/// One of `words`.
pub(super) fn choice(words: &[&str], text: &str) -> Result<String, Fault> {
    if words.contains(&text) {
        return Ok(text.to_owned());
    }
    let fault = Fault::new(format!("be {}, found \"{}\"", one_of(words), excerpt(text)));
    Err(match nearest(text, words.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
        // The one choice that is short for want of knowledge, not of sense.
        None if words == Country::WORDS => {
            fault.hint("what another country's law has a proposal say is not known to this version")
        }
        None => fault,
    })
}

/// The number that `value` is, exactly as it was written; None where it is no number at all.
pub(super) fn decimal(value: &DeValue<'_>) -> Option<Result<Decimal, Fault>> {
    let digits = match value {
        DeValue::Integer(number) if number.radix() != 10 => {
            return Some(Err(Fault::new(format!("be written in decimal, found {number}"))));
        }
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::String(text) => match two_readings(text) {
            Some((thousands, decimals)) => {
                return Some(Err(Fault::new(format!(
                    "be one number: \"{}\" reads as {thousands} and as {decimals}",
                    excerpt(text)
                ))
                .hint(format!("write {thousands} or {decimals}, without quotes"))));
            }
            None => digits_of(text)?,
        },
        _ => return None,
    };
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    if digits.contains(|c: char| c.is_ascii_alphabetic()) {
        return Some(Err(Fault::new(format!("be written out in digits, found {}", excerpt(digits)))));
    }
    Some(Decimal::from_str_exact(digits).map(|number| number.normalize()).map_err(|_| {
        Fault::new(format!("have fewer digits than {}, to be reckoned exactly", excerpt(digits)))
    }))
}

/// Both numbers that a text such as "1.250" or "1,250" can be: its mark may group thousands, or begin
/// decimals.
fn two_readings(text: &str) -> Option<(String, String)> {
    let (whole, rest) = text.trim().split_once(['.', ','])?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let groups = matches!(whole.len(), 1..=3) && !whole.starts_with('0') && rest.len() == 3;
    (groups && digits(whole) && digits(rest)).then(|| {
        let decimals = format!("{whole}.{rest}");
        let decimals = decimals.trim_end_matches('0').trim_end_matches('.');
        (format!("{whole}{rest}"), decimals.to_owned())
    })
}

/// The number in a text such as "1 250,50": spaces may group digits, and the decimal mark is a point, or
/// a comma before one or two digits.
fn digits_of(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = match bare.split_once(',') {
        Some((whole, decimals)) if matches!(decimals.len(), 1 | 2) => format!("{whole}.{decimals}"),
        _ => bare,
    };
    let (whole, decimals) = bare.split_once('.').unwrap_or((&bare, "0"));
    let unsigned = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(unsigned) && digits(decimals)).then_some(bare)
}

/// The day that `value` is; None where it is none.
pub(super) fn date(value: &DeValue<'_>) -> Option<NaiveDate> {
    let DeValue::Datetime(datetime) = value else { return None };
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}
