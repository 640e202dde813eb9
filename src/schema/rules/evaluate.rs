//! An expression that is asked of a document once, as if it were a rule of the whole.

use super::{Beyond, Rules, Setting};
use crate::expr::{Expression, Names, Problem, Stopped, types};
use crate::json::{Document, to_json};
use crate::schema::program::Program;
use crate::text::Moment;

impl Rules {
    pub(in crate::schema) fn evaluate(&self, program: &Program, source: &str, document: &Document, now: Moment) -> Result<String, Stopped> {
        let root = self.kind(0);
        let variables = [("self", root), ("root", root), ("now", types::TIMESTAMP), ("today", types::DATE)];
        let mut types = self.types.clone();
        let expression = Expression::compile(source, &Names::new(&variables), &mut types).map_err(Stopped::Mistaken)?;
        for (list, at) in expression.code_lists() {
            if !program.lists.iter().any(|known| known.name(&program.source) == list) {
                let problem = Problem::NoCodeList { list: list.clone(), suggestion: None };
                return Err(Stopped::Mistaken(expression.mistake(problem, *at)));
            }
        }
        // What is computed counts, and what is not relevant does not.
        let mut setting = Setting::new(program, self, document, now);
        for place in &self.order {
            setting.work_out(*place);
        }
        let [_, whole, now, today, ..] = setting.variables.clone();
        let values = [whole.clone(), whole, now, today];
        let outside = Beyond { program, root: setting.root, seen: &setting.seen, values: &setting.seen_values };
        let value = expression.evaluate(&values, &types, &outside, &mut setting.session);
        value.map(|value| to_json(&value)).map_err(Stopped::Failed)
    }
}
