//! `mail`: one e-mail a client, its PDF attached, as a draft for the user's own mail program.

use std::path::Path;

use super::{Answer, Asked, DONE, Environment, FAULTY, Profile, Session, tally};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::mail::ledger::{Event, Kind, LEDGER, Ledger, Standing};
use crate::mail::{self, NamedPdf, Outgoing, message};
use crate::output::journal::{Journal, Torn};
use crate::prepared::Extent;
use crate::workspace::Workspace;
use crate::{document::MessageTemplates, names, output};

/// What to click. French programs say what stands in parentheses.
const CLICKS: &str = "\
To send a draft:
  Outlook       open the .eml file: it is a message to be sent; press Send (Envoyer)
  Apple Mail    open the .eml file, then Message > Send Again (Message > Renvoyer), ⇧⌘D
  Thunderbird   open the .eml file, then Message > Edit As New Message (Modifier comme un nouveau message), Ctrl+E
";

pub fn run(
    clients: &[String],
    out: Option<&Path>,
    strict: bool,
    environment: &Environment,
    answer: &mut Answer,
) -> u8 {
    let mut diagnostics = Diagnostics::new();
    let Some(batch) = Batch::prepare(clients, strict, environment, &mut diagnostics) else {
        answer.report(&diagnostics, environment.colour);
        return FAULTY;
    };
    let root = batch.session.prepared.workspace.root();
    let folder = out.map_or(root.join("out"), |folder| environment.folder.join(folder));
    let ready = batch.ready.iter().flatten();
    let journal = match ready.clone().next() {
        Some(_) => diagnostics.keep(open_ledger(&batch.session.prepared.workspace, environment)),
        None => None,
    };
    let mut made = 0;
    if let Some((mut journal, ledger, faults)) = journal {
        // A draft sends nothing: what is wrong with the ledger's past does not stop it.
        let warn = |fault| Diagnostic { severity: crate::diagnostic::Severity::Warning, ..fault };
        diagnostics.extend(faults.into_iter().map(warn));
        for outgoing in ready {
            let files = write(outgoing, &folder, &ledger, &mut journal, environment, &mut diagnostics);
            if let Some(files) = files {
                made += 1;
                answer.stdout.push_str(&files);
            }
        }
    }
    answer.report(&diagnostics, environment.colour);
    if made > 0 {
        answer.stderr.push_str(CLICKS);
    }
    let wanted = batch.ready.len();
    if made < wanted || batch.session.diagnostics.has_errors() {
        let problems = tally(&diagnostics);
        answer.stderr.push_str(&format!("made {made} of {wanted} drafts: {problems}\n"));
        return FAULTY;
    }
    DONE
}

/// Writes a client's PDF and draft; gives their paths, a line each.
fn write(
    outgoing: &Outgoing,
    folder: &Path,
    ledger: &Ledger,
    journal: &mut Journal,
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let event = event(outgoing, Kind::Drafted, environment);
    if let Some(error) = other_clients_number(outgoing, ledger, &event) {
        diagnostics.push(error);
        return None;
    }
    match ledger.standing(&event) {
        Standing::Free => {}
        Standing::Sent(earlier) | Standing::Unknown(earlier) => diagnostics.push(
            Diagnostic::warning(format!(
                "{} was sent to {} on {}: this draft would be a second e-mail",
                earlier.name(),
                earlier.recipient,
                earlier.day
            ))
            .hint("a changed proposal has a `revision` in [proposal]"),
        ),
    }
    let pdf = output::replace(folder, &format!("{}.pdf", outgoing.stem), &outgoing.pdf);
    let pdf = diagnostics.keep(pdf)?;
    let draft = message::draft(outgoing);
    let draft = output::replace(folder, &format!("{}.eml", outgoing.stem), &draft);
    let draft = diagnostics.keep(draft)?;
    if !ledger.has_draft(&event) {
        diagnostics.keep(journal.append(&event.line()))?;
    }
    Some(format!("{}\n{}\n", pdf.display(), draft.display()))
}

/// The e-mails of a run, one a profile that was asked for.
pub(super) struct Batch {
    pub session: Session,
    /// None where a client has an error, which has been reported.
    pub ready: Vec<Option<Outgoing>>,
}

