//! Which type can stand for which, and what type variables stand for: as cel-go has it, where a variable takes the most general of what is
//! assigned to it, and `dyn` goes with everything.

use super::check::Checker;
use super::types::{self, Type, TypeId};

impl Checker<'_, '_> {
    pub(super) fn joined_or_dyn(&mut self, before: Option<TypeId>, next: TypeId) -> TypeId {
        match before {
            None => next,
            Some(before) => self.joined(before, next).unwrap_or(types::DYN),
        }
    }

    /// The more general of two types, if one can stand for the other.
    pub(super) fn joined(&mut self, left: TypeId, right: TypeId) -> Option<TypeId> {
        if !self.assignable(left, right) {
            return None;
        }
        let (left, right) = (self.plain(left), self.plain(right));
        Some(if self.is_as_general(left, right) { left } else { right })
    }

    /// A choice as the text that it is; resolved.
    pub(super) fn plain(&mut self, kind: TypeId) -> TypeId {
        let kind = self.resolved(kind);
        if let Type::Choice(_) = self.types.get(kind) { types::STRING } else { kind }
    }

    /// A type with its variables replaced by what they stand for.
    pub(super) fn resolved(&mut self, kind: TypeId) -> TypeId {
        match self.types.get(kind) {
            Type::Variable(number) => match self.bound.get(number as usize).copied().flatten() {
                Some(other) => self.resolved(other),
                None => kind,
            },
            Type::List(of) => {
                let of = self.resolved(of);
                self.types.add(Type::List(of))
            }
            Type::Optional(of) => {
                let of = self.resolved(of);
                self.types.add(Type::Optional(of))
            }
            Type::Type(of) => {
                let of = self.resolved(of);
                self.types.add(Type::Type(of))
            }
            Type::Map(key, value) => {
                let (key, value) = (self.resolved(key), self.resolved(value));
                self.types.add(Type::Map(key, value))
            }
            _ => kind,
        }
    }

    /// Whether a value of one type may stand where the other is wanted, in either direction of variables.
    pub(super) fn assignable(&mut self, given: TypeId, wanted: TypeId) -> bool {
        let (from, to) = (self.types.get(given), self.types.get(wanted));
        if let Type::Variable(variable) = to {
            match self.substitutes(given, variable, wanted) {
                (true, _) => return true,
                (false, true) => return false,
                _ => {}
            }
        }
        if let Type::Variable(variable) = from {
            return self.substitutes(wanted, variable, given).0;
        }
        match (from, to) {
            (Type::Dyn, _) | (_, Type::Dyn) => true,
            (Type::Null, other) | (other, Type::Null) => {
                matches!(
                    other,
                    Type::Null | Type::Nullable(_) | Type::Timestamp | Type::Duration | Type::Date | Type::Object(_) | Type::Optional(_)
                )
            }
            (Type::Nullable(of), Type::Nullable(wanted)) => self.assignable(of, wanted),
            (Type::Nullable(of), _) => self.assignable(of, wanted),
            (_, Type::Nullable(of)) => self.assignable(given, of),
            (Type::Choice(_) | Type::String, Type::Choice(_) | Type::String) => true,
            (Type::Type(_), Type::Type(_)) => true,
            (Type::List(of), Type::List(wanted)) | (Type::Optional(of), Type::Optional(wanted)) => self.assignable(of, wanted),
            (Type::Map(key, value), Type::Map(wanted_key, wanted)) => self.assignable(key, wanted_key) && self.assignable(value, wanted),
            (Type::Object(at), Type::Map(key, value)) | (Type::Map(key, value), Type::Object(at)) => {
                let of = self.of_members(at);
                self.assignable(types::STRING, key) && self.assignable(of, value)
            }
            (from, to) => from == to,
        }
    }

    /// Whether a type may stand for a variable, and whether something else stands for it already.
    pub(super) fn substitutes(&mut self, kind: TypeId, variable: u32, itself: TypeId) -> (bool, bool) {
        if kind == itself {
            return (true, true);
        }
        match self.bound.get(variable as usize).copied().flatten() {
            Some(known) => {
                if kind == known {
                    return (true, true);
                }
                if !self.assignable(kind, known) {
                    return (false, true);
                }
                let general = if self.is_as_general(kind, known) { kind } else { known };
                self.bind_variable(variable, general);
                (true, true)
            }
            None => (self.bind_variable(variable, kind), false),
        }
    }

    pub(super) fn bind_variable(&mut self, variable: u32, kind: TypeId) -> bool {
        if self.occurs(variable, kind) {
            return false;
        }
        // A choice's texts say nothing of other values of the variable.
        let kind = if let Type::Choice(_) = self.types.get(kind) { types::STRING } else { kind };
        let at = variable as usize;
        if self.bound.len() <= at {
            self.bound.resize(at + 1, None);
        }
        if let Some(slot) = self.bound.get_mut(at) {
            self.trail.push((variable, *slot));
            *slot = Some(kind);
        }
        true
    }

    pub(super) fn undo(&mut self, to: usize) {
        while self.trail.len() > to {
            let Some((variable, before)) = self.trail.pop() else { return };
            self.bound.get_mut(variable as usize).into_iter().for_each(|slot| *slot = before);
        }
    }

    pub(super) fn occurs(&self, variable: u32, kind: TypeId) -> bool {
        match self.types.get(kind) {
            Type::Variable(number) if number == variable => true,
            Type::Variable(number) => self.bound.get(number as usize).copied().flatten().is_some_and(|other| self.occurs(variable, other)),
            Type::List(of) | Type::Optional(of) | Type::Nullable(of) | Type::Type(of) => self.occurs(variable, of),
            Type::Map(key, value) => self.occurs(variable, key) || self.occurs(variable, value),
            _ => false,
        }
    }

    pub(super) fn is_as_general(&self, left: TypeId, right: TypeId) -> bool {
        match (self.types.get(left), self.types.get(right)) {
            (Type::Dyn | Type::Variable(_), _) => true,
            (_, Type::Dyn | Type::Variable(_)) => false,
            (Type::Nullable(of), Type::Nullable(other)) => self.is_as_general(of, other),
            (Type::Nullable(_), _) => true,
            (Type::List(of), Type::List(other)) | (Type::Optional(of), Type::Optional(other)) => self.is_as_general(of, other),
            (Type::Map(key, value), Type::Map(other_key, other)) => self.is_as_general(key, other_key) && self.is_as_general(value, other),
            (Type::Type(_), Type::Type(_)) => true,
            (Type::Map(..), Type::Object(_)) => true,
            (left, right) => left == right,
        }
    }
}
