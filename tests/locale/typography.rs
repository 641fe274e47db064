//! The typographic rules: each case with the rule it stands for, then what must hold for any text.

use propale::locale::Locale::{self, EnGb, EnUs, Fr};
use propale::locale::typography::{Names, Segment, Treatment, set, set_around};
use proptest::prelude::*;

/// `⍽` stands for U+00A0, `·` for U+202F, so that a case can be read.
fn seen(text: &str) -> String {
    text.replace('\u{A0}', "⍽").replace('\u{202F}', "·")
}

fn unseen(text: &str) -> String {
    text.replace('⍽', "\u{A0}").replace('·', "\u{202F}")
}

fn one(locale: Locale, text: &str) -> String {
    let set = set(&[Segment { text, treatment: Treatment::Prose(locale) }]);
    set.into_iter().next().unwrap().unwrap_or_else(|| text.to_owned())
}

#[track_caller]
fn check(locale: Locale, cases: &[(&str, &str, &str)]) {
    for (rule, text, expected) in cases {
        let once = one(locale, &unseen(text));
        assert_eq!(seen(&once), *expected, "{rule}: {text}");
        assert_eq!(one(locale, &once), once, "{rule}, set twice: {text}");
    }
}

/// IN: *Lexique des règles typographiques en usage à l'Imprimerie nationale*.
#[test]
fn french() {
    check(
        Fr,
        &[
            // IN, "Ponctuation": a narrow no-break space before ; ! ?, a no-break space before :
            ("high marks", "Pourquoi nous ?", "Pourquoi nous·?"),
            ("high marks", "Pourquoi nous?", "Pourquoi nous·?"),
            ("high marks", "Oui⍽! Non  ; peut-être", "Oui·! Non·; peut-être"),
            ("high marks", "Quoi?! Vraiment !!!", "Quoi·?! Vraiment·!!!"),
            ("high marks", "Attendez...!", "Attendez…·!"),
            ("high marks", "(vraiment ?)", "(vraiment·?)"),
            ("high marks, none", "(!)", "(!)"),
            ("high marks, none", "! et ?", "! et·?"),
            ("colon", "Objet : audit", "Objet⍽: audit"),
            ("colon", "Objet: audit", "Objet⍽: audit"),
            ("colon", "Objet·:", "Objet⍽:"),
            ("colon, a line broken in the source", "Objet\n      : audit", "Objet⍽: audit"),
            // what is no sentence
            ("time", "à 10:30", "à 10:30"),
            ("ratio", "un rapport 3:1", "un rapport 3:1"),
            ("scope", "std::fmt", "std::fmt"),
            ("URL", "voir https://atome.example/a?b=1;c:d!", "voir https://atome.example/a?b=1;c:d·!"),
            ("URL", "(https://atome.example/l'offre)", "(https://atome.example/l'offre)"),
            ("URL", "www.atome.example/a\"b ; oui", "www.atome.example/a\"b·; oui"),
            ("e-mail", "écrire à o'neil@atome.example !", "écrire à o'neil@atome.example·!"),
            ("path", "le fichier clients/l'an.toml ?", "le fichier clients/l'an.toml·?"),
            ("path", "C:\\l'an\\b", "C:\\l'an\\b"),
            ("option", "propale --all", "propale --all"),
            ("code in a word", "a!=b et x;y", "a!=b et x;y"),
            ("a stroke is no path", "l'un et/ou l'autre", "l’un et/ou l’autre"),
            // IN, "Guillemets"
            ("guillemets", "dire \"oui\" ou \"non\"", "dire «⍽oui⍽» ou «⍽non⍽»"),
            ("guillemets", "«oui» et « non »", "«⍽oui⍽» et «⍽non⍽»"),
            ("guillemets", "«·oui·»", "«⍽oui⍽»"),
            ("guillemets", "l'\"équipe\"", "l’«⍽équipe⍽»"),
            ("guillemets", "(\"oui\")", "(«⍽oui⍽»)"),
            ("guillemets, spaced by hand", "dire \" oui \" ici", "dire «⍽oui⍽» ici"),
            ("guillemets and a mark", "\"Vraiment ?\"", "«⍽Vraiment·?⍽»"),
            ("guillemets and a mark", "\"oui\" !", "«⍽oui⍽»·!"),
            ("within others", "\"il a dit \"non\" hier\"", "«⍽il a dit “non” hier⍽»"),
            ("within others", "« il a dit \"non\" »", "«⍽il a dit “non”⍽»"),
            ("inches", "un écran de 12\" ici", "un écran de 12\" ici"),
            ("no partner", "il dit \"oui", "il dit \"oui"),
            // IN, "Apostrophe"
            ("apostrophe", "l'équipe d'aujourd'hui", "l’équipe d’aujourd’hui"),
            ("feet and minutes", "5' de marche", "5' de marche"),
            (
                "a pair is a quotation",
                "l'offre 'tout compris' d'abord",
                "l’offre “tout compris” d’abord",
            ),
            ("a pair is a quotation", "'l'équipe' (l''aîné') ?", "“l’équipe” (l’’aîné’)·?"),
            ("within guillemets", "\"le mot 'oui' suffit\"", "«⍽le mot “oui” suffit⍽»"),
            ("within quotes", "“le mot 'oui' suffit”", "“le mot ‘oui’ suffit”"),
            ("a pair after a digit", "'les années 90', dit-il", "“les années 90”, dit-il"),
            ("no pair", "les années '90, l'an '91", "les années ’90, l’an ’91"),
            ("hours", "à 14 h 30 précises, 14h 30, 9 h", "à 14⍽h⍽30 précises, 14h⍽30, 9⍽h"),
            ("no hours", "en 3 h 200 pages, M. h 30", "en 3⍽h 200 pages, M. h 30"),
            // IN, "Points de suspension"
            ("ellipsis", "etc... et puis", "etc… et puis"),
            ("ellipsis, not four", "....", "...."),
            ("ellipsis, not a path", "../clients", "../clients"),
            // IN, "Tiret"
            ("dash", "le plan - le vrai - tient", "le plan – le vrai – tient"),
            ("dash", "le plan -- le vrai", "le plan – le vrai"),
            ("hyphen", "peut-être, 10-12, -5", "peut-être, 10-12, -5"),
            // IN, "Nombres": a space that is there holds; digits are never grouped
            ("thousands", "12 500 personnes", "12·500 personnes"),
            ("thousands", "1 234 567 euros", "1·234·567⍽euros"),
            ("thousands", "12⍽500,00 €", "12·500,00⍽€"),
            ("year", "en 2026 300 salariés", "en 2026 300 salariés"),
            ("postcode", "69003 Lyon", "69003 Lyon"),
            ("SIREN", "SIREN 999 999 998", "SIREN 999·999·998"),
            ("SIRET", "999 999 998 00017", "999·999·998·00017"),
            ("telephone", "04 99 99 99 99", "04·99·99·99·99"),
            ("telephone", "+33 4 99 99 99 99", "+33·4·99·99·99·99"),
            ("no grouping", "12500 et 20260101", "12500 et 20260101"),
            ("list of numbers", "3, 4 et 12", "3, 4 et 12"),
            // IN, "Unités"
            ("percent", "20 % et 5,5%", "20⍽% et 5,5⍽%"),
            ("percent in a code", "a%20b", "a%20b"),
            ("euro", "900€ ou 900 €", "900⍽€ ou 900⍽€"),
            ("unit", "12 k€, 5 km, 3 h, 20 °C", "12⍽k€, 5⍽km, 3⍽h, 20⍽°C"),
            ("unit", "5 jours, 3 mois, 2 semaines", "5⍽jours, 3⍽mois, 2⍽semaines"),
            ("no unit", "12 rue des Lilas, 3 hommes", "12 rue des Lilas, 3 hommes"),
            ("date", "le 1er décembre 2026", "le 1er décembre 2026"),
            // IN, "Abréviations"
            ("title", "Mme Dumont et M. Roux", "Mme⍽Dumont et M.⍽Roux"),
            ("title", "le Dr Petit", "le Dr⍽Petit"),
            ("number sign", "n° 12, art. 293 B, p. 4", "n°⍽12, art.⍽293 B, p.⍽4"),
            ("end of a sentence", "le plan M. puis", "le plan M. puis"),
        ],
    );
}

