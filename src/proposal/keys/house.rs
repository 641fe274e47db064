//! The keys of propale.toml.

use super::Kind::*;
use super::client::HOW_MANY;
use super::{Format as F, Kind, Table, key, required};
use crate::proposal::house::{Activity, Country, LegalForm, Order, SmtpSecurity};
use crate::proposal::pricing::Currency;

const TEXTS: Kind = List(&Text);

/// propale.toml.
pub static HOUSE: Table = Table {
    header: "",
    keys: &[
        required("house", Table(&SENDER), "", "who sends"),
        key(
            "mentions",
            Table(&MENTIONS),
            "",
            "replace a printed mention's text; false removes it, with a warning",
        ),
        key(
            "brand",
            Table(&BRAND),
            "",
            "logo, colours and faces; each is a custom property such as --brand-primary",
        ),
        key("defaults", Table(&DEFAULTS), "", "what profiles leave out"),
        key("numbering", Table(&NUMBERING), "", "how proposals are numbered"),
        key("mail", Table(&MAIL), "", "how e-mails are made and sent"),
        key("team", Tables(&MEMBER), "", "the people; the id of each is the slug of the name"),
        key(
            "references",
            Tables(&REFERENCE),
            "",
            "work done for others; the id of each is the slug of the client",
        ),
    ],
};

static SENDER: Table = Table {
    header: "[house]",
    keys: &[
        required("name", Text, "\"Atome\"", "as it is printed"),
        key("signatory", Text, "\"Camille Roux\"", "who signs"),
        key("country", Choice(Country::WORDS), "\"FR\"", "FR or GB: whose law the mentions follow"),
        key(
            "legal_form",
            Choice(LegalForm::WORDS),
            "\"EI\"",
            "EI, EURL, SASU, SARL, SAS, SA, association; Ltd, LLP, sole-trader",
        ),
        key(
            "legal_name",
            Text,
            "\"Camille Roux\"",
            "the person, or the company as registered; else the signatory for an EI or sole trader, else the name",
        ),
        key(
            "activity",
            Choice(Activity::WORDS),
            "\"liberal\"",
            "of an EI: liberal, commercial or craft",
        ),
        key(
            "company_number",
            Format(F::CompanyNumber),
            "\"99999999\"",
            "of a British company: eight characters, a known prefix; it has no check digits",
        ),
        key("capital", Amount, "1000", "of a company"),
        key("siren", Format(F::Siren), "\"999 999 998\"", "nine digits, checked"),
        key("siret", Format(F::Siret), "\"999 999 998 00019\"", "fourteen digits, checked"),
        key(
            "registry",
            Text,
            "\"Lyon\"",
            "city of the register, for companies and traders; of a British company, where, if its number does not tell",
        ),
        key(
            "vat_number",
            Format(F::VatNumber),
            "\"FR11 999 999 998\"",
            "with the country's letters; the form is checked, and the check digits of DE, FR, GB, IT and XI",
        ),
        key("address", TEXTS, "[\"7 quai des Essais\", \"69002 Lyon\"]", "an entry a line"),
        key("email", Format(F::Email), "\"camille@atome.example\"", "where to answer"),
        key("phone", Text, "\"+33 1 99 00 00 00\"", "as it is printed"),
        key("site", Text, "\"atome.example\"", "with or without https://"),
        key("terms", Path, "\"cgv.md\"", "Markdown annex, printed last"),
    ],
};

static MENTIONS: Table = Table {
    header: "[mentions]",
    keys: &[
        key(
            "identity",
            Mention,
            "\"Camille Roux EI, 14 rue des Essais, 69002 Lyon\"",
            "who sends: name, form, register, numbers, address",
        ),
        key(
            "vat",
            Mention,
            "\"TVA non applicable, article 261, 4, 4° du CGI.\"",
            "why no VAT is charged; not printed where it is",
        ),
        key(
            "late_penalties",
            Mention,
            "\"Pénalités de retard : trois fois le taux d’intérêt légal.\"",
            "penalties for late payment",
        ),
        key(
            "recovery_cost",
            Mention,
            "\"Indemnité forfaitaire pour frais de recouvrement : 40 €.\"",
            "the lump sum for recovery costs",
        ),
    ],
};

