//! Expressions in CEL, the Common Expression Language (cel-spec v0.25), compiled once and evaluated over documents as they stand.
//!
//! Left out are messages and enumerations of Protocol Buffers, and time zones but UTC, fixed offsets and Asia/Ho_Chi_Minh. A day of the
//! calendar is a type of its own, `date`. `docs/expressions.md` tells what there is besides CEL's own.
//!
//! ```
//! use hoso::expr::{Alone, Expression, Names, Session, Types, Val, types};
//!
//! let mut types = Types::new();
//! let variables = [("shares", types.list(types::INT))];
//! let rule = Expression::compile("sum(shares) == 100 && shares.all(share, share > 0)", &Names::new(&variables), &mut types);
//! let rule = rule.map_err(|errors| format!("{errors:?}"))?;
//!
//! let shares = Val::from_iter([60, 40].map(Val::Int));
//! let value = rule.evaluate(&[Some(shares)], &types, &Alone, &mut Session::default());
//! assert!(matches!(value, Ok(Val::Bool(true))));
//! # Ok::<(), String>(())
//! ```

mod alone;
mod assign;
mod call;
mod check;
mod error;
mod eval;
mod fold;
mod format;
mod forms;
mod functions;
mod json;
mod kept;
mod lex;
mod lists;
mod numbers;
mod overloads;
mod parse;
mod reads;
mod session;
mod strings;
mod times;
mod tree;
pub mod types;
mod value;

pub use alone::{Stopped, evaluate};
pub use error::{ExpressionError, Failure, Problem, Reason, Remedy};
pub use eval::{Alone, Outside, Seen};
pub(crate) use kept::Kept;
pub use session::Session;
pub use types::{Type, TypeId, Types};
pub use value::{Map, Val};

use crate::regex::Regex;
use eval::Machine;
use tree::{NodeId, Tree};

/// What an expression may name.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    /// The variables with their types, in the order in which [`Expression::evaluate`] takes their values. A name may have dots.
    pub variables: &'n [(&'n str, TypeId)],
    /// Where names without a dot in front are looked for first (language definition, "Name resolution").
    pub container: &'n str,
    /// Types are not checked: what does not fit fails when it is met.
    pub unchecked: bool,
}

impl<'n> Names<'n> {
    /// Variables, in no container, checked.
    #[must_use]
    pub const fn new(variables: &'n [(&'n str, TypeId)]) -> Self {
        Self { variables, container: "", unchecked: false }
    }

    pub(self) const fn is_checked(&self) -> bool {
        !self.unchecked
    }
}

/// A compiled expression.
pub struct Expression {
    source: Box<str>,
    tree: Tree,
    /// Patterns that were prepared, by the calls of `matches`.
    patterns: Vec<(NodeId, Regex)>,
    lists: Vec<(String, usize)>,
    /// What fails whatever the data, and where.
    fails: Option<(Reason, usize)>,
    /// Whether two of its literals are whole numbers of which one does not divide the other, and are divided.
    drops_rest: bool,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Expression").field(&self.source).finish()
    }
}

impl Expression {
    /// Compiles an expression. Types that it makes are added to those that its variables have.
    ///
    /// # Errors
    /// The first mistake of its syntax, or every mistake of its names and types.
    pub fn compile(source: &str, names: &Names<'_>, types: &mut Types) -> Result<Self, Vec<ExpressionError>> {
        let mut tree = parse::parse(source).map_err(|mistake| check::placed(source, vec![*mistake]))?;
        let checked = check::check(&mut tree, names, types);
        if !checked.mistakes.is_empty() {
            return Err(check::placed(source, checked.mistakes));
        }
        let mut expression =
            Self { source: source.into(), tree, patterns: checked.patterns, lists: checked.lists, fails: None, drops_rest: false };
        fold::fold(&mut expression, types);
        Ok(expression)
    }

    /// The expression as it is written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The type of its value.
    #[must_use]
    pub fn result(&self) -> TypeId {
        self.tree.types.get(self.tree.root as usize).copied().unwrap_or(types::DYN)
    }

