//! Sentences of `json.*`: a document that cannot be read, or not be written canonically.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "json.byte-order-mark",
        "Tệp bắt đầu bằng dấu BOM. Lưu lại tệp dạng UTF-8 không có BOM",
        "The file starts with a byte order mark. Save it as UTF-8 without BOM",
    ),
    entry(
        "json.control-character",
        "Dòng {line}, cột {column}: có ký tự điều khiển trong chuỗi. Xóa hoặc viết thành \\n, \\t, \\u…",
        "Line {line}, column {column}: a control character inside a string. Remove it or write it as \\n, \\t, \\u…",
    ),
    entry(
        "json.duplicate-name",
        "Dòng {line}, cột {column}: tên này đã có trong cùng đối tượng. Xóa một trong hai",
        "Line {line}, column {column}: this name already stands in the same object. Remove one of the two",
    ),
    entry("json.empty", "Tệp trống. Chọn tệp có nội dung JSON", "The file is empty. Choose a file that holds JSON"),
    entry(
        "json.ends-early",
        "Dòng {line}, cột {column}: tệp kết thúc giữa chừng. Kiểm tra xem tệp có bị cắt không",
        "Line {line}, column {column}: the file ends too early. Check whether it was cut off",
    ),
    entry(
        "json.escape",
        "Dòng {line}, cột {column}: JSON không có cách viết này sau dấu \\. Viết \\\\ nếu cần chính dấu \\",
        "Line {line}, column {column}: JSON has no such escape after \\. Write \\\\ for the \\ itself",
    ),
    entry(
        "json.lone-surrogate",
        "Dòng {line}, cột {column}: chỉ có một nửa của ký tự ghép \\ud800–\\udfff. Viết đủ hai nửa",
        "Line {line}, column {column}: half of a surrogate pair. Write both halves",
    ),
    entry(
        "json.not-exact",
        "Số ở {path} sẽ bị làm tròn khi ký. Viết ít chữ số hơn hoặc viết thành chuỗi",
        "The number at {path} would be rounded when signed. Write fewer digits, or write it as a string",
    ),
    entry(
        "json.not-utf8",
        "Dòng {line}, cột {column}: tệp không phải UTF-8. Lưu lại tệp dạng UTF-8",
        "Line {line}, column {column}: the file is not UTF-8. Save it as UTF-8",
    ),
    entry(
        "json.number",
        "Dòng {line}, cột {column}: số viết sai. Viết như 0, -12, 3.5, 1e6",
        "Line {line}, column {column}: a malformed number. Write it like 0, -12, 3.5, 1e6",
    ),
    entry(
        "json.number-too-long",
        "Dòng {line}, cột {column}: số dài quá {most} ký tự. Rút ngắn hoặc viết thành chuỗi",
        "Line {line}, column {column}: the number is longer than {most} characters. Shorten it, or write it as a string",
    ),
    entry(
        "json.too-deep",
        "Dòng {line}, cột {column}: dữ liệu lồng nhau quá {most} tầng. Bớt tầng lồng nhau",
        "Line {line}, column {column}: nested deeper than {most} levels. Nest less",
    ),
    entry(
        "json.too-large",
        "Tệp lớn hơn {most|bytes}. Chia nhỏ tệp hoặc bỏ bớt nội dung",
        "The file is larger than {most|bytes}. Split it or take something out",
    ),
    entry(
        "json.trailing-data",
        "Dòng {line}, cột {column}: còn nội dung sau khi dữ liệu đã kết thúc. Xóa phần thừa",
        "Line {line}, column {column}: there is text after the end of the data. Remove it",
    ),
    entry(
        "json.unexpected",
        "Dòng {line}, cột {column}: ký tự này không đúng chỗ. Kiểm tra dấu phẩy, ngoặc kép và ngoặc gần đó",
        "Line {line}, column {column}: this character is out of place. Check commas, quotes and brackets nearby",
    ),
];
