//! Which operators and functions there are, and which types they take: CEL's standard library (language definition, "List of Standard
//! Definitions"), its extensions for strings, numbers, lists and optional values as cel-go has them, and what forms need besides.

use super::types::{self, Type, TypeId, Types};

/// An operator or function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fun {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Negate,
    Not,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Index,
    OptionalIndex,
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    ToBool,
    ToBytes,
    ToDate,
    ToDouble,
    ToDuration,
    ToDyn,
    ToInt,
    ToString,
    ToTimestamp,
    ToUint,
    TypeOf,
    Year,
    Month,
    DayOfMonth,
    DateOf,
    DayOfWeek,
    DayOfYear,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    // Strings
    CharAt,
    Format,
    IndexOf,
    Join,
    LastIndexOf,
    LowerAscii,
    Quote,
    Replace,
    ReverseText,
    Split,
    Substring,
    Trim,
    UpperAscii,
    // Numbers
    Abs,
    BitAnd,
    BitNot,
    BitOr,
    BitShiftLeft,
    BitShiftRight,
    BitXor,
    Ceil,
    Floor,
    IsFinite,
    IsInf,
    IsNan,
    Greatest,
    Least,
    Round,
    Sign,
    Sqrt,
    Trunc,
    // Bytes
    Decode,
    Encode,
    // Lists
    Distinct,
    First,
    Flatten,
    Last,
    Range,
    Slice,
    Sort,
    // Optional values
    HasValue,
    None,
    Of,
    OfNonZero,
    Or,
    OrValue,
    UnwrapOpt,
    Value,
    // Forms
    AddDays,
    AddMonths,
    AddWorkingDays,
    Age,
    BirthYearOf,
    DateInWords,
    DaysBetween,
    Lookup,
    Normalize,
    NumberInWords,
    SameName,
    SexOf,
    Sum,
    WorkingDaysBetween,
}

/// A name, and what it takes and gives: types in letters, `>` before the result. `o` bool, `i` int, `u` uint, `d` double, `s` string, `b` bytes,
/// `t` timestamp, `D` date, `r` duration, `e` an entry of a code list, `x` a sex, `*` dyn, `A` and `B` any type, `y` a type's type, `[` a list of, `{` a map of keys and values, `?` an optional.
/// A function of a target has a dot before its name.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) fun: Fun,
    pub(super) takes: &'static str,
}

const fn row(name: &'static str, fun: Fun, takes: &'static str) -> Function {
    Function { name, fun, takes }
}

const COMPARED: &str = "oo>o ii>o uu>o dd>o ss>o bb>o tt>o DD>o rr>o iu>o ui>o id>o di>o ud>o du>o";
const CIVIL: &str = "t>i ts>i D>i";
const CLOCK: &str = "t>i ts>i r>i";
const FIND: &str = "ss>i ssi>i";

