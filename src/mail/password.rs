//! The password of the mail account: from an environment variable, or from a command (the only program that
//! propale ever starts). It is never written to a file or shown.

#![allow(clippy::disallowed_methods)]

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::diagnostic::Diagnostic;
use crate::proposal::house::PasswordSource;

/// A password, which nothing prints.
pub struct Password(String);

impl Password {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Asks for the password where the house says. `variable` gives an environment variable; a command runs in
/// `folder`, with this terminal for its own questions, and its first line is the password.
pub fn ask(
    source: &PasswordSource,
    variable: fn(&str) -> Option<String>,
    folder: &Path,
) -> Result<Password, Diagnostic> {
    match source {
        PasswordSource::Env(name) => match variable(name).filter(|value| !value.is_empty()) {
            Some(value) => Ok(Password(value)),
            None => Err(name
                .error(format!("the environment variable `{}` is not set", name.value))
                .hint("it holds the password of the mail account: set it in this terminal")),
        },
        PasswordSource::Command(words) => {
            let Some((program, arguments)) = words.split_first() else {
                return Err(Diagnostic::error("`password_command` is empty"));
            };
            let output = Command::new(&program.value)
                .args(arguments.iter().map(|word| &word.value))
                .current_dir(folder)
                .stdin(Stdio::inherit())
                .stderr(Stdio::inherit())
                .output()
                .map_err(|fault| {
                    program.error(format!(
                        "`password_command` cannot be run: {}",
                        crate::workspace::reason(&fault)
                    ))
                })?;
            if !output.status.success() {
                return Err(program.error(format!("`password_command` failed: {}", output.status)));
            }
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            match text.lines().next().filter(|line| !line.is_empty()) {
                Some(line) => Ok(Password(line.to_owned())),
                None => Err(program.error("`password_command` printed nothing")),
            }
        }
    }
}
