//! Exit codes, and why a command has no answer.

use crate::add::TsaError;
use hoso::cms::{CmsError, TimestampError};
use hoso::crypto::KeyError;
use hoso::expr::Stopped;
use hoso::json::{CanonicalError, ReadError};
use hoso::pki::{CertificateError, CrlError, OcspError};
use hoso::report::catalogue::{self, Area};
use hoso::report::{Coded, Facts};
use hoso::schema::{LimitError, SchemaError};
use hoso::sign::PolicyError;
use hoso::sign::asic::AsicError;
use hoso::sign::{SignError, SignatureError};
use hoso::submission::chain::ChainIssue;
use hoso::submission::{PackageError, SealError};
use std::fmt;
use std::process::ExitCode;

/// How a command ended. Over many documents the worst counts, `Unusable` before `No` before `Undetermined`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: valid, signed, accepted.
    Yes,
    /// 1: invalid, refused.
    No,
    /// 2: usage, unreadable input, a bad schema.
    Unusable,
    /// 3: nothing failed, but something is undetermined.
    Undetermined,
}

impl Exit {
    const fn rank(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::Undetermined => 1,
            Self::No => 2,
            Self::Unusable => 3,
        }
    }

    /// The worse of two.
    pub const fn worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::Unusable => 2,
            Exit::Undetermined => 3,
        })
    }
}

/// One or more errors, and the exit code they mean.
pub struct Failed {
    pub exit: Exit,
    pub errors: Vec<Box<dyn Coded>>,
}

pub type Done<T = Exit> = Result<T, Failed>;

impl Failed {
    pub fn unusable(error: impl Coded + 'static) -> Self {
        Self { exit: Exit::Unusable, errors: vec![Box::new(error)] }
    }

    pub fn no(error: impl Coded + 'static) -> Self {
        Self { exit: Exit::No, errors: vec![Box::new(error)] }
    }
}

macro_rules! failed {
    ($($error:ty => $exit:ident),* $(,)?) => {
        $(impl From<$error> for Failed {
            fn from(error: $error) -> Self {
                Self::$exit(error)
            }
        })*
    };
}

failed! {
    CliError => unusable,
    ReadError => unusable,
    LimitError => unusable,
    CertificateError => unusable,
    CrlError => unusable,
    OcspError => unusable,
    PolicyError => unusable,
    KeyError => unusable,
    CanonicalError => no,
    SealError => no,
    SignError => no,
    PackageError => no,
    CmsError => no,
    TimestampError => no,
    SignatureError => no,
    TsaError => unusable,
    AsicError => no,
    ChainIssue => no,
}

impl From<Vec<SchemaError>> for Failed {
    fn from(errors: Vec<SchemaError>) -> Self {
        Self { exit: Exit::Unusable, errors: errors.into_iter().map(|error| Box::new(error) as Box<dyn Coded>).collect() }
    }
}

impl From<Stopped> for Failed {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Mistaken(errors) => {
                Self { exit: Exit::Unusable, errors: errors.into_iter().map(|error| Box::new(error) as Box<dyn Coded>).collect() }
            }
            Stopped::Failed(failure) => Self::no(failure),
        }
    }
}

