//! What was sent to whom: one JSON line an event in ledger.jsonl, never changed, only added to.
//!
//! `sending` stands there before a byte leaves, its outcome after: an e-mail that has the one and not the
//! other may or may not have arrived, and is never sent again by itself. No note of a call is ever in it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Outgoing, message};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::workspace::Workspace;

/// From the workspace root.
pub const LEDGER: &str = "ledger.jsonl";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A draft was made, which a mail program may send.
    Drafted,
    /// The server is about to be handed the e-mail.
    Sending,
    /// The server has taken it; or its sender says so.
    Sent,
    /// The server does not take it.
    Refused,
    /// It did not get as far as the server's judgement.
    Failed,
    /// Handed over, and no answer came.
    Unknown,
    /// The client said yes.
    Accepted,
    /// The client said no.
    Declined,
}

impl Kind {
    /// As the ledger and the table write it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Drafted => "drafted",
            Kind::Sending => "sending",
            Kind::Sent => "sent",
            Kind::Refused => "refused",
            Kind::Failed => "failed",
            Kind::Unknown => "unknown",
            Kind::Accepted => "accepted",
            Kind::Declined => "declined",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub event: Kind,
    /// The run's day, `YYYY-MM-DD`.
    pub day: String,
    /// RFC 3339.
    pub time: String,
    /// The PDF's file name without ending: what was sent is known by it.
    pub stem: String,
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The profile's file stem.
    pub client: String,
    pub recipient: String,
    /// The offer's file stem.
    pub offer: String,
    /// Ids, in the order of the PDF.
    pub reasons: Vec<String>,
    pub benefits: Vec<String>,
    /// Hexadecimal.
    pub pdf_sha256: String,
    /// The program's.
    pub version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The folder in sent/ that has the copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// What the server said, or why it did not come to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
}

impl Event {
    pub fn of(outgoing: &Outgoing, event: Kind, day: String, time: String) -> Event {
        Event {
            event,
            day,
            time,
            stem: outgoing.stem.clone(),
            number: outgoing.number.clone(),
            revision: outgoing.revision,
            client: outgoing.client.clone(),
            recipient: outgoing.to.address.clone(),
            offer: outgoing.offer.clone(),
            reasons: outgoing.reasons.clone(),
            benefits: outgoing.benefits.clone(),
            pdf_sha256: message::sha256(&[&outgoing.pdf]),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            message_id: None,
            copy: None,
            reply: None,
        }
    }

    /// What people call it: its number, with its revision as file names have it; else its file's name.
    pub fn name(&self) -> String {
        match (&self.number, self.revision) {
            (Some(number), Some(revision)) => format!("{number}-r{revision}"),
            (Some(number), None) => number.clone(),
            (None, _) => self.stem.clone(),
        }
    }

    /// One line of JSON, without its line feed.
    pub fn line(&self) -> String {
        serde_json::to_string(self).expect("an event has only strings and lists")
    }

    /// Whether both are about one proposal to one person: by the file's name, by the very same PDF, or, as a
    /// file without a number is named for its day, by the client.
    fn concerns(&self, other: &Event) -> bool {
        let unnumbered = |event: &Event| event.number.is_none().then(|| event.client.clone());
        self.recipient.eq_ignore_ascii_case(&other.recipient)
            && (self.stem == other.stem
                || self.pdf_sha256 == other.pdf_sha256
                || unnumbered(self).is_some() && unnumbered(self) == unnumbered(other))
    }
}

/// Why an e-mail is not sent without `--again`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing stands against it.
    Free,
    /// It was sent.
    Sent(Event),
    /// It was begun, and what became of it is not known.
    Unknown(Event),
}

/// All events, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub events: Vec<Event>,
}

/// One proposal, by its file's name, with all that happened to it.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The last event about it.
    pub last: Event,
    /// Everybody whom it was made for, in order.
    pub recipients: Vec<String>,
    /// Never [`Kind::Sending`]: what was begun and has no end is unknown.
    pub state: Kind,
    /// The day of the event that made it so.
    pub since: String,
    pub sent_on: Option<NaiveDate>,
    /// The state before the last `sending`.
    before: Option<(Kind, String)>,
}

impl Proposal {
    /// Whether it left this machine, as far as is known, or may have.
    pub fn is_out(&self) -> bool {
        self.is_answered() || matches!(self.state, Kind::Sent | Kind::Unknown)
    }

    fn is_answered(&self) -> bool {
        matches!(self.state, Kind::Accepted | Kind::Declined)
    }

