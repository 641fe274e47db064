//! What a view may hold: the paths a layout can name, their types, and which of them may be absent.
//!
//! The schema is read off specimens of the view by a serde serializer, so that a field added to the
//! view is known here without a second list: an `Option` is a path that may be absent, the newtype
//! [`Html`](crate::proposal::view::Html) is HTML, [`Verbatim`](crate::proposal::view::Verbatim) is text that no
//! typographic rule changes, a string that is an ISO date is a date, one that is
//! a decimal number is an amount.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::ser::{self, Impossible, Serialize};
use serde_json::Value;

use crate::locale::typography::Names;

/// The type of every path of a view, and the specimens it was read off.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(super) root: Kind,
    /// Every layout is rehearsed on these when it is prepared.
    pub(super) specimens: Vec<serde_json::Value>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Text that is printed letter for letter: a name.
    Verbatim,
    /// Text `YYYY-MM-DD`.
    Date,
    /// Text of a decimal number.
    Decimal,
    Number,
    Truth,
    /// Safe HTML.
    Html,
    List(Box<Kind>),
    Object(BTreeMap<String, Field>),
    /// No specimen fills it.
    Unfilled,
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub kind: Kind,
    pub presence: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    Always,
    /// An `Option`: a layout guards it.
    Optional,
}

impl Schema {
    /// From specimens of the view which together fill every optional field and every list.
    ///
    /// # Panics
    /// Where the specimens leave a field unfilled or disagree about its type: a fault of the program
    /// that wrote them, never of a user's files.
    pub fn of<T: Serialize>(specimens: &[T]) -> Schema {
        let mut root = Field { kind: Kind::Unfilled, presence: Presence::Always };
        let mut values = Vec::with_capacity(specimens.len());
        for specimen in specimens {
            let field = specimen.serialize(Reader).expect("a specimen of the view has a schema");
            root = merge(root, field).expect("specimens of the view agree");
            values.push(serde_json::to_value(specimen).expect("a specimen of the view is JSON"));
        }
        if let Some(path) = unfilled(&root.kind) {
            panic!("no specimen of the view fills `{}`", path.trim_start_matches('.'));
        }
        Schema { root: root.kind, specimens: values }
    }

    /// Every path with its type, one a line, in alphabetical order: the reference of what a layout
    /// sees. An element of a list is `[]`, a path that may be absent ends in `?`.
    pub fn reference(&self) -> String {
        let mut out = String::new();
        list_paths(&self.root, "", &mut out);
        out
    }
}

impl Kind {
    /// The names in a value of this kind: all that is [`Verbatim`](Kind::Verbatim).
    pub(super) fn names(&self, value: &Value) -> Names {
        let mut names = vec![];
        collect_names(self, value, &mut names);
        Names::new(names)
    }

    /// For messages: "`client.name` is …".
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text | Kind::Verbatim => "text",
            Kind::Date => "a date",
            Kind::Decimal => "an amount",
            Kind::Number => "a number",
            Kind::Truth => "true or false",
            Kind::Html => "HTML",
            Kind::List(_) => "a list",
            Kind::Object(_) => "a group of values",
            Kind::Unfilled => "nothing",
        }
    }
}

fn collect_names<'v>(kind: &Kind, value: &'v Value, names: &mut Vec<&'v str>) {
    match (kind, value) {
        (Kind::Verbatim, Value::String(name)) => names.push(name),
        (Kind::List(element), Value::Array(list)) => {
            list.iter().for_each(|value| collect_names(element, value, names));
        }
        (Kind::Object(fields), Value::Object(entries)) => {
            for (key, value) in entries {
                if let Some(field) = fields.get(key) {
                    collect_names(&field.kind, value, names);
                }
            }
        }
        _ => {}
    }
}

fn list_paths(kind: &Kind, path: &str, out: &mut String) {
    match kind {
        Kind::Object(fields) => {
            for (key, field) in fields {
                let mark = if field.presence == Presence::Optional { "?" } else { "" };
                let dot = if path.is_empty() { "" } else { "." };
                list_paths(&field.kind, &format!("{path}{dot}{key}{mark}"), out);
            }
        }
        Kind::List(element) => list_paths(element, &format!("{path}[]"), out),
        Kind::Verbatim => out.push_str(&format!("{path}: text, kept as written\n")),
        scalar => out.push_str(&format!("{path}: {}\n", scalar.name())),
    }
}

/// The path of the first value that no specimen fills.
fn unfilled(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Unfilled => Some(String::new()),
        Kind::List(element) => unfilled(element).map(|rest| format!("[]{rest}")),
        Kind::Object(fields) => fields
            .iter()
            .find_map(|(key, field)| unfilled(&field.kind).map(|rest| format!(".{key}{rest}"))),
        _ => None,
    }
}

fn merge(a: Field, b: Field) -> Result<Field, Fault> {
    Ok(Field { kind: merge_kinds(a.kind, b.kind)?, presence: a.presence.max(b.presence) })
}