impl Batch {
    /// Builds every PDF and e-mail. None where nothing can be said beyond `diagnostics`.
    pub(super) fn prepare(
        clients: &[String],
        strict: bool,
        environment: &Environment,
        diagnostics: &mut Diagnostics,
    ) -> Option<Batch> {
        let asked = Asked::Named(clients);
        let session = Session::open(asked, Extent::Needed, environment, diagnostics)?;
        diagnostics.extend(session.diagnostics.iter().cloned());
        let templates = mail::templates(&session.prepared, diagnostics);
        let (asked, others) = (session.asked_clients(), session.other_clients());
        let opted_out: Vec<String> = (asked.iter().flatten().chain(&others))
            .filter(|client| client.contact.opted_out)
            .filter_map(|client| Some(client.contact.email.as_ref()?.value.clone()))
            .collect();
        let names = names::assign(&session.prepared, &asked, &others, environment.day);
        let one = |(profile, name): (&Profile, &names::Assigned)| {
            let mut own = Diagnostics::new();
            let outgoing = prepare_one(
                &session,
                profile,
                name,
                templates.as_deref(),
                &opted_out,
                environment,
                &mut own,
            );
            if strict {
                own.make_strict();
            }
            let sound = !own.has_errors();
            diagnostics.extend(own);
            outgoing.filter(|_| sound)
        };
        let ready = session.asked.iter().zip(&names).map(one).collect();
        diagnostics.extend(session.neighbours());
        Some(Batch { session, ready })
    }
}

fn prepare_one(
    session: &Session,
    profile: &Profile,
    name: &names::Assigned,
    templates: Option<&MessageTemplates>,
    opted_out: &[String],
    environment: &Environment,
    diagnostics: &mut Diagnostics,
) -> Option<Outgoing> {
    let prepared = &session.prepared;
    diagnostics.extend(prepared.diagnostics.iter().cloned());
    diagnostics.extend(profile.diagnostics.iter().cloned());
    diagnostics.extend(name.diagnostics.iter().cloned());
    let client = profile.client.as_ref()?;
    let pdf = crate::build(prepared, client, environment.day, diagnostics)?;
    let pdf = NamedPdf { stem: name.stem.clone(), bytes: pdf };
    mail::outgoing(prepared, templates?, client, pdf, environment.day, opted_out, diagnostics)
}

/// What stands against a number that the ledger has for somebody else.
pub(super) fn other_clients_number(
    outgoing: &Outgoing,
    ledger: &Ledger,
    event: &Event,
) -> Option<Diagnostic> {
    let theirs = ledger.number_of_another(event)?.last;
    let number = theirs.number.as_deref().unwrap_or_default();
    let error = Diagnostic::error(format!(
        "the number {number} of {} was sent to another client: {}, on {}",
        outgoing.client, theirs.recipient, theirs.day
    ));
    Some(error.hint("give it a number of its own: `propale new` takes the next free one"))
}

pub(super) fn event(outgoing: &Outgoing, kind: Kind, environment: &Environment) -> Event {
    Event::of(outgoing, kind, environment.day.to_string(), time(environment))
}

/// This moment, for the ledger.
pub(super) fn time(environment: &Environment) -> String {
    (environment.world.now)().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// The ledger, locked, with what it says and what is wrong with it; a torn last line is said at once.
pub(super) fn open_ledger(
    workspace: &Workspace,
    environment: &Environment,
) -> Result<(Journal, Ledger, Diagnostics), Diagnostic> {
    let tell = environment.world.tell;
    let waiting = || tell("another propale has the ledger: waiting for it\n");
    let path = workspace.root().join(LEDGER);
    let (journal, torn) = Journal::open(&path, Ledger::is_event, waiting)?;
    let mut faults = Diagnostics::new();
    let ledger = Ledger::read(&Source::new(LEDGER, journal.text()), &mut faults);
    if let Some(Torn(line)) = torn {
        let found = crate::diagnostic::excerpt(&line);
        tell(&format!("{LEDGER}: a last line that was cut off was taken away: {found}\n"));
    }
    Ok((journal, ledger, faults))
}
