//! An e-mail's bytes: RFC 5322 headers, a text and its HTML as alternatives, the PDF attached.
//!
//! A draft has no Date and no Message-ID, and its boundaries come from its content: same inputs, same bytes.

use chrono::{DateTime, FixedOffset};
use lettre::Message;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Date, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::Outgoing;
use super::mailbox::Mailbox;

/// An e-mail as it leaves: its bytes, and the id that servers know it by.
#[derive(Clone, Debug)]
pub struct Sendable {
    pub bytes: Vec<u8>,
    pub message_id: String,
}

/// The draft, for a mail program to open: `X-Unsent: 1` has Outlook show it as one to be sent.
pub fn draft(outgoing: &Outgoing) -> Vec<u8> {
    let mut message = built(outgoing, DateTime::UNIX_EPOCH.fixed_offset(), None);
    message.headers_mut().remove::<Date>();
    let name = HeaderName::new_from_ascii_str("X-Unsent");
    message.headers_mut().insert_raw(HeaderValue::new(name, "1".to_owned()));
    message.formatted()
}

/// The e-mail to hand to a server at `now`.
pub fn sendable(outgoing: &Outgoing, now: DateTime<FixedOffset>) -> Sendable {
    let unique = format!("{}{}{}", outgoing.stem, outgoing.to.address, now.to_rfc3339());
    let digest = sha256(&[&outgoing.pdf, unique.as_bytes()]);
    let message_id = format!("<{}@{}>", &digest[..32], outgoing.from.domain());
    let message = built(outgoing, now, Some(message_id.clone()));
    Sendable { bytes: message.formatted(), message_id }
}

/// SHA-256 of the parts one after the other, in hexadecimal.
pub fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn built(outgoing: &Outgoing, date: DateTime<FixedOffset>, message_id: Option<String>) -> Message {
    let Outgoing { message: says, pdf, .. } = outgoing;
    let boundary = |what: &str| {
        let parts: [&[u8]; 4] = [what.as_bytes(), says.text.as_bytes(), says.html.as_bytes(), pdf];
        format!("propale-{}", &sha256(&parts)[..32])
    };
    let alternatives = MultiPart::alternative()
        .boundary(boundary("alternative"))
        .singlepart(SinglePart::plain(says.text.clone()))
        .singlepart(SinglePart::html(says.html.clone()));
    let mut builder = Message::builder()
        .from(lettre_mailbox(&outgoing.from))
        .to(lettre_mailbox(&outgoing.to))
        .subject(says.subject.clone())
        .date(date.into());
    if let Some(id) = message_id {
        builder = builder.message_id(Some(id));
    }
    builder
        .multipart(
            MultiPart::mixed()
                .boundary(boundary("mixed"))
                .multipart(alternatives)
                .singlepart(attachment(&outgoing.stem, pdf)),
        )
        .expect("a message with a sender and a recipient can be built")
}

fn lettre_mailbox(mailbox: &Mailbox) -> lettre::message::Mailbox {
    let address = mailbox.address.parse().expect("addresses were checked when they were read");
    lettre::message::Mailbox::new(mailbox.name.clone(), address)
}

fn attachment(stem: &str, pdf: &[u8]) -> SinglePart {
    let body = Body::new_with_encoding(pdf.to_vec(), ContentTransferEncoding::Base64)
        .expect("base64 carries any bytes");
    SinglePart::builder()
        .header(NamedType(format!("{stem}.pdf")))
        .header(NamedDisposition(format!("{stem}.pdf")))
        .body(body)
}

/// `Content-Type` with the file's name: older Outlook reads it here alone. The name is ASCII and at most 60
/// characters long, so that it is never split as RFC 2231 has it, which they cannot read.
#[derive(Clone)]
struct NamedType(String);

impl Header for NamedType {
    fn name() -> HeaderName {
        ContentType::name()
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(NamedType(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        named(Self::name(), "application/pdf", "name", &self.0)
    }
}

/// `Content-Disposition` with the file's name (RFC 2183).
#[derive(Clone)]
struct NamedDisposition(String);

impl Header for NamedDisposition {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Disposition")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(NamedDisposition(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        named(Self::name(), "attachment", "filename", &self.0)
    }
}

/// The value on two lines, each within the 78 characters that RFC 5322 §2.1.1 asks for. `file` has only
/// letters, digits, hyphens and a full stop: nothing in it needs an escape.
fn named(name: HeaderName, value: &str, parameter: &str, file: &str) -> HeaderValue {
    let file: String =
        file.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect();
    let raw = format!("{value}; {parameter}=\"{file}\"");
    let folded = format!("{value};\r\n {parameter}=\"{file}\"");
    HeaderValue::dangerous_new_pre_encoded(name, raw, folded)
}
