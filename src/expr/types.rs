//! The types of values: CEL's (language definition, "Gradual type checking"), a civil date, and objects as a schema declares them.
//!
//! All types of a schema and its expressions stand in one list, each of them once.

use crate::limits;
use crate::pairs::Pairs;

/// The place of a type in [`Types`].
pub type TypeId = u32;

/// A type. Those inside another are places in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Known when the expression runs.
    Dyn,
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A whole number of 64 bits.
    Int,
    /// The same without a sign.
    Uint,
    /// A double of IEEE 754.
    Double,
    /// Text.
    String,
    /// Bytes.
    Bytes,
    /// A point in time.
    Timestamp,
    /// A day of the calendar: of a field whose format is `date`.
    Date,
    /// A span of time.
    Duration,
    /// A type as a value.
    Type(TypeId),
    /// A list.
    List(TypeId),
    /// A map: of keys, of values.
    Map(TypeId, TypeId),
    /// A value that may be left out.
    Optional(TypeId),
    /// A value or null.
    Nullable(TypeId),
    /// Text that is one of a few: a place in the choices.
    Choice(u32),
    /// An object with declared members: a place in the objects.
    Object(u32),
    /// Unknown until something is assigned to it.
    Variable(u32),
}

/// A member that an object's schema declares.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name in the data.
    pub name: Box<str>,
    /// Its type.
    pub kind: TypeId,
    /// The place it stands for; 0 where it stands for none.
    pub place: u32,
    /// Whether what is read there may depend on more than the data.
    pub conditional: bool,
}

/// The members of an object. Where `others` is a type, it may have more, of that type.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Sorted by name.
    pub fields: Vec<Field>,
    /// The type of members that are not declared.
    pub others: Option<TypeId>,
}

impl Object {
    /// The member of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(self.index(name)?)
    }

    /// The place of that member among them.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        let at = self.fields.partition_point(|field| *field.name < *name);
        self.fields.get(at).is_some_and(|field| *field.name == *name).then_some(at)
    }
}

/// Every type that is in use.
#[derive(Clone, Default)]
pub struct Types {
    rows: Vec<Type>,
    known: Pairs,
    /// What [`Type::Object`] names.
    pub objects: Vec<Object>,
    /// What [`Type::Choice`] names.
    pub choices: Vec<Vec<Box<str>>>,
    /// Type variables that were handed out.
    variables: u32,
    /// Names that may still be compared with mistyped ones.
    suggestions: usize,
    /// Where the values of fields that expressions read are remembered: by object and field.
    slots: Pairs,
    slot_count: u32,
    /// What `lookup` gives, and the sexes, once they are asked for.
    entry: Option<TypeId>,
    sexes: Option<TypeId>,
}

impl std::fmt::Debug for Types {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Types").field("count", &self.rows.len()).finish_non_exhaustive()
    }
}

/// Simple types, at the places that the constants of the same name say.
const SIMPLE: [Type; 11] = [
    Type::Dyn,
    Type::Null,
    Type::Bool,
    Type::Int,
    Type::Uint,
    Type::Double,
    Type::String,
    Type::Bytes,
    Type::Timestamp,
    Type::Date,
    Type::Duration,
];

/// [`Type::Dyn`].
pub const DYN: TypeId = 0;
/// [`Type::Null`].
pub const NULL: TypeId = 1;
/// [`Type::Bool`].
pub const BOOL: TypeId = 2;
/// [`Type::Int`].
pub const INT: TypeId = 3;
/// [`Type::Uint`].
pub const UINT: TypeId = 4;
/// [`Type::Double`].
pub const DOUBLE: TypeId = 5;
/// [`Type::String`].
pub const STRING: TypeId = 6;
/// [`Type::Bytes`].
pub const BYTES: TypeId = 7;
/// [`Type::Timestamp`].
pub const TIMESTAMP: TypeId = 8;
/// [`Type::Date`].
pub const DATE: TypeId = 9;
/// [`Type::Duration`].
pub const DURATION: TypeId = 10;

