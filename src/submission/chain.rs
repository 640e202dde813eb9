//! Supplements over several packages: each is held against the submission that it says it supplements.
//!
//! A person mends a dossier by filing it once more; the new `submission.json` names the digest of the earlier one (`supersedes`). That is the
//! signer's claim. Whether the earlier one is there, was accepted and is about the same matter can be told only by who holds both.

use super::verify::Verdict;
use crate::digest::Sha256;
use crate::dossier::Submission;
use crate::json::{ToJson, WriteError, Writer};
use crate::limits;
use crate::order;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language, sentence};
use crate::sign::verdict::Outcome;
use crate::text::Instant;
use std::fmt;

/// What a package says of its place among others, and how it was judged by itself. It is small: one is kept of each of many packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    digest: Sha256,
    supersedes: Option<Sha256>,
    procedure: String,
    audience: String,
    dossier: String,
    created: Instant,
    outcome: Outcome,
}

impl Link {
    /// The link that a verdict is; nothing of a package that does not say what it is.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        Self::new(verdict.submission.as_deref()?, verdict.outcome).ok()
    }

    /// The link of a submission that was judged so.
    ///
    /// # Errors
    /// As [`Submission::to_canonical`].
    pub fn new(submission: &Submission, outcome: Outcome) -> Result<Self, WriteError> {
        Ok(Self {
            digest: submission.digest()?,
            supersedes: submission.supersedes,
            procedure: submission.procedure.code.clone(),
            audience: submission.audience.clone(),
            dossier: submission.dossier.id.clone(),
            created: submission.created_at.instant(),
            outcome,
        })
    }

    /// What keeps a submission from supplementing an earlier one: it is about the same dossier of the same procedure at the same portal, and not older.
    ///
    /// Another version of the procedure's form may have come into force between them.
    #[must_use]
    pub fn held_against(&self, earlier: &Self) -> Vec<ChainIssue> {
        let pair = |expected: &String, found: &String| (expected != found).then(|| (expected.clone(), found.clone()));
        let mut issues = Vec::new();
        if let Some((expected, found)) = pair(&earlier.procedure, &self.procedure) {
            issues.push(ChainIssue::Procedure { expected, found });
        }
        if let Some((expected, found)) = pair(&earlier.audience, &self.audience) {
            issues.push(ChainIssue::Audience { expected, found });
        }
        if let Some((expected, found)) = pair(&earlier.dossier, &self.dossier) {
            issues.push(ChainIssue::Dossier { expected, found });
        }
        if self.created < earlier.created {
            issues.push(ChainIssue::CreatedBefore);
        }
        issues
    }
}

/// What speaks against a supplement, or against several packages together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ChainIssue {
    /// The supplement is for another portal.
    Audience { expected: String, found: String },
    /// The supplement was made before what it supplements.
    CreatedBefore,
    /// The supplement names another dossier.
    Dossier { expected: String, found: String },
    /// The same submission is there twice.
    Doubled,
    /// Two supplements, neither of which was refused, name the same submission: which of them counts cannot be told.
    Fork,
    /// What is supplemented is not among the packages.
    PredecessorMissing { digest: String },
    /// What is supplemented was refused.
    PredecessorRefused,
    /// Of what is supplemented something could not be determined.
    PredecessorUndetermined,
    /// The supplement is for another procedure.
    Procedure { expected: String, found: String },
}

impl ChainIssue {
    /// Whether the packages are refused with this issue. With any other they are not accepted together, but nothing says that one is wrong.
    #[must_use]
    pub const fn refuses(&self) -> bool {
        !matches!(self, Self::PredecessorMissing { .. } | Self::PredecessorUndetermined)
    }
}

impl Coded for ChainIssue {
    fn code(&self) -> &'static str {
        match self {
            Self::Audience { .. } => "chain.audience",
            Self::CreatedBefore => "chain.created-before",
            Self::Dossier { .. } => "chain.dossier",
            Self::Doubled => "chain.doubled",
            Self::Fork => "chain.fork",
            Self::PredecessorMissing { .. } => "chain.predecessor-missing",
            Self::PredecessorRefused => "chain.predecessor-refused",
            Self::PredecessorUndetermined => "chain.predecessor-undetermined",
            Self::Procedure { .. } => "chain.procedure",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::CHAIN
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Audience { expected, found } | Self::Dossier { expected, found } | Self::Procedure { expected, found } => {
                facts.with("expected", expected).with("found", found)
            }
            Self::PredecessorMissing { digest } => facts.with("digest", digest),
            _ => facts,
        }
    }
}

