//! Expressions compiled at their places, and what is wrong with them.

use super::shapes::{EXPRESSIONS, Shapes, fits, walk};
use super::{At, PlaceId, Rule, Rules, Step, order};
use crate::expr::types::{self, Type, TypeId};
use crate::expr::{Expression, ExpressionError, Names, Problem, Val};
use crate::json::{Kind, NodeId, Pointer, Value};
use crate::limits;
use crate::pairs::Pairs;
use crate::report::Level;
use crate::schema::compile::{Compiled, Compiler};
use crate::schema::error::SchemaProblem;
use crate::schema::vocabulary::languages;
use crate::text::nearest;

/// Keywords of the schema whose expressions must be found again at some place.
#[derive(Default)]
pub(in crate::schema) struct Noted(Vec<NodeId>);

/// Notes a keyword; where it applies is found once the whole schema is known.
pub(in crate::schema) fn note(compiler: &mut Compiler<'_>, value: Value<'_>) -> Compiled {
    compiler.noted_expressions.0.push(value.id());
    Ok(())
}

/// Compiles every expression of a schema. Without any, nothing is done unless the types are wanted.
pub(in crate::schema) fn compile(compiler: &mut Compiler<'_>, keep_types: bool) -> Rules {
    let noted = std::mem::take(&mut compiler.noted_expressions).0;
    if noted.is_empty() && !keep_types {
        return Rules::default();
    }
    let shapes = walk(compiler);
    let mut maker =
        Maker { compiler, shapes, done: Pairs::default(), ids: Vec::new(), bytes: limits::EXPRESSIONS_BYTES, written: Vec::new() };
    for place in 0..maker.shapes.places.len() as PlaceId {
        maker.place(place);
    }
    let Maker { mut shapes, done, .. } = maker;
    for node in noted {
        if done.get((node, 0)).is_none() {
            compiler.mistake(compiler.source.value(node), SchemaProblem::NeverApplies);
        }
    }
    for place in (0..shapes.places.len() as PlaceId).rev() {
        shapes.keep(place);
    }
    for again in std::mem::take(&mut shapes.recursive) {
        let leads = shapes.places.get(again as usize).is_some_and(|place| place.has_any() || !place.children.is_empty());
        let at = shapes.parts.get_mut(again as usize).map(std::mem::take).and_then(|parts| parts.first().copied());
        if let Some(at) = at.filter(|_| leads) {
            compiler.mistake(at, SchemaProblem::RecursiveRules);
        }
    }
    let order = order::order(compiler, &shapes);
    Rules { types: shapes.types, places: shapes.places, order }
}

impl Shapes<'_> {
    /// Lets the place above know of one that leads to an expression. Those below were asked before.
    fn keep(&mut self, place: PlaceId) {
        let Some(own) = self.places.get_mut(place as usize) else { return };
        own.children.reverse();
        let (leads, parent) = (own.has_any() || !own.children.is_empty(), own.parent);
        if leads
            && place != 0
            && let Some(above) = self.places.get_mut(parent as usize)
        {
            above.children.push(place);
        }
    }
}

