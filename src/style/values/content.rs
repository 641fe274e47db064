//! Generated content (CSS Content 3, CSS GCPM 3).

use super::ListStyleType;

/// What CSS Generated Content allows in `content` in this subset.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentPart {
    Text(String),
    /// `counter(page)`: known only once pages are made.
    Page(ListStyleType),
    /// `counter(pages)`.
    Pages(ListStyleType),
    /// `counter(name)` and its list style.
    Counter(String, ListStyleType),
    /// `attr(name)`, resolved by the cascade for elements: stays only where it has no value.
    Attr(String),
    /// `string(name)`: running heads.
    String(String, StringAt),
    /// `target-counter(url, name)`: of the element that a link leads to; `page` is its page's number.
    TargetCounter {
        link: String,
        name: String,
        style: ListStyleType,
    },
    /// `target-text(url)`.
    TargetText {
        link: String,
    },
}

/// Which of a named string's values on a page is meant (CSS GCPM 3 §1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StringAt {
    /// The first set on the page, else what held before.
    #[default]
    First,
    /// The last set on the page, else what held before.
    Last,
    /// The first set on the page if that is done by what the page begins with, else what held before.
    Start,
    /// Nothing on a page that sets it, else what held before.
    FirstExcept,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    #[default]
    Normal,
    None,
    Parts(Vec<ContentPart>),
}
