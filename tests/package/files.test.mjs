// Files of a live form: attached while they are read, in rows that move, taken back, in drafts, and sealed from it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { PAPER, esm, password, pkcs12, schemaText, thrown, trusted, valid } from "./support/dossier.mjs";
import { AUDIENCE, NONCE, NOW } from "./support/world.mjs";

const { core, sign } = await esm();
before(() => core.init());

const pdf = (text, name) => new File([`%PDF-1.7 ${text}`], name);
const read = (file, field) => sign.measure(file, { field });

/** Persons, each with papers. */
const PERSONS = {
  type: "object",
  properties: {
    persons: {
      type: "array",
      items: {
        type: "object",
        properties: { name: { type: "string" }, papers: { "x-attachment": { mediaTypes: ["application/pdf"], maxBytes: 1000, maxFiles: 2 }, "x-relevant": "parent.name != 'minor'" } },
      },
    },
  },
};
const persons = (names) => core.compile(PERSONS, { lang: "en", strict: true }).open({ persons: names.map((name) => ({ name })) }, { now: NOW });
const listed = (form) => form.attachments.map(({ field, name }) => `${field} ${name}`);

test("a form does not pass a check while a file is read, and then lists it", async () => {
  const form = persons(["An", "Bình"]);
  let release;
  const slow = new Promise((resolve) => (release = resolve));
  const measured = read(pdf("a", "a.pdf"), "/persons/1/papers");
  const entered = form.attach("/persons/1/papers", slow.then(() => measured));
  const { type, issues, report } = form.check();
  assert.deepEqual([type, report.valid, issues.map(({ path, code, level }) => [path, code, level])], ["invalid", false, [["/persons/1/papers", "file.reading", "error"]]]);
  assert.match(issues[0].message, /^Wait until/);
  assert.match(form.check({ lang: "vi" }).issues[0].message, /^Chờ đọc xong/);
  assert.equal(form.report().valid, true, "the report is on the data alone");
  release();
  const { sha256, field } = await entered;
  assert.equal(field, "/persons/1/papers");
  assert.equal(form.check().type, "valid");
  assert.deepEqual(form.value.persons[1].papers, [{ name: "a.pdf", mediaType: "application/pdf", size: 10, sha256 }]);
  assert.deepEqual(listed(form), ["/persons/1/papers a.pdf"]);
});

