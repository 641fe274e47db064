//! Workspaces to run the program in.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const PROPALE: &str = env!("CARGO_BIN_EXE_propale");

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A workspace in a folder of its own, removed when dropped.
pub struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub struct Answer {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Workspace {
    /// An empty folder.
    pub fn empty() -> Workspace {
        Workspace { folder: tempfile::tempdir().unwrap() }
    }

    /// One offer with a need, one house.
    pub fn small() -> Workspace {
        let workspace = Workspace::empty();
        workspace.write(
            "propale.toml",
            "[house]\nname = \"Studio Brume\"\nemail = \"bonjour@brume.example\"\n\
             legal_form = \"association\"\naddress = [\"3 rue des Essais\"]\n",
        );
        workspace.write(
            "offers/audit.md",
            "---\ntitle: audit de site\nlang: fr\nneeds:\n  lenteur:\n    label: un site rapide\n---\n\
             Un site lent perd ses visiteurs.\n\n### pourquoi maintenant\n- vos pages sont lentes #lenteur\n\
             - une refonte approche\n\n### les avantages\n- des chiffres #lenteur\n- une liste courte\n",
        );
        workspace
    }

    /// The repository's own house, offers, clients and pictures.
    pub fn sample() -> Workspace {
        let workspace = Workspace::empty();
        for name in ["propale.toml", "offers", "clients", "brand"] {
            copy(&repository().join(name), &workspace.path().join(name));
        }
        workspace
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Workspace {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn exists(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// Names in a folder, sorted.
    pub fn list(&self, name: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.path().join(name))
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, &[("SOURCE_DATE_EPOCH", "1795651200")])
    }

    /// The day is 2026-11-26 unless said.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Answer {
        let mut command = Command::new(PROPALE);
        command.args(arguments).current_dir(self.path()).env_remove("SOURCE_DATE_EPOCH");
        command.envs(variables.iter().copied());
        answer(command.output().unwrap())
    }

    /// Builds and gives the path of the one PDF.
    #[track_caller]
    pub fn build(&self, arguments: &[&str]) -> PathBuf {
        let answer = self.run(&[&["build"], arguments].concat());
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        self.path().join(answer.stdout.trim_end())
    }
}

pub fn answer(output: Output) -> Answer {
    Answer {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}
