//! HOW IT LEAVES: one client's e-mail, as a draft or sent, and the ledger of what was sent to whom.

pub mod ledger;
pub mod mailbox;
pub mod message;
pub mod password;
pub mod smtp;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{MessageSources, MessageTemplates, MessageText};
use crate::prepared::Prepared;
use crate::proposal::client::Client;
use crate::proposal::offer::Role;
use crate::proposal::select::Selection;
use crate::proposal::{compose, explain};
use crate::readiness;
use crate::workspace::{Origin, Workspace};
use mailbox::Mailbox;

/// Base64 makes three bytes four, and every server has a limit: beyond it an e-mail comes back.
pub const MAX_MESSAGE: usize = 10_000_000;
/// Beyond this a PDF is a nuisance in a mailbox.
pub const LARGE_PDF: usize = 5_000_000;

/// Where copies of what was sent are kept, from the workspace root.
pub const SENT: &str = "sent";

/// The templates of an e-mail, from the workspace root.
pub const TEMPLATES: [&str; 3] = [
    "templates/mail/subject.txt.hbs",
    "templates/mail/message.txt.hbs",
    "templates/mail/message.html.hbs",
];

/// One client's e-mail, ready to leave.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The name of its files without ending: what was sent is known by it.
    pub stem: String,
    pub number: Option<String>,
    pub revision: Option<u32>,
    /// The profile's file stem.
    pub client: String,
    /// The offer's file stem.
    pub offer: String,
    /// Ids of the reasons and benefits in the PDF, in its order.
    pub reasons: Vec<String>,
    pub benefits: Vec<String>,
    pub from: Mailbox,
    pub to: Mailbox,
    pub message: MessageText,
    pub pdf: Vec<u8>,
}

/// One client's PDF and the name of its file, without ending.
#[derive(Clone, Debug)]
pub struct NamedPdf {
    pub stem: String,
    pub bytes: Vec<u8>,
}

/// The e-mail's templates, the workspace's or the shipped ones, checked; their faults go to
/// `diagnostics`, and then there are none.
pub fn templates(prepared: &Prepared, diagnostics: &mut Diagnostics) -> Option<Arc<MessageTemplates>> {
    let [subject, text, html] =
        TEMPLATES.map(|path| diagnostics.keep(prepared.workspace.text_or_shipped(path)));
    let sources = MessageSources { subject: subject?.0, text: text?.0, html: html?.0 };
    MessageTemplates::prepare(sources, &prepared.schema, diagnostics).map(Arc::new)
}

/// Each template of an e-mail, and whose it is.
pub fn template_origins(workspace: &Workspace) -> Vec<(String, Origin)> {
    let origin = |path: &str| Some((path.to_owned(), workspace.text_or_shipped(path).ok()?.1));
    TEMPLATES.into_iter().filter_map(origin).collect()
}

