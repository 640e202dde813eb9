//! Why a pattern is refused, and where.

use std::fmt;

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What the pattern did.
    pub problem: PatternProblem,
    /// The character of the pattern where it did it, counted from 1.
    pub character: usize,
    /// What stands there; empty where the pattern as a whole is meant.
    pub written: String,
}

/// What a pattern did that ECMA-262 22.2.1, or RE2 where the syntax is RE2's, or hoso does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternProblem {
    /// Referred back to what a group matched. This is ECMA-262, but takes exponential time; RE2 has none of it.
    BackReference,
    /// Left a bracket of its syntax, `]`, `{` or `}`, without a partner and without `\`.
    Bracket,
    /// Closed a group that was not opened.
    ClosesNothing,
    /// Gave a count whose least number is larger than its greatest.
    CountOrder,
    /// Repeated something more than 1,000 times, counts within one another taken together, where the syntax is RE2's.
    CountTooLarge,
    /// Used a name for two groups that can take part in one match.
    DuplicateName,
    /// Used an escape that there is not, or did not complete one.
    Escape,
    /// Opened a group, after `(?`, in a way there is not.
    Group,
    /// Opened a group, after `(?`, in a way that RE2 has not, where the syntax is RE2's. Look-around is such.
    GroupOfRe2,
    /// Referred back to a group that there is not.
    GroupMissing,
    /// Named a group by what is not a name.
    GroupName,
    /// Had nothing, or nothing that can be repeated, before `*`, `+`, `?` or a count.
    NothingToRepeat,
    /// Named a property of characters, or a value of one, that there is not.
    Property,
    /// Bounded a range in a class by another class, such as `\d`.
    RangeBound,
    /// Gave a range in a class whose first character comes after the last.
    RangeOrder,
    /// Nested groups deeper than [`crate::limits::PATTERN_DEPTH`].
    TooDeep,
    /// Was longer than [`crate::limits::PATTERN_CHARACTERS`].
    TooLong,
    /// Took more states than [`crate::limits::PATTERN_STATES`] once its counts were expanded.
    TooManyStates,
    /// Opened a class and did not close it.
    UnclosedClass,
    /// Opened a group and did not close it.
    UnclosedGroup,
}

impl PatternProblem {
    /// Every problem, for tests and documentation.
    pub const ALL: [Self; 20] = [
        Self::BackReference,
        Self::Bracket,
        Self::ClosesNothing,
        Self::CountOrder,
        Self::CountTooLarge,
        Self::DuplicateName,
        Self::Escape,
        Self::Group,
        Self::GroupMissing,
        Self::GroupName,
        Self::GroupOfRe2,
        Self::NothingToRepeat,
        Self::Property,
        Self::RangeBound,
        Self::RangeOrder,
        Self::TooDeep,
        Self::TooLong,
        Self::TooManyStates,
        Self::UnclosedClass,
        Self::UnclosedGroup,
    ];

    /// The stable code, public API: `docs/issues.md` lists them all.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BackReference => "pattern.back-reference",
            Self::Bracket => "pattern.bracket",
            Self::ClosesNothing => "pattern.closes-nothing",
            Self::CountOrder => "pattern.count-order",
            Self::CountTooLarge => "pattern.count-too-large",
            Self::DuplicateName => "pattern.duplicate-name",
            Self::Escape => "pattern.escape",
            Self::Group => "pattern.group",
            Self::GroupMissing => "pattern.group-missing",
            Self::GroupName => "pattern.group-name",
            Self::GroupOfRe2 => "pattern.group-of-re2",
            Self::NothingToRepeat => "pattern.nothing-to-repeat",
            Self::Property => "pattern.property",
            Self::RangeBound => "pattern.range-bound",
            Self::RangeOrder => "pattern.range-order",
            Self::TooDeep => "pattern.too-deep",
            Self::TooLong => "pattern.too-long",
            Self::TooManyStates => "pattern.too-many-states",
            Self::UnclosedClass => "pattern.unclosed-class",
            Self::UnclosedGroup => "pattern.unclosed-group",
        }
    }

    /// Whether the standard of the syntax, ECMA-262 or RE2's, refuses it too. The rest are patterns that hoso does not run.
    #[must_use]
    pub const fn is_malformed(self) -> bool {
        !matches!(self, Self::BackReference | Self::TooDeep | Self::TooLong | Self::TooManyStates)
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at character {}", self.problem.code(), self.character)
    }
}

impl std::error::Error for PatternError {}

/// A match that would have taken more steps than were left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfSteps;

impl fmt::Display for OutOfSteps {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("matching takes too many steps")
    }
}

impl std::error::Error for OutOfSteps {}
