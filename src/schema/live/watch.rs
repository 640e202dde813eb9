//! What has to be worked out again when a place of the data changes: every expression of a schema, by the places that it reads.

use crate::expr::{Expression, Types};
use crate::json::name_hash;
use crate::order;
use crate::schema::rules::{At, Place, PlaceId, Rules, Step};

/// Where nothing that is declared stands.
pub(super) const NO_PLACE: PlaceId = PlaceId::MAX;

/// The place of a formula in [`Watch::formulas`].
pub(super) type FormulaId = u32;

/// What is worked out for each value of a place, or for its absence.
pub(super) struct Formula {
    pub(super) place: PlaceId,
    pub(super) kind: Asks,
}

/// What an expression is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asks {
    /// Whether the value counts, and what it is; with the turn at which it is worked out.
    Presence(u32),
    Required,
    Readonly,
    /// One of `x-rules`, by its place among those of the place.
    Rule(u32),
    /// Whether a code is one of those offered.
    Offered,
}

/// Which values of a formula's place a change concerns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// That in which the change is.
    Own,
    /// Those in whose object or list it is.
    Siblings,
    /// All.
    All,
}

/// The variables of expressions, as bits of what is read by them.
const SELF: u8 = 1;
const ROOT: u8 = 2;
const NOW: u8 = 4;
const TODAY: u8 = 8;
const PARENT: u8 = 16;

/// The formulas of a schema.
#[derive(Default)]
pub(super) struct Watch {
    pub(super) formulas: Vec<Formula>,
    /// The formulas that read a place, in groups by place.
    readers: Groups<(FormulaId, Reach)>,
    /// The formulas that stand at a place.
    standing: Groups<FormulaId>,
    /// The places right below a place.
    below: Groups<PlaceId>,
    /// Formulas that read the time.
    pub(super) timely: Vec<FormulaId>,
    /// How many turns there are.
    pub(super) turns: usize,
}

/// Lists of things, by the place that each belongs to.
struct Groups<T> {
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), all: Vec::new() }
    }
}

