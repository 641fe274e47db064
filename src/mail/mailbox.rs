//! Who writes to whom: names and addresses as a header can carry them.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::proposal::house::House;

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    /// ASCII: a domain in other letters is in its IDNA form (RFC 5891, "xn--…").
    pub address: String,
}

impl Mailbox {
    /// A mailbox from a profile's or the house's words. Fails on an address that only servers with SMTPUTF8
    /// take, on a domain that IDNA refuses, and on a name that no header can carry.
    pub fn new(name: Option<String>, address: &str) -> Result<Mailbox, Diagnostic> {
        if let Some(name) = &name {
            header_text("the name of an e-mail's sender or recipient", name)?;
        }
        let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        if !local.is_ascii() {
            // RFC 6531 asks every server on the way for SMTPUTF8; few have it.
            return Err(Diagnostic::error(format!(
                "`{address}` has letters before the @ that few mail servers accept"
            ))
            .hint("ask for an address in a-z"));
        }
        let domain = idna::domain_to_ascii_strict(domain)
            .map_err(|_| Diagnostic::error(format!("`{domain}` cannot be the domain of an address")))?;
        let address = format!("{local}@{domain}");
        if address.parse::<lettre::Address>().is_err() {
            return Err(Diagnostic::error(format!("`{address}` is no address to write to")));
        }
        Ok(Mailbox { name, address })
    }

    /// Whether this is the same address, by a profile's words.
    pub fn is(&self, address: &str) -> bool {
        Mailbox::new(None, address).is_ok_and(|other| other.address.eq_ignore_ascii_case(&self.address))
    }

    /// `Name <address>` for a person to read.
    pub fn shown(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} <{}>", self.address),
            None => self.address.clone(),
        }
    }

    /// What stands after the @.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Who sends: `[mail] from`, else the house's `email` under its signatory's name or its own.
pub fn sender(house: &House, diagnostics: &mut Diagnostics) -> Option<Mailbox> {
    let (mailbox, place) = match (&house.mail.from, &house.email) {
        (Some(from), _) => {
            let (name, address) = split(&from.value);
            (Mailbox::new(name, address), from.place.clone())
        }
        (None, Some(email)) => {
            let name = house.signatory.as_ref().unwrap_or(&house.name).value.clone();
            (Mailbox::new(Some(name), &email.value), email.place.clone())
        }
        (None, None) if house.mail.faulty => return None,
        (None, None) => {
            diagnostics.push(
                Diagnostic::error("nobody to send as: `from` is missing in [mail]")
                    .at(house.name.place.clone())
                    .hint(
                        "[mail] from = \"Camille Roux <camille@atome.example>\", or `email` in [house]",
                    ),
            );
            return None;
        }
    };
    diagnostics.keep(mailbox.map_err(|fault| fault.at(place)))
}

/// The name and the address of `Name <address>`, quotation marks around the name taken off.
fn split(text: &str) -> (Option<String>, &str) {
    let Some((name, address)) = text.rsplit_once('<') else { return (None, text.trim()) };
    let name = name.trim();
    let bare = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    let name = bare.map_or(name.to_owned(), |bare| bare.replace("\\\"", "\"").replace("\\\\", "\\"));
    let name = (!name.trim().is_empty()).then(|| name.trim().to_owned());
    (name, address.trim_end().trim_end_matches('>').trim())
}

/// Refuses what would end a header or turn what a reader sees around: control characters, CR and LF among
/// them, the line and paragraph separators, and the marks of bidirectional text (UAX #9 §2).
pub fn header_text(what: &str, text: &str) -> Result<(), Diagnostic> {
    let refused = |c: &char| {
        c.is_control()
            || matches!(c,
                '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    match text.chars().find(refused) {
        None => Ok(()),
        Some(c) => Err(Diagnostic::error(format!(
            "{what} has the invisible character U+{:04X}, which no e-mail may carry",
            u32::from(c)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        for (text, name, address) in [
            ("camille@atome.example", "", "camille@atome.example"),
            ("<camille@atome.example>", "", "camille@atome.example"),
            ("Camille Roux <c@a.example>", "Camille Roux", "c@a.example"),
            ("Roux, Camille <c@a.example>", "Roux, Camille", "c@a.example"),
            ("\"Roux, Camille\" <c@a.example>", "Roux, Camille", "c@a.example"),
            ("\"Camille \\\"Cam\\\" Roux\" <c@a.example>", "Camille \"Cam\" Roux", "c@a.example"),
        ] {
            assert_eq!(split(text), ((!name.is_empty()).then(|| name.to_owned()), address), "{text}");
        }
    }

    #[test]
    fn what_no_header_carries_is_refused() {
        for bad in ["a\rb", "a\nBcc: x", "a\0", "a\u{2028}b", "a\u{202E}b", "a\u{2066}b", "a\u{85}b"] {
            assert!(Mailbox::new(Some(bad.to_owned()), "c@a.example").is_err(), "{bad:?}");
        }
        assert!(Mailbox::new(Some("Jean–Noël 🙂 (SNC), «A»".to_owned()), "c@a.example").is_ok());
        assert!(Mailbox::new(None, "rené@a.example").is_err());
        let idn = Mailbox::new(None, "claire@société.example").unwrap();
        assert_eq!(idn.address, "claire@xn--socit-esab.example");
        assert!(idn.is("Claire@SOCIÉTÉ.example"));
    }
}
