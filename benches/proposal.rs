//! How long a proposal takes: one more in a running process, each of its stages, and a whole process.
//!
//! `cargo bench`. Figures vary with the machine: compare those of one run with each other.

#![allow(clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use divan::{Bencher, black_box};
use propale::diagnostic::{Diagnostics, Source};
use propale::document::{Layout, LayoutSources, Schema};
use propale::layout::{Pictures, paginate};
use propale::locale::Locale;
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::proposal::view::View;
use propale::style::StyleSheets;
use propale::workspace::Workspace;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

fn client(workspace: &Workspace) -> Client {
    let source = workspace.text("clients/nova-sante.toml").unwrap();
    Client::read(&source, "nova-sante", &mut Diagnostics::new()).unwrap()
}

fn prepared() -> (Prepared, Client) {
    let workspace = Workspace::open(root()).unwrap();
    let client = client(&workspace);
    let clients = [client.clone()];
    let prepared =
        Prepared::read(workspace, &clients, &[], Extent::Needed, &mut Diagnostics::new()).unwrap();
    propale::build(&prepared, &client, day(), &mut Diagnostics::new()).unwrap();
    (prepared, client)
}

/// One more proposal, other data each time, all else warm: what a batch pays a client.
#[divan::bench]
fn one_more(bencher: Bencher) {
    let (prepared, client) = prepared();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let mut client = client.clone();
        client.company.name.value = format!("Nova Santé {n}");
        propale::build(&prepared, &client, day(), &mut Diagnostics::new()).unwrap()
    });
}

/// Reading the workspace and building once, in process.
#[divan::bench]
fn first(bencher: Bencher) {
    bencher.bench_local(prepared);
}

/// A whole process, as a user runs it.
#[divan::bench(sample_count = 30)]
fn whole_process(bencher: Bencher) {
    let out = tempfile::tempdir().unwrap();
    bencher.bench_local(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_propale"))
            .args(["build", "clients/nova-sante.toml", "--out"])
            .arg(out.path())
            .current_dir(root())
            .output()
            .unwrap();
        assert!(output.status.success());
    });
}

mod stages {
    use super::*;

    #[divan::bench]
    fn a_read_and_prepare(bencher: Bencher) {
        bencher.bench_local(|| {
            let workspace = Workspace::open(root()).unwrap();
            let clients = [client(&workspace)];
            Prepared::read(workspace, &clients, &[], Extent::Needed, &mut Diagnostics::new()).unwrap()
        });
    }

    #[divan::bench]
    fn b_proposal(bencher: Bencher) {
        let (prepared, client) = prepared();
        bencher.bench_local(|| {
            propale::proposal(&prepared, black_box(&client), day(), &mut Diagnostics::new()).unwrap()
        });
    }

    /// Includes the proposal.
    #[divan::bench]
    fn c_document_and_style(bencher: Bencher) {
        let (prepared, client) = prepared();
        bencher.bench_local(|| {
            let dressed =
                propale::dressed(&prepared, black_box(&client), day(), &mut Diagnostics::new());
            dressed.unwrap().document.nodes.len()
        });
    }

    #[divan::bench]
    fn d_layout(bencher: Bencher) {
        let (prepared, client) = prepared();
        let dressed = propale::dressed(&prepared, &client, day(), &mut Diagnostics::new()).unwrap();
        bencher.bench_local(|| propale::pages(&prepared, black_box(&dressed), &mut Diagnostics::new()));
    }

    #[divan::bench]
    fn e_pdf(bencher: Bencher) {
        let (prepared, client) = prepared();
        let dressed = propale::dressed(&prepared, &client, day(), &mut Diagnostics::new()).unwrap();
        let pages = propale::pages(&prepared, &dressed, &mut Diagnostics::new());
        bencher.bench_local(|| {
            propale::pdf(&prepared, &dressed, black_box(&pages), &mut Diagnostics::new())
        });
    }
}

