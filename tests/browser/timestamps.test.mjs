// Where the portal has a timestamp authority, a signature gets its timestamp; where none comes, the citizen is told, and nothing is lost.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { authority, people } from "./authority.mjs";
import { button, download, heading, open, provoke, readable, toReview, unlock, usable, verdictOf, WIDTHS } from "./portal.mjs";

const MISSING = "Đã ký, chưa có dấu thời gian";
const AGAIN = "Xin lại dấu thời gian";
/** What an authority may do wrong, and what the citizen is told. */
const FAULTS = {
  "tsa-error": "chưa hỏi được máy chủ dấu thời gian",
  "tsa-cut": "chưa hỏi được máy chủ dấu thời gian",
  "tsa-endless": "chưa hỏi được máy chủ dấu thời gian",
  "tsa-page": "Không đọc được dấu thời gian",
  "tsa-empty": "câu trả lời trống",
  "tsa-rejection": "Nơi cấp dấu thời gian từ chối",
  "tsa-other-nonce": "trả lời cho câu hỏi khác",
  "tsa-wrong-imprint": "Dấu thời gian là của nội dung khác",
  "tsa-flipped": "Dấu thời gian đã bị sửa",
};

let others;
let stamps;
let portal;
before(async () => {
  others = people();
  stamps = await authority(others.folder);
  portal = await open({ tsa: stamps.url("tsa") });
});
afterEach(() => portal.leave());
after(async () => {
  await portal?.close();
  stamps?.close();
  others?.leave();
});

for (const width of WIDTHS) {
  test(`a signature gets its timestamp, and the verdict says before when it was there, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await toSign(page);
    await page.getByText("Ký xong, trang xin dấu thời gian").waitFor();
    await usable(page, "stamp before");
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    await page.locator("#signed-sheet").getByText("Có. Chứng minh hồ sơ đã được ký từ trước lúc đó.").waitFor();
    await usable(page, "stamp receipt");
    const { outcome, signatures } = verdictOf(await download(page));
    assert.deepEqual([outcome, signatures[0].level, signatures[0].timestamps.length], ["accepted", "B-T", 1]);
    await page.getByRole("link", { name: "Kiểm tra hồ sơ này ngay" }).click();
    await page.locator("#verdict").getByText(/^Có từ trước .*, theo dấu thời gian của Trạm dấu thời gian thử\.$/).waitFor();
    await readable(page, "stamp verdict");
  });

  test(`an authority that is out of order is told, asked again in place, and then it is sent, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await toSign(page);
    provoke(page, /50[24]/);
    await answer(page, "tsa-error");
    await button(page, "Ký và nộp hồ sơ").click();
    await page.getByRole("heading", { name: MISSING }).waitFor();
    await page.getByText("Không mất gì cả").waitFor();
    await readable(page, "stamp missing");
    await button(page, "English").click();
    await page.getByRole("heading", { name: "Signed, and no timestamp yet" }).waitFor();
    await page.getByText("No timestamp was given. Ask again, or send it without").waitFor();
    await usable(page, "stamp missing in English");
    await button(page, "Tiếng Việt").click();
    await page.unroute("**/tsa");
    await button(page, AGAIN).click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    const { outcome, signatures } = verdictOf(await download(page));
    assert.deepEqual([outcome, signatures[0].level], ["accepted", "B-T"]);
  });
}

test("each wrong answer of an authority is told as what it is, none becomes a timestamp, and it goes on without one", async () => {
  const page = await portal.visit(320);
  await toSign(page);
  provoke(page, /50[24]|ERR_/);
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/intake") && sent.push(request.url()));
  let press = "Ký và nộp hồ sơ";
  for (const [fault, words] of Object.entries(FAULTS)) {
    await answer(page, fault);
    await button(page, press).click();
    await page.locator("#unstamped").getByText(words).waitFor();
    await button(page, AGAIN).and(page.locator(":not([aria-disabled])")).waitFor();
    await page.unroute("**/tsa");
    press = AGAIN;
  }
  assert.equal(sent.length, 0, "nothing is sent before the citizen says so");
  await button(page, "Nộp không có dấu thời gian").click();
  await heading(page, "Bạn đã nộp hồ sơ").waitFor();
  await page.locator("#signed-sheet").getByText("Không có. Giờ ký là giờ trên máy của bạn.").waitFor();
  const { outcome, signatures } = verdictOf(await download(page));
  assert.deepEqual([outcome, signatures[0].level], ["accepted", "B-B"]);
});

test("an authority that does not answer is waited for ten seconds, and the signed dossier outlives a reload", { timeout: 60_000 }, async () => {
  const page = await portal.visit(320);
  await toSign(page);
  await page.route("**/tsa", () => {});
  const since = Date.now();
  await button(page, "Ký và nộp hồ sơ").click();
  await page.getByText("Đã ký. Đang xin dấu thời gian…").first().waitFor();
  await page.getByText("máy chủ không trả lời trong 10 giây").waitFor({ timeout: 20_000 });
  assert.ok(Date.now() - since >= 10_000);
  await page.goto(portal.address);
  await page.locator('main a[href="#/receipt"]').click();
  await heading(page, "Hồ sơ đã ký, chưa gửi").waitFor();
  await button(page, "Gửi lại hồ sơ").click();
  await heading(page, "Bạn đã nộp hồ sơ").waitFor();
});

test("a portal without an authority speaks of no timestamps", async () => {
  const other = await open();
  try {
    const page = await other.visit(320);
    const asked = [];
    page.on("request", (request) => request.url().endsWith("/tsa") && asked.push(request.url()));
    await toSign(page);
    assert.equal(await page.locator("#sign-stamp").count(), 0);
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    assert.deepEqual([asked, await page.locator("#signed-sheet").getByText("Dấu thời gian").count()], [[], 0]);
    assert.equal((await page.request.post(`${other.address}tsa`)).status(), 501);
  } finally {
    await other.close();
  }
});

/** From the start to the button that signs. */
async function toSign(page) {
  await toReview(page);
  await unlock(page);
  await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
}

/** Has the authority's back end answer as the responder does at another path; what it does to a connection is the back end's to tell. */
async function answer(page, path) {
  const other = await open({ tsa: stamps.url(path) });
  await page.route("**/tsa", async (route) => {
    try {
      await route.fulfill({ response: await route.fetch({ url: `${other.address}tsa` }) });
    } finally {
      other.close();
    }
  });
}
