//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Validate, sign and verify dossiers of administrative procedures.
///
/// Exit codes: 0 yes; 1 no (invalid, refused); 2 usage, unreadable input or a bad schema; 3 nothing failed, but something is undetermined.
#[derive(Parser)]
#[command(name = "hoso", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// How answers are written.
    #[arg(long, value_enum, default_value_t, global = true)]
    pub output: Output,
    /// The language of sentences.
    #[arg(long, value_enum, default_value_t, global = true)]
    pub lang: Lang,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// Whether data is valid and nothing else, in the format "Flag" of JSON Schema; of `validate` alone
    Flag,
    /// Every keyword that failed, in the format "List" of JSON Schema; of `validate` alone
    List,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

#[derive(Subcommand)]
pub enum Command {
    /// Say what must be mended in a form's data
    Validate(Validate),
    /// Say what a schema that compiles probably does not mean
    Lint(Lint),
    /// Evaluate an expression in CEL and write its value as JSON
    Eval(Eval),
    /// Write the reading copy of a form's data
    View(View),
    /// Check, seal and sign a dossier, or sign files as they are
    Sign(Box<Sign>),
    /// Verify a signed package, or a signature of anybody
    Verify(Box<Verify>),
    /// Sign what others have signed, beside them
    Cosign(Box<Cosign>),
    /// Sign over a signature, as an office does that received it
    Countersign(Box<Countersign>),
    /// Add a timestamp to a signature, and what it needs to last
    Extend(Box<Extend>),
    /// Add a timestamp to a signature
    Timestamp(Box<Timestamp>),
    /// Show what a package or a signature holds, without judging it
    Inspect(Inspect),
    /// Show certificates, or say whether one is valid
    #[command(subcommand)]
    Cert(Cert),
    /// Write the canonical form of a JSON document (RFC 8785)
    Canonical(Canonical),
    /// Answer the harness protocol of Bowtie, which compares JSON Schema validators
    Bowtie(Bowtie),
}

/// Code lists.
#[derive(Args)]
pub struct Codes {
    /// A code list that `x-options` of a rule schema names; may be repeated
    #[arg(long = "codes", value_name = "NAME=FILE")]
    pub lists: Vec<String>,
}

/// How a schema is compiled.
#[derive(Args)]
pub struct Compiling {
    /// Refuse whatever hoso does not know, as in a rule schema
    #[arg(long)]
    pub strict: bool,
    /// Check `format` in a plain schema too
    #[arg(long)]
    pub assert_format: bool,
    /// What the schema is written in where its `$schema` does not say so
    #[arg(long, value_name = "2020-12|2019-09|7", default_value = "2020-12")]
    pub dialect: String,
    /// Another document that references lead to, with its address; may be repeated. Nothing is fetched
    #[arg(long = "ref", value_name = "URI=FILE")]
    pub refs: Vec<String>,
    #[command(flatten)]
    pub codes: Codes,
}

