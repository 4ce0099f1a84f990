import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "#generator/diagnostics.js";
import { type Ast, printIdl, printJson, readAst } from "#generator/model/idl/index.js";
import { parseIdl } from "#generator/model/idl/parse-idl.js";
import { readResolved } from "#generator/model/idl/read.js";
import { resolveFiles } from "#generator/model/idl/resolve.js";
import { Digits } from "#generator/model/idl/values.js";
import { type Model, readModel, type Source } from "#generator/model/index.js";
import { prelude, preludeType } from "#generator/model/smithy/prelude.js";
import { preludeTraits } from "#generator/model/smithy/prelude-traits.js";
import { traitLocation } from "#generator/model/smithy/raw.js";
import { Report } from "#generator/model/source/report.js";
import { jsonFiles, sharedPath } from "../support/shared.js";

const suite = sharedPath("conformance/idl");
const models = sharedPath("models");

/** The files of a folder of the suite, at any depth. */
function filesOf(folder: string): string[] {
  if (!suite) return [];
  return readdirSync(join(suite, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".smithy"))
    .toSorted()
    .map((name) => join(suite, folder, name));
}

const sourceOf = (file: string): Source => ({ file, text: readFileSync(file, "utf8") });
const named = (file: string): [string, string] => [relative(suite ?? "", file), file];
const twin = (file: string, ending: string): string => file.replace(/\.smithy$/, ending);

/** A service, without which a file is no model to generate from. */
const service: Source = {
  file: "service.json",
  text: JSON.stringify({ smithy: "2.0", shapes: { "suite.test#S": { type: "service", version: "1" } } }),
};

/** The model of a file, with the shared file of the suite where it refers to that. */
function modelOf(file: string): Model {
  const source = sourceOf(file);
  const shared = source.text.includes("foo.example#") ? [sourceOf(join(suite ?? "", "valid/__shared.json"))] : [];
  const { model, diagnostics } = readModel([source, ...shared, service]);
  expect(diagnostics.filter(({ code }) => code !== "unknown-control-statement")).toEqual([]);
  if (!model) throw new Error("no model");
  return model;
}

/** Shapes in any order, members in theirs. */
function comparable({ metadata, shapes }: Model): unknown {
  const entries = [...shapes].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return {
    metadata,
    shapes: entries.map(([id, shape]) => [id, shape, "members" in shape && [...shape.members.keys()]]),
  };
}

function astOf(...files: Source[]): Ast {
  const { ast, diagnostics } = readAst(files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (!ast) throw new Error("no model");
  return ast;
}

/** What says the same in JSON AST in two ways is said in one; members have an order, shapes and traits have none. */
function comparableAst({ smithy, metadata, shapes }: Ast): unknown {
  const unit = { target: "smithy.api#Unit" };
  return {
    smithy,
    metadata,
    shapes: Object.fromEntries(
      Object.entries(shapes as Record<string, Record<string, unknown>>).map(([id, shape]) => {
        const { type, members = {}, errors } = shape;
        if (type === "operation") {
          const { errors: _, ...rest } = shape;
          return [
            id,
            { input: unit, output: unit, ...rest, ...(Array.isArray(errors) && errors.length > 0 && { errors }) },
          ];
        }
        const isNamed = ["structure", "union", "enum", "intEnum"].includes(String(type));
        return [id, isNamed ? { ...shape, members, order: Object.keys(members as object) } : shape];
      }),
    ),
  };
}

/** Digits as the number that they are nearest to. */
function numbers(value: unknown): unknown {
  if (value instanceof Digits) return Number(value.text);
  if (Array.isArray(value)) return value.map(numbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, numbers(item)]));
}

