//! Checks a file against the table of keys, and reports every fault with its place.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::fields::{Fields, Value};
use super::syntax::{self, Faults, quoted};
use super::value::{self, Fault, Lines, expected, found};
use super::{Key, Kind, Need, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source, excerpt, nearest};
use crate::proposal::markdown;
use crate::proposal::placed::{Placed, Text};

/// After so many, a file's further faults are only counted.
const TOLD: usize = 100;

/// So that a percentage of any amount is exact.
const PERCENT_DECIMALS: u32 = 4;

/// A file as far as it could be read.
pub struct Reading {
    pub fields: Fields,
    /// Every string that may be printed.
    pub printed: Vec<Text>,
}

/// Reads `source` against `table`; None where its syntax is so broken that keys may be lost. Faults are
/// added to `found`, for [`report`].
pub fn read(
    source: &Arc<Source>,
    table: &'static Table,
    found: &mut Vec<Diagnostic>,
) -> Option<Reading> {
    let (parsed, faults) = syntax::parse(source);
    let tear = faults.tear();
    let torn = tear.is_some();
    let mut reader =
        Reader { source, root: table, faults, torn, told: vec![], found: vec![], printed: vec![] };
    let fields = reader.table(table, &parsed, 0..0);
    let meant = |d: &Diagnostic| {
        let place = d.place.as_ref();
        place.is_none_or(|place| {
            tear.is_none_or(|tear| place.span.start < tear) && !reader.faults.are_on_line_of(place)
        })
    };
    reader.found.retain(meant);
    found.append(&mut reader.found);
    found.append(&mut reader.told);
    found.extend(reader.faults.diagnostics(source));
    (!torn).then_some(Reading { fields, printed: reader.printed })
}

/// The text at one key of one table, if it is there, without checking anything.
pub fn peek(source: &Source, table: &str, key: &str) -> Option<String> {
    let (parsed, _) = syntax::parse(source);
    let text = parsed.get(table)?.get_ref().get(key)?.get_ref().as_str()?;
    Some(text.trim().to_owned())
}

/// Hands on what was found in one file, in the file's order, and no more of it than a person would read.
pub fn report(mut found: Vec<Diagnostic>, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    found.sort_by_key(|d| d.place.as_ref().map_or(0, |place| place.span.start));
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    diagnostics.extend(found);
    if more > 0 {
        let end = source.text.len();
        diagnostics.push(
            Diagnostic::error(format!("{more} more faults in this file"))
                .at(Place::new(source, end..end)),
        );
    }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    root: &'static Table,
    faults: Faults,
    /// Some keys may be lost: none is called missing.
    torn: bool,
    /// Faults of syntax that could be told better here.
    told: Vec<Diagnostic>,
    /// Faults of meaning.
    found: Vec<Diagnostic>,
    printed: Vec<Text>,
}

/// A value to read, and what messages call it.
struct Slot<'a> {
    /// The key's name.
    name: &'a str,
    need: Need,
    /// One of a list: "an entry of `needs`".
    entry: bool,
}

