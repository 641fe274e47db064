//! What is heard in notes, and what is not.

use propale::proposal::lexicon::Language;
use propale::proposal::lexicon::language::{Stems, fold};
use propale::proposal::lexicon::thesaurus::thesaurus;
use propale::proposal::offer::Offer;
use propale::proposal::select::{NeedSource, Situation};

use super::{Brief, brief, offer};

const OFFER: &str = "\
---
lang: fr
needs:
  tresorerie: { label: voir venir la trésorerie, words: [trésorerie, découvert] }
  equipes: { label: fidéliser les équipes, words: [turnover] }
  croissance: { label: tenir la croissance, words: [hypercroissance] }
  interim: { label: assurer un intérim, words: [congé maternité] }
  roles: { label: clarifier qui fait quoi, words: [organigramme] }
---
# Pourquoi
- argent #tresorerie
- départs #equipes
- taille #croissance
- relais #interim
- rôles #roles
# Avantages
- a #tresorerie
- b #equipes
";

fn heard(offer: &Offer, notes: &'static str, headcount: Option<u32>) -> String {
    let situation = Situation { notes: Some(notes), headcount, ..Situation::default() };
    let brief = Brief { situation, ..brief("", "", "") };
    let (selection, _) = brief.select(offer);
    for need in &selection.needs {
        assert_eq!(need.source, NeedSource::Inferred);
        assert!(notes.contains(need.evidence.as_deref().unwrap()), "evidence stands in the notes");
    }
    selection.needs.iter().map(|need| need.tag.as_str()).collect::<Vec<_>>().join(" ")
}

/// Of what one has, the absence is the need; of a trouble, it is none.
#[test]
fn a_remedy_is_missed_and_a_trouble_is_not() {
    let offer = offer(
        "---\nlang: fr\nneeds:\n  continuite: { label: repartir vite, words: [PRA, panne] }\n---\n# Pourquoi\n- a #continuite\n# Avantages\n- c #continuite\n",
    );
    assert_eq!(heard(&offer, "Pas de PRA, rien d'essayé.", None), "continuite");
    assert_eq!(heard(&offer, "Pas de panne à ce jour.", None), "");
    let offer = super::offer(
        "---\nlang: fr\nneeds:\n  referent: { label: qui s'occupe de la sécurité, words: [HSE, accident] }\n---\n# Pourquoi\n- a #referent\n# Avantages\n- c #referent\n",
    );
    assert_eq!(heard(&offer, "La RH est seule, pas de HSE.", None), "referent");
    assert_eq!(heard(&offer, "Pas d'accident.", None), "");
}

/// What one fails to do with a thing leaves the thing there; what it is not, it is not.
#[test]
fn a_negated_verb_does_not_deny_its_object() {
    let offer = offer(
        "---\nlang: fr\nneeds:\n  echecs: { label: gagner plus souvent, words: [rejet] }\n---\n# Pourquoi\n- a #echecs\n# Avantages\n- c #echecs\n",
    );
    assert_eq!(heard(&offer, "Elle n'ouvre pas les courriers de rejet.", None), "echecs");
    assert_eq!(heard(&offer, "He never reads the rejet.", None), "echecs");
    assert_eq!(heard(&offer, "Ce n'est pas le rejet.", None), "");
    assert_eq!(heard(&offer, "Pas de rejet.", None), "");
}

/// Words that come near the offer's own, letter by letter, tell nothing where they are another's or put aside.
#[test]
fn likenesses_are_of_the_client() {
    let offer = offer(
        "---\nlang: fr\nneeds:\n  accidents: { label: moins d'accidents, words: [accident] }\n  retards: { label: à l'heure, words: [retard] }\n---\n\
         # Pourquoi\n- a #accidents\n- b #retards\n# Avantages\n- c #accidents\n- d #retards\n",
    );
    assert_eq!(
        heard(&offer, "Son ancien employeur : accidents partout. Ici, les retards.", None),
        "retards"
    );
}

/// "Within two weeks" is a wish, "lands within three per cent" is content.
#[test]
fn a_date_is_no_denial() {
    let offer = offer(
        "---\nlang: en\nneeds:\n  cover: { label: covering an absence, words: [maternity leave] }\n---\n# Why\n- a #cover\n# Benefits\n- c #cover\n",
    );
    for notes in [
        "Need somebody for a maternity leave within two weeks.",
        "Of course there is the maternity leave.",
        "A huge worry, the maternity leave.",
    ] {
        assert_eq!(heard(&offer, notes, None), "cover", "{notes}");
    }
}

/// A phrase that is a part of another gives way to it, in labels and in notes.
#[test]
fn the_longer_phrase_is_meant() {
    let offer = offer(
        "---\nlang: fr\nneeds:\n  comptes: { label: sortir le bilan plus tôt }\n  planete: { label: mesurer son bilan carbone }\n---\n\
         # Pourquoi\n- a #comptes\n- b #planete\n# Avantages\n- c #comptes\n- d #planete\n",
    );
    assert_eq!(heard(&offer, "Leur client demande le bilan carbone.", None), "planete");
    assert_eq!(heard(&offer, "Le bilan arrive six mois après.", None), "comptes");
}

