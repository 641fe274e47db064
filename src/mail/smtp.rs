//! Hands e-mails to a server by SMTP (RFC 5321, submission RFC 6409): the only file that opens a socket.
//!
//! The steps of one e-mail are taken one by one, because what a fault means depends on the step: before the
//! message is handed over nothing was sent; after it, without the server's answer, nobody knows.
//!
//! A socket's timeout begins anew with every byte, so each step also has a limit as a whole: it runs in a
//! thread of its own, which is left to itself beyond that. One that was left behind before the message ends there: only
//! who waited for it says the message.

#![allow(clippy::disallowed_methods)]

use std::error::Error as _;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use super::mailbox::Mailbox;
use super::password::Password;
use crate::proposal::house::SmtpSecurity;

/// A server may look through a message before it answers (RFC 5321 §4.5.3.2.6: ten minutes where other
/// steps have one or two).
const PATIENCE_AFTER_DATA: u32 = 10;

/// The longest that a step may last as a whole, in timeouts: to connect, secure the connection and log in;
/// to say from whom and to whom; to hand the message over, answer included.
const LONGEST_LOGIN: u32 = 5;
const LONGEST_ENVELOPE: u32 = 3;
const LONGEST_MESSAGE: u32 = PATIENCE_AFTER_DATA + 2;

/// The server and how to speak to it.
#[derive(Debug)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// How long the server may be silent.
    pub timeout: Duration,
    /// Certificates to trust beside the usual ones, PEM.
    pub authority: Option<String>,
    pub account: Option<(String, Password)>,
}

/// What became of one e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it, and said so.
    Taken(String),
    /// The server has said that it does not.
    Refused(String),
    /// It was not handed over.
    Failed(String),
    /// It was handed over, wholly or in part, and no answer came.
    Unknown(String),
}

/// A connection, secured and logged in.
pub struct Server {
    /// None once a step was left behind with it.
    connection: Option<SmtpConnection>,
    settings: Arc<Settings>,
}

impl Server {
    /// Connects, secures the connection and logs in; otherwise why not, in words for a person. Without TLS
    /// there is no password and no message, but to this very machine where the house says so.
    pub fn connect(settings: &Arc<Settings>) -> Result<Server, String> {
        let own = settings.clone();
        let limit = settings.timeout * LONGEST_LOGIN;
        let connection = within(limit, move || logged_in(&own)).unwrap_or_else(|| Err(late(limit)))?;
        Ok(Server { connection: Some(connection), settings: settings.clone() })
    }

    /// Hands one e-mail over. After any outcome but [`Outcome::Taken`] the connection should be left.
    pub fn hand_over(&mut self, from: &Mailbox, to: &Mailbox, message: &[u8]) -> Outcome {
        let judged = |error: &Error| error.is_permanent() || error.is_transient();
        let (Ok(sender), Ok(recipient)) = (from.address.parse(), to.address.parse()) else {
            return Outcome::Failed("the address cannot be written in SMTP".to_owned());
        };
        let timeout = self.settings.timeout;
        let envelope = self.step(timeout * LONGEST_ENVELOPE, move |connection| {
            connection.command(Mail::new(Some(sender), vec![]))?;
            connection.command(Rcpt::new(recipient, vec![]))?;
            connection.command(Data)
        });
        match envelope {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if judged(&error) => return Outcome::Refused(self.words(&error, timeout)),
            Ok(Err(error)) => return Outcome::Failed(self.words(&error, timeout)),
            Err(late) => return Outcome::Failed(late),
        }
        let patience = timeout * PATIENCE_AFTER_DATA;
        // The full stop that ends the message begins with the end of its last line.
        let message = message.strip_suffix(b"\r\n").unwrap_or(message).to_owned();
        let answer = self.step(timeout * LONGEST_MESSAGE, move |connection| {
            // Where that cannot be set, the server has less time.
            let _ = connection.set_timeout(Some(patience));
            let answer = connection.message(&message);
            let _ = connection.set_timeout(Some(timeout));
            answer
        });
        match answer {
            Ok(Ok(reply)) => {
                let lines: Vec<&str> = reply.message().collect();
                let code = reply.code().to_string();
                Outcome::Taken(self.settings.shown(Some(&code), &lines.join(" ")))
            }
            Ok(Err(error)) if judged(&error) => Outcome::Refused(self.words(&error, timeout)),
            Ok(Err(error)) => Outcome::Unknown(self.words(&error, patience)),
            Err(late) => Outcome::Unknown(late),
        }
    }

    /// Says goodbye; whatever comes back, all is done.
    pub fn leave(mut self) {
        let _ = self.step(self.settings.timeout, SmtpConnection::quit);
    }

    /// Takes one step; where it lasts longer than `limit` in all, the connection is lost, and that is said.
    fn step<T: Send + 'static>(
        &mut self,
        limit: Duration,
        step: impl FnOnce(&mut SmtpConnection) -> T + Send + 'static,
    ) -> Result<T, String> {
        let Some(mut connection) = self.connection.take() else {
            return Err("the connection was closed".to_owned());
        };
        let done = within(limit, move || {
            let result = step(&mut connection);
            (connection, result)
        });
        let (connection, result) = done.ok_or_else(|| late(limit))?;
        self.connection = Some(connection);
        Ok(result)
    }

    fn words(&self, error: &Error, timeout: Duration) -> String {
        in_words(error, timeout, &self.settings)
    }
}

