//! Sentences of `lint.*`: what a schema that compiles probably does not mean, why, and how to mend it.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "lint.bounds-crossed",
        "{lower} ({least}) và {upper} ({most}) loại trừ nhau nên không giá trị nào hợp lệ. Sửa một trong hai số",
        "{lower} ({least}) and {upper} ({most}) leave nothing between them, so no value is valid. Change one of the two",
    ),
    entry(
        "lint.branch-always",
        "Nhánh này nhận mọi giá trị, nên cả {keyword} không kiểm tra gì. Bỏ {keyword}, hoặc viết điều kiện cho nhánh này",
        "Every value passes this branch, so the whole {keyword} checks nothing. Remove {keyword}, or give this branch a condition",
    ),
    entry(
        "lint.branch-always#one",
        "Nhánh này nhận mọi giá trị, nên giá trị nào hợp với một nhánh khác của oneOf đều bị từ chối. Viết điều kiện cho nhánh này, hoặc dùng anyOf hay not",
        "Every value passes this branch, so what passes another branch of oneOf is refused. Give this branch a condition, or use anyOf or not",
    ),
    entry(
        "lint.branch-repeated",
        "Nhánh {second} giống hệt nhánh {first}, nên giá trị nào hợp với chúng đều bị oneOf từ chối. Bỏ một nhánh",
        "Branch {second} is the same as branch {first}, so oneOf refuses every value that passes them. Remove one",
    ),
    entry(
        "lint.branches-overlap",
        "Giá trị này hợp với cả nhánh {first} và nhánh {second}, nên oneOf từ chối nó. Loại nó khỏi một nhánh, hoặc dùng anyOf",
        "This value passes both branch {first} and branch {second}, so oneOf refuses it. Exclude it from one of them, or use anyOf",
    ),
    entry(
        "lint.choice-label",
        "Lựa chọn này không có nhãn, nên người khai sẽ thấy mã. Thêm x-label",
        "This choice has no label, so people see its code. Add x-label",
    ),
    entry(
        "lint.choice-label#enum",
        "Các lựa chọn của enum không có nhãn, nên người khai sẽ thấy mã. Viết oneOf, mỗi lựa chọn gồm const và x-label",
        "The choices of enum have no labels, so people see their codes. Write oneOf, each choice with const and x-label",
    ),
    entry(
        "lint.condition-constant",
        "Điều kiện if này luôn đúng: then luôn áp dụng, else không bao giờ. Viết điều kiện, hoặc bỏ if và chuyển nội dung của then ra ngoài",
        "This if is always true: then always applies, else never. Write a condition, or remove if and move what is in then outside",
    ),
    entry(
        "lint.condition-constant#never",
        "Điều kiện if này không bao giờ đúng: else luôn áp dụng, then không bao giờ. Viết điều kiện, hoặc bỏ if và chuyển nội dung của else ra ngoài",
        "This if is never true: else always applies, then never. Write a condition, or remove if and move what is in else outside",
    ),
    entry(
        "lint.content-ignored",
        "{keyword} chỉ mô tả, không được kiểm tra. Dùng x-attachment cho tệp, hoặc format hay pattern cho chữ",
        "{keyword} only describes and is not checked. Use x-attachment for files, format or pattern for text",
    ),
    entry(
        "lint.definition-unused",
        "Không có tham chiếu nào đang dùng dẫn tới định nghĩa này. Bỏ đi, hoặc thêm $ref tới nó",
        "No reference in use leads to this definition. Remove it, or refer to it with $ref",
    ),
    entry(
        "lint.format-ignored",
        "format ở đây không được kiểm tra (cả bộ quy tắc có {count} chỗ như vậy). Bật kiểm tra định dạng (--assert-format, assert_formats), hoặc viết pattern",
        "format is not checked here ({count} in the whole schema). Have formats checked (--assert-format, assert_formats), or write a pattern",
    ),
    entry(
        "lint.format-type",
        "format này chỉ kiểm tra chữ, nhưng type không nhận chữ. Thêm string vào type, hoặc bỏ format",
        "This format checks texts alone, and type lets no text in. Add string to type, or remove format",
    ),
    entry(
        "lint.format-unknown",
        "Không có định dạng tên này, nên không có gì được kiểm tra. Sửa tên, hoặc viết pattern",
        "There is no format of this name, so nothing is checked. Correct the name, or write a pattern",
    ),
    entry(
        "lint.format-unknown#suggestion",
        "Không có định dạng tên này, nên không có gì được kiểm tra. Đổi thành “{suggestion}” nếu đúng là định dạng đó",
        "There is no format of this name, so nothing is checked. Change it to “{suggestion}” if that is what was meant",
    ),
    entry(
        "lint.fraction-compared",
        "hoso so sánh số thập phân này chính xác từng chữ số, chương trình khác thường làm tròn trước khi so sánh, nên kết quả có thể khác nhau. Dùng đơn vị nhỏ hơn để có số nguyên, hoặc dùng minimum và maximum",
        "hoso compares this decimal digit by digit; other programs often round it first, so answers may differ. Use a smaller unit that gives whole numbers, or minimum and maximum",
    ),
    entry(
        "lint.keyword-pointless",
        "{keyword} chỉ nói về kiểu {type}, nhưng type không nhận kiểu đó, nên không kiểm tra gì. Sửa type, hoặc bỏ {keyword}",
        "{keyword} speaks of the type {type} alone, which type does not let in, so it checks nothing. Correct type, or remove {keyword}",
    ),
    entry(
        "lint.label-language",
        "Nhãn này chỉ có tiếng Việt, trong khi nhãn khác có cả tiếng Anh. Thêm “en”",
        "This label is in Vietnamese alone, while others are in English too. Add “en”",
    ),
    entry(
        "lint.label-missing",
        "Trường “{name}” không có nhãn, nên người khai sẽ thấy tên này. Thêm x-label",
        "The field “{name}” has no label, so people see this name. Add x-label",
    ),
    entry(
        "lint.lookup-stale",
        "Có biểu thức đọc kết quả tra cứu này nhưng không xem đã hỏi gì, nên sửa mục đã hỏi thì kết quả cũ vẫn tính. So asked với mục đã hỏi",
        "Expressions read this answer and never what was asked, so it counts on when what was asked about is changed. Compare asked with the fields",
    ),
    entry(
        "lint.multiple-fraction",
        "Số nguyên thì không cần bội số của một số thập phân, và chương trình khác có thể tính sai vì làm tròn. Viết multipleOf là số nguyên, hoặc đổi type thành number",
        "Whole numbers need no multiples of a fraction, and other programs may get them wrong by rounding. Write a whole multipleOf, or make type number",
    ),
    entry(
        "lint.no-number",
        "Giữa hai giới hạn không có số nguyên nào, nên không số nào hợp lệ. Sửa giới hạn, hoặc đổi type thành number",
        "There is no whole number between the bounds, so no number is valid. Change the bounds, or make type number",
    ),
    entry(
        "lint.no-number#multiple",
        "Giữa hai giới hạn không có bội số nào của multipleOf, nên không số nào hợp lệ. Sửa giới hạn hoặc multipleOf",
        "There is no multiple of multipleOf between the bounds, so no number is valid. Change the bounds or multipleOf",
    ),
    entry(
        "lint.partner-missing",
        "{keyword} không có tác dụng khi thiếu {partner}. Thêm {partner}, hoặc bỏ {keyword}",
        "{keyword} means nothing without {partner}. Add {partner}, or remove {keyword}",
    ),
    entry(
        "lint.pattern-empty",
        "pattern này nhận chữ rỗng, nhưng minLength không nhận. Bỏ phần cho phép rỗng trong pattern, hoặc bỏ minLength",
        "This pattern takes the empty text, which minLength refuses. Take that out of the pattern, or remove minLength",
    ),
    entry(
        "lint.pattern-message",
        "Câu chung cho pattern không nói được phải viết thế nào. Thêm x-message.pattern có ví dụ",
        "The general sentence for pattern cannot say what to write. Add x-message.pattern with an example",
    ),
    entry(
        "lint.pattern-unanchored",
        "pattern này chỉ cần khớp một phần, trước và sau đó viết gì cũng được. Thêm ^ ở đầu và $ ở cuối, hoặc viết .* nếu đúng là cho phép",
        "A part of the text is enough for this pattern; anything may stand before and behind it. Add ^ at the start and $ at the end, or write .* if that is meant",
    ),
    entry(
        "lint.pattern-unanchored#end",
        "Sau phần khớp pattern này viết gì cũng được. Thêm $ ở cuối, hoặc viết .* nếu đúng là cho phép",
        "Anything may stand behind what this pattern matches. Add $ at the end, or write .* if that is meant",
    ),
    entry(
        "lint.pattern-unanchored#start",
        "Trước phần khớp pattern này viết gì cũng được. Thêm ^ ở đầu, hoặc viết .* nếu đúng là cho phép",
        "Anything may stand before what this pattern matches. Add ^ at the start, or write .* if that is meant",
    ),
    entry(
        "lint.reference-sibling",
        "Trong draft 7, {keyword} đứng cạnh $ref thì không có tác dụng. Viết allOf gồm $ref và phần còn lại, hoặc chuyển sang bản 2019-09 trở lên",
        "In draft 7, {keyword} beside $ref means nothing. Write allOf with $ref and the rest, or convert the schema to 2019-09 or later",
    ),
    entry(
        "lint.relevant-required",
        "“{name}” có x-relevant mà vẫn nằm trong required, nên khi không liên quan sẽ bị báo thiếu. Bỏ khỏi required, thêm x-required: true",
        "“{name}” has x-relevant and yet stands in required, so where it is not relevant it is told as missing. Remove it there, and add x-required: true",
    ),
    entry(
        "lint.required-forbidden",
        "Trường “{name}” vừa phải có vừa không được có, nên không dữ liệu nào hợp lệ. Bỏ một trong hai",
        "“{name}” is both required and refused, so no data is valid. Remove one of the two",
    ),
    entry(
        "lint.required-forbidden#closed",
        "Trường “{name}” phải có, nhưng additionalProperties không nhận trường ngoài properties ở cùng chỗ, nên không dữ liệu nào hợp lệ. Khai “{name}” trong properties này, hoặc dùng unevaluatedProperties",
        "“{name}” is required, but additionalProperties takes no field outside the properties beside it, so no data is valid. Declare “{name}” in those properties, or use unevaluatedProperties",
    ),
    entry(
        "lint.required-undeclared",
        "Trường “{name}” phải có nhưng không được khai trong properties nào. Khai trường này, hoặc bỏ tên khỏi required",
        "“{name}” is required, but no properties declare it. Declare it, or remove the name from required",
    ),
    entry(
        "lint.required-undeclared#suggestion",
        "Trường “{name}” phải có nhưng không được khai trong properties nào. Đổi thành “{suggestion}” nếu đúng là trường đó",
        "“{name}” is required, but no properties declare it. Change it to “{suggestion}” if that is what was meant",
    ),
    entry(
        "lint.rule-always",
        "Biểu thức này luôn đúng, dữ liệu thế nào cũng vậy. Bỏ đi, hoặc sửa điều kiện",
        "This is true whatever the data. Remove it, or correct the condition",
    ),
    entry(
        "lint.rule-division",
        "Phép chia hai số nguyên bỏ phần dư. Viết double(a) / 7.0 nếu cần cả phần lẻ",
        "A division of whole numbers drops the rest. Write double(a) / 7.0 where the fraction counts",
    ),
    entry(
        "lint.rule-multiplies",
        "Biểu thức này duyệt cả một danh sách cho từng dòng, nên chậm khi danh sách dài. Chuyển phép tính ra ngoài bằng x-calculate",
        "This goes over a list for every row, which is slow where lists are long. Move it out, into an x-calculate",
    ),
    entry(
        "lint.rule-reads-nothing",
        "Biểu thức này không đọc trường nào. Đọc trường bằng self, parent hoặc root, hoặc bỏ đi",
        "This reads no field. Read one by self, parent or root, or remove it",
    ),
    entry(
        "lint.types-apart",
        "Phần này đòi kiểu dữ liệu mà các phần cùng áp dụng ở đây không nhận, nên không giá trị nào hợp lệ. Sửa type ở một trong các phần, hoặc dùng anyOf",
        "This part asks for a type that the others which apply here do not let in, so no value is valid. Correct type in one of them, or use anyOf",
    ),
    entry(
        "lint.value-refused",
        "Phần còn lại của bộ quy tắc ở đây từ chối giá trị này, nên không ai chọn được. Bỏ giá trị, hoặc sửa phần kia",
        "The rest of this schema refuses this value, so nobody can choose it. Remove the value, or correct the rest",
    ),
    entry(
        "lint.value-refused#keyword",
        "{keyword} từ chối giá trị này, nên không ai chọn được. Bỏ giá trị, hoặc sửa {keyword}",
        "{keyword} refuses this value, so nobody can choose it. Remove the value, or correct {keyword}",
    ),
];