fn merge_kinds(a: Kind, b: Kind) -> Result<Kind, Fault> {
    use Kind::*;
    Ok(match (a, b) {
        (Unfilled, other) | (other, Unfilled) => other,
        (List(a), List(b)) => List(Box::new(merge_kinds(*a, *b)?)),
        (Object(a), Object(mut b)) => {
            let mut fields = BTreeMap::new();
            for (key, field) in a {
                let merged = match b.remove(&key) {
                    Some(other) => merge(field, other)?,
                    None => Field { presence: Presence::Optional, ..field },
                };
                fields.insert(key, merged);
            }
            let rest =
                b.into_iter().map(|(key, field)| (key, Field { presence: Presence::Optional, ..field }));
            fields.extend(rest);
            Object(fields)
        }
        (a, b) if a == b => a,
        // a string that looks like a date or an amount in one specimen alone is text
        (Text | Date | Decimal, Text | Date | Decimal) => Text,
        (a, b) => return Err(Fault(format!("{} here, {} there", a.name(), b.name()))),
    })
}

/// A fault of a specimen.
#[derive(Debug)]
struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        Fault(message.to_string())
    }
}

fn always(kind: Kind) -> Result<Field, Fault> {
    Ok(Field { kind, presence: Presence::Always })
}

/// Serializes a value into its own type.
struct Reader;

macro_rules! numbers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, _: $type) -> Result<Field, Fault> { always(Kind::Number) })*
    };
}

impl ser::Serializer for Reader {
    type Ok = Field;
    type Error = Fault;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Impossible<Field, Fault>;
    type SerializeTupleVariant = Impossible<Field, Fault>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<Field, Fault>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64
    }

    fn serialize_bool(self, _: bool) -> Result<Field, Fault> {
        always(Kind::Truth)
    }

    fn serialize_char(self, _: char) -> Result<Field, Fault> {
        always(Kind::Text)
    }

    fn serialize_str(self, text: &str) -> Result<Field, Fault> {
        always(if text.parse::<NaiveDate>().is_ok() {
            Kind::Date
        } else if text.parse::<Decimal>().is_ok() {
            Kind::Decimal
        } else {
            Kind::Text
        })
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Field, Fault> {
        Err(Fault("bytes have no place in a view".into()))
    }

    fn serialize_none(self) -> Result<Field, Fault> {
        Ok(Field { kind: Kind::Unfilled, presence: Presence::Optional })
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<Field, Fault> {
        Ok(Field { presence: Presence::Optional, ..value.serialize(Reader)? })
    }

    fn serialize_unit(self) -> Result<Field, Fault> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Field, Fault> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Field, Fault> {
        always(Kind::Text)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Field, Fault> {
        match name {
            "Html" => always(Kind::Html),
            "Verbatim" => always(Kind::Verbatim),
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Field, Fault> {
        Err(Fault(format!("the variant `{variant}` has no place in a view")))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements, Fault> {
        Ok(Elements(Kind::Unfilled))
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements, Fault> {
        Ok(Elements(Kind::Unfilled))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(Fault(format!("the tuple `{name}` has no place in a view")))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(Fault(format!("the variant `{variant}` has no place in a view")))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Fault> {
        Ok(Fields::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Fault> {
        Ok(Fields::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(Fault(format!("the variant `{variant}` has no place in a view")))
    }
}

/// The elements of a list, merged into one type.
struct Elements(Kind);

impl Elements {
    fn add<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Fault> {
        let element = value.serialize(Reader)?;
        self.0 = merge_kinds(std::mem::replace(&mut self.0, Kind::Unfilled), element.kind)?;
        Ok(())
    }
}

impl ser::SerializeSeq for Elements {
    type Ok = Field;
    type Error = Fault;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Fault> {
        self.add(value)
    }

    fn end(self) -> Result<Field, Fault> {
        always(Kind::List(Box::new(self.0)))
    }
}

impl ser::SerializeTuple for Elements {
    type Ok = Field;
    type Error = Fault;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Fault> {
        self.add(value)
    }

    fn end(self) -> Result<Field, Fault> {
        always(Kind::List(Box::new(self.0)))
    }
}

#[derive(Default)]
struct Fields {
    fields: BTreeMap<String, Field>,
    key: String,
}

impl ser::SerializeMap for Fields {
    type Ok = Field;
    type Error = Fault;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Fault> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => {
                self.key = key;
                Ok(())
            }
            _ => Err(Fault("a key of the view is not a string".into())),
        }
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Fault> {
        self.fields.insert(std::mem::take(&mut self.key), value.serialize(Reader)?);
        Ok(())
    }

    fn end(self) -> Result<Field, Fault> {
        always(Kind::Object(self.fields))
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = Field;
    type Error = Fault;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.fields.insert(key.to_owned(), value.serialize(Reader)?);
        Ok(())
    }

    fn end(self) -> Result<Field, Fault> {
        always(Kind::Object(self.fields))
    }
}
