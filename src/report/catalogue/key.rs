//! Sentences of `asn1.*`, `crypto.*` and `key.*`.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry("asn1.ends-early", "Dữ liệu bị cắt giữa chừng. Lấy lại bản đầy đủ", "The data is cut off. Get a complete copy"),
    entry("asn1.not-der", "Tệp không đúng dạng DER. Lấy lại tệp từ nơi cấp", "The file is not proper DER. Get it again from its source"),
    entry(
        "asn1.trailing-data",
        "Còn dữ liệu thừa ở cuối. Lấy lại tệp từ nơi cấp",
        "There is extra data at the end. Get the file again from its source",
    ),
    entry(
        "asn1.unexpected-type",
        "Dữ liệu thuộc loại khác. Kiểm tra xem có chọn nhầm tệp không",
        "The data is of another type. Check whether the right file was chosen",
    ),
    entry(
        "crypto.algorithm-does-not-fit-key",
        "Thuật toán ký không hợp với loại khóa này. Ký lại bằng thuật toán phù hợp",
        "The signature algorithm does not fit this kind of key. Sign again with one that does",
    ),
    entry(
        "crypto.algorithm-unsupported",
        "Chưa hỗ trợ thuật toán ký {oid}. Dùng ES256, ES384, PS256 hoặc PS384",
        "The signature algorithm {oid} is not supported. Use ES256, ES384, PS256 or PS384",
    ),
    entry(
        "crypto.algorithm-weak",
        "Thuật toán ký {oid} đã lỗi thời, không còn an toàn. Ký lại bằng thuật toán mới hơn",
        "The signature algorithm {oid} is no longer safe. Sign again with a newer one",
    ),
    entry(
        "crypto.key-too-long",
        "Khóa RSA dài {bits} bit, quá mức 8192 bit. Dùng khóa khác",
        "The RSA key has {bits} bits, more than 8192. Use another key",
    ),
    entry(
        "crypto.key-unsupported",
        "Chưa hỗ trợ loại khóa {oid}. Dùng khóa EC P-256, P-384 hoặc RSA",
        "Keys of the kind {oid} are not supported. Use an EC key on P-256 or P-384, or an RSA key",
    ),
    entry(
        "crypto.key-weak",
        "Khóa RSA {bits} bit không đủ an toàn. Dùng khóa từ 2048 bit",
        "The RSA key of {bits} bits is not safe enough. Use a key of 2048 bits or more",
    ),
    entry(
        "crypto.malformed",
        "Không đọc được khóa hoặc thông số của thuật toán ký. Xin cấp lại chứng thư số",
        "The key or the signature algorithm's parameters cannot be read. Ask for a new certificate",
    ),
    entry(
        "crypto.signature-mismatch",
        "Chữ ký không khớp với nội dung. Lấy lại bản gốc hoặc ký lại",
        "The signature does not match the content. Get the original again, or sign again",
    ),
    entry(
        "key.algorithm-does-not-fit",
        "Khóa này không ký được bằng {algorithm}. Chọn thuật toán khác hoặc khóa khác",
        "This key cannot sign with {algorithm}. Choose another algorithm or another key",
    ),
    entry(
        "key.certificate-malformed",
        "Không đọc được chứng thư số đi kèm khóa. Xuất lại tệp khóa",
        "The certificate that comes with the key cannot be read. Export the key file again",
    ),
    entry(
        "key.damaged",
        "Mật khẩu đúng nhưng tệp khóa bị hỏng. Xuất lại tệp khóa",
        "The password is right, but the key file is damaged. Export it again",
    ),
    entry(
        "key.does-not-match-certificate",
        "Khóa và chứng thư số không phải một cặp. Chọn đúng tệp khóa của chứng thư số này",
        "The key and the certificate do not belong together. Choose the key file of this certificate",
    ),
    entry(
        "key.encryption-unsupported",
        "Tệp khóa mã hóa theo kiểu {oid} mà phần mềm này không đọc. Xuất lại tệp với AES-256",
        "The key file is encrypted with {oid}, which this software does not read. Export it again with AES-256",
    ),
    entry(
        "key.entry-unsupported",
        "Tệp khóa có mục loại {oid} mà phần mềm này không đọc. Xuất lại tệp chỉ với khóa và chứng thư số",
        "The key file has an entry of the kind {oid}, which this software does not read. Export only the key and its certificate",
    ),
    entry(
        "key.mac-unsupported",
        "Tệp khóa được bảo vệ theo kiểu {oid} mà phần mềm này không kiểm tra được. Xuất lại tệp với SHA-256",
        "The key file is protected with {oid}, which this software cannot check. Export it again with SHA-256",
    ),
    entry(
        "key.no-certificate",
        "Tệp khóa không có chứng thư số. Xuất lại tệp kèm chứng thư số",
        "The key file has no certificate. Export it again with the certificate",
    ),
    entry(
        "key.no-key",
        "Tệp này không có khóa để ký. Chọn tệp đã xuất kèm khóa riêng",
        "This file has no key to sign with. Choose one exported with the private key",
    ),
    entry(
        "key.no-mac",
        "Tệp khóa không có mã kiểm tra nên không biết mật khẩu đúng hay sai. Xuất lại tệp",
        "The key file has no check code, so a wrong password would not show. Export it again",
    ),
    entry(
        "key.no-randomness",
        "Thiết bị chưa cho số ngẫu nhiên nên chưa ký được. Thử lại sau",
        "The device gave no random numbers, so nothing was signed. Try again later",
    ),
    entry(
        "key.not-der",
        "Tệp khóa bị cắt cụt hoặc bị hỏng. Chép lại tệp từ nơi lưu, hoặc xuất lại",
        "The key file is cut off or damaged. Copy it again from where it is kept, or export it again",
    ),
    entry(
        "key.not-found",
        "Tệp khóa không có khóa được chọn, chỉ có: {keys}. Chọn một khóa trong số này",
        "The key file does not hold the key asked for, only: {keys}. Choose one of these",
    ),
    entry(
        "key.not-pkcs12",
        "Đây không phải tệp khóa .p12 hoặc .pfx. Chọn đúng tệp",
        "This is no .p12 or .pfx key file. Choose the right file",
    ),
    entry(
        "key.not-pkcs8",
        "Không đọc được khóa riêng. Xuất lại khóa dạng PKCS#8",
        "The private key cannot be read. Export it again as PKCS#8",
    ),
    entry(
        "key.old-pem",
        "Khóa PEM được mã hóa theo kiểu cũ, không an toàn. Xuất lại khóa dạng PKCS#8 với AES-256",
        "The PEM key is encrypted in an old way that is not safe. Export it again as PKCS#8 with AES-256",
    ),
    entry(
        "key.several-keys",
        "Tệp có {count} khóa: {keys}. Chọn khóa dùng để ký",
        "The file has {count} keys: {keys}. Choose the one to sign with",
    ),
    entry(
        "key.too-large",
        "Tệp lớn {bytes|bytes}, quá {most|bytes} cho một tệp khóa. Kiểm tra xem có chọn nhầm tệp không",
        "The file has {bytes|bytes}, more than {most|bytes} for a key file. Check whether the right file was chosen",
    ),
    entry(
        "key.too-many-entries",
        "Tệp khóa có quá {most} mục. Xuất lại tệp chỉ với khóa và chứng thư số cần dùng",
        "The key file has more than {most} entries. Export only the key and certificates needed",
    ),
    entry(
        "key.too-many-iterations",
        "Tệp khóa đòi băm mật khẩu {count} vòng, quá mức {most}. Xuất lại tệp với số vòng nhỏ hơn",
        "The key file asks for {count} rounds of password hashing, more than {most}. Export it again with fewer",
    ),
    entry(
        "key.unsupported",
        "Chưa ký được bằng loại khóa {oid} này. Dùng khóa EC P-256, P-384 hoặc RSA từ 2048 đến 4096 bit",
        "Keys of the kind {oid} like this one cannot sign here. Use an EC key on P-256 or P-384, or an RSA key of 2048 to 4096 bits",
    ),
    entry(
        "key.wrong-password",
        "Mật khẩu không mở được tệp khóa. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại",
        "The password does not open the key file. Check Caps Lock and the keyboard layout, then enter it again",
    ),
];
