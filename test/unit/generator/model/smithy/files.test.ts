import { describe, expect, it } from "vitest";
import { lineOf, read, textOf } from "./support/model.js";
import { type Expected, shape } from "./support/problems.js";

describe("files that are no models", () => {
  it.each<[string, unknown, ...Expected]>([
    ["nothing", " \n", "not-json", undefined, "", "it is empty"],
    [
      "a missing comma",
      '{\n"smithy": "2.0"\n"shapes": {}\n}',
      "not-json",
      undefined,
      '"shapes": {}',
      "a comma is expected",
    ],
    ["a missing value", '{\n"smithy":\n}', "not-json", undefined, "}", "a value is expected"],
    ["a missing colon", '{\n"smithy" "2.0" }', "not-json", undefined, '"smithy" "2.0" }', "a colon is expected"],
    ["a name without quotes", '{\nsmithy: "2.0" }', "not-json", undefined, 'smithy: "2.0" }', "not a JSON literal"],
    ["a string without an end", '{\n"smithy": "2.0\n}', "not-json", undefined, '"smithy": "2.0', "does not end"],
    ["a comment", '{ // no\n"smithy": "2.0" }', "not-json", undefined, "{ // no", "JSON has no comments"],
    ["a comma too many", '{\n"smithy": "2.0",\n}', "not-json", undefined, "}", "property name"],
    ["something after the end", "{}\n{}", "not-json", undefined, "{}", "should end here"],
    ["Smithy's own language", '$version: "2"\nnamespace a', "not-json", undefined, '$version: "2"', "end in .smithy"],
    ["HTML", "<!doctype html>", "not-json", undefined, "<!doctype html>", "HTML"],
    ["YAML", "openapi: 3.1.0", "not-json", undefined, "openapi: 3.1.0", "OpenAPI in YAML"],
    ["a list", "[]", "not-smithy", undefined, "[]", "JSON object"],
    ["any JSON", "{}", "not-smithy", undefined, "{}", 'no "smithy" version.'],
    ["OpenAPI", { openapi: "3.1.0" }, "not-smithy", undefined, "{", "looks like OpenAPI"],
    ["Swagger", { swagger: "2.0" }, "not-smithy", undefined, "{", "looks like OpenAPI"],
    ["api-2", { metadata: { apiVersion: "1" }, operations: [] }, "not-smithy", undefined, "{", "must be objects"],
    ["a Smithy build", { version: "1.0", projections: {} }, "not-smithy", undefined, "{", "model.json"],
    [
      "a build's record",
      { projectionName: "source", smithyVersion: "1.50" },
      "not-smithy",
      undefined,
      "{",
      "model.json",
    ],
    ["an overlay", { reason: "r", apply: [] }, "not-smithy", undefined, "{", "--overlay"],
    ["a later version", { smithy: "3.0", shapes: {} }, "unknown-version", undefined, '"smithy": "3.0"', '"3.0"'],
    ["a number as version", { smithy: 2, shapes: {} }, "unknown-version", undefined, '"smithy": 2', "not a string"],
    ["no shapes", { smithy: "2.0" }, "no-service", undefined, "{", "no service shape"],
    ["shapes that are a list", { smithy: "2.0", shapes: [] }, "no-shapes", undefined, '"shapes": []', '"shapes"'],
    ["no service", { smithy: "2.0", shapes: {} }, "no-service", undefined, '"shapes": {}', "no service shape"],
  ])("%s", (_name, value, ...expected) => {
    const text = textOf(value);
    const { model, diagnostics } = read(value);
    expect(model).toBeUndefined();
    const [first] = diagnostics;
    expect(first).toMatchObject({ severity: "error", code: expected[0], file: "m.json" });
    expect(first && lineOf(text, first)).toBe(expected[2]);
    expect(first?.message).toContain(expected[3]);
  });

  it("reports the column where the syntax breaks", () => {
    const { diagnostics } = read('{\n  "smithy": "2.0"\n  "shapes": {}\n}');
    expect(diagnostics).toMatchObject([{ code: "not-json", line: 3, column: 3 }]);
  });

  it("is not thrown off by a byte order mark", () => {
    const { diagnostics } = read(`\uFEFF${JSON.stringify(shape("what"))}`);
    expect(diagnostics).toMatchObject([{ code: "unknown-shape-type", line: 1 }]);
  });
});