struct Maker<'c, 's> {
    compiler: &'c mut Compiler<'s>,
    shapes: Shapes<'s>,
    /// Keywords that were found at a place.
    done: Pairs,
    /// Ids of rules, each with its rule.
    ids: Vec<(&'s str, NodeId)>,
    /// Bytes of expressions that may still be compiled.
    bytes: usize,
    /// Of each place that was asked, what else than a person writes it or what it stands in.
    written: Vec<u8>,
}

/// What a database answered is written by nothing else, and nothing in it.
const LOOKUP: u8 = 1;
const CALCULATED: u8 = 2;
const ELSEWHERE: SchemaProblem =
    SchemaProblem::takes("một chỗ ngoài x-lookup và x-calculate khác", "a place outside of another x-lookup or x-calculate");

impl<'s> Maker<'_, 's> {
    fn place(&mut self, id: PlaceId) {
        let parts = self.shapes.parts.get(id as usize).cloned().unwrap_or_default();
        let parent = self.shapes.places.get(id as usize).map_or(0, |place| place.parent);
        // Those above were asked before; the whole has none.
        let above = self.written.get(parent as usize).copied().unwrap_or_default();
        let mut own = 0;
        for schema in &parts {
            for (keyword, by) in [("x-lookup", LOOKUP), ("x-calculate", CALCULATED)] {
                if schema.member(keyword).is_some() {
                    own |= by;
                }
            }
        }
        self.written.push(above | own);
        for schema in parts {
            for keyword in EXPRESSIONS {
                let Some(value) = schema.member(keyword) else { continue };
                self.done.insert((value.id(), 0), 0);
                let is_member = self.shapes.places.get(id as usize).is_some_and(|place| matches!(place.step, Step::Member(_)));
                if !is_member && !matches!(keyword, "x-rules" | "x-readonly") {
                    self.compiler.mistake(value, SchemaProblem::OnlyOnProperty);
                    continue;
                }
                let clash = match keyword {
                    "x-lookup" => above & LOOKUP | (above | own) & CALCULATED,
                    "x-relevant" | "x-calculate" => above & LOOKUP,
                    _ => 0,
                };
                if clash != 0 {
                    self.compiler.mistake(value, ELSEWHERE);
                    continue;
                }
                self.keyword(id, schema, keyword, value);
            }
            if let Some(files) = schema.member("x-attachment").filter(|_| above & LOOKUP != 0) {
                self.compiler.mistake(files, ELSEWHERE);
            }
            if let Some(options) = schema.member("x-options") {
                self.filter(id, schema, options);
            }
        }
    }

    fn lookup(&mut self, id: PlaceId, value: Value<'s>) {
        if !matches!(self.shapes.types.get(self.kind(id)), Type::Object(_)) {
            let expected = SchemaProblem::takes("\"type\": \"object\" ở cùng chỗ", "\"type\": \"object\" beside it");
            self.compiler.mistake(value, expected);
        }
        self.with(id, |place| place.lookup = Some(value.id()));
    }

    fn keyword(&mut self, id: PlaceId, schema: Value<'s>, keyword: &str, value: Value<'s>) {
        if keyword == "x-lookup" {
            return self.lookup(id, value);
        }
        if keyword == "x-rules" {
            if value.kind() != Kind::Array {
                self.compiler.mistake(value, SchemaProblem::takes("một danh sách quy tắc", "a list of rules"));
            }
            value.items().for_each(|rule| self.rule(id, schema, rule));
            return;
        }
        if keyword == "x-required" && value.kind() == Kind::True {
            let block = self.compiler.block_of(schema);
            self.with(id, |place| place.required.push((None, block)));
            return;
        }
        let wanted = if keyword == "x-calculate" { self.kind(id) } else { types::BOOL };
        let Some(at) = self.expression(id, schema, value, Some(wanted), false) else { return };
        self.with(id, |place| match keyword {
            "x-relevant" => place.relevant.push(at),
            "x-required" => place.required.push((Some(at.expression), at.block)),
            "x-readonly" => place.readonly.push(at),
            _ => place.calculate = Some(at),
        });
    }

    fn with(&mut self, id: PlaceId, change: impl FnOnce(&mut super::Place)) {
        if let Some(place) = self.shapes.places.get_mut(id as usize) {
            change(place);
        }
    }

    fn kind(&self, id: PlaceId) -> TypeId {
        self.shapes.places.get(id as usize).map_or(types::DYN, |place| place.kind)
    }

