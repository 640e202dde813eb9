//! Sentences of `edit.*` and `draft.*`: what a live form refuses.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "draft.damaged",
        "Bản nháp bị hỏng hoặc không phải bản nháp của hoso, nên không dùng phần nào của nó. Mở một bản khác, hoặc điền lại từ đầu",
        "The draft is damaged, or is no draft of hoso, so nothing of it was used. Open another one, or start anew",
    ),
    entry(
        "draft.too-new",
        "Bản nháp do phiên bản hoso mới hơn ghi. Tải lại trang để dùng phiên bản đó",
        "A later version of hoso wrote the draft. Open the page again to get that version",
    ),
    entry(
        "edit.computed",
        "Mục này do biểu mẫu tự tính. Sửa các mục mà nó được tính từ đó",
        "This value is computed. Change the fields that it is computed from",
    ),
    entry(
        "edit.gone",
        "Mục hoặc dòng này không còn nữa. Dùng con trỏ để lấy lại chỗ cần sửa",
        "This field or row is gone. Use its pointer to get the place again",
    ),
    entry(
        "edit.lookup",
        "Mục này ghi kết quả tra cứu, không sửa được. Sửa các mục đã hỏi rồi tra cứu lại",
        "A database’s answer cannot be edited. Change the fields that were asked about, and look it up again",
    ),
    entry(
        "edit.no-place",
        "Không có chỗ “{pointer}” trong biểu mẫu. Sửa con trỏ",
        "The form has no place “{pointer}”. Correct the pointer",
    ),
    entry(
        "edit.no-row",
        "Danh sách chỉ có {rows} dòng, không có dòng số {index} (tính từ 0). Sửa số thứ tự",
        "The list has {rows} rows and no index {index}. Correct the index",
    ),
    entry(
        "edit.not-a-field",
        "Không xóa trắng được một dòng hay cả biểu mẫu. Dùng remove để bỏ dòng",
        "A row, or the whole form, cannot be cleared. Use remove for a row",
    ),
    entry(
        "edit.not-a-list",
        "Chỗ này không phải một danh sách hay một dòng của danh sách. Sửa con trỏ",
        "This is no list, nor a row of one. Correct the pointer",
    ),
    entry("edit.not-a-lookup", "Chỗ này không có x-lookup. Sửa con trỏ", "This place has no x-lookup. Correct the pointer",),
    entry(
        "edit.read-only",
        "Lúc này mục này không được sửa. Xem lại các mục quyết định điều đó",
        "This field must not be edited now. Check the fields that decide it",
    ),
    entry(
        "edit.too-deep",
        "Giá trị này làm dữ liệu lồng sâu quá {most} tầng. Dùng giá trị ít tầng hơn",
        "With this value the data nests deeper than {most} levels. Use one of fewer levels",
    ),
    entry(
        "edit.too-large",
        "Giá trị này làm dữ liệu lớn quá {most|bytes}. Viết ngắn lại, hoặc bỏ bớt dòng",
        "With this value the data is larger than {most|bytes}. Write less, or remove rows",
    ),
];
