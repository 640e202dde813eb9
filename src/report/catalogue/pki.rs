//! Sentences of `asn1.*`, `crypto.*`, `key.*`, `certificate.*`, `path.*` and `crl.*`.

use super::Area;

/// Sorted by code.
pub(super) const ENTRIES: Area = area![
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
        "certificate.algorithms-differ",
        "Chứng thư số ghi hai thuật toán ký khác nhau nên không dùng được. Xin cấp lại chứng thư số",
        "The certificate names two different signature algorithms and cannot be used. Ask for a new certificate",
    ),
    entry(
        "certificate.duplicate-extension",
        "Chứng thư số ghi phần mở rộng {oid} hai lần nên không dùng được. Xin cấp lại chứng thư số",
        "The certificate has the extension {oid} twice and cannot be used. Ask for a new certificate",
    ),
    entry(
        "certificate.expired",
        "Chứng thư số đã hết hạn ngày {until|date}. Gia hạn rồi ký lại",
        "The certificate expired on {until}. Renew it, then sign again",
    ),
    entry(
        "certificate.is-authority",
        "Đây là chứng thư số của nơi cấp, không dùng để ký hồ sơ. Chọn chứng thư số của người ký",
        "This is an authority's certificate, which cannot sign dossiers. Choose the signer's own certificate",
    ),
    entry(
        "certificate.malformed",
        "Không đọc được chứng thư số. Kiểm tra xem có chọn nhầm tệp hay tệp bị hỏng không",
        "The certificate cannot be read. Check whether the right file was chosen and is undamaged",
    ),
    entry(
        "certificate.name-too-long",
        "Tên trong chứng thư số có quá {most} thành phần. Xin cấp lại chứng thư số",
        "A name in the certificate has more than {most} parts. Ask for a new certificate",
    ),
    entry(
        "certificate.not-for-documents",
        "Chứng thư số này chỉ dành cho máy chủ hoặc phần mềm. Chọn chứng thư số dùng để ký văn bản",
        "This certificate is only for servers or software. Choose one for signing documents",
    ),
    entry(
        "certificate.not-for-signatures",
        "Chứng thư số này không dùng để ký được. Chọn chứng thư số dùng để ký; chưa rõ thì hỏi nơi cấp",
        "This certificate is not meant for signatures. Choose one for signing; if in doubt, ask its issuer",
    ),
    entry(
        "certificate.not-pem",
        "Không tìm thấy chứng thư số trong tệp. Chọn tệp PEM hoặc DER có chứng thư số",
        "No certificate was found in the file. Choose a PEM or DER file that holds one",
    ),
    entry(
        "certificate.not-yet-valid",
        "Chứng thư số có hiệu lực từ ngày {from|date}. Chờ đến ngày đó hoặc chọn chứng thư số khác",
        "The certificate is valid from {from}. Wait until then or choose another one",
    ),
    entry(
        "certificate.too-large",
        "Tệp chứng thư số lớn {bytes|bytes}, quá mức {most|bytes} cho một chứng thư số. Kiểm tra lại tệp",
        "The certificate file has {bytes|bytes}, more than {most|bytes} a certificate. Check the file",
    ),
    entry(
        "certificate.too-many",
        "Tệp có {count} chứng thư số, quá {most}. Chia nhỏ tệp",
        "The file has {count} certificates, more than {most}. Split it",
    ),
    entry(
        "certificate.too-many-extensions",
        "Chứng thư số có quá {most} phần mở rộng. Xin cấp lại chứng thư số",
        "The certificate has more than {most} extensions. Ask for a new certificate",
    ),
    entry(
        "certificate.unknown-critical-extension",
        "Chứng thư số có điều kiện {oid} mà phần mềm này chưa hiểu nên không dùng được. Chọn chứng thư số khác",
        "The certificate has a condition, {oid}, that this software does not understand. Choose another certificate",
    ),
    entry(
        "certificate.version-unsupported",
        "Chứng thư số thuộc phiên bản {version}, phần mềm này đọc đến phiên bản 3. Chọn chứng thư số khác",
        "The certificate has version {version}; this software reads up to version 3. Choose another certificate",
    ),
    entry(
        "crl.algorithms-differ",
        "Danh sách thu hồi ghi hai thuật toán ký khác nhau. Tải lại danh sách",
        "The revocation list names two different signature algorithms. Download the list again",
    ),
    entry(
        "crl.delta",
        "Đây là danh sách thu hồi chỉ ghi phần thay đổi. Tải danh sách đầy đủ",
        "This revocation list only holds changes. Download the full list",
    ),
    entry(
        "crl.malformed",
        "Không đọc được danh sách thu hồi. Tải lại danh sách",
        "The revocation list cannot be read. Download the list again",
    ),
    entry(
        "crl.missing",
        "Thiếu danh sách thu hồi của nơi cấp nên chưa biết chứng thư số còn dùng được không. Tải danh sách này từ trang của nơi cấp rồi kiểm tra lại",
        "The issuer's revocation list is missing, so it is not known whether the certificate is still good. Download the list from the issuer's site, then check again",
    ),
    entry(
        "crl.no-next-update",
        "Danh sách thu hồi không ghi ngày cập nhật tiếp theo. Tải danh sách khác",
        "The revocation list does not say when the next one comes. Get another list",
    ),
    entry(
        "crl.not-checked",
        "Chưa kiểm tra chứng thư số có bị thu hồi hay không. Kiểm tra lại với danh sách thu hồi",
        "Whether the certificate was revoked was not checked. Check again with a revocation list",
    ),
    entry(
        "crl.not-for-lists",
        "{authority} không có quyền ký danh sách thu hồi. Tải danh sách từ đơn vị cấp chứng thư số",
        "{authority} may not sign revocation lists. Download the list from the certificate's issuer",
    ),
    entry(
        "crl.not-pem",
        "Không tìm thấy danh sách thu hồi trong tệp. Chọn tệp PEM hoặc DER có danh sách thu hồi",
        "No revocation list was found in the file. Choose a PEM or DER file that holds one",
    ),
    entry(
        "crl.not-yet-valid",
        "Danh sách thu hồi được phát hành ngày {from|date}, sau thời điểm kiểm tra. Dùng danh sách sớm hơn",
        "The revocation list was issued on {from}, after the time asked about. Use an earlier list",
    ),
    entry(
        "crl.oversized",
        "Danh sách thu hồi có tên hoặc phần mở rộng quá lớn hay lặp lại. Tải lại danh sách",
        "The revocation list has names or extensions that are too large or repeated. Download the list again",
    ),
    entry(
        "crl.partial",
        "Danh sách thu hồi này chỉ ghi một phần các chứng thư số. Tải danh sách đầy đủ",
        "This revocation list covers only some certificates. Download the full list",
    ),
    entry(
        "crl.signature",
        "Chữ ký trên danh sách thu hồi không phải của {authority}. Tải lại danh sách",
        "The revocation list was not signed by {authority}. Download the list again",
    ),
    entry(
        "crl.stale",
        "Danh sách thu hồi đã cũ, lẽ ra được thay ngày {until|date}. Tải danh sách mới",
        "The revocation list is old; it was due to be replaced by {until}. Download the new list",
    ),
    entry(
        "crl.too-costly",
        "Phải kiểm tra quá {most} chữ ký trên các danh sách thu hồi. Chỉ đưa vào những danh sách cần dùng",
        "More than {most} signatures on revocation lists would have to be checked. Give only the lists needed",
    ),
    entry(
        "crl.too-large",
        "Danh sách thu hồi lớn {bytes|bytes}, quá {most|bytes}. Kiểm tra lại tệp",
        "The revocation list has {bytes|bytes}, more than {most|bytes}. Check the file",
    ),
    entry(
        "crl.too-many",
        "Có {count} danh sách thu hồi, quá {most}. Chỉ đưa vào những danh sách cần dùng",
        "There are {count} revocation lists, more than {most}. Give only those needed",
    ),
    entry(
        "crl.unknown-critical-extension",
        "Danh sách thu hồi có điều kiện {oid} mà phần mềm này chưa hiểu. Tải danh sách khác",
        "The revocation list has a condition, {oid}, that this software does not understand. Get another list",
    ),
    entry(
        "crl.version-unsupported",
        "Danh sách thu hồi thuộc phiên bản {version}, phần mềm này đọc đến phiên bản 2. Tải danh sách khác",
        "The revocation list has version {version}; this software reads up to version 2. Get another list",
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
        "Tệp khóa mã hóa theo kiểu {oid} mà phần mềm này không đọc (thường là kiểu cũ). Xuất lại tệp với AES-256",
        "The key file is encrypted with {oid}, which this software does not read (often an old way). Export it again with AES-256",
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
        "Tệp khóa ở dạng BER, phần mềm này không đọc. Mở bằng phần mềm khác rồi xuất lại",
        "The key file is in BER, which this software does not read. Open it elsewhere and export it again",
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
        "key.several-keys",
        "Tệp có {count} khóa nên không biết ký bằng khóa nào. Xuất tệp chỉ có một khóa",
        "The file has {count} keys, so it is not clear which one signs. Export a file with one key",
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
    entry(
        "path.authority-expired",
        "Chứng thư số của {authority} đã hết hạn ngày {until|date}. Xin cấp chứng thư số mới từ đơn vị còn hiệu lực",
        "The certificate of {authority} expired on {until}. Get a new certificate from an authority that is still valid",
    ),
    entry(
        "path.authority-extension",
        "Chứng thư số của {authority} có điều kiện {oid} mà phần mềm này chưa hiểu. Dùng chứng thư số của đơn vị khác",
        "The certificate of {authority} has a condition, {oid}, that this software does not understand. Use another authority's certificate",
    ),
    entry(
        "path.authority-key",
        "Khóa của {authority} không dùng để kiểm tra được. Dùng chứng thư số của đơn vị khác",
        "The key of {authority} cannot be used for checking. Use another authority's certificate",
    ),
    entry(
        "path.authority-not-yet-valid",
        "Chứng thư số của {authority} có hiệu lực từ ngày {from|date}. Kiểm tra lại thời điểm ký",
        "The certificate of {authority} is valid from {from}. Check the time of signing",
    ),
    entry(
        "path.issuer-not-found",
        "Không tìm thấy chứng thư số của đơn vị cấp ({authority}) trong danh sách tin cậy. Thêm chứng thư số gốc của đơn vị này nếu tin cậy",
        "The certificate of the issuer ({authority}) is not among the trusted ones. Add its root certificate if it is trusted",
    ),
    entry(
        "path.name-constraints",
        "{authority} chỉ được cấp chứng thư số cho một số tên, phần mềm này chưa kiểm tra được. Dùng chứng thư số của đơn vị khác",
        "{authority} is limited to certain names, which this software cannot check. Use another authority's certificate",
    ),
    entry(
        "path.no-anchors",
        "Chưa có chứng thư số gốc nào được tin cậy. Thêm chứng thư số gốc rồi kiểm tra lại",
        "No trusted root certificate was given. Add one, then check again",
    ),
    entry(
        "path.not-an-authority",
        "{authority} không có quyền cấp chứng thư số. Dùng chứng thư số do tổ chức được cấp phép cấp",
        "{authority} may not issue certificates. Use a certificate issued by a licensed organisation",
    ),
    entry(
        "path.not-for-certificates",
        "{authority} không có quyền ký chứng thư số. Dùng chứng thư số của đơn vị được cấp phép",
        "{authority} may not sign certificates. Use a certificate of a licensed authority",
    ),
    entry(
        "path.signature-algorithm",
        "{authority} ký chứng thư số bằng thuật toán không còn an toàn hoặc chưa được hỗ trợ. Xin cấp chứng thư số mới",
        "{authority} signed with an algorithm that is unsafe or not supported. Ask for a new certificate",
    ),
    entry(
        "path.signature-mismatch",
        "Chứng thư số ghi do {authority} cấp nhưng chữ ký không khớp. Kiểm tra lại chứng thư số gốc, đề phòng giả mạo",
        "The certificate names {authority} as its issuer, but the signature does not match. Check the root certificate and beware of forgery",
    ),
    entry(
        "path.signer-is-anchor",
        "Chứng thư số của người ký nằm trong danh sách chứng thư số gốc. Thay bằng chứng thư số gốc của đơn vị cấp",
        "The signer's certificate is among the trusted roots. Give the issuer's root certificate instead",
    ),
    entry(
        "path.too-costly",
        "Phải kiểm tra quá {most} chữ ký để tìm đường đến chứng thư số gốc. Bỏ bớt chứng thư số không cần",
        "More than {most} signatures would have to be checked to reach a root. Leave out certificates that are not needed",
    ),
    entry(
        "path.too-long",
        "Từ chứng thư số đến chứng thư số gốc có hơn {most} bậc. Bỏ bớt chứng thư số không cần",
        "More than {most} certificates stand between the signer and a root. Leave out those that are not needed",
    ),
    entry(
        "path.too-many-authorities",
        "{authority} chỉ cho phép {most} bậc đơn vị cấp bên dưới. Xin cấp chứng thư số từ đơn vị khác",
        "{authority} allows {most} levels of authorities below it. Get a certificate from another authority",
    ),
    entry(
        "path.too-many-certificates",
        "Có {count} chứng thư số, quá {most}. Bỏ bớt chứng thư số không cần",
        "There are {count} certificates, more than {most}. Leave out those that are not needed",
    ),
];

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_tell_a_person_what_to_do() {
        for entry in super::ENTRIES.entries() {
            for unwanted in ["vui lòng", "xin lỗi", "bắt buộc", "không hợp lệ", "Vui lòng", "please", "Please", "invalid"] {
                assert!(!entry.vi.contains(unwanted) && !entry.en.contains(unwanted), "{} says {unwanted}", entry.code);
            }
        }
    }
}
