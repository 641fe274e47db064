//! Hands e-mails to a server by SMTP (RFC 5321, submission RFC 6409): the only file that opens a socket.
//!
//! The steps of one e-mail are taken one by one, because what a fault means depends on the step: before the
//! message is handed over nothing was sent; after it, without the server's answer, nobody knows.

#![allow(clippy::disallowed_methods)]

use std::error::Error as _;
use std::time::Duration;

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
    connection: SmtpConnection,
    timeout: Duration,
}

impl Server {
    /// Connects, secures the connection and logs in; otherwise why not, in words for a person. Without TLS
    /// there is no password and no message, but to this very machine where the house says so.
    pub fn connect(settings: &Settings) -> Result<Server, String> {
        let Settings { host, port, security, timeout, .. } = settings;
        let words = |error: Error| in_words(&error, *timeout);
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
            login.map_err(|error| format!("the login of {user} failed: {}", words(error)))?;
        }
        Ok(Server { connection, timeout: *timeout })
    }

    /// Hands one e-mail over. After any outcome but [`Outcome::Taken`] the connection should be left.
    pub fn hand_over(&mut self, from: &Mailbox, to: &Mailbox, message: &[u8]) -> Outcome {
        let timeout = self.timeout;
        let judged = |error: &Error| error.is_permanent() || error.is_transient();
        let before = |error: Error| match judged(&error) {
            true => Outcome::Refused(in_words(&error, timeout)),
            false => Outcome::Failed(in_words(&error, timeout)),
        };
        let (Ok(sender), Ok(recipient)) = (from.address.parse(), to.address.parse()) else {
            return Outcome::Failed("the address cannot be written in SMTP".to_owned());
        };
        let envelope = (self.connection.command(Mail::new(Some(sender), vec![])))
            .and_then(|_| self.connection.command(Rcpt::new(recipient, vec![])))
            .and_then(|_| self.connection.command(Data));
        if let Err(error) = envelope {
            return before(error);
        }
        let patience = timeout * PATIENCE_AFTER_DATA;
        if let Err(fault) = self.connection.set_timeout(Some(patience)) {
            return Outcome::Failed(fault.to_string());
        }
        // The full stop that ends the message begins with the end of its last line.
        let answer = self.connection.message(message.strip_suffix(b"\r\n").unwrap_or(message));
        let _ = self.connection.set_timeout(Some(timeout));
        match answer {
            Ok(reply) => {
                let lines: Vec<&str> = reply.message().collect();
                Outcome::Taken(tidy(&format!("{} {}", reply.code(), lines.join(" "))))
            }
            Err(error) if judged(&error) => Outcome::Refused(in_words(&error, timeout)),
            Err(error) => Outcome::Unknown(in_words(&error, patience)),
        }
    }

    /// Says goodbye; whatever comes back, all is done.
    pub fn leave(mut self) {
        let _ = self.connection.quit();
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
    builder.build().map_err(|error| in_words(&error, settings.timeout))
}

/// What went wrong, for a person: the server's own words after its code, or the system's.
fn in_words(error: &Error, timeout: Duration) -> String {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.source();
    let mut last = String::new();
    while let Some(fault) = cause {
        if let Some(io) = fault.downcast_ref::<std::io::Error>()
            && matches!(io.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock)
        {
            return format!("no answer within {} s", timeout.as_secs());
        }
        last = fault.to_string();
        cause = fault.source();
    }
    let text = match error.status() {
        Some(code) => format!("{code} {last}"),
        None if last.is_empty() => error.to_string(),
        None if last == "incomplete response" => "the connection was closed".to_owned(),
        None => last.split(" (os error").next().unwrap_or(&last).to_owned(),
    };
    tidy(&text)
}

/// A server's words may have anything in them: one line without control characters, not too long.
fn tidy(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(300).collect()
}
