//! Numbers that the state gives to firms: checked where their keys allow it, in one normal form.
//!
//! Each check takes what a person writes (spaces, points and hyphens between the digits are free) and
//! gives the bare number, or says what is wrong after "must": "have nine digits, found 8".

use super::placed::Text;
use crate::diagnostic::{Diagnostic, excerpt};

/// France's number of a firm: nine digits that pass Luhn's check (ISO/IEC 7812-1 annex B).
pub fn siren(text: &str) -> Result<String, String> {
    let digits = digits(text, 9, "nine")?;
    if luhn(&digits) { Ok(digits) } else { Err(wrong_key(text)) }
}

/// France's number of one establishment: the SIREN and five digits, with a Luhn sum of its own. The
/// establishments of La Poste are too many for it: there the plain sum is a multiple of 5 (INSEE,
/// "identifiants SIREN et SIRET").
pub fn siret(text: &str) -> Result<String, String> {
    const LA_POSTE: &str = "356000000";
    let digits = digits(text, 14, "fourteen")?;
    let plain_sum: u32 = digits.bytes().map(|d| u32::from(d - b'0')).sum();
    let own = luhn(&digits) || digits.starts_with(LA_POSTE) && plain_sum.is_multiple_of(5);
    if own && luhn(&digits[..9]) { Ok(digits) } else { Err(wrong_key(text)) }
}

/// A VAT number: of an EU member, of Northern Ireland (XI), Great Britain or Switzerland. The form is
/// that of the member (Commission, VIES FAQ Q11); of a French one with a key in digits, and of a British, German
/// or Italian one, the key too. Other members publish no algorithm, or several: there the form is all.
pub fn vat_number(text: &str) -> Result<String, String> {
    let bare: String = bare(text).to_uppercase();
    let Some((prefix, rest)) = bare.split_at_checked(2) else {
        return Err(format!("begin with the country's two letters, found `{}`", excerpt(text)));
    };
    let Some((_, form)) = VAT_FORMS.iter().find(|(country, _)| *country == prefix) else {
        return Err(match prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            true => {
                format!(
                    "begin with the letters of a country that has VAT numbers, found `{}`",
                    excerpt(prefix)
                )
            }
            false => format!("begin with the country's two letters, found `{}`", excerpt(text)),
        });
    };
    if !form.split_whitespace().any(|form| fits(rest, form)) {
        return Err(format!("have the form {}, found `{}`", spelled(prefix, form), excerpt(text)));
    }
    let own_key = match prefix {
        "FR" => french_vat(rest).is_ok(),
        "GB" | "XI" => british_vat(rest),
        "DE" => iso_7064_mod_11_10(rest),
        // the last of its eleven digits is Luhn's (decreto 23 dicembre 1976, art. 1)
        "IT" => luhn(rest),
        _ => true,
    };
    if own_key { Ok(bare) } else { Err(wrong_key(text)) }
}

/// Two characters and the SIREN. A key in digits is (12 + 3 × (SIREN mod 97)) mod 97; one with letters
/// is not computable from the SIREN alone.
fn french_vat(rest: &str) -> Result<(), ()> {
    let (key, number) = rest.split_at(2);
    siren(number).map_err(drop)?;
    let number: u32 = number.parse().map_err(drop)?;
    match key.parse::<u32>() {
        Ok(key) if key != (12 + 3 * (number % 97)) % 97 => Err(()),
        _ => Ok(()),
    }
}

/// Seven digits, weighted from 8 down to 2, and two more as a number: their sum is a multiple of 97, or
/// is one with 55 added (HMRC's numbers since 2010). Three more digits name a branch; those of government
/// departments and health authorities have no check digits.
fn british_vat(rest: &str) -> bool {
    let Some(number) = rest.get(..9).filter(|number| number.bytes().all(|b| b.is_ascii_digit())) else {
        return true;
    };
    let digits = number.bytes().map(|b| u32::from(b - b'0'));
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 1];
    let sum: u32 = digits.zip(weights).map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)
}

