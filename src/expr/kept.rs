//! What macros over long lists of a document come to, kept from one evaluation to the next: `all`, `exists`, `exists_one`, `sum` of a list that `map` gives and `size` of one
//! that `filter` gives, where what is asked of a row hangs on that row alone. When rows change, only they are asked again, and counts and sums are mended.
//!
//! Whoever edits the document says which rows it touched. Where a row fails otherwise than by something absent, nothing is kept, so that the failure is that of a whole evaluation;
//! where rows take many steps neither, since a whole evaluation may be decided by the first.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::tree::{Each, Fold, NodeId, Op};
use super::types::TypeId;
use super::value::VALUE_BYTES;
use super::{Reason, Val};
use crate::json::{self, DecimalSum, Kind, Value};
use crate::rows::{Asked, LONG, Places, Questions};

/// Steps that a row may take, on the average, for what it comes to to be kept.
const STEPS_A_ROW: u64 = 256;

/// What is kept.
#[derive(Default)]
pub(crate) struct Kept {
    questions: Questions,
    /// By the number of each question.
    entries: Vec<Entry>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Kept").field(&self.entries.len()).finish()
    }
}

/// What one macro comes to over one list.
#[derive(Default)]
struct Entry {
    places: Places,
    /// What each row adds.
    parts: Vec<Part>,
    counts: Counts,
}

/// What a row adds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Nothing: it is gone, or filtered out.
    Nothing,
    /// Something that it asks for is absent.
    Absent,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    /// Something that is only counted.
    Other,
}

#[derive(Default)]
struct Counts {
    absent: usize,
    falses: usize,
    trues: usize,
    ints: usize,
    uints: usize,
    doubles: usize,
    others: usize,
    whole: i128,
    decimal: DecimalSum,
}

impl Counts {
    fn count(&mut self, part: Part, adds: bool) {
        let change = |count: &mut usize| *count = if adds { *count + 1 } else { *count - 1 };
        let sign = if adds { 1 } else { -1 };
        match part {
            Part::Nothing => {}
            Part::Absent => change(&mut self.absent),
            Part::Bool(false) => change(&mut self.falses),
            Part::Bool(true) => change(&mut self.trues),
            Part::Int(number) => {
                change(&mut self.ints);
                self.whole += sign * i128::from(number);
            }
            Part::Uint(number) => {
                change(&mut self.uints);
                self.whole += sign * i128::from(number);
            }
            Part::Double(number) => {
                change(&mut self.doubles);
                self.decimal.add(if adds { number } else { -number });
            }
            Part::Other => change(&mut self.others),
        }
    }
}

impl Kept {
    /// A row changed or came, or went.
    pub(crate) fn touch(&mut self, list: json::NodeId, row: json::NodeId, is_there: bool) {
        self.questions.touch(list, row, is_there);
    }

    /// A list is no more, or another one.
    pub(crate) fn forget(&mut self, list: json::NodeId) {
        self.questions.forget(list);
    }

    pub(crate) fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// What is kept is taken out while rows are asked.
    fn take(&mut self, at: usize) -> Entry {
        if self.entries.len() <= at {
            self.entries.resize_with(at + 1, Entry::default);
        }
        self.entries.get_mut(at).map(std::mem::take).unwrap_or_default()
    }
}

/// What is asked of a list.
struct Question<'e> {
    of: usize,
    range: NodeId,
    filter: Option<NodeId>,
    body: Option<NodeId>,
    answer: Answer,
    each: &'e Each,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    All,
    Exists,
    ExistsOne,
    Sum,
    Size,
}

