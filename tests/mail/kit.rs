//! E-mails taken apart, by a reader that shares nothing with the program.

use base64::Engine;

use crate::support::Workspace;

/// A part without parts of its own.
pub struct Part {
    /// Unfolded, lower-case names.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Part {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap().replace("\r\n", "\n")
    }
}

/// An e-mail: its headers and its leaves in order.
pub struct Email {
    pub headers: Vec<(String, String)>,
    pub parts: Vec<Part>,
}

impl Email {
    pub fn read(bytes: &[u8]) -> Email {
        let (headers, body) = split(bytes);
        let mut parts = vec![];
        leaves(&headers, body, &mut parts);
        Email { headers, parts }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A header as it is read: its encoded words (RFC 2047 §2, base64) decoded.
    pub fn words(&self, name: &str) -> String {
        let mut out = vec![];
        let mut was_encoded = true;
        for word in self.header(name).unwrap().split(' ') {
            let encoded = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
            // the space between two encoded words is none (§6.2)
            if !(was_encoded && encoded.is_some()) {
                out.push(b' ');
            }
            was_encoded = encoded.is_some();
            match encoded {
                Some(text) => {
                    out.extend(base64::engine::general_purpose::STANDARD.decode(text).unwrap())
                }
                None => out.extend(word.bytes()),
            }
        }
        String::from_utf8(out).unwrap()
    }
}

fn split(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end");
    let head = std::str::from_utf8(&bytes[..end]).expect("headers are ASCII");
    assert!(head.is_ascii());
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let headers = unfolded.split("\r\n").map(|line| {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no header: {line:?}"));
        (name.to_lowercase(), value.trim().to_owned())
    });
    (headers.collect(), &bytes[end + 4..])
}

fn leaves(headers: &[(String, String)], body: &[u8], out: &mut Vec<Part>) {
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let kind = header("content-type").expect("a part has a type");
    if let Some((_, boundary)) = kind.split_once("boundary=\"") {
        let mark = format!("--{}", boundary.split('"').next().unwrap());
        let text = std::str::from_utf8(body).expect("encoded bodies are ASCII");
        let mut pieces: Vec<&str> = text.split(&mark).skip(1).collect();
        let last = pieces.pop().unwrap();
        assert!(last.starts_with("--"), "the last boundary closes");
        for piece in pieces {
            let piece = piece.strip_prefix("\r\n").unwrap().strip_suffix("\r\n").unwrap();
            let (headers, body) = split(piece.as_bytes());
            leaves(&headers, body, out);
        }
        return;
    }
    let body = match header("content-transfer-encoding").map(String::as_str) {
        Some("base64") => {
            let bare: Vec<u8> = body.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            base64::engine::general_purpose::STANDARD.decode(bare).unwrap()
        }
        Some("quoted-printable") => quoted_printable(body),
        _ => body.to_vec(),
    };
    out.push(Part { headers: headers.to_vec(), body });
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let joined = String::from_utf8(body.to_vec()).unwrap().replace("=\r\n", "");
    let bytes = joined.as_bytes();
    let mut out = vec![];
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'=' => {
                out.push(u8::from_str_radix(&joined[at + 1..at + 3], 16).unwrap());
                at += 3;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// A house that can write, an offer, and a contact.
pub fn workspace() -> Workspace {
    let workspace = Workspace::small();
    workspace.write("clients/a.toml", profile("A & <b>Co</b>", "a@client.example", "2026-001", ""));
    workspace
}

/// A profile with these, and more keys of [contact].
pub fn profile(name: &str, email: &str, number: &str, contact: &str) -> String {
    format!(
        "[client]\nname = \"{name}\"\n[contact]\nname = \"Ada Noël\"\nemail = \"{email}\"\n{contact}\n\
         [situation]\nneeds = [\"lenteur\"]\n[proposal]\nnumber = \"{number}\"\n"
    )
}

/// The one draft in out/.
pub fn draft(workspace: &Workspace) -> Vec<u8> {
    let files = workspace.list("out");
    let [name] = &files.iter().filter(|name| name.ends_with(".eml")).collect::<Vec<_>>()[..] else {
        panic!("{files:?}")
    };
    workspace.read(&format!("out/{name}"))
}