/// Layout alone of documents from a few pages to thousands: a page costs what it costs, however many
/// there are.
#[divan::bench(args = [50, 500, 5_000])]
fn pages(bencher: Bencher, count: usize) {
    let (prepared, _) = prepared();
    let words =
        "Chaque chantier a un responsable, une échéance et une mesure que tous peuvent lire. ".repeat(4);
    let unit = format!(
        "<h2>Un chantier</h2><p>{words}</p><p>{words}</p><ul><li>{words}</li><li>un point</li></ul>\
         <table><thead><tr><th>Étape</th><th>Prix</th></tr></thead><tbody><tr><td>Une</td><td>900</td></tr>\
         <tr><td>Deux</td><td>1 200</td></tr></tbody></table>"
    );
    // Two of them fill a page of A4, near enough.
    let body = unit.repeat(count * 2);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>t</title></head>\n<body>{body}</body></html>"
    );
    let mut diagnostics = Diagnostics::new();
    let sources = LayoutSources {
        html: Source::new("templates/long.html.hbs", html),
        css: Source::new("templates/long.css", ""),
        partials: Default::default(),
    };
    let layout = Layout::prepare("long", sources, &Schema::of(&View::specimens()), &mut diagnostics);
    let document = layout.unwrap().fill(&serde_json::json!({}), Locale::Fr, &mut diagnostics).unwrap();
    let css = Source::new(
        "templates/long.css",
        "html { font: 11pt/1.5 'Source Sans 3' } h2 { margin: 12pt 0 6pt } p { hyphens: auto }",
    );
    let sheets = StyleSheets::prepare(&css, &|path| panic!("{path}"), &mut diagnostics);
    let styles = propale::style::compute(&document, &sheets, &Default::default(), &mut diagnostics);
    let lay =
        || paginate(&document, &styles, &prepared.faces, &Pictures::new(), &mut Diagnostics::new());
    let made = lay().pages.len();
    assert!((count * 3 / 4..count * 5 / 4).contains(&made), "{made} pages for {count}");
    bencher.bench_local(|| black_box(lay()));
}

mod selection {
    use super::*;
    use propale::proposal::client::Limits;
    use propale::proposal::house::Order;
    use propale::proposal::offer::Offer;
    use propale::proposal::select::{Request, Situation, select};

    /// Forty items, three hundred words of notes, nothing declared; the offer's vocabulary is made.
    #[divan::bench]
    fn needs_inferred(bencher: Bencher) {
        let needs = [
            "tresorerie",
            "recrutement",
            "managers",
            "croissance",
            "outils",
            "qualite",
            "export",
            "cession",
        ];
        let mut note = String::from("---\nlang: fr\nneeds:\n");
        for need in needs {
            note.push_str(&format!("  {need}: {{ label: améliorer {need} }}\n"));
        }
        note.push_str("---\n# Pourquoi\n");
        for i in 0..40 {
            if i == 20 {
                note.push_str("# Avantages\n");
            }
            note.push_str(&format!(
                "- parce que vous avez la raison numéro {i} d'agir. #{} ^i{i}\n",
                needs[i % 8]
            ));
        }
        let source = propale::diagnostic::Source::new("offers/forty.md", note);
        let offer = Offer::read(&source, "forty", &mut Diagnostics::new()).unwrap();
        let paragraph = "Appel de trente minutes avec la gérante, très directe. Trois vendeuses sont parties en un an et personne ne postule. \
             La banque a refusé de relever le découvert, elle ne se paie plus depuis juin. Les chefs d'équipe viennent d'être nommés et \
             n'ont jamais encadré. Tout est dans des tableurs, on ressaisit trois fois. ";
        let words: Vec<&str> = paragraph.split_whitespace().cycle().take(300).collect();
        let notes = words.join(" ");
        let situation = Situation { notes: Some(&notes), ..Situation::default() };
        let request = Request {
            needs: &[],
            sector: None,
            stage: None,
            situation,
            reasons: Limits::REASONS,
            benefits: Limits::BENEFITS,
            pin: &[],
            ban: &[],
            order: Order::Importance,
        };
        offer.vocabulary();
        bencher.bench_local(|| select(&offer, black_box(&request), &mut Diagnostics::new()));
    }
}
