//! The explaining pass: runs where the fast pass failed, finds every fault, and lets one branch speak.
//!
//! A block is counted once at a node and told once at a node, so a nest of alternatives costs no tree of errors.

use super::fault::Fault;
use super::findings::{Draft, Findings, Stand, Step, Token, path_along};
use super::hygiene;
use super::keywords::unevaluated::{self, Inside};
use super::keywords::{self, member};
use super::program::{BlockId, Items, Members, Op, Program};
use super::run::{Budget, Held, Run};
use super::tally::Tallies;
use super::told::Told;
use crate::json::{Document, Kind, NodeId, Value};
use crate::limits;
use crate::pairs::Pairs;
use crate::report::Level;
use std::cell::RefCell;

/// Finds every fault of a document. `hygiene` adds what no signed form may hold.
pub(super) fn explain<'a>(program: &'a Program, document: &'a Document, today: Option<i64>, hygienic: bool) -> Held<Findings<'a>> {
    let mut explainer = Explainer::new(program, document, today);
    if hygienic {
        explainer.hygiene(document.root())?;
    }
    explainer.tell(0, document.root())?;
    Ok(explainer.findings.sorted())
}

/// What a pass over a part of a document is given, and gives back where it changes it.
pub(super) struct Part<'w> {
    /// The way to the part. Of the values on it only what hangs on the part is looked for.
    pub(super) way: &'w [Stand],
    /// Values on the way whose text is itself the mistake; those below its end are looked at.
    pub(super) unclean: Pairs,
    /// What values were told, where that is wanted.
    pub(super) told: Option<Told>,
    /// Whether to look at texts and numbers themselves.
    pub(super) hygienic: bool,
    /// What keywords came to over long lists, where that is kept.
    pub(super) tallies: Option<&'w RefCell<Tallies>>,
}

/// Finds the faults along a way: those of the values on it that hang on what is at its end, and all below that. What spoke is in no order.
pub(super) fn explain_along<'a>(
    program: &'a Program,
    document: &'a Document,
    today: Option<i64>,
    part: Part<'a>,
) -> Held<(Findings<'a>, Option<Told>)> {
    let Part { way, unclean, told, hygienic, tallies } = part;
    let mut explainer = Explainer { way, unclean, log: told, tallies, ..Explainer::new(program, document, today) };
    if let Some(end) = way.last().filter(|end| hygienic && end.there) {
        explainer.path = path_along(document, way);
        explainer.hygiene(document.value(end.id))?;
        explainer.path.clear();
    }
    explainer.enter(document.root(), 0, Mode::Tell);
    explainer.tell(0, document.root())?;
    Ok((explainer.findings, explainer.log))
}

/// Finds the faults of a value, and of all inside, that is told some blocks from outside. Their paths begin there.
pub(super) fn explain_here<'a>(
    program: &'a Program,
    document: &'a Document,
    today: Option<i64>,
    (value, blocks): (NodeId, &[BlockId]),
    part: Part<'a>,
) -> Held<(Findings<'a>, Option<Told>)> {
    let mut explainer = Explainer { log: part.told, tallies: part.tallies, ..Explainer::new(program, document, today) };
    let value = document.value(value);
    if part.hygienic {
        explainer.hygiene(value)?;
    }
    for block in blocks {
        explainer.tell(*block, value)?;
    }
    Ok((explainer.findings, explainer.log))
}

pub(super) struct Explainer<'a> {
    program: &'a Program,
    pub(super) budget: Budget,
    document: &'a Document,
    path: Vec<Step<'a>>,
    /// By block and node.
    counted: Pairs,
    told: Pairs,
    /// Values whose text or number is itself the mistake: nothing else is said of them.
    unclean: Pairs,
    /// Where only what hangs on one place is looked for, the values on the way there; else nothing.
    way: &'a [Stand],
    /// What values are told, where that is wanted.
    log: Option<Told>,
    pub(super) tallies: Option<&'a RefCell<Tallies>>,
    findings: Findings<'a>,
}

/// Whether faults are written down, or only counted to choose a branch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Count,
    Tell,
}

