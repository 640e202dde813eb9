//! Runs other programs: shows what runs and says plainly what went wrong.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::setup;

/// What was done, or a sentence on why it was not.
pub type Outcome<T = ()> = Result<T, String>;

/// A command line that has not run yet. It runs in the project's root.
pub struct Run {
    command: Command,
    line: String,
}

impl Run {
    /// A program, found by name or path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(setup::root());
        let name = Path::new(program).file_stem().unwrap_or(program);
        Self { command, line: name.to_string_lossy().into_owned() }
    }

    /// The cargo that runs xtask.
    pub fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.line = format!("{} {}", self.line, shown(argument.as_ref()));
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Shows the line and runs it with its output on the terminal.
    ///
    /// # Errors
    /// When it does not start or does not end well.
    pub fn show(self) -> Outcome {
        let line = self.line.clone();
        match self.code()? {
            0 => Ok(()),
            code => Err(format!("`{line}` ended with exit code {code}.")),
        }
    }

    /// Shows the line, runs it with its output on the terminal, and gives its exit code.
    ///
    /// # Errors
    /// When it does not start or is killed.
    pub fn code(mut self) -> Outcome<i32> {
        println!("  $ {}", self.line);
        let status = self.command.status().map_err(|error| self.does_not_start(&error))?;
        status.code().ok_or_else(|| format!("`{}` was killed.", self.line))
    }

    /// Holds the program's input open for as long as xtask runs, so that a program that reads it to the end is not left behind.
    pub fn held(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    /// Shows the line and runs it; each line of its output goes to `each`. Gives whether it ended well.
    ///
    /// # Errors
    /// When it does not start or its output cannot be read.
    pub fn stream(mut self, mut each: impl FnMut(&str)) -> Outcome<bool> {
        println!("  $ {}", self.line);
        let mut running = self.command.stdout(Stdio::piped()).spawn().map_err(|error| self.does_not_start(&error))?;
        // Bytes, since a test may print what is no UTF-8.
        let mut lines = running.stdout.take().map(BufReader::new);
        let mut line = Vec::new();
        while let Some(output) = &mut lines {
            line.clear();
            if output.read_until(b'\n', &mut line).map_err(|error| format!("`{}`: {error}.", self.line))? == 0 {
                break;
            }
            each(String::from_utf8_lossy(&line).trim_end());
        }
        Ok(running.wait().map_err(|error| format!("`{}`: {error}.", self.line))?.success())
    }

    /// Runs without showing anything and gives what it wrote.
    ///
    /// # Errors
    /// When it does not start or does not end well, with what it said.
    pub fn read(mut self) -> Outcome<Vec<u8>> {
        let output = self.command.stdin(Stdio::null()).output().map_err(|error| self.does_not_start(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!("`{}` failed ({}):\n{}", self.line, output.status, String::from_utf8_lossy(&said).trim_end()))
    }

    fn does_not_start(&self, error: &std::io::Error) -> String {
        format!("`{}` does not start: {error}. `cargo xtask doctor` shows what is missing.", self.line)
    }
}

/// Whether a program runs and ends well.
pub fn works(program: &str, arguments: &[&str]) -> bool {
    says(program, arguments).is_some()
}

/// What a program writes, when it runs and ends well.
pub fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let written = Run::new(program).args(arguments).read().ok()?;
    Some(String::from_utf8_lossy(&written).into_owned())
}

/// An argument as a person would type it: paths inside the project are relative, what a shell would take apart is quoted.
fn shown(argument: &OsStr) -> String {
    let text = argument.to_string_lossy().replace(&format!("{}/", setup::root().display()), "");
    if text.is_empty() || text.contains([' ', '*', '$', '"', '(', ';', '&', '|', '<']) { format!("'{text}'") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let why = Run::new("no-such-program").arg("x").show().unwrap_err();
        assert!(why.starts_with("`no-such-program x` does not start"), "{why}");
    }

    #[test]
    fn a_bad_ending_is_an_error_with_what_was_said() {
        let why = Run::cargo().arg("no-such-verb").read().unwrap_err();
        assert!(why.contains("no-such-verb` failed") && why.contains("no such command"), "{why}");
    }

    #[test]
    fn arguments_are_shown_as_typed() {
        assert_eq!(shown(setup::root().join("forms/a b.json").as_os_str()), "'forms/a b.json'");
        assert_eq!(shown(setup::root().join("forms/ab.json").as_os_str()), "forms/ab.json");
        assert_eq!(shown(OsStr::new("")), "''");
    }
}
