//! `mail --send`: hands e-mails to the house's server, each at most once.
//!
//! The order of writing is what makes it so: the copy, then `sending` in the ledger, on the disk; then the
//! server; then its verdict. Whenever the run is cut off, the ledger says what may have left.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::mail::{Batch, event, open_ledger};
use super::{Answer, DONE, Environment, FAULTY};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::mail::ledger::{Event, Kind, LEDGER, Ledger, Standing};
use crate::mail::smtp::{Outcome, Server, Settings};
use crate::mail::{Outgoing, SENT, inputs, message, password};
use crate::output::journal::Journal;
use crate::output::{self, archive};
use crate::proposal::client::Client;
use crate::proposal::house::{House, PasswordSource, Smtp, SmtpSecurity};
use crate::proposal::placed::Text;
use crate::workspace::Workspace;

/// Whether somebody is asked before anything leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    Ask,
    Given,
}

/// What becomes of an e-mail that the ledger knows already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    Refused,
    Allowed,
}

/// How a run sends.
#[derive(Clone, Debug)]
pub struct How {
    pub consent: Consent,
    pub repeats: Repeats,
    /// Where the PDFs and e-mails that were sent go beside their copies.
    pub out: Option<PathBuf>,
}

pub fn run(clients: &[String], how: &How, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let sent = prepare_and_send(clients, how, environment, answer, &mut diagnostics);
    answer.report(&diagnostics, environment.colour);
    let Some(Tally { sent, wanted, faults_before }) = sent else { return FAULTY };
    if sent < wanted {
        answer.stderr.push_str(&format!("sent {sent} of {wanted} e-mails\n"));
    }
    if sent < wanted || faults_before || diagnostics.has_errors() { FAULTY } else { DONE }
}

struct Tally {
    sent: usize,
    wanted: usize,
    /// Whether errors were reported before anything left.
    faults_before: bool,
}

/// None where nothing was tried.
fn prepare_and_send(
    clients: &[String],
    how: &How,
    environment: &Environment,
    answer: &mut Answer,
    diagnostics: &mut Diagnostics,
) -> Option<Tally> {
    let tell = environment.world.tell;
    let repeats = how.repeats;
    let batch = Batch::prepare(clients, environment, diagnostics)?;
    let prepared = &batch.session.prepared;
    let settings = settings(&prepared.house, &prepared.workspace, environment, diagnostics);
    let wanted = batch.ready.len();

    // What is known already is said before anybody is asked; it is looked at again under the lock.
    let ledger = diagnostics.keep(Ledger::open(&prepared.workspace));
    let mut faults = Diagnostics::new();
    let ledger = Ledger::read(&ledger?, &mut faults);
    let is_readable = !faults.has_errors();
    diagnostics.extend(faults);
    let pairs = batch.session.asked.iter().zip(&batch.ready);
    let ready: Vec<(&Client, &Outgoing)> = pairs
        .filter_map(|(profile, outgoing)| Some((profile.client.as_ref()?, outgoing.as_ref()?)))
        .filter(|(_, outgoing)| may_leave(outgoing, &ledger, repeats, environment, diagnostics))
        .collect();
    let settings = settings.filter(|_| is_readable && !ready.is_empty())?;

    let faults_before = diagnostics.has_errors();
    let mut so_far = Answer::default();
    so_far.report(&std::mem::take(diagnostics), environment.colour);
    tell(&so_far.stderr);
    tell(&summary(&ready, &settings));
    if how.consent == Consent::Ask && !is_yes(environment, ready.len()) {
        diagnostics
            .push(Diagnostic::error("nothing was sent: nobody said yes").hint("scripts say `--yes`"));
        return None;
    }
    let mut settings = settings;
    if let (None, Some((user, source))) = (&settings.account, account_of(&prepared.house)) {
        let asked = password::ask(source, environment.world.variable, prepared.workspace.root());
        settings.account = Some((user.value.clone(), diagnostics.keep(asked)?));
    }
    let (mut journal, mut ledger, faults) =
        diagnostics.keep(open_ledger(&prepared.workspace, environment))?;
    if faults.has_errors() {
        diagnostics.extend(faults);
        return None;
    }
    let mut post = Post {
        settings,
        server: None,
        journal: &mut journal,
        ledger: &mut ledger,
        environment,
        workspace: &prepared.workspace,
        diagnostics,
    };
    let mut sent = 0;
    for (client, outgoing) in &ready {
        if !may_leave(outgoing, post.ledger, repeats, environment, post.diagnostics) {
            continue;
        }
        let files = inputs(prepared, client);
        match post.send(outgoing, files) {
            Ok(Some(kept)) => {
                sent += 1;
                let out = how.out.as_ref().map(|folder| environment.folder.join(folder));
                answer.stdout.push_str(&paths(outgoing, &kept, out.as_deref(), post.diagnostics));
            }
            Ok(None) => {}
            Err(Stop) => break,
        }
    }
    if let Some(server) = post.server.take() {
        server.leave();
    }
    Some(Tally { sent, wanted, faults_before })
}

