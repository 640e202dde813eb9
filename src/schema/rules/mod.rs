//! Rules in CEL: which parts of a form count, what they must be, what is computed.
//!
//! `x-relevant`, `x-required`, `x-readonly`, `x-calculate`, `x-rules` and the filter of `x-options` stand where they always apply: a place of the
//! data is known by the names that lead to it, so its expressions know the types of `self`, `parent` and `root` before there is data.
//! A document is first completed: what is not relevant is left out, what is computed and absent is put in. Then it is judged.

mod compile;
mod complete;
mod evaluate;
mod judge;
mod listed;
mod order;
mod shapes;

pub(super) use compile::{Noted, compile, note};
pub(super) use judge::{Said, judge};

use super::codes::CodeList;
use super::fault::Fault;
use super::program::{BlockId, Name, Program};
use crate::expr::{Expression, Failure, Outside, Seen, Session, Type, TypeId, Types, Val, types};
use crate::json::{Document, Kind, NodeId, Value};
use crate::pairs::Pairs;
use crate::report::Level;
use crate::text::{Moment, Timestamp};

/// The place of a place in [`Rules::places`].
pub(super) type PlaceId = u32;

/// The compiled expressions of a schema, by the places of the data that they stand at.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) types: Types,
    /// The first is the whole document.
    pub(super) places: Vec<Place>,
    /// The places whose value or presence is computed, each behind those that it depends on.
    pub(super) order: Vec<PlaceId>,
}

/// A place of the data.
pub(super) struct Place {
    pub(super) parent: PlaceId,
    pub(super) step: Step,
    pub(super) kind: TypeId,
    /// The places below that lead to an expression.
    pub(super) children: Vec<PlaceId>,
    pub(super) relevant: Vec<At>,
    pub(super) required: Vec<(Option<Expression>, BlockId)>,
    pub(super) readonly: Vec<At>,
    pub(super) calculate: Option<At>,
    pub(super) rules: Vec<Rule>,
    /// Of `x-options`: the list, and what chooses among its codes.
    pub(super) filter: Option<(u32, At)>,
    /// The `x-lookup` by which it holds what a database answered.
    pub(super) lookup: Option<NodeId>,
}

/// How a place is reached from the one above it.
pub(super) enum Step {
    Root,
    Member(Name),
    /// Members that are not declared.
    Others,
    /// One item, or all from an index on.
    Item(u32),
    ItemsFrom(u32),
}

/// An expression and the subschema that it stands in.
pub(super) struct At {
    pub(super) expression: Expression,
    pub(super) block: BlockId,
}

/// One of `x-rules`.
pub(super) struct Rule {
    /// Its object in the schema.
    pub(super) node: NodeId,
    pub(super) test: At,
    pub(super) when: Option<Expression>,
    pub(super) message: Option<Expression>,
    pub(super) level: Level,
    /// Where it is shown: the names that lead there from the value that carries it.
    pub(super) at: Vec<Vec<Box<str>>>,
}

impl Rules {
    pub(super) fn place(&self, id: PlaceId) -> Option<&Place> {
        self.places.get(id as usize)
    }

    pub(super) fn kind(&self, id: PlaceId) -> TypeId {
        self.place(id).map_or(types::DYN, |place| place.kind)
    }

    /// Whether there is nothing to do for a document.
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

impl Place {
    pub(super) const fn is_conditional(&self) -> bool {
        !self.relevant.is_empty() || self.calculate.is_some()
    }

    /// Whether an expression is evaluated there.
    const fn asks(&self) -> bool {
        !self.required.is_empty() || !self.rules.is_empty() || self.filter.is_some()
    }
}

/// What expressions are given besides the data.
pub(super) struct Setting<'a> {
    program: &'a Program,
    pub(super) rules: &'a Rules,
    root: Value<'a>,
    /// What `self`, `root`, `now`, `today`, `parent` and `option` stand for, the first and the last two where it stands.
    variables: [Option<Val<'a>>; 6],
    pub(super) session: Session<'a>,
    /// What counts in place of the data: by object and place, the place of what is seen.
    seen: Pairs,
    seen_values: Vec<Seen<'a>>,
    /// What is to be said of conditions and computed values: by object and place, where what is said of it begins.
    noted_at: Pairs,
    noted: Vec<Note>,
    notes: bool,
}

/// What is to be said of a place of an object.
struct Note {
    at: (NodeId, PlaceId),
    block: BlockId,
    keyword: &'static str,
    fault: Fault,
}

impl<'a> Setting<'a> {
    pub(super) fn new(program: &'a Program, rules: &'a Rules, document: &'a Document, now: Moment) -> Self {
        let time = Timestamp::new(now.instant().unix(), 0);
        Self {
            program,
            rules,
            root: document.root(),
            variables: [
                None,
                Val::of(document.root(), rules.kind(0), &rules.types),
                Some(time.map_or(Val::Null, Val::Timestamp)),
                Some(time.map_or(Val::Null, |time| Val::Date(time.date_in_vietnam()))),
                None,
                None,
            ],
            session: Session::remembering(document.root()),
            seen: Pairs::default(),
            seen_values: Vec::new(),
            noted_at: Pairs::default(),
            noted: Vec::new(),
            notes: false,
        }
    }