    fn take(&mut self, event: &Event) {
        let is_out = self.is_answered() || self.state == Kind::Sent;
        let next = match event.event {
            Kind::Drafted if is_out || self.state == Kind::Unknown => None,
            Kind::Sending => {
                self.before = Some((self.state, self.since.clone()));
                (!is_out).then_some((Kind::Unknown, event.day.clone()))
            }
            Kind::Unknown if is_out => None,
            // Sending it once more is no answer; a mark has no message.
            Kind::Sent if self.is_answered() && event.message_id.is_some() => None,
            // What was known before it was tried again is known still.
            Kind::Refused | Kind::Failed => match self.before.take() {
                Some((Kind::Drafted | Kind::Refused | Kind::Failed, _)) | None => {
                    Some((event.event, event.day.clone()))
                }
                before => before,
            },
            kind => Some((kind, event.day.clone())),
        };
        if let Some((state, since)) = next {
            (self.state, self.since) = (state, since);
        }
        if event.event == Kind::Sent {
            self.sent_on = event.day.parse().ok();
        }
        if !self.recipients.contains(&event.recipient) {
            self.recipients.push(event.recipient.clone());
        }
        self.last = event.clone();
    }
}

impl Ledger {
    /// The ledger as it stands, nobody kept from writing; empty where there is none. A last line that is being
    /// written is left out.
    pub fn open(workspace: &Workspace) -> Result<Arc<Source>, Diagnostic> {
        if workspace.list(".", LEDGER).is_empty() {
            return Ok(Source::new(LEDGER, ""));
        }
        let source = workspace.text(LEDGER)?;
        let whole = source.text.rfind('\n').map_or(0, |at| at + 1);
        match source.text[whole..].is_empty() || Ledger::is_event(&source.text[whole..]) {
            true => Ok(source),
            false => Ok(Source::new(LEDGER, &source.text[..whole])),
        }
    }

    /// The events of `source`. A line that is none is reported at its place: what it said is lost, so
    /// nothing should be sent before it is mended.
    pub fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Ledger {
        let mut events = vec![];
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let span = start..start + line.trim_end().len();
            start += line.len();
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(line) {
                Ok(event) => events.push(event),
                Err(fault) => {
                    let why = fault.to_string();
                    let why = why.split(" at line ").next().unwrap_or(&why);
                    let error = Diagnostic::error(format!("this line is no event of the ledger: {why}"));
                    diagnostics.push(
                        error
                            .at(Place::new(source, span))
                            .hint("mend it, or take it out if you know what became of its e-mail"),
                    );
                }
            }
        }
        Ledger { events }
    }

    /// Whether a line of it is whole.
    pub fn is_event(line: &str) -> bool {
        serde_json::from_str::<Event>(line).is_ok()
    }

    /// What the ledger says of sending `event`'s PDF to its recipient.
    pub fn standing(&self, event: &Event) -> Standing {
        let mut standing = Standing::Free;
        // As it was before the last `sending`.
        let mut before = Standing::Free;
        for earlier in self.events.iter().filter(|earlier| earlier.concerns(event)) {
            match earlier.event {
                Kind::Sending => {
                    before = std::mem::replace(&mut standing, Standing::Unknown(earlier.clone()));
                }
                Kind::Unknown => standing = Standing::Unknown(earlier.clone()),
                Kind::Sent => standing = Standing::Sent(earlier.clone()),
                Kind::Refused | Kind::Failed => standing = before.clone(),
                Kind::Drafted | Kind::Accepted | Kind::Declined => {}
            }
        }
        standing
    }

    /// Whether the newest event about this draft is that it was made.
    pub fn has_draft(&self, event: &Event) -> bool {
        let newest = self
            .events
            .iter()
            .rfind(|earlier| earlier.stem == event.stem && earlier.recipient == event.recipient);
        newest
            .is_some_and(|newest| newest.event == Kind::Drafted && newest.pdf_sha256 == event.pdf_sha256)
    }

    /// Every proposal in it, in the order in which they began.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut proposals: Vec<Proposal> = vec![];
        for event in &self.events {
            let known = proposals.iter_mut().find(|proposal| proposal.last.stem == event.stem);
            match known {
                Some(proposal) => proposal.take(event),
                None => {
                    let mut proposal = Proposal {
                        last: event.clone(),
                        recipients: vec![],
                        state: Kind::Drafted,
                        since: event.day.clone(),
                        sent_on: None,
                        before: None,
                    };
                    proposal.take(event);
                    proposals.push(proposal);
                }
            }
        }
        proposals
    }

    /// The proposal that left for another client, somebody else's address, under the number of `event`.
    pub fn number_of_another(&self, event: &Event) -> Option<Proposal> {
        let number = event.number.as_ref()?;
        self.proposals().into_iter().find(|known| {
            let is_theirs = |to: &String| to.eq_ignore_ascii_case(&event.recipient);
            known.last.number.as_ref() == Some(number)
                && known.last.client != event.client
                && known.is_out()
                && !known.recipients.iter().any(is_theirs)
        })
    }

    /// What `mark` takes for the proposal of `event`: its number, or its file's name where several have that
    /// number.
    pub fn handle(&self, event: &Event) -> String {
        let meant = |known: &&Event| known.number.is_some() && known.number == event.number;
        match self.events.iter().filter(meant).all(|known| known.stem == event.stem) {
            true => event.number.clone().unwrap_or_else(|| event.stem.clone()),
            false => event.stem.clone(),
        }
    }

    /// Every number in it: `propale new` must not give one again.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(|event| event.number.as_deref())
    }
}
