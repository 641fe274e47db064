//! Every fault of a profile or of propale.toml, and the exact words that say it.

use propale::diagnostic::{Diagnostics, Source};
use propale::proposal::client::Client;
use propale::proposal::house::House;
use propale::proposal::pricing::quote::Quote;

/// Cases of one file each: a title, and the text. `[client] name` is put first unless the text has a
/// table of that name, or says `#bare`.
const PROFILES: &[(&str, &str)] = &[
    ("nothing wrong", ""),
    ("an empty file", "#bare"),
    ("a missing required key", "[client]\nsector = \"textile\""),
    ("an unknown key, near a known one", "ofer = \"x\""),
    ("an unknown key of another table", "notes = \"x\"\n[contact]\nneeds = [\"a\"]"),
    ("a key that was meant for the top of the file", "[client]\nname = \"A\"\noffer = \"x\""),
    ("an unknown table", "[situatoin]\nneeds = []\n[zzz]\na = 1"),
    ("an unknown key of an entry", "[[timeline]]\nphase = \"A\"\nweek = 3"),
    ("missing keys of entries", "[[pricing.lines]]\nlabel = \"A\"\n[[pricing.lines]]\nunit_price = 3"),
    (
        "wrong types",
        "lang = 3\n[client]\nname = 85\nheadcount = \"85\"\npublic = \"oui\"\naddress = \"12 rue\"\nlogo = [\"a\"]",
    ),
    (
        "wrong types of dates",
        "[proposal]\ndate = \"2026-11-22\"\n[[timeline]]\nphase = \"A\"\nweeks = 1.5\nstart = 2026-11-22T10:00:00",
    ),
    (
        "dates that do not exist",
        "[proposal]\ndate = 2026-13-01\n[[timeline]]\nphase = \"A\"\nweeks = 1\nstart = 2026-02-30",
    ),
    ("a time is no date", "[proposal]\ndate = 10:30"),
    ("a number without its quotes", "[proposal]\nnumber = 2026-014\ntitle = Structurer"),
    (
        "tables in the wrong shape",
        "client = [{ name = \"A\" }]\ntimeline = { phase = \"A\", weeks = 1 }\nscope = 3\nmethod = [1]",
    ),
    ("a list in the wrong shape", "[situation]\nneeds = \"croissance\"\n[selection]\npin = [3, \"\"]"),
    (
        "sentences that are more than sentences",
        "[situation]\nsummary = \"\"\"Deux points :\n- un\n- deux\"\"\"\n[next_step]\ntext = \"- un ![b](c.png)\"\n[[deliverables]]\nlabel = \"A\"\ntext = \"\"\"a\n\n| b | c |\n|---|---|\n| d | e |\"\"\"\n[texts]\na = \"b\\n> c\"",
    ),
    ("empty texts", "[client]\nname = \" \"\nsector = \"\"\naddress = [\"\"]"),
    (
        "control characters and line breaks",
        "[client]\nname = \"A\\u0007B\"\nsector = \"a\\nb\"\nstage = \"a\\u2028b\"\n[situation]\nsummary = \"a\\nb\\tc\"\nnotes = \"\\u0000\"",
    ),
    ("code points that are no characters", "[client]\nname = \"A\\uFFFE\""),
    ("languages and countries", "lang = \"de\"\n[client]\nname = \"A\"\ncountry = \"UK\""),
    (
        "SIREN and VAT numbers",
        "[client]\nname = \"A\"\nsiren = \"999 999 997\"\nvat_number = \"FR12 999 999 998\"",
    ),
    ("numbers of other lengths", "[client]\nname = \"A\"\nsiren = \"99999\"\nvat_number = \"DE12345\""),
    (
        "numbers with letters, countries without VAT",
        "[client]\nname = \"A\"\nsiren = \"ABC\"\nvat_number = \"US12345\"",
    ),
    (
        "a VAT number of another firm",
        "[client]\nname = \"A\"\nsiren = \"999 999 998\"\nvat_number = \"FR53 999 999 915\"",
    ),
    ("a path that leads out", "[client]\nname = \"A\"\nlogo = \"brand/../../a.svg\""),
    ("a path of this machine", "[client]\nname = \"A\"\nlogo = \"/brand/a.svg\""),
    ("a path of Windows", "[client]\nname = \"A\"\nlogo = 'brand\\a.svg'"),
    ("a path that comes back", "[client]\nname = \"A\"\nlogo = \"brand/../brand/./a.svg\""),
    ("e-mail addresses", "[contact]\nemail = \"claire.dumont\""),
    (
        "an e-mail address with a header in it",
        "[contact]\nemail = \"a@b.example\\r\\nBcc: c@d.example\"",
    ),
    (
        "ranges",
        "[proposal]\nvalid_days = 0\nrevision = 0\n[selection]\nreasons = { min = 5, max = 2 }\nbenefits = { min = -1 }",
    ),
    (
        "prices",
        "[pricing]\ndiscount = 120\ndeposit = -5\nlines = [{ label = \"A\", quantity = -1, unit_price = \"9,00 €\" }]",
    ),
    (
        "numbers that are none",
        "[pricing]\nlines = [{ label = \"A\", unit_price = nan }, { label = \"B\", unit_price = 1e3 }, { label = \"C\", unit_price = 0xFF }, { label = \"D\", unit_price = \"1,250\" }]",
    ),
    (
        "numbers that can be two",
        "[pricing]\nvat = 20\nlines = [{ label = \"A\", unit_price = \"1.000\" }, { label = \"B\", unit_price = \"12.345\" }, { label = \"C\", unit_price = \"0.125\" }, { label = \"D\", unit_price = 1.125 }]",
    ),
    (
        "packages told apart by case alone",
        "[pricing]\nvat = 20\npackages = [\n{ name = \"Été\", lines = [{ label = \"A\", unit_price = 1 }] },\n{ name = \"ÉTÉ\", lines = [{ label = \"A\", unit_price = 2 }] },\n]",
    ),
    (
        "packages that are no choice",
        "[pricing]\nvat = 20\npackages = [\n{ name = \"P\", lines = [{ label = \"A\", unit_price = 1 }] },\n{ name = \"P\", lines = [{ label = \"A\", unit_price = 2, optional = true }] },\n]",
    ),
    (
        "numbers too long to be exact",
        "[pricing]\nvat = 20.12345\nlines = [{ label = \"A\", unit_price = 123456789012345678901234567890 }]",
    ),
    ("decimals with a comma", "[pricing]\ndeposit = 33,5\nvat = 20 %"),
    (
        "words of a choice",
        "[pricing]\ncurrency = \"euro\"\nvat = \"franchize\"\nlines = [{ label = \"A\", unit_price = 1, period = { every = \"moi\", count = 0 } }]",
    ),
    (
        "both of two ways",
        "[pricing]\nvat = 20\ndeposit = 30\nlines = [{ label = \"A\", unit_price = 1 }]\n[[pricing.packages]]\nname = \"P\"\nlines = [{ label = \"A\", unit_price = 1 }]\n[[pricing.schedule]]\nlabel = \"S\"\npercent = 90",
    ),
    (
        "what else is wrong with a price that contradicts itself",
        "[pricing]\nvat = \"reverse-charge\"\npayment_days = 50\nend_of_month = true\nlines = [{ label = \"A\", unit_price = 1, vat = 20 }]\n[[pricing.packages]]\nname = \"P\"\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "what else is wrong with a price that lacks a key",
        "[pricing]\nvat = 20\npayment_days = 50\nend_of_month = true\nlines = [{ label = \"A\" }]",
    ),
    (
        "too many packages",
        "[pricing]\nvat = 20\npackages = [\n{ name = \"P1\", lines = [{ label = \"A\", unit_price = 1 }] },\n{ name = \"P2\", lines = [{ label = \"A\", unit_price = 1 }] },\n{ name = \"P3\", lines = [{ label = \"A\", unit_price = 1 }] },\n{ name = \"P4\", lines = [{ label = \"A\", unit_price = 1 }] },\n]",
    ),
    ("a rate that nobody knows", "[[pricing.lines]]\nlabel = \"A\"\nunit_price = 900"),
    (
        "a rate where none is charged",
        "[pricing]\nvat = \"franchise\"\n[[pricing.lines]]\nlabel = \"A\"\nunit_price = 900\nvat = 20",
    ),
    (
        "reverse charge for a client who is not in the Union",
        "client.vat_number = \"GB 999 9999 73\"\n[pricing]\nvat = \"reverse-charge\"\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "reverse charge at home",
        "client.vat_number = \"FR11 999 999 998\"\n[pricing]\nvat = \"reverse-charge\"\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "outside the Union, in it",
        "client.country = \"GR\"\n[pricing]\nvat = \"outside-eu\"\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "a public buyer's end of month",
        "client.public = true\n[pricing]\nvat = 20\nend_of_month = true\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "reverse charge",
        "[pricing]\nvat = \"reverse-charge\"\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "payment terms beyond the law",
        "[pricing]\nvat = 20\npayment_days = 60\nend_of_month = true\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "payment terms of a public buyer",
        "[client]\nname = \"A\"\npublic = true\n[pricing]\nvat = 20\npayment_days = 45\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "payment terms beyond any",
        "[pricing]\npayment_days = 90\nlines = [{ label = \"A\", unit_price = 1 }]",
    ),
    (
        "amounts too large",
        "[pricing]\nvat = 20\nlines = [{ label = \"A\", unit_price = 1000000000000000 }, { label = \"B\", quantity = 0.0000000000001, unit_price = 0.0000000000000001 }]",
    ),
    ("a price without lines", "[pricing]\nvat = 20"),
    (
        "a key written twice",
        "lang = \"fr\"\nlang = \"en\"\n[contact]\nname = \"A\"\n[contact]\nname = \"B\"",
    ),
    ("texts without quotes or value", "offer = chief of staff\nlayout =\n[client]\nname = “Nova”"),
    ("an unclosed text", "offer = \"chief\n[client]\nname = \"A\""),
    ("an unclosed table's header", "[client\nname = \"A\""),
    ("an unclosed list", "[client]\nname = \"A\"\naddress = [\"a\", \"b\"\n[contact]\nname = \"B\""),
    ("a key with an accent", "[client]\nname = \"A\"\nprénom = \"B\""),
    ("YAML by habit", "client: Nova"),
    ("an escape that TOML has not", "[client]\nname = \"C:\\queue\""),
    ("nesting", NESTED),
    (
        "everything at once",
        "ofer = \"x\"\nlang = \"de\"\n[client]\nnmae = \"A\"\nsiren = \"1\"\n[proposal]\ndate = 2026-13-45\n[pricing]\nvat = 120\n",
    ),
    ("texts by id", "[texts]\ngain-de-temps = 3\n\"\" = \"x\"\nok = \"\""),
    ("anything is text", "[client]\nname = \"<script>alert('{{x}}')</script> & \\\"R&D\\\" 🙂\""),
];