/// *New Hart's Rules*, "Punctuation"; the *Chicago Manual of Style* for the American dash.
#[test]
fn english() {
    for locale in [EnGb, EnUs] {
        check(
            locale,
            &[
                ("quotes", "say \"yes\" or \"no\"", "say “yes” or “no”"),
                ("quotes within", "\"he said 'no' twice\"", "“he said ‘no’ twice”"),
                ("quotes within", "\"he said \"no\" twice\"", "“he said ‘no’ twice”"),
                ("quotes and brackets", "(\"yes\")", "(“yes”)"),
                ("apostrophe", "the client's plan isn't ours", "the client’s plan isn’t ours"),
                ("apostrophe", "the clients' plan", "the clients’ plan"),
                ("elision", "'tis the '90s, rock 'n' roll", "’tis the ’90s, rock ’n’ roll"),
                ("feet and inches", "6'2\" tall", "6'2\" tall"),
                ("dash", "the plan - the real one - holds", "the plan – the real one – holds"),
                ("dash", "the plan--the real one", "the plan—the real one"),
                ("hyphen", "follow-up, 10-12", "follow-up, 10-12"),
                ("option", "use --strict here", "use --strict here"),
                ("ellipsis", "and so on...", "and so on…"),
                ("no French spaces", "Why us? Because: yes; 20%!", "Why us? Because: yes; 20%!"),
                ("no French spaces", "12 500 and 5 km", "12 500 and 5 km"),
                ("URL", "see https://a.example/it's \"now\"", "see https://a.example/it's “now”"),
            ],
        );
    }
}