    /// The value that it has whatever its variables are.
    #[must_use]
    pub fn constant(&self) -> Option<&Val<'static>> {
        self.tree.constant(self.tree.root)
    }

    /// Why a part of it can only fail, and the place in bytes.
    pub(crate) const fn fails(&self) -> Option<(Reason, usize)> {
        self.fails
    }

    /// The code lists that it names, each with the place in bytes.
    pub(crate) fn code_lists(&self) -> &[(String, usize)] {
        &self.lists
    }

    /// The mistake at a place in bytes.
    pub(crate) fn mistake(&self, problem: Problem, at: usize) -> Vec<ExpressionError> {
        check::placed(&self.source, vec![(problem, at)])
    }

    /// Evaluates it, with the variables in the order of [`Names::variables`]; `None` stands for one that is not there, as for a field of the data.
    ///
    /// # Errors
    /// Why there is no value, and where.
    pub fn evaluate<'a>(
        &'a self,
        variables: &[Option<Val<'a>>],
        types: &'a Types,
        outside: &dyn Outside<'a>,
        session: &mut Session<'a>,
    ) -> Result<Val<'a>, Failure> {
        let locals = std::mem::take(&mut session.locals);
        let mut machine = Machine { expression: self, types, variables, outside, session, locals, at: 0 };
        let value = machine.value(self.tree.root);
        machine.locals.clear();
        machine.session.locals = std::mem::take(&mut machine.locals);
        value.map_err(|reason| {
            let before = self.source.get(..machine.at as usize).map_or(0, crate::text::length);
            Failure { reason, character: before as u32 + 1 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, to_json};
    use crate::report::Coded;

    /// The value of an expression as JSON, or the code of what is wrong and its character.
    fn value(source: &str, variables: &str) -> String {
        let document = Document::read(variables).unwrap();
        let mut types = Types::new();
        let names: Vec<(&str, TypeId)> = document.root().members().map(|(name, _)| (name, types::DYN)).collect();
        let compiled = Expression::compile(source, &Names::new(&names), &mut types);
        let expression = match compiled {
            Ok(expression) => expression,
            Err(errors) => return format!("{} {}", errors[0].code(), errors[0].character),
        };
        let values: Vec<_> = document.root().members().map(|(_, value)| Val::of(value, types::DYN, &types)).collect();
        match expression.evaluate(&values, &types, &Alone, &mut Session::default()) {
            Ok(value) => to_json(&value),
            Err(failure) => format!("{} {}", failure.code(), failure.character),
        }
    }

    #[test]
    fn expressions_have_values() {
        for (source, expected) in [
            ("1 + 2 * 3", "7"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("0xFFu", "255"),
            ("1 < 1.5 && 2u > 1.5", "true"),
            ("'a' + \"b\" + r'\\n'", r#""ab\\n""#),
            ("'\\u00ea\\x41\\101'", r#""êAA""#),
            ("b'\\xff'", r#""/w==""#),
            ("[1, 2, 3].map(x, x * x)", "[1,4,9]"),
            ("[1, 2, 3].filter(x, x > 1).exists_one(x, x == 3)", "true"),
            ("{'a': 1, 'b': 2}.map(k, k)", r#"["a","b"]"#),
            ("[1, 2].all(i, x, x > i)", "true"),
            ("{'a': 1}.transformMap(k, v, v + 1)", r#"{"a":2}"#),
            ("[3, 1, 2].sortBy(x, -x)", "[3,2,1]"),
            ("cel.bind(x, 2, x * x)", "4"),
            ("optional.of(1).optMap(x, x + 1).orValue(0)", "2"),
            ("{'a': 1}[?'b'].orValue(7)", "7"),
            ("[?optional.none(), 1]", "[1]"),
            ("duration('1h30m').getMinutes()", "90"),
            ("timestamp('2026-11-24T02:00:00Z').getHours('Asia/Ho_Chi_Minh')", "9"),
            ("date('2026-11-24').getDayOfWeek()", "2"),
            ("daysBetween(date('2026-11-24'), date('2026-12-24'))", "30"),
            ("string(date('2026-11-24'))", r#""2026-11-24""#),
            ("sum([0.1, 0.2])", "0.3"),
            ("true || 1 / 0 == 1", "true"),
            ("1 / 0 == 1 || true", "true"),
            ("type(1) == int && type([]) == list", "true"),
            ("'%.2f|%5'.size()", "7"),
            ("'%s: %.2f'.format(['x', 1.005])", r#""x: 1.00""#),
            ("'hồ sơ'.size()", "5"),
            ("'a,b'.split(',')", r#"["a","b"]"#),
            ("math.greatest(1, 2.5, 2u)", "2.5"),
            ("age(date('2008-02-29'), date('2026-02-28'))", "17"),
            ("addMonths(date('2026-01-31'), 1) == date('2026-02-28')", "true"),
            ("sameName('Nguyễn Văn  Hoà', 'NGUYỄN VĂN HÒA')", "true"),
            ("sexOf('031185000002') + string(birthYearOf('031185000002'))", r#""female1985""#),
            ("normalize('  a   b ')", r#""a b""#),
            ("numberInWords(21)", r#""hai mươi mốt""#),
            ("'ab'.matches('^[[:alpha:]]+\\\\z')", "true"),
        ] {
            assert_eq!(value(source, "{}"), expected, "{source}");
        }
    }

    #[test]
    fn data_is_read_where_it_stands() {
        let data = r#"{"a": {"b": [1, 2.0, "x", null, true, {"c": 5}]}, "hồ-sơ": 1}"#;
        for (source, expected) in [
            ("a.b.size()", "6"),
            ("a.b[0] + a.b[5].c", "6"),
            ("type(a.b[1]) == double", "true"),
            ("a['b'][2]", r#""x""#),
            ("has(a.b) && !has(a.x)", "true"),
            ("a.?x.orValue('none')", r#""none""#),
            ("a.b.exists(x, x == 'x')", "true"),
            ("a.b[5] == {'c': 5}", "true"),
        ] {
            assert_eq!(value(source, data), expected, "{source}");
        }
    }

    #[test]
    fn what_is_wrong_has_a_code_and_a_place() {
        for (source, expected) in [
            ("", "expression.ends-early 1"),
            ("1 +", "expression.ends-early 4"),
            ("(1", "expression.expected 3"),
            ("1 1", "expression.expected 3"),
            ("a # b", "expression.character 3"),
            ("'abc", "expression.quote-unclosed 1"),
            ("'\\q'", "expression.escape 1"),
            ("9223372036854775808", "expression.number 1"),
            ("in", "expression.reserved-word 1"),
            ("has(a)", "expression.has-argument 1"),
            ("[1].all(1, true)", "expression.macro-variable 9"),
            ("a.B{c: 1}", "expression.message-unsupported 4"),
            ("x + 1", "expression.name-unknown 1"),
            ("agge(1)", "expression.function-unknown 1"),
            ("'a' + 1", "expression.no-overload 5"),
            ("1 == 1.0", "expression.no-overload 3"),
            ("1 && true", "expression.result-type 1"),
            ("'a'.matches('(')", "expression.pattern 13"),
            ("(1).a", "expression.no-fields 5"),
            ("1 / 0", "evaluation.division-by-zero 3"),
            ("9223372036854775807 + 1", "evaluation.overflow 21"),
            ("[1][1]", "evaluation.index 4"),
            ("{'a': 1}['b']", "evaluation.no-such-key 9"),
            ("int('x')", "evaluation.bad-value 1"),
            ("optional.none().value()", "evaluation.no-value 17"),
        ] {
            assert_eq!(value(source, "{}"), expected, "{source}");
        }
    }

    #[test]
    fn nothing_runs_for_ever() {
        let long = "1".repeat(100_000);
        let deep = "(".repeat(10_000);
        let sums = ["1"; 3_000].join("+");
        let loops = "lists.range(100000).map(a, lists.range(100000).map(b, lists.range(100000).map(c, a)))";
        let doubled = (0..40).fold("'x'".to_owned(), |inner, at| format!("cel.bind(v{at}, {inner}, v{at} + v{at})"));
        for (source, expected) in [
            (long.as_str(), "expression.too-long"),
            (&deep, "expression.too-deep"),
            (&sums, "expression.too-deep"),
            (loops, "evaluation.too-large"),
            (&doubled, "evaluation.too-large"),
            ("'a'.matches('(a{1000}){1000}')", "expression.pattern"),
        ] {
            assert!(value(source, "{}").starts_with(expected), "{} for {:.50}", value(source, "{}"), source);
        }
    }
}
