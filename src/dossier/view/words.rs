//! What the reading copy says itself, in both languages.

/// A text of the copy itself: Vietnamese, English.
pub(super) struct Word(pub(super) &'static str, pub(super) &'static str);

pub(super) const COPY: Word = Word("Bản đọc của hồ sơ", "Reading copy of the dossier");
pub(super) const ABOUT: Word = Word(
    "Bản này ghi lại mọi nội dung đã khai, để đọc và in. Chữ ký số nằm trong gói hồ sơ: muốn biết hồ sơ đã ký chưa, hãy kiểm tra gói hồ sơ.",
    "This copy holds everything that was declared, to read and print. The digital signature is in the dossier package: check the package to learn whether it was signed.",
);
pub(super) const NOT_FORM_01: Word = Word(
    "Đây không phải giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu số 01).",
    "This is not the receipt and appointment slip (form 01) of the authority.",
);
pub(super) const CODE: Word = Word("Mã thủ tục", "Procedure code");
pub(super) const VERSION: Word = Word("Phiên bản tờ khai", "Version of the form");
pub(super) const AUTHORITY: Word = Word("Cơ quan giải quyết", "Authority");
pub(super) const LEGAL_BASIS: Word = Word("Căn cứ pháp lý", "Legal basis");
pub(super) const LANGUAGE: Word = Word("Ngôn ngữ", "Language");
pub(super) const LANGUAGE_NAME: Word = Word("Tiếng Việt", "English");
pub(super) const NOTHING: Word = Word("Tờ khai chưa có nội dung nào.", "The form holds nothing yet.");
pub(super) const FORM: Word = Word("Nội dung đã khai", "What was declared");
pub(super) const ON_NO_PAGE: Word = Word("Mục nằm ngoài các trang", "Entries on no page");
pub(super) const UNNAMED: Word = Word("Nội dung khác", "Other content");
pub(super) const UNNAMED_NOTE: Word =
    Word("Mẫu tờ khai không có những mục này. Tên mục được giữ nguyên.", "The form does not have these entries. Their names are as found.");
pub(super) const NO_NAME: Word = Word("(không có tên)", "(without a name)");
pub(super) const ITEM: Word = Word("Mục", "Item");
pub(super) const YES: Word = Word("Có", "Yes");
pub(super) const NO: Word = Word("Không", "No");
pub(super) const EMPTY: Word = Word("(để trống)", "(left empty)");
pub(super) const NULL: Word = Word("(không có giá trị)", "(no value)");
pub(super) const IN_PACKAGE: Word = Word("Tên trong gói hồ sơ:", "Name in the package:");
pub(super) const DIGEST: Word = Word("Mã đối chiếu (SHA-256)", "Check code (SHA-256)");