#[test]
fn needs_are_heard_in_words_and_in_sense_and_not_where_they_are_put_aside() {
    let offer = offer(OFFER);
    for (notes, expected) in [
        // The offer's own words: accents, plurals, a letter wrong.
        ("Découverts tous les mois.", "tresorerie"),
        ("TRESORERIE très tendue", "tresorerie"),
        ("Souci de trésorrerie depuis mars.", "tresorerie"),
        // Other words, the same sense.
        ("Il ne se paie plus depuis juin, la banque appelle tous les lundis.", "tresorerie"),
        ("Cinq vendeuses sont parties à la concurrence.", "equipes"),
        ("Sa directrice attend un bébé pour mars, personne pour la remplacer.", "interim"),
        ("Personne ne sait qui fait quoi.", "roles"),
        ("Payroll went out late again and the bank refused to extend the overdraft.", "tresorerie"),
        // Small words make the saying; the same noun alone says nothing.
        ("Elle est dans le rouge depuis mars.", "tresorerie"),
        ("Un camion rouge pour les tournées.", ""),
        // Numbers that tell.
        ("Passés de 20 à 85 salariés.", "croissance"),
        ("Ils étaient 12 il y a deux ans.", "croissance"),
        ("Passés de 20 à 85 salariés. Pas d'organigramme.", "roles croissance"),
        // Put aside.
        ("Pas de souci de trésorerie.", ""),
        ("Trésorerie : rien à signaler.", ""),
        ("La trésorerie ? Aucun souci.", ""),
        ("Turnover : ce n'est pas un sujet.", ""),
        ("Ne veut pas d'intérim.", ""),
        ("Organigramme déjà en place.", ""),
        // A remedy that is missed.
        ("Pas d'organigramme, pas de fiches de poste.", "roles"),
        // The main subject first, the lesser behind.
        (
            "Du turnover, et accessoirement un découvert. Le vrai sujet, c'est l'organigramme.",
            "roles equipes tresorerie",
        ),
        // What is content is no need.
        ("La trésorerie est bonne, les relances aussi.", ""),
        ("Trésorerie en place depuis dix ans, tout le monde l'a adoptée, on n'y touche pas.", ""),
        ("Ce qui n'est pas le sujet : la trésorerie.", ""),
        ("Turnover ou pas, elle veut savoir.", "equipes"),
        // Nothing from nothing.
        ("Rendez-vous jeudi à dix heures, il fait beau.", ""),
        ("", ""),
    ] {
        assert_eq!(heard(&offer, notes, Some(60)), expected, "{notes}");
    }
}

#[test]
fn what_is_declared_is_obeyed_and_nothing_added() {
    let offer = offer(OFFER);
    let situation =
        Situation { notes: Some("Découvert tous les mois, la banque refuse."), ..Situation::default() };
    let brief = Brief { situation, ..brief("roles", "", "") };
    let (selection, _) = brief.select(&offer);
    let held: Vec<&str> = selection.needs.iter().map(|need| need.tag.as_str()).collect();
    assert_eq!(held, ["roles"]);
    assert_eq!(offer.needs[selection.heard[0].need].tag, "tresorerie");
}

#[test]
fn in_a_note_without_needs_words_decide() {
    let offer = offer(
        "---\nlang: fr\n---\n# Pourquoi\n- un organigramme clair\n- la trésorerie surveillée chaque semaine\n- des locaux neufs\n",
    );
    let situation = Situation {
        notes: Some("Découvert, la trésorerie est tendue chaque semaine."),
        ..Situation::default()
    };
    let brief = Brief { situation, ..brief("", "", "") };
    let (selection, _) = brief.select(&offer);
    assert_eq!(
        super::chosen(&selection, propale::proposal::offer::Role::Reasons),
        ["la-tresorerie-surveillee-chaque-semaine"]
    );
}

#[test]
fn the_same_on_every_run_and_thread() {
    let offer = offer(OFFER);
    let run = || heard(&offer, "Du turnover, un découvert, personne ne sait qui décide.", None);
    let first = run();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), first);
        }
    });
}