/// An e-mail that was sent, and the folder of its copy.
struct Kept {
    folder: PathBuf,
    message: Vec<u8>,
}

/// The paths of its PDF and of the e-mail, a line each: in its copy, or in `out`, where they are written.
fn paths(outgoing: &Outgoing, kept: &Kept, out: Option<&Path>, diagnostics: &mut Diagnostics) -> String {
    let files = [("pdf", &outgoing.pdf), ("eml", &kept.message)];
    let path = |(ending, bytes): (&str, &Vec<u8>)| {
        let name = format!("{}.{ending}", outgoing.stem);
        match out {
            None => Some(kept.folder.join(name)),
            Some(out) => diagnostics.keep(output::replace(out, &name, bytes)),
        }
    };
    files.into_iter().filter_map(path).map(|path| format!("{}\n", path.display())).collect()
}

/// Whether the ledger has nothing against it; otherwise says what.
fn may_leave(
    outgoing: &Outgoing,
    ledger: &Ledger,
    repeats: Repeats,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> bool {
    let (earlier, what) = match ledger.standing(&event(outgoing, Kind::Sending, environment)) {
        Standing::Free => return true,
        _ if repeats == Repeats::Allowed => return true,
        Standing::Sent(earlier) => (earlier, "was sent"),
        Standing::Unknown(earlier) => (earlier, "may have been sent"),
    };
    let name = earlier.number.as_ref().unwrap_or(&earlier.stem);
    let error = Diagnostic::error(format!(
        "{name} {what} to {} on {}: it is not sent again by itself",
        earlier.recipient, earlier.day
    ));
    diagnostics.push(match what {
        "was sent" => error
            .hint("a changed proposal has another `number`, or a `revision`, in [proposal]")
            .hint("`--again` sends it once more"),
        _ => error
            .hint(format!("if it arrived: `propale mark {name} sent`"))
            .hint("if it did not: `--again`"),
    });
    false
}

fn summary(ready: &[(&Client, &Outgoing)], settings: &Settings) -> String {
    let Settings { host, port, security, .. } = settings;
    let mut out = format!(
        "by {host}, port {port}, {}\n",
        match security {
            SmtpSecurity::StartTls => "STARTTLS",
            SmtpSecurity::Tls => "TLS",
            SmtpSecurity::None => "this machine",
        }
    );
    for (_, outgoing) in ready {
        let kilobytes = |bytes: usize| format!("{} kB", bytes.div_ceil(1000));
        out.push_str(&format!(
            "\n  from     {}\n  to       {}\n  subject  {}\n  attached {}.pdf, {}\n  in all   {}\n",
            outgoing.from.shown(),
            outgoing.to.shown(),
            outgoing.message.subject,
            outgoing.stem,
            kilobytes(outgoing.pdf.len()),
            kilobytes(message::draft(outgoing).len()),
        ));
    }
    out.push('\n');
    out
}

fn is_yes(environment: &Environment, count: usize) -> bool {
    let what = if count == 1 { "this e-mail".to_owned() } else { format!("these {count} e-mails") };
    (environment.world.tell)(&format!("send {what}? [y/N] "));
    let reply = (environment.world.reply)().unwrap_or_default();
    matches!(reply.trim().to_lowercase().as_str(), "y" | "yes" | "o" | "oui")
}

/// No further e-mail is tried.
struct Stop;

/// What is needed to send one e-mail after the other.
struct Post<'a> {
    settings: Settings,
    /// Connected, from the first e-mail to the first fault.
    server: Option<Server>,
    journal: &'a mut Journal,
    ledger: &'a mut Ledger,
    environment: &'a Environment,
    workspace: &'a Workspace,
    diagnostics: &'a mut Diagnostics,
}

