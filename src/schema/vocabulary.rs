//! Every keyword hoso knows, and what becomes of it.

use super::compile::{BlockBuilder, Compiled, Compiler};
use super::dialect::{
    ALL, APPLICATOR, Belongs, Dialect, Draft, FROM_2019, FROM_2020, NONE, ONLY_2019, UNEVALUATED, UNTIL_2019, VALIDATION,
};
use super::error::SchemaProblem;
use super::keywords::{array, attachment, kind, logic, lookup, member, number, options, text, unevaluated};
use super::program::{Bound, Op};
use super::rules;
use crate::json::{Kind, Value};
use crate::text::cut;

/// What the compiler does with a keyword.
pub(super) enum Handling {
    /// Compiled by itself.
    Compile(for<'s> fn(&mut Compiler<'s>, Value<'s>, &mut BlockBuilder) -> Compiled),
    /// Compiled together with others of the same subschema.
    Together,
    /// Tells people something; checks nothing.
    Annotation,
    /// An annotation of the root alone.
    RootOnly,
}

/// Where the subschemas of a keyword stand: `$id` and anchors count there.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// It has none.
    Nothing,
    /// The value is one, or a list of them.
    Schemas,
    /// The members are.
    Members,
}

/// A keyword.
pub(super) struct Keyword {
    name: &'static str,
    belongs: Belongs,
    pub(super) holds: Holds,
    pub(super) handling: Handling,
}

const fn row(name: &'static str, drafts: u8, vocabulary: u8, holds: Holds, handling: Handling) -> Keyword {
    Keyword { name, belongs: Belongs(drafts, vocabulary), holds, handling }
}

use Handling::{Annotation, Compile, RootOnly, Together};
use Holds::{Members, Nothing, Schemas};