/// A profile with a bit of everything.
pub const WHOLE: &str = include_str!("../../clients/nova-sante.toml");

const NESTED: &str = "offer = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";

const HOUSES: &[(&str, &str)] = &[
    ("nothing wrong", ""),
    ("an empty file", "#bare"),
    (
        "an unknown key",
        "[house]\nname = \"A\"\nsignatry = \"B\"\n[brand]\nprimery = \"#000000\"\nlogo = 3",
    ),
    ("colours", "[brand]\nprimary = \"#12345\"\naccent = \"red\"\nink = \"#ABC\""),
    (
        "words of a choice",
        "[house]\nname = \"A\"\ncountry = \"DE\"\nlegal_form = \"SARLU\"\nactivity = \"libéral\"\n[defaults]\norder = \"notes\"",
    ),
    (
        "numbers of the firm",
        "[house]\nname = \"A\"\nsiren = \"999 999 998\"\nsiret = \"999 999 915 00013\"\nvat_number = \"FR11999999998\"\ncompany_number = \"12\"\ncapital = -1",
    ),
    (
        "a SIRET that fails",
        "[house]\nname = \"A\"\nsiret = \"999 999 998 00018\"\ncompany_number = \"ABC\"",
    ),
    ("numbering", "[numbering]\npattern = \"{year}-{num}\""),
    ("numbering without a sequence", "[numbering]\npattern = \"{year}\""),
    ("numbering that cannot be read back", "[numbering]\npattern = \"{year}{seq:03}\""),
    ("numbering unclosed", "[numbering]\npattern = \"{seq\""),
    ("mentions removed", "[mentions]\nlate_penalties = false\nrecovery_cost = true"),
    (
        "mail",
        "[mail]\nfrom = \"Camille Roux <camille\"\nfollow_up_days = 0\n[mail.smtp]\nhost = \"smtp.atome.example\"\nsecurity = \"none\"\npassword_env = \"A\"\npassword_command = [\"b\"]",
    ),
    ("mail to oneself", "[mail.smtp]\nhost = \"127.0.0.1\"\nsecurity = \"none\""),
    ("people and references without a name", "[[team]]\nrole = \"x\"\n[[references]]\nwhat = \"y\""),
    (
        "defaults",
        "[defaults]\nvalid_days = 0\npayment_days = 61\nreasons = { min = 3, max = 2 }\nvat = 101",
    ),
];

