// cel-suite.mjs: the public test suites of CEL, a JSON line a test: cel-spec's conformance tests, and cel-go's of its parser, its checker
// and its comprehensions, all as npm `@bufbuild/cel-spec` carries them.
//
// A line: {suite, section, name, expression, container, check, variables: [[name, type, value?]], parses, checks, type, value | error, leftOut}.
// `parses` and `checks` say whether cel-go does; `type` is written as cel-go writes types. A value is tagged: {"int": "5"}, {"list": […]}, {"map": [[key, value], …]}.
// `leftOut` says what a test needs that JSON has not.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { modules } from "./packages.mjs";

const SUITES = ["conformance", "parsing", "checking", "comprehension"];

/** Every test of every suite. */
export function tests() {
  return SUITES.flatMap((suite) => {
    const { tests: root } = createRequire(modules)(`@bufbuild/cel-spec/testdata/${suite}.js`);
    return within(root, []).map(([section, test]) => asLine(suite, section, test));
  });
}

function within(folder, path) {
  const here = (folder.tests ?? []).map((test) => [path.join("/"), test]);
  return here.concat((folder.suites ?? []).flatMap((inner) => within(inner, [...path, inner.name])));
}

function asLine(suite, section, { original, ast, checkedAst, type }) {
  const line = {
    suite,
    section,
    name: original.name ?? original.expr.replaceAll(/\s+/g, " ").trim().slice(0, 100),
    expression: original.expr,
    container: original.container ?? "",
    check: original.disableCheck !== true,
    variables: [],
    parses: ast !== undefined,
    checks: checkedAst !== undefined,
  };
  try {
    leaveOut(suite, section, original);
    return { ...line, ...asked(suite, original, type) };
  } catch (reason) {
    if (!(reason instanceof LeftOut)) throw reason;
    return { ...line, leftOut: reason.message };
  }
}

class LeftOut extends Error {}

