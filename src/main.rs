//! argv, clock and environment in; exit status out.

#![allow(clippy::disallowed_methods)]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use chrono::{DateTime, Local};
use clap::Parser;
use mimalloc::MiMalloc;
use propale::cli::Cli;
use propale::commands::{self, Environment, World};
use propale::diagnostic::Colour;

/// A proposal is tens of thousands of small pieces that live shortly.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let stderr = std::io::stderr();
    let colour = if stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Colour::Ansi
    } else {
        Colour::Plain
    };
    let folder = match std::env::current_dir() {
        Ok(folder) => folder,
        Err(fault) => {
            eprintln!("error: cannot tell the current folder: {fault}");
            return ExitCode::from(1);
        }
    };
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let epoch_day = match epoch.as_deref().map(source_date) {
        Some(None) => {
            eprintln!("error: SOURCE_DATE_EPOCH is not a number of seconds since 1970");
            return ExitCode::from(1);
        }
        day => day.flatten(),
    };
    let day = cli.date.or(epoch_day).unwrap_or_else(|| Local::now().date_naive());
    let environment = Environment {
        folder,
        workspace: cli.workspace,
        day,
        colour,
        processors: std::thread::available_parallelism().map_or(1, |n| n.get()),
        world: World {
            now: || Local::now().fixed_offset(),
            variable: |name| std::env::var(name).ok(),
            tell: |text| {
                let _ = std::io::stderr().lock().write_all(text.as_bytes());
            },
            reply: || {
                let mut line = String::new();
                let read = std::io::stdin().read_line(&mut line).ok()?;
                (read > 0).then_some(line)
            },
        },
    };
    let mut answer = commands::Answer::default();
    let status = commands::run(&cli.command, &environment, &mut answer);
    // A reader that has left (`propale … | head`) is no fault of ours.
    let _ = stderr.lock().write_all(answer.stderr.as_bytes());
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(answer.stdout.as_bytes()).and_then(|()| stdout.flush()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("error: cannot write the answer to stdout: {fault}");
            ExitCode::from(1)
        }
        _ => ExitCode::from(status),
    }
}

/// <https://reproducible-builds.org/specs/source-date-epoch/>: a day in UTC.
fn source_date(seconds: &str) -> Option<chrono::NaiveDate> {
    let seconds: i64 = seconds.trim().parse().ok()?;
    Some(DateTime::from_timestamp(seconds, 0)?.date_naive())
}
