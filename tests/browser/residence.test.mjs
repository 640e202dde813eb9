// Temporary residence, the portal's other procedure: chosen on the first screen, filled in with mistakes, mended, signed, verified.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { begin, button, choose, download, heading, open, RESIDENCE, row, unlock, usable, verified, WIDTHS } from "./portal.mjs";

let portal;
before(async () => (portal = await open()));
afterEach(() => portal.leave());
after(() => portal?.close());

for (const width of WIDTHS) {
  test(`temporary residence from its choice to a verdict, every state usable, at ${width} px`, async () => {
    const page = await chosen(width);
    await usable(page, "residence start");
    await button(page, "Điền thử, có hai lỗi cố ý").click();
    await mendTheNumber(page);
    await onwards(page, 1);
    await onwards(page, 2);
    await mendTheMember(page);
    await onwards(page, 4);
    await heading(page, RESIDENCE[5]).waitFor();
    await choose(page, "Thêm tệp cho “Giấy tờ khác”", PAPER);
    await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
    await usable(page, RESIDENCE[5]);
    await button(page, "Tiếp tục").click();
    await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).waitFor();
    await usable(page, "residence review");
    await unlock(page);
    await page.getByText("Trùng với người kê khai trong hồ sơ").waitFor();
    await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
    await usable(page, "residence signer");
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    await page.getByText("Đăng ký tạm trú, gửi Công an").waitFor();
    await usable(page, "residence receipt");
    const file = await download(page);
    assert.equal(verified(file), "accepted");
    await page.getByRole("link", { name: "Kiểm tra hồ sơ này ngay" }).click();
    await page.getByRole("heading", { name: "Chữ ký đạt, hồ sơ còn nguyên" }).waitFor();
    await page.getByText("trùng với người kê khai.").waitFor();
    await usable(page, "residence verdict");
    await page.goto(`${portal.address}?lang=vi#/verify`);
    await choose(page, "Chọn tệp hồ sơ", file);
    await page.getByText("trùng với người kê khai.").waitFor();
  });

  test(`both procedures keep a draft each, at ${width} px`, async () => {
    const page = await chosen(width);
    await button(page, "Bắt đầu kê khai").click();
    await page.getByLabel("Họ, chữ đệm và tên khai sinh").fill("Bùi Quang Huy");
    await page.getByText("Đã lưu trên máy này").waitFor();
    await page.goto(portal.address);
    await begin(page, "head-office");
    await page.getByLabel("Đường, phố").fill("Đường Lạch Tray");
    await page.getByText("Đã lưu trên máy này").waitFor();
    await page.goto(`${portal.address}?procedure=1.004194`);
    await button(page, "Tiếp tục bản nháp").click();
    assert.equal(await page.getByLabel("Họ, chữ đệm và tên khai sinh").inputValue(), "Bùi Quang Huy");
    await page.goto(portal.address);
    await button(page, "Tiếp tục bản nháp").waitFor();
  });
}

const PAPER = { name: "giay-to.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(900, 10)]) };

/** A visitor who chose temporary residence on the first screen. */
async function chosen(width) {
  const page = await portal.visit(width);
  await page.getByRole("navigation", { name: "Thủ tục khác" }).getByRole("link", { name: "Đăng ký tạm trú" }).click();
  await heading(page, "Đăng ký tạm trú").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("procedure"), "1.004194");
  return page;
}

async function onwards(page, at) {
  await heading(page, RESIDENCE[at]).waitFor();
  await usable(page, RESIDENCE[at]);
  await button(page, "Tiếp tục").click();
}

/** The number lacks its zero: the page offers it, and a key alone takes it. */
async function mendTheNumber(page) {
  await heading(page, RESIDENCE[0]).waitFor();
  await usable(page, RESIDENCE[0]);
  await button(page, "Tiếp tục").click();
  const [link] = await page.getByRole("alert").getByRole("link").all();
  assert.equal(await link.textContent(), "Nhập số định danh cá nhân gồm 12 chữ số. Bạn đã nhập 11 chữ số, thiếu số 0 ở đầu?");
  await usable(page, "a number without its zero");
  const number = page.getByLabel("Số định danh cá nhân", { exact: true });
  await button(page, "Ghi là 031 164 000 008").focus();
  await page.keyboard.press("Enter");
  assert.equal(await number.inputValue(), "031 164 000 008");
  assert.ok(await number.evaluate((input) => input === document.activeElement && !input.hasAttribute("aria-invalid")));
  assert.equal(await page.getByText("Ghi là 031").count(), 0);
  await button(page, "Tiếp tục").click();
}

/** A day that there is not; then a row too many, which is removed and put back. */
async function mendTheMember(page) {
  await heading(page, RESIDENCE[3]).waitFor();
  await button(page, "Tiếp tục").click();
  await page.getByRole("alert").getByText("Tháng 2 không có ngày 30. Sửa ngày, tháng, năm sinh của thành viên").waitFor();
  await usable(page, "a member born on no day");
  await page.getByLabel("Ngày", { exact: true }).fill("15");
  await button(page, "Thêm thành viên").click();
  await page.getByRole("group", { name: "Thành viên 2" }).getByLabel("Họ, chữ đệm và tên thành viên").fill("Lý Thị Mai");
  await usable(page, "two members");
  await button(page, "Xóa Thành viên 2").click();
  await button(page, "Hoàn tác Thành viên 2").click();
  await page.getByRole("group", { name: "Thành viên 2" }).waitFor();
  await button(page, "Xóa Thành viên 2").click();
  assert.equal(await page.getByRole("group", { name: "Thành viên 2" }).count(), 0);
  await button(page, "Tiếp tục").click();
}