#[derive(Args)]
pub struct Validate {
    /// The schema; repeated for versions of one procedure's rules, of which the one in force at the moment counts
    #[arg(long = "schema", value_name = "FILE", required = true)]
    pub schemas: Vec<PathBuf>,
    /// The data; `-` reads standard input
    #[arg(required = true, value_name = "DATA")]
    pub data: Vec<PathBuf>,
    /// One document a line in, one report a line out
    #[arg(long)]
    pub ndjson: bool,
    #[command(flatten)]
    pub compiling: Compiling,
    /// The moment to validate for, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Args)]
pub struct Bowtie {
    /// Where the project is kept, which the protocol asks for
    #[arg(long, value_name = "URL")]
    pub repository: String,
}

#[derive(Args)]
pub struct Lint {
    /// The schema; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub schemas: Vec<PathBuf>,
    #[command(flatten)]
    pub compiling: Compiling,
}

#[derive(Args)]
pub struct Eval {
    /// The expression
    #[arg(value_name = "EXPR")]
    pub expression: String,
    /// The variables: members of a JSON object. With `--schema`, the data, whose names are `self` and `root`
    #[arg(long, value_name = "FILE")]
    pub vars: Option<PathBuf>,
    /// The schema that gives the data its types
    #[arg(long, value_name = "FILE")]
    pub schema: Option<PathBuf>,
    #[command(flatten)]
    pub compiling: Compiling,
    /// The moment that `now` and `today` are, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Args)]
pub struct View {
    /// The rule schema
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,
    /// The data
    #[arg(value_name = "DATA")]
    pub data: PathBuf,
    #[command(flatten)]
    pub codes: Codes,
    /// The moment to compute what counts for, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Where to write; standard output by default
    #[arg(short, long = "out", value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Whose key signs.
#[derive(Args)]
pub struct KeyArgs {
    /// The signer's key and certificate, PKCS#12
    #[arg(long, value_name = "FILE", required_unless_present = "key", conflicts_with = "key")]
    pub p12: Option<PathBuf>,
    /// Which key of the PKCS#12 file: its name, or the SHA-256 of its certificate; needed where there are several
    #[arg(long, value_name = "NAME", requires = "p12")]
    pub alias: Option<String>,
    /// The signer's key by itself, PEM or DER: PKCS#8, SEC 1 or PKCS#1
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
    /// The certificate of --key, PEM or DER
    #[arg(long, value_name = "FILE", requires = "key")]
    pub cert: Option<PathBuf>,
    /// Certificates above it, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", requires = "key")]
    pub chain: Vec<PathBuf>,
    /// A file whose first line is the password
    #[arg(long, value_name = "FILE", conflicts_with = "password_env")]
    pub password_file: Option<PathBuf>,
    /// An environment variable that holds the password
    #[arg(long, value_name = "NAME")]
    pub password_env: Option<String>,
}

#[derive(Args)]
pub struct Sign {
    /// The rule schema; repeated for versions of one procedure's rules, of which the one in force at the moment counts
    #[arg(long = "schema", value_name = "FILE")]
    pub schemas: Vec<PathBuf>,
    /// The data
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// A file that is signed as it is, without a schema; with asice and jades there may be several
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Put the file into the signature, in cades
    #[arg(long)]
    pub enveloping: bool,
    #[command(flatten)]
    pub codes: Codes,
    /// A file for a field that holds attachments, for example /attachments/others=paper.pdf; may be repeated
    #[arg(long, value_name = "FIELD=FILE")]
    pub attach: Vec<String>,
    #[command(flatten)]
    pub key: KeyArgs,
    /// The signature format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The algorithm; by default the first that the key can do
    #[arg(long, value_enum)]
    pub alg: Option<Algorithm>,
    /// The portal that the dossier is for; that of the earlier package with --supersedes
    #[arg(long, value_name = "URI")]
    pub audience: Option<String>,
    /// The dossier's id, as the portal gave it; that of the earlier package with --supersedes
    #[arg(long, value_name = "ID")]
    pub dossier: Option<String>,
    /// The dossier's nonce, base64url; random by default
    #[arg(long, value_name = "TEXT")]
    pub nonce: Option<String>,
    /// The earlier package that this dossier supplements, whose id and portal it then keeps; or the digest of its submission.json, 64 hexadecimal digits
    #[arg(long, value_name = "PACKAGE|SHA256")]
    pub supersedes: Option<String>,
    /// The moment of the check and the signature, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// The package, or the signature, to write
    #[arg(short, long = "out", value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JAdES: a signature in JSON that names every part or file with its digest
    #[default]
    Jades,
    /// CAdES: a signed message (`.p7s`) over submission.json, or over one file
    Cades,
    /// ASiC-E with CAdES: a container of everything that is signed
    Asice,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256
    #[value(name = "ES256")]
    Es256,
    /// ECDSA on P-384 with SHA-384
    #[value(name = "ES384")]
    Es384,
    /// RSA-PSS with SHA-256
    #[value(name = "PS256")]
    Ps256,
    /// RSA-PSS with SHA-384
    #[value(name = "PS384")]
    Ps384,
    /// RSA with SHA-256 as before PSS
    #[value(name = "RS256")]
    Rs256,
}

/// Whom and what a verifier believes.
#[derive(Args)]
pub struct TrustArgs {
    /// Certificates to believe, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Certificates that may stand between the signer and these, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub chain: Vec<PathBuf>,
    /// Revocation lists, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub crl: Vec<PathBuf>,
    /// Answers of status responders (OCSP), PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub ocsp: Vec<PathBuf>,
    /// What must be known of revocation
    #[arg(long, value_enum, default_value_t)]
    pub revocation: Revocation,
}

#[derive(Args)]
pub struct Verify {
    /// A package, a signed message, a JSON Web Signature or a container; which of them is found by its content. Of several packages it is told too
    /// which one supplements which
    #[arg(value_name = "PACKAGE", required_unless_present = "ndjson", conflicts_with = "ndjson")]
    pub packages: Vec<PathBuf>,
    /// A list of files, one a line, `-` for standard input: one verdict a line out
    #[arg(long, value_name = "LIST", conflicts_with = "content")]
    pub ndjson: Option<PathBuf>,
    /// A file that is signed and is not in the signature; may be repeated for one that names its files
    #[arg(long, value_name = "FILE")]
    pub content: Vec<PathBuf>,
    /// Write the verdict to a file too: `.html` a page for people, `.json` for programs
    #[arg(long, value_name = "FILE", conflicts_with = "ndjson")]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub trust: TrustArgs,
    /// What is asked of signatures beyond the norm: default, vn-tt15 (Circular 15/2025/TT-BKHCN), or a JSON file
    #[arg(long, value_name = "NAME|FILE")]
    pub policy: Option<String>,
    /// The identity of a schema that the portal takes; may be repeated. Without it every schema is taken
    #[arg(long, value_name = "SHA256")]
    pub schema_allow: Vec<String>,
    #[command(flatten)]
    pub codes: Codes,
    /// The portal's own name: the dossier must be for it
    #[arg(long, value_name = "URI")]
    pub audience: Option<String>,
    /// When the package was received, RFC 3339; now by default. Of several packages once for all, or once for each in their order
    #[arg(long, value_name = "TIME", visible_aliases = ["now", "at"])]
    pub received_at: Vec<String>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Revocation {
    /// Of every certificate
    #[default]
    Require,
    /// Of the signer's; of authorities where a list is given
    IfAvailable,
    /// Nothing is asked
    None,
}

/// A signed file that more is added to, and where the result goes.
#[derive(Args)]
pub struct Added {
    /// A package, a signed message, a JSON Web Signature or a container
    #[arg(value_name = "SIGNED")]
    pub signed: PathBuf,
    /// The file that is signed, where the signature does not hold it; of a JSON Web Signature all of them, in their order
    #[arg(long, value_name = "FILE")]
    pub content: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long = "out", value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct Cosign {
    #[command(flatten)]
    pub added: Added,
    #[command(flatten)]
    pub key: KeyArgs,
    /// The algorithm; by default the first that the key can do
    #[arg(long, value_enum)]
    pub alg: Option<Algorithm>,
    /// The moment of the signature, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Args)]
pub struct Countersign {
    #[command(flatten)]
    pub by: Cosign,
    /// Which signature, from 1 on
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub signature: usize,
}

/// Whom to ask for a timestamp.
#[derive(Args)]
pub struct TsaArgs {
    /// The address of a timestamp authority (RFC 3161)
    #[arg(long, value_name = "URL", conflicts_with = "tsa_request")]
    pub tsa: Option<String>,
    /// Without a network: the question to the authority, which is written here or, with --tsa-response, read
    #[arg(long, value_name = "FILE")]
    pub tsa_request: Option<PathBuf>,
    /// The authority's answer to that question
    #[arg(long, value_name = "FILE", requires = "tsa_request")]
    pub tsa_response: Option<PathBuf>,
}

#[derive(Args)]
pub struct Extend {
    #[command(flatten)]
    pub added: Added,
    /// How far
    #[arg(long, value_enum)]
    pub level: AddedLevel,
    /// Which signature, from 1 on; every one by default
    #[arg(long, value_name = "N")]
    pub signature: Option<usize>,
    #[command(flatten)]
    pub tsa: TsaArgs,
    #[command(flatten)]
    pub trust: TrustArgs,
    /// The moment to judge the signature for, RFC 3339; now by default
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

#[derive(Args)]
pub struct Timestamp {
    #[command(flatten)]
    pub added: Added,
    /// Which signature, from 1 on; every one by default
    #[arg(long, value_name = "N")]
    pub signature: Option<usize>,
    #[command(flatten)]
    pub tsa: TsaArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AddedLevel {
    /// A timestamp (B-T)
    T,
    /// A timestamp where there is none, certificates and the evidence of their status (B-LT)
    Lt,
}

#[derive(Args)]
pub struct Inspect {
    /// A package, or what anybody signed
    #[arg(value_name = "PACKAGE")]
    pub package: PathBuf,
    /// A file that is signed and is not in the signature; may be repeated
    #[arg(long, value_name = "FILE")]
    pub content: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub enum Cert {
    /// Show what certificates say, without judging them
    Show(CertShow),
    /// Say whether a certificate is valid: RFC 5280 paths, revocation lists and status answers
    ///
    /// Exit codes: 0 valid. 1 not valid: something speaks against it, such as an expired, revoked or suspended certificate, a wrong signature, a weak
    /// algorithm, a name, policy, length or use that an authority does not allow. 2 usage or a file that cannot be read. 3 undetermined: nothing
    /// speaks against it, but an issuer or a current status is missing, or an algorithm is one that hoso does not verify.
    ///
    /// `--output json` gives `indication` and `subIndication` in the words of EN 319 102-1, for which an expired or revoked certificate alone is
    /// INDETERMINATE; `valid` is true, false or null, as the exit code is 0, 1 or 3.
    Verify(Box<CertVerify>),
}

#[derive(Args)]
pub struct CertShow {
    /// Certificates, PEM or DER
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct CertVerify {
    /// The certificate, PEM or DER; further ones in the file are taken as its chain
    #[arg(value_name = "LEAF")]
    pub leaf: PathBuf,
    /// Certificates to believe, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE", required = true)]
    pub trust: Vec<PathBuf>,
    /// Certificates that may stand between, and those that signed lists or answers; may be repeated
    #[arg(long, value_name = "FILE")]
    pub chain: Vec<PathBuf>,
    /// Revocation lists, PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub crl: Vec<PathBuf>,
    /// Status answers (OCSP), PEM or DER; may be repeated
    #[arg(long, value_name = "FILE")]
    pub ocsp: Vec<PathBuf>,
    /// The moment to verify for, RFC 3339; now by default
    #[arg(long, value_name = "TIME", visible_alias = "now")]
    pub at: Option<String>,
    /// What the certificate is to be used for
    #[arg(long, value_enum, default_value_t)]
    pub purpose: CertPurpose,
    /// What must be known of revocation
    #[arg(long, value_enum, default_value_t)]
    pub revocation: CertRevocation,
    /// A policy, as an identifier with dots, of which one must be valid where a policy must; may be repeated. Any by default
    #[arg(long, value_name = "OID")]
    pub policy: Vec<String>,
    /// Ask for a valid policy though no authority does
    #[arg(long)]
    pub explicit_policy: bool,
    /// Take no policy for another
    #[arg(long)]
    pub inhibit_policy_mapping: bool,
    /// Take no certificate for every policy
    #[arg(long)]
    pub inhibit_any_policy: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum CertPurpose {
    /// Signatures on documents
    Signing,
    /// Timestamps
    Tsa,
    /// Nothing is asked
    #[default]
    Any,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum CertRevocation {
    /// Of every certificate it must be known that it is not revoked
    #[default]
    Require,
    /// What is known counts
    IfAvailable,
    /// Nothing is asked
    None,
}

#[derive(Args)]
pub struct Canonical {
    /// The document; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
