// The frame of the page, the start, and the demo's own words.

import type { Word } from "./index.js";

export const PORTAL = {
  site: ["Cổng minh họa", "Demo portal"],
  skip: ["Đến nội dung chính", "Skip to the main content"],
  "other-language": ["English", "Tiếng Việt"],
  header: ["Cổng minh họa hoso", "hoso demo portal"],
  home: ["hoso, trang đầu", "hoso, start page"],
  back: ["Quay lại", "Back"],
  title: ["{page} · hoso", "{page} · hoso"],
  "title-error": ["Có lỗi: {page} · hoso", "Error: {page} · hoso"],
  help: ["Trợ giúp: 0225 000 0000", "Help: 0225 000 0000"],
  "footer-nav": ["Trợ giúp và kiểm tra", "Help and checks"],
  "footer-verify": ["Kiểm tra một hồ sơ đã ký", "Check a signed dossier"],
  "footer-demo": [
    "Trang minh họa của thư viện hoso. Tên người, số điện thoại và tệp đều là dữ liệu giả. Không có gì được gửi đến cơ quan nhà nước.",
    "Demo of the hoso library. Names, phone numbers and files are made up. Nothing goes to any authority.",
  ],
  aside: ["Thông tin thêm", "More information"],

  "start.procedure": ["Thủ tục {code}", "Procedure {code}"],
  "start.fill": ["Kê khai", "Filling in"],
  "start.result": ["Kết quả", "Result"],
  "start.office": ["Nơi giải quyết", "Decided by"],
  "start.signer": ["Người ký", "Signed by"],
  "start.procedures": ["Thủ tục khác", "Other procedures"],
  "start.begin": ["Bắt đầu kê khai", "Start"],
  "start.continue": ["Tiếp tục bản nháp", "Continue the draft"],
  "start.draft": [
    "Máy này có bản nháp lưu lúc {when}, dừng ở “{page}”.",
    "A draft saved at {when} is on this device. It stops at “{page}”.",
  ],
  "start.again": ["Bắt đầu lại từ đầu", "Start again from the beginning"],
  "start.again-sure": [
    "Bắt đầu lại sẽ xóa hẳn bản nháp này và các tệp trong đó.",
    "Starting again deletes this draft and its files for good.",
  ],
  "start.again-yes": ["Xóa bản nháp và bắt đầu lại", "Delete the draft and start again"],
  "start.again-no": ["Giữ bản nháp", "Keep the draft"],
  "start.unsent": ["Hồ sơ {dossier} đã ký, chưa gửi.", "The dossier {dossier} is signed and not sent yet."],
  "start.unsent-open": ["Mở hồ sơ đã ký", "Open the signed dossier"],
  "start.need": ["Chuẩn bị trước", "What you need"],
  "start.who": ["Ai ký hồ sơ", "Who signs"],
  "start.not": ["Khi nào chưa dùng được", "When you cannot use this yet"],
  "start.data": ["Dữ liệu của bạn", "Your data"],
  "start.data-more": [
    "Việc kiểm tra và ký diễn ra trên máy này. Không có gì được gửi đi cho đến khi bạn bấm “Ký và nộp hồ sơ”.",
    "Checking and signing happen on this device. Nothing is sent until you press “Sign and send”.",
  ],
  "start.fee": ["Lệ phí", "Fee"],
  "start.offline": ["Không tiện làm trên mạng?", "Prefer not to go online?"],

  "demo.title": ["Chỉ có ở trang minh họa", "Only in this demo"],
  "demo.more": [
    "Điền sẵn tờ khai của bà Phạm Thị Thu Hà, một người không có thật, để xem nhanh các bước.",
    "Fill in the form of Phạm Thị Thu Hà, who does not exist, to walk through the steps quickly.",
  ],
  "demo.fill": ["Điền thử bằng dữ liệu mẫu", "Try with sample data"],
  "demo.mistakes": ["Điền thử, có hai lỗi cố ý", "Try with two mistakes on purpose"],
  "demo.replaces": ["Dữ liệu mẫu sẽ thay bản nháp đang có.", "Sample data replaces the draft on this device."],
  "demo.failed": [
    "Chưa tải được dữ liệu mẫu. Kiểm tra mạng rồi bấm lại",
    "The sample data could not be loaded. Check the connection and press again",
  ],
  "demo.note": ["Đang dùng dữ liệu mẫu.", "Sample data is in use."],
  "demo.to-review": ["Đến bước kiểm tra lại", "Go to the review"],

  opening: ["Đang mở biểu mẫu", "Opening the form"],
  "failed.title": ["Chưa mở được biểu mẫu", "The form could not be opened"],
  "failed.more": [
    "Kiểm tra mạng rồi bấm “Thử lại”. Bản nháp trên máy này vẫn còn.",
    "Check the connection and press “Try again”. A draft on this device is kept.",
  ],
  "failed.again": ["Thử lại", "Try again"],
  "failed.details": ["Chi tiết kỹ thuật", "Technical details"],
} as const satisfies { readonly [key: string]: Word };
