// The public JSON-Schema-Test-Suite in WebAssembly: the same answers as tests/json_schema_suite.rs gives natively, by the same list.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { before, test } from "node:test";
import { root } from "./support/world.mjs";

const { compile, init } = await import("hoso");
before(() => init());

const suite = join(process.env.HOSO_JUDGES, "jsonschema-suite");
const listed = readFileSync(join(root, "tests/json_schema_suite.expected-failures.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const DRAFTS = { "draft2020-12": "2020-12", "draft2019-09": "2019-09", draft7: "7" };

const posix = (path) => path.replaceAll("\\", "/");
const jsonIn = (folder) => readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
const below = (folder) => readdirSync(folder).map((name) => join(folder, name)).flatMap((path) => (statSync(path).isDirectory() ? below(path) : [path]));
const refs = Object.fromEntries(
  below(join(suite, "remotes"))
    .map((path) => [posix(relative(join(suite, "remotes"), path)), path])
    .filter(([name]) => !/^draft(-next|3|4|6)\//.test(name))
    .map(([name, path]) => [`http://localhost:1234/${name}`, readFileSync(path, "utf8")]),
);

/** The verdicts on the tests of a group that are not as expected. */
function failures(name, group, options) {
  let schema;
  try {
    schema = compile(group.schema, options);
  } catch {
    return [name];
  }
  try {
    return group.tests.filter(({ data, valid }) => schema.isValid(data) !== valid).map(({ description }) => `${name}: ${description}`);
  } finally {
    schema.dispose();
  }
}

test("every test passes but those that are listed", () => {
  let count = 0;
  const failed = Object.entries(DRAFTS).flatMap(([draft, dialect]) =>
    [`${draft}`, `${draft}/optional`, `${draft}/optional/format`].flatMap((folder) =>
      jsonIn(join(suite, "tests", folder)).flatMap((file) => {
        const options = { dialect, refs, formats: folder.endsWith("/format") ? "assert" : "annotate" };
        return JSON.parse(readFileSync(file, "utf8")).flatMap((group) => {
          count += group.tests.length;
          return failures(`${posix(relative(join(suite, "tests"), file))}: ${group.description}`, group, options);
        });
      }),
    ),
  );
  assert.deepEqual(failed.filter((name) => !listed.includes(name)), []);
  assert.ok(count > 4_000, `${count} tests`);
});
