//! One file a command: what it reads, prints and answers.

mod build;
mod check;
mod context;
mod explain;
mod html;
mod log;
mod mail;
mod mark;
mod new;
mod send;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::cli::Command;
use crate::diagnostic::{Colour, Diagnostic, Diagnostics, Severity, Source};
use crate::prepared::{Extent, Prepared};
use crate::proposal::client::Client;
use crate::workspace::{Workspace, stem_of};

/// What a run knows of the world around it.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Where paths on the command line begin.
    pub folder: PathBuf,
    /// `--workspace`.
    pub workspace: Option<PathBuf>,
    /// The run's day.
    pub day: NaiveDate,
    pub colour: Colour,
    /// How many clients are built at once where `--jobs` does not say.
    pub processors: usize,
    pub world: World,
}

/// What only main.rs can reach, lent to the commands that write to people.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub now: fn() -> DateTime<FixedOffset>,
    /// An environment variable.
    pub variable: fn(&str) -> Option<String>,
    /// Shows text on stderr at once.
    pub tell: fn(&str),
    /// The line that somebody types in answer to what was told; None where nobody is there.
    pub reply: fn() -> Option<String>,
}

/// What a command says: data, and everything else.
#[derive(Debug, Default)]
pub struct Answer {
    pub stdout: String,
    pub stderr: String,
}

/// Exit status: all is done.
pub const DONE: u8 = 0;
/// Exit status: something in the user's files is wrong, and was said.
pub const FAULTY: u8 = 1;

/// Runs one command. Its exit status is [`DONE`] or [`FAULTY`]; a wrong command line never gets here.
pub fn run(command: &Command, environment: &Environment, answer: &mut Answer) -> u8 {
    match command {
        Command::Build { clients, all, jobs, out, severity } => {
            let asked = if *all { Asked::All } else { Asked::Named(clients) };
            let how = build::How { out: out.clone(), jobs: *jobs, strict: severity.strict };
            build::run(asked, &how, environment, answer)
        }
        Command::Check { clients, severity } => {
            let asked = if clients.is_empty() { Asked::All } else { Asked::Named(clients) };
            check::run(asked, severity.strict, environment, answer)
        }
        Command::Explain { client, format, suggest, diff, all, hints } => {
            let question = match (client, &diff[..], hints) {
                (_, [old, new], _) => explain::Question::Difference(old, new),
                (_, _, Some(offer)) => explain::Question::Hints(offer.as_deref()),
                (Some(client), ..) if *suggest => explain::Question::Suggestions(client),
                (Some(client), ..) => explain::Question::Choice(client, *format),
                (None, ..) => {
                    debug_assert!(*all, "the grammar asks for a client otherwise");
                    explain::Question::Everyone
                }
            };
            explain::run(question, environment, answer)
        }
        Command::Context { client, origins } => context::run(client, *origins, environment, answer),
        Command::Html { client } => html::run(client, environment, answer),
        Command::Mail { clients, out, send: true, yes, again, severity } => {
            let consent = if *yes { send::Consent::Given } else { send::Consent::Ask };
            let repeats = if *again { send::Repeats::Allowed } else { send::Repeats::Refused };
            let how = send::How { consent, repeats, out: out.clone(), strict: severity.strict };
            send::run(clients, &how, environment, answer)
        }
        Command::Mail { clients, out, severity, .. } => {
            mail::run(clients, out.as_deref(), severity.strict, environment, answer)
        }
        Command::Log { reasons } => {
            let about = if *reasons { log::About::Reasons } else { log::About::Proposals };
            log::run(about, environment, answer)
        }
        Command::Mark { number, answer: mark } => mark::run(number, *mark, environment, answer),
        Command::New { name, offer } => new::run(name, offer.as_deref(), environment, answer),
    }
}

impl Answer {
    /// Shows problems on stderr, each with its place.
    fn report(&mut self, diagnostics: &Diagnostics, colour: Colour) {
        for diagnostic in diagnostics.iter() {
            self.stderr.push_str(&diagnostic.render(colour));
            self.stderr.push_str("\n\n");
        }
    }

    /// Ends a command about one client: the problems, and the data if there was no error.
    fn finish(&mut self, data: Option<String>, diagnostics: &Diagnostics, colour: Colour) -> u8 {
        self.report(diagnostics, colour);
        match data {
            Some(data) if !diagnostics.has_errors() => {
                self.stdout.push_str(&data);
                DONE
            }
            _ => FAULTY,
        }
    }
}

/// Which profiles a command is about.
#[derive(Clone, Copy, Debug)]
enum Asked<'a> {
    Named(&'a [String]),
    All,
}

/// A profile that was read, with its own faults.
struct Profile {
    source: Arc<Source>,
    client: Option<Client>,
    diagnostics: Diagnostics,
}

impl Profile {
    fn read(source: Arc<Source>) -> Profile {
        let mut diagnostics = Diagnostics::new();
        let client = Client::read(&source, stem_of(&source.path), &mut diagnostics);
        Profile { source, client, diagnostics }
    }
}

