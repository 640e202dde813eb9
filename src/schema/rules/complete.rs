//! The document as it counts: without what is not relevant, with what is computed. That is what a package holds.

use super::judge::{Said, failed};
use super::{At, Note, Place, PlaceId, Rules, Setting, Step};
use crate::expr::{Failure, Reason, Seen, TypeId, Types, Val, types};
use crate::json::{Document, Kind, ToJson, Value, Writer, fifteen_digits, to_json};
use crate::limits;
use crate::schema::error::LimitError;
use crate::schema::fault::Fault;
use crate::schema::program::Program;
use crate::schema::run::Held;
use crate::text::Moment;

impl Rules {
    /// The document as it counts; `None` where that is the document itself.
    pub(in crate::schema) fn completed(&self, program: &Program, document: &Document, now: Moment) -> Held<Option<Document>> {
        if self.order.is_empty() {
            return Ok(None);
        }
        let mut setting = Setting::new(program, self, document, now);
        let mut differs = false;
        for place in &self.order {
            differs |= setting.work_out(*place);
        }
        if !differs {
            return Ok(None);
        }
        let mut out = Writer::default();
        setting.write(document.root(), Some(0), &mut out);
        Document::read(out.finish()).map(Some).map_err(|_| LimitError::Completed)
    }
}

impl<'a> Setting<'a> {
    /// Works out which of a place's values count, and what is computed. Whether that differs from the data.
    pub(super) fn work_out(&mut self, id: PlaceId) -> bool {
        let rules = self.rules;
        let Some(place) = rules.place(id) else { return false };
        let mut differs = false;
        let own: Vec<(Option<Value<'a>>, Value<'a>)> = self.instances(id);
        for (value, parent) in own {
            self.stand(id, place, value, Some(parent));
            let mut said = Vec::new();
            let relevant = self.is_relevant(place, &mut said);
            let computed = if relevant { self.computed(place, &mut said) } else { None };
            said.into_iter().for_each(|said| self.note(parent, id, said));
            if !relevant {
                self.see(parent, id, Seen::Hidden);
                differs |= value.is_some();
                continue;
            }
            let (Some(At { block, .. }), computed) = (&place.calculate, computed) else { continue };
            let sent = value.and_then(|value| Val::of(value, place.kind, &rules.types));
            let both = sent.zip(computed.as_ref());
            if value.is_some() && !both.as_ref().is_some_and(|(sent, computed)| agrees(sent, computed, &rules.types)) {
                self.note(parent, id, Said { at: None, block: *block, keyword: "x-calculate", fault: Fault::Differs });
            }
            // What was sent in its place counts for nothing.
            let is_same = both.is_some_and(|(sent, computed)| sent.equals(computed, &rules.types));
            match computed {
                Some(computed) if !is_same => {
                    self.see(parent, id, Seen::Value(computed));
                    differs |= value.is_none();
                }
                None if value.is_some() => self.see(parent, id, Seen::Nothing),
                _ => {}
            }
        }
        differs
    }

    /// Whether a value counts. What is absent asks for nothing. What fails otherwise is told, and nothing is hidden by it.
    pub(in crate::schema) fn is_relevant(&mut self, place: &'a Place, said: &mut Vec<Said<'a>>) -> bool {
        let mut relevant = true;
        for At { expression, block } in &place.relevant {
            relevant &= match self.evaluate(expression) {
                Ok(Val::Bool(relevant)) => relevant,
                Ok(_) => true,
                Err(failure) => {
                    let is_absent = failure.reason == Reason::Absent;
                    failed(failure, *block, "x-relevant", None, said);
                    !is_absent
                }
            };
        }
        relevant
    }

