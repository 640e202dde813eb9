// One live form under the page: quiet until Continue, then kept up to date by each edit; fields that come and go; totals; steps back and forth.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { begin, button, choose, heading, open, PAGES, provoke, row, usable, WIDTHS } from "./portal.mjs";

const STREET = "Đường, phố, tổ, xóm, ấp, thôn";
const PAPER = { name: "can-cuoc.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };
const ADD = "Thêm tệp cho “Giấy tờ khác”";

let portal;
before(async () => (portal = await open()));
afterEach(() => portal.leave());
after(() => portal?.close());

test("nothing is told while typing or leaving a field; what was told goes by itself, and the summary is not told again", async () => {
  const page = await portal.visit(320);
  await begin(page, "owner");
  const [name, number] = [page.getByLabel("Họ và tên chủ hộ"), page.getByLabel("Số định danh cá nhân").first()];
  await name.fill("A");
  await number.fill("12");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("form .error-message").count(), 0);
  await button(page, "Tiếp tục").click();
  await page.getByRole("alert").waitFor();
  await page.evaluate(countAlerts);
  await number.pressSequentially("3456");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  await number.fill("031164000008");
  assert.equal(await number.getAttribute("aria-invalid"), null);
  assert.equal(await page.evaluate(() => globalThis.alerts), 0);
  assert.equal(await name.inputValue(), "A");
});

test("a field that is hidden keeps its answer, is not judged, and is no part of what is sealed", async () => {
  const page = await portal.visit(320);
  await button(page, "Điền thử bằng dữ liệu mẫu").click();
  await heading(page, PAGES[0]).waitFor();
  await page.getByLabel("Nhận chuyển giao").check();
  const former = page.getByLabel("Tên hộ kinh doanh trước đây");
  await former.fill("Hàng phở Cây Bàng");
  await page.getByRole("status").getByText("Có thêm mục").waitFor({ state: "attached" });
  await page.getByLabel("Thành lập mới").check();
  await former.waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#/review"));
  await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).waitFor();
  assert.doesNotMatch(await page.locator("#sheet").innerText(), /Cây Bàng/);
  await page.evaluate(() => (location.hash = "#/fill/registration"));
  await page.getByLabel("Nhận chuyển giao").check();
  assert.equal(await former.inputValue(), "Hàng phở Cây Bàng");
  await button(page, "Tiếp tục").click();
  await page.getByRole("alert").getByText("Nhập họ và tên chủ hộ trước").waitFor();
  await page.getByLabel("Thành lập mới").check();
  await button(page, "Tiếp tục").click();
  await heading(page, PAGES[1]).waitFor();
});

test("what is typed with a keyboard that composes is taken when it is whole, hidden characters are left out", async () => {
  const page = await portal.visit(320);
  await begin(page, "name");
  const name = page.getByLabel("Tên hộ kinh doanh", { exact: true });
  await button(page, "Tiếp tục").click();
  await page.getByRole("alert").waitFor();
  await name.focus();
  const session = await page.context().newCDPSession(page);
  for (const text of ["q", "qu", "qua", "quán"]) await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  assert.equal(await name.inputValue(), "quán");
  assert.equal(await name.getAttribute("aria-invalid"), "true", "a composition is not judged");
  await session.send("Input.insertText", { text: "quán" });
  assert.equal(await name.getAttribute("aria-invalid"), null);
  // NFD, a space that does not break, one of no width.
  await name.fill("Pho\u031b\u0309\u00a0Cây\u200b Bàng");
  await page.reload();
  await name.waitFor();
  assert.equal(await name.inputValue(), "Phở Cây Bàng");
});

test("a date that lacks something says what, with each part that comes", async () => {
  const page = await portal.visit(320);
  await begin(page, "tax");
  await page.getByLabel("Năm", { exact: true }).fill("2027");
  await button(page, "Tiếp tục").click();
  const line = page.locator("#tax-startDate-messages");
  await line.getByText("Ghi đủ ngày, tháng và năm bằng số").waitFor();
  await page.getByLabel("Tháng", { exact: true }).fill("2");
  await line.getByText("Ghi thêm ngày, ví dụ 24").waitFor();
  await page.getByLabel("Ngày", { exact: true }).fill("30");
  await line.getByText("Tháng 2 không có ngày 30.").waitFor();
  await page.getByLabel("Ngày", { exact: true }).fill("28");
  assert.equal(await line.locator(".error-message").count(), 0);
});