const KEYWORDS: &[Keyword] = &[
    // Core, 8
    row("$schema", ALL, NONE, Nothing, Annotation),
    row("$id", ALL, NONE, Nothing, Compile(|compiler, value, _| identifier(compiler, value))),
    row("$ref", ALL, NONE, Nothing, Compile(reference)),
    row("$recursiveRef", ONLY_2019, NONE, Nothing, Compile(dynamic_reference)),
    row("$recursiveAnchor", ONLY_2019, NONE, Nothing, Compile(|_, value, _| truth(value))),
    row("$defs", FROM_2019, NONE, Members, Compile(|_, value, _| object(value))),
    row("definitions", ALL, NONE, Members, Compile(|_, value, _| object(value))),
    row("$comment", ALL, NONE, Nothing, Annotation),
    row("$anchor", FROM_2019, NONE, Nothing, Compile(|_, value, _| name(value))),
    row("$dynamicRef", FROM_2020, NONE, Nothing, Compile(dynamic_reference)),
    row("$dynamicAnchor", FROM_2020, NONE, Nothing, Compile(|_, value, _| name(value))),
    row("$vocabulary", FROM_2019, NONE, Nothing, Compile(|_, value, _| object(value))),
    // Applicators, 10
    row("allOf", ALL, APPLICATOR, Schemas, Compile(logic::compile_all)),
    row("anyOf", ALL, APPLICATOR, Schemas, Compile(logic::compile_any)),
    row("oneOf", ALL, APPLICATOR, Schemas, Compile(logic::compile_one)),
    row("not", ALL, APPLICATOR, Schemas, Compile(logic::compile_not)),
    row("if", ALL, APPLICATOR, Schemas, Together),
    row("then", ALL, APPLICATOR, Schemas, Together),
    row("else", ALL, APPLICATOR, Schemas, Together),
    row("dependencies", ALL, APPLICATOR, Members, Compile(member::compile_dependencies)),
    row("dependentSchemas", FROM_2019, APPLICATOR, Members, Compile(member::compile_dependent_schemas)),
    row("prefixItems", FROM_2020, APPLICATOR, Schemas, Together),
    row("items", ALL, APPLICATOR, Schemas, Together),
    row("additionalItems", UNTIL_2019, APPLICATOR, Schemas, Together),
    row("contains", ALL, APPLICATOR, Schemas, Together),
    row("properties", ALL, APPLICATOR, Members, Together),
    row("patternProperties", ALL, APPLICATOR, Members, Together),
    row("additionalProperties", ALL, APPLICATOR, Schemas, Together),
    row("propertyNames", ALL, APPLICATOR, Schemas, Compile(member::compile_names)),
    row("unevaluatedItems", FROM_2019, UNEVALUATED, Schemas, Compile(unevaluated::compile_items)),
    row("unevaluatedProperties", FROM_2019, UNEVALUATED, Schemas, Compile(unevaluated::compile_members)),
    // Validation, 6
    row("type", ALL, VALIDATION, Nothing, Compile(kind::compile_type)),
    row("enum", ALL, VALIDATION, Nothing, Compile(kind::compile_enum)),
    row("const", ALL, VALIDATION, Nothing, Compile(kind::compile_const)),
    row("multipleOf", ALL, VALIDATION, Nothing, Compile(number::compile_multiple)),
    row("maximum", ALL, VALIDATION, Nothing, Compile(|_, value, block| number::compile_bound(Bound::Maximum, value, block))),
    row(
        "exclusiveMaximum",
        ALL,
        VALIDATION,
        Nothing,
        Compile(|_, value, block| number::compile_bound(Bound::ExclusiveMaximum, value, block)),
    ),
    row("minimum", ALL, VALIDATION, Nothing, Compile(|_, value, block| number::compile_bound(Bound::Minimum, value, block))),
    row(
        "exclusiveMinimum",
        ALL,
        VALIDATION,
        Nothing,
        Compile(|_, value, block| number::compile_bound(Bound::ExclusiveMinimum, value, block)),
    ),
    row("maxLength", ALL, VALIDATION, Nothing, Compile(text::compile_max)),
    row("minLength", ALL, VALIDATION, Nothing, Compile(text::compile_min)),
    row("pattern", ALL, VALIDATION, Nothing, Compile(text::compile_pattern)),
    row("maxItems", ALL, VALIDATION, Nothing, Compile(array::compile_max)),
    row("minItems", ALL, VALIDATION, Nothing, Compile(array::compile_min)),
    row("uniqueItems", ALL, VALIDATION, Nothing, Compile(array::compile_unique)),
    row("maxContains", FROM_2019, VALIDATION, Nothing, Together),
    row("minContains", FROM_2019, VALIDATION, Nothing, Together),
    row("maxProperties", ALL, VALIDATION, Nothing, Compile(member::compile_max)),
    row("minProperties", ALL, VALIDATION, Nothing, Compile(member::compile_min)),
    row("required", ALL, VALIDATION, Nothing, Together),
    row("dependentRequired", FROM_2019, VALIDATION, Nothing, Compile(member::compile_dependent_required)),
    // Format and content, 7 and 8
    row("format", ALL, NONE, Nothing, Compile(text::compile_format)),
    row("contentEncoding", ALL, NONE, Nothing, Annotation),
    row("contentMediaType", ALL, NONE, Nothing, Annotation),
    row("contentSchema", FROM_2019, NONE, Schemas, Annotation),
    // Meta-data, 9
    row("title", ALL, NONE, Nothing, Annotation),
    row("description", ALL, NONE, Nothing, Annotation),
    row("default", ALL, NONE, Nothing, Annotation),
    row("deprecated", FROM_2019, NONE, Nothing, Annotation),
    row("readOnly", ALL, NONE, Nothing, Annotation),
    row("writeOnly", ALL, NONE, Nothing, Annotation),
    row("examples", ALL, NONE, Nothing, Annotation),
    // hoso's vocabulary
    row("x-procedure", ALL, NONE, Nothing, RootOnly),
    row("x-pages", ALL, NONE, Nothing, RootOnly),
    row("x-order", ALL, NONE, Nothing, Together),
    row("x-label", ALL, NONE, Nothing, Compile(|_, value, _| languages(value))),
    row("x-hint", ALL, NONE, Nothing, Compile(|_, value, _| languages(value))),
    row("x-message", ALL, NONE, Nothing, Compile(|compiler, value, _| messages(compiler, value))),
    row("x-attachment", ALL, NONE, Nothing, Compile(attachment::compile)),
    row("x-relevant", ALL, NONE, Nothing, Compile(|compiler, value, _| rules::note(compiler, value))),
    row("x-required", ALL, NONE, Nothing, Compile(|compiler, value, _| rules::note(compiler, value))),
    row("x-readonly", ALL, NONE, Nothing, Compile(|compiler, value, _| rules::note(compiler, value))),
    row("x-calculate", ALL, NONE, Nothing, Compile(|compiler, value, _| rules::note(compiler, value))),
    row("x-rules", ALL, NONE, Nothing, Compile(|compiler, value, _| rules::note(compiler, value))),
    row("x-options", ALL, NONE, Nothing, Compile(options::compile)),
    row("x-lookup", ALL, NONE, Nothing, Compile(lookup::compile)),
];