/// The workspace, read for a command.
struct Session {
    prepared: Prepared,
    /// Those the command is about, in its order.
    asked: Vec<Profile>,
    /// All others in clients/, and why some of them cannot even be read.
    others: Vec<Profile>,
    unread: Vec<Diagnostic>,
    /// Why some that the command is about have no profile: not there, too large, not UTF-8.
    diagnostics: Diagnostics,
    /// How many those are.
    missing: usize,
}

impl Session {
    /// None where nothing can be said beyond `diagnostics`.
    fn open(
        asked: Asked,
        extent: Extent,
        environment: &Environment,
        diagnostics: &mut Diagnostics,
    ) -> Option<Session> {
        let workspace = diagnostics.keep(open_workspace(environment))?;
        let mut own = Diagnostics::new();
        let in_folder = workspace.list("clients", ".toml");
        let mut sources: Vec<Arc<Source>> = Vec::new();
        let mut refused: Vec<String> = Vec::new();
        let read: Vec<Result<Arc<Source>, Diagnostic>> = match asked {
            Asked::Named(names) => {
                names.iter().map(|said| workspace.profile(&environment.folder, said)).collect()
            }
            Asked::All => in_folder.iter().map(|path| workspace.text(path)).collect(),
        };
        if in_folder.is_empty() && matches!(asked, Asked::All) && extent == Extent::Needed {
            own.push(
                Diagnostic::error("no profile in clients/")
                    .hint("make one: `propale new \"Client name\"`"),
            );
        }
        let mut missing = 0;
        for result in read {
            match result {
                Ok(source) if sources.iter().any(|known| known.path == source.path) => {}
                Ok(source) => sources.push(source),
                Err(fault) => {
                    own.push(fault);
                    missing += 1;
                }
            }
        }
        refused.extend(sources.iter().map(|source| source.path.clone()));
        let asked: Vec<Profile> = sources.into_iter().map(Profile::read).collect();
        let others = in_folder.iter().filter(|path| !refused.contains(path));
        let mut unread = vec![];
        let others: Vec<Profile> = others
            .filter_map(|path| workspace.text(path).map_err(|fault| unread.push(fault)).ok())
            .map(Profile::read)
            .collect();
        // One that was asked for has been said to be unreadable.
        unread.retain(|fault| !own.iter().any(|said| said == fault));
        let clients = |profiles: &'_ [Profile]| -> Vec<Client> {
            profiles.iter().filter_map(|profile| profile.client.clone()).collect()
        };
        let (needed, neighbours) = (clients(&asked), clients(&others));
        let prepared = Prepared::read(workspace, &needed, &neighbours, extent, diagnostics)?;
        Some(Session { prepared, asked, others, unread, diagnostics: own, missing })
    }

    /// A faulty profile that was not asked for stops nothing, and is not passed over in silence either.
    fn neighbours(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let faulty = self.others.iter().filter(|other| other.diagnostics.has_errors()).map(|other| {
            let path = &other.source.path;
            Diagnostic::warning(format!("the profile `{path}` has errors and was not asked for"))
                .hint(format!("see them: `propale check {}`", stem_of(path)))
        });
        let unread = self.unread.iter().map(|fault| {
            let message = format!("a profile that was not asked for: {}", fault.message);
            Diagnostic { severity: Severity::Warning, message, ..fault.clone() }
        });
        faulty.chain(unread)
    }

    /// Beside each profile asked for, its client where it could be read.
    fn asked_clients(&self) -> Vec<Option<&Client>> {
        self.asked.iter().map(|profile| profile.client.as_ref()).collect()
    }

    fn other_clients(&self) -> Vec<&Client> {
        self.others.iter().filter_map(|profile| profile.client.as_ref()).collect()
    }

    /// A session about one client. Its faults, the house's and the profile's go to `diagnostics`; None
    /// where there is no such profile or it cannot be read.
    fn of_one(
        said: &str,
        environment: &Environment,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Prepared, Client)> {
        let names = [said.to_string()];
        let session = Session::open(Asked::Named(&names), Extent::Needed, environment, diagnostics)?;
        diagnostics.extend(session.diagnostics);
        diagnostics.extend(session.prepared.diagnostics.iter().cloned());
        let profile = session.asked.into_iter().next()?;
        diagnostics.extend(profile.diagnostics);
        Some((session.prepared, profile.client?))
    }
}

fn open_workspace(environment: &Environment) -> Result<Workspace, Diagnostic> {
    match &environment.workspace {
        Some(folder) => Workspace::open(&environment.folder.join(folder)),
        None => Workspace::find(&environment.folder),
    }
}

/// "1 error", "2 errors and 1 warning": of a run's problems.
fn tally(diagnostics: &Diagnostics) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let say = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "no problem".to_string(),
        (0, warnings) => say(warnings, "warning"),
        (errors, 0) => say(errors, "error"),
        (errors, warnings) => format!("{} and {}", say(errors, "error"), say(warnings, "warning")),
    }
}