const FLEET: &str = "\
---
lang: fr
needs:
  sinistres: { label: réduire les accidents, words: [sinistres, assureur] }
  carburant: { label: maîtriser le carburant, words: [cartes essence, consommation] }
  electrique: { label: passer à l'électrique, words: [bornes, recharge] }
---
# Pourquoi
- Vos véhicules sont trop souvent accidentés, et la franchise double. #sinistres
- Le plein coûte plus que prévu. #carburant
- Vos véhicules électriques n'ont pas où se recharger. #electrique
# Avantages
- Moins de chocs #sinistres
- Moins de litres #carburant
- Des bornes au dépôt #electrique
";

/// What is told by its scene alone is heard by the topics that it turns on, and not where it is another's.
#[test]
fn a_scene_is_heard_by_its_topic() {
    let offer = offer(FLEET);
    for (notes, expected) in [
        ("Trois rétroviseurs et un pare-chocs en mars, les constats traînent.", "sinistres"),
        ("Le gazole flambe, on fait le plein à la pompe de l'autoroute.", "carburant"),
        ("Chez son beau-frère, trois rétroviseurs et un pare-chocs en mars.", ""),
        ("Le café était bon et la vue sur le port superbe.", ""),
    ] {
        assert_eq!(heard(&offer, notes, None), expected, "{notes}");
    }
}

/// An author's hints tell her needs apart: what she says of a word is all that it says, and of two words each tells a part.
#[test]
fn hints_are_heard_as_the_authors_own() {
    let with = |alpha: &str, beta: &str| {
        offer(&format!(
            "---\nlang: fr\nneeds:\n  alpha: {{ label: premier lot, hints: [{alpha}] }}\n  beta: {{ label: second lot, hints: [{beta}] }}\n---\n# Pourquoi\n- un #alpha\n- deux #beta\n# Avantages\n- un #alpha\n- deux #beta\n"
        ))
    };
    let notes = "Trois rétroviseurs en mars, et la baignoire fuit.";
    assert_eq!(heard(&with("", ""), notes, None), "");
    assert_eq!(heard(&with("rétroviseur", ""), notes, None), "alpha");
    assert_eq!(heard(&with("", "baignoire, rétroviseur"), notes, None), "beta");
    assert_eq!(heard(&with("rétroviseur", "baignoire"), notes, None), "beta alpha");
    assert_eq!(heard(&with("\"rétroviseur cassé\"", ""), "Un rétroviseur cassé.", None), "alpha");
    assert_eq!(heard(&with("rétroviseur", ""), "Son cousin a perdu un rétroviseur.", None), "");
    assert_eq!(heard(&with("rétroviseur", ""), "Pas de rétroviseur cassé.", None), "");
    // A hint of a translation is heard in its language.
    assert_eq!(
        heard(&with("\"wing mirrors\"", ""), "We lost three wing mirrors in March.", None),
        "alpha"
    );
}

/// An item that has a word of each topic is like none of them: nothing is made of nothing, and nothing fails.
#[test]
fn an_item_of_every_topic_is_like_none() {
    let (thesaurus, stems) = (thesaurus(), Stems::default());
    let topics = |word: &str| {
        let entry = thesaurus.look_up(&stems.stem(&fold(word), Language::French), Language::French);
        entry.map_or(0, |entry| entry.topics().count())
    };
    let rare = |word: &&str| word.chars().all(char::is_alphabetic) && topics(word) == 1;
    let words: Vec<&str> = thesaurus
        .entries(Language::French)
        .filter_map(|mut entries| entries.find(|word| word.len() > 5 && rare(word)))
        .collect();
    assert!(words.len() > 500);
    let offer = offer(&format!(
        "---\nlang: fr\nneeds:\n  alpha: {{ label: premier lot }}\n---\n# Pourquoi\n- {} #alpha\n# Avantages\n- un #alpha\n",
        words.join(" ")
    ));
    assert_eq!(offer.vocabulary().proposals(&offer), vec![vec![]]);
    assert_eq!(heard(&offer, "Un rétroviseur de moins.", None), "");
}

/// Where a talk first clears away what is no matter and then comes to its own, the first half counts half: and nothing by its
/// scene alone.
#[test]
fn what_stands_before_the_clients_own_matter_counts_less() {
    let offer = offer(OFFER);
    for (notes, expected) in [
        (
            "Le découvert, l'équipe. Ce qui coince : trois congés maternité en mars.",
            "interim tresorerie",
        ),
        (
            "Pas de souci de ventes. Un découvert en mai. Ce qui coince : trois congés maternité en mars.",
            "interim",
        ),
        (
            "No trouble with sales. An overdraft in May. What hurts: two people on maternity leave.",
            "interim",
        ),
        // What is not the matter turns nothing.
        ("Pas de souci de ventes. Un découvert. Ce qui n'est pas le sujet : le reste.", "tresorerie"),
    ] {
        assert_eq!(heard(&offer, notes, None), expected, "{notes}");
    }
}

/// `concepts:` may name a topic: then its words are the need's, whatever it is called.
#[test]
fn a_need_may_name_its_topic() {
    let with = |concepts: &str| {
        offer(&format!(
            "---\nlang: fr\nneeds:\n  alpha: {{ label: premier lot{concepts} }}\n  beta: {{ label: second lot }}\n---\n# Pourquoi\n- un #alpha\n- deux #beta\n# Avantages\n- un #alpha\n- deux #beta\n"
        ))
    };
    let notes = "Trois rétroviseurs et un pare-chocs en mars, les constats traînent.";
    assert_eq!(heard(&with(""), notes, None), "");
    assert_eq!(heard(&with(", concepts: [fleet.accidents-insurance]"), notes, None), "alpha");
}
