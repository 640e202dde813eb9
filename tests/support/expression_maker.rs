//! Makes expressions of CEL by chance: of a type, but for what is put in the wrong place now and then.
#![allow(dead_code, reason = "each test program uses some of it")]

use super::schema_maker::Chance;
use serde_json::{Value, json};

/// The variables of every expression, with their types and values, tagged.
pub fn variables(chance: &mut Chance<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let mut pick = |values: &[Value]| values[chance.below(values.len())].clone();
    let int = |number: i64| json!({"int": number.to_string()});
    let text = |text: &str| json!({ "string": text });
    vec![
        ("b", "bool", pick(&[json!({"bool": true}), json!({"bool": false})])),
        ("i", "int", pick(&[int(0), int(2), int(-3), int(i64::MAX)])),
        ("u", "uint", pick(&[json!({"uint": "0"}), json!({"uint": "3"}), json!({"uint": "18446744073709551615"})])),
        ("d", "double", pick(&[json!({"double": "0.5"}), json!({"double": "-2"}), json!({"double": "1e300"})])),
        ("s", "string", pick(&[text(""), text("a"), text("ab"), text("Lê 😀")])),
        ("l", "list(int)", pick(&[json!({"list": []}), json!({"list": [int(1), int(2), int(0)]})])),
        ("t", "list(string)", pick(&[json!({"list": [text("a"), text("b")]}), json!({"list": [text("")]})])),
        ("m", "map(string, int)", pick(&[json!({"map": []}), json!({"map": [[text("a"), int(1)], [text("b"), int(-2)]]})])),
        ("x", "dyn", pick(&[json!({"null": null}), int(1), text("a"), json!({"list": [int(1), text("a")]}), json!({"double": "1"})])),
    ]
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Ints,
    Texts,
    Map,
    Any,
}

const KINDS: [Kind; 9] = [Kind::Bool, Kind::Int, Kind::Uint, Kind::Double, Kind::Text, Kind::Ints, Kind::Texts, Kind::Map, Kind::Any];
const ORDERED: [Kind; 5] = [Kind::Int, Kind::Uint, Kind::Double, Kind::Text, Kind::Bool];

/// An expression.
pub fn expression(chance: &mut Chance<'_>) -> String {
    Maker { chance, locals: Vec::new(), strict: false }.whole()
}

/// An expression in which everything is in its place, and has a type that is known.
pub fn well_typed(chance: &mut Chance<'_>) -> String {
    Maker { chance, locals: Vec::new(), strict: true }.whole()
}

struct Maker<'m, 'b> {
    chance: &'m mut Chance<'b>,
    /// Names of macros' variables.
    locals: Vec<(String, Kind)>,
    strict: bool,
}

impl Maker<'_, '_> {
    fn whole(&mut self) -> String {
        let depth = 1 + self.chance.below(3);
        let kind = self.kind();
        self.of(kind, depth)
    }