impl Types {
    /// The simple types.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: SIMPLE.to_vec(), suggestions: limits::SUGGESTIONS, ..Self::default() }
    }

    /// What stands at a place.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Type {
        self.rows.get(id as usize).copied().unwrap_or(Type::Dyn)
    }

    /// The place of a type, which is added if it is new.
    pub fn add(&mut self, kind: Type) -> TypeId {
        let key = match kind {
            Type::Type(of) => (1, of),
            Type::List(of) => (2, of),
            Type::Optional(of) => (3, of),
            Type::Nullable(of) => (4, of),
            Type::Choice(at) => (5, at),
            Type::Object(at) => (6, at),
            Type::Variable(number) => (7, number),
            Type::Map(key, value) => (8 + key, value),
            simple => return SIMPLE.iter().position(|known| *known == simple).map_or(DYN, |at| at as TypeId),
        };
        if let Some(known) = self.known.get(key) {
            return known;
        }
        let id = self.rows.len() as TypeId;
        self.known.insert(key, id);
        self.rows.push(kind);
        id
    }

    /// A list of a type.
    pub fn list(&mut self, of: TypeId) -> TypeId {
        self.add(Type::List(of))
    }

    /// A map whose keys are text.
    pub fn map_of(&mut self, values: TypeId) -> TypeId {
        self.add(Type::Map(STRING, values))
    }

    /// A type or null.
    pub fn nullable(&mut self, of: TypeId) -> TypeId {
        self.add(Type::Nullable(of))
    }

    /// A choice among texts.
    pub fn choice(&mut self, texts: Vec<Box<str>>) -> TypeId {
        self.choices.push(texts);
        self.add(Type::Choice(self.choices.len() as u32 - 1))
    }

    /// An entry of a code list, as `forms/meta/code-list.schema.json` declares it.
    pub(crate) fn entry(&mut self) -> TypeId {
        if let Some(known) = self.entry {
            return known;
        }
        let label = self.declared(&[("en", STRING), ("vi", STRING)]);
        let entry =
            self.declared(&[("code", STRING), ("from", DATE), ("kind", STRING), ("label", label), ("parent", STRING), ("to", DATE)]);
        self.entry = Some(entry);
        entry
    }

    /// The same once expressions are compiled; where none asks for an entry, nothing is known of it.
    pub(crate) fn kind_of_entries(&self) -> TypeId {
        self.entry.unwrap_or(DYN)
    }

    /// What `sexOf` gives.
    pub(super) fn sexes(&mut self) -> TypeId {
        if let Some(known) = self.sexes {
            return known;
        }
        let sexes = self.choice(vec!["female".into(), "male".into()]);
        self.sexes = Some(sexes);
        sexes
    }

    /// An object with these fields, sorted by name.
    fn declared(&mut self, fields: &[(&str, TypeId)]) -> TypeId {
        let (kind, at) = self.object();
        if let Some(object) = self.objects.get_mut(at as usize) {
            object.fields =
                fields.iter().map(|(name, kind)| Field { name: (*name).into(), kind: *kind, place: 0, conditional: false }).collect();
        }
        kind
    }

    /// An object, whose members may be filled in later.
    pub fn object(&mut self) -> (TypeId, u32) {
        self.objects.push(Object::default());
        let at = self.objects.len() as u32 - 1;
        (self.add(Type::Object(at)), at)
    }

    /// The slot of a field of an object.
    pub(super) fn slot(&mut self, object: u32, field: u32) -> u32 {
        if let Some(known) = self.slots.get((object, field)) {
            return known;
        }
        self.slots.insert((object, field), self.slot_count);
        self.slot_count += 1;
        self.slot_count - 1
    }

    /// A type that nothing is known of yet.
    pub(super) fn variable(&mut self) -> TypeId {
        self.variables += 1;
        self.add(Type::Variable(self.variables - 1))
    }

    /// Whether so many names may be compared with a mistyped one.
    pub(super) const fn may_compare(&mut self, names: usize) -> bool {
        let left = self.suggestions.checked_sub(names);
        if let Some(left) = left {
            self.suggestions = left;
        }
        left.is_some()
    }

    /// Lets variables be handed out from the first again: those of one expression mean nothing in another.
    pub(super) const fn forget_variables(&mut self) {
        self.variables = 0;
    }

    /// The type as it is written: `list(int)`, `map(string, dyn)`.
    #[must_use]
    pub fn text(&self, id: TypeId) -> String {
        let mut out = String::new();
        self.write(id, &mut out);
        out
    }

    fn write(&self, id: TypeId, out: &mut String) {
        let (name, inner, second) = match self.get(id) {
            Type::Dyn | Type::Variable(_) => ("dyn", None, None),
            Type::Null => ("null", None, None),
            Type::Bool => ("bool", None, None),
            Type::Int => ("int", None, None),
            Type::Uint => ("uint", None, None),
            Type::Double => ("double", None, None),
            Type::String | Type::Choice(_) => ("string", None, None),
            Type::Bytes => ("bytes", None, None),
            Type::Timestamp => ("timestamp", None, None),
            Type::Date => ("date", None, None),
            Type::Duration => ("duration", None, None),
            Type::Object(_) => ("object", None, None),
            Type::Type(of) => ("type", Some(of), None),
            Type::List(of) => ("list", Some(of), None),
            Type::Optional(of) => ("optional_type", Some(of), None),
            Type::Nullable(of) => ("wrapper", Some(of), None),
            Type::Map(key, value) => ("map", Some(key), Some(value)),
        };
        out.push_str(name);
        if let Some(inner) = inner {
            out.push('(');
            self.write(inner, out);
            if let Some(second) = second {
                out.push_str(", ");
                self.write(second, out);
            }
            out.push(')');
        }
    }
}