impl<'a> Machine<'a, '_> {
    /// What a macro comes to, where that is kept.
    pub(super) fn kept_each(&mut self, each: &'a Each) -> Option<Given<'a>> {
        let answer = match each.kind {
            Fold::All => Answer::All,
            Fold::Exists => Answer::Exists,
            Fold::ExistsOne => Answer::ExistsOne,
            _ => return None,
        };
        let of = std::ptr::from_ref(each) as usize;
        self.kept(Question { of, range: each.range, filter: None, body: Some(each.body), answer, each })
    }

    /// What a sum or size of a macro's list comes to, where that is kept.
    pub(super) fn kept_call(&mut self, fun: Fun, arg: NodeId) -> Option<Given<'a>> {
        let answer = if fun == Fun::Sum { Answer::Sum } else { Answer::Size };
        let Some(Op::Each(each)) = self.expression.tree.op(arg) else { return None };
        let of = std::ptr::from_ref(&**each) as usize;
        let simple = Question { of, range: each.range, filter: each.filter, body: None, answer, each };
        let question = match (each.kind, self.expression.tree.op(each.range)) {
            (Fold::Filter, _) => Question { filter: Some(each.body), ..simple },
            // What `filter` leaves is mapped.
            (Fold::List, Some(Op::Each(inner))) if inner.kind == Fold::Filter && inner.names.len() == 1 && each.filter.is_none() => {
                Question { range: inner.range, filter: Some(inner.body), body: Some(each.body), ..simple }
            }
            (Fold::List, _) => Question { body: Some(each.body), ..simple },
            _ => return None,
        };
        self.kept(question)
    }

    fn kept(&mut self, question: Question<'_>) -> Option<Given<'a>> {
        let store = self.session.kept?;
        if question.each.names.len() != 1 || !self.locals.is_empty() || !self.is_place(question.range) {
            return None;
        }
        let (list, kind) = match self.value(question.range) {
            Ok(Val::Data(list, kind)) if list.kind() == Kind::Array && list.len() >= LONG => {
                (list, super::value::inner(kind, "", self.types))
            }
            _ => return None,
        };
        if !self.is_of_row(&question) {
            return None;
        }
        let asked = store.borrow_mut().questions.open(question.of, list.id(), list.len())?;
        let (at, mut entry, told) = match asked {
            Asked::Again(at, rows) => {
                let mut entry = store.borrow_mut().take(at);
                let told = self.ask_again(&question, (list, kind), rows, &mut entry);
                (at, entry, told)
            }
            Asked::First(at) => {
                drop(store.borrow_mut().take(at));
                let mut entry = Entry::default();
                let told = self.ask_all(&question, (list, kind), &mut entry);
                (at, entry, told)
            }
        };
        let mut kept = store.borrow_mut();
        if let Err(why) = told {
            kept.questions.give_up(at, matches!(why, Reason::Steps | Reason::TooLarge));
            return None;
        }
        let (answer, made) = (question.answered(&entry.counts), question.made(&entry.counts));
        kept.entries.get_mut(at).into_iter().for_each(|room| *room = std::mem::take(&mut entry));
        // A whole evaluation would make a list.
        self.session.make(made * VALUE_BYTES).ok()?;
        answer
    }

    /// Whether an expression names a place of the document: that costs nothing to look at twice.
    fn is_place(&self, mut id: NodeId) -> bool {
        while let Some(Op::Select(select)) = self.expression.tree.op(id) {
            id = select.of;
        }
        matches!(self.expression.tree.op(id), Some(Op::Global(_)))
    }

    /// Whether what is asked of a row hangs on the row and the day alone.
    fn is_of_row(&self, question: &Question<'_>) -> bool {
        const TODAY: u32 = 3;
        let mut waiting: Vec<NodeId> = question.filter.into_iter().chain(question.body).collect();
        while let Some(id) = waiting.pop() {
            match self.expression.tree.op(id) {
                Some(Op::Global(variable)) if *variable != TODAY => return false,
                Some(op) => op.inside(&mut |part| waiting.push(part)),
                None => return false,
            }
        }
        true
    }

    /// Asks all rows, for as many steps as are worth it; those are not paid for where they were too few.
    fn ask_all(&mut self, question: &Question<'_>, (list, kind): (Value<'a>, TypeId), entry: &mut Entry) -> Result<(), Reason> {
        let whole = self.session.steps;
        let allowed = whole.min(STEPS_A_ROW * list.len() as u64);
        self.session.steps = allowed;
        entry.parts.reserve(list.len());
        let mut told = Ok(());
        for row in list.items() {
            match self.part(question, row, kind) {
                Ok(part) => entry.set(row.id(), part),
                Err(why) => {
                    told = Err(why);
                    break;
                }
            }
        }
        let spent = allowed - self.session.steps;
        self.session.steps = if told.is_ok() { whole - spent } else { whole };
        told
    }

    /// Asks the rows that changed.
    fn ask_again(
        &mut self,
        question: &Question<'_>,
        (list, kind): (Value<'a>, TypeId),
        rows: Vec<(json::NodeId, bool)>,
        entry: &mut Entry,
    ) -> Result<(), Reason> {
        for (row, is_there) in rows {
            let part = if is_there { self.part(question, list.beside(row), kind)? } else { Part::Nothing };
            entry.set(row, part);
        }
        Ok(())
    }

    /// What a row adds; why it fails otherwise than by something absent.
    fn part(&mut self, question: &Question<'_>, row: Value<'a>, kind: TypeId) -> Result<Part, Reason> {
        #[cfg(test)]
        crate::rows::tests::ASKED.set(crate::rows::tests::ASKED.get() + 1);
        self.session.spend(1)?;
        let Some(item) = Val::of(row, kind, self.types) else { return Ok(Part::Absent) };
        self.locals.push(item);
        let part = self.part_of_item(question);
        self.locals.clear();
        if part == Err(Reason::Absent) { Ok(Part::Absent) } else { part }
    }

    fn part_of_item(&mut self, question: &Question<'_>) -> Result<Part, Reason> {
        if let Some(filter) = question.filter {
            match self.value(filter)? {
                Val::Bool(true) => {}
                Val::Bool(false) => return Ok(Part::Nothing),
                _ => return Err(Reason::NoOverload),
            }
        }
        let Some(body) = question.body else { return Ok(Part::Other) };
        Ok(match (question.answer, self.value(body)?) {
            (Answer::Size, _) => Part::Other,
            (Answer::Sum, Val::Int(number)) => Part::Int(number),
            (Answer::Sum, Val::Uint(number)) => Part::Uint(number),
            (Answer::Sum, Val::Double(number)) if number.is_finite() => Part::Double(number),
            (Answer::Sum, _) => return Err(Reason::NoOverload),
            (_, Val::Bool(value)) => Part::Bool(value),
            _ => return Err(Reason::NoOverload),
        })
    }
}