impl Post<'_> {
    /// Sends one e-mail; gives its copy where the server has taken it, None where that concerns
    /// this e-mail alone.
    fn send(
        &mut self,
        outgoing: &Outgoing,
        inputs: Vec<(String, Vec<u8>)>,
    ) -> Result<Option<Kept>, Stop> {
        if self.server.is_none() {
            match Server::connect(&self.settings) {
                Ok(server) => self.server = Some(server),
                Err(why) => {
                    self.diagnostics.push(unreachable(&self.settings, &why));
                    return Err(Stop);
                }
            }
        }
        let server = self.server.as_mut().expect("just connected");
        let folder = self.workspace.root().join(SENT);
        let sendable = message::sendable(outgoing, (self.environment.world.now)());
        let mut files = vec![
            (format!("{}.pdf", outgoing.stem), outgoing.pdf.clone()),
            (format!("{}.eml", outgoing.stem), sendable.bytes.clone()),
        ];
        files.extend(inputs);
        let kept = archive::keep(&folder, &outgoing.stem, &files);
        let copy = self.diagnostics.keep(kept).ok_or(Stop)?;
        let sending = Event {
            copy: Some(format!("{SENT}/{copy}")),
            message_id: Some(sendable.message_id.clone()),
            ..event(outgoing, Kind::Sending, self.environment)
        };
        record(self.journal, self.ledger, &sending, self.diagnostics)?;
        let outcome = server.hand_over(&outgoing.from, &outgoing.to, &sendable.bytes);
        let (kind, reply) = match outcome {
            Outcome::Taken(reply) => (Kind::Sent, reply),
            Outcome::Refused(reply) => (Kind::Refused, reply),
            Outcome::Failed(reply) => (Kind::Failed, reply),
            Outcome::Unknown(reply) => (Kind::Unknown, reply),
        };
        let name = outgoing.number.as_ref().unwrap_or(&outgoing.stem).clone();
        let (to, host) = (&outgoing.to.address, &self.settings.host);
        let now = event(outgoing, kind, self.environment);
        let is_kept = matches!(kind, Kind::Sent | Kind::Unknown);
        let result = Event {
            copy: sending.copy.filter(|_| is_kept),
            message_id: sending.message_id.filter(|_| is_kept),
            reply: Some(reply.clone()),
            ..now
        };
        match kind {
            Kind::Sent => (self.environment.world.tell)(&format!("sent {name} to {to}\n")),
            Kind::Refused => self.server.take().into_iter().for_each(Server::leave),
            _ => self.server = None,
        }
        let error = match kind {
            Kind::Sent => None,
            Kind::Refused => Some(format!("{name} was not sent to {to}: {host} refused it: {reply}")),
            Kind::Unknown => Some(format!("{name} may or may not have reached {to}: {reply}")),
            _ => Some(format!("{name} was not sent to {to}: {reply}")),
        };
        if let Some(error) = error {
            let error = Diagnostic::error(error);
            self.diagnostics.push(match kind {
                Kind::Unknown => error.hint(format!(
                    "if it arrived: `propale mark {name} sent`; if it did not: `--again`"
                )),
                _ => error,
            });
        }
        record(self.journal, self.ledger, &result, self.diagnostics)?;
        if !is_kept {
            self.diagnostics.keep(archive::discard(&folder, &copy));
        }
        if kind != Kind::Sent {
            return Ok(None);
        }
        Ok(Some(Kept { folder: folder.join(&copy), message: sendable.bytes }))
    }
}