    /// Compiles one expression; notes what is wrong at its text.
    fn expression(&mut self, id: PlaceId, schema: Value<'s>, value: Value<'s>, wanted: Option<TypeId>, option: bool) -> Option<At> {
        let Some(source) = value.as_str() else {
            self.compiler.mistake(value, SchemaProblem::takes("một biểu thức CEL trong dấu nháy", "an expression of CEL, as a string"));
            return None;
        };
        let Some(left) = self.bytes.checked_sub(source.len() + 100) else {
            // Told once.
            if std::mem::take(&mut self.bytes) > 0 {
                self.compiler.mistake(value, SchemaProblem::takes("một bộ quy tắc có ít biểu thức hơn", "a schema with fewer expressions"));
            }
            return None;
        };
        self.bytes = left;
        let parent = self.shapes.places.get(id as usize).map_or(0, |place| place.parent);
        let variables = [
            ("self", self.kind(id)),
            ("root", self.kind(0)),
            ("now", types::TIMESTAMP),
            ("today", types::DATE),
            ("parent", self.kind(parent)),
            ("option", self.shapes.types.entry()),
        ];
        // The whole has no parent, and only the filter of a code list an option.
        let count = if option {
            6
        } else if id == 0 {
            4
        } else {
            5
        };
        let names = Names::new(variables.get(..count).unwrap_or_default());
        let compiled = Expression::compile(source, &names, &mut self.shapes.types);
        let expression = match compiled {
            Ok(expression) => expression,
            Err(errors) => {
                self.mistakes(value, errors);
                return None;
            }
        };
        for (list, at) in expression.code_lists() {
            if let Err(SchemaProblem::NoCodeList { list, suggestion }) = self.compiler.code_list(list) {
                self.mistakes(value, expression.mistake(Problem::NoCodeList { list, suggestion }, *at));
            }
        }
        if let Some((reason, at)) = expression.fails() {
            self.mistakes(value, expression.mistake(Problem::AlwaysFails(reason), at));
        }
        if let Some(wanted) = wanted.filter(|wanted| !fits(expression.result(), *wanted, &self.shapes.types)) {
            let (expected, found) = (self.shapes.types.text(wanted), self.shapes.types.text(expression.result()));
            self.mistakes(value, expression.mistake(Problem::Result { expected, found }, 0));
        }
        Some(At { expression, block: self.compiler.block_of(schema) })
    }

    fn mistakes(&mut self, value: Value<'s>, errors: Vec<ExpressionError>) {
        for error in errors {
            self.compiler.mistake(value, SchemaProblem::Expression(error));
        }
    }

    fn rule(&mut self, id: PlaceId, schema: Value<'s>, rule: Value<'s>) {
        const PARTS: [&str; 8] = ["id", "rule", "message", "messageExpression", "at", "level", "when", "legalBasis"];
        if rule.kind() != Kind::Object {
            return self.compiler.mistake(
                rule,
                SchemaProblem::takes("{\"id\": …, \"rule\": …, \"message\": …}", "{\"id\": …, \"rule\": …, \"message\": …}"),
            );
        }
        for (name, part) in rule.members() {
            if !PARTS.contains(&name) {
                let suggestion = nearest(name, &mut PARTS.into_iter());
                self.compiler.mistake(part, SchemaProblem::UnknownKeyword { keyword: name.to_owned(), suggestion });
            }
        }
        for part in ["id", "rule", "message"] {
            if rule.member(part).is_none() {
                return self.compiler.mistake(rule, SchemaProblem::PartMissing { part });
            }
        }
        self.name(rule);
        if let Err(problem) = languages(rule.part("message")) {
            self.compiler.mistake(rule.part("message"), problem);
        }
        for text in rule.part("message").fields().filter(|text| text.as_str().is_some_and(names_values)) {
            let expected = SchemaProblem::takes(
                "một câu chỉ có {label} và {Label} trong dấu { }, giá trị thì ghi bằng messageExpression",
                "a sentence with {label} and {Label} alone in braces; values are written by messageExpression",
            );
            self.compiler.mistake(text, expected);
        }
        if let Some(basis) = rule.member("legalBasis").filter(|basis| basis.as_str().is_none()) {
            self.compiler.mistake(basis, SchemaProblem::takes("tên văn bản và điều khoản", "a document and its article, as a text"));
        }
        let level = match rule.member("level").map(|level| level.as_str()) {
            None | Some(Some("error")) => Level::Error,
            Some(Some("warning")) => Level::Warning,
            Some(Some("review")) => Level::Review,
            Some(_) => {
                return self
                    .compiler
                    .mistake(rule.part("level"), SchemaProblem::takes("error, warning hoặc review", "error, warning or review"));
            }
        };
        let test = self.expression(id, schema, rule.part("rule"), Some(types::BOOL), false);
        let mut other = |name, wanted| {
            rule.member(name).and_then(|value| self.expression(id, schema, value, Some(wanted), false)).map(|at| at.expression)
        };
        let (when, message) = (other("when", types::BOOL), other("messageExpression", types::STRING));
        let at = self.shown_at(id, rule);
        let Some(test) = test else { return };
        if matches!(test.expression.constant(), Some(Val::Bool(false))) {
            self.mistakes(rule.part("rule"), test.expression.mistake(Problem::NeverTrue, 0));
        }
        let rule = Rule { node: rule.id(), test, when, message, level, at };
        self.with(id, |place| place.rules.push(rule));
    }

