//! Calls: which function is meant, whether it takes the types that are given, what is certain about it without data.

use super::check::Checker;
use super::error::{Problem, Remedy};
use super::functions::{EXTREMES, FUNCTIONS, Fun, Function, named, overload};
use super::parse::macro_arguments;
use super::tree::{Named, NodeId, Op, Select, Selects};
use super::types::{self, Type, TypeId};
use super::{Reason, Val};
use crate::json::name_hash;
use crate::regex::Regex;
use crate::text::{nearest, parts, without_leading, without_trailing};

impl Checker<'_, '_> {
    pub(super) fn call(&mut self, id: NodeId, call: &mut Named) -> (Op, TypeId) {
        let mut args = Vec::new();
        let mut name = call.name.clone().into_string();
        if let Some(target) = call.target {
            let space = self.qualified(target).map(|space| [&space, ".", &name].concat());
            match space.filter(|full| named(full).is_some() || EXTREMES.iter().any(|(known, _)| known == full)) {
                Some(full) => name = full,
                None => {
                    name.insert(0, '.');
                    args.push(target);
                }
            }
        }
        args.append(&mut call.args);
        if name == "age" && args.len() == 1 {
            args.push(self.tree.add(Op::Name("today".into()), self.tree.node(id).map_or(0, |node| node.at as usize)));
            self.tree.types.push(types::DYN);
        }
        // Of what is no call the parts say nothing.
        let plain = bare(&name);
        if self.names.is_checked()
            && known(&name, call).is_none()
            && !EXTREMES.iter().any(|(extreme, _)| *extreme == name)
            && let Some(form) = self.form(plain, call.target.is_some())
        {
            self.mistake(id, Problem::Form { name: plain.to_owned(), form });
            return (Op::Fails(Reason::Unknown), types::DYN);
        }
        let mut given = Vec::with_capacity(args.len());
        for arg in &args {
            given.push(self.node(*arg));
        }
        if let Some(selection) = self.bracketed(id, &name, &args, &given) {
            return selection;
        }
        if let Some((_, fun)) = EXTREMES.iter().find(|(known, _)| *known == name) {
            let kind = self.extreme(id, &name, &given);
            return (Op::Call(*fun, args), kind);
        }
        let Some(function) = known(&name, call) else {
            if self.names.is_checked() {
                let plain = bare(&name);
                let mut names = FUNCTIONS.iter().map(|function| function.name.strip_prefix('.').unwrap_or(function.name));
                let suggestion = if self.types.may_compare(FUNCTIONS.len()) { nearest(plain, &mut names).map(str::to_owned) } else { None };
                self.mistake(id, Problem::UnknownFunction { name: plain.to_owned(), suggestion });
            }
            return (Op::Fails(Reason::Unknown), types::DYN);
        };
        let kind = self.overloaded(function.takes, &given).unwrap_or_else(|| self.no_overload(id, &name, &given));
        self.look_closer(id, function.fun, &args, &given);
        (Op::Call(function.fun, args), kind)
    }

    /// How a name is used that was called in another way.
    fn form(&self, name: &str, has_target: bool) -> Option<String> {
        if name == "has" {
            return Some("has(self.name)".to_owned());
        }
        if let Some(arguments) = macro_arguments(name) {
            return Some(["rows.", name, arguments].concat());
        }
        if has_target && named(name).is_some() {
            return Some([name, "(…)"].concat());
        }
        if !has_target && named(&[".", name].concat()).is_some() {
            return Some(["x.", name, "(…)"].concat());
        }
        let is_variable = self.names.variables.iter().any(|(known, _)| *known == name);
        (!has_target && is_variable).then(|| name.to_owned())
    }

    /// The type that a call gives, if one way to call the function fits: `dyn` where several do that give different types.
    fn overloaded(&mut self, takes: &str, given: &[TypeId]) -> Option<TypeId> {
        let mut result = None;
        for written in parts(takes, b' ') {
            let way = overload(written, self.types);
            if way.takes.len() != given.len() {
                continue;
            }
            let before = self.trail.len();
            let mut fits = true;
            for (wanted, given) in way.takes.iter().zip(given) {
                fits = fits && self.assignable(*given, *wanted);
            }
            if !fits {
                self.undo(before);
                continue;
            }
            let gives = self.resolved(way.gives);
            result = match result {
                Some(other) if other != gives => Some(types::DYN),
                _ => Some(gives),
            };
        }
        result
    }

    /// `math.greatest` and `math.least`: of numbers, or of a list of them.
    fn extreme(&mut self, id: NodeId, name: &str, given: &[TypeId]) -> TypeId {
        let mut kinds: Vec<TypeId> = given.iter().map(|kind| self.resolved(*kind)).collect();
        if let [one] = kinds.as_slice()
            && let Type::List(of) = self.types.get(*one)
        {
            kinds = vec![self.resolved(of)];
        }
        let is_number = |kind: &TypeId| [types::DYN, types::INT, types::UINT, types::DOUBLE].contains(kind);
        if kinds.is_empty() || !kinds.iter().all(is_number) {
            self.no_overload(id, name, given);
        }
        match kinds.split_first() {
            Some((first, rest)) if rest.iter().all(|kind| kind == first) => *first,
            _ => types::DYN,
        }
    }

