//! The keys of a profile in clients/.

use super::Kind::*;
use super::{Format as F, Kind, Table, key, required};
use crate::proposal::pricing::{Currency, Every};

/// Weeks and periods end well before chrono's calendar does.
const TEN_YEARS_OF_WEEKS: u32 = 520;

const WORDS: Kind = List(&Word);
const TEXTS: Kind = List(&Text);

/// A profile.
pub static PROFILE: Table = Table {
    header: "",
    keys: &[
        key(
            "offer",
            Word,
            "\"chief-of-staff-externe\"",
            "file stem in offers/; may be left out where there is only one",
        ),
        key(
            "lang",
            Format(F::Lang),
            "\"fr\"",
            "fr, en (= en-GB) or en-US; else the offer's, else the house's",
        ),
        key("layout", Word, "\"proposal\"", "file stem in templates/"),
        required("client", Table(&CLIENT), "", "the prospect"),
        key("contact", Table(&CONTACT), "", "the person addressed"),
        key("situation", Table(&SITUATION), "", "what is known of their situation"),
        key("selection", Table(&SELECTION), "", "what to choose from the offer"),
        key(
            "texts",
            Texts,
            "gain-de-temps = \"Vous gagnez **un jour par semaine**.\"",
            "for this prospect, an item's text in other words, by its id",
        ),
        key("proposal", Table(&PROPOSAL), "", "the document itself"),
        key("pricing", Table(&PRICING), "", "the price: lines, or packages to choose from"),
        key("timeline", Tables(&PHASE), "", "the plan, a phase each"),
        key("scope", Table(&SCOPE), "", "what is included and what is not"),
        key("deliverables", Tables(&DELIVERABLE), "", "replace the offer's deliverables"),
        key("method", Tables(&STEP), "", "replace the offer's method"),
        key("next_step", Table(&NEXT_STEP), "", "what the prospect is asked to do"),
    ],
};

static CLIENT: Table = Table {
    header: "[client]",
    keys: &[
        required("name", Text, "\"Nova Santé\"", "as it is printed"),
        key("address", TEXTS, "[\"12 rue des Lilas\", \"69003 Lyon\"]", "an entry a line"),
        key("siren", Format(F::Siren), "\"999 999 998\"", "nine digits, checked"),
        key(
            "vat_number",
            Format(F::VatNumber),
            "\"FR11 999 999 998\"",
            "with the country's letters; the form is checked, and the check digits of DE, FR, GB, IT and XI",
        ),
        key(
            "country",
            Format(F::Country),
            "\"FR\"",
            "ISO code of two letters; else the house's; needed for `vat = \"outside-eu\"`",
        ),
        key("public", Flag, "false", "a public buyer"),
        key("logo", Path, "\"brand/nova-sante.svg\"", "their logo: SVG, PNG or JPEG"),
        key("sector", Text, "\"e-santé\"", "what they do; counts as a tag of the client"),
        key("headcount", Whole(0, 10_000_000), "85", "how many people work there"),
        key("stage", Text, "\"scale-up\"", "where they stand; counts as a tag of the client"),
    ],
};

static CONTACT: Table = Table {
    header: "[contact]",
    keys: &[
        key("civility", Text, "\"Mme\"", "printed before the name"),
        key("name", Text, "\"Claire Dumont\"", "first name and name"),
        key("role", Text, "\"directrice générale\"", "what they do there"),
        key("email", Format(F::Email), "\"claire.dumont@nova-sante.example\"", "where the mail goes"),
        key("opted_out", Flag, "false", "true: no mail is ever made for them"),
        key(
            "source",
            Private,
            "\"rencontrée à un salon\"",
            "where the address comes from; never leaves this machine",
        ),
    ],
};

static SITUATION: Table = Table {
    header: "[situation]",
    keys: &[
        key("needs", WORDS, "[\"croissance\", \"managers\"]", "tags of the offer, most important first"),
        key(
            "summary",
            Sentences,
            "\"Vos équipes ont doublé en un an.\"",
            "their situation in our words, printed; without it, the needs' labels",
        ),
        key(
            "notes",
            Private,
            "\"Appel du 12 : la trésorerie les inquiète.\"",
            "your notes of the call; never leave this machine",
        ),
    ],
};

static SELECTION: Table = Table {
    header: "[selection]",
    keys: &[
        key("reasons", Table(&HOW_MANY), "{ min = 1, max = 4 }", "how many reasons to print"),
        key("benefits", Table(&HOW_MANY), "{ min = 2, max = 5 }", "how many benefits to print"),
        key("pin", WORDS, "[\"gain-de-temps\"]", "ids of items that must be there"),
        key("ban", WORDS, "[\"economie-de-couts\"]", "ids of items that must not"),
        key("team", WORDS, "[\"camille-roux\"]", "whom to show, in this order; absent: everyone"),
        key(
            "references",
            WORDS,
            "[\"atelier-lumen\"]",
            "ids of references; absent: chosen by shared needs",
        ),
    ],
};

/// Shared with `[defaults]` of the house.
pub(super) static HOW_MANY: Table = Table {
    header: "a number of items",
    keys: &[
        key("min", Whole(0, 1000), "1", "at least so many"),
        key("max", Whole(0, 1000), "4", "at most so many"),
    ],
};

