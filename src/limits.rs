//! Every bound on what input can make hoso do, with its unit and its reason.
//!
//! Nothing else in the crate invents a bound: a loop, depth or length that untrusted input drives
//! is bounded by a constant of this file.

/// Levels of nesting in a JSON document. Real forms stay below 10; recursion over 64 levels fits the
/// smallest stack hoso runs on (a worker's, 1 MiB).
pub const JSON_DEPTH: usize = 64;

/// Bytes of one JSON document: a form of 60 fields is 4 kB, a table of 10,000 rows 2 MB. The tape of the worst document, ten
/// million bytes of `[0,0,…]`, takes 162 MB.
pub const JSON_BYTES: usize = 10_000_000;

/// Steps that a person can take back in a form. Each keeps what it replaced.
pub const UNDO_STEPS: usize = 1_000;

/// Digits of one number as written. Comparing decimals costs time in proportion to their digits.
pub const NUMBER_DIGITS: usize = 4_096;

/// Issues written in one report. Nobody mends more in one sitting; the report says it was cut.
pub const ISSUES: usize = 1_000;

/// Bytes of the places and sentences of one report, or of the mistakes of one schema. A thousand ordinary issues take 200 kB;
/// a name of a megabyte, repeated in the place of each, would take a gigabyte.
pub const REPORT_BYTES: usize = 4_000_000;

/// Faults, and warnings, that one pass writes down before they are put into the order of the form and cut to [`ISSUES`]:
/// a bound on memory, 2 kB each at the deepest place.
pub const FAULTS: usize = 10_000;

/// Known names that one pass compares with mistyped ones, to ask "did you mean": a thousand mistyped names in a schema of
/// 300 fields. Comparing two names takes about a microsecond.
pub const SUGGESTIONS: usize = 300_000;

/// Fields of an object among which a mistyped name of the data is looked for: with [`ISSUES`] of them as many comparisons as [`SUGGESTIONS`].
pub const FIELDS_COMPARED: usize = 300;

/// Steps one validation may spend: instructions run, elements compared, bytes of patterns matched.
/// About one second of work natively.
pub const STEPS: u64 = 100_000_000;

/// Subschemas entered inside one another while judging one document, references included.
/// Recursion of this depth fits a stack of 1 MiB, and the smaller one that Chromium gives a worker.
pub const SCHEMA_DEPTH: usize = 500;

/// Bytes of the address of a schema or of a part of it, resolved. Browsers and servers take 2,000.
pub const URI_BYTES: usize = 2_000;

/// Names that dynamic references of one schema look up. The meta-schemas of JSON Schema have one.
pub const DYNAMIC_NAMES: usize = 64;

/// Subschemas that a schema may have again because dynamic references in them mean something else. A meta-schema that extends another
/// has some hundred.
pub const SCOPED_BLOCKS: usize = 10_000;

/// Code lists that one schema is compiled with. Real forms use three or four.
pub const CODE_LISTS: usize = 64;

/// Bytes of one expression. Rules of real forms stay below 500.
pub const EXPRESSION_BYTES: usize = 20_000;

/// Levels of an expression's tree, of brackets inside one another, and of operators of one kind in a row but for `&&` and `||`. CEL asks for
/// 12 to 32 of them; recursion of this depth fits the stack that Chromium gives a worker.
pub const EXPRESSION_DEPTH: usize = 200;

/// Bytes of the values that the expressions of one validation may make.
pub const EXPRESSION_MEMORY: u64 = 64_000_000;

/// Places of the data that the rules of one schema speak of, each way that leads to one counted. The largest real form has some 300.
pub const RULE_PLACES: usize = 3_000;

/// Texts of one choice that expressions are held against: with more a field is any text to them.
pub const RULE_CHOICES: usize = 1_000;

/// Bytes of the expressions of one schema, each counted at every place where it stands, and a hundred more for each. The largest real form has 20,000.
pub const EXPRESSIONS_BYTES: usize = 2_000_000;

/// Characters of one pattern. Patterns of real forms stay below 200; the longest ones known for addresses have about 1,000.
pub const PATTERN_CHARACTERS: usize = 2_000;

/// Levels of groups inside one another in a pattern. Real ones stay below 5.
pub const PATTERN_DEPTH: usize = 64;

/// States of one pattern once its counts are expanded: `^.{1,9999}$` fits. Each takes 24 bytes and, at the worst, a step for every
/// character of a text; `(.{1000}){1000}` would ask for a million.
pub const PATTERN_STATES: u64 = 20_000;