impl<'a> Explainer<'a> {
    fn new(program: &'a Program, document: &'a Document, today: Option<i64>) -> Self {
        Self {
            program,
            budget: Budget::on(today),
            document,
            path: Vec::new(),
            counted: Pairs::default(),
            told: Pairs::default(),
            unclean: Pairs::default(),
            way: &[],
            log: None,
            tallies: None,
            findings: Findings::default(),
        }
    }

    /// Writes down the faults of a block at a value; returns how many.
    fn tell(&mut self, block: BlockId, value: Value<'a>) -> Held<u32> {
        if !self.is_light(block) {
            self.budget.spend(REMEMBERING)?;
            if !self.told.insert((block, value.id()), 0) {
                return Ok(0);
            }
        }
        self.block(block, value, Mode::Tell)
    }

    /// Counts the faults of a block at a value: zero when it holds.
    fn count(&mut self, block: BlockId, value: Value<'a>) -> Held<u32> {
        if self.is_light(block) {
            return self.block(block, value, Mode::Count);
        }
        if let Some(count) = self.counted.get((block, value.id())) {
            return Ok(count);
        }
        let count = self.block(block, value, Mode::Count)?;
        self.budget.spend(REMEMBERING)?;
        self.counted.insert((block, value.id()), count);
        Ok(count)
    }

    /// A block that looks at the value alone is run again sooner than remembered.
    fn is_light(&self, block: BlockId) -> bool {
        self.program.ops(block).last().is_none_or(|dearest| dearest.cost() < LOOKS_INSIDE)
    }

    fn is_unclean(&self, value: Value<'a>) -> bool {
        self.unclean.get((0, value.id())).is_some()
    }

    fn faults(&mut self, block: BlockId, value: Value<'a>, mode: Mode) -> Held<u32> {
        match mode {
            Mode::Count => self.count(block, value),
            Mode::Tell => self.tell(block, value),
        }
    }

    fn block(&mut self, id: BlockId, value: Value<'a>, mode: Mode) -> Held<u32> {
        if mode == Mode::Tell && self.is_unclean(value) {
            return Ok(0);
        }
        let program = self.program;
        self.budget.enter()?;
        self.mark(value, id + 1, mode);
        let mut total = 0_u32;
        for op in program.ops(id) {
            self.budget.spend(1)?;
            if let Some(log) = self.log.as_mut().filter(|_| mode == Mode::Tell) {
                log.look(value.id(), value.kind(), op);
            }
            let found = self.op(id, op, value, mode)?;
            total = total.saturating_add(found);
            // One mistake gives one issue: of a value of the wrong kind, or a text with two faults, nothing more is said.
            if found > 0 && (matches!(op, Op::Kinds(_)) || op.cost() < LOOKS_INSIDE) {
                self.mark(value, ENDED, mode);
                break;
            }
        }
        self.budget.leave();
        Ok(total)
    }

    /// Notes by what a list or object was told.
    fn mark(&mut self, value: Value<'a>, by: u32, mode: Mode) {
        if let Some(log) = self.log.as_mut().filter(|_| mode == Mode::Tell) {
            log.mark(value.id(), by);
        }
    }

    /// Notes that a value is told a block from outside.
    fn enter(&mut self, value: Value<'a>, block: BlockId, mode: Mode) {
        if let Some(log) = self.log.as_mut().filter(|_| mode == Mode::Tell) {
            log.enter(value.id(), block);
        }
    }

    /// Tells an item or member.
    fn within(&mut self, block: BlockId, value: Value<'a>, mode: Mode) -> Held<u32> {
        self.enter(value, block, mode);
        self.faults(block, value, mode)
    }

    /// The value inside that alone is looked at, where there is such a one.
    fn only(&self, value: Value<'a>, mode: Mode) -> Option<Stand> {
        let depth = self.path.len();
        let on_way = mode == Mode::Tell && self.way.get(depth).is_some_and(|stand| stand.id == value.id());
        self.way.get(depth + 1).filter(|_| on_way).copied()
    }