describe.skipIf(!suite)("valid IDL", () => {
  const files = filesOf("valid");
  const originals = files.filter((file) => !file.endsWith(".flattened.smithy"));
  const withJson = originals.filter((file) => existsSync(twin(file, ".json")));
  const withFlattened = originals.filter((file) => existsSync(twin(file, ".flattened.smithy")));
  const locations = originals.filter((file) => basename(file) === "trait-locations.smithy");

  it("is 80 files: 62 with JSON, 13 with a flattened twin, 4 of which have no JSON, and one for locations", () => {
    expect([files.length, withJson.length, withFlattened.length, locations.length]).toEqual([80, 62, 13, 1]);
    const tried = new Set([
      ...withJson,
      ...withFlattened,
      ...withFlattened.map((file) => twin(file, ".flattened.smithy")),
    ]);
    expect(new Set([...tried, ...locations])).toEqual(new Set(files));
  });

  it.each(withJson.map(named))("%s has the content of its JSON", (_name, file) => {
    const expected = comparableAst(astOf(sourceOf(twin(file, ".json"))));
    expect(numbers(comparableAst(astOf(sourceOf(file))))).toEqual(numbers(expected));
    expect(comparable(modelOf(file))).toEqual(comparable(modelOf(twin(file, ".json"))));
  });

  it.each(withFlattened.map(named))("%s is its flattened twin once its mixins are applied", (_name, file) => {
    expect(comparable(modelOf(file))).toEqual(comparable(modelOf(twin(file, ".flattened.smithy"))));
  });

  it.each(locations.map(named))("%s has each trait at its location", (_name, file) => {
    const source = sourceOf(file);
    const report = new Report([source]);
    const [resolved] = resolveFiles([parseIdl(source, report)], new Map(), report);
    if (!resolved) throw new Error("not read");
    const shape = readResolved(resolved, report).raw.shapes.get("com.example#TraitBearer");
    const member = shape?.members.get("member");
    expect(report.diagnostics()).toEqual([]);
    const lines = source.text.split("\n");
    for (const [owner, indent, from] of [
      [shape, 0, 0],
      [member, 4, lines.indexOf("structure TraitBearer {")],
    ] as const) {
      if (!owner) throw new Error("not read");
      expect(owner.traits.size).toBe(11);
      for (const trait of owner.traits.keys()) {
        const name = trait.slice(trait.indexOf("#") + 1);
        const start = " ".repeat(indent) + (name === "documentation" ? "/// Documentation" : `@${name}`);
        const line = lines.findIndex((each, index) => index >= from && each.startsWith(start));
        const locator = report.locator(source);
        const position = locator.position(locator.offsetOf(traitLocation(owner, trait)));
        expect([trait, position]).toEqual([trait, { line: line + 1, column: indent + 1 }]);
      }
    }
  });
});

/** What the first line of an invalid file states, in our words: a code and, where it names one, the shape. */
const rules: readonly (readonly [states: RegExp, code: string, shape?: (line: string) => string | undefined])[] = [
  [/Unknown shape type/, "unknown-shape-type"],
  [/Unsupported Smithy version|\$version control statement must/, "unknown-version"],
  [
    /only (be used|be bound|supported|elide).* ([Vv]ersion 2|2\.0)|cannot be used in Smithy version 1|only elide targets/,
    "needs-version-2",
    behind("to"),
  ],
  [/set shapes cannot be used in Smithy version 2/, "needs-version-1"],
  [/Found conflicting member name/, "duplicate-member", atStart],
  [/Traits applied to apply/, "misplaced-traits"],
  [/Member target was elided/, "unresolved-elision", atStart],
  [/conflicts with an inherited mixin member/, "mixin-conflict", atStart],
  [/`for` production must be a resource/, "wrong-target"],
  [/only be mixed into shapes of the same type/, "not-a-mixin", behind("shape")],
  [/Operation mixin shape|Resource mixin shape/, "invalid-mixin", behind("mixin shape")],
  [/enum members can only|intEnum members/, "invalid-trait", atStart],
  [/must have at least one/, "empty-enum", atStart],
  [/Missing required member/, "invalid-member", (line) => line.replace(/^.*`(.*)`: (\w+).*$/, "$1$$$2")],
  [/Syntactic shape ID/, "unresolved-shape-id"],
  [/Unknown property/, "unknown-property", behind("for")],
  [/conflicts with imported shape|because it conflicts/, "use-conflict"],
  [/^\/\/ Syntax error|Use statements cannot use members/, "invalid-syntax"],
];

