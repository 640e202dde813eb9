// node benches/node.mjs [FOLDER]: from a document to a verdict, in Node. FOLDER holds further data sets.

import { print } from "./print.mjs";
import { sets } from "./sets.mjs";
import { HEAD, rows } from "./verdict.js";

print(`Node ${process.versions.node}; JSON.parse + ajv, or ajv alone for values, takes 1.`, HEAD, await rows(sets(process.argv[2])));
