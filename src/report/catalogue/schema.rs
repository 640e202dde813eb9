//! Sentences of `schema.*` and `limits.*`: what the author of a rule schema reads.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "limits.schema-depth",
        "Bộ quy tắc lồng nhau quá {most} tầng với dữ liệu này. Bớt tham chiếu lồng nhau",
        "Subschemas nest deeper than {most} levels on this data. Nest references less",
    ),
    entry(
        "limits.steps",
        "Kiểm tra dừng lại sau {most} bước. Làm bộ quy tắc hoặc dữ liệu gọn hơn",
        "Validation stopped after {most} steps. Simplify the schema or the data",
    ),
    entry(
        "limits.view",
        "Bản đọc của hồ sơ dài quá {most|bytes}. Khai bớt dòng hoặc rút ngắn nhãn trong bộ quy tắc",
        "The reading copy is longer than {most|bytes}. Fill in fewer rows, or shorten the labels of the schema",
    ),
    entry(
        "schema.dialect-unsupported",
        "{place}: chưa đọc được phiên bản “{dialect}”. Dùng https://json-schema.org/draft/2020-12/schema",
        "{place}: the dialect “{dialect}” is not read. Use https://json-schema.org/draft/2020-12/schema",
    ),
    entry("schema.field-unknown", "{place}: bộ quy tắc không có trường “{field}”", "{place}: the schema declares no field “{field}”"),
    entry(
        "schema.field-unknown#suggestion",
        "{place}: bộ quy tắc không có trường “{field}”. Có phải là “{suggestion}”?",
        "{place}: the schema declares no field “{field}”. Did you mean “{suggestion}”?",
    ),
    entry("schema.format-unknown", "{place}: không có định dạng “{format}”", "{place}: there is no format “{format}”"),
    entry(
        "schema.format-unknown#suggestion",
        "{place}: không có định dạng “{format}”. Có phải là “{suggestion}”?",
        "{place}: there is no format “{format}”. Did you mean “{suggestion}”?",
    ),
    entry("schema.keyword-unknown", "{place}: không có từ khóa “{keyword}”", "{place}: there is no keyword “{keyword}”"),
    entry(
        "schema.keyword-unknown#suggestion",
        "{place}: không có từ khóa “{keyword}”. Có phải là “{suggestion}”?",
        "{place}: there is no keyword “{keyword}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.keyword-unsupported",
        "{place}: phiên bản này chưa chạy được “{keyword}”. Bỏ từ khóa hoặc viết cách khác",
        "{place}: this version does not run “{keyword}” yet. Remove it or say it another way",
    ),
    entry("schema.keyword-value", "{place}: ở đây cần {expected}", "{place}: needs {expected}"),
    entry(
        "schema.not-a-schema",
        "{place}: bộ quy tắc phải là một đối tượng, true hoặc false",
        "{place}: a schema is an object, true or false",
    ),
    entry(
        "schema.number-not-exact",
        "{place}: số này sẽ bị làm tròn trong dạng chuẩn. Viết ít chữ số hơn",
        "{place}: this number would be rounded in canonical form. Write fewer digits",
    ),
    entry("schema.part-missing", "{place}: thiếu phần “{part}”", "{place}: the part “{part}” is missing"),
    entry(
        "schema.reference-loop",
        "{place}: các tham chiếu quay lại chính nó mà không đi vào dữ liệu",
        "{place}: references come back here without going down into the data",
    ),
    entry("schema.reference-missing", "{place}: không có chỗ nào tên “{reference}”", "{place}: “{reference}” points nowhere"),
    entry(
        "schema.reference-unsupported",
        "{place}: chưa theo được tham chiếu “{reference}”. Dùng dạng #/$defs/tên",
        "{place}: the reference “{reference}” is not followed yet. Use the form #/$defs/name",
    ),
];