function atStart(line: string): string | undefined {
  return /^\/\/ ([\w.]+#[\w$]+)/.exec(line)?.[1];
}

function behind(word: string): (line: string) => string | undefined {
  return (line) => new RegExp(`${word} \`?([\\w.]+#[\\w$]+)`).exec(line)?.[1];
}

/** Files with more than the problem that they are about. */
const further: Readonly<Record<string, readonly string[]>> = {
  // What is applied to, mixed in or named is not there, either.
  "apply/apply-missing-newline.smithy": ["unknown-apply-target"],
  "mixins/mixins-usage-in-explicit-1-0.smithy": ["dangling-target"],
  "mixins/mixins-usage-in-implicit-1-0.smithy": ["dangling-target"],
  "operations/missing-ws-after-input.smithy": ["dangling-target"],
  "traits/invalid-trait-shape-id-key.smithy": ["unresolved-shape-id"],
  "use/use-missing-newline.smithy": ["unknown-use"],
  // A member is elided in a version that has no elision, for a resource that it cannot be for.
  "elision/eliding-with-resources-in-v1.smithy": ["needs-version-2"],
  // Both input and output, or two members, are wrong.
  "mixins/operation-mixin-with-io.smithy": ["invalid-mixin"],
  "maps/map-empty-members.smithy": ["invalid-member"],
};

describe.skipIf(!suite)("invalid IDL", () => {
  const files = filesOf("invalid");

  it("is 181 files", () => expect(files).toHaveLength(181));

  it.each(files.map(named))("%s has the error that its first line states, and no other", (name, file) => {
    const source = sourceOf(file);
    const [line = ""] = source.text.split("\n");
    const [, code, shape] = rules.find(([states]) => states.test(line)) ?? [];
    const [, atLine, atColumn] = /line (\d+), column (\d+)/.exec(line) ?? [];
    const shapeId = shape?.(line);
    const { model, diagnostics } = readModel(source);
    // That there is no service is none of the suite's errors.
    const found = diagnostics.filter((each) => each.code !== "no-service");
    const isStated = (each: Diagnostic): boolean =>
      each.severity === "error" &&
      each.code === code &&
      (atLine === undefined || (each.line === Number(atLine) && each.column === Number(atColumn))) &&
      (shapeId === undefined || each.shapeId === shapeId);
    expect(model).toBeUndefined();
    expect([line, found.filter(isStated).length > 0 ? [] : found]).toEqual([line, []]);
    const others = found.toSpliced(found.findIndex(isStated), 1).map((each) => each.code);
    expect(others).toEqual(further[name.replace(/^invalid./, "")] ?? []);
  });
});

describe.skipIf(!suite)("the prelude", () => {
  const file = join(suite ?? "", "prelude.smithy");

  it("has the shapes, types and traits that the tables state", () => {
    const { shapes } = astOf(sourceOf(file)) as { shapes: Record<string, { type: string; traits?: object }> };
    const has = (id: string, trait: string): boolean => Object.hasOwn(shapes[id]?.traits ?? {}, `smithy.api#${trait}`);
    const ids = Object.keys(shapes);
    expect(ids.map((id) => [id, preludeType(id)])).toEqual(ids.map((id) => [id, shapes[id]?.type]));
    const traits = ids.filter((id) => has(id, "trait"));
    expect([...preludeTraits.keys()].map((name) => `smithy.api#${name}`).toSorted()).toEqual(traits.toSorted());
    const others = ids.filter((id) => !has(id, "trait") && !has(id, "private"));
    expect([...prelude.keys()].toSorted()).toEqual(others.toSorted());
    for (const [id, { traits: own }] of prelude) {
      expect([id, own]).toEqual([id, (shapes[id]?.traits ?? {}) as object]);
    }
  });
});

describe.skipIf(!models)("a public model", () => {
  const files = models ? jsonFiles(models) : [];

  it("is one of 32", () => expect(files).toHaveLength(32));

  it.each(files.map((file) => [basename(file), file]))("%s goes to IDL and comes back equal", (_name, file) => {
    const json = sourceOf(file);
    const ast = astOf(json);
    const texts = printIdl(ast);
    const idl = [...texts].map(([namespace, text]) => ({ file: `${namespace}.smithy`, text }));
    const back = astOf(...idl);
    expect(comparableAst(back)).toEqual(comparableAst(ast));
    expect(printIdl(back)).toEqual(texts);
    const again = { file: "again.json", text: printJson(back) };
    const [fromJson, fromIdl] = [readModel(again), readModel(idl)];
    expect([fromJson.diagnostics, fromIdl.diagnostics]).toEqual([[], []]);
    const original = readModel(json);
    if (!original.model || !fromIdl.model || !fromJson.model) throw new Error("no model");
    expect(comparable(fromIdl.model)).toEqual(comparable(original.model));
    expect(comparable(fromJson.model)).toEqual(comparable(original.model));
  });
});