fn record(
    journal: &mut Journal,
    ledger: &mut Ledger,
    event: &Event,
    diagnostics: &mut Diagnostics,
) -> Result<(), Stop> {
    match journal.append(&event.line()) {
        Ok(()) => {
            ledger.events.push(event.clone());
            Ok(())
        }
        Err(fault) => {
            diagnostics.push(fault.hint(format!("nothing more was sent; {LEDGER} must be writable")));
            Err(Stop)
        }
    }
}

fn unreachable(settings: &Settings, why: &str) -> Diagnostic {
    let Settings { host, port, .. } = settings;
    let error = Diagnostic::error(format!("no e-mail can be sent by {host}, port {port}: {why}"));
    match why {
        why if why.contains("UnknownIssuer") => {
            error.hint("a server with its own certificate authority needs `ca` in [mail.smtp]")
        }
        why if why.contains("InvalidContentType") || why.contains("corrupt message") => {
            error.hint("port 587 goes with `security = \"starttls\"`, port 465 with \"tls\"")
        }
        _ => error,
    }
}

/// The account at the house's server, and where its password is.
fn account_of(house: &House) -> Option<(&Text, &PasswordSource)> {
    let smtp = house.mail.smtp.as_ref()?;
    smtp.user.as_ref().zip(smtp.password.as_ref())
}

/// How to speak to the house's server; what is missing goes to `diagnostics`.
fn settings(
    house: &House,
    workspace: &Workspace,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<Settings> {
    let Some(smtp) = &house.mail.smtp else {
        diagnostics.push(
            Diagnostic::error("no server to send by: [mail.smtp] is missing in propale.toml")
                .at(house.name.place.clone())
                .hint("its keys are in docs/mail.md; without it, `propale mail` makes a draft to send yourself"),
        );
        return None;
    };
    let Smtp { host, port, timeout, ca, user, password, .. } = smtp;
    let security = smtp.security();
    let port = port.as_ref().map_or(
        match security {
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Tls => 465,
            SmtpSecurity::None => 25,
        },
        |said| said.value,
    );
    let authority = match ca {
        None => None,
        Some(path) => {
            let read = workspace.text(&path.value).map_err(|fault| fault.at(path.place.clone()));
            Some(diagnostics.keep(read)?.text.clone())
        }
    };
    let account = match (user, password) {
        (None, None) => None,
        // A command may have questions of its own: it is run once somebody has said yes.
        (Some(_), Some(PasswordSource::Command(_))) => None,
        (Some(user), Some(source)) => {
            let asked = password::ask(source, environment.world.variable, workspace.root());
            Some((user.value.clone(), diagnostics.keep(asked)?))
        }
        (Some(user), None) => {
            diagnostics.push(user.error("no password for `user`").hint(
                "password_env = \"PROPALE_SMTP_PASSWORD\", or password_command = [\"pass\", \"smtp\"]",
            ));
            return None;
        }
        (None, Some(_)) => {
            diagnostics.push(host.error("a password without `user` in [mail.smtp]"));
            return None;
        }
    };
    Some(Settings {
        host: host.value.clone(),
        port: u16::try_from(port).unwrap_or(587),
        security,
        timeout: Duration::from_secs(timeout.as_ref().map_or(60, |said| said.value).into()),
        authority,
        account,
    })
}
