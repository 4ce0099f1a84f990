import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serviceModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { inputFromJson, outputToJson } from "#runtime/interop/json-form.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import { validate } from "#runtime/validate/validate.js";
import { arbitraryValue } from "../../../support/arbitrary-input.js";
import type { Ast, AstShape } from "../../../conformance/support/model-values.js";
import * as fc from "../../../support/fast-check.js";
import { root } from "../../../support/shared.js";

const shape: StructureShape = {
  type: "structure",
  name: "Everything",
  members: {
    text: { type: "string" },
    long: { type: "long" },
    big: { type: "bigInteger" },
    decimal: { type: "bigDecimal" },
    double: { type: "double" },
    time: { type: "timestamp", timestampFormat: "epoch-seconds" },
    blob: { type: "blob" },
    payload: { type: "blob", httpPayload: true },
    document: { type: "document" },
    list: { type: "list", member: { type: "timestamp" }, sparse: true },
    map: { type: "map", key: { type: "string" }, value: { type: "blob" } },
    ["__proto__"]: { type: "double" },
    secret: { type: "string", sensitive: true },
    secrets: { type: "map", key: { type: "string", sensitive: true }, value: { type: "string" } },
    self: { target: () => shape },
  },
};

describe("the JSON form", () => {
  const pairs: readonly [unknown, unknown][] = [
    [
      { long: 5, big: 7n },
      { long: 5, big: "7" },
    ],
    [
      { long: 2n ** 60n, big: -(10n ** 30n) },
      { long: "1152921504606846976", big: "-1000000000000000000000000000000" },
    ],
    [{ decimal: "1.50" }, { decimal: "1.50" }],
    [{ double: NaN }, { double: "NaN" }],
    [{ double: -Infinity }, { double: "-Infinity" }],
    [{ time: new Date("2026-01-02T03:04:05.678Z") }, { time: "2026-01-02T03:04:05.678Z" }],
    [{ blob: Uint8Array.of(0, 255) }, { blob: "AP8=" }],
    [{ document: { a: [1, null, { b: "AP8=" }] } }, { document: { a: [1, null, { b: "AP8=" }] } }],
    [{ list: [new Date(0), null] }, { list: ["1970-01-01T00:00:00Z", null] }],
    [{ map: { ["__proto__"]: Uint8Array.of(1) } }, { map: { ["__proto__"]: "AQ==" } }],
    [{ ["__proto__"]: Infinity }, { ["__proto__"]: "Infinity" }],
    [{ self: { self: { double: NaN } } }, { self: { self: { double: "NaN" } } }],
  ];

  it.each(pairs)("of %o is %o", (value, json) => {
    expect(outputToJson(shape, value as object)).toEqual(json);
    const isExact = !("big" in (value as object)) || typeof (value as { long?: unknown }).long === "bigint";
    if (isExact) expect(inputFromJson(shape, json)).toEqual(value);
  });

  it("of text in a payload is its UTF-8 in base64", () => {
    expect(outputToJson(shape, { payload: "é" })).toEqual({ payload: "w6k=" });
  });

  it("leaves out unknown members, and years without four digits are valid", () => {
    expect(outputToJson(shape, { text: "a", $metadata: {}, newer: 1 })).toEqual({ text: "a" });
    expect(outputToJson(shape, { time: new Date(8.64e15) })).toEqual({ time: "+275760-09-13T00:00:00.000Z" });
  });

  it("masks what is sensitive, keys included, where that is requested", () => {
    const value = { secret: "s", secrets: { key: "s" }, self: { secret: "s" } };
    expect(outputToJson(shape, value)).toEqual(value);
    const mask = "***SensitiveInformation***";
    expect(outputToJson(shape, value, { redact: true })).toEqual({
      secret: mask,
      secrets: { [mask]: "s" },
      self: { secret: mask },
    });
  });

  it.each([
    [{ time: "soon" }, "must be a valid Date, but is an invalid Date"],
    [{ blob: "no base64" }, "must be a Uint8Array, but is a string"],
    [{ double: "nan" }, "must be a number, but is a string"],
    [{ big: "1.5" }, "must be a bigint, but is a string"],
    [{ long: "9223372036854775808" }, "must fit in 64 bits"],
    [{ Text: "a" }, "is not a member of Everything; did you mean text?"],
    [{ list: {} }, "must be an array, but is an object"],
  ])("that is wrong is reported by the validator: %o", (json, message) => {
    expect(validate(shape, inputFromJson(shape, json)).map((issue) => issue.message)).toEqual([message]);
  });

  it("is read whatever its type and depth", () => {
    for (const json of [null, 1, "a", [], undefined]) expect(inputFromJson(shape, json)).toEqual(json);
    let deep: unknown = {};
    for (let level = 0; level < 50_000; level++) deep = { self: deep };
    const [issue] = validate(shape, inputFromJson(shape, deep));
    expect(issue?.message).toBe("is nested too deeply; it may refer to itself");
  });

  it("of every input of CloudTrail is read as that input", async () => {
    const text = readFileSync(join(root, "model/cloudtrail.json"), "utf8");
    const ast = JSON.parse(text) as Ast;
    const { model } = await serviceModel(text);
    let count = 0;
    for (const { name, input } of Object.values(model.operations)) {
      const id = `com.amazonaws.cloudtrail#${name}`;
      const { target } = (ast.shapes[id] as AstShape)["input"] as { readonly target: string };
      fc.assert(
        fc.property(arbitraryValue(ast, target) as fc.Arbitrary<object>, (value) => {
          const json: unknown = JSON.parse(JSON.stringify(outputToJson(input, value)));
          expect(inputFromJson(input, json)).toEqual(value);
          count++;
        }),
        { numRuns: 20 },
      );
    }
    expect(count).toBe(18 * 20);
  });
});
