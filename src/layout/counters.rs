//! Counters and the words they are printed with (CSS Lists 3 §4, CSS Counter Styles 3 §6–7).

use std::sync::Arc;

use crate::style::values::{ComputedStyle, ListStyleType};

/// The counters in force while the document is walked in order. A counter that an element resets is
/// seen by that element, its descendants and its following siblings (CSS Lists 3 §4.4), so it lives in
/// the scope of the element's parent.
#[derive(Default)]
pub(super) struct Counters {
    scopes: Vec<Vec<(Arc<str>, i32)>>,
}

pub(super) const LIST_ITEM: &str = "list-item";

impl Counters {
    pub fn new() -> Counters {
        Counters { scopes: vec![vec![]] }
    }

    pub(super) fn scopes(&self) -> impl Iterator<Item = &Vec<(Arc<str>, i32)>> {
        self.scopes.iter()
    }

    /// Enters the children of an element.
    pub fn open(&mut self) {
        self.scopes.push(vec![]);
    }

    pub fn close(&mut self) {
        self.scopes.pop();
    }

    /// What an element's own style does to the counters, its children not yet entered.
    pub fn apply(&mut self, style: &ComputedStyle) {
        for (name, value) in &style.counter_reset {
            self.reset(name, *value);
        }
        for (name, by) in &style.counter_increment {
            self.increment(name, *by);
        }
    }

    pub fn reset(&mut self, name: &str, value: i32) {
        let Some(scope) = self.scopes.last_mut() else { return };
        match scope.iter_mut().find(|(n, _)| **n == *name) {
            Some(counter) => counter.1 = value,
            None => scope.push((name.into(), value)),
        }
    }

    pub fn increment(&mut self, name: &str, by: i32) {
        let value = self.value(name).saturating_add(by);
        self.set(name, value);
    }

    /// Sets the innermost counter of that name; makes one where there is none.
    pub fn set(&mut self, name: &str, value: i32) {
        let counter =
            self.scopes.iter_mut().rev().find_map(|s| s.iter_mut().rev().find(|(n, _)| **n == *name));
        match counter {
            Some(counter) => counter.1 = value,
            None => self.reset(name, value),
        }
    }

    /// 0 where there is no such counter.
    pub fn value(&self, name: &str) -> i32 {
        self.scopes
            .iter()
            .rev()
            .find_map(|s| s.iter().rev().find(|(n, _)| **n == *name))
            .map_or(0, |(_, value)| *value)
    }
}

/// A number in a counter style, without prefix and suffix; bullets for the symbolic styles. What a
/// style cannot say (no roman zero) is said in decimals.
pub(super) fn represent(value: i32, style: ListStyleType) -> String {
    match style {
        ListStyleType::None => String::new(),
        ListStyleType::Disc => "•".into(),
        ListStyleType::Circle => "◦".into(),
        ListStyleType::Square => "▪".into(),
        ListStyleType::Decimal => value.to_string(),
        ListStyleType::LowerAlpha => alphabetic(value, b'a'),
        ListStyleType::UpperAlpha => alphabetic(value, b'A'),
        ListStyleType::LowerRoman => roman(value).to_lowercase(),
        ListStyleType::UpperRoman => roman(value),
    }
}

fn alphabetic(value: i32, first: u8) -> String {
    if value < 1 {
        return value.to_string();
    }
    let mut letters = vec![];
    let mut rest = value as u32;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(first + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(value: i32) -> String {
    const DIGITS: [(i32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut out = String::new();
    for (worth, digit) in DIGITS {
        while rest >= worth {
            out.push_str(digit);
            rest -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counter_styles() {
        use ListStyleType::*;
        for (value, style, expected) in [
            (1, Decimal, "1"),
            (-3, Decimal, "-3"),
            (1, LowerAlpha, "a"),
            (26, LowerAlpha, "z"),
            (27, LowerAlpha, "aa"),
            (702, UpperAlpha, "ZZ"),
            (703, UpperAlpha, "AAA"),
            (0, LowerAlpha, "0"),
            (4, LowerRoman, "iv"),
            (1994, UpperRoman, "MCMXCIV"),
            (4000, UpperRoman, "4000"),
            (7, None, ""),
        ] {
            assert_eq!(represent(value, style), expected, "{value} {style:?}");
        }
    }

    /// CSS Lists 3 §4.4: a nested list's counter hides the outer one, and ends with the list.
    #[test]
    fn scopes() {
        let mut counters = Counters::new();
        counters.reset(LIST_ITEM, 0); // <ol>
        counters.open();
        counters.increment(LIST_ITEM, 1); // <li>
        counters.open();
        counters.reset(LIST_ITEM, 0); // <ol> in it
        counters.open();
        counters.increment(LIST_ITEM, 1);
        counters.increment(LIST_ITEM, 1);
        assert_eq!(counters.value(LIST_ITEM), 2);
        counters.close();
        counters.close();
        counters.increment(LIST_ITEM, 1); // the outer list's second <li>
        assert_eq!(counters.value(LIST_ITEM), 2);
        assert_eq!(counters.value("none"), 0);
    }
}