/** What no test can be run with that says it in its text. */
function leaveOut(suite, section, { container, expr, typeEnv }) {
  const reasons = [
    [container?.startsWith("cel.expr.conformance") || /\b(TestAllTypes|TestAllRequired|NestedTestAllTypes|GlobalEnum|NestedEnum)\b/.test(expr), "messages"],
    [/\bgoogle\.(protobuf\.(?!(Timestamp|Duration)\b(?!\s*\{))|(?!protobuf\.))/.test(expr) || /\bcel\.expr\b/.test(expr), "messages"],
    [/(?<!\bin\s*)(?<!\w)(?!in\b)[A-Za-z_]\w*\s*\{/.test(expr.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, "''")), "messages"],
    [section.startsWith("proto2_ext") || /\bproto\.(getExt|hasExt)\b/.test(expr), "messages"],
    [section.startsWith("block_ext"), "cel.block, which compilers write and people do not"],
    [typeEnv?.some((declared) => declared.function !== undefined), "functions that the test declares"],
    // Some of cel-go's tests have names that the data does not declare, or whose value it does not give.
    [suite === "checking" && typeEnv === undefined && /\b(is|ii|iu|iz|ib|id|ix|fg_s)\b/.test(expr), "names that the test does not declare"],
    [suite === "comprehension" && /(?<![\w.'"])[mxy](\.|\[)/.test(expr), "names that the test does not declare"],
    [suite === "parsing" && /\bnoop_macro\b/.test(expr), "macros that the test declares"],
  ];
  const found = reasons.find(([holds]) => holds);
  if (found !== undefined) throw new LeftOut(found[1]);
}

/**
 * The tests of comprehensions that cel-go refuses or fails, by a part of them: variables that are none or one twice, what is no range, what is
 * no entry or one that is there, values of two types, no condition. The others are true. The data was made without these macros, and
 * does not say which are which.
 */
const WRONG_COMPREHENSIONS = /\(i\.j,|i\.k,|\(i, i,|^''\.|^1\.|^\[(0, 0u|1, 1)\]\.transformMapEntry|\[v\] : v|i \/ 2\.0|\(k, v, \[\]\)|'bad filter'/;

/** What is declared, and what must come of it. */
function asked(suite, original, type) {
  const bindings = Object.entries(original.bindings ?? {}).map(([name, bound]) => [name, asValue(bound.value)]);
  const values = new Map(bindings);
  const declared = (original.typeEnv ?? []).map(({ name, ident }) => [name, asType(ident.type)]);
  const names = new Set(declared.map(([name]) => name));
  // A variable that is bound and not declared is of any type.
  const others = bindings.filter(([name]) => !names.has(name)).map(([name]) => [name, "dyn"]);
  const variables = [...declared, ...others].map(([name, type]) => (values.has(name) ? [name, type, values.get(name)] : [name, type]));
  const { typedResult } = original;
  const deduced = typedResult?.deducedType === undefined ? type : asType(typedResult.deducedType);
  const common = deduced === undefined ? { variables } : { variables, type: deduced };
  if (suite === "comprehension") return WRONG_COMPREHENSIONS.test(original.expr) ? { variables, error: "" } : { variables, value: { bool: true } };
  if (suite !== "conformance" || original.checkOnly) return common;
  if (original.evalError !== undefined) return { ...common, error: original.evalError.errors[0].message };
  const value = original.value ?? typedResult?.result;
  // A test that says nothing else must be true.
  return { ...common, value: value === undefined ? { bool: true } : asValue(value) };
}

const PRIMITIVES = { BOOL: "bool", INT64: "int", UINT64: "uint", DOUBLE: "double", STRING: "string", BYTES: "bytes" };

/** A type as cel-go writes it. */
function asType(type) {
  const [[kind, of] = []] = Object.entries(type);
  switch (kind) {
    case "primitive":
      return PRIMITIVES[of];
    case "null":
      return "null";
    case "dyn":
      return "dyn";
    case "listType":
      return `list(${asType(of.elemType)})`;
    case "mapType":
      return `map(${asType(of.keyType)}, ${asType(of.valueType)})`;
    case "typeParam":
      throw new LeftOut("types with parameters");
    case "wellKnown":
      if (of === "ANY") throw new LeftOut("messages");
      return of.toLowerCase();
    case "abstractType":
      return `${of.name}(${(of.parameterTypes ?? []).map(asType).join(", ")})`;
    case "messageType":
    case "wrapper":
      throw new LeftOut("messages");
    default:
      throw new Error(`A type of another kind: ${JSON.stringify(type)}`);
  }
}

function asValue(value) {
  const [[kind, of] = []] = Object.entries(value);
  switch (kind) {
    case "nullValue":
      return { null: null };
    case "boolValue":
      return { bool: of };
    case "int64Value":
      return { int: String(of) };
    case "uint64Value":
      return { uint: String(of) };
    case "doubleValue":
      return { double: Object.is(of, -0) ? "-0" : String(of) };
    case "stringValue":
      return { string: of };
    case "bytesValue":
      return { bytes: of };
    case "typeValue":
      return { type: of };
    case "listValue":
      return { list: (of.values ?? []).map(asValue) };
    case "mapValue":
      return { map: (of.entries ?? []).map((entry) => [asValue(entry.key), asValue(entry.value)]) };
    case "enumValue":
      throw new LeftOut("messages");
    case "objectValue":
      return asObject(of);
    default:
      throw new Error(`A value of another kind: ${JSON.stringify(value)}`);
  }
}

function asObject({ "@type": type, value }) {
  switch (type) {
    case "type.googleapis.com/google.protobuf.Timestamp":
      return { timestamp: value };
    case "type.googleapis.com/google.protobuf.Duration":
      return { duration: value };
    default:
      throw new LeftOut("messages");
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${tests().map((test) => JSON.stringify(test)).join("\n")}\n`);
}
