//! The expressions of a schema, one after the other: for who looks a schema over.

use super::{At, PlaceId, Rules, Step};
use crate::expr::Expression;
use crate::json::Value;
use crate::schema::program::Program;

impl Rules {
    /// Calls back with each expression where it stands, and whether its place is one of many. What is read-only may always be so.
    pub(in crate::schema) fn each<'p>(&'p self, program: &'p Program, see: &mut dyn FnMut(Value<'p>, &'p Expression, bool)) {
        for (id, place) in (0..).zip(&self.places) {
            let many = self.is_one_of_many(id);
            let schema = |block| program.block(block).map(|block| program.constant(block.at));
            let mut keyword = |at: &'p At, name: &str| {
                if let Some(value) = schema(at.block).and_then(|schema| schema.member(name)) {
                    see(value, &at.expression, many);
                }
            };
            place.relevant.iter().for_each(|at| keyword(at, "x-relevant"));
            place.calculate.iter().for_each(|at| keyword(at, "x-calculate"));
            for (expression, block) in &place.required {
                if let (Some(expression), Some(value)) = (expression, schema(*block).and_then(|schema| schema.member("x-required"))) {
                    see(value, expression, many);
                }
            }
            for rule in &place.rules {
                see(program.constant(rule.node).part("rule"), &rule.test.expression, many);
            }
        }
    }

    fn is_one_of_many(&self, id: PlaceId) -> bool {
        let mut at = id;
        while at != 0 {
            let Some(place) = self.place(at) else { return false };
            if matches!(place.step, Step::ItemsFrom(_) | Step::Others) {
                return true;
            }
            at = place.parent;
        }
        false
    }
}
