// What the page says of dossiers and signed files: who, when by their own word and when as proven, how much it proves, what is not covered, and
// what to do. Made by the command, as others would bring them.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { after, afterEach, before, test } from "node:test";
import { authority, people } from "./authority.mjs";
import { button, choose, hoso, keys, open, provoke, readable, root, WIDTHS } from "./portal.mjs";

const FORM = join(root, "forms/1.001612-ho-kinh-doanh");
const TRUST = ["--trust", join(keys, "root.pem"), "--chain", join(keys, "ca.pem"), "--crl", join(keys, "crl.pem")];
const LEAF = ["-addext", "basicConstraints=critical,CA:false", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation"];
const SIGNER = "PHẠM THỊ THU HÀ";

let others;
let stamps;
let portal;
/** A file among those that the tests make. */
let at;

before(async () => {
  others = people();
  at = others.path;
  stamps = await authority(others.folder);
  portal = await open();
  make();
});
afterEach(() => portal.leave());
after(async () => {
  await portal?.close();
  stamps?.close();
  others?.leave();
});

for (const width of WIDTHS) {
  test(`without a timestamp the time is the signer's own word, at ${width} px`, async () => {
    const page = await checked(width, "basic.hoso.zip");
    const verdict = page.locator("#verdict");
    await verdict.getByText(/^Giờ ký là .*, do người ký tự ghi\.$/).waitFor();
    await says(page, ["Chữ ký đạt, hồ sơ còn nguyên", "Chưa có. Chữ ký không kèm dấu thời gian nào dùng được.", "(mức B-B)", "031 164 000 008"]);
    await readable(page, "verdict basic");
  });

  test(`a timestamp is told as what it proves, and evidence as what it is for, at ${width} px`, async () => {
    const page = await checked(width, "lasting.hoso.zip");
    await page.locator("#verdict").getByText(/^Có từ trước .*, theo dấu thời gian của Trạm dấu thời gian thử\.$/).waitFor();
    await says(page, ["Giờ ký do người ký ghi", "nhiều năm sau vẫn kiểm tra được (mức B-LT)"]);
    await readable(page, "verdict lasting");
    await button(page, "English").click();
    await page.locator("#verdict").getByText(/^It was there before .*, by the timestamp of Trạm dấu thời gian thử\.$/).waitFor();
    await says(page, ["Signing time, as claimed", "(level B-LT)"]);
    await readable(page, "verdict lasting in English");
  });

  test(`several signers are told one by one, and the office's receipt with its tax code, at ${width} px`, async () => {
    const page = await checked(width, "received.hoso.zip");
    await page.locator("#verdict").getByText(`${SIGNER} và NGUYỄN VĂN BÌNH đã ký.`).waitFor();
    await says(page, ["2 người ký, từng chữ ký một", "031 064 000 009", "Xác nhận đã nhận chữ ký trên", "UBND phường Gia Viên", "Mã số thuế", "0200123456"]);
    await readable(page, "verdict received");
    await button(page, "English").click();
    await says(page, ["2 signers, one by one", "Confirms that it received the signature above", "Tax code"]);
    await readable(page, "verdict received in English");
  });

  test(`what was changed is refused, with what to do, at ${width} px`, async () => {
    const page = await checked(width, "changed.hoso.zip");
    await page.locator(".verdict-failed").getByText("Không nhận hồ sơ này").waitFor();
    await says(page, ["đã bị sửa sau khi ký. Xin lại gói hồ sơ gốc từ người gửi", "TOTAL-FAILED"]);
    assert.equal(await page.locator(".verdict-passed, .sheet:not(.sheet-outside)").count(), 0);
    await readable(page, "verdict changed");
  });

  test(`without revocation lists nothing looks valid, and it can be checked again, at ${width} px`, async () => {
    const page = await portal.visit(width);
    provoke(page, /ERR_FAILED/);
    await page.route("**/crl.pem", (route) => route.abort());
    await check(page, at("received.hoso.zip"));
    await undecided(page, "TRY_LATER");
    await page.getByText(/^Dấu thời gian .* của Trạm dấu thời gian thử chưa chứng minh được gì\.$/).waitFor();
    await says(page, ["Kiểm tra mạng rồi bấm “Kiểm tra lại”", "Tên và số dưới đây là theo chứng thư kèm theo, chưa được xác nhận."]);
    await readable(page, "verdict later");
    await button(page, "English").click();
    await page.locator(".verdict-undecided").getByText("This is not a yes.").waitFor();
    await readable(page, "verdict later in English");
    await page.unroute("**/crl.pem");
    await button(page, "Check again").click();
    await page.locator(".verdict-passed").waitFor();
  });

  test(`a signature beside its document is asked for the document, and then judged, at ${width} px`, async () => {
    const page = await checked(width, "don.p7s");
    await undecided(page, "SIGNED_DATA_NOT_FOUND");
    await says(page, ["Tệp chữ ký này không chứa tài liệu"]);
    assert.equal(await page.getByText("Nội dung còn nguyên").count(), 0);
    await readable(page, "verdict content missing");
    await choose(page, "Chọn tài liệu đã được ký", at("don.pdf"));
    await page.locator(".verdict-passed").getByText("Chữ ký đạt, tệp còn nguyên").waitFor();
    await says(page, ["don.p7s", "don.pdf", "chưa phải hồ sơ theo biểu mẫu của cổng này", "Không có. Mọi tệp đã chọn đều được ký."]);
    await readable(page, "verdict file");
    await button(page, "English").click();
    await page.locator(".verdict-passed").getByText("The signature holds, the file is unchanged").waitFor();
    await readable(page, "verdict file in English");
  });
}

test("a signature and its document are judged together, in whatever order they are chosen", async () => {
  for (const [signature, ...documents] of [["don.p7s", "don.pdf"], ["hai.jose.json", "don.pdf", "phu-luc.txt"], ["mot.jose.json", "don.pdf"]]) {
    const page = await portal.visit(320);
    await check(page, [...documents, signature].map(at));
    await page.locator(".verdict-passed").getByText("Chữ ký đạt, tệp còn nguyên").waitFor();
    for (const each of documents) await page.locator(".sheet:not(.sheet-outside)").getByText(each, { exact: true }).waitFor();
  }
});

test("a container of others is judged by itself", async () => {
  const page = await checked(320, "goi.asice");
  await page.locator(".verdict-passed").getByText("Chữ ký đạt, tệp còn nguyên").waitFor();
});

test("another document, a changed one, and one more than was signed are refused", async () => {
  const page = await portal.visit(320);
  await check(page, [at("don.p7s"), at("phu-luc.txt")]);
  await page.locator(".verdict-failed").getByText("Không tin được tệp này").waitFor();
  await says(page, ["Tệp đã bị sửa sau khi ký, hoặc đây là chữ ký của tệp khác"]);
  await readable(page, "verdict other document");
  await choose(page, "Chọn tệp hồ sơ", [at("don.pdf"), at("phu-luc.txt"), at("mot.jose.json")]);
  await page.locator(".verdict-failed").waitFor();
  await page.locator("#uncovered").getByText("phu-luc.txt").waitFor();
  await says(page, ["Không chữ ký nào bảo vệ: phu-luc.txt"]);
  await readable(page, "verdict uncovered");
});

test("a signer whose issuer nobody here knows stays undecided", async () => {
  const page = await portal.visit(320);
  await check(page, [at("la.p7s"), at("don.pdf")]);
  await undecided(page, "NO_CERTIFICATE_CHAIN_FOUND");
  await says(page, ["Cổng này chưa biết nơi đã cấp chứng thư"]);
  await readable(page, "verdict unknown issuer");
});

test("a certificate that has run out leaves a signature without a timestamp undecided", async () => {
  const page = await portal.visit(320);
  await check(page, [at("het-han.p7s"), at("don.pdf")]);
  await undecided(page, "OUT_OF_BOUNDS_NO_POE");
  await says(page, ["Không có dấu thời gian chứng minh chữ ký có từ trước ngày đó"]);
  await readable(page, "verdict out of date");
});

test("a file that nobody signed, and one that cannot be read, are told as what they are", async () => {
  for (const name of ["don.pdf", "phu-luc.txt"]) {
    const page = await checked(320, name);
    await page.locator(".verdict-failed").getByText("Không thấy chữ ký trong tệp này").waitFor();
    await readable(page, "verdict not signed");
  }
  const page = await portal.visit(320);
  await check(page, { name: "rong.p7s", mimeType: "application/pkcs7-signature", buffer: Buffer.from([0x30, 0x80]) });
  await page.locator(".verdict-failed").getByText("Không thấy chữ ký trong tệp này").waitFor();
});

test("a dossier that is broken is not looked at as if it were a file of others", async () => {
  const page = await checked(320, "hong.hoso.zip");
  await page.locator(".verdict-failed").getByText("Không nhận hồ sơ này").waitFor();
});

test("files dropped at once, or one after the other, are the signature and its document", async () => {
  const page = await portal.visit(1280);
  await page.getByRole("link", { name: "Kiểm tra một hồ sơ đã ký" }).click();
  await drop(page, ["don.pdf", "don.p7s"]);
  await page.locator(".verdict-passed").getByText("Chữ ký đạt, tệp còn nguyên").waitFor();
  await drop(page, ["don.p7s"]);
  await undecided(page, "SIGNED_DATA_NOT_FOUND");
  await drop(page, ["don.pdf"]);
  await page.locator(".verdict-passed").getByText("Chữ ký đạt, tệp còn nguyên").waitFor();
  await drop(page, ["don.pdf"]);
  await page.locator(".verdict-failed").getByText("Không thấy chữ ký trong tệp này").waitFor();
});

async function drop(page, names) {
  await page.locator("#drop").waitFor();
  await page.evaluate(dropped, names.map((name) => [name, [...readFileSync(at(name))]]));
}

/** Drops files on the page; runs in it. */
function dropped(files) {
  const dataTransfer = new DataTransfer();
  for (const [name, bytes] of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}

/** What the tests bring along. */
function make() {
  const run = (...words) => {
    const { status, stdout, stderr } = hoso(...words);
    assert.equal(status, 0, `${words.join(" ")}: ${stdout}${stderr}`);
  };
  const by = (name) =>
    name === "citizen"
      ? ["--p12", join(keys, "citizen-ec.p12"), "--password-file", join(keys, "password.txt")]
      : ["--p12", at(`${name}.p12`), "--password-file", at("password.txt")];
  const paper = `/attachments/familyAuthorisation=${join(FORM, "examples/files/uy-quyen-thanh-vien.pdf")}`;
  const dossier = ["--schema", join(FORM, "schema.json"), "--data", join(FORM, "examples/valid/family-members.json"), "--attach", paper];
  run("sign", ...dossier, ...by("citizen"), "--audience", "https://dichvucong.haiphong.gov.vn", "--dossier", "H24.15-261124-0001", "-o", at("basic.hoso.zip"));
  run("extend", at("basic.hoso.zip"), "--level", "lt", "--tsa", stamps.url("tsa"), ...TRUST, "-o", at("lasting.hoso.zip"));
  run("timestamp", at("basic.hoso.zip"), "--tsa", stamps.url("tsa"), "-o", at("stamped.hoso.zip"));
  run("cosign", at("stamped.hoso.zip"), ...by("spouse"), "-o", at("both.hoso.zip"));
  run("countersign", at("both.hoso.zip"), "--signature", "1", ...by("office"), "-o", at("received.hoso.zip"));
  const whole = readFileSync(at("basic.hoso.zip"));
  writeFileSync(at("changed.hoso.zip"), changed(whole, "%%EOF"));
  writeFileSync(at("hong.hoso.zip"), whole.subarray(0, whole.length - 9));
  writeFileSync(at("don.pdf"), "%PDF-1.7\nĐơn đề nghị\n%%EOF\n");
  writeFileSync(at("phu-luc.txt"), "Phụ lục\n");
  run("sign", "--file", at("don.pdf"), "--format", "cades", ...by("citizen"), "-o", at("don.p7s"));
  run("sign", "--file", at("don.pdf"), "--format", "jades", ...by("citizen"), "-o", at("mot.jose.json"));
  run("sign", "--file", at("don.pdf"), "--file", at("phu-luc.txt"), "--format", "jades", ...by("citizen"), "-o", at("hai.jose.json"));
  run("sign", "--file", at("don.pdf"), "--file", at("phu-luc.txt"), "--format", "asice", ...by("citizen"), "-o", at("goi.asice"));
  others.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "la.key", "-out", "la.pem", "-subj", "/CN=NGƯỜI LẠ", "-utf8", ...LEAF);
  for (const name of ["la", "expired"]) {
    const out = name === "la" ? "la.p7s" : "het-han.p7s";
    others.openssl("cms", "-sign", "-cades", "-binary", "-in", "don.pdf", "-outform", "DER", "-out", out, "-signer", `${name}.pem`, "-inkey", `${name}.key`, "-certfile", join(keys, "ca.pem"));
  }
}

/** A package in which somebody changed a byte of what the text stands in, and mended the checksums of the container. */
function changed(whole, text) {
  const bytes = Buffer.from(whole);
  const place = bytes.indexOf(text);
  // A local header and its fields: APPNOTE 4.3.7.
  const header = bytes.lastIndexOf("PK\x03\x04", place, "latin1");
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const content = bytes.subarray(start, start + bytes.readUInt32LE(header + 18));
  const before = bytes.subarray(header + 14, header + 18);
  const inDirectory = bytes.lastIndexOf(before);
  bytes[place] ^= 1;
  for (const at of [header + 14, inDirectory]) bytes.writeUInt32LE(crc32(content), at);
  return bytes;
}

/** A verdict that is no yes and does not look like one. */
async function undecided(page, code) {
  await page.locator(".verdict-undecided").getByText("Chưa coi là đạt.").waitFor();
  await page.locator("#verdict .codes").getByText(`INDETERMINATE · ${code}`).waitFor();
  assert.equal(await page.locator(".verdict-passed, .signature-passed, .sheet:not(.sheet-outside, .sheet-hollow)").count(), 0, "something looks valid");
}

async function says(page, words) {
  for (const each of words) await page.getByRole("main").getByText(each).first().waitFor();
}

/** A visitor who has a file checked. */
async function checked(width, name) {
  const page = await portal.visit(width);
  await check(page, at(name));
  return page;
}

async function check(page, files) {
  await page.getByRole("link", { name: "Kiểm tra một hồ sơ đã ký" }).click();
  await choose(page, "Chọn tệp hồ sơ", files);
  await page.locator("#verdict").waitFor();
}
