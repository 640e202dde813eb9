// What the intake answers, always as JSON, and in the sender's language.

const SENTENCES = {
  "intake.address": ["Gửi hồ sơ đến /intake", "Send the dossier to /intake"],
  "intake.failed": [
    "Gửi lại sau ít phút: máy chủ vừa gặp lỗi, hồ sơ chưa được nhận",
    "Send it again in a few minutes: the server failed and the dossier was not taken",
  ],
  "intake.lookup": [
    "Tra cứu lại rồi gửi lại hồ sơ: cơ sở dữ liệu không xác nhận kết quả ghi trong đó",
    "Look it up again and send the dossier anew: the database does not confirm the answer in it",
  ],
  "intake.method": ["Gửi hồ sơ bằng POST", "Send the dossier with POST"],
  "intake.not-a-package": [
    "Gửi tệp .hoso.zip đầy đủ: tệp này không phải gói hồ sơ, hoặc bị cắt giữa chừng",
    "Send a complete .hoso.zip: this is no dossier package, or it was cut off",
  ],
  "intake.refused": ["Xem lại hồ sơ: nơi nhận chưa nhận được", "Look at the dossier again: it was not taken"],
  "intake.replayed": ["Không cần gửi lại: hồ sơ này đã được nhận", "No need to send it again: this dossier was taken before"],
  "intake.too-large": [
    "Giảm dung lượng các tệp đính kèm: hồ sơ lớn quá mức nhận",
    "Make the attachments smaller: the dossier is larger than what is taken",
  ],
  "intake.undetermined": ["Gửi lại sau: chưa kiểm tra được chữ ký", "Send it again later: the signature could not be checked"],
};

export function sentenceOf(code, lang) {
  return SENTENCES[code][lang === "en" ? 1 : 0];
}

/** Answers, also when the request was not read to its end: then the connection closes after the answer. */
export function respond(response, status, { allow, ...body }) {
  if (response.headersSent || response.destroyed) return;
  const text = `${JSON.stringify(body, null, 2)}\n`;
  const isRead = response.req.complete;
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "X-Content-Type-Options": "nosniff",
    ...(allow && { Allow: allow }),
    ...(!isRead && { Connection: "close" }),
  });
  response.end(text);
}
