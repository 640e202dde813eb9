//! Sentences of `seal.*`: a dossier that cannot be sealed.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "seal.attachment-changed",
        "Tệp {name} đã thay đổi sau khi đính kèm. Đính kèm lại tệp này",
        "{name} was changed after it was attached. Attach it again",
    ),
    entry(
        "seal.attachment-extra",
        "Tệp {name} chưa có trong tờ khai. Thêm tệp vào đúng mục đính kèm hoặc bỏ tệp này ra",
        "{name} is not listed in the form. Add it to its field or leave it out",
    ),
    entry(
        "seal.attachment-field",
        "Mục {path} không chứa được danh sách tệp đính kèm. Kiểm tra lại mục đính kèm",
        "{path} cannot hold a list of attachments. Check the field",
    ),
    entry(
        "seal.attachment-media-type",
        "Tệp {name} thật ra là {found}, không phải {claimed}. Chọn lại tệp đúng loại",
        "{name} is in fact {found}, not {claimed}. Choose a file of the right type",
    ),
    entry(
        "seal.attachment-missing",
        "Tờ khai có tệp {name} nhưng chưa thấy tệp này. Chọn lại tệp",
        "The form lists {name}, which was not given. Choose the file again",
    ),
    entry(
        "seal.attachment-name",
        "Tên tệp ở mục {path} dài quá hoặc có ký tự không dùng được. Đổi tên tệp rồi đính kèm lại",
        "The file name at {path} is too long or holds characters that cannot be used. Rename the file and attach it again",
    ),
    entry(
        "seal.attachment-part",
        "Tệp ở mục {path} chưa được đánh số đúng thứ tự. Đính kèm lại các tệp",
        "The file at {path} is not numbered by its place. Attach the files again",
    ),
    entry(
        "seal.attachment-type-unknown",
        "Không nhận ra loại của tệp {name}. Chọn tệp PDF hoặc ảnh JPG, PNG",
        "The type of {name} is not known. Choose a PDF, or a JPG or PNG picture",
    ),
    entry(
        "seal.name-collision",
        "Hai tệp {first} và {second} trùng tên. Đổi tên một trong hai",
        "{first} and {second} have the same name. Rename one of the two",
    ),
    entry(
        "seal.option",
        "Thông tin {path} của hồ sơ còn trống hoặc chưa đúng. Kiểm tra thông tin này rồi làm lại",
        "{path} of the dossier is empty or malformed. Check it and try again",
    ),
    entry(
        "seal.procedure-missing",
        "Bộ quy tắc không nói thuộc thủ tục nào. Dùng biểu mẫu của một thủ tục hành chính",
        "The schema names no procedure. Use the form of an administrative procedure",
    ),
    entry(
        "seal.too-large",
        "Hồ sơ lớn hơn {most|bytes}. Giảm dung lượng các tệp đính kèm",
        "The dossier is larger than {most|bytes}. Make the attachments smaller",
    ),
    entry(
        "seal.too-many-attachments",
        "Hồ sơ có hơn {most} tệp đính kèm. Gộp bớt tệp",
        "The dossier has more than {most} attachments. Merge some of them",
    ),
];