/// What `work` gives, if it does within `limit`; else it is left to itself.
fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, waiting) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody may be waiting any more: then what was made ends here.
        let _ = done.send(work());
    });
    waiting.recv_timeout(limit).ok()
}

fn late(limit: Duration) -> String {
    format!("no whole answer within {} s", limit.as_secs())
}

fn logged_in(settings: &Settings) -> Result<SmtpConnection, String> {
    let Settings { host, port, security, timeout, .. } = settings;
    let words = |error: Error| in_words(&error, *timeout, settings);
    let tls = match security {
        SmtpSecurity::None => None,
        SmtpSecurity::Tls | SmtpSecurity::StartTls => Some(parameters(settings)?),
    };
    let client = ClientId::default();
    let at_once = tls.as_ref().filter(|_| *security == SmtpSecurity::Tls);
    let address = (host.trim_start_matches('[').trim_end_matches(']'), *port);
    let mut connection =
        SmtpConnection::connect(address, Some(*timeout), &client, at_once, None).map_err(words)?;
    if let (SmtpSecurity::StartTls, Some(tls)) = (security, &tls) {
        if !connection.can_starttls() {
            connection.abort();
            return Err("it offers no STARTTLS: nothing was said to it".to_owned());
        }
        connection.starttls(tls, &client).map_err(words)?;
    }
    if let Some((user, password)) = &settings.account {
        let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if connection.server_info().get_auth_mechanism(&mechanisms).is_none() {
            connection.abort();
            return Err("it offers no way to log in that is known here (PLAIN, LOGIN)".to_owned());
        }
        let login = connection.auth(&mechanisms, &credentials);
        login.map_err(|error| {
            let why = login_in_words(&error, *timeout);
            format!("the login of {user} failed: {why}")
        })?;
    }
    Ok(connection)
}

/// Why a login failed. A server may answer with the very line that has the password: nothing of its words is
/// shown, and nothing of a fault that quotes them.
fn login_in_words(error: &Error, timeout: Duration) -> String {
    match error.status() {
        Some(code) if error.is_permanent() => {
            format!("{code}, the server does not take this user and password")
        }
        Some(code) => format!("{code}, the server does not log anybody in now"),
        None if is_late(error) => format!("no answer within {} s", timeout.as_secs()),
        None => "the connection was closed, or the answer is no SMTP".to_owned(),
    }
}

fn parameters(settings: &Settings) -> Result<TlsParameters, String> {
    let host = settings.host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let mut builder = TlsParameters::builder(host);
    if let Some(pem) = &settings.authority {
        let unreadable = || "the file of `ca` has no certificate in PEM".to_owned();
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            return Err(unreadable());
        }
        let certificate = Certificate::from_pem(pem.as_bytes()).map_err(|_| unreadable())?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| in_words(&error, settings.timeout, settings))
}

impl Settings {
    /// A server's words after their code, on one line without control characters, not too long; the code
    /// alone where they have the password in them, in clear or as it was said (RFC 4616, and LOGIN's parts).
    fn shown(&self, code: Option<&str>, words: &str) -> String {
        let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        // Without spaces on either side: a long line may have been folded.
        let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let found = bare(words);
        let is_told = self.account.iter().any(|(user, password)| {
            let password = password.reveal();
            let base64 = |text: &str| STANDARD_NO_PAD.encode(text);
            let said = [
                password.to_owned(),
                base64(password),
                base64(&format!("\0{user}\0{password}")),
                base64(user),
            ];
            said.iter().map(|said| bare(said)).any(|said| !said.is_empty() && found.contains(&said))
        });
        let words = if is_told { "(its words are not shown: the login is in them)" } else { &plain };
        let line = code.into_iter().chain([words]).collect::<Vec<_>>().join(" ");
        line.chars().take(300).collect()
    }
}

fn is_late(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(fault) = cause {
        if let Some(io) = fault.downcast_ref::<std::io::Error>()
            && matches!(io.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock)
        {
            return true;
        }
        cause = fault.source();
    }
    false
}

/// What went wrong, for a person: the server's own words after its code, or the system's.
fn in_words(error: &Error, timeout: Duration, settings: &Settings) -> String {
    if is_late(error) {
        return format!("no answer within {} s", timeout.as_secs());
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.source();
    let mut last = String::new();
    while let Some(fault) = cause {
        last = fault.to_string();
        cause = fault.source();
    }
    match error.status() {
        Some(code) => settings.shown(Some(&code.to_string()), &last),
        None if last.is_empty() => settings.shown(None, &error.to_string()),
        None if last == "incomplete response" => "the connection was closed".to_owned(),
        None => settings.shown(None, last.split(" (os error").next().unwrap_or(&last)),
    }
}
