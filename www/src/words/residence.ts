// The sentences of 1.004194, temporary residence.

import type { OwnWords } from "./own.js";

export const RESIDENCE: OwnWords = {
  "start.title": ["Đăng ký tạm trú", "Register a temporary residence"],
  "start.lead": [
    "Đến ở nơi khác từ 30 ngày trở lên. Bạn kê khai tờ khai CT01, ký số và nộp ngay trên máy này, không cần in giấy.",
    "For a stay of 30 days or more elsewhere. You fill in form CT01, sign and send it on this device. Nothing to print.",
  ],
  "start.fill-time": ["Khoảng 15 phút", "About 15 minutes"],
  "start.result-time": ["Sau 3 ngày làm việc", "After 3 working days"],
  "start.office-name": ["Công an phường, xã", "Commune police"],
  "start.signer-name": ["Người kê khai", "Whoever fills in"],
  "start.need-1": ["Số định danh cá nhân", "The personal identity numbers"],
  "start.need-1-more": [
    " của bạn và của từng người cùng đến ở: 12 chữ số trên căn cước hoặc giấy khai sinh.",
    " of you and of all who come along: 12 digits on the identity card or birth certificate.",
  ],
  "start.need-2": ["Địa chỉ nơi đến ở", "The new address"],
  "start.need-2-more": [" theo tên phường, xã hiện nay.", ", with today’s ward or commune name."],
  "start.need-3": ["Chủ hộ nơi đến ở", "The head of the household there"],
  "start.need-3-more": [
    ": họ tên và số định danh, nếu bạn không phải là chủ hộ.",
    ": name and identity number, unless you are the head yourself.",
  ],
  "start.need-4": ["Giấy tờ về chỗ ở", "Papers on the dwelling"],
  "start.need-4-more": [
    ", ví dụ hợp đồng thuê nhà. Về ở với người thân thì không cần.",
    ", for example the lease. Not needed if you live with relatives.",
  ],
  "start.need-5": ["Khóa ký số", "A signing key"],
  "start.need-5-more": [" của người kê khai: tệp .p12 hoặc .pfx và mật khẩu của tệp.", " of whoever fills in: a .p12 or .pfx file and its password."],
  "start.case": ["Nếu có người dưới 18 tuổi", "If somebody is under 18"],
  "start.case-more": [
    "Cần ý kiến đồng ý của cha, mẹ hoặc người giám hộ. Mỗi tệp tối đa 6 MB.",
    "A parent or guardian has to agree. Each file can be up to 6 MB.",
  ],
  "start.who-1": [
    "Người kê khai ký bằng khóa ký số của mình. Số định danh trong chứng thư phải trùng với số định danh đã khai.",
    "Whoever fills in signs with their own key. The identity number in the certificate must match the one in the form.",
  ],
  "start.who-2": [
    "Người khác có thể kê khai thay bạn. Khi đó người ấy ghi tên mình và ký.",
    "Someone else can fill in for you. They then give their own name, and sign.",
  ],
  "start.not-more": [
    "Mỗi người chỉ đăng ký tạm trú tại một nơi. Nếu nơi đến ở cùng phường, xã với nơi thường trú thì không phải đăng ký.",
    "A person registers one temporary residence. None is needed in the commune where you live permanently.",
  ],
  "start.fee-more": ["7.000 đồng khi nộp trực tuyến, 15.000 đồng khi nộp tại nơi tiếp nhận.", "7,000 VND online, 15,000 VND at the office."],
  "start.offline-more": [
    "Bạn có thể nộp tại Công an phường, xã nơi đến ở. Cán bộ ở đó giúp kê khai.",
    "Go to the police of the commune. Staff there help you fill in the form.",
  ],

  "office-any": ["Công an phường, xã", "Commune police"],
  "office-of": ["Công an {commune}", "Police of {commune}"],

  "sign.matches": ["Trùng với người kê khai trong hồ sơ", "Matches the person who filled in the form"],
  "sign.other-person": [
    "Chứng thư mang số định danh khác người kê khai. Chọn khóa của người kê khai",
    "The certificate has another identity number. Choose the key of whoever filled in the form",
  ],
  "sign.no-person": [
    "Chứng thư không ghi số định danh. Chọn khóa có số định danh của người kê khai",
    "The certificate has no identity number. Choose a key with the number of whoever filled in the form",
  ],
  "sign.undertaking-text": [
    "Tôi chịu trách nhiệm trước pháp luật về sự trung thực và chính xác của nội dung đã kê khai.",
    "I answer before the law for the truth and accuracy of what I declared.",
  ],
  "receipt.next-3": ["Sau 3 ngày làm việc", "After 3 working days"],
  "receipt.next-3-more": [
    "Bạn nhận thông báo kết quả đăng ký tạm trú, tính từ ngày hồ sơ được tiếp nhận.",
    "You are told the result, counted from the day the dossier is taken in.",
  ],

  "verify.signer-matches": [
    "{name}, số định danh {id}, trùng với người kê khai.",
    "{name}, identity number {id}, who filled in the form.",
  ],
  "verify.signer-differs": [
    "{name}, số định danh {id}, khác với người kê khai trong tờ khai.",
    "{name}, identity number {id}, not the person who filled in the form.",
  ],
  "verify.signer-differs-title": ["Người ký khác người kê khai", "The signer did not fill in the form"],
};
