//! From text to tree: CEL's grammar (language definition, "Syntax") and its macros.

use super::Val;
use super::error::Problem;
use super::lex::{Lexed, Lexer, Token, mistake};
use super::tree::{Bind, Chain, Each, Entry, Fold, Item, Named, NodeId, Op, Select, Selects, Tree};
use crate::json::{name_hash, read_double};
use crate::limits;
use std::sync::Arc;

/// Names that no variable may have (language definition, the lexis).
const RESERVED: [&str; 17] = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "null", "package", "true",
    "while",
];
const ALSO_RESERVED: [&str; 4] = ["namespace", "return", "var", "void"];

/// The macros: name, whether of a target, arguments, what they go over a list for.
const FOLDS: [(&str, usize, Fold); 13] = [
    ("all", 2, Fold::All),
    ("all", 3, Fold::All),
    ("exists", 2, Fold::Exists),
    ("exists", 3, Fold::Exists),
    ("exists_one", 2, Fold::ExistsOne),
    ("existsOne", 2, Fold::ExistsOne),
    ("existsOne", 3, Fold::ExistsOne),
    ("exists_one", 3, Fold::ExistsOne),
    ("filter", 2, Fold::Filter),
    ("sortBy", 2, Fold::Sort),
    ("transformList", 3, Fold::List),
    ("transformMap", 3, Fold::Map),
    ("transformMapEntry", 3, Fold::MapEntry),
];

/// What a macro is given, if it is one.
pub(super) fn macro_arguments(name: &str) -> Option<&'static str> {
    match name {
        "map" => Some("(row, row.amount)"),
        "optMap" | "optFlatMap" => Some("(value, value + 1)"),
        "sortBy" => Some("(row, row.amount)"),
        _ if !FOLDS.iter().any(|(known, ..)| *known == name) => None,
        "transformMapEntry" => Some("(key, value, {key: value})"),
        _ if name.starts_with('t') => Some("(index, row, row.amount)"),
        _ => Some("(row, row.amount > 0)"),
    }
}

/// Reads an expression.
pub(super) fn parse(source: &str) -> Lexed<Tree> {
    if source.len() > limits::EXPRESSION_BYTES {
        return Err(mistake(Problem::TooLong, 0));
    }
    let mut parser = Parser { lexer: Lexer::new(source), token: Token::End, at: 0, tree: Tree::default(), depths: Vec::new(), nesting: 0 };
    parser.advance()?;
    parser.tree.root = parser.expression()?;
    if parser.token != Token::End {
        return Err(mistake(Problem::Expected("&& || == + ?"), parser.at));
    }
    Ok(parser.tree)
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    token: Token<'s>,
    /// Where the token begins.
    at: usize,
    tree: Tree,
    /// How deep each node's tree is: what goes down it recurses so far.
    depths: Vec<u16>,
    nesting: usize,
}

