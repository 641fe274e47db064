//! How a letter opens and closes, by the reader's civility and name.

use super::Locale;

/// The words that frame a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courtesy {
    /// Of an e-mail: "Bonjour Madame," · "Dear Ms Whitlock,"
    pub greeting: String,
    /// "Madame," · "Dear Ms Whitlock,"
    pub opening: String,
    /// The reader's name as it stands in these two, letter for letter; French says none.
    pub addressee: Option<String>,
    /// "Je vous prie de recevoir, Madame, mes salutations distinguées." · "Yours sincerely,"
    pub closing: String,
}

/// What a civility says of how somebody is addressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    Woman,
    Man,
    Doctor,
    /// Lawyers and notaries, in French.
    Maitre,
    Unknown,
}

impl Locale {
    /// The frame of a letter to `name`, whose `civility` is as written in either language ("Mme", "Ms").
    ///
    /// French addresses by the civility alone, never by the name, and takes it up again in its closing
    /// (Imprimerie nationale, "Correspondance"). English names a reader it knows and is then sincere, and is
    /// faithful to one it does not know.
    pub fn courtesy(self, civility: Option<&str>, name: Option<&str>) -> Courtesy {
        let address = civility.map_or(Address::Unknown, Address::of);
        match self {
            Locale::Fr => {
                let title = match address {
                    Address::Woman => "Madame",
                    Address::Man => "Monsieur",
                    Address::Doctor => "Docteur",
                    Address::Maitre => "Maître",
                    Address::Unknown => "Madame, Monsieur",
                };
                let known = (address != Address::Unknown).then_some(title);
                Courtesy {
                    addressee: None,
                    greeting: known.map_or("Bonjour,".into(), |title| format!("Bonjour {title},")),
                    opening: format!("{title},"),
                    closing: format!("Je vous prie de recevoir, {title}, mes salutations distinguées."),
                }
            }
            Locale::EnGb | Locale::EnUs => {
                let civility = civility.map(|written| written.trim().trim_end_matches('.'));
                let reader = name.map(str::trim).filter(|name| !name.is_empty()).map(|name| {
                    match (address, self) {
                        (Address::Woman, _) => {
                            let own = civility.filter(|own| ["Mrs", "Miss"].contains(own));
                            titled(own.unwrap_or("Ms"), name, self)
                        }
                        (Address::Man, _) => titled("Mr", name, self),
                        (Address::Doctor, _) => titled("Dr", name, self),
                        (Address::Maitre | Address::Unknown, _) => name.to_string(),
                    }
                });
                let said = |name: &str| match address {
                    Address::Maitre | Address::Unknown => name.to_string(),
                    _ => surname(name).to_string(),
                };
                let addressee = name.map(str::trim).filter(|name| !name.is_empty()).map(said);
                let (comma, known) = (if self == Locale::EnUs { ":" } else { "," }, reader.is_some());
                Courtesy {
                    addressee,
                    greeting: match &reader {
                        Some(reader) => format!("Dear {reader},"),
                        None => "Hello,".to_string(),
                    },
                    opening: match reader {
                        Some(reader) => format!("Dear {reader}{comma}"),
                        None => format!("Dear Sir or Madam{comma}"),
                    },
                    closing: match (known, self) {
                        (_, Locale::EnUs) => "Sincerely,".to_string(),
                        (true, _) => "Yours sincerely,".to_string(),
                        (false, _) => "Yours faithfully,".to_string(),
                    },
                }
            }
        }
    }
}

impl Address {
    fn of(civility: &str) -> Address {
        match civility.trim().trim_end_matches('.').to_lowercase().as_str() {
            "mme" | "madame" | "mlle" | "mrs" | "ms" | "miss" | "madam" => Address::Woman,
            "m" | "monsieur" | "mr" | "sir" => Address::Man,
            "dr" | "docteur" | "doctor" | "pr" | "prof" => Address::Doctor,
            "me" | "maître" | "maitre" => Address::Maitre,
            _ => Address::Unknown,
        }
    }
}

