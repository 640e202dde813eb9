// The sentences of 1.001612, a household business.

import type { OwnWords } from "./own.js";

export const HOUSEHOLD: OwnWords = {
  "start.title": ["Đăng ký thành lập hộ kinh doanh", "Register a household business"],
  "start.lead": [
    "Mở một hộ kinh doanh mới. Bạn kê khai, ký số và nộp ngay trên máy này, không cần in giấy.",
    "Open a new household business. You fill in, sign and send everything on this device. Nothing to print.",
  ],
  "start.fill-time": ["Khoảng 20 phút", "About 20 minutes"],
  "start.result-time": ["Sau 3 ngày làm việc", "After 3 working days"],
  "start.office-name": ["UBND phường, xã", "Commune People’s Committee"],
  "start.signer-name": ["Chủ hộ", "The owner"],
  "start.need-1": ["Số định danh cá nhân", "The owner’s personal identity number"],
  "start.need-1-more": [" của chủ hộ: 12 chữ số trên thẻ căn cước.", ": 12 digits on the identity card."],
  "start.need-2": ["Địa chỉ trụ sở", "The business address"],
  "start.need-2-more": [" theo tên phường, xã hiện nay.", ", with today’s ward or commune name."],
  "start.need-3": ["Ngành nghề", "Your lines of business"],
  "start.need-3-more": [" bạn định làm, với mã ngành 4 chữ số.", ", each with its code of 4 digits."],
  "start.need-4": ["Số vốn kinh doanh", "Business capital"],
  "start.need-4-more": [", tính bằng đồng.", ", in đồng."],
  "start.need-5": ["Khóa ký số", "The owner’s signing key"],
  "start.need-5-more": [" của chủ hộ: tệp .p12 hoặc .pfx và mật khẩu của tệp.", ": a .p12 or .pfx file and its password."],
  "start.case": ["Nếu người nhà cùng đăng ký", "If family members register with you"],
  "start.case-more": [
    "Cần thêm văn bản ủy quyền của các thành viên, có công chứng hoặc chứng thực. Mỗi tệp tối đa 6 MB.",
    "Add their written authorisation, notarised or certified. Each file can be up to 6 MB.",
  ],
  "start.who-1": [
    "Chủ hộ ký bằng khóa ký số của mình. Số định danh trong chứng thư phải trùng với số định danh đã khai.",
    "The owner signs with their own key. The identity number in the certificate must match the one in the form.",
  ],
  "start.who-2": [
    "Người khác có thể điền giúp bạn, nhưng không ký thay bạn.",
    "Someone else can fill in the form for you. They cannot sign for you.",
  ],
  "start.not-more": [
    "Mỗi người chỉ đứng tên một hộ kinh doanh. Nếu bạn đã có hộ kinh doanh, hãy đăng ký thay đổi nội dung thay vì mở hộ mới.",
    "One person can own one household business. If you already have one, change its registration instead.",
  ],
  "start.fee-more": ["Theo mức của Hội đồng nhân dân thành phố.", "Set by the city People’s Council."],
  "start.offline-more": [
    "Bạn có thể nộp tại Trung tâm Phục vụ hành chính công phường. Cán bộ ở đó giúp kê khai.",
    "Go to the ward public service centre. Staff there help you fill in the form.",
  ],

  "office-any": ["UBND phường, xã", "Commune People’s Committee"],
  "office-of": ["UBND {commune}", "People’s Committee of {commune}"],

  "sign.matches": ["Trùng với chủ hộ trong hồ sơ", "Matches the owner in the form"],
  "sign.other-person": [
    "Chứng thư mang số định danh khác chủ hộ. Chọn khóa của chủ hộ",
    "The certificate has another identity number. Choose the owner’s key",
  ],
  "sign.no-person": [
    "Chứng thư không ghi số định danh. Chọn khóa có số định danh của chủ hộ",
    "The certificate has no identity number. Choose a key with the owner’s number",
  ],
  "sign.undertaking-text": [
    "Tôi không thuộc trường hợp bị cấm kinh doanh. Tôi chịu trách nhiệm trước pháp luật về sự trung thực và chính xác của nội dung đã kê khai.",
    "I am not barred from doing business. I answer before the law for the truth and accuracy of what I declared.",
  ],
  "receipt.next-3": ["Sau 3 ngày làm việc", "After 3 working days"],
  "receipt.next-3-more": [
    "Bạn nhận giấy chứng nhận, tính từ ngày hồ sơ được tiếp nhận.",
    "You get the certificate, counted from the day the dossier is taken in.",
  ],

  "verify.signer-matches": ["{name}, số định danh {id}, trùng với chủ hộ.", "{name}, identity number {id}, the owner on the form."],
  "verify.signer-differs": [
    "{name}, số định danh {id}, khác với chủ hộ trong tờ khai.",
    "{name}, identity number {id}, not the owner on the form.",
  ],
  "verify.signer-differs-title": ["Người ký khác chủ hộ", "The signer is not the owner"],
};