static PROPOSAL: Table = Table {
    header: "[proposal]",
    keys: &[
        key(
            "number",
            Text,
            "\"2026-014\"",
            "printed, and in the file name; without one the file name carries the date",
        ),
        key("revision", Whole(1, 999), "2", "printed, and in the file name"),
        key("date", Date, "2026-11-22", "else --date, SOURCE_DATE_EPOCH, today"),
        key("valid_days", Whole(1, 3650), "30", "how long it holds"),
        key("title", Text, "\"Structurer votre croissance\"", "else the offer's title"),
        key("allow_names", WORDS, "[\"Orange\"]", "other clients' names that may stand in this text"),
    ],
};

static PRICING: Table = Table {
    header: "[pricing]",
    keys: &[
        key("currency", Choice(Currency::WORDS), "\"EUR\"", "ISO code; else the house's"),
        key(
            "vat",
            Vat,
            "20",
            "percent, or \"franchise\", \"reverse-charge\", \"outside-eu\"; else the house's",
        ),
        key("deposit", Percent, "30", "percent of the total with VAT, due at the order"),
        key("discount", Percent, "5", "percent, on each VAT rate's net sum"),
        key("payment_days", Whole(0, 60), "30", "at most 60, or 45 with end_of_month"),
        key("end_of_month", Flag, "false", "payment is counted from the end of the month"),
        key("expenses", Text, "\"au réel, sur justificatifs\"", "who pays for travel and the like"),
        key("lines", Tables(&LINE), "", "what is sold, a line each"),
        key("packages", Tables(&PACKAGE), "", "instead of lines: up to three to choose from"),
        key(
            "schedule",
            Tables(&PART),
            "",
            "instead of a deposit: what is paid when; adds to 100 percent",
        ),
    ],
};

static LINE: Table = Table { header: "[[pricing.lines]]", keys: LINE_KEYS };

static PACKAGE_LINE: Table = Table { header: "a line of [[pricing.packages]]", keys: LINE_KEYS };

const LINE_KEYS: &[super::Key] = &[
    required("label", Text, "\"Diagnostic d’organisation\"", "what it is"),
    key("quantity", Amount, "5", "how many; 1 where it is left out"),
    key("unit", Text, "\"jour\"", "of what, in the singular"),
    required(
        "unit_price",
        Amount,
        "900",
        "before VAT: integer, decimal or text, read exactly; \"1.250\" could be two numbers and is refused",
    ),
    key("discount", Percent, "10", "percent, on this line"),
    key("vat", Percent, "20", "percent, where it differs from the rest"),
    key(
        "period",
        Table(&PERIOD),
        "{ every = \"mois\", count = 6 }",
        "a retainer: the quantity is per period",
    ),
    key("optional", Flag, "false", "true: printed apart, and outside the totals"),
];

static PERIOD: Table = Table {
    header: "a period",
    keys: &[
        required(
            "every",
            Choice(Every::WORDS),
            "\"mois\"",
            "jour, semaine, mois, trimestre, an (day, week, month, quarter, year)",
        ),
        required("count", Whole(1, 1000), "6", "how many periods"),
    ],
};

static PACKAGE: Table = Table {
    header: "[[pricing.packages]]",
    keys: &[
        required("name", Text, "\"Essentiel\"", "what it is called"),
        required(
            "lines",
            Tables(&PACKAGE_LINE),
            "[{ label = \"Diagnostic\", quantity = 3, unit_price = 900 }]",
            "its lines, with the keys of [[pricing.lines]]",
        ),
    ],
};

static PART: Table = Table {
    header: "[[pricing.schedule]]",
    keys: &[
        required("label", Text, "\"À la commande\"", "what it is called"),
        required("percent", Percent, "100", "percent of the total with VAT"),
        key("when", Text, "\"à la signature\"", "when it is due"),
    ],
};

static PHASE: Table = Table {
    header: "[[timeline]]",
    keys: &[
        required("phase", Text, "\"Diagnostic\"", "what it is called"),
        key(
            "start",
            Date,
            "2026-12-01",
            "without it, right after the phase before; the first, on the Monday after the proposal's validity",
        ),
        required("weeks", Whole(1, TEN_YEARS_OF_WEEKS), "3", "how long it takes"),
    ],
};

static SCOPE: Table = Table {
    header: "[scope]",
    keys: &[
        key("in", TEXTS, "[\"les équipes de Lyon\"]", "what is included"),
        key("out", TEXTS, "[\"la paie\"]", "what is not"),
    ],
};

static DELIVERABLE: Table = Table {
    header: "[[deliverables]]",
    keys: &[
        required("label", Text, "\"Organisation cible\"", "what they get"),
        key("text", Sentences, "\"Un document de dix pages.\"", "more about it"),
    ],
};

static STEP: Table = Table {
    header: "[[method]]",
    keys: &[
        required("step", Text, "\"Écouter\"", "what is done"),
        key("text", Sentences, "\"Douze entretiens d’une heure.\"", "more about it"),
    ],
};

static NEXT_STEP: Table = Table {
    header: "[next_step]",
    keys: &[key(
        "text",
        Sentences,
        "\"Un appel de trente minutes pour convenir du démarrage.\"",
        "what to do now",
    )],
};
