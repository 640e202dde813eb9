//! Every keyword hoso knows, and what becomes of it.

use super::compile::{BlockBuilder, Compiled, Compiler};
use super::error::SchemaProblem;
use super::keywords::{array, attachment, kind, logic, member, number, text};
use super::program::{Bound, Op};
use crate::json::{Kind, Value};

/// What the compiler does with a keyword.
pub(super) enum Handling {
    /// Compiled by itself.
    Compile(for<'s> fn(&mut Compiler<'s>, Value<'s>, &mut BlockBuilder) -> Compiled),
    /// Compiled together with others of the same subschema.
    Together,
    /// Tells people something; checks nothing.
    Annotation,
    /// An annotation at the root, not yet understood elsewhere.
    RootOnly,
    /// Of the standard or of the `x-` vocabulary, not yet run: refused, never ignored.
    Unsupported,
}

use Handling::{Annotation, Compile, RootOnly, Together, Unsupported};

const KEYWORDS: &[(&str, Handling)] = &[
    // Core, 8
    ("$schema", Compile(|_, value, _| dialect(value))),
    ("$id", RootOnly),
    ("$ref", Compile(reference)),
    ("$defs", Compile(|_, value, _| object(value))),
    ("$comment", Annotation),
    ("$anchor", Unsupported),
    ("$dynamicRef", Unsupported),
    ("$dynamicAnchor", Unsupported),
    ("$vocabulary", Unsupported),
    // Applicators, 10
    ("allOf", Compile(logic::compile_all)),
    ("anyOf", Compile(logic::compile_any)),
    ("oneOf", Compile(logic::compile_one)),
    ("not", Compile(logic::compile_not)),
    ("if", Together),
    ("then", Together),
    ("else", Together),
    ("dependentSchemas", Compile(member::compile_dependent_schemas)),
    ("prefixItems", Together),
    ("items", Together),
    ("contains", Together),
    ("properties", Together),
    ("patternProperties", Unsupported),
    ("additionalProperties", Together),
    ("propertyNames", Compile(member::compile_names)),
    ("unevaluatedItems", Unsupported),
    ("unevaluatedProperties", Unsupported),
    // Validation, 6
    ("type", Compile(kind::compile_type)),
    ("enum", Compile(kind::compile_enum)),
    ("const", Compile(kind::compile_const)),
    ("multipleOf", Compile(number::compile_multiple)),
    ("maximum", Compile(|_, value, block| number::compile_bound(Bound::Maximum, value, block))),
    ("exclusiveMaximum", Compile(|_, value, block| number::compile_bound(Bound::ExclusiveMaximum, value, block))),
    ("minimum", Compile(|_, value, block| number::compile_bound(Bound::Minimum, value, block))),
    ("exclusiveMinimum", Compile(|_, value, block| number::compile_bound(Bound::ExclusiveMinimum, value, block))),
    ("maxLength", Compile(text::compile_max)),
    ("minLength", Compile(text::compile_min)),
    ("pattern", Unsupported),
    ("maxItems", Compile(array::compile_max)),
    ("minItems", Compile(array::compile_min)),
    ("uniqueItems", Compile(array::compile_unique)),
    ("maxContains", Together),
    ("minContains", Together),
    ("maxProperties", Compile(member::compile_max)),
    ("minProperties", Compile(member::compile_min)),
    ("required", Together),
    ("dependentRequired", Compile(member::compile_dependent_required)),
    // Format and content, 7 and 8
    ("format", Compile(text::compile_format)),
    ("contentEncoding", Annotation),
    ("contentMediaType", Annotation),
    ("contentSchema", Annotation),
    // Meta-data, 9
    ("title", Annotation),
    ("description", Annotation),
    ("default", Annotation),
    ("deprecated", Annotation),
    ("readOnly", Annotation),
    ("writeOnly", Annotation),
    ("examples", Annotation),
    // hoso's vocabulary
    ("x-procedure", RootOnly),
    ("x-pages", RootOnly),
    ("x-order", Together),
    ("x-label", Compile(|_, value, _| languages(value))),
    ("x-hint", Compile(|_, value, _| languages(value))),
    ("x-message", Compile(|_, value, _| messages(value))),
    ("x-attachment", Compile(attachment::compile)),
    ("x-relevant", Unsupported),
    ("x-required", Unsupported),
    ("x-readonly", Unsupported),
    ("x-calculate", Unsupported),
    ("x-rules", Unsupported),
    ("x-options", Unsupported),
];

/// What becomes of a keyword; `None` when hoso does not know it.
pub(super) fn handling(keyword: &str) -> Option<&'static Handling> {
    KEYWORDS.iter().find(|(known, _)| *known == keyword).map(|(_, handling)| handling)
}

/// The names of all keywords.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(name, _)| *name)
}

/// The keywords that mean something only beside others.
pub(super) fn compile_together<'s>(compiler: &mut Compiler<'s>, schema: Value<'s>, block: &mut BlockBuilder) {
    member::compile_members(compiler, schema, block);
    array::compile_items(compiler, schema, block);
    array::compile_contains(compiler, schema, block);
    logic::compile_condition(compiler, schema, block);
}

fn reference(compiler: &mut Compiler<'_>, value: Value<'_>, block: &mut BlockBuilder) -> Compiled {
    let reference = value
        .as_str()
        .ok_or(SchemaProblem::takes("một tham chiếu, ví dụ \"#/$defs/address\"", "a reference, for example \"#/$defs/address\""))?;
    block.push(Op::Ref(compiler.reference(reference)?));
    Ok(())
}

fn dialect(value: Value<'_>) -> Compiled {
    const DRAFT_2020_12: &str = "https://json-schema.org/draft/2020-12/schema";
    match value.as_str() {
        Some(name) if name.strip_suffix('#').unwrap_or(name) == DRAFT_2020_12 => Ok(()),
        Some(name) => Err(SchemaProblem::Dialect { dialect: name.to_owned() }),
        None => Err(SchemaProblem::takes("địa chỉ của một phiên bản JSON Schema", "the address of a dialect")),
    }
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
fn messages(value: Value<'_>) -> Compiled {
    if value.kind() != Kind::Object {
        return Err(SchemaProblem::takes("một đối tượng gồm các từ khóa và câu của chúng", "an object of keywords with their sentences"));
    }
    for (keyword, sentences) in value.members() {
        if handling(keyword).is_none() {
            return Err(SchemaProblem::UnknownKeyword {
                keyword: keyword.to_owned(),
                suggestion: crate::text::nearest(keyword, &mut names()),
            });
        }
        languages(sentences)?;
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
