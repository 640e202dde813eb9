//! Sentences of `cms.*` and `timestamp.*`: signed messages and timestamps that cannot be read or believed.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "cms.algorithms-differ",
        "Thuật toán ghi ngoài chữ ký khác thuật toán người ký đã ký. Xin lại tệp chữ ký gốc từ người gửi",
        "The algorithms named outside the signature are not those the signer signed. Ask the sender for the original signature file",
    ),
    entry(
        "cms.armour",
        "Phần chữ giữa hai dòng BEGIN và END của chữ ký bị hỏng hoặc có thêm nội dung khác. Xin lại tệp chữ ký gốc từ người gửi",
        "The text between the lines BEGIN and END of the signature is damaged, or more stands beside it. Ask the sender for the original signature file",
    ),
    entry(
        "cms.armour-label",
        "Tệp này là {label}, không phải chữ ký. Chọn tệp có dòng đầu ghi BEGIN CMS hoặc BEGIN PKCS7",
        "This file is a {label}, and no signature. Choose one whose first line says BEGIN CMS or BEGIN PKCS7",
    ),
    entry(
        "cms.attribute-malformed",
        "Phần {oid} trong chữ ký viết sai chuẩn. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "Attribute {oid} of the signature is malformed. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.attribute-missing",
        "Chữ ký thiếu phần {oid}. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "The signature lacks attribute {oid}. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.attribute-repeated",
        "Chữ ký có phần {oid} ghi hai lần. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "The signature has attribute {oid} twice. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.attributes-not-der",
        "Các phần được ký không xếp theo thứ tự của chuẩn DER, nên mỗi phần mềm có thể hiểu một khác. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "What was signed does not stand in the order of DER, so programs may read it differently. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.content-type-differs",
        "Loại nội dung đã ký khác loại ghi trong tệp. Xin lại tệp chữ ký gốc từ người gửi",
        "Another kind of content was signed than the file says. Ask the sender for the original signature file",
    ),
    entry(
        "cms.hashes-differ",
        "Chữ ký dùng hai hàm băm khác nhau cho nội dung và cho phần được ký. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "The signature hashes its content and its attributes differently. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.malformed",
        "Không đọc được tệp chữ ký: dữ liệu không theo chuẩn DER. Xin lại tệp chữ ký gốc từ người gửi",
        "The signature file cannot be read: it is not DER. Ask the sender for the original signature file",
    ),
    entry(
        "cms.no-signed-attributes",
        "Chữ ký không ghi thời điểm ký và chứng thư số nào đã ký. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES",
        "The signature says neither when nor with which certificate it was made. Ask the sender to sign again with software that follows CAdES",
    ),
    entry(
        "cms.no-signer",
        "Tệp chữ ký không có chữ ký nào. Xin lại tệp chữ ký gốc từ người gửi",
        "The signature file holds no signature. Ask the sender for the original signature file",
    ),
    entry(
        "cms.not-signed-data",
        "Tệp này không phải tệp chữ ký CMS. Chọn tệp chữ ký có đuôi .p7s hoặc .p7m",
        "This is no CMS signature file. Choose the signature file, whose name ends in .p7s or .p7m",
    ),
    entry(
        "cms.too-large",
        "Tệp chữ ký lớn {bytes|bytes}, quá mức {most|bytes}. Chọn tệp chữ ký tách rời, không kèm nội dung",
        "The signature file has {bytes|bytes}, more than {most|bytes}. Choose a detached signature, without its content",
    ),
    entry(
        "cms.too-many",
        "Tệp chữ ký kèm quá nhiều chứng thư số hoặc chữ ký. Xin lại tệp chữ ký gốc từ người gửi",
        "The signature file holds too many certificates or signatures. Ask the sender for the original signature file",
    ),
    entry(
        "cms.unexpected",
        "Tệp chữ ký có phần mà chuẩn CMS không cho phép. Xin lại tệp chữ ký gốc từ người gửi",
        "The signature file holds what CMS does not allow. Ask the sender for the original signature file",
    ),
    entry(
        "timestamp.ahead",
        "Dấu thời gian ghi thời điểm sau lúc nhận. Kiểm tra đồng hồ của máy, rồi kiểm tra lại",
        "The timestamp says a time after the receipt. Check this machine's clock, then verify again",
    ),
    entry(
        "timestamp.certificate-missing",
        "Dấu thời gian không kèm chứng thư số của nơi cấp. Xin lại dấu thời gian, có yêu cầu kèm chứng thư số",
        "The timestamp does not carry the certificate of its authority. Ask for another one that does",
    ),
    entry(
        "timestamp.certificate-not-bound",
        "Dấu thời gian không ghi chứng thư số nào đã cấp. Xin dấu thời gian từ nơi khác",
        "The timestamp does not say which certificate made it. Ask another authority for one",
    ),
    entry(
        "timestamp.imprint-differs",
        "Dấu thời gian là của nội dung khác. Xin lại dấu thời gian cho chữ ký này",
        "The timestamp is of something else. Ask for one of this signature",
    ),
    entry(
        "timestamp.malformed",
        "Không đọc được dấu thời gian. Xin lại dấu thời gian, hoặc hỏi nơi cấp",
        "The timestamp cannot be read. Ask for another one, or ask its authority",
    ),
    entry(
        "timestamp.nonce-differs",
        "Nơi cấp dấu thời gian trả lời cho câu hỏi khác. Xin lại dấu thời gian",
        "The timestamp authority answered another question. Ask again",
    ),
    entry(
        "timestamp.not-timestamp",
        "Dữ liệu nhận được không phải dấu thời gian. Kiểm tra địa chỉ nơi cấp dấu thời gian",
        "What was received is no timestamp. Check the address of the timestamp authority",
    ),
    entry(
        "timestamp.outside-certificate",
        "Dấu thời gian ghi thời điểm mà chứng thư số của nơi cấp chưa hoặc hết hiệu lực. Xin dấu thời gian từ nơi khác",
        "The timestamp says a time at which its authority's certificate was not valid. Ask another authority for one",
    ),
    entry(
        "timestamp.rejected",
        "Nơi cấp dấu thời gian từ chối (mã {status}): {reason}. Hỏi nơi cấp, hoặc dùng nơi khác",
        "The timestamp authority refused (status {status}): {reason}. Ask it why, or use another one",
    ),
    entry(
        "timestamp.wrong",
        "Dấu thời gian đã bị sửa, hoặc không do chứng thư số ghi trong đó cấp. Xin lại dấu thời gian",
        "The timestamp was changed, or was not made with the certificate it names. Ask for another one",
    ),
];
