//! Numbers of proposals, and the names of their files.

/// `[numbering] pattern`: text with `{seq}` or `{seq:03}` once, and `{year}` at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Year,
    /// Zero-padded to so many digits.
    Seq(usize),
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let _ = text;
        let _ = Pattern { parts: vec![Part::Year, Part::Literal(String::new()), Part::Seq(0)] }.parts;
        todo!()
    }
}
