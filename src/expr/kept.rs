//! What macros over long lists of a document come to, kept from one evaluation to the next: `all`, `exists`, `exists_one`, `sum` of a list that `map` gives and `size` of one
//! that `filter` gives, where what is asked of a row hangs on that row alone. When rows change, only they are asked again, and counts and sums are mended.
//!
//! Whoever edits the document says which rows it touched. Where a row fails otherwise than by something absent, nothing is kept, so that the failure is that of a whole evaluation.

use super::call::Given;
use super::eval::Machine;
use super::functions::Fun;
use super::tree::{Each, Fold, NodeId, Op};
use super::types::TypeId;
use super::{Reason, Val};
use crate::json::{self, DecimalSum, Kind, Value};
use crate::rows::{LONG, Places, Questions};

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

    /// The time went on.
    pub(crate) fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// The number of a question, and the rows to ask where it was asked before; then what was kept is taken out.
    fn open(&mut self, asks: usize, list: json::NodeId) -> (usize, Option<Vec<(json::NodeId, bool)>>, Entry) {
        let known = self.questions.find(asks, list);
        let at = known.unwrap_or_else(|| self.questions.add(asks, list));
        if self.entries.len() <= at {
            self.entries.resize_with(at + 1, Entry::default);
        }
        let entry = self.entries.get_mut(at).map(std::mem::take).unwrap_or_default();
        match known {
            Some(_) => (at, Some(self.questions.to_ask(at)), entry),
            None => (at, None, Entry::default()),
        }
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
        if question.each.names.len() != 1 || !self.locals.is_empty() || !self.is_of_row(&question) {
            return None;
        }
        let range = match self.value(question.range) {
            Ok(Val::Data(list, kind)) if list.kind() == Kind::Array && list.len() >= LONG => {
                (list, super::value::inner(kind, "", self.types))
            }
            _ => return None,
        };
        // What is kept is taken out while rows are asked, and put back when none failed.
        let (at, to_ask, mut entry) = store.borrow_mut().open(question.of, range.0.id());
        let all_told = self.asked(&question, range, to_ask, &mut entry).is_some();
        let answer = if all_told { question.answered(&entry.counts) } else { None };
        let mut kept = store.borrow_mut();
        if all_told {
            kept.entries.get_mut(at).into_iter().for_each(|room| *room = std::mem::take(&mut entry));
        } else {
            kept.questions.drop(at);
        }
        answer
    }

    /// Whether what is asked of a row hangs on the row and the time alone.
    fn is_of_row(&self, question: &Question<'_>) -> bool {
        const TIME: [u32; 2] = [2, 3];
        let mut waiting: Vec<NodeId> = question.filter.into_iter().chain(question.body).collect();
        while let Some(id) = waiting.pop() {
            match self.expression.tree.op(id) {
                Some(Op::Global(variable)) if !TIME.contains(variable) => return false,
                Some(op) => op.inside(&mut |part| waiting.push(part)),
                None => return false,
            }
        }
        true
    }

    /// Asks the rows that changed, or all; `None` where one fails otherwise than by something absent.
    fn asked(
        &mut self,
        question: &Question<'_>,
        (list, kind): (Value<'a>, TypeId),
        to_ask: Option<Vec<(json::NodeId, bool)>>,
        entry: &mut Entry,
    ) -> Option<()> {
        let Some(rows) = to_ask else {
            entry.parts.reserve(list.len());
            for row in list.items() {
                let part = self.part(question, row, kind)?;
                entry.set(row.id(), part);
            }
            return Some(());
        };
        for (row, is_there) in rows {
            let part = if is_there { self.part(question, list.beside(row), kind)? } else { Part::Nothing };
            entry.set(row, part);
        }
        Some(())
    }

    /// What a row adds; `None` where it fails otherwise than by something absent.
    fn part(&mut self, question: &Question<'_>, row: Value<'a>, kind: TypeId) -> Option<Part> {
        #[cfg(test)]
        crate::rows::tests::ASKED.set(crate::rows::tests::ASKED.get() + 1);
        self.session.spend(1).ok()?;
        let Some(item) = Val::of(row, kind, self.types) else { return Some(Part::Absent) };
        self.locals.push(item);
        let part = self.part_of_item(question);
        self.locals.clear();
        match part {
            Ok(part) => Some(part),
            Err(Reason::Absent) => Some(Part::Absent),
            Err(_) => None,
        }
    }

    fn part_of_item(&mut self, question: &Question<'_>) -> Result<Part, Reason> {
        if let Some(filter) = question.filter
            && !matches!(self.value(filter)?, Val::Bool(true))
        {
            return Ok(Part::Nothing);
        }
        let Some(body) = question.body else { return Ok(Part::Other) };
        Ok(match (question.answer, self.value(body)?) {
            (Answer::Size, _) => Part::Other,
            (_, Val::Bool(value)) => Part::Bool(value),
            (Answer::Sum, Val::Int(number)) => Part::Int(number),
            (Answer::Sum, Val::Uint(number)) => Part::Uint(number),
            (Answer::Sum, Val::Double(number)) if number.is_finite() => Part::Double(number),
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
