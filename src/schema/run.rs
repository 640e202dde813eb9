//! The fast pass: is the document valid? It allocates nothing for an ordinary document.

use super::error::LimitError;
use super::explain::REMEMBERING;
use super::keywords::{self, kind, logic, member, text};
use super::program::{BlockId, Op, PatternId, Program};
use crate::json::{Document, Kind, Value};
use crate::limits;
use crate::pairs::Pairs;
use crate::report::Level;

pub(super) type Held<T = bool> = Result<T, LimitError>;

/// What is left of a validation's steps, how deep it stands, and the day it is for.
pub(super) struct Budget {
    steps: u64,
    depth: usize,
    /// In Vietnam, counted from 1970-01-01. Without one, days do not count.
    today: Option<i64>,
}

impl Budget {
    pub(super) const fn full() -> Self {
        Self::on(None)
    }

    /// The same, for a day.
    pub(super) const fn on(today: Option<i64>) -> Self {
        Self { steps: limits::STEPS, depth: 0, today }
    }

    #[inline(always)]
    pub(super) const fn spend(&mut self, steps: u64) -> Held<()> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(LimitError::Steps),
        }
    }

    /// Whether a text matches a pattern.
    pub(super) fn matches(&mut self, program: &Program, pattern: PatternId, text: &str) -> Held {
        let Some(pattern) = program.pattern(pattern) else { return Ok(true) };
        pattern.is_match(text, &mut self.steps).map_err(|_| LimitError::Steps)
    }

    /// Goes one subschema deeper; [`Budget::leave`] must follow.
    #[inline(always)]
    pub(super) const fn enter(&mut self) -> Held<()> {
        if self.depth >= limits::SCHEMA_DEPTH {
            return Err(LimitError::Depth);
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) const fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) const fn today(&self) -> Option<i64> {
        self.today
    }
}

/// One fast pass over one document.
pub(super) struct Run<'p> {
    pub(super) program: &'p Program,
    pub(super) budget: Budget,
    /// Answers per block and node. Kept only once a pass has taken more steps than a document of its size should:
    /// from there on no block is run twice at a node, so schemas that meet one subschema by many routes stay linear.
    remembered: Pairs,
    remember_below: u64,
    /// Something that passed should still be looked at by a person: the document wants explaining though it is valid.
    pub(super) warned: bool,
    /// Which branches held of those that decide what is evaluated, as one number.
    pub(super) decisions: u32,
}

impl<'p> Run<'p> {
    pub(super) fn new(program: &'p Program, document: &Document, budget: Budget) -> Self {
        let expected = 10_000 + 16 * document.len() as u64;
        let remember_below = budget.steps.saturating_sub(expected);
        Self { program, budget, remembered: Pairs::default(), remember_below, warned: false, decisions: 0 }
    }

    /// Notes whether a branch held.
    pub(super) const fn decide(&mut self, held: bool) {
        self.decisions = (self.decisions.rotate_left(5) ^ (1 + held as u32)).wrapping_mul(0x9e37_79b1);
    }

    /// Whether a value passes every instruction of a block.
    pub(super) fn holds(&mut self, id: BlockId, value: Value<'_>) -> Held {
        let ops = self.program.ops(id);
        if ops.is_empty() {
            return Ok(true);
        }
        let remembers = self.budget.steps < self.remember_below;
        if remembers && let Some(held) = self.remembered.get((id, value.id())) {
            return Ok(held == 1);
        }
        self.budget.enter()?;
        self.budget.spend(ops.len() as u64)?;
        let mut held = true;
        for op in ops {
            if !self.passes(id, op, value)? {
                held = false;
                break;
            }
        }
        self.budget.leave();
        if remembers {
            self.budget.spend(REMEMBERING)?;
            self.remembered.insert((id, value.id()), u32::from(held));
        }
        Ok(held)
    }

    /// What ordinary forms are made of is decided here; the rest by calls.
    #[inline(always)]
    fn passes(&mut self, block: BlockId, op: &Op, value: Value<'_>) -> Held {
        match op {
            // Whether a number is whole may take reading all of it, which is paid for below.
            Op::Kinds(kinds) if value.kind() != Kind::Number => Ok(kinds.has(value)),
            Op::MinLength(1) => Ok(value.string_bytes().is_none_or(|bytes| !bytes.is_empty())),
            Op::MaxLength(most) if text::is_surely_short_enough(*most, value) => Ok(true),
            Op::Members(members) => member::hold(self, members, value),
            Op::Items(items) => keywords::array::items_hold(self, items, value),
            Op::Contains(contains) => keywords::array::contains_holds(self, contains, value),
            Op::PropertyNames(block) => member::names_hold(self, *block, value),
            Op::DependentSchemas(dependents) => {
                self.budget.spend(keywords::extra_cost(self.program, op, value))?;
                member::dependents_hold(self, dependents, value)
            }
            Op::Pattern(pattern) => match value.as_str() {
                Some(text) => self.budget.matches(self.program, *pattern, text),
                None => Ok(true),
            },
            Op::Ref(block) => self.holds(*block, value),
            Op::Choice(choice) if value.kind() == Kind::String => {
                self.budget.spend(keywords::extra_cost(self.program, op, value))?;
                Ok(kind::is_listed(self.program, choice, value))
            }
            Op::AllOf(blocks) => logic::all_hold(self, blocks, value),
            Op::AnyOf(blocks) => logic::any_holds(self, blocks, value),
            Op::OneOf(blocks) => logic::one_holds(self, blocks, value),
            Op::Not(block) => Ok(!self.holds(*block, value)?),
            Op::If(condition) => logic::condition_holds(self, condition, value),
            Op::Unevaluated(kind, inner) => keywords::unevaluated::hold(self, block, *kind, *inner, value),
            leaf => {
                self.budget.spend(keywords::extra_cost(self.program, leaf, value))?;
                let Err(fault) = keywords::check(self.program, leaf, value, self.budget.today()) else { return Ok(true) };
                let passes = fault.level() != Level::Error;
                self.warned |= passes;
                Ok(passes)
            }
        }
    }
}
