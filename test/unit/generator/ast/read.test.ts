import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { placeDiagnostics, readModel } from "../../../../generator/src/ast/index.js";
import { jsonFiles, sharedPath } from "../../../support/shared.js";

type Json = Record<string, unknown>;

const target = (name: string) => ({ target: name.includes("#") ? name : `a#${name}` });
const string = target("smithy.api#String");

/** A model with one service, `a#S`, and one operation, `a#Op`; each line of the text is one shape. */
function model(shapes: Json = {}, operation: Json = {}): Json {
  return {
    smithy: "2.0",
    shapes: {
      "a#S": { type: "service", version: "1", operations: [target("Op")] },
      "a#Op": { type: "operation", input: target("In"), output: target("Out"), ...operation },
      "a#In": { type: "structure", members: { token: string, size: target("smithy.api#Integer") } },
      "a#Out": { type: "structure", members: { next: string, items: target("Items") } },
      "a#Items": { type: "list", member: string },
      ...shapes,
    },
  };
}

function problems(value: unknown): string[] {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  const { model: read, diagnostics } = readModel({ file: "m.json", text });
  expect(read === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  for (const diagnostic of diagnostics) {
    expect(diagnostic).toMatchObject({ file: "m.json", line: expect.any(Number), column: expect.any(Number) });
    // The line named is the one that holds what the message is about.
    expect(text.split("\n")[(diagnostic.line ?? 0) - 1]).toBeDefined();
  }
  return diagnostics.map(({ code, shapeId, message }) => `${code} ${shapeId ?? "-"} ${message}`);
}

function expectProblem(value: unknown, ...expected: string[]): void {
  const found = problems(value);
  expect(found).toHaveLength(expected.length);
  expected.forEach((start, index) => expect(found[index]).toContain(start));
}

describe("files that are no models", () => {
  it.each<[string, unknown, string]>([
    ["nothing", "", "not-json"],
    ["a cut file", '{"smithy": "2.0",', "not-json"],
    ["a comment", '{ // no\n"smithy": "2.0" }', "not-json - The file is not JSON: JSON has no comments"],
    ["an array", "[]", "not-smithy"],
    ["any JSON", "{}", "not-smithy"],
    ["OpenAPI", { openapi: "3.1.0" }, "looks like OpenAPI"],
    ["api-2", { metadata: { apiVersion: "1" }, operations: {} }, "api-2"],
    ["another version", { smithy: "3.0", shapes: {} }, 'unknown-version - The Smithy version "3.0"'],
    ["no shapes", { smithy: "2.0" }, "no-shapes"],
    ["shapes that are a list", { smithy: "2.0", shapes: [] }, "no-shapes"],
  ])("%s", (_name, value, problem) => expect(problems(value).join("\n")).toContain(problem));

  it("says where a syntax error is", () => {
    const { diagnostics } = readModel({ file: "m.json", text: '{\n  "smithy": "2.0"\n  "shapes": {}\n}' });
    expect(diagnostics[0]).toMatchObject({ code: "not-json", line: 3, column: 3 });
    expect(diagnostics[0]?.message).toContain("comma");
  });
});

describe("bad models", () => {
  it.each<[string, Json, string]>([
    ["no service", { smithy: "2.0", shapes: {} }, "no-service"],
    ["a bad shape id", model({ "a#../x": { type: "string" } }), "invalid-shape-id a#../x"],
    ["a shape that is no object", model({ "a#X": 1 }), "invalid-shape a#X"],
    ["no type", model({ "a#X": {} }), "unknown-shape-type a#X"],
    ["an unknown type", model({ "a#X": { type: "tuple" } }), 'unknown-shape-type a#X "tuple"'],
    ["a list without member", model({ "a#X": { type: "list" } }), "invalid-member a#X$member"],
    ["a map without value", model({ "a#X": { type: "map", key: string } }), "invalid-member a#X$value"],
    ["a member without target", model({ "a#X": { type: "structure", members: { m: {} } } }), "invalid-member a#X$m"],
    [
      "a hostile member name",
      model({ "a#X": { type: "structure", members: { 'a"b': string } } }),
      "invalid-member-name a#X",
    ],
    [
      "a dangling target",
      model({}, { input: target("in") }),
      "dangling-target a#Op There is no shape a#in. Did you mean a#In?",
    ],
    ["a dangling member", model({ "a#X": { type: "list", member: target("Strin") } }), "dangling-target a#X$member"],
    ["an input that is no structure", model({}, { input: target("Items") }), "wrong-target a#Op a#Items is a list"],
    ["an error without the trait", model({}, { errors: [target("Out")] }), "wrong-target a#Op"],
    [
      "a map key that is a number",
      model({ "a#X": { type: "map", key: target("smithy.api#Integer"), value: string } }),
      "wrong-target a#X$key",
    ],
    [
      "a member that is an operation",
      model({ "a#X": { type: "list", member: target("Op") } }),
      "wrong-target a#X$member",
    ],
    ["traits that are no object", model({ "a#X": { type: "string", traits: [] } }), "invalid-traits a#X"],
    ["a trait without namespace", model({ "a#X": { type: "string", traits: { length: {} } } }), "invalid-trait-id a#X"],
    [
      "length the wrong way round",
      model({ "a#X": { type: "string", traits: { "smithy.api#length": { min: 2, max: 1 } } } }),
      "min above its max",
    ],
    [
      "length on a number",
      model({ "a#X": { type: "integer", traits: { "smithy.api#length": { min: 1 } } } }),
      "has no meaning for a integer",
    ],
    [
      "range of texts",
      model({ "a#X": { type: "integer", traits: { "smithy.api#range": { min: "1" } } } }),
      "must have numbers",
    ],
    [
      "a pattern that is no text",
      model({ "a#X": { type: "string", traits: { "smithy.api#pattern": 1 } } }),
      "must be a string",
    ],
    [
      "a fault of nobody",
      model({ "a#X": { type: "structure", traits: { "smithy.api#error": "proxy" } } }),
      "must be one of client, server",
    ],
    [
      "a status out of range",
      model({ "a#X": { type: "structure", traits: { "smithy.api#httpError": 999 } } }),
      "HTTP status",
    ],
    ["http without method", model({}, { traits: { "smithy.api#http": { uri: "/" } } }), "must have a method"],
    [
      "a label without member",
      model({}, { traits: { "smithy.api#http": { method: "GET", uri: "/{x}" } } }),
      "label {x}",
    ],
    [
      "pages without token",
      model({}, { traits: { "smithy.api#paginated": { inputToken: "token" } } }),
      "must say its outputToken",
    ],
    [
      "pages of what is not there",
      model({}, { traits: { "smithy.api#paginated": { inputToken: "token", outputToken: "next", items: "rows" } } }),
      "names rows as its items",
    ],
    [
      "pages of no list",
      model({}, { traits: { "smithy.api#paginated": { inputToken: "token", outputToken: "next", items: "next" } } }),
      "which is a string",
    ],
    [
      "an unknown timestamp format",
      model({ "a#X": { type: "timestamp", traits: { "smithy.api#timestampFormat": "iso" } } }),
      "must be one of date-time",
    ],
    [
      "two enum members of one value",
      model({
        "a#X": {
          type: "enum",
          members: {
            A: target("smithy.api#Unit"),
            B: { ...target("smithy.api#Unit"), traits: { "smithy.api#enumValue": "A" } },
          },
        },
      }),
      "which A has too",
    ],
    [
      "an intEnum member without value",
      model({ "a#X": { type: "intEnum", members: { A: target("smithy.api#Unit") } } }),
      "must be a number",
    ],
    [
      "a default of another type",
      model({ "a#X": { type: "structure", members: { m: { ...string, traits: { "smithy.api#default": 1 } } } } }),
      "has a value that is no string",
    ],
    [
      "a token that is a number",
      model({
        "a#X": {
          type: "structure",
          members: { m: { ...target("smithy.api#Integer"), traits: { "smithy.api#idempotencyToken": {} } } },
        },
      }),
      "has no meaning for a integer",
    ],
    ["a list of itself", model({ "a#X": { type: "list", member: target("X") } }), "recursive-collection a#X"],
    [
      "a structure that requires itself",
      model({
        "a#X": { type: "structure", members: { m: { ...target("X"), traits: { "smithy.api#required": {} } } } },
      }),
      "endless-structure a#X",
    ],
    ["a mixin that is none", model({ "a#X": { type: "structure", mixins: [target("In")] } }), "not-a-mixin a#X"],
    [
      "a mixin that is not there",
      model({ "a#X": { type: "structure", mixins: [target("Mix")] } }),
      "dangling-target a#X",
    ],
    [
      "mixins in a circle",
      model({ "a#X": { type: "structure", mixins: [target("X")], traits: { "smithy.api#mixin": {} } } }),
      "mixin-cycle a#X",
    ],
    ["traits for nobody", model({ "a#X$y": { type: "apply", traits: {} } }), "unknown-apply-target a#X$y"],
    [
      "a waiter that never ends",
      model(
        {},
        {
          traits: {
            "smithy.waiters#waitable": { W: { acceptors: [{ state: "retry", matcher: { success: false } }] } },
          },
        },
      ),
      "no acceptor for success",
    ],
    ["a version that is hostile", { smithy: "2.0`${x}`", shapes: {} }, "unknown-version"],
  ])("%s", (_name, value, problem) => expectProblem(value, problem));

  it("two shapes of one name, differing in case or namespace", () => {
    const shapes = {
      "a#In": { type: "structure", members: { x: target("b#Thing"), y: target("thing") } },
      "b#Thing": { type: "structure" },
      "a#thing": { type: "structure" },
    };
    expect(problems(model(shapes)).join()).toContain("name-clash");
    const renamed = model({
      ...shapes,
      "a#S": { type: "service", operations: [target("Op")], rename: { "b#Thing": "Other" } },
    });
    expect(problems(renamed)).toEqual([]);
  });

  it("names every problem at once, in the order of the file, each with its line", () => {
    const text = JSON.stringify(
      model({ "a#X": { type: "list", member: target("Y") }, "a#Z": { type: "what" } }),
      null,
      1,
    );
    const { diagnostics } = readModel({ file: "m.json", text });
    const lines = text.split("\n");
    expect(diagnostics.map(({ code, line }) => [code, lines[(line ?? 0) - 1]?.trim()])).toEqual([
      ["dangling-target", '"target": "a#Y"'],
      ["unknown-shape-type", '"type": "what"'],
    ]);
  });

  it("finds a shape that stands twice", () => {
    const text = '{"smithy":"2.0","shapes":{\n"a#S":{"type":"service"},\n"a#S":{"type":"service"}}}';
    const { diagnostics } = readModel({ file: "m.json", text });
    expect(diagnostics).toMatchObject([{ code: "duplicate-key", line: 3, column: 1 }]);
  });
});

describe("good models", () => {
  const read = (value: Json, overlays: Json[] = []) =>
    readModel(
      { file: "m.json", text: JSON.stringify(value) },
      { overlays: overlays.map((overlay, index) => ({ file: `o${index}.json`, text: JSON.stringify(overlay) })) },
    );

  it("are frozen, and deep names like __proto__ are data", () => {
    const text = JSON.stringify(model()).replace('"token"', '"__proto__"');
    const { model: found, diagnostics } = readModel({ file: "m.json", text });
    expect(diagnostics).toEqual([]);
    const input = found?.shapes.get("a#In");
    expect(input?.type === "structure" && [...input.members.keys()]).toEqual(["__proto__", "size"]);
    expect(Object.isFrozen(input)).toBe(true);
    expect(({} as Json)["target"]).toBeUndefined();
  });

  it("have mixins in: mixed-in members first, own traits over them, local traits left behind", () => {
    const { model: found } = read(
      model({
        "a#Base": {
          type: "structure",
          members: { first: string, both: string },
          traits: {
            "smithy.api#mixin": { localTraits: ["smithy.api#documentation"] },
            "smithy.api#documentation": "base",
            "smithy.api#sensitive": {},
          },
        },
        "a#In": { type: "structure", mixins: [target("Base")], members: { own: string } },
      }),
    );
    const input = found?.shapes.get("a#In");
    expect(input?.type === "structure" && [...input.members.keys()]).toEqual(["first", "both", "own"]);
    expect(Object.keys(input?.traits ?? {})).toEqual(["smithy.api#sensitive"]);
  });

  it("take apply statements and overlays, null taking a trait away", () => {
    const base = model({
      "a#In$token": { type: "apply", traits: { "smithy.api#required": {}, "smithy.api#length": { max: 5 } } },
    });
    const overlay = {
      reason: "measured",
      apply: [{ shape: "a#In$token", traits: { "smithy.api#required": null, "smithy.api#length": { max: 9 } } }],
    };
    const { model: found, diagnostics } = read(base, [overlay]);
    expect(diagnostics).toEqual([]);
    const input = found?.shapes.get("a#In");
    expect(input?.type === "structure" && input.members.get("token")?.traits).toEqual({
      "smithy.api#length": { max: 9 },
    });
    expect(found?.hash).not.toBe(read(base).model?.hash);
  });

  it.each([
    [{ apply: [{ shape: "a#In", traits: {} }] }, "invalid-overlay", "no reason"],
    [{ reason: "r", apply: [{ shape: "a#Nope", traits: {} }] }, "unknown-apply-target", "does not have"],
    [{ reason: "r", apply: [{}] }, "invalid-overlay", "must have a"],
    [{ reason: "r" }, "invalid-overlay", "list"],
  ])("refuse the overlay %j", (overlay, code, message) => {
    const { model: found, diagnostics } = read(model(), [overlay]);
    expect(found).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, file: "o0.json", line: 1 }]);
    expect(diagnostics[0]?.message).toContain(message);
  });

  it("of version 1.0 are read as 2.0: sets, enum traits, lifecycle operations", () => {
    const { model: found, diagnostics } = read({
      smithy: "1.0",
      shapes: {
        "a#S": { type: "service", version: "1", resources: [target("R")] },
        "a#R": { type: "resource", read: target("Get") },
        "a#Get": { type: "operation", output: target("Out") },
        "a#Out": {
          type: "structure",
          members: { tags: target("Tags"), color: target("Color"), n: target("smithy.api#PrimitiveInteger") },
        },
        "a#Tags": { type: "set", member: string },
        "a#Color": {
          type: "string",
          traits: { "smithy.api#enum": [{ value: "red", name: "RED" }, { value: "blue" }] },
        },
      },
    });
    expect(diagnostics).toEqual([]);
    expect(found?.shapes.get("a#R")).toMatchObject({ operations: ["a#Get"] });
    expect(found?.shapes.get("a#Get")).toMatchObject({ input: "smithy.api#Unit" });
    expect(found?.shapes.get("a#Tags")).toMatchObject({ type: "list", traits: { "smithy.api#uniqueItems": {} } });
    const color = found?.shapes.get("a#Color");
    expect(color?.type === "enum" && [...color.members.keys()]).toEqual(["RED", "blue"]);
    expect(found?.shapes.has("smithy.api#Unit")).toBe(true);
  });
});

