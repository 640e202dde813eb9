//! Sentences of `cli.*` and `tsa.*`: what the command `hoso` says of its arguments and files, and of the timestamp authorities it asks.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "cli.algorithm",
        "Chọn thuật toán khác thay {algorithm}. Khóa này ký được bằng {usable}",
        "Choose another algorithm than {algorithm}. This key can sign with {usable}",
    ),
    entry("cli.argument-missing", "Thêm {argument}: lệnh này cần tham số đó", "Add {argument}: the command needs it here",),
    entry(
        "cli.arguments-conflict",
        "Bỏ {argument} hoặc {other}: hai tham số này không dùng cùng nhau",
        "Leave out {argument} or {other}: they do not go together",
    ),
    entry(
        "cli.attach",
        "Ghi TRƯỜNG=TỆP thay cho “{argument}”, ví dụ /attachments/others=giay-to.pdf",
        "Write FIELD=FILE instead of “{argument}”, for example /attachments/others=paper.pdf",
    ),
    entry(
        "cli.clock",
        "Ghi thời điểm theo RFC 3339, ví dụ 2026-11-24T09:00:00+07:00",
        "Give the moment as RFC 3339, for example 2026-11-24T09:00:00+07:00",
    ),
    entry(
        "cli.codes",
        "“{argument}” không đúng dạng TÊN=TỆP. Ghi như communes=data/communes.json",
        "“{argument}” is not of the form NAME=FILE. Write it like communes=data/communes.json",
    ),
    entry(
        "cli.content-inside",
        "Bỏ --content: gói này đã chứa mọi tệp được ký",
        "Leave out --content: this file holds everything that is signed",
    ),
    entry(
        "cli.file-changed",
        "Tệp {file} đã thay đổi trong lúc ký. Ký lại từ đầu",
        "The file {file} changed while it was being signed. Sign again",
    ),
    entry("cli.file-name", "Đổi tên tệp {file}: tên phải là chữ Unicode", "Rename the file {file}: its name must be Unicode text",),
    entry(
        "cli.file-name-twice",
        "Có hai tệp cùng tên {name}. Đổi tên một tệp rồi ký lại",
        "Two files have the name {name}. Rename one, then sign again",
    ),
    entry(
        "cli.file-too-large",
        "Tệp {file} lớn hơn {most|bytes}. Chọn tệp nhỏ hơn",
        "The file {file} is larger than {most|bytes}. Choose a smaller one",
    ),
    entry(
        "cli.file-unreadable",
        "Không đọc được tệp {file}. Kiểm tra tên tệp và quyền đọc ({reason})",
        "The file {file} cannot be read. Check its name and permissions ({reason})",
    ),
    entry(
        "cli.file-unwritable",
        "Không ghi được tệp {file}. Kiểm tra thư mục, quyền ghi và dung lượng trống ({reason})",
        "The file {file} cannot be written. Check the folder, its permissions and the free space ({reason})",
    ),
    entry(
        "cli.moments",
        "Có {given} lần --received-at cho {files} gói. Ghi một lần cho tất cả, hoặc mỗi gói một lần theo đúng thứ tự",
        "--received-at is given {given} times for {files} files. Give it once for all, or once for each in their order",
    ),
    entry(
        "cli.no-signature",
        "Chọn --signature khác: không có chữ ký số {number}",
        "Choose another --signature: there is no signature number {number}",
    ),
    entry(
        "cli.no-version",
        "Không có phiên bản quy tắc nào dùng cho ngày {day|date}. Thêm phiên bản của ngày đó vào --schema, hoặc đổi --now",
        "No version of the rules is in force on {day|date}. Add the one of that day with --schema, or change --now",
    ),
    entry(
        "cli.one-file",
        "Bỏ bớt {argument}: chữ ký này chỉ gồm một tệp. Để ký nhiều tệp, dùng --format asice hoặc jades",
        "Give {argument} once: this signature is over one file. To sign several use --format asice or jades",
    ),
    entry(
        "cli.one-signature",
        "Thêm --signature: tệp có nhiều chữ ký, mỗi lần chỉ hỏi cho một chữ ký",
        "Add --signature: the file has several, and a question is about one of them",
    ),
    entry(
        "cli.out-is-input",
        "Tệp {file} là tệp đầu vào, ghi đè sẽ làm mất tệp đó. Chọn tên khác để ghi",
        "{file} is an input; writing there would destroy it. Choose another name to write to",
    ),
    entry(
        "cli.password-unreadable",
        "Không đọc được mật khẩu ({reason}). Kiểm tra tệp hoặc biến môi trường chứa mật khẩu",
        "The password cannot be read ({reason}). Check the file or the environment variable that holds it",
    ),
    entry(
        "cli.policy",
        "“{argument}” không phải mã chính sách. Ghi các số cách nhau bằng dấu chấm, ví dụ 1.3.6.1.4.1.5555.1",
        "“{argument}” is no policy. Write numbers with dots between, for example 1.3.6.1.4.1.5555.1",
    ),
    entry(
        "cli.procedures",
        "Các tệp của --schema dành cho nhiều thủ tục. Chỉ đưa các phiên bản của một thủ tục",
        "The files of --schema are for several procedures. Give versions of one procedure alone",
    ),
    entry("cli.random", "Máy không cấp được số ngẫu nhiên. Thử lại", "The system gave no random numbers. Try again"),
    entry(
        "cli.ref",
        "Ghi ĐỊA-CHỈ=TỆP thay cho “{argument}”, ví dụ https://example.org/address=address.json",
        "Write URI=FILE instead of “{argument}”, for example https://example.org/address=address.json",
    ),
    entry(
        "cli.report",
        "Đổi tên tệp {file}: báo cáo phải có tên kết thúc bằng .html hoặc .json",
        "Rename {file}: a report's name ends in .html or .json",
    ),
    entry(
        "cli.schema-id",
        "“{argument}” không phải mã SHA-256. Ghi đủ 64 ký tự 0–9, a–f",
        "“{argument}” is no SHA-256. Write all 64 characters, 0–9 and a–f",
    ),
    entry(
        "tsa.address",
        "Sửa địa chỉ của máy chủ cấp dấu thời gian {url}, ví dụ http://tsa.example.vn",
        "Correct the address of the timestamp authority {url}, for example http://tsa.example.vn",
    ),
    entry(
        "tsa.http-status",
        "Máy chủ cấp dấu thời gian {url} trả lời mã lỗi {status}. Kiểm tra địa chỉ, hoặc thử lại sau",
        "The timestamp authority {url} answered with status {status}. Check the address, or try again later",
    ),
    entry(
        "tsa.request-differs",
        "Tệp --tsa-request không phải câu hỏi cho chữ ký này. Tạo lại câu hỏi rồi gửi đi",
        "The file of --tsa-request is no question about this signature. Write it again and send it",
    ),
    entry(
        "tsa.timeout",
        "Máy chủ cấp dấu thời gian {url} không trả lời kịp. Thử lại sau",
        "The timestamp authority {url} did not answer in time. Try again later",
    ),
    entry(
        "tsa.too-large",
        "Câu trả lời của {url} quá dài, không phải dấu thời gian. Kiểm tra địa chỉ",
        "The answer of {url} is too long for a timestamp. Check the address",
    ),
    entry(
        "tsa.unreachable",
        "Không kết nối được với máy chủ cấp dấu thời gian {url}. Kiểm tra mạng và địa chỉ",
        "The timestamp authority {url} cannot be reached. Check the network and the address",
    ),
];
