//! A mail server in this process that behaves as it is told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Kind,
    /// Takes its time over each message.
    Slow,
    /// Accepts connections and says nothing.
    Silent,
    /// 421 as its greeting.
    Busy,
    HangsUpAtMail,
    RefusesRecipient(&'static str),
    RefusesData,
    RefusesMessage,
    /// Never answers MAIL.
    Drawls,
    /// Greets, or answers MAIL or the message, a letter at a time and without end.
    DripsAtFirst,
    DripsAtMail,
    /// Refuses the login in the words of its line.
    EchoesLogin,
    /// Takes the login, and quotes it when it refuses a sender.
    RemembersLogin,
    HangsUpAfterData,
    SpeaksNonsenseAfterData,
}

#[derive(Clone, Debug)]
pub struct Received {
    pub sender: String,
    pub recipients: Vec<String>,
    pub message: Vec<u8>,
}

#[derive(Default)]
struct Heard {
    received: Vec<Received>,
    said: Vec<String>,
}

pub struct Server {
    pub port: u16,
    /// Seconds to wait for it: few where waiting is what is tried, many on a busy machine.
    pub patience: u32,
    heard: Arc<Mutex<Heard>>,
}

impl Server {
    pub fn start(manner: Manner) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let own = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let heard = own.clone();
                std::thread::spawn(move || converse(stream, manner, &heard));
            }
        });
        use Manner::{Drawls, DripsAtFirst, DripsAtMail, Silent};
        let is_slow = matches!(manner, Silent | Drawls | DripsAtFirst | DripsAtMail);
        let patience = if is_slow { 1 } else { 30 };
        Server { port, patience, heard }
    }

    /// The messages that were handed over whole, as they came.
    pub fn received(&self) -> Vec<Received> {
        self.heard.lock().unwrap().received.clone()
    }

    /// Every command line.
    pub fn said(&self) -> Vec<String> {
        self.heard.lock().unwrap().said.clone()
    }
}

fn converse(stream: TcpStream, manner: Manner, heard: &Mutex<Heard>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    let mut drops = stream.try_clone().ok()?;
    let mut drip = move || -> Option<()> {
        for _ in 0..200 {
            drops.write_all(b"2").ok()?;
            std::thread::sleep(Duration::from_millis(100));
        }
        None
    };
    let mut say = move |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).ok();
    match manner {
        Manner::DripsAtFirst => return drip(),
        Manner::Silent => {
            std::thread::sleep(Duration::from_secs(20));
            return None;
        }
        Manner::Busy => return say("421 4.3.2 come back later"),
        _ => say("220 mail.test ready")?,
    }
    let (mut sender, mut recipients) = (String::new(), vec![]);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        heard.lock().unwrap().said.push(line.clone());
        let address = || line.split(['<', '>']).nth(1).unwrap_or("").to_owned();
        match line.split([' ', ':']).next().unwrap() {
            "EHLO" => say("250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")?,
            "AUTH" if manner == Manner::EchoesLogin => say(&format!("535 5.7.8 bad login: {line}"))?,
            "AUTH" => say("235 2.7.0 welcome")?,
            "MAIL" => match manner {
                Manner::HangsUpAtMail => return None,
                Manner::DripsAtMail => return drip(),
                Manner::RemembersLogin => {
                    let login =
                        heard.lock().unwrap().said.iter().find(|l| l.starts_with("AUTH")).cloned();
                    say(&format!("550 5.7.1 not after {}", login.unwrap_or_default()))?;
                }
                Manner::Drawls => std::thread::sleep(Duration::from_secs(20)),
                _ => {
                    (sender, recipients) = (address(), vec![]);
                    say("250 2.1.0 ok")?;
                }
            },
            "RCPT" => match manner {
                Manner::RefusesRecipient(who) if who == address() => {
                    say("550 5.1.1 no such person here")?;
                }
                _ => {
                    recipients.push(address());
                    say("250 2.1.5 ok")?;
                }
            },
            "DATA" if manner == Manner::RefusesData => say("554 5.7.1 no room")?,
            "DATA" => {
                say("354 go on")?;
                let message = message(&mut lines)?;
                if manner == Manner::RefusesMessage {
                    say("552 5.3.4 too large")?;
                    continue;
                }
                if manner == Manner::Slow {
                    std::thread::sleep(Duration::from_millis(300));
                }
                let received =
                    Received { sender: sender.clone(), recipients: recipients.clone(), message };
                heard.lock().unwrap().received.push(received);
                match manner {
                    Manner::HangsUpAfterData => return None,
                    Manner::SpeaksNonsenseAfterData => return say("what?"),
                    _ => say("250 2.0.0 taken")?,
                }
            }
            "QUIT" => return say("221 2.0.0 bye"),
            _ => say("502 5.5.1 what?")?,
        }
    }
}

/// The message up to the line with a full stop alone, dots unstuffed (RFC 5321 §4.5.2).
fn message(lines: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut message = vec![];
    loop {
        let mut line = vec![];
        if lines.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