    /// An id belongs to one rule, which may apply at several places.
    fn name(&mut self, rule: Value<'s>) {
        let is_name =
            |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        let name = rule.part("id");
        match name.as_str().filter(is_name) {
            Some(id) if self.ids.iter().all(|(known, node)| *known != id || *node == rule.id()) => self.ids.push((id, rule.id())),
            Some(_) => self.compiler.mistake(name, SchemaProblem::takes("một mã quy tắc chưa dùng", "an id that no other rule has")),
            None => self.compiler.mistake(name, SchemaProblem::takes("một mã gồm chữ, số, dấu - _ .", "an id of letters, digits, - _ .")),
        }
    }

    /// The pointers of `at`, each to a declared field.
    fn shown_at(&mut self, id: PlaceId, rule: Value<'s>) -> Vec<Vec<Box<str>>> {
        const EXPECTED: SchemaProblem =
            SchemaProblem::takes("một danh sách con trỏ, ví dụ [\"/endDate\"]", "a list of pointers, for example [\"/endDate\"]");
        let Some(list) = rule.member("at") else { return Vec::new() };
        if list.kind() != Kind::Array || list.is_empty() {
            self.compiler.mistake(list, EXPECTED);
        }
        let mut places = Vec::new();
        for item in list.items() {
            match item.as_str().and_then(Pointer::parse) {
                Some(pointer) => match self.leads(id, &pointer) {
                    Ok(()) => places.push(pointer.tokens().map(|token| Box::from(&*token)).collect()),
                    Err(suggestion) => {
                        let field = pointer.as_str().to_owned();
                        self.compiler.mistake(item, SchemaProblem::UnknownField { field, suggestion });
                    }
                },
                None => self.compiler.mistake(item, EXPECTED),
            }
        }
        places
    }

    /// Whether a pointer leads through declared fields; else one that it resembles.
    fn leads(&self, id: PlaceId, pointer: &Pointer) -> Result<(), Option<String>> {
        let types = &self.shapes.types;
        let mut kind = self.kind(id);
        for (at, token) in pointer.tokens().enumerate() {
            while let Type::Nullable(of) = types.get(kind) {
                kind = of;
            }
            kind = match types.get(kind) {
                Type::Object(object) => {
                    let Some(object) = types.objects.get(object as usize) else { return Ok(()) };
                    match object.field(&token).map(|field| field.kind).or(object.others) {
                        Some(kind) => kind,
                        None => {
                            let near = nearest(&token, &mut object.fields.iter().map(|field| &*field.name));
                            return Err(near.map(|near| crate::schema::procedure::with_token(pointer, at, near)));
                        }
                    }
                }
                Type::Dyn | Type::Map(..) => return Ok(()),
                _ => return Err(None),
            };
        }
        Ok(())
    }

    fn filter(&mut self, id: PlaceId, schema: Value<'s>, options: Value<'s>) {
        let Some(filter) = options.member("filter") else { return };
        self.done.insert((filter.id(), 0), 0);
        let Some(list) = options.part("list").as_str().and_then(|name| self.compiler.code_list(name).ok()) else { return };
        if let Some(at) = self.expression(id, schema, filter, Some(types::BOOL), true) {
            self.with(id, |place| place.filter = Some((list, at)));
        }
    }
}

/// Whether a sentence of a rule has something else in braces than the label of its field. A brace reaches to the next that closes, as `report` fills it.
fn names_values(sentence: &str) -> bool {
    let mut rest = sentence;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, behind)) = behind.split_once('}') else { return false };
        if !matches!(name, "label" | "Label") {
            return true;
        }
        rest = behind;
    }
    false
}