static BRAND: Table = Table {
    header: "[brand]",
    keys: &[
        key("logo", Path, "\"brand/atome.svg\"", "SVG, PNG or JPEG"),
        key("primary", Format(F::Colour), "\"#14324f\"", "headings and large surfaces"),
        key("accent", Format(F::Colour), "\"#e4572e\"", "what should catch the eye"),
        key("ink", Format(F::Colour), "\"#1d2433\"", "text"),
        key("muted", Format(F::Colour), "\"#6b7280\"", "secondary text"),
        key("paper", Format(F::Colour), "\"#ffffff\"", "background"),
        key("heading_font", Word, "\"Fraunces\"", "a family in fonts/"),
        key("body_font", Word, "\"Source Sans 3\"", "a family in fonts/"),
    ],
};

static DEFAULTS: Table = Table {
    header: "[defaults]",
    keys: &[
        key("layout", Word, "\"proposal\"", "file stem in templates/"),
        key("lang", Format(F::Lang), "\"fr\"", "fr, en (= en-GB) or en-US"),
        key("valid_days", Whole(1, 3650), "30", "how long a proposal holds"),
        key("payment_days", Whole(0, 60), "30", "at most 60"),
        key(
            "order",
            Choice(Order::WORDS),
            "\"importance\"",
            "printed order of chosen items: importance or note",
        ),
        key("reasons", Table(&HOW_MANY), "{ min = 1, max = 4 }", "how many reasons to print"),
        key("benefits", Table(&HOW_MANY), "{ min = 2, max = 5 }", "how many benefits to print"),
        key("references", Whole(0, 1000), "2", "at most so many, those sharing a need first"),
        key("currency", Choice(Currency::WORDS), "\"EUR\"", "for profiles that leave it out"),
        key(
            "vat",
            Vat,
            "20",
            "percent, or \"franchise\", \"reverse-charge\", \"outside-eu\"; for profiles that leave it out",
        ),
    ],
};

static NUMBERING: Table = Table {
    header: "[numbering]",
    keys: &[key(
        "pattern",
        Format(F::NumberPattern),
        "\"{year}-{seq:03}\"",
        "text with {seq} or {seq:03}, and {year} where numbers start again each year",
    )],
};

static MAIL: Table = Table {
    header: "[mail]",
    keys: &[
        key("from", Format(F::Mailbox), "\"Camille Roux <camille@atome.example>\"", "the sender"),
        key("follow_up_days", Whole(1, 365), "7", "when to write again"),
        key("smtp", Table(&SMTP), "", "the server that sends"),
    ],
};

static SMTP: Table = Table {
    header: "[mail.smtp]",
    keys: &[
        required("host", Word, "\"smtp.atome.example\"", "the server's name"),
        key("port", Whole(1, 65_535), "587", "the server's port"),
        key(
            "security",
            Choice(SmtpSecurity::WORDS),
            "\"starttls\"",
            "starttls or tls; none only for a loopback host",
        ),
        key("timeout", Whole(1, 600), "60", "seconds that the server may be silent"),
        key("ca", Path, "\"certs/ca.pem\"", "a certificate authority of your own, PEM"),
        key("user", Word, "\"camille\"", "the account"),
        key(
            "password_env",
            Word,
            "\"PROPALE_SMTP_PASSWORD\"",
            "environment variable that holds the password",
        ),
        key(
            "password_command",
            List(&Word),
            "[\"pass\", \"smtp\"]",
            "instead: a command that prints it",
        ),
    ],
};

static MEMBER: Table = Table {
    header: "[[team]]",
    keys: &[
        required("name", Text, "\"Camille Roux\"", "first name and name"),
        key("lang", Format(F::Lang), "\"fr\"", "of role and bio; else that of [defaults]"),
        key("role", Text, "\"fondatrice\"", "what they do"),
        key("bio", Sentences, "\"Quinze ans de direction de projets.\"", "a few lines"),
        key("portrait", Path, "\"brand/camille.jpg\"", "PNG or JPEG"),
    ],
};

static REFERENCE: Table = Table {
    header: "[[references]]",
    keys: &[
        required("client", Text, "\"Atelier Lumen\"", "for whom"),
        key("lang", Format(F::Lang), "\"fr\"", "of these words; else that of [defaults]"),
        key("what", Text, "\"intérim de direction des opérations\"", "what was done"),
        key("result", Sentences, "\"Des délais réduits d’un tiers.\"", "what came of it"),
        key("quote", Text, "\"Enfin un cap clair.\"", "what they say, without quotation marks"),
        key("author", Text, "\"Inès Valmont, gérante\"", "who says so"),
        key("tags", List(&Word), "[\"croissance\"]", "needs it speaks to"),
    ],
};
