//! A table that has been read: every value has the type that the table of keys promises.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Table;
use crate::diagnostic::Place;
use crate::proposal::placed::{Placed, Text};

/// The keys of a table that were written and are right. Domain types take what they know, by name;
/// [`Fields::close`] makes sure that nothing the table of keys offers is forgotten.
#[derive(Debug)]
pub struct Fields {
    /// The table's header, or the braces of an inline one.
    pub place: Place,
    /// Some key here or below was missing or wrong, and has been reported.
    pub faulty: bool,
    table: &'static Table,
    values: BTreeMap<&'static str, Placed<Value>>,
}

#[derive(Debug)]
pub enum Value {
    Text(String),
    Number(Decimal),
    Whole(u32),
    Flag(bool),
    Date(NaiveDate),
    List(Vec<Placed<Value>>),
    Table(Fields),
    Tables(Vec<Fields>),
    /// Keys and sentences, in the file's order.
    Texts(Vec<(Text, Text)>),
}

impl Fields {
    pub(super) fn new(table: &'static Table, place: Place) -> Fields {
        Fields { place, faulty: false, table, values: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, name: &'static str, value: Placed<Value>) {
        self.values.insert(name, value);
    }

    /// The value of a key, as it was read.
    pub fn value(&mut self, name: &str) -> Option<Placed<Value>> {
        debug_assert!(self.table.key(name).is_some(), "`{name}` is not in the table of keys");
        self.values.remove(name)
    }

    pub fn text(&mut self, name: &str) -> Option<Text> {
        self.value(name)?.and_then(Value::into_text)
    }

    /// A text whose form has been checked, as what it stands for.
    pub fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Placed<T>> {
        self.text(name)?.and_then(|text| parse(&text))
    }

    pub fn number(&mut self, name: &str) -> Option<Placed<Decimal>> {
        self.value(name)?.and_then(|value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        })
    }

    pub fn whole(&mut self, name: &str) -> Option<Placed<u32>> {
        self.value(name)?.and_then(|value| match value {
            Value::Whole(number) => Some(number),
            _ => None,
        })
    }

    pub fn flag(&mut self, name: &str) -> Option<Placed<bool>> {
        self.value(name)?.and_then(|value| match value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        })
    }

    pub fn date(&mut self, name: &str) -> Option<Placed<NaiveDate>> {
        self.value(name)?.and_then(|value| match value {
            Value::Date(date) => Some(date),
            _ => None,
        })
    }

    /// None where the key was not written: an empty list may mean something else.
    pub fn list(&mut self, name: &str) -> Option<Vec<Text>> {
        match self.value(name)?.value {
            Value::List(list) => {
                Some(list.into_iter().filter_map(|entry| entry.and_then(Value::into_text)).collect())
            }
            _ => None,
        }
    }

    pub fn table(&mut self, name: &str) -> Option<Fields> {
        match self.value(name)?.value {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    pub fn tables(&mut self, name: &str) -> Vec<Fields> {
        match self.value(name).map(|value| value.value) {
            Some(Value::Tables(tables)) => tables,
            _ => vec![],
        }
    }

    pub fn texts(&mut self, name: &str) -> Vec<(Text, Text)> {
        match self.value(name).map(|value| value.value) {
            Some(Value::Texts(texts)) => texts,
            _ => vec![],
        }
    }

    /// Ends the reading of a table: every key that the table of keys offers has been asked for.
    pub fn close(self) {
        debug_assert!(
            self.values.is_empty(),
            "keys of {} that nobody reads: {:?}",
            self.table.header,
            self.values.keys()
        );
    }
}

impl Value {
    fn into_text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}