/// Segments of one block, written with `|` between; a segment in `[ ]` is kept as it is.
fn across(locale: Locale, text: &str) -> String {
    let text = unseen(text);
    let parts: Vec<&str> = text.split('|').collect();
    let segments: Vec<Segment> = parts
        .iter()
        .map(|part| match part.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
            Some(text) => Segment { text, treatment: Treatment::Verbatim },
            None => Segment { text: part, treatment: Treatment::Prose(locale) },
        })
        .collect();
    let changed = set(&segments);
    let texts: Vec<String> =
        parts.iter().zip(changed).map(|(part, new)| new.unwrap_or_else(|| part.to_string())).collect();
    seen(&texts.join("|"))
}

#[test]
fn across_inline_elements() {
    let cases = [
        (Fr, "C'est |possible|!", "C’est |possible|·!"),
        (Fr, "C'est |possible |!", "C’est |possible·|!"),
        (Fr, "\"|oui|\"", "«⍽|oui|⍽»"),
        (Fr, "\"oui, |dit-il|, non\"", "«⍽oui, |dit-il|, non⍽»"),
        (Fr, "l'|équipe|", "l’|équipe|"),
        (Fr, "|l|'équipe", "|l|’équipe"),
        (Fr, "lancer |[a ? \"b\"]| ?", "lancer |[a ? \"b\"]|·?"),
        (Fr, "|12| |500| €", "|12|·|500|⍽€"),
        (Fr, "voir |[\n]|? oui", "voir |[\n]|? oui"),
        (Fr, "20|%", "20|⍽%"),
        (EnGb, "\"|yes|\" it's", "“|yes|” it’s"),
    ];
    for (locale, text, expected) in cases {
        assert_eq!(across(locale, text), expected, "{text}");
        assert_eq!(across(locale, expected), expected, "set twice: {text}");
    }
}

#[test]
fn each_text_follows_its_own_language() {
    let segments = [
        Segment { text: "Il a dit : \"", treatment: Treatment::Prose(Fr) },
        Segment { text: "Why us? It's \"yes\"", treatment: Treatment::Prose(EnGb) },
        Segment { text: "\" !", treatment: Treatment::Prose(Fr) },
    ];
    let set: Vec<_> = set(&segments).into_iter().map(|text| seen(&text.unwrap())).collect();
    assert_eq!(set, ["Il a dit⍽: «⍽", "Why us? It’s ‘yes’", "⍽»·!"]);
}

/// Text full of what the rules look at.
fn rich_text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => "[a-dA-DlM]",
        3 => "[0-9]",
        4 => Just(" ".to_owned()),
        6 => "[\"'.;:!?«»“”‘’%€/@-]",
        1 => "[-–—…()\\[\\]&<°\u{A0}\u{202F}\n\\\\]",
        1 => prop_oneof!["km", "M\\.", "Mme", "n°", "\\.\\.\\.", "--", "https://a\\.fr/b", "12 500"],
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(sign, 0..40).prop_map(|signs| signs.concat())
}