for (const [folder, count] of [
  ["models", 32],
  ["conformance/protocols", 16],
] as const) {
  const path = sharedPath(folder);
  describe.skipIf(!path)(`public ${folder}`, () => {
    const files = path ? jsonFiles(path) : [];
    it(`are ${count}`, () => expect(files).toHaveLength(count));
    it.each(files.map((file) => [basename(file), file]))("%s reads without a diagnostic", (_name, file) => {
      const { model: found, diagnostics } = readModel({ file, text: readFileSync(file, "utf8") });
      expect(diagnostics).toEqual([]);
      expect(found).toBeDefined();
    });
  });
}

describe("diagnostics of later phases", () => {
  it("get the line of their shape or member", () => {
    const text = JSON.stringify(model(), null, 1);
    const lines = text.split("\n");
    const lineOf = (shapeId: string): string | undefined => {
      const [placed] = placeDiagnostics({ file: "m.json", text }, [
        { severity: "warning", code: "c", message: "m", shapeId },
      ]);
      return lines[(placed?.line ?? 0) - 1]?.trim();
    };
    expect(lineOf("a#In")).toBe('"a#In": {');
    expect(lineOf("a#In$size")).toBe('"size": {');
    expect(lineOf("a#Items$member")).toBe('"member": {');
    expect(lineOf("a#Elsewhere")).toBeUndefined();
  });
});