impl Entry {
    fn set(&mut self, row: json::NodeId, part: Part) {
        let place = self.places.of(row);
        if place == self.parts.len() {
            self.parts.push(Part::Nothing);
        }
        let Some(kept) = self.parts.get_mut(place) else { return };
        let old = std::mem::replace(kept, part);
        if old != part {
            self.counts.count(old, false);
            self.counts.count(part, true);
        }
    }
}

impl Question<'_> {
    /// How many values a whole evaluation would make.
    fn made(&self, counts: &Counts) -> usize {
        match self.answer {
            Answer::Sum | Answer::Size => counts.ints + counts.uints + counts.doubles + counts.others,
            _ => 0,
        }
    }

    /// The answer; `None` where a whole evaluation has to give it.
    fn answered<'a>(&self, counts: &Counts) -> Option<Given<'a>> {
        let absent = counts.absent > 0;
        Some(match self.answer {
            Answer::All if counts.falses > 0 => Ok(Val::Bool(false)),
            Answer::Exists if counts.trues > 0 => Ok(Val::Bool(true)),
            _ if absent => Err(Reason::Absent),
            Answer::All | Answer::Exists => Ok(Val::Bool(self.answer == Answer::All)),
            Answer::ExistsOne => Ok(Val::Bool(counts.trues == 1)),
            Answer::Size => Ok(Val::Int(counts.others as i64)),
            Answer::Sum => match (counts.ints, counts.uints, counts.doubles) {
                (_, 0, 0) => i64::try_from(counts.whole).map(Val::Int).map_err(|_| Reason::Overflow),
                (_, _, 0) => u64::try_from(counts.whole).map(Val::Uint).map_err(|_| Reason::Overflow),
                (0, 0, _) => Ok(Val::Double(counts.decimal.sum())),
                // Which of two types is the mistake hangs on which comes first.
                _ => return None,
            },
        })
    }
}