    fn op(&mut self, block: BlockId, op: &'a Op, value: Value<'a>, mode: Mode) -> Held<u32> {
        match op {
            Op::Members(members) => self.members(block, op, members, value, mode),
            Op::Items(items) => self.items(op, items, value, mode),
            Op::Contains(contains) => {
                let asks = std::ptr::from_ref(op) as usize;
                let found = self.sum(asks, value, &mut |this, item| Ok(u32::from(this.count(contains.block, item)? == 0)))?;
                let judged = if value.kind() == Kind::Array { contains.judge(found) } else { Ok(()) };
                Ok(judged.map_or_else(|(keyword, fault)| self.fault(block, keyword, fault, value, mode), |()| 0))
            }
            Op::PropertyNames(names) => self.names(block, *names, value, mode),
            Op::DependentRequired(dependents) => {
                self.budget.spend(keywords::extra_cost(self.program, op, value))?;
                let missing = member::missing_dependents(dependents, value);
                Ok(missing.into_iter().map(|name| self.missing(block, "dependentRequired", &name.text, value, mode)).sum())
            }
            Op::DependentSchemas(dependents) => {
                self.budget.spend(keywords::extra_cost(self.program, op, value))?;
                let mut total = 0_u32;
                for (_, block) in dependents.iter().filter(|(trigger, _)| trigger.of(value).is_some()) {
                    total = total.saturating_add(self.faults(*block, value, mode)?);
                }
                Ok(total)
            }
            Op::Attachment(rule) => Ok(self.attachment(block, rule, value, mode)),
            Op::UniqueItems => {
                if self.all_differ(std::ptr::from_ref(op) as usize, value)? {
                    return Ok(0);
                }
                self.budget.spend(keywords::extra_cost(self.program, op, value))?;
                Ok(self.unique(block, value, mode))
            }
            Op::Ref(target) => self.faults(*target, value, mode),
            Op::AllOf(blocks) => self.all(blocks, value, mode),
            Op::AnyOf(blocks) => self.any(block, "anyOf", blocks, value, mode),
            Op::OneOf(blocks) => self.one(block, blocks, value, mode),
            Op::Not(inner) => Ok(if self.count(*inner, value)? == 0 { self.fault(block, "not", Fault::Forbidden, value, mode) } else { 0 }),
            Op::If(condition) => {
                let branch = if self.count(condition.test, value)? == 0 { condition.then } else { condition.otherwise };
                branch.map_or(Ok(0), |branch| self.faults(branch, value, mode))
            }
            Op::Pattern(pattern) => {
                let text = value.as_str();
                let matches = text.map_or(Ok(true), |text| self.budget.matches(self.program, *pattern, text))?;
                Ok(if matches { 0 } else { self.fault(block, "pattern", Fault::Pattern, value, mode) })
            }
            Op::Unevaluated(kind, inner) => self.unevaluated(block, *kind, *inner, value, mode),
            leaf => {
                self.budget.spend(keywords::extra_cost(self.program, leaf, value))?;
                let checked = keywords::check(self.program, leaf, value, self.budget.today());
                Ok(checked.map_or_else(|fault| self.fault(block, leaf.keyword(), fault, value, mode), |()| 0))
            }
        }
    }

    // What is marked so stands apart, so that its variables take no room on the stack where it is not on the way down.
    #[inline(never)]
    fn members(&mut self, block: BlockId, op: &'a Op, members: &'a Members, value: Value<'a>, mode: Mode) -> Held<u32> {
        if value.kind() != Kind::Object {
            return Ok(0);
        }
        self.visit(value, op, mode);
        let mut total = 0_u32;
        if let Some(only) = self.only(value, mode) {
            // Whether the others are there is known.
            let member = self.document.value(only.id);
            if only.there {
                return self.member(block, members, value, member, mode);
            }
            let entry = members.position(member.name()).and_then(|at| members.entries.get(at));
            return Ok(entry
                .filter(|entry| entry.required)
                .map_or(0, |entry| self.missing(block, "required", &entry.name.text, value, mode)));
        }
        if members.are_few() {
            for entry in &members.entries {
                total = total.saturating_add(match entry.name.of(value) {
                    Some(member) if entry.block.is_some() => self.member(block, members, value, member, mode)?,
                    None if entry.required => self.missing(block, "required", &entry.name.text, value, mode),
                    _ => 0,
                });
            }
            return Ok(total);
        }
        let mut missing: Vec<bool> = members.entries.iter().map(|entry| entry.required).collect();
        for (_, member) in value.members() {
            if let Some(missing) = members.find(member).and_then(|(at, _)| missing.get_mut(at)) {
                *missing = false;
            }
            total = total.saturating_add(self.member(block, members, value, member, mode)?);
        }
        for (entry, missing) in members.entries.iter().zip(missing) {
            if missing {
                total = total.saturating_add(self.missing(block, "required", &entry.name.text, value, mode));
            }
        }
        Ok(total)
    }

