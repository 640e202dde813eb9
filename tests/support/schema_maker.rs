//! Makes schemas and documents by chance, small ones over few names, so that they often have to do with one another.
#![allow(dead_code, reason = "choices come from one of the two")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a list that has no such item is a mistake here")]

use serde_json::{Map, Value, json};

/// Where choices come from.
pub enum Chance<'b> {
    /// Splitmix64 from a seed: the same choices in every run.
    Seed(u64),
    /// One choice a byte; when they are used up always the first, which ends what goes on.
    Bytes(&'b [u8]),
}

const NAMES: [&str; 4] = ["a", "b", "họ", "a/b~"];
/// Meant alike by ECMA-262 and by Python.
const PATTERNS: [&str; 5] = ["^a", "ê", "^.$", "[ab]", "^(?:n[0-4]|h)"];
const KINDS: [&str; 7] = ["null", "boolean", "object", "array", "number", "integer", "string"];

impl Chance<'_> {
    /// One of the numbers below that.
    pub fn below(&mut self, most: usize) -> usize {
        let state = match self {
            Self::Seed(state) => state,
            Self::Bytes(bytes) => return bytes.split_off_first().map_or(0, |byte| usize::from(*byte) % most),
        };
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    fn name(&mut self) -> &'static str {
        NAMES[self.below(NAMES.len())]
    }

    fn scalar(&mut self) -> Value {
        match self.below(14) {
            0 => Value::Null,
            1 => json!(false),
            2 => json!(true),
            3 => json!(0),
            4 => json!(1),
            5 => json!(1.0),
            6 => json!(-2),
            7 => json!(2.5),
            8 => json!(9_007_199_254_740_993_u64),
            9 => json!(""),
            10 => json!("ê"),
            11 => json!("😀b"),
            12 => json!(self.name()),
            _ => json!(self.below(6)),
        }
    }

    /// A document.
    pub fn document(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 2 } else { 6 }) {
            0 | 1 => self.scalar(),
            // Now and then a list or object so large that it is compared in another way.
            2 | 3 => (0..[0, 1, 2, 3, 3, 10][self.below(6)]).map(|_| self.document(depth - 1)).collect(),
            _ => {
                let mut members: Map<String, Value> =
                    (0..self.below(4)).map(|_| (self.name().to_owned(), self.document(depth - 1))).collect();
                if self.below(12) == 0 {
                    members.extend((0..10).map(|at| (format!("n{at}"), self.document(0))));
                }
                Value::Object(members)
            }
        }
    }

    /// A schema of the dialect 2020-12.
    pub fn whole_schema(&mut self) -> Value {
        let mut schema = self.schema(3);
        if let Value::Object(members) = &mut schema {
            // What references lead to refers to nothing in place, so no schema loops.
            let target =
                json!({"type": ["object", "array", "integer"], "properties": {"a": {"$ref": "#/$defs/b"}}, "items": {"$ref": "#/$defs/a"}});
            // The name means what the outer resource says, on the way through the inner one too.
            let inner = json!({"$id": "inner", "properties": {"b": {"$dynamicRef": "#meant"}}, "$defs": {"c": {"$dynamicAnchor": "meant", "type": "array"}}});
            let meant = json!({"$dynamicAnchor": "meant", "type": ["object", "integer", "string"], "minLength": 1});
            let named = json!({"$anchor": "named", "type": "object", "properties": {"a": {"$ref": "inner"}}, "maxProperties": 2});
            members.insert("$id".to_owned(), json!("https://portal.example/outer"));
            members.insert("$defs".to_owned(), json!({"a": target, "b": self.schema(0), "c": meant, "d": named, "e": inner}));
        }
        schema
    }

    fn schema(&mut self, depth: usize) -> Value {
        if self.below(12) == 0 {
            return json!(self.below(3) > 0);
        }
        let mut members = Map::new();
        for _ in 0..=self.below(3) {
            let (keyword, value) = if depth == 0 || self.below(3) == 0 { self.assertion() } else { self.applicator(depth - 1) };
            members.insert(keyword.to_owned(), value);
        }
        Value::Object(members)
    }

    fn assertion(&mut self) -> (&'static str, Value) {
        match self.below(20) {
            0 | 1 => ("type", json!(KINDS[self.below(KINDS.len())])),
            2 => ("type", json!([KINDS[self.below(3)], KINDS[3 + self.below(4)]])),
            3 => ("const", self.document(1)),
            4 => ("enum", json!([self.document(1), self.scalar(), self.scalar()])),
            5 => ("minimum", json!(self.below(4))),
            6 => ("maximum", json!(1.5)),
            7 => ("exclusiveMinimum", json!(0)),
            8 => ("exclusiveMaximum", json!(9_007_199_254_740_993_u64)),
            9 => ("multipleOf", [json!(2), json!(0.5), json!(1.0)][self.below(3)].clone()),
            10 => ("minLength", json!(self.below(3))),
            11 => ("maxLength", json!(self.below(3))),
            12 => ("minItems", json!(self.below(3))),
            13 => ("maxItems", json!(self.below(3))),
            14 => ("uniqueItems", json!(true)),
            15 => ("minProperties", json!(self.below(3))),
            16 => ("maxProperties", json!(self.below(3))),
            17 => ("required", json!([self.name()])),
            18 => ("pattern", json!(PATTERNS[self.below(PATTERNS.len())])),
            _ => ("dependentRequired", json!({self.name(): [self.name()]})),
        }
    }

    fn applicator(&mut self, depth: usize) -> (&'static str, Value) {
        match self.below(23) {
            0 => ("allOf", json!([self.schema(depth), self.schema(depth)])),
            1 => ("anyOf", json!([self.schema(depth), self.schema(depth)])),
            2 | 3 => ("oneOf", json!([self.schema(depth), self.schema(depth)])),
            4 => ("oneOf", json!([{"const": "a"}, {"const": "", "title": "t"}, {"const": "ê"}])),
            5 => ("not", self.schema(depth)),
            6 => ("if", self.schema(depth)),
            7 => ("then", self.schema(depth)),
            8 => ("else", self.schema(depth)),
            9 => ("items", self.schema(depth)),
            10 => ("prefixItems", json!([self.schema(depth), self.schema(depth)])),
            11 => ("contains", self.schema(depth)),
            12 => ("minContains", json!(self.below(3))),
            13 => ("maxContains", json!(self.below(3))),
            14 | 15 => ("properties", json!({self.name(): self.schema(depth), self.name(): self.schema(depth)})),
            16 => ("additionalProperties", self.schema(depth)),
            17 => ("propertyNames", self.schema(depth)),
            18 => ("patternProperties", json!({PATTERNS[self.below(PATTERNS.len())]: self.schema(depth), "^a": self.schema(depth)})),
            19 | 20 => ("unevaluatedProperties", self.schema(depth)),
            21 => ("unevaluatedItems", self.schema(depth)),
            _ => match self.below(4) {
                0 => ("$ref", json!("#named")),
                1 => ("$dynamicRef", json!("#meant")),
                2 => ("dependentSchemas", json!({self.name(): self.schema(depth)})),
                _ => ("$ref", json!("#/$defs/a")),
            },
        }
    }
}