impl fmt::Display for ChainIssue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Audience { expected, found } => write!(out, "supplement is for `{found}`, not `{expected}`"),
            Self::CreatedBefore => out.write_str("supplement was made before what it supplements"),
            Self::Dossier { expected, found } => write!(out, "supplement names the dossier `{found}`, not `{expected}`"),
            Self::Doubled => out.write_str("the same submission is there twice"),
            Self::Fork => out.write_str("two supplements name the same submission"),
            Self::PredecessorMissing { digest } => write!(out, "submission `{digest}` is not among the packages"),
            Self::PredecessorRefused => out.write_str("what is supplemented was refused"),
            Self::PredecessorUndetermined => out.write_str("what is supplemented is undetermined"),
            Self::Procedure { expected, found } => write!(out, "supplement is for the procedure `{found}`, not `{expected}`"),
        }
    }
}

impl std::error::Error for ChainIssue {}

/// What was found over several packages. They are meant by their places in the list that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Each supplement with what it supplements, where that is there.
    pub supplements: Vec<Supplement>,
    /// What speaks against them, in the order of the packages; [`limits::ISSUES`] at most.
    pub issues: Vec<ChainEntry>,
    outcome: Outcome,
}

/// A supplement, and what it supplements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// The supplement's place.
    pub package: usize,
    /// The place of what it supplements.
    pub of: usize,
}

/// An issue as the answer lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEntry {
    /// The place of the package that it is about.
    pub package: usize,
    /// The issue.
    pub issue: ChainIssue,
    /// The sentence.
    pub message: String,
}

impl ChainEntry {
    /// The issue's stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.issue.code()
    }
}

impl ToJson for ChainEntry {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("package", &(self.package as u64))
                .member("code", &self.code())
                .member("params", &self.issue.facts())
                .member("message", &self.message)
        });
    }
}

impl ToJson for Supplement {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("package", &(self.package as u64)).member("of", &(self.of as u64)));
    }
}

impl ToJson for Chain {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("outcome", &self.outcome.name()).member("supplements", &self.supplements).member("issues", &self.issues)
        });
    }
}

impl Chain {
    /// Looks at what packages say of each other. A place without a link is a file that is no package, or one that cannot be read.
    ///
    /// A predecessor that is missing is told where there are several packages: of one alone nobody says that it is all there is.
    #[must_use]
    pub fn of(links: &[Option<Link>], language: Language) -> Self {
        let mut found = Self { supplements: Vec::new(), issues: Vec::new(), outcome: Outcome::Accepted };
        let mut seen = Finding { links, language, chain: &mut found, by_digest: by(links, |link| Some(link.digest)) };
        if links.len() > 1 {
            let by_predecessor = by(links, |link| link.supersedes);
            for (place, link) in links.iter().enumerate() {
                if let Some(link) = link {
                    seen.package(place, link, &by_predecessor);
                }
            }
        }
        found
    }

    /// Whether they belong together, in one word.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.supplements.is_empty() && self.issues.is_empty()
    }
}

/// Places with their digests, by digest, then those that were judged better first, then by place: what was named is found without going through all,
/// and a copy that was spoiled does not stand before a good one.
type Places = Vec<(Sha256, usize)>;

fn by(links: &[Option<Link>], digest: impl Fn(&Link) -> Option<Sha256>) -> Places {
    let mut places = Vec::new();
    for (place, link) in links.iter().enumerate() {
        if let Some(digest) = link.as_ref().and_then(&digest) {
            places.push((digest, place));
        }
    }
    let judged = |place: usize| match links.get(place).and_then(Option::as_ref).map(|link| link.outcome) {
        Some(Outcome::Accepted) => 0,
        Some(Outcome::Undetermined) => 1,
        _ => 2,
    };
    order::sort_by_key(&mut places, |(digest, place)| (*digest, judged(*place), *place));
    places
}

/// Those of a digest.
fn of(places: &Places, digest: Sha256) -> &[(Sha256, usize)] {
    let start = places.partition_point(|(other, _)| *other < digest);
    let rest = places.get(start..).unwrap_or_default();
    let end = rest.partition_point(|(other, _)| *other == digest);
    rest.get(..end).unwrap_or_default()
}

struct Finding<'f> {
    links: &'f [Option<Link>],
    language: Language,
    chain: &'f mut Chain,
    by_digest: Places,
}

