//! Sentences of `expression.*` and `evaluation.*`: what the author of a rule reads. `{place}` ends in the character that is meant.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "evaluation.absent",
        "{place}: dữ liệu không có trường được đọc ở đây. Hỏi trước bằng has(…)",
        "{place}: the data has no such field. Ask first with has(…)",
    ),
    entry(
        "evaluation.bad-value",
        "{place}: không đổi được nội dung này sang kiểu cần có. Đọc cách viết của hàm trong docs/expressions.md",
        "{place}: this cannot be read as the type that is needed. Read in docs/expressions.md what the function takes",
    ),
    entry(
        "evaluation.division-by-zero",
        "{place}: phép chia cho 0. Viết điều kiện để không chia khi số chia là 0",
        "{place}: division by zero. Write a condition so that nothing is divided by 0",
    ),
    entry(
        "evaluation.duplicate-key",
        "{place}: một khóa có hai lần. Để mỗi khóa một lần",
        "{place}: a key is there twice. Leave each key once",
    ),
    entry(
        "evaluation.index",
        "{place}: danh sách không có phần tử thứ này, số thứ tự bắt đầu từ 0. Dùng size(…) để biết có bao nhiêu phần tử",
        "{place}: the list has no item at this index; they count from 0. Use size(…) to learn how many there are",
    ),
    entry(
        "evaluation.no-overload",
        "{place}: phép tính hay hàm không nhận những kiểu này. Đổi kiểu bằng int(…), double(…) hoặc string(…)",
        "{place}: the operator or function does not take these types. Convert them with int(…), double(…) or string(…)",
    ),
    entry(
        "evaluation.no-such-key",
        "{place}: không có khóa này. Hỏi trước bằng has(…)",
        "{place}: there is no such key. Ask first with has(…)",
    ),
    entry(
        "evaluation.no-value",
        "{place}: ở đây không có gì. Dùng orValue(…) để cho biết khi trống thì là gì",
        "{place}: there is nothing here. Use orValue(…) to say what stands in its place",
    ),
    entry(
        "evaluation.overflow",
        "{place}: kết quả quá lớn. Dùng số nhỏ hơn, hoặc double(…)",
        "{place}: the result is too large. Use smaller numbers, or double(…)",
    ),
    entry(
        "evaluation.pattern",
        "{place}: mẫu này không đọc được. Viết mẫu theo cú pháp RE2",
        "{place}: this pattern cannot be read. Write it in the syntax of RE2",
    ),
    entry(
        "evaluation.steps",
        "{place}: tính mất quá nhiều bước. Viết biểu thức gọn hơn, hoặc bớt dữ liệu",
        "{place}: evaluating takes too many steps. Write a simpler expression, or use less data",
    ),
    entry(
        "evaluation.too-large",
        "{place}: biểu thức tạo ra quá nhiều dữ liệu. Viết gọn hơn",
        "{place}: the expression makes too much data. Write it more simply",
    ),
    entry(
        "evaluation.unknown",
        "{place}: không có tên hay hàm này. Đọc docs/expressions.md để biết có những gì",
        "{place}: there is no such name or function. Read in docs/expressions.md what there is",
    ),
    entry(
        "expression.always-fails",
        "{place}: biểu thức này không bao giờ có kết quả. Sửa phép tính ở đây",
        "{place}: this never has a result. Mend what is computed here",
    ),
    entry(
        "expression.always-fails#value",
        "{place}: hàm này không đọc được nội dung như vậy. Viết ngày như date('2026-01-31'), số như double('1.5')",
        "{place}: the function cannot read what it is given. Write days like date('2026-01-31'), numbers like double('1.5')",
    ),
    entry(
        "expression.always-fails#zero",
        "{place}: phép chia cho 0 không bao giờ có kết quả. Sửa số chia",
        "{place}: division by 0 never has a result. Correct the divisor",
    ),
    entry(
        "expression.call-form",
        "{place}: “{name}” không viết như thế ở đây. Viết như {form}",
        "{place}: “{name}” is not written like that here. Write it like {form}",
    ),
    entry(
        "expression.character",
        "{place}: CEL không dùng ký tự này. So sánh bằng ==, đặt chữ trong '…', hoặc bỏ đi",
        "{place}: CEL has no use for this character. Compare with ==, put texts in '…', or remove it",
    ),
    entry(
        "expression.character#and",
        "{place}: CEL không dùng một dấu & đơn. Viết && nghĩa là “và”",
        "{place}: CEL has no use for a single &. Write && for “and”",
    ),
    entry(
        "expression.character#or",
        "{place}: CEL không dùng một dấu | đơn. Viết || nghĩa là “hoặc”",
        "{place}: CEL has no use for a single |. Write || for “or”",
    ),
    entry(
        "expression.character#quote",
        "{place}: CEL không đọc dấu nháy cong. Viết dấu nháy thẳng '…'",
        "{place}: CEL does not read curly quotes. Write straight ones: '…'",
    ),
    entry(
        "expression.ends-early",
        "{place}: biểu thức kết thúc quá sớm. Viết nốt phần còn thiếu",
        "{place}: the expression ends too early. Write what is missing",
    ),
    entry(
        "expression.escape",
        "{place}: trong chữ này có cách viết sau dấu \\ mà CEL không có. Viết \\\\ nếu cần chính dấu \\",
        "{place}: this text has an escape that CEL has not. Write \\\\ for the \\ itself",
    ),
    entry(
        "expression.expected",
        "{place}: ở đây cần “{expected}”. Thêm vào, hoặc sửa phần đứng trước",
        "{place}: “{expected}” is needed here. Add it, or correct what stands before it",
    ),
    entry(
        "expression.expected#operator",
        "{place}: ở đây cần một phép tính. Viết && cho “và”, || cho “hoặc”, == cho “bằng”, số như 1000.5, hoặc bỏ phần thừa",
        "{place}: an operator is needed here. Write && for “and”, || for “or”, == for “is”, numbers like 1000.5, or remove what is too much",
    ),
    entry(
        "expression.field-unknown",
        "{place}: bộ quy tắc không có trường “{field}”. Khai báo trường này, hoặc sửa tên",
        "{place}: the schema has no field “{field}”. Declare it, or correct the name",
    ),
    entry(
        "expression.field-unknown#suggestion",
        "{place}: bộ quy tắc không có trường “{field}”. Có phải là “{suggestion}”?",
        "{place}: the schema has no field “{field}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.function-unknown",
        "{place}: ở đây không có hàm “{name}”. Đọc docs/expressions.md để biết có những hàm nào",
        "{place}: there is no function “{name}” here. Read in docs/expressions.md which there are",
    ),
    entry(
        "expression.function-unknown#suggestion",
        "{place}: không có hàm “{name}”. Có phải là “{suggestion}”?",
        "{place}: there is no function “{name}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.has-argument",
        "{place}: has(…) hỏi về một trường. Viết như has(self.name)",
        "{place}: has(…) asks about a field. Write it like has(self.name)",
    ),
    entry(
        "expression.list-not-literal",
        "{place}: Viết thẳng tên danh sách trong dấu nháy, ví dụ “communes”",
        "{place}: write the name of the list itself in quotes, for example “communes”",
    ),
    entry(
        "expression.macro-variable",
        "{place}: ở đây cần một tên mới cho phần tử. Viết như rows.all(row, row.amount > 0)",
        "{place}: a new name for the element is needed here. Write it like rows.all(row, row.amount > 0)",
    ),
    entry(
        "expression.message-unsupported",
        "{place}: không tạo được thông điệp Protocol Buffers. Dùng danh sách [1, 2] hoặc các cặp khóa",
        "{place}: messages of Protocol Buffers are not made. Use a list like [1, 2], or a map",
    ),
    entry(
        "expression.name-unknown",
        "{place}: ở đây không có tên “{name}”. Dùng self, root, today, now, parent nếu không phải là cả biểu mẫu, hoặc đặt chữ trong dấu nháy",
        "{place}: there is no name “{name}” here. Use self, root, today, now, below the whole form also parent, or put a text in quotes",
    ),
    entry(
        "expression.name-unknown#suggestion",
        "{place}: không có tên “{name}”. Có phải là “{suggestion}”?",
        "{place}: there is no name “{name}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.never-equal",
        "{place}: trường này không bao giờ là “{value}”. Sửa cho khớp với các lựa chọn của trường",
        "{place}: this field is never “{value}”. Change it to one of the choices of the field",
    ),
    entry(
        "expression.never-equal#suggestion",
        "{place}: trường này không bao giờ là “{value}”. Có phải là “{suggestion}”?",
        "{place}: this field is never “{value}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.never-true",
        "{place}: quy tắc này không bao giờ đúng. Sửa điều kiện, hoặc bỏ quy tắc",
        "{place}: this rule is never true. Correct the condition, or remove the rule",
    ),
    entry(
        "expression.no-code-list",
        "{place}: chưa có danh sách mã “{list}”. Đưa danh sách này kèm theo bộ quy tắc",
        "{place}: there is no code list “{list}”. Hand it over with the schema",
    ),
    entry(
        "expression.no-code-list#suggestion",
        "{place}: chưa có danh sách mã “{list}”. Có phải là “{suggestion}”?",
        "{place}: there is no code list “{list}”. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.no-fields",
        "{place}: kiểu {found} không có trường nào. Dùng hàm như size(…), hoặc đọc trường của từng dòng bằng map(row, row.field)",
        "{place}: {found} has no fields. Use a function such as size(…), or read a field of each row with map(row, row.field)",
    ),
    entry(
        "expression.no-fields#suggestion",
        "{place}: kiểu {found} không có trường nào. Có phải là “{suggestion}”?",
        "{place}: {found} has no fields. Did you mean “{suggestion}”?",
    ),
    entry(
        "expression.no-overload",
        "{place}: “{name}” không nhận ({types}). Đổi kiểu bằng date(…), int(…), double(…) hoặc string(…), hoặc viết số như 1.0",
        "{place}: “{name}” does not take ({types}). Convert with date(…), int(…), double(…) or string(…), or write numbers like 1.0",
    ),
    entry(
        "expression.no-overload#date",
        "{place}: “{name}” không nhận ({types}). Viết ngày như date('2026-01-31'), hoặc đổi chữ thành ngày bằng date(…)",
        "{place}: “{name}” does not take ({types}). Write a day like date('2026-01-31'), or convert the text with date(…)",
    ),
    entry(
        "expression.no-overload#days",
        "{place}: “{name}” không nhận ({types}). Dùng daysBetween(from, to) để đếm ngày, addDays(day, 30) để cộng ngày, age(day) để tính tuổi",
        "{place}: “{name}” does not take ({types}). Use daysBetween(from, to) to count days, addDays(day, 30) to add some, age(day) for years of age",
    ),
    entry(
        "expression.no-overload#numbers",
        "{place}: “{name}” không nhận ({types}). Viết double(…) quanh số nguyên, hoặc 1.0 thay cho 1",
        "{place}: “{name}” does not take ({types}). Write double(…) around the whole number, or 1.0 for 1",
    ),
    entry(
        "expression.no-overload#takes",
        "{place}: “{name}” không nhận ({types}), mà nhận {takes}. Sửa cho khớp",
        "{place}: “{name}” does not take ({types}), but {takes}. Change it to that",
    ),
    entry(
        "expression.number",
        "{place}: số này viết không đúng hoặc quá lớn. Viết số nguyên như 100, số thập phân như 1.5",
        "{place}: this number is not written as one, or is too large. Write whole numbers like 100, others like 1.5",
    ),
    entry(
        "expression.pattern",
        "{place}: mẫu không đọc được ở “{written}” ({reason}). Viết mẫu theo cú pháp RE2",
        "{place}: the pattern cannot be read at “{written}” ({reason}). Write it in the syntax of RE2",
    ),
    entry(
        "expression.quote-unclosed",
        "{place}: dấu nháy này chưa đóng. Thêm dấu nháy ở cuối chữ",
        "{place}: this quote is not closed. Add a quote where the text ends",
    ),
    entry(
        "expression.reserved-word",
        "{place}: CEL giữ từ này cho mình. Dùng tên khác",
        "{place}: CEL keeps this word for itself. Use another name",
    ),
    entry(
        "expression.result-type",
        "{place}: ở đây cần {expected}, không phải {found}. Đổi biểu thức cho ra đúng kiểu",
        "{place}: {expected} is needed here, not {found}. Change the expression so that it gives that",
    ),
    entry(
        "expression.too-deep",
        "{place}: biểu thức lồng nhau quá {most} tầng. Chia thành vài quy tắc",
        "{place}: the expression nests deeper than {most} levels. Split it into several rules",
    ),
    entry(
        "expression.too-long",
        "{place}: biểu thức dài quá {most|bytes}. Chia thành vài quy tắc",
        "{place}: the expression is longer than {most|bytes}. Split it into several rules",
    ),
    entry(
        "expression.value-expected",
        "{place}: ở đây cần một trường, một số, chữ trong dấu nháy hoặc một hàm. Sửa hoặc bỏ dấu này",
        "{place}: a field, a number, a text in quotes or a function is needed here. Correct or remove this sign",
    ),
];
