//! Sentences of `asic.*`: a container of signed files (ASiC) that cannot be made, read or believed.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "asic.data-objects",
        "Gói ký loại đơn giản (ASiC-S) phải chứa đúng một tệp được ký. Yêu cầu người gửi tạo lại gói",
        "A simple container (ASiC-S) must hold exactly one file that is signed. Ask the sender to make it again",
    ),
    entry(
        "asic.differs",
        "Tệp {name} không còn đúng như lúc người trước ký. Xin lại gói gốc từ người ký trước, đừng ký thêm vào gói này",
        "{name} is not as it was when others signed it. Do not sign it too, and ask who signed before for the original",
    ),
    entry(
        "asic.file",
        "Không đưa được tệp {name} vào gói ký vì tên hoặc loại tệp có ký tự không dùng được. Đổi tên tệp rồi ký lại",
        "{name} cannot be put into a container: its name or type holds letters that cannot be used. Rename the file and sign again",
    ),
    entry(
        "asic.manifest",
        "Bảng kê tệp được ký {name} không viết đúng chuẩn. Yêu cầu người gửi ký lại bằng phần mềm theo chuẩn ASiC",
        "The list of signed files {name} does not follow the standard. Ask the sender to sign again with software that follows ASiC",
    ),
    entry(
        "asic.manifest-algorithm",
        "Bảng kê tệp được ký {name} dùng thuật toán băm không được nhận. Yêu cầu người gửi ký lại bằng SHA-256, SHA-384 hoặc SHA-512",
        "The list of signed files {name} uses a hash algorithm that is not taken. Ask the sender to sign again with SHA-256, SHA-384 or SHA-512",
    ),
    entry(
        "asic.manifest-critical",
        "Bảng kê tệp được ký {name} có phần mở rộng phải hiểu mà hoso không hiểu. Yêu cầu người gửi ký lại bằng phần mềm khác",
        "The list of signed files {name} has an extension that must be understood, which hoso does not. Ask the sender to sign again with other software",
    ),
    entry(
        "asic.manifest-form",
        "Bảng kê tệp được ký không viết đúng dạng của gói hồ sơ. Xin lại gói hồ sơ gốc từ người gửi",
        "The list of signed files is not written in the form that a package has. Ask the sender for the original package",
    ),
    entry(
        "asic.manifest-nested",
        "Bảng kê tệp được ký nêu {name}, là tệp của chính phần chữ ký. Yêu cầu người gửi ký lại bằng phần mềm theo chuẩn ASiC",
        "The list of signed files names {name}, which belongs to the signatures themselves. Ask the sender to sign again with software that follows ASiC",
    ),
    entry(
        "asic.manifest-repeated",
        "Bảng kê tệp được ký nêu {name} hai lần. Xin lại gói từ người gửi và đề phòng giả mạo",
        "The list of signed files names {name} twice. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "asic.manifest-too-large",
        "Bảng kê tệp được ký lớn hơn {most|bytes}. Yêu cầu người gửi chia thành nhiều gói nhỏ hơn",
        "The list of signed files is larger than {most|bytes}. Ask the sender to split it into smaller containers",
    ),
    entry(
        "asic.manifest-xml",
        "Không đọc được bảng kê tệp được ký. Xin lại gói từ người gửi",
        "The list of signed files cannot be read. Ask the sender for the file again",
    ),
    entry(
        "asic.meta-inf",
        "Tệp {name} không đúng chỗ trong phần chữ ký của gói. Xin lại gói từ người gửi và đề phòng giả mạo",
        "{name} does not belong where the signatures of the container stand. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "asic.mimetype",
        "Tệp này không bắt đầu như một gói ký ASiC. Kiểm tra xem đã chọn đúng tệp, hoặc xin lại gói từ người gửi",
        "This file does not begin as an ASiC container does. Check that the right file was chosen, or ask the sender for it again",
    ),
    entry(
        "asic.no-signature",
        "Gói này chưa có ai ký. Yêu cầu người gửi ký rồi gửi lại",
        "Nobody has signed this container. Ask the sender to sign it and send it again",
    ),
    entry("asic.nothing-to-sign", "Chưa chọn tệp nào để ký. Chọn ít nhất một tệp", "No file to sign was chosen. Choose at least one file",),
    entry(
        "asic.one-message",
        "Gói này không có đúng một tệp chữ ký CAdES, hoặc chữ ký đã được niêm phong bằng manifest lưu trữ hay dấu thời gian. Ký và gửi riêng các tệp bên trong",
        "The container has not exactly one CAdES signature file, or an archive manifest or timestamp seals it. Sign the files inside by themselves",
    ),
    entry(
        "asic.signature-missing",
        "Gói thiếu tệp chữ ký {name}. Xin lại gói từ người gửi",
        "The signature file {name} is missing from the container. Ask the sender for the file again",
    ),
    entry(
        "asic.signature-shared",
        "Hai bảng kê cùng nhận chữ ký {name}. Xin lại gói từ người gửi và đề phòng giả mạo",
        "Two lists of signed files claim the signature {name}. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "asic.signature-unreferenced",
        "Chữ ký {name} không kèm bảng kê tệp được ký. Xin lại gói từ người gửi và đề phòng giả mạo",
        "No list of signed files belongs to the signature {name}. Ask the sender for the file again, and beware of forgery",
    ),
    entry(
        "asic.too-many-signatures",
        "Gói có hơn {most} chữ ký. Yêu cầu người gửi chia thành nhiều gói",
        "The container holds more than {most} signatures. Ask the sender to split it into several",
    ),
    entry(
        "asic.uncovered",
        "Không có chữ ký nào bao gồm tệp {name}. Yêu cầu người gửi ký lại cả gói, đừng tin nội dung tệp này",
        "No signature covers {name}. Do not believe what it says, and ask the sender to sign the whole container again",
    ),
    entry(
        "asic.unsupported",
        "Chữ ký {name} thuộc loại XAdES mà hoso chưa kiểm tra được. Kiểm tra bằng phần mềm khác, hoặc yêu cầu người gửi ký theo CAdES",
        "The signature {name} is of the kind XAdES, which hoso does not verify. Check it with other software, or ask the sender to sign with CAdES",
    ),
];