impl<'s> Parser<'s> {
    fn advance(&mut self) -> Lexed<()> {
        (self.token, self.at) = self.lexer.next()?;
        Ok(())
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(known) if known == sign)
    }

    /// Takes a sign if it is next.
    fn takes(&mut self, sign: &str) -> Lexed<bool> {
        let is = self.is(sign);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn expect(&mut self, sign: &'static str) -> Lexed<()> {
        if self.takes(sign)? { Ok(()) } else { Err(mistake(Problem::Expected(sign), self.at)) }
    }

    fn add(&mut self, op: Op, at: usize) -> Lexed<NodeId> {
        let mut deepest = 0;
        op.inside(&mut |inside| deepest = deepest.max(self.depths.get(inside as usize).copied().unwrap_or(0)));
        if usize::from(deepest) >= limits::EXPRESSION_DEPTH {
            return Err(mistake(Problem::TooDeep, at));
        }
        self.depths.push(deepest + 1);
        Ok(self.tree.add(op, at))
    }

    fn call(&mut self, name: &str, args: Vec<NodeId>, at: usize) -> Lexed<NodeId> {
        self.add(Op::Named(Named { name: name.into(), target: None, args }), at)
    }

    /// `Expr = ConditionalOr ["?" ConditionalOr ":" Expr]`
    fn expression(&mut self) -> Lexed<NodeId> {
        if self.nesting >= limits::EXPRESSION_DEPTH {
            return Err(mistake(Problem::TooDeep, self.at));
        }
        self.nesting += 1;
        let test = self.logic(true)?;
        let at = self.at;
        let node = if self.takes("?")? {
            let then = self.logic(true)?;
            self.expect(":")?;
            let otherwise = self.expression()?;
            self.add(Op::Choose([test, then, otherwise]), at)?
        } else {
            test
        };
        self.nesting -= 1;
        Ok(node)
    }

    /// `a || b || c`, and inside it `a && b && c`. However many there are, it is one node.
    fn logic(&mut self, or: bool) -> Lexed<NodeId> {
        let part = |parser: &mut Self| if or { parser.logic(false) } else { parser.binary(0) };
        let first = part(self)?;
        let (at, sign) = (self.at, if or { "||" } else { "&&" });
        if !self.is(sign) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes(sign)? {
            parts.push(part(self)?);
        }
        self.add(Op::Logic(or, parts), at)
    }

    /// Relations, then sums, then products: each of one level associates to the left.
    fn binary(&mut self, level: usize) -> Lexed<NodeId> {
        const LEVELS: [&[(&str, &str)]; 3] = [
            &[("<", "_<_"), ("<=", "_<=_"), (">", "_>_"), (">=", "_>=_"), ("==", "_==_"), ("!=", "_!=_"), ("in", "@in")],
            &[("+", "_+_"), ("-", "_-_")],
            &[("*", "_*_"), ("/", "_/_"), ("%", "_%_")],
        ];
        let Some(signs) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        loop {
            let (Token::Sign(written) | Token::Name(written)) = self.token else { return Ok(left) };
            let Some((_, name)) = signs.iter().find(|(sign, _)| *sign == written) else { return Ok(left) };
            let at = self.at;
            self.advance()?;
            let right = self.binary(level + 1)?;
            left = self.call(name, vec![left, right], at)?;
        }
    }

    fn unary(&mut self) -> Lexed<NodeId> {
        let (at, mut nots, mut minuses) = (self.at, 0, 0);
        while self.takes("!")? {
            nots += 1;
        }
        if nots > 0 {
            let of = self.member()?;
            return if nots % 2 == 1 { self.call("!_", vec![of], at) } else { Ok(of) };
        }
        while self.takes("-")? {
            minuses += 1;
        }
        let is_number = matches!(self.token, Token::Int(_) | Token::Double(_));
        if minuses > 0 && is_number {
            minuses -= 1;
            let number = self.number(true)?;
            let of = self.members(number)?;
            return if minuses % 2 == 1 { self.call("-_", vec![of], at) } else { Ok(of) };
        }
        let of = self.member()?;
        if minuses % 2 == 1 { self.call("-_", vec![of], at) } else { Ok(of) }
    }

    fn member(&mut self) -> Lexed<NodeId> {
        let primary = self.primary()?;
        self.members(primary)
    }

    /// What follows a primary: `.field`, `.call(…)`, `[index]`, with `?` the optional ones.
    fn members(&mut self, first: NodeId) -> Lexed<NodeId> {
        let mut node = first;
        loop {
            let at = self.at;
            if self.takes(".")? {
                node = self.dotted(node)?;
            } else if self.takes("?.")? {
                return Err(mistake(Problem::Expected(".?"), at));
            } else if self.takes("[?")? {
                let index = self.expression()?;
                self.expect("]")?;
                node = self.call("_[?_]", vec![node, index], at)?;
            } else if self.takes("[")? {
                let optional = self.takes("?")?;
                let index = self.expression()?;
                self.expect("]")?;
                node = self.call(if optional { "_[?_]" } else { "_[_]" }, vec![node, index], at)?;
            } else if self.is("{") && self.is_message(node) {
                return Err(mistake(Problem::Message, at));
            } else {
                return Ok(node);
            }
        }
    }

    /// Whether a node may name a message, which `{` would make.
    fn is_message(&self, node: NodeId) -> bool {
        let mut node = node;
        loop {
            match self.tree.op(node) {
                Some(Op::Name(_)) => return true,
                Some(Op::Select(select)) if select.kind == Selects::Value => node = select.of,
                _ => return false,
            }
        }
    }

    fn dotted(&mut self, of: NodeId) -> Lexed<NodeId> {
        let optional = self.takes("?")?;
        let at = self.at;
        let (name, quoted) = match self.token {
            Token::Name(name) if !matches!(name, "in" | "true" | "false" | "null") => (name, false),
            Token::Quoted(name) => (name, true),
            _ => return Err(mistake(Problem::Expected("a.b"), at)),
        };
        self.advance()?;
        if !quoted && !optional && self.takes("(")? {
            return self.call_of(of, name, at);
        }
        let kind = if optional { Selects::Optional } else { Selects::Value };
        self.add(Op::Select(Select { of, field: name.into(), hash: name_hash(name), kind, declared: None }), at)
    }

    /// Expressions up to a closing sign, with commas between and, but for arguments, perhaps one behind the last.
    fn arguments(&mut self) -> Lexed<Vec<NodeId>> {
        let mut args = Vec::new();
        if self.takes(")")? {
            return Ok(args);
        }
        loop {
            args.push(self.expression()?);
            if !self.takes(",")? {
                self.expect(")")?;
                return Ok(args);
            }
        }
    }

    fn call_of(&mut self, target: NodeId, name: &str, at: usize) -> Lexed<NodeId> {
        let args = self.arguments()?;
        if let ("bind", Some(Op::Name(space)), [variable, value, body]) = (name, self.tree.op(target), args.as_slice())
            && **space == *"cel"
        {
            let bind = Bind { name: self.variable(*variable)?, value: *value, body: *body, chain: Chain::None };
            return self.add(Op::Bind(Box::new(bind)), at);
        }
        if let Some((_, _, kind)) = FOLDS.iter().find(|(known, count, _)| *known == name && *count == args.len())
            && let [variables @ .., body] = args.as_slice()
        {
            return self.fold(*kind, target, variables, None, *body, at);
        }
        match (name, args.as_slice()) {
            ("map", [variable, body]) => self.fold(Fold::List, target, &[*variable], None, *body, at),
            ("map", [variable, filter, body]) => self.fold(Fold::List, target, &[*variable], Some(*filter), *body, at),
            ("transformList", [key, value, filter, body]) => self.fold(Fold::List, target, &[*key, *value], Some(*filter), *body, at),
            ("transformMap", [key, value, filter, body]) => self.fold(Fold::Map, target, &[*key, *value], Some(*filter), *body, at),
            ("transformMapEntry", [key, value, filter, body]) => {
                self.fold(Fold::MapEntry, target, &[*key, *value], Some(*filter), *body, at)
            }
            ("optMap" | "optFlatMap", [variable, body]) => {
                let chain = if name == "optMap" { Chain::Map } else { Chain::FlatMap };
                let bind = Bind { name: self.variable(*variable)?, value: target, body: *body, chain };
                self.add(Op::Bind(Box::new(bind)), at)
            }
            _ => self.add(Op::Named(Named { name: name.into(), target: Some(target), args }), at),
        }
    }

    fn fold(&mut self, kind: Fold, range: NodeId, variables: &[NodeId], filter: Option<NodeId>, body: NodeId, at: usize) -> Lexed<NodeId> {
        let mut names: Vec<Box<str>> = Vec::new();
        for variable in variables {
            let name = self.variable(*variable)?;
            if names.contains(&name) {
                return Err(mistake(Problem::Variable, self.tree.node(*variable).map_or(at, |node| node.at as usize)));
            }
            names.push(name);
        }
        self.add(Op::Each(Box::new(Each { kind, range, names, filter, body })), at)
    }

    /// The name of a macro's variable.
    fn variable(&self, node: NodeId) -> Lexed<Box<str>> {
        match self.tree.node(node).map(|node| (&node.op, node.at)) {
            Some((Op::Name(name), _)) if !name.starts_with('.') => Ok(name.clone()),
            Some((_, at)) => Err(mistake(Problem::Variable, at as usize)),
            None => Err(mistake(Problem::Variable, self.at)),
        }
    }

    fn primary(&mut self) -> Lexed<NodeId> {
        let at = self.at;
        match self.token {
            Token::Sign("(") => {
                self.advance()?;
                let inner = self.expression()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Sign("[" | "[?") => self.list(),
            Token::Sign("{") => self.map(),
            Token::Sign(".") => {
                self.advance()?;
                self.name(true, at)
            }
            Token::Name(_) => self.name(false, at),
            Token::Int(_) | Token::Double(_) | Token::Uint(_) => self.number(false),
            Token::Text(literal) => {
                let text = literal.text().ok_or_else(|| mistake(Problem::Escape, at))?;
                self.constant(Val::from(text), at)
            }
            Token::Bytes(literal) => {
                let bytes = literal.bytes().ok_or_else(|| mistake(Problem::Escape, at))?;
                self.constant(Val::Bytes(Arc::new(bytes)), at)
            }
            Token::End => Err(mistake(Problem::Ends, at)),
            _ => Err(mistake(Problem::Value, at)),
        }
    }

    fn constant(&mut self, value: Val<'static>, at: usize) -> Lexed<NodeId> {
        self.advance()?;
        self.add(Op::Const(value), at)
    }

    fn number(&mut self, negative: bool) -> Lexed<NodeId> {
        let at = self.at;
        let value = match self.token {
            Token::Double(text) => read_double(text).map(|double| Val::Double(if negative { -double } else { double })),
            Token::Uint(text) => whole(text).map(Val::Uint),
            Token::Int(text) => {
                let value = whole(text);
                let signed = if negative {
                    value.and_then(|value| 0_i64.checked_sub_unsigned(value))
                } else {
                    value.and_then(|value| i64::try_from(value).ok())
                };
                signed.map(Val::Int)
            }
            _ => None,
        };
        self.constant(value.ok_or_else(|| mistake(Problem::Number, at))?, at)
    }

    fn name(&mut self, absolute: bool, start: usize) -> Lexed<NodeId> {
        let (Token::Name(name), at) = (self.token, self.at) else { return Err(mistake(Problem::Value, self.at)) };
        self.advance()?;
        match name {
            "true" | "false" if !absolute => return self.add(Op::Const(Val::Bool(name == "true")), at),
            "null" if !absolute => return self.add(Op::Const(Val::Null), at),
            _ if RESERVED.contains(&name) || ALSO_RESERVED.contains(&name) => return Err(mistake(Problem::Reserved, at)),
            _ => {}
        }
        if self.takes("(")? {
            let args = self.arguments()?;
            if let ("has", [field]) = (name, args.as_slice()) {
                return self.presence(*field, at);
            }
            return self.call(name, args, at);
        }
        let full = if absolute { [".", name].concat() } else { name.to_owned() };
        self.add(Op::Name(full.into()), start)
    }

    /// `has(a.b)`: the selection becomes the question.
    fn presence(&mut self, field: NodeId, at: usize) -> Lexed<NodeId> {
        match self.tree.nodes.get_mut(field as usize).map(|node| &mut node.op) {
            Some(Op::Select(select)) if select.kind == Selects::Value => {
                select.kind = Selects::Presence;
                Ok(field)
            }
            _ => Err(mistake(Problem::Has, at)),
        }
    }

    fn list(&mut self) -> Lexed<NodeId> {
        let at = self.at;
        let mut optional = self.is("[?");
        self.advance()?;
        let mut items = Vec::new();
        while optional || !self.is("]") {
            optional |= self.takes("?")?;
            items.push(Item { value: self.expression()?, optional });
            optional = false;
            if !self.takes(",")? {
                break;
            }
        }
        self.expect("]")?;
        self.add(Op::List(items), at)
    }

    fn map(&mut self) -> Lexed<NodeId> {
        let at = self.at;
        self.advance()?;
        let mut entries = Vec::new();
        while !self.is("}") {
            let optional = self.takes("?")?;
            let key = self.expression()?;
            self.expect(":")?;
            entries.push(Entry { key, value: self.expression()?, optional });
            if !self.takes(",")? {
                break;
            }
        }
        self.expect("}")?;
        self.add(Op::Map(entries), at)
    }
}

/// A whole number, in decimal or hexadecimal digits.
fn whole(text: &str) -> Option<u64> {
    let (digits, radix) = text.strip_prefix("0x").map_or((text, 10), |digits| (digits, 16));
    let mut number = 0_u64;
    for byte in digits.bytes() {
        number = number.checked_mul(radix)?.checked_add(char::from(byte).to_digit(radix as u32)?.into())?;
    }
    Some(number)
}