test("an amount is read as people write it", async () => {
  const page = await portal.visit(320);
  await begin(page, "capital");
  const amount = page.getByLabel("Số vốn bằng số");
  for (const text of ["1.500.000", "1,500,000", "1 500 000 đồng", "１５０００００", "1500000đ"]) {
    await amount.fill(text);
    await page.getByText("Đọc là: Một triệu năm trăm nghìn đồng").waitFor();
    await amount.fill("");
    await page.getByText("Đọc là").waitFor({ state: "hidden" });
  }
  await amount.fill("mười triệu");
  await button(page, "Tiếp tục").click();
  await page.getByRole("alert").getByText("Nhập đủ số vốn bằng đồng").waitFor();
  assert.equal(await amount.inputValue(), "mười triệu");
});

for (const width of WIDTHS) {
  test(`a total follows each edit, and says what it lacks, at ${width} px`, async () => {
    const page = await portal.visitor(width);
    await page.route("**/1.001612*/schema.json", withTotal);
    await page.goto(portal.address);
    await begin(page, "capital");
    const total = page.getByLabel("Vốn gấp đôi");
    assert.equal(await total.innerText(), "Chưa tính được.\nĐiền hoặc sửa mục “Số vốn bằng số”.");
    await usable(page, "a total that lacks something");
    await page.getByLabel("Số vốn bằng số").fill("150.000.000");
    assert.equal(await total.innerText(), "300.000.000");
    await page.getByLabel("Số vốn bằng số").fill("160.000.000");
    assert.equal(await total.innerText(), "320.000.000");
    await usable(page, "a total");
  });

  test(`edits are taken back and done again, with the focus on their field, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "head-office");
    assert.equal(await page.locator("#undo").isVisible(), false);
    await page.getByLabel(STREET).pressSequentially("Lạch Tray");
    await page.getByLabel("Phường, xã hoặc đặc khu").selectOption({ label: "Phường Gia Viên" });
    await usable(page, "something to undo");
    await page.locator("#undo").click();
    await said(page, "Đã hoàn tác: Phường, xã hoặc đặc khu");
    assert.equal(await page.getByLabel("Phường, xã hoặc đặc khu").inputValue(), "");
    assert.ok(await page.getByLabel("Phường, xã hoặc đặc khu").evaluate((field) => field === document.activeElement));
    await page.keyboard.press("Control+z");
    await said(page, `Đã hoàn tác: ${STREET}`);
    assert.equal(await page.getByLabel(STREET).inputValue(), "", "typing into one field is one step");
    await page.locator("#redo").click();
    await said(page, `Đã làm lại: ${STREET}`);
    assert.equal(await page.getByLabel(STREET).inputValue(), "Lạch Tray");
    await usable(page, "something to do again");
    await page.locator("#redo").click();
    await said(page, "Đã làm lại: Phường, xã hoặc đặc khu");
    await page.evaluate(() => (location.hash = "#/fill/name"));
    await heading(page, PAGES[3]).waitFor();
    await page.locator("#undo").click();
    await heading(page, PAGES[1]).waitFor();
    await said(page, "Đã hoàn tác: Phường, xã hoặc đặc khu");
    await page.locator("#undo").click();
    await page.locator("#undo").click();
    await said(page, "Không còn gì để hoàn tác.");
    assert.equal(await page.locator("#undo").isVisible(), false);
  });

  test(`rows are moved with their answers, and the focus goes along, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await button(page, "Điền thử bằng dữ liệu mẫu").click();
    await heading(page, PAGES[0]).waitFor();
    await page.evaluate(() => (location.hash = "#/fill/industries"));
    const codes = page.getByLabel("Mã ngành");
    await codes.nth(1).waitFor();
    const [first, second] = await values(codes);
    await button(page, "Thêm ngành").click();
    await codes.nth(2).fill("4711");
    await button(page, "Lên Ngành 3").click();
    await said(page, "Đã chuyển Ngành 3 đến vị trí 2 trên 3.");
    assert.deepEqual(await values(codes), [first, "4711", second]);
    assert.equal(await focused(page), "Lên Ngành 2");
    await page.keyboard.press("Enter");
    assert.deepEqual(await values(codes), ["4711", first, second]);
    assert.equal(await focused(page), "Xuống Ngành 1");
    assert.ok(await page.getByLabel("Ngành chính").nth(1).isChecked());
    await usable(page, "rows moved");
    await button(page, "Xóa Ngành 1").click();
    await button(page, "Hoàn tác Ngành 1").click();
    assert.deepEqual(await values(codes), ["4711", first, second]);
    await button(page, "Xuống Ngành 1").click();
    await page.locator("#undo").click();
    assert.deepEqual(await values(codes), ["4711", first, second]);
    await button(page, "Tiếp tục").click();
    await heading(page, PAGES[3]).waitFor();
  });
}

test("a file that was removed comes back by undoing, with its bytes", async () => {
  const page = await portal.visit(320);
  await begin(page, "submitter");
  await choose(page, ADD, PAPER);
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
  await button(page, "Xóa tệp can-cuoc.pdf").click();
  assert.equal(await row(page, PAPER.name).count(), 0);
  await page.locator("#undo").click();
  await said(page, "Đã hoàn tác: Giấy tờ khác");
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
  await page.waitForTimeout(500);
  await page.reload();
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
});