impl<T: Copy> Groups<T> {
    fn new(groups: usize, mut pairs: Vec<(u32, T)>) -> Self {
        order::sort_by_key(&mut pairs, |(group, _)| *group);
        let mut starts = vec![0; groups + 1];
        for (group, _) in &pairs {
            if let Some(count) = starts.get_mut(*group as usize + 1) {
                *count += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        Self { starts, all: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    fn of(&self, group: u32) -> &[T] {
        let bounds = self.starts.get(group as usize).zip(self.starts.get((group as usize).wrapping_add(1)));
        bounds.and_then(|(start, end)| self.all.get(*start as usize..*end as usize)).unwrap_or_default()
    }
}

impl Watch {
    pub(super) fn new(rules: &Rules) -> Self {
        let count = rules.places.len();
        let below = rules.places.iter().zip(0..).skip(1).map(|(place, id)| (place.parent, id)).collect();
        let watch = Self { below: Groups::new(count, below), turns: rules.order.len(), ..Self::default() };
        let mut maker = Maker { rules, watch, readers: Vec::new(), standing: Vec::new() };
        for id in 0..count as PlaceId {
            maker.place(id);
        }
        let Maker { mut watch, readers, standing, .. } = maker;
        watch.readers = Groups::new(count, readers);
        watch.standing = Groups::new(count, standing);
        watch
    }

    pub(super) fn formula(&self, id: FormulaId) -> Option<&Formula> {
        self.formulas.get(id as usize)
    }

    /// The formulas that read a place.
    pub(super) fn readers(&self, place: PlaceId) -> &[(FormulaId, Reach)] {
        self.readers.of(place)
    }

    /// The formulas that stand at a place.
    pub(super) fn standing(&self, place: PlaceId) -> &[FormulaId] {
        self.standing.of(place)
    }

    /// The places right below a place.
    pub(super) fn below(&self, place: PlaceId) -> &[PlaceId] {
        self.below.of(place)
    }

    /// The place of a member.
    pub(super) fn member(&self, rules: &Rules, object: PlaceId, name: &str) -> PlaceId {
        let hash = name_hash(name);
        let mut others = NO_PLACE;
        for id in self.below(object) {
            match rules.place(*id).map(|place| &place.step) {
                Some(Step::Member(known)) if known.hash == hash && *known.text == *name => return *id,
                Some(Step::Others) => others = *id,
                _ => {}
            }
        }
        others
    }

    /// The place of an item.
    pub(super) fn item(&self, rules: &Rules, list: PlaceId, at: usize) -> PlaceId {
        let is_it = |id: &&PlaceId| match rules.place(**id).map(|place| &place.step) {
            Some(Step::Item(only)) => *only as usize == at,
            Some(Step::ItemsFrom(first)) => *first as usize <= at,
            _ => false,
        };
        self.below(list).iter().find(is_it).copied().unwrap_or(NO_PLACE)
    }

    /// Whether the place of an item hangs on its index.
    pub(super) fn is_by_index(&self, rules: &Rules, list: PlaceId) -> bool {
        self.below(list).iter().any(|id| matches!(rules.place(*id).map(|place| &place.step), Some(Step::Item(_))))
    }
}

struct Maker<'r> {
    rules: &'r Rules,
    watch: Watch,
    readers: Vec<(PlaceId, (FormulaId, Reach))>,
    standing: Vec<(PlaceId, FormulaId)>,
}

impl<'r> Maker<'r> {
    fn place(&mut self, id: PlaceId) {
        let Some(place) = self.rules.place(id) else { return };
        if place.is_conditional() {
            let turn = self.rules.order.iter().position(|known| *known == id).unwrap_or_default();
            let both: Vec<&Expression> = place.relevant.iter().chain(&place.calculate).map(|At { expression, .. }| expression).collect();
            self.formula(id, place, Asks::Presence(turn as u32), &both);
        }
        if !place.required.is_empty() {
            let all: Vec<&Expression> = place.required.iter().filter_map(|(expression, _)| expression.as_ref()).collect();
            self.formula(id, place, Asks::Required, &all);
        }
        if !place.readonly.is_empty() {
            let all: Vec<&Expression> = place.readonly.iter().map(|At { expression, .. }| expression).collect();
            self.formula(id, place, Asks::Readonly, &all);
        }
        for (rule, at) in place.rules.iter().zip(0..) {
            let all: Vec<&Expression> = std::iter::once(&rule.test.expression).chain(&rule.when).chain(&rule.message).collect();
            let formula = self.formula(id, place, Asks::Rule(at), &all);
            rule.at.iter().for_each(|names| self.blamed(formula, id, names));
        }
        if let Some((_, At { expression, .. })) = &place.filter {
            let formula = self.formula(id, place, Asks::Offered, &[expression]);
            self.readers.push((id, (formula, Reach::Own)));
        }
    }

    fn formula(&mut self, id: PlaceId, place: &Place, kind: Asks, expressions: &[&'r Expression]) -> FormulaId {
        let formula = self.watch.formulas.len() as FormulaId;
        self.watch.formulas.push(Formula { place: id, kind });
        self.standing.push((id, formula));
        let mut variables = 0;
        for expression in expressions {
            variables |= named(expression);
            for read in expression.reads(types(self.rules)) {
                self.read(formula, read.place, read.by);
            }
        }
        // A variable stands for a value of a place.
        for (variable, place) in [(SELF, id), (PARENT, place.parent), (ROOT, 0)] {
            if variables & variable != 0 {
                self.read(formula, place, variable);
            }
        }
        if variables & (NOW | TODAY) != 0 {
            self.watch.timely.push(formula);
        }
        formula
    }

    fn read(&mut self, formula: FormulaId, place: PlaceId, by: u8) {
        for (variable, reach) in [(ROOT, Reach::All), (PARENT, Reach::Siblings), (SELF, Reach::Own)] {
            if by & variable != 0 {
                self.readers.push((place, (formula, reach)));
            }
        }
    }

    /// Where a rule is shown hangs on which of the fields that lead there are present.
    fn blamed(&mut self, formula: FormulaId, from: PlaceId, names: &[Box<str>]) {
        let mut at = from;
        for name in names {
            at = self.watch.member(self.rules, at, name);
            self.readers.push((at, (formula, Reach::Own)));
        }
    }
}

const fn types(rules: &Rules) -> &Types {
    &rules.types
}

/// The variables that an expression names.
fn named(expression: &Expression) -> u8 {
    (0..5).filter(|variable| expression.names(*variable)).map(|variable| 1 << variable).sum()
}
