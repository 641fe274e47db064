//! Names of people and firms are printed letter for letter, wherever they stand.

use propale::diagnostic::Diagnostics;
use propale::layout::pages::{Artifact, Owner, Paint};
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::workspace::Workspace as Files;

use crate::mail::kit::{Email, draft};
use crate::pdf::reader::{Reader, heard};
use crate::support::Workspace;

const CLIENT: &str = "Yahoo! \"Co\" -- l'Étude";
const HOUSE: &str = "Quoi ?... \"S'il\"";

/// Everybody's name breaks a rule of French typography; so does all that is written around them.
fn workspace(layout: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "propale.toml",
        format!(
            "[house]\nname = '''{HOUSE}'''\nsignatory = \"Ada O'Neil\"\nemail = \"a--o'neil@quoi.example\"\n\
             legal_form = \"association\"\nlegal_name = '''L'Asso -- \"Quoi\" !'''\n\
             address = [\"3 rue de l'Essai\"]\n[mail]\nfrom = \"Ada <ada@quoi.example>\"\n\
             [[team]]\nname = \"Zoé d'Or\"\nrole = \"l'appui\"\n\
             [[references]]\nclient = \"Et toc!\"\nwhat = \"l'audit\"\n"
        ),
    );
    workspace.write(
        "clients/a.toml",
        format!(
            "layout = \"{layout}\"\n[client]\nname = '''{CLIENT}'''\n[contact]\nname = \"Jean d'Arc\"\n\
             email = \"jean@a.example\"\n[situation]\nneeds = [\"lenteur\"]\n\
             summary = '''Pour {CLIENT}: l'avis de Jean d'Arc?'''\n[proposal]\nnumber = \"A--1\"\n\
             title = '''L'offre à {CLIENT}!'''\n[pricing]\nvat = \"franchise\"\n\
             lines = [{{ label = \"l'audit\", unit_price = 1 }}]\n"
        ),
    );
    workspace
}

/// No-break spaces to be seen.
fn seen(text: &str) -> String {
    text.replace('\u{A0}', "⍽").replace('\u{202F}', "·")
}

/// The running foot of each page that has one.
fn feet(workspace: &Workspace) -> Vec<String> {
    let files = Files::open(workspace.path()).unwrap();
    let mut diagnostics = Diagnostics::new();
    let client = Client::read(&files.text("clients/a.toml").unwrap(), "a", &mut diagnostics).unwrap();
    let clients = [client.clone()];
    let prepared = Prepared::read(files, &clients, &[], Extent::Needed, &mut diagnostics).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let dressed = propale::dressed(&prepared, &client, day, &mut diagnostics).unwrap();
    let pages = propale::pages(&prepared, &dressed, &mut diagnostics).pages;
    let foot = |page: &propale::layout::pages::Page| -> String {
        let runs = page.items.iter().filter_map(|item| match (&item.owner, &item.paint) {
            (Owner::Artifact(Artifact::Footer), Paint::Glyphs(run)) => Some(&*run.text),
            _ => None,
        });
        runs.collect()
    };
    pages.iter().map(foot).filter(|foot| !foot.is_empty()).collect()
}

#[test]
fn in_every_layout() {
    for layout in ["proposal", "letter", "deck"] {
        let workspace = workspace(layout);
        let reader = Reader::open(&std::fs::read(workspace.build(&["a"])).unwrap());
        let heard = seen(&heard(&reader));
        let lines: Vec<&str> = heard.lines().collect();
        let has = |line: &str| assert!(lines.contains(&line), "{layout}: no {line:?} in {heard}");
        let title = format!("L’offre à {CLIENT}·!");
        assert!(lines[0].starts_with(&format!("\"{title} – {CLIENT}\"")), "{heard}");
        has(&format!("# {title}"));
        has(CLIENT);
        has(HOUSE);
        has(&format!("Pour {CLIENT}⍽: l’avis de Jean d'Arc·?"));
        has("Jean d'Arc");
        has("Ada O'Neil");
        if layout != "deck" {
            has("Proposition A--1, valable jusqu’au 26 décembre 2026");
        }
        if layout != "letter" {
            for line in ["### Zoé d'Or", "l’appui", "### Et toc!", "l’audit"] {
                has(line);
            }
        }
        let last = *lines.last().unwrap();
        assert!(last.starts_with("L'Asso -- \"Quoi\" !, association"), "{layout}: {last}");
        assert!(last.ends_with("3 rue de l’Essai"), "{layout}: {last}");
        let info = reader.pdf.trailer.get_deref(b"Info", &reader.pdf).unwrap().as_dict().unwrap();
        assert_eq!(reader.string(info, "Author").unwrap(), HOUSE);
        for foot in feet(&workspace) {
            assert!(foot.contains(HOUSE) && foot.contains(CLIENT), "{layout}: {foot}");
        }
    }
}

#[test]
fn in_an_e_mail() {
    let workspace = workspace("proposal");
    let answer = workspace.run(&["mail", "a"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let email = Email::read(&draft(&workspace));
    let title = format!("L’offre à {CLIENT}·!");
    assert_eq!(seen(&email.words("subject")), format!("{title} – proposition A--1"));
    for part in &email.parts[..2] {
        let text = seen(&part.text());
        for line in [title.as_str(), "Ada O'Neil", HOUSE, "L'Asso -- \"Quoi\" !", "jusqu’au"] {
            assert!(text.contains(line), "{line}: {text}");
        }
    }
}

/// English greets by the surname.
#[test]
fn in_a_greeting() {
    let workspace = Workspace::small();
    workspace
        .write(
            "clients/a.toml",
            "layout = \"own\"\nlang = \"en\"\n[client]\nname = \"A\"\n[contact]\ncivility = \"Ms\"\nname = \"Ada O'Neil\"\n",
        )
        .write(
            "templates/own.html.hbs",
            "<html lang=\"{{lang}}\"><head><title>x</title></head><body>\
             <p>{{letter.opening}} It's {{#if contact.name}}{{contact.name}}{{/if}}.</p></body></html>",
        );
    let answer = workspace.run(&["html", "a"]);
    let said = "<p>Dear Ms O'Neil, It’s Ada O'Neil.</p>";
    assert!(answer.stdout.contains(said), "{}{}", answer.stdout, answer.stderr);
}
