//! `mail --send`: hands e-mails to the house's server, each at most once.
//!
//! The order of writing is what makes it so: the copy, under a name of its own; `sending` in the ledger; the
//! copy's name in sent/; then, with all that on the disk, the server; then its verdict. Whenever the run is cut off, the ledger says what may have left.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::mail::{Batch, event, open_ledger, other_clients_number};
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
    /// Warnings count as errors.
    pub strict: bool,
}

pub fn run(clients: &[String], how: &How, environment: &Environment, answer: &mut Answer) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let sent = prepare_and_send(clients, how, environment, answer, &mut diagnostics);
    answer.report(&diagnostics, environment.colour);
    let Some(Tally { sent, already, wanted, faults_before }) = sent else { return FAULTY };
    let is_done = sent + already == wanted;
    if !is_done || already > 0 {
        let before = if already > 0 { format!(", {already} before") } else { String::new() };
        answer.stderr.push_str(&format!("sent {sent} of {wanted} e-mails{before}\n"));
    }
    if !is_done || faults_before || diagnostics.has_errors() { FAULTY } else { DONE }
}

struct Tally {
    sent: usize,
    /// Those of a batch that an earlier run has sent.
    already: usize,
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
    let batch = Batch::prepare(clients, how.strict, environment, diagnostics)?;
    let prepared = &batch.session.prepared;
    let settings = settings(&prepared.house, &prepared.workspace, environment, diagnostics);
    let wanted = batch.ready.len();

    // What is known already is said before anybody is asked; it is looked at again when that has taken its
    // time. A run that is sending just now is waited for: what it has begun is not unknown for long.
    let (ledger, faults) = match prepared.workspace.list(".", LEDGER).is_empty() {
        true => (Ledger::default(), Diagnostics::new()),
        false => {
            let opened = open_ledger(&prepared.workspace, environment);
            let (_, ledger, faults) = diagnostics.keep(opened)?;
            (ledger, faults)
        }
    };
    let is_readable = !faults.has_errors();
    diagnostics.extend(faults);
    let pairs = batch.session.asked.iter().zip(&batch.ready);
    let pairs =
        pairs.filter_map(|(profile, outgoing)| Some((profile.client.as_ref()?, outgoing.as_ref()?)));
    let mut already = 0;
    let mut leaves = |outgoing: &Outgoing, ledger: &Ledger, diagnostics: &mut Diagnostics| {
        match verdict(outgoing, ledger, repeats, environment) {
            Verdict::Leaves => true,
            // Who sends one wants that one sent; a batch is taken up again where it was cut off.
            Verdict::WasSent(notice, _) if wanted > 1 => {
                already += 1;
                tell(&notice);
                false
            }
            Verdict::WasSent(_, error) | Verdict::Stays(error) => {
                diagnostics.push(error);
                false
            }
        }
    };
    let ready: Vec<(&Client, &Outgoing)> =
        pairs.filter(|(_, outgoing)| leaves(outgoing, &ledger, diagnostics)).collect();
    let settings = settings.filter(|_| is_readable)?;
    if ready.is_empty() {
        return Some(Tally { sent: 0, already, wanted, faults_before: false });
    }

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
    let sent_folder = prepared.workspace.root().join(SENT);
    let is_recorded = |name: &str| {
        let copy = format!("{SENT}/{name}");
        ledger.events.iter().any(|event| event.copy.as_ref() == Some(&copy))
    };
    diagnostics.keep(archive::settle(&sent_folder, is_recorded))?;
    let mut post = Post {
        settings: Arc::new(settings),
        server: None,
        journal: &mut journal,
        ledger: &mut ledger,
        environment,
        workspace: &prepared.workspace,
        diagnostics,
    };
    let mut sent = 0;
    for (client, outgoing) in &ready {
        if !leaves(outgoing, post.ledger, post.diagnostics) {
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
    Some(Tally { sent, already, wanted, faults_before })
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

/// What the ledger says to sending it.
enum Verdict {
    Leaves,
    /// It was sent: as a notice, and as an error.
    WasSent(String, Diagnostic),
    Stays(Diagnostic),
}

fn verdict(
    outgoing: &Outgoing,
    ledger: &Ledger,
    repeats: Repeats,
    environment: &Environment,
) -> Verdict {
    let event = event(outgoing, Kind::Sending, environment);
    if let Some(error) = other_clients_number(outgoing, ledger, &event) {
        return Verdict::Stays(error);
    }
    let standing = ledger.standing(&event);
    let (earlier, what) = match &standing {
        Standing::Free => return Verdict::Leaves,
        _ if repeats == Repeats::Allowed => return Verdict::Leaves,
        Standing::Sent(earlier) => (earlier, "was sent"),
        Standing::Unknown(earlier) => (earlier, "may have been sent"),
    };
    let Event { recipient, day, .. } = earlier;
    let what = format!("{} {what} to {recipient} on {day}", earlier.name());
    let error = Diagnostic::error(format!("{what}: it is not sent again by itself"));
    match standing {
        Standing::Unknown(_) => Verdict::Stays(
            error
                .hint(format!("if it arrived: `propale mark {} sent`", ledger.handle(earlier)))
                .hint("if it did not: `--again`"),
        ),
        _ => Verdict::WasSent(
            format!("{what}: not sent again\n"),
            error
                .hint("a changed proposal has another `number`, or a `revision`, in [proposal]")
                .hint("`--again` sends it once more"),
        ),
    }
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
    settings: Arc<Settings>,
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
        let staged = archive::stage(&folder, &outgoing.stem, &files);
        let staged = self.diagnostics.keep(staged).ok_or(Stop)?;
        let copy = staged.name.clone();
        let sending = Event {
            copy: Some(format!("{SENT}/{copy}")),
            message_id: Some(sendable.message_id.clone()),
            ..event(outgoing, Kind::Sending, self.environment)
        };
        if let Err(stop) = record(self.journal, self.ledger, &sending, self.diagnostics) {
            self.diagnostics.keep(staged.discard());
            return Err(stop);
        }
        // Only now has it its name: what stands in sent/ is a sending, whenever the run is cut off.
        if let Err(fault) = staged.publish() {
            let failed = Event {
                reply: Some(fault.message.clone()),
                ..event(outgoing, Kind::Failed, self.environment)
            };
            self.diagnostics.push(fault);
            record(self.journal, self.ledger, &failed, self.diagnostics)?;
            return Err(Stop);
        }
        let outcome = server.hand_over(&outgoing.from, &outgoing.to, &sendable.bytes);
        let (kind, reply) = match outcome {
            Outcome::Taken(reply) => (Kind::Sent, reply),
            Outcome::Refused(reply) => (Kind::Refused, reply),
            Outcome::Failed(reply) => (Kind::Failed, reply),
            Outcome::Unknown(reply) => (Kind::Unknown, reply),
        };
        let name = sending.name();
        let handle = self.ledger.handle(&sending);
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
                    "if it arrived: `propale mark {handle} sent`; if it did not: `--again`"
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
        if house.mail.faulty {
            return None;
        }
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
