//! What may stand in a profile and in propale.toml: one table of keys, which also feeds the reader's
//! messages, `propale new` and the reference.
//!
//! [`client::PROFILE`] and [`house::HOUSE`] are the tables; [`reader::read`] checks a file against one
//! of them and gives [`fields::Fields`], whose values have the types that the table promises.

pub mod client;
pub mod fields;
pub mod house;
pub mod reader;
pub mod reference;
mod syntax;
mod value;

/// A TOML table: its keys, in the order in which people write them.
#[derive(Debug)]
pub struct Table {
    /// As messages and the reference write its header: `[client]`, `[[pricing.lines]]`; empty for the
    /// top of the file, a name in words for a small inline table.
    pub header: &'static str,
    pub keys: &'static [Key],
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub need: Need,
    /// What it is for, one line: lower case, no final stop.
    pub doc: &'static str,
    /// A value as one would write it, in TOML; for tables, empty.
    pub example: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// What may be written after a key.
#[derive(Debug)]
pub enum Kind {
    /// One line of plain text that is printed.
    Text,
    /// Printed sentences in inline Markdown; newlines are allowed.
    Sentences,
    /// Text that never leaves the machine; newlines are allowed.
    Private,
    /// One line that is not printed as it stands: an id, a need, a file stem, a name to look for.
    Word,
    /// Path from the workspace root.
    Path,
    /// One line whose form is checked, and whose value is in a normal form.
    Format(Format),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A decimal number, at least 0; may be written as text.
    Amount,
    /// A decimal number from 0 to 100.
    Percent,
    /// A whole number in this range, both ends included.
    Whole(u32, u32),
    Flag,
    /// A day, without a time.
    Date,
    /// A percentage or one of `franchise`, `reverse-charge`, `outside-eu`.
    Vat,
    /// Sentences that replace a mention, or `false`, which removes it.
    Mention,
    List(&'static Kind),
    Table(&'static Table),
    /// `[[name]]`, or a list of inline tables.
    Tables(&'static Table),
    /// A table whose keys the user chooses, with sentences as values.
    Texts,
}

/// A text whose form is checked when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Lang,
    /// ISO 3166-1 alpha-2.
    Country,
    Siren,
    Siret,
    VatNumber,
    /// Companies House.
    CompanyNumber,
    Email,
    /// `Name <address>`, or an address.
    Mailbox,
    Colour,
    NumberPattern,
}

impl Table {
    /// The key called `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Headers of this table and of the tables below it that have a key called `name`.
    pub fn headers_with(&'static self, name: &str) -> Vec<&'static str> {
        let mut found = vec![];
        for table in self.tables() {
            if table.key(name).is_some() && !found.contains(&table.header) {
                found.push(table.header);
            }
        }
        found
    }

    /// This table and all below it, in the order of the keys.
    pub fn tables(&'static self) -> Vec<&'static Table> {
        let mut all = vec![self];
        for key in self.keys {
            if let Kind::Table(table) | Kind::Tables(table) = key.kind {
                all.extend(table.tables());
            }
        }
        all
    }
}

const fn key(name: &'static str, kind: Kind, example: &'static str, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Optional, doc, example }
}

const fn required(name: &'static str, kind: Kind, example: &'static str, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Required, doc, example }
}
