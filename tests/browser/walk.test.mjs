// Both forms as a citizen fills them in on a small phone, in both languages: first every mistake, then the right answers, to the receipt.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { button, choose, download, open, password, row, usable, verified } from "./portal.mjs";

const WIDTH = 320;
const PAPER = { name: "giay-to.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };
const WRONG = { name: "anh.pdf", mimeType: "application/pdf", buffer: Buffer.from("not what its name says") };
/** Whoever the throw-away key belongs to. */
const SIGNER = "031164000008";

let portal;
before(async () => (portal = await open()));
afterEach(() => portal.leave());
after(() => portal?.close());

test("a household business, in Vietnamese", { timeout: 240_000 }, async () => {
  const walk = await Walk.of("1.001612", "vi");
  await walk.wrong("registration", ["Chọn hình thức"]);
  await walk.pick("registration-kind", 1);
  await walk.appears("registration-formerBusiness-name");
  await walk.wrong("registration", [
    "Nhập tên hộ kinh doanh trước đây",
    "Nhập mã số thuế của hộ kinh doanh trước đây",
    "Nhập họ và tên chủ hộ trước",
    "Chọn lý do chuyển giao",
  ]);
  await walk.type("registration-formerBusiness-name", "Hàng phở Cây Bàng");
  await walk.pick("registration-kind", 0);
  await walk.vanishes("registration-formerBusiness-name");
  await walk.on("Địa chỉ trụ sở");
  await walk.wrong("head-office", ["Chọn phường, xã hoặc đặc khu", "Nhập đường, phố, tổ, xóm, ấp, thôn", "Nhập điện thoại của hộ kinh doanh"]);
  await walk.select("headOffice-commune", "Phường Gia Viên");
  await walk.type("headOffice-street", "Đường Lạch Tray");
  await walk.type("headOffice-phone", "098 300 021");
  await walk.wrong("head-office", ["Nhập điện thoại của hộ kinh doanh gồm 10 chữ số. Bạn đã nhập 9 chữ số"]);
  await walk.type("headOffice-phone", "0983 000 216");
  await walk.on("Ngành, nghề kinh doanh");
  await walk.wrong("industries", ["Chọn một ngành chính", "Nhập mã ngành"]);
  await walk.rowsOfIndustries();
  await walk.on("Tên hộ kinh doanh");
  await walk.wrong("name", ["Nhập tên hộ kinh doanh"]);
  await walk.type("business-name", "Phở Lạch Tray");
  await walk.on("Chủ hộ và người cùng đăng ký");
  await walk.owner();
  await walk.on("Vốn kinh doanh");
  await walk.wrong("capital", ["Nhập số vốn bằng số", "Nhập số vốn bằng chữ"]);
  await walk.type("capital-amount", "150.000.000 đồng");
  await button(walk.page, "Ghi vào ô “Số vốn bằng chữ”").click();
  assert.equal(await walk.field("capital-inWords").inputValue(), "Một trăm năm mươi triệu đồng");
  await walk.on("Thông tin về thuế");
  await walk.pick("tax-mailing", 1);
  await walk.appears("tax-mailingAddress-province");
  await walk.pick("tax-mailing", 0);
  await walk.vanishes("tax-mailingAddress-province");
  await walk.date("tax-startDate", 30, 2, 2027);
  await walk.wrong("tax", ["Tháng 2 không có ngày 30. Sửa ngày bắt đầu hoạt động", "Nhập số lao động dự kiến", "Chọn phương pháp tính thuế giá trị gia tăng"]);
  await walk.date("tax-startDate", 28, 2, 2027);
  await walk.type("tax-workers", "2");
  await walk.pick("tax-method", 0);
  await walk.on("Người nộp hồ sơ và giấy tờ kèm theo");
  await walk.pick("submitter-role", 0);
  await walk.refusedThenTaken("Thêm tệp cho “Giấy tờ khác”", "1 tệp cần đổi hoặc xóa", "Xóa tệp anh.pdf");
  await walk.toReceipt();
});

test("a household business, in English", { timeout: 240_000 }, async () => {
  const walk = await Walk.of("1.001612", "en");
  await walk.pick("registration-kind", 0);
  await walk.on("Place of business");
  await walk.wrong("head-office", ["Choose the ward, commune or special zone", "Enter the street or hamlet", "Enter the phone of the business"]);
  await walk.select("headOffice-commune", "Gia Viên Ward");
  await walk.type("headOffice-street", "Đường Lạch Tray");
  await walk.type("headOffice-phone", "0983000216");
  await walk.on("Industries");
  await walk.rowsOfIndustries();
  await walk.on("Name of the business");
  await walk.type("business-name", "Phở Lạch Tray");
  await walk.on("Owner and family members");
  await walk.owner();
  await walk.on("Capital");
  await walk.type("capital-amount", "150,000,000");
  await walk.type("capital-inWords", "Một trăm năm mươi triệu đồng");
  await walk.on("Tax");
  await walk.pick("tax-mailing", 0);
  await walk.date("tax-startDate", 28, 2, 2027);
  await walk.type("tax-workers", "2");
  await walk.pick("tax-method", 0);
  await walk.on("Person who files, and attachments");
  await walk.pick("submitter-role", 0);
  await walk.toReceipt();
});

for (const language of ["vi", "en"]) {
  test(`temporary residence, in ${language === "vi" ? "Vietnamese" : "English"}`, { timeout: 240_000 }, async () => {
    const walk = await Walk.of("1.004194", language);
    const vi = language === "vi";
    await walk.mistakes(6);
    await walk.type("applicant-name", "Phạm Thị Thu Hà");
    await walk.date("applicant-birthDate", 2, 8, 1964);
    await walk.pick("applicant-sex", 1);
    await walk.type("applicant-personalId", SIGNER.slice(1));
    await walk.type("applicant-phone", "0936000894");
    await walk.pick("applicant-permanent", 0);
    await walk.appears("applicant-permanentAddress-province");
    await walk.mistakes(4);
    // The number lacks its zero, and one press puts it there.
    await walk.page.locator("#applicant-personalId-field .offer button").click();
    assert.equal(await walk.field("applicant-personalId").inputValue(), "031 164 000 008");
    await walk.address("applicant-permanentAddress", vi ? "Tỉnh Quảng Ninh" : "Quảng Ninh Province");
    await walk.on(vi ? "Hộ nơi tạm trú" : "Household at the temporary residence");
    await walk.mistakes(2);
    await walk.pick("household-kind", 0);
    await walk.select("household-relation", { index: 2 });
    await walk.appears("household-head-name");
    await walk.select("household-relation", vi ? "Chủ hộ" : "Household head");
    await walk.vanishes("household-head-name");
    await walk.on(vi ? "Nội dung đề nghị" : "Content of the request");
    await walk.select("request-place-commune", vi ? "Đặc khu Cát Hải" : "Cát Hải Special Zone");
    await walk.type("request-place-street", "Tổ dân phố 6");
    const [from, to, early] = [40, 400, 20].map((days) => new Date(Date.now() + days * 86_400_000));
    await walk.date("request-from", from.getDate(), from.getMonth() + 1, from.getFullYear());
    await walk.date("request-to", early.getDate(), early.getMonth() + 1, early.getFullYear());
    await walk.pick("request-reason", 2);
    await walk.mistakes(2);
    await walk.pick("request-reason", 0);
    await walk.date("request-to", to.getDate(), to.getMonth() + 1, to.getFullYear());
    await walk.on(vi ? "Những thành viên trong hộ gia đình cùng thay đổi" : "Household members who change together");
    await walk.members();
    await walk.on(vi ? "Chỗ ở hợp pháp và ý kiến đồng ý" : "Lawful dwelling and consents");
    await walk.mistakes(2);
    await walk.pick("dwelling-basis", 1);
    await walk.pick("consents-owner", 1);
    await walk.appears("consents-owners-0-name");
    await walk.pick("dwelling-basis", 0);
    await walk.vanishes("consents-owners-0-name");
    await walk.pick("dwelling-proof", 1);
    await walk.pick("consents-guardian", 4);
    await walk.on(vi ? "Người kê khai và giấy tờ kèm theo" : "Person who fills in, and attachments");
    await walk.mistakes(3);
    await walk.pick("filer-role", 0);
    await walk.pick("result", 0);
    await walk.page.locator("#undertaking").check();
    await walk.toReceipt();
  });
}

/** A citizen on their way through a form. */
class Walk {
  constructor(page, language) {
    this.page = page;
    this.language = language;
  }

  static async of(code, language) {
    const page = await portal.visitor(WIDTH);
    await page.goto(`${portal.address}?procedure=${code}&lang=${language}`);
    await page.locator("#start").click();
    await page.locator("#continue").waitFor();
    return new Walk(page, language);
  }

  field = (id) => this.page.locator(`#${id}`);
  type = (id, text) => this.field(id).fill(text);
  pick = (id, index) => this.field(`${id}-${index}`).check();
  select = (id, choice) => this.field(id).selectOption(typeof choice === "string" ? { label: choice } : choice);

  async date(id, ...parts) {
    for (const [at, part] of ["day", "month", "year"].entries()) await this.type(`${id}-${part}`, String(parts[at]));
  }

  async address(id, province) {
    await this.select(`${id}-province`, province);
    await this.page.locator(`#${id}-commune:is(select):enabled`).waitFor();
    await this.select(`${id}-commune`, { index: 1 });
    await this.type(`${id}-street`, "Tổ 4");
  }

  async appears(id) {
    await this.field(id).waitFor();
    await this.narrow();
  }

  vanishes = (id) => this.field(id).waitFor({ state: "detached" });

  /** Nothing is wider than the phone. */
  async narrow() {
    assert.ok((await this.page.evaluate(() => document.documentElement.scrollWidth)) <= WIDTH, this.page.url());
  }

  /** Continue finds mistakes: as many at their fields as in the summary, in the same words. */
  async mistakes(count) {
    await this.page.locator("#continue").click();
    const links = this.page.locator("#error-summary a");
    await links.first().waitFor();
    const told = await links.allTextContents();
    assert.equal(told.length, count, told.join("; "));
    const inline = await this.page.locator("form .error-message > span:last-child").evaluateAll((lines) => lines.map((line) => line.lastChild.textContent));
    assert.deepEqual([...inline].sort(), [...told].sort());
    await this.narrow();
    return told;
  }

  async wrong(part, sentences) {
    assert.ok(this.page.url().includes(`/${part}`), this.page.url());
    const told = await this.mistakes(sentences.length);
    assert.deepEqual(told, sentences);
    await usable(this.page, `walk ${part} wrong ${this.language}`);
  }

  /** Continue leads on. */
  async on(title) {
    await this.page.locator("#continue").click();
    await this.page.waitForFunction((title) => document.getElementById("title")?.textContent.replaceAll("\u00a0", " ") === title, title, { timeout: 8_000 }).catch(async () => {
      assert.fail(`no way on to ${title}: ${(await this.page.locator("#error-summary a, #title").allTextContents()).join("; ")}`);
    });
    assert.equal(await this.page.locator("#error-summary").count(), 0);
    await this.narrow();
  }

  async rowsOfIndustries() {
    await this.type("industries-0-code", "5610");
    await this.page.locator("#industries-add").click();
    await this.type("industries-1-code", "4711");
    await this.page.locator("#industries-1-isMain").check();
    await this.page.locator("#industries-1-up").click();
    assert.equal(await this.field("industries-0-code").inputValue(), "4711");
    assert.ok(await this.field("industries-0-isMain").isChecked());
    await this.page.locator("#industries-add").click();
    await this.type("industries-2-code", "1071");
    await this.page.locator("#industries-2-remove").click();
    assert.equal(await this.field("industries-2-code").count(), 0);
    await this.narrow();
  }

  async owner() {
    await this.mistakes(14);
    await this.type("owner-name", "Phạm Thị Thu Hà");
    await this.pick("owner-sex", 1);
    await this.date("owner-birthDate", 2, 8, 1964);
    await this.type("owner-ethnicity", "Kinh");
    await this.type("owner-nationality", "Việt Nam");
    await this.type("owner-personalId", SIGNER);
    await this.pick("owner-identityDocument-type", 0);
    await this.date("owner-identityDocument-issuedOn", 11, 5, 2021);
    await this.type("owner-identityDocument-issuer", "Bộ Công an");
    await this.address("owner-permanentAddress", this.language === "vi" ? "Tỉnh Quảng Ninh" : "Quảng Ninh Province");
    await this.type("owner-phone", "0983000216");
    // A group that was opened and left empty is not filled in.
    await this.page.locator("#owner-contactAddress-add").click();
    await this.pick("registrants-kind", 1);
    await this.page.locator("#registrants-members-0-name").waitFor();
    await this.pick("registrants-kind", 0);
    await this.page.locator("#registrants-members-0-name").waitFor({ state: "detached" });
  }

  async members() {
    await this.page.locator("#members-add").click();
    for (const [at, name] of ["Lý A Sùng", "Lý Thị Mai"].entries()) {
      if (at > 0) await this.page.locator("#members-add").click();
      await this.type(`members-${at}-name`, name);
    }
    await this.mistakes(8);
    await this.page.locator("#members-1-up").click();
    assert.equal(await this.field("members-0-name").inputValue(), "Lý Thị Mai");
    assert.equal(await this.page.evaluate(() => document.activeElement.id), "members-0-down");
    await this.page.locator("#members-1-remove").click();
    await this.date("members-0-birthDate", 15, 7, 1995);
    await this.pick("members-0-sex", 1);
    await this.type("members-0-personalId", "010195000022");
    await this.select("members-0-relation", { index: 5 });
  }

  async refusedThenTaken(add, why, remove) {
    await choose(this.page, add, [WRONG, PAPER]);
    await this.page.getByText(why).waitFor();
    await this.narrow();
    await button(this.page, remove).click();
    await row(this.page, PAPER.name).getByText("đã đọc xong").waitFor();
  }

  /** From the last page over review and key to the receipt, and what the command says of the package. */
  async toReceipt() {
    const { page } = this;
    await page.locator("#continue").click();
    await page.locator("#to-sign").click();
    await page.locator("#demo-key").click();
    await page.getByText("citizen-ec.p12").waitFor();
    await page.locator("#password").fill(password);
    await page.locator("#unlock").click();
    await page.locator("#agree").check();
    await this.narrow();
    await page.locator("#sign-button").click();
    await page.locator("#download-package").waitFor();
    await this.narrow();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#download-package").click()]);
    assert.equal(verified(await file.path()), "accepted");
  }
}