test("files stand in the order in which they were attached, whichever is read first", async () => {
  const form = persons(["An"]);
  let release;
  const slow = new Promise((resolve) => (release = resolve));
  const first = form.attach("/persons/0/papers", slow.then(() => read(pdf("1", "first.pdf"), "/")));
  const second = form.attach("/persons/0/papers", read(pdf("2", "second.pdf"), "/"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(listed(form), []);
  release();
  await Promise.all([first, second]);
  assert.deepEqual(listed(form), ["/persons/0/papers first.pdf", "/persons/0/papers second.pdf"]);
  await form.attach("/persons/0/papers", read(pdf("3", "third.pdf"), "/"));
  assert.deepEqual(form.check().issues.map(({ code }) => code), ["attachment.too-many"]);
});

test("a file that never comes holds up its own field alone", async () => {
  const form = persons(["An", "Bình"]);
  void form.attach("/persons/0/papers", new Promise(() => {}));
  await form.attach("/persons/1/papers", read(pdf("b", "b.pdf"), "/"));
  assert.deepEqual(listed(form), ["/persons/1/papers b.pdf"]);
  assert.deepEqual(form.check().issues.map(({ path, code }) => [path, code]), [["/persons/0/papers", "file.reading"]]);
  assert.equal(form.check({ part: "/persons/1" }).type, "valid-part");
});

test("a file follows its row, goes with what is not relevant, and comes back with a step back", async () => {
  const form = persons(["An", "Bình"]);
  await form.attach("/persons/0/papers", read(pdf("a", "a.pdf"), "/persons/0/papers"));
  form.move("/persons/0", 1);
  assert.deepEqual(listed(form), ["/persons/1/papers a.pdf"]);
  form.set("/persons/1/name", "minor");
  assert.deepEqual(listed(form), []);
  form.set("/persons/1/name", "An");
  assert.deepEqual(listed(form), ["/persons/1/papers a.pdf"]);
  form.remove("/persons/1/papers/0");
  assert.deepEqual(listed(form), []);
  form.undo();
  assert.deepEqual(listed(form), ["/persons/1/papers a.pdf"]);
});

test("a file that cannot be read, and one whose row is gone meanwhile, leave the form as it was", async () => {
  const form = persons(["An", "Bình"]);
  const before = form.json;
  const empty = await thrown(() => form.attach("/persons/0/papers", read(pdf("", "a.pdf").slice(0, 0), "/")));
  assert.equal(empty.code, "file.empty");
  assert.equal((await thrown(() => form.attach("/persons/5/papers", read(pdf("a", "a.pdf"), "/")))).code, "edit.no-row");
  // Nobody hears of it twice: a rejection that nobody handles ends Node.
  assert.equal((await thrown(() => form.attach("/persons/5/papers", Promise.reject(new Error("unread"))))).code, "edit.no-row");
  assert.deepEqual([form.json, form.check().type], [before, "valid"]);
  const late = form.attach("/persons/1/papers", new Promise((resolve) => setTimeout(resolve, 20)).then(() => read(pdf("a", "a.pdf"), "/")));
  form.remove("/persons/1");
  assert.equal(form.check().type, "valid", "nobody waits for a file of a row that is gone");
  assert.equal((await thrown(() => late)).code, "edit.gone");
  // What failed does not hold up what comes after it.
  await form.attach("/persons/0/papers", read(pdf("b", "b.pdf"), "/"));
  assert.deepEqual(listed(form), ["/persons/0/papers b.pdf"]);
});

test("after a draft a file that is named already only gets its bytes again", async () => {
  const form = persons(["An"]);
  await form.attach("/persons/0/papers", read(pdf("a", "a.pdf"), "/"));
  const again = form.schema.restore(form.draft(), { now: NOW });
  assert.deepEqual([again.json, listed(again)], [form.json, []]);
  await again.attach("/persons/0/papers", form.attachments[0]);
  assert.deepEqual([again.json, listed(again)], [form.json, listed(form)]);
});

test("a live form with its files is sealed and accepted, its parts named by their place", async () => {
  const schema = core.compile(schemaText, { lang: "en" });
  const form = schema.open(valid("family-members"));
  for (const field of ["/attachments/others", "/attachments/familyAuthorisation"]) {
    // The form names the second one already.
    const name = field.endsWith("others") ? "Giấy khác.pdf" : "Ủy quyền thành viên hộ gia đình.pdf";
    await form.attach(field, read(new File([readFileSync(PAPER)], name), field));
  }
  const checked = form.check();
  assert.equal(checked.type, "valid", JSON.stringify(checked.issues));
  const dossier = { id: "H24.15-261124-0001", nonce: NONCE };
  const sealed = await sign.seal(checked.form, { audience: AUDIENCE, dossier, attachments: form.attachments });
  const parts = Object.fromEntries(sealed.submission.attachments.map(({ field, name }) => [field, name]));
  assert.deepEqual(parts, { "/attachments/familyAuthorisation/0": "att/01-uy-quyen-thanh-vien-ho-gia-dinh.pdf", "/attachments/others/0": "att/02-giay-khac.pdf" });
  const key = await sign.keys.fromPkcs12(pkcs12(), password());
  const signed = await sealed.sign(key, { format: "jades" });
  assert.equal((await sign.verify(signed.package, trusted())).outcome, "accepted");
  const missing = await thrown(() => sign.seal(checked.form, { audience: AUDIENCE, dossier, attachments: form.attachments.slice(1) }));
  assert.equal(missing.code, "seal.attachment-missing");
});

test("what is checked is what is sealed, also where a rule looks at the parts", async () => {
  const procedure = { code: "1.001612", version: "1", title: { vi: "Thử" }, authority: { vi: "Xã" }, legalBasis: ["1/2026"], effectiveFrom: "2026-01-01", evidence: "citizen-signature" };
  const papers = { "x-attachment": { mediaTypes: ["application/pdf"], maxBytes: 1000 }, "x-label": { vi: "Giấy tờ", en: "Papers" } };
  const rule = { id: "none", rule: "!has(self.papers) || self.papers.all(p, !has(p.part))", message: { vi: "Bỏ giấy tờ", en: "Leave the papers" } };
  const schema = core.compile({ type: "object", "x-procedure": procedure, properties: { papers }, additionalProperties: false, "x-rules": [rule] }, { lang: "en" });
  const form = schema.open({});
  await form.attach("/papers", read(pdf("a", "a.pdf"), "/papers"));
  const checked = form.check();
  assert.equal(checked.type, "valid");
  const options = { audience: AUDIENCE, dossier: { id: "1", nonce: NONCE }, attachments: form.attachments };
  const refused = await thrown(() => sign.seal(checked.form, options));
  assert.deepEqual([refused.code, refused.report.issues.map(({ rule }) => rule)], ["seal.form-invalid", ["none"]]);
});