/// Puts one client's e-mail together around its PDF. `opted_out` are the addresses of all profiles that
/// say so. None where there is an error: no address, nobody to send as, an opted-out contact, a subject
/// or a name that no header can carry, a message over [`MAX_MESSAGE`].
pub fn outgoing(
    prepared: &Prepared,
    templates: &MessageTemplates,
    client: &Client,
    pdf: NamedPdf,
    day: NaiveDate,
    opted_out: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<Outgoing> {
    let to = recipient(client, opted_out, diagnostics);
    let from = mailbox::sender(&prepared.house, diagnostics);
    let proposal = crate::proposal(prepared, client, day, diagnostics)?;
    let view = serde_json::to_value(&proposal.view).expect("a view has only strings, numbers and lists");
    let message = templates.fill(&view, proposal.locale, diagnostics)?;
    let references: Vec<String> =
        proposal.view.references.iter().flatten().map(|reference| reference.client.0.clone()).collect();
    readiness::check_message(prepared, client, &references, &message, templates.sources(), diagnostics);
    let subject = mailbox::header_text("the subject", &message.subject);
    diagnostics.keep(subject.map_err(|fault| fault.at(client.place())));
    let outgoing = Outgoing {
        stem: pdf.stem,
        number: client.proposal.number.as_ref().map(|number| number.value.clone()),
        revision: client.proposal.revision.as_ref().map(|revision| revision.value),
        client: client.stem.clone(),
        offer: prepared.offer(client, &mut Diagnostics::new())?.note.stem.clone(),
        reasons: chosen(&proposal.selection, Role::Reasons),
        benefits: chosen(&proposal.selection, Role::Benefits),
        from: from?,
        to: to?,
        message,
        pdf: pdf.bytes,
    };
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
    let size = self::message::draft(&outgoing).len();
    if size > MAX_MESSAGE {
        diagnostics.push(
            Diagnostic::error(format!(
                "the e-mail would have {}: most servers refuse more than {}",
                megabytes(size),
                megabytes(MAX_MESSAGE)
            ))
            .at(client.place())
            .hint("make its pictures smaller"),
        );
        return None;
    }
    if outgoing.pdf.len() > LARGE_PDF {
        let found = megabytes(outgoing.pdf.len());
        diagnostics.push(
            Diagnostic::warning(format!("the PDF has {found}: that is much for an e-mail"))
                .at(client.place())
                .hint("make its pictures smaller"),
        );
    }
    Some(outgoing)
}

/// What a copy keeps beside the e-mail itself, by path within it: the profile, the house, the offer's texts
/// and the explanation. The profile has the notes of the call in it: copies are for the user's own eyes.
pub fn inputs(prepared: &Prepared, client: &Client) -> Vec<(String, Vec<u8>)> {
    let mut silent = Diagnostics::new();
    let mut sources = vec![prepared.house.source.clone()];
    let mut files = vec![];
    if let Some(book) = prepared.offer(client, &mut silent) {
        let offer = book.in_language(compose::locale_of(client, &book.note, &prepared.house));
        sources.push(book.note.source.clone());
        sources.push(offer.source.clone());
        let selection = compose::choose(&prepared.house, offer, client, &mut silent);
        let why = explain::text(&client.stem, offer, &selection, &[]);
        files.push(("explanation.txt".to_owned(), why.into_bytes()));
    }
    sources.dedup();
    files.extend(
        sources
            .iter()
            .map(|source| (format!("inputs/{}", source.path), source.text.clone().into_bytes())),
    );
    // A profile from outside the workspace has a path that leads there.
    files
        .push((format!("inputs/clients/{}.toml", client.stem), client.source.text.clone().into_bytes()));
    files
}

fn chosen(selection: &Selection, role: Role) -> Vec<String> {
    let mut chosen: Vec<_> = selection.of(role).filter(|choice| choice.chosen).collect();
    chosen.sort_by_key(|choice| choice.rank);
    chosen.into_iter().map(|choice| choice.id.clone()).collect()
}

/// Whom a client's e-mail goes to.
fn recipient(client: &Client, opted_out: &[String], diagnostics: &mut Diagnostics) -> Option<Mailbox> {
    let contact = &client.contact;
    let Some(email) = &contact.email else {
        if contact.faulty {
            return None;
        }
        diagnostics.push(
            Diagnostic::error("no address to write to: `email` is missing in [contact]")
                .at(contact.name.as_ref().map_or(client.place(), |name| name.place.clone())),
        );
        return None;
    };
    let name = contact.name.as_ref().map(|name| name.value.clone());
    let mailbox = diagnostics.keep(Mailbox::new(name, &email.value).map_err(|fault| {
        let place = contact.name.as_ref().filter(|name| mailbox::header_text("", &name.value).is_err());
        fault.at(place.unwrap_or(email).place.clone())
    }))?;
    if contact.opted_out || opted_out.iter().any(|address| mailbox.is(address)) {
        let who = &mailbox.address;
        let error = Diagnostic::error(format!("{who} has opted out: no e-mail is made for them"));
        let error = match contact.opted_out {
            true => error.hint("`opted_out = true` stands in [contact]"),
            false => error.hint("another profile says `opted_out = true` for the same address"),
        };
        diagnostics.push(error.at(email.place.clone()));
        return None;
    }
    Some(mailbox)
}