/// Edges of ranges, of all sets of a pattern together, that are worth one alphabet: `\p{L}` has 1,400. With more there is no table.
pub const PATTERN_EDGES: usize = 4_096;

/// Look-arounds that a program with a table may ask for: each doubles its columns. Rules for passwords have four or five.
pub const PATTERN_TABLE_LOOKS: usize = 6;

/// Cells of one table, two bytes each: 300 states over 50 letters fit.
pub const PATTERN_CELLS: usize = 16_384;

/// Steps that one table may take: some ten for each cell. A pattern whose states go on in many ways stays without.
pub const PATTERN_TABLE_STEPS: u64 = 100_000;

/// What the patterns of one schema may cost together, in states and the steps and cells of their tables: fifty of the largest, or
/// thousands of ordinary ones.
pub const PATTERNS_COST: u64 = 5_000_000;

/// Steps the outline of one form may spend on reading its schema: subschemas, fields, choices. The largest real form
/// needs some thousands; beyond the bound, data stands under the names it has in the JSON.
pub const OUTLINE_STEPS: usize = 5_000_000;

/// Steps that looking for oddities in one schema may spend on holding its parts against one another: fields of a place, branches,
/// types behind references. The largest real form needs some ten thousand; beyond the bound those parts are not looked at.
pub const LINT_STEPS: usize = 5_000_000;

/// Bytes of a label or of a choice's name in an outline, where it may be repeated for every row. Labels of real forms
/// stay below 300; a longer one is not used.
pub const LABEL_BYTES: usize = 2_000;

/// Columns of a table in an outline. Six and more do not fit on A4 at a size people read; such rows are listed one by one.
pub const TABLE_COLUMNS: usize = 5;

/// Days of the calendar that counting working days goes over, one by one: 27 years. Time limits of procedures stay below one.
pub const CALENDAR_DAYS: u64 = 10_000;

/// Bytes of one certificate. Certificates with many policies and a photograph stay below 10 kB.
pub const CERTIFICATE_BYTES: usize = 65_536;

/// Certificates read from one file, or offered as intermediates or anchors of one path. Vietnam's and the EU's lists of
/// authorities fit.
pub const CERTIFICATES: usize = 1_000;

/// Extensions of one certificate, list or entry. Real ones have about ten.
pub const EXTENSIONS: usize = 64;

/// Attributes of one name. Real ones have about ten.
pub const NAME_ATTRIBUTES: usize = 64;

/// Names of one extension: alternative names of a certificate, a distribution point, the issuer of an entry. Servers of many names have a hundred.
pub const GENERAL_NAMES: usize = 1_000;

/// Policies, or pairs of mapped policies, of one certificate. Real ones have a handful; bridges between authorities map some dozens.
pub const POLICIES: usize = 64;

/// Names of certificates held against names that authorities permit or exclude, in one search. Real paths need some dozens.
/// (rustls-webpki's and Go's budgets are 250,000; here a comparison may be of names of 64 kB.)
pub const NAME_COMPARISONS: u32 = 10_000;

/// Distribution points of one certificate. Real ones have one or two.
pub const DISTRIBUTION_POINTS: usize = 16;

/// Names of one distribution point: the same list over HTTP and LDAP.
pub const POINT_NAMES: usize = 16;

/// Finished paths that one search hands over, when the caller refuses what was found: ways through cross certificates.
pub const PATHS: usize = 16;

/// Certificates of one path below the trust anchor. Vietnam's have two, the EU's up to four.
pub const PATH_CERTIFICATES: usize = 8;

/// Signatures verified to find one path, or the revocation lists of one path: a bound on what many authorities
/// of the same name can cost. (rustls-webpki's budget is 100.)
pub const SIGNATURE_CHECKS: u32 = 100;

/// Bytes of one revocation list. The largest public ones are about 10 MB.
pub const CRL_BYTES: usize = 32_000_000;

/// Revocation lists given for one path: as many as authorities may be. What they cost is bounded by [`SIGNATURE_CHECKS`].
pub const CRLS: usize = 1_000;

/// Authorities that certify the signer of a revocation list, whose own lists are signed by others, and so on.
pub const LIST_SIGNERS: usize = 3;

/// Bytes of one OCSP answer. With three certificates they have 6 kB; an answer about a hundred certificates 20 kB.
pub const OCSP_BYTES: usize = 200_000;

/// OCSP answers given for one path.
pub const OCSPS: usize = 100;

/// Certificates that one OCSP answer is about: 200,000 bytes hold not many more.
pub const OCSP_SINGLES: usize = 1_000;

/// Certificates that come along with one OCSP answer. One is enough; some responders send their chain.
pub const OCSP_CERTIFICATES: usize = 16;