/// "Ms Whitlock"; Americans write the point.
fn titled(title: &str, name: &str, locale: Locale) -> String {
    let point = if locale == Locale::EnUs && title != "Miss" { "." } else { "" };
    format!("{title}{point} {}", surname(name))
}

/// The surname of a full name: what stands in capitals ("Claire DUMONT"), else from the first particle on
/// ("Ludwig van Beethoven"), else the last word.
fn surname(name: &str) -> &str {
    let words: Vec<(usize, &str)> = name
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - name.as_ptr() as usize, word))
        .collect();
    let capitals = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let particle = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let later = words.iter().skip(1);
    let start = words
        .iter()
        .find(|(_, word)| capitals(word) && !word.ends_with('.'))
        .or_else(|| later.clone().find(|(_, word)| particle(word)))
        .or(words.last());
    start.map_or(name, |(at, _)| &name[*at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn frame(locale: Locale, civility: &str, name: &str, opening: &str, closing: &str) {
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        let (civility, name): (&'static str, &'static str) =
            (String::leak(civility.into()), String::leak(name.into()));
        let courtesy = locale.courtesy(some(civility), some(name));
        assert_eq!((courtesy.opening.as_str(), courtesy.closing.as_str()), (opening, closing));
    }

    #[test]
    fn french_takes_the_civility_up_again() {
        let closing = |title| format!("Je vous prie de recevoir, {title}, mes salutations distinguées.");
        frame(Locale::Fr, "Mme", "Claire Dumont", "Madame,", &closing("Madame"));
        frame(Locale::Fr, "M.", "Antoine Vasseur", "Monsieur,", &closing("Monsieur"));
        frame(Locale::Fr, "Ms", "Eleanor Whitlock", "Madame,", &closing("Madame"));
        frame(Locale::Fr, "Me", "Paul Roy", "Maître,", &closing("Maître"));
        frame(Locale::Fr, "", "", "Madame, Monsieur,", &closing("Madame, Monsieur"));
        frame(Locale::Fr, "Sa Grâce", "X", "Madame, Monsieur,", &closing("Madame, Monsieur"));
    }

    #[test]
    fn an_email_greets_less_stiffly() {
        for (locale, civility, name, greeting) in [
            (Locale::Fr, Some("Mme"), Some("Claire Dumont"), "Bonjour Madame,"),
            (Locale::Fr, Some("Dr"), None, "Bonjour Docteur,"),
            (Locale::Fr, None, Some("Claire Dumont"), "Bonjour,"),
            (Locale::EnGb, Some("Mme"), Some("Claire Dumont"), "Dear Ms Dumont,"),
            (Locale::EnUs, Some("Mr."), Some("Vincent van Gogh"), "Dear Mr. van Gogh,"),
            (Locale::EnGb, None, Some("Sam Poe"), "Dear Sam Poe,"),
            (Locale::EnGb, Some("Ms"), None, "Hello,"),
        ] {
            assert_eq!(locale.courtesy(civility, name).greeting, greeting);
        }
    }

    #[test]
    fn english_names_whom_it_knows() {
        frame(Locale::EnGb, "Ms", "Eleanor Whitlock", "Dear Ms Whitlock,", "Yours sincerely,");
        frame(Locale::EnGb, "Mrs", "Anne de Vries", "Dear Mrs de Vries,", "Yours sincerely,");
        frame(Locale::EnGb, "Mme", "Claire DUMONT", "Dear Ms DUMONT,", "Yours sincerely,");
        frame(Locale::EnGb, "", "Sam Poe", "Dear Sam Poe,", "Yours sincerely,");
        frame(Locale::EnGb, "", "", "Dear Sir or Madam,", "Yours faithfully,");
        frame(Locale::EnUs, "Mr", "J. R. Poe", "Dear Mr. Poe:", "Sincerely,");
    }
}