/// A keyword that means something in a dialect.
pub(super) fn keyword(name: &str, dialect: Dialect) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|known| known.name == name && dialect.has(known.belongs))
}

/// The names of all keywords.
fn names() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|keyword| keyword.name)
}

/// The mistake of a keyword that there is not. `label` is `x-label` without its beginning more often than another word mistyped.
pub(super) fn unknown(name: &str) -> SchemaProblem {
    let begun = names().find(|known| known.strip_prefix("x-") == Some(name));
    let suggestion = begun.or_else(|| crate::text::nearest(name, &mut names()));
    SchemaProblem::UnknownKeyword { keyword: name.to_owned(), suggestion }
}

/// The keywords that mean something only beside others.
pub(super) fn compile_together<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    member::compile_members(compiler, schema, block);
    array::compile_items(compiler, schema, block);
    array::compile_contains(compiler, schema, block);
    logic::compile_condition(compiler, schema, block);
}

fn reference<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::Ref(compiler.reference(value, false)?));
    Ok(())
}

/// `$dynamicRef` (2020-12, 8.2.3.2), and `$recursiveRef` (2019-09, 8.2.4.2), which is always `#`.
fn dynamic_reference<'s>(compiler: &mut Compiler<'s>, value: Value<'s>, block: &mut BlockBuilder) -> Compiled {
    block.push(Op::Ref(compiler.reference(value, true)?));
    Ok(())
}

/// `$id` names a whole resource. Until draft 7 a fragment alone was the name of a place inside it.
fn identifier(compiler: &Compiler<'_>, value: Value<'_>) -> Compiled {
    let fragment = value.as_str().map(|id| cut(id, b'#').map_or("", |(_, fragment)| fragment));
    match fragment {
        Some(fragment) if fragment.is_empty() || compiler.draft() == Draft::Draft7 => Ok(()),
        _ => Err(SchemaProblem::takes("một địa chỉ không có phần sau dấu #", "an address without a fragment")),
    }
}

/// `$anchor`, `$dynamicAnchor`: 2020-12, 8.2.2.
fn name(value: Value<'_>) -> Compiled {
    let starts = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let name = value.as_str().filter(|name| name.bytes().next().is_some_and(starts) && name.bytes().all(goes_on));
    name.map(|_| ()).ok_or(SchemaProblem::takes("một tên gồm chữ, số, dấu - _ .", "a name of letters, digits, - _ ."))
}

fn truth(value: Value<'_>) -> Compiled {
    value.as_bool().map(|_| ()).ok_or(SchemaProblem::takes("true hoặc false", "true or false"))
}

fn object(value: Value<'_>) -> Compiled {
    if value.kind() == Kind::Object {
        Ok(())
    } else {
        Err(SchemaProblem::takes("một đối tượng chứa các bộ quy tắc", "an object of schemas"))
    }
}

/// `{"vi": …, "en": …}`: Vietnamese must be there, English may.
pub(super) fn languages(value: Value<'_>) -> Compiled {
    let texts = value.kind() == Kind::Object && value.members().all(|(name, text)| ["vi", "en"].contains(&name) && text.as_str().is_some());
    if !texts {
        return Err(SchemaProblem::takes("{\"vi\": chữ, \"en\": chữ}", "{\"vi\": text, \"en\": text}"));
    }
    value.member("vi").map(|_| ()).ok_or(SchemaProblem::PartMissing { part: "vi" })
}

/// `{keyword: {"vi": …, "en": …}}`: sentences that replace a keyword's own.
fn messages(compiler: &mut Compiler<'_>, value: Value<'_>) -> Compiled {
    if value.kind() != Kind::Object {
        return Err(SchemaProblem::takes("một đối tượng gồm các từ khóa và câu của chúng", "an object of keywords with their sentences"));
    }
    for (keyword, sentences) in value.members() {
        let known = names().any(|known| known == keyword);
        let fits = if known { languages(sentences) } else { Err(unknown(keyword)) };
        if let Err(problem) = fits {
            compiler.mistake(sentences, problem);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_stands_once() {
        let mut all: Vec<_> = names().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
