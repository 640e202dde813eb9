//! Sentences of `zip.*`: a zip file that two readers could understand in two ways, or that none should unpack.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "zip.checksum",
        "Nội dung tệp {name} trong gói nén đã bị hỏng. Tải lại gói, hoặc xin lại từ người gửi",
        "The content of {name} in the zip file is damaged. Download the file again, or ask the sender for it",
    ),
    entry(
        "zip.collision",
        "Hai tệp {first} và {second} trong gói nén sẽ đè lên nhau khi giải nén. Xin lại gói từ người gửi và đề phòng giả mạo",
        "{first} and {second} in the zip file would overwrite each other when unpacked. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.comment",
        "Gói nén có phần ghi chú không được ký. Yêu cầu người gửi tạo lại gói không có ghi chú",
        "The zip file has a comment, which nobody signs. Ask the sender to make it again without one",
    ),
    entry(
        "zip.compressed",
        "Không giải nén được tệp {name}. Tải lại gói, hoặc xin lại từ người gửi",
        "{name} cannot be unpacked. Download the file again, or ask the sender for it",
    ),
    entry(
        "zip.descriptor",
        "Thông tin ghi sau tệp {name} trong gói nén không khớp. Yêu cầu người gửi tạo lại gói bằng phần mềm khác",
        "What stands behind {name} in the zip file does not match. Ask the sender to make the file again with other software",
    ),
    entry(
        "zip.directory",
        "Mục lục của gói nén bị hỏng hoặc có dữ liệu lạ xen vào. Xin lại gói từ người gửi và đề phòng giả mạo",
        "The directory of the zip file is damaged, or something foreign stands beside it. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.encrypted",
        "Tệp {name} trong gói nén bị đặt mật khẩu. Yêu cầu người gửi tạo lại gói không có mật khẩu",
        "{name} in the zip file is locked with a password. Ask the sender to make the file again without one",
    ),
    entry(
        "zip.end",
        "Đây không phải gói nén zip, hoặc gói chưa tải hết, hoặc có dữ liệu thừa ở cuối. Tải lại gói, hoặc xin lại từ người gửi",
        "This is no zip file, or it was not downloaded to its end, or something follows its end. Download the file again, or ask the sender for it",
    ),
    entry(
        "zip.extra",
        "Tệp {name} trong gói nén có thông tin phụ mà hoso không hiểu. Yêu cầu người gửi tạo lại gói bằng phần mềm khác",
        "{name} in the zip file carries further information that hoso does not know. Ask the sender to make the file again with other software",
    ),
    entry(
        "zip.kind",
        "{name} trong gói nén không phải tệp thường, có thể là liên kết tới nơi khác. Xin lại gói từ người gửi và đề phòng giả mạo",
        "{name} in the zip file is no plain file; it may be a link to elsewhere. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.local-header",
        "Gói nén ghi hai thông tin khác nhau về tệp {name}. Xin lại gói từ người gửi và đề phòng giả mạo",
        "The zip file says two different things of {name}. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.method",
        "Tệp {name} được nén bằng cách mà hoso không đọc. Yêu cầu người gửi tạo lại gói zip thông thường",
        "{name} is compressed in a way that hoso does not read. Ask the sender to make an ordinary zip file",
    ),
    entry(
        "zip.multi-disk",
        "Gói nén bị chia thành nhiều phần. Gộp lại thành một gói rồi kiểm tra lại",
        "The zip file is one of several pieces. Put them together and check again",
    ),
    entry(
        "zip.name",
        "Tên của tệp thứ {number} trong gói nén chứa đường dẫn hoặc ký tự dễ gây nhầm. Xin lại gói từ người gửi và đề phòng giả mạo",
        "The name of file {number} in the zip file holds a path or letters that deceive. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.place",
        "Trước tệp {name} trong gói nén có dữ liệu lạ, hoặc tệp này nằm chồng lên tệp khác. Xin lại gói từ người gửi và đề phòng giả mạo",
        "Something foreign stands before {name} in the zip file, or it overlaps another file. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "zip.ratio",
        "Tệp {name} giải nén ra lớn bất thường. Hỏi lại người gửi, đề phòng tệp phá hoại",
        "{name} would unpack to an unusual size. Ask the sender, and beware of a file made to do harm",
    ),
    entry(
        "zip.too-large",
        "Các tệp trong gói nén lớn hơn {most|bytes} khi giải nén. Chia thành nhiều gói nhỏ hơn",
        "The files in the zip file are larger than {most|bytes} when unpacked. Split it into smaller ones",
    ),
    entry(
        "zip.too-many-entries",
        "Gói nén có hơn {most} tệp. Chia thành nhiều gói nhỏ hơn",
        "The zip file holds more than {most} files. Split it into smaller ones",
    ),
    entry(
        "zip.zip64",
        "Gói nén ghi theo kiểu dành cho gói trên 4 GB mà hoso không đọc. Yêu cầu người gửi tạo lại gói zip thông thường",
        "The zip file is written in the form for more than 4 GB, which hoso does not read. Ask the sender to make an ordinary zip file",
    ),
];