    fn member(&mut self, block: BlockId, members: &'a Members, value: Value<'a>, member: Value<'a>, mode: Mode) -> Held<u32> {
        self.budget.spend(1)?;
        let declared = members.find(member).and_then(|(_, entry)| entry.block);
        let name = member.name();
        let mut total = 0_u32;
        self.path.push(Step { parent: value.id(), token: Token::Name(name) });
        let mut by_pattern = false;
        for (pattern, inner) in &members.patterns {
            if self.budget.matches(self.program, *pattern, name)? {
                by_pattern = true;
                total = total.saturating_add(self.within(*inner, member, mode)?);
            }
        }
        if let Some(inner) = declared.or(members.additional.filter(|_| !by_pattern)) {
            let found = if declared.is_none() && matches!(self.program.ops(inner), [Op::Never]) && !self.is_unclean(member) {
                self.fault(block, "additionalProperties", Fault::UnknownMember { suggestion: None }, value, mode)
            } else {
                self.within(inner, member, mode)?
            };
            total = total.saturating_add(found);
        }
        self.path.pop();
        Ok(total)
    }

    #[inline(never)]
    fn items(&mut self, op: &'a Op, items: &Items, value: Value<'a>, mode: Mode) -> Held<u32> {
        self.visit(value, op, mode);
        if let (Mode::Count, Some(rest)) = (mode, items.rest.filter(|_| items.prefix.is_empty() && value.kind() == Kind::Array)) {
            let found = self.sum(std::ptr::from_ref(op) as usize, value, &mut |this, item| this.count(rest, item))?;
            return Ok(u32::try_from(found).unwrap_or(u32::MAX));
        }
        let mut total = 0_u32;
        for (at, item) in self.inside(value, mode) {
            let Some(inner) = items.block_of(at).filter(|_| value.kind() == Kind::Array) else { break };
            self.budget.spend(1)?;
            self.path.push(Step { parent: value.id(), token: Token::Index(at) });
            let found = self.within(inner, item, mode)?;
            self.path.pop();
            total = total.saturating_add(found);
        }
        Ok(total)
    }

