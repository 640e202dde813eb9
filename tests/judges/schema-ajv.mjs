// schema-ajv.mjs: one JSON line {"schema", "documents"} in, one line of verdicts [true,false,…] out; null where it breaks down.
// The judge is ajv (JSON Schema 2020-12, formats not asserted).
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { modules } from "./packages.mjs";

const { Ajv2020 } = createRequire(modules)("ajv/dist/2020.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, documents } = JSON.parse(line);
  // A new one each time, since the schemas have the same address; without the meta-schema, which takes longest.
  const validate = new Ajv2020({ strict: false, logger: false, validateFormats: false, meta: false, validateSchema: false }).compile(schema);
  console.log(JSON.stringify(documents.map((document) => verdict(validate, document))));
}

/** Some schemas it follows in circles, for some it writes code that breaks down. */
function verdict(validate, document) {
  try {
    return validate(document);
  } catch {
    return null;
  }
}
