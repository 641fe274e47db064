//! How long a proposal takes: one more in a running process, each of its stages, and a whole process.
//!
//! `cargo bench`. Figures vary with the machine: compare those of one run with each other.

#![allow(clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use divan::{Bencher, black_box};
use propale::diagnostic::Diagnostics;
use propale::prepared::{Extent, Prepared};
use propale::proposal::client::Client;
use propale::workspace::Workspace;

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