    /// What is certain without data: comparisons that never hold, patterns, names of code lists.
    fn look_closer(&mut self, call: NodeId, fun: Fun, args: &[NodeId], given: &[TypeId]) {
        match (fun, args) {
            (Fun::Equal | Fun::NotEqual, [left, right]) => {
                self.never_equal(given.first(), *right);
                self.never_equal(given.get(1), *left);
            }
            (Fun::In, [_, list]) => {
                let Some(Op::List(items)) = self.tree.op(*list) else { return };
                for item in items.iter().map(|item| item.value).collect::<Vec<_>>() {
                    self.never_equal(given.first(), item);
                }
            }
            (Fun::Matches, [_, pattern]) => {
                let Some(text) = self.tree.constant(*pattern).and_then(Val::as_text).map(str::to_owned) else { return };
                match Regex::re2(&text) {
                    Ok(regex) => self.checked.patterns.push((call, regex)),
                    Err(error) if self.names.is_checked() => self.mistake(*pattern, Problem::Pattern(error)),
                    Err(_) => {}
                }
            }
            (Fun::Lookup, [list, _]) | (Fun::AddWorkingDays | Fun::WorkingDaysBetween, [_, _, list]) => {
                match self.tree.constant(*list).and_then(Val::as_text).map(str::to_owned) {
                    Some(name) => {
                        let at = self.tree.node(*list).map_or(0, |node| node.at as usize);
                        self.checked.lists.push((name, at));
                    }
                    None => self.mistake(*list, Problem::ListNotLiteral),
                }
            }
            _ => {}
        }
    }

    /// A text that a field with few values is compared with must be one of them.
    fn never_equal(&mut self, kind: Option<&TypeId>, other: NodeId) {
        let Some(kind) = kind else { return };
        let (Type::Choice(at), Some(text)) = (self.types.get(*kind), self.tree.constant(other).and_then(Val::as_text)) else { return };
        let Some(choices) = self.types.choices.get(at as usize) else { return };
        if choices.iter().any(|choice| **choice == *text) {
            return;
        }
        let (value, count) = (text.to_owned(), choices.len());
        let compares = self.types.may_compare(count);
        let choices = self.types.choices.get(at as usize).filter(|_| compares);
        let suggestion = choices.and_then(|choices| nearest(&value, &mut choices.iter().map(|choice| &**choice))).map(str::to_owned);
        self.mistake(other, Problem::NeverEqual { value, suggestion });
    }

    /// Says that types are not taken. What stands there may be anything then.
    pub(super) fn no_overload(&mut self, node: NodeId, name: &str, given: &[TypeId]) -> TypeId {
        if !self.names.is_checked() {
            return types::DYN;
        }
        let mut written = String::new();
        for kind in given {
            if !written.is_empty() {
                written.push_str(", ");
            }
            written.push_str(&self.text(*kind));
        }
        let plain = bare(name);
        let has = |wanted: &[TypeId]| given.iter().any(|kind| wanted.contains(kind));
        let remedy = match named(name) {
            Some(function) if plain.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "@in" => {
                Remedy::Takes(self.ways(function))
            }
            _ if has(&[types::INT]) && has(&[types::DOUBLE]) => Remedy::Numbers,
            _ if has(&[types::DATE]) && has(&[types::STRING]) => Remedy::Date,
            _ if has(&[types::DATE, types::DURATION]) && has(&[types::INT, types::DOUBLE]) => Remedy::Days,
            _ => Remedy::Convert,
        };
        self.mistake(node, Problem::NoOverload { name: plain.to_owned(), types: written, remedy });
        types::DYN
    }

    /// What a function takes: `(date, date)`, the value before the dot first.
    fn ways(&mut self, function: &Function) -> String {
        let mut out = String::new();
        for written in parts(function.takes, b' ') {
            let way = overload(written, self.types);
            let mut sign = if out.is_empty() { "(" } else { " / (" };
            for kind in &way.takes {
                out.push_str(sign);
                out.push_str(&self.types.text(*kind));
                sign = ", ";
            }
            out.push(')');
        }
        out
    }

    /// `of['field']` of an object that declares its fields is `of.field`, which is how names are read that CEL does not write.
    fn bracketed(&mut self, id: NodeId, name: &str, args: &[NodeId], given: &[TypeId]) -> Option<(Op, TypeId)> {
        let kind = match name {
            "_[_]" => Selects::Value,
            "_[?_]" => Selects::Optional,
            _ => return None,
        };
        let ([of, key], Some(kind_of)) = (args, given.first()) else { return None };
        let mut object = self.resolved(*kind_of);
        while let Type::Optional(inner) | Type::Nullable(inner) = self.types.get(object) {
            object = inner;
        }
        let (Type::Object(_), Some(field)) = (self.types.get(object), self.tree.constant(*key).and_then(Val::as_text)) else { return None };
        let mut select = Select { of: *of, field: field.into(), hash: name_hash(field), kind, declared: None };
        let found = self.selected(id, *kind_of, &mut select);
        Some((Op::Select(select), found))
    }
}

/// The function that a call names. A dot in front of a name that is no member's leaves the container.
fn known(name: &str, call: &Named) -> Option<&'static Function> {
    named(name.strip_prefix('.').filter(|_| call.target.is_none()).unwrap_or(name))
}

/// A function's name without what tells a method or an operator.
fn bare(name: &str) -> &str {
    let name = name.strip_prefix('.').or_else(|| name.strip_prefix('@')).unwrap_or(name);
    without_leading(without_trailing(name, b'_'), b'_')
}