fn source(path: &str, text: &str, name: &str) -> std::sync::Arc<Source> {
    let text = match text.strip_prefix("#bare") {
        Some(rest) => rest.to_owned(),
        None if text.contains(&format!("[{name}")) || text.contains(&format!("{name} =")) => {
            text.to_owned()
        }
        None => format!("{name}.name = \"A\"\n{text}"),
    };
    Source::new(path, text)
}

fn case(title: &str, text: &str, diagnostics: &Diagnostics) -> String {
    format!("── {title}\n{}\n→\n{}\n", text.trim_end(), diagnostics.one_lines())
}

#[test]
fn every_fault_of_a_profile_is_said_with_its_place() {
    let house = Source::new("propale.toml", "[house]\nname = \"H\"");
    let house = House::read(&house, &mut Diagnostics::new()).expect("a whole house");
    let mut all = String::new();
    for (title, text) in PROFILES {
        let source = source("clients/a.toml", text, "client");
        let mut diagnostics = Diagnostics::new();
        if let Some(client) = Client::read(&source, "a", &mut diagnostics) {
            Quote::of(&client, &house, &mut diagnostics);
        }
        all += &case(title, &source.text, &diagnostics);
    }
    crate::golden::check("profile/faults.txt", &all);
}

#[test]
fn every_fault_of_the_house_is_said_with_its_place() {
    let mut all = String::new();
    for (title, text) in HOUSES {
        let source = source("propale.toml", text, "house");
        let mut diagnostics = Diagnostics::new();
        House::read(&source, &mut diagnostics);
        all += &case(title, &source.text, &diagnostics);
    }
    crate::golden::check("profile/house-faults.txt", &all);
}

#[test]
fn a_file_full_of_faults_is_not_told_without_end() {
    let text: String = (0..5000).map(|i| format!("key{i} = {i}\n")).collect();
    let mut diagnostics = Diagnostics::new();
    Client::read(&Source::new("clients/a.toml", text), "a", &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 101);
    let last = diagnostics.iter().last().map(|d| d.one_line());
    assert_eq!(last.as_deref(), Some("error: clients/a.toml:5001:1: 4901 more faults in this file"));
}