    fn kind(&mut self) -> Kind {
        // The last is any.
        KINDS[self.chance.below(KINDS.len() - usize::from(self.strict))]
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.chance.below(from.len())]
    }

    fn of(&mut self, kind: Kind, depth: usize) -> String {
        let kind = if !self.strict && self.chance.below(24) == 23 { self.kind() } else { kind };
        let local = self.locals.iter().rev().find(|(_, of)| *of == kind).map(|(name, _)| name.clone());
        if let Some(name) = local.filter(|_| self.chance.below(3) == 0) {
            return name;
        }
        if depth == 0 {
            return self.leaf(kind);
        }
        let depth = depth - 1;
        match self.chance.below(8) {
            0 => format!("({} ? {} : {})", self.of(Kind::Bool, depth), self.of(kind, depth), self.of(kind, depth)),
            1 => self.leaf(kind),
            _ => match kind {
                Kind::Bool => self.bool(depth),
                Kind::Int => self.int(depth),
                Kind::Uint => self.uint(depth),
                Kind::Double => self.double(depth),
                Kind::Text => self.text(depth),
                Kind::Ints => self.list(Kind::Int, Kind::Ints, depth),
                Kind::Texts => self.list(Kind::Text, Kind::Texts, depth),
                Kind::Map => self.map(depth),
                Kind::Any => self.any(depth),
            },
        }
    }

    fn leaf(&mut self, kind: Kind) -> String {
        let leaf = self.pick(match kind {
            Kind::Bool => &["b", "true", "false"],
            Kind::Int => &["i", "0", "1", "2", "-1", "7", "0x1F", "9223372036854775807", "-9223372036854775808"],
            Kind::Uint => &["u", "0u", "1u", "2u", "18446744073709551615u"],
            Kind::Double => &["d", "0.0", "1.0", "1.5", "-0.5", "2.0", "1e300", ".25", "9007199254740993.0"],
            Kind::Text => &["s", "''", "'a'", "\"ab\"", "'ê'", "'A😀'", "'1'", "'-2.5'", "r'\\d'", "'\\n\\u00ea\\101'", "'true'"],
            Kind::Ints => &["l", "[]", "[1, 2]", "[3, 1, 2]"],
            Kind::Texts => &["t", "['a', 'ab']", "['']"],
            Kind::Map => &["m", "{}", "{'a': 1}", "{'a': 0, 'ê': 2}"],
            Kind::Any => &["x", "null", "[1, 'a']", "dyn(1)", "dyn('a')", "dyn(2.0)", "{1: 'a', true: 2}", "b'a'"],
        });
        // What is in these may be of any type, and the first use says which.
        match leaf {
            "[]" if self.strict => "l",
            "{}" if self.strict => "m",
            leaf => leaf,
        }
        .to_owned()
    }

    fn bool(&mut self, depth: usize) -> String {
        match self.chance.below(12) {
            0 | 1 => {
                let sign = self.pick(&["&&", "||"]);
                format!("({} {sign} {})", self.of(Kind::Bool, depth), self.of(Kind::Bool, depth))
            }
            2 => format!("!{}", self.of(Kind::Bool, depth)),
            3 | 4 => {
                let (kind, sign) = (self.pick(&ORDERED), self.pick(&["<", "<=", ">", ">="]));
                format!("({} {sign} {})", self.of(kind, depth), self.of(kind, depth))
            }
            5 | 6 => {
                let (kind, sign) = (self.kind(), self.pick(&["==", "!="]));
                format!("({} {sign} {})", self.of(kind, depth), self.of(kind, depth))
            }
            7 => {
                let (item, list) = self.pick(&[(Kind::Int, Kind::Ints), (Kind::Text, Kind::Texts), (Kind::Text, Kind::Map)]);
                format!("({} in {})", self.of(item, depth), self.of(list, depth))
            }
            8 => {
                let function = self.pick(&["startsWith", "endsWith", "contains"]);
                format!("{}.{function}({})", self.of(Kind::Text, depth), self.of(Kind::Text, depth))
            }
            9 => format!("{}.matches({})", self.of(Kind::Text, depth), self.pick(&["'^a'", "'[ab]+$'", "'(?i)LÊ'", "r'\\pL'", "'a{2}|ê'"])),
            10 => format!("has({})", self.pick(&["m.a", "m.b", "m.c", "{'a': 1}.a", if self.strict { "m.d" } else { "x.a" }])),
            _ => {
                let (kind, list) = self.pick(&[(Kind::Int, Kind::Ints), (Kind::Text, Kind::Texts), (Kind::Text, Kind::Map)]);
                let name = self.pick(&["all", "exists", "exists_one"]);
                self.looped(list, kind, name, Kind::Bool, depth)
            }
        }
    }

    /// A macro over a list or a map.
    fn looped(&mut self, list: Kind, item: Kind, name: &str, body: Kind, depth: usize) -> String {
        let range = self.of(list, depth);
        let local = format!("v{}", self.locals.len());
        self.locals.push((local.clone(), item));
        let body = self.of(body, depth);
        self.locals.pop();
        format!("{range}.{name}({local}, {body})")
    }

    fn arithmetic(&mut self, kind: Kind, depth: usize) -> String {
        let sign = self.pick(&["+", "-", "*", "/", "+", "-", "%"]);
        let sign = if kind == Kind::Double && sign == "%" { "+" } else { sign };
        format!("({} {sign} {})", self.of(kind, depth), self.of(kind, depth))
    }

    fn int(&mut self, depth: usize) -> String {
        match self.chance.below(9) {
            0..3 => self.arithmetic(Kind::Int, depth),
            3 => format!("-{}", self.of(Kind::Int, depth)),
            4 => {
                let kind = self.pick(&[Kind::Text, Kind::Ints, Kind::Texts, Kind::Map]);
                format!("size({})", self.of(kind, depth))
            }
            5 => format!("{}.size()", self.of(Kind::Text, depth)),
            6 => {
                let kind = self.pick(&[Kind::Text, Kind::Uint, Kind::Double, Kind::Int]);
                format!("int({})", self.of(kind, depth))
            }
            7 => format!("{}[{}]", self.of(Kind::Ints, depth), self.of(Kind::Int, depth)),
            _ => self.pick(&["m.a", "m['b']", "m.c", "{'a': 2}.a", "l[0]", "{1: 2}[1]"]).to_owned(),
        }
    }

    fn uint(&mut self, depth: usize) -> String {
        match self.chance.below(3) {
            0 | 1 => self.arithmetic(Kind::Uint, depth),
            _ => {
                let kind = self.pick(&[Kind::Text, Kind::Int, Kind::Double, Kind::Uint]);
                format!("uint({})", self.of(kind, depth))
            }
        }
    }

    fn double(&mut self, depth: usize) -> String {
        match self.chance.below(4) {
            0 | 1 => self.arithmetic(Kind::Double, depth),
            2 => format!("-{}", self.of(Kind::Double, depth)),
            _ => {
                let kind = self.pick(&[Kind::Text, Kind::Int, Kind::Uint, Kind::Double]);
                format!("double({})", self.of(kind, depth))
            }
        }
    }

    fn text(&mut self, depth: usize) -> String {
        match self.chance.below(5) {
            0 | 1 => format!("({} + {})", self.of(Kind::Text, depth), self.of(Kind::Text, depth)),
            2 => {
                let kind = self.pick(&[Kind::Int, Kind::Uint, Kind::Double, Kind::Bool, Kind::Text]);
                format!("string({})", self.of(kind, depth))
            }
            3 => format!("{}[{}]", self.of(Kind::Texts, depth), self.of(Kind::Int, depth)),
            _ => self.leaf(Kind::Text),
        }
    }

    fn list(&mut self, item: Kind, list: Kind, depth: usize) -> String {
        match self.chance.below(5) {
            0 => format!("({} + {})", self.of(list, depth), self.of(list, depth)),
            1 => format!("[{}, {}]", self.of(item, depth), self.of(item, depth)),
            2 => {
                let (from, of) = self.pick(&[(Kind::Ints, Kind::Int), (Kind::Texts, Kind::Text), (Kind::Map, Kind::Text)]);
                self.looped(from, of, "map", item, depth)
            }
            3 => self.looped(list, item, "filter", Kind::Bool, depth),
            _ => self.leaf(list),
        }
    }

    fn map(&mut self, depth: usize) -> String {
        format!("{{{}: {}, 'k': {}}}", self.of(Kind::Text, depth), self.of(Kind::Int, depth), self.of(Kind::Int, depth))
    }

    fn any(&mut self, depth: usize) -> String {
        let kind = self.kind();
        match self.chance.below(5) {
            0 => format!("dyn({})", self.of(kind, depth)),
            1 => format!("x[{}]", self.of(kind, depth)),
            2 => format!("[{}, {}]", self.of(Kind::Any, depth), self.of(kind, depth)),
            3 => format!("type({}) == {}", self.of(kind, depth), self.pick(&["int", "string", "list", "type(1.0)", "null_type", "map"])),
            _ => format!("{{{}: {}}}", self.of(kind, depth), self.of(Kind::Any, depth)),
        }
    }
}