pub(super) const FUNCTIONS: &[Function] = &[
    row("_+_", Fun::Add, "ii>i uu>u dd>d ss>s bb>b [A[A>[A tr>t rt>t rr>r"),
    row("_-_", Fun::Subtract, "ii>i uu>u dd>d tt>r tr>t rr>r DD>r"),
    row("_*_", Fun::Multiply, "ii>i uu>u dd>d"),
    row("_/_", Fun::Divide, "ii>i uu>u dd>d"),
    row("_%_", Fun::Modulo, "ii>i uu>u"),
    row("-_", Fun::Negate, "i>i d>d"),
    row("!_", Fun::Not, "o>o"),
    row("_==_", Fun::Equal, "AA>o"),
    row("_!=_", Fun::NotEqual, "AA>o"),
    row("_<_", Fun::Less, COMPARED),
    row("_<=_", Fun::LessEqual, COMPARED),
    row("_>_", Fun::Greater, COMPARED),
    row("_>=_", Fun::GreaterEqual, COMPARED),
    row("@in", Fun::In, "A[A>o A{AB>o"),
    row("_[_]", Fun::Index, "[Ai>A {ABA>B ?[Ai>?A ?{ABA>?B"),
    row("_[?_]", Fun::OptionalIndex, "[Ai>?A {ABA>?B ?[Ai>?A ?{ABA>?B"),
    row("size", Fun::Size, "s>i b>i [A>i {AB>i"),
    row(".size", Fun::Size, "s>i b>i [A>i {AB>i"),
    row(".contains", Fun::Contains, "ss>o"),
    row(".startsWith", Fun::StartsWith, "ss>o"),
    row(".endsWith", Fun::EndsWith, "ss>o"),
    row("matches", Fun::Matches, "ss>o"),
    row(".matches", Fun::Matches, "ss>o"),
    row("bool", Fun::ToBool, "o>o s>o"),
    row("bytes", Fun::ToBytes, "b>b s>b"),
    row("date", Fun::ToDate, "D>D s>D t>D"),
    row("double", Fun::ToDouble, "d>d i>d u>d s>d"),
    row("duration", Fun::ToDuration, "r>r s>r i>r"),
    row("dyn", Fun::ToDyn, "A>*"),
    row("int", Fun::ToInt, "i>i u>i d>i s>i t>i"),
    row("string", Fun::ToString, "s>s o>s i>s u>s d>s b>s t>s r>s D>s"),
    row("timestamp", Fun::ToTimestamp, "t>t s>t i>t D>t"),
    row("type", Fun::TypeOf, "A>yA"),
    row("uint", Fun::ToUint, "u>u i>u d>u s>u"),
    row(".getFullYear", Fun::Year, CIVIL),
    row(".getMonth", Fun::Month, CIVIL),
    row(".getDayOfMonth", Fun::DayOfMonth, CIVIL),
    row(".getDate", Fun::DateOf, CIVIL),
    row(".getDayOfWeek", Fun::DayOfWeek, CIVIL),
    row(".getDayOfYear", Fun::DayOfYear, CIVIL),
    row(".getHours", Fun::Hours, CLOCK),
    row(".getMinutes", Fun::Minutes, CLOCK),
    row(".getSeconds", Fun::Seconds, CLOCK),
    row(".getMilliseconds", Fun::Milliseconds, CLOCK),
    row(".charAt", Fun::CharAt, "si>s"),
    row(".format", Fun::Format, "s[*>s"),
    row(".indexOf", Fun::IndexOf, FIND),
    row(".join", Fun::Join, "[s>s [ss>s"),
    row(".lastIndexOf", Fun::LastIndexOf, FIND),
    row(".lowerAscii", Fun::LowerAscii, "s>s"),
    row("strings.quote", Fun::Quote, "s>s"),
    row(".replace", Fun::Replace, "sss>s sssi>s"),
    row(".reverse", Fun::ReverseText, "s>s [A>[A"),
    row(".split", Fun::Split, "ss>[s ssi>[s"),
    row(".substring", Fun::Substring, "si>s sii>s"),
    row(".trim", Fun::Trim, "s>s"),
    row(".upperAscii", Fun::UpperAscii, "s>s"),
    row("math.abs", Fun::Abs, "i>i u>u d>d"),
    row("math.bitAnd", Fun::BitAnd, "ii>i uu>u"),
    row("math.bitNot", Fun::BitNot, "i>i u>u"),
    row("math.bitOr", Fun::BitOr, "ii>i uu>u"),
    row("math.bitShiftLeft", Fun::BitShiftLeft, "ii>i ui>u"),
    row("math.bitShiftRight", Fun::BitShiftRight, "ii>i ui>u"),
    row("math.bitXor", Fun::BitXor, "ii>i uu>u"),
    row("math.ceil", Fun::Ceil, "d>d"),
    row("math.floor", Fun::Floor, "d>d"),
    row("math.isFinite", Fun::IsFinite, "d>o"),
    row("math.isInf", Fun::IsInf, "d>o"),
    row("math.isNaN", Fun::IsNan, "d>o"),
    row("math.round", Fun::Round, "d>d"),
    row("math.sign", Fun::Sign, "i>i u>u d>d"),
    row("math.sqrt", Fun::Sqrt, "d>d i>d u>d"),
    row("math.trunc", Fun::Trunc, "d>d"),
    row("base64.decode", Fun::Decode, "s>b"),
    row("base64.encode", Fun::Encode, "b>s"),
    row(".distinct", Fun::Distinct, "[A>[A"),
    row(".first", Fun::First, "[A>?A"),
    row(".flatten", Fun::Flatten, "[[A>[A [A>[A [[Ai>[* [*i>[*"),
    row(".last", Fun::Last, "[A>?A"),
    row("lists.range", Fun::Range, "i>[i"),
    row(".slice", Fun::Slice, "[Aii>[A"),
    row(".sort", Fun::Sort, "[A>[A"),
    row(".hasValue", Fun::HasValue, "?A>o"),
    row("optional.none", Fun::None, ">?A"),
    row("optional.of", Fun::Of, "A>?A"),
    row("optional.ofNonZeroValue", Fun::OfNonZero, "A>?A"),
    row(".or", Fun::Or, "?A?A>?A"),
    row(".orValue", Fun::OrValue, "?AA>A"),
    row("optional.unwrap", Fun::UnwrapOpt, "[?A>[A"),
    row(".unwrapOpt", Fun::UnwrapOpt, "[?A>[A"),
    row(".value", Fun::Value, "?A>A"),
    row("addDays", Fun::AddDays, "Di>D"),
    row("addMonths", Fun::AddMonths, "Di>D"),
    row("addWorkingDays", Fun::AddWorkingDays, "Dis>D"),
    row("age", Fun::Age, "DD>i"),
    row("birthYearOf", Fun::BirthYearOf, "s>i"),
    row("dateInWords", Fun::DateInWords, "D>s"),
    row("daysBetween", Fun::DaysBetween, "DD>i"),
    row("lookup", Fun::Lookup, "ss>e"),
    row("normalize", Fun::Normalize, "s>s"),
    row("numberInWords", Fun::NumberInWords, "i>s"),
    row("sameName", Fun::SameName, "ss>o"),
    row("sexOf", Fun::SexOf, "s>x"),
    row("sum", Fun::Sum, "[i>i [d>d [u>u"),
    row("workingDaysBetween", Fun::WorkingDaysBetween, "DDs>i"),
];