impl Finding<'_> {
    fn package(&mut self, place: usize, link: &Link, by_predecessor: &Places) {
        let first = of(&self.by_digest, link.digest).first().map_or(place, |(_, first)| *first);
        if first != place {
            // All else is told of the first.
            return self.add(place, ChainIssue::Doubled);
        }
        let Some(digest) = link.supersedes else { return };
        // Whoever can make a package that is refused could name any submission in it.
        let counts = |other: &Link| other.outcome != Outcome::Refused;
        let is_rival = |other: &Link| counts(other) && other.digest != link.digest;
        if counts(link) && of(by_predecessor, digest).iter().any(|(_, other)| self.link(*other).is_some_and(is_rival)) {
            self.add(place, ChainIssue::Fork);
        }
        let predecessor = of(&self.by_digest, digest).first().map(|(_, at)| *at);
        let Some((at, earlier)) = predecessor.and_then(|at| Some((at, self.links.get(at)?.as_ref()?))) else {
            return self.add(place, ChainIssue::PredecessorMissing { digest: digest.id() });
        };
        self.chain.supplements.push(Supplement { package: place, of: at });
        match earlier.outcome {
            Outcome::Accepted => {}
            Outcome::Refused => self.add(place, ChainIssue::PredecessorRefused),
            Outcome::Undetermined => self.add(place, ChainIssue::PredecessorUndetermined),
        }
        for issue in link.held_against(earlier) {
            self.add(place, issue);
        }
    }

    fn link(&self, place: usize) -> Option<&Link> {
        self.links.get(place)?.as_ref()
    }

    fn add(&mut self, package: usize, issue: ChainIssue) {
        let chain = &mut *self.chain;
        if issue.refuses() {
            chain.outcome = Outcome::Refused;
        } else if chain.outcome == Outcome::Accepted {
            chain.outcome = Outcome::Undetermined;
        }
        if chain.issues.len() < limits::ISSUES {
            let message = sentence(&issue, self.language);
            chain.issues.push(ChainEntry { package, issue, message });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::manifest::tests::example;
    use crate::report::catalogue::check::speaks_both_languages;
    use crate::text::Moment;

    fn link(change: impl FnOnce(&mut Submission)) -> Option<Link> {
        let mut submission = Submission { supersedes: None, ..example() };
        change(&mut submission);
        Some(Link::new(&submission, Outcome::Accepted).unwrap())
    }

    fn digest(link: &Option<Link>) -> Sha256 {
        link.as_ref().unwrap().digest
    }

    /// A supplement of a link, made when it was, changed further.
    fn supplement(earlier: &Option<Link>, change: impl FnOnce(&mut Submission)) -> Option<Link> {
        let digest = digest(earlier);
        link(|submission| {
            submission.supersedes = Some(digest);
            submission.dossier.nonce = "c3VwcGxlbWVudGVkIG9uY2U".to_owned();
            change(submission);
        })
    }

    fn told(links: &[&Option<Link>]) -> (Outcome, Vec<(usize, &'static str)>) {
        let links: Vec<_> = links.iter().map(|link| (*link).clone()).collect();
        let chain = Chain::of(&links, Language::En);
        (chain.outcome(), chain.issues.iter().map(|entry| (entry.package, entry.code())).collect())
    }

    #[test]
    fn a_supplement_is_held_against_what_it_supplements_in_whatever_order_they_are_given() {
        let first = link(|_| {});
        let second = supplement(&first, |_| {});
        let third = supplement(&second, |submission| submission.procedure.version = "2027-01".to_owned());
        for order in [[&first, &second, &third], [&third, &second, &first], [&second, &third, &first]] {
            assert_eq!(told(&order), (Outcome::Accepted, vec![]));
        }
        let links = [third, None, first, second];
        let chain = Chain::of(&links, Language::En);
        assert_eq!(chain.supplements, [Supplement { package: 0, of: 3 }, Supplement { package: 3, of: 2 }]);
    }

    #[test]
    fn a_predecessor_that_is_not_there_is_missing_only_among_several() {
        let first = link(|_| {});
        let second = supplement(&first, |_| {});
        assert_eq!(told(&[&second]), (Outcome::Accepted, vec![]));
        let other = link(|submission| submission.dossier.id = "H16.02".to_owned());
        assert_eq!(told(&[&second, &other]), (Outcome::Undetermined, vec![(0, "chain.predecessor-missing")]));
        // One that was changed is another.
        let changed = link(|submission| submission.engine.version = "9".to_owned());
        assert_eq!(told(&[&changed, &second]), (Outcome::Undetermined, vec![(1, "chain.predecessor-missing")]));
    }

    #[test]
    fn a_supplement_is_of_the_same_matter_and_not_older() {
        let first = link(|_| {});
        let before = Moment::parse("2001-01-01T00:00:00+07:00").unwrap();
        let later = Moment::parse("2101-01-01T00:00:00+07:00").unwrap();
        let refused = |code| (Outcome::Refused, vec![(1, code)]);
        let of = |change: &dyn Fn(&mut Submission)| told(&[&first, &supplement(&first, change)]);
        assert_eq!(of(&|submission| submission.procedure.code = "9.999999".to_owned()), refused("chain.procedure"));
        assert_eq!(of(&|submission| submission.audience = "https://other.example".to_owned()), refused("chain.audience"));
        assert_eq!(of(&|submission| submission.dossier.id.push('1')), refused("chain.dossier"));
        assert_eq!(of(&|submission| submission.created_at = before), refused("chain.created-before"));
        assert_eq!(of(&|submission| submission.created_at = later), (Outcome::Accepted, vec![]));
    }

    #[test]
    fn what_is_supplemented_was_accepted_itself() {
        let first = link(|_| {});
        let second = supplement(&first, |_| {});
        for (outcome, expected) in [
            (Outcome::Refused, (Outcome::Refused, vec![(1, "chain.predecessor-refused")])),
            (Outcome::Undetermined, (Outcome::Undetermined, vec![(1, "chain.predecessor-undetermined")])),
        ] {
            let judged = Some(Link { outcome, ..first.clone().unwrap() });
            assert_eq!(told(&[&judged, &second]), expected);
        }
    }

    #[test]
    fn a_fork_is_told_of_both_and_what_is_doubled_once() {
        let first = link(|_| {});
        let second = supplement(&first, |_| {});
        let rival = supplement(&first, |submission| submission.engine.version = "9".to_owned());
        assert_eq!(told(&[&first, &second, &rival]), (Outcome::Refused, vec![(1, "chain.fork"), (2, "chain.fork")]));
        // Which of them counts is as open where what they supplement is elsewhere.
        let missing = "chain.predecessor-missing";
        let both = vec![(0, "chain.fork"), (0, missing), (1, "chain.fork"), (1, missing)];
        assert_eq!(told(&[&second, &rival]), (Outcome::Refused, both));
        assert_eq!(told(&[&first, &second, &second]), (Outcome::Refused, vec![(2, "chain.doubled")]));
        assert_eq!(told(&[&first, &first, &second]), (Outcome::Refused, vec![(1, "chain.doubled")]));
        let none: Option<Link> = None;
        assert_eq!(told(&[&none, &none]), (Outcome::Accepted, vec![]));
    }

    #[test]
    fn what_was_refused_spoils_nothing_that_was_accepted() {
        let first = link(|_| {});
        let second = supplement(&first, |_| {});
        let spoiled = |link: &Option<Link>| Some(Link { outcome: Outcome::Refused, ..link.clone().unwrap() });
        let rival = supplement(&first, |submission| submission.engine.version = "9".to_owned());
        assert_eq!(told(&[&first, &spoiled(&rival), &second]), (Outcome::Accepted, vec![]));
        // A spoiled copy is doubled, wherever it stands, and the supplement is held against the good one.
        assert_eq!(told(&[&spoiled(&first), &first, &second]), (Outcome::Refused, vec![(0, "chain.doubled")]));
    }

    #[test]
    fn no_more_issues_are_told_than_anybody_reads_and_the_outcome_counts_all() {
        let first = link(|_| {});
        let links = vec![first; limits::ISSUES + 2];
        let chain = Chain::of(&links, Language::En);
        assert_eq!((chain.issues.len(), chain.outcome()), (limits::ISSUES, Outcome::Refused));
    }

    #[test]
    fn every_issue_of_a_chain_speaks_both_languages() {
        let name = || "x".to_owned();
        let issues = [
            ChainIssue::Audience { expected: name(), found: name() },
            ChainIssue::CreatedBefore,
            ChainIssue::Dossier { expected: name(), found: name() },
            ChainIssue::Doubled,
            ChainIssue::Fork,
            ChainIssue::PredecessorMissing { digest: name() },
            ChainIssue::PredecessorRefused,
            ChainIssue::PredecessorUndetermined,
            ChainIssue::Procedure { expected: name(), found: name() },
        ];
        speaks_both_languages("chain.", &issues);
    }
}