impl Slot<'_> {
    fn subject(&self) -> String {
        match self.entry {
            true => format!("an entry of `{}`", excerpt(self.name)),
            false => format!("`{}`", excerpt(self.name)),
        }
    }
}

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.source, span)
    }

    fn table(&mut self, table: &'static Table, parsed: &DeTable<'_>, span: Range<usize>) -> Fields {
        let mut fields = Fields::new(table, self.place(span.clone()));
        let mut misspelt = vec![];
        for (name, value) in parsed {
            let Some(key) = table.key(name.get_ref()) else {
                misspelt.extend(self.unknown(table, name, value.get_ref()));
                fields.faulty = true;
                continue;
            };
            let slot = Slot { name: key.name, need: key.need, entry: false };
            let before = self.found.len() + self.told.len();
            if let Some(read) = self.value(&slot, &key.kind, value, name.span()) {
                let place = self.place(value.span());
                fields.insert(key.name, Placed::new(read, place));
            }
            fields.faulty |= self.found.len() + self.told.len() > before;
        }
        for key in table.keys {
            let missing = key.need == Need::Required && !parsed.contains_key(key.name);
            if missing && !self.torn && !misspelt.contains(&key.name) {
                self.missing(table, key, span.clone());
                fields.faulty = true;
            }
        }
        fields
    }

    fn missing(&mut self, table: &Table, key: &Key, span: Range<usize>) {
        let place = self.place(span);
        self.found.push(match &key.kind {
            Kind::Table(inner) => {
                let required = inner.keys.iter().filter(|key| key.need == Need::Required);
                let keys: Vec<String> =
                    required.map(|key| format!("`{} = {}`", key.name, key.example)).collect();
                Diagnostic::error(format!("missing table `{}`", inner.header)).at(place).hint(format!(
                    "add `{}` with {}",
                    inner.header,
                    keys.join(", ")
                ))
            }
            _ => {
                let within = if table.header.is_empty() { "this file" } else { table.header };
                Diagnostic::error(format!("missing key `{}` in {within}", key.name))
                    .at(place)
                    .hint(format!("add `{} = {}`", key.name, key.example))
            }
        });
    }

    /// Reports a key that the table has not; gives the key that was probably meant.
    fn unknown(
        &mut self,
        table: &'static Table,
        name: &Spanned<DeString<'_>>,
        value: &DeValue<'_>,
    ) -> Option<&'static str> {
        let place = self.place(name.span());
        let name = excerpt(name.get_ref());
        let what = match (value, table.header) {
            (DeValue::Table(_), "") => format!("unknown table `[{name}]`"),
            (_, "") => format!("unknown key `{name}`"),
            (_, header) => format!("unknown key `{name}` in {header}"),
        };
        let error = Diagnostic::error(what).at(place);
        let known = || table.keys.iter().map(|key| key.name);
        let near = nearest(&name, known());
        let elsewhere = self.root.headers_with(&name);
        let hint = if let Some(near) = near {
            format!("did you mean `{near}`?")
        } else if let Some(header) = elsewhere.iter().find(|header| header.starts_with('[')) {
            format!("`{name}` belongs in {header}")
        } else if elsewhere.contains(&"") {
            format!("`{name}` belongs at the top of the file, before any `[table]`")
        } else {
            format!("known keys: {}", known().collect::<Vec<_>>().join(", "))
        };
        self.found.push(error.hint(hint));
        near.and_then(|near| table.key(near)).map(|key| key.name)
    }

    fn fault(&mut self, slot: &Slot<'_>, span: Range<usize>, fault: Fault) {
        let error = Diagnostic::error(format!("{} must {}", slot.subject(), fault.message));
        let error = fault.hint.into_iter().fold(error, Diagnostic::hint);
        self.found.push(error.at(self.place(span)));
    }

    /// The value of a key, or an entry of its list, if it is right. `key` is where its key stands.
    fn value(
        &mut self,
        slot: &Slot<'_>,
        kind: &'static Kind,
        spanned: &Spanned<DeValue<'_>>,
        key: Range<usize>,
    ) -> Option<Value> {
        let span = spanned.span();
        let value = spanned.get_ref();
        let scalar = !matches!(value, DeValue::Array(_) | DeValue::Table(_));
        if scalar && self.faults.take_value(&span) {
            self.not_toml(slot, kind, span, key);
            return None;
        }
        let read = match (kind, value) {
            (Kind::Path, DeValue::String(text)) => {
                value::text(text, Lines::One).and_then(|text| value::path(&text))
            }
            (Kind::Text | Kind::Word, DeValue::String(text)) => value::text(text, Lines::One),
            (Kind::Sentences | Kind::Private | Kind::Mention, DeValue::String(text)) => {
                value::text(text, Lines::Many)
            }
            (Kind::Format(format), DeValue::String(text)) => {
                value::text(text, Lines::One).and_then(|text| match text.is_empty() {
                    true => Ok(text),
                    false => value::format(*format, &text),
                })
            }
            (Kind::Choice(words), DeValue::String(text)) => value::choice(words, text),
            (Kind::Mention, DeValue::Boolean(false)) => return Some(Value::Flag(false)),
            (Kind::Vat, DeValue::String(text)) if value::decimal(value).is_none() => {
                value::choice(value::VAT_WORDS, text)
            }
            (Kind::Flag, DeValue::Boolean(flag)) => return Some(Value::Flag(*flag)),
            (Kind::Date, _) if value::date(value).is_some() => {
                return value::date(value).map(Value::Date);
            }
            (Kind::Amount | Kind::Percent | Kind::Vat | Kind::Whole(..), _) => {
                return self.number(slot, kind, value, span);
            }
            (Kind::List(inner), DeValue::Array(list)) => return Some(self.list(slot, inner, list)),
            (Kind::Table(table), DeValue::Table(inner)) => {
                return Some(Value::Table(self.table(table, inner, span)));
            }
            (Kind::Tables(table), DeValue::Array(list)) => return self.tables(slot, table, list, span),
            (Kind::Texts, DeValue::Table(inner)) => return Some(self.texts(slot, inner)),
            _ => {
                self.mistyped(slot, kind, value, span);
                return None;
            }
        };
        match read {
            Ok(text) if text.is_empty() => {
                if slot.entry || slot.need == Need::Required {
                    let error = Diagnostic::error(format!("{} is empty", slot.subject()));
                    self.found.push(error.at(self.place(span)));
                }
                None
            }
            Ok(text) => {
                if matches!(kind, Kind::Text | Kind::Sentences | Kind::Mention) {
                    self.printed.push(Placed::new(text.clone(), self.place(span.clone())));
                }
                if matches!(kind, Kind::Sentences | Kind::Mention)
                    && let Some((lost, becomes)) = markdown::lost_inline(&text)
                {
                    let message = format!("{} holds {lost}, which {becomes}", slot.subject());
                    let hint =
                        "write sentences here, a blank line apart; the offer's note has room for more";
                    self.found.push(Diagnostic::warning(message).at(self.place(span)).hint(hint));
                }
                Some(Value::Text(text))
            }
            Err(fault) => {
                self.fault(slot, span, fault);
                None
            }
        }
    }

    /// What stands after the `=` is no value at all: says what is expected there.
    fn not_toml(&mut self, slot: &Slot<'_>, kind: &Kind, span: Range<usize>, key: Range<usize>) {
        let raw = self.source.text.get(span.clone()).unwrap_or("").trim();
        if raw.is_empty() {
            let message = format!("{} has no value: expected {}", slot.subject(), expected(kind));
            self.told.push(Diagnostic::error(message).at(self.place(key)));
            return;
        }
        let (subject, expected, found) = (slot.subject(), expected(kind), excerpt(raw));
        let error = Diagnostic::error(format!("{subject} must be {expected}, found `{found}`"));
        let error = if is_text(kind) { error.hint(format!("write {}", quoted(raw))) } else { error };
        self.told.push(error.at(self.place(span)));
    }

    fn mistyped(&mut self, slot: &Slot<'_>, kind: &Kind, value: &DeValue<'_>, span: Range<usize>) {
        let fault = Fault::new(format!("be {}, found {}", expected(kind), found(value)));
        let raw = self.source.text.get(span.clone()).unwrap_or("");
        let write = match (kind, value) {
            (Kind::List(_), DeValue::String(text)) => Some(format!("[{}]", quoted(text))),
            (Kind::Tables(table), DeValue::Table(_)) => Some(format!("`{}`", table.header)),
            (Kind::Table(table), DeValue::Array(_)) if table.header.starts_with('[') => {
                Some(format!("`{}`, once", table.header))
            }
            (Kind::Flag | Kind::Date | Kind::Whole(..), DeValue::String(text)) => {
                Some(format!("{}, without quotes", excerpt(text))).filter(|_| unquoted(kind, text))
            }
            (_, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)) if is_text(kind) => {
                Some(quoted(raw))
            }
            _ => None,
        };
        let fault = match write {
            Some(write) => fault.hint(format!("write {write}")),
            None => fault,
        };
        self.fault(slot, span, fault);
    }

    fn number(
        &mut self,
        slot: &Slot<'_>,
        kind: &Kind,
        value: &DeValue<'_>,
        span: Range<usize>,
    ) -> Option<Value> {
        // A number of days is not written as text; a price copied from elsewhere may be.
        let decimal = match (kind, value) {
            (Kind::Whole(..), DeValue::String(_)) => None,
            _ => value::decimal(value),
        };
        let number = match decimal {
            Some(Ok(number)) => number,
            Some(Err(fault)) => {
                self.fault(slot, span, fault);
                return None;
            }
            None => {
                self.mistyped(slot, kind, value, span);
                return None;
            }
        };
        let within = match kind {
            Kind::Whole(min, max) => {
                let whole = u32::try_from(number).ok().filter(|_| number.is_integer());
                if let Some(whole) = whole.filter(|whole| (min..=max).contains(&whole)) {
                    return Some(Value::Whole(whole));
                }
                false
            }
            Kind::Amount => !number.is_sign_negative() || number.is_zero(),
            _ => (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&number),
        };
        if !within {
            self.mistyped(slot, kind, value, span);
            return None;
        }
        if matches!(kind, Kind::Percent | Kind::Vat) && number.scale() > PERCENT_DECIMALS {
            let fault = format!("have at most four decimals, found {}", found(value));
            self.fault(slot, span, Fault::new(fault));
            return None;
        }
        Some(Value::Number(number))
    }

    fn list(&mut self, slot: &Slot<'_>, inner: &'static Kind, list: &[Spanned<DeValue<'_>>]) -> Value {
        let entry = Slot { name: slot.name, need: Need::Required, entry: true };
        let mut values = vec![];
        for value in list {
            if let Some(read) = self.value(&entry, inner, value, value.span()) {
                values.push(Placed::new(read, self.place(value.span())));
            }
        }
        Value::List(values)
    }

    fn tables(
        &mut self,
        slot: &Slot<'_>,
        table: &'static Table,
        list: &[Spanned<DeValue<'_>>],
        span: Range<usize>,
    ) -> Option<Value> {
        if list.is_empty() && slot.need == Need::Required {
            self.found
                .push(Diagnostic::error(format!("{} is empty", slot.subject())).at(self.place(span)));
        }
        let mut tables = vec![];
        for value in list {
            match value.get_ref() {
                DeValue::Table(inner) => tables.push(self.table(table, inner, value.span())),
                other => {
                    let entry = Slot { name: slot.name, need: Need::Required, entry: true };
                    let fault = Fault::new(format!("be a table, found {}", found(other)));
                    self.fault(&entry, value.span(), fault);
                }
            }
        }
        Some(Value::Tables(tables))
    }

    /// A table whose keys the user chooses.
    fn texts(&mut self, slot: &Slot<'_>, inner: &DeTable<'_>) -> Value {
        let mut texts = vec![];
        for (name, value) in inner {
            let id = Placed::new(name.get_ref().to_string(), self.place(name.span()));
            if id.trim().is_empty() {
                let error = Diagnostic::error(format!("{} has a key without a name", slot.subject()));
                self.found.push(error.at(id.place));
                continue;
            }
            let entry = Slot { name: &id, need: Need::Required, entry: false };
            if let Some(Value::Text(text)) = self.value(&entry, &Kind::Sentences, value, name.span()) {
                let text = Placed::new(text, self.place(value.span()));
                texts.push((id, text));
            }
        }
        texts.sort_by_key(|(id, _)| id.place.span.start);
        Value::Texts(texts)
    }
}

/// Whether quotes would make a value of this kind of anything.
fn is_text(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text
            | Kind::Sentences
            | Kind::Private
            | Kind::Word
            | Kind::Path
            | Kind::Format(_)
            | Kind::Mention
    )
}

/// Whether `text` would be a value of this kind without the quotes around it.
fn unquoted(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Flag => matches!(text, "true" | "false"),
        Kind::Date => text.parse::<chrono::NaiveDate>().is_ok(),
        Kind::Whole(min, max) => text.parse().is_ok_and(|number| (min..=max).contains(&&number)),
        _ => false,
    }
}