    /// Goes to a value that may be absent, inside an object or list: what is evaluated from now on is evaluated there.
    pub(super) fn stand(&mut self, id: PlaceId, place: &Place, this: Option<Value<'a>>, parent: Option<Value<'a>>) {
        let rules = self.rules;
        let seen = parent.and_then(|parent| self.seen.get((parent.id(), id))).and_then(|at| self.seen_values.get(at as usize));
        let of = |value: Option<Value<'a>>, kind| value.and_then(|value| Val::of(value, kind, &rules.types));
        let [here, _, _, _, above, _] = &mut self.variables;
        *here = match seen {
            Some(Seen::Value(computed)) => Some(computed.clone()),
            Some(Seen::Hidden | Seen::Nothing) => None,
            None => of(this, place.kind),
        };
        *above = of(parent, rules.kind(place.parent));
    }

    /// Evaluates what chooses among the entries of a code list.
    pub(super) fn choose(&mut self, expression: &'a Expression, entry: Value<'a>) -> Result<Val<'a>, Failure> {
        let [.., option] = &mut self.variables;
        *option = Val::of(entry, self.rules.types.kind_of_entries(), &self.rules.types);
        self.evaluate(expression)
    }

    pub(super) fn evaluate(&mut self, expression: &'a Expression) -> Result<Val<'a>, Failure> {
        let types = &self.rules.types;
        let outside = Beyond { program: self.program, root: self.root, seen: &self.seen, values: &self.seen_values };
        expression.evaluate(&self.variables, types, &outside, &mut self.session)
    }

    /// A place's values, each with what it stands in. Depth is bounded by `limits::JSON_DEPTH`.
    fn instances(&self, id: PlaceId) -> Vec<(Option<Value<'a>>, Value<'a>)> {
        if id == 0 {
            return vec![(Some(self.root), self.root)];
        }
        let Some(place) = self.rules.place(id) else { return Vec::new() };
        let mut found = self.instances(place.parent);
        if let Step::Member(name) = &place.step {
            found.retain_mut(|(value, parent)| {
                let Some(object) = *value else { return false };
                *parent = object;
                match self.member(id, name, object) {
                    Some(member) => *value = member,
                    None => return false,
                }
                true
            });
            return found;
        }
        let mut next = Vec::new();
        for value in found.into_iter().filter_map(|(value, _)| value) {
            self.step(id, value, &mut |inside, _| next.push((inside, value)));
        }
        next
    }

    /// A member of an object, which may be absent; `None` where it is hidden, or where no object stands.
    fn member(&self, place: PlaceId, name: &Name, object: Value<'a>) -> Option<Option<Value<'a>>> {
        let hidden = self.seen.get((object.id(), place)).and_then(|at| self.seen_values.get(at as usize));
        (object.kind() == Kind::Object && !matches!(hidden, Some(Seen::Hidden))).then(|| name.of(object))
    }

    /// Goes one step down from a value: to a member, which may be absent, or to items. What is hidden is not gone to.
    fn step(&self, place: PlaceId, value: Value<'a>, see: &mut dyn FnMut(Option<Value<'a>>, usize)) {
        let Some(Place { step, parent, .. }) = self.rules.place(place) else { return };
        match step {
            Step::Root => {}
            Step::Member(name) => {
                if let Some(member) = self.member(place, name, value) {
                    see(member, 0);
                }
            }
            Step::Others => {
                let Type::Object(at) = self.rules.types.get(self.rules.kind(*parent)) else { return };
                let Some(object) = self.rules.types.objects.get(at as usize) else { return };
                value
                    .members()
                    .enumerate()
                    .filter(|(_, (name, _))| object.field(name).is_none())
                    .for_each(|(at, (_, member))| see(Some(member), at));
            }
            Step::Item(at) => {
                if let Some(item) = value.items().nth(*at as usize) {
                    see(Some(item), *at as usize);
                }
            }
            Step::ItemsFrom(first) => {
                value.items().enumerate().skip(*first as usize).for_each(|(at, item)| see(Some(item), at));
            }
        }
    }
}

/// What expressions see besides their variables.
struct Beyond<'a, 's> {
    program: &'a Program,
    root: Value<'a>,
    seen: &'s Pairs,
    values: &'s [Seen<'a>],
}

impl<'a> Outside<'a> for Beyond<'a, '_> {
    fn code(&self, list: &str, code: &str) -> Option<Value<'a>> {
        let source = &self.program.source;
        self.program.lists.iter().find(|known: &&CodeList| known.name(source) == list)?.find(source, code)
    }

    fn seen(&self, object: Value<'a>, place: u32) -> Option<Seen<'a>> {
        // An entry of a code list is of another document.
        if !object.is_beside(self.root) {
            return None;
        }
        self.values.get(self.seen.get((object.id(), place))? as usize).cloned()
    }
}