/// Seconds for which an OCSP answer counts that does not say when the next one comes: a day, so that an answer fetched at filing serves
/// the clerk's check. RFC 6960 2.4 only says that newer information may be had at any time.
pub const OCSP_SECONDS: i64 = 86_400;

/// Bits of an RSA modulus, at least: Circular 15/2025/TT-BKHCN and NIST SP 800-131A.
pub const RSA_BITS_LEAST: usize = 2_048;

/// Bytes of an RSA exponent, at most. Nearly every key has 65,537; `ring` takes 33 bits, and time grows with the length.
pub const RSA_EXPONENT_BYTES: usize = 8;

/// Bits of an RSA modulus, at most; `ring` verifies no longer ones, and time grows with the square.
pub const RSA_BITS_MOST: usize = 8_192;

/// Elements inside each other in BER that is to become DER. A timestamp within a signature within a package nests about thirty deep.
pub const BER_DEPTH: usize = 64;

/// Elements of BER that is to become DER; each takes 40 bytes while it does. Writers cut contents into pieces of a thousand bytes, so this is
/// 200 MB of them.
pub const BER_ELEMENTS: usize = 200_000;

/// Bytes of a PKCS#12 file: a key and a chain are 5 kB.
pub const PKCS12_BYTES: usize = 1_000_000;

/// Entries (keys, certificates, lists) of a PKCS#12 file.
pub const PKCS12_BAGS: usize = 100;

/// Pairs of a key and a certificate of a PKCS#12 file that are tried. One key is tried with its own certificate first.
pub const PKCS12_PAIRS: usize = 200;

/// Iterations of password hashing that one PKCS#12 file may ask for in sum: about a second natively. Writers use
/// 2,048 (OpenSSL) to 600,000 (OWASP's advice of 2023 for PBKDF2 with SHA-256).
pub const PKCS12_ITERATIONS: u64 = 2_000_000;

/// Entries of one package. Procedures ask for a handful of attachments; each costs a header and a digest.
pub const PACKAGE_ENTRIES: usize = 1_000;

/// Bytes of a name in a package: `att/999-`, a slug, a point and an ending fit.
pub const ENTRY_NAME_BYTES: usize = 64;

/// Letters of the slug in an attachment's name: enough to recognise the file.
pub const SLUG_LETTERS: usize = 40;

/// Letters of the ending in an attachment's name: `docx`, `geojson`.
pub const ENDING_LETTERS: usize = 8;

/// Bytes of an attachment's original name, as common file systems hold it.
pub const FILE_NAME_BYTES: usize = 255;

/// Bytes of the reading copy: labels and markup make it a few times larger than the form.
pub const VIEW_BYTES: usize = 40_000_000;

/// Bytes of a signature file: the digests of 1,000 parts and eight certificates of the largest size fit, in base64 twice over.
pub const SIGNATURE_BYTES: usize = 2_000_000;

/// Bytes of a container of others, and of all its contents unpacked: both are held whole. A dossier of scans takes some ten million.
pub const ZIP_BYTES: usize = 200_000_000;

/// Entries of a container of others: those of a package, and a manifest and a signature for each of many signers.
pub const ZIP_ENTRIES: usize = 1_200;

/// How many times its packed size content may have. Texts reach 20; the bombs that are known begin at 1,000.
pub const ZIP_RATIO: u64 = 100;

/// Bytes of a name in a container of others: twice what common file systems hold, since it may have folders.
pub const ZIP_NAME_BYTES: usize = 512;

/// Bytes of a manifest in a container: 1,000 files with names of the longest, each letter escaped.
pub const MANIFEST_BYTES: usize = 2_000_000;

/// Levels of elements in a manifest. The standard has five, extensions some more.
pub const XML_DEPTH: usize = 16;

/// Attributes of one element, declarations of namespaces among them. The standard has three.
pub const XML_ATTRIBUTES: usize = 16;

/// Attributes of one signer in a signed message. Signatures with every optional one have about fifteen.
pub const CMS_ATTRIBUTES: usize = 64;

/// Signers of one signature file: spouses, co-owners, heirs, and counter-signatures of offices.
pub const SIGNERS: usize = 50;

/// Seconds between the moment a form was checked and sealed and the moment the package was received. A dossier checked
/// yesterday may rest on rules or ages that have changed since.
pub const SEALED_AGE_SECONDS: i64 = 24 * 60 * 60;

/// Seconds by which a signer's clock may run ahead of the receiver's.
pub const CLOCK_AHEAD_SECONDS: i64 = 5 * 60;