    /// The items or members that are looked at: all, or the one on the way.
    fn inside(&self, value: Value<'a>, mode: Mode) -> Inside<'a> {
        match self.only(value, mode) {
            None => Inside::all(value),
            Some(only) => Inside::one(only.at, Some(self.document.value(only.id)).filter(|_| only.there)),
        }
    }

    #[inline(never)]
    fn names(&mut self, block: BlockId, names: BlockId, value: Value<'a>, mode: Mode) -> Held<u32> {
        let mut total = 0;
        for (name, _) in value.members() {
            if !self.run(|run| member::name_holds(run, names, name))? {
                self.path.push(Step { parent: value.id(), token: Token::Name(name) });
                total += self.fault(block, "propertyNames", Fault::MemberName, value, mode);
                self.path.pop();
            }
        }
        Ok(total)
    }

    #[inline(never)]
    fn unevaluated(&mut self, block: BlockId, kind: Kind, inner: BlockId, value: Value<'a>, mode: Mode) -> Held<u32> {
        if value.kind() != kind || value.is_empty() {
            return Ok(0);
        }
        let inside = self.inside(value, mode);
        let (seen, decisions) = self.run(|run| Ok((unevaluated::seen(run, block, value, inside)?, run.decisions)))?;
        // What is told inside hangs on which branches hold.
        self.mark(value, decisions | 1 << 31, mode);
        let mut total = 0_u32;
        for ((at, child), _) in inside.zip(seen).filter(|(_, seen)| !seen) {
            let forbidden = kind == Kind::Object && matches!(self.program.ops(inner), [Op::Never]) && !self.is_unclean(child);
            let token = if kind == Kind::Array { Token::Index(at) } else { Token::Name(child.name()) };
            self.path.push(Step { parent: value.id(), token });
            let found = if forbidden {
                self.fault(block, "unevaluatedProperties", Fault::UnknownMember { suggestion: None }, value, mode)
            } else {
                self.within(inner, child, mode)?
            };
            self.path.pop();
            total = total.saturating_add(found);
        }
        Ok(total)
    }

    /// Lets the fast pass answer a question, from the same budget.
    fn run<T>(&mut self, ask: impl FnOnce(&mut Run<'a>) -> Held<T>) -> Held<T> {
        let budget = std::mem::replace(&mut self.budget, Budget::full());
        let mut run = Run::new(self.program, self.document, budget);
        let answer = ask(&mut run);
        self.budget = run.budget;
        answer
    }

    #[inline(never)]
    fn attachment(&mut self, block: BlockId, rule: &keywords::attachment::Rule, value: Value<'a>, mode: Mode) -> u32 {
        if let Err(fault) = rule.check_count(value) {
            return self.fault(block, "x-attachment", fault, value, mode);
        }
        let mut total = 0;
        for (at, file) in value.items().enumerate() {
            if let Err(fault) = rule.check_file(file) {
                self.path.push(Step { parent: value.id(), token: Token::Index(at) });
                total += self.fault(block, "x-attachment", fault, value, mode);
                self.path.pop();
            }
        }
        total
    }

    #[inline(never)]
    fn unique(&mut self, block: BlockId, value: Value<'a>, mode: Mode) -> u32 {
        let Some((at, first)) = crate::json::first_repeat(value) else { return 0 };
        self.path.push(Step { parent: value.id(), token: Token::Index(at) });
        let found = self.fault(block, "uniqueItems", Fault::Repeated { first }, value, mode);
        self.path.pop();
        found
    }

    fn all(&mut self, blocks: &[BlockId], value: Value<'a>, mode: Mode) -> Held<u32> {
        let mut total = 0_u32;
        for block in blocks {
            total = total.saturating_add(self.faults(*block, value, mode)?);
        }
        Ok(total)
    }

    fn any(&mut self, block: BlockId, keyword: &'static str, blocks: &[BlockId], value: Value<'a>, mode: Mode) -> Held<u32> {
        let mut best: Option<(Fit, u32, BlockId)> = None;
        for branch in blocks {
            let count = self.count(*branch, value)?;
            if count == 0 {
                return Ok(0);
            }
            self.budget.spend(value.len() as u64)?;
            let fit = self.fit(*branch, value);
            let better = best.is_none_or(|(best_fit, least, _)| fit > best_fit || (fit == best_fit && count < least));
            if better {
                best = Some((fit, count, *branch));
            }
        }
        match best {
            Some((fit, _, branch)) if fit > Fit::Against || blocks.len() == 1 => Ok(self.faults(branch, value, mode)?.max(1)),
            _ => Ok(self.fault(block, keyword, Fault::NoBranch, value, mode)),
        }
    }

    fn one(&mut self, block: BlockId, blocks: &[BlockId], value: Value<'a>, mode: Mode) -> Held<u32> {
        let mut found = 0;
        for branch in blocks {
            found += usize::from(self.count(*branch, value)? == 0);
        }
        match found {
            0 => self.any(block, "oneOf", blocks, value, mode),
            1 => Ok(0),
            _ => Ok(self.fault(block, "oneOf", Fault::ManyBranches { found }, value, mode)),
        }
    }

    /// How well the discriminators (`const`, `enum`, `type`) of a branch, or of what it refers to, fit a value or its members.
    #[inline(never)]
    fn fit(&self, branch: BlockId, value: Value<'a>) -> Fit {
        const HOPS: usize = 16;
        let mut fit = Fit::Silent;
        let mut blocks = vec![branch];
        for at in 0..HOPS {
            let Some(block) = blocks.get(at) else { break };
            for op in self.program.ops(*block) {
                match op {
                    Op::Kinds(_) | Op::Const(_) | Op::Choice(_) if keywords::check(self.program, op, value, None).is_err() => {
                        return Fit::Against;
                    }
                    Op::Const(_) | Op::Choice(_) if at > 0 => fit = Fit::For,
                    Op::Ref(target) => blocks.push(*target),
                    Op::Members(members) => {
                        for (_, member) in value.members() {
                            let Some(inner) = members.find(member).and_then(|(_, entry)| entry.block) else { continue };
                            match self.shallow_fit(inner, member) {
                                Fit::Against => return Fit::Against,
                                other => fit = fit.max(other),
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        fit
    }

    /// What a block's `const`, `enum` and `type` say of a value, without looking further.
    fn shallow_fit(&self, block: BlockId, value: Value<'a>) -> Fit {
        let ops = self.program.ops(block);
        let against = |op: &Op| keywords::check(self.program, op, value, None).is_err();
        if ops.iter().any(|op| matches!(op, Op::Const(_) | Op::Choice(_)) && against(op)) {
            return Fit::Against;
        }
        if ops.iter().any(|op| matches!(op, Op::Const(_) | Op::Choice(_))) { Fit::For } else { Fit::Silent }
    }

    fn missing(&mut self, block: BlockId, keyword: &'static str, name: &'a str, value: Value<'a>, mode: Mode) -> u32 {
        self.path.push(Step { parent: value.id(), token: Token::Name(name) });
        let found = self.fault(block, keyword, Fault::Missing, value, mode);
        self.path.pop();
        found
    }

    /// Counts a fault, and writes it down when telling. A warning is written but does not count.
    fn fault(&mut self, block: BlockId, keyword: &'static str, fault: Fault, by: Value<'a>, mode: Mode) -> u32 {
        let is_error = fault.level() == Level::Error;
        if mode == Mode::Tell {
            // However many warnings there are, they leave room for errors.
            let most = if is_error { 2 * limits::FAULTS } else { limits::FAULTS };
            if self.findings.drafts.len() < most {
                self.findings.drafts.push(Draft { path: self.path.clone(), by: by.id(), block, keyword, fault });
            } else {
                self.findings.cut = true;
            }
        }
        u32::from(is_error)
    }

    fn visit(&mut self, value: Value<'a>, op: &'a Op, mode: Mode) {
        if mode == Mode::Tell {
            self.findings.visits.push((value.id(), op));
        }
    }

    /// Looks at every text and number of the document. Recursion is bounded by `limits::JSON_DEPTH`.
    fn hygiene(&mut self, value: Value<'a>) -> Held<()> {
        self.budget.spend(1)?;
        if let Err(fault) = hygiene::check(value) {
            self.unclean.insert((0, value.id()), 0);
            self.fault(0, hygiene::KEYWORD, fault, value, Mode::Tell);
        }
        for (at, item) in value.items().enumerate() {
            self.path.push(Step { parent: value.id(), token: Token::Index(at) });
            self.hygiene(item)?;
            self.path.pop();
        }
        for (name, member) in value.members() {
            self.path.push(Step { parent: value.id(), token: Token::Name(name) });
            self.hygiene(member)?;
            self.path.pop();
        }
        Ok(())
    }
}

/// Steps that remembering one answer takes: it keeps the memory of a pass below 100 MB.
pub(super) const REMEMBERING: u64 = 32;

/// What a list or object is marked by, beside the blocks that it was told, where one of them ended early.
const ENDED: u32 = u32::MAX;

/// Instructions of this cost or more look at members, items or whole subschemas.
const LOOKS_INSIDE: u8 = 5;

/// How a branch's discriminators stand to a value; the best fit speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Against,
    Silent,
    For,
}
