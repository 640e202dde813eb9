//! Sentences of `gate.*` and `package.*`: a dossier that cannot be read or accepted.

use super::Area;

/// Sorted by code.
pub const ENTRIES: Area = area![
    entry(
        "gate.attachment-media-type",
        "Nội dung tệp {part} không phải loại {claimed} như hồ sơ ghi. Yêu cầu người gửi đính kèm lại",
        "The content of {part} is not {claimed}, as the dossier says. Ask the sender to attach it again",
    ),
    entry(
        "gate.attachments-differ",
        "Danh sách tệp đính kèm trong tờ khai khác với danh sách trong hồ sơ. Yêu cầu người gửi đóng gói lại",
        "The form lists other attachments than the submission. Ask the sender to seal it again",
    ),
    entry(
        "gate.audience",
        "Hồ sơ gửi cho {found}, không phải cho {expected}. Hướng dẫn người gửi nộp đúng nơi",
        "The dossier is for {found}, not for {expected}. Tell the sender where to file it",
    ),
    entry(
        "gate.created-at",
        "Thời điểm lập hồ sơ không nằm giữa lúc kiểm tra tờ khai và lúc ký. Kiểm tra đồng hồ máy rồi lập lại hồ sơ",
        "The dossier was not made between checking the form and signing. Check the device's clock and make it again",
    ),
    entry(
        "gate.form-not-complete",
        "form.json chứa mục không thuộc hồ sơ này, hoặc thiếu mục được tính. Yêu cầu người nộp ký lại từ biểu mẫu",
        "form.json holds fields that are not part of this dossier, or lacks computed ones. Ask for a dossier signed again from the form",
    ),
    entry(
        "gate.form-unreadable",
        "Không đọc được tờ khai form.json (dòng {line}, cột {column}). Xin lại gói hồ sơ gốc từ người gửi",
        "form.json cannot be read (line {line}, column {column}). Ask the sender for the original package",
    ),
    entry(
        "gate.input-missing",
        "Hồ sơ được kiểm tra bằng danh sách {name}, nhưng đúng bản đó không có ở đây. Thêm bản đó (codeLists, --codes)",
        "The dossier was checked with the list {name}, and that very version of it is not here. Hand it over (codeLists, --codes)",
    ),
    entry(
        "gate.inputs-differ",
        "Danh sách mã hoặc kết quả tra cứu ghi trong gói khác với biểu mẫu. Yêu cầu người gửi lập lại hồ sơ",
        "The package names other code lists or lookups than its form has. Ask the sender to make the dossier again",
    ),
    entry(
        "gate.limit",
        "Tờ khai và bộ quy tắc lớn quá mức kiểm tra được. Chuyển cho cán bộ kỹ thuật xem xét",
        "The form and its schema are more than can be checked. Have a technician look at them",
    ),
    entry(
        "gate.not-canonical",
        "Tệp {part} không ở dạng chuẩn RFC 8785. Yêu cầu người gửi đóng gói lại bằng phần mềm đúng chuẩn",
        "{part} is not in the canonical form of RFC 8785. Ask the sender to seal it with conforming software",
    ),
    entry(
        "gate.part-differs",
        "Tệp {part} không phải tệp mà hồ sơ ghi trong submission.json. Xin lại gói hồ sơ gốc từ người gửi",
        "{part} is not the file that submission.json names. Ask the sender for the original package",
    ),
    entry(
        "gate.part-missing",
        "Thiếu tệp {part} mà submission.json hoặc chữ ký có ghi. Xin lại gói hồ sơ đầy đủ từ người gửi",
        "{part} is named in submission.json or in the signature and missing. Ask the sender for the complete package",
    ),
    entry(
        "gate.part-not-signed",
        "Tệp {part} nằm trong gói nhưng chưa được ký. Yêu cầu người gửi ký lại cả hồ sơ",
        "{part} is in the package and not signed. Ask the sender to sign the whole dossier again",
    ),
    entry(
        "gate.part-order",
        "Chữ ký liệt kê các tệp theo thứ tự khác với gói hồ sơ. Yêu cầu người gửi đóng gói lại",
        "The signature lists the files in another order than the package. Ask the sender to seal it again",
    ),
    entry(
        "gate.part-unlisted",
        "Tệp {part} nằm trong gói nhưng hồ sơ không ghi. Xin lại gói hồ sơ gốc từ người gửi",
        "{part} is in the package and not named in submission.json. Ask the sender for the original package",
    ),
    entry(
        "gate.procedure-differs",
        "Hồ sơ ghi thủ tục khác với bộ quy tắc kèm theo. Yêu cầu người gửi lập lại hồ sơ",
        "The dossier names another procedure than its schema. Ask the sender to make it again",
    ),
    entry(
        "gate.schema-not-allowed",
        "Cổng không nhận bộ quy tắc {schema}. Yêu cầu người gửi lập lại hồ sơ theo biểu mẫu hiện hành",
        "The portal does not take the schema {schema}. Ask the sender to make the dossier again with the current form",
    ),
    entry(
        "gate.schema-unusable",
        "Bộ quy tắc trong gói sai ở {path} nên không kiểm tra được tờ khai. Yêu cầu người gửi dùng biểu mẫu hiện hành",
        "The schema in the package is wrong at {path}, so the form cannot be checked. Ask the sender to use the current form",
    ),
    entry(
        "gate.sealed-ahead",
        "Tờ khai được kiểm tra cho thời điểm muộn hơn lúc nhận quá {minutes} phút. Kiểm tra đồng hồ hai bên",
        "The form was checked for a moment more than {minutes} minutes after receipt. Check the clocks of both sides",
    ),
    entry(
        "gate.sealed-long-ago",
        "Tờ khai được kiểm tra quá {hours} giờ trước khi nhận. Yêu cầu người gửi kiểm tra và ký lại",
        "The form was checked more than {hours} hours before receipt. Ask the sender to check and sign it again",
    ),
    entry(
        "gate.signed-ahead",
        "Thời điểm ký muộn hơn lúc nhận quá {minutes} phút. Kiểm tra đồng hồ hai bên",
        "The signing time lies more than {minutes} minutes after receipt. Check the clocks of both sides",
    ),
    entry(
        "gate.unsigned-counter-signature",
        "Chữ ký xác nhận kèm theo chữ ký của hồ sơ chưa đạt. Xin lại gói hồ sơ gốc từ người gửi",
        "A counter-signature over the dossier's signature does not pass. Ask the sender for the original package",
    ),
    entry(
        "gate.unsigned-evidence",
        "Gói kèm chứng thư số hoặc dữ liệu thu hồi không đọc được, hoặc không do bên đáng tin cậy ký. Xin lại gói hồ sơ gốc từ người gửi",
        "A certificate or revocation data in the package cannot be read, or nobody trusted signed it. Ask the sender for the original package",
    ),
    entry(
        "gate.unsigned-timestamp",
        "Dấu thời gian kèm theo chữ ký không chứng minh được thời điểm ký. Xin lại gói hồ sơ gốc hoặc tin cậy tổ chức cấp dấu thời gian đó",
        "A timestamp of the signature proves no time. Ask the sender for the original package, or trust the authority that made the timestamp",
    ),
    entry(
        "gate.unsigned-unknown",
        "Tệp chữ ký có phần không ai ký và hoso không hiểu. Xin lại gói hồ sơ gốc từ người gửi",
        "The signature file holds something that nobody signed and hoso does not know. Ask the sender for the original package",
    ),
    entry(
        "gate.verdict-differs",
        "Kết quả kiểm tra ghi trong hồ sơ khác với kết quả kiểm tra lại. Yêu cầu người gửi kiểm tra lại tờ khai và ký lại",
        "The dossier notes other findings than the check made again. Ask the sender to check the form and sign it again",
    ),
    entry(
        "gate.view-differs",
        "Bản đọc view.html không khớp với tờ khai: người ký có thể đã xem nội dung khác. Yêu cầu người gửi đọc lại và ký lại",
        "view.html does not match the form: the signer may have seen something else. Ask the sender to read it again and sign again",
    ),
    entry(
        "gate.view-not-compared",
        "Chưa so được bản đọc view.html vì nó do phiên bản trình bày {renderer} tạo ra. Kiểm tra lại bằng phiên bản hoso có cách trình bày đó",
        "view.html was made by renderer {renderer}, so it could not be compared. Verify with a version of hoso that has this renderer",
    ),
    entry(
        "package.checksum",
        "Nội dung {name} trong gói đã hỏng. Tải lại gói hồ sơ",
        "The content of {name} in the package is damaged. Download the package again",
    ),
    entry(
        "package.directory",
        "Mục lục của gói không khớp với nội dung. Xin lại gói hồ sơ gốc từ người gửi",
        "The package's directory does not match its entries. Ask the sender for the original package",
    ),
    entry(
        "package.entry-missing",
        "Gói thiếu {name}. Xin lại gói hồ sơ đầy đủ từ người gửi",
        "{name} is missing from the package. Ask the sender for the complete package",
    ),
    entry(
        "package.entry-name",
        "Tên tệp thứ {entry} trong gói có ký tự lạ. Xin lại gói hồ sơ gốc từ người gửi",
        "The name of entry {entry} holds a character that no package has. Ask the sender for the original package",
    ),
    entry(
        "package.entry-repeated",
        "Gói có hai tệp cùng tên {name}. Xin lại gói hồ sơ gốc từ người gửi",
        "{name} stands twice in the package. Ask the sender for the original package",
    ),
    entry(
        "package.entry-unexpected",
        "Tệp {name} không thuộc gói hồ sơ hoặc không đúng chỗ. Xin lại gói hồ sơ gốc từ người gửi",
        "{name} does not belong to the package, or not here. Ask the sender for the original package",
    ),
    entry(
        "package.header",
        "Phần đầu của tệp thứ {entry} trong gói không đúng dạng. Không nén lại hay sửa gói; xin lại gói gốc từ người gửi",
        "The header of entry {entry} is not in the one form. Do not repack the package; ask the sender for the original",
    ),
    entry(
        "package.mimetype",
        "Gói không bắt đầu như một gói ký ASiC-E. Xin lại gói hồ sơ gốc từ người gửi",
        "The package does not begin as an ASiC-E container does. Ask the sender for the original package",
    ),
    entry(
        "package.name-length",
        "Gói có tệp không tên hoặc tên dài quá {most} ký tự. Xin lại gói hồ sơ gốc từ người gửi",
        "A name in the package is empty or longer than {most} characters. Ask the sender for the original package",
    ),
    entry(
        "package.not-a-package",
        "Tệp này không phải gói hồ sơ. Chọn tệp có tên kết thúc bằng .hoso.zip",
        "This file is no package. Choose one whose name ends in .hoso.zip",
    ),
    entry(
        "package.submission",
        "Thông tin hồ sơ submission.json có giá trị sai ở {path}. Yêu cầu người gửi lập lại hồ sơ",
        "submission.json has a wrong value at {path}. Ask the sender to make the dossier again",
    ),
    entry(
        "package.submission#missing",
        "Thông tin hồ sơ submission.json thiếu {path}. Yêu cầu người gửi lập lại hồ sơ",
        "submission.json lacks {path}. Ask the sender to make the dossier again",
    ),
    entry(
        "package.submission#unknown",
        "Thông tin hồ sơ submission.json có phần lạ {path}. Yêu cầu người gửi lập lại hồ sơ",
        "submission.json has an unknown member {path}. Ask the sender to make the dossier again",
    ),
    entry(
        "package.submission-not-canonical",
        "Tệp submission.json không ở dạng chuẩn RFC 8785. Xin lại gói hồ sơ gốc từ người gửi",
        "submission.json is not in the canonical form of RFC 8785. Ask the sender for the original package",
    ),
    entry(
        "package.submission-unreadable",
        "Không đọc được submission.json (dòng {line}, cột {column}). Xin lại gói hồ sơ gốc từ người gửi",
        "submission.json cannot be read (line {line}, column {column}). Ask the sender for the original package",
    ),
    entry(
        "package.too-large",
        "Tệp {name} trong gói lớn hơn {most|bytes}. Giảm dung lượng rồi ký và gửi lại",
        "{name} in the package is larger than {most|bytes}. Make it smaller, then sign and send again",
    ),
    entry(
        "package.too-many-entries",
        "Gói có hơn {most} tệp. Giảm số tệp đính kèm rồi ký và gửi lại",
        "The package has more than {most} entries. Attach fewer files, then sign and send again",
    ),
    entry(
        "package.trailing-data",
        "Sau phần cuối gói còn dữ liệu thừa. Xin lại gói hồ sơ gốc từ người gửi",
        "There is data after the end of the package. Ask the sender for the original package",
    ),
    entry("package.truncated", "Gói bị cắt giữa chừng. Tải lại gói hồ sơ", "The package ends too early. Download it again"),
];
