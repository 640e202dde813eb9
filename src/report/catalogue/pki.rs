//! Sentences of `certificate.*`, `path.*`, `crl.*` and `ocsp.*`.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
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
        "certificate.not-for-lists",
        "Chứng thư số này không dùng để ký danh sách thu hồi. Dùng chứng thư số của đơn vị phát hành danh sách",
        "This certificate is not for signing revocation lists. Use the certificate of the list's issuer",
    ),
    entry(
        "certificate.not-for-signatures",
        "Chứng thư số này không dùng để ký được. Chọn chứng thư số dùng để ký; chưa rõ thì hỏi nơi cấp",
        "This certificate is not meant for signatures. Choose one for signing; if in doubt, ask its issuer",
    ),
    entry(
        "certificate.not-for-timestamps",
        "Chứng thư số này không dành riêng cho dấu thời gian. Dùng chứng thư số của dịch vụ cấp dấu thời gian",
        "This certificate is not for timestamps alone. Use the certificate of a timestamping service",
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
        "certificate.revoked",
        "Chứng thư số đã bị thu hồi ngày {at|date}. Dùng chứng thư số khác còn hiệu lực",
        "The certificate was revoked on {at}. Use another certificate that is valid",
    ),
    entry(
        "certificate.suspended",
        "Chứng thư số đang bị tạm dừng từ ngày {at|date}. Liên hệ nơi cấp để dùng lại",
        "The certificate has been suspended since {at}. Ask the issuer to lift the suspension",
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
        "crl.distribution-points",
        "Không đọc được nơi công bố danh sách thu hồi ghi trong chứng thư số. Xin cấp chứng thư số mới",
        "The certificate's addresses of revocation lists cannot be read. Ask for a new certificate",
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
        "crl.signer",
        "Danh sách thu hồi do {authority} ký, nhưng chứng thư số ký danh sách chưa đáng tin. Tải lại danh sách và chứng thư số của đơn vị này",
        "The revocation list was signed by {authority}, whose certificate cannot be relied on. Download the list and that certificate again",
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
        "ocsp.malformed",
        "Không đọc được câu trả lời về tình trạng chứng thư số. Hỏi lại máy chủ của nơi cấp",
        "The answer about the certificate's status cannot be read. Ask the issuer's server again",
    ),
    entry(
        "ocsp.missing",
        "Chưa có câu trả lời nào về tình trạng của chứng thư số này. Hỏi máy chủ của nơi cấp rồi kiểm tra lại",
        "No answer about the status of this certificate was given. Ask the issuer's server, then check again",
    ),
    entry(
        "ocsp.nonce",
        "Câu trả lời về tình trạng chứng thư số không phải cho lần hỏi này. Hỏi lại máy chủ của nơi cấp",
        "The answer about the certificate's status is not for this request. Ask the issuer's server again",
    ),
    entry(
        "ocsp.not-authorised",
        "{authority} không có quyền trả lời về tình trạng chứng thư số. Hỏi lại máy chủ của nơi cấp",
        "{authority} may not answer about the certificate's status. Ask the issuer's server again",
    ),
    entry(
        "ocsp.not-pem",
        "Không tìm thấy câu trả lời về tình trạng chứng thư số trong tệp. Chọn tệp PEM hoặc DER có câu trả lời",
        "No answer about a certificate's status was found in the file. Choose a PEM or DER file that holds one",
    ),
    entry(
        "ocsp.not-yet-valid",
        "Câu trả lời về tình trạng chứng thư số được lập ngày {from|date}, sau thời điểm kiểm tra. Dùng câu trả lời sớm hơn",
        "The answer about the certificate's status is of {from}, after the time asked about. Use an earlier answer",
    ),
    entry(
        "ocsp.oversized",
        "Câu trả lời về tình trạng chứng thư số có phần quá lớn hoặc lặp lại. Hỏi lại máy chủ của nơi cấp",
        "The answer about the certificate's status has parts that are too large or repeated. Ask the issuer's server again",
    ),
    entry(
        "ocsp.responder",
        "Không tìm thấy chứng thư số của bên ký câu trả lời. Thêm chứng thư số đó rồi kiểm tra lại",
        "The certificate of the answer's signer was not found. Add that certificate, then check again",
    ),
    entry(
        "ocsp.responder-status",
        "Chưa biết chứng thư số của {authority}, bên ký câu trả lời, còn dùng được không. Thêm danh sách thu hồi của nơi cấp rồi kiểm tra lại",
        "It is not known whether the certificate of {authority}, who signed the answer, is still good. Add the issuer's revocation list, then check again",
    ),
    entry(
        "ocsp.signature",
        "Chữ ký trên câu trả lời không phải của {authority}. Hỏi lại máy chủ của nơi cấp",
        "The answer was not signed by {authority}. Ask the issuer's server again",
    ),
    entry(
        "ocsp.stale",
        "Câu trả lời về tình trạng chứng thư số đã cũ, chỉ dùng được đến ngày {until|date}. Hỏi lại máy chủ của nơi cấp",
        "The answer about the certificate's status is old; it counted until {until}. Ask the issuer's server again",
    ),
    entry(
        "ocsp.too-costly",
        "Phải kiểm tra quá {most} chữ ký trên các câu trả lời. Chỉ đưa vào những câu trả lời cần dùng",
        "More than {most} signatures on answers would have to be checked. Give only the answers needed",
    ),
    entry(
        "ocsp.too-large",
        "Câu trả lời về tình trạng chứng thư số lớn {bytes|bytes}, quá {most|bytes}. Kiểm tra lại tệp",
        "The answer about the certificate's status has {bytes|bytes}, more than {most|bytes}. Check the file",
    ),
    entry(
        "ocsp.too-many",
        "Có {count} câu trả lời về tình trạng chứng thư số, quá {most}. Chỉ đưa vào những câu trả lời cần dùng",
        "There are {count} answers about certificates, more than {most}. Give only those needed",
    ),
    entry(
        "ocsp.type-unsupported",
        "Câu trả lời về tình trạng chứng thư số thuộc loại {oid} mà phần mềm này chưa hỗ trợ. Dùng danh sách thu hồi",
        "The answer about the certificate's status is of type {oid}, which this software does not support. Use a revocation list",
    ),
    entry(
        "ocsp.unknown",
        "Máy chủ của nơi cấp không biết chứng thư số này. Liên hệ nơi cấp để xác nhận",
        "The issuer's server does not know this certificate. Ask the issuer to confirm it",
    ),
    entry(
        "ocsp.unknown-critical-extension",
        "Câu trả lời về tình trạng chứng thư số có điều kiện {oid} mà phần mềm này chưa hiểu. Dùng danh sách thu hồi",
        "The answer about the certificate's status has a condition, {oid}, that this software does not understand. Use a revocation list",
    ),
    entry(
        "ocsp.unsuccessful",
        "Máy chủ của nơi cấp không trả lời được ({status}). Thử lại sau hoặc dùng danh sách thu hồi",
        "The issuer's server could not answer ({status}). Try again later or use a revocation list",
    ),
    entry(
        "ocsp.version-unsupported",
        "Câu trả lời về tình trạng chứng thư số thuộc phiên bản {version}, phần mềm này đọc phiên bản 1. Dùng danh sách thu hồi",
        "The answer about the certificate's status has version {version}; this software reads version 1. Use a revocation list",
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
        "path.authority-revoked",
        "Chứng thư số của {authority} đã bị thu hồi ngày {at|date}. Dùng chứng thư số của đơn vị khác",
        "The certificate of {authority} was revoked on {at}. Use another authority's certificate",
    ),
    entry(
        "path.issuer-not-found",
        "Không tìm thấy chứng thư số của đơn vị cấp ({authority}) trong danh sách tin cậy. Thêm chứng thư số gốc của đơn vị này nếu tin cậy",
        "The certificate of the issuer ({authority}) is not among the trusted ones. Add its root certificate if it is trusted",
    ),
    entry(
        "path.name-constraints",
        "{authority} chỉ được cấp chứng thư số cho một số tên, và tên trong chứng thư số này không thuộc số đó. Dùng chứng thư số của đơn vị khác",
        "{authority} may issue certificates only for certain names, and a name in this certificate is not among them. Use another authority's certificate",
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
        "path.not-for-purpose",
        "{authority} không được cấp chứng thư số cho mục đích này. Dùng chứng thư số của đơn vị khác",
        "{authority} may not issue certificates for this purpose. Use another authority's certificate",
    ),
    entry(
        "path.policies",
        "Chứng thư số không theo chính sách nào được yêu cầu. Dùng chứng thư số được cấp theo chính sách đó",
        "The certificate follows none of the policies asked for. Use a certificate issued under one of them",
    ),
    entry(
        "path.policy-mapping",
        "{authority} quy đổi chính sách cấp chứng thư số sai quy định. Dùng chứng thư số của đơn vị khác",
        "{authority} maps certificate policies in a way that is not allowed. Use another authority's certificate",
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
