//! The command line's grammar, and its answer to each command: data on stdout, the rest on stderr.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Builds a branded PDF proposal for each prospect from one offer note.
#[derive(Debug, Parser)]
#[command(name = "propale", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,

    /// Folder with the propale.toml [default: the nearest one upwards]
    #[arg(long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,

    /// The day of this run [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<NaiveDate>,
}

const EXAMPLES: &str = "\
Examples:
  propale new \"Nova Santé\"              a commented profile with the next number
  propale check                         every problem in the workspace
  propale explain nova-sante            what is chosen for this prospect, and why
  propale build nova-sante              the PDF, in out/
  propale build --all --jobs 4          every profile in clients/
  propale html nova-sante > page.html   the filled layout, for any browser
  propale mail nova-sante               the PDF attached to an e-mail, ready to send
  propale log                           what was sent to whom, and what to follow up";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes one PDF a client and prints the path of each
    #[command(after_help = "\
Examples:
  propale build clients/nova-sante.toml
  propale build nova-sante --out /tmp --date 2026-12-01
  propale build --all --strict")]
    Build {
        /// Profiles: paths, or names of files in clients/
        #[arg(value_name = "CLIENT", required_unless_present = "all")]
        clients: Vec<String>,
        /// Every profile in clients/
        #[arg(long, conflicts_with = "clients")]
        all: bool,
        /// How many clients at once [default: the machine's processors]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        jobs: Option<u16>,
        /// Where the PDFs go [default: out/ in the workspace]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        #[command(flatten)]
        severity: SeverityArgs,
    },
    /// Says what was chosen for a client, and why
    #[command(after_help = "\
Examples:
  propale explain nova-sante
  propale explain nova-sante --suggest
  propale explain --diff old.toml clients/nova-sante.toml
  propale explain --all
  propale explain --hints chief-of-staff-externe")]
    Explain {
        #[arg(value_name = "CLIENT", required_unless_present_any = ["diff", "all", "hints"])]
        client: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Needs heard in the notes and not declared, ready to paste
        #[arg(long, conflicts_with = "format")]
        suggest: bool,
        /// What the second profile changes in the choice of the first
        #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["client", "format", "suggest", "all"])]
        diff: Vec<String>,
        /// Items never chosen for anyone in clients/, and needs that no item serves
        #[arg(long, conflicts_with_all = ["client", "format", "suggest"])]
        all: bool,
        /// Words that may hint at each need of an offer, ready to strike from and paste [default: the only offer]
        #[arg(long, value_name = "OFFER", conflicts_with_all = ["client", "format", "suggest", "diff", "all"])]
        hints: Option<Option<String>>,
    },
    /// Lists every problem in the workspace; writes nothing
    #[command(after_help = "Examples:\n  propale check\n  propale check nova-sante --strict")]
    Check {
        /// Profiles [default: every one in clients/]
        #[arg(value_name = "CLIENT")]
        clients: Vec<String>,
        #[command(flatten)]
        severity: SeverityArgs,
    },
    /// Prints the exact JSON that a layout sees
    #[command(
        after_help = "Examples:\n  propale context nova-sante\n  propale context nova-sante --origins"
    )]
    Context {
        #[arg(value_name = "CLIENT")]
        client: String,
        /// Where each value, template and face came from, a line each
        #[arg(long)]
        origins: bool,
    },
    /// Prints the filled layout as one HTML file that opens in any browser
    #[command(after_help = "Example:\n  propale html nova-sante > page.html")]
    Html {
        #[arg(value_name = "CLIENT")]
        client: String,
    },
    /// Makes an e-mail with the PDF attached, for your mail program to send, or sends it
    #[command(after_help = "\
Examples:
  propale mail nova-sante                  a draft, in out/
  propale mail nova-sante --send           shows what would leave, asks, and sends it")]
    Mail {
        /// Profiles: paths, or names of files in clients/
        #[arg(value_name = "CLIENT", required = true)]
        clients: Vec<String>,
        /// Where the PDFs and drafts go [default: out/ in the workspace]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Send by the server of [mail.smtp], after asking
        #[arg(long)]
        send: bool,
        /// Do not ask
        #[arg(long, requires = "send")]
        yes: bool,
        /// Send once more what was sent, or may have been
        #[arg(long, requires = "send")]
        again: bool,
        #[command(flatten)]
        severity: SeverityArgs,
    },
    /// Shows the ledger: what was sent to whom, and what is to be followed up
    #[command(after_help = "Examples:\n  propale log\n  propale log --reasons")]
    Log {
        /// How often each reason and benefit was shown and accepted
        #[arg(long)]
        reasons: bool,
    },
    /// Writes into the ledger what became of a proposal
    #[command(after_help = "Example:\n  propale mark 2026-014 accepted")]
    Mark {
        /// The proposal's number, or its file's name without .pdf
        #[arg(value_name = "NUMBER")]
        number: String,
        #[arg(value_enum, value_name = "ANSWER")]
        answer: Mark,
    },
    /// Makes a commented profile in clients/ with the next number
    #[command(after_help = "Example:\n  propale new \"Nova Santé\" --offer chief-of-staff-externe")]
    New {
        /// The client's name
        #[arg(value_name = "NAME")]
        name: String,
        /// The offer's file stem, where the workspace has several
        #[arg(long, value_name = "OFFER")]
        offer: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct SeverityArgs {
    /// Warnings count as errors
    #[arg(long)]
    pub strict: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// What a user may say became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mark {
    /// You sent the draft yourself, or learnt that it arrived
    Sent,
    Accepted,
    Declined,
}

fn day(said: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(said, "%Y-%m-%d")
        .map_err(|_| "expected a day such as 2026-11-22".to_string())
}
