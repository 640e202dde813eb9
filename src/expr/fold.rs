//! What an expression can work out before there is data is worked out when it is compiled.

use super::eval::Machine;
use super::functions::Fun;
use super::tree::Op;
use super::types::Types;
use super::{Alone, Expression, Reason, Session, Val};
use std::sync::Arc;

/// Steps, and bytes, that working out the constants of one expression may take: more is left for later.
const STEPS: u64 = 10_000;

pub(super) fn fold(expression: &mut Expression, types: &Types) {
    let (mut steps, mut memory) = (STEPS, STEPS);
    // What stands inside a node was read before it.
    for id in 0..expression.tree.nodes.len() as u32 {
        let Some(op) = expression.tree.op(id) else { continue };
        let folds = match op {
            // What code lists say is asked when they are there.
            Op::Call(fun, _) => !matches!(fun, Fun::Lookup | Fun::AddWorkingDays | Fun::WorkingDaysBetween),
            Op::List(_) | Op::Map(_) | Op::Choose(_) | Op::Logic(..) => true,
            _ => false,
        };
        let mut constant = true;
        op.inside(&mut |inside| constant &= expression.tree.constant(inside).is_some());
        if !folds || !constant {
            if let Op::Call(Fun::Divide | Fun::Modulo, args) = op
                && matches!(args.get(1).and_then(|by| expression.tree.constant(*by)), Some(Val::Int(0) | Val::Uint(0)))
            {
                note(expression, id, Reason::DivisionByZero);
            }
            continue;
        }
        let is_call = matches!(op, Op::Call(..));
        let whole = |id: &u32| if let Some(Val::Int(number)) = expression.tree.constant(*id) { Some(*number) } else { None };
        if let Op::Call(Fun::Divide, args) = op
            && let [left, right] = args.as_slice()
            && whole(left).zip(whole(right)).is_some_and(|(left, right)| left.checked_rem(right).is_some_and(|rest| rest != 0))
        {
            expression.drops_rest = true;
        }
        let mut session = Session::default();
        (session.steps, session.memory) = (steps, memory);
        let mut machine = Machine { expression, types, variables: &[], outside: &Alone, session: &mut session, locals: Vec::new(), at: 0 };
        let value = machine.value(id).map(|value| lasting(&value));
        (steps, memory) = (session.steps, session.memory);
        let value = match value {
            Ok(Some(value)) => value,
            Err(reason) if is_call && !matches!(reason, Reason::Steps | Reason::TooLarge | Reason::Absent | Reason::Unknown) => {
                note(expression, id, reason);
                continue;
            }
            _ => continue,
        };
        if let Some(node) = expression.tree.nodes.get_mut(id as usize) {
            node.op = Op::Const(value);
        }
    }
}

/// Notes the first part that can only fail.
fn note(expression: &mut Expression, id: u32, reason: Reason) {
    let at = expression.tree.node(id).map_or(0, |node| node.at as usize);
    expression.fails = expression.fails.or(Some((reason, at)));
}

/// A value that borrows from nothing.
fn lasting(value: &Val<'_>) -> Option<Val<'static>> {
    Some(match value {
        Val::Null => Val::Null,
        Val::Bool(value) => Val::Bool(*value),
        Val::Int(number) => Val::Int(*number),
        Val::Uint(number) => Val::Uint(*number),
        Val::Double(number) => Val::Double(*number),
        Val::Text(text) => Val::from((*text).to_owned()),
        Val::Made(text) => Val::Made(Arc::clone(text)),
        Val::Bytes(bytes) => Val::Bytes(Arc::clone(bytes)),
        Val::Timestamp(time) => Val::Timestamp(*time),
        Val::Duration(span) => Val::Duration(*span),
        Val::Date(day) => Val::Date(*day),
        Val::Type(name) => Val::Type(name),
        Val::List(items) => {
            let mut made = Vec::with_capacity(items.len());
            for item in items.iter() {
                made.push(lasting(item)?);
            }
            Val::List(Arc::new(made))
        }
        Val::Map(_) | Val::Data(..) | Val::Optional(_) => return None,
    })
}
