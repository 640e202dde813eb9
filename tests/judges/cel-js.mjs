// cel-js.mjs: npm `@marcbachmann/cel-js`. One JSON line {"expression", "variables": [[name, value], …]} in, its value out, or {"error": why}.
// Values are tagged with their types: {"int": "5"}, {"list": […]}, {"map": [[key, value], …]}.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { judge, modules } from "./packages.mjs";

const { Environment } = await judge("@marcbachmann/cel-js");
const { UnsignedInt } = await import(pathToFileURL(join(modules, "@marcbachmann/cel-js/lib/functions.js")));
const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, enableOptionalTypes: true });

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
console.log(lines.map((line) => JSON.stringify(answer(JSON.parse(line)))).join("\n"));

function answer({ expression, variables }) {
  try {
    return tagged(environment.evaluate(expression, Object.fromEntries(variables.map(([name, given]) => [name, value(given)]))));
  } catch (error) {
    return { error: String(error.message).split("\n")[0] };
  }
}

function value(given) {
  const [[tag, of]] = Object.entries(given);
  switch (tag) {
    case "int":
      return BigInt(of);
    case "uint":
      return new UnsignedInt(BigInt(of));
    case "double":
      return Number(of);
    case "list":
      return of.map(value);
    case "map":
      return new Map(of.map(([key, inner]) => [value(key), value(inner)]));
    default:
      return of;
  }
}

function tagged(found) {
  if (found === null) return { null: null };
  if (found instanceof UnsignedInt) return { uint: String(found.value) };
  if (found instanceof Uint8Array) return { bytes: Buffer.from(found).toString("base64") };
  if (Array.isArray(found)) return { list: found.map(tagged) };
  if (found instanceof Map) return { map: [...found].map(([key, inner]) => [tagged(key), tagged(inner)]) };
  switch (typeof found) {
    case "boolean":
      return { bool: found };
    case "bigint":
      return { int: String(found) };
    case "number":
      return { double: Object.is(found, -0) ? "-0" : String(found) };
    case "string":
      return { string: found };
    default:
      if (Object.getPrototypeOf(found) === Object.prototype) return { map: Object.entries(found).map(([key, inner]) => [tagged(key), tagged(inner)]) };
      return { other: String(found) };
  }
}