/// Whether the last digit is the check digit of those before (ISO/IEC 7064, MOD 11,10), as in German numbers
/// (Bundeszentralamt für Steuern, "Prüfziffernberechnung").
fn iso_7064_mod_11_10(digits: &str) -> bool {
    let (Some(check), before) = (digits.bytes().last(), &digits[..digits.len().saturating_sub(1)])
    else {
        return false;
    };
    let rest = before.bytes().fold(10, |product, digit| {
        let sum = (u32::from(digit - b'0') + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - rest) % 10 == u32::from(check - b'0')
}

/// The country's letters that a VAT number should begin with, where it begins with others that people
/// write for the same country.
pub fn meant_vat_prefix(text: &str) -> Option<&'static str> {
    match bare(text).to_uppercase().get(..2)? {
        "GR" => Some("EL"),
        "UK" => Some("GB"),
        _ => None,
    }
}

/// Whether a VAT number in normal form can be that of a firm in this country, by its ISO code: Greece's begin
/// with EL, and the United Kingdom's with XI in Northern Ireland.
pub fn is_vat_number_of(vat_number: &str, country: &str) -> bool {
    match vat_number.get(..2).unwrap_or_default() {
        "EL" => country == "GR",
        "XI" => country == "GB",
        "FR" => country == "FR" || country == "MC",
        prefix => country == prefix,
    }
}

/// The country of a VAT number in normal form, by its ISO code.
pub fn country_of_vat_number(vat_number: &str) -> &str {
    match vat_number.get(..2).unwrap_or_default() {
        "EL" => "GR",
        "XI" => "GB",
        prefix => prefix,
    }
}

/// Whether a VAT number in normal form is that of a member of the European Union. Northern Ireland (XI)
/// belongs to its VAT area for goods alone (Commission, VIES FAQ).
pub fn is_of_eu_member(vat_number: &str) -> bool {
    let prefix = vat_number.get(..2).unwrap_or_default();
    VAT_FORMS.iter().any(|(country, _)| *country == prefix) && !matches!(prefix, "GB" | "XI" | "CH")
}

/// Whether a country, by its ISO code, is a member of the European Union, whose letter for Greece is
/// another than that of VAT numbers.
pub fn is_eu_member(country: &str) -> bool {
    is_of_eu_member(if country == "GR" { "EL" } else { country })
}

/// The SIREN within a French VAT number in normal form.
pub fn siren_of_vat_number(number: &str) -> Option<&str> {
    number.strip_prefix("FR").and_then(|rest| rest.get(2..))
}

/// An error where two numbers of one firm hold different SIRENs. `other` is a SIRET or a VAT number in
/// normal form.
pub fn disagreement(siren: Option<&Text>, other: Option<&Text>) -> Option<Diagnostic> {
    let (siren, other) = (siren?, other?);
    let within = match siren_of_vat_number(other) {
        Some(within) => within,
        None if other.len() == 14 => other.get(..9)?,
        None => return None,
    };
    (within != siren.as_str()).then(|| {
        other.error(format!(
            "this number holds the SIREN {}, but `siren` is {}",
            spaced(within),
            spaced(siren)
        ))
    })
}

/// Companies House: eight characters, digits alone or a known prefix and six digits, the last of which may be R
/// in a society's. Of digits alone the zeros in front may be left out where six or seven stay, as on
/// old certificates. There are no check digits.
pub fn company_number(text: &str) -> Result<String, String> {
    let bare = bare(text).to_uppercase();
    let only_digits = bare.bytes().all(|b| b.is_ascii_digit());
    let eight = if only_digits && bare.len() >= 6 { format!("{bare:0>8}") } else { bare };
    let is_form = ["99999999", "AA999999", "R9999999", "AA99999R"].iter().any(|form| fits(&eight, form));
    if !is_form || eight.bytes().all(|b| !matches!(b, b'1'..=b'9')) {
        return Err(format!(
            "have eight digits, or two letters and six digits, found `{}`",
            excerpt(text)
        ));
    }
    let prefix = &eight[..2];
    let is_society = matches!(prefix, "IP" | "SP" | "RS" | "NP");
    let known = COMPANY_PREFIXES.split_ascii_whitespace().any(|known| known == prefix);
    if prefix.bytes().all(|b| b.is_ascii_digit()) || known && (is_society || !eight.ends_with('R')) {
        Ok(eight)
    } else {
        Err(format!(
            "begin as Companies House's numbers do (digits, SC, NI, OC…), found `{}`",
            excerpt(text)
        ))
    }
}

/// Companies House, "Uniform Resource Identifiers Customer Guide", prefixes of numbers; of England and Wales,
/// Scotland and Northern Ireland in turn. OE is the register of overseas entities (2022).
const COMPANY_PREFIXES: &str = "\
    AC CE FC GE IC IP LP OC OE PC RC RS SE ZC \
    CS GS RS SA SC SF SG SI SL SO SP SR SZ \
    GN NA NC NF NI NL NO NP NR NV NZ R0";

/// "999 999 998", "999 999 998 00019", "FR 11 999 999 998": a number in normal form, as France prints it.
pub fn spaced(number: &str) -> String {
    let (head, digits) = match number.get(..4).filter(|head| head.starts_with("FR")) {
        Some(key) => (format!("FR {}", &key[2..]), &number[4..]),
        None => (String::new(), number),
    };
    let french = matches!(digits.len(), 9 | 14) && digits.bytes().all(|b| b.is_ascii_digit());
    if !french {
        return number.to_owned();
    }
    let groups = [&digits[..3], &digits[3..6], &digits[6..9], &digits[9..]];
    [head.as_str()].into_iter().chain(groups).filter(|g| !g.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Forms of VAT numbers after the country's letters: 9 a digit, A a letter, X either.
const VAT_FORMS: [(&str, &str); 30] = [
    ("AT", "U99999999"),
    ("BE", "9999999999"),
    ("BG", "999999999 9999999999"),
    ("CH", "E999999999 E999999999MWST E999999999TVA E999999999IVA"),
    ("CY", "99999999A"),
    ("CZ", "99999999 999999999 9999999999"),
    ("DE", "999999999"),
    ("DK", "99999999"),
    ("EE", "999999999"),
    ("EL", "999999999"),
    ("ES", "X9999999X"),
    ("FI", "99999999"),
    ("FR", "XX999999999"),
    ("GB", "999999999 999999999999 GD999 HA999"),
    ("HR", "99999999999"),
    ("HU", "99999999"),
    ("IE", "9X99999A 9999999AA"),
    ("IT", "99999999999"),
    ("LT", "999999999 999999999999"),
    ("LU", "99999999"),
    ("LV", "99999999999"),
    ("MT", "99999999"),
    ("NL", "999999999B99"),
    ("PL", "9999999999"),
    ("PT", "999999999"),
    ("RO", "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999"),
    ("SE", "999999999999"),
    ("SI", "99999999"),
    ("SK", "9999999999"),
    ("XI", "999999999 999999999999"),
];

/// Whether `text` has the form: 9 a digit, A a letter, X either, anything else itself. Letters that
/// stand for themselves are those of Austria (U), Great Britain (GD, HA), Switzerland (E, MWST, TVA, IVA) and
/// the Netherlands (B).
fn fits(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(c, form)| match form {
            b'9' => c.is_ascii_digit(),
            b'A' => c.is_ascii_uppercase(),
            b'X' => c.is_ascii_digit() || c.is_ascii_uppercase(),
            itself => c == itself,
        })
}

fn spelled(prefix: &str, forms: &str) -> String {
    forms
        .split_whitespace()
        .take(3)
        .map(|form| format!("{prefix}{form}"))
        .collect::<Vec<_>>()
        .join(" or ")
}

fn digits(text: &str, count: usize, spelled: &str) -> Result<String, String> {
    let bare = bare(text);
    if !bare.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("have only digits, found `{}`", excerpt(text)));
    }
    if bare.len() != count {
        return Err(format!("have {spelled} digits, found {}", bare.len()));
    }
    Ok(bare)
}

fn wrong_key(text: &str) -> String {
    format!(
        "pass its check digits, which `{}` does not: a digit is wrong or two are swapped",
        excerpt(text)
    )
}

/// Without what people put between digits.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect()
}

/// Whether the sum of the digits, every second from the right doubled (less 9 where that has two digits),
/// ends in 0.
fn luhn(digits: &str) -> bool {
    let digit = |(i, digit): (usize, u8)| {
        let digit = u32::from(digit - b'0');
        match i % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        }
    };
    digits.bytes().rev().enumerate().map(digit).sum::<u32>().is_multiple_of(10)
}

/// Whether `code` is assigned in ISO 3166-1 alpha-2.
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split_ascii_whitespace().any(|country| country == code)
}

const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
