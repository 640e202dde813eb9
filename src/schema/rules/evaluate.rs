//! An expression that is asked of a document once, as if it were a rule of the whole.

use super::{Beyond, Rules, Setting};
use crate::expr::{Expression, Names, Problem, Stopped, Val, types};
use crate::json::{Document, to_json};
use crate::schema::program::Program;
use crate::text::Moment;

impl Rules {
    pub(in crate::schema) fn evaluate(&self, program: &Program, source: &str, document: &Document, now: Moment) -> Result<String, Stopped> {
        let root = self.place(0).map_or(types::DYN, |place| place.kind);
        let variables = [("self", root), ("root", root), ("now", types::TIMESTAMP), ("today", types::DATE)];
        let mut types = self.types.clone();
        let expression = Expression::compile(source, &Names::new(&variables), &mut types).map_err(Stopped::Mistaken)?;
        for (list, at) in expression.code_lists() {
            if !program.lists.iter().any(|known| known.name(&program.source) == list) {
                let problem = Problem::NoCodeList { list: list.clone(), suggestion: None };
                return Err(Stopped::Mistaken(expression.mistake(problem, *at)));
            }
        }
        let mut setting = Setting::new(program, self, document, now);
        let outside = Beyond { program, seen: &setting.seen, values: &setting.seen_values };
        let whole = Val::of(document.root(), root, &types);
        let values = [whole.clone(), whole, Some(setting.now.clone()), Some(setting.today.clone())];
        let value = expression.evaluate(&values, &types, &outside, &mut setting.allowance);
        value.map(|value| to_json(&value)).map_err(Stopped::Failed)
    }
}
