//! Sentences of `cli.*`: what the command `hoso` says of its arguments and files.

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
        "cli.no-version",
        "Không có phiên bản quy tắc nào dùng cho ngày {day|date}. Thêm phiên bản của ngày đó vào --schema, hoặc đổi --now",
        "No version of the rules is in force on {day|date}. Add the one of that day with --schema, or change --now",
    ),
    entry(
        "cli.one-file",
        "Chỉ ghi {argument} một lần: chữ ký CAdES chỉ gồm một tệp. Nếu có nhiều tệp, dùng --format asice hoặc jades",
        "Give {argument} once: a CAdES signature is over one file. For several files use --format asice or jades",
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
        "cli.schema-id",
        "“{argument}” không phải mã SHA-256. Ghi đủ 64 ký tự 0–9, a–f",
        "“{argument}” is no SHA-256. Write all 64 characters, 0–9 and a–f",
    ),
];
