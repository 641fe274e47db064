//! Enumerations whose values a user writes as words.

/// Declares an enum together with the words that stand for its values in a file: `WORDS`, in the
/// order of declaration, `from_word` and `word`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$value_meta:meta])* $value:ident = $word:literal ),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $( $(#[$value_meta])* $value ),+ }

        impl $name {
            /// What may be written, in the order that messages list it.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The value that `word` stands for; None for any other word.
            pub fn from_word(word: &str) -> Option<$name> {
                match word {
                    $( $word => Some($name::$value), )+
                    _ => None,
                }
            }

            /// The word that stands for this value.
            pub fn word(self) -> &'static str {
                match self { $( $name::$value => $word ),+ }
            }
        }
    };
}

pub(crate) use words;
