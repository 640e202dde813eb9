//! Sentences of `schema.*`, `pattern.*` and `limits.*`: what the author of a rule schema reads.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "limits.completed",
        "Với các mục được tính, dữ liệu lớn quá {most|bytes} hoặc lồng quá sâu. Bớt mục được tính trong bộ quy tắc, hoặc khai bớt dòng",
        "With what is computed, the data is larger than {most|bytes} or nests too deeply. Use fewer computed fields, or fill in fewer rows",
    ),
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
        "pattern.back-reference",
        "{place}: ký tự thứ {character} của mẫu: tham chiếu ngược “{written}” không chạy được. Viết mẫu cách khác",
        "{place}: character {character} of the pattern: the back-reference “{written}” is not run. Write the pattern another way"
    ),
    entry(
        "pattern.bracket",
        "{place}: ký tự thứ {character} của mẫu: dấu “{written}” lẻ. Thêm dấu còn thiếu, hoặc viết \\{written} nếu cần chính dấu này",
        "{place}: character {character} of the pattern: “{written}” stands alone. Add the bracket that is missing, or write \\{written} for the character itself"
    ),
    entry(
        "pattern.closes-nothing",
        "{place}: ký tự thứ {character} của mẫu: dấu ) này không đóng nhóm nào. Bỏ đi, hoặc viết \\)",
        "{place}: character {character} of the pattern: this ) closes no group. Remove it, or write \\)"
    ),
    entry(
        "pattern.count-order",
        "{place}: ký tự thứ {character} của mẫu: trong “{written}” số đầu lớn hơn số sau. Đổi chỗ hai số",
        "{place}: character {character} of the pattern: in “{written}” the first number is the larger one. Swap the two"
    ),
    entry(
        "pattern.count-too-large",
        "{place}: ký tự thứ {character} của mẫu: “{written}” lặp quá 1000 lần, tính cả số lần lặp bên trong. Giảm số lần lặp",
        "{place}: character {character} of the pattern: “{written}” repeats more than 1000 times, counts within it included. Repeat less"
    ),
    entry(
        "pattern.duplicate-name",
        "{place}: ký tự thứ {character} của mẫu: tên nhóm “{written}” đã dùng. Đặt tên khác",
        "{place}: character {character} of the pattern: the group name “{written}” is taken. Choose another"
    ),
    entry(
        "pattern.escape",
        "{place}: ký tự thứ {character} của mẫu: không có cách viết “{written}”. Bỏ dấu \\, hoặc viết \\\\ nếu cần chính dấu \\",
        "{place}: character {character} of the pattern: there is no escape “{written}”. Remove the \\, or write \\\\ for the \\ itself"
    ),
    entry(
        "pattern.group",
        "{place}: ký tự thứ {character} của mẫu: không có loại nhóm “{written}”. Dùng (?:…), (?=…), (?!…), (?<=…) hoặc (?<!…)",
        "{place}: character {character} of the pattern: there is no group “{written}”. Use (?:…), (?=…), (?!…), (?<=…) or (?<!…)"
    ),
    entry(
        "pattern.group-missing",
        "{place}: ký tự thứ {character} của mẫu: “{written}” chỉ tới nhóm không có. Viết mẫu cách khác",
        "{place}: character {character} of the pattern: “{written}” refers to a group that is not there. Write the pattern another way"
    ),
    entry(
        "pattern.group-name",
        "{place}: ký tự thứ {character} của mẫu: “{written}” không làm tên nhóm được. Viết chữ cái trước, rồi chữ cái hoặc chữ số, rồi dấu >",
        "{place}: character {character} of the pattern: “{written}” cannot name a group. Write a letter, then letters or digits, then >"
    ),
    entry(
        "pattern.group-of-re2",
        "{place}: ký tự thứ {character} của mẫu: hàm matches không có loại nhóm “{written}”. Dùng (?:…), (?i:…) hoặc (?P<tên>…)",
        "{place}: character {character} of the pattern: matches has no group “{written}”. Use (?:…), (?i:…) or (?P<name>…)"
    ),
    entry(
        "pattern.nothing-to-repeat",
        "{place}: ký tự thứ {character} của mẫu: trước “{written}” không có gì để lặp lại. Viết \\ ở trước nếu cần chính ký tự này",
        "{place}: character {character} of the pattern: there is nothing to repeat before “{written}”. Write a \\ before it for the character itself"
    ),
    entry(
        "pattern.property",
        "{place}: ký tự thứ {character} của mẫu: không có thuộc tính ký tự “{written}”. Viết tên như L hoặc Lu; hệ chữ: Script=Latin, trong hàm matches: Latin",
        "{place}: character {character} of the pattern: there is no character property “{written}”. Use a name like L or Lu; for a script Script=Latin, or Latin in matches"
    ),
    entry(
        "pattern.range-bound",
        "{place}: ký tự thứ {character} của mẫu: hai đầu của khoảng “{written}” phải là một ký tự. Viết \\- nếu cần chính dấu -",
        "{place}: character {character} of the pattern: both ends of the range “{written}” must be one character. Write \\- for the - itself"
    ),
    entry(
        "pattern.range-order",
        "{place}: ký tự thứ {character} của mẫu: trong khoảng “{written}” ký tự đầu đứng sau ký tự cuối. Đổi chỗ hai ký tự",
        "{place}: character {character} of the pattern: in the range “{written}” the first character comes after the last. Swap the two"
    ),
    entry(
        "pattern.too-deep",
        "{place}: ký tự thứ {character} của mẫu: nhóm lồng nhau quá {most} tầng. Bớt nhóm lồng nhau",
        "{place}: character {character} of the pattern: groups nest deeper than {most} levels. Nest less"
    ),
    entry(
        "pattern.too-long",
        "{place}: mẫu dài quá {most} ký tự. Rút ngắn mẫu",
        "{place}: the pattern is longer than {most} characters. Shorten it"
    ),
    entry(
        "pattern.too-many-states",
        "{place}: mẫu lặp quá nhiều, hơn {most} trạng thái. Giảm số lần lặp",
        "{place}: the pattern repeats too much, for more than {most} states. Repeat less"
    ),
    entry(
        "pattern.unclosed-class",
        "{place}: ký tự thứ {character} của mẫu: thiếu dấu ] cho dấu [ này. Thêm ], hoặc viết \\[",
        "{place}: character {character} of the pattern: the ] for this [ is missing. Add it, or write \\["
    ),
    entry(
        "pattern.unclosed-group",
        "{place}: ký tự thứ {character} của mẫu: thiếu dấu ) cho dấu ( này. Thêm ), hoặc viết \\(",
        "{place}: character {character} of the pattern: the ) for this ( is missing. Add it, or write \\("
    ),
    entry(
        "schema.address-too-long",
        "{place}: địa chỉ dài hơn {most} ký tự. Rút ngắn $id",
        "{place}: the address is longer than {most} bytes. Shorten $id",
    ),
    entry(
        "schema.dialect-unsupported",
        "{place}: không đọc được phiên bản “{dialect}”. Chuyển sang https://json-schema.org/draft/2020-12/schema. Với lược đồ thường, có thể gửi kèm tài liệu của phiên bản đó (refs, --ref)",
        "{place}: the dialect “{dialect}” is not read. Convert the schema to https://json-schema.org/draft/2020-12/schema. A plain schema may bring the dialect’s meta-schema along (refs, --ref)",
    ),
    entry(
        "schema.dialect-unsupported#old",
        "{place}: phiên bản “{dialect}” quá cũ. Chuyển sang bản 2020-12, ví dụ bằng lệnh npx alterschema",
        "{place}: the dialect “{dialect}” is too old. Convert the schema to 2020-12, for example with npx alterschema",
    ),
    entry(
        "schema.dialect-unsupported#rules",
        "{place}: bộ quy tắc của thủ tục chỉ viết theo bản 2020-12. Đổi $schema thành https://json-schema.org/draft/2020-12/schema",
        "{place}: the rule schema of a procedure is written in 2020-12 only. Change $schema to https://json-schema.org/draft/2020-12/schema",
    ),
    entry(
        "schema.expression-never-applies",
        "{place}: từ khóa này nằm trong một nhánh, hoặc trong định nghĩa không dùng tới. Chuyển ra ngoài, điều kiện thì ghi trong biểu thức",
        "{place}: this keyword stands in a branch, or in a definition that is not used. Move it out, and put the condition into an expression",
    ),
    entry(
        "schema.expression-only-on-property",
        "{place}: từ khóa này chỉ dùng cho một trường của nhóm. Chuyển vào trường, hoặc cho cả danh sách",
        "{place}: this keyword is for a field of an object. Move it to a field, or to the list itself",
    ),
    entry(
        "schema.expression-recursive",
        "{place}: có biểu thức hoặc x-lookup trong phần lặp lại chính nó. Bỏ tham chiếu vòng, hoặc bỏ từ khóa đó",
        "{place}: expressions or x-lookup stand in a part that holds itself. Remove the reference, or the keywords",
    ),
    entry(
        "schema.field-unknown",
        "{place}: bộ quy tắc không có trường “{field}”. Sửa tên, hoặc khai trường đó trong properties",
        "{place}: the schema declares no field “{field}”. Correct the name, or declare the field in properties",
    ),
    entry(
        "schema.field-unknown#suggestion",
        "{place}: bộ quy tắc không có trường “{field}”. Có phải là “{suggestion}”?",
        "{place}: the schema declares no field “{field}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.format-unknown",
        "{place}: không có định dạng “{format}”. Dùng một định dạng trong docs/formats.md, hoặc pattern",
        "{place}: there is no format “{format}”. Use one of docs/formats.md, or a pattern",
    ),
    entry(
        "schema.format-unknown#suggestion",
        "{place}: không có định dạng “{format}”. Có phải là “{suggestion}”?",
        "{place}: there is no format “{format}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.keyword-unknown",
        "{place}: không có từ khóa “{keyword}”. Bỏ đi hoặc sửa tên. Tên của trường phải nằm trong properties",
        "{place}: there is no keyword “{keyword}”. Remove it or correct its name. The names of fields stand inside properties",
    ),
    entry(
        "schema.keyword-unknown#suggestion",
        "{place}: không có từ khóa “{keyword}”. Có phải là “{suggestion}”?",
        "{place}: there is no keyword “{keyword}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.keyword-unsupported",
        "{place}: “{keyword}” không dùng được ở đây. Bỏ từ khóa hoặc viết cách khác",
        "{place}: “{keyword}” does not work here. Remove it or say it another way",
    ),
    entry(
        "schema.keyword-unsupported#root",
        "{place}: “{keyword}” chỉ dùng ở cấp ngoài cùng. Chuyển ra ngoài cùng của bộ quy tắc",
        "{place}: “{keyword}” works only at the top. Move it to the top of the schema",
    ),
    entry("schema.keyword-value", "{place}: ở đây cần {expected}", "{place}: needs {expected}"),
    entry(
        "schema.no-code-list",
        "{place}: thiếu danh sách mã “{list}”. Thêm danh sách này (codeLists, --codes) hoặc sửa tên",
        "{place}: there is no code list “{list}”. Add it (codeLists, --codes), or correct the name",
    ),
    entry(
        "schema.no-code-list#suggestion",
        "{place}: thiếu danh sách mã “{list}”. Có phải là “{suggestion}”?",
        "{place}: there is no code list “{list}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.not-a-schema",
        "{place}: chỗ này phải là một bộ quy tắc. Viết một đối tượng, true hoặc false",
        "{place}: a schema must stand here. Write an object, true or false",
    ),
    entry(
        "schema.number-not-exact",
        "{place}: số này sẽ bị làm tròn trong dạng chuẩn. Viết ít chữ số hơn",
        "{place}: this number would be rounded in canonical form. Write fewer digits",
    ),
    entry("schema.part-missing", "{place}: thiếu phần “{part}”. Viết thêm phần đó", "{place}: the part “{part}” is missing. Add it"),
    entry(
        "schema.reference-loop",
        "{place}: các tham chiếu quay lại chỗ này mà không đi vào dữ liệu. Bỏ một tham chiếu, hoặc đặt nó trong properties hay items",
        "{place}: references come back here without going down into the data. Remove one, or put it inside properties or items",
    ),
    entry(
        "schema.reference-missing",
        "{place}: “{reference}” không chỉ tới đâu. Sửa lại, hoặc thêm phần đó vào bộ quy tắc, ví dụ trong $defs",
        "{place}: “{reference}” points nowhere. Correct it, or add what it names, for example to $defs",
    ),
    entry(
        "schema.reference-missing#suggestion",
        "{place}: “{reference}” không chỉ tới đâu. Có phải là “{suggestion}”?",
        "{place}: “{reference}” points nowhere. Did you mean “{suggestion}”?",
    ),
    entry(
        "schema.reference-unsupported",
        "{place}: “{reference}” ở tài liệu khác, không có ở đây. Chép tài liệu đó vào $defs, kèm $id của nó. Với lược đồ thường, có thể gửi kèm tài liệu đó (refs, --ref)",
        "{place}: “{reference}” is in another document, which is not here. Copy that into $defs with its $id. A plain schema may bring it along (refs, --ref)",
    ),
    entry(
        "schema.rule-cycle",
        "{place}: các trường phụ thuộc vòng vào nhau: {path}. Bỏ một chỗ đọc trong vòng này",
        "{place}: fields depend on each other in a circle: {path}. Remove one of these readings",
    ),
    entry(
        "schema.too-many-patterns",
        "{place}: các mẫu quá nhiều hoặc quá lớn. Bớt mẫu, hoặc giảm số lần lặp trong mẫu",
        "{place}: the patterns are too many or too large. Use fewer, or repeat less in them",
    ),
    entry(
        "schema.too-many-scopes",
        "{place}: $dynamicRef có quá nhiều nghĩa. Bớt $dynamicAnchor",
        "{place}: $dynamicRef means too many things. Use fewer $dynamicAnchor",
    ),
    entry(
        "schema.vocabulary-unknown",
        "{place}: bộ từ khóa “{vocabulary}” phải đọc được mà không đọc được. Đổi thành không cần (false), hoặc bỏ",
        "{place}: the vocabulary “{vocabulary}” is required but not known. Make it optional (false), or leave it out",
    ),
];