    /// The value that is computed for a place, where there is one.
    pub(in crate::schema) fn computed(&mut self, place: &'a Place, said: &mut Vec<Said<'a>>) -> Option<Val<'a>> {
        let At { expression, block } = place.calculate.as_ref()?;
        let fits = |computed: &Val<'_>| place.kind == types::DYN || is_read_as(computed, place.kind, &self.rules.types);
        match self.evaluate(expression).map(kept) {
            // What is read where nothing says of what type may come out as another than the place takes.
            Ok(Some(computed)) if !fits(&computed) => {
                failed(Failure { reason: Reason::NoOverload, character: 0 }, *block, "x-calculate", None, said);
                None
            }
            Ok(computed) => computed.map(|computed| if place.kind == types::DYN { as_read(computed) } else { computed }),
            Err(failure) => {
                failed(failure, *block, "x-calculate", None, said);
                None
            }
        }
    }

    fn note(&mut self, parent: Value<'a>, place: PlaceId, Said { block, keyword, fault, .. }: Said<'a>) {
        if !self.notes || self.noted.len() >= 2 * limits::FAULTS {
            return;
        }
        if self.noted_at.get((parent.id(), place)).is_none() {
            self.noted_at.insert((parent.id(), place), self.noted.len() as u32);
        }
        self.noted.push(Note { at: (parent.id(), place), block, keyword, fault });
    }

    fn see(&mut self, parent: Value<'a>, place: PlaceId, seen: Seen<'a>) {
        self.seen.insert((parent.id(), place), self.seen_values.len() as u32);
        self.seen_values.push(seen);
        self.session.forget();
    }

    /// Writes a value as it counts. Depth is bounded by `limits::JSON_DEPTH`.
    fn write(&self, value: Value<'a>, place: Option<PlaceId>, out: &mut Writer) {
        let children = place.and_then(|place| self.rules.place(place)).map_or(&[][..], |place| &place.children);
        if children.is_empty() {
            return value.write(out);
        }
        let step_of = |child: PlaceId| self.rules.place(child).map(|place| &place.step);
        match value.kind() {
            Kind::Object => {
                out.word("{");
                for (name, member) in value.members() {
                    let inside =
                        children.iter().copied().find(|child| matches!(step_of(*child), Some(Step::Member(known)) if *known.text == *name));
                    if matches!(inside.and_then(|child| self.counts(value, child)), Some(Seen::Hidden)) {
                        continue;
                    }
                    let inside = inside.or_else(|| children.iter().copied().find(|child| matches!(step_of(*child), Some(Step::Others))));
                    out.name(name);
                    self.write(member, inside, out);
                }
                for child in children {
                    let Some(Step::Member(name)) = step_of(*child) else { continue };
                    if let Some(Seen::Value(computed)) = self.counts(value, *child)
                        && name.of(value).is_none()
                    {
                        out.member(&name.text, computed);
                    }
                }
                out.close('}');
            }
            Kind::Array => {
                out.word("[");
                for (at, item) in value.items().enumerate() {
                    let inside = children.iter().copied().find(|child| match step_of(*child) {
                        Some(Step::Item(only)) => *only as usize == at,
                        Some(Step::ItemsFrom(first)) => *first as usize <= at,
                        _ => false,
                    });
                    self.write(item, inside, out);
                }
                out.close(']');
            }
            _ => value.write(out),
        }
    }

    fn counts(&self, object: Value<'a>, place: PlaceId) -> Option<&Seen<'a>> {
        self.seen_values.get(self.seen.get((object.id(), place))? as usize)
    }
}

/// Whether a value that was sent is what is computed. Of fractions as many digits count as every double holds.
pub(super) fn agrees(sent: &Val<'_>, computed: &Val<'_>, types: &Types) -> bool {
    match sent {
        Val::Double(number) => Val::Double(fifteen_digits(*number)).equals(computed, types),
        sent => sent.equals(computed, types),
    }
}

/// A value that the data can hold; an optional one that holds nothing is absent.
pub(super) fn kept(value: Val<'_>) -> Option<Val<'_>> {
    match value {
        Val::Optional(inside) => inside.and_then(|inside| kept((*inside).clone())),
        Val::Double(number) if !number.is_finite() => None,
        // As a calculator shows it: 3 × 1.1 is 3.3, not 3.3000000000000003.
        Val::Double(number) => Some(Val::Double(fifteen_digits(number))),
        value => Some(value),
    }
}

/// Whether a value is of a type when it is read again.
fn is_read_as(value: &Val<'_>, kind: TypeId, types: &Types) -> bool {
    let own = match value {
        Val::Bool(_) => types::BOOL,
        Val::Int(_) => types::INT,
        Val::Double(_) => types::DOUBLE,
        Val::Text(_) | Val::Made(_) => types::STRING,
        Val::Timestamp(_) => types::TIMESTAMP,
        Val::Date(_) => types::DATE,
        _ => types::DYN,
    };
    own == kind || Document::read(to_json(value)).is_ok_and(|read| Val::of(read.root(), kind, types).is_some())
}

/// A value as it is read again where nothing says of what type it is.
fn as_read(value: Val<'_>) -> Val<'_> {
    match value {
        Val::Double(_) | Val::Uint(_) | Val::Timestamp(_) | Val::Date(_) | Val::Duration(_) | Val::Bytes(_) | Val::Type(_) => {
            let Ok(document) = Document::read(to_json(&value)) else { return value };
            let read = Val::of(document.root(), types::DYN, &Types::default());
            match read {
                Some(Val::Int(whole)) => Val::Int(whole),
                Some(Val::Text(text)) => Val::Made(text.into()),
                _ => value,
            }
        }
        value => value,
    }
}