/// The functions that take any number of numbers, or a list of them.
pub(super) const EXTREMES: [(&str, Fun); 2] = [("math.greatest", Fun::Greatest), ("math.least", Fun::Least)];

/// The function of a name.
pub(super) fn named(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// One way to call a function: what it takes, and gives.
pub(super) struct Overload {
    pub(super) takes: Vec<TypeId>,
    pub(super) gives: TypeId,
}

/// Reads one of the ways that a table's row lists. Each `A` and `B` in it is a variable of its own.
pub(super) fn overload(written: &str, types: &mut Types) -> Overload {
    let mut letters = written.bytes();
    let mut variables = [None; 2];
    let (mut takes, mut gives) = (Vec::new(), types::DYN);
    let mut is_result = false;
    while let Some(letter) = letters.next() {
        if letter == b'>' {
            is_result = true;
            continue;
        }
        let kind = read(letter, &mut letters, &mut variables, types);
        if is_result {
            gives = kind;
        } else {
            takes.push(kind);
        }
    }
    Overload { takes, gives }
}

fn read(letter: u8, rest: &mut std::str::Bytes<'_>, variables: &mut [Option<TypeId>; 2], types: &mut Types) -> TypeId {
    let mut next = |types: &mut Types, variables: &mut [Option<TypeId>; 2]| {
        let letter = rest.next().unwrap_or(b'*');
        read(letter, rest, variables, types)
    };
    match letter {
        b'o' => types::BOOL,
        b'i' => types::INT,
        b'u' => types::UINT,
        b'd' => types::DOUBLE,
        b's' => types::STRING,
        b'b' => types::BYTES,
        b't' => types::TIMESTAMP,
        b'D' => types::DATE,
        b'r' => types::DURATION,
        b'e' => types.entry(),
        b'x' => types.sexes(),
        b'[' => {
            let of = next(types, variables);
            types.add(Type::List(of))
        }
        b'{' => {
            let key = next(types, variables);
            let value = next(types, variables);
            types.add(Type::Map(key, value))
        }
        b'?' => {
            let of = next(types, variables);
            types.add(Type::Optional(of))
        }
        b'y' => {
            let of = next(types, variables);
            types.add(Type::Type(of))
        }
        b'A' | b'B' => {
            let Some(slot) = variables.get_mut(usize::from(letter - b'A')) else { return types::DYN };
            *slot.get_or_insert_with(|| types.variable())
        }
        _ => types::DYN,
    }
}
