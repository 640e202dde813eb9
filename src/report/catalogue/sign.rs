//! Sentences of `jades.*` and `signature.*`: a signature that cannot be made, read or believed.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "jades.algorithm",
        "Chữ ký dùng thuật toán {name}, không nằm trong các thuật toán được nhận: ES256, ES384, PS256, PS384, RS256. Yêu cầu người gửi ký lại bằng một trong các thuật toán này",
        "The signature uses {name}, which is none of the algorithms taken: ES256, ES384, PS256, PS384, RS256. Ask the sender to sign again with one of these",
    ),
    entry(
        "jades.base64",
        "Phần {member} của chữ ký viết sai base64. Xin lại gói hồ sơ gốc từ người gửi",
        "{member} of the signature is not strict base64. Ask the sender for the original package",
    ),
    entry(
        "jades.certificates",
        "Chữ ký phải kèm từ 1 đến {most} chứng thư số. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature must carry 1 to {most} certificates. Ask the sender for the original package",
    ),
    entry(
        "jades.chain",
        "Chữ ký kèm chứng thư số thừa hoặc sai thứ tự. Yêu cầu người gửi ký lại, chỉ kèm chứng thư số của người ký và của các cấp trung gian",
        "The signature carries a certificate too many, or in the wrong order. Ask the sender to sign again with the signer’s and the intermediate certificates only",
    ),
    entry(
        "jades.compact",
        "Chữ ký JWS dạng gọn (compact) không có chỗ để thêm. Đổi sang dạng JSON (flattened) rồi thêm vào tệp đó",
        "A compact JWS has no room for more. Convert it to its JSON form (flattened), and add to that",
    ),
    entry(
        "jades.counter-signed",
        "Chữ ký xác nhận lại có thêm chữ ký xác nhận khác bên trong. Xin lại gói hồ sơ gốc từ người gửi",
        "A counter-signature carries a counter-signature of its own. Ask the sender for the original package",
    ),
    entry(
        "jades.critical",
        "Chữ ký đòi người kiểm tra phải hiểu phần {name} mà hoso không hiểu. Yêu cầu người gửi ký lại bằng phần mềm khác",
        "The signature demands that {name} be understood, which hoso does not. Ask the sender to sign again with other software",
    ),
    entry(
        "jades.critical-missing",
        "Chữ ký không ghi {name} là phần người kiểm tra phải hiểu. Ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature does not declare {name} critical. Sign again with software that follows JAdES",
    ),
    entry(
        "jades.header-member",
        "Phần đầu chữ ký có giá trị sai ở {path}. Ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature's header has a wrong value at {path}. Sign again with software that follows JAdES",
    ),
    entry(
        "jades.header-member#missing",
        "Phần đầu chữ ký thiếu {path}. Ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature's header lacks {path}. Sign again with software that follows JAdES",
    ),
    entry(
        "jades.header-member#unknown",
        "Phần đầu chữ ký có phần lạ {path}. Ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature's header has an unknown member {path}. Sign again with software that follows JAdES",
    ),
    entry(
        "jades.header-twice",
        "Chữ ký ghi phần {name} ở chỗ không được bảo vệ. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature has {name} where it is not protected. Ask the sender to sign again with software that follows JAdES",
    ),
    entry(
        "jades.header-unreadable",
        "Không đọc được phần đầu chữ ký (dòng {line}, cột {column}). Xin lại gói hồ sơ gốc từ người gửi",
        "The signature's header cannot be read (line {line}, column {column}). Ask the sender for the original package",
    ),
    entry(
        "jades.mechanism",
        "Chữ ký chỉ nội dung đã ký theo cách {name} mà hoso không theo được. Yêu cầu người gửi ký lại bằng phần mềm khác",
        "The signature names what it covers by {name}, which hoso does not follow. Ask the sender to sign again with other software",
    ),
    entry(
        "jades.member",
        "Tệp chữ ký có giá trị sai ở {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file has a wrong value at {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.member#missing",
        "Tệp chữ ký thiếu {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file lacks {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.member#unknown",
        "Tệp chữ ký có phần lạ {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file has an unknown member {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.no-such-signature",
        "Tệp không có chữ ký ở vị trí này. Kiểm tra số thứ tự của chữ ký",
        "The file has no signature at this place. Check the number of the signature",
    ),
    entry(
        "jades.not-canonical",
        "Tệp chữ ký đã bị viết lại, không còn đúng dạng chuẩn. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file was rewritten and no longer has its canonical form. Ask the sender for the original package",
    ),
    entry(
        "jades.not-jws",
        "Tệp này không phải chữ ký JWS. Chọn tệp chữ ký khác",
        "This is no JWS signature. Choose another signature file",
    ),
    entry(
        "jades.part-repeated",
        "Chữ ký liệt kê tệp {part} hai lần. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature lists {part} twice. Ask the sender for the original package",
    ),
    entry(
        "jades.parts-differ",
        "Các chữ ký đã có là của những tệp khác. Chọn đúng gói hồ sơ cần ký thêm",
        "The signatures that are there cover other files. Choose the package that is to be signed again",
    ),
    entry(
        "jades.parts-uneven",
        "Chữ ký không ghi đủ mã băm cho từng tệp. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature has not one digest for each part. Ask the sender for the original package",
    ),
    entry(
        "jades.payload-twice",
        "Chữ ký vừa kèm nội dung vừa chỉ tới tệp bên ngoài. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn JAdES",
        "The signature holds its content and names files besides. Ask the sender to sign again with software that follows JAdES",
    ),
    entry(
        "jades.thumbprint",
        "Chữ ký nói đến một chứng thư số khác với chứng thư số kèm theo. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature names another certificate than the one it carries. Ask the sender for the original package",
    ),
    entry(
        "jades.too-many-signatures",
        "Tệp chữ ký có hơn {most} chữ ký. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file holds more than {most} signatures. Ask the sender for the original package",
    ),
    entry(
        "jades.unreadable",
        "Không đọc được tệp chữ ký (dòng {line}, cột {column}). Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file cannot be read (line {line}, column {column}). Ask the sender for the original package",
    ),
    entry(
        "jades.unsigned-member",
        "Phần thêm vào sau khi ký có giá trị sai ở {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "What was added after signing has a wrong value at {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.unsigned-member#missing",
        "Phần thêm vào sau khi ký thiếu {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "What was added after signing lacks {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.unsigned-member#unknown",
        "Phần thêm vào sau khi ký có phần lạ {path}. Xin lại gói hồ sơ gốc từ người gửi",
        "What was added after signing has an unknown member {path}. Ask the sender for the original package",
    ),
    entry(
        "jades.unsigned-unreadable",
        "Không đọc được phần thêm vào sau khi ký (dòng {line}, cột {column}). Xin lại gói hồ sơ gốc từ người gửi",
        "What was added after signing cannot be read (line {line}, column {column}). Ask the sender for the original package",
    ),
    entry(
        "policy.algorithm",
        "Chữ ký dùng thuật toán {algorithm}, không đúng yêu cầu của chính sách {policy}. Yêu cầu người gửi ký lại bằng ECDSA hoặc RSA-PSS",
        "The signature was made with {algorithm}, which policy {policy} does not ask for. Ask the sender to sign again with ECDSA or RSA-PSS",
    ),
    entry(
        "policy.level",
        "Chữ ký chưa đạt mức {level} mà chính sách {policy} yêu cầu. Thêm dấu thời gian, hoặc chứng cứ về chứng thư số, rồi kiểm tra lại",
        "The signature does not reach level {level} that policy {policy} asks for. Add a timestamp, or the evidence about its certificates, and verify again",
    ),
    entry(
        "policy.member",
        "Tệp chính sách có giá trị sai ở {path}. Sửa phần này theo hướng dẫn của hoso",
        "The policy has a wrong value at {path}. Mend it as the documentation of hoso says",
    ),
    entry(
        "policy.unreadable",
        "Không đọc được tệp chính sách (dòng {line}, cột {column}). Sửa lại cho đúng JSON",
        "The policy cannot be read (line {line}, column {column}). Mend it so that it is JSON",
    ),
    entry(
        "signature.algorithm-does-not-fit",
        "Khóa của chứng thư số này không ký được bằng {algorithm}. Chọn thuật toán hợp với khóa",
        "The key of this certificate cannot sign with {algorithm}. Choose an algorithm that fits the key",
    ),
    entry(
        "signature.certificate-differs",
        "Chữ ký gắn với chứng thư số khác, không phải chứng thư số kèm theo. Không nhận tệp này; xin lại tệp chữ ký gốc từ người gửi",
        "The signature is bound to another certificate than the one it carries. Do not take this file; ask the sender for the original",
    ),
    entry(
        "signature.certificate-missing",
        "Không có chứng thư số của người ký. Xin người gửi ký lại, có kèm chứng thư số",
        "The signer's certificate is missing. Ask the sender to sign again and send the certificate along",
    ),
    entry(
        "signature.certificate-not-bound",
        "Chữ ký không ghi đã ký bằng chứng thư số nào. Yêu cầu người gửi ký lại bằng phần mềm ký đúng chuẩn CAdES hoặc JAdES",
        "The signature does not say with which certificate it was made. Ask the sender to sign again with software that follows CAdES or JAdES",
    ),
    entry(
        "signature.certificate-unreadable",
        "Không đọc được chứng thư số kèm theo chữ ký. Xin lại gói hồ sơ gốc từ người gửi",
        "A certificate of the signature cannot be read. Ask the sender for the original package",
    ),
    entry(
        "signature.content-changed",
        "Tệp đã bị sửa sau khi ký, hoặc đây là chữ ký của tệp khác. Xin lại tệp gốc từ người gửi",
        "The file was changed after signing, or this is the signature of another file. Ask the sender for the original",
    ),
    entry(
        "signature.content-missing",
        "Chưa có tệp đã được ký nên không kiểm tra được chữ ký. Chọn thêm tệp đã được ký",
        "The file that was signed is missing, so the signature cannot be checked. Add the signed file",
    ),
    entry(
        "signature.no-certificate",
        "Chưa có chứng thư số. Chọn chứng thư số của người ký",
        "No certificate was given. Choose the signer's certificate",
    ),
    entry("signature.no-content", "Chưa có tệp để ký. Chọn tệp cần ký", "There is nothing to sign. Choose the file to be signed",),
    entry(
        "signature.part-changed",
        "Tệp {part} đã bị sửa sau khi ký. Xin lại gói hồ sơ gốc từ người gửi",
        "{part} was changed after signing. Ask the sender for the original package",
    ),
    entry(
        "signature.part-missing",
        "Thiếu tệp {part} đã được ký. Xin lại gói hồ sơ đầy đủ từ người gửi",
        "{part} was signed and is missing. Ask the sender for the complete package",
    ),
    entry(
        "signature.rejected",
        "Chữ ký nhận về không phải của chứng thư số đã chọn. Kiểm tra thiết bị ký rồi ký lại",
        "The signature that came back is not of the chosen certificate. Check the signing device and sign again",
    ),
    entry(
        "signature.revoked",
        "Chứng thư số của {subject} đã bị thu hồi từ ngày {at|date}. Liên hệ người ký để ký lại bằng chứng thư số còn hiệu lực",
        "The certificate of {subject} was revoked at {at}. Ask the signer to sign again with a certificate in force",
    ),
    entry(
        "signature.unwritable",
        "Chuỗi chứng thư số quá lớn để ghi vào chữ ký. Bỏ bớt chứng thư số trong tệp khóa",
        "The certificates are too large to be written into the signature. Take some out of the key file",
    ),
    entry(
        "signature.wrong",
        "Chữ ký không khớp với khóa của người ký: phần đầu chữ ký đã bị sửa, hoặc chữ ký là của người khác. Không nhận gói này; xin lại gói hồ sơ gốc từ người gửi",
        "The signature does not match the signer's key: its header was changed, or it is someone else's. Do not take this package; ask the sender for the original",
    ),
];