/// What the rules may take away, put in or exchange.
fn is_ruled(c: char) -> bool {
    c.is_whitespace() || "'\"’‘«»“”.…-–—".contains(c)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text(text in rich_text(), locale in prop::sample::select(&Locale::ALL[..])) {
        let once = one(locale, &text);
        prop_assert_eq!(&one(locale, &once), &once, "idempotent: {:?}", text);
        let kept = |text: &str| text.chars().filter(|c| !is_ruled(*c)).collect::<String>();
        prop_assert_eq!(kept(&text), kept(&once), "only ruled signs change");
    }

    #[test]
    fn segments_are_set_as_the_whole(parts in prop::collection::vec(rich_text(), 1..5)) {
        let segments: Vec<_> =
            parts.iter().map(|text| Segment { text, treatment: Treatment::Prose(Fr) }).collect();
        let changed = set(&segments);
        let joined: String =
            parts.iter().zip(changed).map(|(part, new)| new.unwrap_or_else(|| part.clone())).collect();
        prop_assert_eq!(joined, one(Fr, &parts.concat()));
    }

    #[test]
    fn what_is_kept_stays(text in rich_text(), around in rich_text()) {
        let kept = Segment { text: &text, treatment: Treatment::Verbatim };
        let prose = Segment { text: &around, treatment: Treatment::Prose(Fr) };
        prop_assert_eq!(&set(&[prose, kept, prose])[1], &None);
    }
}

#[test]
fn words_that_want_their_ligature_are_known() {
    use propale::locale::typography::ligature::taken_apart;
    for (text, expected) in [
        ("le coeur du sujet", &["cœur"][..]),
        ("Oeuvre et main-d'oeuvre, manoeuvres", &["Œuvre", "œuvre", "manœuvres"]),
        ("un voeu, des noeuds, ma soeur", &["vœu", "nœuds", "sœur"]),
        ("COEUR DE MÉTIER", &["CŒUR"]),
        // two sounds, or right already
        ("coexister, moelle, poème, coefficient, Noël, cœur", &[]),
        ("https://a.example/coeur, coeur@a.example, `coeur`", &[]),
    ] {
        let found: Vec<String> = taken_apart(text).into_iter().map(|(_, right)| right).collect();
        assert_eq!(found, expected, "{text}");
    }
    let text = "un coeur, là";
    assert_eq!(&text[taken_apart(text)[0].0.clone()], "coeur");
}

/// A name stays as it is written, in one text or across several; what is around it keeps its rules.
#[test]
fn names() {
    let names = Names::new(["Yahoo!", "\"Co\" -- L'Étude", "Qui ?", "Oui", "  "]);
    let cases = [
        (Fr, &["Yahoo!"][..], "Yahoo!"),
        (Fr, &["L'offre de Yahoo! : \"oui\" !"], "L’offre de Yahoo!⍽: «⍽oui⍽»·!"),
        (Fr, &["\"Yahoo!\" et Yahoo!, non"], "«⍽Yahoo!⍽» et Yahoo!, non"),
        (Fr, &["pour \"Co\" -- L'Étude: l'avis"], "pour \"Co\" -- L'Étude⍽: l’avis"),
        (Fr, &["pour \"Co\"\n -- ", "L'Étude?"], "pour \"Co\"\n -- L'Étude·?"),
        (EnGb, &["\"Co\" -- L'Étude's \"plan\""], "\"Co\" -- L'Étude’s “plan”"),
        (Fr, &["à Mme Yahoo! et n° Oui"], "à Mme⍽Yahoo! et n° Oui"),
        // a whole word, in its own letters
        (Fr, &["MYahoo!"], "MYahoo·!"),
        (Fr, &["yahoo!"], "yahoo·!"),
        (Fr, &["Qui? Qui ?"], "Qui·? Qui ?"),
        (Fr, &["Oui!"], "Oui·!"),
    ];
    for (locale, texts, expected) in cases {
        let segment = |text: &&'static str| Segment { text, treatment: Treatment::Prose(locale) };
        let segments: Vec<Segment<'_>> = texts.iter().map(segment).collect();
        let set = set_around(&names, &segments);
        let all: String =
            set.iter().zip(texts).map(|(new, old)| new.as_deref().unwrap_or(old)).collect();
        assert_eq!(seen(&all), expected, "{texts:?}");
    }
}