/// What the command's arguments or files did.
#[derive(Debug)]
#[non_exhaustive]
pub enum CliError {
    /// `--alg` names an algorithm that the key cannot do.
    Algorithm { algorithm: &'static str, usable: String },
    /// `--attach` is not FIELD=FILE.
    Attach { argument: String },
    /// `--now` or `--received-at` is no RFC 3339 moment.
    Clock,
    /// `--codes` is no name and file.
    Codes { argument: String },
    /// An attachment is not what it was when it was measured.
    FileChanged { file: String },
    /// A file cannot be read.
    FileUnreadable { file: String, reason: String },
    /// A file cannot be written. Nothing was left of it.
    FileUnwritable { file: String, reason: String },
    /// `--received-at` is given for some of the files.
    Moments { given: u64, files: u64 },
    /// No version of the rules is in force.
    NoVersion { day: String },
    /// The package would be written over one of the files it is made from.
    OutIsInput { file: String },
    /// The password could not be had.
    PasswordUnreadable { reason: String },
    /// `--policy` is no object identifier.
    Policy { argument: String },
    /// The schemas are not versions of one procedure's rules.
    Procedures,
    /// The system has no random numbers.
    Random,
    /// `--ref` is no address and file.
    Ref { argument: String },
    /// `--report` names a file that is neither a page nor JSON.
    Report { file: String },
    /// `--schema-allow` is no SHA-256.
    SchemaId { argument: String },
    /// An argument that the others do not go without is not there.
    ArgumentMissing { argument: &'static str },
    /// Two arguments do not go together.
    ArgumentsConflict { argument: &'static str, other: &'static str },
    /// Two files have one name, by which a signature would tell them apart.
    FileNameTwice { name: String },
    /// A file's name is no Unicode text.
    FileName { file: String },
    /// A file is larger than what is read of its kind.
    FileTooLarge { file: String, most: u64 },
    /// `--content` of what holds everything that it signs.
    ContentInside,
    /// There is no signature of that number.
    NoSignature { number: u64 },
    /// A question to a timestamp authority is about one signature.
    OneSignature,
    /// A signed message is over one file.
    OneFile { argument: &'static str },
}

impl Coded for CliError {
    fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "cli.algorithm",
            Self::Attach { .. } => "cli.attach",
            Self::Clock => "cli.clock",
            Self::Codes { .. } => "cli.codes",
            Self::FileChanged { .. } => "cli.file-changed",
            Self::FileUnreadable { .. } => "cli.file-unreadable",
            Self::FileUnwritable { .. } => "cli.file-unwritable",
            Self::Moments { .. } => "cli.moments",
            Self::NoVersion { .. } => "cli.no-version",
            Self::OutIsInput { .. } => "cli.out-is-input",
            Self::PasswordUnreadable { .. } => "cli.password-unreadable",
            Self::Policy { .. } => "cli.policy",
            Self::Procedures => "cli.procedures",
            Self::Random => "cli.random",
            Self::Ref { .. } => "cli.ref",
            Self::Report { .. } => "cli.report",
            Self::SchemaId { .. } => "cli.schema-id",
            Self::ArgumentMissing { .. } => "cli.argument-missing",
            Self::ArgumentsConflict { .. } => "cli.arguments-conflict",
            Self::FileNameTwice { .. } => "cli.file-name-twice",
            Self::FileName { .. } => "cli.file-name",
            Self::FileTooLarge { .. } => "cli.file-too-large",
            Self::ContentInside => "cli.content-inside",
            Self::NoSignature { .. } => "cli.no-signature",
            Self::OneSignature => "cli.one-signature",
            Self::OneFile { .. } => "cli.one-file",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::CLI
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Algorithm { algorithm, usable } => facts.with("algorithm", *algorithm).with("usable", usable),
            Self::Attach { argument }
            | Self::Codes { argument }
            | Self::Policy { argument }
            | Self::Ref { argument }
            | Self::SchemaId { argument } => facts.with("argument", argument),
            Self::ArgumentMissing { argument } | Self::OneFile { argument } => facts.with("argument", *argument),
            Self::ArgumentsConflict { argument, other } => facts.with("argument", *argument).with("other", *other),
            Self::FileChanged { file } | Self::FileName { file } | Self::Report { file } | Self::OutIsInput { file } => {
                facts.with("file", file)
            }
            Self::NoSignature { number } => facts.with("number", *number),
            Self::FileNameTwice { name } => facts.with("name", name),
            Self::FileTooLarge { file, most } => facts.with("file", file).with("most", *most),
            Self::FileUnreadable { file, reason } | Self::FileUnwritable { file, reason } => {
                facts.with("file", file).with("reason", reason)
            }
            Self::Moments { given, files } => facts.with("given", *given).with("files", *files),
            Self::NoVersion { day } => facts.with("day", day),
            Self::PasswordUnreadable { reason } => facts.with("reason", reason),
            Self::Clock | Self::ContentInside | Self::OneSignature | Self::Procedures | Self::Random => facts,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hoso::report::{Language, sentence};

    #[test]
    fn every_error_of_the_command_has_a_sentence() {
        let text = || "x".to_owned();
        let errors = [
            CliError::Algorithm { algorithm: "ES256", usable: text() },
            CliError::Attach { argument: text() },
            CliError::Clock,
            CliError::Codes { argument: text() },
            CliError::FileChanged { file: text() },
            CliError::FileUnreadable { file: text(), reason: text() },
            CliError::FileUnwritable { file: text(), reason: text() },
            CliError::Moments { given: 2, files: 3 },
            CliError::NoVersion { day: text() },
            CliError::OutIsInput { file: text() },
            CliError::PasswordUnreadable { reason: text() },
            CliError::Policy { argument: text() },
            CliError::Procedures,
            CliError::Random,
            CliError::Ref { argument: text() },
            CliError::Report { file: text() },
            CliError::SchemaId { argument: text() },
            CliError::ArgumentMissing { argument: "--data" },
            CliError::ArgumentsConflict { argument: "--data", other: "--file" },
            CliError::FileNameTwice { name: text() },
            CliError::FileName { file: text() },
            CliError::FileTooLarge { file: text(), most: 9 },
            CliError::ContentInside,
            CliError::NoSignature { number: 2 },
            CliError::OneSignature,
            CliError::OneFile { argument: "--file" },
        ];
        for error in &errors {
            for language in Language::ALL {
                assert_ne!(sentence(error, language), error.code());
            }
        }
    }

    #[test]
    fn the_worst_exit_counts() {
        assert_eq!(Exit::Yes.worse(Exit::Undetermined), Exit::Undetermined);
        assert_eq!(Exit::No.worse(Exit::Undetermined), Exit::No);
        assert_eq!(Exit::No.worse(Exit::Unusable), Exit::Unusable);
    }
}