test("a field with a code list offers what fits the field before it, and is cleared when that changes", async () => {
  const page = await portal.visitor(320);
  await page.route("**/1.001612*/schema.json", withCodeLists);
  await page.goto(portal.address);
  await begin(page, "owner");
  const address = page.getByRole("group", { name: "Nơi thường trú" });
  const [province, commune] = [address.getByLabel("Tỉnh, thành phố"), address.getByLabel("Phường, xã hoặc đặc khu")];
  assert.ok(await commune.isDisabled());
  await address.getByText("Chọn “Tỉnh, thành phố” trước").waitFor();
  await province.selectOption({ label: "Thành phố Cần Thơ" });
  assert.equal(await commune.locator("option").count(), 104);
  await commune.selectOption({ label: "Phường Cái Khế" });
  await province.selectOption({ label: "Thành phố Huế" });
  await said(page, "Đã xóa mục “Phường, xã hoặc đặc khu” vì mục phía trên thay đổi. Chọn lại mục này.");
  assert.equal(await commune.inputValue(), "");
  assert.equal(await commune.locator("option", { hasText: "Cái Khế" }).count(), 0);
  await page.locator("#undo").click();
  assert.equal(await commune.locator("option:checked").textContent(), "Phường Cái Khế");
});

test("another province clears the commune, and says so", async () => {
  const page = await portal.visit(320);
  await begin(page, "owner");
  const address = page.getByRole("group", { name: "Nơi thường trú" });
  const [province, commune] = [address.getByLabel("Tỉnh, thành phố"), address.getByLabel("Phường, xã hoặc đặc khu", { exact: true })];
  assert.ok(await commune.isDisabled());
  await province.selectOption({ label: "Thành phố Hải Phòng" });
  await commune.selectOption({ index: 3 });
  await province.selectOption({ index: 1 });
  await said(page, /^Đã xóa mục “.*” vì mục phía trên thay đổi/);
  assert.equal(await commune.inputValue(), "");
  assert.ok((await commune.locator("option").count()) > 50, "each province has its list");
  await commune.selectOption({ index: 2 });
  assert.equal(await address.getByLabel("Tên phường, xã hoặc đặc khu").count(), 0);
});

test("where the list of communes cannot be had, code and name are written by hand", async () => {
  const page = await portal.visitor(320);
  provoke(page, /ERR_FAILED/);
  await page.route("**/list-communes.json", (route) => route.abort());
  await page.goto(portal.address);
  await begin(page, "owner");
  const address = page.getByRole("group", { name: "Nơi thường trú" });
  await address.getByLabel("Tỉnh, thành phố").selectOption({ index: 1 });
  await address.getByLabel("Mã phường, xã hoặc đặc khu").fill("31117");
  await address.getByLabel("Tên phường, xã hoặc đặc khu").fill("Phường Cái Khế");
});

/** What screen readers are told. */
const said = (page, text) => page.getByRole("status").getByText(text).first().waitFor({ state: "attached" });

const values = (fields) => fields.evaluateAll((all) => all.map(({ value }) => value));

const focused = (page) => page.evaluate(() => document.activeElement.textContent);

/** The form with a total that nobody types. */
async function withTotal(route) {
  const response = await route.fetch();
  const schema = await response.json();
  schema.properties.capital.properties.twice = {
    type: "integer",
    "x-label": { vi: "Vốn gấp đôi", en: "Twice the capital" },
    "x-calculate": "parent.amount * 2",
  };
  schema["x-pages"].find(({ id }) => id === "capital").fields.push("/capital/twice");
  await route.fulfill({ response, json: schema });
}

/** The form with addresses whose codes come from lists. */
async function withCodeLists(route) {
  const response = await route.fetch();
  const schema = await response.json();
  const { address } = schema.$defs;
  delete address.properties.communeName;
  address.properties.province = { "x-label": { vi: "Tỉnh, thành phố", en: "Province" }, type: "string", "x-options": "provinces" };
  address.properties.commune = {
    "x-label": { vi: "Phường, xã hoặc đặc khu", en: "Commune" },
    type: "string",
    "x-options": { list: "communes", filter: "option.parent == parent.province" },
  };
  address["x-order"] = ["province", "commune", "street", "house"];
  await route.fulfill({ response, json: schema });
}

/** Counts what alerts are told from now on; runs in the page. */
function countAlerts() {
  globalThis.alerts = 0;
  const alert = document.querySelector("[role=alert]");
  new MutationObserver((changes) => {
    for (const { target } of changes) if (alert.contains(target) || target.querySelector?.("[role=alert]")) globalThis.alerts += 1;
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}
